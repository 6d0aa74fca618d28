"""Doctrines: each gives orders that are legal, repeatable and its own, whatever it may not see."""

import numpy as np
import pytest
from tests_support import november, scrambled

from agents.doctrine.roster import entries_for
from agents.rollout import Block, luck_of, turned
from tests.agents.sides import PAIRS, WORLDS, decided, differ, each_side, later, playing, seats_for
from world.cast import BLOCS, ROLES
from world.orders import MOVES, MOVES_REFUSED
from world.sieve import sieve
from world.state import take
from world.turn import layout_of
from world.view import View


def test_every_role_has_a_standard_doctrine_that_serves_both_sides():
    for role in ROLES:
        found = [e for bloc in BLOCS for e in entries_for(role, bloc) if e.name == "standard"]
        assert len(found) == 2
        assert found[0] is found[1]


@pytest.mark.parametrize(
    ("role", "bloc", "names"),
    [
        ("controller", "us", {"hawk", "dealmaker"}),
        ("planner", "cn", {"self-reliance", "pragmatist"}),
        ("foundry", "cn", {"rush", "craft"}),
        ("chipmaker", "us", {"globalist", "homebody"}),
        ("chipmaker", "cn", {"volume", "quality"}),
        ("lab", "us", {"scale", "lean"}),
        ("lab", "cn", {"grey", "native"}),
        ("broker", "cn", {"bold", "careful"}),
    ],
)
def test_a_seat_can_choose_between_doctrines_that_contrast(role, bloc, names):
    assert names | {"still", "random", "standard"} == {e.name for e in entries_for(role, bloc)}


@each_side()
def test_orders_stay_within_the_bounds_of_their_dials(entry, role, bloc):
    world = later(WORLDS)
    orders = decided(world, entry, seats_for(world.cast, role, bloc))
    for (kind, name), levels in orders.levels.items():
        place = layout_of(world.cast).places[kind]
        declared = next(a for a in place.kind.amounts if a.name == name)
        assert place.kind.issuer == role
        assert levels.dtype == np.int16
        assert levels.shape[-1] == WORLDS
        assert (levels >= 0).all()
        assert (levels <= declared.steps).all()


@each_side("random")
def test_orders_that_a_doctrine_gives_are_legal(entry, role, bloc):
    world = later(WORLDS)
    layout, orders = layout_of(world.cast), decided(world, entry, seats_for(world.cast, role, bloc))
    wanted = world.ordered.copy()
    rows = np.array(seats_for(world.cast, role, bloc)) - world.cast.seats_of(role)[0]
    for (kind, name), levels in orders.levels.items():
        place = layout.places[kind]
        wanted[place.dials[name]].reshape(*place.shape, WORLDS)[rows] = levels
    _, refused = sieve(world, wanted, layout)
    assert not ((refused > 0) & (refused < MOVES_REFUSED)).any()


@each_side()
def test_the_same_view_gives_the_same_orders(entry, role, bloc):
    world = later(WORLDS)
    seats = seats_for(world.cast, role, bloc)
    first, second = decided(world, entry, seats), decided(world, entry, seats)
    assert first.asked == second.asked
    assert not differ(first, second).any()


@each_side()
def test_a_block_orders_what_its_seats_order_one_by_one(entry, role, bloc):
    world = later(WORLDS)
    seats = seats_for(world.cast, role, bloc)
    together = decided(world, entry, seats)
    for row, seat in enumerate(seats):
        alone = decided(world, entry, (seat,))
        for key, levels in alone.levels.items():
            assert (levels[0] == together.levels[key][row]).all(), key
        if together.notes is not None:
            assert (alone.notes[0] == together.notes[row]).all()


@each_side()
def test_a_world_alone_gets_the_orders_it_gets_in_a_crowd(entry, role, bloc):
    world = later(WORLDS)
    seats = seats_for(world.cast, role, bloc)
    crowd = decided(world, entry, seats)
    for one in range(WORLDS):
        alone = decided(take(world, np.array([one])), entry, seats)
        for key, levels in alone.levels.items():
            assert (levels[..., 0] == crowd.levels[key][..., one]).all(), key


@each_side()
def test_a_doctrine_may_sit_in_some_of_the_worlds(entry, role, bloc):
    world = later(WORLDS)
    seats, chosen = seats_for(world.cast, role, bloc), np.array([0, 3])
    everywhere = decided(world, entry, seats)
    block = Block(entry.name, entry.decide, seats, chosen)
    here = entry.decide(View(world, seats, chosen), luck_of(world, block))
    for key, levels in here.levels.items():
        assert (levels == everywhere.levels[key][..., chosen]).all(), key


def test_still_changes_nothing():
    world = later(WORLDS)
    for role in ROLES:
        still = next(e for e in entries_for(role, "us") if e.name == "still")
        orders = decided(world, still, tuple(int(s) for s in world.cast.seats_of(role)))
        assert not orders.asked
        assert orders.notes is None


@each_side()
def test_what_a_seat_may_not_see_changes_no_orders(entry, role, bloc):
    world = later(WORLDS)
    for seat in seats_for(world.cast, role, bloc):
        known = decided(world, entry, (seat,))
        other = scrambled(world, seat, but=("seed",))  # the doctrine's luck comes from it, under a key of its own
        assert not differ(known, decided(other, entry, (seat,))).any()


@each_side("random")
def test_a_doctrine_seldom_asks_for_more_moves_than_it_has(entry, role, bloc):
    games = november(PAIRS)
    world, rules = games.world, games.rules
    seats = seats_for(world.cast, role, bloc)
    players = playing(world, entry, seats, "standard")
    lost = 0
    for _ in range(4):
        world = turned(world, rules, players)
        mine = np.isin(layout_of(world.cast).seat_of_entry, seats)
        lost += (world.refused[mine] == MOVES_REFUSED).sum()
    assert lost / (4 * PAIRS * len(seats)) < MOVES / 2
