import os
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"

import pygame
import pytest

from desktop.pen import Pen
from desktop.scale import Scale
from desktop.table import Table
from desktop.text import Typesetter
from play import words

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
