"""Claims about designs: a chip cut down to a ceiling (C09), and several dies on an older node (C17)."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Settings, arm, assert_claim, assert_fails, assert_shown, change, log, opening
from world.state import World

Array = np.ndarray

CEILING = 19_000
"""TPP that Washington lets through: half a Blackwell."""
OUT = 2
"""Quarters until an export design comes out."""
FIRST = OUT + 2
"""The quarter in which its first chips come."""
QUARTERS = 8
TWO_KEYS = {
    ("cap_exports", "ceiling", ("cn",)): CEILING,
    ("cap_exports", "density", ("cn",)): 60,
    ("design_for_export", "tpp", (), "nvidia"): CEILING,
}
GATE = {"beijing.admit_chips.share": 1}
SLACK = {"rules.budget_growth": 0.05}
"""Buyers' budgets elsewhere grow half as fast, so that in the second year packaging lines are no longer short."""
PACKAGING, DEMAND = 3, 4
"""What limits a maker's output, as the packaging phase records it."""


@cache
def licences(settings: tuple[tuple[str, float], ...]) -> tuple[list[World], list[World]]:
    """Eight quarters without licences, and with them from the day the design is out, which it is in both."""
    world, rules = opening(GATE | dict(settings))
    logged = log(world, rules, QUARTERS)
    allowed = {("license_sales", "volume"): [0] * OUT + [1_000_000] * (QUARTERS - OUT)}
    without = {("license_sales", "volume"): 0}
    return arm(world, rules, logged, hold=TWO_KEYS | without), arm(world, rules, logged, hold=TWO_KEYS | allowed)


def nvidia(world: World, column: str) -> Array:
    """A column of Nvidia's."""
    return getattr(world, column)[world.cast.at("chipmakers", "nvidia")].astype(float)


@pytest.mark.parametrize("ceiling", [2_400, 4_800, 12_000, 19_000, 30_000])
def test_c09_the_designer_lands_at_or_under_the_ceiling(ceiling):
    world, rules = opening()
    held = {("design_for_export", "tpp", (), "nvidia"): ceiling}
    after = arm(world, rules, log(world, rules, OUT + 1), hold=held)[-1]
    product = world.cast.at("products", "nvidia-export")
    assert after.on_sale[product].all()
    assert ((after.tpp[product] <= ceiling) & (after.tpp[product] > 0.9 * ceiling)).all()


def test_c09_allowed_sales_of_a_cut_down_blackwell_lift_nvidias_revenue_where_it_has_chips_to_spare():
    """Judged over all quarters with chips to spare: what buyers elsewhere put off from one, they buy in the next."""

    def revenue(settings: Settings) -> tuple[Array, Array]:
        without, allowed = licences(tuple({**SLACK, **settings}.items()))
        to_spare = np.array([nvidia(world, "binding") == DEMAND for world in without])
        earned = [
            (to_spare * [nvidia(world, "revenue") for world in worlds]).sum(axis=0) for worlds in (allowed, without)
        ]
        return change(*earned, 0.001), to_spare.any(axis=0)

    assert_shown(revenue, +1, off={"beijing.admit_chips.share": 0})


def test_c09_where_packaging_is_full_they_come_out_of_others_supply():
    """Judged in the quarter in which they are first made: a year later memory is what is short, and not packaging."""
    without, allowed = (worlds[FIRST] for worlds in licences(()))
    elsewhere = [
        np.where(w.cast.is_slot_cn_owner[:, None], 0, w.sold * w.h100e[w.cast.slot_product]).sum(axis=0)
        for w in (allowed, without)
    ]
    assert_claim(change(*elsewhere, 0.001), nvidia(without, "binding") == PACKAGING, -1)


def test_c09_allowed_sales_keep_developers_on_cuda():
    def developers(settings: Settings) -> tuple[Array, Array]:
        without, allowed = licences(tuple(settings.items()))
        denied = nvidia(without[-1], "threat") > 0
        return change(allowed[-1].cuda_share, without[-1].cuda_share), denied

    assert_shown(developers, +1, off={"rules.foreclosure": 0})


