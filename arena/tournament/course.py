"""Course: how games with `standard` everywhere run, quarter by quarter: when they are decided, and how often that changes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from agents.rollout import seated, turned
from arena.tournament.design import Plan
from arena.tournament.findings import Course
from arena.tournament.statistics.luck import certain_from, changes
from world.chance import game_seed
from world.scenario import Scenario, opened

Array = np.ndarray
GAMES = 1000
"""Games that are watched, at most."""


@dataclass(frozen=True)
class Courses:
    """How games run for each seat, and how the race does."""

    of: Mapping[str, Course]
    """By seat: it wins a game that it ends above its own median."""
    race: Course
    """The US side wins a game that it ends in the lead."""


def courses(plan: Plan, scenario: Scenario) -> Courses:
    """Watch games with `standard` everywhere."""
    games = min(plan.games, GAMES)
    seeds = np.array([game_seed(plan.seed, game) for game in range(games)], dtype=np.uint64)
    world, rules = opened(scenario, seeds)
    players = seated(scenario.cast, games)
    leads, points = [], []
    for _ in range(scenario.length):
        world = turned(world, rules, players)
        leads.append(world.lead.astype(float))
        points.append(world.objective.astype(float))
    standing = np.stack(points)
    standing = standing - np.median(standing, axis=-1, keepdims=True)
    rows = {seat.name: scenario.cast.at("seats", seat.name) for seat in plan.seats}
    return Courses({name: course(standing[:, row]) for name, row in rows.items()}, course(np.stack(leads)))


def course(ahead: Float[Array, "turns games"]) -> Course:
    """When games are decided, from how far somebody is ahead in each quarter; above zero at the end is won."""
    is_won = (ahead[-1] > 0).astype(float)
    half = np.sign(ahead[len(ahead) // 2 - 1])
    turned_round = half * np.where(is_won > 0.5, 1, -1) < 0
    return Course(float(certain_from(ahead, is_won).mean()), float(changes(ahead).mean()), float(turned_round.mean()))
