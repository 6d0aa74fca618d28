"""Intelligence: interested sources publish estimates, seats weigh them, and what was wrong costs credit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Bool, Float, Int

from world.cast import Cast
from world.chance import Chance
from world.flows import exp, log, safe_ratio, total
from world.orders import Amount, Dials, OrderKind
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray

PUBLISH_ESTIMATE = OrderKind(
    name="publish_estimate",
    issuer="chipmaker",
    summary="Brief officials with a figure of one's own for Huawei's output (0: say nothing).",
    amounts=(Amount("chips", 0.0, 4_000_000.0, step=50_000.0, unit="chips/year", help="claimed output"),),
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


@dataclass(frozen=True)
class Question:
    """A disputed quantity: its unit, what it means, and the truth of it."""

    unit: str
    doc: str
    truth: Callable[[World], Array]
    shift: float = 0.0
    """What is added before the logarithm is taken, where the quantity can fall to zero and below."""
    least: float = 1e-3
    """The least that a logarithm is taken of."""

    def told(self, ln: float) -> float:
        """The quantity of which this is the logarithm, in its unit; a share is at most 1, and only months fall below 0."""
        value = float(np.exp(ln)) - self.shift
        if self.unit == "share":
            return min(value, 1.0)
        return value if self.unit == "months" else max(value, 0.0)


def _smic_yield(world: World) -> Array:
    """Of the dies of the second of Huawei's chips."""
    return world.die_yield[world.cast.product_maker.index(world.cast.champion) + 1]


def _advanced_wafers(world: World) -> Array:
    return world.capacity[world.cast.maker_foundry[world.cast.champion], 1] / 3


def _ascend_wafers(world: World) -> Array:
    return world.started[world.cast.champion].sum(axis=0) / 3


QUESTIONS = {
    "huawei_output": Question("chips/year", "accelerators that Huawei makes", lambda world: world.year_output),
    "smic_yield": Question("share", "share of good dies at SMIC", _smic_yield),
    "advanced_wafers": Question("wafers/month", "advanced wafers that SMIC can start", _advanced_wafers),
    "ascend_wafers": Question("wafers/month", "wafers started for Huawei's accelerators", _ascend_wafers),
    "memory_left": Question(
        "stacks",
        "memory stacks that Huawei holds",
        lambda world: world.stacks[world.cast.champion],
        shift=100_000.0,
    ),
    "smuggled": Question(
        "chips/quarter", "smuggled chips that reach China", lambda world: world.landed.sum(axis=(0, 1))
    ),
    "rented": Question("H100e", "compute that Chinese labs rent abroad", lambda world: total(world.rented)),
    "lead": Question("months", "lead of the US side over China", lambda world: world.lead, shift=24.0, least=1.0),
}
"""Every quantity that a scenario may have disputed, by name; the first must be asked."""


def truth(world: World) -> Float[Array, "questions worlds"]:
    """What the disputed quantities really are, as logarithms, in the order of the scenario's questions."""
    facts = np.empty((len(world.cast.questions), world.seed.size))
    for fact, name in zip(facts, world.cast.questions, strict=True):
        one = QUESTIONS[name]
        np.maximum(one.truth(world) + one.shift, one.least, out=fact)
    return log(facts)


def published(
    world: World, orders: Dials, rules: Rules, chance: Chance, facts: Float[Array, "questions worlds"]
) -> Float[Array, "sources questions worlds"]:
    """What each source says: the truth, its lean, and noise; a chipmaker's briefing says what it was told to say."""
    cast = world.cast
    source, question = cast.spoken
    places = source * len(cast.questions) + question
    noise = chance.normal("intelligence.reports", cast.source_speaks.size, only=places)
    noise *= cast.source_noise[source, question, None] * rules.report_noise
    said = np.zeros((*cast.source_speaks.shape, world.seed.size))
    said[source, question] = noise + (facts[question] + cast.source_bias[source, question, None])
    claim = orders.publish_estimate.chips[~cast.seat_bloc("chipmaker")]
    briefing = cast.briefing_source
    output = cast.at("questions", "huawei_output")
    loudest = claim.max(axis=0)
    said[briefing, output] = np.where(loudest > 0, log(np.maximum(loudest, 1.0)), said[briefing, output])
    return said


