"""Forecasts in the terminal: written on a line, kept beside a save, scored once the game is over, and told in the debrief."""

from dataclasses import replace
from math import log

import pytest

import main
from play.debrief.beliefs import PUBLIC
from play.debrief.page import page
from play.disputes import held_by
from play.figures import figure
from play.forecasts import Forecast, off, scored
from play.model import Chokepoint
from play.record import EVERYTHING
from play.revealing import HEAD
from play.terminal import Terminal
from tests.play.conftest import seeds_of
from world.phases.intelligence import QUESTIONS, truth


def sat():
    said: list[str] = []
    model = Chokepoint("tutorial", seeds=seeds_of(1), players={"washington": "human"}, keep=EVERYTHING)
    return Terminal(model, "washington", said.append), said


GOOD = "forecast huawei_output 300000 500000 900000 2026-Q2"


def test_a_forecast_is_told_when_due_and_scored_at_the_end_alone():
    table, said = sat()
    table.play(iter(["forecast", GOOD, "forecast", "end", "end", "end", "end"]))
    assert any(line.startswith("You made no forecast yet.") for line in said)
    assert any(line.startswith("Registered: accelerators that Huawei makes, Q2 2026: 500") for line in said)
    due = next(at for at, line in enumerate(said) if line.startswith("Your forecast fell due"))
    end = said.index("Your forecasts beside the truth")
    assert due < end
    assert not any("CRPS" in line for line in said[:end])
    assert "CRPS" in said[end + 1]
    assert "log score" in said[end + 1]
    assert said[end + 2].strip().startswith(("1 of 1 within", "0 of 1 within"))


def test_the_end_of_a_game_shows_what_was_true_beside_what_one_believed_and_not_before():
    table, said = sat()
    table.play(iter(["end", "end", "end", "end"]))
    model = table.model
    at = said.index(HEAD)
    assert model.running is False
    assert not any("you believed" in line for line in said[:at])
    hidden = [name for name in model.cast.questions if name not in PUBLIC]
    lines = dict(zip(hidden, said[at + 1 : at + 1 + len(hidden)], strict=True))
    for name, line in lines.items():
        about, row = QUESTIONS[name], model.cast.at("questions", name)
        assert line.startswith(f"  {about.doc}: {figure(about.told(float(truth(model.world)[row, 0])))} {about.unit}; ")
        held = held_by(model.view("washington"), name)
        assert f"you believed {figure(held.middle)} ({figure(held.low)} to {figure(held.high)})" in line
    assert f" of {4 * len(hidden)} ranges of nine in ten held the truth" in said[at + 1 + len(hidden)]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("forecast huawei_output 1 2", "write forecast QUESTION LOW MEDIAN HIGH QUARTER"),
        ("forecast huawei 1 2 3 2026-Q2", "'huawei' is no question"),
        ("forecast huawei_output 3 2 1 2026-Q2", "in that order"),
        ("forecast huawei_output 1 two 3 2026-Q2", "two"),
        ("forecast huawei_output 1 2 nan 2026-Q2", "nan"),
        ("forecast huawei_output 1 2 3 2031-Q1", "write one from 2026-Q1 to 2026-Q4"),
        ("forecast huawei_output 1 2 3 soon", "'soon' is no coming quarter"),
    ],
)
def test_a_forecast_that_is_none_is_refused_in_a_sentence(line, why):
    table, said = sat()
    table.obey(line.split())
    assert said[-1].startswith("Refused: ")
    assert why in said[-1]
    assert not table.sitting.forecasts


def test_forecasts_lie_beside_a_save_and_are_scored_when_it_goes_on(tmp_path, capsys):
    table, _ = sat()
    path = tmp_path / "game.json.gz"
    for line in (GOOD, "end", f"save {path}"):
        table.obey(line.split())
    assert main.main(["play", str(path), "--text", "--finish"]) == 0
    told = capsys.readouterr().out
    assert "Your forecasts beside the truth" in told
    assert "log score" in told


def test_another_seats_forecasts_are_not_told():
    table, said = sat()
    for line in (GOOD, "seat beijing", "forecast"):
        table.obey(line.split())
    assert said[-1].startswith("You made no forecast yet.")


def test_a_forecast_nearer_the_truth_scores_better_both_ways(game):
    near, far = (Forecast("washington", "huawei_output", 0, 4, 0.8 * m, m, 1.2 * m) for m in (5e5, 5e6))
    worlds = dict(enumerate(game.worlds))
    good, bad = scored([near, far], worlds)
    if abs(log(good.value / 5e5)) > abs(log(good.value / 5e6)):
        good, bad = bad, good
    assert good.crps < bad.crps
    assert good.log_score > bad.log_score
    assert good.crps == pytest.approx(off(good.forecast, good.value))


def test_the_debrief_tells_what_the_seat_forecast(game, told):
    one = Forecast("beijing", "smuggled", 1, 5, 10_000, 30_000, 90_000)
    found = scored([one], dict(enumerate(game.worlds)))
    assert "log score" in page(replace(told, forecasts=found)).split("had forecast</h3>")[1].split("</ul>")[0]
    assert "had forecast</h3>" not in page(told)
