"""Fate: what no order could change - the luck of a game, and the hidden numbers that were drawn for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from play.debrief.otherwise import ends, with_other_luck
from play.debrief.sources import Drew
from play.debrief.wording import thing, words
from play.past import Change, Past
from play.replay import difference, reopened
from play.save import Saved
from world.rules import Rules, coefficients
from world.scenario import Scenario, ScenarioError, opened, read
from world.scenario_numbers import Filling
from world.state import side_by_side, take

Array = np.ndarray

RANGE = (5.0, 50.0, 95.0)
LIKELY = 0.1
"""Share of other lucks beyond which an ending is called lucky or unlucky."""


@dataclass(frozen=True)
class Truth:
    """A hidden number, and what it did: the end of this game less its end with that number at the middle of its range."""

    title: str
    drew: Drew
    own: float
    """Points of the seat that the debrief speaks to."""
    lead: float
    """Months of the final lead."""


@dataclass(frozen=True)
class Fate:
    """The same orders of everybody, under other luck and in other worlds."""

    points: tuple[float, float, float]
    """The seat's score under other luck: the middle, and the range that holds nine in ten."""
    lead: tuple[float, float, float]
    better_than: float
    """Share of other lucks, 0 to 1, that would have given the seat fewer points than this one did."""
    truths: tuple[Truth, ...]
    """The hidden numbers, the one that moved the seat's score most first; none where the scenario has changed."""

    @property
    def luck(self) -> int:
        """1 where this game's luck was good for the seat, -1 where it was bad, else 0."""
        return 1 if self.better_than >= 1 - LIKELY else -1 if self.better_than <= LIKELY else 0


def fate_of(game: Saved, past: Past, seat: str, drawn: Sequence[Drew], lucks: int) -> Fate:
    """The fate of a finished game, for a seat."""
    there = ends(with_other_luck(past, lucks), [Change()], seat)
    mine = float(past.state(past.last).objective[past.cast.at("seats", seat), 0])
    points, lead = (tuple(float(x) for x in np.percentile(there[name][0], RANGE)) for name in ("own", "lead"))
    return Fate(
        points,  # type: ignore[arg-type]
        lead,  # type: ignore[arg-type]
        float((there["own"][0] < mine).mean()),
        truths_of(game, past, seat, drawn),
    )


def truths_of(game: Saved, past: Past, seat: str, drawn: Sequence[Drew]) -> tuple[Truth, ...]:
    """What each hidden number did; none where the scenario opens the game otherwise today."""
    seeds = np.array([game.seed], dtype=np.uint64)
    try:
        scenario = read(game.story.name).changed(game.story.settings)
        is_same = not difference(game.opening, reopened(game))
    except ScenarioError:
        return ()
    if not drawn or not is_same:
        return ()
    middles = [opened(at_middle(scenario, one.label), seeds) for one in drawn]
    openings, rules = [game.opening, *(world for world, _ in middles)], [game.rules, *(rule for _, rule in middles)]
    alike = np.zeros(len(openings), dtype=np.intp)
    told = Past(
        (side_by_side(openings), *(take(world, alike) for world in past.worlds[1:])),
        tuple(np.take(wanted, alike, axis=-1) for wanted in past.wanted),
        tuple(np.take(notes, alike, axis=-1) for notes in past.notes),
        past.players,
        rules_beside(rules),
        past.first,
    )
    found = ends(told, [Change()], seat)
    own, lead = (found[name][0][0] - found[name][0] for name in ("own", "lead"))
    truths = [Truth(title_of(game, one), one, float(own[at]), float(lead[at])) for at, one in enumerate(drawn, 1)]
    return tuple(sorted(truths, key=lambda one: -abs(one.own)))


def at_middle(scenario: Scenario, label: str) -> Scenario:
    """The scenario with one drawn number at the middle of its range."""
    begins = scenario.begins
    coefficients = {name: fixed(filling, label) for name, filling in begins.coefficients.items()}
    quantities = {name: fixed(filling, label) for name, filling in begins.quantities.items()}
    return replace(scenario, begins=replace(begins, coefficients=coefficients, quantities=quantities))


def fixed(filling: Filling, label: str) -> Filling:
    """A filling with the cell of that name at the middle of its range."""
    cells = {
        place: replace(one, value=((one.low or 0.0) + (one.high or 0.0)) / 2, low=None, high=None)
        if filling.named(place) == label
        else one
        for place, one in filling.cells.items()
    }
    return replace(filling, cells=cells)


def rules_beside(several: Sequence[Rules]) -> Rules:
    """The coefficients of several batches as those of one."""
    names = coefficients()
    return replace(several[0], **{n: np.concatenate([getattr(one, n) for one in several], axis=-1) for n in names})


def title_of(game: Saved, drew: Drew) -> str:
    """A hidden number in plain words: `How many H100/H200 DeepSeek held`."""
    _, column, *places = drew.label.split(".")
    names = [thing(place, game.story.called) for place in places]
    form = f"debrief.hidden.{column}"
    if form not in words():
        return ", ".join((drew.text[:1].upper() + drew.text[1:], *names))
    return words()(form, **{str(at): name for at, name in enumerate(names)})
