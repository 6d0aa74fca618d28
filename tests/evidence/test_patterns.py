"""Patterns: conditions and observations mean what they say, and every pattern can be read off the games of its arms."""

import re

import numpy as np
import pytest

from play.evidence.arms import PLANS
from play.evidence.debate import LICENSED, WITHHELD
from play.evidence.patterns import FILE, Condition, Observation, PatternError, holding, judged, patterns, statistic
from play.evidence.statistics import capability
from world.facts import facts
from world.state import replace

GAMES = np.concatenate([np.linspace(1.0, 3.0, 101), [np.nan]])
EVERY = {condition.of: condition for pattern in patterns() for condition in pattern.conditions}


@pytest.mark.parametrize(
    ("what", "bounds", "holds"),
    [
        ("median", {"low": 2, "high": 2}, True),
        ("median", {"low": 2.01}, False),
        ("median", {"high": 1.99}, False),
        ("mean", {"low": 1.99, "high": 2.01}, True),
        ("mean", {"high": 1.9}, False),
        ("covers", {"low": 1.1, "high": 2.9}, True),
        ("covers", {"low": 1.0, "high": 2.0}, False),
        ("covers", {"low": 2.0, "high": 3.0}, False),
        ("factor", {"low": 2.6}, True),
        ("factor", {"low": 2.7}, False),
        ("share", {"least": 2.5, "low": 0.25, "high": 0.26}, True),
        ("share", {"most": 1.5, "low": 0.25, "high": 0.26}, True),
        ("share", {"least": 1.5, "most": 2.5, "low": 0.6}, False),
    ],
)
def test_a_condition_holds_where_the_games_that_have_the_number_show_it(what, bounds, holds):
    assert Condition("anything", what, **bounds).holds(GAMES) is holds


@pytest.mark.parametrize("what", ["median", "mean", "covers", "factor", "share"])
def test_a_condition_on_a_number_that_no_game_has_does_not_hold(what):
    assert not Condition("anything", what).holds(np.full(5, np.nan))


@pytest.mark.parametrize("what", ["median", "mean", "factor", "share"])
def test_the_order_of_games_is_nothing_to_a_condition(what):
    condition, mixed = Condition("anything", what, least=2.5), np.random.default_rng(1).permutation(GAMES)
    assert condition.shown(mixed) == pytest.approx(condition.shown(GAMES))


def test_an_observation_is_a_range_that_holds_nine_in_ten():
    plain, by_factor = Observation("x", 1, 3, False), Observation("x", 1, 4, True)
    luck = np.random.default_rng(2).standard_normal(20_000) / 1.645
    for one, found in ((plain, 2 + luck), (by_factor, 2 * 2**luck)):
        assert (one.squares(found) <= 1.645**2).mean() == pytest.approx(0.9, abs=0.01)
    assert plain.squares(np.array([1.0, 2.0, 3.0])) == pytest.approx([1.645**2, 0, 1.645**2])
    assert by_factor.squares(np.array([1.0, 2.0, 4.0])) == pytest.approx([1.645**2, 0, 1.645**2])


def test_what_is_nothing_is_as_far_as_can_be_and_what_is_not_there_stays_unknown():
    found = Observation("x", 1, 4, True).squares(np.array([0.0, -1.0, 1e30, np.nan]))
    assert found[:3] == pytest.approx([100, 100, 100])
    assert np.isnan(found[3])


@pytest.mark.parametrize("name", EVERY)
def test_every_statistic_is_one_number_a_game_and_has_a_name(few, name):
    found = statistic(name)(few)
    assert found.shape == (16,)
    assert not np.isinf(found).any()
    assert np.isfinite(found).any()
    assert statistic(name).__doc__


def test_every_arm_is_asked_for(few):
    for name in EVERY:
        statistic(name)(few)
    assert set(few.done) | {WITHHELD, LICENSED} == set(PLANS)


def test_a_game_gives_the_same_numbers_alone_as_in_a_crowd(few):
    from play.evidence.arms import Arms

    alone = Arms(few.seeds[3:4])
    for name in ("huawei_chips_2025", "smuggled_2024", "lead_at(Q4 2025)", "open_lag", "largest_run_a_year"):
        assert statistic(name)(alone) == statistic(name)(few)[3], name


