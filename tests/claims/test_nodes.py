"""Claims about what tools and tests are worth: nodes without EUV (C24), and packages of untested dies (C25)."""

import numpy as np

from tests.claims.harness import Settings, arm, assert_shown, log, opening
from world.state import World

Array = np.ndarray

LOGIC = 1
"""Dies are what limits a maker's output, as the packaging phase records it."""
LEADING = 2
FAB_DELAY = 3
"""Quarters from wafer to die in China."""
DUV_ONLY = {"huawei.open.design_node": "leading"}
"""A start in which Huawei's next chip is made beyond what immersion tools do in one pass."""
HALF_MORE = 1.5
"""What a good die must cost more for want of EUV, at least: more than slower learning explains in a year."""


def good_dies(world: World) -> Array:
    """Good dies that a wafer of Huawei's leading-node chip gives."""
    chip = world.cast.at("products", "ascend-next")
    return world.cast.gross_dies[chip] * world.die_yield[chip].astype(float)


def makes_it(world: World) -> Array:
    """Where that chip is made, on the leading node."""
    huawei, chip = world.cast.at("chipmakers", "huawei"), world.cast.at("products", "ascend-next")
    return (world.started[huawei, LEADING] > 0) & (world.node[chip] == LEADING)


def test_c24_without_euv_a_good_die_costs_half_as_much_again_or_more():
    def dearer(settings: Settings) -> tuple[Array, Array]:
        quarters = []
        for euv in (1, 0):
            world, rules = opening(DUV_ONLY | {"washington.control_tools.euv": euv} | dict(settings))
            quarters += arm(world, rules, log(world, rules, 1))
        denied, allowed = quarters
        return good_dies(allowed) / good_dies(denied) - HALF_MORE, makes_it(denied)

    assert_shown(dearer, +1, off={"rules.pass_penalty": 0})


def test_c24_with_euv_restored_a_wafer_gives_more_good_dies_once_they_arrive():
    turns = FAB_DELAY + 3
    restored = {("control_tools", "euv"): [None, *[0] * (turns - 1)]}

    def more(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(DUV_ONLY | dict(settings))
        logged = log(world, rules, turns)
        without, having = arm(world, rules, logged), arm(world, rules, logged, hold=restored)
        if not settings:
            at_once = good_dies(having[1]) / good_dies(without[1]) - HALF_MORE
            assert (at_once < 0).all()
        return good_dies(having[-1]) / good_dies(without[-1]) - HALF_MORE, makes_it(without[0])

    assert_shown(more, +1, off={"rules.pass_penalty": 0})


DIES_OF_30 = {
    "smic.open.defect_density.advanced": 0.25,
    "ascend-910c.open.dies_raw": 0,
    "ascend-910c.open.dies_tested": 0,
    "open.proxy_capacity": 0,
    "huawei.test_dies.share": 0,
    "huawei.open.started.advanced": 8_000,
}
"""A start in which Huawei pairs 910C dies of which 30 % are good, untested, and has no others."""


def pairs_of_30(settings: Settings) -> tuple[World, World, Array]:
    """The first quarter with blind and with tested pairs of the same dies, and where dies of 30 % limit output."""
    world, rules = opening(DIES_OF_30 | dict(settings))
    logged = log(world, rules, 1)
    blind = arm(world, rules, logged)[0]
    tested = arm(world, rules, logged, hold={("test_dies", "share", (), "huawei"): 1})[0]
    chip, huawei = world.cast.at("products", "ascend-910c"), world.cast.at("chipmakers", "huawei")
    binds = (np.abs(blind.die_yield[chip] - 0.3) < 0.02) & (blind.binding[huawei] == LOGIC)
    return blind, tested, binds


def test_c25_of_blind_pairs_of_30_percent_dies_3_to_8_percent_are_good():
    def within(settings: Settings) -> tuple[float, float]:
        blind, _, binds = pairs_of_30(settings)
        good = blind.pack_yield[blind.cast.at("chipmakers", "huawei")]
        return binds.mean(), ((good > 0.03) & (good < 0.08))[binds].mean()

    share, right = within({})
    assert share >= 0.3
    assert right >= 0.95
    assert within({"rules.blind_penalty": 0})[1] < 0.95


def test_c25_tested_pairs_give_more_than_three_times_as_many_packages_from_the_same_dies():
    """With dies of another yield testing helps too, if not threefold."""

    def more_than_thrice(settings: Settings) -> tuple[Array, Array]:
        blind, tested, binds = pairs_of_30(settings)
        chip = blind.cast.at("products", "ascend-910c")
        thrice = np.where(binds, 3.0, 1.0)
        return tested.packed[chip] - thrice * blind.packed[chip], binds

    assert_shown(more_than_thrice, +1, off={"rules.blind_penalty": 0})
