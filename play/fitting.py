"""Fitting: sequential Monte Carlo approximate Bayesian computation over places in ranges.

A set of places is as likely as its prior (each place even between 0 and 1), times `exp(-misfit / 2 T^2)`, where the
misfit of a played set is the sum of its squared distances from what is known, each in standard deviations of that
knowledge (Wilkinson 2013: the kernel is the error of the observation). T falls from generation to generation to 1, as
fast as half of the sets keep weight; then sets are drawn again by weight and each is moved by a few Metropolis steps
at the new T (Del Moral, Doucet and Jasra 2012). A step is accepted on the misfit of one played game, and a set keeps
the misfit that it was accepted with, so that luck in play widens the result and does not bend it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from world.prior import FURTHEST, logit_of

Array = np.ndarray
Simulate = Callable[[Float[Array, "labels sets"], int], Float[Array, "targets sets"]]
"""Plays sets of places, given a number that no other call is given; gives squared distances by target, NaN for none."""

KEPT = 0.5
"""Share of the sets that keep weight when T falls."""
MOVES = 5
"""Metropolis steps of each set in a generation, and of the last one twice as many."""
STRIDE = 2.38
"""Length of a step, in standard deviations of the sets, over the root of how many quantities there are."""
NOTHING_KNOWN = 25.0
"""Squared distance that counts where a played set has no such quantity."""
LEAST_WIDTH = 1e-3
HOTTEST = 1e6


@dataclass(frozen=True, eq=False)
class Generation:
    """Sets of places of equal weight at a temperature."""

    number: int
    logits: Float[Array, "labels sets"]
    squares: Float[Array, "targets sets"]
    temperature: float
    accepted: float
    """Share of the steps that were accepted."""

    @property
    def misfit(self) -> Float[Array, " sets"]:
        """The sum of squared distances of each set."""
        return misfit_of(self.squares)

    @property
    def is_last(self) -> bool:
        """Whether the observations count in full."""
        return self.temperature <= 1.0


def misfit_of(squares: Float[Array, "targets sets"]) -> Float[Array, " sets"]:
    """The sum of squared distances; what is missing counts as far off."""
    return np.nan_to_num(squares, nan=NOTHING_KNOWN).sum(axis=0)


def base_density(logits: Float[Array, "labels sets"]) -> Float[Array, " sets"]:
    """The logarithm of the prior of sets whose places are even between 0 and 1: logistic in their logits."""
    return (-np.abs(logits) - 2 * np.log1p(np.exp(-np.abs(logits)))).sum(axis=0)


def weighed(misfit: Float[Array, " sets"], before: float, after: float) -> Float[Array, " sets"]:
    """Weights, adding up to 1, of sets at one temperature for another."""
    weight = -misfit / 2 * (1 / after**2 - 1 / before**2)
    share = np.exp(weight - weight.max())
    return share / share.sum()


def effective(weights: Float[Array, " sets"]) -> float:
    """The effective number of sets (Kish)."""
    return float(1.0 / np.square(weights).sum())


def cooled(misfit: Float[Array, " sets"], before: float) -> float:
    """The lowest temperature from 1 up to the one before at which enough sets keep weight."""
    low, high = 1.0, before
    if effective(weighed(misfit, before, low)) >= KEPT * misfit.size:
        return low
    for _ in range(60):
        middle = np.sqrt(low * high)
        if effective(weighed(misfit, before, middle)) >= KEPT * misfit.size:
            high = middle
        else:
            low = middle
    return float(high)


def begun(labels: int, sets: int, simulate: Simulate, seed: int) -> Generation:
    """The first generation: sets from the prior, whatever their misfit."""
    luck = np.random.default_rng((seed, 0))
    logits = logit_of(luck.uniform(size=(labels, sets)))
    return Generation(0, logits, simulate(logits, 0), HOTTEST, 1.0)


def followed(before: Generation, simulate: Simulate, seed: int) -> Generation:
    """The next generation: cooler, drawn again by weight, and moved."""
    number = before.number + 1
    luck = np.random.default_rng((seed, number))
    temperature = cooled(before.misfit, before.temperature)
    weights = weighed(before.misfit, before.temperature, temperature)
    chosen = luck.choice(weights.size, size=weights.size, p=weights)
    logits, squares = before.logits[:, chosen], before.squares[:, chosen]
    root = STRIDE / np.sqrt(logits.shape[0]) * np.linalg.cholesky(covariance(logits))
    steps, accepted = MOVES * (2 if temperature <= 1.0 else 1), 0.0
    for step in range(steps):
        moved = logits + root @ luck.standard_normal(logits.shape) * luck.choice([0.3, 1.0], size=logits.shape[1])
        moved = np.clip(moved, -FURTHEST, FURTHEST)
        found = simulate(moved, number * 1000 + step)
        gain = (
            base_density(moved) - base_density(logits) - (misfit_of(found) - misfit_of(squares)) / (2 * temperature**2)
        )
        better = np.log(luck.uniform(size=gain.size)) < gain
        logits, squares = np.where(better, moved, logits), np.where(better, found, squares)
        accepted += better.mean() / steps
    return Generation(number, logits, squares, temperature, float(accepted))


def covariance(logits: Float[Array, "labels sets"]) -> Float[Array, "labels labels"]:
    """The covariance of sets, with a least width for every label."""
    return np.atleast_2d(np.cov(logits)) + LEAST_WIDTH * np.eye(logits.shape[0])
