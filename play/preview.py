"""Preview: what a draft of orders would change, as far as the seat that gives it can know.

Two arms are played from the worlds that the seat imagines, with the same luck: one with the draft, one in which the
seat changes nothing. Everybody else plays `standard` in both and answers what happens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import factorial

import numpy as np
from jaxtyping import Float

from agents.imagine import Imagined
from agents.rollout import handed_in, seated
from play.outcomes import MEAN, SUM
from play.quantities import Quantity, outcome_quantities, quantity
from world.phases import intelligence
from world.rules import take_rules
from world.state import World, take
from world.turn import advance, layout_of

Array = np.ndarray

QUARTERS = 4
"""How far a preview looks."""
CAUSES = 64
"""Worlds in which the orders of a draft are told apart."""
RANGES = (5.0, 25.0, 50.0, 75.0, 95.0)
"""Percentiles of a range: the middle, half of all and nine in ten."""
SLIGHT = 0.01
"""A middle effect under this share of how much the quantity is unknown anyway is hardly one."""
WHOSE = ("objective.", "score.")
"""How quantities begin that are one seat's own, and not told among those that move most."""
NAMED = 3
"""Quantities that are named for moving most, on the good side and on the bad."""


@dataclass(frozen=True)
class Effect:
    """What a draft does to a quantity, against changing nothing."""

    quantity: Quantity
    by_quarter: Float[Array, "quarters percentiles"]
    whole: Float[Array, " percentiles"]
    """Over all the quarters: of the last one, their sum or their mean, as the quantity counts."""
    still: Float[Array, " percentiles"]
    """What it comes to if nothing is changed."""
    samples: Float[Array, " worlds"]
    """The whole effect in each imagined world."""
    drafted: Float[Array, " percentiles"]
    """What it comes to with the draft."""

    @property
    def size(self) -> float:
        """The middle of the effect in units of how much the quantity is unknown anyway."""
        spread = float(self.still[4] - self.still[0])
        return float(self.whole[2]) / spread if spread > 0 else 0.0

    @property
    def is_slight(self) -> bool:
        """Whether the middle of the effect is hardly anything beside how much the quantity is unknown anyway."""
        return abs(self.size) < SLIGHT


@dataclass(frozen=True)
class WorstTenth:
    """What the draft does to the seat's own objectives in the tenth of the worlds where it does least well."""

    mean: float
    known_by: str
    """The disputed quantity that tells those worlds from the others most."""
    there: float
    elsewhere: float


@dataclass(frozen=True)
class Preview:
    """What a draft of one seat does in the worlds it imagines."""

    seat: str
    draft: Mapping[int, int]
    quarters: int
    effects: Mapping[str, Effect]
    rivals: Mapping[str, Effect]
    """What it does to the objectives of the others, the most helped first."""
    worst: WorstTenth
    orders: Mapping[str, Mapping[int, float]]
    """For some quantities, what each order of the draft (by entry) adds to the mean effect; the orders add up."""
    spread: Mapping[str, Mapping[int, Float[Array, " worlds"]]] = field(default_factory=dict)
    """The same in each of the worlds in which the orders were told apart; in each of them they add up."""

    def causes(self, name: str) -> tuple[dict[int, Float[Array, " percentiles"]], Float[Array, " percentiles"]]:
        """The range of what each order adds to a quantity, and of what they add together."""
        parts = self.spread.get(name, {})
        together = np.sum(list(parts.values()), axis=0) if parts else np.zeros(1)
        return {entry: ranges_of(size) for entry, size in parts.items()}, ranges_of(together)

    def most_moved(self, own: str) -> tuple[list[Effect], list[Effect]]:
        """The quantities that move most for and against the seat's objectives, by how they go with them."""
        good: list[Effect] = []
        bad: list[Effect] = []
        for effect in sorted(self.effects.values(), key=lambda e: -abs(e.size)):
            side = going_with(self.effects[own].samples, effect.samples)
            if effect.quantity.name.startswith(WHOSE) or not side or not effect.whole[2]:
                continue
            (good if side * effect.whole[2] > 0 else bad).append(effect)
        return good[:NAMED], bad[:NAMED]


