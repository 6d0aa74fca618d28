"""The verdict on the way: from what a seat imagines, and from nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests_support import scrambled

from agents.imagine import imagine
from play.mind import Mind, mind_of
from play.outlook import Outlook
from play.par import read_par
from play.verdict import AGREED, OUTCOMES, Verdict, agreed, outcome, told, verdict
from world.state import columns, crowd, take
from world.view import view

SEATS = ("washington", "huawei", "deepseek")


@pytest.fixture(scope="module")
def quarters(game):
    return [game.opening, *(quarter.state for quarter in game.quarters)]


@pytest.fixture(scope="module")
def par(scenario):
    return read_par(scenario)


@pytest.fixture(scope="module")
def mind(scenario, quarters):
    return Mind(scenario, "washington", worlds=32).remember(quarters[:11])


def test_a_mind_imagines_what_imagining_from_the_opening_would(scenario, quarters, same):
    mind = Mind(scenario, "huawei", worlds=16)
    for at, quarter in enumerate(quarters[:4]):
        mind.see(view(quarter, "huawei"))
        mind.see(view(quarters[0], "huawei"))
        views = [view(one, "huawei") for one in quarters[: at + 1]]
        assert same(mind.imagined(16).world, imagine(scenario, views, 16).world) == []
        assert mind.turn == at
    assert mind.imagined(16) is mind.imagined(16)


def test_a_mind_is_of_one_seat_and_needs_something_seen(scenario, quarters):
    mind = Mind(scenario, "huawei")
    with pytest.raises(LookupError, match="it has seen nothing yet"):
        mind.imagined()
    with pytest.raises(LookupError, match="it is of seat"):
        mind.see(view(quarters[0], "beijing"))
    assert mind_of(scenario, scenario.cast, "huawei")


@pytest.mark.parametrize("seat", SEATS)
def test_what_is_hidden_changes_no_verdict(scenario, par, quarters, seat):
    number = scenario.cast.at("seats", seat)
    others = []
    for quarter in quarters[9:11]:
        two = crowd(quarter)
        others.append(take(scrambled(two, number), np.array([0])))
        assert any((getattr(quarter, name) != getattr(others[-1], name)).any() for name in columns())
    found = [
        verdict(Mind(scenario, seat, worlds=16).remember(history).imagined(16), par)
        for history in (quarters[9:11], others)
    ]
    assert found[0] == found[1]


def test_near_the_end_the_projected_score_is_nearly_the_final_one(scenario, par, quarters, mind):
    row = scenario.cast.at("seats", "washington")
    final = float(quarters[-1].objective[row, 0])
    early = verdict(Mind(scenario, "washington", worlds=32).remember(quarters[:1]).imagined(32), par)
    mind.remember(quarters[:12])
    late = verdict(mind.imagined(32), par)
    assert (early.quarters_left, late.quarters_left) == (12, 1)
    assert abs(late.points[2] - final) < 2
    assert late.points[4] - late.points[0] < early.points[4] - early.points[0]
    mind.remember(quarters)
    over = verdict(mind.imagined(32), par)
    assert over.points == (final,) * 5
    assert over.lead == (float(quarters[-1].lead[0]),) * 5
    assert (over.agreement, over.is_decided) == (1.0, True)


def test_ranges_rise_and_percentiles_follow_points(mind, par):
    found = verdict(mind.imagined(32), par)
    for values in (found.points, found.percentile, found.lead):
        assert list(values) == sorted(values)
    assert found.percentile[2] == pytest.approx(par.percentile("washington", found.points[2]), abs=3)
    without = verdict(mind.imagined(32))
    assert (without.percentile, without.outcome) == ((), None)
    assert without.points == found.points
    assert without.agreement >= found.agreement


@given(st.lists(st.tuples(st.integers(-1, 1), st.integers(0, 2)), min_size=1, max_size=60))
def test_the_more_futures_agree_the_more_decided_is_the_game(endings):
    leaders, outcomes = (np.array(column) for column in zip(*endings, strict=True))
    share, leader, most = agreed(leaders, outcomes)
    assert share == max(endings.count(ending) for ending in endings) / len(endings)
    assert endings.count((leader, most)) / len(endings) == share
    more = agreed(np.append(leaders, leader), np.append(outcomes, most))
    assert more[0] >= share
    assert more[1:] == (leader, most)
    assert agreed(leaders, None)[0] >= share


def test_an_outcome_is_above_about_or_below_par():
    assert [OUTCOMES[outcome(rank)] for rank in (0, 29.9, 30, 69.9, 70, 100)] == [
        *("below par", "below par", "about par", "about par", "above par", "above par")
    ]


def decided_by(agreement):
    return Verdict("washington", 3, (1.0,) * 5, (2.0,) * 5, (3.0,) * 5, agreement, 1, 1)


def test_a_game_is_decided_from_95_in_100_on():
    states = [decided_by(agreement).is_decided for agreement in (0.2, 0.94, AGREED, 0.99, 1.0)]
    assert states == sorted(states) == [False, False, True, True, True]


def test_the_line_has_countdown_score_range_and_state():
    line = told(decided_by(0.97))
    assert line == (
        "Three quarters to go: projected score 1.00 points (1.00 to 1.00), percentile 2 (2 to 2); decided: 97 % of "
        "imagined futures end alike (the US side leads, your score about par)."
    )
    assert "open: 40 % of imagined futures" in told(decided_by(0.4))


def test_a_game_of_an_unknown_scenario_has_no_outlook(game, tmp_path):
    from dataclasses import replace

    from play.keep import resumed

    model = resumed(replace(game, story=replace(game.story, name="gone"), quarters=game.quarters[:1]))
    assert Outlook(model).lines("washington") == []
