"""Parallel: a game in which every seat is learnt, or some are, as a parallel environment of PettingZoo."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from pettingzoo import ParallelEnv

from arena.learning.acting import LearningError
from arena.learning.games import QUARTER, Games, setup_of
from arena.learning.single import SEEDS
from arena.learning.spaces import action_space, observation_space
from world.scenario import Scenario
from world.scenario_text import remedy

Array = np.ndarray
Infos = dict[str, dict[str, Any]]
Step = tuple[dict[str, Array], dict[str, float], dict[str, bool], dict[str, bool], Infos]


class ChokepointParallelEnv(ParallelEnv):
    """A game whose seats decide at once, each on what it sees: a step is a quarter.

    `seats` are the agents, all where none are named; `rivals` hold the others. A seat that is given no action changes
    nothing. There is no `state()`: it would show what seats may not see. Raises LearningError, a sentence, and ScenarioError.
    """

    metadata: ClassVar[dict[str, Any]] = {"name": "chokepoint_v0", "render_modes": [], "is_parallelizable": True}
    render_mode = None

    def __init__(
        self,
        scenario: str | Path | Scenario = "november-2025",
        *,
        seats: Sequence[str] | None = None,
        rivals: str | Mapping[str, str] = "standard",
        reward: str = QUARTER,
        observe: Sequence[str] | None = None,
        settings: Mapping[str, Any] | None = None,
        masks: bool = True,
    ) -> None:
        self.games = Games(setup_of(scenario, seats, rivals, reward, observe, settings), 1)
        self.masks = masks
        self.acting, self.observing = self.games.setup.acting, self.games.setup.observing
        self.possible_agents = list(self.games.setup.seats)
        self.agents: list[str] = []
        self.action_spaces = {seat: action_space(one) for seat, one in self.acting.items()}
        self.observation_spaces = {seat: observation_space(one) for seat, one in self.observing.items()}

    def observation_space(self, agent: str) -> Any:
        """What a seat may observe: the same object at every call."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:
        """What a seat may do: the same object at every call."""
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[dict[str, Array], Infos]:
        """Open a game: the first of a seed that is given, else the next one."""
        if seed is None and not self.games.has_begun:
            seed = int(np.random.default_rng().integers(SEEDS))
        self.games.begin(np.ones(1, dtype=bool), [seed])
        self.agents = list(self.possible_agents)
        return self._observations(self.agents), self._infos(self.agents)

    def step(self, actions: Mapping[str, Array]) -> Step:
        """Pass a quarter; after the last no agents are left."""
        if not self.agents:
            raise LearningError("step: no game is in progress; call reset first")
        given = {}
        for agent, action in actions.items():
            if agent not in self.agents:
                raise LearningError(f"step: '{agent}' is no agent; {remedy(agent, self.agents)}")
            given[agent] = self.acting[agent].checked(np.asarray(action)[None], 1)
        rewards, agents = self.games.play(given), self.agents
        is_over = bool(self.games.world.is_over[0])
        self.agents = [] if is_over else list(agents)
        return (
            self._observations(agents),
            {agent: float(rewards[agent][0]) for agent in agents},
            dict.fromkeys(agents, is_over),
            dict.fromkeys(agents, False),
            self._infos(agents),
        )

    def render(self) -> None:
        """Nothing is drawn."""

    def close(self) -> None:
        """Nothing is held open."""

    def _observations(self, agents: Sequence[str]) -> dict[str, Array]:
        return {agent: self.observing[agent].table(self.games.view(agent))[0] for agent in agents}

    def _infos(self, agents: Sequence[str]) -> Infos:
        return {agent: self._info(agent) for agent in agents}

    def _info(self, agent: str) -> dict[str, Any]:
        acting, looking = self.acting[agent], self.games.view(agent)
        info: dict[str, Any] = {"refused": acting.in_words(acting.refusals(looking)[0])}
        return info | ({"action_mask": acting.parts(acting.mask(looking)[0])} if self.masks else {})
