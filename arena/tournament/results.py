"""Results: what the games of every table came to, read from their parts one at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.variants import kinds_of
from arena.tournament.design import ALL, ALONE, BEST, DRAWN, LEVER, MIXED, Plan, Table, seating_of, seatings
from arena.tournament.entrants import STANDARD

Array = np.ndarray
Points = Float[Array, "seats games"]


@dataclass
class Uses:
    """How often a kind of order was given on a seat by one player."""

    games: int = 0
    used: int = 0
    """Games in which it was given at all."""
    moves: int = 0
    """Orders that stood and moved a dial, in all games together."""

    @property
    def share(self) -> float:
        """The share of games in which it was given."""
        return self.used / max(self.games, 1)

    @property
    def each(self) -> float:
        """Moves a game."""
        return self.moves / max(self.games, 1)


@dataclass
class Results:
    """The points of every table's games, in order of their seeds, and how orders were used."""

    plan: Plan
    tables: tuple[Table, ...]
    points: dict[int, Points] = field(default_factory=dict)
    """By number of the table: the points (0 to 100) of each of the seats."""
    uses: dict[tuple[str, str, str], Uses] = field(default_factory=dict)
    """By seat, doctrine and kind of order; of tables with one doctrine on trial."""

    def _numbers(self, **wanted: Any) -> list[Table]:
        return [one for one in self.tables if all(getattr(one, key) == value for key, value in wanted.items())]

    @cached_property
    def standard(self) -> Points:
        """The points of games with `standard` everywhere."""
        return self.points[self._numbers(kind=ALL)[0].number]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {seat.name: row for row, seat in enumerate(self.plan.seats)}

    def alone(self, seat: str, doctrine: str) -> Float[Array, " games"]:
        """The points of a seat where a doctrine holds it among `standard` players."""
        if doctrine == STANDARD:
            return self.standard[self._rows[seat]]
        table = self._numbers(kind=ALONE, seat=seat, doctrine=doctrine)[0]
        return self.points[table.number][self._rows[seat]]

    def without(self, seat: str, kind: str) -> Float[Array, " games"]:
        """The points of a seat whose `standard` may not give a kind of order."""
        table = self._numbers(kind=LEVER, seat=seat, doctrine=f"{STANDARD}~{kind}")[0]
        return self.points[table.number][self._rows[seat]]

    def best_drawn(self, seat: str) -> str:
        """The drawn player that gained most over `standard` on the seat; empty where none was tried."""
        tables = self._numbers(kind=DRAWN, seat=seat)
        if not tables:
            return ""
        row = self._rows[seat]
        return max(tables, key=lambda one: float(self.points[one.number][row].mean())).doctrine

    def fresh(self, seat: str) -> tuple[str, Array, Array] | None:
        """The best drawn player of a seat with its points and those of `standard`, on fresh seeds."""
        found = self._numbers(kind=BEST, seat=seat)
        if not found:
            return None
        row, usual = self._rows[seat], self._numbers(kind=BEST, seat="")[0]
        return found[0].doctrine, self.points[found[0].number][row], self.points[usual.number][row]

    def mixed(self, first: str, second: str) -> "Mixed":
        """The mixed tables of a pairing."""
        tables = [self._numbers(kind=MIXED, first=first, second=second, is_swapped=one)[0] for one in (False, True)]
        games = np.arange(self.plan.games)
        ways = seatings(len(self.plan.seats))
        seating = np.array([seating_of(self.plan, int(game)) for game in games])
        is_first = np.array([[row in way for way in ways] for row in range(len(self.plan.seats))])[:, seating]
        once, again = (self.points[one.number] for one in tables)
        return Mixed(once, again, self.standard, is_first, seating)


@dataclass(frozen=True)
class Mixed:
    """A pairing at mixed tables: the same seeds twice, with seats swapped."""

    once: Points
    again: Points
    standard: Points
    is_first: Bool[Array, "seats games"]
    """Whether the first player held the seat the first time; the second time it is the other way round."""
    seating: Array
    """Which way to share the seats was played with each seed."""

    @property
    def gained(self) -> Float[Array, " games"]:
        """Pair by pair, points a seat that the first player got above the second."""
        first = np.where(self.is_first, self.once, self.again)
        second = np.where(self.is_first, self.again, self.once)
        return (first - second).mean(axis=0)

    def ahead(self, is_swapped: bool) -> Float[Array, " games"]:
        """Game by game, how far the first player's side stood above the second's, both above what `standard` gets."""
        points = (self.again if is_swapped else self.once) - self.standard
        mine = self.is_first != is_swapped
        sides = [(points * side).sum(axis=0) / side.sum(axis=0) for side in (mine, ~mine)]
        return sides[0] - sides[1]


def won(gained: Float[Array, "*what games"]) -> Float[Array, "*what games"]:
    """1 for a pair that is won, 0 for one that is lost, a half for one that is drawn."""
    return (np.sign(gained) + 1) / 2


def collected(plan: Plan, tables: Sequence[Table], parts: Iterable[Any]) -> Results:
    """The results in the rows of parts, which come in order of their numbers."""
    results = Results(plan, tuple(tables))
    found: dict[int, list[Array]] = {}
    by_number = {one.number: one for one in tables}
    for part in parts:
        table = by_number[part["table"][0].as_py()]
        rows = [part[f"points.{seat.name}"].to_numpy() for seat in plan.seats]
        found.setdefault(table.number, []).append(np.array(rows, dtype=np.float64))
        if table.kind in (ALL, ALONE):
            _count(results.uses, plan, table, part)
    results.points = {number: np.concatenate(rows, axis=1) for number, rows in found.items()}
    return results


def _count(uses: dict[tuple[str, str, str], Uses], plan: Plan, table: Table, part: Any) -> None:
    for seat in plan.seats:
        if table.kind == ALONE and seat.name != table.seat:
            continue
        doctrine = STANDARD if table.kind == ALL else table.doctrine
        for kind in kinds_of(seat.role):
            moves = part[f"moves.{seat.name}.{kind}"].to_numpy()
            one = uses.setdefault((seat.name, doctrine, kind), Uses())
            one.games += moves.size
            one.used += int((moves > 0).sum())
            one.moves += int(moves.sum())
