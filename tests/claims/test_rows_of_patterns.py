"""Claims that are numbers (C06, C13, C26, C28, C30, C32, C35, C36): rows of `validate`, and what they rest on switched off.

The rows are judged over fewer games than `validate` plays. So a condition counts as broken only where it fails whichever games had
been drawn: in nearly all of the samples that are drawn anew from those that were played.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from play.evidence.arms import Arms, arms_of
from play.evidence.calibration import placed, unknowns
from play.evidence.patterns import Condition, patterns, statistic

GAMES = 256
SAMPLES, NEARLY_ALL = 200, 0.99
ROWS = {pattern.id: pattern for pattern in patterns()}
RESTS_ON: Mapping[str, Mapping[str, str]] = {
    "C06": {"rules.lobby_effect": "0"},
    "C13": {"rules.plan_growth": "0"},
    "C26": {"rules.pack_growth": "0"},
    "C28": {"rules.diffusion": "0"},
    "C36": {"huawei.open.stacks": "1000000000"},
}
"""What a row rests on, switched off: lobbying moves Washington, plans grow, packaging grows, methods spread, memory runs out."""


@cache
def games(row: str = "") -> Arms:
    """Games of the world as it is modelled, or without what a row rests on, with the same seeds."""
    return arms_of(GAMES, over=RESTS_ON.get(row))


def is_broken(condition: Condition, arms: Arms) -> bool:
    """Whether a condition fails in nearly all samples of the games."""
    found = statistic(condition.of)(arms)
    samples = np.random.default_rng(1).integers(found.size, size=(SAMPLES, found.size))
    return bool(np.mean([not condition.holds(found[sample]) for sample in samples]) >= NEARLY_ALL)


def broken(row: str, arms: Arms) -> list[str]:
    """The conditions of a row that are broken."""
    return [condition.told() for condition in ROWS[row].conditions if is_broken(condition, arms)]


@pytest.mark.parametrize("row", ["C06", "C13", "C26", "C28", "C30", "C32", "C35", "C36"])
def test_the_row_holds_or_says_why_it_does_not(row):
    """With C32 stands its own counterfactual: without a threat the lobbying must not rise."""
    assert ROWS[row].fails or not broken(row, games())


@pytest.mark.parametrize("row", RESTS_ON)
def test_the_row_breaks_without_what_it_rests_on(row):
    assert broken(row, games(row))


def test_c35_both_figures_are_possible_only_because_so_much_is_unknown():
    known = Arms(games().seeds, placed(np.full((len(unknowns()), GAMES), 0.5)))
    assert len(broken("C35", known)) == 2


def test_c30_controls_cost_chinas_best_lab_something_in_most_worlds():
    """The row's 80 % is not met; that it is less than all, is."""
    reached = statistic("reached_of_unrestricted")(games())
    assert np.nanmedian(reached) < 1
    assert np.nanmean(reached < 1) > 0.8
