"""Imagine: worlds that agree with what one seat has seen, to look ahead in without looking at the truth.

A cloud of games is drawn as any game is, from the scenario's ranges. It follows the seat through the quarters
that it saw: what the seat saw exactly is written over each of them, what it saw ordered is ordered, and the rest
goes on as rules and `standard` players would have it. In the end those count most that the seat's own beliefs
make likely. Luck to come follows from a hash of the view, so nothing here can be traced to the game's own.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_rules
from functools import cache

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from agents.rollout import handed_in, seated
from world.cast import Cast
from world.chance import Chance
from world.flows import log10, safe_ratio
from world.phases import intelligence, research
from world.rules import Rules, take_rules
from world.scenario import Scenario, opened
from world.state import World, columns, replace, take
from world.turn import advance
from world.view import View, visible

Array = np.ndarray

SPARE = 2
"""Worlds drawn for each that is wanted, so that there is a choice."""
LEEWAY = 0.5
"""Distance (ln) that a world may be from what a seat believes, beside the width of the belief."""
KEPT_APART = 0.25
"""Share of the worlds that must count at least; where fewer agree with the beliefs, those weigh less."""
LEAST_ORDERS = 0.1
"""Orders of magnitude of training compute from which its worth can be read."""


@dataclass(frozen=True)
class Imagined:
    """Worlds as one seat may think they are, each with coefficients and luck of its own."""

    world: World
    rules: Rules
    seat: int
    before: World | None = None
    """The same worlds a quarter earlier; None at the opening."""
    wanted: Int[Array, "dials worlds"] | None = None
    """What was asked for in that quarter."""
    notes: Array | None = None

    @property
    def size(self) -> int:
        """How many worlds there are."""
        return int(self.world.seed.size)

    def taken(self, chosen: Int[Array, " chosen"]) -> "Imagined":
        """The chosen worlds, in that order."""
        return Imagined(
            take(self.world, chosen),
            take_rules(self.rules, chosen),
            self.seat,
            None if self.before is None else take(self.before, chosen),
            None if self.wanted is None else np.take(self.wanted, chosen, axis=-1),
            None if self.notes is None else np.take(self.notes, chosen, axis=-1),
        )


def imagine(
    scenario: Scenario, views: Sequence[View], worlds: int = 256, settings: Mapping[str, str | float] | None = None
) -> Imagined:
    """Worlds that agree with what a seat saw of one game, from its opening to now (a view for each quarter)."""
    cloud = first_cloud(scenario, views[0], worlds * SPARE, settings)
    for view in views[1:]:
        cloud = followed(cloud, view)
    return likely(cloud, views[-1], worlds)


def first_cloud(
    scenario: Scenario, view: View, worlds: int, settings: Mapping[str, str | float] | None = None
) -> Imagined:
    """Games of the scenario in which the seat sees what it sees on the opening day."""
    world, rules = opened(scenario, seeds_of(view, worlds), settings)
    seat = view.seats[0]
    world = agreed(world, view)
    return Imagined(world, with_own_returns(world, rules, seat), seat)


def with_own_returns(world: World, rules: Rules, seat: int) -> Rules:
    """Coefficients that fit what a lab's own score is made of: it knows what its compute has brought it so far.

    On the opening day a score is a lab's talent, and what its training compute is worth. A lab sees both, so it
    sees the worth; with any other, its next model would leap. Others see no talent, and keep what was drawn.
    """
    labs = world.cast.seats_of("lab")
    if seat not in labs or world.turn[0] != 0:
        return rules
    lab = int(seat - labs[0])
    orders = log10(np.maximum(world.trained[lab], 1e-6)) + world.algorithms[lab]
    worth = safe_ratio(world.score[lab].astype(float) - world.talent[lab], orders * rules.compute_returns)
    known = (np.abs(orders) > LEAST_ORDERS) & (worth > 0)
    return replace_rules(rules, eci_per_order=np.where(known, worth, rules.eci_per_order))


def followed(cloud: Imagined, view: View) -> Imagined:
    """The cloud a quarter later: what the seat saw ordered was ordered, and what it sees now is so."""
    world = cloud.world
    wanted, notes = handed_in(world, seated(world.cast, cloud.size))
    rows = visible(world.cast, "ordered", cloud.seat)
    wanted[rows] = view.seen("ordered").values[rows]
    after = advance(world, wanted, cloud.rules, notes=notes)
    after = with_models_seen(world, agreed(after, view), after, cloud.rules, view)
    return Imagined(after, cloud.rules, cloud.seat, world, wanted, notes)


def with_models_seen(before: World, now: World, imagined: World, rules: Rules, view: View) -> World:
    """Labs elsewhere as good as the models that they released, and training since.

    Scores are public and their makings are not. Where a better model came out, what the lab has beyond compute and
    algorithms is what the score leaves, but for the luck of that world's draw; else its next model would leap.
    A run that ended unseen goes on, and one that was seen to end begins anew.
    """
    hidden = ~visible(now.cast, "talent", view.seats[0])[:, None]
    came, came_here = now.released & hidden, imagined.released & hidden
    luck = Chance(before.seed, before.turn, "world/")
    would_be = research.candidates(before, rules, luck, imagined.trained, imagined.algorithms)
    is_better = came & (now.score > before.score)
    ended, goes_on = came & ~came_here, came_here & ~came

    def run(name: str, aged: float) -> Array:
        still = getattr(before, name) + aged
        return np.where(goes_on, still, np.where(ended, 0.0, getattr(now, name))).astype(np.float32)

    return replace(
        now,
        talent=np.where(is_better, now.talent + now.score - would_be, now.talent).astype(np.float32),
        run_target=np.where(goes_on, before.run_target, now.run_target),
        run_done=run("run_done", 0.0),
        run_age=run("run_age", 1.0),
        run_due=np.where(goes_on, before.run_due, now.run_due),
    )


def likely(cloud: Imagined, view: View, worlds: int) -> Imagined:
    """The worlds of a cloud, those more often that the seat's beliefs make likely, with luck of their own from now on."""
    seeds = seeds_of(view, worlds + 1)
    chosen = resampled(weights(cloud.world, view), worlds, float(seeds[-1] >> np.uint64(11)) * 2.0**-53)
    found = cloud.taken(chosen)
    return Imagined(
        replace(found.world, seed=seeds[:-1].copy()), found.rules, found.seat, found.before, found.wanted, found.notes
    )


