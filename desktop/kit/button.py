"""Buttons: the one primary button of a screen, secondary ones, and links inside a text."""

from dataclasses import dataclass
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control, is_go
from desktop.pen import Ink, Pen


class Pressed(Control):
    """What is pressed by a click, or by Enter or Space while it has the keyboard."""

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self, (Action(self.name, "press"),)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        return self, (Action(self.name, "press"),) if is_go(event) else NOTHING

    def hears(self, event: pygame.event.Event) -> bool:
        return event.type == pygame.KEYDOWN and is_go(event)


@dataclass(frozen=True, kw_only=True)
class Button(Pressed):
    """A button. `kind` is primary, secondary or link; `hint` is the key that does the same."""

    kind: str = "secondary"
    hint: str = ""
    icon: str = ""

    def role(self) -> str:
        """The type of its label."""
        return {"primary": "control", "link": "body"}.get(self.kind, "strong")

    def least(self, pen: Pen) -> tuple[int, int]:
        wide = pen.width(self.label, self.role())
        if self.icon:
            wide += pen.px(20)
        if self.kind == "link":
            return max(pen.scale.target(), wide), pen.scale.target()
        if self.hint:
            wide += pen.px(24) + pen.width(self.hint, "note_medium")
        tall = pen.px(46 if self.kind == "primary" else 36)
        return max(pen.scale.target(), wide + pen.px(32)), max(pen.scale.target(), tall, pen.line(self.role()) + 6)

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if self.kind == "link":
            self.draw_link(surface, rect, pen)
            return
        box = rect.move(0, 1) if self.pressed else rect
        fill, edge, text = self.colours()
        pen.box(surface, box, fill, edge)
        role = self.role()
        top = box.centery - pen.line(role) // 2
        if self.hint:
            taken = pen.width(self.hint, "note_medium") + pen.px(16)
            left = box.left + pen.px(16)
            pen.write(surface, self.label, (left, top), role, text, most=box.right - taken - pen.px(8) - left)
            hint_top = top + pen.baseline(role) - pen.baseline("note_medium")
            pen.write(surface, self.hint, (box.right - pen.px(14), hint_top), "note_medium", text, align="right")
        elif self.icon and not self.label:
            pen.icon(surface, self.icon, box.center, 5.5, text)
        else:
            shift = pen.px(10) if self.icon else 0
            most = box.width - pen.px(16) - 2 * shift
            wrote = pen.write(surface, self.label, (box.centerx + shift, top), role, text, align="centre", most=most)
            if self.icon:
                pen.icon(surface, self.icon, (wrote.left - pen.px(12), box.centery), 5.5, text)

    def draw_link(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """A word to press, underlined."""
        is_quiet = self.hint == "quiet"
        colour: Ink = "off" if self.is_off else self.between("t2" if is_quiet else "t1", "white")
        role = "body" if is_quiet else "strong"
        top = rect.centery - pen.line(role) // 2
        box = pen.write(surface, self.label, (rect.left, top), role, colour, most=rect.width)
        if not is_quiet or self.hover:
            pen.rule(surface, box.left, top + pen.baseline(role) + pen.px(3), box.width, colour)

    def colours(self) -> tuple[Ink, Ink | None, Ink]:
        """Fill, edge and text in this state."""
        if self.is_off:
            return "raised", "hair", "off"
        if self.kind == "primary":
            return "pressed" if self.pressed else self.between("ivory", "white"), None, "ink"
        if self.pressed:
            return "ink", "edge", "t1"
        return self.between("raised", "hovered"), self.between("edge", "t3"), "t1"
