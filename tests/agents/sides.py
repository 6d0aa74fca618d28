"""Every doctrine in every role and side with a seat: worlds it looks at, what it orders there, who else sits."""

from functools import cache

import numpy as np
import pytest
from tests_support import Opening, frozen, november

from agents.doctrine.roster import ROSTER, Entry
from agents.rollout import Block, Players, luck_of, seated
from world.cast import BLOCS, Cast
from world.orders import Orders
from world.state import World
from world.view import View

Array = np.ndarray

WORLDS = 5
PAIRS = 24
SIDES = tuple(
    (entry, role, bloc) for entry in ROSTER for role in entry.roles for bloc in BLOCS if entry.bloc in ("", bloc)
)


def seats_for(cast: Cast, role: str, bloc: str) -> tuple[int, ...]:
    """The seats of a role on a side."""
    return tuple(int(s) for s in cast.seats_of(role) if cast.seats[s].bloc == bloc)


@cache
def later(worlds: int) -> World:
    """Games after two quarters by `standard`, with arrays that cannot be written to."""
    games = november(worlds)
    return frozen(Opening(games.played(2), games.rules)).world


def decided(world: World, entry: Entry, seats: tuple[int, ...]) -> Orders:
    """What a block of seats orders by a doctrine."""
    block = Block(entry.name, entry.decide, seats)
    return entry.decide(View(world, seats), luck_of(world, block))


def differ(first: Orders, second: Orders) -> Array:
    """In which worlds two sets of orders differ."""
    changes = [
        (first.levels[key] != second.levels[key]).reshape(-1, first.levels[key].shape[-1])
        for key in {*first.levels, *second.levels}
    ]
    return np.concatenate(changes).any(axis=0) if changes else np.zeros(1, dtype=bool)


def each_side(*but: str) -> pytest.MarkDecorator:
    """Run a test for every doctrine of the roster but some, in every role and side with a seat."""
    cast = november().world.cast
    named = [s for s in SIDES if s[0].name not in but and seats_for(cast, s[1], s[2])]
    ids = [f"{entry.name}-{role}-{bloc}" for entry, role, bloc in named]
    return pytest.mark.parametrize(("entry", "role", "bloc"), named, ids=ids)


def playing(world: World, entry: Entry, seats: tuple[int, ...], others: str) -> Players:
    """One doctrine on some seats, another everywhere else."""
    names = {seat.name: others for seat in world.cast.seats}
    names |= {world.cast.seats[seat].name: entry.name for seat in seats}
    return seated(world.cast, world.seed.size, names)
