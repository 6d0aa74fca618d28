"""Records, outcomes and movements: what a history says, and that its sums agree."""

import numpy as np
import pytest

from play.dials import book_of
from play.movements import CHANNELS, movements
from play.outcomes import OUTCOMES, by_game, declared, quarterly
from play.record import KEPT, Record
from play.script import Script
from tests.play.conftest import played
from world.flows import total
from world.orders import MOVES


def test_history_is_turns_by_rows_by_games(few):
    assert few.record.history("capacity").shape == (13, 5, 3, 5)
    assert np.array_equal(few.record.history("turn")[:, 0], np.arange(13))
    with pytest.raises(LookupError, match="keep"):
        Record(("turn",)).history("lead")


def test_remembering_a_quarter_copies_nothing(few):
    assert few.record.quarters[-1].lead is few.world.lead


def test_games_of_different_length_are_recorded_until_they_end(scenario):
    from play.model import Chokepoint
    from world.scenario import opened

    world, rules = opened(scenario, np.arange(3, dtype=np.uint64))
    world.length[:] = [2, 4, 3]
    model = Chokepoint.of(played(scenario, 1).story, world, rules)
    while model.running:
        model.step()
    assert model.record.is_played().sum(axis=0).tolist() == [2, 4, 3]
    quarters = quarterly(model.record)
    chips = by_game(model.record, model.story, quarters)["huawei_chips"]
    assert chips[0] == quarters["huawei_chips"][:2, 0].sum()
    assert set(movements(model.record).turn[movements(model.record).world == 0]) == {1, 2}


def test_the_order_log_says_what_was_asked_and_what_stood(few):
    log, book = few.record.orders(), book_of(few.cast)
    assert len(log)
    assert np.array_equal(log.world, np.sort(log.world))
    for row in range(0, len(log), max(len(log) // 50, 1)):
        turn, world, dial = log.turn[row], log.world[row], log.dial[row]
        stood = few.record.quarters[turn].ordered[dial, world]
        assert stood == (log.asked[row] if log.refused[row] == 0 else log.before[row])
        entry = int(book.layout.entry_of_dial[dial])
        assert bool(book.refusal(entry, int(log.refused[row]))) == (log.refused[row] > 0)


def test_no_seat_ever_gets_more_than_its_moves(few):
    log, layout = few.record.orders(), book_of(few.cast).layout
    entry = layout.entry_of_dial[log.dial]
    stood = log.refused == 0
    orders = np.unique(np.stack([log.world, log.turn, entry])[:, stood], axis=1)
    seats = np.stack([orders[0], orders[1], layout.seat_of_entry[orders[2]]])
    _, count = np.unique(seats, axis=1, return_counts=True)
    assert count.max() <= MOVES


def test_every_outcome_has_a_unit_a_meaning_and_finite_numbers(few):
    for name, values in quarterly(few.record).items():
        assert values.shape == (12, 5), name
        assert np.isfinite(values).all(), name
    for outcome in declared(few.cast).values():
        assert outcome.unit
        assert outcome.doc
        assert "{" not in outcome.name + outcome.doc + outcome.title
    assert all(outcome.title for outcome in OUTCOMES if outcome.is_shown)


def test_years_add_up_to_the_game(few):
    found = by_game(few.record, few.story, quarterly(few.record))
    years = [found[f"huawei_chips.{year}"] for year in (2026, 2027, 2028)]
    assert np.array_equal(np.sum(years, axis=0), found["huawei_chips"])
    assert np.allclose(found["flow_ratio"], found["made_us"] / found["made_cn"])


def test_movements_agree_with_outcomes(few):
    moved, quarters = movements(few.record), quarterly(few.record)
    found = by_game(few.record, few.story, quarters)
    for channel, outcome in (
        ("licensed", "licensed_chips"),
        ("smuggled", "smuggled_chips"),
        ("seized", "seized_chips"),
        ("proxy", "proxy_dies"),
    ):
        mine = moved.channel == CHANNELS.index(channel)
        chips = np.bincount(moved.world[mine], weights=moved.chips[mine], minlength=5)
        assert np.array_equal(chips, found[outcome]), channel
    rented = moved.h100e[moved.channel == CHANNELS.index("rented")].sum()
    assert np.isclose(rented, quarters["rented"].sum())
    sold = sum(float(total(quarter.sold.astype(float)).sum()) for quarter in few.record.quarters[1:])
    legal = np.isin(moved.channel, [CHANNELS.index(c) for c in ("licensed", "domestic", "export")])
    assert moved.chips[legal].sum() == sold


def test_one_game_becomes_a_data_frame(few):
    table = few.record.frame(2, ["lead", "capacity"])
    assert table.shape == (13, 16)
    assert table["capacity.smic.advanced"].iloc[-1] == few.world.capacity[few.cast.at("foundries", "smic"), 1, 2]


def test_a_script_replaces_what_a_seat_would_have_ordered(scenario, few):
    book = book_of(scenario.cast)
    settings = book.read("washington", "cap_exports", ["cn"], {"ceiling": 6000})
    seat = scenario.cast.at("seats", "washington")
    script = Script({2: {seat: settings}}, book.layout.seat_of_dial)
    model = played(scenario, 5, script=script)
    log = model.record.orders()
    mine = (log.turn == 2) & (book.layout.seat_of_dial[log.dial] == seat)
    assert set(log.dial[mine]) == set(settings)
    assert not script.fallen(model.record)
    assert set(KEPT) <= set(model.record.names)
