"""Politics: lobbying, news and approval move the controller's stance; capital comes in; rules change."""

import numpy as np
from jaxtyping import Float

from world.chance import Chance
from world.flows import log1p, on_grid, pay, total
from world.orders import Amount, Dials, OrderKind, Pick
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

PRESS_ALLIES = OrderKind(
    name="press_allies",
    issuer="controller",
    summary="Press a partner government to align its controls and police its ports.",
    picks=(Pick("host", axis="hosts", help="the government that is pressed"),),
    amounts=(Amount("pressure", 0.0, 1.0, step=0.25, unit="share", help="how hard"),),
    price=2.0,
    claim="C07",
)
GATHER_INTELLIGENCE = OrderKind(
    name="gather_intelligence",
    issuer="controller",
    summary="Spend on finding out what China makes, stores and smuggles.",
    amounts=(Amount("spend", 0.0, 500.0, step=10.0, unit="million USD/quarter", help="budget"),),
    price=1.0,
    claim="C38",
    is_secret=True,
)
LOBBY = OrderKind(
    name="lobby",
    issuer="chipmaker",
    summary="Lobby the controlling government for tighter or looser chip sales.",
    amounts=(
        Amount("spend", 0.0, 20.0, step=0.05, unit="million USD/quarter", help="disclosed spending"),
        Amount("side", -1.0, 1.0, step=0.5, unit="", help="-1 to tighten, 1 to loosen"),
    ),
    claim="C32",
)
LICENSE_RARE_EARTHS = OrderKind(
    name="license_rare_earths",
    issuer="planner",
    summary="Withhold rare earths from foreign industry, as leverage.",
    amounts=(Amount("withheld", 0.0, 1.0, step=0.25, unit="share", help="of exports withheld"),),
    price=4.0,
    claim="C15",
)
A_STEP = 0.005
"""A fall of strictness in a quarter that counts as a better offer."""


def strictness_of(orders: Dials, rules: Rules) -> Float[Array, "controllers worlds"]:
    """How much of what could be controlled is controlled (share), over chips, tools, memory and cloud."""
    chips = orders.cap_exports.ceiling[:, 0] / rules.open_ceiling
    sales = np.minimum(chips, orders.license_sales.volume / rules.open_volume)
    tools = (orders.control_tools.euv + orders.control_tools.immersion + orders.control_tools.servicing) / 3
    parts = (1 - np.minimum(sales, 1)) * 2 + tools + orders.control_memory.denied + orders.control_cloud.strictness
    return on_grid(parts / 5)


def lobbying(orders: Dials, rules: Rules) -> Float[Array, " worlds"]:
    """How far this quarter's lobbying moves the stance (logits): each side's spending, at falling returns."""
    spent = orders.lobby.spend / rules.lobby_unit
    return rules.lobby_effect * total(orders.lobby.side * log1p(spent))


def news(world: World, orders: Dials, rules: Rules) -> Float[Array, " worlds"]:
    """How far the last quarter's news moves the stance (logits): seizures, rival models, warnings, chokeholds, estimates."""
    seized = rules.seizure_news * log1p(total(world.caught.astype(float)) / rules.seizure_unit)
    china = world.cast.lab_bloc == 1
    rival = rules.release_news * total((world.released[china]).astype(float)) * (world.lead < rules.close_lead)
    chokehold = rules.chokehold_news * orders.license_rare_earths.withheld[0]
    output = world.cast.at("questions", "huawei_output")
    controller = world.cast.seats_of("controller")[0]
    believed = world.belief[output, controller] / 1000.0 - rules.expected_output
    warning = rules.warning * (world.warned[0] > 0)
    return chokehold - seized - rival - warning + rules.evidence_weight * believed


def warnings(world: World, orders: Dials, rules: Rules, strictness: Array) -> Array:
    """Quarters for which advisers' warnings weigh: anew where a raised offer reaches chips that they fear."""
    raised = (strictness < world.strictness - A_STEP) & (orders.cap_exports.ceiling[:, 0] >= rules.warned_ceiling)
    return np.where(raised, rules.warning_quarters, np.maximum(world.warned - 1, 0)).astype(np.int8)


def argue(world: World, orders: Dials, rules: Rules, chance: Chance, money: Array) -> World:
    """Move the controller's stance by habit, position, lobbying, news and luck; pay for the lobbying."""
    strictness = strictness_of(orders, rules)
    position = rules.position_weight * (0.5 - strictness)
    shock = lobbying(orders, rules) + news(world, orders, rules)
    stance = (
        (1 - rules.stance_drift) * world.stance
        + rules.stance_drift * position
        + shock
        + rules.stance_noise * chance.normal("politics.stance")
    )
    spent = np.rint(orders.lobby.spend * 1000).astype(np.int64)
    seats = world.cast.seat_rows("chipmaker")
    spent = np.minimum(spent, np.maximum(money[seats], 0))
    pay(money, seats, world.cast.outside, spent)
    return replace(
        world,
        stance=on_grid(stance.clip(-4, 4)),
        tightened=strictness - world.strictness,
        strictness=strictness,
        warned=warnings(world, orders, rules, strictness),
        shock=np.full(world.stance.shape, shock),
        lobbied=spent.astype(float),
    )


def govern(world: World, orders: Dials, rules: Rules, money: Array) -> World:
    """Renew political capital with approval, which follows the race, power bills and chokeholds."""
    cast = world.cast
    goal = np.full_like(world.approval, 0.5)
    behind = (world.lead / rules.comfortable_lead).clip(-1, 2)
    goal[0] = 0.35 + 0.2 * behind - 0.2 * orders.license_rare_earths.withheld[0]
    goal[1] = 0.6 - 0.1 * behind + 0.1 * (world.software - 0.5)
    goal[2:] -= 0.1 * orders.press_allies.pressure[0]
    approval = on_grid(world.approval + rules.approval_drift * (goal - world.approval))
    capital = world.capital + rules.capital_income * (0.5 + approval)
    governments = cast.governments
    grant = np.rint(world.budget).astype(np.int64)
    pay(money, governments, cast.outside, -grant)
    return replace(
        world,
        approval=approval,
        capital=on_grid(np.minimum(capital, rules.capital_limit)),
    )


def politics(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Move the stance, then renew approval and capital."""
    money = world.money.copy()
    return replace(govern(argue(world, orders, rules, chance, money), orders, rules, money), money=money)


ORDERS = (PRESS_ALLIES, GATHER_INTELLIGENCE, LOBBY, LICENSE_RARE_EARTHS)
