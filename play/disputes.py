"""Disputes: of every disputed quantity, what a seat has believed and what sources have published, quarter by quarter.

All of it is read from views: beliefs are the seat's own, reports and the credit of sources are public.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from agents.imagine import Imagined
from play.debrief.beliefs import HALF, NINE_TENTHS, PUBLIC
from play.words import Words
from world.cast import Cast
from world.phases.intelligence import QUESTIONS, truth
from world.view import View

LEVEL = 0.03
"""A lean below which a source is said to lean neither way."""


@dataclass(frozen=True)
class Held:
    """A normal in logarithms as a person reads it: the middle, half of the chances, nine in ten; in the question's unit."""

    low: float
    near: float
    middle: float
    far: float
    high: float
    ln: float
    width: float

    @classmethod
    def of(cls, question: str, ln: float, width: float) -> "Held":
        """The belief with that middle and standard deviation (ln)."""
        told = QUESTIONS[question].told
        low, near, middle, far, high = (told(ln + z * width) for z in (-NINE_TENTHS, -HALF, 0.0, HALF, NINE_TENTHS))
        return cls(low, near, middle, far, high, ln, width)

    def dots(self, question: str) -> tuple[float, ...]:
        """The middles of twenty equal chances."""
        told = QUESTIONS[question].told
        return tuple(told(self.ln + self.width * z) for z in EQUAL)


EQUAL = (
    *(-1.960, -1.440, -1.150, -0.935, -0.755, -0.598, -0.454, -0.319, -0.189, -0.063),
    *(0.063, 0.189, 0.319, 0.454, 0.598, 0.755, 0.935, 1.150, 1.440, 1.960),
)
"""The standard normal at 2.5, 7.5, ... 97.5 %."""


@dataclass(frozen=True)
class Said:
    """What a source published in a quarter, with the range that its usual error makes of it, beside what it was held for."""

    turn: int
    told: Held
    held: Held
    """What the seat believed after the quarter."""

    @property
    def off(self) -> float:
        """How far it was from the middle of the seat's belief, in logarithms."""
        return self.told.ln - self.held.ln

    @property
    def covers(self) -> bool:
        """Whether its range holds the middle of the seat's belief."""
        return self.told.low <= self.held.middle <= self.told.high


@dataclass(frozen=True)
class Source:
    """A source that speaks about a question: how far it errs, leans and is believed, and what it has said."""

    name: str
    title: str
    lean: float
    """By which share it usually runs too high (below zero: too low)."""
    credit: tuple[float, ...]
    """How far it was believed after each quarter from the opening on, 0 to 1 (public)."""
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Dispute:
    """A disputed quantity as a seat knows it."""

    name: str
    unit: str
    doc: str
    believed: tuple[Held, ...]
    """After each quarter, the opening day first."""
    sources: tuple[Source, ...]
    known: float | None
    """The value, where the seat sees it exactly."""

    @property
    def now(self) -> Held:
        """What the seat believes now."""
        return self.believed[-1]


def sentence(title: str) -> str:
    """The title of a source with a capital and without an article."""
    bare = title.removeprefix("an ").removeprefix("a ").removeprefix("the ")
    return bare[:1].upper() + bare[1:]


def lean_of(cast: Cast, source: int, question: int) -> float:
    """By which share a source usually runs too high on a question (below zero: too low), by row; everybody may know it."""
    return exp(float(cast.source_bias[source, question])) - 1


def lean_words(lean: float, words: Words) -> str:
    """Which way a source usually runs."""
    if abs(lean) < LEVEL:
        return words("intelligence.no_lean")
    if lean > 1:
        return words("intelligence.runs_times", times=f"{1 + lean:.1f}")
    return words("intelligence.runs_high" if lean > 0 else "intelligence.runs_low", share=f"{abs(100 * lean):.0f}")


def disputed(cast: Cast) -> tuple[str, ...]:
    """The questions whose answer is not public."""
    return tuple(name for name in cast.questions if name not in PUBLIC)


def dispute(views: Sequence[View], question: str, called: Callable[[str], str], value: float | None = None) -> Dispute:
    """A question as a seat's views from the opening to now tell it; `called` gives the title of a source.

    `value` is the answer where the seat knows it (see `known`).
    """
    cast, about = views[-1].cast, QUESTIONS[question]
    believed = tuple(held_by(view, question) for view in views)
    at = cast.at("questions", question)
    sources = tuple(
        _source(views, question, row, believed, called)
        for row in range(len(cast.sources))
        if cast.source_speaks[row, at]
    )
    return Dispute(question, about.unit, about.doc, believed, sources, value)


def known(question: str, imagined: Imagined | None) -> float | None:
    """The answer to a question where every imagined world has the same."""
    if imagined is None:
        return None
    values = truth(imagined.world)[imagined.world.cast.at("questions", question)]
    if values.size < 2 or np.ptp(values) > 1e-9:
        return None
    return QUESTIONS[question].told(float(values[0]))


def held_by(view: View, question: str) -> Held:
    """What the seat of a view believes of a question."""
    belief = view.belief(question)
    return Held.of(question, float(belief.ln[0, 0]), float(belief.width[0, 0]))


def _source(
    views: Sequence[View], question: str, row: int, believed: Sequence[Held], called: Callable[[str], str]
) -> Source:
    cast = views[-1].cast
    at = cast.at("questions", question)
    noise = float(cast.source_noise[row, at])
    said = tuple(
        Said(turn, Held.of(question, float(view.public("report")[row, at, 0]), noise), believed[turn])
        for turn, view in enumerate(views)
        if turn
    )
    credit = tuple(float(view.public("credibility")[row, 0]) for view in views)
    name = cast.sources[row]
    return Source(name, called(name), lean_of(cast, row, at), credit, said)
