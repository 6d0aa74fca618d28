"""Wrong worlds: a coefficient that is plainly wrong makes patterns fail by name, so that what holds means something."""

from functools import cache

import numpy as np
import pytest

from play.evidence.arms import Arms, arms_of
from play.evidence.patterns import Condition, Pattern, judged, patterns, statistic

GAMES = 32
WRONG = {
    "good packages five times as many": {"rules.critical_area_cn": "0.3"},
    "no smuggling": {"rules.smuggling": "0"},
    "no diffusion": {"rules.diffusion": "0"},
    "no memory limit": {"huawei.open.stacks": "1000000000"},
    "constant software": {"rules.software_learning": "0", "rules.software_effort": "0"},
}
FAILS = {
    "good packages five times as many": ("21", "23"),
    "no smuggling": ("9", "10", "11"),
    "no diffusion": ("15", "18"),
    "no memory limit": ("2", "28"),
    "constant software": ("32",),
}
"""The patterns that cannot hold in a wrong world, whatever was fitted."""
NAMED = [(wrong, one) for wrong, ids in FAILS.items() for one in ids]
PATTERNS = {pattern.id: pattern for pattern in patterns()}


@cache
def games(wrong: str = "") -> Arms:
    """Games of the world as it is modelled, or of one that is wrong, with the same seeds."""
    return arms_of(GAMES, over=WRONG.get(wrong))


def off(condition: Condition, arms: Arms) -> float:
    """How far what a condition is about lies outside of its bounds; endless where there is no such thing."""
    shown = condition.shown(statistic(condition.of)(arms))
    if condition.what == "covers":
        return 1.0 - shown
    return np.inf if np.isnan(shown) else max(condition.low - shown, shown - condition.high, 0.0)


def fails(pattern: Pattern, arms: Arms) -> bool:
    """Whether a pattern does not hold."""
    return not all(one.holds for one in judged(pattern, arms))


@pytest.mark.parametrize(("wrong", "one"), NAMED)
def test_a_wrong_world_fails_the_pattern_and_is_further_off_than_the_right_one(wrong, one):
    pattern = PATTERNS[one]
    assert fails(pattern, games(wrong))
    assert any(off(condition, games(wrong)) > off(condition, games()) for condition in pattern.conditions)


@pytest.mark.parametrize("wrong", WRONG)
def test_one_of_them_at_least_turns_from_holding_to_failing(wrong):
    assert any(not fails(PATTERNS[one], games()) for one in FAILS[wrong])


def test_settings_put_over_every_arm_leave_those_of_the_arm_that_they_do_not_name():
    dry, right = games("no diffusion")["dry"], games()["dry"]
    assert (dry.rules.diffusion == 0).all()
    assert (right.rules.diffusion == 1).all()
    maker = dry.opening.cast.at("memory_makers", "cxmt")
    for arm in (dry, right):
        assert not arm.opening.memory_capacity[maker].any()
