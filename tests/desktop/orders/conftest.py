import pygame
import pytest
from orders_desk import SEATS, SIZES

from desktop.app import App
from desktop.screens.orders import OrdersScreen
from desktop.settings import Settings
from desktop.table import Table
from play.model import Chokepoint
from play.record import EVERYTHING
from world.scenario import read


@pytest.fixture(scope="module")
def scenario():
    return read("november-2025")


@pytest.fixture(scope="module")
def played(scenario):
    model = Chokepoint(scenario, seeds=3, players=dict.fromkeys(SEATS, "human"), keep=EVERYTHING)
    for _ in range(2):
        model.step()
    return model


@pytest.fixture(scope="module")
def tables(played, scenario):
    made = {seat: Table(played, (seat,), scenario) for seat in SEATS}
    yield made
    for table in made.values():
        table.close()


@pytest.fixture
def table_of(tables):
    def fresh(seat: str) -> Table:
        table = tables[seat]
        table.sitting.reset()
        table.said.clear()
        table.answers.clear()
        return table

    return fresh


@pytest.fixture(scope="module")
def apps():
    return {}


@pytest.fixture
def app_of(display, apps):
    """A window of a size, opened once, with a screen of its own."""

    def opened(table: Table, size=SIZES[0], screen=None) -> App:
        screen = screen or OrdersScreen(table)
        wide, tall, interface = size
        if size not in apps:
            apps[size] = App(screen, Settings(width=wide, height=tall, interface=interface))
        app = apps[size]
        app.surface = pygame.display.set_mode((wide, tall))
        app.screens, app.leaving = [screen], None
        app.frame([], 0.016)
        app.frame([], 0.016)
        return app

    return opened
