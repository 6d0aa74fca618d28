"""Standard: who plays a seat sensibly does better than who does nothing, or anything."""

from functools import cache

import pytest
from tests_support import november

from agents.rollout import rollout, seated

WORLDS = 64
CAST = november().world.cast


@cache
def end_of(players=()):
    games = november(WORLDS)
    return rollout(games.world, games.rules, seated(CAST, WORLDS, dict(players)), int(games.world.length[0])).objective


def points(seat, doctrine):
    players = () if doctrine == "standard" else ((seat, doctrine),)
    return end_of(players)[CAST.at("seats", seat)]


@pytest.mark.parametrize("seat", CAST.recommended)
def test_standard_does_better_than_still_and_random_in_most_worlds(seat):
    usual = points(seat, "standard")
    for other in ("still", "random"):
        assert (usual > points(seat, other)).mean() > 0.5, other
