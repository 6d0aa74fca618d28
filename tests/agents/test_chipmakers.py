"""Chinese chipmakers: what they spend on software follows what they sell."""

import numpy as np
import pytest

from agents.doctrine.chipmaker import SOFTWARE
from agents.doctrine.roster import find
from tests.agents.sides import WORLDS, decided, later, seats_for
from world.state import replace
from world.turn import layout_of


@pytest.mark.parametrize(("sales", "raises"), [(0.5, False), (2.0, True)])
def test_a_rich_maker_spends_more_on_software_only_as_far_as_its_sales_go(sales, raises):
    world = later(WORLDS)
    seats = seats_for(world.cast, "chipmaker", "cn")
    makers = np.flatnonzero(world.cast.seat_bloc("chipmaker"))
    money, revenue = world.money.copy(), world.revenue.copy()
    money[list(seats)] = 50_000_000
    now = layout_of(world.cast).named(layout_of(world.cast).values(layout_of(world.cast).in_force(world)))
    revenue[makers] = np.maximum(now.write_software.spend[makers], 1) * 1000 / SOFTWARE * sales
    rich = replace(world, money=money, revenue=revenue, software=np.full_like(world.software, 0.5))
    found = decided(rich, find("standard", "chipmaker", "cn"), seats)
    poorer = decided(replace(rich, money=np.full_like(money, 1_000_000)), find("standard", "chipmaker", "cn"), seats)
    key = ("write_software", "spend")
    assert (found.levels[key] > poorer.levels[key]).all() == raises
    assert (found.levels[key] == poorer.levels[key]).all() != raises
