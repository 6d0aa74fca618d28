"""Single: one seat of one game as an environment of Gymnasium."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import gymnasium
import numpy as np

from arena.learning.acting import LearningError
from arena.learning.games import QUARTER, Games, setup_of
from arena.learning.spaces import action_space, observation_space
from world.scenario import Scenario

Array = np.ndarray

SEEDS = 2**63


class ChokepointEnv(gymnasium.Env):
    """One seat of one game: a step is a quarter, doctrines hold the other seats.

    Raises LearningError, a sentence, for seats, rivals, columns, seeds and actions that cannot be, and ScenarioError.
    """

    metadata: ClassVar[dict[str, Any]] = {"render_modes": []}

    def __init__(
        self,
        scenario: str | Path | Scenario = "november-2025",
        seat: str = "washington",
        *,
        rivals: str | Mapping[str, str] = "standard",
        reward: str = QUARTER,
        observe: Sequence[str] | None = None,
        settings: Mapping[str, Any] | None = None,
        render_mode: None = None,
    ) -> None:
        self.seat = seat
        self.games = Games(setup_of(scenario, (seat,), rivals, reward, observe, settings), 1)
        self.acting = self.games.setup.acting[seat]
        self.observing = self.games.setup.observing[seat]
        self.action_space = action_space(self.acting)
        self.observation_space = observation_space(self.observing)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Array, dict[str, Any]]:
        """Open a game: the first of a seed that is given, else the next one."""
        super().reset(seed=seed)
        if seed is None and not self.games.has_begun:
            seed = int(self.np_random.integers(SEEDS))
        self.games.begin(np.ones(1, dtype=bool), [seed])
        return self._observation(), self._info()

    def step(self, action: Array) -> tuple[Array, float, bool, bool, dict[str, Any]]:
        """Pass a quarter."""
        if not self.games.has_begun or bool(self.games.world.is_over[0]):
            raise LearningError("step: no game is in progress; call reset first")
        rewards = self.games.play({self.seat: self.acting.checked(np.asarray(action)[None], 1)})
        is_over = bool(self.games.world.is_over[0])
        return self._observation(), float(rewards[self.seat][0]), is_over, False, self._info()

    def action_masks(self) -> Array:
        """Which choices may be made, part after part of the action space, as one row of bools."""
        return self.acting.mask(self.games.view(self.seat))[0]

    def _observation(self) -> Array:
        return self.observing.table(self.games.view(self.seat))[0]

    def _info(self) -> dict[str, Any]:
        codes = self.acting.refusals(self.games.view(self.seat))[0]
        return {"action_mask": self.acting.parts(self.action_masks()), "refused": self.acting.in_words(codes)}
