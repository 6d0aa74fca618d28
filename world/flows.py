"""Named moves across axes, and the arithmetic that keeps every batch equal to the last bit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

Array = np.ndarray

# These stand as arrays, which numpy meets in half the time that it takes to read a number of Python's.
HALF_STEP = np.array(2.0**-21)
"""Half the distance between two points of the grid of multiples of 2^-20."""
GRID_ONLY = np.array(1.5 * 2.0**32)
"""Next to this number a double has no room for anything finer than the grid."""
HALF_DIGIT, DIGITS_KEPT = np.array(1 << 20, np.int64), np.array(-(1 << 21), np.int64)
"""What rounds the bits of a double to 32 binary digits: half of the last digit that stays, and which bits stay."""
FEW = 8
"""Fewer rows than this numpy adds one after the other, in a batch of any size."""


def on_grid(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """`x` rounded to multiples of 2^-20, so that sums below 2^33 are exact in any order."""
    y = x + GRID_ONLY
    y -= GRID_ONLY
    return y


def floored(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """The whole number at or below `x`, as a float; less than half a grid step may be missing (0.9999999999 counts as 1)."""
    y = x + HALF_STEP
    return np.floor(y, out=y)


def whole(x: Float[Array, "*shape"]) -> Int[Array, "*shape"]:
    """The same as an integer."""
    return floored(x).astype(np.int64)


def counted(x: Float[Array, "*shape"]) -> Int[Array, "*shape"]:
    """The same as a short integer, as chips and dies are kept."""
    return floored(x).astype(np.int32)


def steady(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """`x` rounded (in place) to 32 binary digits, so that processors whose last digits differ go on alike."""
    bits = x.view(np.int64)
    bits += HALF_DIGIT
    bits &= DIGITS_KEPT
    return x


def exp(x: Array) -> Float[Array, "*shape"]:
    """e to the power of `x`, the same on every processor but for one result in millions."""
    return steady(np.exp(x, dtype=np.float64))


def log(x: Array) -> Float[Array, "*shape"]:
    """The natural logarithm of `x`, likewise."""
    return steady(np.log(x, dtype=np.float64))


def log1p(x: Array) -> Float[Array, "*shape"]:
    """The natural logarithm of one plus `x`, likewise."""
    return steady(np.log1p(x, dtype=np.float64))


def log10(x: Array) -> Float[Array, "*shape"]:
    """The decimal logarithm of `x`, likewise."""
    return steady(np.log10(x, dtype=np.float64))


def total(x: Float[Array, "items *rest"]) -> Float[Array, "*rest"]:
    """The sum over the first axis, the same in a batch of any size: floats that are many are put on the grid first."""
    if x.dtype.kind == "f" and x.shape[0] >= FEW:
        x = on_grid(x)
    return np.add.reduce(x, axis=0, dtype=np.float64)


def of_row(x: Shaped[Array, "rows worlds"], row: Int[Array, " worlds"]) -> Shaped[Array, " worlds"]:
    """The entry of `x` in each world's row."""
    return x[row, np.arange(row.size)]


def safe_ratio(top: Array, bottom: Array, otherwise: float = 0.0) -> Array:
    """`top / bottom`, and `otherwise` where the bottom is not above zero."""
    is_above = bottom > 0
    if is_above.all():
        return top / bottom
    if otherwise == 0.0:
        return top / np.where(is_above, bottom, np.inf)
    return np.where(is_above, top / np.where(is_above, bottom, 1.0), otherwise)


@dataclass(frozen=True)
class Groups:
    """Which group each item of an axis belongs to (-1: none), and sums and spreads along it."""

    of: tuple[int, ...]
    count: int

    @cached_property
    def index(self) -> Int[Array, " items"]:
        """The group of every item."""
        return np.array(self.of, dtype=np.intp)

    @cached_property
    def members(self) -> tuple[Int[Array, " some"], ...]:
        """The items of every group."""
        return tuple(np.flatnonzero(self.index == group) for group in range(self.count))

    @cached_property
    def by_size(self) -> Int[Array, " some"]:
        """The groups that have members, largest first."""
        sizes = np.array([items.size for items in self.members])
        return np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)]

    @cached_property
    def place(self) -> Int[Array, " some"]:
        """Where each of them stands in that order."""
        return np.argsort(self.by_size)

    @cached_property
    def levels(self) -> tuple[Int[Array, " some"], ...]:
        """The first items of all groups, the second of those that have two, and so on, largest groups first."""
        largest = max((items.size for items in self.members), default=0)
        return tuple(
            np.array([self.members[group][level] for group in self.by_size if self.members[group].size > level])
            for level in range(largest)
        )

    @cached_property
    def in_levels(self) -> Int[Array, " some"]:
        """The items of all levels, one level after the other."""
        return np.concatenate([*self.levels, self.index[:0]])

    @cached_property
    def later_levels(self) -> tuple[tuple[slice, slice], ...]:
        """Of each level but the first, which groups it adds to (of `by_size`), and where its items are (of `in_levels`)."""
        ends = accumulate(level.size for level in self.levels)
        return tuple(
            (slice(0, level.size), slice(end - level.size, end))
            for end, level in list(zip(ends, self.levels, strict=True))[1:]
        )

    @cached_property
    def first_if_none(self) -> Int[Array, " items"]:
        """The group of every item; the first for items that are in none."""
        return np.maximum(self.index, 0)

    def summed(self, x: Array) -> Array:
        """The sum of `x` (items first) over each group, the same in a batch of any size."""
        rows = x.take(self.in_levels, axis=0)
        if x.dtype.kind == "f":
            rows = on_grid(rows) if len(self.levels) >= FEW else rows.astype(np.float64, copy=False)
        for groups, items in self.later_levels:
            sums = rows[groups]
            sums += rows[items]
        sums = rows[: self.by_size.size]
        if self.by_size.size == self.count:
            return sums.take(self.place, axis=0)
        result = np.zeros((self.count, *x.shape[1:]), dtype=rows.dtype)
        result[self.by_size] = sums
        return result

    def spread(self, x: Array) -> Array:
        """Each item's share of the index: the value of its group (items in no group get group 0's)."""
        return x.take(self.first_if_none, axis=0)


