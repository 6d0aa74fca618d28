import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.numbers import halves, power_of_ten, short, signed, span


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (7, "7"),
        (21_000, "21k"),
        (118_000, "120k"),
        (1_920_000, "1.9M"),
        (999_999, "1M"),
        (0.346, "0.35"),
        (2.4e9, "2.4bn"),
    ],
)
def test_a_number_has_two_significant_digits(value, text):
    assert short(value) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (9_000, 60_000, "9–60k"),
        (45_000, 150_000, "45–150k"),
        (700_000, 1.4e6, "700k–1.4M"),
        (350, 5_000, "0.35–5k"),
        (5, 11, "5–11"),
        (0, 42_000, "0–42k"),
        (-2, 3, "−2 to 3"),
    ],
)
def test_a_range_has_one_unit_where_it_can(low, high, text):
    assert span(low, high) == text


@given(st.floats(1e-3, 9e11))
def test_what_is_written_is_what_was_meant(value):
    text = short(value)
    unit = {"k": 1e3, "M": 1e6, "bn": 1e9}
    size = next((unit[u] for u in ("bn", "M", "k") if text.endswith(u)), 1.0)
    number = float(text.rstrip("kMbn").replace(",", ""))
    assert number * size == pytest.approx(value, rel=0.051)


def test_changes_have_signs_and_months_have_halves():
    assert (signed(0.5), signed(-1.6), signed(0)) == ("+0.5", "−1.6", "0")
    assert [halves(x) for x in (7.4, 0.3, -2.6, 5, 0, 0.1)] == ["7½", "½", "−2½", "5", "0", "0"]


def test_powers_of_ten_have_raised_digits():
    assert [power_of_ten(x) for x in (27.3, 24, 23.9999999999, -3)] == [
        "2.0 × 10²⁷",
        "1.0 × 10²⁴",
        "1.0 × 10²⁴",
        "1.0 × 10⁻³",
    ]
