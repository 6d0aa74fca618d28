"""Exports: how capable and how dense a chip may be that is sold to a group of countries."""

import numpy as np
from jaxtyping import Bool, Float, Int

from world.flows import exp, log, on_grid
from world.orders import Dials
from world.rules import Rules
from world.state import World

Array = np.ndarray

ANY_CEILING, ANY_DENSITY = 120_000.0, 60.0
"""Ends of the dials of the ceilings, at which any chip is allowed (TPP, TPP/mm2)."""


def ceilings(
    world: World, orders: Dials, rules: Rules
) -> tuple[Float[Array, "groups worlds"], Float[Array, "groups worlds"]]:
    """The most capable and the densest chip each group may buy; an allowed lag raises China's to a chip n generations old."""
    ceiling, density = (
        np.where(cap >= top, np.inf, cap)
        for cap, top in ((orders.cap_exports.ceiling[0], ANY_CEILING), (orders.cap_exports.density[0], ANY_DENSITY))
    )
    if not (orders.allow_lag.generations[0] > 0).any():
        return ceiling, density
    best = ceiling_of_lag(world, orders, rules)
    lagging = best > ceiling[0]
    ceiling[0] = np.where(lagging, best, ceiling[0])
    density[0] = np.where(lagging, np.inf, density[0])
    return ceiling, density


def ceiling_of_lag(world: World, orders: Dials, rules: Rules) -> Float[Array, " worlds"]:
    """TPP of the best controlled chip that is at least n generations behind (0 with the rule off).

    A generation is two years of the frontier's growth.
    """
    controlled = world.cast.frontier_products
    frontier = (world.tpp[controlled] * world.on_sale[controlled]).max(axis=0)
    lag = orders.allow_lag.generations[0]
    reach = frontier * exp(-lag * log(rules.generation))
    return np.where(lag > 0, on_grid(reach), 0.0)


def legal_for(
    world: World,
    products: slice | Int[Array, " some"],
    ceiling: Float[Array, " worlds"],
    density: Float[Array, " worlds"],
) -> Bool[Array, "some worlds"]:
    """Which of some products stay under the ceilings of performance and density."""
    tpp = world.tpp[products].astype(float)
    area = world.cast.area[products, None] * np.maximum(world.dies[products], 1)
    return (tpp <= ceiling) & (tpp / area <= density)
