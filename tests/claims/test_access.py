"""Claims about ways to foreign compute: renting it abroad (C19), and what allowed sales do to the lead (C27)."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Hold, Settings, arm, assert_shown, change, log, opening
from world.state import World

Array = np.ndarray

GATE, NETWORKS = ("admit_chips", "share"), ("offer_capacity", "share")
CUT: Hold = {GATE: 0.0, NETWORKS: 0.0}
"""No foreign chip comes in: the gate is shut, and no network moves goods."""
YEARS = 8
NO_SUBSTITUTION = {"rules.substitution": 0}


@cache
def imported(settings: tuple[tuple[str, float], ...], cut: bool) -> list[World]:
    """Two years with the gate open and networks at work as usual, or with imports cut."""
    world, rules = opening(dict(settings))
    return arm(world, rules, log(world, rules, YEARS), hold=CUT if cut else {GATE: 1.0})


def rented(world: World) -> Array:
    """Compute that Chinese labs rent abroad."""
    return world.rented.sum(axis=0).astype(float)


def imports(world: World) -> Array:
    """Foreign chips that came into China in the quarter."""
    return world.sold[world.cast.is_slot_licensed].sum(axis=0) + world.landed.sum(axis=(0, 1))


def more_rented(settings: Settings) -> tuple[Array, Array]:
    """How much more is rented after two years without imports, and where there had been some in all of them."""
    given = tuple(settings.items())
    usual, cut = imported(given, False), imported(given, True)
    binds = np.min([imports(world) for world in usual], axis=0) > 0
    return change(rented(cut[-1]), rented(usual[-1]), 0.01), binds


def test_c19_chinese_labs_rent_more_abroad_when_imports_are_cut():
    assert_shown(more_rented, +1, off={"rules.renting": 0})


def test_c19_because_money_that_one_channel_cannot_take_goes_to_the_next():
    def due_to_substitution(settings: Settings) -> tuple[Array, Array]:
        more, binds = more_rented(settings)
        return more - more_rented(NO_SUBSTITUTION)[0], binds

    assert_shown(due_to_substitution, +1, off=NO_SUBSTITUTION)


def test_c19_the_cloud_rule_removes_rented_compute_within_the_quarter():
    def removed(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(settings)
        logged = log(world, rules, 1)
        ruled = arm(world, rules, logged, hold={("control_cloud", "strictness"): 1.0})[0]
        assert not rented(ruled).any()
        free = rented(arm(world, rules, logged)[0])
        return rented(ruled) - free, free > 0

    assert_shown(removed, -1, off={"rules.renting": 0})


GAME = 12
FEW, MANY, ENOUGH = 150_000, 300_000, 600_000
"""Licences a quarter; the last are more than Nvidia sets aside for China before the end of the game."""
SALES: Hold = {
    ("cap_exports", "ceiling", ("cn",)): 20_000,
    ("cap_exports", "density", ("cn",)): 60,
    GATE: 1.0,
    ("design_for_export", "tpp", (), "nvidia"): 20_000,
}
"""Chips of half a Blackwell may be sold to China, and Nvidia designs one."""


@cache
def allowed(settings: tuple[tuple[str, float], ...], licences: int) -> list[World]:
    """A game in which so many such chips may be sold in a quarter."""
    world, rules = opening(dict(settings))
    hold = {**SALES, ("license_sales", "volume"): licences}
    return arm(world, rules, log(world, rules, GAME), hold=hold)


def lead_between_releases(world: World) -> Array:
    """Months since America's best score, drawn as a line from record to record, passed China's best.

    The lead itself is counted from a release, so it stays where it is until China's best passes the next one: read
    by it, the first 150,000 licences a quarter shorten the mean by more than 0.01 months in 84 % of games, and 300,000
    against those in 22 %. Of 50,000 the line from record to record shows it in 93 %: the days of America's records move, too.
    """
    china = world.record_score[1, 0]
    scores, months = world.record_score[0, ::-1], world.record_month[0, ::-1]
    passed = [np.interp(*game) for game in zip(china, scores.T, months.T, strict=True)]
    return 3.0 * (world.turn + 1) - np.array(passed)


def mean_lead(game: list[World]) -> Array:
    """Months of lead over the game."""
    return np.mean([lead_between_releases(world) for world in game], axis=0)


def licences_used(game: list[World], licences: int) -> Array:
    """Where all licences were used in half of the quarters or more."""
    used = [world.sold[world.cast.is_slot_licensed].sum(axis=0) >= 0.99 * licences for world in game]
    return np.mean(used, axis=0) >= 0.5


@pytest.mark.parametrize(("fewer", "more"), [(0, FEW), (FEW, MANY), (0, ENOUGH)])
def test_c27_allowed_sales_shorten_the_lead_and_more_of_them_shorten_it_more(fewer, more):
    def shortened(settings: Settings) -> tuple[Array, Array]:
        given = tuple(settings.items())
        without, with_sales = allowed(given, fewer), allowed(given, more)
        return mean_lead(with_sales) - mean_lead(without), licences_used(without, fewer)

    assert_shown(shortened, -1, off={"rules.compute_returns": 0})
