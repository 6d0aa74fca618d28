"""Drafts in words: read as the game reads orders, refused in a sentence, judged on what the seat sees."""

import numpy as np
import pytest
from tests_support import scrambled

from play.dials import book_of
from play.drafts import check_draft, drafted, order_in, trial
from play.model import Chokepoint
from world.orders import MOVES_REFUSED, OrderRefused
from world.state import replace
from world.view import view


@pytest.fixture(scope="module")
def model(scenario):
    model = Chokepoint(scenario, seeds=5, players={"washington": "human", "huawei": "human"})
    model.step()
    return model


@pytest.fixture(scope="module")
def cast(model):
    return model.cast


def values(cast, settings):
    dials = book_of(cast).dials
    return {dials[row].label: dials[row].amount.value(step) for row, step in settings.items()}


@pytest.mark.parametrize(
    "text",
    [
        "washington.cap_exports cn ceiling=6000",
        "washington.cap_exports group=cn ceiling=6000",
        "washington.cap_exports bloc=cn ceiling=6000",
        "washington.cap_exports, ceiling=6000, bloc=cn",
        "washington.cap_exports.cn ceiling=6_000",
        "  washington.cap_exports   ceiling=6e3,cn ",
    ],
)
def test_an_order_may_be_written_in_many_ways(cast, text):
    seat, settings = order_in(cast, text)
    assert (seat, values(cast, settings)) == ("washington", {"washington.cap_exports.cn.ceiling": 6000.0})


def test_every_dial_can_be_written_as_it_is_called(cast):
    for row, dial in enumerate(book_of(cast).dials):
        picks = [f"{pick.name}={name}" for pick, name in zip(dial.kind.picks, dial.picks, strict=True)]
        words = " ".join([f"{dial.seat}.{dial.kind.name}", *picks, f"{dial.amount.name}={dial.amount.high}"])
        assert order_in(cast, words) == (dial.seat, {row: dial.amount.steps})


def test_orders_of_several_seats_are_told_apart_and_nothing_is_an_empty_draft(cast):
    found = drafted(
        cast,
        ["beijing.admit_chips share=1", "washington.nothing", "beijing.direct_wafers huawei share=0.5"],
    )
    assert list(found) == ["beijing", "washington"]
    assert found["washington"] == {}
    assert len(found["beijing"]) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names no seat and order; write it as washington.cap_exports"),
        ("washington", "names no seat and order"),
        (".cap_exports cn", "names no seat and order"),
        ("washingtn.cap_exports cn ceiling=1", "there is no seat 'washingtn'; did you mean washington?"),
        ("washington.cap_export cn ceiling=100", "there is no order 'cap_export'; did you mean cap_exports"),
        ("beijing.cap_exports cn ceiling=100", "cap_exports: beijing may not give it"),
        ("washington.cap_exports uk ceiling=100", "group is 'uk'; choose one of cn, swing"),
        ("washington.cap_exports ceiling=100", "the group is missing"),
        ("washington.cap_exports cn", "sets nothing; write cap_exports GROUP ceiling=TPP"),
        ("washington.cap_exports cn celing=100", "cap_exports has no 'celing'; write one of group, ceiling, density"),
        ("washington.cap_exports cn us ceiling=100", "'us' is too much"),
        ("washington.cap_exports cn bloc=cn ceiling=100", "'cn' is too much"),
        ("washington.cap_exports cn ceiling=100 ceiling=200", "ceiling is written twice"),
        ("washington.cap_exports bloc=cn group=cn ceiling=100", "group is written twice"),
        ("washington.cap_exports cn ceiling=much", "ceiling is 'much'; write a number"),
        ("washington.cap_exports cn ceiling=nan", "ceiling is 'nan'; write a number"),
        ("washington.cap_exports cn ceiling=150", "between two steps of 100; write 100 or 200"),
        ("washington.cap_exports cn ceiling=-1", "write 0 to 120000 TPP"),
        ("washington.nothing at all", "nothing takes no more words"),
    ],
)
def test_words_that_are_no_order_are_refused_in_one_sentence(cast, text, said):
    with pytest.raises(OrderRefused) as refusal:
        drafted(cast, [text])
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_dial_is_set_once(cast):
    with pytest.raises(OrderRefused, match=r"washington.cap_exports.cn.ceiling is set twice"):
        drafted(cast, ["washington.cap_exports cn ceiling=100", "washington.cap_exports cn ceiling=200"])


DRAFTS = {
    "four moves": [
        *("washington.cap_exports cn ceiling=100", "washington.fund_enforcement officers=500"),
        *("washington.check_location coverage=1", "washington.gather_intelligence spend=200"),
    ],
    "too dear": [
        *("washington.control_tools immersion=0 euv=0 servicing=0", "washington.allow_lag generations=3"),
        "washington.control_cloud strictness=1",
    ],
    "not at home": ["beijing.direct_wafers nvidia share=0.5"],
    "as it stands": ["beijing.admit_chips share=0.05"],
    "a project twice": ["huawei.design_chip project=9 node=1 dies=2 stacks=8"],
}


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_is_judged_as_the_game_judges_it_and_on_the_view_alone(model, cast, name):
    for seat, settings in drafted(cast, DRAFTS[name]).items():
        said = trial(view(model.world, seat), settings)
        assert said == model.trial(seat, settings)
        other = scrambled(model.world, cast.at("seats", seat))
        assert trial(view(other, seat), settings) == said


def test_an_illegal_draft_is_refused_with_the_games_own_words(model, cast):
    for name, said in (
        ("four moves", "washington: .*the seat has no move left this quarter"),
        ("not at home", "beijing: direct_wafers nvidia: only designers at home can be given wafers"),
    ):
        ((seat, settings),) = drafted(cast, DRAFTS[name]).items()
        with pytest.raises(OrderRefused, match=said):
            check_draft(view(model.world, seat), settings)
    assert (
        MOVES_REFUSED
        in trial(view(model.world, "washington"), drafted(cast, DRAFTS["four moves"])["washington"]).values()
    )


def test_a_draft_that_cannot_be_paid_for_is_refused(model, cast):
    ((seat, settings),) = drafted(cast, ["washington.cap_exports cn ceiling=100"]).items()
    poor = replace(model.world, capital=np.zeros_like(model.world.capital))
    with pytest.raises(OrderRefused, match="washington: cap_exports cn: the seat cannot pay for it"):
        check_draft(view(poor, seat), settings)
    check_draft(view(model.world, seat), settings)
