"""Claims about wafers: who gets China's advanced ones (C01, C02), and what mature ones are good for (C12)."""

from functools import cache

import numpy as np

from tests.claims.harness import Settings, arm, assert_claim, assert_shown, change, chips_made, log, opening
from world.state import World

Array = np.ndarray

LOGIC = 1
"""Dies are what limits a maker's output, as the packaging phase records it."""
DIRECTIVE = {"rules.directive": 0}
FAB_DELAY = 3
"""Quarters from wafer to die in China."""


def directed(share: float):
    """Baseline and arm, quarter by quarter, with the world before each, when Beijing directs that share to Huawei."""

    @cache
    def pair(off: bool) -> tuple[list[World], list[World]]:
        world, rules = opening(DIRECTIVE if off else {})
        logged = log(world, rules, FAB_DELAY + 1)
        held = {("direct_wafers", "share", ("huawei",)): share}
        return [world, *arm(world, rules, logged)], [world, *arm(world, rules, logged, hold=held)]

    return lambda settings: pair(bool(settings))


to_huawei, nearly_all_to_huawei = directed(0.6), directed(0.8)


def smic(world: World, column: str) -> Array:
    """A column of SMIC's, on the advanced node where it has nodes."""
    row = getattr(world, column)[world.cast.at("foundries", "smic")].astype(float)
    return row[1] if row.ndim == 2 else row


def wafers(world: World, *makers: str) -> Array:
    """Advanced wafers started for some of SMIC's customers."""
    return sum(world.started[world.cast.at("chipmakers", maker), 1].astype(float) for maker in makers)


def others(world: World) -> Array:
    """Advanced wafers started for everybody but Huawei."""
    return wafers(world, "cambricon", "metax", "hygon") + smic(world, "phone_wafers")


def share_of_huawei(before: World, world: World) -> Array:
    """Huawei's share of the advanced wafers that SMIC could start in the quarter."""
    return wafers(world, "huawei") / (smic(before, "capacity") * smic(before, "tool_health"))


def wafers_are_short(baseline: list[World], share: float) -> Array:
    """Where SMIC's advanced lines are full and Huawei has less of them than that share, in the first quarter."""
    full = smic(baseline[1], "utilisation") > 0.999
    return full & (share_of_huawei(baseline[0], baseline[1]) < share)


IDLE = 0.0015
"""Share of lines that may stand idle where they count as full: a thousandth, and what rounding leaves of it."""


def test_c01_beijings_directive_gives_huawei_the_wafers_it_ordered():
    baseline, moved = to_huawei({})
    binds = wafers_are_short(baseline, 0.6)
    share = share_of_huawei(moved[0], moved[1])
    assert (share[binds] > 0.5999).all()
    assert np.median(share[binds]) < 0.601
    together = wafers(moved[1], "huawei") + others(moved[1])
    before = wafers(baseline[1], "huawei") + others(baseline[1])
    idle = IDLE * smic(baseline[0], "capacity")
    assert (np.abs(together - before)[binds] <= idle[binds]).all()

    def huaweis_part(settings: Settings) -> tuple[Array, Array]:
        baseline, moved = to_huawei(settings)
        effect = share_of_huawei(moved[0], moved[1]) - share_of_huawei(baseline[0], baseline[1])
        return np.where(np.abs(effect) < 0.001, 0, effect), wafers_are_short(baseline, 0.6)

    assert_shown(huaweis_part, +1, off=DIRECTIVE)


def test_c01_what_huawei_gets_by_directive_others_lose():
    def their_part(settings: Settings) -> tuple[Array, Array]:
        baseline, moved = to_huawei(settings)
        return change(others(moved[1]), others(baseline[1]), 0.001), wafers_are_short(baseline, 0.6)

    assert_shown(their_part, -1, off=DIRECTIVE)


NEGLECTED = ("cambricon", "metax")


