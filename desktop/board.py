"""Board: what the map shows, as plain data that needs no window: flows, installed compute, gains, closed ways, the race.

Everything comes from one seat's views and from the worlds that it imagines; once the game is over, from the truth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Float

from agents.imagine import Imagined
from agents.rollout import seated, turned
from desktop.chrome import Card
from desktop.currents import Currents, Five, Route, currents_of, five_of, installed_of
from desktop.foresight import due_cards
from desktop.news import news_of
from desktop.places import Lane, Places, Spot
from desktop.table import Table
from play.asking import CannotAsk
from play.snapshot import snapshot
from play.story import Story
from play.words import Words
from world.state import World
from world.view import view

Array = np.ndarray
Tree = Mapping[str, Any]

WORLDS = 256
"""Imagined worlds in which what a seat does not see is reckoned."""
FUTURES = 128
AHEAD = 4
"""Quarters for which the race is projected."""
GAINS = ("us", "abroad", "china", "domestic_cn", "remote", "licensed", "smuggled")
"""The rows of what was gained: by the US side, by other countries, and by China, which is the sum of the four after it."""


@dataclass(frozen=True)
class Current:
    """What passed from a site to a site through a channel, as far as the seat knows."""

    route: Route
    amount: Five


@dataclass(frozen=True)
class Figure:
    """A figure beside flows: where it stands, and the sum that it tells."""

    spot: Spot
    routes: tuple[Route, ...]
    amount: Five


@dataclass(frozen=True)
class Gate:
    """A way of tools, memory or wafers: whether a control closes it, and the share of goods denied."""

    lane: Lane
    is_closed: bool = False
    denied: float = 0.0
    is_new: bool = False
    """Whether that changed in the quarter."""


@dataclass(frozen=True)
class Known:
    """What is reckoned from a batch of worlds."""

    currents: tuple[Current, ...] = ()
    figures: tuple[Figure, ...] = ()
    gains: Mapping[str, Five] = field(default_factory=dict)
    installed: Mapping[str, Five] = field(default_factory=dict)
    ratio: float = 0.0
    """How many times the compute that China gained the US side did: the middle of the worlds; 0 where that is nothing."""


@dataclass(frozen=True)
class Racing:
    """The race: scores by year for each side, every lab, the lead, and fans of what may come."""

    now: float
    sides: Mapping[str, tuple[tuple[float, float], ...]]
    labs: Mapping[str, tuple[tuple[float, float], ...]]
    lead: float
    """Months; negative where China leads."""
    fans: Mapping[str, tuple[tuple[float, float, float, float], ...]]


@dataclass(frozen=True, eq=False)
class Board:
    """What the map of one seat shows after a quarter; itself a key of what is drawn from it."""

    seat: str
    turn: int
    quarter: str
    """The quarter that the flows are of."""
    is_forecast: bool
    """Whether that quarter is still to come, as before the first one was played."""
    is_truth: bool
    known: Known
    gates: tuple[Gate, ...]
    racing: Racing
    cards: tuple[Card, ...]
    is_blind: bool = False
    """Whether the seat cannot imagine anything, because the game's scenario is not known."""


def board_of(table: Table, seat: str, turn: int, places: Places, words: Words) -> Board:
    """The board of a seat of a table; reckoned beside the drawing."""
    cast, story = table.model.cast, table.model.story
    seen = [snapshot(view(table.state(at), seat), story) for at in range(turn + 1)]
    blind, futures, pair = False, None, None
    try:
        imagined = table.sittings[seat].mind.imagined(WORLDS)
        pair, futures = batch_of(imagined), imagined
    except CannotAsk:
        blind = True
    is_truth = table.is_over and turn > 0
    if is_truth:
        pair = table.state(turn - 1), table.state(turn)
    known = Known() if pair is None else known_of(*pair, places)
    return Board(
        seat,
        turn,
        story.quarter(max(1, turn)),
        turn == 0,
        is_truth,
        known,
        gates_of(seen, places),
        racing_of(seen, opening_of(story), None if table.is_over else futures),
        (*due_cards(table, seat, turn, words), *news_of(seen, cast, story, words)),
        blind,
    )


def board_before(table: Table) -> Board | None:
    """The board of the quarter before, where the seat looked at it then."""
    key, answer = (table.seat, table.turn - 1), table.answers.get("board")
    is_done = answer is not None and answer.key == key and answer.is_there and not answer.work.cancelled()
    if answer is not None and is_done and answer.work.exception() is None:
        table.views["board_before"] = answer.value
    found: Board | None = table.views.get("board_before")
    return found if found is not None and (found.seat, found.turn) == key else None


def opening_of(story: Story) -> float:
    """The day of the opening as a year with its fraction."""
    return story.start.year + story.start.timetuple().tm_yday / 365.25


def batch_of(imagined: Imagined) -> tuple[World, World]:
    """The last quarter of imagined worlds; before the first one, the first as it will likely be."""
    if imagined.before is not None:
        return imagined.before, imagined.world
    world = imagined.world
    return world, turned(world, imagined.rules, seated(world.cast, imagined.size))


