"""Arms: the games that patterns are read from are played as their plans say."""

import numpy as np

from play import measures
from world.turn import layout_of


def test_without_controls_nobody_makes_chips_cut_down_for_china(few):
    for quarter in few["free"].record.quarters:
        assert not quarter.packed[np.flatnonzero(quarter.cast.is_export)].any()


def test_without_controls_beijing_lets_in_whatever_is_sold_and_asks_nobody_to_buy_at_home(few):
    quarters = few["free"].record.quarters
    layout = layout_of(quarters[0].cast)
    for quarter in quarters:
        dials = layout.named(layout.values(layout.in_force(quarter)))
        assert (dials.admit_chips.share == 1).all()
        assert not dials.require_domestic.share.any()


def test_without_controls_china_holds_more_compute_in_every_game(few):
    held, free = (measures.stock_cn(few[name].at("Q4 2025")) for name in ("past", "free"))
    assert (free > held).all()
