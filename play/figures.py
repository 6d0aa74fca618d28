"""Figures: numbers as people read them, ranges over games, rank correlations and paired effects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from jaxtyping import Float

Array = np.ndarray

THIN = "\u202f"
"""A narrow space between the thousands."""
FIXED = "\u00a0"
"""A space at which no line breaks."""
MINUS = "\u2212"
"""A minus sign, as wide as a plus."""
SHARES = {"p5": 5, "p25": 25, "median": 50, "p75": 75, "p95": 95}


def figure(value: float, digits: int = 3) -> str:
    """A number to two or three significant digits, with thin spaces between the thousands."""
    if not np.isfinite(value):
        return "none"
    if value == 0:
        return "0"
    rounded = float(f"{value:.{digits - 1}e}")
    places = digits - 1 - int(np.floor(np.log10(abs(rounded))))
    if places <= 0:
        return f"{rounded:,.0f}".replace(",", THIN)
    text = f"{rounded:,.{min(places, 6)}f}".replace(",", THIN)
    return text.rstrip("0").rstrip(".") if abs(rounded) < 1 else text


def signed(value: float, digits: int = 2) -> str:
    """A change with its sign, or 0 where it would round to nothing beside a hundredth."""
    if not np.isfinite(value):
        return "none"
    if abs(value) < 0.005:
        return "0"
    return ("+" if value > 0 else MINUS) + figure(abs(value), digits)


def agrees(value: float, low: float, high: float) -> bool:
    """Whether a range lies wholly on the same side of zero as a value."""
    return (low > 0 and value > 0) or (high < 0 and value < 0)


def halves(value: float) -> str:
    """Months to the nearest half, as 7½."""
    twice = round(abs(value) * 2)
    whole, half = divmod(twice, 2)
    sign = MINUS if value < 0 and twice else ""
    return sign + (f"{whole}½" if half and whole else "½" if half else str(whole))


def in_months(value: float) -> str:
    """A stretch of time to the nearest half of a month, in words: `7½ months`, `1 month`, `a few days`."""
    if abs(value) < 0.25:
        return "a few days"
    said = halves(abs(value))
    return f"{said} month{'' if said in ('½', '1') else 's'}"


def spread(values: Float[Array, " games"]) -> dict[str, float]:
    """The median of a number over games, and the ranges that hold half of them and nine tenths."""
    known = values[np.isfinite(values)]
    if not known.size:
        return dict.fromkeys(SHARES, float("nan"))
    found = np.percentile(known, list(SHARES.values()))
    return {name: float(value) for name, value in zip(SHARES, found, strict=True)}


def ranks(values: Float[Array, " games"]) -> Float[Array, " games"]:
    """The rank of every value; equal ones share the mean of their ranks."""
    order = np.argsort(values, kind="stable")
    _, inverse, counts = np.unique(values[order], return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    found = np.empty(values.size)
    found[order] = ((ends - counts + ends - 1) / 2)[inverse]
    return found


def rank_correlation(a: Float[Array, " games"], b: Float[Array, " games"]) -> float:
    """Spearman's rank correlation over the games where both are known (0 where one never varies)."""
    known = np.isfinite(a) & np.isfinite(b)
    if known.sum() < 3:
        return 0.0
    x, y = ranks(a[known]), ranks(b[known])
    x, y = x - x.mean(), y - y.mean()
    size = float(np.sqrt((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / size if size > 0 else 0.0


def ranked_with(
    target: Float[Array, " games"], others: Mapping[str, Float[Array, " games"]], most: int
) -> list[tuple[str, float]]:
    """The quantities whose ranks over games go best with the target's, up or down."""
    found = [(name, rank_correlation(values, target)) for name, values in others.items()]
    found = [(name, rho) for name, rho in found if rho]
    return sorted(found, key=lambda pair: (-abs(pair[1]), pair[0]))[:most]


@dataclass(frozen=True)
class Effect:
    """The paired effect of one run over another on a number."""

    before: float
    after: float
    mean: float
    """Mean difference over pairs."""
    low: float
    high: float
    """The 95 % interval of the mean difference."""
    rising: float
    """Share of pairs in which the number was higher."""
    pairs: int


def effect(before: Float[Array, " pairs"], after: Float[Array, " pairs"]) -> Effect:
    """What happened to a number in the same games played otherwise; medians, and the mean difference.

    The interval is the normal one for pairs, which is close enough from some thirty pairs on.
    """
    known = np.isfinite(before) & np.isfinite(after)
    a, b = before[known], after[known]
    if not a.size:
        none = float("nan")
        return Effect(none, none, none, none, none, none, 0)
    difference = b - a
    error = difference.std(ddof=1) / np.sqrt(a.size) if a.size > 1 else float("nan")
    mean = float(difference.mean())
    return Effect(
        float(np.median(a)),
        float(np.median(b)),
        mean,
        mean - 1.96 * float(error),
        mean + 1.96 * float(error),
        float((difference > 0).mean()),
        int(a.size),
    )


def aligned(rows: Sequence[Sequence[str]], left: int = 1, gap: str = "  ") -> list[str]:
    """Rows of a table as lines: the first columns to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        gap.join(
            cell.ljust(width) if i < left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def power_of_ten(exponent: float) -> str:
    """Ten to a power, as 2.0 × 10²⁷."""
    whole = floor(exponent + 1e-9)
    first = f"{10 ** (exponent - whole):.1f}"
    if first == "10.0":
        first, whole = "1.0", whole + 1
    return f"{first} × 10{str(whole).translate(RAISED)}"
