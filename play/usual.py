"""Usual: what a quantity comes to in games with `standard` in all seats, quarter by quarter."""

from collections.abc import Mapping

import numpy as np

from agents.rollout import seated, turned
from play.origins import imagined_range
from play.par import SEED
from play.quantities import Quantity
from world.chance import game_seed
from world.scenario import Scenario, opened
from world.state import World

GAMES = 128
"""Par games that usual ranges are read from: the first of those that scores are compared with."""


def usual_games(scenario: Scenario, settings: Mapping[str, str | float], games: int = GAMES) -> tuple[World, ...]:
    """Par games as they stand on the opening day and after each quarter; raises ScenarioError for settings without meaning."""
    seeds = np.array([game_seed(SEED, game) for game in range(games)], dtype=np.uint64)
    world, rules = opened(scenario, seeds, settings)
    players, states = seated(scenario.cast, seeds.size), [world]
    for _ in range(scenario.length):
        states.append(turned(states[-1], rules, players))
    return tuple(states)


def usual_ranges(states: tuple[World, ...], asked: Quantity) -> tuple[tuple[float, ...] | None, ...]:
    """The 5, 25, 50, 75 and 95 % of a quantity over par games, on the opening day and after each quarter."""
    with np.errstate(all="ignore"):
        return tuple(imagined_range(state, asked) for state in states)
