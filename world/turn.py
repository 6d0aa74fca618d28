"""A turn: every order a seat can give, every phase a quarter passes through, and `advance`."""

from collections.abc import Callable
from functools import cache

import numpy as np
from jaxtyping import Int

from world.cast import Cast
from world.chance import AS_DRAWN, Chance, Neutral
from world.flows import pay
from world.orders import Dials, Layout
from world.phases import (
    allocation,
    cloud,
    clusters,
    design,
    diversion,
    fabrication,
    intelligence,
    packaging,
    politics,
    research,
    sales,
    standing,
)
from world.rules import Rules, take_rules
from world.sieve import obeyed, price_by_seat, sieve
from world.state import TWICE, World, choose, crowd, replace, stored, take

Array = np.ndarray
Phase = Callable[[World, Dials, Rules, Chance], World]

PHASES: tuple[Phase, ...] = (
    politics.politics,
    design.design,
    allocation.allocate,
    fabrication.fabricate,
    packaging.package,
    sales.sell,
    diversion.divert,
    cloud.rent,
    clusters.clusters,
    research.research,
    intelligence.inform,
    standing.stand,
)

ORDERS = (
    *sales.ORDERS,
    *allocation.ORDERS,
    *design.ORDERS,
    *clusters.ORDERS,
    *research.ORDERS,
    *fabrication.ORDERS,
    *packaging.ORDERS,
    *diversion.ORDERS,
    *cloud.ORDERS,
    *politics.ORDERS,
    *intelligence.ORDERS,
)
"""Every kind of order, in the order of the manual; where moves or budgets run out, the later ones fall."""


@cache
def layout_of(cast: Cast) -> Layout:
    """The table of dials of a cast."""
    return Layout(ORDERS, cast)


def commanded(
    world: World, wanted: Int[Array, "dials worlds"], notes: Array | None, layout: Layout
) -> tuple[World, Array]:
    """Let the orders that stand move their dials and be paid for; say why the others do not."""
    stands, refused = sieve(world, wanted, layout)
    ordered, in_force, wait = obeyed(world, wanted, stands, refused, layout)
    capital, money = world.capital, world.money
    if stands.take(layout.priced, axis=0).any():
        price = price_by_seat(stands, layout)
        governments = world.cast.governments
        capital = capital - price[governments]
        price[governments] = 0
        money = money.copy()
        pay(money, slice(0, price.shape[0]), world.cast.outside, price.astype(np.int64))
    return (
        replace(
            world,
            ordered=ordered,
            in_force=in_force,
            wait=wait,
            refused=refused,
            capital=capital,
            money=money,
            notes=world.notes if notes is None else notes,
        ),
        stands,
    )


def advance(
    world: World,
    wanted: Int[Array, "dials worlds"],
    rules: Rules,
    neutral: Neutral = AS_DRAWN,
    notes: Array | None = None,
) -> World:
    """The worlds a quarter later; finished games stand still.

    `wanted` is what each dial is asked to be set to; `neutral` labels of luck are held at their middle.
    """
    if world.seed.size == 1:
        return _alone(world, wanted, rules, neutral, notes)
    layout = layout_of(world.cast)
    chance = Chance(world.seed, world.turn, "world/", neutral)
    after, _ = commanded(world, wanted, notes, layout)
    orders = layout.named(layout.settings(after))
    for phase in PHASES:
        after = phase(after, orders, rules, chance)
    after = stored(after)
    return choose(world.is_over, world, after) if world.is_over.any() else after


def _alone(world: World, wanted: Array, rules: Rules, neutral: Neutral, notes: Array | None) -> World:
    """A batch of one is played as two equal worlds, so that numpy adds in the same order as in a crowd."""
    after = advance(
        crowd(world),
        wanted.take(TWICE, axis=-1),
        take_rules(rules, TWICE),
        neutral,
        None if notes is None else notes.take(TWICE, axis=-1),
    )
    return take(after, TWICE[:1])