def known_of(before: World | None, after: World, places: Places) -> Known:
    """Flows, figures, gains and installed compute from a batch of worlds."""
    currents = currents_of(before, after, places)
    gains = gains_of(currents, places, after.turn.size)
    ratio = 0.0
    if (gains["china"] > 0).any():
        ratio = float(np.median(gains["us"] / np.maximum(gains["china"], 1.0)))
    return Known(
        tuple(Current(route, five_of(h100e)) for route, h100e in currents.items()),
        figures_of(currents, places),
        {name: five_of(h100e) for name, h100e in gains.items()},
        {site: five_of(h100e) for site, h100e in installed_of(after, places).items()},
        ratio,
    )


def gains_of(currents: Currents, places: Places, worlds: int) -> dict[str, Float[Array, " worlds"]]:
    """Compute gained by side and channel: H100e bought, smuggled or rented in the quarter."""
    found: dict[str, Array] = {name: np.zeros(worlds) for name in GAINS}
    for route, h100e in currents.items():
        name = gain_of(route, places)
        if name:
            found[name] = found[name] + h100e
    found["china"] = sum((found[name] for name in GAINS[3:]), np.zeros(worlds))
    return found


def gain_of(route: Route, places: Places) -> str:
    """The row that a route counts in; none for dies, which come to market later."""
    if route.channel == "licensed":
        return "licensed" if route.end == places.gates["licensed"] else "abroad"
    return {"domestic_us": "us", "export_cn": "abroad", "proxy": ""}.get(route.channel, route.channel)


def figures_of(currents: Currents, places: Places) -> tuple[Figure, ...]:
    """Every route in the first figure that fits it; routes that none fits together by channel."""
    grouped: dict[str, tuple[Spot, list[Route]]] = {}
    for route in currents:
        fits = (spot for spot in places.spots if spot.channel == route.channel and spot.to in ("", route.end))
        spot = next(fits, Spot(f"other_{route.channel}", route.channel))
        grouped.setdefault(spot.name, (spot, []))[1].append(route)
    return tuple(
        Figure(spot, tuple(routes), five_of(sum((currents[route] for route in routes), np.zeros(1))))
        for spot, routes in grouped.values()
    )


def gates_of(seen: Sequence[Tree], places: Places) -> tuple[Gate, ...]:
    """Ways of tools, memory and wafers, and what the public rules in force deny of them, now and a quarter ago."""
    before = seen[-2] if len(seen) > 1 else seen[-1]
    found = []
    for lane in places.lanes:
        denied, was = denied_of(seen[-1], lane), denied_of(before, lane)
        found.append(Gate(lane, lane.rule is not None and denied >= lane.closed, denied, denied != was))
    return tuple(found)


def denied_of(seen: Tree, lane: Lane) -> float:
    """The share of a lane's goods that the strictest rule in force denies."""
    if lane.rule is None:
        return 0.0
    order, amount = lane.rule
    rules = [one for one in (*seen["rules"], *seen["dials"]) if one["order"] == order]
    return max((float(one["amounts"][amount]["in_force"]) for one in rules), default=0.0)


def racing_of(seen: Sequence[Tree], start: float, imagined: Imagined | None) -> Racing:
    """The race from public scores, and fans from what the seat imagines."""
    last = seen[-1]["quantities"]
    now = start + len(seen[1:]) / 4
    labs = {
        lab: tuple((start + at / 4, float(one["quantities"]["score"]["values"][lab])) for at, one in enumerate(seen))
        for lab in last["score"]["values"]
    }
    sides = {side: records(last, side, start, now) for side in ("us", "cn")}
    fans = {} if imagined is None else fans_of(imagined, now)
    return Racing(now, sides, labs, float(last["lead"]["values"][""]), fans)


def records(quantities: Tree, side: str, start: float, now: float) -> tuple[tuple[float, float], ...]:
    """When the best model of a side reached which score: (year, score), the present last."""
    scores, months = (quantities[name]["values"] for name in ("record_score", "record_month"))
    pairs = {(start + months[key] / 12, score) for key, score in scores.items() if key.startswith(side) and score > 0}
    points = sorted((min(year, now), score) for year, score in pairs)
    return (*points, (now, points[-1][1])) if points and points[-1][0] < now else tuple(points)


def fans_of(imagined: Imagined, now: float) -> dict[str, tuple[tuple[float, float, float, float], ...]]:
    """The best score of each side in imagined futures, quarter by quarter: (year, 5 %, 50 %, 95 %)."""
    some = imagined.taken(np.arange(min(FUTURES, imagined.size)))
    world, players = some.world, seated(some.world.cast, some.size)
    left = int((world.length - world.turn).max())
    fans: dict[str, list[tuple[float, float, float, float]]] = {"us": [], "cn": []}
    for ahead in range(min(AHEAD, left) + 1):
        if ahead:
            world = turned(world, some.rules, players)
        for row, side in enumerate(("us", "cn")):
            low, middle, high = np.percentile(world.record_score[row, 0], (5, 50, 95))
            fans[side].append((now + ahead / 4, float(low), float(middle), float(high)))
    return {side: tuple(points) for side, points in fans.items()}
