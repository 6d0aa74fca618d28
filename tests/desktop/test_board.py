"""The map's figures are the engine's, and nothing on it comes from what its seat may not see."""

from dataclasses import asdict, replace

import numpy as np
import pytest

from desktop.atlas import laid
from desktop.board import GAINS, batch_of, board_of, gain_of, gains_of, known_of
from desktop.currents import Five, currents_of, five_of, installed_of
from desktop.flows import PER_MARK, FlowLayer
from desktop.news import counted, lead_text, news_of, record_headline
from desktop.news_rules import rule_headline, told
from desktop.places import SITES, PlacesError, read_places
from desktop.stacks import unit_of
from desktop.table import Table
from play import words
from play.dials import book_of
from play.model import Chokepoint
from play.movements import movements
from play.page import news
from play.record import EVERYTHING
from play.sitting import Sitting
from play.snapshot import snapshot
from tests.support.tests_support import scrambled
from world.scenario import read
from world.view import view

ENGINE = {
    "licensed": {"licensed", "export"},
    "domestic": {"domestic_us", "domestic_cn"},
    "smuggled": {"smuggled"},
    "rented": {"remote"},
    "proxy": {"proxy"},
}
"""Channels of the engine's movements and of the map. Exports are drawn with licensed sales, or apart if Chinese."""


def table_of(seat="washington", quarters=0, seed=7, story="november-2025", until_over=False):
    scenario = read(story)
    model = Chokepoint(scenario, seeds=[seed], players={seat: "human"}, keep=EVERYTHING)
    table = Table(model, (seat,), scenario)
    while table.turn < quarters or (until_over and model.running):
        table.hand_in()
        model.step()
    return table


@pytest.fixture(scope="module")
def places():
    return read_places()


@pytest.fixture(scope="module")
def finished():
    table = table_of(until_over=True)
    yield table
    table.close()


@pytest.fixture(scope="module")
def going():
    table = table_of(quarters=3)
    yield table
    table.close()


def boarded(table, places, seat=None):
    return board_of(table, seat or table.seat, table.turn, places, words.read())


def test_flows_between_sites_add_up_to_what_the_engine_moved(finished, places):
    record = finished.model.record
    moved = movements(record)
    names = ("licensed", "domestic", "export", "smuggled", "seized", "rented", "proxy")
    for turn in range(1, finished.turn + 1):
        found = currents_of(record.quarters[turn - 1], record.quarters[turn], places)
        for of_engine, of_map in ENGINE.items():
            wanted = {of_engine, "export"} if of_engine == "licensed" else {of_engine}
            rows = np.isin(moved.channel, [names.index(name) for name in wanted]) & (moved.turn == turn)
            drawn = {*of_map, "export_cn"} if of_engine == "licensed" else of_map
            summed = sum(float(h100e[0]) for route, h100e in found.items() if route.channel in drawn)
            assert summed == pytest.approx(moved.h100e[rows].sum(), rel=1e-5, abs=1e-6), (turn, of_engine)


def test_once_the_game_is_over_the_map_shows_the_truth_and_its_marks_add_up_to_it(finished, places, pen):
    board = boarded(finished, places)
    last = finished.model.record.quarters[-1]
    rows = movements(finished.model.record)
    lived = (rows.turn == finished.turn) & (rows.channel != 4)
    assert board.is_truth
    assert all(current.amount.is_known for current in board.known.currents)
    total = sum(current.amount.middle for current in board.known.currents)
    assert total == pytest.approx(rows.h100e[lived].sum(), rel=1e-5)
    assert sum(five.middle for five in board.known.installed.values()) == pytest.approx(last.installed.sum(), rel=1e-5)
    plan = laid(board, places, pen)
    assert sum(flow.amount for flow in plan.compute) == pytest.approx(total, rel=1e-5)
    layer = FlowLayer(plan.compute, unit_of(pen))
    for flow in plan.compute:
        counted = [layer.count(flow.name, seconds) for seconds in np.linspace(0, 60, 61)]
        assert np.mean(counted) == pytest.approx(flow.amount / PER_MARK, rel=0.05, abs=0.2)


