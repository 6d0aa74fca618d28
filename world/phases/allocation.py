"""Allocation: who gets the wafers, by the state's directive first and by the market after that."""

from functools import cache
from types import SimpleNamespace

import numpy as np
from jaxtyping import Bool, Float

from world.cast import Cast
from world.chance import Chance
from world.exports import ceilings, legal_for
from world.flows import Groups, exp, filled, groups, on_grid, safe_ratio, split_by_node, total
from world.orders import Amount, Dials, OrderKind, Pick
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

ONLY_HOME_MAKERS = 1


def check_direct(world: World, asked: SimpleNamespace) -> Array:
    """The state can direct wafers only to designers at home."""
    foreign = ~world.cast.seat_bloc("chipmaker")
    return np.where(foreign[None, :, None] & (asked.share > 0), ONLY_HOME_MAKERS, 0)


DIRECT_WAFERS = OrderKind(
    name="direct_wafers",
    issuer="planner",
    summary="Direct a share of the country's advanced wafers to one designer, ahead of all others.",
    picks=(Pick("chipmaker", axis="chipmakers", help="the designer that is served first"),),
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of advanced wafers at home"),),
    price=2.0,
    refusals=("only designers at home can be given wafers by directive",),
    check=check_direct,
    claim="C01",
)
SHARE_WAFERS = OrderKind(
    name="share_wafers",
    issuer="foundry",
    summary="Favour a customer when wafers and packaging are short.",
    picks=(Pick("chipmaker", axis="chipmakers", help="the customer"),),
    amounts=(Amount("weight", 0.0, 10.0, step=0.5, unit="weight", help="relative to the others"),),
)
PRICE_WAFERS = OrderKind(
    name="price_wafers",
    issuer="foundry",
    summary="Set the mark-up on wafers.",
    amounts=(Amount("markup", 0.0, 2.0, step=0.05, unit="share", help="over cost"),),
)
SHIP_MATURE_CHIPS = OrderKind(
    name="ship_mature_chips",
    issuer="planner",
    summary="Withhold mature chips from foreign industry, as leverage.",
    amounts=(Amount("withheld", 0.0, 1.0, step=0.25, unit="share", help="of mature-chip exports"),),
    price=4.0,
    claim="C12",
)


def product_mix(
    world: World, orders: Dials, rules: Rules, may: Bool[Array, "products worlds"]
) -> Float[Array, "products worlds"]:
    """Each product's share of its maker's packages: newer designs ramp up and crowd out the older.

    A design weaker than an older one, for a node that is easier to get, crowds it out only in part. Of those for export
    only what `may` be sold is made.
    """
    cast = world.cast
    age = world.turn - world.launch + 1
    ramp = (age / rules.ramp_quarters).clip(0, 1) * world.on_sale
    ramp[cast.is_export] = 0.0
    share = np.zeros(ramp.shape)
    left = np.ones((cast.size("chipmakers"), ramp.shape[-1]))
    exported = export_share(world, orders, rules, may)
    left -= exported
    sells = np.asarray(world.on_sale.any(axis=1))
    offered = [product for product in cast.newest_first if sells[product]]
    most = np.minimum(ramp, np.where(is_fallback(world, offered[::-1]), rules.fallback, 1.0))
    for product in offered:
        rest = left[cast.product_maker[product]]
        share[product] = rest * most[product]
        rest -= share[product]
    share[cast.is_export] = _export_mix(world, exported, may)
    return on_grid(share)


def is_fallback(world: World, oldest_first: list[int]) -> Bool[Array, "products worlds"]:
    """Whether a design (of those that are given) is weaker than an older one that its maker still sells."""
    cast = world.cast
    offered = world.h100e * world.on_sale
    best = np.zeros((cast.size("chipmakers"), offered.shape[-1]), dtype=offered.dtype)
    weaker = np.zeros(offered.shape, dtype=bool)
    for product in oldest_first:
        older = best[cast.product_maker[product]]
        np.greater(older, world.h100e[product], out=weaker[product])
        np.maximum(older, offered[product], out=older)
    return weaker


