"""Yields: defect density, what a fab and its customers learn, and what of the dies is good."""

import numpy as np
from jaxtyping import Float

from world.flows import exp, log, log1p, on_grid, safe_ratio, split_by_node
from world.orders import Dials
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray


def defect_floor(world: World, servicing: Float[Array, "1 worlds"], rules: Rules) -> Float[Array, "foundries 1 worlds"]:
    """Defect density that learning cannot pass on any node, with the tools and the service that a foundry can have.

    Service denied makes it no better, however bad it is with service.
    """
    chinese = world.cast.seat_bloc("foundry")[:, None, None]
    floor_cn = rules.floor_duv + np.maximum(rules.floor_unserviced - rules.floor_duv, 0.0) * servicing
    floor_cn = rules.floor_euv + (floor_cn - rules.floor_euv) * (1 - world.euv_fitted)
    return np.where(chinese, floor_cn[:, None], rules.floor_euv)


def euv_arrived(world: World, euv: Float[Array, "1 worlds"], rules: Rules) -> World:
    """Let EUV machines reach leading lines, bit by bit, as far as they are not denied; those that are there stay."""
    missing = np.maximum(1 - euv - world.euv_fitted, 0.0)
    return replace(world, euv_fitted=on_grid(world.euv_fitted + np.minimum(missing, rules.euv_arrival)))


def designs_learned(world: World, rules: Rules) -> World:
    """Let chipmakers learn from the wafers of their own designs."""
    before = np.maximum(world.design_wafers, rules.first_wafers)
    after = before + world.started.sum(axis=1)
    slope = rules.learning_slope * rules.design_learning
    defects = world.design_defects * exp(-slope * log(after / before))
    return replace(world, design_wafers=on_grid(after), design_defects=on_grid(defects))


def yield_of(world: World, rules: Rules, floor: Float[Array, "foundries 1 worlds"]) -> Float[Array, "products worlds"]:
    """Good dies of 100 by the negative-binomial model, for each product on its maker's foundry and node.

    Chinese leading nodes without EUV need `extra_passes` more exposures, each of which adds defects.
    """
    cast = world.cast
    beyond = np.array([0.0, 0.0, 1.0])[None, :, None]
    passes = 1 + rules.pass_penalty * beyond * (1 - world.euv_fitted[:, None])
    floor = np.minimum(floor, world.defect_density)[cast.by_foundry.index]
    above = world.defect_density[cast.by_foundry.index] - floor
    by_maker = floor + above * world.design_defects[:, None]
    density = on_its_node(world, by_maker * passes[cast.by_foundry.index])
    critical = np.where(cast.is_cn_product[:, None], rules.critical_area_cn, rules.critical_area)
    x = density * critical * world.cast.area[:, None] / 100
    return on_grid(exp(-rules.clustering * log1p(x / rules.clustering)))


def assembly_yield(world: World, rules: Rules) -> Float[Array, "products worlds"]:
    """Share of packages of good dies that are good when they have been put together; all of those of a single die."""
    pair = np.where(world.cast.is_cn_product[:, None], rules.pair_yield, rules.pair_yield_us)
    return np.where(world.dies > 1, pair, 1.0)


def packages_per_die(
    world: World, orders: Dials, rules: Rules, good: Float[Array, "products worlds"]
) -> Float[Array, "products worlds"]:
    """Good packages of logic for each die made: tested dies count when good, untested only when all their partners are."""
    assembly = assembly_yield(world, rules)
    test = orders.test_dies.share[world.cast.by_maker.index]
    blind = exp(rules.blind_penalty * world.dies * log(np.maximum(good, 1e-3)))
    return on_grid((test * good + (1 - test) * blind) * assembly / np.maximum(world.dies, 1))


def wafers_of_products(world: World) -> Float[Array, "products worlds"]:
    """Wafers started for each product: its maker's on its node, shared as the mix has it."""
    cast = world.cast
    dies = world.mix / np.maximum(world.per_die, 1e-3) / np.maximum(cast.gross_dies[:, None], 1)
    on_nodes = cast.by_maker.summed(split_by_node(world.node, dies))
    return on_grid(dies * on_its_node(world, safe_ratio(world.started, on_nodes)))


def on_its_node(world: World, table: Float[Array, "chipmakers nodes worlds"]) -> Float[Array, "products worlds"]:
    """A figure of each product's maker on the product's node."""
    maker = world.cast.by_maker.index
    found = table[:, 1][maker]
    for node in (0, 2):
        is_here = world.node == node
        rows = np.flatnonzero(is_here.any(axis=1))
        found[rows] = np.where(is_here[rows], table[:, node][maker[rows]], found[rows])
    return found
