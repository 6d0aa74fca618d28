"""Claims about smuggling: what small parts buy (C20), and what sixteen racks are good for (C21)."""

from functools import cache

import numpy as np

from tests.claims.harness import Settings, arm, assert_shown, log, opening
from world.phases.research import minimum_run
from world.state import World

Array = np.ndarray

WATCHED = {"washington.fund_enforcement.officers": 400}
"""A start in which customs find enough for luck to even out."""
USUAL, SMALL = 480, 16
RACKS = 16 * 72
"""Chips in sixteen racks."""
ONE_ORDER = {
    **{f"{route}-route.open.{column}": 0 for route in ("singapore", "gulf") for column in ("route_capacity", "moved")},
    "front-companies.open.route_capacity": 0,
    "malaysia-route.open.route_capacity": RACKS / 0.8,
    "malaysia-route.size_consignments.chips": RACKS,
}
"""A start in which one network, of which four fifths are at work, can carry sixteen racks in a quarter."""


@cache
def in_sizes(settings: tuple[tuple[str, float], ...]) -> tuple[list[World], list[World]]:
    """The same goods in consignments of the usual size and in small ones."""
    world, rules = opening(WATCHED | dict(settings))
    logged = log(world, rules, 1)
    usual, small = (arm(world, rules, logged, hold={("size_consignments", "chips"): size}) for size in (USUAL, SMALL))
    assert (usual[0].moved == small[0].moved).all()
    return usual, small


def lost(world: World) -> Array:
    """Share of the goods sent in the quarter that was seized."""
    return world.caught.sum(axis=0) / np.maximum(world.moved.sum(axis=0), 1)


def late(world: World) -> Array:
    """Share of the goods that got through that lands a quarter later."""
    through = (world.moved - world.caught).sum(axis=0)
    return world.afloat.sum(axis=(0, 1)) / np.maximum(through, 1)


def is_worth_splitting(usual: World) -> Array:
    """Where more than twenty consignments of the usual size sail past somebody who looks."""
    return (usual.moved.sum(axis=0) >= 20 * USUAL) & (usual.risk.max(axis=0) > 0.01)


def test_c20_small_parts_lose_a_smaller_share():
    def difference(settings: Settings) -> tuple[Array, Array]:
        usual, small = in_sizes(tuple(settings.items()))
        return lost(small[0]) - lost(usual[0]), is_worth_splitting(usual[0])

    assert_shown(difference, -1, off={"rules.size_detection": 0})


def test_c20_small_parts_land_later():
    def difference(settings: Settings) -> tuple[Array, Array]:
        usual, small = in_sizes(tuple(settings.items()))
        return late(small[0]) - late(usual[0]), is_worth_splitting(usual[0])

    assert_shown(difference, +1, off={"rules.slow_parts": 0})


def test_c20_sixteen_racks_land_about_2900_h100e_less_what_is_seized():
    """What sails in the next quarter may be of another make, so what lands then is counted over all goods."""
    world, rules = opening(ONE_ORDER)
    sent, after = arm(world, rules, log(world, rules, 2))
    moved, caught = sent.moved.sum(axis=0), sent.caught.sum(axis=0)
    assert (np.abs(moved - RACKS) <= 0.02 * RACKS).all()
    blackwell = world.cast.goods.index(world.cast.at("products", "blackwell"))
    worth = world.h100e[world.cast.goods[blackwell]].astype(float)
    ordered = moved * worth
    assert (np.abs(ordered - 2_900) < 290).all()
    at_once = sent.landed[blackwell].sum(axis=0)
    later = sent.afloat[:, blackwell].sum(axis=0)
    assert (at_once + later == moved - caught).all()
    sails_and_lands = (after.moved - after.caught - after.afloat.sum(axis=1)).sum(axis=0)
    assert (after.landed.sum(axis=(0, 1)) - sails_and_lands == later).all()
    assert (after.landed[blackwell].sum(axis=0) >= later).all()


LAB = "moonshot"
TRAIN_ALL = {
    ("split_work", "train", (), LAB): 1.0,
    ("split_work", "research", (), LAB): 0.0,
    ("release_models", "cadence", (), LAB): 1.0,
}
YEARS = 12


