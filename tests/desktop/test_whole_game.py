"""A whole game through the window, by keyboard and mouse: from the title to the end, with everything on the way."""

import pygame
import pytest
from desktop_person import Person

from desktop import saves
from desktop.app import App
from desktop.screens.title import TitleScreen
from desktop.settings import Settings
from play.save import read_save


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch, no_ending):
    """No test touches the folders of whoever runs it."""
    monkeypatch.setattr(saves, "folder", lambda: tmp_path / "saves")


@pytest.fixture
def person(display):
    one = Person(App(TitleScreen(), Settings(), home=TitleScreen))
    yield one
    one.app.leave_tables()


def order(person) -> str:
    """Drafts an order as a screen of orders would: the first dial that may move up, one step."""
    sitting = person.table.sitting
    for entry in sitting.book.entries(sitting.seat):
        row = sitting.book.of_entry[entry][0]
        step = int(person.table.model.world.ordered[row, 0])
        for other in (step + 1, step - 1):
            if person.table.set({row: other}) and sitting.draft:
                return sitting.name(entry)
    raise AssertionError("no dial can be moved")


def test_a_whole_game_from_the_title_to_the_end(person):
    person.press("\n")  # the first start
    assert person.screen.title == "Seats"
    person.press("right", "left", "\n")  # Beijing, and back to Washington
    assert (person.table.seat, person.table.turn) == ("washington", 0)

    order(person)
    assert len(person.table.sitting.draft) == 1
    person.press("z")
    assert not person.table.sitting.draft
    assert "Taken back" in person.said
    order(person)
    person.press("r")
    person.click("no")
    assert len(person.table.sitting.draft) == 1

    person.click("end")
    person.press("\n")
    person.wait()
    assert person.table.turn == 1
    assert read_save(person.table.autosave).world.turn[0] == 1

    order(person)
    person.press("\x1b")
    person.click("save")
    person.press("\n")
    assert "Saved as" in person.said
    person.press("\x1b") if person.screen.title == "Menu" else None
    draft = [dict(one) for one in person.table.sitting.draft]
    person.press("\x1b")
    person.click("title")
    assert person.screen.title == "Chokepoint"

    person.click("continue")
    assert (person.table.turn, person.table.sitting.draft) == (1, draft)
    for tab in "2341":
        person.press(tab)
    person.press("5")
    assert "opens when the game is over" in person.said
    while not person.table.is_over:
        person.press(" ", "\n")
        person.wait()
    assert person.screen.name == "debrief"
    assert person.table.turn == 12
    person.press("l")
    assert person.screen.title == "Log"


def test_orders_are_drafted_by_mouse_and_keys_asked_about_undone_and_carried_out(person):
    person.press("\n", "\n", "2")
    first, second = person.sliders()[:2]
    person.drag(person.knob(first), person.knob(first, 0.75))
    (dragged,) = person.table.sitting.draft
    while person.screen.form.focus != second:
        person.press("\t")
    person.press("right")
    if len(person.table.sitting.draft) < 2:
        person.press("left")
    assert person.preview().draft.keys() > dragged.keys()
    person.press("w")
    assert person.screen.title == "Why"
    person.press("\x1b", "z")
    assert person.table.sitting.draft == [dragged]
    person.press("\x1b")
    person.click("save")
    person.press("\n")
    person.click("quit")
    assert not person.app.is_open
    again = Person(App(TitleScreen(), Settings(), home=TitleScreen))
    again.press("c")
    assert again.table.sitting.draft == [dragged]
    again.press(" ", "\n")
    again.wait()
    carried = again.table.model.record.quarters[-1].ordered
    assert all(carried[row, 0] == step for row, step in dragged.items())
    again.app.leave_tables()


def test_the_log_steps_through_every_quarter_and_plays_on_from_any_without_rank(person):
    person.press("\n", "\n")
    order(person)
    for _ in range(2):
        person.press(" ", "\n")
        person.wait()
    first = person.table
    person.press("l")
    assert person.screen.form["list"].chosen == 2
    person.press("left")
    assert any(e.group == "own" and e.weight > 5 for e in person.screen.entries(1, person.app.pen))
    person.press("b")
    person.press("\n")
    assert person.table is not first
    assert (person.table.turn, person.table.seen()["is_ranked"]) == (1, False)
    assert first.seen()["is_ranked"]
    assert read_save(first.autosave).world.turn[0] == 2


