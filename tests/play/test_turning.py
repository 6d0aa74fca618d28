"""Turning points: what an order did to the end of the game, with all else held and under other luck."""

import json
from dataclasses import replace

import numpy as np
import pytest

from main import main
from play.keep import saved
from play.model import Chokepoint
from play.past import Change, past_of, played
from play.quantities import quantity
from play.record import EVERYTHING
from play.save import write_save
from play.turning import TurningPoint, effects_anew, effects_held, other_lucks, turning_points, words
from tests.play.conftest import PLAYERS
from world.turn import layout_of


@pytest.fixture(scope="module")
def game():
    """A game of four quarters; a person in Washington gives two orders, the last too late to bite."""
    model = Chokepoint("tutorial", seeds=5, players={**PLAYERS, "washington": "human"}, keep=EVERYTHING)
    while model.running:
        orders = model.view("washington").blank_orders()
        if model.world.turn[0] == 0:
            orders.set("cap_countries", chips=20_000.0)
            orders.set("control_cloud", strictness=1.0)
            orders.set("fund_enforcement", officers=300.0)
        if model.world.turn[0] == 3:
            orders.set("check_location", coverage=1.0)
        model.human("washington").put(orders)
        model.step()
    return saved(model)


@pytest.fixture(scope="module")
def past(game):
    return past_of(game)


@pytest.fixture(scope="module")
def objective(past):
    return quantity(past.cast, "objective.washington")


@pytest.fixture(scope="module")
def points(past, objective):
    return turning_points(past, objective, "washington", most=3, lucks=6)


def test_an_order_that_comes_too_late_to_bite_moves_nothing(past, objective):
    layout = layout_of(past.cast)
    late = [
        at
        for at, order in enumerate(past.given)
        if order.turn == past.last and layout.describe(order.entry)[0].kind.delay
    ]
    assert late
    held = effects_held(past, quantity(past.cast, "stock_cn"), late)
    assert set(held.values()) == {0.0}


def test_an_effect_is_the_end_less_the_end_without_the_order(past, objective):
    held = effects_held(past, objective, range(0, len(past.given), 10))
    without = objective.of(played(past, [Change(frozenset([at])) for at in held], 0, past.last)[-1])
    assert list(held.values()) == (objective.of(past.state(past.last)) - without).tolist()
    assert any(held.values())


def test_a_null_change_is_exactly_zero_under_every_luck(past, objective):
    for turn in (1, 4):
        assert not effects_anew(past, objective, frozenset(), turn, "washington", lucks=4).any()


def test_lucks_are_others_than_the_games_own_and_alike_every_time(past, objective):
    seeds = other_lucks(int(past.state(0).seed[0]), 3, 16)
    assert np.unique(seeds).size == 16
    assert past.state(0).seed[0] not in seeds
    assert (seeds == other_lucks(int(past.state(0).seed[0]), 3, 16)).all()
    assert not (seeds == other_lucks(int(past.state(0).seed[0]), 4, 16)).any()


def test_turning_points_are_the_seats_own_and_the_largest_first(past, objective, points):
    assert [point.seat for point in points] == ["washington"] * 3
    sizes = [abs(point.effect) for point in points]
    assert sizes == sorted(sizes, reverse=True)
    own = [at for at, order in enumerate(past.given) if past.cast.names["seats"][order.seat] == "washington"]
    held = effects_held(past, objective, own)
    assert sizes[0] == max(abs(effect) for effect in held.values()) > 0
    for point in points:
        assert point.low <= point.anew <= point.high
        assert past.given[point.order].turn == point.turn
        assert point.words == words(past, point.order)


def test_words_say_the_order_with_its_settings_before_and_after(past):
    for at in range(0, len(past.given), 25):
        said, order = words(past, at), past.given[at]
        assert said.split()[0] == layout_of(past.cast).describe(order.entry)[0].kind.name
        assert said.count("(was ") == order.moved[:, 0].sum() > 0


def test_an_effect_holds_where_nine_lucks_in_ten_agree_in_sign():
    for effect, low, high, holds in ((2, 1, 3, True), (-2, -3, -1, True), (2, -1, 3, False), (2, -3, -1, False)):
        assert TurningPoint(0, 1, "x", "y", effect, 0.0, low, high).holds == holds


def test_the_command_tells_them_and_refuses_what_it_cannot_tell(game, tmp_path, capsys):
    file = str(tmp_path / "game.json.gz")
    write_save(tmp_path / "game.json.gz", game)
    asked = ["turning", file, "--most", "2"]
    assert main([*asked, "--of", "objective.huawei", "--seat", "huawei", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["unit"] == "points"
    assert [point["seat"] for point in tree["turning_points"]] == ["huawei"] * 2
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith("What moved objective.washington at the end most (points)")
    write_save(tmp_path / "early.json.gz", replace(game, quarters=game.quarters[:3]))
    for wrong, said in (
        (["turning", str(tmp_path / "early.json.gz")], "the game is not over; ask for its turning points when it is"),
        (["turning", file, "--of", "leed"], "--of leed: there is no quantity 'leed'; did you mean lead?"),
        (["turning", file, "--seat", "nobody"], "--seat nobody: there is no such seat"),
        (["turning", file, "--most", "0"], "--most 0: write a whole number from 1 on"),
    ):
        assert main(wrong) == 2
        output = capsys.readouterr()
        assert said in output.err
        assert (output.out, output.err.count("\n")) == ("", 1)
