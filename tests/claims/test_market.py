"""Claims about a market with shut doors: smuggling where supply falls short (C03), a refusal as a posture (C15)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Settings, arm, assert_shown, change, dial_rows, log, opening
from world.phases.standing import OBJECTIVES
from world.state import World

Array = np.ndarray

QUARTERS = 3


@cache
def supplied(short: bool, settings: tuple[tuple[str, float], ...] = ()) -> list[World]:
    """A start as it is, where plans outrun legal supply, and one in which Chinese owners plan no more than they get."""
    world, _ = opening()
    owners = [world.cast.owners[owner] for owner in world.cast.in_region("cn")]
    modest = {} if short else {f"{owner}.open.plan": 1 for owner in owners}
    world, rules = opening({**modest, **dict(settings)})
    return arm(world, rules, log(world, rules, QUARTERS))


def smuggled(world: World) -> Array:
    """Chips that networks set afloat in the quarter."""
    return world.moved.sum(axis=0).astype(float)


def premium(world: World) -> Array:
    """What the black market pays above the legal price."""
    return world.premium


def falls_short(world: World) -> Array:
    """Where Chinese owners lack compute that they planned with."""
    return world.unmet[world.cast.in_region("cn")].sum(axis=0) > 0


@pytest.mark.parametrize("figure", [smuggled, premium])
def test_c03_the_black_market_appears_when_legal_supply_falls_short(figure):
    def effect(settings: Settings) -> tuple[Array, Array]:
        given = tuple(settings.items())
        enough, short = supplied(False, given)[-1], supplied(True, given)[-1]
        is_real = smuggled(short) > 0
        return change(np.where(is_real, figure(short), 0), figure(enough), 0.1), falls_short(short)

    assert_shown(effect, +1, off={"rules.smuggling": 0})


def test_c03_and_vanishes_when_it_does_not():
    for world in supplied(False):
        assert not falls_short(world).any()
        assert not smuggled(world).any()
        assert (premium(world) < 0.01).all()


ANSWER = 8
"""Quarters in which Washington may answer."""
REFUSAL, WELCOME = {("admit_chips", "share"): 0.05}, {("admit_chips", "share"): 1.0}


@cache
def bargained(doctrine: str, revenue_counts: bool, refuse: bool) -> list[World]:
    """Two years in which Beijing refuses or welcomes licensed chips, and Washington answers by its doctrine.

    Washington's score counts revenue as the scenario has it, or not at all.
    """
    world, rules = opening()
    if not revenue_counts:
        weights = world.cast.weights.copy()
        weights[world.cast.at("seats", "washington"), OBJECTIVES["controller"].index("economy")] = 0.0
        world = replace(world, cast=replace(world.cast, weights=weights))
    hold = REFUSAL if refuse else WELCOME
    return arm(world, rules, log(world, rules, ANSWER), hold=hold, decides={"washington": doctrine})


def offer(world: World) -> Array:
    """What Washington would let China buy: licences times the ceiling (both in steps)."""
    ceiling = world.ordered[dial_rows(world, "cap_exports", "ceiling", ("cn",))[0]]
    return ceiling.astype(float) * world.ordered[dial_rows(world, "license_sales", "volume")[0]]


def raised(doctrine: str, revenue_counts: bool, refuse: bool) -> Array:
    """Where Washington ever offered more than on the opening day."""
    best = np.max([offer(world) for world in bargained(doctrine, revenue_counts, refuse)], axis=0)
    return best > offer(opening()[0])


@pytest.mark.parametrize("doctrine", ["standard", "dealmaker"])
def test_c15_a_refusal_makes_a_washington_that_values_revenue_raise_its_offer(doctrine):
    refused, welcomed = (raised(doctrine, True, refuse) for refuse in (True, False))
    assert refused.mean() >= welcomed.mean() + 0.2
    assert not (welcomed & ~refused).any()


@pytest.mark.parametrize(("doctrine", "revenue_counts"), [("standard", False), ("dealmaker", False), ("hawk", True)])
def test_c15_a_washington_that_does_not_value_revenue_never_raises_its_offer(doctrine, revenue_counts):
    assert not raised(doctrine, revenue_counts, refuse=True).any()


def test_c15_while_it_lasts_a_refusal_costs_chinese_labs_compute():
    def compute(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(settings)
        logged, american = log(world, rules, QUARTERS), ~world.cast.seat_bloc("chipmaker")
        refused, welcomed = (arm(world, rules, logged, hold=gate)[-1] for gate in (REFUSAL, WELCOME))
        labs = [w.usable[: world.cast.size("labs")][world.cast.lab_bloc == 1].sum(axis=0) for w in (refused, welcomed)]
        return change(*labs, 0.001), welcomed.revenue_cn[american].sum(axis=0) > 0

    assert_shown(compute, -1, off={"washington.license_sales.volume": 0})
