"""Answers: how outcomes go with each varied number, gathered from the rows of a sweep a group at a time.

Memory does not grow with the games: quantiles are read off counts of some thousand values that stand for all others, so
they are exact to about a thousandth of the games.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from arena.sweep.designs import METHODS, indices
from arena.sweep.work import Task, prepared

Array = np.ndarray

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_BINS = 12
SETS_A_BIN = 6
"""Sets that stand together at one place of a curve, at least, where each has a number of its own."""
MOST_VALUES = 2048
"""Values of an outcome that are told apart."""
LOOKED_AT = 1 << 16
"""Games from which those values are chosen."""


@dataclass(frozen=True, eq=False)
class Curve:
    """How an outcome goes with a number: its quantiles over the games at each of some places."""

    key: str
    outcome: str
    at: Float[Array, " places"]
    games: Int[Array, " places"]
    quantiles: Float[Array, "quantiles places"]
    share: float
    """Of the variance between games, what goes with the number (NaN where nothing varies)."""
    indices: dict[str, float]
    """What SALib makes of it, where the method allows that."""

    @property
    def median(self) -> Float[Array, " places"]:
        """The median at each place."""
        return self.quantiles[QUANTILES.index(0.5)]


def curves(task: Task, places: Float[Array, "sets numbers"], table: Path) -> list[Curve]:
    """A curve for each outcome and varied number, outcome by outcome."""
    _, some = prepared(task)
    bins = [_binned(knob.numbers(places[:, at])) for at, knob in enumerate(some)]
    values = {name: _values(table, name) for name in task.setup.outcomes}
    found = []
    for name in task.setup.outcomes:
        count = _counted(table, name, values[name], [one.of_set for one in bins])
        analysed = [dict[str, float]() for _ in some]
        if METHODS[task.method].indices:
            analysed = indices(task.method, places, count.means, task.seed)
        for knob, one, counts, more in zip(some, bins, count.by_bin, analysed, strict=True):
            spread = _quantiles(values[name], counts)
            found.append(Curve(knob.key, name, one.at, counts.sum(axis=1), spread, _share(values[name], counts), more))
    return found


@dataclass(frozen=True, eq=False)
class _Bins:
    at: Float[Array, " bins"]
    of_set: Int[Array, " sets"]


def _binned(numbers: Array) -> _Bins:
    """The places of a curve: every value where they are few, else stretches of equal width."""
    values = np.unique(numbers)
    if values.size <= MOST_BINS:
        return _Bins(values.astype(float), np.searchsorted(values, numbers))
    bins = int(np.clip(numbers.size // SETS_A_BIN, 3, MOST_BINS))
    edges = np.linspace(values[0], values[-1], bins + 1)
    of_set = np.clip(np.searchsorted(edges, numbers, side="right") - 1, 0, bins - 1)
    return _Bins((edges[1:] + edges[:-1]) / 2, of_set)


def _batches(table: Path, *names: str) -> Iterator[list[Array]]:
    """Some columns of a table, a group of rows at a time; what is missing is NaN."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(table) as file:
        for batch in file.iter_batches(batch_size=LOOKED_AT, columns=list(names)):
            yield [batch.column(name).to_numpy(zero_copy_only=False) for name in names]


def _values(table: Path, outcome: str) -> Float[Array, " values"]:
    """Values that stand for all of an outcome, in order: each, where they are few."""
    import pyarrow.parquet as pq

    every = max(1, -(-pq.read_metadata(table).num_rows // LOOKED_AT))
    parts, first = [], 0
    for (found,) in _batches(table, outcome):
        parts.append(found[-first % every :: every])
        first += found.size
    looked = np.concatenate(parts)
    looked = looked[np.isfinite(looked)]
    values = np.unique(looked)
    if values.size > MOST_VALUES:
        values = np.unique(np.quantile(looked, np.linspace(0, 1, MOST_VALUES)))
    return values if values.size else np.zeros(1)


@dataclass(frozen=True, eq=False)
class _Count:
    by_bin: list[Array]
    """For each number, games by place and value."""
    means: Float[Array, " sets"]


def _counted(table: Path, outcome: str, values: Array, of_set: Sequence[Array]) -> _Count:
    """How many games came to each value, at each place of each number; and the mean of each set."""
    middles = (values[1:] + values[:-1]) / 2
    by_bin = [np.zeros((int(one.max()) + 1, values.size), dtype=np.int64) for one in of_set]
    sums, games = np.zeros(of_set[0].size), np.zeros(of_set[0].size)
    for sample, found in _batches(table, "sample", outcome):
        known = np.isfinite(found)
        sets, found = sample[known], found[known]
        value = np.searchsorted(middles, found)
        for counts, one in zip(by_bin, of_set, strict=True):
            counts += np.bincount(one[sets] * values.size + value, minlength=counts.size).reshape(counts.shape)
        sums += np.bincount(sets, found, minlength=sums.size)
        games += np.bincount(sets, minlength=games.size)
    means = np.divide(sums, games, out=np.full(sums.size, np.nan), where=games > 0)
    return _Count(by_bin, means)


def _quantiles(values: Array, counts: Array) -> Array:
    """The quantiles at each place; NaN where there are no games."""
    total = counts.sum(axis=1)
    below = counts.cumsum(axis=1)
    rows = []
    for quantile in QUANTILES:
        at = (below < np.maximum(quantile * total, 0.5)[:, None]).sum(axis=1)
        rows.append(np.where(total > 0, values[np.minimum(at, values.size - 1)], np.nan))
    return np.array(rows)


def _share(values: Array, counts: Array) -> float:
    """The variance between the means of the places, over that between all games."""
    games = counts.sum(axis=1)
    centred = values - values[values.size // 2]
    means = np.divide((counts * centred).sum(axis=1), games, out=np.zeros(games.size), where=games > 0)
    every = counts.sum(axis=0)
    mean = float((every * centred).sum() / max(every.sum(), 1))
    variance = float((every * np.square(centred - mean)).sum())
    return float((games * np.square(means - mean)).sum()) / variance if variance > 0 else float("nan")
