"""Sounds as arrays, when each is due, and silence where there is nothing to play on."""

from dataclasses import replace

import numpy as np
import pygame
import pytest
from desktop_events import click
from desktop_person import Person

from desktop import saves, tables
from desktop.app import App
from desktop.screens.map import MapScreen
from desktop.screens.options import OptionsScreen
from desktop.settings import Settings
from desktop.sounds import LOUDEST, RATE, SOUNDS, Moment, Sounds, due, moment, samples, wave
from play.drafts import order_in
from world.scenario import read

PLAYING = Moment(screen=1, table=2, seat="smic", turn=3)


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_short_quiet_and_begins_and_ends_in_silence(name):
    made = wave(SOUNDS[name])
    assert 0 < made.size / RATE < 0.4
    assert 0 < np.abs(made).max() <= LOUDEST
    assert abs(made[0]) < 1e-3
    assert abs(made[-1]) < 1e-3
    assert np.abs(np.diff(made)).max() < 0.1, "a step would be heard as a click"
    assert samples(name).dtype == np.int16


def test_sounds_differ():
    assert len({samples(name).tobytes() for name in SOUNDS}) == len(SOUNDS)


@pytest.mark.parametrize(
    ("after", "name"),
    [
        (PLAYING, ""),
        (replace(PLAYING, screen=9), "press"),
        (replace(PLAYING, is_pressed=True), "press"),
        (replace(PLAYING, refusals=1, is_pressed=True), "refused"),
        (replace(PLAYING, draft=((4, 1),)), "drafted"),
        (replace(PLAYING, turn=4, screen=9), "quarter"),
        (replace(PLAYING, turn=4, is_over=True), "over"),
        (replace(PLAYING, table=5, turn=7, is_over=True, screen=9), "press"),
        (replace(PLAYING, seat="huawei", draft=((4, 1),)), ""),
    ],
)
def test_a_sound_is_due_when_something_comes_to_be_shown(after, name):
    assert due(PLAYING, after) == name


def test_an_order_that_is_taken_back_is_no_new_order():
    assert due(replace(PLAYING, draft=((4, 1), (5, 2))), replace(PLAYING, draft=((4, 1),))) == ""


def test_a_quarter_that_is_still_worked_out_is_not_heard(tmp_path, monkeypatch):
    monkeypatch.setattr(saves, "folder", lambda: tmp_path)
    table = tables.begun(read("lesson-45"), ("smic",), {}, 7)
    screen = MapScreen(table)
    before = moment(screen, 0, Moment())
    table.model.step()
    screen.is_working = True
    assert due(before, moment(screen, 0, before)) == ""
    screen.is_working = False
    assert due(before, moment(screen, 0, before)) == "quarter"
    table.close()


def test_a_refused_order_is_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(saves, "folder", lambda: tmp_path)
    table = tables.begun(read("november-2025"), ("washington",), {}, 7)
    screen = MapScreen(table)
    orders = ("cap_exports bloc=cn ceiling=6000", "cap_exports bloc=swing ceiling=6000", "license_sales volume=0")
    for order in orders:
        assert table.set(order_in(table.model.cast, f"washington.{order}")[1])
    before = moment(screen, 0, Moment())
    assert not table.set(order_in(table.model.cast, "washington.control_cloud strictness=1")[1]), "a fourth move"
    assert due(before, moment(screen, 0, before)) == "refused"
    table.close()


def test_silence_is_the_usual_setting_and_opens_no_device(display, monkeypatch):
    monkeypatch.setattr(pygame.mixer, "init", lambda *_: pytest.fail("the mixer was opened"))
    person = Person(App(OptionsScreen(), Settings()))
    for event in click(person.screen.form.rects["reduced_motion"].center):
        person.frame(event)
    assert person.app.sounds.made is None


def test_without_an_audio_device_nothing_is_heard_and_nothing_breaks(monkeypatch):
    def none(*_):
        raise pygame.error("no audio device")

    monkeypatch.setattr(pygame.mixer, "init", none)
    sounds = Sounds()
    sounds.play("press", 50)
    sounds.play("over", 100)
    assert sounds.made == {}
    sounds.close()


def test_a_sound_that_still_rings_is_not_begun_again():
    sounds = Sounds()
    sounds.play("over", 25)
    sounds.play("over", 25)
    assert sounds.made["over"].get_num_channels() == 1
    assert sounds.made["over"].get_volume() == pytest.approx(0.25, abs=0.02)
    sounds.close()
    assert pygame.mixer.get_init() is None
