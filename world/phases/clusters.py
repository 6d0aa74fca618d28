"""Clusters: stocks age, state data centres remove foreign chips; power, failures and software leave what is usable."""

import numpy as np
from jaxtyping import Float, Int

from world.chance import Chance
from world.flows import on_grid, pay, safe_ratio, total, whole
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

HOURS = 2190.0
USUAL_SYSTEM = 8.0

REQUIRE_DOMESTIC = OrderKind(
    name="require_domestic",
    issuer="planner",
    summary="Make state data centres buy domestic chips, and take foreign ones out.",
    amounts=(
        Amount("share", 0.0, 1.0, step=0.25, unit="share", help="of new chips that are domestic"),
        Amount("removal", 0.0, 0.5, step=0.05, unit="share/quarter", help="of foreign chips taken out"),
    ),
    price=2.0,
    claim="C14",
)
SUBSIDISE_POWER = OrderKind(
    name="subsidise_power",
    issuer="planner",
    summary="Pay part of the power bill of data centres on domestic chips.",
    amounts=(Amount("share", 0.0, 0.5, step=0.05, unit="share", help="of the bill"),),
    price=1.0,
    claim="C18",
)
RESERVE_MILITARY = OrderKind(
    name="reserve_military",
    issuer="planner",
    summary="Keep compute for military use, served before anybody else.",
    amounts=(
        Amount("compute", 0.0, 500_000.0, step=5_000.0, unit="H100e", help="kept in reserve"),
    ),
    price=1.0,
    claim="C23",
    is_secret=True,
)
SIZE_SYSTEMS = OrderKind(
    name="size_systems",
    issuer="chipmaker",
    summary="Bundle more chips into one system: scales better, draws more power.",
    amounts=(Amount("chips", 8.0, 1024.0, step=8.0, unit="chips", help="in one system"),),
    claim="C05",
)
WRITE_SOFTWARE = OrderKind(
    name="write_software",
    issuer="chipmaker",
    summary="Spend on the software stack and on reliability.",
    amounts=(Amount("spend", 0.0, 1000.0, step=25.0, unit="million USD/quarter", help="budget"),),
    claim="C16",
)
PORT_STACK = OrderKind(
    name="port_stack",
    issuer="lab",
    summary="Port one's work to the domestic stack: slower now, and the stack matures with its users.",
    amounts=(Amount("share", 0.0, 1.0, step=0.1, unit="share", help="of the lab's work"),),
    claim="C16",
)


def system_power(size: Array, rules: Rules) -> Array:
    """Power of a system over the power of its chips: cooling, links and switches grow with the bundle."""
    return rules.system_power + rules.bundle_power * np.log(size / USUAL_SYSTEM) / np.log(48.0)


def aged(world: World, orders: Dials, rules: Rules) -> World:
    """Retire a share of every stock, and take foreign chips out of state data centres as ordered."""
    cast = world.cast
    gone = whole(world.chips * rules.retirement).astype(np.int32)
    removed = np.flatnonzero(cast.is_state[cast.slot_owner] & ~cast.is_slot_cn_product)
    removal = orders.require_domestic.removal[0]
    gone[removed] = np.maximum(gone[removed], whole(world.chips[removed] * removal))
    return replace(
        world, chips=world.chips - gone, retired=world.retired + cast.by_slot_product.summed(gone)
    )


def by_side(world: World, per_chip: Float[Array, "products worlds"]) -> tuple[Array, Array]:
    """Sums over each owner's foreign and Chinese chips, weighted by a figure per chip."""
    cast = world.cast
    worth = cast.by_slot_side.summed(world.chips * per_chip.astype(float).take(cast.slot_product, axis=0))
    return worth[0::2], worth[1::2]


def availability(
    count: Float[Array, "owners worlds"], mtbf: Array, rules: Rules
) -> Float[Array, "owners worlds"]:
    """Share of the time a cluster of so many chips runs, when a failure stops all of it until it is restarted."""
    restart = rules.restart_hours * np.exp(0.25 * np.log(np.maximum(count, 1.0)) + 0.75 * np.log(10_000.0))
    return 1 / (1 + restart / mtbf)


def scaling(
    count: Float[Array, "owners worlds"], size: Array, rules: Rules
) -> Float[Array, "owners worlds"]:
    """Share of its peak that a large cluster keeps: falls with every e-fold of chips, less so in large systems."""
    spread = np.maximum(count, 1.0) / 10_000.0 * np.sqrt(72.0 / size)
    return np.minimum(np.exp(-rules.scaling_loss * np.log(np.maximum(spread, 1.0))), 1.0)


def typical_size(world: World, orders: Dials, chinese: bool) -> Float[Array, " worlds"]:
    """Chips in a system of one side's makers, weighted by what they sold."""
    side = world.cast.seat_bloc("chipmaker") == chinese
    size = orders.size_systems.chips
    weight = np.maximum(world.revenue, 1).astype(float) * side[:, None]
    return on_grid(total(weight * size) / np.maximum(total(weight), 1.0))


