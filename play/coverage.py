"""Coverage: what forecasts were worth, from rows of what was said and what was so.

A range covers the truth if the truth lies on or between its bounds; only ranges with width are counted. Many effects
are exactly nothing in most worlds, and a bound that lies on such a heap covers more than its name says. So a second
figure shares a heap out: of worlds that equal the truth, only that part counts which lies within the range by rank.
An honest forecast of 50 % has 0.50 there, whatever heaps there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from play.preview import RANGES

Array = np.ndarray

ALPHAS = {50: 0.5, 90: 0.1}
"""What lies outside a range, by what it holds in per cent."""
BOUNDS = {50: (1, 3), 90: (0, 4)}
"""Which of the percentiles bound a range."""
NARROW = 1e-9
"""A range narrower than this share of its bounds has no width."""


class Forecast(NamedTuple):
    """A range that was forecast and what was so; `low` to `high` are five percentiles."""

    about: str
    """What it is of: `hidden` (a quantity now) or `effect` (of a draft)."""
    game: int
    seat: str
    turn: int
    quantity: str
    truth: float
    said: tuple[float, ...]
    naive: tuple[float, ...]
    """What a forecast without a look at the view would say; empty where it is read from other games."""
    below: float
    """Share of the imagined worlds below the truth."""
    equal: float
    """Share that equals it."""


def forecast_of(
    about: str,
    game: int,
    seat: str,
    turn: int,
    quantity: str,
    truth: float,
    samples: Float[Array, " worlds"],
    naive: tuple[float, ...] = (),
) -> Forecast:
    """A row: the ranges of some samples beside the truth."""
    said = tuple(float(bound) for bound in np.percentile(samples, RANGES))
    below, equal = float((samples < truth).mean()), float((samples == truth).mean())
    return Forecast(about, game, seat, turn, quantity, float(truth), said, naive, below, equal)


@dataclass(frozen=True)
class Table:
    """Forecasts as arrays."""

    seat: Array
    quantity: Array
    game: Array
    truth: Float[Array, " rows"]
    said: Float[Array, "rows percentiles"]
    naive: Float[Array, "rows percentiles"]
    below: Float[Array, " rows"]
    equal: Float[Array, " rows"]

    def of(self, chosen: Array) -> "Table":
        """Some of the rows."""
        return Table(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Scores:
    """How good some forecasts were, by range (50 and 90 %)."""

    rows: int
    counted: dict[int, int]
    """Rows whose range has width."""
    coverage: dict[int, float]
    error: dict[int, float]
    """Standard error of the coverage, games being independent and not rows."""
    by_rank: dict[int, float]
    """Coverage with heaps of equal worlds shared out."""
    width: dict[int, float]
    """Median width, in the quantity's unit."""
    naive: dict[int, float]
    """Median width of the naive range beside them."""
    score: dict[int, float]
    """Interval score over that of the naive forecast: geometric mean over seats and quantities; below 1 is better."""
    better: dict[int, float]
    """Share of the rows in which the interval score is the better one, of those in which the two differ."""


def table_of(rows: Sequence[Forecast], about: str) -> Table:
    """The forecasts of one kind; the naive ranges of effects are the true effects of such drafts in other games."""
    some = [row for row in rows if row.about == about]
    columns = {name: np.array([getattr(row, name) for row in some]) for name in ("seat", "quantity", "game", "truth")}
    columns |= {name: np.array([getattr(row, name) for row in some], dtype=float) for name in ("below", "equal")}
    said = np.array([row.said for row in some], dtype=float).reshape(-1, len(RANGES))
    naive = said.copy()
    if some and some[0].naive:
        naive = np.array([row.naive for row in some], dtype=float)
    table = Table(said=said, naive=naive, **columns)
    if some and not some[0].naive:
        _from_other_games(table)
    return table


def _from_other_games(table: Table) -> None:
    """Write the ranges of the true effects in other games, by seat and quantity."""
    for rows in groups(table):
        for game in np.unique(table.game[rows]):
            own = rows[table.game[rows] == game]
            others = table.truth[rows[table.game[rows] != game]]
            table.naive[own] = np.percentile(others, RANGES) if others.size else 0.0


def groups(table: Table) -> list[Array]:
    """The rows of each seat and quantity."""
    keys = np.char.add(np.char.add(table.seat, "/"), table.quantity)
    return [np.flatnonzero(keys == key) for key in np.unique(keys)]


