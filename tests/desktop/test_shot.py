"""Pictures of screens from the command line, and what is refused there."""

import pygame
import pytest

from desktop.screens.opening import CLASSES
from desktop.shot import SCREENS
from desktop.text import FontError, Typesetter
from main import main


@pytest.mark.parametrize("screen", ["seats", "options"])
def test_a_shot_of_the_same_words_is_the_same_picture_of_the_size_that_was_asked_for(display, tmp_path, screen):
    places = [tmp_path / "one.png", tmp_path / "two.png"]
    for place in places:
        assert main(["shot", screen, "--size", "1280x720", "--out", str(place)]) == 0
    assert pygame.image.load(places[0]).get_size() == (1280, 720)
    assert places[0].read_bytes() == places[1].read_bytes()


def test_every_screen_of_a_game_can_be_drawn_by_its_name():
    assert set(CLASSES) <= set(SCREENS)


@pytest.mark.parametrize("words", [["nowhere"], ["title", "--size", "900x500"], ["title", "--out", "picture.jpg"]])
def test_words_that_make_no_picture_are_refused_in_a_sentence(words, capsys):
    assert main(["shot", *words, *([] if "--out" in words else ["--out", "x.png"])]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_a_missing_font_is_a_sentence(display, tmp_path, monkeypatch, capsys):
    def none(*_):
        raise FontError("fonts/A.woff2 cannot be used (no such file)")

    monkeypatch.setattr(Typesetter, "check", none)
    assert main(["shot", "title", "--out", str(tmp_path / "x.png")]) == 2
    assert "fonts/A.woff2" in capsys.readouterr().err