def groups(of: Sequence[int], count: int) -> Groups:
    """The grouping that sends item i to `of[i]`."""
    return Groups(tuple(int(group) for group in of), count)


def together(rows: Int[Array, " some"]) -> slice | Int[Array, " some"]:
    """Rows that stand together as a slice, which nothing need be copied for."""
    first = int(rows[0]) if rows.size else 0
    return slice(first, first + rows.size) if (rows == first + np.arange(rows.size)).all() else rows


def runs(of: Int[Array, " items"]) -> list[tuple[int, slice]]:
    """Groups of items that stand together: the number of each, and where its items are."""
    ends = [*(np.flatnonzero(of[1:] != of[:-1]) + 1).tolist(), of.size]
    starts = [0, *ends[:-1]] if of.size else []
    return [(int(of[start]), slice(start, end)) for start, end in zip(starts, ends, strict=False)]


def running_total(x: Float[Array, "items *rest"]) -> Float[Array, "items *rest"]:
    """Sums up to each item along the first axis (numpy's own cumsum is ten times slower across rows)."""
    result = x.astype(np.float64)
    for before, row in pairwise(result):
        row += before
    return result


def sums_before(x: Float[Array, "items parts *rest"]) -> Float[Array, "items places *rest"]:
    """For each item what stands before each part along the second axis, and at last the sum of all parts."""
    result = np.empty((x.shape[0], x.shape[1] + 1, *x.shape[2:]))
    result[:, 0] = 0
    for part in range(x.shape[1]):
        np.add(result[:, part], x[:, part], out=result[:, part + 1])
    return result


def split_whole(
    amount: Int[Array, "*rest worlds"], share: Float[Array, "parts *#rest worlds"]
) -> Int[Array, "parts *rest worlds"]:
    """`amount` divided by `share` (each 0 to 1, adding to at most 1) into whole parts that never exceed it.

    Running totals are rounded, not parts, so nothing is lost and no part is off by more than one.
    """
    running = running_total(share)
    np.minimum(running, 1.0, out=running)
    cut = np.rint(running * amount).astype(np.int64)
    cut[1:] -= cut[:-1].copy()
    return cut


def split_all(
    amount: Int[Array, "*rest worlds"], share: Float[Array, "parts *#rest worlds"]
) -> Int[Array, "parts *rest worlds"]:
    """`amount` divided by `share` without a rest: the crumbs of `split_whole` go to the largest share.

    Where no part has a share, nothing is given.
    """
    parts = split_whole(amount, share)
    crumbs = (amount - np.add.reduce(parts, axis=0)) * (np.maximum.reduce(share, axis=0) > 0)
    if crumbs.any():
        place = np.arange(len(share)).reshape(-1, *(1,) * crumbs.ndim)
        parts += crumbs * (place == share.argmax(axis=0))
    return parts


def filled(
    supply: Float[Array, "groups *rest"],
    request: Float[Array, "items *rest"],
    weight: Float[Array, "items *rest"],
    grouping: Groups,
    rounds: int = 3,
) -> Float[Array, "items *rest"]:
    """Water-filling: each item gets min(request, level x weight) of its group's supply.

    Solved by handing what nobody wanted to the rest, `rounds` times; what then remains is left.
    """
    got = np.zeros(np.broadcast_shapes(request.shape, weight.shape))
    for turn in range(rounds):
        left = np.maximum(supply - grouping.summed(got), 0.0) if turn else supply
        wanting = weight * (got < request)
        wanting *= grouping.spread(safe_ratio(left, grouping.summed(wanting)))
        wanting += got
        got = np.minimum(request, wanting)
    return got


def split_by_node(
    node: Int[Array, "products worlds"], x: Float[Array, "products worlds"]
) -> Float[Array, "products nodes worlds"]:
    """A figure of each product on its node, and 0 on the other two."""
    return np.where(node[:, None] == np.arange(3, dtype=node.dtype)[:, None], x[:, None], 0.0)


def pay(money: Int[Array, "accounts worlds"], payer: Array | slice, payee: Array | int, amount: Array) -> None:
    """Move whole thousands of dollars, in place on a copy that the phase made for its own.

    `payer` names each account once, with a row of `amount` each; `payee` likewise, or one account for all.
    """
    money[payer] -= amount
    if isinstance(payee, int):
        money[payee] += np.add.reduce(amount, axis=0)
    else:
        money[payee] += amount


def shifted(
    coming: Float[Array, "*items quarters_ahead worlds"],
) -> tuple[Float[Array, "*items worlds"], Float[Array, "*items quarters_ahead worlds"]]:
    """What arrives now, and the queue moved up by a quarter."""
    later = np.empty_like(coming)
    later[..., :-1, :] = coming[..., 1:, :]
    later[..., -1, :] = 0
    return coming[..., 0, :], later


def any_of(*masks: Bool[Array, "*shape"]) -> Bool[Array, "*shape"]:
    """True where at least one mask is."""
    result = masks[0]
    for mask in masks[1:]:
        result = result | mask
    return result
