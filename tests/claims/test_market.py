"""Claims about a market with shut doors: smuggling where supply falls short (C03), a refusal as a posture (C15)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Settings, arm, assert_claim, assert_fails, assert_shown, change, log, opening
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


YEARS = 8
REFUSAL, WELCOME = {("admit_chips", "share"): 0.05}, {("admit_chips", "share"): 1.0}


@cache
def bargained(doctrine: str, weight: float | None, refuse: bool) -> list[World]:
    """Two years in which Beijing refuses or welcomes licensed chips, and Washington answers by its doctrine.

    Washington's score counts revenue with the weight that is given, or with the scenario's.
    """
    world, rules = opening()
    if weight is not None:
        seat, economy = world.cast.at("seats", "washington"), OBJECTIVES["controller"].index("economy")
        weights = world.cast.weights.copy()
        weights[seat, economy] = weight
        world = replace(world, cast=replace(world.cast, weights=weights))
    hold = REFUSAL if refuse else WELCOME
    return arm(world, rules, log(world, rules, YEARS), hold=hold, decides={"washington": doctrine})


def offer(world: World) -> Array:
    """What Washington would let China buy: the ceiling (TPP), in as many licences."""
    from tests.claims.harness import dial_rows

    ceiling = world.ordered[dial_rows(world, "cap_exports", "ceiling", ("cn",))[0]]
    volume = world.ordered[dial_rows(world, "license_sales", "volume")[0]]
    return ceiling.astype(float) * volume


def raises(doctrine: str, weight: float | None, refuse: bool) -> Array:
    """Where the best offer of the two years is above the opening's."""
    start, _ = opening()
    return np.maximum.reduce([offer(world) for world in bargained(doctrine, weight, refuse)]) > offer(start)
