"""Narrowing: how sure a seat will be of a disputed quantity after another quarter, and what would make it surer."""

from dataclasses import dataclass

import numpy as np

from agents.imagine import Imagined
from world.phases.intelligence import at_home, sharpness
from world.turn import layout_of

Array = np.ndarray


@dataclass(frozen=True)
class Looking:
    """What decides how sure a seat will be: spending on intelligence (million USD), what sources are believed, secrecy (0 to 1)."""

    spend: float | None = None
    """None: as it is now."""
    hears: bool = True
    """Whether sources publish."""
    secrecy: float | None = None


def width_after(imagined: Imagined, question: str, looking: Looking | None = None) -> float:
    """Standard deviation (ln) of the seat's belief a quarter on, the median over imagined worlds."""
    looking = Looking() if looking is None else looking
    world, rules, cast = imagined.world, imagined.rules, imagined.world.cast
    at, seat = cast.at("questions", question), imagined.seat
    secrecy = setting(imagined, "keep_secrets", "secrecy") if looking.secrecy is None else looking.secrecy
    hidden = 1 + rules.secrecy * secrecy
    precision = 1 / (np.square(world.belief_width[at, seat] / 1000.0) + np.square(rules.forgetting))
    if looking.hears:
        weight = sharpness(cast)[:, at] * world.credibility * (rules.persuasion / hidden)
        precision = precision + weight.sum(axis=0)
    if seat in at_home(cast):
        precision = precision + rules.home_knowledge
    if seat in cast.seats_of("controller"):
        spend = setting(imagined, "gather_intelligence", "spend") if looking.spend is None else looking.spend
        precision = precision + spend / 100.0 * rules.intelligence / hidden
    return float(np.median(1 / np.sqrt(np.broadcast_to(precision, (imagined.size,)))))


def setting(imagined: Imagined, kind: str, amount: str) -> Array:
    """A dial of the first seat that gives the order, as it was last set in each imagined world, in its unit."""
    layout = layout_of(imagined.world.cast)
    row = layout.places[kind].dials[amount].start
    values: Array = imagined.world.ordered[row] * layout.step[row, 0] + layout.low[row, 0]
    return values


def disclosure(imagined: Imagined) -> tuple[float, float, float]:
    """The chance that the facts come out in a quarter: the low end, the median and the high end over imagined worlds."""
    chances = np.broadcast_to(imagined.rules.disclosure, (imagined.size,))
    low, middle, high = np.percentile(chances, (5, 50, 95))
    return float(low), float(middle), float(high)
