"""What most tests start from: worlds of the real scenario, opened once and never written to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from agents.rollout import Players, seated, turned
from world.cast import Cast
from world.rules import Rules, take_rules
from world.scenario import opened, read
from world.state import World, columns, take


@dataclass(frozen=True)
class Opening:
    """A batch of games on the opening day."""

    world: World
    rules: Rules

    def players(self, doctrine: str = "standard", **others: str) -> Players:
        """One doctrine in every seat of every world, but for those named."""
        return everybody(self.world.cast, self.world.seed.size, doctrine, **others)

    def taken(self, chosen: list[int] | np.ndarray) -> "Opening":
        """Some of the games."""
        index = np.asarray(chosen, dtype=np.intp)
        return Opening(take(self.world, index), take_rules(self.rules, index))

    def played(self, turns: int, doctrine: str = "standard", **others: str) -> World:
        """The games after some quarters."""
        world, players = self.world, self.players(doctrine, **others)
        for _ in range(turns):
            world = turned(world, self.rules, players)
        return world


def everybody(cast: Cast, worlds: int, doctrine: str, **others: str) -> Players:
    """A table of players with one doctrine everywhere, but for the seats named."""
    named = {seat.name: doctrine for seat in cast.seats}
    named |= {seat.replace("_", "-"): name for seat, name in others.items()}
    return seated(cast, worlds, named)


def frozen(opening: Opening) -> Opening:
    """The same games with arrays that cannot be written to."""
    for name in columns():
        getattr(opening.world, name).setflags(write=False)
    return opening


@cache
def november(worlds: int = 5, first_seed: int = 1) -> Opening:
    """Games of november-2025 with consecutive seeds."""
    seeds = np.arange(first_seed, first_seed + worlds, dtype=np.uint64)
    return frozen(Opening(*opened(read("november-2025"), seeds)))


@pytest.fixture(scope="session")
def games() -> Callable[..., Opening]:
    """A function that opens games of november-2025."""
    return november


@pytest.fixture(scope="session")
def same() -> Callable[[World, World], list[str]]:
    """A function that names the columns in which two batches differ in any bit."""

    def differing(first: World, second: World) -> list[str]:
        return [
            name
            for name in columns()
            if getattr(first, name).dtype != getattr(second, name).dtype
            or getattr(first, name).tobytes() != getattr(second, name).tobytes()
        ]

    return differing
