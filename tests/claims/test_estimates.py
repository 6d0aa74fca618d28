"""Claims about what is known: briefings move officials (C33), unlike chips are hard to count (C34), sources lean (C10, C22, C40).

Sources differ on what a rival will make, and seats are scored on what they expected of it (C38).
"""

from functools import cache

import numpy as np

from agents.rollout import seated, turned
from play.disputes import dispute
from play.forecasts import Forecast, scored
from play.outcomes import OUTCOMES
from play.page import page
from play.snapshot import snapshot
from play.story import story_of
from tests.claims.harness import SCENARIO, Settings, arm, assert_shown, dial_rows, everybody, log, opening
from world.phases.intelligence import truth
from world.scenario import read
from world.state import World
from world.view import view

Array = np.ndarray

QUARTERS = 8
CLAIMED = 4_000_000
"""Huawei's output a year as the envoy has it, several times what there is."""
SOBER = 650_000
"""About what there is. Silence is no measure of a claim: the house view that it leaves may by chance be as far off."""
STEADY = {"rules.stance_noise": 0.25}
"""Politics with as little luck as any game draws, so that what moves the stance is not lost in it."""
TRUSTED = 0.5
"""Credibility from which officials listen."""


@cache
def briefed(settings: tuple[tuple[str, float], ...], washington: str = "", quiet: int = 0) -> list[list[World]]:
    """A game in which chipmakers keep quiet (or brief soberly), and one in which they make their claim every quarter."""
    world, rules = opening(dict(settings))
    logged = log(world, rules, QUARTERS, "standard")
    decides = {"washington": washington} if washington else {}
    return [
        [world, *arm(world, rules, logged, hold={("publish_estimate", "chips"): claim}, decides=decides)]
        for claim in (quiet, CLAIMED)
    ]


def belief(world: World) -> Array:
    """What Washington believes of Huawei's output (ln of chips a year)."""
    cast = world.cast
    return world.belief[cast.at("questions", "huawei_output"), cast.at("seats", "washington")] / 1000.0


def credibility(world: World) -> Array:
    """How far the chipmakers' briefings are believed."""
    return world.credibility[world.cast.briefing_source]


def test_c33_a_briefing_that_output_is_higher_raises_what_officials_believe():
    def moved(settings: Settings) -> tuple[Array, Array]:
        quiet, loud = briefed(tuple(settings.items()))
        return belief(loud[1]) - belief(quiet[1]), credibility(quiet[0]) > TRUSTED

    assert_shown(moved, +1, off={"rules.persuasion": 0})


def test_c33_and_with_it_how_willing_their_politics_is_to_sell():
    def moved(settings: Settings) -> tuple[Array, Array]:
        quiet, loud = briefed(tuple(settings.items()))
        return loud[2].stance[0] - quiet[2].stance[0], credibility(quiet[1]) > TRUSTED

    assert_shown(moved, +1, off={"rules.persuasion": 0})
    assert_shown(moved, +1, off={"rules.evidence_weight": 0})


def more_offered(settings: Settings) -> tuple[Array, Array]:
    """By how many steps Washington offers China more in each quarter of loud briefings, and where the lead was alike until then."""

    def offered(world: World) -> Array:
        rows = [
            *dial_rows(world, "cap_exports", "ceiling", ("cn",)),
            *dial_rows(world, "license_sales", "volume"),
        ]
        return world.ordered[rows].sum(axis=0).astype(int)

    quiet, loud = briefed(tuple(settings.items()), washington="standard")
    pairs = list(zip(quiet, loud, strict=True))
    is_alike = np.logical_and.accumulate([x.lead == y.lead for x, y in pairs])
    return np.array([offered(y) - offered(x) for x, y in pairs])[1:], is_alike[:-1]


def test_c33_and_what_they_allow_to_be_sold():
    """More in 79 % of worlds. In one of some 400 less: what is sold brings a model near, and Washington answers that too."""
    steps = more_offered({})[0].sum(axis=0)
    assert (steps > 0).mean() >= 0.6
    assert (steps < 0).mean() <= 0.01
    assert (more_offered({"rules.persuasion": 0})[0] == 0).all()


def test_c33_and_never_less_than_without_them_while_the_lead_is_the_same():
    """Shown in a Washington with as little luck as is drawn."""
    steps, is_alike = more_offered(STEADY)
    at_that_lead = (steps * is_alike).sum(axis=0)
    assert (at_that_lead > 0).mean() >= 0.6
    assert (at_that_lead >= 0).all()


def facts_came_out(quarters: list[World]) -> Array:
    """Where something came out that cost the Department of Commerce, which sees too little, credit."""
    row = quarters[0].cast.at("sources", "commerce")
    credit = np.stack([world.credibility[row] for world in quarters])
    return (np.diff(credit, axis=0) < 0).any(axis=0)


def test_c33_when_the_facts_come_out_the_source_is_believed_less():
    came_out = facts_came_out(briefed(())[0])

    def fell(settings: Settings) -> tuple[Array, Array]:
        sober, loud = briefed(tuple(settings.items()), quiet=SOBER)
        return credibility(loud[-1]) - credibility(sober[-1]), came_out

    assert_shown(fell, -1, off={"rules.credit_cost": 0})


ALIKE = {f"{product}.open.{figure}": 1 for product in opening()[0].cast.products for figure in ("h100e", "tpp")}
"""A start in which every chip, of whatever make, does the same work."""


def share_of_china(world: World, per_chip: Array) -> Array:
    """China's share of all accelerators, each weighted by a figure."""
    cast = world.cast
    stock = world.chips * per_chip.astype(float)[cast.slot_product]
    return stock[cast.is_slot_cn_owner].sum(axis=0) / stock.sum(axis=0)