def has_width(low: Float[Array, " rows"], high: Float[Array, " rows"]) -> Bool[Array, " rows"]:
    """Which ranges are more than a point."""
    return high - low > NARROW * np.maximum(np.abs(low) + np.abs(high), NARROW)


def interval_score(
    truth: Float[Array, " rows"], low: Float[Array, " rows"], high: Float[Array, " rows"], alpha: float
) -> Float[Array, " rows"]:
    """The score of a range (Gneiting and Raftery 2007): its width, and 2/alpha for every unit that the truth is outside."""
    outside = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
    return high - low + 2 / alpha * outside


def scores_of(table: Table) -> Scores:
    """How good the forecasts of a table were."""
    counted: dict[int, int] = {}
    coverage: dict[int, float] = {}
    error: dict[int, float] = {}
    by_rank: dict[int, float] = {}
    for share, (low, high) in BOUNDS.items():
        wide = has_width(table.said[:, low], table.said[:, high])
        held = (table.said[:, low] <= table.truth) & (table.truth <= table.said[:, high])
        counted[share] = int(wide.sum())
        coverage[share], error[share] = clustered(held[wide].astype(float), table.game[wide])
        by_rank[share] = float(rank_held(table, share)[wide].mean()) if wide.any() else np.nan
    width = {share: median_width(table, table.said, share) for share in BOUNDS}
    naive = {share: median_width(table, table.naive, share) for share in BOUNDS}
    score = {share: _geometric(table, share) for share in BOUNDS}
    better = {share: share_better(table, share) for share in BOUNDS}
    return Scores(table.truth.size, counted, coverage, error, by_rank, width, naive, score, better)


def median_width(table: Table, bounds: Float[Array, "rows percentiles"], share: int) -> float:
    """The median width of ranges, where the forecast has width; it has a meaning for one quantity only."""
    low, high = BOUNDS[share]
    wide = has_width(table.said[:, low], table.said[:, high])
    return float(np.median((bounds[:, high] - bounds[:, low])[wide])) if wide.any() else np.nan


def rank_held(table: Table, share: int) -> Float[Array, " rows"]:
    """How much of the truth lies in a range by rank: 1 or 0, or a part where worlds equal it."""
    outside = ALPHAS[share] / 2
    top = np.minimum(table.below + table.equal, 1 - outside)
    bottom = np.maximum(table.below, outside)
    inside = (table.below >= outside) & (table.below <= 1 - outside)
    part = np.maximum(top - bottom, 0) / np.where(table.equal > 0, table.equal, 1.0)
    return np.where(table.equal > 0, part, inside.astype(float))


def both_scores(some: Table, share: int) -> tuple[Float[Array, " rows"], Float[Array, " rows"]]:
    """Interval scores of the forecast and of the naive one."""
    low, high = BOUNDS[share]
    own, naive = (
        interval_score(some.truth, bounds[:, low], bounds[:, high], ALPHAS[share]) for bounds in (some.said, some.naive)
    )
    return own, naive


def score_ratio(some: Table, share: int) -> float:
    """Mean interval score over that of the naive forecast; no number where that is perfect."""
    own, naive = (float(score.mean()) for score in both_scores(some, share))
    return own / naive if naive > 0 else np.nan


def share_better(some: Table, share: int) -> float:
    """How often the forecast scores better than the naive one, where they differ: rare events weigh no more than others."""
    own, naive = both_scores(some, share)
    apart = own != naive
    return float((own < naive)[apart].mean()) if apart.any() else np.nan


def _geometric(table: Table, share: int) -> float:
    """The geometric mean of the score ratios of all seats and quantities."""
    ratios = np.array([score_ratio(table.of(rows), share) for rows in groups(table)], dtype=float)
    ratios = ratios[np.isfinite(ratios) & (ratios > 0)]
    return float(np.exp(np.log(ratios).mean())) if ratios.size else np.nan


def clustered(x: Float[Array, " rows"], game: Array) -> tuple[float, float]:
    """A mean and its standard error where rows of one game go together."""
    if not x.size:
        return np.nan, np.nan
    mean = float(x.mean())
    _, place = np.unique(game, return_inverse=True)
    off = np.bincount(place, weights=x - mean)
    return mean, float(np.sqrt(np.square(off).sum())) / x.size
