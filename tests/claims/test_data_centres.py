"""Claims about data centres: bundles (C05), removal of foreign chips (C14), the domestic stack (C16), power (C18)."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Settings, arm, assert_shown, change, log, opening
from world.cast import Cast
from world.rules import Rules
from world.state import World, replace

Array = np.ndarray


def row(cast: Cast, owner: str) -> int:
    """The row of an owner."""
    return cast.at("owners", owner)


def filled_with(world: World, stocks: dict[str, tuple[str, int]]) -> World:
    """The world with nothing but so many chips of one product at some owners."""
    cast, chips = world.cast, world.chips.copy()
    for owner, (product, count) in stocks.items():
        chips[cast.by_slot_owner.members[row(cast, owner)]] = 0
        chips[cast.slot_of[cast.at("products", product), row(cast, owner)]] = count
    return replace(world, chips=chips)


SYSTEMS = 1_000
BUNDLES = {"moonshot": ("ascend-910c", 384 * SYSTEMS), "xai": ("blackwell", 72 * SYSTEMS)}
"""A thousand 384-chip systems of Ascends at one owner, a thousand racks of 72 Blackwells at another."""


@cache
def built(settings: tuple[tuple[str, float], ...]) -> World:
    """A quarter later, when nobody bought anything and all chips were run."""
    world, rules = opening({"rules.power_elasticity": 0, **dict(settings)})
    makers = {name: 384 if bloc else 72 for name, bloc in zip(*chipmakers(world.cast), strict=True)}
    sizes = {("size_systems", "chips", (), maker): size for maker, size in makers.items()}
    world = filled_with(world, BUNDLES)
    return arm(world, rules, log(world, rules, 1), hold={**sizes, ("buy", "share"): 0})[-1]


def chipmakers(cast: Cast) -> tuple[tuple[str, ...], Array]:
    """Names of the chipmakers, and whether each is Chinese."""
    return cast.names["chipmakers"], cast.seat_bloc("chipmaker")


def bundle_over_rack(world: World, column: str) -> Array:
    """A figure of the 384-chip systems over that of as many racks."""
    figure = getattr(world, column).astype(float)
    return figure[row(world.cast, "moonshot")] / figure[row(world.cast, "xai")]


def test_c05_a_384_chip_system_has_about_1_7_times_the_compute_of_an_nvl72():
    ratio = bundle_over_rack(built(()), "installed")
    assert ((ratio > 1.6) & (ratio < 1.85)).all()


def test_c05_and_draws_about_four_times_its_power():
    def is_as_reported(settings: Settings) -> tuple[Array, Array]:
        ratio = bundle_over_rack(built(tuple(settings.items())), "megawatts")
        return ((ratio >= 3.9) & (ratio <= 4.1)).astype(float), ratio > 0

    assert_shown(is_as_reported, +1, off={"rules.bundle_power": 0})


def test_c05_larger_bundles_draw_more_for_the_same_chips():
    def power(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(settings)
        logged, state = log(world, rules, 1), row(world.cast, "cn-state")
        large, small = (
            arm(world, rules, logged, hold={("size_systems", "chips", (), "huawei"): chips})[-1].megawatts[state]
            for chips in (384, 8)
        )
        return change(large, small, 0.01), small > 0

    assert_shown(power, +1, off={"rules.bundle_power": 0})


REMOVED = 0.3
YEAR = 4


@cache
def purged(settings: tuple[tuple[str, float], ...], removal: float) -> tuple[World, World]:
    """A year without and with the order to buy domestic chips and to take a share of the foreign ones out."""
    world, rules = opening(dict(settings))
    logged = log(world, rules, YEAR)
    order = {("require_domestic", "removal"): removal, ("require_domestic", "share"): 1.0}
    return arm(world, rules, logged)[-1], arm(world, rules, logged, hold=order)[-1]


def foreign_stock(world: World) -> Array:
    """Foreign chips in state data centres."""
    cast = world.cast
    slots = cast.is_state[cast.slot_owner] & ~cast.is_slot_cn_product
    return world.chips[slots].sum(axis=0)


def usable(world: World) -> Array:
    """Compute that works in state data centres."""
    return world.usable[row(world.cast, "cn-state")]


def software(world: World) -> Array:
    """How far the domestic stack has come."""
    return world.software


REMOVAL = [
    (foreign_stock, -1, 0.1, "rules.directive"),
    (usable, -1, 0.01, "rules.directive"),
    (software, +1, 0.0, "rules.software_learning"),
]


@pytest.mark.parametrize(("figure", "sign", "least", "mechanism"), REMOVAL)
def test_c14_removing_foreign_chips_costs_compute_and_matures_the_domestic_stack(figure, sign, least, mechanism):
    def effect(settings: Settings) -> tuple[Array, Array]:
        baseline, moved = purged(tuple(dict(settings).items()), REMOVED)
        return change(figure(moved), figure(baseline), least), foreign_stock(baseline) > 0

    assert_shown(effect, sign, off={mechanism: 0})


CLUSTERS = {"moonshot": ("ascend-910c", 50_000), "xai": ("blackwell", 50_000)}
EFFORT = {("write_software", "spend", (), "huawei"): 1_000, ("port_stack", "share"): 1.0}
NO_EFFORT = {("write_software", "spend", (), "huawei"): 0, ("port_stack", "share"): 0.0}
MATURE = {"open.software": 1, "open.mtbf": 50_000, "rules.power_elasticity": 0}
"""A domestic stack that works as well as the foreign one, in systems that are all worth their power."""
UNTEACHABLE = {"rules.software_learning": 0, "rules.software_effort": 0}


def delivered(world: World, rules: Rules, quarters: int, effort: bool) -> World:
    """Two clusters of as many chips, some quarters later."""
    world = filled_with(world, CLUSTERS)
    hold = {**(EFFORT if effort else NO_EFFORT), ("size_systems", "chips"): 8}
    return arm(world, rules, log(world, rules, quarters), hold=hold)[-1]


def share_of_peak(world: World, owner: str) -> Array:
    """What works of an owner's peak compute."""
    return world.usable[row(world.cast, owner)] / world.installed[row(world.cast, owner)]


