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
    return np.asarray(middle), np.asarray(middle - half), np.asarray(middle + half)


def interval_of_rate(rate: Float[Array, "*what"], games: int) -> tuple[Array, Array]:
    """The 95 % interval of a share of games, a draw being half a win.

    Source: Wilson, Journal of the American Statistical Association 22 (1927), doi:10.1080/01621459.1927.10502953.
    """
    z = 1.96
    middle = (rate + z * z / (2 * games)) / (1 + z * z / games)
    half = z * np.sqrt(rate * (1 - rate) / games + z * z / (4 * games * games)) / (1 + z * z / games)
    return np.asarray(np.maximum(middle - half, 0.0)), np.asarray(np.minimum(middle + half, 1.0))
