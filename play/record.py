"""Record: the history of a batch of games as arrays (turns, ..., worlds), and the log of its orders.

A world is never written to, so remembering a quarter is keeping references to its columns:
recording costs next to nothing while games are played; tables are made of it afterwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Bool, Int, Integer

from play.cells import cells
from world.cast import Cast
from world.state import World, columns
from world.turn import layout_of

Array = np.ndarray
Quarter = World
"""A world of which some columns may be gone; those that are kept are the world's own."""

KEPT = (
    *("turn", "is_over", "length", "ordered", "in_force", "refused"),
    *("approval", "stance", "strictness", "capacity", "pack_yield", "stacks", "packed", "binding"),
    *("on_sale", "h100e", "dies", "sold", "seized", "revenue", "revenue_cn", "premium"),
    *("moved", "caught", "landed", "proxy_dies", "rented", "rent_price", "installed", "usable"),
    *("megawatts", "software", "cuda_share", "score", "record_score", "lead", "military"),
    *("objective", "unmet", "die_yield"),
)
"""What the outcomes and tables of a run are made of."""

EVERYTHING = tuple(columns())
"""What saved games are made of."""


def kept(world: World, names: Iterable[str]) -> Quarter:
    """A world without the columns that are not named, so that their memory can be used again."""
    quarter, known = object.__new__(World), world.__dict__
    quarter.__dict__.update({name: known[name] for name in ("cast", *names)})
    return quarter


@dataclass(frozen=True)
class OrderLog:
    """Every change of a dial that was asked for: when, in which game, from which step to which."""

    turn: Int[Array, " rows"]
    world: Int[Array, " rows"]
    dial: Int[Array, " rows"]
    before: Int[Array, " rows"]
    asked: Int[Array, " rows"]
    refused: Integer[Array, " rows"]
    """0 where the order stood, else the number of its refusal."""

    def __len__(self) -> int:
        return self.turn.size


@dataclass
class Record:
    """What happened so far, from the opening (turn 0) on."""

    names: tuple[str, ...]
    quarters: list[Quarter] = field(default_factory=list)
    wanted: list[Array] = field(default_factory=list)
    """What every dial was asked to be set to, quarter by quarter."""
    notes: list[Array] = field(default_factory=list)
    players: list[Any] = field(default_factory=list)
    """Who decided, quarter by quarter."""

    def open(self, world: World) -> None:
        """Keep the opening, whole."""
        self.quarters.append(world)

    def add(self, wanted: Array, notes: Array, players: Any, after: World) -> None:
        """Keep a quarter: what was asked for, by whom, and what came of it."""
        self.wanted.append(wanted)
        self.notes.append(notes)
        self.players.append(players)
        self.quarters.append(kept(after, self.names))

    @property
    def turns(self) -> int:
        """How many quarters have been played."""
        return len(self.wanted)

    @property
    def cast(self) -> Cast:
        """Who and what exists."""
        return self.quarters[0].cast

    @property
    def worlds(self) -> int:
        """How many games there are."""
        return int(self.quarters[0].turn.size)

    def history(self, name: str) -> Array:
        """A column from the opening on: (turns + 1, ..., worlds)."""
        if name not in self.names:
            raise LookupError(f"record: column '{name}' was not kept; name it in `keep`")
        return np.stack([getattr(quarter, name) for quarter in self.quarters])

    def is_played(self) -> Bool[Array, "turns worlds"]:
        """Which quarters each game played, and did not stand still in."""
        turn = self.history("turn")
        return turn[1:] > turn[:-1]

    def orders(self) -> OrderLog:
        """The log of orders, sorted by game, then quarter, then the order of the manual."""
        layout = layout_of(self.cast)
        found: list[tuple[Array, ...]] = []
        played = self.is_played()
        for turn, wanted in enumerate(self.wanted):
            before = self.quarters[turn].ordered
            world, dial = np.nonzero(((wanted != before) & played[turn]).T)
            refused = self.quarters[turn + 1].refused[layout.entry_of_dial[dial], world]
            now = self.quarters[turn + 1].turn[world]
            at = (now, world, dial, before[dial, world])
            found.append((*at, wanted[dial, world], refused))
        if not found:
            found = [tuple(np.zeros(0, dtype=np.int64) for _ in range(6))]
        rows = [np.concatenate(column) for column in zip(*found, strict=True)]
        sorted_by_game = np.argsort(rows[1], kind="stable")
        return OrderLog(*(column[sorted_by_game] for column in rows))

    def frame(self, game: int = 0, names: Iterable[str] | None = None) -> Any:
        """One game as a pandas data frame: a row a quarter, a column for each cell of a quantity."""
        import pandas as pd

        table: dict[str, Array] = {}
        for name in self.names if names is None else names:
            history = self.history(name)[..., game]
            for place, label in cells(self.cast, name):
                at: tuple[Any, ...] = (slice(None), *place)
                table[label] = history[at]
        return pd.DataFrame(table)
