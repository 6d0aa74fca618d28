"""Figures: numbers as people read them, ranges, ranks and effects."""

import numpy as np
import pytest

from play.figures import THIN, agrees, aligned, effect, figure, rank_correlation, ranked_with, ranks, spread


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, f"1{THIN}230{THIN}000"),
        (999.6, f"1{THIN}000"),
        (12.349, "12.3"),
        (9.996, "10.0"),
        (0.5, "0.5"),
        (0.01234, "0.0123"),
        (-4321, f"-4{THIN}320"),
        (float("nan"), "none"),
        (float("inf"), "none"),
    ],
)
def test_numbers_have_three_digits_and_thin_spaces(value, text):
    assert figure(value) == text


def test_ranges_leave_out_what_is_no_number():
    assert spread(np.array([3.0, np.nan, 1.0, 2.0]))["median"] == 2.0
    assert np.isnan(spread(np.array([np.nan]))["p5"])


def test_equal_values_share_their_rank():
    assert ranks(np.array([10.0, 20.0, 10.0, 5.0])).tolist() == [1.5, 3.0, 1.5, 0.0]


def test_ranks_go_together_whatever_the_scale():
    x = np.arange(20.0)
    assert rank_correlation(x, np.exp(x)) == pytest.approx(1.0)
    assert rank_correlation(x, -(x**3)) == pytest.approx(-1.0)
    assert rank_correlation(x, np.ones(20)) == 0.0
    best = ranked_with(x, {"up": x, "down": -x, "flat": x * 0, "odd": x % 2}, 2)
    assert [name for name, _ in best] == ["down", "up"]


def test_an_effect_is_of_pairs():
    before = np.arange(50.0)
    one = effect(before, before + 2 + np.tile([-1.0, 1.0], 25))
    assert one.mean == pytest.approx(2.0)
    assert one.low < 2 < one.high
    assert one.low > 0
    assert one.rising == 1.0
    assert effect(np.array([np.nan]), np.array([1.0])).pairs == 0


def test_tables_line_up():
    assert aligned([("a", "1"), ("bcd", "22")]) == ["a     1", "bcd  22"]


def test_a_range_agrees_with_a_value_only_where_all_of_it_lies_on_its_side_of_zero():
    assert agrees(1.0, 0.1, 9.0)
    assert agrees(-1.0, -9.0, -0.1)
    assert not agrees(1.0, -0.1, 9.0)
    assert not agrees(-1.0, 0.1, 9.0)
    assert not agrees(0.0, 0.1, 9.0)
