"""Standard: who plays a seat sensibly does better than who does nothing, or anything."""

import numpy as np
import pytest
from tests_support import november

from agents.rollout import rollout, seated

WORLDS = 128
CAST = november().world.cast


def points(seat, doctrine):
    games = november(WORLDS)
    end = rollout(games.world, games.rules, seated(CAST, WORLDS, {seat: doctrine}), 12)
    return end.objective[CAST.at("seats", seat)]


@pytest.mark.parametrize("seat", CAST.recommended)
def test_standard_does_better_than_still_and_random_in_most_worlds(seat):
    usual = points(seat, "standard")
    for other in ("still", "random"):
        assert (usual > points(seat, other)).mean() > np.float64(0.5), other