def test_by_channel_the_map_tells_the_truth_exactly_or_covers_it(places):
    covered = []
    for seed in (1, 2, 3):
        table = table_of(quarters=2, seed=seed)
        for seat in ("washington", "nvidia"):
            lived = currents_of(table.state(1), table.state(2), places)
            mind = Sitting(table.model, seat, table.scenario).mind
            told = known_of(*batch_of(mind.imagined(64)), places).gains
            truth = gains_of(lived, places, 1)
            for name in GAINS:
                five, true = told[name], float(truth[name][0])
                if five.is_known:
                    assert five.middle == pytest.approx(true, rel=2e-3), (seed, seat, name)
                covered.append(five.low * 0.999 <= true <= five.high * 1.001)
        table.close()
    assert np.mean(covered) >= 0.75


def test_figures_and_rows_add_up_to_the_flows(finished, places):
    known = boarded(finished, places).known
    flows = {current.route: current.amount.middle for current in known.currents}
    assert sorted(route for figure in known.figures for route in figure.routes) == sorted(flows)
    for figure in known.figures:
        assert figure.amount.middle == pytest.approx(sum(flows[route] for route in figure.routes))
    assert known.gains["china"].middle == pytest.approx(sum(known.gains[name].middle for name in GAINS[3:]))
    told = sum(known.gains[name].middle for name in GAINS[:3])
    assert told == pytest.approx(sum(h100e for route, h100e in flows.items() if gain_of(route, read_places())))


@pytest.mark.parametrize("seat", ["washington", "nvidia"])
def test_what_a_seat_may_not_see_changes_nothing_on_its_map(seat, places):
    table = table_of(seat, quarters=2)
    board = boarded(table, places)
    number = table.model.cast.at("seats", seat)
    other = table_of(seat, quarters=2)
    record = other.model.record
    record.quarters[:] = [scrambled(quarter, number) for quarter in record.quarters]
    other.model.world = record.quarters[-1]
    changed = boarded(other, places)
    table.close()
    other.close()
    assert asdict(changed) == asdict(board)


def test_a_maker_sees_its_own_sales_exactly_and_others_only_as_ranges(places):
    table = table_of("huawei", quarters=2)
    amounts = {current.route: current.amount for current in boarded(table, places).known.currents}
    table.close()
    own = [five for route, five in amounts.items() if route.start == "shenzhen" and route.channel == "domestic_cn"]
    assert own
    assert all(five.is_known for five in own)
    assert any(not five.is_known for route, five in amounts.items() if route.channel == "smuggled")


def test_before_the_first_quarter_the_map_shows_what_the_seat_expects(places):
    table = table_of()
    board = boarded(table, places)
    table.close()
    assert board.is_forecast
    assert board.quarter == table.seen()["coming"]
    assert board.known.gains["us"].middle > 0
    assert not board.cards


def test_percentiles_are_in_order_and_one_world_is_known():
    five = five_of(np.arange(101.0))
    assert (five.low, five.near, five.middle, five.far, five.high) == (5.0, 25.0, 50.0, 75.0, 95.0)
    assert not five.is_known
    assert five_of(np.array([3.0])).is_known
    assert Five(0, 0, 0, 0, 0).is_known


# Ways and places


def test_a_way_is_closed_where_the_rule_in_force_says_so(going, places):
    gates = {gate.lane.name: gate for gate in boarded(going, places).gates}
    assert gates["euv"].is_closed
    assert gates["hbm"].is_closed
    assert not gates["immersion"].is_closed
    assert gates["immersion"].denied == 0.75
    assert not gates["wafers"].is_closed


def test_every_place_and_every_way_says_where_it_comes_from(places):
    assert set(places.sources) == set(places.sites)
    assert all(len(source) > 10 for source in places.sources.values())


@pytest.mark.parametrize("story", ["november-2025", "tutorial", "lesson-45"])
def test_every_actor_of_every_scenario_has_a_place(story, places):
    cast = read(story).cast
    for seat in cast.seats:
        assert places.of_seat(cast, seat.name) in places.sites
    for owner in cast.owners:
        assert sum(places.of_owner(cast, owner).values()) == pytest.approx(1.0)
    for broker in cast.names["brokers"]:
        assert places.of_route(cast, broker) in places.sites


