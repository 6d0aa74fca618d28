"""Sales: what may be sold to whom, what they can pay, who gets how many chips, and at what price."""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

import numpy as np
from jaxtyping import Bool, Float, Int

from world.cast import Cast
from world.chance import Chance
from world.flows import Groups, groups, on_grid, pay, running_total, safe_ratio, total, whole
from world.orders import Amount, Dials, OrderKind, Pick
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

CAP_EXPORTS = OrderKind(
    name="cap_exports",
    issuer="controller",
    summary="Cap the most capable chip that may be sold to a group of countries.",
    picks=(Pick("group", axis="groups", help="whose purchases are capped"),),
    amounts=(
        Amount("ceiling", 0.0, 60_000.0, step=100.0, unit="TPP", help="most capable chip allowed"),
        Amount("density", 0.0, 60.0, step=0.5, unit="TPP/mm2", help="densest chip allowed"),
    ),
    price=5.0,
    claim="C07",
)
ALLOW_LAG = OrderKind(
    name="allow_lag",
    issuer="controller",
    summary="Allow China what is so many generations behind the best chip on sale.",
    amounts=(
        Amount("generations", 0.0, 4.0, step=1.0, unit="generations", help="0 switches the rule off"),
    ),
    price=5.0,
    claim="C37",
)
LICENSE_SALES = OrderKind(
    name="license_sales",
    issuer="controller",
    summary="License sales to China of chips under the ceiling: how many, and the state's cut.",
    amounts=(
        Amount("volume", 0.0, 1_000_000.0, step=10_000.0, unit="chips/quarter", help="at most"),
        Amount("cut", 0.0, 0.5, step=0.05, unit="share", help="of the revenue goes to the state"),
    ),
    price=4.0,
    claim="C27",
)
CAP_COUNTRIES = OrderKind(
    name="cap_countries",
    issuer="controller",
    summary="Cap the chips that countries on the smuggling routes may buy in a quarter.",
    amounts=(
        Amount("chips", 0.0, 2_000_000.0, step=20_000.0, unit="chips/quarter", help="at most"),
    ),
    price=4.0,
    claim="C29",
)
ADMIT_CHIPS = OrderKind(
    name="admit_chips",
    issuer="planner",
    summary="Open or shut the gate for licensed foreign chips: the second key.",
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of licensed chips let in"),),
    price=2.0,
    claim="C15",
)
SOURCE_CHIPS = OrderKind(
    name="source_chips",
    issuer="host",
    summary="Buy a share of the country's accelerators from Chinese makers.",
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of chip money"),),
    price=2.0,
    claim="C29",
)
PRICE_CHIPS = OrderKind(
    name="price_chips",
    issuer="chipmaker",
    summary="Price one's chips above or below list.",
    amounts=(Amount("markup", -0.5, 1.0, step=0.05, unit="share", help="over list price"),),
)
SPLIT_REGIONS = OrderKind(
    name="split_regions",
    issuer="chipmaker",
    summary="Favour regions when chips are short.",
    picks=(Pick("region", axis="regions", help="where to sell"),),
    amounts=(Amount("weight", 0.0, 10.0, step=1.0, unit="weight", help="relative to the others"),),
)
BUY = OrderKind(
    name="buy",
    issuer="lab",
    summary="Split the money for compute among channels: licensed, domestic, smuggled, rented abroad.",
    picks=(Pick("channel", axis="channels", help="where to buy"),),
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of the money for compute"),),
    claim="C31",
)


def ceilings(
    world: World, orders: Dials, rules: Rules
) -> tuple[Float[Array, "groups worlds"], Float[Array, "groups worlds"]]:
    """The most capable and the densest chip each group may buy; an allowed lag raises China's to a chip n generations old."""
    ceiling, density = orders.cap_exports.ceiling[0].copy(), orders.cap_exports.density[0].copy()
    best = ceiling_of_lag(world, orders, rules)
    lagging = best > ceiling[0]
    ceiling[0] = np.where(lagging, best, ceiling[0])
    density[0] = np.where(lagging, np.inf, density[0])
    return ceiling, density


