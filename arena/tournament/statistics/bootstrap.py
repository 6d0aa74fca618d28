"""Bootstrap: how far a figure would move with other seeds; what one seed decided is drawn together.

Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), percentile intervals; seeds are the clusters.
"""

import numpy as np
from jaxtyping import Float

Array = np.ndarray

TIMES = 400
"""Resamples: enough for the ends of a 95 % interval to stand still to about a tenth of its width."""
LOW, HIGH = 2.5, 97.5
"""Percentiles at which a 95 % interval ends."""


def resamples(seeds: int, times: int = TIMES, seed: int = 1) -> Float[Array, "times seeds"]:
    """How often each seed stands in each resample; a row sums to the number of seeds."""
    chance = np.random.default_rng(seed)
    return chance.multinomial(seeds, np.full(seeds, 1.0 / seeds), size=times).astype(np.float32)


def means(weights: Float[Array, "times seeds"], values: Float[Array, "seeds *what"]) -> Float[Array, "times *what"]:
    """The mean over seeds in each resample."""
    flat = values.reshape(values.shape[0], -1)
    found = (weights @ flat.astype(np.float32)).astype(float) / values.shape[0]
    return found.reshape(weights.shape[0], *values.shape[1:])


def interval(values: Float[Array, "times *what"]) -> tuple[Array, Array]:
    """The ends of the 95 % interval over resamples."""
    low, high = np.percentile(values, (LOW, HIGH), axis=0)
    return np.asarray(low), np.asarray(high)


def interval_of_mean(values: Float[Array, "seeds *what"]) -> tuple[Array, Array, Array]:
    """A mean over seeds with its 95 % interval by the normal approximation."""
    middle = values.mean(axis=0)
    spread = values.std(axis=0, ddof=1) if values.shape[0] > 1 else np.full_like(middle, np.inf)
    half = 1.96 * spread / np.sqrt(values.shape[0])
    return middle, middle - half, middle + half
