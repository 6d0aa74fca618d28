"""Diversion: the black market clears, consignments sail, some are seized, routes burn; proxy fabrication."""

import numpy as np
from jaxtyping import Float, Int, Shaped

from world.chance import Chance
from world.flows import exp, log, log1p, of_row, on_grid, pay, safe_ratio, split_all, total, whole
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

HOURS = 2190.0
"""Hours in a quarter."""
LOGIC = 1
"""Dies are what limits a maker's output, as the packaging phase records it."""
SHIPMENTS = 12
"""Lots of consignments that a network sends in a quarter; when it needs more, a lot stands for several alike."""
BISECTIONS = 5
"""Halvings of the range of premiums before two steps along the secant (right to about a thousandth)."""

FUND_ENFORCEMENT = OrderKind(
    name="fund_enforcement",
    issuer="controller",
    summary="Pay export-enforcement officers, at home and at the ports.",
    amounts=(Amount("officers", 50.0, 1000.0, step=25.0, unit="officers", help="in the field"),),
    price=2.0,
)
CHECK_LOCATION = OrderKind(
    name="check_location",
    issuer="controller",
    summary="Require chips to tell where they are.",
    amounts=(Amount("coverage", 0.0, 1.0, step=0.25, unit="share", help="of chips sold abroad"),),
    price=5.0,
    delay=2,
)
TOLERATE_SMUGGLING = OrderKind(
    name="tolerate_smuggling",
    issuer="planner",
    summary="Look away at the border, or not.",
    amounts=(Amount("tolerance", 0.0, 1.0, step=0.1, unit="share", help="of what arrives let in"),),
    price=1.0,
    claim="C03",
    is_secret=True,
)
ENFORCE_TRANSIT = OrderKind(
    name="enforce_transit",
    issuer="host",
    summary="Inspect chips that pass through one's ports.",
    amounts=(Amount("effort", 0.0, 1.0, step=0.25, unit="share", help="of cargo inspected"),),
    price=3.0,
)
SCREEN_CUSTOMERS = OrderKind(
    name="screen_customers",
    issuer="foundry",
    summary="Screen customers for front companies.",
    amounts=(Amount("effort", 0.0, 1.0, step=0.25, unit="share", help="of orders checked"),),
)
CHECK_CUSTOMERS = OrderKind(
    name="check_customers",
    issuer="chipmaker",
    summary="Check who buys one's chips, and where they end up.",
    amounts=(Amount("effort", 0.0, 1.0, step=0.25, unit="share", help="of sales checked"),),
)
OFFER_CAPACITY = OrderKind(
    name="offer_capacity",
    issuer="broker",
    summary="How much of the network to put to work.",
    amounts=(Amount("share", 0.0, 1.0, step=0.1, unit="share", help="of what it could move"),),
    claim="C03",
)
SIZE_CONSIGNMENTS = OrderKind(
    name="size_consignments",
    issuer="broker",
    summary="Ship in many small parts or few large ones.",
    amounts=(Amount("chips", 8.0, 2400.0, step=8.0, unit="chips", help="chips in a consignment"),),
    claim="C20",
)
CHOOSE_ROUTE = OrderKind(
    name="choose_route",
    issuer="broker",
    summary="Send a share of the goods by detours: dearer, but past fewer inspectors.",
    amounts=(Amount("detour", 0.0, 1.0, step=0.25, unit="share", help="of the goods"),),
)
SET_MARKUP = OrderKind(
    name="set_markup",
    issuer="broker",
    summary="The least margin for which the network moves.",
    amounts=(Amount("margin", 0.0, 2.0, step=0.05, unit="share", help="over legal price"),),
)


def seizure_risk(world: World, orders: Dials, rules: Rules) -> Float[Array, "brokers worlds"]:
    """Chance that a consignment of usual size is seized: officers, port checks, tips, chips that report where they are.

    It falls as last quarter's flow grows: inspectors are few (this quarter's flow would give several equilibria).
    """
    cast = world.cast
    host = np.maximum(cast.route_host, 0)
    transit = orders.enforce_transit.effort[host] * (1 - rules.detour_relief * orders.choose_route.detour)
    diligence = orders.check_customers.effort[cast.goods_makers].mean(axis=0)
    effort = (
        rules.risk_base
        + rules.risk_officer * orders.fund_enforcement.officers
        + rules.risk_tracking * orders.check_location.coverage
        + rules.risk_transit * transit
        + rules.risk_diligence * diligence
        - rules.risk_tolerance * orders.tolerate_smuggling.tolerance
    )
    flow = 4 * total(world.moved.astype(float))
    return on_grid(1 - exp(-np.maximum(effort, 0.0) * rules.risk_scale / (1 + flow / rules.flow_scale)))


