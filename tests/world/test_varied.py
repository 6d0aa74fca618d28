"""Numbers that an experiment gives to each game stand over what the scenario says, as settings would."""

import numpy as np
import pytest

from world.scenario import opened, read
from world.state import take
from world.turn import layout_of
from world.varied import Varied

SEEDS = np.array([3, 1, 4, 1, 5], dtype=np.uint64)
STORY = read("tutorial")
FIRST_DIAL = 0


def ways() -> list[tuple[str, str, np.ndarray, Varied]]:
    """Some numbers, by the name that each has as a setting, and given to each of five games."""
    layout = layout_of(STORY.cast)
    steps = np.array([2, 0, 7, 1, 1])
    settings = layout.low[FIRST_DIAL, 0] + layout.step[FIRST_DIAL, 0] * steps
    shares, stacks = np.array([0.25, 0.5, 0.75, 0.5, 1.0]), np.array([9.0, 0.0, 7.0, 1e6, 3.0])
    turns = np.array([4, 2, 9, 1, 4])
    return [
        ("a coefficient", "rules.risk_scale", shares, Varied({"rules.risk_scale": shares})),
        ("a share", "open.premium", shares, Varied({"opening.premium": shares})),
        ("a count", "huawei.open.stacks", stacks, Varied({"opening.stacks.huawei": stacks})),
        ("a dial", "washington.cap_exports.cn.ceiling", settings, Varied(levels={FIRST_DIAL: steps})),
        ("a length", "length", turns, Varied(lengths=turns)),
    ]


@pytest.mark.parametrize(("key", "values", "varied"), [way[1:] for way in ways()], ids=[way[0] for way in ways()])
def test_a_number_given_to_each_game_is_one_that_is_set_in_each(same, key, values, varied):
    world, rules = opened(STORY, SEEDS, varied=varied)
    for game, value in enumerate(values):
        alone, own = opened(STORY, SEEDS[game : game + 1], {key: f"{value:.9g}"})
        assert not same(alone, take(world, np.array([game])))
        assert own.risk_scale[0] == rules.risk_scale[game]


def test_a_game_alone_is_given_its_number_too(same):
    shares = np.array([0.25, 0.5])
    crowd, _ = opened(STORY, SEEDS[:2], varied=Varied({"opening.premium": shares}))
    alone, _ = opened(STORY, SEEDS[1:2], varied=Varied({"opening.premium": shares[1:]}))
    assert not same(alone, take(crowd, np.array([1])))
