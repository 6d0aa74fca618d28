"""What comes out unasked, and what is found out for money: both make seats surer, and only secrecy stands against the second."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import arm, log, opening
from world.phases.intelligence import truth

QUARTERS = 9
WORLDS = 64
UNASKED = {f"rules.{name}": 0.0 for name in ("teardown_yield", "teardown_origin", "record_tells", "seizure_tells")}
BOUGHT = ("huawei_output", "smic_yield", "advanced_wafers", "ascend_wafers", "memory_left", "smuggled", "rented")


@cache
def played(spend=0, secrecy=0.5, unasked=True):
    world, rules = opening({} if unasked else UNASKED, worlds=WORLDS)
    hold = {("gather_intelligence", "spend"): spend, ("keep_secrets", "secrecy"): secrecy}
    return arm(world, rules, log(world, rules, QUARTERS, "standard"), hold=hold)


def width(world, question, seat="washington"):
    return world.belief_width[world.cast.at("questions", question), world.cast.at("seats", seat)].astype(float)


@pytest.mark.parametrize("question", BOUGHT)
def test_a_year_of_a_hundred_million_a_quarter_is_worth_buying(question):
    narrower = 1 - np.median(width(played(100)[3], question) / width(played()[3], question))
    assert 0.07 <= narrower <= 0.4


def test_what_is_bought_is_seen_by_the_buyer_alone():
    for question in BOUGHT:
        assert (width(played(100)[3], question, "nvidia") == width(played()[3], question, "nvidia")).all()


@pytest.mark.parametrize("question", BOUGHT)
def test_secrecy_takes_from_what_money_buys(question):
    gained = [width(played(0, secrecy)[3], question) ** -2 for secrecy in (0, 1)]
    bought = [width(played(200, secrecy)[3], question) ** -2 for secrecy in (0, 1)]
    shown, hidden = (np.median(more - less) for more, less in zip(bought, gained, strict=True))
    assert shown > 1.5 * hidden > 0


@pytest.mark.parametrize("question", ["smic_yield", "memory_left", "smuggled", "rented"])
def test_what_comes_out_makes_everybody_surer_in_that_quarter(question):
    found = 0
    for told, silent in zip(played(), played(unasked=False), strict=True):
        came = told.revealed[told.cast.at("questions", question)]
        assert not silent.revealed.any()
        for seat in ("washington", "nvidia", "deepseek"):
            assert (width(told, question, seat)[came] < width(silent, question, seat)[came]).all()
        found += came.sum()
    assert found >= WORLDS / 8


def test_a_first_chip_is_taken_apart_once():
    torn = np.stack([world.revealed[world.cast.at("questions", "smic_yield")] for world in played()])
    packed = np.stack([world.packed for world in played()])
    world = played()[0]
    made = list(world.cast.by_maker.members[world.cast.champion])
    begun = (packed[:, made] > 0).any(axis=0) & (packed[0, made] == 0)
    assert torn.any()
    assert (torn.sum(axis=0) <= begun.sum(axis=0)).all()


def test_nothing_that_came_out_moves_a_chip():
    for told, silent in zip(played()[:1], played(unasked=False)[:1], strict=True):
        for name in ("chips", "packed", "landed", "stacks"):
            assert (getattr(told, name) == getattr(silent, name)).all()


def test_what_is_read_off_is_near_the_truth():
    off = {True: [], False: []}
    for unasked in off:
        for state, came in ((x, y) for x, y in zip(played(unasked=unasked), played(), strict=True)):
            row, seat = state.cast.at("questions", "smuggled"), state.cast.at("seats", "washington")
            chosen = came.revealed[row]
            off[unasked] += list(np.abs(state.belief[row, seat] / 1000 - truth(state)[row])[chosen])
    assert np.mean(off[True]) < np.mean(off[False])