def may_export(world: World, orders: Dials, rules: Rules) -> Bool[Array, "products worlds"]:
    """Finished designs for export that licences and ceilings let their makers sell."""
    rows = world.cast.export_products
    may = np.zeros(world.on_sale.shape, dtype=bool)
    ceiling, density = ceilings(world, orders, rules)
    is_licensed = orders.license_sales.volume[0] > 0
    may[rows] = legal_for(world, rows, ceiling[0], density[0]) & world.on_sale[rows] & is_licensed
    return may


def _export_mix(world: World, exported: Array, may: Bool[Array, "products worlds"]) -> Array:
    """The newest export design that may be sold takes the whole of what is made for export."""
    cast = world.cast
    rows = cast.export_products
    share = np.zeros((rows.size, exported.shape[-1]))
    left = exported.copy()
    for place in range(rows.size - 1, -1, -1):
        maker = cast.product_maker[rows[place]]
        share[place] = np.where(may[rows[place]], left[maker], 0.0)
        left[maker] -= share[place]
    return share


def export_share(
    world: World, orders: Dials, rules: Rules, may: Bool[Array, "products worlds"]
) -> Float[Array, "chipmakers worlds"]:
    """Share of a maker's packages set aside for designs made for export: what it offers the region, if it may sell there.

    It sets less aside while it still holds such chips.
    """
    cast = world.cast
    weight = orders.split_regions.weight
    wanted = safe_ratio(weight[:, 2], total(weight.transpose(1, 0, 2)))
    admitted = np.minimum(orders.admit_chips.share / np.maximum(rules.gate_opened, 1e-9), 1)
    has_design = cast.by_maker.summed(may.view(np.int8)) > 0
    share = np.where(has_design, wanted * admitted, 0.0)
    aside = share * cast.by_maker.summed(world.packed)
    left = safe_ratio(cast.by_maker.summed(world.unsold * may), aside)
    return on_grid(share * (1 + rules.stock_limit - left).clip(0.0, 1.0))


def room_of(world: World, orders: Dials, rules: Rules) -> Float[Array, "chipmakers worlds"]:
    """Packages each maker may have from its foundry's lines: its weight among the foundry's customers.

    Lines are counted in packages of two dies; a package of one takes less of a line, and of more takes more.
    """
    cast = world.cast
    makers = np.arange(len(cast.maker_foundry))
    weight = orders.share_wafers.weight[cast.by_foundry.index, makers]
    rivals = cast.by_foundry.spread(cast.by_foundry.summed(weight))
    lines = safe_ratio(weight, rivals) * cast.by_foundry.spread(world.pack_capacity)
    use = rules.one_die_line + (1 - rules.one_die_line) * (world.dies - 1)
    packed = cast.by_maker.summed(world.packed).astype(float)
    a_package = safe_ratio(cast.by_maker.summed(world.packed * use), packed, 1.0)
    return on_grid(safe_ratio(lines, a_package))


def packages_wanted(
    world: World, room: Float[Array, "chipmakers worlds"], may: Bool[Array, "products worlds"], rules: Rules
) -> Float[Array, "chipmakers worlds"]:
    """Packages each maker would build in a quarter: its share of packaging, or what it could sell if that is less.

    A maker follows its backlog and keeps at most `stock_limit` quarters of finished chips. Designs for export that
    may not be sold are written off: they do not count.
    """
    cast = world.cast
    unsold = cast.by_maker.summed(world.unsold * (may | ~cast.is_export[:, None]))
    last = cast.by_maker.summed(world.packed)
    sellable = np.maximum(last, room * rules.least_run) * world.backlog.clip(0.25, rules.fastest_growth)
    spare = np.maximum(sellable * (1 + rules.stock_limit) - unsold, room * 0.02)
    return on_grid(np.minimum(room, spare))


