"""Every screen of the window: legible at every size, nothing cut or over another, and all of it by the keyboard alone."""

import pygame
import pytest
from desktop_events import key
from every_screen import SCREENS
from reading_texts import RememberingPen
from tables import settled, table

from desktop import saves
from desktop.app import App
from desktop.pen import ink
from desktop.scale import Scale
from desktop.screen import FormScreen
from desktop.settings import Settings
from desktop.table import Answer, Table
from desktop.theme import COLOURS, SURFACES, contrast

SIZES = [(1280, 720, 1.0), (1600, 900, 1.0), (1600, 900, 2.0), (3840, 2160, 1.0)]
SHORT = ("orders", "orders of the end", "sources")
"""Screens that shorten names in a small chart or a list; the lever, or the row that is chosen, tells them whole."""
ENDED = ("debrief", "map of the end", "orders of the end")


@pytest.fixture(autouse=True)
def quick_and_own(tmp_path, monkeypatch, little_luck):
    """Saves go to a folder of the test, and an ending is worked out with little luck."""
    monkeypatch.setattr(saves, "folder", lambda: tmp_path / "saves")


@pytest.fixture(scope="module")
def two():
    """A game, and the same when it is over."""
    both = table("washington", 4), table("washington", 12)
    yield both
    for one in both:
        one.close()


def texts_of(name, two, pen, size):
    """What a screen at rest writes, and what lies over what."""
    surface = pygame.Surface(size[:2])
    pen.forget()
    pen.pictures.clear()
    screen = SCREENS[name](*two)
    settled(screen, two[name in ENDED], surface, pen)
    pen.forget(surface)
    screen.draw(surface, pen)
    return [one for texts in pen.written.values() for one in texts]


def is_legible(colour) -> bool:
    """Whether a colour stands out from every dark surface, or from the ivory and the channels that dark letters stand on."""
    dark = all(contrast(colour, COLOURS[surface]) >= 4.5 for surface in SURFACES)
    return dark or contrast(colour, COLOURS["ivory"]) >= 4.5


@pytest.mark.parametrize("size", SIZES)
def test_every_text_is_large_legible_whole_inside_and_apart_from_others(size, two, type_, pen):
    wrong = []
    for name in SCREENS:
        eye = RememberingPen(Scale(*size), type_, pen.words)
        texts = texts_of(name, two, eye, size)
        assert texts, name
        wrong += [(name, "small", one.text) for one in texts if one.size < 12]
        wrong += [(name, "outside", one.text) for one in texts if not one.window.inflate(4, 4).contains(one.box)]
        wrong += [(name, "over another", pair) for pair in eye.overlaps()]
        if size == SIZES[1] and name not in SHORT:
            said = pen.words.texts.values()
            cut = [one.text for one in texts if one.text.endswith("…") and not any(one.text in text for text in said)]
            wrong += [(name, "cut", text) for text in cut]
        wrong += [(name, "pale", one.text) for one in texts if not is_legible(ink(one.colour))]
    assert not wrong, wrong


class Sitting:
    """A person with no mouse before one screen; what they set going never reaches the next control."""

    def __init__(self, name: str, over) -> None:
        self.name, self.ended = name, over
        self.table = table("washington", 1)
        self.known: dict[str, Answer] = {}
        self.begin()

    def begin(self) -> None:
        """The screen anew, over another; a finished game at a fresh table."""
        over = Table(self.ended.model, self.ended.people, self.ended.scenario)
        over.answers.update(self.ended.answers)
        self.screen = SCREENS[self.name](self.table, over)
        self.app = App(FormScreen(), Settings(reduced_motion=True))
        self.app.screens.append(self.screen)
        for _ in range(REST):
            self.app.frame([], 0.01)
            for answer in list(getattr(self.screen, "table", over).answers.values()):
                answer.work.exception()
        if getattr(self.screen, "table", None) is self.table and not self.known:
            self.known = dict(self.table.answers)

    @property
    def focus(self):
        return self.screen.form.focus

    def tab(self, mod: int = 0):
        """The control that Tab comes to, or Shift and Tab."""
        self.app.frame([key(pygame.K_TAB, mod)], 0.01)
        return self.focus

    def walked(self, mod: int = 0) -> list[str]:
        """All controls in the order of Tab, once round."""
        names = [self.tab(mod)]
        while (name := self.tab(mod)) != names[0]:
            assert len(names) < 300, names
            names.append(name)
        return names

    def picture(self) -> pygame.Surface:
        """The screen as it is drawn now."""
        surface = pygame.Surface((1600, 900))
        self.screen.draw(surface, self.app.pen)
        return surface

    def ring(self) -> bool:
        """Whether the control with the keyboard looks otherwise than without it, in or round its box."""
        form, rect = self.screen.form, self.screen.form.rects[self.focus].inflate(32, 32)
        seen = self.picture()
        self.screen.form = form.focused(None)
        unseen = self.picture()
        self.screen.form = form
        rect = rect.clip(seen.get_rect())
        return pygame.image.tobytes(seen.subsurface(rect), "RGB") != pygame.image.tobytes(
            unseen.subsurface(rect), "RGB"
        )

    def use(self, name: str) -> None:
        """Keys on a control; whatever opens is closed again, whatever begins is left."""
        for code in KEYS:
            self.screen.form = self.screen.form.focused(name)
            self.app.hear(key(code))
            if getattr(self.screen, "modal", None):
                self.app.hear(key(pygame.K_ESCAPE))
            if not self.app.is_open or self.screen not in self.app.screens:
                if getattr(self.screen, "table", None) is self.table:
                    self.table = table("washington", 1)
                    self.table.answers.update(self.known)
                self.begin()
            self.app.screens[1:], self.app.leaving = [self.screen], None
        self.app.frame([], 0.01)


def from_first(names: list[str]) -> list[str]:
    """A round of names, begun at the first of the alphabet."""
    at = names.index(min(names))
    return names[at:] + names[:at]


KEYS = (pygame.K_RIGHT, pygame.K_DOWN, pygame.K_RETURN)
LEFT_OUT = ("help", "film", "map of the end", "orders of the end")
"""Where any key at all goes on, and what has the controls of another screen."""
REST = 4
"""Frames in which a screen comes to rest, with every answer in."""


@pytest.mark.parametrize("name", [name for name in SCREENS if name not in LEFT_OUT])
def test_every_control_is_reached_ringed_and_used_by_the_keyboard_alone(name, two, display):
    person = Sitting(name, two[1])
    walked = person.walked()
    assert set(person.screen.form.rects) <= set(walked)
    assert from_first(person.walked(pygame.KMOD_SHIFT)[::-1]) == from_first(walked)
    ringed = set()
    for _ in walked:
        one = person.tab()
        kind = type(person.screen.form[one])
        if kind not in ringed and one in person.screen.form.rects:
            ringed.add(kind)
            assert person.ring(), one
        person.use(one)
