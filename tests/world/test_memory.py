"""Memory: what one side does not take is there for the other, and none is made or lost on the way."""

from dataclasses import replace

import numpy as np
import pytest
from tests_support import november

from world.memory import memory_sold
from world.turn import layout_of

GAMES = 8


@pytest.fixture(scope="module")
def games():
    return november(GAMES)


def sold(games, held_by_china, offered):
    """The world, before and after makers elsewhere run out and China holds so many stacks and is offered that share."""
    world = games.world
    chinese = world.cast.seat_bloc("chipmaker")[:, None]
    before = replace(
        world,
        stacks=np.where(chinese, held_by_china, 0).astype(world.stacks.dtype) + np.zeros_like(world.stacks),
        wanted_packages=np.full_like(world.wanted_packages, 500_000),
    )
    layout = layout_of(world.cast)
    orders = layout.named(layout.values(layout.in_force(before)))
    orders.ship_memory.share[...] = offered
    return before, memory_sold(before, orders, games.rules, np.zeros(GAMES), np.ones(GAMES), world.money.copy())


def test_memory_that_china_does_not_take_goes_to_makers_elsewhere(games):
    _, shut = sold(games, held_by_china=10**9, offered=0.0)
    _, offered = sold(games, held_by_china=10**9, offered=1.0)
    elsewhere = ~games.world.cast.seat_bloc("chipmaker")
    assert (shut.stacks_in[elsewhere].sum(axis=0) > 0).all()
    assert (offered.stacks_in[elsewhere] == shut.stacks_in[elsewhere]).all()


@pytest.mark.parametrize("offered", [0.0, 0.3, 1.0])
def test_what_leaves_makers_of_memory_is_what_chipmakers_get(games, offered):
    before, after = sold(games, held_by_china=0, offered=offered)
    assert ((before.memory_stock - after.memory_stock).sum(axis=0) == after.stacks_in.sum(axis=0)).all()
    assert (after.memory_stock >= 0).all()


def test_chinese_memory_stays_in_china(games):
    cast = games.world.cast
    _, after = sold(games, held_by_china=10**9, offered=1.0)
    home = cast.seat_bloc("memory_maker")
    assert (after.memory_stock[home] == games.world.memory_stock[home]).all()