READY = {"metax.open.design_left": 0}
"""MetaX may start its next chip on the opening day."""
DONE = 4
"""The quarter in which that chip comes out; its first dies come three quarters later."""
BUNDLE = {"node": 0, "dies": 3, "stacks": 4, "project": 1}
SINGLE = {"node": 1, "dies": 1, "stacks": 4, "project": 1}
SQUEEZE = {("direct_wafers", "share", ("huawei",)): [None] * DONE + [0.9] * 6}
"""Beijing gives nearly all advanced wafers to Huawei once the chip is out."""


@cache
def designed(bundle: bool, squeeze: bool, settings: tuple[tuple[str, float], ...] = ()) -> list[World]:
    """Ten quarters in which MetaX brings out three dies on a mature node, or one on the advanced node."""
    world, rules = opening({**READY, **dict(settings)})
    chip = {("design_chip", name, (), "metax"): value for name, value in (BUNDLE if bundle else SINGLE).items()}
    return arm(world, rules, log(world, rules, DONE + 6), hold={**chip, **(SQUEEZE if squeeze else {})})


def next_chip(world: World, column: str) -> Array:
    """A column of MetaX's new chip."""
    return getattr(world, column)[world.cast.at("products", "metax-next")].astype(float)


def everywhere(world: World) -> Array:
    """Where the new chip is on sale: in every world."""
    return world.on_sale[world.cast.at("products", "metax-next")]


def test_c17_a_die_on_an_older_node_does_less():
    def per_die(settings: Settings) -> tuple[Array, Array]:
        given = tuple(settings.items())
        old, new = designed(True, False, given)[DONE], designed(False, False, given)[DONE]
        dies = [next_chip(world, "tpp") / next_chip(world, "dies") for world in (old, new)]
        return change(*dies, 0.1), everywhere(new)

    assert_shown(per_die, -1, off={"rules.node_density.mature": 1})


def test_c17_bundled_dies_on_an_older_node_make_a_whole_chip_of_the_same_class():
    old, new = designed(True, False)[DONE], designed(False, False)[DONE]
    assert (next_chip(old, "h100e") > 0.9 * next_chip(new, "h100e")).all()


def test_c17_they_draw_more_power_for_the_same_work():
    def power(settings: Settings) -> tuple[Array, Array]:
        given = tuple(settings.items())
        old, new = designed(True, False, given)[DONE], designed(False, False, given)[DONE]
        kw = [next_chip(world, "kw") / next_chip(world, "tpp") for world in (old, new)]
        return change(*kw, 0.1), everywhere(new)

    assert_shown(power, +1, off={"rules.node_power.mature": 1})


def squeezed(bundle: bool, settings: Settings) -> tuple[Array, Array]:
    """What the squeeze takes from the new chip's output in the first three quarters, where dies limit MetaX."""
    given = tuple(settings.items())
    free, short = designed(bundle, False, given)[DONE + 3 :], designed(bundle, True, given)[DONE + 3 :]
    before, after = (sum(next_chip(world, "packed") for world in worlds) for worlds in (free, short))
    logic = [world.binding[world.cast.at("chipmakers", "metax")] == 1 for world in free]
    return change(after, before, 0.05), np.logical_or.reduce(logic)


def test_c17_they_are_free_of_the_advanced_wafer_bottleneck():
    assert_shown(lambda settings: squeezed(False, settings), -1, off={"rules.directive": 0})
    effect, binds = squeezed(True, {})
    assert_fails(effect, binds, -1)
    assert np.median(effect) >= 0

    def spared(settings: Settings) -> Array:
        return squeezed(True, settings)[0] - squeezed(False, settings)[0]

    _, binds = squeezed(False, {})
    assert_claim(spared({}), binds, +1)
    assert_fails(spared({"rules.directive": 0}), binds, +1)
