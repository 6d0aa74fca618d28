"""Claims about ways round the rules: five channels that stand in for each other (C31)."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Hold, Settings, arm, assert_claim, assert_shown, log, opening
from world.state import World

Array = np.ndarray

QUARTERS = 4
CLOUDS = ("kuala-lumpur", "singapore", "abu-dhabi")
ROUTES = ("malaysia-route", "singapore-route", "gulf-route")
LOGIC = 1
"""Dies are what limits a maker's output, as the packaging phase records it."""
OPEN = {
    "beijing.admit_chips.share": 1,
    **{f"{host}.host_compute.share": 1 for host in CLOUDS},
    "front-companies.open.route_capacity": 0,
    "front-companies.open.route_base": 0,
}
"""A start in which Beijing admits what is licensed, and hosts let clouds serve whom they like."""


def budgets(part: float, state: float = 1.0) -> dict[str, float]:
    """China's private buyers with a part of their cash and income: short of money, where they were short of chips.

    The state may be too: it buys Chinese chips alone, so it makes up for none of those that it would have bought.
    """
    world, _ = opening()
    cast, settings = world.cast, {}
    for owner in cast.in_region("cn"):
        name, account, left = cast.owners[owner], cast.owner_account[owner], state if cast.is_state[owner] else part
        settings[f"{name}.open.income"] = left * float(world.income[owner, 0])
        settings[f"{name}.open.money"] = left * float(world.money[account, 0])
    return settings


CUT_DOWN_BLACKWELL = {
    "washington.cap_exports.cn.ceiling": 18_000,
    "washington.cap_exports.cn.density": 25,
    "nvidia-export.open.on_sale": 1,
    "nvidia-export.open.unsold": 60_000,
    "h20.open.unsold": 0,
    "nvidia-export.open.tpp": 18_000,
    "nvidia-export.open.h100e": 1.14,
    "nvidia-export.open.kw": 0.6,
    "nvidia-export.open.dies": 1,
    "nvidia-export.open.memory": 4,
    "nvidia-export.open.list_price": 24,
    **{f"{lab}.buy.licensed.share": 0.2 for lab in ("deepseek", "alibaba", "bytedance", "tencent", "moonshot")},
}
"""A start in which a B30A is on sale and may be sold to China, and labs look to it."""
OPENING_RENTED = {"deepseek": 10_000, "alibaba": 80_000, "bytedance": 130_000, "tencent": 60_000, "moonshot": 20_000}
RENTING_LITTLE = {f"{lab}.open.rented": 0.2 * rented for lab, rented in OPENING_RENTED.items()}
"""A start in which clouds have room: money that networks do not take is spent there at once, and not saved for later."""
FEW_AND_DEAR_CLOUDS = {
    **{f"{host}.host_compute.share": 0.2 for host in CLOUDS},
    **RENTING_LITTLE,
    "open.rent_price": 5,
}
EASY_BORDERS = {
    **{
        f"{route}.open.{column}": 6 * chips
        for route, chips in zip(ROUTES, (45_000, 25_000, 20_000), strict=True)
        for column in ("route_capacity", "route_base")
    },
    **{f"{route}.size_consignments.chips": 1_200 for route in ROUTES},
    "washington.fund_enforcement.officers": 50,
    "beijing.tolerate_smuggling.tolerance": 1,
}
SOLD_OUT = {
    f"{product}.open.unsold": 0
    for product, is_chinese in zip(opening()[0].cast.products, opening()[0].cast.is_cn_product, strict=True)
    if is_chinese
}
"""A start in which Chinese makers sell what they finish, and no more."""
FEW_LINES = {"smic.open.pack_capacity": 320_000}
"""Somewhat fewer packaging lines than in the median game: with more, Huawei has chips unsold that fill a gap at once."""
DIES_FROM_ABROAD = {
    "open.proxy_capacity": 60_000,
    "tsmc.screen_customers.effort": 0,
    "ascend-910c.open.dies_tested": 0,
    "ascend-910c.open.dies_raw": 0,
    "huawei.open.started.advanced": 8_000,
    "huawei.open.stacks": 7_000_000,
    "huawei.split_regions.third.weight": 0,
}
"""A start in which dies are what Huawei lacks, front companies get some, and what it makes stays at home."""


@cache
def year(settings: tuple[tuple[str, float], ...], hold: tuple, turns: int = QUARTERS) -> list[World]:
    """The first quarters from a start, with some dials held."""
    world, rules = opening(dict(settings))
    return arm(world, rules, log(world, rules, turns), hold=dict(hold))


def rented(world: World) -> Array:
    """Compute (H100e) that labs rent abroad in the quarter."""
    return world.rented.sum(axis=0).astype(float)


def licensed(world: World) -> Array:
    """Compute (H100e) of the chips sold to China under licence in the quarter."""
    return _sold(world, chinese=False)


def domestic(world: World) -> Array:
    """Compute (H100e) of the Chinese chips sold in China in the quarter."""
    return _sold(world, chinese=True)


