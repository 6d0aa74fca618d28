"""Fabrication: tools, expansion, defects and learning turn wafers into dies; memory makers fill stacks."""

import numpy as np
from jaxtyping import Float

from world.chance import Chance
from world.flows import counted, exp, log, log1p, on_grid, pay, safe_ratio, shifted, total, whole
from world.memory import memory_sold
from world.orders import Amount, Dials, OrderKind, Pick
from world.rules import Rules
from world.state import World, replace
from world.yields import defect_floor, designs_learned, euv_arrived, packages_per_die, wafers_of_products, yield_of

Array = np.ndarray

CONTROL_TOOLS = OrderKind(
    name="control_tools",
    issuer="controller",
    summary="Deny chip-making tools and their service to China, as far as allies follow.",
    amounts=(
        Amount("euv", 0.0, 1.0, step=0.25, unit="share", help="of EUV machines denied"),
        Amount("immersion", 0.0, 1.0, step=0.25, unit="share", help="of immersion machines denied"),
        Amount("servicing", 0.0, 1.0, step=0.25, unit="share", help="of service and parts denied"),
    ),
    price=5.0,
    delay=1,
    claim="C07",
)
CONTROL_MEMORY = OrderKind(
    name="control_memory",
    issuer="controller",
    summary="Deny high-bandwidth memory to China, after weeks of grace in which buyers stock up.",
    amounts=(
        Amount("denied", 0.0, 1.0, step=0.25, unit="share", help="of allied memory denied"),
        Amount("grace", 0.0, 26.0, step=2.0, unit="weeks", help="notice before it bites"),
    ),
    price=4.0,
    claim="C07",
)
SUBSIDISE_FABS = OrderKind(
    name="subsidise_fabs",
    issuer="controller",
    summary="Pay allied foundries to expand packaging and leading-edge capacity.",
    amounts=(Amount("spend", 0.0, 5000.0, step=250.0, unit="million USD/quarter", help="grants"),),
    price=2.0,
    lead=3,
)
FUND_FABS = OrderKind(
    name="fund_fabs",
    issuer="planner",
    summary="Put state money into wafer capacity at home; it arrives a year or two later.",
    amounts=(Amount("spend", 0.0, 10_000.0, step=250.0, unit="million USD/quarter", help="fund"),),
    price=2.0,
    lead=4,
    claim="C11",
)
FUND_TOOLS = OrderKind(
    name="fund_tools",
    issuer="planner",
    summary="Develop tools and service at home, to need the foreign ones less.",
    amounts=(Amount("spend", 0.0, 5000.0, step=250.0, unit="million USD/quarter", help="programme"),),
    price=2.0,
    lead=4,
    claim="C11",
)
FUND_MEMORY = OrderKind(
    name="fund_memory",
    issuer="planner",
    summary="Put state money into high-bandwidth memory at home.",
    amounts=(Amount("spend", 0.0, 5000.0, step=250.0, unit="million USD/quarter", help="programme"),),
    price=2.0,
    lead=4,
    claim="C11",
)
ALIGN_TOOLS = OrderKind(
    name="align_tools",
    issuer="host",
    summary="Follow the controller's tool controls with one's own.",
    amounts=(Amount("alignment", 0.0, 1.0, step=0.25, unit="share", help="of the controls followed"),),
    price=4.0,
    delay=3,
    claim="C07",
)
EXPAND = OrderKind(
    name="expand",
    issuer="foundry",
    summary="Order capacity on a node; it starts wafers a year later.",
    picks=(Pick("node", axis="nodes", help="the node to expand"),),
    amounts=(Amount("wafers", 0.0, 20_000.0, step=500.0, unit="wafers/month", help="ordered every quarter"),),
    lead=4,
)
PUSH_NODE = OrderKind(
    name="push_node",
    issuer="foundry",
    summary="Spend on bringing up the leading node.",
    amounts=(Amount("spend", 0.0, 3000.0, step=50.0, unit="million USD/quarter", help="research"),),
    claim="C24",
)
IMPROVE_YIELD = OrderKind(
    name="improve_yield",
    issuer="foundry",
    summary="Give wafers to experiments: fewer to sell now, faster learning.",
    amounts=(Amount("effort", 0.0, 0.3, step=0.05, unit="share", help="of wafers used to learn"),),
)
EXPAND_MEMORY = OrderKind(
    name="expand_memory",
    issuer="memory_maker",
    summary="Order memory capacity; it arrives a year later.",
    amounts=(Amount("stacks", 0.0, 3.0, step=0.1, unit="million stacks/quarter", help="every quarter"),),
    lead=4,
)
PRICE_MEMORY = OrderKind(
    name="price_memory",
    issuer="memory_maker",
    summary="Set the mark-up on memory.",
    amounts=(Amount("markup", 0.0, 2.0, step=0.05, unit="share", help="over cost"),),
)
SHIP_MEMORY = OrderKind(
    name="ship_memory",
    issuer="memory_maker",
    summary="Decide how much of the output to offer to Chinese chipmakers where rules let you.",
    amounts=(Amount("share", 0.0, 1.0, step=0.05, unit="share", help="of output offered to China"),),
)


