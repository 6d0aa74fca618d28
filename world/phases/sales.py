"""Sales: what may be sold to whom, what they can pay, who gets how many chips, and at what price."""

from collections.abc import Iterable

import numpy as np
from jaxtyping import Bool, Float, Int

from world.cast import Cast
from world.chance import Chance
from world.exports import ANY_CEILING, ANY_DENSITY, ceilings, legal_for
from world.flows import exp, floored, log, on_grid, safe_ratio, sums_before, total, whole
from world.markets import Market, Trades, come_to, handed_out, markets, rescale
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
        Amount("ceiling", 0.0, ANY_CEILING, step=100.0, unit="TPP", help="most capable chip allowed; at the top, any"),
        Amount("density", 0.0, ANY_DENSITY, step=0.5, unit="TPP/mm2", help="densest chip allowed; at the top, any"),
    ),
    price=5.0,
    claim="C07",
)
ALLOW_LAG = OrderKind(
    name="allow_lag",
    issuer="controller",
    summary="Allow China what is so many generations behind the best chip on sale.",
    amounts=(Amount("generations", 0.0, 4.0, step=1.0, unit="generations", help="0 switches the rule off"),),
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
    amounts=(Amount("chips", 0.0, 2_000_000.0, step=20_000.0, unit="chips/quarter", help="at most"),),
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


def spendable(world: World, rules: Rules) -> Float[Array, "owners worlds"]:
    """Thousand dollars each owner can spend on compute this quarter: its income, and savings up to half as much."""
    cash = world.money[world.cast.owner_account].astype(float)
    return cash.clip(0.0, world.income * rules.spend_limit)


def channel_money(
    world: World, orders: Dials, spend: Float[Array, "owners worlds"]
) -> Float[Array, "channels owners worlds"]:
    """Each owner's money for compute by channel: labs as they ordered, others by habit and the state's rule."""
    cast = world.cast
    labs = cast.size("labs")
    money = np.empty((4, *spend.shape))
    money[:, labs:] = cast.channel.T[:, labs:, None]
    money[:, :labs] = orders.buy.share.swapaxes(0, 1)
    ruled = orders.require_domestic.share[0]
    state = cast.state_owners
    money[1, state] = np.maximum(money[1, state], ruled)
    money[0, state] = np.minimum(money[0, state], 1 - ruled)
    money *= spend / np.maximum(np.add.reduce(money, axis=0), 1.0)
    return money


def demand_of(
    place: Market, money: Float[Array, "buyers worlds"], stocked: Bool[Array, "chipmakers worlds"]
) -> Float[Array, "makers buyers worlds"]:
    """How each buyer's money divides among a market's makers: by taste for those that have chips to sell."""
    pull = place.taste * stocked[place.makers].astype(float)[:, None]
    pull *= safe_ratio(money, total(pull))
    return pull


def licensed_sales(
    world: World, orders: Dials, prices: Array, money: Array, legal: Array, left: Array, stocked: Array
) -> Trades:
    """Foreign chips sold to China: both keys must turn, and the licensed number is a ceiling for all makers together."""
    place = markets(world.cast).licensed
    weight = orders.split_regions.weight[place.makers]
    favour = safe_ratio(weight[:, 2], np.add.reduce(weight, axis=1))
    keep = np.where(world.cast.is_export[place.shelf, None], 1.0, place.by_maker.spread(favour))
    on_offer = left[place.shelf] * keep * legal
    worth = place.by_maker.summed(on_offer * prices[place.shelf])
    wanted = sums_before(demand_of(place, money[place.buyers], stocked))
    asked = wanted[:, -1]
    met = np.minimum(safe_ratio(asked, worth), 1.0)
    sold = floored(on_offer * place.by_maker.spread(met))
    keys = orders.license_sales.volume[0] * np.minimum(orders.admit_chips.share[0], 1.0)
    cut = np.minimum(safe_ratio(keys, np.add.reduce(sold, axis=0)), 1.0)
    return handed_out(place, prices, floored(sold * cut), wanted, asked)


def open_sales(
    world: World, orders: Dials, prices: Array, money: Array, legal: Array, left: Array, stocked: Array
) -> tuple[Trades, Float[Array, "owners worlds"]]:
    """Foreign chips sold at home and to third countries, less what rules keep from the countries on the routes.

    Also returned: each owner's money that would have bought chips but for those rules.
    """
    place = markets(world.cast).open
    on_offer = left[place.shelf]
    value = on_offer * prices[place.shelf]
    worth = place.by_maker.summed(value)
    demand = demand_of(place, money[place.buyers], stocked)
    wanted = sums_before(demand)
    asked, near = wanted[:, -1].copy(), wanted[:, place.near].copy()
    permitted = safe_ratio(place.by_maker.summed(value * legal), worth, 1.0)
    swing = (asked - near) * permitted
    met = np.minimum(safe_ratio(worth, near + swing, 1.0), 1.0)
    mean_price = safe_ratio(worth, place.by_maker.summed(on_offer), 1.0)
    to_swing = total(swing * met / mean_price)
    may = permitted * np.minimum(safe_ratio(orders.cap_countries.chips[0], to_swing, 1.0), 1.0)
    rescale(wanted, place.near, None, may)
    fill = np.minimum(safe_ratio(wanted[:, -1], worth), 1.0)
    sold = floored(on_offer * place.by_maker.spread(fill))
    denied = np.zeros(money.shape)
    denied[place.buyers[place.near :]] = total(demand[:, place.near :] * (met * (1 - may))[:, None])
    return handed_out(place, prices, sold, wanted, asked), denied


def domestic_sales(world: World, orders: Dials, prices: Array, money: Array, stocked: Array) -> Trades:
    """Chinese chips sold at home and, as far as makers favour it, to countries that are denied others' chips or choose to."""
    place = markets(world.cast).domestic
    on_offer = world.unsold[place.shelf].astype(float)
    worth = place.by_maker.summed(on_offer * prices[place.shelf])
    weight = orders.split_regions.weight[place.makers]
    favour = safe_ratio(weight[:, 1], weight[:, 1] + weight[:, 2])
    wanted = sums_before(demand_of(place, money[place.buyers], stocked))
    asked, home_asked = wanted[:, -1].copy(), wanted[:, place.near].copy()
    third_asked = asked - home_asked
    for_third = np.minimum(third_asked, np.maximum(worth * favour, worth - home_asked))
    for_home = np.minimum(home_asked, worth - for_third)
    rescale(wanted, place.near, safe_ratio(for_home, home_asked), safe_ratio(for_third, third_asked))
    fill = np.minimum(safe_ratio(for_home + for_third, worth), 1.0)
    sold = floored(on_offer * place.by_maker.spread(fill))
    return handed_out(place, prices, sold, wanted, asked)


def prices_now(world: World) -> Float[Array, "products worlds"]:
    """Whole thousand dollars a chip: list price times the maker's index."""
    listed = world.list_price * world.cast.by_maker.spread(world.price_index)
    return np.maximum(np.rint(listed), 1.0).astype(float)


def sell(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Sell licensed, then open, then domestic chips; money moves; unspent money waits for the other channels."""
    cast, place = world.cast, markets(world.cast)
    prices, spend = prices_now(world), spendable(world, rules)
    stocked = cast.by_maker.summed(world.unsold) > 0
    ceiling, density = ceilings(world, orders, rules)
    channels = channel_money(world, orders, spend)
    abroad, purse, smuggled, rented = channels
    left = world.unsold.astype(float)
    left[cast.good_products] -= grey_goods(world, orders)
    home, third = cast.in_region("cn"), cast.in_region("third")

    legal = legal_for(world, place.licensed.shelf, ceiling[0], density[0])
    licensed = licensed_sales(world, orders, prices, abroad, legal, left, stocked)
    left[licensed.products] -= licensed.sold
    both = abroad + purse
    purse[home] += rules.substitution * np.maximum(abroad[home] - licensed.bill, 0.0)
    purse[third] = both[third]

    legal = legal_for(world, place.open.shelf, ceiling[1], density[1])
    chosen = of_host(cast, orders.source_chips.share)
    opened, denied = open_sales(world, orders, prices, both * (1 - chosen), legal, left, stocked)
    turned = turned_away(world, orders, rules, safe_ratio(denied, both), chosen)
    domestic = domestic_sales(world, orders, prices, purse * turned, stocked)

    purse[place.domestic.buyers] -= domestic.bill
    unspent = rules.substitution * np.maximum(purse, 0.0)
    smuggled += unspent * rules.smuggled_first
    rented += unspent * (1 - rules.smuggled_first)
    world = replace(world, purse=channels[2:].copy())
    return settled(world, orders, rules, prices, spend, (licensed, opened, domestic))


def grey_goods(world: World, orders: Dials) -> Float[Array, "goods worlds"]:
    """Chips that networks buy up before others can: as many as they could move, at most a tenth of what is there."""
    could = floored(total(world.route_capacity * orders.offer_capacity.share))
    return np.minimum(could, world.unsold[world.cast.good_products] // 10)


def of_host(cast: Cast, dial: Float[Array, "hosts worlds"]) -> Float[Array, "owners worlds"]:
    """The dial of each owner's government; 0 for owners that answer to none."""
    result = np.zeros((len(cast.owners), dial.shape[-1]))
    hosted = cast.hosted_owners
    result[hosted] = dial[cast.cloud_host[hosted]]
    return result


def turned_away(
    world: World, orders: Dials, rules: Rules, denied: Float[Array, "owners worlds"], chosen: Array
) -> Float[Array, "owners worlds"]:
    """Share of its money that an owner spends on Chinese chips: at home all that is meant for them.

    In third countries what rules denied them, as far as their government does not follow the controller, and
    what their government chose.
    """
    loyal = of_host(world.cast, orders.align_tools.alignment)
    free = denied * rules.third_country_switch * (1 - loyal)
    share = np.minimum(free + chosen * (rules.third_country_switch > 0), 1.0)
    share[world.cast.in_region("cn")] = 1.0
    return share


def added_up(rows: int, parts: Iterable[tuple[slice | Int[Array, " some"], Array]]) -> Float[Array, "rows worlds"]:
    """A table of so many rows to which each market adds figures of its own rows."""
    (first, figures), *others = parts
    result = np.zeros((rows, figures.shape[-1]))
    result[first] = figures
    for own, more in others:
        result[own] += more
    return result


def sold_by_slot(world: World, sales: Iterable[Trades]) -> Int[Array, "slots worlds"]:
    """The chips of all markets, slot by slot."""
    sold = np.zeros(world.sold.shape, dtype=np.int32)
    for trades in sales:
        slot = trades.place.slot[trades.rows].ravel()
        real = np.flatnonzero(slot >= 0)
        chips = trades.chips.reshape(slot.size, world.seed.size)
        sold[slot[real]] = chips if real.size == slot.size else chips.take(real, axis=0)
    return sold


def settled(
    world: World,
    orders: Dials,
    rules: Rules,
    prices: Float[Array, "products worlds"],
    spend: Float[Array, "owners worlds"],
    sales: tuple[Trades, Trades, Trades],
) -> World:
    """Hand over chips for money, take the state's cut of licensed sales, and move prices with shortage."""
    cast = world.cast
    makers, owners = cast.size("chipmakers"), len(cast.owners)
    sold = sold_by_slot(world, sales)
    gone = added_up(len(cast.products), ((t.products, t.sold) for t in sales))
    revenue = added_up(makers, ((t.place.makers, t.by_maker(t.sold, prices)) for t in sales))
    revenue_cn = added_up(makers, ((t.place.makers, t.by_maker(t.near, prices)) for t in (sales[0], sales[2])))
    bill = added_up(owners, ((t.place.buyers, t.bill) for t in sales))
    h100e = on_grid(world.h100e)
    got = added_up(owners, ((t.place.buyers, come_to(t.chips, h100e[t.products])) for t in sales))
    return replace(
        priced(world, orders, rules, prices, added_up(makers, ((t.place.makers, t.asked) for t in sales))),
        money=paid(world, orders, bill, revenue, revenue_cn),
        sold=sold,
        unsold=world.unsold - gone.astype(np.int32),
        chips=world.chips + sold,
        revenue=revenue.astype(np.int64),
        revenue_cn=revenue_cn.astype(np.int64),
        unmet=np.maximum(world.plan - got, 0.0).astype(np.float32),
        threat=threatened(world, rules, spend, revenue, revenue_cn),
    )


def paid(
    world: World, orders: Dials, bill: Float[Array, "owners worlds"], revenue: Array, revenue_cn: Array
) -> Int[Array, "accounts worlds"]:
    """Everybody's money after owners paid makers, and foreign makers the state its cut of what China paid."""
    cast = world.cast
    foreign = ~cast.seat_bloc("chipmaker")[:, None]
    cut = whole(revenue_cn * foreign * orders.license_sales.cut[0])
    money = world.money.copy()
    money[cast.owner_account] -= bill.astype(np.int64)
    money[cast.seat_rows("chipmaker")] += revenue.astype(np.int64) - cut
    money[cast.seat_rows("controller")] += cut.sum(axis=0)
    return money


def priced(world: World, orders: Dials, rules: Rules, prices: Array, asked: Float[Array, "chipmakers worlds"]) -> World:
    """Backlogs are the money asked over the worth of what was there; prices follow them and the mark-up."""
    worth = world.cast.by_maker.summed(world.unsold * prices)
    backlog = np.where(worth > 0, safe_ratio(asked, worth, 1.0), world.backlog)
    target = (1 + orders.price_chips.markup) * exp(rules.price_elasticity * log(backlog.clip(0.3, 10.0)))
    return replace(
        world,
        backlog=backlog.clip(0.05, 20.0),
        price_index=world.price_index + rules.price_drift * (target - world.price_index),
    )


def threatened(
    world: World, rules: Rules, spend: Float[Array, "owners worlds"], revenue: Array, revenue_cn: Array
) -> Float[Array, "chipmakers worlds"]:
    """Share of its possible revenue that rules keep from each foreign maker: what China would spend on it if it could."""
    place = markets(world.cast).licensed
    money = spend[place.buyers] * rules.foreign_taste
    wanted = total(money[:, None] * place.taste.swapaxes(0, 1))
    lost = np.maximum(wanted - revenue_cn[place.makers], 0.0)
    threat = np.zeros(revenue.shape)
    threat[place.makers] = safe_ratio(lost, lost + revenue[place.makers])
    return threat


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