def test_c16_ascends_deliver_less_of_their_peak_than_cuda_chips():
    def gap(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening({"beijing.reserve_military.compute": 0, **settings})
        after = delivered(world, rules, 1, effort=False)
        ascends, cuda = share_of_peak(after, "moonshot"), share_of_peak(after, "xai")
        return change(ascends, cuda, 0.01), after.installed[row(after.cast, "moonshot")] > 0

    assert_shown(gap, -1, off=MATURE)


def test_c16_use_and_effort_narrow_the_gap():
    def stack(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening({"beijing.reserve_military.compute": 0, **settings})
        now = share_of_peak(delivered(world, rules, 1, effort=True), "moonshot")
        later = share_of_peak(delivered(world, rules, 6, effort=True), "moonshot")
        lazy = share_of_peak(delivered(world, rules, 6, effort=False), "moonshot")
        return np.minimum(change(later, now, 0.01), change(later, lazy, 0.01)), world.software < 1

    assert_shown(stack, +1, off=UNTEACHABLE)


SUBSIDY = {True: {("subsidise_power", "share"): 0.5}, False: {("subsidise_power", "share"): 0.0}}


@cache
def subsidised(settings: tuple[tuple[str, float], ...]) -> tuple[World, World]:
    """Two quarters in which bundled systems get no power subsidy, or half of the bill."""
    world, rules = opening(dict(settings))
    logged = log(world, rules, 2)
    without, paid = (arm(world, rules, logged, hold=SUBSIDY[half])[-1] for half in (False, True))
    return without, paid


def money(world: World, account: str) -> Array:
    """Cash of an account."""
    return world.money[world.cast.accounts.index(account)].astype(float)


SUBSIDY_EFFECTS = [
    (usable, +1, 0.01, "rules.power_elasticity"),
    (lambda world: money(world, "cn-state"), +1, 0.0, "rules.power_price_cn"),
    (lambda world: money(world, "beijing"), -1, 0.0, "rules.power_price_cn"),
]


@pytest.mark.parametrize(("figure", "sign", "least", "mechanism"), SUBSIDY_EFFECTS)
def test_c18_a_power_subsidy_spares_owners_money_and_runs_more_chips_at_the_states_cost(figure, sign, least, mechanism):
    def effect(settings: Settings) -> tuple[Array, Array]:
        without, paid = subsidised(tuple(settings.items()))
        return change(figure(paid), figure(without), least), without.megawatts[row(without.cast, "cn-state")] > 0

    assert_shown(effect, sign, off={mechanism: 0})
