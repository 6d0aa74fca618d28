"""Designs made of the same dies draw on one stock, and chips that may not be sold do not keep a maker from building others."""

from dataclasses import replace

import numpy as np
import pytest
from tests_support import november

from world.phases import allocation, packaging
from world.turn import layout_of

GAMES = 8


@pytest.fixture(scope="module")
def games():
    return november(GAMES)


def orders_of(world):
    layout = layout_of(world.cast)
    return layout.named(layout.settings(world))


def test_designs_of_one_area_are_made_of_the_same_dies(games):
    cast = games.world.cast
    kinds = [{cast.products[product] for product in twins} for twins in cast.same_dies]
    assert sorted(map(sorted, kinds)) == sorted(
        sorted(cast.products[p] for p in kind) for t in cast.twins for kind in t.T
    )
    assert {"hopper", "h20"} in kinds
    assert {"ascend-910b", "ascend-910c"} in kinds
    assert all(len({cast.product_maker[product] for product in twins}) == 1 for twins in cast.same_dies)


def test_a_design_on_a_new_node_is_not_made_of_old_dies(games):
    cast = games.world.cast
    rubin = cast.at("products", "nvidia-next")
    assert not any(rubin in twins for twins in cast.same_dies)


def test_pooling_neither_makes_nor_loses_dies(games):
    world = games.world
    rows = np.concatenate(world.cast.same_dies)
    tested = world.dies_tested.copy()
    tested[rows] += np.arange(rows.size)[:, None].astype(np.int32) * 1_001
    before = replace(world, dies_tested=tested)
    after = packaging.pooled(before)
    for twins in world.cast.same_dies:
        assert (after.dies_tested[twins].sum(axis=0) == before.dies_tested[twins].sum(axis=0)).all()
        assert (after.dies_raw[twins].sum(axis=0) == before.dies_raw[twins].sum(axis=0)).all()
    assert (
        after.dies_made - before.dies_made == after.dies_tested - before.dies_tested + after.dies_raw - before.dies_raw
    ).all()
    assert (after.dies_tested >= 0).all()


@pytest.mark.parametrize(("volume", "counts"), [(0, False), (1_000_000, True)])
def test_only_stock_that_may_be_sold_keeps_a_maker_from_building(games, volume, counts):
    world, rules = games.world, games.rules
    cast = world.cast
    orders = orders_of(world)
    orders.license_sales.volume[:] = volume
    unsold = world.unsold.copy()
    unsold[cast.at("products", "h20")] += 10_000_000
    room = allocation.room_of(world, orders, rules)
    may = allocation.may_export(world, orders, rules)
    wanted, piled = (
        allocation.packages_wanted(one, room, may, rules)[cast.at("chipmakers", "nvidia")]
        for one in (world, replace(world, unsold=unsold))
    )
    assert ((piled < wanted) == counts).all()
