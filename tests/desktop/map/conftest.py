import pytest
from map_desk import PLACES, shown

from desktop.app import App
from desktop.board import board_of
from desktop.screens.map import MapScreen
from desktop.settings import Settings
from play import words
from tests.desktop.test_board import table_of


@pytest.fixture(scope="module")
def going():
    table = table_of(quarters=3)
    yield table
    table.close()


@pytest.fixture(scope="module")
def board(going):
    return board_of(going, going.seat, going.turn, PLACES, words.read())


@pytest.fixture(scope="module")
def window(display):
    """A window whose empty map is built."""
    table = table_of(quarters=1)
    app = App(MapScreen(table), Settings())
    shown(app)
    yield app
    table.close()


@pytest.fixture
def app(window):
    """A new map in that window."""
    window.screens = [MapScreen(window.screen.table)]
    window.changed(reduced_motion=False)
    window.pen.still = False
    shown(window)
    return window