def neglected(settings: Settings) -> tuple[World, World, Array]:
    """The quarter in which the first directed wafers come out, without them and with them, and which of both makers dies limit."""
    baseline, moved = nearly_all_to_huawei(settings)
    last = baseline[-1]
    makers = [last.cast.at("chipmakers", name) for name in NEGLECTED]
    return last, moved[-1], last.binding[makers] == LOGIC


def test_c02_what_the_state_leaves_lets_cambricon_and_metax_make_fewer_chips():
    """Each is counted where dies limit it: where memory does, it may even make more."""

    def chips(settings: Settings) -> tuple[Array, Array]:
        last, after, binds = neglected(settings)
        made = [np.array([chips_made(world, maker) for maker in NEGLECTED]) * binds for world in (after, last)]
        return change(*(both.sum(axis=0) for both in made), least=0.01), binds.any(axis=0)

    assert_shown(chips, -1, off=DIRECTIVE)


def test_c02_each_of_them_makes_fewer_where_its_own_dies_are_short():
    """A maker that memory limits may even make more: it gets the stacks that the other has no dies for.

    MetaX makes most of its chips on the mature node, so what it loses is a part of a hundredth in some worlds.
    """
    baseline, moved = nearly_all_to_huawei({})
    for maker in NEGLECTED:
        binds = baseline[-1].binding[baseline[-1].cast.at("chipmakers", maker)] == LOGIC
        fewer = change(chips_made(moved[-1], maker), chips_made(baseline[-1], maker), 0.001)
        assert_claim(np.where(binds, fewer, 0), binds, -1)


LONGEST_QUEUE = 10
"""Money asked over the worth of what is there, beyond which prices do not follow."""


def test_c02_the_price_of_their_chips_rises():
    """Of those whose price can still rise: where ten times as much is asked as is there, it stands as high as it gets."""

    def prices(settings: Settings) -> tuple[Array, Array]:
        last, after, binds = neglected(settings)
        makers = [last.cast.at("chipmakers", name) for name in NEGLECTED]
        binds &= last.backlog[makers] < LONGEST_QUEUE
        weight = last.revenue[makers].astype(float) * binds + 1e-6
        mean = [(world.price_index[makers] * weight).sum(axis=0) / weight.sum(axis=0) for world in (after, last)]
        return np.where(binds.any(axis=0), change(*mean, least=0.001), 0), binds.any(axis=0)

    assert_shown(prices, +1, off=DIRECTIVE)


LINES_ENOUGH = {"smic.open.pack_capacity": 400_000, "metax.open.stacks": 300_000}
"""A tenth more packaging lines than in the median game, and half as much memory again: where either binds, more dies of a weak
design crowd out better ones."""


def test_c12_metax_makes_more_chips_with_more_mature_wafers():
    """Counted over all quarters since they came: who made more in the first has less memory for the last."""

    def twice_the_wafers(settings: Settings) -> tuple[Array, Array]:
        played = []
        for started in (150, 300):
            world, rules = opening({**LINES_ENOUGH, **settings, "metax.open.started.mature": started})
            played.append(arm(world, rules, log(world, rules, FAB_DELAY)))
        before, after = (sum(chips_made(world, "metax") for world in quarters) for quarters in played)
        last = played[0][-1]
        return change(after, before, 0.01), last.binding[last.cast.at("chipmakers", "metax")] == LOGIC

    assert_shown(twice_the_wafers, +1, off={"rules.fallback": 0})


def test_c12_withholding_mature_chips_costs_both_sides_more_than_half_a_percent():
    for bloc in (0, 1):

        def industry(settings: Settings, bloc: int = bloc) -> tuple[Array, Array]:
            world, rules = opening(settings)
            logged = log(world, rules, 1)
            held = {("ship_mature_chips", "withheld"): 1.0}
            before, after = arm(world, rules, logged)[-1], arm(world, rules, logged, hold=held)[-1]
            sells = before.other_revenue[bloc] > 0
            return change(after.other_revenue[bloc], before.other_revenue[bloc], 0.005), sells

        assert_shown(industry, -1, off={"rules.mature_leverage": 0})