def tool_denial(
    world: World, orders: Dials, rules: Rules
) -> tuple[Float[Array, "1 worlds"], Float[Array, "1 worlds"], Float[Array, "1 worlds"]]:
    """Shares of EUV, immersion tools and service that Chinese fabs cannot have.

    The controller denies its own part; the partners' part is denied as far as they align. What is made
    at home replaces some immersion tools and service, never EUV within a game.
    """
    weight = world.cast.tool_weight[:, None]
    allies = on_grid(total(on_grid(weight * orders.align_tools.alignment)))
    followed = np.minimum(1 - weight.sum() + allies, 1.0)
    home = 1 - world.tool_programme
    euv = orders.control_tools.euv * np.where(followed > rules.euv_needs, 1.0, followed)
    return (
        euv,
        orders.control_tools.immersion * followed * home * rules.tool_denial,
        orders.control_tools.servicing * followed * home * rules.tool_denial,
    )


def built(world: World, orders: Dials, rules: Rules, money: Array) -> World:
    """Let ordered capacity arrive, queue and pay for new orders, and wear tools that are not serviced."""
    cast = world.cast
    chinese = cast.seat_bloc("foundry")[:, None]
    _, immersion, servicing = tool_denial(world, orders, rules)
    denied = np.where(chinese, immersion, 0.0)
    arrived, coming = shifted(world.coming)
    packs, pack_coming = shifted(world.pack_coming)
    grants = whole(orders.subsidise_fabs.spend * 1000.0)
    pay(money, cast.seat_rows("controller"), cast.outside, grants)
    seats = cast.seat_rows("foundry")
    asked = orders.expand.wafers * 3.0
    asked[:, 2] *= np.where(chinese, rules.leading_without_euv, 1.0)
    cost = asked * rules.wafer_capex * rules.node_cost[None]
    purse = np.maximum(money[seats] * rules.capex_limit, 0.0)
    can_pay = np.minimum(safe_ratio(purse, total(cost.transpose(1, 0, 2)), 1.0), 1.0)
    granted = state_money(world, orders, rules, money)
    share_cn = granted / (rules.wafer_capex * rules.node_cost[1])
    new = asked * can_pay[:, None]
    spent = whole(total((cost * can_pay[:, None]).transpose(1, 0, 2)))
    pay(money, seats, cast.outside, spent)
    new[:, 1] += share_cn
    ready = new * (1 - denied)[:, None]
    coming[:, :, EXPAND.lead - 1] += (ready * (1 - rules.greenfield)).astype(np.float32)
    coming[:, :, 7] += (ready * rules.greenfield).astype(np.float32)
    growth = packaging_growth(world, orders, rules)
    pack_coming[:, SUBSIDISE_FABS.lead - 1] += growth.astype(np.float32)
    wear = np.where(chinese, servicing * rules.service_wear, 0.0)
    health = world.tool_health * (1 - wear) + rules.tool_repair * (1 - world.tool_health) * (
        1 - np.where(chinese, servicing, 0.0)
    )
    return replace(
        world,
        capacity=on_grid(world.capacity + arrived),
        coming=coming,
        pack_capacity=on_grid(world.pack_capacity + packs),
        pack_coming=pack_coming,
        tool_health=on_grid(health.clip(0.0, 1.0)),
    )


def state_money(world: World, orders: Dials, rules: Rules, money: Array) -> Float[Array, "foundries worlds"]:
    """Thousand dollars of wafer capacity that the state buys for each Chinese foundry, paid at once."""
    cast = world.cast
    planner = cast.seat_rows("planner")
    wish = np.rint(orders.fund_fabs.spend * 1000).astype(np.int64)
    spent = np.minimum(wish, np.maximum(money[planner], 0))
    pay(money, planner, cast.outside, spent)
    size = np.where(cast.seat_bloc("foundry")[:, None], world.capacity[:, 1], 0.0)
    share = safe_ratio(size, total(size))
    return on_grid(share * spent * rules.fund_effect)


