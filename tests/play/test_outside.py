"""Seats that are answered from outside: their orders are in the record, and the games go again without who gave them."""

from dataclasses import replace

import pytest

import main
from play.commands.run import carried_out, planned
from play.outside import MARK, seated
from play.results import read_run

WORDS = ["run", "tutorial", "--games", "2", "--set", "length=3"]


class Spender:
    """Whoever answers for Washington: a step more on intelligence every quarter."""

    def __init__(self):
        self.asked, self.ended = [], []

    def hand_in(self, model, first):
        self.asked.append((first, model.games))
        orders = model.view("washington").blank_orders()
        spend = model.view("washington").dial("gather_intelligence", "spend")
        orders.set("gather_intelligence", spend=spend + 10)
        model.human("washington").put(orders)

    def tell_end(self, model, first):
        self.ended.append(first)

    def account(self):
        return {"asked": len(self.asked)}


@pytest.fixture
def run(tmp_path):
    """A run with such a seat, and who answered."""
    args = main.parser().parse_args([*WORDS, "--out", str(tmp_path / "run")])
    plan, scenario = planned(args)
    spender = Spender()
    assert carried_out(replace(plan, players={"washington": f"{MARK}spender"}), scenario, args, spender) == 0
    return tmp_path / "run", spender


def test_games_are_played_one_after_another_and_who_answers_is_told_of_the_end(run):
    folder, spender = run
    assert spender.asked == [(0, 1)] * 3 + [(1, 1)] * 3
    assert spender.ended == [0, 1]
    about = read_run(folder).about
    assert about["players"]["washington"] == "bot:spender"
    assert about["outside"] == {"asked": 6}


def test_such_a_game_is_replayed_from_its_table_of_orders(run, capsys):
    folder, _ = run
    for game in ("0", "1"):
        assert main.main(["replay", str(folder), "--game", game]) == 0
        assert "the same as its row, to the last bit" in capsys.readouterr().out


def test_a_saved_game_of_such_a_run_keeps_the_orders(run, tmp_path, capsys):
    folder, _ = run
    save = tmp_path / "game.json.gz"
    assert main.main(["replay", str(folder), "--game", "1", "--save", str(save)]) == 0
    assert main.main(["replay", str(save)]) == 0
    assert "the same to the last bit" in capsys.readouterr().out


def test_a_seat_that_is_answered_from_outside_has_a_mailbox():
    assert seated({"washington": "bot:spender", "beijing": "pragmatist"}) == {
        "washington": "human",
        "beijing": "pragmatist",
    }