def going_with(own: Float[Array, " worlds"], other: Float[Array, " worlds"]) -> float:
    """Whether another effect goes with the own objective (1), against it (-1) or neither."""
    return float(np.sign(np.mean(own) * np.mean(other)))


def preview(
    imagined: Imagined,
    draft: Mapping[int, int],
    names: Sequence[str] = (),
    quarters: int = QUARTERS,
    with_causes: bool = False,
) -> Preview:
    """What a draft (dial, step) of the imagining seat changes over some quarters; all outcomes, or quantities by name.

    Raises UnknownQuantity.
    """
    cast = imagined.world.cast
    seat = cast.names["seats"][imagined.seat]
    known = outcome_quantities(cast)
    wanted = {name: quantity(cast, name) for name in names} if names else known
    objectives = {f"objective.{name}": name for name in cast.names["seats"]}
    states = played_together(imagined, [{}, draft], quarters)
    found = effects_on({**wanted, **{name: known[name] for name in objectives}}, states)
    own = found[f"objective.{seat}"]
    effects = {name: found[name] for name in dict.fromkeys([*wanted, f"objective.{seat}"])}
    rivals = {name: found[label] for label, name in objectives.items() if name != seat}
    asked = [f"objective.{seat}", *(names or ("lead",))] if with_causes else []
    spread = told_apart(imagined, draft, asked, quarters) if asked else {}
    causes = {name: {entry: float(size.mean()) for entry, size in parts.items()} for name, parts in spread.items()}
    return Preview(
        seat,
        draft,
        quarters,
        effects,
        dict(sorted(rivals.items(), key=lambda pair: -float(pair[1].whole[2]))),
        worst_tenth(imagined, own.samples),
        causes,
        spread,
    )


def played_arms(imagined: Imagined, drafts: Sequence[Mapping[int, int]], quarters: int) -> list[list[World]]:
    """For each draft, the imagined worlds after each quarter; the seat gives the draft and then changes nothing."""
    states, size = played_together(imagined, drafts, quarters), imagined.size
    arms = [np.arange(at * size, (at + 1) * size) for at in range(len(drafts))]
    return [[take(world, arm) for world in states] for arm in arms]


def played_together(imagined: Imagined, drafts: Sequence[Mapping[int, int]], quarters: int) -> list[World]:
    """The same as one batch: after each quarter the worlds with the first draft, then those with the second."""
    size = imagined.size
    places = np.tile(np.arange(size), len(drafts))
    world, rules = take(imagined.world, places), take_rules(imagined.rules, places)
    cast = world.cast
    players = seated(cast, places.size, {cast.names["seats"][imagined.seat]: "still"})
    found: list[World] = []
    for quarter in range(quarters):
        wanted, notes = handed_in(world, players)
        if quarter == 0:
            for at, draft in enumerate(drafts):
                for dial, step in draft.items():
                    wanted[dial, at * size : (at + 1) * size] = step
        world = advance(world, wanted, rules, notes=notes)
        found.append(world)
    return found


def histories(quantity: Quantity, states: Sequence[World], arms: int) -> Float[Array, "arms quarters worlds"]:
    """A quantity in every arm, quarter and world of arms that were played together."""
    history = np.stack([quantity.of(world) for world in states])
    return history.reshape(len(states), arms, -1).swapaxes(0, 1)


def effects_on(quantities: Mapping[str, Quantity], states: Sequence[World]) -> dict[str, Effect]:
    """What the second of two arms that were played together does to quantities, against the first."""
    changes, wholes, stills, drafted = [], [], [], []
    for one in quantities.values():
        before, after = histories(one, states, 2)
        changes.append(np.nan_to_num(after - before))
        wholes.append(over(one, changes[-1]))
        stills.append(np.nan_to_num(over(one, before)))
        drafted.append(np.nan_to_num(over(one, after)))
    by_quarter, whole, still, moved = (ranges_of(np.stack(rows)) for rows in (changes, wholes, stills, drafted))
    return {
        name: Effect(one, by_quarter[at], whole[at], still[at], wholes[at], moved[at])
        for at, (name, one) in enumerate(quantities.items())
    }


