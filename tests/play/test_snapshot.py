"""Snapshots and text: a seat is told what it may know, in names, numbers and units, and no more."""

import json
from dataclasses import replace

import numpy as np
import pytest

from play.debrief.beliefs import PUBLIC
from play.disputes import disputed, lean_of, lean_words, sentence
from play.keep import saved
from play.page import believed, news, page, verdict
from play.page import said as published
from play.score import meaning, score_of
from play.snapshot import snapshot
from play.terminal import Terminal
from play.words import read as read_words
from tests.play.conftest import seeds_of
from world.phases.intelligence import QUESTIONS
from world.state import columns
from world.view import view, visible

SEATS = ("washington", "beijing", "singapore", "smic", "sk-hynix", "nvidia", "huawei", "deepseek", "gulf-route")


@pytest.mark.parametrize("seat", SEATS)
def test_a_snapshot_is_plain_and_complete(game, seat):
    seen = snapshot(view(game.world, seat), game.story)
    assert json.loads(json.dumps(seen, allow_nan=False)) == seen
    assert all(about["doc"] for about in seen["quantities"].values())
    assert {dial["seat"] for dial in seen["dials"]} == {seat}
    assert set(seen["beliefs"]) == set(game.cast.questions) == set(QUESTIONS)
    assert str(game.seed) not in json.dumps(seen)


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_seat_may_not_see_does_not_change_its_snapshot(game, seat):
    number = game.cast.at("seats", seat)
    changed = {}
    for name, declared in columns().items():
        seen = declared.metadata["seen"]
        array = getattr(game.world, name).copy()
        if array.ndim == 1:
            is_hidden = seen not in ("all", view(game.world, seat).role)
            mask = np.array(not is_hidden)
        else:
            mask = visible(game.cast, name, number)
        array[~mask] = ~array[~mask] if array.dtype == bool else array[~mask] + 1
        changed[name] = array
    before = snapshot(view(game.world, seat), game.story)
    after = snapshot(view(replace(game.world, **changed), seat), game.story)
    assert before == after


@pytest.mark.parametrize("seat", SEATS)
def test_a_page_reads_from_top_to_bottom(game, seat):
    lines = page(snapshot(view(game.world, seat), game.story))
    text = "\n".join(lines)
    for title in ("The race", "Chips on sale", "What you believe", "Your orders"):
        assert title in lines or any(line.startswith(title) for line in lines)
    assert "nan" not in text
    assert "_" not in lines[0]


def test_beliefs_in_words_are_of_what_is_hidden_alone(game):
    told = "\n".join(believed(snapshot(view(game.opening, "washington"), game.story)))
    for name, about in QUESTIONS.items():
        assert (about.doc in told) == (name not in PUBLIC)


def test_sources_say_that_they_have_published_nothing_yet_and_then_what_with_their_credit(game):
    before, after = (
        published(snapshot(view(world, "washington"), game.story)) for world in (game.opening, game.quarters[0].state)
    )
    assert before == ["No source has published yet; the first reports come with the end of the quarter."]
    assert len(after) == 1 + len(game.cast.sources)
    assert all("(credit " in line for line in after[1:])


def test_sources_go_by_their_titles_and_say_which_way_they_lean_as_the_window_does(game):
    words, cast = read_words(), game.cast
    seen = snapshot(view(game.quarters[0].state, "beijing"), game.story)
    lines = dict(zip(seen["reports"], published(seen)[1:], strict=True))
    for row, source in enumerate(cast.sources):
        assert lines[source].startswith(f"  {sentence(game.story.titles[source])} (credit ")
        for question in disputed(cast):
            at = cast.at("questions", question)
            assert (question in seen["sources"][source]["leans"]) == bool(cast.source_speaks[row, at])
            if cast.source_speaks[row, at]:
                assert f"({lean_words(lean_of(cast, row, at), words)})" in lines[source]
    assert "as a rule 55 % under the truth" in lines["commerce"]
    assert "leans neither way" in lines["think-tank"]


def test_what_is_said_of_sources_is_the_same_in_every_game_and_for_every_seat(few):
    told = {
        str(snapshot(view(quarter, seat), few.story, game)["sources"])
        for seat in ("washington", "deepseek")
        for quarter in few.record.quarters
        for game in range(few.games)
    }
    assert len(told) == 1


def test_news_tell_what_changed(game):
    before = snapshot(view(game.opening, "beijing"), game.story)
    after = snapshot(view(game.quarters[0].state, "beijing"), game.story)
    lines = news(before, after)
    assert lines[0] == "News of Q1 2026"
    assert len(lines) > 2
    last = snapshot(view(game.world, "beijing"), game.story)
    assert verdict(last)[0].startswith("The game is over after Q4 2028: ")


def sat(scenario="tutorial"):
    from play.model import Chokepoint
    from play.record import EVERYTHING

    said: list[str] = []
    model = Chokepoint(scenario, seeds=seeds_of(1), players={"washington": "human"}, keep=EVERYTHING)
    return Terminal(model, "washington", said.append), said


@pytest.fixture
def sitting():
    return sat()


def test_a_whole_game_can_be_played_in_words():
    table, said = sat()
    table.play(iter(["help", "look", "cap_exports cn ceiling=6000", "draft", *["end"] * 4, "look"]))
    assert not table.model.running
    assert any(line.startswith("The game is over after Q4 2026") for line in said)
    assert table.model.record.orders().dial.size
    text = "\n".join(said)
    assert "Noted: cap_exports cn ceiling=6000. Moves left: 2 of 3." in text
    assert any(line.startswith("Washington met its objectives with") for line in said)
    assert [line.split()[0] for line in said if " to go: projected score " in line] == [
        *("Four", "Three", "Two", "One")
    ]
    assert sum(line.startswith("Score: ") for line in said) == 1
    assert said[-1] == meaning(score_of(saved(table.model), "washington"))


