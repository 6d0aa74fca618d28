"""A turn: the same in any batch, nothing created or lost, nothing written on, finished games stand still."""

from dataclasses import fields

import numpy as np
import pytest

from agents.rollout import handed_in, turned
from world.audit import audit
from world.chance import Chance
from world.state import bytes_a_world, columns, replace, take
from world.turn import PHASES, advance, commanded, layout_of

DOCTRINES = ("standard", "random", "still")


@pytest.mark.parametrize("doctrine", DOCTRINES)
def test_nothing_is_created_or_lost_in_any_quarter(games, doctrine):
    opening = games(33)
    world, players = opening.world, opening.players(doctrine)
    for _ in range(13):
        before, world = world, turned(world, opening.rules, players)
        assert audit(before, world) == []


def test_the_audit_finds_a_chip_that_came_from_nowhere(games):
    opening = games(5)
    after = opening.played(1, "still")
    chips = after.unsold.copy()
    chips[1, 3] += 1
    found = audit(opening.world, replace(after, unsold=chips))
    assert len(found) == 1
    assert "chips are out of balance by 1" in found[0]
    assert "blackwell" in found[0]


@pytest.mark.parametrize("size", [1, 2, 7, 64, 513])
def test_a_world_plays_the_same_in_batches_of_any_size(games, same, size):
    crowd = games(513).taken(np.arange(min(513, max(size, 2)) + 0) % 513)
    alone = crowd.taken(np.arange(size))
    together = games(513).taken(np.arange(513))
    after = alone.played(3)
    everyone = together.played(3)
    assert same(after, take(everyone, np.arange(size))) == []


@pytest.mark.parametrize("start", [0, 3, 7, 11])
def test_a_world_taken_up_at_any_quarter_goes_on_as_it_did_in_the_crowd(games, same, start):
    opening = games(64)
    world = opening.played(start)
    one = np.array([41])
    crowd = turned(world, opening.rules, opening.players())
    single = opening.taken(one)
    alone = turned(take(world, one), single.rules, single.players())
    assert same(alone, take(crowd, one)) == []


def test_no_phase_writes_on_its_input_and_no_doctrine_on_the_world(games):
    opening = games(5)
    layout = layout_of(opening.world.cast)
    world = opening.world
    wanted, notes = handed_in(world, opening.players())
    world, _ = commanded(world, wanted, notes, layout)
    orders = layout.named(layout.settings(world))
    chance = Chance(world.seed, world.turn, "world/")
    for phase in PHASES:
        for name in columns():
            getattr(world, name).setflags(write=False)
        world = phase(world, orders, opening.rules, chance)


def test_a_finished_game_stands_still(games, same):
    opening = games(5)
    world = opening.world
    over = np.array([False, True, False, True, False])
    world = replace(world, is_over=over)
    after = turned(world, opening.rules, opening.players())
    assert same(take(after, np.array([1, 3])), take(world, np.array([1, 3]))) == []
    assert (after.turn == np.where(over, 0, 1)).all()


def test_a_game_ends_after_its_length(games):
    world = games(5).played(12, "still")
    assert world.is_over.all()
    assert (world.turn == 12).all()


def test_games_at_different_quarters_share_a_batch(games, same):
    opening = games(5)
    later = opening.played(2)
    mixed = {
        name: np.concatenate([getattr(opening.world, name)[..., :2], getattr(later, name)[..., 2:]], axis=-1)
        for name in columns()
    }
    mixed_world = replace(opening.world, **mixed)
    after = turned(mixed_world, opening.rules, opening.players())
    first = turned(opening.world, opening.rules, opening.players())
    third = turned(later, opening.rules, opening.players())
    assert same(take(after, np.array([0, 1])), take(first, np.array([0, 1]))) == []
    assert same(take(after, np.array([2, 3, 4])), take(third, np.array([2, 3, 4]))) == []


def test_a_world_holds_at_most_twelve_kilobytes(games):
    assert bytes_a_world(games(64).world) <= 12 * 1024


def test_every_quantity_keeps_its_declared_precision(games):
    world = games(5).played(1)
    for name, declared in columns().items():
        assert getattr(world, name).dtype == declared.metadata["dtype"], name


def test_every_quantity_says_what_it_is(games):
    for name, declared in columns().items():
        assert declared.metadata["doc"], name
        assert declared.metadata["seen"], name
    assert {f.name for f in fields(games(5).world)} == {"cast", *columns()}


def test_neutral_luck_is_the_same_in_every_game(games):
    chance = Chance(games(5).world.seed, games(5).world.turn, "world/", {"a.b": True})
    assert (chance.uniform("a.b", 3) == 0.5).all()
    assert (chance.normal("a.b", 3) == 0.0).all()
    assert np.ptp(chance.uniform("a.c", 3)) > 0


def test_luck_held_in_some_games_is_as_drawn_in_the_others(games):
    world, held = games(5).world, np.array([True, False, False, True, False])
    drawn, some = (Chance(world.seed, world.turn, "world/", neutral) for neutral in ({}, {"a.b": held}))
    for draw, middle in ((Chance.uniform, 0.5), (Chance.normal, 0.0)):
        assert (draw(some, "a.b", 3) == np.where(held, middle, draw(drawn, "a.b", 3))).all()


def test_a_replay_of_logged_orders_gives_the_same_worlds(games, same):
    opening = games(7)
    world, log, states = opening.world, [], []
    for _ in range(4):
        wanted, notes = handed_in(world, opening.players())
        world = advance(world, wanted, opening.rules, notes=notes)
        log.append((wanted, notes))
        states.append(world)
    again = opening.world
    for (wanted, notes), state in zip(log, states, strict=True):
        again = advance(again, wanted, opening.rules, notes=notes)
        assert same(again, state) == []
