"""A line of text one can write into: search, names."""

from dataclasses import dataclass, replace
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control
from desktop.pen import Pen

MOST_LETTERS = 200


@dataclass(frozen=True, kw_only=True)
class Field(Control):
    """Text and the place of the caret; `label` stands there while it is empty."""

    text: str = ""
    caret: int = 0
    icon: str = "glass"

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        before, after = self.text[: self.caret], self.text[self.caret :]
        places = {
            pygame.K_LEFT: max(0, self.caret - 1),
            pygame.K_RIGHT: min(len(self.text), self.caret + 1),
            pygame.K_HOME: 0,
            pygame.K_END: len(self.text),
        }
        if event.key in places:
            return replace(self, caret=places[event.key]), NOTHING
        if event.key == pygame.K_BACKSPACE and before:
            return self.to(before[:-1] + after, self.caret - 1)
        if event.key == pygame.K_DELETE and after:
            return self.to(before + after[1:], self.caret)
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self, (Action(self.name, "confirm", self.text),)
        if event.key == pygame.K_ESCAPE and self.text:
            return self.to("", 0)
        return self, NOTHING

    def typed(self, text: str) -> tuple[Self, tuple[Action, ...]]:
        clean = "".join(letter for letter in text if letter.isprintable())[: MOST_LETTERS - len(self.text)]
        if not clean:
            return self, NOTHING
        return self.to(self.text[: self.caret] + clean + self.text[self.caret :], self.caret + len(clean))

    def to(self, text: str, caret: int) -> tuple[Self, tuple[Action, ...]]:
        """The field with another text."""
        return replace(self, text=text, caret=caret), (Action(self.name, "change", text),)

    def hears(self, event: pygame.event.Event) -> bool:
        if event.type != pygame.KEYDOWN:
            return event.type == pygame.TEXTINPUT
        if event.key == pygame.K_ESCAPE:
            return bool(self.text)
        return (
            event.key not in (pygame.K_TAB, pygame.K_UP, pygame.K_DOWN) and not pygame.K_F1 <= event.key <= pygame.K_F12
        )

    def least(self, pen: Pen) -> tuple[int, int]:
        return pen.px(180), max(pen.scale.target(), pen.px(34))

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        edge = "hair" if self.is_off else self.between("edge", "t3")
        pen.box(surface, rect, "ink", edge)
        left = rect.left + pen.px(10)
        if self.icon:
            pen.icon(surface, self.icon, (left + pen.px(6), rect.centery), 6, "t3")
            left += pen.px(20)
        room = rect.right - pen.px(10) - left
        top = rect.centery - pen.line("body") // 2
        if not self.text:
            pen.write(surface, self.label, (left, top), "body", "off" if self.is_off else "t3", most=room)
        start = 0
        while pen.width(self.text[start : self.caret], "body") > room:
            start += 1
        pen.write(surface, self.text[start:], (left, top), "body", "off" if self.is_off else "t1", most=room)
        if self.focused:
            x = left + pen.width(self.text[start : self.caret], "body")
            surface.fill((243, 238, 227), (x, top + 2, max(1, pen.px(1)), pen.line("body") - 4))