@cache
def sharpness(cast: Cast) -> Float[Array, "sources questions 1"]:
    """What a word of each source would weigh if it were believed in full: one over its variance, 0 where it says nothing."""
    return safe_ratio(cast.source_speaks, np.square(np.maximum(cast.source_noise, 0.05)))[..., None]


def believed(
    world: World, orders: Dials, rules: Rules, chance: Chance, said: Array, facts: Array, openly: Array
) -> tuple[Int[Array, "questions seats worlds"], Int[Array, "questions seats worlds"]]:
    """Each seat's belief after the reports, as normals in logarithms: sources weigh by their noise and credit.

    A quarter passes, so old beliefs widen first; a controller that spends on intelligence sees for itself, and
    everybody reads what came out, as certainly as `openly` says.
    Beliefs are in thousandths and many, so all of it is reckoned in thousandths and with short floats.
    """
    hidden = 1 + rules.secrecy * orders.keep_secrets.secrecy
    weight = sharpness(world.cast) * (world.credibility[:, None] * (rules.persuasion / hidden))
    heard = said - rules.known_lean * world.cast.source_bias[..., None]
    insight, seen = seen_for_oneself(world, orders, rules, chance, facts)
    precision = world.belief_width.astype(np.float32)
    precision *= precision
    precision += short(np.square(1000 * rules.forgetting))
    np.divide(np.float32(1), precision, out=precision)
    middle = world.belief.astype(np.float32)
    middle *= precision
    precision += short(total(weight) / 1e6)[:, None]
    alone = short(insight / 1e6)
    precision += alone
    precision += short(openly / 1e6)[:, None]
    middle += short(total(weight * heard) / 1e3)[:, None]
    looking = lookers(world.cast)
    middle[:, looking] += alone[looking] * short(seen * 1000)[:, None]
    middle += short(openly * read_by_all(chance, facts, openly) / 1e3)[:, None]
    middle /= precision
    np.sqrt(precision, out=precision)
    return rounded(middle), rounded(np.divide(np.float32(1), precision, out=precision))


def seen_for_oneself(
    world: World, orders: Dials, rules: Rules, chance: Chance, facts: Float[Array, "questions worlds"]
) -> tuple[Float[Array, "seats worlds"], Float[Array, "questions worlds"]]:
    """How certain seats are of what they find out themselves, and what that is.

    The controller looks as far as its budget goes, the home side has its books.
    """
    cast = world.cast
    hidden = 1 + rules.secrecy * orders.keep_secrets.secrecy[0]
    bought = orders.gather_intelligence.spend[0] / 100.0 * rules.intelligence / hidden
    insight = np.zeros((len(cast.seats), world.seed.size))
    insight[at_home(cast)] = rules.home_knowledge
    insight[cast.seat_rows("controller")] += bought
    return insight, facts + rules.own_noise * chance.normal("intelligence.own", len(cast.questions))


def read_by_all(chance: Chance, facts: Array, openly: Array) -> Float[Array, "questions worlds"]:
    """What everybody reads off what came out: the truth, with the error that its certainty stands for."""
    noise = chance.normal("intelligence.revealed", facts.shape[0])
    return facts + noise * safe_ratio(np.ones_like(openly), np.sqrt(openly))


@cache
def lookers(cast: Cast) -> Int[Array, " some"]:
    """The seats that can find out for themselves: China's, and the controllers."""
    return np.union1d(at_home(cast), cast.seats_of("controller"))


@cache
def at_home(cast: Cast) -> Int[Array, " some"]:
    """The seats that are China's."""
    return np.flatnonzero([seat.bloc == "cn" for seat in cast.seats])