def wafers_requested(world: World, mix: Array, wanted: Array, rules: Rules) -> Float[Array, "chipmakers nodes worlds"]:
    """Wafers each maker asks for on each node, for the packages it wants when the dies come, at the yields it last saw.

    Dies in stock beyond half a quarter's need are counted against it.
    """
    cast = world.cast
    packages = mix * cast.by_maker.spread(wanted)
    dies = np.maximum(world.dies, 1)
    yet = world.dies_tested + world.dies_raw * world.per_die.astype(float) * dies
    spare = np.maximum(yet / dies - 0.5 * packages, 0.0)
    packages = np.maximum(packages * rules.foresight - 0.5 * spare, 0.0)
    per_wafer = np.maximum(world.cast.gross_dies[:, None] * world.per_die.astype(float), 0.2)
    wafers = packages / per_wafer
    return cast.by_maker.summed(split_by_node(world.node, wafers))


def directed(world: World, orders: Dials, rules: Rules) -> Float[Array, "chipmakers worlds"]:
    """Wafers of the advanced node that the state gives each maker ahead of the market."""
    cast = world.cast
    share = orders.direct_wafers.share[0] * rules.directive
    share = share / np.maximum(total(share), 1.0)
    capacity = cast.by_foundry.spread(world.capacity[:, 1] * world.tool_health)
    return on_grid(share * capacity)


@cache
def customers_of(cast: Cast) -> Groups:
    """Chipmakers, and then each foundry's phone makers, grouped by foundry."""
    foundries = cast.size("foundries")
    return groups((*cast.maker_foundry, *range(foundries)), foundries)


def allocate(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Share each foundry's wafers among its customers: the directive first, then the market.

    Where wafers are short every order is cut alike, less for customers of weight. Phone makers ask for
    advanced wafers too; what they do not get is theirs to miss.
    """
    cast = world.cast
    makers = cast.size("chipmakers")
    may = may_export(world, orders, rules)
    mix = product_mix(world, orders, rules, may)
    room = room_of(world, orders, rules)
    wanted = packages_wanted(world, room, may, rules)
    dear = exp(-rules.wafer_elasticity * orders.price_wafers.markup)[cast.by_foundry.index]
    request = wafers_requested(world, mix, wanted, rules) * dear[:, None]
    first = np.zeros(request.shape)
    first[:, 1] = directed(world, orders, rules)
    usable = world.capacity * world.tool_health[:, None]
    foundry = cast.by_foundry.index
    left = np.maximum(usable - cast.by_foundry.summed(first), 0.0)
    phones = rules.phone_share * world.phone_demand
    asks = np.concatenate([np.maximum(request - first, 0.0), np.zeros(usable.shape)])
    asks[makers:, 1] = phones
    asks[makers:, 2] = np.where(cast.seat_bloc("foundry")[:, None], 0.0, rules.phone_leading * usable[:, 2])
    weight = np.concatenate(
        [
            orders.share_wafers.weight[foundry, np.arange(makers)],
            np.broadcast_to(rules.phone_weight, (cast.size("foundries"), world.seed.size)),
        ]
    )[:, None]
    given = filled(left, asks, weight * asks, customers_of(cast))
    wafers = np.floor(on_grid(first + given[:makers]))
    used = cast.by_foundry.summed(wafers) + np.floor(on_grid(given[makers:]))
    used[:, 0] = np.minimum(used[:, 0] + world.other_wafers, usable[:, 0])
    return replace(
        world,
        started=wafers.astype(np.float32),
        phone_wafers=np.floor(on_grid(given[makers:, 1])).astype(np.float32),
        utilisation=safe_ratio(used, usable).astype(np.float32),
        mix=mix.astype(np.float32),
        wanted_packages=wanted,
        pack_room=room,
    )


ORDERS = (DIRECT_WAFERS, SHARE_WAFERS, PRICE_WAFERS, SHIP_MATURE_CHIPS)