def test_actors_that_no_site_names_go_to_the_site_of_their_region(places):
    bare = replace(places, actors={}, shares={}, sold_from={})
    table = table_of(quarters=1)
    quarters, cast = table.model.record.quarters, table.model.cast
    table.close()
    assert bare.of_owner(cast, "deepseek") == {places.regions["cn"]: 1.0}
    assert bare.of_seat(cast, "tsmc") == places.blocs["us"]
    whole = sum(h100e.sum() for h100e in currents_of(*quarters, bare).values())
    assert whole == pytest.approx(sum(h100e.sum() for h100e in currents_of(*quarters, places).values()))
    assert set(installed_of(quarters[-1], bare)) == set(places.regions.values())


def test_broken_sites_are_refused_in_a_sentence(tmp_path):
    text = SITES.read_text("utf-8")
    for old, new, said in (
        ("texas = 0.5, virginia = 0.3", "texas = 0.6, virginia = 0.3", "add up to 1.1"),
        ('cn = "mongolia"', 'cn = "atlantis"', "no site 'atlantis'"),
        ("longitude = 116.4\n", "", "lacks 'longitude'"),
        ("[[site]]", "[[site", "cannot be read"),
    ):
        path = tmp_path / "sites.toml"
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(PlacesError) as error:
            read_places(path)
        read_places.cache_clear()
        assert said in str(error.value)


# News


def test_news_tells_every_seizure_and_every_rule_that_others_set(going, places):
    cards = boarded(going, places).cards
    for turn in range(1, going.turn + 1):
        before, after = going.seen(turn - 1), going.seen(turn)
        mine = [card for card in cards if card.when == after["played"]]
        taken = sum(after["quantities"]["seized"]["values"].values()) - sum(
            before["quantities"]["seized"]["values"].values()
        )
        seizures = [card for card in mine if card.headline.startswith("Customs seize")]
        assert bool(seizures) == (taken > 0)
        assert all(counted(taken) in card.headline for card in seizures)
        old = {one["entry"]: one for one in before["rules"]}
        moved = [
            one
            for one in after["rules"]
            if any(a["set"] != old[one["entry"]]["amounts"][name]["set"] for name, a in one["amounts"].items())
        ]
        rules = [card for card in mine if card.causes[-1].startswith("In force")]
        assert len(rules) == len(moved)
        assert not [card.headline for card in rules if "“" in card.headline]


def test_the_latest_news_comes_first_and_none_tells_causes_that_are_empty(going, places):
    cards = boarded(going, places).cards
    when = [card.when for card in cards]
    quarters = [going.seen(turn)["played"] for turn in range(going.turn, 0, -1)]
    assert list(dict.fromkeys(when)) == [quarter for quarter in quarters if quarter in when]
    assert all(card.causes and all(card.causes) for card in cards)


@pytest.mark.parametrize(
    ("bloc", "was", "now", "said"),
    [
        ("us", 6.0, 9.0, "X widens US lead to 9 months"),
        ("cn", 12.0, 9.5, "X cuts the US lead to 9½ months"),
        ("cn", 10.5, 13.5, "X sets China’s record; gap grows"),
        ("us", 12.5, 10.0, "X sets a US record; lead shrinks"),
        ("cn", 2.0, -1.0, "X takes the lead for China"),
        ("us", -3.0, 0.1, "X draws level with China"),
        ("us", 8.0, 8.1, "X sets a US record; lead holds"),
        ("us", -4.0, -0.5, "X cuts China’s lead to half a month"),
    ],
)
def test_a_record_says_what_became_of_the_lead(bloc, was, now, said):
    assert record_headline("X", bloc, was, now, words.read()) == said


def test_the_outcome_of_a_record_is_told_from_the_side_that_leads():
    assert lead_text(2.0, -1.5, words.read()) == "The US led by 2,\nnow China by 1½ months"
    assert lead_text(-6.0, -7.0, words.read()) == "China’s lead from 6\nto 7 months"
    assert lead_text(6.0, 0.0, words.read()) == "Neither side\nleads now"