def came_out(world: World, rules: Rules) -> Float[Array, "questions worlds"]:
    """How certain everybody becomes in the quarter by what comes out unasked (1/ln2; 0: nothing comes out).

    No secrecy hides it: a chip on sale is taken apart, a record model's training compute has to come from somewhere,
    and customs publish what they catch.
    """
    torn, leapt = is_torn_down(world), has_leapt(world, rules)
    large = world.caught.sum(axis=0) >= rules.large_seizure
    told = {
        "smic_yield": torn * rules.teardown_yield,
        "ascend_wafers": torn * rules.teardown_origin,
        "memory_left": torn * rules.teardown_origin,
        "smuggled": large * rules.seizure_tells,
        "rented": leapt * rules.record_tells,
    }
    openly = np.zeros((len(world.cast.questions), world.seed.size))
    for certainty, name in zip(openly, world.cast.questions, strict=True):
        certainty += told.get(name, 0.0)
    return openly


def is_torn_down(world: World) -> Bool[Array, " worlds"]:
    """Whether the first chips of a design of Huawei's were finished in the quarter: all that there are of it are new."""
    cast, torn = world.cast, np.zeros(world.seed.shape, dtype=bool)
    for product in cast.by_maker.members[cast.champion].tolist():
        packed = world.packed[product]
        if packed.any():
            held = world.chips[cast.by_slot_product.members[product]].sum(axis=0)
            torn |= (packed > 0) & (world.unsold[product] + held + world.retired[product] <= packed)
    return torn


def has_leapt(world: World, rules: Rules) -> Bool[Array, " worlds"]:
    """Whether a Chinese lab released a model that leaps beyond China's best."""
    leapt: Array = world.record_score[1, 0] - world.record_score[1, 1] >= rules.record_leap
    return leapt


def short(x: Array) -> Array:
    """A float of 32 bits."""
    return x.astype(np.float32)


def rounded(x: Float[Array, "*shape"]) -> Int[Array, "*shape"]:
    """Whole thousandths, as beliefs are kept (over `x`)."""
    return np.rint(x, out=x).astype(np.int16)


def disclosed(world: World, rules: Rules, chance: Chance, said: Array, facts: Array) -> Array:
    """Credit after the quarter: now and then the facts come out, and who was far off is believed less."""
    cast = world.cast
    open_now = chance.uniform("intelligence.disclosure")[0] < rules.disclosure
    output = cast.at("questions", "huawei_output")
    off = np.abs(said[:, output] - facts[output]) * cast.source_speaks[:, output, None]
    lost = rules.credit_cost * (off - 0.5).clip(0.0, 2.0)
    fallen = world.credibility * exp(-lost)
    back = world.credibility + rules.credit_recovery * (1 - world.credibility)
    return np.where(open_now, fallen, back)


def inform(world: World, orders: Dials, rules: Rules, chance: Chance) -> World:
    """Publish, believe, and settle who is still believed; spend what intelligence costs."""
    cast = world.cast
    packed = world.packed[cast.by_maker.members[cast.champion]].sum(axis=0)
    world = replace(world, year_output=world.year_output * 0.75 + packed)
    facts = truth(world)
    said = published(world, orders, rules, chance, facts)
    openly = came_out(world, rules)
    belief, width = believed(world, orders, rules, chance, said, facts, openly)
    money = world.money.copy()
    controller = cast.seat_rows("controller")
    spent = np.rint(orders.gather_intelligence.spend * 1000).astype(np.int64)
    spent = np.minimum(spent, np.maximum(money[controller], 0))
    money[controller] -= spent
    money[cast.outside] += spent.sum(axis=0)
    return replace(
        world,
        money=money,
        report=said.astype(np.float32),
        belief=belief,
        belief_width=width,
        revealed=openly > 0,
        credibility=disclosed(world, rules, chance, said, facts),
    )


ORDERS = (PUBLISH_ESTIMATE, KEEP_SECRETS)