def weights(world: World, view: View) -> Float[Array, " worlds"]:
    """How likely the seat's beliefs make each world, as shares of one; flattened where hardly any is likely."""
    off = np.zeros(world.seed.size)
    facts = intelligence.truth(world)
    for row, question in enumerate(world.cast.questions):
        belief = view.belief(question)
        width = np.hypot(belief.width[0, 0], LEEWAY)
        off += np.square((facts[row] - belief.ln[0, 0]) / width)
    for flattened in (1.0, 0.5, 0.25, 0.1, 0.05, 0.0):
        weight = np.exp(-0.5 * flattened * (off - off.min()))
        weight /= weight.sum()
        if 1 / np.square(weight).sum() >= KEPT_APART * off.size:
            break
    return weight


def resampled(weight: Float[Array, " worlds"], wanted: int, start: float) -> Int[Array, " wanted"]:
    """Numbers of worlds, each about as often as it weighs (systematic resampling from a start of 0 to 1)."""
    places = (np.arange(wanted) + start) / wanted
    return np.searchsorted(np.cumsum(weight), places * (1 - 1e-12)).clip(0, weight.size - 1).astype(np.intp)


def agreed(world: World, view: View) -> World:
    """The worlds with everything that the seat sees exactly written over them, and the hidden ledgers in balance."""
    seat, changed = view.seats[0], {}
    for name, mask in seen_columns(world.cast, seat):
        seen = view.seen(name).values
        if mask is None:
            changed[name] = np.repeat(seen, world.seed.size, axis=-1)
        else:
            changed[name] = getattr(world, name).copy()
            changed[name][mask] = seen[mask]
    return balanced(world, replace(world, **changed))


def balanced(before: World, after: World) -> World:
    """Stacks never made are taken off the books and money that appeared is the outside's, as nobody can see either."""
    held = after.memory_stock.sum(axis=0) + after.stacks.sum(axis=0) + after.stacks_used.sum(axis=0)
    made, money = after.stacks_made.copy(), after.money.copy()
    made[0] += held - made.sum(axis=0)
    money[after.cast.outside] += before.money.sum(axis=0) - money.sum(axis=0)
    return replace(after, stacks_made=made, money=money)


@cache
def seen_columns(cast: Cast, seat: int) -> tuple[tuple[str, Bool[Array, "*rows"] | None], ...]:
    """Columns of which a seat sees something exactly, and which entries (None: all)."""
    masks = ((name, visible(cast, name, seat)) for name in columns())
    return tuple((name, None if mask.all() else mask) for name, mask in masks if mask.any())


def seeds_of(view: View, worlds: int) -> UInt64[Array, " worlds"]:
    """Seeds for imagined worlds: a hash of all that the seat sees, and of nothing else."""
    digest = hashlib.shake_128(f"{view.seats[0]}".encode())
    for name, mask in seen_columns(view.cast, view.seats[0]):
        seen = view.seen(name).values
        digest.update(np.ascontiguousarray(seen if mask is None else seen[mask]).tobytes())
    return np.frombuffer(digest.digest(8 * worlds), dtype="<u8").astype(np.uint64)
