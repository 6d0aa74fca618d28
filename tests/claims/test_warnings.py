"""Claims about advisers who warn a government against an offer (C08)."""

from functools import cache

import numpy as np

from tests.claims.harness import arm, dial_rows, log, opening
from world.state import World

Array = np.ndarray

BLACKWELL = 30_000
"""A ceiling (TPP) under which a cut-down Blackwell may be sold."""
WARNED = 2
"""Quarters for which a warning weighs, as the scenario has it."""


@cache
def played(warned: int, costs: bool = True) -> list[World]:
    """A year in which Washington follows its doctrine, after a warning against an offer or after none."""
    off = {} if costs else {"rules.warning": 0}
    world, rules = opening({"washington.open.warned": warned, **off})
    return arm(world, rules, log(world, rules, 4), decides={"washington": "standard"})


def offer(world: World) -> Array:
    """What Washington would let China buy: licences times the ceiling (both in steps)."""
    ceiling = world.ordered[dial_rows(world, "cap_exports", "ceiling", ("cn",))[0]]
    return ceiling.astype(float) * world.ordered[dial_rows(world, "license_sales", "volume")[0]]


def test_c08_a_warning_raises_the_cost_of_selling_by_so_much_for_so_many_quarters():
    rules = opening()[1]
    warned, calm = played(WARNED), played(0)
    assert np.allclose((warned[0].stance - calm[0].stance)[0], -rules.warning)
    assert [int(world.warned[0, 0]) for world in warned[:3]] == [1, 0, 0]
    shocks = [(one.shock - other.shock)[0] for one, other in zip(warned, calm, strict=True)]
    assert [round(float(np.median(shock)), 3) for shock in shocks] == [-0.3, -0.3, 0.0, 0.0]


def test_c08_and_a_standard_washington_offers_less_in_the_quarters_that_follow():
    for quarter in (1, 2):
        warned, calm = (offer(played(length)[quarter]) for length in (WARNED, 0))
        assert (warned <= calm).all()
        assert warned.mean() < 0.98 * calm.mean()


def test_c08_a_warning_that_costs_nothing_changes_nothing():
    for one, other in zip(played(WARNED, costs=False), played(0, costs=False), strict=True):
        assert (offer(one) == offer(other)).all()


def test_c08_advisers_warn_when_an_offer_is_raised_to_such_chips_and_not_when_it_stands():
    world, rules = opening({"washington.open.warned": 0})
    logged = log(world, rules, 4)
    raised = arm(world, rules, logged, hold={("cap_exports", "ceiling", ("cn",)): BLACKWELL})
    assert [int(one.warned[0].min()) for one in raised[:3]] == [WARNED, WARNED - 1, 0]
    modest = arm(world, rules, logged, hold={("cap_exports", "ceiling", ("cn",)): 6_400})
    assert not any(one.warned.any() for one in modest)
