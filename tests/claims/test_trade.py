"""Claims about who sells abroad: Huawei where America caps its own (C29), and what is generations behind (C37)."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Hold, Settings, arm, assert_shown, dial_rows, log, opening
from world.phases.sales import markets
from world.state import World

Array = np.ndarray

CAP = 20_000
"""Chips a quarter that all countries on the routes together may buy."""
CAPPED: Hold = {("cap_countries", "chips"): CAP}
GULF = ("gulf-lab", "gulf-cloud")
QUARTERS = 4


@cache
def traded(settings: tuple[tuple[str, float], ...], *dials: tuple) -> list[World]:
    """The first year with some dials held."""
    world, rules = opening(dict(settings))
    return arm(world, rules, log(world, rules, QUARTERS), hold=dict(dials))


def compared(settings: Settings, before: Hold, after: Hold) -> tuple[list[World], list[World]]:
    """The first year with one set of dials held and with another."""
    given = tuple(settings.items())
    return traded(given, *before.items()), traded(given, *after.items())


def ascends_in_the_gulf(quarters: list[World]) -> Array:
    """Chinese accelerators that owners in the Gulf bought in the year."""
    cast = quarters[0].cast
    in_gulf = np.isin(cast.slot_owner, [cast.owners.index(name) for name in GULF])
    return np.sum([world.sold[in_gulf & cast.is_slot_cn_product].sum(axis=0) for world in quarters], axis=0)


def cap_bites(quarters: list[World]) -> Array:
    """Where countries on the routes buy more American chips in every quarter than the cap would let them."""
    cast = quarters[0].cast
    capped = cast.is_swing[cast.slot_owner] & ~cast.is_slot_cn_product
    return np.min([world.sold[capped].sum(axis=0) for world in quarters], axis=0) > CAP


def test_c29_gulf_owners_buy_ascends_when_american_caps_bind():
    def more(settings: Settings) -> tuple[Array, Array]:
        free, capped = compared(settings, {}, CAPPED)
        return ascends_in_the_gulf(capped) - ascends_in_the_gulf(free), cap_bites(free)

    assert_shown(more, +1, off={"rules.third_country_switch": 0})


def test_c29_fewer_if_their_government_follows_washington():
    followed = {**CAPPED, ("align_tools", "alignment", (), "abu-dhabi"): 1}

    def fewer(settings: Settings) -> tuple[Array, Array]:
        free, _ = compared(settings, {}, {})
        capped, aligned = compared(settings, CAPPED, followed)
        return ascends_in_the_gulf(aligned) - ascends_in_the_gulf(capped), cap_bites(free)

    assert_shown(fewer, -1, off={"rules.third_country_switch": 0})


def test_c29_more_if_their_government_pays_for_them():
    paid = {**CAPPED, ("source_chips", "share", (), "abu-dhabi"): 0.4}

    def more(settings: Settings) -> tuple[Array, Array]:
        free, _ = compared(settings, {}, {})
        capped, bought = compared(settings, CAPPED, paid)
        return ascends_in_the_gulf(bought) - ascends_in_the_gulf(capped), cap_bites(free)

    assert_shown(more, +1, off={"rules.third_country_switch": 0})


YEARS = 9
NO_LAG = {"allow_lag": 0}
"""The rule at zero generations, which switches it off."""
OPEN_GATE: Hold = {("admit_chips", "share"): 1, ("license_sales", "volume"): 400_000}
DESIGNED = {1: None, 2: 8_300}
"""What Nvidia designs for export (TPP) when so many generations of lag are allowed."""
SOLD = {1: 4, 2: 6}
"""The quarter in which that is on the market."""


@cache
def lagging(generations: int, lag: int) -> list[World]:
    """A game with the gate open, in which Washington allows what lags so far, and Nvidia builds for such a lag."""
    world, rules = opening()
    hold = {**OPEN_GATE, ("allow_lag", "generations"): lag}
    if DESIGNED[generations]:
        hold[("design_for_export", "tpp", (), "nvidia")] = DESIGNED[generations]
    return [world, *arm(world, rules, log(world, rules, YEARS, "standard"), hold=hold)]


def frontier(world: World) -> Array:
    """The most capable American chip on sale (TPP), export designs left out."""
    cast = world.cast
    usual = ~cast.is_cn_product & ~cast.is_export
    return np.where(world.on_sale[usual], world.tpp[usual], 0).max(axis=0).astype(float)


def best_licensed(world: World) -> Array:
    """The most capable American chip that was sold to China in the quarter (TPP)."""
    cast = world.cast
    licensed = cast.is_slot_licensed
    return np.where(world.sold[licensed] > 0, world.tpp[cast.slot_product[licensed]], 0).max(axis=0).astype(float)


def own_ceiling(world: World) -> Array:
    """What China could buy without the allowed lag (TPP)."""
    (row,) = dial_rows(world, "cap_exports", "ceiling", ("cn",))
    return 100.0 * world.ordered[row]


def lag_would_allow_more(world: World, generations: int) -> Array:
    """Where the best chip offered to China that is so far behind the frontier is more than it may buy anyhow."""
    offered = markets(world.cast).licensed.products
    on_sale = np.where(world.on_sale[offered], world.tpp[offered], 0)
    behind = frontier(world) / opening()[1].generation ** generations
    return np.where(on_sale <= behind, on_sale, 0).max(axis=0) > own_ceiling(world)


@pytest.mark.parametrize("generations", [1, 2])
def test_c37_licensed_chips_are_as_many_generations_behind_as_are_allowed(generations):
    for world in lagging(generations, generations)[1:]:
        behind = frontier(world) / opening()[1].generation ** generations
        assert (best_licensed(world) <= np.maximum(behind, own_ceiling(world)) + 1e-3).all()
    quarter = SOLD[generations]
    free = lagging(generations, 0)[quarter]
    binds = lag_would_allow_more(free, generations)

    def better(settings: Settings) -> tuple[Array, Array]:
        ruled = lagging(generations, 0 if settings else generations)[quarter]
        return best_licensed(ruled) - best_licensed(free), binds

    assert_shown(better, +1, off=NO_LAG)


def test_c37_and_they_move_with_the_frontier():
    binds = frontier(lagging(1, 0)[-1]) > opening()[1].generation * frontier(lagging(1, 0)[0])

    def moved(lag: int) -> Array:
        quarters = lagging(1, lag)
        return best_licensed(quarters[-1]) - best_licensed(quarters[1])

    assert_shown(lambda settings: (moved(0 if settings else 1), binds), +1, off=NO_LAG)
