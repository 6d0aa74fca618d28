"""Designs: which sets of numbers a sweep plays, by SALib where SALib has the method, and what SALib makes of the outcome.

A design is a table of places from 0 (the low end of a number) to 1 (its high end), a row a set, a column a number. It
follows from the method, the numbers, the size and the seed alone.
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from jaxtyping import Float

from arena.sweep.knobs import Knob
from play.commands.doors import Refused

Array = np.ndarray
Places = Float[Array, "sets numbers"]

LEVELS = 4
"""Places that a Morris design tries of each number: both ends, and a third from each."""
RESAMPLES = 200
"""Bootstrap samples behind an interval."""
SEEDS = 2**32
"""SALib's seeds are below this."""
MORRIS = ("mu", "mu_star", "mu_star_conf", "sigma")
SOBOL = ("S1", "S1_conf", "ST", "ST_conf")
INDICES = {
    "mu": "mean effect on the outcome of going from the low end of the number to its high end",
    "mu_star": "mean size of that effect",
    "mu_star_conf": "half the width of the 95 % interval of mu_star",
    "sigma": "standard deviation of that effect: how far it depends on the other numbers",
    "S1": "share of the variance between sets that the number makes alone (first order)",
    "S1_conf": "half the width of the 95 % interval of S1",
    "ST": "share of the variance between sets that the number has a part in (total order)",
    "ST_conf": "half the width of the 95 % interval of ST",
}


def problem(numbers: int) -> dict[str, Any]:
    """So many places as SALib takes them."""
    return {"num_vars": numbers, "names": [str(at) for at in range(numbers)], "bounds": [[0.0, 1.0]] * numbers}


def grid(knobs: Sequence[Knob], samples: int, seed: int) -> Places:
    """Every combination of evenly spaced values, `samples` of each number or as many as it has."""
    axes = np.meshgrid(*(knob.even_places(samples) for knob in knobs), indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=1)


def lhs(knobs: Sequence[Knob], samples: int, seed: int) -> Places:
    """A Latin hypercube."""
    from SALib.sample import latin

    return latin.sample(problem(len(knobs)), samples, seed=seed % SEEDS)


def sobol(knobs: Sequence[Knob], samples: int, seed: int) -> Places:
    """A Saltelli design for Sobol indices: blocks of one set, one for each number exchanged, and another set."""
    from SALib.sample import sobol

    return sobol.sample(problem(len(knobs)), samples, calc_second_order=False, seed=seed % SEEDS)


def morris(knobs: Sequence[Knob], samples: int, seed: int) -> Places:
    """Morris trajectories, in each of which every number is moved once."""
    from SALib.sample import morris

    return morris.sample(problem(len(knobs)), samples, num_levels=LEVELS, seed=seed % SEEDS)


@dataclass(frozen=True)
class Method:
    """A way to choose sets: how, what `--samples` counts, how many sets that makes, the indices it allows."""

    places: Callable[[Sequence[Knob], int, int], Places]
    counts: str
    sets: Callable[[Sequence[Knob], int], int]
    indices: tuple[str, ...] = ()
    fewest: int = 2


METHODS = {
    "grid": Method(
        grid, "values of each number", lambda some, each: prod(min(each, knob.count or each) for knob in some)
    ),
    "lhs": Method(lhs, "sets", lambda _, sets: sets, fewest=1),
    "sobol": Method(sobol, "base sets, a power of two", lambda some, base: base * (len(some) + 2), SOBOL),
    "morris": Method(morris, "trajectories", lambda some, ways: ways * (len(some) + 1), MORRIS),
}


def check_samples(method: str, samples: int) -> None:
    """Refuse a number of samples with which a method cannot work."""
    fewest = METHODS[method].fewest
    if samples < fewest:
        raise Refused(f"--samples {samples}: {method} counts {METHODS[method].counts}; write {fewest} or more")
    if method == "sobol" and samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        raise Refused(f"--samples {samples}: sobol counts {METHODS[method].counts}; write {below} or {2 * below}")


def indices(method: str, places: Places, outcome: Float[Array, " sets"], seed: int) -> list[dict[str, float]]:
    """SALib's indices of each number: of a Morris design effects, of a Sobol design shares of the variance.

    Missing (NaN) where the outcome is not known in every set, and, as shares, where it never varies.
    """
    kinds, numbers = METHODS[method].indices, places.shape[1]
    if not np.isfinite(outcome).all():
        return [dict.fromkeys(kinds, float("nan"))] * numbers
    if np.ptp(outcome) == 0:
        return [dict.fromkeys(kinds, 0.0 if method == "morris" else float("nan"))] * numbers
    found = _analysed(method, places, outcome, (seed + 1) % SEEDS)
    return [{kind: float(found[kind][at]) for kind in kinds} for at in range(numbers)]


def _analysed(method: str, places: Places, outcome: Array, seed: int) -> Any:
    if method == "morris":
        from SALib.analyze import morris

        about = problem(places.shape[1])
        return morris.analyze(about, places, outcome, num_levels=LEVELS, num_resamples=RESAMPLES, seed=seed)
    from SALib.analyze import sobol

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Constant values", UserWarning)  # of a resample, where it seldom varies
        with np.errstate(invalid="ignore", divide="ignore"):
            return sobol.analyze(
                problem(places.shape[1]), outcome, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
            )
