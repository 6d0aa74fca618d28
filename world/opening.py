"""Opening: what follows from a scenario's numbers on the opening day, once for every game."""

import numpy as np

from world.chance import Chance
from world.flows import log10, on_grid, safe_ratio, whole
from world.orders import Dials
from world.phases import allocation, clusters, fabrication, intelligence, politics, research, standing
from world.rules import Rules
from world.state import World, replace, stored
from world.turn import layout_of
from world.yields import defect_floor, packages_per_die, wafers_of_products, yield_of

Array = np.ndarray


def settled(world: World, rules: Rules) -> World:
    """The world with everything filled in that follows from the rest: yields, dies in process, ledgers, beliefs, talent.

    Each lab's talent is what its score holds beyond its training compute, so nothing jumps in the first quarter.
    """
    cast = world.cast
    layout = layout_of(cast)
    orders = layout.named(layout.settings(world))
    euv, _, servicing = fabrication.tool_denial(world, orders, rules)
    world = replace(world, euv_fitted=_euv_fitted(world, euv))
    floor = defect_floor(world, servicing, rules)
    world = replace(world, design_wafers=4 * rules.design_history * world.started.sum(axis=1))
    world = replace(world, die_yield=yield_of(world, rules, floor).astype(np.float32))
    per_die = packages_per_die(world, orders, rules, world.die_yield.astype(float))
    world = replace(world, per_die=per_die.astype(np.float32))
    mix = allocation.product_mix(world, orders, rules, allocation.may_export(world, orders, rules))
    world = replace(world, mix=mix.astype(np.float32))
    gross = whole(wafers_of_products(world) * cast.gross_dies[:, None])
    coming = np.zeros_like(world.dies_coming)
    for ahead in range(coming.shape[1]):
        coming[:, ahead] = np.where((cast.fab_delay > ahead)[:, None], gross, 0)
    world = replace(world, dies_coming=coming)
    world = replace(
        world,
        dies_made=(coming.sum(axis=1) + world.dies_raw + world.dies_tested).astype(np.int32),
        stacks_made=_with_held(world.memory_stock, world.stacks),
        utilisation=_utilisation(world).astype(np.float32),
        strictness=_strictness(world, orders, rules),
    )
    return stored(_scored(_training(_believing(_measured(world, orders, rules)), orders, rules), rules))


def _euv_fitted(world: World, denied: Array) -> Array:
    """Foundries have the EUV machines that they may have."""
    return np.where(world.cast.seat_bloc("foundry")[:, None], 1 - denied, 1.0)


def _with_held(stock: Array, held: Array) -> Array:
    """Stacks counted into the game at the opening: makers' stocks, and (on the first line) what chipmakers hold."""
    counted = stock.copy()
    counted[0] += held.sum(axis=0)
    return counted


def _utilisation(world: World) -> Array:
    """Share of each foundry's capacity that started wafers: chipmakers', phone makers' and everybody else's."""
    used = world.cast.by_foundry.summed(world.started.astype(float))
    used[:, 0] += world.other_wafers
    used[:, 1] += world.phone_demand
    return np.minimum(safe_ratio(used, world.capacity), 1.0)


def _strictness(world: World, orders: Dials, rules: Rules) -> Array:
    return politics.strictness_of(orders, rules)


def _measured(world: World, orders: Dials, rules: Rules) -> World:
    """Compute, revenue and capacity as they stood in the quarter before the game."""
    cast = world.cast
    found = clusters.delivered(world, orders, rules)
    usable, _ = clusters.reserved(world, orders, on_grid(found.good[0] + found.good[1]))
    compute = research.compute_of(replace(world, usable=usable), orders, rules)
    return replace(
        world,
        installed=(found.peak[0] + found.peak[1]).astype(np.float32),
        usable=usable.astype(np.float32),
        compute=compute.astype(np.float32),
        compute_before=compute.astype(np.float32),
        revenue_before=np.maximum(world.revenue, 1).astype(np.float32),
        memory_before=world.memory_capacity.astype(np.float32),
        foundry_chips=cast.by_foundry.summed(cast.by_maker.summed(world.packed.astype(np.int64))).astype(np.float32),
        lead=standing.lead_of(replace(world, turn=world.turn - 1)),
    )


def _believing(world: World) -> World:
    """Everybody starts from the truth blurred by the width of its belief, at a fixed distance drawn from its seed."""
    facts = intelligence.truth(world)
    chance = Chance(world.seed, np.zeros_like(world.turn), "opening/")
    questions, seats, worlds = world.belief.shape
    noise = chance.normal("belief", questions * seats).reshape(questions, seats, worlds)
    belief = 1000.0 * facts[:, None] + noise * world.belief_width
    return replace(world, belief=np.rint(belief).astype(np.int16))


def _training(world: World, orders: Dials, rules: Rules) -> World:
    """Training compute of the last year for stocks that tripled in it, and runs of two quarters, every other one half done."""
    flop = on_grid(world.compute * orders.split_work.train * rules.flop_per_h100e)
    half = (np.arange(flop.shape[0]) % 2 == 1)[:, None]
    return replace(
        world,
        trained=on_grid(2.5 * flop),
        run_target=on_grid(2.2 * flop),
        run_done=on_grid(np.where(half, 1.1 * flop, 0.0)),
        run_age=np.where(half, 1.0, 0.0) * np.ones_like(flop),
    )


def _scored(world: World, rules: Rules) -> World:
    """Talent that makes each lab's next model of the same compute as good as its last."""
    level = rules.eci_per_order * rules.compute_returns * (log10(np.maximum(world.trained, 1e-6)) + world.algorithms)
    return replace(world, talent=on_grid(world.score - level))
