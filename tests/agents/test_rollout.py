"""Rollout: a world alone, or alone with its doctrine in a crowd, is decided and played as in the crowd."""

from dataclasses import replace

import numpy as np
import pytest
from tests_support import november

from agents import rollout
from agents.doctrine.roster import ROSTER, entries_for
from agents.rollout import Players, handed_in, turned
from world.rules import take_rules
from world.state import take

WORLDS = 12
NAMES = tuple(sorted({entry.name for entry in ROSTER}))


def mixed(cast, worlds):
    """Every seat follows another doctrine in every world, as chance has it."""
    draw = np.random.default_rng(5)
    table = [
        draw.choice([NAMES.index(entry.name) for entry in entries_for(seat.role, seat.bloc)], size=worlds)
        for seat in cast.seats
    ]
    return Players(cast, NAMES, np.array(table, dtype=np.int16))


def of_one(players, world):
    """The same players in one of the worlds."""
    return Players(players.cast, players.names, players.table[:, [world]])


def test_a_world_alone_turns_as_it_does_in_a_crowd(same):
    games = november(WORLDS)
    players, world = mixed(games.world.cast, WORLDS), games.world
    for _ in range(3):
        after = turned(world, games.rules, players)
        for one in range(WORLDS):
            alone = turned(take(world, np.array([one])), take_rules(games.rules, np.array([one])), of_one(players, one))
            assert same(alone, take(after, np.array([one]))) == []
        world = after


def adding(view, chance):
    """Orders whose notes are a sum, which numpy adds up in another order where only one world is looked at."""
    parts = np.concatenate([view.public("report").reshape(-1, view.worlds), chance.normal("parts", 200)])
    orders = view.blank_orders()
    orders.notes = np.broadcast_to(parts.sum(axis=0), (view.size, 2, view.worlds))
    return orders


@pytest.fixture
def everybody_adds(monkeypatch):
    """Seats that follow `still` add, and their notes keep every digit."""
    found = rollout.find

    def find(name, role, bloc):
        entry = found(name, role, bloc)
        return replace(entry, decide=adding) if name == "still" else entry

    monkeypatch.setattr(rollout, "find", find)


def precise(world):
    """A world whose notes hold a double."""
    return replace(world, notes=world.notes.astype(float))


@pytest.mark.usefixtures("everybody_adds")
def test_a_doctrine_adds_alike_in_a_world_alone_and_in_a_crowd():
    games = november(WORLDS)
    world = precise(games.played(1))
    _, notes = handed_in(world, games.players("still"))
    for one in range(WORLDS):
        _, alone = handed_in(take(world, np.array([one])), november(1).players("still"))
        assert (alone[..., 0] == notes[..., one]).all()


@pytest.mark.usefixtures("everybody_adds")
def test_a_doctrine_that_sits_in_one_world_of_a_crowd_adds_as_it_does_in_all():
    games = november(WORLDS)
    world, everywhere = precise(games.played(1)), games.players("still")
    _, notes = handed_in(world, everywhere)
    for one in range(WORLDS):
        table = np.zeros_like(everywhere.table)
        table[:, one] = 1
        _, among = handed_in(world, Players(everywhere.cast, ("standard", "still"), table))
        assert (among[..., one] == notes[..., one]).all()
