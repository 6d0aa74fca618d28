import numpy as np
import pytest

from agents.rollout import seated, turned
from play.chain import Chain, Quarter
from tests.claims.harness import opening

WORLDS, QUARTERS = 24, 8


@pytest.mark.parametrize("scenario", ["november-2025", "october-2022"])
def test_the_least_limit_of_a_true_quarter_is_what_bound_each_maker(scenario):
    world, rules = opening({}, WORLDS, scenario)
    players = seated(world.cast, WORLDS)
    bound = set()
    for _ in range(QUARTERS):
        after = turned(world, rules, players)
        for maker, told in enumerate(after.binding):
            chain = Chain(Quarter(world, after, rules), np.array(world.cast.product_maker) == maker)
            assert (chain.least == told).all()
            assert (chain.stacks["used"] == (after.stacks_used - world.stacks_used)[maker]).all()
            bound |= set(told.tolist())
        world = after
    assert bound >= {1, 2, 3, 4}
