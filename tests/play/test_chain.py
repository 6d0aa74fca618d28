"""The chain of a quarter, worked out from the worlds before and after it, agrees with what the rules found."""

import numpy as np
import pytest
from limits import ROUNDED, over_least

from agents.rollout import seated, turned
from play.chain import Chain, Quarter
from tests.claims.harness import opening

WORLDS, QUARTERS = 24, 8


@pytest.mark.parametrize("scenario", ["november-2025", "october-2022"])
def test_the_least_limit_of_a_true_quarter_is_what_bound_each_maker(scenario):
    world, rules = opening({}, WORLDS, scenario)
    players = seated(world.cast, WORLDS)
    bound, same = set(), []
    for _ in range(QUARTERS):
        after = turned(world, rules, players)
        for maker, told in enumerate(after.binding):
            chain = Chain(Quarter(world, after, rules), np.array(world.cast.product_maker) == maker)
            assert (over_least(chain, told) <= ROUNDED).all()
            assert ((chain.least > 0) == (told > 0)).all()
            assert (chain.stacks["used"] == (after.stacks_used - world.stacks_used)[maker]).all()
            bound |= set(told.tolist())
            same.append(chain.least == told)
        world = after
    assert bound >= {1, 2, 3, 4}
    assert np.mean(same) > 0.999
