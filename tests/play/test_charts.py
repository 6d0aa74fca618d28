"""Charts: scales keep order, labels keep their distance, words are escaped, pictures say what they show."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from play.charts import Scale, apart, compact, log_ticks, nice, picture, stairs, tag, ticks, words
from play.figures import MINUS, THIN, signed

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(NUMBERS, NUMBERS, st.floats(1, 1e6))
def test_a_scale_keeps_the_order_of_numbers(a, b, width):
    scale = Scale(-1e6, 1e6, 0.0, width)
    assert (scale(a) <= scale(b)) == (a <= b) or scale(a) == scale(b)


@given(NUMBERS, st.floats(1e-3, 1e6))
def test_ticks_are_few_and_lie_within_the_range(low, width):
    found = ticks(low, low + width)
    assert len(found) <= 8
    assert all(low - 1e-6 * width <= tick <= low + 1.000001 * width for tick in found)


@given(st.floats(1, 1e5), st.floats(2, 1e6))
def test_ticks_of_a_logarithm_are_few_and_lie_within_the_range(low, times):
    found = log_ticks(low, low * times)
    assert len(found) <= 6
    assert all(low * 0.99 <= tick <= low * times * 1.01 for tick in found)


@given(NUMBERS, st.floats(1e-3, 1e6))
def test_a_range_made_round_holds_the_range(low, width):
    bottom, top = nice(low, low + width)
    assert bottom <= low + 1e-6 * width
    assert top >= low + width * (1 - 1e-6)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_labels_stand_apart_and_keep_their_order(wanted):
    places = apart(wanted, 15.0, 0.0, 100.0)
    in_order = [places[at] for at in sorted(range(len(wanted)), key=lambda at: wanted[at])]
    assert all(b - a >= 15.0 - 1e-9 for a, b in pairwise(in_order))
    assert max(places) <= 100.0


def test_a_step_holds_until_the_next():
    assert stairs([(0, 1), (5, 3)]) == [(0, 1), (5, 1), (5, 3)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (1_234_567, "1.2M"),
        (999_999, "1.0M"),
        (95_400, "95k"),
        (4_812, f"4{THIN}800"),
        (-2_400_000, f"{MINUS}2.4M"),
        (7.04, "7.0"),
        (0.25, "0.25"),
    ],
)
def test_labels_have_two_digits(value, said):
    assert compact(value) == said


def test_a_tick_has_no_needless_zeros():
    assert [compact(value, is_tick=True) for value in (1e6, 1.5e6, 20_000, 2.0)] == ["1M", "1.5M", "20k", "2"]


def test_a_change_bears_its_sign_and_one_too_small_to_tell_is_0():
    assert [signed(x) for x in (3.44, -3.44, 0.0001)] == ["+3.4", f"{MINUS}3.4", "0"]


def test_words_and_attributes_are_escaped():
    drawn = picture("x", 10, 10, "<b>", '"&', words(0, 0, "</svg><script>"), tag("g", id='"onload="x'))
    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert 'id="&#34;onload=&#34;x"' in drawn


def test_a_picture_says_what_it_shows():
    drawn = picture("race", 10, 10, "The race", "Who leads.")
    assert 'role="img"' in drawn
    assert 'aria-labelledby="race-t race-d"' in drawn
    assert '<title id="race-t">The race</title><desc id="race-d">Who leads.</desc>' in drawn