def effect_on(quantity: Quantity, still: Sequence[World], moved: Sequence[World]) -> Effect:
    """What the second arm does to a quantity, against the first."""
    before, after = (np.stack([quantity.of(world) for world in arm]) for arm in (still, moved))
    change = np.nan_to_num(after - before)
    whole = over(quantity, change)
    stands = np.nan_to_num(over(quantity, before))
    moved_to = np.nan_to_num(over(quantity, after))
    return Effect(quantity, ranges_of(change), ranges_of(whole), ranges_of(stands), whole, ranges_of(moved_to))


def ranges_of(values: Float[Array, "*rows worlds"]) -> Float[Array, "*rows percentiles"]:
    """The percentiles of a range over the worlds, read between neighbours where they fall between two."""
    ordered = np.sort(values, axis=-1)
    places = np.array(RANGES) / 100 * (values.shape[-1] - 1)
    below = np.floor(places).astype(np.intp)
    above = np.minimum(below + 1, values.shape[-1] - 1)
    low, high = ordered[..., below], ordered[..., above]
    return low + (high - low) * (places - below)


def over(quantity: Quantity, history: Float[Array, "quarters worlds"]) -> Float[Array, " worlds"]:
    """What some quarters of a quantity come to."""
    if quantity.over == SUM:
        return history.sum(axis=0)
    return history.mean(axis=0) if quantity.over == MEAN else history[-1]


def worst_tenth(imagined: Imagined, own: Float[Array, " worlds"]) -> WorstTenth:
    """The tenth of the worlds in which an effect is least, and what tells them from the others."""
    facts = intelligence.truth(imagined.world)
    worst = np.zeros(own.size, dtype=bool)
    worst[np.argsort(own, kind="stable")[: max(own.size // 10, 1)]] = True
    apart = np.abs(facts[:, worst].mean(axis=1) - facts[:, ~worst].mean(axis=1))
    apart = apart / np.maximum(facts.std(axis=1), 1e-9) * (facts.std(axis=1) > 1e-6)
    row = int(np.argmax(apart))
    question = imagined.world.cast.questions[row]
    there, elsewhere = (
        intelligence.QUESTIONS[question].told(float(np.median(facts[row, mask]))) for mask in (worst, ~worst)
    )
    return WorstTenth(float(own[worst].mean()), question, there, elsewhere)


def told_apart(
    imagined: Imagined, draft: Mapping[int, int], names: Sequence[str], quarters: int
) -> dict[str, dict[int, Float[Array, " worlds"]]]:
    """What each order of a draft adds to some quantities, world by world (Shapley values over all its subsets)."""
    cast = imagined.world.cast
    layout = layout_of(cast)
    entries = list(dict.fromkeys(int(layout.entry_of_dial[dial]) for dial in draft))
    few = imagined.taken(np.arange(min(imagined.size, CAUSES)))
    subsets = list(product((False, True), repeat=len(entries)))
    drafts = [
        {dial: step for dial, step in draft.items() if subset[entries.index(int(layout.entry_of_dial[dial]))]}
        for subset in subsets
    ]
    states = played_together(few, drafts, quarters)
    found = {}
    for name in dict.fromkeys(names):
        one = quantity(cast, name)
        history = np.nan_to_num(histories(one, states, len(drafts)))
        value = {s: over(one, h).astype(float) for s, h in zip(subsets, history, strict=True)}
        found[name] = {entry: shapley(value, at, len(entries)) for at, entry in enumerate(entries)}
    return found


def shapley(value: Mapping[tuple[bool, ...], Array], at: int, size: int) -> Array:
    """What one member adds, on average over the orders in which all could have come in."""
    share = np.zeros(1)
    for subset, worth in value.items():
        if not subset[at]:
            there = sum(subset)
            weight = factorial(there) * factorial(size - there - 1) / factorial(size)
            share = share + weight * (value[(*subset[:at], True, *subset[at + 1 :])] - worth)
    return share