def test_c34_the_same_stock_is_twice_the_share_in_chips_that_it_is_in_compute():
    for unit in ("h100e", "tpp"):

        def gap(settings: Settings, unit: str = unit) -> tuple[Array, Array]:
            world, _ = opening(settings)
            by_count = share_of_china(world, np.ones_like(world.h100e))
            return by_count / share_of_china(world, getattr(world, unit)) - 1.5, by_count > 0.1

        assert_shown(gap, +1, off=ALIKE)


def test_c34_sources_differ_by_more_than_a_factor_of_two_on_huaweis_output():
    world, rules = opening()
    question = world.cast.at("questions", "huawei_output")
    speaks = world.cast.source_speaks[:, question]
    for quarter in arm(world, rules, log(world, rules, 4)):
        said = quarter.report[speaks, question].astype(float)
        assert (np.ptp(said, axis=0) > np.log(2.0)).mean() >= 0.95


def test_c34_whoever_counts_chips_says_in_which_unit():
    for outcome in OUTCOMES:
        assert outcome.unit
        if outcome.of.__name__.endswith(("_chips", "_h100e")):
            assert outcome.unit == {"chips": "chips", "h100e": "H100e"}[outcome.of.__name__.rsplit("_", 1)[1]]
    world, _ = opening()
    for seat in ("washington", "beijing", "nvidia", "huawei", "deepseek"):
        lines = page(snapshot(view(world, seat), story_of(read(SCENARIO))))
        sold = lines[lines.index("Chips on sale") + 1 :]
        sold = sold[: sold.index("")]
        assert sold
        assert all(" H100e, " in line and " TPP, " in line for line in sold)
        counted = [line for line in lines if line.startswith(("  installed", "  usable", "  chips", "  unsold"))]
        assert all(", H100e (" in line or ", chips (" in line or " H100e (" in line for line in counted)


def year_played() -> list[World]:
    """One game of 2026 as `standard` plays it, from the opening on."""
    world, rules = opening(worlds=1)
    quarters = [world]
    players = seated(world.cast, 1, everybody(world, "standard"))
    for _ in range(4):
        world = turned(world, rules, players)
        quarters.append(world)
    return quarters


def test_c38_a_seat_reads_what_each_source_makes_of_huaweis_output_as_a_range():
    quarters = year_played()
    views = [view(world, "washington") for world in quarters]
    about = dispute(views, "huawei_output", str)
    assert len(about.sources) >= 4
    for source in about.sources:
        for said in source.said:
            assert said.told.low < said.told.middle < said.told.high
    middles = [source.said[-1].told.middle for source in about.sources]
    assert max(middles) > 1.2 * min(middles)


def test_c38_and_is_scored_on_its_own_forecast():
    quarters = year_played()
    made = truth(quarters[4])[quarters[4].cast.at("questions", "huawei_output"), 0]
    right, wrong = (
        Forecast("washington", "huawei_output", 0, 4, 0.8 * middle, middle, 1.2 * middle)
        for middle in (float(np.exp(made)), 3 * float(np.exp(made)))
    )
    near, far = scored((right, wrong), dict(enumerate(quarters)))
    assert near.within
    assert not far.within
    assert near.crps < far.crps


@cache
def quiet_game(settings: tuple[tuple[str, float], ...] = ()) -> list[World]:
    """A game in which chipmakers brief nobody."""
    world, rules = opening(dict(settings), worlds=128)
    return arm(world, rules, log(world, rules, 4, "standard"), hold={("publish_estimate", "chips"): 0})


def said_over_truth(source: str, question: str) -> Array:
    """How far a source's figure lies over the truth after a year (ln)."""
    world = quiet_game()[-1]
    row = world.cast.at("questions", question)
    return world.report[world.cast.at("sources", source), row] - truth(world)[row]


def off_truth(settings: Settings, question: str) -> Array:
    """How far Washington's belief is from the truth after a year (ln), below zero where it is too low."""
    world = quiet_game(tuple(settings.items()))[-1]
    row = world.cast.at("questions", question)
    return world.belief[row, world.cast.at("seats", "washington")] / 1000.0 - truth(world)[row]


def test_c22_the_chipmakers_say_that_smuggling_is_small_and_a_reader_who_knows_it_believes_in_more():
    assert (said_over_truth("chipmaker-brief", "smuggled") < 0).mean() >= 0.9
    naive, wary = (off_truth({"rules.known_lean": known}, "smuggled") for known in (0.0, 1.0))
    assert (wary > naive).mean() >= 0.95
    assert np.abs(wary).mean() < np.abs(naive).mean()


def test_c40_the_embassy_is_optimistic_and_who_tracks_it_comes_closer_to_the_truth():
    for question in ("huawei_output", "smic_yield"):
        assert (said_over_truth("embassy", question) > 0).mean() >= 0.8
        assert np.abs(off_truth({}, question)).mean() < np.abs(said_over_truth("embassy", question)).mean() / 2
    naive, wary = (off_truth({"rules.known_lean": known}, "huawei_output") for known in (0.0, 1.0))
    assert np.abs(wary).mean() < np.abs(naive).mean()


def test_c10_two_seats_see_different_ranges_of_what_is_disputed():
    world = quiet_game()[-1]
    washington, beijing = (world.cast.at("seats", name) for name in ("washington", "beijing"))
    row = world.cast.at("questions", "huawei_output")
    assert (world.belief_width[row, washington] > world.belief_width[row, beijing]).mean() >= 0.95
    assert (world.belief[row, washington] != world.belief[row, beijing]).mean() >= 0.95
