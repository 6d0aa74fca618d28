"""Clusters: stocks age, state data centres remove foreign chips; power, failures and software leave what is usable."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from world.chance import Chance
from world.flows import exp, log, log1p, on_grid, pay, runs, safe_ratio, total, whole
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

HOURS = 2190.0
USUAL_SYSTEM = 8.0
AT_ONCE = 6
"""Owners whose chips are weighed at once: as many as a processor keeps at hand."""
A_SHADE_MORE = 1 + 2.0**-22
"""What a rate is raised by before 32-bit floats are rounded down, so that a whole number stays what it is."""

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
    amounts=(Amount("compute", 0.0, 500_000.0, step=5_000.0, unit="H100e", help="kept in reserve"),),
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
    return rules.system_power + rules.bundle_power * log(size / USUAL_SYSTEM) / math.log(48.0)


def aged(world: World, orders: Dials, rules: Rules) -> World:
    """Retire a share of every stock, and take foreign chips out of state data centres as ordered."""
    cast = world.cast
    retired = (rules.retirement * A_SHADE_MORE).astype(np.float32)
    removal = (orders.require_domestic.removal[0] * rules.directive * A_SHADE_MORE).astype(np.float32)
    leaving = world.chips.astype(np.float32)
    state = cast.state_foreign_slots
    held = leaving[state]
    leaving *= retired
    leaving[state] = held * np.maximum(retired, removal)
    gone = leaving.astype(np.int32)
    return replace(world, chips=world.chips - gone, retired=world.retired + cast.by_slot_product.summed(gone))


def by_side(
    world: World, per_chip: Float[Array, "figures products worlds"]
) -> Float[Array, "figures_and_one sides owners worlds"]:
    """How many foreign and then how many Chinese chips each owner has, and their sums weighted by figures per chip.

    Only slots that hold chips in some world are looked at; those of an owner and side stand together.
    """
    cast, worlds, figures = world.cast, per_chip.shape[-1], on_grid(per_chip)
    worth = np.zeros((1 + len(figures), 2, len(cast.owners), worlds))
    held = np.flatnonzero(np.maximum.reduce(world.chips, axis=1))
    few = np.searchsorted(cast.slot_owner[held], np.arange(0, len(cast.owners) + AT_ONCE, AT_ONCE))
    for own in (held[first:last] for first, last in pairwise(few.tolist())):
        each = np.empty((1 + len(figures), own.size, worlds))
        each[0] = world.chips.take(own, axis=0)
        figures.take(cast.slot_product[own], axis=1, out=each[1:], mode="clip")
        each[1:] *= each[0]
        for group, slots in runs(cast.by_slot_side.index[own]):
            owner, side = divmod(group, 2)
            np.add.reduce(each[:, slots], axis=1, out=worth[:, side, owner])
    return worth


def availability(
    count: Float[Array, "sides owners worlds"], mtbf: Float[Array, "sides 1 worlds"], rules: Rules
) -> Float[Array, "sides owners worlds"]:
    """Share of the time a cluster of so many chips runs, when a failure stops all of it until it is restarted."""
    restart = rules.restart_hours * exp(0.25 * log(np.maximum(count, 1.0)) + 0.75 * math.log(10_000.0))
    return 1 / (1 + restart / mtbf)


def scaling(
    count: Float[Array, "sides owners worlds"], size: Float[Array, "sides 1 worlds"], rules: Rules
) -> Float[Array, "sides owners worlds"]:
    """Share of its peak that a large cluster keeps: falls with every e-fold of chips, less so in large systems."""
    spread = count / 10_000.0 * np.sqrt(72.0 / size)
    return exp(-rules.scaling_loss * log(np.maximum(spread, 1.0)))


def typical_size(world: World, orders: Dials) -> Float[Array, "sides worlds"]:
    """Chips in a system of each side's makers, weighted by what they sold."""
    chinese = world.cast.seat_bloc("chipmaker")
    weight = np.maximum(world.revenue, 1) * np.array([~chinese, chinese])[..., None]
    sized = np.add.reduce(weight * orders.size_systems.chips, axis=1)
    return sized / np.maximum(np.add.reduce(weight, axis=1), 1)


def power_run(
    world: World, orders: Dials, rules: Rules, watts: Float[Array, "owners worlds"], compute: Array
) -> Float[Array, "owners worlds"]:
    """Share of the domestic chips that is worth running at the price of power and their thirst for it."""
    price = rules.power_price_cn * (1 - orders.subsidise_power.share[0])
    burden = price * safe_ratio(watts, compute) / rules.power_burden
    return exp(-rules.power_elasticity * log(np.maximum(burden, 1e-3))).clip(0.3, 1.0)


