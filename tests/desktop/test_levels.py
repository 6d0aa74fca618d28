"""Levels: who plays the rivals, and that nothing else of the world is another."""

import numpy as np

from agents.doctrine.roster import entries_for
from agents.rollout import Players
from desktop import tables
from desktop.levels import LEVELS, NO_CHARACTER, rivals
from play.model import Chokepoint
from world.scenario import read

NOVEMBER = read("november-2025")


def test_every_level_seats_doctrines_that_there_are_and_only_those():
    for level in LEVELS:
        held = rivals(NOVEMBER.cast, level, 3, ("washington",))
        assert "washington" not in held
        for seat in NOVEMBER.cast.seats:
            if seat.name in held:
                assert held[seat.name] in {entry.name for entry in entries_for(seat.role, seat.bloc)}


def gains_over_standard(games):
    """By role and side, each doctrine's points over `standard` in the same games, on average over seats and games.

    One seat is changed at a time; all tables are one batch, the first of them with `standard` everywhere.
    """
    cast = NOVEMBER.cast
    tried = [(at, e.name) for at, s in enumerate(cast.seats) for e in entries_for(s.role, s.bloc)]
    tried = [(at, name) for at, name in tried if name not in (*NO_CHARACTER, "standard")]
    names = ("standard", *dict.fromkeys(name for _, name in tried))
    table = np.zeros((len(cast.seats), 1 + len(tried), games), dtype=np.int16)
    for place, (at, name) in enumerate(tried, 1):
        table[at, place] = names.index(name)
    players = Players(cast, names, table.reshape(len(cast.seats), -1))
    model = Chokepoint(NOVEMBER, seeds=[*range(1, games + 1)] * (1 + len(tried)), players=players, keep=("turn",))
    while model.running:
        model.step()
    points = model.world.objective.reshape(table.shape).mean(axis=-1)
    model.forget()
    found = {}
    for place, (at, name) in enumerate(tried, 1):
        kind = cast.seats[at].role, cast.seats[at].bloc
        found.setdefault(kind, {}).setdefault(name, []).append(points[at, place] - points[at, 0])
    return {kind: {name: float(np.mean(seats)) for name, seats in by.items()} for kind, by in found.items()}


def test_no_doctrine_serves_its_seats_half_a_point_better_than_that_of_sharp_rivals():
    sharp, gains = LEVELS[2], gains_over_standard(16)
    assert len(gains) == 8
    for kind, by in gains.items():
        means = {"standard": 0.0, **by}
        seat = next(one for one in NOVEMBER.cast.seats if (one.role, one.bloc) == kind)
        assert means[sharp.doctrine(seat, 1)] > max(means.values()) - 0.5, (kind, means)


def test_unknown_rivals_differ_by_seed_and_are_the_same_for_one():
    unknown = LEVELS[-1]
    drawn = [rivals(NOVEMBER.cast, unknown, seed, ()) for seed in range(6)]
    assert drawn == [rivals(NOVEMBER.cast, unknown, seed, ()) for seed in range(6)]
    assert len({tuple(one.values()) for one in drawn}) == 6


def test_a_level_changes_who_plays_and_nothing_of_the_world():
    opening = [tables.begun(NOVEMBER, ("nvidia",), rivals(NOVEMBER.cast, level, 5, ("nvidia",)), 5) for level in LEVELS]
    for table in opening:
        table.close()
        for column in ("money", "ordered", "chips", "defect_density"):
            assert (getattr(table.model.world, column) == getattr(opening[0].model.world, column)).all()
