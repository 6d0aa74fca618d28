import os
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from desktop.ending import ending_of
from desktop.pen import Pen
from desktop.scale import Scale
from desktop.table import Table
from desktop.text import Typesetter
from play import words
from play.debrief.told import Unfinished
from play.usual import usual_games
from world.scenario import Scenario, read

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def nothing_works_on(monkeypatch):
    """What a test's tables are still working out is let go when it ends, so that it disturbs no later test."""
    made, begin = [], Table.__post_init__

    def remembered(table: Table) -> None:
        begin(table)
        made.append(table.worker)

    monkeypatch.setattr(Table, "__post_init__", remembered)
    yield
    for worker in made:
        worker.shutdown(wait=True, cancel_futures=True)


@pytest.fixture
def little_luck(monkeypatch):
    """Endings are worked out with little luck."""
    monkeypatch.setattr("desktop.screens.debrief.ending_of", partial(ending_of, lucks=2))


@pytest.fixture
def no_ending(monkeypatch):
    """No ending is worked out where a test plays up to the debrief, and not into it."""

    def untold(*asked: object, **more: object):
        raise Unfinished("the ending is told in another test")

    monkeypatch.setattr("desktop.screens.debrief.ending_of", untold)


@pytest.fixture(scope="session")
def usual_once():
    """Par games by scenario and settings: every table asks for the same."""
    return cache(lambda name, settings: usual_games(read(name), dict(settings)))


@pytest.fixture(autouse=True)
def par_games_are_played_once(monkeypatch, usual_once):
    """Tables of one scenario share the par games that usual ranges are read from."""

    def shared(scenario: Scenario, settings: Mapping[str, str | float]):
        return usual_once(scenario.name, tuple(sorted(settings.items())))

    monkeypatch.setattr("play.outlook.usual_games", shared)


@pytest.fixture(scope="session")
def display():
    pygame.display.init()
    pygame.display.set_mode((1600, 900))
    yield
    pygame.display.quit()


@pytest.fixture(scope="session")
def type_(display):
    return Typesetter()


@pytest.fixture(scope="session")
def steady_pen(type_):
    """One pen for many examples of a property."""
    return Pen(Scale(1600, 900), type_, words.read())


@pytest.fixture
def pen(type_):
    type_.witness = None
    return Pen(Scale(1600, 900), type_, words.read())


@pytest.fixture
def pen_for(type_):
    """A pen for a window of a size at an interface scale."""

    def make(width: int, height: int, interface: float = 1.0) -> Pen:
        return Pen(Scale(width, height, interface), type_, words.read())

    return make
