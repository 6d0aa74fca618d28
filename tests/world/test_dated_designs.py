"""A design whose figures the scenario gives comes out in the quarter of its launch, and no project takes its place."""

import numpy as np
import pytest

from tests.support.tests_support import november
from world.chance import Chance
from world.phases.design import design, is_dated
from world.state import World, replace
from world.turn import advance, layout_of

DATED, FREE = "nvidia-export", "nvidia-export-2"


def dated(quarter: int, **others: int) -> World:
    """Games in which one export design waits for a quarter."""
    world = november().world
    product = world.cast.at("products", DATED)
    tpp, launch = world.tpp.copy(), world.launch.copy()
    tpp[product], launch[product] = 3000, quarter
    return replace(
        world, tpp=tpp, launch=launch, **{name: np.full_like(getattr(world, name), v) for name, v in others.items()}
    )


def sale(world: World, name: str) -> list[bool]:
    """Whether a product is on sale in each game."""
    return world.on_sale[world.cast.at("products", name)].tolist()


@pytest.mark.parametrize("quarter", [0, 2])
def test_a_dated_design_comes_out_in_its_quarter_and_not_before(quarter):
    world, rules = dated(quarter), november().rules
    for turn in range(4):
        assert sale(world, DATED) == [turn > quarter] * 5
        world = advance(world, world.ordered, rules)
    assert (world.launch[world.cast.at("products", DATED)] == quarter).all()
    assert (world.tpp[world.cast.at("products", DATED)] == 3000).all()


def test_a_finished_project_leaves_a_dated_design_alone():
    world, rules = dated(6, export_left=1, export_target=4000), november().rules
    layout = layout_of(world.cast)
    orders = layout.named(layout.settings(world))
    after = design(world, orders, rules, Chance(world.seed, world.turn, "world/"))
    assert sale(after, DATED) == [False] * 5
    assert sale(after, FREE) == [True] * 5


def test_only_that_is_dated_for_which_a_scenario_gives_figures():
    world = november().world
    dated = np.flatnonzero(is_dated(world).any(axis=1))
    assert [world.cast.products[product] for product in dated] == ["nvidia-next"]