def supply(
    premium: Array, safe: Array, fine: Array, cost: Array, floor: Array, capacity: Array
) -> Float[Array, "brokers worlds"]:
    """Chips each network would move at a premium: those for which the expected margin pays (Becker's choice).

    `safe` is the chance that a chip arrives, `fine` what is expected to be lost with those that do not.
    """
    margin = safe * (premium - cost - floor) - fine
    return capacity * (1 - exp(-2.0 * np.maximum(margin, 0.0)))


def cleared(
    world: World, orders: Dials, rules: Rules, risk: Array, appetite: Float[Array, " worlds"]
) -> tuple[Float[Array, " worlds"], Float[Array, "brokers worlds"]]:
    """The premium at which what arrives is what is paid for, and what each network moves at it."""
    floor = orders.set_markup.margin
    capacity = world.route_capacity * orders.offer_capacity.share * rules.smuggling
    safe, fine, fall = 1 - risk, risk * (1 + rules.penalty), -rules.demand_elasticity

    def moved(premium: Array) -> Array:
        return supply(premium, safe, fine, rules.smuggling_cost, floor, capacity)

    def excess(premium: Array) -> Array:
        return total(safe * moved(premium)) - appetite * exp(fall * log1p(premium))

    low, high = np.zeros(appetite.shape), 1.0 * rules.premium_limit
    under, over = -appetite, excess(high)
    for step in range(BISECTIONS + 1):
        middle = 0.5 * (low + high) if step < BISECTIONS else crossing(low, high, under, over)
        found = excess(middle)
        short = found < 0
        low, high = np.where(short, middle, low), np.where(short, high, middle)
        under, over = np.where(short, found, under), np.where(short, over, found)
    premium = on_grid(np.where(over < 0, high, crossing(low, high, under, over)))
    return premium, moved(premium)


def crossing(low: Array, high: Array, under: Array, over: Array) -> Float[Array, " worlds"]:
    """Where the line from (low, under) to (high, over) crosses zero, or the nearer end; low where it is all zero."""
    return low + safe_ratio(-under, over - under).clip(0.0, 1.0) * (high - low)


def appetite_of(world: World, rules: Rules, price: Array) -> Float[Array, " worlds"]:
    """Chips that buyers in China would pay for at the legal price: their money for it, as far as plans lack compute.

    Rented compute stands in for a part of what plans lack.
    """
    cn = world.cast.in_region("cn")
    lack = total(world.unmet[cn]) - rules.substitution * total(world.rented)
    lack = safe_ratio(lack, total(world.plan[cn])).clip(0.0, 1.0)
    return np.minimum(rules.grey_share * lack, 1.0) * total(world.purse[0][cn]) / np.maximum(price, 1.0)


def regrouped(world: World, rules: Rules) -> World:
    """The purses when buyers go by the last quarter: what networks could not take goes to clouds, and the reverse."""
    spent = np.zeros_like(world.purse)
    spent[1, : world.rented.shape[0]] = world.rented * world.rent_price * HOURS / 1000.0
    price = price_of_goods(world) * (1 + world.premium)
    spent[0] = total(world.landed * price[:, None])
    spare = np.maximum(world.purse - spent, 0.0)
    return replace(world, purse=on_grid(world.purse + rules.substitution * (spare[::-1] - spare)))


def best_good(world: World) -> Int[Array, " worlds"]:
    """Which good the networks deal in: the one that brings most compute, of what they can buy and carry."""
    goods = world.cast.good_products
    within_reach = np.minimum(world.unsold[goods], total(world.route_capacity))
    return (within_reach * world.h100e[goods]).argmax(axis=0)


def of_good(
    world: World, good: Int[Array, " worlds"], figure: Shaped[Array, "products worlds"]
) -> Float[Array, " worlds"]:
    """A figure of a good."""
    return of_row(figure, world.cast.good_products[good]).astype(float)


