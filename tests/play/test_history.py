"""October 2022: its script is sourced, and the game takes every order of it on its day."""

import tomllib
from datetime import date

import numpy as np
import pytest

from play.model import Chokepoint
from play.record import EVERYTHING
from play.script import SCRIPTS, Script, read_script, script_file, scripts_of
from play.story import story_of
from world.audit import audit
from world.chance import game_seed
from world.facts import facts
from world.orders import OrderRefused
from world.scenario import read
from world.turn import layout_of

NAME = "october-2022"
QUARTERS, GAMES = 13, 6
"""Quarters of the past, and games that are played of them."""


@pytest.fixture(scope="module")
def scenario():
    """The scenario."""
    return read(NAME)


@pytest.fixture(scope="module")
def history(scenario) -> Script:
    """The orders that were really given."""
    return read_script(script_file("history", NAME), scenario.cast, story_of(scenario), scenario.length)


@pytest.fixture(scope="module")
def past(scenario, history):
    """Games of the whole scenario with those orders, and what the audit finds in them."""
    seeds = [game_seed(1, game) for game in range(GAMES)]
    model = Chokepoint(scenario, seeds=seeds, script=history, keep=EVERYTHING)
    faults = []
    while model.running:
        before = model.world
        model.step()
        faults += audit(before, model.world)
    return model, faults


def test_it_plays_twenty_five_quarters_and_loses_nothing(past):
    model, faults = past
    assert model.record.turns == 25
    assert [model.story.quarter(1), model.story.quarter(25)] == ["Q4 2022", "Q4 2028"]
    assert faults == []


def test_every_order_of_the_past_is_taken_in_every_game(past, history):
    assert history.fallen(past[0].record) == {}


def test_governments_of_the_script_order_nothing_else_up_to_its_end(past, history):
    record = past[0].record
    layout = layout_of(record.cast)
    log = record.orders()
    theirs = np.isin(layout.seat_of_dial[log.dial], history.seats) & (log.turn <= history.until)
    written = {(turn, dial) for turn, seats in history.turns.items() for one in seats.values() for dial in one}
    given = set(zip(log.turn[theirs].tolist(), log.dial[theirs].tolist(), strict=True))
    assert given <= written
    assert (log.turn[np.isin(layout.seat_of_dial[log.dial], history.seats)] > history.until).any()


@pytest.mark.parametrize("file", sorted(SCRIPTS.glob("*.toml")), ids=lambda file: file.stem)
def test_every_entry_of_a_script_cites_a_fact_of_before_2026(file):
    for order in tomllib.loads(file.read_text("utf-8"))["order"]:
        fact = facts()[order["fact"]]
        assert order["source"]
        assert order["date"] <= date(2025, 12, 31)
        assert fact.period[:4] <= "2025"


def test_only_governments_are_scripted(scenario, history):
    assert {scenario.cast.seats[seat].role for seat in history.seats} <= {"controller", "planner", "host"}


@pytest.mark.parametrize("seat", ["washington", "beijing"])
def test_the_script_leaves_the_rules_that_november_2025_opens_with(past, seat):
    """But for a step of Beijing's gate: next to nothing came in, which is nothing in the past and a twentieth at the opening."""
    model, _ = past
    layout = layout_of(model.cast)
    after = model.record.quarters[QUARTERS].ordered
    begins = read("november-2025").begins.levels
    kinds = (
        {"cap_exports", "license_sales", "control_tools", "control_memory", "control_cloud", "cap_countries"}
        if seat == "washington"
        else {"admit_chips", "require_domestic", "fund_fabs", "fund_tools", "fund_memory", "subsidise_power"}
    )
    number = model.cast.at("seats", seat)
    for kind in kinds:
        place = layout.places[kind]
        for dials in place.dials.values():
            mine = [dial for dial in range(dials.start, dials.stop) if layout.seat_of_dial[dial] == number]
            apart = np.abs(after[mine] - begins[mine][:, None])
            assert (apart <= (kind == "admit_chips")).all(), kind


def test_a_dated_chip_is_made_from_its_quarter_on(past):
    model, _ = past
    product = model.cast.at("products", "h20")
    sale = model.record.history("on_sale")[:, product]
    assert [bool(quarter.all()) for quarter in sale[5:7]] == [False, True]
    assert model.record.history("packed")[7:10, product].sum() > 0


def test_a_script_is_found_by_its_name():
    assert script_file("history", NAME) == scripts_of(NAME)["history"]
    assert script_file("history", f"somewhere/{NAME}.toml").name == f"{NAME}-history.toml"
    with pytest.raises(OrderRefused, match="'histroy' is not the name of a script of october-2022; write history"):
        script_file("histroy", NAME)
    with pytest.raises(OrderRefused, match="is not the name of a script of tutorial; it has none"):
        script_file("history", "tutorial")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('fact = "POL-9"', "cites fact 'POL-9', which is not in facts.csv"),
        ('fact = "POL-001"', 'fact POL-001 is a prior; add source = "prior: …"'),
    ],
)
def test_a_source_that_does_not_hold_is_refused(tmp_path, scenario, line, said):
    text = f"[[order]]\ndate = 2023-01-01\nseat = 'beijing'\norder = 'admit_chips'\nshare = 0.5\n{line}\n"
    (tmp_path / "script.toml").write_text(text, "utf-8")
    with pytest.raises(OrderRefused, match=said):
        read_script(tmp_path / "script.toml", scenario.cast, story_of(scenario), scenario.length)


def test_a_script_that_holds_until_a_day_outside_of_the_game_is_refused(tmp_path, scenario):
    text = "until = 2035-01-01\n[[order]]\ndate = 2023-01-01\nseat = 'beijing'\norder = 'admit_chips'\nshare = 0.5\n"
    (tmp_path / "script.toml").write_text(text, "utf-8")
    with pytest.raises(OrderRefused, match=r"script\.toml until: date 2035-01-01 is outside of the game"):
        read_script(tmp_path / "script.toml", scenario.cast, story_of(scenario), scenario.length)