def packaging_growth(world: World, orders: Dials, rules: Rules) -> Float[Array, "foundries worlds"]:
    """Packaging lines ordered this quarter (packages a quarter), faster where packaging is what binds and with grants."""
    cast = world.cast
    short = cast.by_foundry.summed((world.binding == 3).astype(np.int64)) > 0
    rate = rules.pack_growth * np.where(short, 1.0, rules.pack_slack_growth)
    grants = orders.subsidise_fabs.spend * rules.pack_per_million
    home = cast.seat_bloc("foundry")[:, None]
    return on_grid(
        np.where(home, rules.pack_growth_cn, np.maximum(world.pack_capacity * rate, 0.0))
        + np.where(home, 0.0, grants * cast.is_main_foundry[:, None])
    )


def programmes(world: World, orders: Dials, rules: Rules, money: Array) -> World:
    """Spend on the tool programme: each dollar replaces, a year later, a falling share of what is still foreign."""
    cast = world.cast
    planner = cast.seat_rows("planner")
    wish = np.rint(orders.fund_tools.spend * 1000).astype(np.int64)
    spent = np.minimum(wish, np.maximum(money[planner], 0))
    pay(money, planner, cast.outside, spent)
    done, coming = shifted(world.programme_coming)
    planned = world.tool_programme + total(world.programme_coming.swapaxes(0, 1))
    coming[:, FUND_TOOLS.lead - 1] += rules.programme_effect * (spent / 1e6) * np.maximum(1 - planned, 0.0)
    programme = on_grid(np.minimum(world.tool_programme + done, 0.95))
    return replace(world, tool_programme=programme, programme_coming=coming)


def pushed(world: World, orders: Dials, rules: Rules, money: Array) -> World:
    """Spend on the leading node: what its defects exceed the floor by shrinks, at falling returns."""
    cast = world.cast
    seats = cast.seat_rows("foundry")
    spent = np.minimum(whole(orders.push_node.spend * 1000.0), np.maximum(money[seats], 0))
    pay(money, seats, cast.outside, spent)
    gain = rules.push_effect * log1p(spent / 200_000.0)
    density = world.defect_density.astype(float)
    density[:, 2] -= gain * np.maximum(density[:, 2] - rules.floor_euv, 0.0)
    return replace(world, defect_density=on_grid(density))


def learned(
    world: World, orders: Dials, rules: Rules, chance: Chance, floor: Float[Array, "foundries 1 worlds"]
) -> World:
    """Lower defect density with wafers made, at home and (a third as much) elsewhere, down to what the tools allow.

    A part of it is learnt on each maker's own designs, and helps nobody else.
    """
    cast = world.cast
    world = designs_learned(world, rules)
    slope = rules.learning_slope * (1 - rules.design_learning)
    made = cast.by_foundry.summed(world.started.astype(float))
    made[:, 1] += world.phone_wafers
    made[:, 2] = np.maximum(made[:, 2], (world.utilisation * world.capacity)[:, 2] * world.tool_health)
    counted = made * (1 + rules.yield_learning * orders.improve_yield.effort[:, None])
    spill = rules.spillover * (total(made) - made)
    before = np.maximum(world.cumulative_wafers, rules.first_wafers)
    after = before + counted + spill
    falls = floor + (world.defect_density - floor) * exp(-slope * log(after / before))
    rises = np.minimum(world.defect_density * (1 + rules.wear_defects * (1 - world.tool_health))[:, None], floor)
    noise = 1 + rules.defect_noise * chance.normal("fabrication.defects", made.shape[0])[:, None]
    density = np.where(world.defect_density > floor, falls, rises) * noise
    return replace(world, cumulative_wafers=on_grid(after), defect_density=on_grid(np.maximum(density, 0.01)))


def dies_of(
    world: World, orders: Dials, rules: Rules, floor: Float[Array, "foundries 1 worlds"], money: Array
) -> World:
    """Queue the dies of this quarter's wafers, and move the ones that leave the foundry into stock.

    A chipmaker tests a share of them: bad ones are scrapped, good ones are known to be good.
    """
    cast = world.cast
    good = yield_of(world, rules, floor)
    effort = orders.improve_yield.effort[cast.by_foundry.index[cast.by_maker.index]]
    gross = counted(wafers_of_products(world) * (1 - effort) * cast.gross_dies[:, None])
    queue = np.empty_like(world.dies_coming)
    queue[:, :-1] = world.dies_coming[:, 1:]
    queue[:, -1] = 0
    delay = cast.fab_delay
    queue[np.arange(delay.size), delay - 1] += gross
    out = world.dies_coming[:, 0]
    tested = counted(out * orders.test_dies.share[cast.by_maker.index])
    passed = counted(tested * good)
    makers = cast.seat_rows("chipmaker")
    pay(money, makers, cast.outside, whole(cast.by_maker.summed(tested) * rules.test_price))
    return replace(
        world,
        dies_coming=queue,
        die_yield=good.astype(np.float32),
        per_die=packages_per_die(world, orders, rules, good).astype(np.float32),
        dies_raw=world.dies_raw + out - tested,
        dies_tested=world.dies_tested + passed,
        dies_made=world.dies_made + gross,
        dies_scrapped=world.dies_scrapped + tested - passed,
    )


