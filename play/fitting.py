"""Fitting: sequential Monte Carlo approximate Bayesian computation over places in ranges.

A set of places is as likely as its prior (each place even between 0 and 1), times `exp(-misfit / 2 T^2)`, where the
misfit of a played set is the sum of its squared distances from what is known, each in standard deviations of that
knowledge (Wilkinson 2013: the kernel is the error of the observation). T falls from generation to generation, as
fast as enough sets keep weight, to 1 (Sisson, Fan and Tanaka 2007; Del Moral, Doucet and Jasra 2012). New sets are
drawn from the weighted ones by a kernel that keeps their mean and covariance (Liu and West 2001).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from world.prior import FURTHEST, Prior, Range, logit_of, place_of

Array = np.ndarray
Simulate = Callable[[Float[Array, "labels sets"], int], Float[Array, "targets sets"]]
"""Plays sets of places, given the number of the generation; gives their squared distances by target, NaN for none."""

KEPT = 0.25
"""Share of the sets that should keep weight when T falls."""
COARSE = 0.35
"""Width of the kernel, in standard deviations of the weighted sets."""
NOTHING_KNOWN = 25.0
"""Squared distance that counts where a played set has no such quantity."""
LEAST_WIDTH = 1e-3


@dataclass(frozen=True, eq=False)
class Generation:
    """Weighted sets of places after so many generations."""

    number: int
    logits: Float[Array, "labels sets"]
    proposed: Float[Array, " sets"]
    """The logarithm of the density that they were drawn from."""
    squares: Float[Array, "targets sets"]
    temperature: float

    @property
    def misfit(self) -> Float[Array, " sets"]:
        """The sum of squared distances of each set."""
        return np.nan_to_num(self.squares, nan=NOTHING_KNOWN).sum(axis=0)

    @property
    def weights(self) -> Float[Array, " sets"]:
        """The weight of each set at the generation's temperature; they add up to 1."""
        return weighed(base_density(self.logits) - self.proposed, self.misfit, self.temperature)

    @property
    def effective(self) -> float:
        """As how many sets of equal weight they count."""
        return effective(self.weights)

    @property
    def is_last(self) -> bool:
        """Whether the observations count in full."""
        return self.temperature <= 1.0


def base_density(logits: Float[Array, "labels sets"]) -> Float[Array, " sets"]:
    """The logarithm of the prior of sets whose places are even between 0 and 1: logistic in their logits."""
    return (-np.abs(logits) - 2 * np.log1p(np.exp(-np.abs(logits)))).sum(axis=0)


def weighed(prior: Float[Array, " sets"], misfit: Float[Array, " sets"], temperature: float) -> Float[Array, " sets"]:
    """Weights that add up to 1."""
    weight = prior - misfit / (2 * temperature**2)
    share = np.exp(weight - weight.max())
    return share / share.sum()


def effective(weights: Float[Array, " sets"]) -> float:
    """The effective number of sets (Kish)."""
    return float(1.0 / np.square(weights).sum())


def cooled(prior: Float[Array, " sets"], misfit: Float[Array, " sets"], before: float) -> float:
    """The lowest temperature from 1 up to the one before at which enough sets keep weight."""
    low, high = 1.0, before
    if effective(weighed(prior, misfit, low)) >= KEPT * misfit.size:
        return low
    for _ in range(40):
        middle = np.sqrt(low * high)
        if effective(weighed(prior, misfit, middle)) >= KEPT * misfit.size:
            high = middle
        else:
            low = middle
    return float(high)


def begun(labels: int, sets: int, simulate: Simulate, seed: int) -> Generation:
    """The first generation: sets from the prior, at the temperature at which enough of them keep weight."""
    luck = np.random.default_rng((seed, 0))
    logits = logit_of(luck.uniform(size=(labels, sets)))
    squares = simulate(logits, 0)
    drawn = Generation(0, logits, base_density(logits), squares, 1e6)
    return Generation(0, logits, drawn.proposed, squares, cooled(np.zeros(sets), drawn.misfit, 1e6))


def followed(before: Generation, simulate: Simulate, seed: int, sets: int | None = None) -> Generation:
    """The next generation: sets near those that fitted, at a temperature as low as enough of them allow."""
    number, sets = before.number + 1, sets or before.logits.shape[1]
    luck = np.random.default_rng((seed, number))
    weights = before.weights
    mean = before.logits @ weights
    cover = covariance(before.logits, weights)
    chosen = luck.choice(weights.size, size=sets, p=weights)
    kept = np.sqrt(1 - COARSE**2)
    nodes = mean[:, None] + kept * (before.logits - mean[:, None])
    root = COARSE * np.linalg.cholesky(cover)
    moved = nodes[:, chosen] + root @ luck.standard_normal((cover.shape[0], sets))
    moved = np.clip(moved, -FURTHEST, FURTHEST)
    proposed = mixture_density(moved, nodes, weights, root)
    squares = simulate(moved, number)
    hot = Generation(number, moved, proposed, squares, before.temperature)
    drawn = base_density(moved) - proposed
    return Generation(number, moved, proposed, squares, cooled(drawn, hot.misfit, before.temperature))


def covariance(logits: Float[Array, "labels sets"], weights: Float[Array, " sets"]) -> Float[Array, "labels labels"]:
    """The weighted covariance of sets, with a least width for every label."""
    off = logits - (logits @ weights)[:, None]
    return (off * weights) @ off.T + LEAST_WIDTH * np.eye(logits.shape[0])


def mixture_density(
    points: Float[Array, "labels points"],
    nodes: Float[Array, "labels sets"],
    weights: Float[Array, " sets"],
    root: Float[Array, "labels labels"],
) -> Float[Array, " points"]:
    """The logarithm of a mixture of normals around nodes with one covariance, up to a constant."""
    at, around = np.linalg.solve(root, points), np.linalg.solve(root, nodes)
    alive = weights > weights.max() * 1e-9
    around, log_weight = around[:, alive], np.log(weights[alive])
    found = np.empty(points.shape[1])
    size = np.square(around).sum(axis=0)
    for first in range(0, found.size, 1024):
        some = at[:, first : first + 1024]
        far = np.square(some).sum(axis=0)[:, None] + size - 2 * some.T @ around
        each = log_weight - far / 2
        top = each.max(axis=1)
        found[first : first + 1024] = top + np.log(np.exp(each - top[:, None]).sum(axis=1))
    return found


def resampled(generation: Generation, sets: int, seed: int) -> Float[Array, "labels sets"]:
    """Sets of equal weight."""
    luck = np.random.default_rng((seed, 10_000))
    return generation.logits[:, luck.choice(generation.weights.size, size=sets, p=generation.weights)]


def density(name: str, labels: Sequence[str], ranges: Sequence[Range], generation: Generation) -> Prior:
    """The normal density in logits with the mean and covariance of the weighted sets."""
    weights = generation.weights
    centre = generation.logits @ weights
    root = np.linalg.cholesky(covariance(generation.logits, weights))
    return Prior(name, tuple(labels), tuple(ranges), centre, root, frozenset(labels))


def places_of(generation: Generation) -> Float[Array, "labels sets"]:
    """The places of the sets, from 0 to 1."""
    return place_of(generation.logits)