def test_a_pattern_holds_when_all_of_its_conditions_do(few):
    verdicts = [verdict for pattern in patterns() for verdict in judged(pattern, few)]
    for one, holds in holding(verdicts).items():
        assert holds == all(verdict.holds for verdict in verdicts if verdict.pattern.id == one)


def test_what_is_held_out_is_not_fitted():
    held = [pattern for pattern in patterns() if pattern.is_held_out]
    assert len(held) >= len([one for one in patterns() if one.id.isdigit()]) // 3
    assert not any(pattern.observations for pattern in held)
    told = {one.of for pattern in patterns() for one in pattern.observations}
    assert not told & {condition.of for pattern in held for condition in pattern.conditions}


def test_what_is_fitted_is_asked_of_the_model_too_and_its_range_holds_the_target():
    for pattern in patterns():
        conditions = {one.of: one for one in pattern.conditions if one.what == "median"}
        for one in pattern.observations:
            target = conditions[one.of]
            assert one.low <= max(target.low, one.low) <= min(target.high, one.high) <= one.high


def test_every_pattern_has_a_source_and_every_fact_that_it_cites_is_there():
    for pattern in patterns():
        assert pattern.source
        for fact in re.findall(r"\b[A-Z]+-\d{3}\b", pattern.source):
            assert fact in facts(), f"{pattern.id} cites {fact}"


def changed(tmp_path, old, new):
    text = FILE.read_text("utf-8")
    assert old in text
    path = tmp_path / "patterns.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "2"', 'id = "1"', "pattern 1 stands twice"),
        ('what = "median"', 'what = "middle"', "'middle' is no kind; write one of median"),
        (
            "held_out = true",
            'held_out = true\nfit = [{ of = "flow_ratio_2026", low = 1, high = 2 }]',
            "pattern 4 is held out and yet fitted",
        ),
        ('of = "huawei_chips_2025"', 'of = "huawei_crisps"', "there is no statistic 'huawei_crisps'"),
        ('of = "lead_at(Q4 2023)"', 'of = "lead_of(Q4 2023)"', "there is no statistic 'lead_of'"),
        ("low = 300_000", "lower = 300_000", "pattern 1: 'lower' is no key; write one of of"),
        ('unit = "chips"', 'units = "chips"', "pattern 1: has no unit; add it"),
        ("[[pattern]]", "[[pattern]", "patterns.toml"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path, old, new, said):
    with pytest.raises(PatternError, match=said):
        patterns(changed(tmp_path, old, new))


AS_GOOD = {140.0: 25.0, 120.0: 12.0, 100.0: -20.0}
"""Scores of US models by the month in which they came out."""


def a_quarter(few, score, day=27.5, is_open=True):
    """A quarter at whose end China's record is alibaba's, of that score (game by game) and day."""
    opening = few["past"].opening
    alibaba, opened = opening.cast.at("labs", "alibaba"), np.zeros_like(opening.is_open)
    scores, records = np.full_like(opening.score, 80.0), np.zeros_like(opening.record_score)
    months = np.zeros_like(opening.record_month)
    scores[alibaba], opened[alibaba] = np.resize(score, 16), is_open
    records[1, 0], months[1, 0] = scores[alibaba], day
    for row, (best, month) in enumerate(AS_GOOD.items()):
        records[0, row], months[0, row] = best, month
    return replace(opening, score=scores, is_open=opened, record_score=records, record_month=months)


def lags(few, score, **changes):
    return capability.lag_of_open_record(a_quarter(few, 90.0), a_quarter(few, score, **changes))


def test_an_open_record_is_as_late_as_its_day_after_the_first_us_model_as_good(few):
    found = lags(few, [100.0, 100.5, 120.0, 139.0, 140.0])
    assert found[:5] == pytest.approx([47.5, 15.5, 15.5, 2.5, 2.5])


def test_an_open_model_that_leads_follows_nobody_also_where_it_is_caught_up_with_in_the_same_quarter(few):
    assert not lags(few, 141.0).any()
    assert not lags(few, 139.0, day=24.5).any()


def test_a_record_without_open_weights_and_one_of_an_earlier_quarter_are_not_read(few):
    assert np.isnan(lags(few, 115.0, is_open=False)).all()
    assert np.isnan(lags(few, 90.0)).all()