def power_run(
    world: World, orders: Dials, rules: Rules, watts: Float[Array, "owners worlds"], compute: Array
) -> Float[Array, "owners worlds"]:
    """Share of the domestic chips that is worth running at the price of power and their thirst for it."""
    price = rules.power_price_cn * (1 - orders.subsidise_power.share[0])
    burden = price * safe_ratio(watts, compute) / rules.power_burden
    return np.clip(np.exp(-rules.power_elasticity * np.log(np.maximum(burden, 1e-3))), 0.3, 1.0)


def clusters(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Age the stocks, then count what each owner's chips deliver, draw and cost; the military takes its part first."""
    cast = world.cast
    world = aged(world, orders, rules)
    foreign, domestic = by_side(world, world.h100e)
    count = cast.by_slot_side.summed(world.chips)
    many, several = count[0::2], count[1::2]
    size_us, size_cn = typical_size(world, orders, False), typical_size(world, orders, True)
    kw_us, kw_cn = by_side(world, world.kw)
    mw_us = kw_us * system_power(size_us, rules) / 1000
    mw_cn = kw_cn * system_power(size_cn, rules) / 1000
    run = power_run(world, orders, rules, mw_cn, domestic)
    good = (
        foreign
        * availability(many.astype(float) * rules.cluster_share, rules.mtbf_cuda, rules)
        * scaling(many * rules.cluster_share, size_us, rules)
    )
    home = (
        domestic
        * world.software
        * run
        * availability(several.astype(float) * rules.cluster_share, world.mtbf, rules)
        * scaling(several * rules.cluster_share, size_cn, rules)
    )
    usable = on_grid(good + home)
    usable, military = reserved(world, orders, usable)
    megawatts = on_grid(mw_us + mw_cn * run)
    world = replace(
        world,
        installed=(foreign + domestic).astype(np.float32),
        usable=usable.astype(np.float32),
        megawatts=megawatts.astype(np.float32),
        military=military,
    )
    world = power_paid(world, orders, rules, megawatts, mw_cn * run)
    return matured(world, orders, rules, good, home)


def reserved(
    world: World, orders: Dials, usable: Float[Array, "owners worlds"]
) -> tuple[Float[Array, "owners worlds"], Float[Array, " worlds"]]:
    """Take the military reserve from all Chinese owners in proportion, up to all they have."""
    cn = world.cast.in_region("cn")
    have = total(usable[cn])
    military = np.minimum(orders.reserve_military.compute[0], have)
    usable = usable.copy()
    usable[cn] = on_grid(usable[cn] * (1 - safe_ratio(military, have)))
    return usable, on_grid(military)


def power_paid(world: World, orders: Dials, rules: Rules, megawatts: Array, domestic: Array) -> World:
    """Owners pay for power; the state pays its subsidy on domestic systems."""
    cast = world.cast
    cn = cast.in_region("cn")
    price = np.where(
        (np.array(cast.owner_region) == "cn")[:, None], rules.power_price_cn, rules.power_price_us
    )
    bill = whole(megawatts * HOURS * price / 1000)
    money = world.money.copy()
    help_ = np.zeros_like(bill)
    help_[cn] = whole(domestic[cn] * HOURS * rules.power_price_cn / 1000 * orders.subsidise_power.share[0])
    help_ = np.minimum(help_, bill)
    pay(money, cast.owner_account, cast.outside, bill - help_)
    pay(money, cast.seats_of("planner"), cast.outside, help_.sum(axis=0, keepdims=True))
    return replace(world, money=money)


def matured(world: World, orders: Dials, rules: Rules, foreign: Array, domestic: Array) -> World:
    """The domestic stack improves with the share of users on it and with effort; developers follow the chips they have."""
    cast = world.cast
    cn = cast.in_region("cn")
    labs = cast.size("labs")
    away = total(foreign[cn]) + total(world.rented)
    home = total(domestic[cn])
    ported = np.zeros_like(foreign)
    ported[:labs] = orders.port_stack.share * foreign[:labs]
    at_home = safe_ratio(home + 0.5 * total(ported[cn]), home + away)
    makers = cast.seat_bloc("chipmaker")[:, None]
    effort = np.minimum(orders.write_software.spend * 1000, np.maximum(world.money[cast.seats_of("chipmaker")], 0))
    spent = whole(effort)
    money = world.money.copy()
    pay(money, cast.seats_of("chipmaker"), cast.outside, spent)
    push = rules.software_effort * np.log1p(total(np.where(makers, spent, 0).astype(float)) / 100_000.0)
    rate = rules.software_learning * at_home + push
    return replace(
        world,
        money=money,
        software=on_grid(world.software + rate * (1 - world.software)),
        mtbf=on_grid(world.mtbf + rate * (rules.mtbf_cuda - world.mtbf)),
        cuda_share=on_grid(
            world.cuda_share
            + rules.foreclosure * ((1 - at_home) * rules.cuda_pull - world.cuda_share)
        ),
    )


ORDERS = (
    REQUIRE_DOMESTIC,
    SUBSIDISE_POWER,
    RESERVE_MILITARY,
    SIZE_SYSTEMS,
    WRITE_SOFTWARE,
    PORT_STACK,
)
