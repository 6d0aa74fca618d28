"""Figure: a number on a screen that the keyboard can rest on, so that W and I ask about it."""

from dataclasses import dataclass
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control
from desktop.pen import Pen

START = "figure:"


@dataclass(frozen=True, kw_only=True)
class Figure(Control):
    """A box round a figure that the screen itself draws; Enter or a click asks why it changed."""

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self, (Action(self.name, "press"),)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        return self, (Action(self.name, "press"),) if is_enter(event) else NOTHING

    def hears(self, event: pygame.event.Event) -> bool:
        return event.type == pygame.KEYDOWN and is_enter(event)

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if self.hover:
            pen.box(surface, rect.inflate(pen.px(6), pen.px(4)), None, "edge")


def is_enter(event: pygame.event.Event) -> bool:
    """Whether a key is Enter."""
    return event.key in (pygame.K_RETURN, pygame.K_KP_ENTER)


def named(name: str) -> str:
    """The quantity of a figure's control; "" for other controls."""
    return name.removeprefix(START) if name.startswith(START) else ""
