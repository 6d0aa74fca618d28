"""The draft beside what stands: of every dial its setting in force, as last ordered and as drafted, and why an order falls."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from desktop.table import Table
from play.dials import Dial
from play.sitting import DraftRefused
from world.orders import MOVES

Settings = Mapping[int, int]


class Draft:
    """What a seat may order this quarter. Made anew where the quarter, the seat or the draft changed."""

    def __init__(self, table: Table, known: dict[Any, dict[int, DraftRefused | None]] | None = None) -> None:
        """`known` keeps why entries cannot be moved from one draft to the next that moves the same ones."""
        self.table = table
        self.sitting = table.sitting
        self.key = table.draft_key
        self.book = self.sitting.book
        self.settings = self.sitting.settings
        self.moved = dict.fromkeys(() if table.is_watching else self.sitting.trial(self.sitting.draft))
        """The entries that the draft moves."""
        store = {} if known is None else known
        at = (table.seat, table.turn, frozenset(self.moved))
        self.reasons: dict[int, DraftRefused | None] = store.setdefault(at, {})

    @cached_property
    def entries(self) -> tuple[int, ...]:
        """The entries that the seat may give, in the order of the manual."""
        return tuple(self.book.entries(self.table.seat))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of order that the seat may give, in the order of the manual."""
        return tuple(dict.fromkeys(self.dial_of(entry).kind.name for entry in self.entries))

    def of_kind(self, kind: str) -> tuple[int, ...]:
        """The seat's entries of a kind."""
        return tuple(entry for entry in self.entries if self.dial_of(entry).kind.name == kind)

    def dial_of(self, entry: int) -> Dial:
        """The first dial of an entry."""
        return self.book.dials[self.book.of_entry[entry][0]]

    def rows(self, entry: int) -> tuple[int, ...]:
        """The dials of an entry."""
        return self.book.of_entry[entry]

    @cached_property
    def standing(self) -> np.ndarray:
        """The step that every dial was last ordered to."""
        return np.asarray(self.table.view().seen("ordered").values[:, 0])

    @cached_property
    def working(self) -> np.ndarray:
        """The step at which every dial is in force."""
        return np.asarray(self.table.view().steps_in_force().values[:, 0])

    @cached_property
    def waiting(self) -> dict[int, int]:
        """Quarters until a dial that was ordered bites, for those that wait."""
        wait = self.table.view().seen("wait").values[:, 0]
        delayed = self.book.layout.delayed
        return {int(row): int(left) for row, left in zip(delayed, wait, strict=True) if left > 0}

    def was(self, row: int) -> float:
        """What a dial was last ordered to."""
        return self.book.dials[row].amount.value(int(self.standing[row]))

    def now(self, row: int) -> float:
        """What a dial is drafted to: else as it was ordered."""
        return self.book.dials[row].amount.value(self.step(row))

    def force(self, row: int) -> float:
        """What is in force of a dial."""
        return self.book.dials[row].amount.value(int(self.working[row]))

    def step(self, row: int) -> int:
        """The step that a dial is drafted to: else as it was ordered."""
        return self.settings.get(row, int(self.standing[row]))

    def is_changed(self, row: int) -> bool:
        """Whether the draft moves a dial."""
        return self.step(row) != int(self.standing[row])

    @property
    def used(self) -> int:
        """How many moves the draft takes."""
        return len(self.moved)

    @property
    def left(self) -> int:
        """How many moves are left."""
        return MOVES - self.used

    @cached_property
    def cost(self) -> float:
        """What the draft costs, in the seat's currency."""
        return float(sum(self.dial_of(entry).kind.price for entry in self.moved))

    def refusal(self, settings: Settings) -> DraftRefused | None:
        """Why an order would fall, or fell another of the draft; None where it would stand."""
        kept = list(self.sitting.draft)
        try:
            self.sitting.adjust(dict(settings))
        except DraftRefused as refusal:
            return refusal
        finally:
            self.sitting.draft = kept
        return None

    def reason(self, entry: int) -> DraftRefused | None:
        """Why an entry cannot be moved at all; None where some setting of it would stand."""
        if self.table.is_over or self.table.is_watching or entry in self.moved:
            return None
        if entry not in self.reasons:
            self.reasons[entry] = self._tried(entry)
        return self.reasons[entry]

    def _tried(self, entry: int) -> DraftRefused | None:
        said = None
        for row in self.rows(entry):
            top, at = self.book.dials[row].amount.steps, int(self.standing[row])
            for step in dict.fromkeys((min(top, at + 1), max(0, at - 1))):
                if step == at:
                    continue
                said = self.refusal({row: step})
                if said is None:
                    return None
        return said

    @cached_property
    def past(self) -> list[np.ndarray]:
        """The steps of all dials after each quarter, the opening first."""
        return [self.table.view(turn).seen("ordered").values[:, 0] for turn in range(self.table.turn + 1)]

    def history(self, row: int) -> list[float]:
        """What a dial was ordered to after each quarter, the opening first."""
        amount = self.book.dials[row].amount
        return [amount.value(int(steps[row])) for steps in self.past]
