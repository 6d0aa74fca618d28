"""A build holds every room and every asset, and what it is tried with draws a real screen."""

from itertools import pairwise

import pygame
import pytest

from desktop.making import entry, frozen


def test_a_build_is_told_of_every_room_and_of_the_assets(tmp_path):
    said = frozen.words(tmp_path / "dist", tmp_path / "work")
    pairs = list(pairwise(said))
    assert {b for a, b in pairs if a == "--collect-submodules"} == {"world", "agents", "play", "desktop"}
    assert any(a == "--add-data" and b.endswith("assets") for a, b in pairs)
    assert said[0].endswith("entry.py")


def test_without_pyinstaller_a_sentence_says_how_to_get_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(frozen, "find_spec", lambda name: None)
    assert frozen.main(["--out", str(tmp_path)]) == 2
    assert "pip install pyinstaller" in capsys.readouterr().err


def test_what_a_build_is_tried_with_draws_a_screen(tmp_path, capsys, display):
    path = tmp_path / "frame.png"
    assert entry.main(["--frame", str(path)]) == 0
    picture = pygame.image.load(path)
    colours = {tuple(picture.get_at((x, y))[:3]) for x in range(0, 1600, 40) for y in range(0, 900, 30)}
    assert picture.get_size() == (1600, 900)
    assert len(colours) > 8
    assert "after 1 quarter" in capsys.readouterr().out
    pygame.display.init()
    pygame.display.set_mode((1600, 900))


def test_other_words_go_to_the_usual_door(capsys):
    with pytest.raises(SystemExit) as left:
        entry.main(["--help"])
    assert left.value.code == 0
    assert "Chokepoint" in capsys.readouterr().out
