"""Claims about fabs: what tool controls take from Huawei (C07), and what state money builds (C11)."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Settings, arm, assert_shown, change, chips_made, log, opening
from world.state import World
from world.yields import defect_floor

Array = np.ndarray

LOGIC, MEMORY = 1, 2
"""What limits a maker's output, as the packaging phase records it."""
TIGHTER = {("control_tools", "immersion"): 1.0, ("control_tools", "servicing"): 1.0}
MONEY = {("fund_fabs", "spend"): 4_500, ("fund_tools", "spend"): 3_000, ("fund_memory", "spend"): 1_500}
WITHOUT = {"rules.fund_effect": 0, "rules.programme_effect": 0}


def test_c07_tighter_tool_controls_lower_huaweis_output_within_eight_quarters():
    def second_year(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(settings)
        logged = log(world, rules, 8)
        baseline, moved = arm(world, rules, logged), arm(world, rules, logged, hold=TIGHTER)
        before, after = (sum(chips_made(w, "huawei") for w in worlds[4:]) for worlds in (baseline, moved))
        limit = baseline[-1].binding[baseline[-1].cast.at("chipmakers", "huawei")]
        return change(after, before, 0.01), np.isin(limit, (LOGIC, MEMORY))

    assert_shown(second_year, -1, off={"rules.tool_denial": 0})


def test_c07_service_denied_never_helps_a_fab():
    world, rules = opening()
    denied, served = (defect_floor(world, np.full((1, world.seed.size), share), rules) for share in (1.0, 0.0))
    assert (denied >= served).all()
    assert (denied > served).any()


def test_c07_what_huawei_sells_abroad_counts_in_its_score():
    def objective(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening()
        seat = world.cast.at("seats", "huawei")
        weights = world.cast.weights.copy()
        weights[seat] = (0.0, 0.0, 0.0, settings.get("exports", 1.0))
        world = replace(world, cast=replace(world.cast, weights=weights))
        logged = log(world, rules, 1)
        favour = {("split_regions", "weight", ("third",), "huawei"): 9, ("source_chips", "share"): 0.5}
        baseline, moved = arm(world, rules, logged)[-1], arm(world, rules, logged, hold=favour)[-1]
        sells = baseline.revenue[world.cast.at("chipmakers", "huawei")] > 0
        return change(moved.objective[seat], baseline.objective[seat], 0.01), sells

    assert_shown(objective, +1, off={"exports": 0.0})


@cache
def funded(without: bool) -> tuple[list[World], list[World], Array]:
    """Eight quarters without and with the money, and the lowest defect density that learning could reach."""
    world, rules = opening(WITHOUT if without else {})
    logged = log(world, rules, 9)
    floor = np.maximum(rules.floor_duv, rules.floor_unserviced)
    return arm(world, rules, logged), arm(world, rules, logged, hold=MONEY), floor


def wafer_capacity(world: World) -> Array:
    """Advanced wafers SMIC could start."""
    return world.capacity[world.cast.at("foundries", "smic"), 1]


def defects(world: World) -> Array:
    """Defect density of SMIC's advanced node, of which fewer mean a better yield."""
    return world.defect_density[world.cast.at("foundries", "smic"), 1].astype(float)


def memory_capacity(world: World) -> Array:
    """Memory stacks CXMT could finish."""
    return world.memory_capacity[world.cast.at("memory_makers", "cxmt")]


LEFT = 1.1
"""How far above its floor a fab must still be to have something to learn."""
FRUITS = [(wafer_capacity, +1, 4, 0.01), (memory_capacity, +1, 4, 0.01), (defects, -1, 8, 0.0001)]


@pytest.mark.parametrize(("figure", "sign", "quarters", "least"), FRUITS)
def test_c11_state_money_bears_fruit_four_to_eight_quarters_later(figure, sign, quarters, least):
    def later(settings: Settings) -> tuple[Array, Array]:
        baseline, moved, floor = funded(bool(settings))
        learns = defects(baseline[quarters]) > LEFT * floor
        binds = learns if figure is defects else figure(baseline[quarters]) > 0
        return change(figure(moved[quarters]), figure(baseline[quarters]), least), binds

    assert_shown(later, sign, off=WITHOUT)


@pytest.mark.parametrize("figure", [wafer_capacity, memory_capacity, defects])
def test_c11_and_not_before(figure):
    baseline, moved, _ = funded(False)
    for before, after in zip(baseline[:4], moved[:4], strict=True):
        assert (figure(after) == figure(before)).all()
