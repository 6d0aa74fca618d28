"""Vector: one seat of many games as a vector environment of Gymnasium; the games are one batch, in one process."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space
from jaxtyping import Bool

from arena.learning.acting import LearningError
from arena.learning.games import QUARTER, Games, setup_of
from arena.learning.single import SEEDS
from arena.learning.spaces import action_space, observation_space
from world.scenario import Scenario
from world.scenario_text import remedy

Array = np.ndarray
Infos = dict[str, Any]
Step = tuple[Array, Array, Array, Array, Infos]


class ChokepointVectorEnv(VectorEnv):
    """One seat of `num_envs` games: a step is a quarter of each, doctrines hold the other seats.

    World i of a batch that is reset with seed s plays what a `ChokepointEnv` plays that is reset with s + i, to the last
    bit. Infos hold `action_mask` (worlds x choices) and `refused` (worlds x orders, numbers of refusals); with
    `masks=False` no mask is made. Raises LearningError, a sentence, for what cannot be, and ScenarioError.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "november-2025",
        seat: str = "washington",
        num_envs: int = 1,
        *,
        rivals: str | Mapping[str, str] = "standard",
        reward: str = QUARTER,
        observe: Sequence[str] | None = None,
        settings: Mapping[str, Any] | None = None,
        autoreset_mode: str | AutoresetMode = AutoresetMode.NEXT_STEP,
        masks: bool = True,
        render_mode: None = None,
    ) -> None:
        self.num_envs, self.seat, self.masks = num_envs, seat, masks
        self.autoreset_mode = _mode(autoreset_mode)
        self.metadata = {"render_modes": [], "autoreset_mode": self.autoreset_mode}
        self.games = Games(setup_of(scenario, (seat,), rivals, reward, observe, settings), num_envs)
        self.acting = self.games.setup.acting[seat]
        self.observing = self.games.setup.observing[seat]
        self.single_action_space = action_space(self.acting)
        self.single_observation_space = observation_space(self.observing)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Array, Infos]:
        """Open a game in every world, or in those of `options["reset_mask"]`: the first of a seed that is given, else the next."""
        super().reset(seed=seed if isinstance(seed, int) else None)
        mask = (options or {}).get("reset_mask")
        chosen = self._everywhere if mask is None else self._chosen(mask)
        self.games.begin(chosen, self._seeds(seed))
        return self._observation(), self._infos(chosen)

    def _seeds(self, seed: int | Sequence[int | None] | None) -> Sequence[int | None]:
        """A seed for each world, or None where it goes on with the one it has."""
        if isinstance(seed, int | np.integer):
            return [int(seed) + world for world in range(self.num_envs)]
        if seed is not None:
            if len(seed) != self.num_envs:
                raise LearningError(f"seed: holds {len(seed)} seeds for {self.num_envs} worlds; give one for each")
            given = list(seed)
        else:
            given = [None] * self.num_envs
        if self.games.has_begun:
            return given
        drawn = self.np_random.integers(SEEDS, size=self.num_envs).tolist()
        return [new if one is None else one for one, new in zip(given, drawn, strict=True)]

    def _chosen(self, mask: Any) -> Bool[Array, " worlds"]:
        chosen = np.asarray(mask)
        if chosen.shape != (self.num_envs,) or chosen.dtype != np.bool_ or not chosen.any():
            raise LearningError(f"reset_mask: give {self.num_envs} bools of which one at least is true")
        if not self.games.has_begun and not chosen.all():
            raise LearningError("reset_mask: no game is in progress; reset all worlds first")
        return chosen

    @property
    def _everywhere(self) -> Bool[Array, " worlds"]:
        return np.ones(self.num_envs, dtype=bool)

    def step(self, actions: Array) -> Step:
        """Pass a quarter in every world; what is over opens anew as the autoreset mode has it."""
        if not self.games.has_begun:
            raise LearningError("step: no game is in progress; call reset first")
        given = self.acting.checked(actions, self.num_envs)
        was_over = self.games.world.is_over.copy()
        if self.autoreset_mode == AutoresetMode.DISABLED and was_over.any():
            raise LearningError(f"step: the game of world {int(was_over.argmax())} is over; reset it first")
        rewards = np.zeros(self.num_envs) if was_over.all() else self.games.play({self.seat: given})[self.seat]
        if was_over.any():
            self.games.begin(was_over, [None] * self.num_envs)
        is_over = self.games.world.is_over.copy()
        ended: Infos = {}
        if self.autoreset_mode == AutoresetMode.SAME_STEP and is_over.any():
            ended = self._final(is_over)
            self.games.begin(is_over, [None] * self.num_envs)
        infos = {**ended, **self._infos(self._everywhere)}
        return self._observation(), rewards, is_over, np.zeros(self.num_envs, dtype=bool), infos

    def action_masks(self) -> Bool[Array, "worlds choices"]:
        """Which choices may be made in each world, part after part of the action space."""
        return self.acting.mask(self.games.view(self.seat))

    def in_words(self, infos: Infos, world: int) -> dict[str, str]:
        """The orders of one world that did not stand, each with the reason, from the infos of a step."""
        return self.acting.in_words(infos["refused"][world])

    def _observation(self) -> Array:
        return self.observing.table(self.games.view(self.seat))

    def _refused(self) -> Array:
        return self.acting.refusals(self.games.view(self.seat))

    def _infos(self, chosen: Bool[Array, " worlds"]) -> Infos:
        found = {"refused": self._refused(), "_refused": chosen.copy()}
        return found | ({"action_mask": self.action_masks(), "_action_mask": chosen.copy()} if self.masks else {})

    def _final(self, is_over: Bool[Array, " worlds"]) -> Infos:
        """What was seen at the end of games, before others were opened in their place."""
        last, table = np.full(self.num_envs, None, dtype=object), self._observation()
        for world in np.flatnonzero(is_over):
            last[world] = table[world]
        final = {"refused": self._refused(), "_refused": is_over.copy()}
        return {"final_obs": last, "_final_obs": is_over.copy(), "final_info": final, "_final_info": is_over.copy()}


def _mode(mode: str | AutoresetMode) -> AutoresetMode:
    known = {one.value: one for one in AutoresetMode} | {one.name: one for one in AutoresetMode}
    if isinstance(mode, AutoresetMode):
        return mode
    if mode not in known:
        raise LearningError(f"autoreset_mode '{mode}': {remedy(mode, [one.value for one in AutoresetMode])}")
    return known[mode]
