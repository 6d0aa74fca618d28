"""Every screen of the window, made of one game and of the same game when it is over."""

from desktop.help import draw_help
from desktop.screens.opening import CLASSES, opened
from desktop.screens.options import OptionsScreen
from desktop.screens.rivals import RivalsScreen
from desktop.screens.saves import SavesScreen
from desktop.screens.seats import SeatScreen
from desktop.screens.taking import TakingScreen
from desktop.screens.title import TitleScreen

QUANTITY = {"why": ("lead",), "sources": ("huawei_chips",)}
ALONE = {"resolve": "a quarter would pass", "debrief": "the game has to be over"}


class Helped:
    """The help over a screen, as the window draws it."""

    def __init__(self, screen):
        self.screen = screen

    def __getattr__(self, name):
        return getattr(self.screen, name)

    def draw(self, surface, pen):
        self.screen.draw(surface, pen)
        draw_help(surface, pen, self.screen.title, self.screen.help_keys())


def rivals(table):
    seats = SeatScreen(table.scenario)
    seats.form = seats.form.of(seats.controls())
    return RivalsScreen(seats)


def film(table):
    table.shown[table.seat] = table.turn - 1
    return opened("map", table)


SCREENS = {
    "title": lambda table, over: TitleScreen(),
    "seats": lambda table, over: SeatScreen(table.scenario),
    "seats of people": lambda table, over: SeatScreen(table.scenario, "people"),
    "rivals": lambda table, over: rivals(table),
    "options": lambda table, over: OptionsScreen(),
    "saves": lambda table, over: SavesScreen(table, is_saving=True),
    "taking": lambda table, over: TakingScreen(table),
    "film": lambda table, over: film(table),
    "help": lambda table, over: Helped(opened("map", table)),
    "debrief": lambda table, over: opened("debrief", over),
    "map of the end": lambda table, over: opened("map", over),
    "orders of the end": lambda table, over: opened("orders", over),
    **{
        name: lambda table, over, name=name: opened(name, table, *QUANTITY.get(name, ()))
        for name in CLASSES
        if name not in ALONE
    },
}
"""How each is made of a table, and of one whose game is over."""
