"""Numbers are turned into the unit of their declaration, or refused."""

import pytest

from world.units import alike, conversion, converted


@pytest.mark.parametrize(
    ("value", "given", "wanted", "result"),
    [
        (45_000, "wafers/month", "wafers/quarter", 135_000),
        (2, "million stacks/year", "stacks/quarter", 500_000),
        (100_000, "chips/year", "chips/quarter", 25_000),
        (5, "billion USD", "thousand USD", 5_000_000),
        (10, "million USD/year", "thousand USD/quarter", 2_500),
        (15, "percent", "share", 0.15),
        (9, "months", "quarters", 3),
        (13, "weeks", "quarters", 1),
        (1.5, "years", "quarters", 6),
        (1.2, "kW", "MW", 0.0012),
        (665, "mm2", "cm2", 6.65),
        (0.002, "defects/mm2", "defects/cm2", 0.2),
        (4, "1e24 FLOP/year", "1e24 FLOP/quarter", 1),
        (3, "points", "points", 3),
        (0.7, "ln", "ln/1000", 700),
        (0.3, "share/quarter", "share/quarter", 0.3),
    ],
)
def test_a_number_is_turned_into_a_unit_that_measures_the_same(value, given, wanted, result):
    by = conversion(given, wanted)
    assert by is not None
    assert converted(value, by) == pytest.approx(result, rel=1e-15)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("wafers", "wafers/quarter"),
        ("wafer/month", "wafers/quarter"),
        ("chips/month", "wafers/quarter"),
        ("billion EUR", "thousand USD"),
        ("share/year", "share/quarter"),
        ("percent", "points"),
        ("furlongs", "quarters"),
        ("1e999999 FLOP", "1e24 FLOP"),
        ("", "share"),
        ("/", "share"),
    ],
)
def test_what_measures_something_else_is_not_turned(given, wanted):
    assert conversion(given, wanted) is None


@pytest.mark.parametrize("wanted", ["wafers/quarter", "thousand USD", "share", "quarters", "MW", "ln/1000"])
def test_units_that_are_named_as_alike_can_be_turned(wanted):
    units = alike(wanted)
    assert wanted in units
    assert len(units) > 1
    assert all(conversion(unit, wanted) for unit in units)