def ceiling_of_lag(world: World, orders: Dials, rules: Rules) -> Float[Array, " worlds"]:
    """TPP of the best controlled chip that is at least n generations behind (0 with the rule off).

    A generation is two years of the frontier's growth.
    """
    foreign = ~world.cast.is_cn_product[:, None] & world.on_sale & ~world.cast.is_export[:, None]
    frontier = np.where(foreign, world.tpp, 0.0).max(axis=0)
    lag = orders.allow_lag.generations[0]
    reach = frontier * np.exp(-lag * np.log(rules.generation))
    return np.where(lag > 0, on_grid(reach.astype(float)), 0.0)


def legal_for(world: World, orders: Dials, rules: Rules) -> Bool[Array, "groups products worlds"]:
    """Which foreign products each group may buy under the chip rules."""
    ceiling, density = ceilings(world, orders, rules)
    return (world.tpp[None] <= ceiling[:, None]) & (density_of(world)[None] <= density[:, None])


def density_of(world: World) -> Float[Array, "products worlds"]:
    """Performance density (TPP/mm2) of every design."""
    return world.tpp / (world.cast.area[:, None] * np.maximum(world.dies, 1))


def spendable(world: World, rules: Rules) -> Float[Array, "owners worlds"]:
    """Thousand dollars each owner can spend on compute this quarter: its income, and savings up to half as much."""
    cash = world.money[world.cast.owner_account].astype(float)
    return np.clip(cash, 0.0, world.income * rules.spend_limit)


def channel_money(world: World, orders: Dials, rules: Rules) -> Float[Array, "channels owners worlds"]:
    """Each owner's money for compute by channel: labs as they ordered, others by habit and the state's rule."""
    cast = world.cast
    labs = cast.size("labs")
    share = np.empty((4, len(cast.owners), world.seed.size))
    share[:] = cast.channel.T[:, :, None]
    share[:, :labs] = orders.buy.share.transpose(1, 0, 2)
    ruled = orders.require_domestic.share[0]
    state = np.flatnonzero(cast.is_state)
    share[1, state] = np.maximum(share[1, state], ruled)
    share[0, state] = np.minimum(share[0, state], 1 - ruled)
    share /= np.maximum(share.sum(axis=0), 1.0)
    return share * spendable(world, rules)


@dataclass(frozen=True)
class Trades:
    """Chips that change hands, by slot."""

    slots: Int[Array, " trades"]
    chips: Int[Array, "trades worlds"]


def region_demand(
    world: World, money: Float[Array, "buyers worlds"], chinese: bool, buyers: Int[Array, " buyers"]
) -> Float[Array, "chipmakers buyers worlds"]:
    """How an owner's money divides among one side's makers: by taste for those that have chips to sell."""
    cast = world.cast
    side = cast.seat_bloc("chipmaker") == chinese
    has = (cast.by_maker.summed(world.unsold) > 0) & side[:, None]
    pull = cast.taste[:, buyers, None] * has[:, None]
    return on_grid(money * safe_ratio(pull, pull.sum(axis=0)))


@dataclass(frozen=True)
class Market:
    """Buyers and products that can meet, as slots sorted by product and, within a product, by buyer."""

    buyers: Int[Array, " buyers"]
    slots: Int[Array, " trades"]
    product: Int[Array, " trades"]
    cell: Int[Array, " trades"]
    """Row of the maker and buyer in a (makers x buyers) table laid flat."""
    follows: Bool[Array, "trades 1"]
    """Whether the trade before is of the same product."""


@cache
def market(cast: Cast, regions: tuple[str, ...], chinese: bool) -> Market:
    """The market of one side's products in some regions."""
    buyers = np.concatenate([cast.in_region(region) for region in regions])
    trades = [
        (product, place, cast.slot_of[product, buyer])
        for product in np.flatnonzero(cast.is_cn_product == chinese)
        for place, buyer in enumerate(buyers)
        if cast.slot_of[product, buyer] >= 0
    ]
    product, place, slots = (np.array(column, dtype=np.intp) for column in zip(*trades, strict=True))
    maker = np.array(cast.product_maker)[product]
    follows = np.concatenate([[False], product[1:] == product[:-1]])
    return Market(buyers, slots, product, maker * buyers.size + place, follows[:, None])


def handed_out(
    offered: Int[Array, "products worlds"], share: Float[Array, "chipmakers buyers worlds"], place: Market
) -> Trades:
    """Whole chips for every trade: running totals of each maker's shares are rounded, so nothing is lost."""
    running = np.minimum(running_total(share, axis=1), 1.0).reshape(-1, share.shape[-1])
    open_ = np.flatnonzero(offered.any(axis=1)[place.product])
    upto = running.take(place.cell[open_], axis=0)
    upto *= offered.take(place.product[open_], axis=0)
    reached = np.rint(upto, out=upto).astype(np.int32)
    chips = reached.copy()
    chips[1:] -= reached[:-1] * place.follows[open_[1:]]
    return Trades(place.slots[open_], chips)