def pay_for_wafers(world: World, orders: Dials, rules: Rules, money: Array) -> None:
    """Let chipmakers and phone makers pay for their wafers, and foundries for making them."""
    cast = world.cast
    foundry = cast.by_foundry.index
    markup = 1 + orders.price_wafers.markup
    home = np.where(cast.seat_bloc("foundry")[:, None], 1 + rules.wafer_premium_cn, 1.0)
    unit = rules.wafer_cost * rules.node_cost[:, None] * (markup * home)[:, None].transpose(1, 0, 2)
    bill = whole(total(world.started.transpose(1, 0, 2) * unit[:, foundry]))
    phones = whole(world.phone_wafers * unit[1])
    other = whole(world.other_wafers * unit[0])
    cost = whole((cast.by_foundry.summed(bill) + phones + other) * rules.foundry_cost_share)
    makers, foundries = cast.seat_rows("chipmaker"), cast.seat_rows("foundry")
    pay(money, makers, cast.outside, bill)
    income = cast.by_foundry.summed(bill) + phones + other - cost
    pay(money, foundries, cast.outside, -income)


def memory_made(world: World, orders: Dials, rules: Rules, immersion: Array, servicing: Array, money: Array) -> World:
    """Make stacks, expand, and sell them: allied memory to whom the rules let, home memory to Chinese makers.

    Chinese fabs cannot have these shares of immersion tools and of service.
    """
    cast = world.cast
    chinese = cast.seat_bloc("memory_maker")[:, None]
    seats, planner = cast.seat_rows("memory_maker"), cast.seat_rows("planner")
    arrived, coming = shifted(world.memory_coming)
    wish = np.rint(orders.fund_memory.spend * 1000).astype(np.int64)
    state = np.minimum(wish, np.maximum(money[planner], 0))
    pay(money, planner, cast.outside, state)
    asked = orders.expand_memory.stacks * 1e6
    cost = asked * rules.stack_capex
    can_pay = np.minimum(safe_ratio(np.maximum(money[seats], 0) * rules.capex_limit, cost, 1.0), 1.0)
    pay(money, seats, cast.outside, whole(cost * can_pay))
    new = asked * can_pay + np.where(chinese, state * rules.fund_effect / rules.stack_capex, 0.0)
    new = new * (1 - np.where(chinese, immersion * rules.memory_tool_weight, 0.0))
    coming[:, EXPAND_MEMORY.lead - 1] += new.astype(np.float32)
    lost = np.where(chinese, servicing * rules.service_wear, 0.0)
    capacity = on_grid(world.memory_capacity * (1 - lost) + arrived)
    made = whole(capacity)
    stock = world.memory_stock + made
    denied = orders.control_memory.denied
    grace = np.where(denied > 0, np.maximum(world.memory_grace - 13, 0), orders.control_memory.grace)
    free = np.minimum(world.memory_grace, 13) / 13
    closed = np.where(denied > 0, denied * (1 - free), 0.0)
    rush = np.where((denied > 0) & (free > 0), rules.rush, 1.0)
    world = replace(
        world,
        memory_coming=coming,
        memory_capacity=capacity,
        memory_stock=stock,
        memory_grace=grace,
        stacks_made=world.stacks_made + made,
    )
    return memory_sold(world, orders, rules, closed, rush, money)


def fabricate(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Build, learn, turn wafers into dies, and make and sell memory."""
    money = world.money.copy()
    world = programmes(built(world, orders, rules, money), orders, rules, money)
    euv, immersion, servicing = tool_denial(world, orders, rules)
    world = euv_arrived(pushed(world, orders, rules, money), euv, rules)
    floor = defect_floor(world, servicing, rules)
    world = learned(world, orders, rules, chance, floor)
    world = dies_of(world, orders, rules, floor, money)
    pay_for_wafers(world, orders, rules, money)
    return replace(memory_made(world, orders, rules, immersion, servicing, money), money=money)


ORDERS = (
    CONTROL_TOOLS,
    CONTROL_MEMORY,
    SUBSIDISE_FABS,
    FUND_FABS,
    FUND_TOOLS,
    FUND_MEMORY,
    ALIGN_TOOLS,
    EXPAND,
    PUSH_NODE,
    IMPROVE_YIELD,
    EXPAND_MEMORY,
    PRICE_MEMORY,
    SHIP_MEMORY,
)
