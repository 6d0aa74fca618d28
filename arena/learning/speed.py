"""Speed: quarters a second of processor time of plain batches and of the environments, for the same games."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from agents.rollout import turned
from arena.learning.games import Games, setup_of
from arena.learning.parallel import ChokepointParallelEnv
from arena.learning.single import ChokepointEnv
from arena.learning.vector import ChokepointVectorEnv

SEAT = "washington"
SCENARIO = "november-2025"


@dataclass(frozen=True)
class Pace:
    """How fast games were played in one way."""

    way: str
    worlds: int
    quarters: float
    """Quarters of a world a second of processor time: what a learner calls steps."""


def paces(worlds: int, rounds: int = 3, scenario: str = SCENARIO) -> list[Pace]:
    """The pace of every way that plays so many worlds, the best of some rounds in which they take turns.

    `plain` is a batch with no environment around it and `still` in the seat; all others give random actions.
    """
    ways = dict(_ways(worlds, scenario))
    best = dict.fromkeys(ways, 0.0)
    for _ in range(rounds):
        for way, play in ways.items():
            begun = time.process_time()
            quarters = play()
            best[way] = max(best[way], quarters * worlds / (time.process_time() - begun))
    return [Pace(way, worlds, pace) for way, pace in best.items()]


def _ways(worlds: int, scenario: str) -> Iterator[tuple[str, Callable[[], int]]]:
    """Each way, and what plays a game in every world and counts its quarters."""
    games = Games(setup_of(scenario, (SEAT,), "standard"), worlds)

    def plain() -> int:
        games.begin(np.ones(worlds, dtype=bool), list(range(1, worlds + 1)))
        world, quarters = games.world, 0
        while not world.is_over.all():
            world, quarters = turned(world, games.rules, games.players), quarters + 1
        return quarters

    yield "plain", plain
    yield "vector", partial(_stepped, ChokepointVectorEnv(scenario, SEAT, worlds))
    yield "vector, no masks", partial(_stepped, ChokepointVectorEnv(scenario, SEAT, worlds, masks=False))
    if worlds == 1:
        yield "single", partial(_stepped, ChokepointEnv(scenario, SEAT))
        yield "parallel, one seat", partial(_together, ChokepointParallelEnv(scenario, seats=(SEAT,)))
        yield "parallel, all seats", partial(_together, ChokepointParallelEnv(scenario))
        yield "parallel, all seats, no masks", partial(_together, ChokepointParallelEnv(scenario, masks=False))


def _stepped(env: Any) -> int:
    """How many steps there were until the first games of an environment of Gymnasium were over."""
    env.reset(seed=1)
    space, steps, is_over = env.action_space, 0, np.zeros(1, dtype=bool)
    space.seed(1)
    while not np.any(is_over):
        _, _, is_over, _, _ = env.step(space.sample())
        steps += 1
    return steps


def _together(env: ChokepointParallelEnv) -> int:
    env.reset(seed=1)
    steps = 0
    while env.agents:
        env.step({agent: env.action_space(agent).sample() for agent in env.agents})
        steps += 1
    return steps
