"""Claims about five channels to compute that stand in for one another when one is closed (C31)."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Hold, Settings, arm, assert_shown, log, opening
from world.state import World, replace

Array = np.ndarray

YEAR = 4
DEAR_CLOUDS = {
    "open.rent_price": 6,
    "kuala-lumpur.host_compute.share": 1,
    "singapore.host_compute.share": 1,
    "abu-dhabi.host_compute.share": 1,
}
"""A start in which clouds abroad are open to Chinese labs, but dear, so that not all they let is taken."""
BETTER_CHIPS = {
    "washington.cap_exports.cn.ceiling": 20_000,
    "washington.cap_exports.cn.density": 60,
    "beijing.admit_chips.share": 1,
}
"""A start in which both keys are turned."""
STARTS: dict[str, tuple[Settings, float]] = {
    "licensed": (DEAR_CLOUDS | BETTER_CHIPS, 1.0),
    "domestic": (DEAR_CLOUDS | {"rules.pack_growth_cn": 0}, 2.5),
    "smuggled": (DEAR_CLOUDS, 1.0),
    "rented": ({"open.rent_price": 6}, 1.5),
    "proxy": ({"front-companies.open.route_capacity": 0, "rules.proxy_risk": 0}, 1.0),
}
"""For each channel a start in which it carries something and others have room: settings, and how far networks reach."""
CLOSED: dict[str, Hold] = {
    "licensed": {("admit_chips", "share"): 0.0},
    "domestic": {},
    "smuggled": {("offer_capacity", "share"): 0.0},
    "rented": {("control_cloud", "strictness"): 1.0},
    "proxy": {("offer_capacity", "share", (), "front-companies"): 0.0},
}
"""How each is closed; the domestic one by a start without packaging lines and finished chips."""


def with_routes(world: World, times: float) -> World:
    """The world with networks that can move so many times as much."""
    return replace(world, route_capacity=world.route_capacity * times, route_base=world.route_base * times)


def without_packaging(world: World) -> World:
    """The world in which China has no lines to finish a chip on, and none finished."""
    lines, coming, unsold = world.pack_capacity.copy(), world.pack_coming.copy(), world.unsold.copy()
    chinese = world.cast.seat_bloc("foundry")
    lines[chinese], coming[chinese], unsold[world.cast.is_cn_product] = 0, 0, 0
    return replace(world, pack_capacity=lines, pack_coming=coming, unsold=unsold)


@cache
def played(channel: str, settings: tuple[tuple[str, float], ...], closed: bool) -> list[World]:
    """A year from the channel's start, with the channel as it is or closed."""
    start, routes = STARTS[channel]
    world, rules = opening({**start, **dict(settings)})
    world = with_routes(world, routes)
    logged = log(world, rules, YEAR)
    if closed and channel == "domestic":
        world = without_packaging(world)
    return arm(world, rules, logged, hold=CLOSED[channel] if closed else {})


def carries(world: World) -> dict[str, Array]:
    """Compute (H100e at peak) that each channel brought in the quarter; a chip made by proxy is a domestic one, too."""
    cast, h100e = world.cast, world.h100e.astype(float)
    bought = world.sold * h100e[cast.slot_product] * cast.is_slot_cn_owner[:, None]
    return {
        "licensed": bought[~cast.is_slot_cn_product].sum(axis=0),
        "domestic": bought[cast.is_slot_cn_product].sum(axis=0),
        "smuggled": (world.landed.sum(axis=1) * h100e[list(cast.goods)]).sum(axis=0),
        "rented": world.rented.sum(axis=0, dtype=float),
        "proxy": world.proxy_dies * h100e[cast.proxy_product] / 2,
    }


def got(year: list[World], channel: str) -> Array:
    """What a channel brought by the end of the year: all chips bought in it, or what is rented then."""
    quarters = [carries(world)[channel] for world in year]
    return quarters[-1] if channel == "rented" else np.sum(quarters, axis=0)


@pytest.mark.parametrize("channel", STARTS)
def test_c31_a_closed_channel_carries_nothing_within_the_quarter(channel):
    usual, closed = played(channel, (), False), played(channel, (), True)
    assert (carries(usual[0])[channel] > 0).mean() >= 0.3
    assert not any(carries(world)[channel].any() for world in closed)


LOST = {"licensed": 0.8, "domestic": 0.8, "rented": 0.8, "smuggled": 0.9}
"""Most of what a channel had carried that is lost over a year: others with room take the rest."""


@pytest.mark.parametrize("channel", LOST)
def test_c31_over_a_year_other_channels_make_up_for_a_part_of_what_it_carried(channel):
    def made_up(settings: Settings) -> tuple[Array, Array]:
        given = tuple(settings.items())
        usual, closed = played(channel, given, False), played(channel, given, True)
        owned = ("licensed", "domestic", "smuggled", "rented")
        loss = np.sum([got(usual, each) - got(closed, each) for each in owned], axis=0)
        carried = got(usual, channel)
        return LOST[channel] * carried - loss, carried > 0

    assert_shown(made_up, +1, off={"rules.substitution": 0})
