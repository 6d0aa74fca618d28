"""The window: its clock, its events, the stack of screens, the keys that work everywhere, what is remembered of it."""

import os
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pygame

from desktop import settings as store
from desktop.caption import caption_of
from desktop.display_lost import Guard
from desktop.help import draw_help
from desktop.kit import Toasts
from desktop.motion import eased
from desktop.pen import Pen
from desktop.scale import SMALLEST_WINDOW, Scale
from desktop.screen import Begin, Move, Pop, Push, Quit, Replace, Say, Screen, Set
from desktop.settings import Settings
from desktop.sounds import Moment, Sounds, due, moment
from desktop.text import FontError, Typesetter
from desktop.theme import COLOURS, SECONDS
from play.words import Words, WordsError, read

FRAMES = 60
UNSEEN = ("offscreen", "dummy")
"""Drivers on which nobody sees anything; SDL falls back to them by itself where there is no display."""
SLIDE = 8
VEIL = 165
"""How far the ink over a screen that another lies over hides it, of 255."""


class NoDisplay(ValueError):
    """There is nothing to open a window on."""


class App:
    """A window on a stack of screens. `frame` is one turn of the loop; `run` turns it until the game is closed."""

    def __init__(
        self,
        screen: Screen,
        settings: Settings | None = None,
        kept_in: Path | None = None,
        home: Callable[[], Screen] | None = None,
    ) -> None:
        """Opens the window. Settings given are used and, where `kept_in` is a file, kept there; a file alone is read.

        `home` makes the screen to return to where another fails in a way that nobody foresaw.
        """
        said = ""
        if settings is None:
            settings, said = store.read(kept_in) if kept_in else (Settings(), "")
        self.settings = settings
        self.kept_in = kept_in
        self.home = home
        self.at_home: Screen | None = None
        self.words, told = worded(settings.language)
        said = said or told
        self.caption = ""
        self.surface = self.opened()
        self.type = Typesetter()
        self.type.check()
        self.pen = self.new_pen()
        self.screens: list[Screen] = [screen]
        self.toasts = Toasts().with_text(said, 6.0)
        self.shows_help = False
        self.shortcut = ""
        """The letter of the last key that no field heard."""
        self.is_open = True
        self.leaving: pygame.Surface | None = None
        self.left_for = 0.0
        self.sounds = Sounds()
        self.refusals = 0
        self.heard = Moment()
        self.beneath: tuple[Screen | None, Pen, pygame.Surface] | None = None
        """What lies under the screen on top, and for which screen and pen it was drawn."""
        self.clock = pygame.time.Clock()

    # The window

    def opened(self) -> pygame.Surface:
        """The surface of a window as the settings say; raises NoDisplay with a sentence."""
        try:
            if not pygame.display.get_init():
                pygame.display.init()
            flags = pygame.FULLSCREEN if self.settings.fullscreen else pygame.RESIZABLE
            size = (0, 0) if self.settings.fullscreen else (self.settings.width, self.settings.height)
            surface = pygame.display.set_mode(size, flags)
        except pygame.error as error:
            raise NoDisplay(self.words("app.no_display", reason=str(error))) from None
        if pygame.display.get_driver() in UNSEEN and not os.environ.get("SDL_VIDEODRIVER"):
            pygame.display.quit()
            raise NoDisplay(self.words("app.no_display", reason=self.words("app.no_screen")))
        pygame.display.set_caption(self.caption or self.words("app.title"))
        pygame.key.set_repeat(350, 45)
        if not self.settings.fullscreen and pygame.display.get_driver() != "dummy":
            keep_large_enough()
        return surface

    def new_pen(self) -> Pen:
        """A pen for the window as it is; the type already set is kept."""
        wide, tall = self.surface.get_size()
        scale = Scale(wide, tall, self.settings.interface)
        return Pen(scale, self.type, self.words, self.settings.reduced_motion, self.settings)

    def changed(self, **values: object) -> None:
        """Changes settings, and keeps them; says so once where they cannot be kept."""
        self.settings = replace(self.settings, **values)  # type: ignore[arg-type]
        if self.kept_in:
            self.toasts = self.toasts.with_text(store.write(self.settings, self.kept_in), 6.0)

    def resized(self) -> None:
        """Follows the window's new size."""
        surface = pygame.display.get_surface()
        if surface is not None:
            self.surface = surface
        self.leaving = None
        self.pen = self.new_pen()
        wide, tall = self.surface.get_size()
        if not self.settings.fullscreen and (wide, tall) != (self.settings.width, self.settings.height):
            self.settings = replace(self.settings, width=wide, height=tall)

    def scaled(self, by: int) -> None:
        """Steps the interface scale up or down."""
        scale = self.pen.scale.stepped(by)
        self.changed(interface=scale.interface)
        self.pen = self.new_pen()
        percent = round(scale.interface * 100)
        self.toasts = self.toasts.with_text(self.words("app.scale", percent=percent), SECONDS["tick"])

    # The loop

    @property
    def screen(self) -> Screen:
        """The screen on top."""
        return self.screens[-1]

    def frame(self, events: Sequence[pygame.event.Event], dt: float) -> None:
        """One turn: events, time, drawing. A fault that nobody foresaw is said, and leads home."""
        try:
            self.turn(events, dt)
        except (pygame.error, MemoryError):
            raise
        except Exception as fault:
            if self.home is None or self.screen is self.at_home:
                raise
            self.recover(fault)

    def recover(self, fault: Exception) -> None:
        """Says what went wrong, keeps what can be kept, and goes home."""
        assert self.home is not None
        if not isinstance(fault, WordsError | FontError):
            traceback.print_exception(fault)
        said = self.words("app.trouble", screen=self.screen.title or "a screen", reason=str(fault) or repr(fault))
        self.leave_tables()
        self.at_home = self.home()
        self.screens = [self.at_home]
        self.leaving = None
        self.toasts = self.toasts.with_text(said, 15.0)

    def leave_tables(self) -> None:
        """Has every screen let go of what it holds: games are kept."""
        for screen in self.screens:
            let_go = getattr(screen, "let_go", None)
            if let_go is not None:
                let_go()

    def turn(self, events: Sequence[pygame.event.Event], dt: float) -> None:
        """One turn of the loop."""
        for event in events:
            if self.is_open:
                self.hear(event)
        if not self.is_open:
            return
        if not self.pen.scale.is_too_small:
            try:
                self.move(self.screen.update(dt, self.pen))
            except ValueError as refusal:
                self.refuse(refusal)
        self.toasts = self.toasts.after(dt)
        if self.is_open:
            self.sound()
            self.draw(dt)
            self.name()

    def name(self) -> None:
        """Says in the window's title what is open."""
        said = caption_of(self.screens, self.words)
        if said and said != self.caption:
            self.caption = said
            pygame.display.set_caption(said)

    def refuse(self, refusal: ValueError) -> None:
        """Says why something cannot be done."""
        self.refusals += 1
        self.toasts = self.toasts.with_text(str(refusal), 6.0)

    def sound(self) -> None:
        """Lets what has just come to be shown be heard, where the player wants that."""
        if not self.settings.volume:
            return
        now = moment(self.screen, self.refusals, self.heard)
        if self.heard.screen:
            self.sounds.play(due(self.heard, now), self.settings.volume)
        self.heard = now

    def hear(self, event: pygame.event.Event) -> None:
        """One event: the window's own, then keys that work everywhere, then the screen. A refusal is said, not thrown."""
        if event.type == pygame.QUIT:
            self.close()
        elif event.type in (pygame.VIDEORESIZE, pygame.WINDOWSIZECHANGED):
            self.resized()
        elif self.is_letter_of_shortcut(event):
            return
        elif self.shows_help:
            self.shows_help = not is_closing_help(event)
        elif event.type == pygame.KEYDOWN and not self.screen.hears(event) and self.everywhere(event):
            return
        elif not self.pen.scale.is_too_small:
            try:
                self.move(self.screen.handle(event, self.pen))
            except ValueError as refusal:
                self.refuse(refusal)

    def is_letter_of_shortcut(self, event: pygame.event.Event) -> bool:
        """Whether text is the letter of a key that no field heard: it must not be written where that key led."""
        if event.type == pygame.KEYDOWN:
            self.shortcut = "" if self.screen.hears(event) else getattr(event, "unicode", "")
        return event.type == pygame.TEXTINPUT and bool(event.text) and event.text == self.shortcut

    def everywhere(self, event: pygame.event.Event) -> bool:
        """Does what a key does on every screen; whether it was such a key."""
        typed = getattr(event, "unicode", "")
        if typed == "?" or event.key == pygame.K_F1:
            self.shows_help = True
        elif typed == "+" or event.key in (pygame.K_PLUS, pygame.K_KP_PLUS):
            self.scaled(1)
        elif typed == "-" or event.key in (pygame.K_MINUS, pygame.K_KP_MINUS):
            self.scaled(-1)
        elif event.key == pygame.K_m:
            self.set({"reduced_motion": not self.settings.reduced_motion})
            word = "app.motion_off" if self.settings.reduced_motion else "app.motion_on"
            self.toasts = self.toasts.with_text(self.words(word), SECONDS["tick"])
        elif event.key == pygame.K_F11:
            self.set({"fullscreen": not self.settings.fullscreen})
        elif event.key == pygame.K_ESCAPE and len(self.screens) > 1:
            self.move([Pop()])
        else:
            return False
        return True

    def move(self, moves: Sequence[Move]) -> None:
        """Does what a screen asked for."""
        for move in moves:
            match move:
                case Quit():
                    self.close()
                case Say(text):
                    self.toasts = self.toasts.with_text(text)
                case Push(screen):
                    self.leave()
                    self.screens.append(screen)
                case Replace(screen):
                    self.leave()
                    self.screens[-1] = screen
                case Begin(screen):
                    self.leave()
                    self.screens = [screen]
                case Set(values):
                    self.set(dict(values))
                case Pop():
                    self.leave()
                    self.screens.pop()
                    if not self.screens:
                        self.close()

    def set(self, values: dict[str, object]) -> None:
        """Changes settings and follows them at once."""
        before = self.settings
        self.changed(**values)
        if self.settings.language != before.language:
            self.words, _ = worded(self.settings.language)
        if self.settings.fullscreen != before.fullscreen:
            self.surface = self.opened()
        self.resized()

    def leave(self) -> None:
        """Keeps the picture of the screen that is left, to fade it."""
        self.leaving = self.surface.copy()
        self.left_for = 0.0

    def draw(self, dt: float) -> None:
        """Draws the screen on top, what fades over it, the help, and what is said."""
        if self.pen.scale.is_too_small:
            self.draw_too_small()
            return
        self.draw_beneath()
        self.screen.draw(self.surface, self.pen)
        if self.leaving:
            self.left_for += dt
            share = eased(self.left_for / SECONDS["panel"])
            self.leaving.set_alpha(round(255 * (1 - share)))
            self.surface.blit(self.leaving, (0 if self.pen.still else round(-SLIDE * share), 0))
            if share >= 1:
                self.leaving = None
        if self.shows_help:
            draw_help(self.surface, self.pen, self.screen.title, self.screen.help_keys())
        self.toasts.draw(self.surface, self.pen)

    def draw_beneath(self) -> None:
        """The screen that the one on top lies over, darker; it is drawn once and then kept."""
        if not self.screen.lies_over:
            self.beneath = None
            return
        below = next((screen for screen in reversed(self.screens[:-1]) if not screen.lies_over), None)
        if self.beneath is None or self.beneath[0] is not below or self.beneath[1] is not self.pen:
            self.beneath = below, self.pen, self.darkened(below)
        self.surface.blit(self.beneath[2], (0, 0))

    def darkened(self, screen: Screen | None) -> pygame.Surface:
        """The picture of a screen with ink over it."""
        picture, veil = (pygame.Surface(self.surface.get_size()) for _ in range(2))
        if screen is not None:
            screen.draw(picture, self.pen)
        veil.fill(COLOURS["ink"])
        veil.set_alpha(VEIL)
        picture.blit(veil, (0, 0))
        return picture

    def draw_too_small(self) -> None:
        """A sentence instead of the game."""
        self.surface.fill(COLOURS["panel"])
        wide, tall = self.surface.get_size()
        least = {"least_width": SMALLEST_WINDOW[0], "least_height": SMALLEST_WINDOW[1]}
        text = self.words("app.too_small", width=wide, height=tall, **least)
        most = max(60, wide - 40)
        lines = len(self.pen.lines(text, most, "body")) * self.pen.line("body")
        self.pen.paragraph(self.surface, text, (20, max(4, (tall - lines) // 2)), most, "body", "t1")

    def close(self) -> None:
        """Ends the loop, and keeps the games and the settings."""
        self.is_open = False
        self.sounds.close()
        self.leave_tables()
        if self.kept_in:
            store.write(self.settings, self.kept_in)

    def run(self) -> None:
        """Turns the loop until the game is closed; raises NoDisplay where the display is lost."""
        self.guard = Guard(self.close, self.words("app.display_lost"))
        try:
            while self.is_open:
                dt = min(0.1, self.clock.tick(FRAMES) / 1000)
                self.frame(pygame.event.get(), dt)
                if self.is_open:
                    pygame.display.flip()
        except pygame.error as error:
            self.close()
            raise NoDisplay(self.words("app.no_display", reason=str(error))) from None
        finally:
            pygame.display.quit()


def worded(language: str) -> tuple[Words, str]:
    """The wording of a language, or the usual one with a sentence; raises WordsError where that cannot be read either."""
    usual = Settings().language
    try:
        return read(language), ""
    except WordsError as error:
        if language == usual:
            raise
        return read(usual), f"Your settings ask for another language: {error}."


def keep_large_enough() -> None:
    """Has the window manager keep the window at its least size, where this pygame can ask for that."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        find = getattr(pygame.Window, "from_display_module", None)
        if find is not None:
            find().minimum_size = SMALLEST_WINDOW


def is_closing_help(event: pygame.event.Event) -> bool:
    """Whether an event closes the help: Escape, ?, Enter, or a click."""
    if event.type == pygame.MOUSEBUTTONDOWN:
        return True
    if event.type != pygame.KEYDOWN:
        return False
    closing = (pygame.K_ESCAPE, pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_F1)
    return event.key in closing or getattr(event, "unicode", "") == "?"