def price_of_goods(world: World) -> Float[Array, "goods worlds"]:
    """Legal price (thousand USD) of every good, not yet rounded."""
    goods = world.cast.good_products
    return world.list_price[goods] * world.price_index[world.cast.by_maker.index[goods]]


def goods_price(world: World, good: Int[Array, " worlds"]) -> Float[Array, " worlds"]:
    """Legal price (thousand USD) of a good, in whole thousands."""
    return np.maximum(np.rint(of_row(price_of_goods(world), good).astype(float)), 1.0)


def consignments(
    world: World, orders: Dials, rules: Rules, chance: Chance, sail: Int[Array, "brokers worlds"], risk: Array
) -> Int[Array, "brokers worlds"]:
    """Chips seized of each network's consignments; a large one is easier to find.

    Each lot has its own draw. Of a lot that stands for several consignments as many are lost as are
    expected, rounded up or down by its draw.
    """
    size = orders.size_consignments.chips
    weight = exp(rules.size_detection * log(size / rules.usual_size))
    lost_at = 1 - exp(weight * log1p(-np.minimum(risk, 0.99)))
    parts = np.maximum(np.ceil(on_grid(sail / size)), 1.0)
    lots = np.minimum(parts, SHIPMENTS)
    alike = (parts / lots)[:, None]
    draw = chance.uniform("diversion.seizure", sail.shape[0] * SHIPMENTS)
    draw = draw.reshape(sail.shape[0], SHIPMENTS, -1)
    caught = np.floor(on_grid(alike * lost_at[:, None] + draw)) / alike
    caught = np.where(np.arange(SHIPMENTS)[None, :, None] < lots[:, None], np.minimum(caught, 1.0), 0.0)
    share = on_grid(caught).sum(axis=1) / lots
    return np.minimum(whole(sail * share + 0.5), sail)


def pay_officers(world: World, orders: Dials, rules: Rules, money: Array) -> None:
    """Let the controller pay its officers."""
    cast = world.cast
    cost = whole(orders.fund_enforcement.officers * rules.officer_cost)
    pay(money, cast.seat_rows("controller"), cast.outside, cost)


def sailed(world: World, orders: Dials, rules: Rules, chance: Chance, money: Array) -> World:
    """Buy on the legal market, ship, lose some to customs, land the rest, and take the money."""
    cast = world.cast
    risk = seizure_risk(world, orders, rules)
    best = best_good(world)
    price = goods_price(world, best)
    premium, moves = cleared(world, orders, rules, risk, appetite_of(world, rules, price))
    goods = cast.good_products
    wish = whole(moves)
    fits = np.minimum(safe_ratio(of_good(world, best, world.unsold), wish.sum(axis=0)), 1.0)
    sail = whole(wish * fits)
    lost = consignments(world, orders, rules, chance, sail, risk)
    chosen = np.arange(goods.size)[:, None] == best
    small = (rules.slow_parts * (1 - orders.size_consignments.chips / 2400.0)).clip(0.0, 0.9)
    later = np.minimum(whole((sail - lost) * small), sail - lost)
    now = sail - lost - later
    arriving = world.afloat.sum(axis=0) + np.where(chosen, now.sum(axis=0), 0)
    afloat = np.where(chosen[None], later[:, None], 0)
    world = replace(
        world,
        premium=premium,
        risk=risk.astype(np.float32),
        moved=sail.astype(np.int32),
        caught=lost.astype(np.int32),
        afloat=afloat.astype(np.int32),
        route_capacity=routes(world, orders, rules, lost, sail),
    )
    return handed_over(world, arriving, sail, lost, goods, chosen, price, money)


def routes(world: World, orders: Dials, rules: Rules, lost: Array, sail: Array) -> Float[Array, "brokers worlds"]:
    """A seizure burns part of a network; new shells win back a share of what is missing, and growth goes on."""
    burnt = rules.route_burn * np.minimum(safe_ratio(lost.astype(float), sail.astype(float)) * 4, 1.0)
    missing = np.maximum(world.route_base - world.route_capacity, 0.0)
    return on_grid(np.maximum(world.route_capacity * (1 - burnt) + rules.route_recovery * missing, 0.0))