@dataclass(frozen=True, eq=False)
class Delivered:
    """What each owner's chips come to, those of foreign makers first and then the Chinese ones."""

    peak: Float[Array, "sides owners worlds"]
    good: Float[Array, "sides owners worlds"]
    megawatts: Float[Array, "sides owners worlds"]


def delivered(world: World, orders: Dials, rules: Rules) -> Delivered:
    """What each owner's chips could do, what of it does useful work, and what power they draw."""
    count, peak, kw = by_side(world, np.stack([world.h100e, world.kw]))
    size = typical_size(world, orders)
    megawatts = kw * (system_power(size, rules) / 1000)[:, None]
    run = power_run(world, orders, rules, megawatts[1], peak[1])
    megawatts[1] *= run
    largest = count * rules.cluster_share
    mtbf = np.array([rules.mtbf_cuda, world.mtbf])[:, None]
    good = peak * availability(largest, mtbf, rules) * scaling(largest, size[:, None], rules)
    good[1] *= world.software * run
    return Delivered(peak, good, megawatts)


def clusters(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Age the stocks, then count what each owner's chips deliver, draw and cost; the military takes its part first."""
    world = aged(world, orders, rules)
    found = delivered(world, orders, rules)
    usable, military = reserved(world, orders, found.good[0] + found.good[1])
    world = replace(
        world,
        installed=(found.peak[0] + found.peak[1]).astype(np.float32),
        usable=usable.astype(np.float32),
        megawatts=(found.megawatts[0] + found.megawatts[1]).astype(np.float32),
        military=military,
    )
    money = world.money.copy()
    pay_for_power(world, orders, rules, found.megawatts, money)
    return replace(matured(world, orders, rules, found.good[0], found.good[1], money), money=money)


def reserved(
    world: World, orders: Dials, usable: Float[Array, "owners worlds"]
) -> tuple[Float[Array, "owners worlds"], Float[Array, " worlds"]]:
    """Take the military reserve from all Chinese owners in proportion, up to all they have (over `usable`)."""
    cn = world.cast.in_region("cn")
    have = total(usable[cn])
    military = np.minimum(orders.reserve_military.compute[0], have)
    usable[cn] *= 1 - safe_ratio(military, have)
    return usable, military


def pay_for_power(
    world: World, orders: Dials, rules: Rules, megawatts: Float[Array, "sides owners worlds"], money: Array
) -> None:
    """Let owners pay for power, and the state its subsidy on domestic systems."""
    cast = world.cast
    cn = cast.in_region("cn")
    bill = (megawatts[0] + megawatts[1]) * (HOURS / 1000)
    at_home = bill[cn] * rules.power_price_cn
    bill *= rules.power_price_us
    bill[cn] = at_home
    bill = whole(bill)
    share = orders.subsidise_power.share[0]
    help_ = whole(megawatts[1, cn] * (HOURS / 1000) * rules.power_price_cn * share)
    help_ = np.minimum(help_, bill[cn])
    bill[cn] -= help_
    pay(money, cast.owner_account, cast.outside, bill)
    pay(money, cast.seat_rows("planner"), cast.outside, help_.sum(axis=0, keepdims=True))


def matured(
    world: World,
    orders: Dials,
    rules: Rules,
    foreign: Float[Array, "owners worlds"],
    domestic: Float[Array, "owners worlds"],
    money: Array,
) -> World:
    """The domestic stack improves with the share of users on it and with effort; developers follow the chips they have."""
    cast = world.cast
    cn = cast.in_region("cn")
    ported = foreign.copy()
    ported[: cast.size("labs")] *= orders.port_stack.share
    ported[cast.size("labs") :] = 0
    away = total(foreign[cn]) + total(world.rented)
    home = total(domestic[cn])
    at_home = safe_ratio(home + 0.5 * total(ported[cn]), home + away)
    makers = cast.seat_rows("chipmaker")
    effort = np.minimum(orders.write_software.spend * 1000, np.maximum(money[makers], 0))
    spent = whole(effort)
    pay(money, makers, cast.outside, spent)
    effort = spent[cast.seat_bloc("chipmaker")].sum(axis=0)
    push = rules.software_effort * log1p(effort / 100_000.0)
    rate = rules.software_learning * at_home + push
    developers = (1 - at_home) * rules.cuda_pull
    return replace(
        world,
        software=world.software + rate * (1 - world.software),
        mtbf=world.mtbf + rate * (rules.mtbf_cuda - world.mtbf),
        cuda_share=world.cuda_share + rules.foreclosure * (developers - world.cuda_share),
    )


ORDERS = (
    REQUIRE_DOMESTIC,
    SUBSIDISE_POWER,
    RESERVE_MILITARY,
    SIZE_SYSTEMS,
    WRITE_SOFTWARE,
    PORT_STACK,
)
