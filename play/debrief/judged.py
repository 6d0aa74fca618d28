"""Judged: a seat's score against its par, its verdict in words, and the turning points, as other modules find them.

This is the only place where the debrief touches par, verdict and turning points. What is not there is None, and the
page says so in a sentence.
"""

from dataclasses import dataclass

from play.save import Saved


@dataclass(frozen=True)
class Judged:
    """How a seat did against the same seat played by `standard` in many games."""

    percentile: float
    """Share of par games with a lower score, 0 to 1."""
    games: int
    """How many games the par is made of."""
    paired: float
    """Points above what `standard` got in the same world with the same luck."""
    words: str
    """The verdict in a sentence."""


@dataclass(frozen=True)
class Turning:
    """An order that moved the final score or lead most."""

    turn: int
    seat: str
    words: str
    held: float
    """Months of the final lead that it added, all other orders held."""
    anew: float
    """The same, programs deciding anew."""


def judged(game: Saved, seat: str) -> Judged | None:
    """The verdict on a seat; none while there is no par."""
    return None


def turning_points(game: Saved, seat: str) -> tuple[Turning, ...] | None:
    """The orders on which the game turned, the largest first; none while nothing ranks them."""
    return None