def handed_over(
    world: World, arriving: Array, sail: Array, lost: Array, goods: Array, chosen: Array, price: Array, money: Array
) -> World:
    """Give landed chips to those who pay for them; the network keeps the premium and bears what was seized."""
    cast = world.cast
    cn = cast.in_region("cn")
    share = safe_ratio(world.purse[0][cn], total(world.purse[0][cn]))
    even = np.zeros(share.shape)
    even[: max(share.shape[0] - 1, 1)] = 1.0 / max(share.shape[0] - 1, 1)
    share = np.where(share.sum(axis=0) > 0, share, even)
    landed = np.zeros_like(world.landed)
    chips, unsold, seized = world.chips.copy(), world.unsold.copy(), world.seized.copy()
    bought = np.where(chosen, sail.sum(axis=0), 0)
    gone = np.where(chosen, lost.sum(axis=0), 0)
    parts = split_all(arriving, share[:, None])
    landed[:, cn] = parts.swapaxes(0, 1)
    for row, product in enumerate(goods):
        chips[cast.slot_of[product, cn]] += landed[row, cn]
        unsold[product] -= bought[row].astype(np.int32)
        seized[product] += gone[row].astype(np.int32)
    unit = np.rint(price * (1 + world.premium))
    bill = whole(landed[:, cn].sum(axis=0) * unit)
    accounts, brokers = cast.owner_account[cn], cast.seat_rows("broker")
    pay(money, accounts, cast.outside, np.minimum(bill, np.maximum(money[accounts], 0)))
    takings = whole((sail - lost) * unit) - whole(sail * price)
    pay(money, brokers, cast.outside, -takings)
    makers = cast.seats_of("chipmaker")[cast.by_maker.index[goods]]
    paid = np.where(chosen, whole(sail.sum(axis=0) * price), 0)
    for row, maker in enumerate(makers):
        pay(money, slice(maker, maker + 1), cast.outside, -paid[row : row + 1])
    return replace(world, chips=chips, unsold=unsold, seized=seized, landed=landed)


def fronted(world: World, orders: Dials, rules: Rules, chance: Chance, money: Array) -> World:
    """Let front companies order dies from a foreign foundry until they are found out.

    They order all they can while dies are what the maker of the proxies lacks, and else as the black market is short.
    """
    cast = world.cast
    screening = total(orders.screen_customers.effort * cast.is_main_foundry[:, None])
    found = chance.uniform("diversion.proxy")[0] < rules.proxy_risk * (0.2 + screening)
    maker = world.cast.product_maker[world.cast.proxy_product]
    lack = np.where(world.binding[maker] == LOGIC, 1.0, (rules.proxy_pull * world.premium).clip(0.0, 1.0))
    at_work = total(orders.offer_capacity.share * cast.is_front[:, None])
    flow = whole(world.proxy_capacity * at_work * lack * (1 - rules.proxy_screen * screening))
    flow = np.where(found, 0, flow)
    dies_tested, dies_made = world.dies_tested.copy(), world.dies_made.copy()
    product = cast.proxy_product
    dies_tested[product] += flow.astype(np.int32)
    dies_made[product] += flow.astype(np.int32)
    capacity = np.where(
        found,
        world.proxy_capacity * rules.proxy_burn,
        world.proxy_capacity + rules.route_recovery * np.maximum(rules.proxy_limit - world.proxy_capacity, 0.0),
    )
    buyer = cast.seats_of("chipmaker")[cast.product_maker[product]]
    pay(money, slice(buyer, buyer + 1), cast.outside, whole(flow * rules.proxy_price)[None])
    return replace(
        world,
        dies_tested=dies_tested,
        dies_made=dies_made,
        proxy_dies=flow.astype(np.int32),
        proxy_capacity=on_grid(capacity),
    )


def divert(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Clear the black market and move its goods, then the dies ordered through front companies."""
    money = world.money.copy()
    pay_officers(world, orders, rules, money)
    world = sailed(regrouped(world, rules), orders, rules, chance, money)
    return replace(fronted(world, orders, rules, chance, money), money=money)


ORDERS = (
    FUND_ENFORCEMENT,
    CHECK_LOCATION,
    TOLERATE_SMUGGLING,
    ENFORCE_TRANSIT,
    SCREEN_CUSTOMERS,
    CHECK_CUSTOMERS,
    OFFER_CAPACITY,
    SIZE_CONSIGNMENTS,
    CHOOSE_ROUTE,
    SET_MARKUP,
)
