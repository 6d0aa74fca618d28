"""What a scenario gives as a range is drawn anew for every game, alike in any batch."""

import numpy as np

from tests.world.tiny import cell, seeds
from world.rules import coefficients, take_rules
from world.scenario import opened
from world.state import columns, take


def test_a_game_opens_alone_as_it_does_in_a_crowd(tiny):
    crowd, crowd_rules = opened(tiny, seeds(64))
    for chosen in ([0], [63], [5, 7]):
        world, rules = opened(tiny, seeds(64)[chosen])
        expected = take(crowd, np.array(chosen))
        for name in columns():
            assert getattr(world, name).tobytes() == getattr(expected, name).tobytes(), name
        expected_rules = take_rules(crowd_rules, np.array(chosen))
        for name in coefficients():
            assert getattr(rules, name).tobytes() == getattr(expected_rules, name).tobytes(), name


def test_what_is_disputed_is_drawn_within_its_range(tiny):
    world, rules = opened(tiny, seeds(2000))
    drawn = {
        "uniform": (cell(tiny, world, "defect_density", "smic", "advanced"), 0.15, 0.4, 0.275),
        "triangular": (cell(tiny, world, "capacity", "smic", "advanced"), 9e4, 15e4, 125e3),
        "log-uniform": (
            np.log(cell(tiny, world, "route_capacity", "malacca")),
            np.log(50_000),
            np.log(200_000),
            np.log(100_000),
        ),
        "coefficient": (rules.diffusion_half_life, 1, 6, 3),
    }
    for spread, (values, low, high, mean) in drawn.items():
        assert low * (1 - 1e-6) <= values.min() < values.max() <= high * (1 + 1e-6), spread
        assert abs(values.mean() - mean) < 0.05 * (high - low), spread
        assert np.unique(values).size > 1000, spread


def test_whole_numbers_are_rounded_after_the_draw(tiny):
    world, _ = opened(tiny, seeds(50))
    stacks = cell(tiny, world, "stacks", "huawei")
    assert stacks.dtype.kind == "i"
    assert np.unique(stacks).size > 40


def test_a_range_more_changes_nothing_else(tiny):
    before, rules_before = opened(tiny, seeds(5))
    after, rules_after = opened(tiny, seeds(5), {"rules.retirement": "0.01:0.1"})
    assert np.unique(rules_after.retirement).size == 5
    for name in coefficients():
        if name != "retirement":
            assert (getattr(rules_before, name) == getattr(rules_after, name)).all(), name
    for name in columns():
        assert np.array_equal(getattr(before, name), getattr(after, name)), name


def test_reading_leaves_no_trace_between_openings(tiny):
    opened(tiny, seeds(5), {"open.premium": 2, "length": 3})
    world, _ = opened(tiny, seeds(5))
    assert np.allclose(world.premium, 0.5)
    assert (world.length == 6).all()
