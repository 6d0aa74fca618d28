"""The tutorial: a first game led step by step inside the game's own screens, by doing.

A `TutorialGuide` knows at which step a person is and whether it is done; `Guided` is a screen round another one that shows
the guide's card over it and hands everything else through. Steps are data: `assets/tutorial.toml` and the words.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pygame

from desktop.kit import Form, Tabs
from desktop.pen import Pen
from desktop.screen import Move, Push, Replace, Screen
from desktop.screens.game import TABS
from desktop.table import Table
from desktop.tutorial_card import Card, draw_card, laid
from play.dials import book_of
from play.glossary import Term, glossary

STEPS = Path(__file__).resolve().parents[1] / "assets" / "tutorial.toml"
SCENARIO = "tutorial"
"""The scenario that is led."""
BY_ITSELF = ("screen", "opened", "ended", "over")
"""Things done after which the card goes on without being asked."""
PANEL = 470
"""Width of the right panel of the orders and of the debrief."""
DIAL = "dial:"
"""How the orders name the control of a dial, before its row."""


class TutorialError(ValueError):
    """What is wrong with the file of steps, in a sentence."""


@dataclass(frozen=True)
class Step:
    """One step: where it is shown, what it points at, and when it is done."""

    name: str
    screen: str
    turn: int
    look: tuple[str, ...]
    done: str
    terms: tuple[str, ...] = ()


def steps(path: Path = STEPS) -> tuple[Step, ...]:
    """The steps in their order; raises TutorialError."""
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
        return tuple(
            Step(s["name"], s["screen"], s["turn"], tuple(s["look"]), s["done"], tuple(s["terms"]))
            for s in tree["step"]
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise TutorialError(f"assets/{path.name} cannot be read ({error}); take it anew from the game") from None


class Playing(Protocol):
    """What a guide needs of a screen: its name, its table, its controls."""

    name: str
    table: Table
    form: Form


@dataclass
class TutorialGuide:
    """Where a person is in the tutorial of one table."""

    table: Table
    steps: tuple[Step, ...] = field(default_factory=steps)
    at: int = 0
    is_open: bool = True
    is_finished: bool = False
    was_done: bool = False
    """Whether what the step asks for has been done since it began."""

    def __post_init__(self) -> None:
        self.catch_up()

    # Where it is

    @property
    def step(self) -> Step:
        """The step at which the person is."""
        return self.steps[self.at]

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words of the field that are met here for the first time."""
        known = {term.key: term for term in glossary()}
        return tuple(known[key] for key in self.step.terms)

    def catch_up(self) -> None:
        """Goes on to the first step of a quarter that the game has reached; a step that waits for the quarter is passed."""
        if self.step.turn < self.table.turn:
            found = [n for n, step in enumerate(self.steps) if step.turn >= self.table.turn]
            self.go_to(found[0] if found else len(self.steps) - 1)

    def go_to(self, at: int) -> None:
        """Goes to a step."""
        self.at, self.was_done = at, False

    def go_on(self) -> None:
        """To the next step; past the last one the tutorial is over."""
        if self.at + 1 < len(self.steps):
            self.go_to(self.at + 1)
        else:
            self.is_finished = True

    def go_back(self) -> None:
        """To the step before, as long as it belongs to the same quarter."""
        if self.at and self.steps[self.at - 1].turn == self.step.turn:
            self.go_to(self.at - 1)

    # What was done

    def is_here(self, screen: Playing) -> bool:
        """Whether the step belongs on a screen."""
        return not self.step.screen or self.step.screen == screen.name

    def is_done(self, screen: Playing) -> bool:
        """Whether what the step asks for holds now."""
        what, _, more = self.step.done.partition(":")
        if what == "screen":
            return screen.name == more
        if what == "moved":
            return self.row(more) in self.table.sitting.settings
        if what == "previewed":
            answer = self.table.answers.get("preview")
            mine = answer is not None and tuple(answer.key[:3]) == self.table.draft_key
            return bool(self.table.sitting.draft) and mine and answer is not None and answer.is_there
        if what == "ended":
            return self.table.turn >= int(more)
        return self.table.is_over if what == "over" else what == "next"

    def heard(self, moves: Sequence[Move], screen: Playing) -> None:
        """Takes note of what a screen did: screens that it opened, dials that it moved, a quarter that has passed."""
        what, _, more = self.step.done.partition(":")
        if what == "opened":
            self.was_done |= any(isinstance(move, Push) and kind_of(move.screen) == more for move in moves)
        elif self.is_here(screen):
            self.was_done |= self.is_done(screen)
        if self.was_done and what in BY_ITSELF:
            self.go_on()
        self.catch_up()

    def row(self, dial: str) -> int:
        """The row of a dial of the seat, by its name without the seat; raises TutorialError."""
        label = f"{self.table.seat}.{dial}"
        dials = book_of(self.table.model.cast).dials
        found = next((row for row, one in enumerate(dials) if one.label == label), None)
        if found is None:
            raise TutorialError(f"assets/{STEPS.name}: there is no dial {label}; name one of its orders")
        return found

    # What it shows

    def target(self, screen: Playing, pen: Pen) -> pygame.Rect | None:
        """What the ring goes round on a screen: the first thing of the step that is there, or the way to its screen."""
        looks = self.step.look if self.is_here(screen) else (f"tab:{TABS.index(self.step.screen)}",)
        return next((rect for look in looks if (rect := self.box(look, screen, pen)) is not None), None)

    def box(self, look: str, screen: Playing, pen: Pen) -> pygame.Rect | None:
        """The box of a thing on a screen, or None where it is not there."""
        what, _, more = look.partition(":")
        rects = screen.form.rects
        if what == "tab":
            tabs = screen.form.controls.get("tabs")
            return tabs.cells(rects["tabs"])[int(more)] if isinstance(tabs, Tabs) and "tabs" in rects else None
        if what == "dial":
            found = [rects.get(f"{DIAL}{self.row(dial)}") for dial in more.split("+")]
            boxes = [rect for rect in found if rect is not None]
            return boxes[0].unionall(boxes[1:]) if len(boxes) == len(found) else None
        if what == "area":
            side, panel = pen.scale.side_panel(), pen.scale.side_panel(PANEL)
            areas = {"side": side, "panel": panel, "main": pen.scale.main_area(PANEL)}
            return areas[more]
        return rects.get(more if what == "control" else look)

    def card(self, screen: Playing, pen: Pen) -> Card:
        """The words of the step on a screen."""
        words, name = pen.words, f"tutorial.{self.step.name}"
        here = self.is_here(screen)
        doing = words(f"{name}.do")
        if not here:
            tab = self.step.screen
            doing = words("tutorial.go", key=TABS.index(tab) + 1, screen=words(f"bar.{tab}"))
        last = self.at + 1 == len(self.steps)
        return Card(
            words("tutorial.count", at=self.at + 1, of=len(self.steps)),
            words(f"{name}.title"),
            words(f"{name}.text") if here else "",
            doing,
            tuple((term.name[:1].upper() + term.name[1:], term.text) for term in self.terms) if here else (),
            self.was_done and self.step.done != "next",
            words("tutorial.finish" if last else "tutorial.next") if self.was_done else "",
            words("tutorial.back") if self.at and self.steps[self.at - 1].turn == self.step.turn else "",
        )


