"""Standing: who leads and by how many months, and how far each seat has met its own objectives."""

import numpy as np
from jaxtyping import Float

from world.chance import Chance
from world.flows import on_grid, safe_ratio, total
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
    now = 3.0 * (world.turn + 1)
    best = world.record_score[:, 0]
    us_ahead = best[0] >= best[1]
    months = []
    for leader, other in ((0, 1), (1, 0)):
        reached = world.record_score[leader] >= best[other]
        when = np.where(reached, world.record_month[leader], np.inf).min(axis=0)
        months.append(np.where(np.isfinite(when), now - when, 0.0))
    return on_grid(np.where(us_ahead, months[0], -months[1]))


def industry(world: World, orders: Dials, rules: Rules) -> Array:
    """Revenue of mature-chip and chip-using industry by bloc: what mature chips and rare earths withheld cost both."""
    withheld = orders.ship_mature_chips.withheld[0] * rules.mature_leverage
    rare = orders.license_rare_earths.withheld[0] * rules.rare_earth_leverage
    us = rules.industry_us * (1 - rules.mature_share_us * withheld - rare)
    cn = rules.industry_cn * (1 - rules.mature_share_cn * withheld - rules.rare_earth_cost * rare)
    return np.rint(np.stack([us, cn])).astype(np.int64)


def squash(x: Array) -> Array:
    """A figure from -1 to 1, straight near zero."""
    return x / (1 + np.abs(x))


def parts(world: World, orders: Dials, rules: Rules) -> Float[Array, "seats objectives worlds"]:
    """How far each seat met each of its four objectives this quarter, -1 to 1, about 0 for an ordinary quarter."""
    cast = world.cast
    result = np.zeros((len(cast.seats), 4, world.seed.size))
    for role in OBJECTIVES:
        rows = cast.seats_of(role)
        result[rows] = _PARTS[role](world, orders, rules).swapaxes(0, 1)
    return result


def _controller(world: World, orders: Dials, rules: Rules) -> Array:
    alliance = world.approval[2:].mean(axis=0) * 2 - 1
    american = ~world.cast.seat_bloc("chipmaker")
    sales = total(world.revenue_cn[american].astype(float)) / rules.china_market
    economy = sales + (world.other_revenue[0] / rules.industry_us - 1) * 10
    security = -squash(world.military / rules.military_worry) - 0.5 * squash(total(world.moved.astype(float)) / 50_000)
    rows = [squash((world.lead - rules.comfortable_lead) / 6), alliance, squash(economy), security]
    return np.stack(rows)[:, None]


def _planner(world: World, orders: Dials, rules: Rules) -> Array:
    cast = world.cast
    at_home = np.flatnonzero(cast.is_slot_cn_owner)
    worth = world.sold[at_home] * world.h100e[cast.slot_product[at_home]]
    own = cast.is_slot_cn_product[at_home]
    domestic, foreign = total(worth[own]), total(worth[~own])
    landed = world.landed.sum(axis=(0, 1))
    reliance = safe_ratio(domestic, domestic + foreign + landed, 0.5) * 2 - 1
    stability = world.approval[1] * 2 - 1 + (world.other_revenue[1] / rules.industry_cn - 1) * 10
    security = np.where(world.military >= orders.reserve_military.compute[0], 0.5, -0.5)
    return np.stack([squash((rules.comfortable_lead - world.lead) / 6), reliance, squash(stability), security])[:, None]


def _host(world: World, orders: Dials, rules: Rules) -> Array:
    cast = world.cast
    hosts = cast.size("hosts")
    pressed = orders.press_allies.pressure[0]
    trade = 0.3 - 0.6 * orders.align_tools.alignment
    cloud = np.zeros((hosts, world.seed.size))
    for owner in np.flatnonzero(cast.cloud_host >= 0):
        cloud[cast.cloud_host[owner]] += world.usable[owner]
    own = 0.5 - orders.align_tools.alignment * pressed
    return np.stack([trade, world.approval[2:] * 2 - 1, squash(cloud / 100_000), own])


def _foundry(world: World, orders: Dials, rules: Rules) -> Array:
    cast = world.cast
    made = cast.by_foundry.summed(cast.by_maker.summed(world.packed.astype(np.int64)))
    before = np.maximum(world.foundry_chips, 1)
    margin = orders.price_wafers.markup - 0.5
    node = world.defect_density[:, 1]
    return np.stack([squash(made / before - 1), squash(margin), squash(0.15 / node - 1), world.utilisation[:, 1] * 2 - 1])


def _memory_maker(world: World, orders: Dials, rules: Rules) -> Array:
    growth = world.memory_capacity / np.maximum(world.memory_before, 1.0) - 1
    stock = safe_ratio(world.memory_stock.astype(float), world.memory_capacity)
    return np.stack([squash(growth), squash(orders.price_memory.markup - 0.3), -squash(stock), orders.ship_memory.share - 0.5])


def _chipmaker(world: World, orders: Dials, rules: Rules) -> Array:
    cast = world.cast
    side = cast.seat_bloc("chipmaker")[:, None]
    revenue = world.revenue.astype(float)
    total_side = np.where(side, total(np.where(side, revenue, 0)), total(np.where(side, 0, revenue)))
    share = safe_ratio(revenue, total_side) * 2 - 1
    profit = squash(revenue / np.maximum(world.revenue_before, 1.0) - 1)
    ecosystem = np.where(side, 1 - 2 * world.cuda_share, 2 * world.cuda_share - 1)
    in_third = np.array([cast.owner_region[owner] == "third" for owner in cast.slot_owner])
    abroad = np.where(in_third[:, None], world.sold, 0)
    abroad = cast.by_maker.summed(cast.by_slot_product.summed(abroad)) / 20_000
    away = np.where(side, squash(abroad), squash(world.revenue_cn / rules.china_market))
    return np.stack([profit, share, ecosystem, away])


def _lab(world: World, orders: Dials, rules: Rules) -> Array:
    best = world.score.max(axis=0)
    mine = world.cast.lab_bloc[:, None]
    rival = np.where(mine == 0, world.record_score[1, 0], world.record_score[0, 0])
    rank = squash((world.score - best + 4) / 4)
    ahead = squash((world.score - rival) / 6)
    compute = squash(world.compute / np.maximum(world.compute_before, 1.0) - 1)
    return np.stack([rank, ahead, compute, np.where(world.released, 1.0, -0.25)])


def _broker(world: World, orders: Dials, rules: Rules) -> Array:
    profit = squash((world.moved - world.caught) * world.premium / 5_000)
    liberty = 0.5 - 4 * safe_ratio(world.caught.astype(float), world.moved.astype(float))
    reach = world.route_capacity / np.maximum(world.route_base, 1.0) * 2 - 1
    return np.stack([profit, np.clip(liberty, -1, 1), reach, squash(world.premium - 0.5) * np.ones_like(reach)])


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
    met = total((parts(world, orders, rules) * world.cast.weights[:, :, None]).swapaxes(0, 1))
    points = 50 + 50 * met
    passed = 1.0 / (world.turn + 1)
    return replace(
        world,
        objective=on_grid(world.objective + passed * (points - world.objective)).astype(np.float32),
        turn=(world.turn + 1).astype(np.int16),
        is_over=world.turn + 1 >= world.length,
    )


ORDERS = ()
