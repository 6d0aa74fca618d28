"""Standing: who leads and by how many months, and how far each seat has met its own objectives."""

from functools import cache

import numpy as np
from jaxtyping import Float

from world.cast import Cast
from world.chance import Chance
from world.flows import Groups, groups, on_grid, safe_ratio, total
from world.orders import Dials
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

OBJECTIVES = {
    "controller": ("lead", "alliance", "economy", "security"),
    "planner": ("gap", "self_reliance", "stability", "security"),
    "host": ("trade", "approval", "compute", "independence"),
    "foundry": ("output", "margin", "yield", "reach"),
    "memory_maker": ("output", "margin", "yield", "reach"),
    "chipmaker": ("profit", "share", "ecosystem", "exports"),
    "lab": ("rank", "progress", "compute", "releases"),
    "broker": ("profit", "liberty", "reach", "margin"),
}
"""What each kind of seat is scored on; a scenario weighs the four for every seat."""


def lead_of(world: World) -> Float[Array, " worlds"]:
    """Months since any model of the leading bloc first reached the other's best score; negative when China leads."""
    best = world.record_score[:, 0]
    reached = world.record_score >= best[::-1, None]
    when = np.where(reached, world.record_month, np.inf).min(axis=1)
    months = np.where(np.isfinite(when), 3.0 * (world.turn + 1) - when, 0.0)
    return on_grid(np.where(best[0] >= best[1], months[0], -months[1]))


def industry(world: World, orders: Dials, rules: Rules) -> Array:
    """Revenue of mature-chip and chip-using industry by bloc: what mature chips and rare earths withheld cost both."""
    withheld = orders.ship_mature_chips.withheld[0] * rules.mature_leverage
    rare = orders.license_rare_earths.withheld[0] * rules.rare_earth_leverage
    us = rules.industry_us * (1 - rules.mature_share_us * withheld - rare)
    cn = rules.industry_cn * (1 - rules.mature_share_cn * withheld - rules.rare_earth_cost * rare)
    return np.rint(np.array([us, cn])).astype(np.int64)


def squash(x: Array) -> Array:
    """A figure from -1 to 1, straight near zero."""
    return x / (1 + np.abs(x))


def parts(world: World, orders: Dials, rules: Rules) -> Float[Array, "objectives seats worlds"]:
    """How far each seat met each of its four objectives this quarter, -1 to 1, about 0 for an ordinary quarter."""
    cast = world.cast
    result = np.empty((4, len(cast.seats), world.seed.size))
    for role in OBJECTIVES:
        rows = cast.seat_rows(role)
        for objective, part in enumerate(_PARTS[role](world, orders, rules)):
            result[objective, rows] = part
    return result


