"""Findings: what a tournament shows, as figures with intervals; text, pages and files are made of them."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Estimate:
    """A figure with the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def leaves_out(self, number: float) -> bool:
        """Whether the interval lies on one side of a number."""
        return self.low > number or self.high < number

    @property
    def tree(self) -> dict[str, float]:
        """The figure for machines."""
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Rated:
    """A player with its rating (points; all sum to zero), and the ranks it may have."""

    name: str
    rating: Estimate
    ranks: tuple[int, int]


@dataclass(frozen=True)
class Met:
    """What came of a pairing, seen from its first player."""

    first: str
    second: str
    rate: Estimate
    """Share of pairs that the first won, a draw being half a win."""
    gain: Estimate
    """Points above the second, a pair."""
    rating: Estimate | None = None
    """How far the first is rated above the second."""


@dataclass(frozen=True)
class Lever:
    """What `standard` loses on a seat without a kind of order, and how often it gives it."""

    kind: str
    loss: Estimate
    """Points; above zero where the order is worth something."""
    rate: Estimate
    """Share of pairs in which `standard` does better with it than without."""
    used: float
    """Share of games in which `standard` gives it."""
    each: float
    """Moves a game."""
    used_by_any: float
    """The largest such share among the players that were tried on the seat."""


@dataclass(frozen=True)
class Exploit:
    """The best of many drawn players on a seat: how much more than `standard` can be had, at least."""

    doctrine: str
    """Its name, with which it can be played again."""
    dials: tuple[str, ...]
    """What it holds, in words."""
    gain: Estimate
    """Points above `standard`, on seeds that had no part in choosing it."""
    rate: Estimate
    tries: int


@dataclass(frozen=True)
class Luck:
    """Where the variance of a seat's points comes from."""

    seed: float
    player: float
    both: float


@dataclass(frozen=True)
class Course:
    """How games with `standard` everywhere run, for a seat or for the race."""

    certain: float
    """Mean share of the game after which its end is certain to 90 %."""
    changes: float
    """Times a game that who is ahead changes."""
    comebacks: float
    """Share of games that were won from behind at half-time."""


@dataclass(frozen=True)
class OfSeat:
    """What the tournament says of one seat."""

    name: str
    title: str
    rated: tuple[Rated, ...]
    """Best first: players who held this seat while `standard` held all others."""
    met: tuple[Met, ...]
    """`standard` against each of them."""
    points: tuple[float, float, float]
    """What `standard` gets in the seat: 5 %, mean and 95 % of the games."""
    par: float | None
    """The mean percentile of those points among the par games; None where there is no par to compare with."""
    luck: Luck
    course: Course
    levers: tuple[Lever, ...]
    exploit: Exploit | None


@dataclass(frozen=True)
class Measure:
    """A row of the table of measures: what is aimed at, and what was found."""

    name: str
    definition: str
    aim: str
    found: str
    is_met: bool | None = None
    """None where it cannot be said."""


@dataclass(frozen=True)
class Findings:
    """Everything that is reported."""

    title: str
    scenario: str
    rules_version: int
    games: int
    played: int
    seed: int
    tries: int
    entrants: dict[str, str]
    seats: tuple[OfSeat, ...]
    rated: tuple[Rated, ...]
    """Best first, over all seats."""
    edges: tuple[tuple[str, Estimate], ...]
    """Rating points that holding a seat is worth in a mixed table, each beside the mean of the seats."""
    met: tuple[Met, ...]
    """Every pairing, in the order of the ratings."""
    cycles: tuple[tuple[str, str, str], ...]
    cyclic: Estimate
    alpha: dict[str, Estimate]
    """Share of the time that a population spends with each player."""
    nash: dict[str, tuple[float, float]]
    """Share of each player in a mixture of Nash, and of the resamples in which it has a part in one."""
    chain: tuple[str, ...]
    race: Course
    par_missing: str = ""
    measures: tuple[Measure, ...] = field(default=())

    @property
    def is_mixed(self) -> bool:
        """Whether players met at mixed tables."""
        return len(self.seats) > 1

    @property
    def tree(self) -> dict[str, Any]:
        """The findings for machines."""
        from dataclasses import asdict

        return asdict(self)