def with_nothing_but(racks: int) -> Settings:
    """A start in which a lab holds some racks of Blackwells and no other compute, now or later."""
    cast = opening()[0].cast
    owner = cast.owners.index(LAB)
    held = [name for name, slots in zip(cast.products, cast.slot_of, strict=True) if slots[owner] >= 0]
    chips = {f"{product}.open.chips.{LAB}": 0 for product in held}
    buys = {f"{LAB}.buy.{channel}.share": 0 for channel in cast.names["channels"]}
    rents = {f"{LAB}.open.rented": 0, f"blackwell.open.landed.{LAB}": 0}
    return chips | buys | rents | {f"blackwell.open.chips.{LAB}": 72 * racks}


def trained_alone(racks: int, log10_flop: float, turns: int, settings: Settings) -> tuple[list[World], int]:
    """Quarters in which that lab does nothing but train runs of a size, and the lab."""
    world, rules = opening({**with_nothing_but(racks), **settings})
    hold = TRAIN_ALL | {("size_run", "size", (), LAB): log10_flop}
    lab = world.cast.at("labs", LAB)
    return arm(world, rules, log(world, rules, turns), hold=hold), lab


def test_c21_no_consignment_of_sixteen_racks_does_the_minimum_run_in_a_quarter():
    def lacking(settings: Settings) -> tuple[Array, Array]:
        quarters, lab = trained_alone(16, 24.9, YEARS, settings)
        rules = opening({**with_nothing_but(16), **settings})[1]
        done = [rules.flop_per_h100e * quarter.compute[lab] for quarter in quarters]
        least = [minimum_run(quarter, rules) for quarter in quarters]
        short = np.min([need - did for need, did in zip(least, done, strict=True)], axis=0)
        return short, quarters[0].compute[lab] > 0

    # At zero itself, what a run lacks of the minimum has no logarithm.
    shown, _ = assert_shown(lacking, +1, off={"rules.least_run_flop": 1e-6})
    assert shown.strict == 1
    goods = list(opening()[0].cast.goods)
    world, rules = opening()
    made = world.packed[goods] > 0
    for quarter in arm(world, rules, log(world, rules, YEARS, "standard")):
        made = made | (quarter.packed[goods] > 0)
        best = np.where(made, quarter.h100e[goods], 0).max(axis=0)
        assert (RACKS * best * rules.flop_per_h100e < minimum_run(quarter, rules)).all()


def test_c21_a_run_below_the_minimum_makes_a_worse_model_than_its_compute_would():
    def gain_of_pooling_two(settings: Settings) -> tuple[Array, Array]:
        one, lab = trained_alone(16, 24.8, 3, settings)
        two, _ = trained_alone(32, 25.1, 3, settings)
        gain = two[2].score[lab] - one[2].score[lab]
        return np.where(np.abs(gain) < 0.5, 0, gain), one[0].run_short[lab] == 2

    assert_shown(gain_of_pooling_two, +1, off={"rules.minimum_matters": 0})


def with_a_consignment_more(settings: Settings) -> tuple[World, World, int]:
    """The first quarter of a lab with and without sixteen racks more."""
    quarters = []
    for chips in (11_000, 11_000 + RACKS):
        world, rules = opening({f"blackwell.open.chips.{LAB}": chips, **settings})
        quarters += arm(world, rules, log(world, rules, 1))
    return quarters[0], quarters[1], quarters[0].cast.at("labs", LAB)


def test_c21_the_same_chips_raise_research():
    def more_algorithms(settings: Settings) -> tuple[Array, Array]:
        without, having, lab = with_a_consignment_more(settings)
        return having.algorithms[lab] - without.algorithms[lab], without.unmet[without.cast.owners.index(LAB)] > 0

    assert_shown(more_algorithms, +1, off={"rules.algorithm_growth": 0})


def test_c21_the_same_chips_raise_serving():
    """Power is next to free here: an old model may earn less than it draws, once a better one is out."""

    def more_served(settings: Settings) -> tuple[Array, Array]:
        without, having, lab = with_a_consignment_more({"rules.power_price_cn": 1, **settings})
        earned = having.money[having.cast.owner_account[lab]] - without.money[without.cast.owner_account[lab]]
        served = having.served[lab] - without.served[lab]
        return np.where(served > 0, earned, 0), without.unmet[without.cast.owners.index(LAB)] > 0

    assert_shown(more_served, +1, off={"rules.serve_price": 0})
