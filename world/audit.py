"""Audit: that nothing was created or lost in a quarter, and that every figure is possible."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Int

from world.state import World, axes_of, columns

Array = np.ndarray

COUNTED = (
    *("unsold", "chips", "sold", "landed", "afloat", "packed", "dies_coming", "dies_raw"),
    *("dies_tested", "dies_scrapped", "stacks", "memory_stock", "stacks_used", "moved", "caught"),
)
"""What can never be below zero."""


def chips_of(world: World) -> Int[Array, "products worlds"]:
    """Chips in anybody's hands: with makers, with owners, and on their way."""
    cast = world.cast
    chips = world.unsold + cast.by_slot_product.summed(world.chips).astype(np.int64)
    chips[list(cast.goods)] += world.afloat.sum(axis=0)
    return chips


def dies_of(world: World) -> Int[Array, "products worlds"]:
    """Dies in process and in stock."""
    return world.dies_coming.sum(axis=1) + world.dies_raw.astype(np.int64) + world.dies_tested


def imbalances(before: World, after: World) -> Iterator[tuple[str, tuple[str, ...], Array]]:
    """What each ledger is out by after a quarter: its name, its axes and the difference."""
    gone_before = before.retired.astype(np.int64) + before.seized
    gone_after = after.retired.astype(np.int64) + after.seized
    made = np.where(before.is_over, 0, after.packed)
    yield "chips", ("products",), chips_of(after) + gone_after - chips_of(before) - gone_before - made
    used = np.where(before.is_over, 0, after.packed.astype(np.int64) * after.dies)
    started = after.dies_made.astype(np.int64) - before.dies_made
    scrapped = after.dies_scrapped.astype(np.int64) - before.dies_scrapped
    yield "dies", ("products",), dies_of(after) + used + scrapped - dies_of(before) - started
    held = after.memory_stock.sum(axis=0) + after.stacks.sum(axis=0) + after.stacks_used.sum(axis=0)
    yield "memory stacks", (), held - after.stacks_made.sum(axis=0)
    yield "money", (), after.money.sum(axis=0) - before.money.sum(axis=0)


def audit(before: World, after: World) -> list[str]:
    """A sentence for everything wrong with a quarter; none when all ledgers balance."""
    found = [
        _sentence(after, f"{name} are out of balance by", axes, difference != 0, difference)
        for name, axes, difference in imbalances(before, after)
    ]
    for name in COUNTED:
        figures = getattr(after, name)
        axes = axes_of(name)[:-1]
        found.append(_sentence(after, f"{name} is below zero:", axes, figures < 0, figures))
    for name in columns():
        figures = getattr(after, name)
        if figures.dtype.kind == "f":
            axes = axes_of(name)[:-1]
            odd = ~np.isfinite(figures)
            found.append(_sentence(after, f"{name} is not a number:", axes, odd, figures))
    return [sentence for sentence in found if sentence]


def _sentence(
    world: World, what: str, axes: tuple[str, ...], wrong: Bool[Array, "*rows worlds"], figures: Array
) -> str:
    """The first place where something is wrong, with game, seed and turn, so that it can be found again."""
    if not wrong.any():
        return ""
    *rows, game = (int(i) for i in np.argwhere(wrong)[0])
    names = world.cast.names
    place = [names[axis][row] if axis in names else f"{axis} {row}" for axis, row in zip(axes, rows, strict=True)]
    where = f"world {game} (seed {int(world.seed[game])}, turn {int(world.turn[game])})"
    return f"{what} {figures[(*rows, game)]} in {where}" + (f", {', '.join(place)}" if place else "")