def licensed_sales(
    world: World, orders: Dials, rules: Rules, prices: Array, money: Array, legal: Array, left: Array
) -> SimpleNamespace:
    """Foreign chips sold to China: both keys must turn, and the licensed number is a ceiling for all makers together."""
    cast = world.cast
    place = market(cast, ("cn",), False)
    cn = place.buyers
    foreign = ~cast.is_cn_product
    may = legal[0] & foreign[:, None]
    weight = safe_ratio(
        orders.split_regions.weight[:, 2], total(orders.split_regions.weight.transpose(1, 0, 2))
    )
    keep = np.where(cast.is_export[:, None], 1.0, cast.by_maker.spread(weight))
    on_offer = np.where(may, left * keep, 0.0)
    demand = region_demand(world, money[cn], False, cn)
    worth = cast.by_maker.summed(on_offer * prices)
    asked = demand.sum(axis=1)
    sold = np.floor(on_grid(on_offer * np.minimum(cast.by_maker.spread(safe_ratio(asked, worth)), 1.0)))
    keys = orders.license_sales.volume[0] * np.minimum(orders.admit_chips.share[0], 1.0)
    cut = np.minimum(safe_ratio(keys, sold.sum(axis=0)), 1.0)
    sold = np.floor(on_grid(sold * cut)).astype(np.int64)
    share = safe_ratio(demand, asked[:, None])
    return SimpleNamespace(trades=handed_out(sold, share, place), asked=asked)


def open_sales(
    world: World, orders: Dials, rules: Rules, prices: Array, left: Array, money: Array, legal: Array
) -> SimpleNamespace:
    """Foreign chips sold at home and to third countries, less what rules keep from the countries on the routes."""
    cast = world.cast
    place = market(cast, ("us", "third"), False)
    buyers = place.buyers
    foreign = ~cast.is_cn_product & ~cast.is_export
    on_offer = np.where(foreign[:, None], left, 0)
    swing = cast.is_swing[buyers]
    third = np.array([cast.owner_region[b] == "third" for b in buyers])
    home = 1 - np.where(third[:, None], source_share(world, orders, rules, buyers), 0.0)
    demand = region_demand(world, money[buyers] * home, False, buyers)
    worth = cast.by_maker.summed(on_offer * prices)
    permitted = safe_ratio(
        cast.by_maker.summed(np.where(legal[1], on_offer * prices, 0.0)), worth, 1.0
    )
    may = np.where(swing[None, :, None], permitted[:, None], 1.0)
    wanted = demand * may
    asked = wanted.sum(axis=1)
    met = np.minimum(safe_ratio(worth, asked, 1.0), 1.0)
    mean_price = safe_ratio(worth, cast.by_maker.summed(on_offer.astype(float)), 1.0)
    to_swing = total(wanted[:, swing].sum(axis=1) * met / mean_price)
    cap = np.minimum(safe_ratio(orders.cap_countries.chips[0], to_swing, 1.0), 1.0)
    wanted = np.where(swing[None, :, None], wanted * cap, wanted)
    total_wanted = wanted.sum(axis=1)
    fill = np.minimum(safe_ratio(total_wanted, worth), 1.0)
    chips = np.floor(on_grid(on_offer * cast.by_maker.spread(fill))).astype(np.int64)
    share = safe_ratio(wanted, total_wanted[:, None])
    return SimpleNamespace(
        owners=buyers,
        trades=handed_out(chips, share, place),
        asked=demand.sum(axis=1),
        denied=demand.sum(axis=0) - (wanted * met[:, None]).sum(axis=0),
    )


def source_share(world: World, orders: Dials, rules: Rules, buyers: Array) -> Array:
    """Share of a third country's chip money that goes to Chinese makers because its government says so."""
    cast = world.cast
    host = cast.cloud_host[buyers]
    return np.where((host >= 0)[:, None], orders.source_chips.share[np.maximum(host, 0)], 0.0)


