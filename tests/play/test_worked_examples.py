"""Worked examples on the real scenario: two keys to one door, a seizure that moves policy, a slip from a shortage."""

from fractions import Fraction
from functools import cache

import numpy as np

from play.drafts import drafted
from play.keep import saved
from play.model import Chokepoint
from play.past import Change, Past, past_of, played
from play.path import path
from play.quantities import quantity
from play.record import EVERYTHING
from play.script import Script
from play.story import Story
from play.telling import path_lines, why_lines
from play.why import UNDER_WAY, carried, explained, left_out_singly
from world.scenario import read
from world.turn import layout_of

STARVED = 934
"""The seed of a game in which Moonshot's run lacks little when Huawei's dies fail to come, as in three of a thousand."""
SEIZED = 2
"""The seed of a game in which customs find less than half of what each route sends, so that with luck held they find nothing."""


@cache
def acted(
    turns: int,
    orders: tuple[tuple[int, str], ...] = (),
    settings: tuple = (),
    seed: int = 1,
    doctrine: str = "standard",
) -> tuple[Past, Story]:
    """A game of the real scenario in which some orders are given by script, and everybody follows one doctrine."""
    scenario = read("november-2025")
    cast = scenario.cast
    turned = {turn: [text for at, text in orders if at == turn] for turn, _ in orders}
    script = Script(
        {
            turn: {cast.at("seats", seat): draft for seat, draft in drafted(cast, texts).items()}
            for turn, texts in turned.items()
        },
        layout_of(cast).seat_of_dial,
    )
    players = dict.fromkeys(cast.names["seats"], doctrine)
    model = Chokepoint(scenario, seeds=seed, players=players, settings=dict(settings), script=script, keep=EVERYTHING)
    for _ in range(turns):
        model.step()
    return past_of(saved(model)), model.story


def parts_of(why):
    return {part.source.name: part.amount[0] for part in why.parts}


def adds_up(why):
    return sum((part.amount[0] for part in why.parts), Fraction(0)) == why.change[0]


H20 = {
    "turns": 2,
    "orders": ((1, "washington.license_sales volume=400000"), (1, "beijing.admit_chips share=1")),
    "settings": (("washington.dials.license_sales.volume", 0), ("beijing.dials.admit_chips.share", 0)),
    "doctrine": "still",
}


def test_each_key_to_the_h20_counts_half_and_neither_the_whole_twice():
    past, story = acted(**H20)
    sold = quantity(past.cast, "licensed_chips")
    alone = left_out_singly(past, sold, 1)
    whole = float(sold.of(past.state(1))[0])
    assert whole > 10_000
    assert {past.cast.names["seats"][past.given[at].seat]: float(gone[0]) for at, gone in alone.items()} == {
        "washington": whole,
        "beijing": whole,
    }
    why = explained(past, sold, 1, opened=("washington", "beijing"), pairs=10)
    parts = parts_of(why)
    assert parts["washington"] == parts["beijing"] == Fraction(whole) / 2
    assert adds_up(why)
    said = "\n".join(why_lines(why, past, story))
    assert "license_sales, volume from 0 to 400000 chips/quarter (order 0)" in said
    assert "admit_chips, share from 0 to 1 (order 1)" in said


def test_one_key_alone_opens_nothing():
    for order in H20["orders"]:
        past, _ = acted(**{**H20, "orders": (order,)})
        assert not quantity(past.cast, "licensed_chips").of(past.state(1)).any()


def test_a_seizure_moves_policy_a_quarter_later_and_luck_at_customs_is_named():
    past, story = acted(turns=2, seed=SEIZED)
    stance = quantity(past.cast, "stance")
    assert past.state(1).caught.any()
    why = explained(past, stance, 2, 0, pairs=10)
    parts = parts_of(why)
    assert parts["diversion.seizure"] < 0
    assert float(parts["diversion.seizure"]) < -0.02
    assert adds_up(why)
    lost = played(past, [Change(held=frozenset(["diversion.seizure"]))], 0, 2)
    assert not lost[1].caught.any()
    assert float(stance.of(lost[2])[0] - stance.of(past.state(2))[0]) > 0.02
    said = "\n".join(why_lines(why, past, story, with_luck=True))
    assert "which consignments customs seized" in said


def test_what_customs_found_is_under_way_in_the_quarter_after_and_opens_into_the_brokers_orders():
    """The broker that lost most chips moves the stance most here; so it is in 4 of 7 games, as the orders of others count too."""
    past, _ = acted(turns=2, seed=SEIZED)
    stance = quantity(past.cast, "stance")
    now, earlier = explained(past, stance, 2, pairs=2), carried(past, stance, 2, pairs=10)
    assert parts_of(now)["diversion.seizure"] == 0
    assert parts_of(now)[UNDER_WAY] == earlier.now[0]
    assert adds_up(earlier)
    brokers = {name: part for name, part in parts_of(earlier).items() if name in past.cast.names["brokers"]}
    assert min(brokers.values()) < 0
    caught = past.state(1).caught[:, 0].tolist()
    assert min(brokers, key=brokers.get) == max(zip(caught, past.cast.names["brokers"], strict=True))[1]


def starved():
    """A game in which Beijing gives all advanced wafers to MetaX in the second quarter, and the number of that order."""
    past, story = acted(turns=7, orders=((2, "beijing.direct_wafers metax share=1"),), seed=STARVED)
    beijing = past.cast.at("seats", "beijing")
    (at,) = (one for one in past.orders_between(2, 2) if past.given[one].seat == beijing)
    return past, story, at


def test_a_slip_is_traced_to_the_shortage_and_to_the_allocation_before_it():
    past, story, at = starved()
    late = quantity(past.cast, "run_late.moonshot")
    without = played(past, [Change(frozenset([at]))], 1, 7)
    assert not past.state(6).released[past.cast.at("labs", "moonshot")].any()
    assert without[5].released[past.cast.at("labs", "moonshot")].all()
    slip = float(late.of(past.state(7))[0] - late.of(without[6])[0])
    assert slip > 0.5
    steps = path(past, frozenset([at]), late, 7)
    assert [step.turn for step in steps] == [2, 3, 4, 5, 6]
    columns = [step.name.partition(".")[0] for step in steps]
    assert columns[:3] == ["dies_coming"] * 3
    assert columns[3] in ("dies_raw", "dies_tested", "chips", "packed")
    assert columns[4].startswith("run_")
    assert all(step.with_it < step.without / 2 for step in steps[:4])
    said = "\n".join(path_lines(past, at, late, 7, slip, steps, story))
    assert "beijing: direct_wafers metax, share from 0 to 1; Q2 2026" in said
    assert "dies in process" in said


def test_the_why_of_a_slip_names_the_directive_with_sign_and_size_and_adds_up():
    past, story, at = starved()
    late = quantity(past.cast, "run_late.moonshot")
    why = explained(past, late, 7, 1, opened=("beijing",), pairs=8)
    assert adds_up(why)
    (beijing,) = (part for part in why.parts if part.source.name == "beijing")
    order = max(beijing.opened, key=lambda part: abs(part.mean))
    assert order.source.orders == {at}
    assert order.mean > 0.2
    assert sum((part.amount[0] for part in beijing.opened), Fraction(0)) == beijing.amount[0]
    assert f"direct_wafers metax, share from 0 to 1 (order {at})" in "\n".join(why_lines(why, past, story))
    assert np.isfinite(beijing.anew).all()
