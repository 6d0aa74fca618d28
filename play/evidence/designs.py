"""Designs: the sets of parameters that a sensitivity analysis plays, and what becomes of their outcomes.

Luck is one more quantity beside the parameters: its place says which of two seeds of a block a game has. A block holds
the sets that are compared with each other, so what differs between two of them is one quantity, be it luck.
"""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float

from world.chance import game_seed
from world.prior import Places

Array = np.ndarray

LUCK = "luck"
REST = "all other quantities"
LEVELS = 4
"""Places that a screening tries of each quantity: both ends of its range, and a third from each."""
STEP = LEVELS / (2 * (LEVELS - 1))
"""How far a screening moves a quantity, as a share of its range."""
RESAMPLES = 200
"""Bootstrap samples behind an interval."""


@dataclass(frozen=True, eq=False)
class Design:
    """Sets of places by parameter, luck last, in blocks of rows that are compared with each other."""

    name: str
    problem: Mapping[str, Any]
    """The parameters as SALib takes them."""
    matrix: Float[Array, "sets quantities"]
    block: int
    """Rows in a block."""

    @property
    def sets(self) -> int:
        """How many games it takes."""
        return len(self.matrix)

    def places(self, rows: slice) -> Places:
        """Where in its range each parameter lies in some sets."""
        return {label: self.matrix[rows, at].copy() for at, label in enumerate(self.problem["names"][:-1])}

    @property
    def is_second_luck(self) -> Bool[Array, " sets"]:
        """Which sets have the second luck of their block."""
        luck = self.matrix[:, -1].reshape(-1, self.block)
        return (luck != luck[:, :1]).ravel()

    def seeds(self, seed: int, rows: slice) -> list[int]:
        """The seeds of the games of some sets: the same in a block, but where luck is what differs."""
        numbers = 4 * (np.arange(self.sets) // self.block) + 2 * (self.name == "sobol") + self.is_second_luck
        return [game_seed(seed, 1 + int(number)) for number in numbers[rows]]


def screening(labels: Sequence[str], trajectories: int, seed: int) -> Design:
    """A Morris design: trajectories in which each quantity is moved once."""
    from SALib.sample import morris

    problem = problem_of(labels)
    matrix = morris.sample(problem_of(labels), trajectories, num_levels=LEVELS, seed=seed)
    return Design("morris", problem, matrix, len(labels) + 2)


def partition(labels: Sequence[str], kept: Sequence[str], sets: int, seed: int) -> Design:
    """A Saltelli design: variance parted between the kept quantities, the others together, and luck."""
    from SALib.sample import sobol

    problem = problem_of(labels)
    problem["groups"] = [label if label in kept else REST for label in labels] + [LUCK]
    matrix = sobol.sample(dict(problem), sets, calc_second_order=False, seed=seed)
    return Design("sobol", problem, matrix, len(dict.fromkeys(problem["groups"])) + 2)


def problem_of(labels: Sequence[str]) -> dict[str, Any]:
    """The parameters and luck as SALib takes them, as places from 0 to 1."""
    names = [*labels, LUCK]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def effects(design: Design, values: Float[Array, " sets"], seed: int) -> dict[str, dict[str, float]]:
    """By quantity, elementary effects over the whole range; of luck, the difference between two games."""
    from SALib.analyze import morris

    names = design.problem["names"]
    if np.ptp(values) == 0:
        return {name: dict.fromkeys(("mu", "mu_star", "mu_star_conf", "sigma"), 0.0) for name in names}
    found = morris.analyze(
        dict(design.problem), design.matrix, values, num_levels=LEVELS, num_resamples=RESAMPLES, seed=seed + 1
    )
    scale = {name: STEP if name == LUCK else 1.0 for name in names}
    return {
        name: {key: float(found[key][at]) * scale[name] for key in ("mu", "mu_star", "mu_star_conf", "sigma")}
        for at, name in enumerate(names)
    }


def shares(design: Design, values: Float[Array, " sets"], seed: int) -> dict[str, dict[str, float]]:
    """By quantity, its share of variance alone (S1) and with all that it acts through (ST), with 95 % intervals.

    NaN where the base sets, by which variance is measured, all come out alike.
    """
    from SALib.analyze import sobol

    names = list(dict.fromkeys(design.problem["groups"]))
    if np.ptp(values.reshape(-1, design.block)[:, [0, -1]]) == 0:
        return {name: dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), float("nan")) for name in names}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Constant values", UserWarning)  # of a resample, where it seldom varies
        found = sobol.analyze(
            dict(design.problem), values, calc_second_order=False, num_resamples=RESAMPLES, seed=seed + 1
        )
    return {
        name: {key: float(found[key][at]) for key in ("S1", "S1_conf", "ST", "ST_conf")}
        for at, name in enumerate(names)
    }


def foremost(found: Sequence[Mapping[str, Mapping[str, float]]], labels: Sequence[str], most: int) -> tuple[str, ...]:
    """The parameters that are among the first so many of any outcome, in the order of the labels."""
    kept: set[str] = set()
    for of in found:
        ranked = sorted(labels, key=lambda label: -of[label]["mu_star"])
        kept |= {label for label in ranked[:most] if of[label]["mu_star"] > 0}
    return tuple(label for label in labels if label in kept)
