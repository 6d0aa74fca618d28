"""Held out: ranges of the model laid over what fitting was not told, beside those of constant growth.

A range is as good as its interval score is low: its width, and a fine for every unit by which it misses. Numbers that
cannot be below zero are scored by their logarithm, a quantity's tolerance added, so that nothing can be laid beside
little; scores (ECI) and months are scored as they are, in tolerances.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from jaxtyping import Float

from play.coverage import interval_score
from play.evidence.arms import Arms
from play.evidence.patterns import Pattern, statistic
from play.hindcast import Cell, Chain, History, Link

Array = np.ndarray

ALPHA = 0.1
"""What lies outside of a 90 % range."""
ENDS = (5, 95)
BEFORE = ("Q4 2023", "Q4 2024")
"""The quarters that constant growth is read from; the one that is forecast comes a year later."""
GOAL = 0.8
CELLS, UNTOLD = "cells of the chain, Q4 2025", "of these, not told in another form"
NUMBERS, ALL = "numbers of held-out patterns", "all"
NARROW = 1e-9
LUCK = np.array([NormalDist().inv_cdf((at + 0.5) / 64) for at in range(64)])
"""Errors of a source that are as likely as each other, in standard deviations."""


@dataclass(frozen=True)
class Under:
    """A 90 % range over what was, and how it scores beside constant growth."""

    low: float
    high: float
    holds: bool
    score: float = np.nan
    """Interval score; nan where nothing can be laid beside it."""
    grown: tuple[float, float] | None = None
    """The range of constant growth, as wide as this one."""
    grown_score: float = np.nan

    @property
    def ratio(self) -> float:
        """The score over that of constant growth; nan where neither can be told."""
        return self.score / self.grown_score if self.grown_score > 0 else np.nan


@dataclass(frozen=True)
class Laid:
    """A number that fitting was not told, under the ranges of the model."""

    title: str
    unit: str
    low: float
    """The range of what was."""
    value: float
    high: float
    plain: Under
    """The range of the model's games."""
    told: Under
    """The same with the error of the source, which holds what a source would say of such worlds."""
    is_told: bool = False
    """Whether the fit is told of the quantity in another form."""

    @property
    def meets(self) -> bool:
        """Whether the model's range and that of what was have something in common."""
        return self.plain.low <= self.high and self.low <= self.plain.high


@dataclass(frozen=True)
class Scale:
    """How a quantity is measured when ranges are scored."""

    tolerance: float
    is_interval: bool

    def scored(self, x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
        """Numbers as they are scored."""
        if self.is_interval:
            return x / self.tolerance
        return np.log(np.maximum(x, 0.0) + self.tolerance)

    def told(self, x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
        """Numbers in the unit of the quantity again."""
        return x * self.tolerance if self.is_interval else np.maximum(np.exp(x) - self.tolerance, 0.0)


def cells_laid(chain: Chain, history: History) -> list[Laid]:
    """Every held-out cell of the chain under the model's range."""
    return [
        cell_laid(link, cell, history[link.name][cell.quarter])
        for link in chain.links
        for cell in link.cells
        if cell.quarter in chain.held_out
    ]


def cell_laid(link: Link, cell: Cell, games: Float[Array, " worlds"]) -> Laid:
    """A cell under the ranges of the games, beside constant growth where two earlier cells tell of it."""
    known = {one.quarter: one.value for one in link.cells}
    before = [known[quarter] for quarter in BEFORE if quarter in known]
    scale = Scale(link.tolerance, link.is_interval)
    found = laid_under(link.title, link.unit, (cell.low, cell.value, cell.high), games, scale, before)
    return replace(found, is_told=bool(link.told))


def laid_under(
    title: str,
    unit: str,
    was: tuple[float, float, float],
    games: Float[Array, " worlds"],
    scale: Scale,
    before: Sequence[float] = (),
) -> Laid:
    """What was, under the range of the games and under that with the source's error."""
    low, _, high = scale.scored(np.array(was, dtype=float))
    found = scale.scored(games[np.isfinite(games)])
    error = (high - low) / 2 / 1.645 * LUCK
    ranges = [np.percentile(one, ENDS) for one in (found, (found[:, None] + error).ravel())]
    plain, told = (under(ends, was[1], scale, before) for ends in ranges)
    return Laid(title, unit, *was, plain, told)


def under(ends: Float[Array, " ends"], value: float, scale: Scale, before: Sequence[float]) -> Under:
    """A range on its scale over a value."""
    low, high = (float(x) for x in scale.told(ends))
    truth = float(scale.scored(np.array([float(value)]))[0])
    holds = bool(ends[0] - NARROW <= truth <= ends[1] + NARROW)
    if len(before) < len(BEFORE):
        return Under(low, high, holds)
    first, second = scale.scored(np.array(before, dtype=float))
    grown = 2 * second - first + np.array([-0.5, 0.5]) * (ends[1] - ends[0])
    back = scale.told(grown)
    return Under(low, high, holds, scored(truth, ends), (float(back[0]), float(back[1])), scored(truth, grown))


def scored(truth: float, ends: Float[Array, " ends"]) -> float:
    """The interval score of one range."""
    low, high = ends[:1], ends[1:]
    return float(interval_score(np.array([truth]), low, high, ALPHA)[0])


def patterns_laid(some: Sequence[Pattern], arms: Arms) -> list[Laid]:
    """The numbers of held-out patterns under the model's ranges; what was is the middle of the target."""
    found = []
    for pattern in some:
        for condition in pattern.conditions:
            low, high = condition.low, condition.high
            if pattern.is_held_out and condition.what == "median" and np.isfinite(low + high):
                read = statistic(condition.of)
                scale = Scale(high - low, True)
                title = f"{pattern.id}: {read.__doc__}"
                found.append(laid_under(title, pattern.unit, (low, (low + high) / 2, high), read(arms), scale))
    return found


@dataclass(frozen=True)
class Sum:
    """What some ranges come to."""

    count: int
    held: float
    """Share whose range holds the value."""
    scores: int
    """How many could be laid beside constant growth."""
    ratio: float
    """Geometric mean of the score ratios."""
    total: float
    """All scores over all those of constant growth."""
    better: float
    """Share in which the model scores better, of those where the two differ."""


def summed(some: Sequence[Under]) -> Sum:
    """What some ranges come to."""
    beside = [one for one in some if np.isfinite(one.ratio) and one.ratio > 0]
    apart = [one.ratio < 1 for one in beside if abs(one.ratio - 1) > NARROW]
    ratio = float(np.exp(np.mean([np.log(one.ratio) for one in beside]))) if beside else np.nan
    total = sum(one.score for one in beside) / sum(one.grown_score for one in beside) if beside else np.nan
    return Sum(len(some), share([one.holds for one in some]), len(beside), ratio, float(total), share(apart))


def share(those: Sequence[bool]) -> float:
    """The share that is so; nan of none."""
    return float(np.mean(those)) if those else np.nan


def parts(cells: Sequence[Laid], numbers: Sequence[Laid]) -> Mapping[str, Sequence[Laid]]:
    """The ranges by where what was stands, and all."""
    return {
        CELLS: cells,
        UNTOLD: [one for one in cells if not one.is_told],
        NUMBERS: numbers,
        ALL: [*cells, *numbers],
    }
