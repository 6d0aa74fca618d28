"""What people, disks and files do wrong is a sentence on the screen or on standard error, and loses nothing."""

import errno
import json
import os

import pytest
from desktop_person import Person

from desktop import door, saves
from desktop import settings as store
from desktop.app import App
from desktop.screens.title import TitleScreen
from desktop.settings import Settings
from desktop.text import Typesetter
from play.save import read_save
from play.words import Words, read


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setattr(saves, "folder", lambda: tmp_path / "saves")
    monkeypatch.setattr(store, "folder", lambda: tmp_path / "settings")


@pytest.fixture
def person(display):
    one = Person(App(TitleScreen(), Settings(), home=TitleScreen))
    yield one
    one.app.leave_tables()


def full(*_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_game_is_played_where_no_save_can_be_written(person, tmp_path):
    (tmp_path / "saves").write_text("in the way", "utf-8")
    person.press("\n", "\n")
    person.frame()
    assert "saves" in person.said
    person.press(" ", "\n")
    person.wait()
    assert person.table.turn == 1
    person.press("\x1b")
    person.click("save")
    person.press("\n")
    assert "cannot be made" in person.said
    assert person.screen.title == "Saves"


def test_a_full_disk_is_said_and_the_last_save_stands(person, monkeypatch):
    person.press("\n", "\n")
    path = person.table.autosave
    with monkeypatch.context() as patch:
        patch.setattr("play.packing.os.fsync", full)
        person.press(" ", "\n")
        person.wait()
        assert os.strerror(errno.ENOSPC) in person.said
        assert person.table.turn == 1
        assert read_save(path).world.turn[0] == 0
    person.press(" ", "\n")
    person.wait()
    assert read_save(path).world.turn[0] == 2
    assert not list(path.parent.glob(".*"))


@pytest.mark.parametrize("text", ["nonsense", '{"version": 1, "language": "xx", "width": -4, "interface": "large"}'])
def test_settings_of_nonsense_open_the_usual_window_with_a_sentence(display, text):
    place = store.place()
    place.parent.mkdir()
    place.write_text(text, "utf-8")
    app = App(TitleScreen(), kept_in=place)
    app.frame([], 0.01)
    assert app.settings.interface == 1.0
    assert app.toasts.held


def test_a_language_that_is_not_there_is_said_and_the_usual_one_is_used(display):
    place = store.place()
    place.parent.mkdir()
    place.write_text(json.dumps({"version": 1, "language": "xx"}), "utf-8")
    app = App(TitleScreen(), kept_in=place)
    assert app.words.language == "en"
    assert "'xx'" in app.toasts.held[0][0]


def test_a_missing_word_of_a_screen_is_a_sentence_and_the_game_is_kept(person, capsys):
    person.press("\n", "\n")
    person.app.words = Words({name: text for name, text in read().texts.items() if not name.startswith("menu.")})
    person.app.pen = person.app.new_pen()
    person.press("\x1b")
    assert person.screen.title == "Chokepoint"
    assert "there is no menu." in person.said
    assert capsys.readouterr().err == ""
    person.press("c")
    assert person.table.seat == "washington"


def test_a_missing_word_of_the_title_ends_with_a_sentence(display, monkeypatch, capsys):
    monkeypatch.setattr("desktop.app.read", lambda _: Words({"app.title": "Chokepoint"}))
    assert door.main() == door.REFUSED
    said = capsys.readouterr().err
    assert "there is no " in said
    assert "Traceback" not in said


def test_a_missing_face_ends_with_a_sentence(display, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("desktop.app.Typesetter", lambda: Typesetter(tmp_path))
    assert door.main() == door.REFUSED
    said = capsys.readouterr().err
    assert "take it anew from the game's assets/fonts" in said
    assert "Traceback" not in said