def test_a_standard_player_finishes_the_game_and_it_is_kept(tmp_path):
    from play.save import read_save

    table, said = sat()
    table.obey(["cap_exports", "cn", "ceiling=6000"])
    table.obey(["finish"])
    assert said[-1] == "Refused: finish: you have orders that wait; write end or undo first."
    table.obey(["end"])
    table.obey(["finish", "one", "two"])
    assert said[-1].startswith("Refused: save: name one file")
    assert table.model.record.turns == 1
    table.obey(["finish", str(tmp_path / "whole")])
    assert not table.model.running
    assert [players["washington"] for players in table.model.record.players] == ["human", *["standard"] * 3]
    assert said[-2] == meaning(score_of(saved(table.model), "washington"))
    assert read_save(tmp_path / "whole.json.gz").people == ("washington",)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("cap_exports uk ceiling=6000", "cap_exports: group is 'uk'; choose one of cn, swing"),
        ("cap_exports cn", "cap_exports: sets nothing; write cap_exports GROUP ceiling=TPP"),
        ("cap_exports ceiling=6000", "cap_exports: the group is missing; choose one of cn, swing"),
        ("cap_exports cn swing ceiling=1", "cap_exports: 'swing' is too much"),
        ("cap_exports cn celing=6000", "cap_exports: there is no amount 'celing'; write one of ceiling, density"),
        ("cap_exports cn ceiling=600000", "cap_exports: ceiling is 600000; write 0 to 120000 TPP"),
        ("cap_exports cn ceiling=6050", "between two steps of 100; write 6000 or 6100"),
        ("cap_exports cn ceiling=much", "cap_exports: ceiling is 'much'; write a number"),
        ("admit_chips share=1", "admit_chips: washington may not give it"),
        ("cap_export cn ceiling=6000", "there is no 'cap_export'; did you mean cap_exports?"),
        ("undo", "there is no order to take back"),
        ("save", "save: name one file"),
        ("help nothing", "there is no order 'nothing' for you"),
    ],
)
def test_words_that_mean_nothing_are_refused_in_a_sentence(sitting, line, answer):
    table, said = sitting
    table.obey(line.split())
    assert len(said) == 1
    assert said[0].startswith("Refused: ")
    assert answer in said[0]
    assert not table.sitting.draft


def test_a_fourth_order_is_refused_and_one_may_be_taken_back(sitting):
    table, said = sitting
    for line in ("allow_lag generations=1", "cap_countries chips=20000", "control_cloud strictness=1"):
        table.obey(line.split())
    table.obey(["gather_intelligence", "spend=100"])
    assert "no move left" in said[-1]
    table.obey(["undo"])
    table.obey(["gather_intelligence", "spend=100"])
    assert said[-1].endswith("Moves left: 0 of 3.")
    table.obey(["gather_intelligence", "spend=50"])
    assert len(table.sitting.trial(table.sitting.draft)) == 2


def test_orders_that_cannot_be_paid_for_are_refused(sitting):
    table, said = sitting
    table.model.world.capital[0] = 6.0
    table.obey(["cap_exports", "cn", "ceiling=6000"])
    table.obey(["control_cloud", "strictness=1"])
    assert "cannot pay" in said[-1]
    assert len(table.sitting.draft) == 1


def test_a_game_is_saved_from_the_table_and_taken_up_again(sitting, tmp_path):
    from play.keep import resumed
    from play.save import read_save

    table, said = sitting
    table.obey(["end"])
    table.obey(["save", str(tmp_path / "mine")])
    again = resumed(read_save(tmp_path / "mine.json.gz"))
    assert again.human("washington")
    assert again.record.turns == 1
    assert "mine.json.gz --text" in said[-1]


def test_a_person_may_change_the_seat_between_quarters(sitting):
    table, said = sitting
    table.obey(["cap_exports", "cn", "ceiling=6000"])
    table.obey(["seat", "beijing"])
    assert said[-1] == "Refused: seat beijing: washington has orders that wait; write end or undo first."
    for line in ("end", "seat beijing", "admit_chips share=0.5", "end", "seat washington", "end"):
        table.obey(line.split())
    record = table.model.record
    assert [quarter["washington"] for quarter in record.players] == ["human", "standard", "human"]
    assert [quarter["beijing"] for quarter in record.players] == ["standard", "human", "standard"]
    assert "You are Beijing, planner, China." in said
    assert "Noted: admit_chips share=0.5. Moves left: 2 of 3." in said


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("seat", "Refused: seat: the name is missing; write one of washington"),
        ("seat beijin", "Refused: there is no seat 'beijin'; did you mean beijing?"),
        ("seat washington", "You sit there already: washington."),
    ],
)
def test_a_seat_that_cannot_be_taken_changes_nothing(sitting, line, answer):
    table, said = sitting
    table.obey(line.split())
    assert said[-1].startswith(answer)
    assert table.seat == "washington"


def test_a_pipe_that_ends_leaves_the_table(sitting):
    table, said = sitting
    table.play(iter(["end"]))
    assert said[-1] == "No more words: the game is left as it stands."
    table.play(iter(["quit", "end"]))
    assert table.is_left
