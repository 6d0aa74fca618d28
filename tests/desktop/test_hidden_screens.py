"""What the screens of intelligence, supply, why and sources show follows from what the seat may see, and fits its place."""

import pygame
import pytest
from desktop_events import key
from tables import scrambled_table, settled, table

from desktop.kit import Listing
from desktop.screens.glossary import GlossaryScreen
from desktop.screens.intelligence import IntelligenceScreen
from desktop.screens.sources import SourcesOverlay
from desktop.screens.supply import SupplyScreen
from desktop.screens.why import WhyOverlay

SCREENS = {
    "intelligence": IntelligenceScreen,
    "supply": SupplyScreen,
    "why": lambda found: WhyOverlay(found, "stock_cn"),
    "sources": lambda found: SourcesOverlay(found, "huawei_chips"),
}


@pytest.fixture(scope="module")
def pair():
    both = table("washington"), scrambled_table("washington")
    yield both
    for found in both:
        found.close()


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_the_same_whatever_stands_where_the_seat_may_not_look(name, pair, pen):
    pictures = []
    for found in pair:
        surface = pygame.Surface((1600, 900))
        pen.pictures.clear()
        settled(SCREENS[name](found), found, surface, pen)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]


SIZES = [(name, size) for name in [*SCREENS, "glossary"] for size in [(1280, 720, 1.0), (1024, 640, 1.5)]]
SIZES += [(name, (1600, 900, 2.0)) for name in ("intelligence", "supply")]


@pytest.mark.parametrize(("name", "size"), SIZES)
def test_no_text_is_under_12_or_outside_of_the_window_or_its_place(name, size, pair, pen_for):
    pen = pen_for(*size)
    surface, seen = pygame.Surface(size[:2]), []
    pen.type.witness = lambda text, height, box, most: seen.append((text, height, box.copy(), most))
    settled({**SCREENS, "glossary": GlossaryScreen}[name](pair[0]), pair[0], surface, pen)
    pen.type.witness = None
    assert seen
    window = pygame.Rect(0, 0, *size[:2])
    for text, height, box, most in seen:
        assert height >= 12, text
        assert most is None or box.width <= most + 2, text
        assert not text or window.inflate(4, 4).contains(box), text


@pytest.mark.parametrize("name", [*SCREENS, "glossary"])
def test_tab_comes_by_every_control(name, pair, pen):
    surface = pygame.Surface((1600, 900))
    screen = {**SCREENS, "glossary": GlossaryScreen}[name](pair[0])
    settled(screen, pair[0], surface, pen)
    reached = set()
    for _ in range(len(screen.form.rects) + 1):
        screen.handle(key(pygame.K_TAB), pen)
        reached.add(screen.form.focus)
    assert reached == set(screen.form.rects)


def test_two_seats_see_different_ranges_of_one_quantity(pen):
    found = []
    for seat in ("washington", "beijing"):
        one = table(seat)
        screen = IntelligenceScreen(one)
        settled(screen, one, pygame.Surface((1600, 900)), pen)
        now = screen.dispute().now
        found.append((now.low, now.high))
        one.close()
    assert len(set(found)) == 2


def test_the_glossary_finds_names_before_meanings(pen, display):
    screen = GlossaryScreen()
    screen.ready(pen)
    for letter in "die":
        screen.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter), pen)
    screen.ready(pen)
    listing = screen.form["terms"]
    assert isinstance(listing, Listing)
    names = [item.text for item in listing.items]
    assert names[0].startswith("die")
    assert len(names) < 24
    screen.handle(key(pygame.K_DOWN), pen)
    screen.ready(pen)
    assert screen.chosen.name == names[1]
