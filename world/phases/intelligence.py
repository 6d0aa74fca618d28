"""Intelligence: interested sources publish estimates, seats weigh them, and what was wrong costs credit."""

import numpy as np
from jaxtyping import Float, Int

from world.chance import Chance
from world.flows import on_grid, total
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

PUBLISH_ESTIMATE = OrderKind(
    name="publish_estimate",
    issuer="chipmaker",
    summary="Brief officials with a figure of one's own for Huawei's output (0: say nothing).",
    amounts=(
        Amount("chips", 0.0, 4_000_000.0, step=50_000.0, unit="chips/year", help="claimed output"),
    ),
    claim="C33",
)
KEEP_SECRETS = OrderKind(
    name="keep_secrets",
    issuer="planner",
    summary="Hide what the country makes, stores and buys.",
    amounts=(Amount("secrecy", 0.0, 1.0, step=0.25, unit="share", help="of what leaks out"),),
    price=1.0,
    claim="C34",
    is_secret=True,
)


def truth(world: World) -> Float[Array, "questions worlds"]:
    """What the disputed quantities really are, as logarithms, in the order of the scenario's questions."""
    cast = world.cast
    champion = int(np.flatnonzero(cast.is_champion)[0])
    foundry = cast.maker_foundry[champion]
    lead_product = world.die_yield[list(cast.product_maker).index(champion) + 1]
    figures = {
        "huawei_output": world.year_output,
        "smic_yield": lead_product,
        "advanced_wafers": world.capacity[foundry, 1] / 3,
        "ascend_wafers": world.started[champion].sum(axis=0) / 3,
        "memory_left": world.stacks[champion],
        "smuggled": world.landed.sum(axis=(0, 1)),
        "rented": total(world.rented),
        "lead": np.maximum(world.lead + 24.0, 1.0),
    }
    return np.log(np.stack([np.maximum(figures[q], 1e-3) for q in cast.questions]))


def published(
    world: World, orders: Dials, rules: Rules, chance: Chance, facts: Float[Array, "questions worlds"]
) -> Float[Array, "sources questions worlds"]:
    """What each source says: the truth, its lean, and noise; a chipmaker's briefing says what it was told to say."""
    cast = world.cast
    noise = chance.normal("intelligence.reports", len(cast.sources) * len(cast.questions))
    noise = noise.reshape(len(cast.sources), len(cast.questions), -1)
    said = facts[None] + cast.source_bias[..., None] + cast.source_noise[..., None] * noise * rules.report_noise
    said = np.where(cast.source_speaks[..., None], said, 0.0)
    claim = orders.publish_estimate.chips[~cast.seat_bloc("chipmaker")]
    briefing = cast.briefing_source
    output = cast.at("questions", "huawei_output")
    loudest = claim.max(axis=0)
    said[briefing, output] = np.where(loudest > 0, np.log(np.maximum(loudest, 1.0)), said[briefing, output])
    return said


def believed(
    world: World, orders: Dials, rules: Rules, chance: Chance, said: Array, facts: Array
) -> tuple[Float[Array, "questions seats worlds"], Float[Array, "questions seats worlds"]]:
    """Each seat's belief after the reports, as normals in logarithms: sources weigh by their noise and credit.

    A quarter passes, so old beliefs widen first; a controller that spends on intelligence sees for itself.
    """
    cast = world.cast
    speaks = cast.source_speaks[..., None]
    spread = np.square(np.maximum(cast.source_noise, 0.05))[..., None]
    hidden = 1 + rules.secrecy * orders.keep_secrets.secrecy
    weight = np.where(speaks, world.credibility[:, None] * rules.persuasion / (spread * hidden), 0.0)
    heard = said - rules.known_lean * cast.source_bias[..., None]
    weights, pulled = total(weight).astype(np.float32), total(weight * heard).astype(np.float32)
    precision = world.belief_width * np.float32(0.001)
    precision *= precision
    precision += np.square(rules.forgetting).astype(np.float32)
    np.reciprocal(precision, out=precision)
    middle = world.belief * np.float32(0.001)
    middle *= precision
    precision += weights[:, None]
    middle += pulled[:, None]
    seen_for_oneself(world, orders, rules, chance, facts, precision, middle)
    middle /= precision
    width = 1 / np.sqrt(precision, out=precision)
    return middle, width


def seen_for_oneself(
    world: World, orders: Dials, rules: Rules, chance: Chance, facts: Array, precision: Array, middle: Array
) -> None:
    """Add (in place) what seats find out themselves: the controller by its budget, the home side from its books."""
    cast = world.cast
    hidden = 1 + rules.secrecy * orders.keep_secrets.secrecy[0]
    bought = orders.gather_intelligence.spend[0] / 100.0 * rules.intelligence / hidden
    seen = facts + rules.own_noise * chance.normal("intelligence.own", len(cast.questions))
    lookers = [(int(seat), bought) for seat in cast.seats_of("controller")]
    lookers += [(i, rules.home_knowledge) for i, s in enumerate(cast.seats) if s.bloc == "cn"]
    for seat, weight in lookers:
        precision[:, seat] += weight
        middle[:, seat] += weight * seen


def disclosed(world: World, orders: Dials, rules: Rules, chance: Chance, said: Array, facts: Array) -> Array:
    """Credit after the quarter: now and then the facts come out, and who was far off is believed less."""
    cast = world.cast
    open_now = chance.uniform("intelligence.disclosure")[0] < rules.disclosure
    output = cast.at("questions", "huawei_output")
    off = np.where(cast.source_speaks[:, output, None], np.abs(said[:, output] - facts[output]), 0.0)
    lost = rules.credit_cost * np.clip(off - 0.5, 0.0, 2.0)
    fallen = world.credibility * np.exp(-lost)
    back = world.credibility + rules.credit_recovery * (1 - world.credibility)
    return on_grid(np.where(open_now, fallen, back))


def thousandths(x: Float[Array, "*shape"]) -> Int[Array, "*shape"]:
    """Logarithms in whole thousandths, as beliefs are kept."""
    x = x * np.float32(1000.0)
    return np.rint(x, out=x).astype(np.int16)


def inform(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Publish, believe, and settle who is still believed; spend what intelligence costs."""
    cast = world.cast
    champion = np.flatnonzero(cast.is_champion)[0]
    packed = world.cast.by_maker.summed(world.packed.astype(np.int64))[champion]
    world = replace(world, year_output=on_grid(world.year_output * 0.75 + packed))
    facts = truth(world)
    said = published(world, orders, rules, chance, facts)
    middle, width = believed(world, orders, rules, chance, said, facts)
    money = world.money.copy()
    controller = cast.seats_of("controller")
    spent = np.rint(orders.gather_intelligence.spend * 1000).astype(np.int64)
    spent = np.minimum(spent, np.maximum(money[controller], 0))
    money[controller] -= spent
    money[cast.outside] += spent.sum(axis=0)
    return replace(
        world,
        money=money,
        report=said.astype(np.float32),
        belief=thousandths(middle),
        belief_width=thousandths(width),
        credibility=disclosed(world, orders, rules, chance, said, facts),
    )


ORDERS = (PUBLISH_ESTIMATE, KEEP_SECRETS)
