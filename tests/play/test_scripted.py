"""Playing with a script: the orders of some seats are written, a person has another, and nothing of what comes is told."""

import json
from dataclasses import replace

import numpy as np
import pytest

from main import main
from play.branch import Turning, branched, saved_branch, taken_up
from play.keep import resumed, saved
from play.model import Chokepoint
from play.past import HUMAN, past_of
from play.record import EVERYTHING
from play.save import as_tree, digest, from_tree, read_save, write_save
from play.score import by_standard
from play.script import read_script, script_file
from play.sitting import Sitting
from play.story import story_of
from play.terminal import Terminal
from world.chance import game_seed
from world.orders import OrderRefused
from world.scenario import read
from world.turn import layout_of

NAME = "october-2022"
SEAT = "nvidia"
SEED = game_seed(1, 0)
"""Of the first game of a run of seed 1."""
PLAY = ["play", NAME, "--text", "--script", "history", "--seed", str(SEED)]


@pytest.fixture(scope="module")
def past():
    """The scenario that has a script of its own."""
    return read(NAME)


@pytest.fixture(scope="module")
def history(past):
    """The orders that were really given."""
    return read_script(script_file("history", NAME), past.cast, story_of(past), past.length)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A game of a run with those orders and doctrines everywhere else, as it was saved."""
    place = tmp_path_factory.mktemp("run")
    words = ["run", NAME, "--games", "1", "--script", "history", "--player", "huawei=random"]
    assert main([*words, "--save", str(place / "saves")]) == 0
    return read_save(place / "saves" / "game-00000.json.gz")


def begun(past, script, players=None):
    """The same game with a person at a seat."""
    seats = {"huawei": "random", SEAT: HUMAN, **(players or {})}
    return Chokepoint(past, seeds=SEED, players=seats, script=script, keep=EVERYTHING)


def by_doctrine(model, turns, seat=SEAT):
    """Let `standard` sit at the seat for some quarters."""
    model.seat({**model.seating(), seat: "standard"})
    for _ in range(turns):
        model.step()


def is_same_game(one, other, same):
    """Whether two games went alike in every quarter, to the last bit."""
    assert same(one.opening, other.opening) == []
    for a, b in zip(one.quarters, other.quarters, strict=True):
        assert same(a.state, b.state) == []
        assert np.array_equal(a.wanted, b.wanted)


def test_a_game_that_a_doctrine_plays_in_my_seat_is_the_game_of_the_run(run, tmp_path, monkeypatch, same):
    monkeypatch.setattr("play.commands.play.spoken", lambda: iter([f"finish {tmp_path / 'whole'}"]))
    assert main([*PLAY, "--seat", SEAT, "--player", "huawei=random"]) == 0
    is_same_game(read_save(tmp_path / "whole.json.gz"), run, same)


def test_orders_given_by_hand_as_a_doctrine_would_give_them_make_the_same_game(run, past, history, same):
    """Notes alone differ: a person makes none."""
    model = begun(past, history)
    sitting, layout = Sitting(model, SEAT, past), layout_of(past.cast)
    mine = np.flatnonzero(layout.seat_of_dial == past.cast.at("seats", SEAT))
    for quarter in run.quarters:
        wanted, stands = quarter.wanted[mine, 0], model.world.ordered[mine, 0]
        settings = {int(d): int(w) for d, w, s in zip(mine, wanted, stands, strict=True) if w != s}
        sitting.draft = [settings] if settings else []
        sitting.end()
        assert set(same(model.world, quarter.state)) <= {"notes"}


@pytest.mark.parametrize("turns", [0, 5, 13, 20])
def test_a_game_that_was_saved_goes_on_with_its_script(run, past, history, tmp_path, turns, same):
    model = begun(past, history)
    by_doctrine(model, turns)
    write_save(tmp_path / "game.json.gz", saved(model))
    later = resumed(read_save(tmp_path / "game.json.gz"))
    by_doctrine(later, past.length - turns)
    is_same_game(saved(later), run, same)


def test_a_game_that_is_taken_up_at_an_earlier_quarter_keeps_its_script(run, past, same):
    again = resumed(taken_up(run, 4))
    while again.running:
        again.step()
    is_same_game(saved(again), run, same)


def test_what_would_have_been_otherwise_leaves_the_orders_of_the_script(run, past, same):
    assert same(by_standard(run, SEAT), run.world) == []
    players = past_of(run).players
    assert [players[turn - 1]["washington"] for turn in (1, 13, 14, 25)] == [HUMAN, HUMAN, "standard", "standard"]
    assert players[0][SEAT] == "standard"


def test_a_branch_in_which_a_doctrine_takes_a_seat_frees_it_of_the_script(run):
    branch = branched(run, [Turning(3, players={"washington": "hawk"})], 4)[0]
    game = saved_branch(branch)
    seats = [game.cast.seats[seat].name for seat in game.script.seats]
    assert "washington" not in seats
    assert "beijing" in seats


def test_what_a_seat_imagines_holds_nothing_of_orders_to_come(past, history, same):
    """Whatever a script orders later, the same is previewed, foreseen and told until then."""
    nothing = {turn: {seat: dict.fromkeys(s, 0) for seat, s in of.items()} for turn, of in history.turns.items()}
    early = {turn: of for turn, of in history.turns.items() if turn <= 3}
    other = replace(history, turns={**nothing, **early})
    assert other.turns != history.turns
    said, minds = [], []
    for script in (history, other):
        lines: list[str] = []
        table = Terminal(begun(past, script), SEAT, lines.append, past)
        table.play(iter(["end", "end", "end", "preview", "why lead", "look"]))
        said.append(lines)
        minds.append(table.sitting.mind.imagined(32).world)
    assert said[0] == said[1]
    assert same(*minds) == []


def test_the_table_says_whose_orders_are_written_and_until_when(past, history):
    said: list[str] = []
    table = Terminal(begun(past, history), SEAT, said.append, past)
    assert table.scripted() == [
        "Up to Q4 2025 a script gives the orders of Washington, Beijing, The Hague, Tokyo, Kuala Lumpur."
    ]
    by_doctrine(table.model, 13)
    assert table.scripted() == []


def test_a_person_sits_where_no_script_gives_orders(capsys, monkeypatch):
    monkeypatch.setattr("play.commands.play.spoken", lambda: iter(["quit"]))
    assert main(PLAY) == 0
    assert "You are Nvidia" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            [*PLAY, "--seat", "washington"],
            "seat washington: the script october-2022-history gives its orders up to Q4 2025; "
            "write one of nvidia, huawei, smic, deepseek, openai",
        ),
        (["play", NAME, "--text", "--script", "histroy"], "'histroy' is not the name of a script of october-2022"),
        (["play", "tutorial", "--text", "--script", "history"], "is not the name of a script of tutorial; it has none"),
        ([*PLAY, "--set", "length=8"], "until: date 2025-12-31 is outside of the game"),
    ],
)
def test_a_script_that_cannot_be_played_with_is_refused_in_a_sentence(capsys, words, said):
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err


def test_a_saved_game_takes_no_other_script_and_no_person_on_a_seat_of_its_own(past, history, tmp_path, capsys):
    save = str(tmp_path / "game.json.gz")
    write_save(tmp_path / "game.json.gz", saved(begun(past, history)))
    assert main(["play", save, "--text", "--script", "history"]) == 2
    assert "--script history: a game that was begun keeps the script it has" in capsys.readouterr().err
    assert main(["play", save, "--text", "--seat", "beijing"]) == 2
    assert "seat beijing: the script october-2022-history gives its orders" in capsys.readouterr().err


def test_a_person_moves_to_a_seat_of_the_script_only_once_it_is_over(past, history):
    sitting = Sitting(begun(past, history), SEAT, past)
    with pytest.raises(OrderRefused, match="seat washington: the script october-2022-history gives its orders up to"):
        sitting.change("washington")
    assert sitting.seat == SEAT
    sitting.change("huawei")
    while sitting.model.world.turn[0] < history.until:
        sitting.end()
    sitting.change("washington")
    assert sitting.seat == "washington"


@pytest.mark.parametrize(
    "change",
    [
        lambda script: script.pop("until"),
        lambda script: script.update(turns=[1]),
        lambda script: script["turns"].update({"1": {"0": {"100000": 0}}}),
        lambda script: script["turns"].update({"1": {"7": {"0": 0}}}),
    ],
)
def test_a_save_whose_script_was_edited_with_skill_is_refused(run, change):
    tree = json.loads(json.dumps(as_tree(run)))
    change(tree["script"])
    tree["digest"] = digest(tree)
    with pytest.raises(ValueError):
        from_tree(tree)