def domestic_sales(
    world: World, orders: Dials, rules: Rules, prices: Array, money: Array, abroad: Array
) -> SimpleNamespace:
    """Chinese chips sold at home and, as far as makers favour it, to countries that are denied others' chips or choose to."""
    cast = world.cast
    place = market(cast, ("cn", "third"), True)
    buyers = place.buyers
    at_home = np.array([cast.owner_region[b] == "cn" for b in buyers])
    on_offer = np.where(cast.is_cn_product[:, None], world.unsold, 0)
    weight = orders.split_regions.weight
    favour = safe_ratio(weight[:, 1], weight[:, 1] + weight[:, 2])
    taste = np.where(at_home[:, None], 1.0, abroad[buyers])
    demand = region_demand(world, money[buyers] * taste, True, buyers)
    worth = cast.by_maker.summed(on_offer * prices)
    home_asked = demand[:, at_home].sum(axis=1)
    third_asked = demand[:, ~at_home].sum(axis=1)
    for_third = np.minimum(third_asked, np.maximum(worth * favour, worth - home_asked))
    for_home = np.minimum(home_asked, worth - for_third)
    granted = demand * np.where(
        at_home[None, :, None], safe_ratio(for_home, home_asked)[:, None], safe_ratio(for_third, third_asked)[:, None]
    )
    fill = np.minimum(safe_ratio(for_home + for_third, worth), 1.0)
    chips = np.floor(on_grid(on_offer * cast.by_maker.spread(fill))).astype(np.int64)
    share = safe_ratio(granted, (for_home + for_third)[:, None])
    return SimpleNamespace(
        trades=handed_out(chips, share, place),
        asked=home_asked + third_asked,
    )


def prices_now(world: World) -> Float[Array, "products worlds"]:
    """Whole thousand dollars a chip: list price times the maker's index."""
    return np.maximum(np.rint(world.list_price * world.cast.by_maker.spread(world.price_index)), 1.0)


