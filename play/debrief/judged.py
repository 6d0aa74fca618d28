"""Judged: a seat's score against its par, and the orders on which a game turned, as other modules find them.

This is the only place where the debrief touches par, scores and turning points. What is not there is None, and the
page says so in a sentence, or ranks the orders by what they moved of the final lead.
"""

from dataclasses import dataclass

from play.save import Saved


@dataclass(frozen=True)
class Judged:
    """How a seat did, beside the games of a standard player."""

    lines: tuple[str, ...]
    """The score and what it means, a sentence each."""
    percentile: float | None
    """Where the points stand among par games, 0 to 100; None where there are none."""
    difference: float
    """Points above what `standard` would have got in the same world with the same luck."""


@dataclass(frozen=True)
class Turned:
    """An order that moved the final lead, in months."""

    order: int
    """Its number in the past of the game (`Past.given`)."""
    held: float
    """What it added, all other orders held."""
    anew: float | None = None
    """The median with doctrines answering and under other luck; None where that was not tried."""
    low: float | None = None
    """The range that holds nine in ten of those."""
    high: float | None = None


def judged(game: Saved, seat: str) -> Judged | None:
    """The score of a seat of a finished game; None while there is nothing to score it by."""
    return None


def turned(game: Saved) -> tuple[Turned, ...] | None:
    """The orders that moved the final lead most, the largest first; None while nothing ranks them."""
    return None
