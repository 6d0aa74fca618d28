"""Design: which tables are played, on which seeds, and who sits where at each.

All tables share their seeds, so that two tables differ in nothing but who sits where. On the seats that nobody is tried
on sits `standard`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from agents.doctrine.variants import kinds_of
from arena.jobs import Job
from arena.tournament.entrants import STANDARD, Entrant
from world.cast import Seat
from world.chance import game_seed

ALL, ALONE, MIXED, LEVER, DRAWN, BEST = "all-standard", "alone", "mixed", "lever", "drawn", "best"
"""Kinds of table: `standard` everywhere; one doctrine on one seat; two entrants on all the seats between them; `standard`
with an order forbidden; `standard` with drawn dials; the best of those, on fresh seeds."""
BATCH = 250
"""Games played together, at most."""
SCREENED = 200
"""Games in which each drawn player is tried, at most."""


@dataclass(frozen=True)
class Plan:
    """All that decides what is played."""

    scenario: str
    seats: tuple[Seat, ...]
    entrants: tuple[Entrant, ...]
    games: int = 2000
    seed: int = 1
    tries: int = 32
    """Drawn players on each seat, of whom the best bounds from below how far `standard` can be exploited."""

    @property
    def identity(self) -> dict[str, Any]:
        """What two tournaments must share to be the same."""
        return {
            "scenario": self.scenario,
            "seats": [seat.name for seat in self.seats],
            "entrants": {one.name: ",".join(one.doctrines) for one in self.entrants},
            "games": self.games,
            "seed": self.seed,
            "tries": self.tries,
        }

    @property
    def batch(self) -> int:
        """Games in a batch of a mixed table: few enough that every seating has its share of the seeds."""
        return max(1, min(BATCH, -(-self.games // len(seatings(len(self.seats))))))

    @property
    def screened(self) -> int:
        """Games in which each drawn player is tried."""
        return min(SCREENED, self.games)


@dataclass(frozen=True)
class Table:
    """A table: who is tried on which seats. Its number orders its games in the files."""

    number: int
    kind: str
    first: str = ""
    second: str = ""
    seat: str = ""
    doctrine: str = ""
    is_swapped: bool = False
    begins: int = 0
    """The number of the table's first game; the games of a run are numbered by their seeds."""
    games: int = 0


@dataclass(frozen=True)
class Batch:
    """Games of a table that are played together: all that a worker has to know."""

    plan: Plan
    table: Table
    begins: int
    ends: int

    @property
    def seeds(self) -> list[int]:
        """The seeds of the games."""
        return [game_seed(self.plan.seed, game) for game in range(self.begins, self.ends)]

    @property
    def seating(self) -> int:
        """Which of the ways to share the seats is played."""
        return seating_of(self.plan, self.begins)

    def holders(self) -> dict[str, str]:
        """Who is tried on each of the seats: an entrant's or a doctrine's name."""
        table, seats = self.table, [seat.name for seat in self.plan.seats]
        if table.kind == ALL:
            return dict.fromkeys(seats, STANDARD)
        if table.kind != MIXED:
            return {seat: table.doctrine if seat == table.seat else STANDARD for seat in seats}
        mine = seatings(len(seats))[self.seating]
        who = (table.second, table.first) if table.is_swapped else (table.first, table.second)
        return {seat: who[0] if at in mine else who[1] for at, seat in enumerate(seats)}

    def players(self) -> dict[str, str]:
        """The doctrine on each of the seats."""
        holders = self.holders()
        if self.table.kind != MIXED:
            return holders
        entrants = {one.name: one for one in self.plan.entrants}
        return {seat.name: entrants[holders[seat.name]].on(seat) for seat in self.plan.seats}


def seatings(seats: int) -> tuple[frozenset[int], ...]:
    """The ways in which the first player of a mixed table holds half the seats: each seat equally often."""
    half = (seats + 1) // 2
    found = [frozenset((at + step) % seats for step in range(half)) for at in range(seats)]
    return tuple(found[: max(1, seats // 2)]) if seats % 2 == 0 else tuple(found)


def seating_of(plan: Plan, game: int) -> int:
    """Which way to share the seats the game with a seed is played in."""
    return (game // plan.batch) % len(seatings(len(plan.seats)))


@dataclass
class Tables:
    """The tables of a plan, in order of number."""

    plan: Plan
    found: list[Table] = field(default_factory=list)

    def add(self, kind: str, games: int, begins: int = 0, **more: Any) -> None:
        """One table more."""
        self.found.append(Table(len(self.found), kind, games=games, begins=begins, **more))


def tables_of(plan: Plan) -> tuple[Table, ...]:
    """Every table that can be known before anything is played."""
    tables = Tables(plan)
    tables.add(ALL, plan.games)
    for seat in plan.seats:
        for doctrine in tried_on(plan, seat):
            if doctrine != STANDARD:
                tables.add(ALONE, plan.games, seat=seat.name, doctrine=doctrine)
    if len(plan.seats) > 1:
        for first, second in combinations(plan.entrants, 2):
            for is_swapped in (False, True):
                tables.add(MIXED, plan.games, first=first.name, second=second.name, is_swapped=is_swapped)
    for seat in plan.seats:
        for kind in kinds_of(seat.role):
            tables.add(LEVER, plan.games, seat=seat.name, doctrine=f"{STANDARD}~{kind}")
    for seat in plan.seats:
        for number in range(plan.tries):
            tables.add(DRAWN, plan.screened, seat=seat.name, doctrine=f"{STANDARD}@{number}")
    return tuple(tables.found)


def best_tables(plan: Plan, tables: Sequence[Table], best: dict[str, str]) -> tuple[Table, ...]:
    """The best drawn player of each seat, and `standard`, on seeds that had no part in the choice."""
    fresh = Tables(plan, list(tables))
    fresh.add(BEST, plan.games, begins=plan.games, doctrine=STANDARD)
    for seat, doctrine in best.items():
        fresh.add(BEST, plan.games, begins=plan.games, seat=seat, doctrine=doctrine)
    return tuple(fresh.found[len(tables) :])


def tried_on(plan: Plan, seat: Seat) -> tuple[str, ...]:
    """The doctrines that are tried on a seat: those of entrants that have one for it, and `standard`."""
    own = [one.on(seat) for one in plan.entrants if one.holds(seat)]
    return tuple(dict.fromkeys([STANDARD, *own]))


def jobs_of(plan: Plan, tables: Sequence[Table], first: int = 0) -> Iterator[Job]:
    """The tables cut into batches, numbered from `first`."""
    number = first
    for table in tables:
        end, size = table.begins + table.games, plan.batch if table.kind == MIXED else BATCH
        for begins in range(table.begins, end, size):
            yield Job(number, Batch(plan, table, begins, min(begins + size, end)))
            number += 1
