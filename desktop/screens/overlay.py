"""Overlays: frames that interrupt a screen - the screen under them shows, darker - and what those about a figure share."""

from collections.abc import Sequence

import pygame

from desktop.kit import Action, Button, draw_empty
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop, Push, Replace
from desktop.screens.figure_words import sentence
from desktop.screens.opening import opened
from desktop.table import Answer, Table
from play.asking import CannotAsk
from play.quantities import UnknownQuantity


def frame_of(pen: Pen, wide: float, tall: int | None = None) -> pygame.Rect:
    """A frame in the middle of the window, as large as it may be within margins; `tall` in pixels of the window."""
    width, height = pen.scale.width, pen.scale.height
    rect = pygame.Rect(
        0, 0, min(pen.px(wide), width - pen.px(32)), min(pen.px(760) if tall is None else tall, height - pen.px(32))
    )
    rect.center = (width // 2, height // 2)
    return rect


def draw_overlay(surface: pygame.Surface, frame: pygame.Rect, pen: Pen) -> None:
    """The frame with its edge; what lies under it is drawn by the window."""
    pen.box(surface, frame, "side", "edge")


class FigureOverlay(FormScreen):
    """What is told of one figure: worked out beside the drawing; a button leads to the other overlay, one back.

    A subclass gives `answer` and `frame`, and names itself and the other one: `own` is its key.
    """

    lies_over = True
    own, other = pygame.K_w, "sources"
    other_key = pygame.K_i

    def __init__(self, table: Table, quantity: str) -> None:
        super().__init__()
        self.table = table
        self.quantity = quantity
        self.shown: Answer | None = None

    @property
    def answer(self) -> Answer:
        """What is asked, worked out beside the drawing."""
        raise NotImplementedError

    @property
    def is_told(self) -> bool:
        """Whether it is worked out, and could be."""
        answer = self.answer
        return answer.is_there and answer.work.exception() is None

    @property
    def wrong(self) -> str:
        """Why nothing can be told, in a sentence, or "" where it can or is not known yet."""
        answer = self.answer
        fault = answer.work.exception() if answer.is_there else None
        if fault is None:
            return ""
        if not isinstance(fault, CannotAsk | UnknownQuantity | LookupError):
            raise fault
        return sentence(str(fault))

    def buttons(self, frame: pygame.Rect, label: str, hint: str, pen: Pen) -> dict[str, pygame.Rect]:
        """The way to the other overlay and the way back, at the foot of the frame."""
        tall = max(pen.scale.target(), pen.px(40))
        close = Button(name="close", label=pen.words("why.close"), kind="primary", hint="Esc")
        other = Button(name="other", label=label, hint=hint)
        self.form = self.form.with_control(close, other)
        wide, more = close.least(pen)[0], other.least(pen)[0]
        bottom = frame.bottom - pen.px(22) - tall
        return {
            "close": pygame.Rect(frame.right - pen.px(28) - wide, bottom, wide, tall),
            "other": pygame.Rect(frame.right - pen.px(40) - wide - more, bottom, more, tall),
        }

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Back, or the other overlay on the same figure."""
        if action.kind != "press":
            return STAY
        return (Pop(),) if action.name == "close" else self.to_other() if action.name == "other" else STAY

    def to_other(self) -> Sequence[Move]:
        """The other overlay on the same figure."""
        return (Replace(opened(self.other, self.table, self.quantity)),)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Its own key closes it; the other one's leads there; G explains words."""
        if event.key == self.own:
            return (Pop(),)
        if event.key == pygame.K_g:
            return (Push(opened("glossary", self.table)),)
        return self.to_other() if event.key == self.other_key else None

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lays all out anew once it is worked out."""
        answer = self.answer
        if answer.is_there and answer is not self.shown:
            self.shown = answer
            self.relaid()
        return super().update(dt, pen)

    def draw_waiting(self, surface: pygame.Surface, frame: pygame.Rect, text: str, pen: Pen) -> None:
        """That it is being worked out, or why it cannot be."""
        box = pygame.Rect(frame.left + pen.px(28), frame.centery - pen.px(30), frame.width - pen.px(56), pen.px(60))
        draw_empty(surface, box, self.wrong or text, pen)
