import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.motion import STEPS, Tween, eased, eased_both, step_share

SHARES = st.floats(-1, 2)


@given(SHARES, SHARES)
def test_motions_begin_at_nothing_end_at_all_and_never_turn_back(a, b):
    for ease in (eased, eased_both):
        assert ease(0) == 0
        assert ease(1) == 1
        low, high = sorted((a, b))
        assert 0 <= ease(low) <= ease(high) <= 1


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(0, 1))
def test_a_figure_lies_between_its_old_and_its_new_value(start, end, gone):
    value = Tween(start, end).after(gone).value()
    low, high = sorted((start, end))
    assert low - 1e-6 <= value <= high + 1e-6
    assert Tween(start, end).after(0.4).value() == end


def test_with_motion_reduced_a_figure_is_there_at_once_and_its_tick_stays_two_seconds():
    tween = Tween(1, 5)
    assert tween.value(still=True) == 5
    assert tween.after(1.9).has_tick(still=True)
    assert not tween.after(2.0).has_tick(still=True)
    assert not tween.after(0.5).has_tick()
    assert Tween(1, 5).after(0.2).to(9).start == pytest.approx(3)


def test_a_quarter_resolves_upstream_first_in_five_seconds():
    for seconds in (0.5, 1.5, 2.5, 3.5, 4.5):
        shares = [step_share(name, seconds) for name, _ in STEPS]
        assert shares == sorted(shares, reverse=True)
    assert [step_share(name, 5.0) for name, _ in STEPS] == [1.0] * 6
    assert [step_share(name, 0.0, still=True) for name, _ in STEPS] == [1.0] * 6