def sell(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Sell licensed, then open, then domestic chips; money moves; unspent money waits for the other channels."""
    cast = world.cast
    prices = prices_now(world)
    legal = legal_for(world, orders, rules)
    money = channel_money(world, orders, rules)
    cn = cast.in_region("cn")
    left = (world.unsold - grey_goods(world, orders)).astype(np.int64)
    licensed = licensed_sales(world, orders, rules, prices, money[0], legal, left)
    sold = np.zeros(world.sold.shape, dtype=np.int32)
    sold[licensed.trades.slots] = licensed.trades.chips
    left -= cast.by_slot_product.summed(sold)
    spent = spent_on(cast, sold, prices)
    purse = money[1].copy()
    purse[cn] += rules.substitution * np.maximum(money[0][cn] - spent[cn], 0.0)
    opened = open_sales(world, orders, rules, prices, left, money[0] + money[1], legal)
    sold[opened.trades.slots] += opened.trades.chips
    abroad = denied_share(world, orders, rules, opened, money[0] + money[1])
    third = cast.in_region("third")
    purse[third] = money[0][third] + money[1][third]
    domestic = domestic_sales(world, orders, rules, prices, purse, abroad)
    sold[domestic.trades.slots] += domestic.trades.chips
    paid_home = spent_on(cast, np.where(cast.is_slot_cn_product[:, None], sold, 0), prices)
    unspent = rules.substitution * np.maximum(purse - paid_home, 0.0)
    waiting = np.stack([money[2] + unspent * rules.smuggled_first, money[3] + unspent * (1 - rules.smuggled_first)])
    asked = licensed.asked + opened.asked + domestic.asked
    return settled(replace(world, purse=on_grid(waiting)), orders, rules, prices, sold, asked)


def spent_on(cast: Cast, sold: Int[Array, "slots worlds"], prices: Array) -> Int[Array, "owners worlds"]:
    """Thousand dollars each owner pays for chips."""
    return cast.by_slot_owner.summed(value_of(cast, sold, prices))


def value_of(cast: Cast, sold: Int[Array, "slots worlds"], prices: Array) -> Int[Array, "slots worlds"]:
    """Thousand dollars paid in every slot (below two million millions, so 32 bits hold it)."""
    return sold * prices.astype(np.int32).take(cast.slot_product, axis=0)


@cache
def sales_by_maker(cast: Cast) -> tuple[Groups, Groups]:
    """Slots grouped by maker: those of owners in China, and the others."""
    maker = np.array(cast.product_maker)[cast.slot_product]
    makers = cast.size("chipmakers")
    here = np.where(cast.is_slot_cn_owner, maker, -1)
    away = np.where(cast.is_slot_cn_owner, -1, maker)
    return groups(here.tolist(), makers), groups(away.tolist(), makers)


def grey_goods(world: World, orders: Dials) -> Int[Array, "products worlds"]:
    """Chips that networks buy up before others can: as many as they could move, at most a tenth of what is there."""
    cast = world.cast
    goods = list(cast.goods)
    could = total(world.route_capacity * orders.offer_capacity.share)
    kept = np.zeros(world.unsold.shape, dtype=np.int64)
    kept[goods] = np.minimum(np.floor(could), world.unsold[goods] // 10)
    return kept


def denied_share(world: World, orders: Dials, rules: Rules, opened, money: Array) -> Array:
    """Share of third countries' chip money that turns to Chinese makers: what rules denied, and what governments chose."""
    cast = world.cast
    share = np.zeros_like(money)
    buyers = opened.owners
    free = safe_ratio(opened.denied, money[buyers]) * rules.third_country_switch
    chosen = source_share(world, orders, rules, buyers) * (rules.third_country_switch > 0)
    loyal = 1 - friend_share(world, orders, buyers)
    share[buyers] = np.minimum(free * loyal + chosen, 1.0)
    return share


def friend_share(world: World, orders: Dials, buyers: Array) -> Array:
    """How far the government of each buyer follows the controller."""
    host = world.cast.cloud_host[buyers]
    return np.where((host >= 0)[:, None], orders.align_tools.alignment[np.maximum(host, 0)], 0.0)


def settled(
    world: World, orders: Dials, rules: Rules, prices: Array, sold: Int[Array, "slots worlds"], asked: Array
) -> World:
    """Hand over chips for money, take the state's cut of licensed sales, and move prices with shortage."""
    cast = world.cast
    value = value_of(cast, sold, prices)
    here, away = sales_by_maker(cast)
    revenue_cn = here.summed(value).astype(np.int64)
    revenue = revenue_cn + away.summed(value)
    foreign = ~cast.seat_bloc("chipmaker")[:, None]
    cut = whole(np.where(foreign, revenue_cn * orders.license_sales.cut[0], 0.0))
    money = world.money.copy()
    pay(money, cast.owner_account, cast.outside, cast.by_slot_owner.summed(value))
    makers = cast.seats_of("chipmaker")
    pay(money, makers, cast.outside, cut - revenue)
    pay(money, cast.seats_of("controller"), cast.outside, -cut.sum(axis=0, keepdims=True))
    worth = cast.by_maker.summed(world.unsold * prices)
    backlog = np.where(worth > 0, safe_ratio(asked, worth, 1.0), world.backlog)
    target = (1 + orders.price_chips.markup) * np.exp(
        rules.price_elasticity * np.log(np.clip(backlog, 0.3, 10.0))
    )
    got = cast.by_slot_owner.summed(sold * world.h100e.astype(float).take(cast.slot_product, axis=0))
    return replace(
        world,
        money=money,
        sold=sold,
        unsold=world.unsold - cast.by_slot_product.summed(sold),
        chips=world.chips + sold,
        revenue=revenue,
        revenue_cn=revenue_cn,
        backlog=on_grid(np.clip(backlog, 0.05, 20.0)),
        price_index=on_grid(world.price_index + rules.price_drift * (target - world.price_index)),
        unmet=np.maximum(world.plan - got, 0.0).astype(np.float32),
        threat=threatened(world, orders, revenue, revenue_cn, rules),
    )


def threatened(world: World, orders: Dials, revenue: Array, revenue_cn: Array, rules: Rules) -> Array:
    """Share of its possible revenue that rules keep from each foreign maker: what China would spend on it if it could."""
    cast = world.cast
    cn = cast.in_region("cn")
    wanted = on_grid(cast.taste[:, cn, None] * spendable(world, rules)[cn] * rules.foreign_taste).sum(axis=1)
    lost = np.maximum(wanted - revenue_cn, 0.0)
    foreign = ~cast.seat_bloc("chipmaker")[:, None]
    return on_grid(np.where(foreign, safe_ratio(lost, lost + revenue), 0.0))


ORDERS = (
    CAP_EXPORTS,
    ALLOW_LAG,
    LICENSE_SALES,
    CAP_COUNTRIES,
    ADMIT_CHIPS,
    SOURCE_CHIPS,
    PRICE_CHIPS,
    SPLIT_REGIONS,
    BUY,
)