def _sold(world: World, chinese: bool) -> Array:
    cast = world.cast
    here = cast.is_slot_cn_owner & (cast.is_slot_cn_product == chinese)
    return (world.sold[here] * world.h100e[cast.slot_product[here]].astype(float)).sum(axis=0)


def smuggled(world: World) -> Array:
    """Compute (H100e) of the smuggled chips that reached China in the quarter."""
    return (world.landed.sum(axis=1) * world.h100e[list(world.cast.goods)].astype(float)).sum(axis=0)


def by_proxy(world: World) -> Array:
    """Compute (H100e) of the chips that Huawei will make of the dies that front companies got in the quarter."""
    rules, chip = opening()[1], world.cast.proxy_product
    pairs = world.proxy_dies / world.dies[chip].astype(float)
    return pairs * rules.pair_yield * rules.final_yield * world.h100e[chip]


NO_LICENCE: Hold = {("license_sales", "volume"): 0}


def in_use(world: World) -> Array:
    """Compute (H100e, at peak) that China owns or rents in the quarter."""
    return world.installed[world.cast.in_region("cn")].sum(axis=0).astype(float) + rented(world)


def carried(channel: str, quarters: list[World]) -> list[Array]:
    """Compute in use in each quarter that came through a channel since the start, and has not worn out."""
    flow = [CHANNELS[channel][0](world) for world in quarters]
    if channel == "rented":
        return flow
    if channel == "proxy":  # dies that come in one quarter are chips in the next
        flow = [np.zeros_like(flow[0]), *flow[:-1]]
    left, kept = 1 - opening()[1].retirement, []
    for chips in flow:
        kept.append(left * (chips + (kept[-1] if kept else 0.0)))
    return kept


def shut(kind: str, amount: str, *issuers: str, picks: tuple[str, ...] = ()) -> Hold:
    """A dial of some seats at zero."""
    return {(kind, amount, picks, issuer): 0 for issuer in issuers}


NO_PACKAGING: Hold = {
    dial: 0
    for maker in ("huawei", "cambricon", "metax", "hygon")
    for dial in shut("share_wafers", "weight", "smic", "hua-hong", picks=(maker,))
}
CHANNELS = {
    "licensed": (licensed, NO_LICENCE, CUT_DOWN_BLACKWELL | FEW_LINES, {}),
    "domestic": (domestic, NO_PACKAGING, SOLD_OUT, budgets(0.35)),
    "smuggled": (smuggled, shut("offer_capacity", "share", *ROUTES), {}, RENTING_LITTLE | budgets(0.35)),
    "rented": (rented, {("control_cloud", "strictness"): 1}, {}, FEW_AND_DEAR_CLOUDS | EASY_BORDERS | budgets(0.6)),
    "proxy": (by_proxy, shut("offer_capacity", "share", "front-companies"), DIES_FROM_ABROAD, budgets(0.3, state=0.5)),
}
"""What a channel carries, how it is closed, a start in which it carries something, and one in which others have room."""


def closing(channel: str, settings: Settings) -> tuple[list[World], list[World], Array]:
    """Quarters with a channel open and closed, and where it carries something."""
    flow, closed, start, _ = CHANNELS[channel]
    given = tuple((OPEN | start | dict(settings)).items())
    turns = QUARTERS + (channel == "proxy")
    base, without = year(given, (), turns), year(given, tuple(closed.items()), turns)
    binds = sum(flow(world) for world in base[:QUARTERS]) > 0
    if channel == "proxy":
        huawei = base[0].cast.at("chipmakers", "huawei")
        binds &= np.all([world.binding[huawei] == LOGIC for world in base[1:3]], axis=0)
    return base, without, binds


def lost(base: list[World], without: list[World]) -> list[Array]:
    """Compute in use that is missing in each quarter."""
    return [in_use(x) - in_use(y) for x, y in zip(base, without, strict=True)]


@pytest.mark.parametrize("channel", CHANNELS)
def test_c31_closing_a_channel_loses_what_it_carried_within_the_quarter(channel):
    base, without, _ = closing(channel, {})
    flow = CHANNELS[channel][0]
    assert (flow(without[0]) == 0).all()
    first = 1 if channel == "proxy" else 0
    at_once, once_carried = lost(base, without)[first], carried(channel, base)[first]
    assert_claim(at_once - 0.8 * once_carried, flow(base[0]) > 0, +1)


@pytest.mark.parametrize("channel", CHANNELS)
def test_c31_over_four_quarters_closing_it_loses_less_than_four_fifths_where_others_have_room(channel):
    room = CHANNELS[channel][3] or budgets(0.4)

    def spared(settings: Settings) -> tuple[Array, Array]:
        base, without, binds = closing(channel, room | dict(settings))
        return 0.8 * sum(carried(channel, base)) - sum(lost(base, without)), binds

    assert_shown(spared, +1, off={"rules.substitution": 0})