def _controller(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    hosts = world.approval[2:]
    american = ~world.cast.seat_bloc("chipmaker")
    sales = world.revenue_cn[american].sum(axis=0) / rules.china_market
    economy = sales + (world.other_revenue[0] / rules.industry_us - 1) * 10
    smuggled = squash(world.moved.sum(axis=0) / 50_000)
    security = -squash(world.military / rules.military_worry) - 0.5 * smuggled
    alliance = total(hosts) / len(hosts) * 2 - 1
    return squash((world.lead - rules.comfortable_lead) / 6), alliance, squash(economy), security


@cache
def bought_in_china(cast: Cast) -> Groups:
    """Slots of owners in China grouped by product."""
    return groups(np.where(cast.is_slot_cn_owner, cast.slot_product, -1).tolist(), len(cast.products))


def _planner(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    cast = world.cast
    worth = bought_in_china(cast).summed(world.sold) * world.h100e
    domestic, everything = total(worth[cast.is_cn_product]), total(worth)
    reliance = safe_ratio(domestic, everything + world.landed.sum(axis=(0, 1)), 0.5) * 2 - 1
    stability = world.approval[1] * 2 - 1 + (world.other_revenue[1] / rules.industry_cn - 1) * 10
    security = np.where(world.military >= orders.reserve_military.compute[0], 0.5, -0.5)
    return squash((rules.comfortable_lead - world.lead) / 6), reliance, squash(stability), security


@cache
def clouds(cast: Cast) -> Groups:
    """Owners that rent compute out, grouped by the government they answer to."""
    return groups(cast.cloud_host.tolist(), cast.size("hosts"))


def _host(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    alignment = orders.align_tools.alignment
    cloud = clouds(world.cast).summed(world.usable)
    own = 0.5 - alignment * orders.press_allies.pressure[0]
    return 0.3 - 0.6 * alignment, world.approval[2:] * 2 - 1, squash(cloud / 100_000), own


def _foundry(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    cast = world.cast
    made = cast.by_foundry.summed(cast.by_maker.summed(world.packed))
    growth = made / np.maximum(world.foundry_chips, 1) - 1
    margin = orders.price_wafers.markup - 0.5
    density = world.defect_density[:, 1]
    return squash(growth), squash(margin), squash(0.15 / density - 1), world.utilisation[:, 1] * 2.0 - 1


def _memory_maker(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    growth = world.memory_capacity / np.maximum(world.memory_before, 1.0) - 1
    stock = safe_ratio(world.memory_stock, world.memory_capacity)
    margin = orders.price_memory.markup - 0.3
    return squash(growth), squash(margin), -squash(stock), orders.ship_memory.share - 0.5


@cache
def sold_abroad(cast: Cast) -> Groups:
    """Slots of Chinese products in third countries grouped by maker."""
    maker = np.array(cast.product_maker)[cast.slot_product]
    is_abroad = cast.is_slot_cn_product & ~cast.is_slot_cn_owner
    return groups(np.where(is_abroad, maker, -1).tolist(), cast.size("chipmakers"))


def _chipmaker(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    cast = world.cast
    chinese = cast.seat_bloc("chipmaker")
    side = chinese[:, None]
    of_side = np.where(side, world.revenue[chinese].sum(axis=0), world.revenue[~chinese].sum(axis=0))
    share = safe_ratio(world.revenue, of_side) * 2 - 1
    profit = squash(world.revenue / np.maximum(world.revenue_before, 1.0) - 1)
    ecosystem = 2 * world.cuda_share - 1
    abroad = sold_abroad(cast).summed(world.sold) / 20_000
    exports = np.where(side, abroad, world.revenue_cn / rules.china_market)
    return profit, share, np.where(side, -ecosystem, ecosystem), squash(exports)


def _lab(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    rival = world.record_score[1 - world.cast.lab_bloc, 0]
    rank = squash((world.score - world.score.max(axis=0) + 4) / 4)
    ahead = squash((world.score - rival) / 6)
    compute = squash(world.compute / np.maximum(world.compute_before, 1.0) - 1)
    return rank, ahead, compute, np.where(world.released, 1.0, -0.25)


def _broker(world: World, orders: Dials, rules: Rules) -> tuple[Array, ...]:
    profit = squash((world.moved - world.caught) * world.premium / 5_000)
    liberty = (0.5 - 4 * safe_ratio(world.caught, world.moved)).clip(-1, 1)
    reach = world.route_capacity / np.maximum(world.route_base, 1.0) * 2 - 1
    return profit, liberty, reach, squash(world.premium - 0.5)


_PARTS = {
    "controller": _controller,
    "planner": _planner,
    "host": _host,
    "foundry": _foundry,
    "memory_maker": _memory_maker,
    "chipmaker": _chipmaker,
    "lab": _lab,
    "broker": _broker,
}


def stand(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Read the lead, then move each seat's objective score towards how this quarter went."""
    world = replace(world, lead=lead_of(world), other_revenue=industry(world, orders, rules))
    weighed = parts(world, orders, rules)
    weighed *= world.cast.weights.T[:, :, None]
    points = 50 + 50 * total(weighed)
    passed = 1.0 / (world.turn + 1)
    return replace(
        world,
        objective=world.objective + passed * (points - world.objective),
        turn=(world.turn + 1).astype(np.int16),
        is_over=world.turn + 1 >= world.length,
    )


ORDERS = ()
