"""What most tests start from: worlds of the real scenario, opened once and never written to."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from agents.rollout import Players, seated, turned
from world.cast import Cast
from world.rules import Rules, take_rules
from world.scenario import opened, read
from world.state import World, columns, replace, take
from world.view import visible


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


def scrambled(world: World, seat: int, but: tuple[str, ...] = ()) -> World:
    """The world with everything that a seat may not see, but for some columns, changed to something else that could be."""
    changed = {}
    for name, declared in columns().items():
        old, hidden = getattr(world, name), ~visible(world.cast, name, seat)
        if name in but or not hidden.any():
            continue
        other = np.roll(old, 1, axis=-1)
        if declared.metadata["dtype"].kind == "f":
            other = (other * 1.25 + 0.01).astype(old.dtype)
        elif name in ("ordered", "in_force"):
            other = old[..., ::-1]
        elif declared.metadata["dtype"].kind in "iu" and old.dtype.itemsize > 1:
            other = other + 1
        changed[name] = np.where(hidden[..., None], other, old).astype(old.dtype)
    return replace(world, **changed)
