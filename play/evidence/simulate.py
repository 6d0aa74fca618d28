"""Simulate: the model as a function from parameters and seeds to outcomes, for experiments designed elsewhere.

    from play.evidence.simulate import ranges, simulate

    simulate({"rules.diffusion_half_life": [1, 3, 6]}, seeds=[7, 7, 7])["lead"]

A parameter is a number that the scenario draws, by the label that it has for `--set`, in its own unit. Each set of
parameters is one game of a batch: one number of each parameter, one seed. Equal seeds are equal luck, and equal draws of
every parameter that is not given. Programs hold all seats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from agents.doctrine.roster import find
from play.drawn import drawn_in
from play.outcomes import all_declared, by_game, quarterly
from play.shards import scenario_of
from play.story import story_of
from world.prior import Places, Range
from world.scenario import Scenario, ScenarioError, opened
from world.scenario_text import remedy
from world.varied import NOTHING, Varied

Array = np.ndarray
Numbers = float | Sequence[float] | Array
Columns = dict[str, Float[Array, " worlds"]]

MOST = 512
"""Games in a batch, at most; larger batches are no faster."""


@dataclass(frozen=True)
class Setup:
    """What all games of an experiment share."""

    scenario: str = "november-2025"
    outcomes: tuple[str, ...] = ("lead",)
    players: tuple[tuple[str, str], ...] = ()
    """By seat, who plays it; `standard` plays all others."""
    settings: tuple[tuple[str, str], ...] = ()


def ranges(scenario: str = "november-2025") -> dict[str, Range]:
    """The parameters of a scenario by label, with the range of each."""
    return {
        label: one.range for label, one in scenario_of(scenario, ()).begins.drawn().items() if one.range is not None
    }


def simulate(
    parameters: Mapping[str, Numbers],
    seeds: Sequence[int],
    scenario: str = "november-2025",
    outcomes: Sequence[str] = ("lead",),
    players: Mapping[str, str] | None = None,
) -> Columns:
    """Each outcome of each set of parameters, played to the end; raises ScenarioError for what cannot be."""
    setup = Setup(scenario, tuple(outcomes), tuple((players or {}).items()))
    story = scenario_of(scenario, ())
    check_outcomes(outcomes, story)
    check_players(setup, story)
    places = places_of(story, parameters, len(seeds))
    parts = []
    for first in range(0, len(seeds), MOST):
        batch = slice(first, first + MOST)
        one = {label: place[batch] for label, place in places.items()}
        parts.append(batch_of(story, one, seeds[batch], setup)[1])
    return {name: np.concatenate([part[name] for part in parts] or [np.zeros(0)]) for name in outcomes}


def places_of(scenario: Scenario, parameters: Mapping[str, Numbers], sets: int) -> Places:
    """Where in their ranges the parameters lie in each set; raises ScenarioError."""
    drawn, found = scenario.begins.drawn(), {}
    for label, given in parameters.items():
        if label not in drawn:
            raise ScenarioError(f"{label}: {scenario.name} does not draw it; {remedy(label, drawn)}")
        numbers = one_for_each(label, given, sets)
        try:
            found[label] = drawn[label].place_of(numbers)
        except ValueError as error:
            raise ScenarioError(f"{label}: {error}") from None
    return found


def one_for_each(label: str, given: Numbers, sets: int) -> Float[Array, " sets"]:
    """A parameter's number in each set, from one for all or one for each; raises ScenarioError for another count."""
    numbers = np.atleast_1d(np.asarray(given, dtype=float))
    if numbers.shape not in ((1,), (sets,)):
        raise ScenarioError(f"{label}: holds {numbers.size} numbers, and there are {sets} seeds; give as many")
    return np.broadcast_to(numbers, (sets,))


def batch_of(
    scenario: Scenario, places: Places, seeds: Sequence[int], setup: Setup, varied: Varied = NOTHING
) -> tuple[Columns, Columns]:
    """A batch of games played to the end: the numbers that they drew, and their outcomes."""
    from play.model import Chokepoint

    world, rules = opened(scenario, np.array(seeds, dtype=np.uint64), places=places, varied=varied)
    drawn = {one.label: one.values(world, rules) for one in drawn_in(scenario)}
    model = Chokepoint.of(story_of(scenario), world, rules, dict(setup.players))
    while model.running:
        model.step()
    found = by_game(model.record, model.story, quarterly(model.record))
    model.forget()
    return drawn, {name: found[name] for name in setup.outcomes}


def check_players(setup: Setup, scenario: Scenario) -> None:
    """Refuse seats and doctrines that there are not."""
    seats = {seat.name: seat for seat in scenario.cast.seats}
    for seat, doctrine in setup.players:
        if seat not in seats:
            raise ScenarioError(f"{seat}={doctrine}: {scenario.name} has no such seat; {remedy(seat, seats)}")
        try:
            find(doctrine, seats[seat].role, seats[seat].bloc)
        except LookupError as error:
            raise ScenarioError(f"{seat}={doctrine}: {error.args[0]}") from None


def outcome_names(scenario: Scenario) -> dict[str, tuple[str, str]]:
    """Every outcome of a game, those of calendar years too, with unit and meaning."""
    years = story_of(scenario).full_years(1, scenario.length)
    found = {}
    for name, one in all_declared(scenario.cast).items():
        found[name] = (one.unit, one.doc)
        if one.by_year:
            found |= {f"{name}.{year}": (one.unit, f"{one.doc}, in {year}") for year in years}
    return found


def check_outcomes(outcomes: Sequence[str], scenario: Scenario) -> None:
    """Refuse outcomes that there are not."""
    known = outcome_names(scenario)
    for name in outcomes:
        if name not in known:
            raise ScenarioError(f"outcome '{name}': {scenario.name} has none of that name; {remedy(name, known)}")
