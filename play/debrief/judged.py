"""Judged: a seat's score against its par, and the orders on which a game turned, as other modules find them.

This is the only place where the debrief touches par, scores and turning points.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from agents.human import NAME as HUMAN
from play.figures import agrees
from play.past import Past
from play.quantities import quantity
from play.save import Saved
from play.score import score_of, told
from play.turning import RANGE, effects_anew


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
    anew: float
    """The median with doctrines answering and under other luck from its quarter on."""
    low: float
    """The range that holds nine in ten of those."""
    high: float

    @property
    def holds(self) -> bool:
        """Whether nine in ten other lucks agree with `held` in sign; where not, it took the luck of this game."""
        return agrees(self.held, self.low, self.high)


def judged(game: Saved, seat: str) -> Judged:
    """The score of a seat of a finished game."""
    score = score_of(game, seat)
    is_person = any(quarter.players.get(seat) == HUMAN for quarter in game.quarters)
    return Judged(tuple(told(score, "your" if is_person else "its player’s")), score.percentile, score.difference)


def turned(past: Past, held: Mapping[int, float], lucks: int) -> tuple[Turned, ...]:
    """The orders of one game that moved the final lead, tried under other luck, the largest first; `held` is what each did."""
    about, names, found = quantity(past.cast, "lead"), past.cast.names["seats"], []
    for at in sorted(held, key=lambda at: (-abs(held[at]), at)):
        order = past.given[at]
        tried = effects_anew(past, about, frozenset([at]), order.turn, names[order.seat], lucks)
        low, middle, high = (float(x) for x in np.percentile(tried, RANGE))
        found.append(Turned(at, held[at], middle, low, high))
    return tuple(found)
