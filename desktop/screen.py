"""What a screen is to the window, and a screen made of a form, which most are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pygame

from desktop.kit import Action, Control, Form, Modal, Tip
from desktop.pen import Pen
from desktop.scale import Scale


@dataclass(frozen=True)
class Push:
    """Open a screen over this one; Escape comes back."""

    screen: "Screen"


@dataclass(frozen=True)
class Replace:
    """Put a screen in place of this one."""

    screen: "Screen"


@dataclass(frozen=True)
class Pop:
    """Close this screen; the last one closes the game."""


@dataclass(frozen=True)
class Quit:
    """Close the game."""


@dataclass(frozen=True)
class Say:
    """Say a sentence at the foot of the window."""

    text: str


@dataclass(frozen=True)
class Begin:
    """Put a screen in place of all that are open."""

    screen: "Screen"


@dataclass(frozen=True)
class Set:
    """Change settings of the window, by name."""

    values: Mapping[str, object]


Move = Push | Replace | Pop | Quit | Say | Begin | Set
STAY: tuple[Move, ...] = ()


class Screen(Protocol):
    """A screen: it hears events, lets time pass and draws itself; what should happen next it says as moves."""

    title: str
    lies_over: bool
    """Whether the screen below shows round it, darker."""

    def keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys, each with what it does, for the help."""

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """What the help lists: its own keys and those that it shares; texts, or names of words."""

    def hears(self, event: pygame.event.Event) -> bool:
        """Whether it wants a key for itself that the window would take (Escape, +, -, M, ?): in a text field, say."""

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """What happens at an event."""

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """What happens as `dt` seconds pass."""

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the whole window."""


class FormScreen:
    """A screen made of controls. A subclass gives `controls`, `layout`, `paint`, and `act` for what controls do.

    The order of hearing: an open question (`modal`), the focused control, `shortcut`, the other controls.
    """

    title = ""
    lies_over = False
    """Whether the screen below shows round it, darker."""
    starts_on: str | None = None
    """The control that hears keys when the screen opens."""

    def __init__(self) -> None:
        self.form = Form(focus=self.starts_on)
        self.tip = Tip()
        self.modal: Modal | None = None
        self.laid_for: Scale | None = None

    # For a subclass

    def controls(self) -> Sequence[Control]:
        """The controls, once, when the screen opens; later ones through `self.form.with_control`."""
        return ()

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """A box for every control that is shown."""
        return {}

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws what lies under the controls."""

    def paint_over(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws what lies over the controls: tooltips."""

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """What happens when a control did something; an answered question comes as kind "answer"."""
        return STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """What a key does on this screen, or None where it is none of its keys."""
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys, each with what it does, for the help."""
        return ()

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """What the help lists: its own keys and those that it shares; texts, or names of words."""
        return self.keys()

    # The screen

    def relaid(self) -> None:
        """Has the boxes of the controls measured again before the next event or drawing."""
        self.laid_for = None

    def ready(self, pen: Pen) -> None:
        """Makes the form at first, and lays it out where the scale changed."""
        if not self.form.controls:
            self.form = Form.of(self.controls(), focus=self.form.focus)
        if self.laid_for != pen.scale:
            boxes = self.layout(pen)
            self.form = self.form.placed(boxes)
            self.laid_for = pen.scale
        if self.modal:
            self.modal = self.modal.placed(pen)

    def hears(self, event: pygame.event.Event) -> bool:
        """Keys go to an open question, and to a field that is being written in."""
        return self.modal is not None or self.form.hears(event)

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """What happens at an event."""
        self.ready(pen)
        if self.modal:
            self.modal, did = self.modal.handle(event)
            if any(action.kind == "answer" for action in did):
                self.modal = None
            return self.acted(did, pen)
        if event.type == pygame.KEYDOWN and not self.form.hears(event):
            moves = self.shortcut(event, pen)
            if moves is not None:
                return moves
        self.form, did = self.form.handle(event)
        return self.acted(did, pen)

    def acted(self, did: Sequence[Action], pen: Pen) -> Sequence[Move]:
        """What follows from everything the controls did."""
        return [move for action in did for move in self.act(action, pen)]

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lets the tooltip ripen under the pointer, or on the control that the keyboard rests on, and controls warm."""
        self.form = self.form.after(dt, pen.still)
        if self.modal:
            self.modal = replace(self.modal, form=self.modal.form.after(dt, pen.still))
        resting = self.form.hovered() or (self.form.focus if self.form.by_keys else None)
        self.tip = self.tip.after(resting, dt)
        return STAY

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the whole window."""
        self.ready(pen)
        self.paint(surface, pen)
        self.form.draw(surface, pen)
        self.paint_over(surface, pen)
        if self.modal:
            self.modal.draw(surface, pen)
