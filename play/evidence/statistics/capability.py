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
    """months by which China's records with open weights follow the first US model as good, mean of those of 2025"""
    quarters = arms["past"].record.quarters
    turns = arms["past"].turns_of(2025)
    months = np.array([lag_of_open_record(quarters[turn - 1], quarters[turn]) for turn in turns])
    known = np.isfinite(months)
    return safe_ratio(np.where(known, months, 0.0).sum(axis=0), known.sum(axis=0).astype(float), np.nan)


def lag_of_open_record(before: Quarter, after: Quarter) -> Float[Array, " worlds"]:
    """Months from the first US model as good to the day of a record that China set in the quarter with open weights.

    Nothing where no US model was as good by then, unknown where there was no such record. Of a bloc's models of a quarter
    only the best has a day: over all of them, in 512 games of 2025, these months are 0.7 more.
    """
    record, day = after.record_score[1, 0].astype(float), after.record_month[1, 0].astype(float)
    opened = np.where(after.is_open, after.score.astype(float), -np.inf)[after.cast.lab_bloc == 1].max(axis=0)
    as_good = np.where(after.record_score[0] >= record, after.record_month[0].astype(float), np.inf).min(axis=0)
    is_new = (record > before.record_score[1, 0]) & (opened >= record)
    return np.where(is_new, np.maximum(day - as_good, 0.0), np.nan)


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


def algorithms_unsteady(arms: Arms) -> Array:
    """growth of the leader's algorithms in its fastest year of 2023 to 2025 over that in its slowest"""
    past = arms["past"]
    best = past.history(lambda quarter: quarter.algorithms.astype(float).max(axis=0))
    ends = [past.turn(f"Q4 {year}") for year in (2022, 2023, 2024, 2025)]
    return 10 ** np.ptp(np.diff(best[ends], axis=0), axis=0)


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
