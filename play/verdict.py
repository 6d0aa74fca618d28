"""Verdict: during play, how the game will likely end for one seat, from the worlds that it imagines and nothing else.

Every imagined world is played to its end with `standard` in all seats, the own one too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from agents.imagine import Imagined
from agents.rollout import rollout, seated
from play.figures import figure
from play.par import Par, band
from world.state import World

Array = np.ndarray

RANGE = (5.0, 25.0, 50.0, 75.0, 95.0)
"""Percentiles of imagined futures that are told."""
AGREED = 0.95
"""Share of imagined futures that must end alike for the game to count as decided."""
OUTCOMES = ("above par", "about par", "below par")
"""What a future comes to for the seat: the bands of a score, the outer two on each side taken together."""
LEADERS = {1: "the US side leads", 0: "nobody leads", -1: "China leads"}
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


@dataclass(frozen=True)
class Verdict:
    """How the game will likely end, as far as one seat can know."""

    seat: str
    quarters_left: int
    points: tuple[float, ...]
    """Projected final points: the 5th, 25th, 50th, 75th and 95th percentile of imagined futures."""
    percentile: tuple[float, ...]
    """The same as percentiles among par games; empty where there is no par."""
    lead: tuple[float, ...]
    """Projected final lead, in months."""
    agreement: float
    """Share of the futures that end in the way that most do: the same side leads, with the same outcome for the seat."""
    leader: int
    """Who leads in those: 1 the US side, -1 China, 0 nobody."""
    outcome: int | None
    """What the score is in those, by number in OUTCOMES; None where there is no par."""

    @property
    def is_decided(self) -> bool:
        """Whether 95 % of imagined futures agree on who leads at the end and how the score stands to par."""
        return self.agreement >= AGREED


def verdict(imagined: Imagined, par: Par | None = None) -> Verdict:
    """How the game will likely end for the seat that imagines."""
    end, cast = to_the_end(imagined), imagined.world.cast
    seat = cast.names["seats"][imagined.seat]
    points = end.objective[imagined.seat].astype(float)
    ranks = None if par is None else par.percentiles(seat, points)
    leaders = np.sign(end.lead).astype(int)
    agreement, leader, of_seat = agreed(leaders, None if ranks is None else np.array([outcome(rank) for rank in ranks]))
    return Verdict(
        seat,
        int((imagined.world.length - imagined.world.turn).max()),
        ranges(points),
        () if ranks is None else ranges(ranks),
        ranges(end.lead),
        agreement,
        leader,
        of_seat,
    )


def to_the_end(imagined: Imagined) -> World:
    """The imagined worlds at their end, `standard` having played every seat."""
    world = imagined.world
    left = int((world.length - world.turn).max())
    return rollout(world, imagined.rules, seated(world.cast, imagined.size), left)


def ranges(values: Float[Array, " worlds"]) -> tuple[float, ...]:
    """The percentiles that are told."""
    return tuple(float(value) for value in np.percentile(values, RANGE))


def outcome(percentile: float) -> int:
    """The outcome for a seat, by number, of a percentile among par games."""
    return min(max(band(percentile) - 1, 0), len(OUTCOMES) - 1)


def agreed(leaders: Int[Array, " worlds"], outcomes: Int[Array, " worlds"] | None) -> tuple[float, int, int | None]:
    """The most common ending, and the share of the futures that end so: (share, leader, outcome for the seat)."""
    size = len(OUTCOMES)
    endings = (leaders + 1) * size + (0 if outcomes is None else outcomes)
    known, counts = np.unique(endings, return_counts=True)
    most = int(known[counts.argmax()])
    return float(counts.max() / endings.size), most // size - 1, None if outcomes is None else most % size


def told(found: Verdict) -> str:
    """The verdict in a line: the countdown, the projected score, and whether the game is decided."""
    left = found.quarters_left
    count = f"{NUMBERS[left] if left < len(NUMBERS) else left} quarter{'' if left == 1 else 's'} to go"
    score = f"projected score {figure(found.points[2])} points ({figure(found.points[0])} to {figure(found.points[4])})"
    if found.percentile:
        score += f", percentile {_whole(found.percentile[2])} ({_span(found.percentile)})"
    share = f"{100 * found.agreement:.0f} %"
    ending = LEADERS[found.leader] + (f", your score {OUTCOMES[found.outcome]}" if found.outcome is not None else "")
    state = "decided" if found.is_decided else "open"
    return f"{count}: {score}; {state}: {share} of imagined futures end alike ({ending})."


def _span(values: Sequence[float]) -> str:
    return f"{_whole(values[0])} to {_whole(values[4])}"


def _whole(value: float) -> str:
    return f"{value:.0f}"
