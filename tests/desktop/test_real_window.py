"""One game in a real window on a virtual X display: keys and clicks that go through the server, to the game itself."""

import json

import numpy as np
import pygame
import pytest
from desktop_events import moved
from desktop_person import Person
from real_window import HEIGHT, MISSING, WIDTH, Display, Player, with_settings

from desktop import saves
from desktop.app import App
from desktop.screens.menu import MenuScreen
from desktop.screens.orders import OrdersScreen
from desktop.screens.title import TitleScreen
from desktop.settings import Settings
from desktop.table import Table
from play.keep import resumed
from play.save import read_save

AT = "Chokepoint - Q1 2026, Washington"
ASIDE = (3, HEIGHT - 3)
SIZE = Settings(width=WIDTH, height=HEIGHT)

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"there is no {' and no '.join(MISSING)}; .ci/run installs it")


@pytest.fixture
def screen(tmp_path):
    made = Display(tmp_path / "display")
    yield made
    made.close()


@pytest.fixture
def played(screen, tmp_path):
    """Starts the game at its door, as often as a test wants; its window is this size."""
    with_settings(tmp_path)
    made = []

    def started(*words):
        made.append(Player(screen, tmp_path, *words))
        return made[-1]

    yield started
    for one in made:
        one.close()


def twin(path, screen) -> Person:
    """The same game in a window that nobody sees, to know where things lie and what they should look like."""
    game = read_save(path)
    table = Table(resumed(game, {**game.players}), game.people)
    return Person(App(screen(table), SIZE))


def previewed(person) -> np.ndarray:
    """The panel of the orders screen once the preview of the draft is there."""
    person.preview()
    return panel(person, pygame.surfarray.array3d(person.app.surface).swapaxes(0, 1))


def panel(person, picture: np.ndarray) -> np.ndarray:
    """The part of a picture that the preview takes."""
    rect = person.screen.places(person.app.pen).side
    return picture[rect.top : rect.bottom, rect.left : rect.right]


def test_a_game_is_played_from_the_title_to_the_debrief(played, screen, tmp_path, display, monkeypatch):
    person = played()
    monkeypatch.setattr(saves, "folder", lambda: person.saves)
    person.reaches("Chokepoint")
    title = Person(App(TitleScreen(), SIZE))
    person.click(title.screen.form.rects["choose"].center)
    person.reaches("Chokepoint: Seats")
    person.press("Return")
    person.reaches(f"{AT}: Map")
    (autosave,) = person.saves.glob("auto-*.json.gz")

    person.press("2")
    person.reaches(f"{AT}: Orders")
    mine = twin(autosave, OrdersScreen)
    first, second = mine.sliders()[:2]
    before = previewed(mine)
    person.until(lambda: np.array_equal(panel(mine, screen.picture()), before), "the preview of no orders")
    start, end = mine.knob(first), mine.knob(first, 0.75)
    person.drag(start, end)
    person.tool("mousemove", *ASIDE)
    mine.drag(start, end)
    mine.frame(moved(ASIDE))
    (order,) = mine.table.sitting.draft
    after = previewed(mine)
    assert not np.array_equal(after, before)
    person.until(lambda: np.array_equal(panel(mine, screen.picture()), after), "the preview of the order")

    person.press("w")
    person.reaches(f"{AT}: Why")
    person.press("Escape")
    person.reaches(f"{AT}: Orders")
    while mine.screen.form.focus != second:
        mine.press("\t")
        person.press("Tab")
    for name in ("right", "left"):
        if len(mine.table.sitting.draft) < 2:
            mine.press(name)
            person.press(name.title())
    assert len(mine.table.sitting.draft) == 2
    both = previewed(mine)
    person.until(lambda: np.array_equal(panel(mine, screen.picture()), both), "the preview of both orders")
    mine.press("z")
    person.press("z")
    assert mine.table.sitting.draft == [order]
    again = previewed(mine)
    person.until(lambda: np.array_equal(panel(mine, screen.picture()), again), "the preview after undoing")

    person.press("Escape")
    person.reaches(f"{AT}: Menu")
    menu = twin(autosave, MenuScreen).screen.form.rects
    person.click(menu["save"].center)
    person.reaches(f"{AT}: Saves")
    person.write(" of mine")
    person.press("Return")
    person.reaches(f"{AT}: Menu")
    named = person.saves / "Washington Q1 2026 of mine.json.gz"
    assert read_save(named).world.turn[0] == 0
    kept = json.loads(saves.draft_path(named).read_text("utf-8"))
    assert kept["drafts"] == {"washington": [{str(row): step for row, step in order.items()}]}
    person.click(menu["quit"].center)
    assert person.left() == 0

    person = played()
    person.reaches("Chokepoint")
    title = Person(App(TitleScreen(), SIZE))
    person.click(title.screen.form.rects["continue"].center)
    person.reaches(f"{AT}: Map")
    for quarter in [*(f"Q{1 + n % 4} {2026 + n // 4}" for n in range(1, 12)), ""]:
        person.press("n", "space", "Return")
        person.reaches(f"Chokepoint - {quarter or 'Q4 2028'}, Washington: {'Map' if quarter else 'Debrief'}")
    person.press("Escape")
    person.reaches("Chokepoint - Q4 2028, Washington: Menu")
    person.press("Up", "Return")
    assert person.left() == 0
    game = read_save(autosave)
    assert game.is_over
    seat_dials = game.quarters[0].wanted
    assert all(seat_dials[row, 0] == step for row, step in order.items())
    assert person.errors.read_text("utf-8") == ""


def test_a_display_that_goes_away_loses_neither_the_game_nor_the_draft(played, screen, display):
    person = played("play", "november-2025", "--seat", "washington")
    person.reaches(f"{AT}: Map")
    (autosave,) = person.saves.glob("auto-*.json.gz")
    person.press("2")
    person.reaches(f"{AT}: Orders")
    mine = twin(autosave, OrdersScreen)
    slider = mine.sliders()[0]
    person.click(mine.knob(slider, 0.75))
    person.press("w")
    person.reaches(f"{AT}: Why")
    screen.close()
    assert person.left() == 2
    assert "display" in person.errors.read_text("utf-8")
    assert read_save(autosave).world.turn[0] == 0
    assert "washington" in json.loads(saves.draft_path(autosave).read_text("utf-8"))["drafts"]
