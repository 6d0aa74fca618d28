"""Function: the model as a function from parameters and seeds to outcomes, for experiments designed elsewhere.

    from arena import simulate

    simulate({"rules.diffusion": [0.2, 0.6, 1.0]}, seeds=[7, 7, 7])["lead"]

A parameter is any number of a scenario or coefficient of the rules, by the name that it has for `--set` or in tables, in its
own unit; also a number that the scenario draws, within its range or beyond. Each set of parameters is one game of a batch:
one number of each parameter, one seed. Equal seeds are equal luck, and equal draws of every parameter that is not given.
Programs hold all seats.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from arena.sweep.knobs import LENGTH, Knob, knob_of, varied
from play.evidence.simulate import (
    MOST,
    Columns,
    Numbers,
    Setup,
    batch_of,
    check_outcomes,
    check_players,
    one_for_each,
    ranges,
)
from play.shards import scenario_of
from world.scenario import Scenario, ScenarioError

__all__ = ["ranges", "simulate"]

Array = np.ndarray


def simulate(
    parameters: Mapping[str, Numbers],
    seeds: Sequence[int],
    scenario: str = "november-2025",
    outcomes: Sequence[str] = ("lead",),
    players: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
) -> Columns:
    """Each outcome of each set of parameters, played to the end; raises ScenarioError for what cannot be.

    A parameter is one number for all sets, or one for each; `settings` are shared by all, as with `--set`.
    """
    given = tuple((settings or {}).items())
    setup = Setup(scenario, tuple(outcomes), tuple((players or {}).items()), given)
    story = scenario_of(scenario, given)
    check_players(setup, story)
    some, numbers = _given(story, parameters, len(seeds))
    check_outcomes(outcomes, _shortest(story, some))
    parts = []
    for first in range(0, len(seeds), MOST):
        batch = slice(first, first + MOST)
        parts.append(batch_of(story, {}, seeds[batch], setup, varied(some, [one[batch] for one in numbers]))[1])
    return {name: np.concatenate([part[name] for part in parts] or [np.zeros(0)]) for name in outcomes}


def _given(story: Scenario, parameters: Mapping[str, Numbers], sets: int) -> tuple[list[Knob], list[Array]]:
    """The parameters, each with a number for every set."""
    some: list[Knob] = []
    numbers: list[Array] = []
    for key, value in parameters.items():
        one = one_for_each(key, value, sets)
        if not np.isfinite(one).all():
            raise ScenarioError(f"{key}: holds {one[~np.isfinite(one)][0]}, which is not a number; write one")
        if not sets:
            continue
        try:
            some.append(knob_of(story, key, float(one.min()), float(one.max())))
            varied(some[-1:], [one])
        except ScenarioError as error:
            raise ScenarioError(f"{key}: {error}") from None
        numbers.append(one)
    return some, numbers


def _shortest(story: Scenario, some: Sequence[Knob]) -> Scenario:
    """The scenario with the shortest games that are played, whose calendar years all of them have."""
    lengths = [knob.low for knob in some if knob.key == LENGTH]
    return story.changed({LENGTH: lengths[0]}) if lengths else story
