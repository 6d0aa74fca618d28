"""Bench of asking: what imagining, previews and whys cost, and as a ratio to a plain turn of the same batch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.imagine import Imagined, imagine
from agents.rollout import seated, turned
from play.honesty import drafted
from play.keep import saved
from play.model import Chokepoint
from play.past import Past, past_of
from play.preview import QUARTERS, preview
from play.quantities import quantity
from play.record import EVERYTHING
from play.why import (
    AT_ONCE,
    LUCK,
    PAIRS,
    Source,
    explained,
    ladders_of,
    left_out_singly,
    orders_of_coming,
    seats_between,
)
from world.scenario import Scenario, read
from world.state import take
from world.turn import layout_of
from world.view import view

WORLDS = 256
SEED = 7
PLAYED = 6
"""Quarters of the game that is asked about."""
ASKED = "smuggled_chips"
ORDERS = 3
"""Orders of the draft."""


@dataclass(frozen=True)
class Count:
    """What is timed, how many game-turns it plays at least, and how long it may take (ms; 0: no goal)."""

    name: str
    action: Callable[[], Any]
    worlds: int
    turns: int
    goal: float = 0.0


def asking(scenario: str, best: Callable[[Callable[[], Any], int], float], runs: int) -> dict[str, Any]:
    """What each question costs: milliseconds, the plain turns of the same batch that this is worth, and the goal."""
    found, turn_of = {}, {}
    for count in counts(read(scenario)):
        if count.worlds not in turn_of:
            turn_of[count.worlds] = 1e3 * best(plain_turn(scenario, count.worlds), runs)
        taken = 1e3 * best(count.action, runs)
        found[count.name] = {
            "milliseconds": taken,
            "worlds": count.worlds,
            "turns_played": count.turns,
            "milliseconds_a_plain_turn": turn_of[count.worlds],
            "plain_turns": taken / turn_of[count.worlds],
            "goal_milliseconds": count.goal or None,
            "met": not count.goal or taken < count.goal,
        }
    return found


def plain_turn(scenario: str, worlds: int) -> Callable[[], Any]:
    """One turn of games in their fifth quarter, every seat deciding."""
    model = Chokepoint(scenario, seeds=range(1, worlds + 1))
    for _ in range(4):
        model.step()
    world, rules, players = model.world, model.rules, seated(model.cast, worlds)
    model.forget()
    return lambda: turned(world, rules, players)


def counts(scenario: Scenario) -> Iterator[Count]:
    """The questions, asked of one game by the seat that plays it."""
    model = Chokepoint(scenario, seeds=SEED, keep=EVERYTHING)
    seat, views = next(one.name for one in model.cast.seats if one.role == "controller"), []
    for _ in range(PLAYED):
        views.append(view(model.world, seat))
        model.step()
    views = views[: QUARTERS + 1]
    imagined = imagine(scenario, views, WORLDS)
    draft = draft_of(imagined, seat, ORDERS)
    yield Count("imagining, four quarters from scratch", lambda: imagine(scenario, views, WORLDS), 2 * WORLDS, QUARTERS)
    yield Count("headline preview", lambda: preview(imagined, draft), 2 * WORLDS, QUARTERS, 100)
    yield Count(
        "preview with causes", lambda: preview(imagined, draft, with_causes=True), 2 * WORLDS, 2 * QUARTERS, 300
    )
    past, asked = past_of(saved(model)), quantity(model.cast, ASKED)
    orders = len(past.orders_between(PLAYED, PLAYED))
    yield Count(
        f"leave-one-out of {orders} orders of a quarter",
        lambda: left_out_singly(past, asked, PLAYED),
        orders + 1,
        1,
        30,
    )
    ways = ways_of(past)
    yield Count(
        f"Shapley by seat, {ways:,} ways",
        lambda: explained(past, asked, PLAYED),
        min(ways, AT_ONCE),
        -(-ways // AT_ONCE),
        300,
    )


def draft_of(imagined: Imagined, seat: str, orders: int) -> dict[int, int]:
    """A legal draft of so many orders."""
    world, luck = take(imagined.world, np.array([0])), np.random.default_rng(SEED)
    entry_of = layout_of(world.cast).entry_of_dial
    while True:
        draft = drafted(world, seat, luck)
        if len({int(entry_of[dial]) for dial in draft}) == orders:
            return draft


def ways_of(past: Past) -> int:
    """How many ways of playing the quarter Shapley values by seat need."""
    sources = [*seats_between(past, PLAYED, PLAYED), *(Source(label, luck=label) for label in LUCK)]
    return len(ladders_of(orders_of_coming(sources, frozenset(), PAIRS, 0))[1])


def asking_lines(found: dict[str, Any]) -> Iterator[str]:
    """The costs as text."""
    yield "questions                                     ms   plain turns   of a batch of   goal"
    for name, one in found.items():
        met = "met" if one["met"] else "not met"
        goal = f"under {one['goal_milliseconds']:.0f}: {met}" if one["goal_milliseconds"] else "-"
        yield (f"{name:<40} {one['milliseconds']:>7.1f}   {one['plain_turns']:>11.1f}   {one['worlds']:>13,}   {goal}")
