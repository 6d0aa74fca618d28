"""The pictures of docs/screens: every screen is among them, each of words that the command line takes."""

import shlex

import numpy as np
import pygame
import pytest

from desktop import shot
from desktop.making import screens
from main import parser
from play.drafts import order_in
from world.scenario import read


def asked(picture):
    return parser().parse_args(["shot", *shlex.split(picture.words), "--out", "x.png"])


def test_every_screen_is_among_the_pictures():
    assert {asked(one).screen for one in screens.PICTURES} == set(shot.SCREENS)


def test_every_order_of_a_picture_is_one_of_its_seat():
    cast = read("november-2025").cast
    for one in screens.PICTURES:
        args = asked(one)
        assert all(order_in(cast, text)[0] == args.seat for text in args.order), one.name


def test_the_page_tells_of_the_pictures_that_the_script_makes():
    assert (screens.FOLDER / "README.md").read_text("utf-8") == screens.page()


def test_a_name_that_is_none_is_a_sentence(capsys):
    assert screens.main(["nothing"]) == 2
    assert "there is no picture 'nothing'" in capsys.readouterr().err


def test_few_colours_keep_those_that_mean_something(tmp_path, display):
    pytest.importorskip("PIL")
    path = tmp_path / "orders.png"
    screens.draw(next(one for one in screens.PICTURES if one.name == "options"), "1280x720", path)
    colours = np.unique(pygame.surfarray.array3d(pygame.image.load(path).convert()).reshape(-1, 3), axis=0)
    found = {tuple(map(int, colour)) for colour in colours}
    assert len(found) <= screens.COLOURS
    assert {screens.THEME["panel"], screens.THEME["ivory"]} <= found
