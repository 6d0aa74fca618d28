"""Statistics of capability: scores, leads, algorithms and training runs."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from play import measures
from play.evidence.arms import Arms
from play.evidence.statistics.reading import Array, Statistic, row_of
from play.record import Quarter
from world.flows import safe_ratio


def lead_at(quarter: str) -> Statistic:
    """What reads the lead at the end of a quarter."""

    def of(arms: Arms) -> Array:
        return measures.lead(arms["past"].at(quarter))

    of.__doc__ = f"lead of the US side at the end of {quarter}"
    return of


def open_lag(arms: Arms) -> Array:
    """months by which the best open weights follow the best model, mean of 2025"""
    past = arms["past"]
    best = past.history(lambda quarter: quarter.score.astype(float).max(axis=0))
    opened = past.history(lambda quarter: np.where(quarter.is_open, quarter.score, -np.inf).max(axis=0))
    return np.mean([months_since(best, opened[turn], turn) for turn in past.turns_of(2025)], axis=0)


def months_since(
    best: Float[Array, "turns worlds"], level: Float[Array, " worlds"], turn: int
) -> Float[Array, " worlds"]:
    """Months since a rising record first stood at a level, taken as a straight line within a quarter."""
    record = np.maximum.accumulate(best[: turn + 1], axis=0)
    reached = record >= level
    first = reached.argmax(axis=0)
    worlds = np.arange(level.size)
    low, high = record[np.maximum(first - 1, 0), worlds], record[first, worlds]
    within = np.where(first > 0, 1 - safe_ratio(level - low, high - low, 1.0), 0.0)
    return np.where(reached[-1], 3.0 * (turn - first + within), 0.0)


def frontier_a_year(which: Callable[[Quarter], Array], side: str) -> Statistic:
    """What reads the growth of a side's frontier over 2024 and 2025."""

    def of(arms: Arms) -> Array:
        past = arms["past"]
        return (which(past.at("Q4 2025")) - which(past.at("Q4 2023"))) / 2

    of.__doc__ = f"growth of {side} frontier over 2024 and 2025, a year"
    return of


def algorithms_a_year(arms: Arms) -> Array:
    """growth of the leader's algorithms over 2023 to 2025, a year"""
    past = arms["past"]
    best = past.history(lambda quarter: quarter.algorithms.astype(float).max(axis=0))
    turns = past.turn("Q4 2025") - past.turn("Q4 2022")
    return 10 ** ((best[past.turn("Q4 2025")] - best[past.turn("Q4 2022")]) * 4 / turns)


def largest_run_a_year(arms: Arms) -> Array:
    """growth of the largest training run over 2023 to 2025, a year"""
    past = arms["past"]
    runs = np.maximum.accumulate(past.history(lambda quarter: quarter.run_target.astype(float).max(axis=0)))
    return (runs[past.turn("Q4 2025")] / runs[past.turn("Q4 2022")]) ** (1 / 3)


def slips_when_starved(arms: Arms) -> Array:
    """quarters by which Anthropic's next release slips when half of the planned compute is delivered

    Its run starts with the game. OpenAI's does too, but a lab that leads may keep a finished model back, which is no slip.
    """
    starved, fed = (arms[name].history(row_of("run_late", "labs", "anthropic")) for name in ("starved", "fed"))
    return (starved - fed)[2:].max(axis=0)