def kind_of(screen: object) -> str:
    """The name by which a screen is opened: that of its module, or that of the page that stands in for it."""
    module = type(screen).__module__.rpartition(".")[2]
    return str(getattr(screen, "name", "")) if module == "plain" else module


class Guided:
    """A screen with the card of a guide over it. Screens that take its place are guided too; those over it are not."""

    def __init__(self, screen: Any, guide: TutorialGuide) -> None:
        self.screen = screen
        self.guide = guide
        self.title: str = screen.title
        self.pressed = ""
        self.brought = ""
        """The step whose lever was brought into sight here."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self.screen, name)

    def keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the screen inside."""
        found: Sequence[tuple[str, str]] = self.screen.keys()
        return found

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of the screen inside, and those of the card."""
        own = (("N", "tutorial.keys_next"), ("B", "tutorial.keys_back"), ("T", "tutorial.keys_close"))
        return (*self.screen.help_keys(), *own)

    def hears(self, event: pygame.event.Event) -> bool:
        """Whether the screen inside wants a key for itself."""
        return bool(self.screen.hears(event))

    @property
    def is_shown(self) -> bool:
        """Whether the card, or what brings it back, may be shown: on screens of the game, while nothing is asked there."""
        return not self.guide.is_finished and getattr(self.screen, "name", "") in TABS and not self.screen.modal

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """The card hears first, then the screen."""
        if self.is_shown and self.card_hears(event, pen):
            return ()
        return self.after(self.screen.handle(event, pen))

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lets time pass for the screen, and sees whether the step is done."""
        moves = self.after(self.screen.update(dt, pen))
        self.bring(pen)
        return moves

    def bring(self, pen: Pen) -> None:
        """Brings the lever that a step is about into sight, once, with the keyboard on it."""
        guide, (what, _, dial) = self.guide, self.guide.step.done.partition(":")
        if what != "moved" or self.brought == guide.step.name or not self.is_shown or not guide.is_here(self.screen):
            return
        self.brought = guide.step.name
        self.screen.go_to(dial.partition(".")[0], pen)
        name = f"{DIAL}{guide.row(dial)}"
        if name in self.screen.form.controls:
            self.screen.form = self.screen.form.focused(name, by_keys=False)

    def after(self, moves: Sequence[Move]) -> Sequence[Move]:
        """The moves of the screen, those that put another screen of this game in its place guided."""
        if getattr(self.screen, "name", "") in TABS and not self.guide.is_finished:
            self.guide.heard(moves, self.screen)
        return [
            Replace(Guided(move.screen, self.guide))
            if isinstance(move, Replace) and getattr(move.screen, "table", None) is self.guide.table
            else move
            for move in moves
        ]

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the screen, and the card over it."""
        self.screen.draw(surface, pen)
        if self.is_shown:
            self.paint(surface, pen)

    # The card

    def places(self, pen: Pen) -> dict[str, pygame.Rect]:
        """Where the card and its buttons lie; only what brings it back where it is put away."""
        target = self.guide.target(self.screen, pen)
        card = self.guide.card(self.screen, pen) if self.guide.is_open else None
        return laid(card, target, pen)

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the ring and the card."""
        guide = self.guide
        card = guide.card(self.screen, pen) if guide.is_open else None
        target = guide.target(self.screen, pen) if guide.is_open else None
        draw_card(surface, card, target, self.places(pen), self.pressed, pen)

    def card_hears(self, event: pygame.event.Event, pen: Pen) -> bool:
        """What keys and the pointer do on the card; whether the event was for it."""
        if event.type == pygame.KEYDOWN and not self.screen.form.hears(event) and not self.is_writing():
            return self.pressed_key(event)
        if event.type not in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEWHEEL):
            return False
        at = getattr(event, "pos", None) or pygame.mouse.get_pos()
        places = self.places(pen)
        hit = next((name for name, rect in places.items() if name != "card" and rect.collidepoint(at)), "")
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.pressed = hit
        elif event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self.pressed:
            pressed, self.pressed = self.pressed, ""
            if hit == pressed:
                self.do(pressed)
            return True
        return any(rect.collidepoint(at) for rect in places.values())

    def is_writing(self) -> bool:
        """Whether letters go into a field of the screen."""
        return bool(self.screen.hears(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_n, mod=0, unicode="n")))

    def pressed_key(self, event: pygame.event.Event) -> bool:
        """What a key does on the card; whether it was one of its keys."""
        names = {pygame.K_n: "next", pygame.K_b: "back", pygame.K_t: "close" if self.guide.is_open else "reopen"}
        name = names.get(event.key, "")
        if not name or (name in ("next", "back") and not self.guide.is_open):
            return False
        self.do(name)
        return True

    def do(self, name: str) -> None:
        """What a button of the card does."""
        guide = self.guide
        if name == "next":
            guide.heard((), self.screen)
            if guide.was_done:
                guide.go_on()
        elif name == "back":
            guide.go_back()
        else:
            guide.is_open = name == "reopen"


def led(screen: Screen, table: Table) -> Screen:
    """The first screen of a game: with the guide over it where it is the tutorial, from the step that fits its quarter on."""
    return Guided(screen, TutorialGuide(table)) if table.model.story.name == SCENARIO else screen
