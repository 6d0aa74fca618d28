"""Claims about a market with shut doors: smuggling where supply falls short (C03), a refusal as a posture (C15)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Hold, Settings, arm, assert_shown, change, dial_rows, log, opening
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
STEADY = {"rules.stance_noise": 0.25}
"""Politics with as little luck as any game draws: with more, Washington often raises its offer unasked."""
REFUSAL, WELCOME = {("admit_chips", "share"): 0.05}, {("admit_chips", "share"): 1.0}


@cache
def bargained(doctrine: str, revenue_counts: bool, refuse: bool) -> list[World]:
    """Two years in which Beijing refuses or welcomes licensed chips, and Washington answers by its doctrine.

    Washington's score counts revenue as the scenario has it, or not at all.
    """
    world, rules = opening(STEADY)
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
    return best > offer(opening(STEADY)[0])


@pytest.mark.parametrize("doctrine", ["standard", "dealmaker"])
def test_c15_a_refusal_makes_a_washington_that_values_revenue_raise_its_offer(doctrine):
    """With all the luck that is drawn, `standard` raises it in 63 % of worlds when refused and in 45 % when welcome."""
    refused, welcomed = (raised(doctrine, True, refuse) for refuse in (True, False))
    assert refused.mean() >= welcomed.mean() + 0.2
    assert not (welcomed & ~refused).any()


@pytest.mark.parametrize(("doctrine", "revenue_counts"), [("standard", False), ("dealmaker", False), ("hawk", True)])
def test_c15_a_washington_that_does_not_value_revenue_never_raises_its_offer(doctrine, revenue_counts):
    assert not raised(doctrine, revenue_counts, refuse=True).any()


NO_NETWORKS: Hold = {("offer_capacity", "share"): 0.0}
"""Nothing is smuggled in the place of what was refused."""
HALF_A_BLACKWELL: Hold = {
    ("cap_exports", "ceiling", ("cn",)): 20_000,
    ("cap_exports", "density", ("cn",)): 60,
    ("design_for_export", "tpp", (), "nvidia"): 20_000,
}
"""Better chips for the money than any that are smuggled; they come out after a year."""


def labs_compute(world: World) -> Array:
    """Compute that Chinese labs have of their own."""
    return world.usable[: world.cast.size("labs")][world.cast.lab_bloc == 1].sum(axis=0).astype(float)


def refused_and_welcomed(hold: Hold, quarters: int, settings: Settings) -> tuple[World, World]:
    """The worlds after so many quarters of a refusal, and of a welcome."""
    world, rules = opening(settings)
    logged = log(world, rules, quarters)
    refused, welcomed = (arm(world, rules, logged, hold={**hold, **gate})[-1] for gate in (REFUSAL, WELCOME))
    return refused, welcomed


@pytest.mark.parametrize(("hold", "quarters"), [(NO_NETWORKS, QUARTERS), (HALF_A_BLACKWELL, ANSWER)])
def test_c15_while_it_lasts_a_refusal_costs_chinese_labs_compute(hold, quarters):
    def compute(settings: Settings) -> tuple[Array, Array]:
        refused, welcomed = refused_and_welcomed(hold, quarters, settings)
        sells = welcomed.revenue_cn[~welcomed.cast.seat_bloc("chipmaker")].sum(axis=0) > 0
        return change(labs_compute(refused), labs_compute(welcomed), 0.001), sells

    assert_shown(compute, -1, off={"washington.license_sales.volume": 0})


def test_c15_but_in_time_smugglers_make_up_for_weak_chips_that_are_refused_in_many_worlds():
    """The money buys more compute on the black market: two years on, labs have more in 65 % of worlds and less in 31 %."""

    def gained(hold: Hold) -> Array:
        return change(*map(labs_compute, refused_and_welcomed(hold, ANSWER, {})), 0.001) > 0

    assert gained({}).mean() >= 0.5
    assert not gained(NO_NETWORKS).any()
