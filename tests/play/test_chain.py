"""The chain of a quarter, worked out from the worlds before and after it, agrees with what the rules found."""

import numpy as np
import pytest

from agents.rollout import seated, turned
from play.chain import INPUTS, Chain, Quarter
from tests.claims.harness import opening

WORLDS, QUARTERS = 24, 8
ROUNDED = 2
"""Chips by which two limits may differ and count as one: what is left after a quarter was rounded to whole dies and chips."""


@pytest.mark.parametrize("scenario", ["november-2025", "october-2022"])
def test_the_least_limit_of_a_true_quarter_is_what_bound_each_maker(scenario):
    world, rules = opening({}, WORLDS, scenario)
    players = seated(world.cast, WORLDS)
    bound, same = set(), []
    for _ in range(QUARTERS):
        after = turned(world, rules, players)
        for maker, told in enumerate(after.binding):
            chain = Chain(Quarter(world, after, rules), np.array(world.cast.product_maker) == maker)
            limits = np.stack([chain.limits[name] for name in INPUTS.values()])
            by_what_is_told = limits[np.maximum(told, 1) - 1, np.arange(WORLDS)]
            assert (np.where(told > 0, by_what_is_told - limits.min(axis=0), 0) <= ROUNDED).all()
            assert ((chain.least > 0) == (told > 0)).all()
            assert (chain.stacks["used"] == (after.stacks_used - world.stacks_used)[maker]).all()
            bound |= set(told.tolist())
            same.append(chain.least == told)
        world = after
    assert bound >= {1, 2, 3, 4}
    assert np.mean(same) > 0.999