def test_two_people_take_turns_behind_a_curtain(person):
    person.press("h")
    assert person.screen.mode == "people"
    person.press(" ", "right", " ", "\n")
    assert person.screen.title == "Curtain"
    person.press("\n")
    assert person.table.seat == "washington"
    order(person)
    person.press(" ", "\n")
    assert person.screen.title == "Curtain"
    assert (person.table.seat, person.table.turn) == ("beijing", 0)
    person.press("\n", " ", "\n")
    person.wait()
    assert person.screen.title == "Curtain"
    assert (person.table.seat, person.table.turn) == ("washington", 1)


def test_what_one_of_two_people_handed_in_is_there_again_after_closing(person):
    person.press("h", " ", "right", " ", "\n", "\n")
    order(person)
    drafted = [dict(one) for one in person.table.sitting.draft]
    person.press(" ", "\n")
    person.app.leave_tables()
    again = Person(App(TitleScreen(), Settings()))
    again.press("c", "\n")
    assert again.table.seat == "washington"
    assert again.table.sitting.draft == drafted


def test_programs_can_be_watched_paused_and_relieved(person):
    person.press("w", "\n")
    assert person.table.is_watching
    person.press("p")
    assert "P pauses" in person.said
    for _ in range(90):
        person.frame()
    person.table.answers["resolve"].work.result()
    person.frame()
    assert person.table.turn >= 1
    person.press("p")
    turn = person.table.turn
    for _ in range(90):
        person.frame()
    assert person.table.turn == turn
    person.press("\x1b")
    person.click("seat")
    person.press("\n")
    assert person.table.people == ("washington",)
    order(person)


def test_a_game_can_be_finished_by_programs(person):
    person.press("\n", "\n")
    person.press("\x1b")
    person.click("finish")
    person.wait("finish")
    assert person.table.is_over
    assert person.screen.name == "debrief"


def test_closing_while_a_quarter_passes_loses_nothing(person):
    person.press("\n", "\n")
    order(person)
    path = person.table.autosave
    person.press(" ", "\n")
    person.frame(pygame.event.Event(pygame.QUIT))
    assert not person.app.is_open
    game = read_save(path)
    assert game.world.turn[0] == 1
    assert (game.quarters[0].wanted != game.opening.ordered).any()


def test_a_fault_that_nobody_foresaw_is_said_and_leads_to_the_title(person, monkeypatch, capsys):
    person.press("\n", "\n")
    with monkeypatch.context() as patch:
        patch.setattr(type(person.screen), "paint_body", lambda *_: 1 / 0)
        person.frame()
    assert person.screen.title == "Chokepoint"
    assert "division by zero" in person.said
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_game_lost_to_a_fault_is_continued_with_its_draft(person, monkeypatch, tmp_path):
    person.press("\n", "\n")
    order(person)
    draft = [dict(one) for one in person.table.sitting.draft]
    with monkeypatch.context() as patch:
        patch.setattr(type(person.screen), "paint_body", lambda *_: 1 / 0)
        person.frame()
    person.press("c")
    assert person.table.sitting.draft == draft


def test_a_program_that_is_killed_leaves_the_game_and_its_draft(person):
    person.press("\n", "\n")
    order(person)
    person.frame()
    again = Person(App(TitleScreen(), Settings()))
    again.press("c")
    assert again.table.sitting.draft == person.table.sitting.draft


def test_the_title_of_the_window_says_the_quarter_and_the_seat(person):
    person.press("\n", "\n")
    assert pygame.display.get_caption()[0] == "Chokepoint - Q1 2026, Washington: Map"
    person.press("w")
    assert pygame.display.get_caption()[0] == "Chokepoint - Q1 2026, Washington: Why"


def test_a_broken_save_says_what_is_wrong_with_it(person, tmp_path):
    place = saves.folder()
    place.mkdir(parents=True)
    (place / "mine.json.gz").write_bytes(b"not a game")
    person.press("s")
    person.press("\n")
    assert person.screen.title == "Saves"
    assert "mine.json.gz" in person.said


def test_a_save_can_be_deleted_after_a_question(person):
    person.press("\n", "\n", "\x1b")
    person.click("title")
    person.press("s")
    person.click("delete")
    person.press("\x1b")
    assert len(saves.kept()) == 1
    person.click("delete")
    person.click("yes")
    assert saves.kept() == []