def test_refused_orders_come_first_and_name_what_they_were_about_in_words(going):
    why = "the seat has no move left this quarter"
    orders = [
        {"order": "press_allies", "picks": ["the-hague"], "why": why},
        {"order": "fund_fabs", "picks": [], "why": why},
    ]
    seen = dict(going.seen())
    for refused, said in (
        (orders[:1], "Refused: “Press partner governments, The Hague”"),
        (orders, "2 of your"),
    ):
        told = news_of([seen, {**seen, "refused": refused}], going.model.cast, going.model.story, words.read())
        assert told[0].headline.startswith(said)
        assert told[0].causes[-1] == "Your seat has no move left this quarter"


def test_every_public_rule_has_a_headline_both_ways_that_fits_its_card(going, pen_for):
    texts, story = words.read(), going.model.story
    rules = {seat: snapshot(view(going.state(0), seat), story)["rules"] for seat in ("washington", "beijing")}
    pens = [pen_for(*size) for size in ((1600, 900), (1280, 720))]
    for rule in (one for found in rules.values() for one in found):
        for amount in rule["amounts"]:
            for rises in (True, False):
                said = rule_headline(rule, amount, rises, story, texts)
                for pen in pens:
                    room = pen.scale.feed_area().width // pen.scale.feed_cards - pen.px(36)
                    assert pen.width(said, "headline_small") <= room, said


def test_settings_are_written_with_units_that_people_use(going):
    book = book_of(going.model.cast)
    entries = {book.dials[rows[0]].label: entry for entry, rows in enumerate(book.of_entry)}
    settings = {
        ("beijing.require_domestic.share", "require_domestic", "share"): (0.75, "75 %"),
        ("beijing.fund_fabs.spend", "fund_fabs", "spend"): (2500.0, "$2.5bn a quarter"),
        ("washington.cap_exports.cn.ceiling", "cap_exports", "density"): (6.0, "6 TPP/mm²"),
        ("washington.allow_lag.generations", "allow_lag", "generations"): (0.0, "Off"),
    }
    for (label, order, amount), (setting, said) in settings.items():
        rule = {"order": order, "entry": entries[label]}
        assert told(rule, amount, setting, going.model.cast, words.read()) == said


def test_what_came_out_is_news_with_what_the_seat_thought_and_thinks(going):
    seen = snapshot(going.view(), going.model.story)
    revealed = seen["quantities"]["revealed"]
    loud = {**revealed, "values": {**revealed["values"], "smuggled": True}}
    after = {**seen, "quantities": {**seen["quantities"], "revealed": loud}}
    cards = news_of([seen, after], going.model.cast, going.model.story, words.read())
    title = words.read()("board.news.revealed.smuggled")
    assert [card.headline for card in cards].count(title) == 1
    assert any("smuggled chips that reach China" in line for line in news(seen, after))
    assert not any(" tell of" in line for line in news(seen, seen))


def test_however_many_labs_bring_out_models_their_card_is_whole(going, pen_for):
    seen = snapshot(going.view(), going.model.story)
    scores = seen["quantities"]["score"]
    labs = list(scores["values"])
    for count in range(2, len(labs) + 1):
        out = {lab: lab in labs[:count] for lab in labs}
        better = {**scores, "values": {lab: score + 0.1 * out[lab] for lab, score in scores["values"].items()}}
        released = {**seen["quantities"]["released"], "values": out}
        after = {**seen, "quantities": {**seen["quantities"], "score": better, "released": released}}
        cards = news_of([seen, after], going.model.cast, going.model.story, words.read())
        told = next((card for card in cards if card.causes[0].startswith("ECI: ")), None)
        if told is None:
            continue
        for size in ((1600, 900), (1280, 720)):
            pen = pen_for(*size)
            room = pen.scale.feed_area().width // pen.scale.feed_cards - pen.px(36)
            assert len(pen.lines(told.causes[0], room, "note")) <= 2, told.causes
    assert told is not None
    assert told.causes[0].count(",") == 2
    assert told.causes[0].endswith(" lower")
