"""The pill that is on or off: the filters of the map, and switches in the options."""

from dataclasses import dataclass, replace
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control, is_go
from desktop.pen import Ink, Pen
from desktop.samples import draw_sample


@dataclass(frozen=True, kw_only=True)
class Toggle(Control):
    """A pill. With a `channel` it shows that channel's line and mark, and so is its key as well as its filter."""

    on: bool = False
    channel: str = ""

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self.turned()

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        return self.turned() if is_go(event) else (self, NOTHING)

    def hears(self, event: pygame.event.Event) -> bool:
        return event.type == pygame.KEYDOWN and is_go(event)

    def turned(self) -> tuple[Self, tuple[Action, ...]]:
        """The pill the other way."""
        return replace(self, on=not self.on), (Action(self.name, "change", not self.on),)

    def least(self, pen: Pen) -> tuple[int, int]:
        sample = pen.px(26) + pen.px(7)
        return pen.px(22) + sample + pen.width(self.label, "note_medium"), pen.scale.target()

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        fill: Ink = "ink" if self.pressed else self.between("panel", "hovered")
        edge: Ink = "hair" if self.is_off else "ivory" if self.on else "edge"
        is_bare = bool(self.channel) and pen.scale.compact and not (self.on or self.hover or self.pressed)
        if not is_bare:
            pen.box(surface, rect, fill, edge, rect.height / 2 / pen.scale.unit, 2 if self.on else 1)
        left = rect.left + pen.px(11)
        if self.channel:
            draw_sample(surface, pygame.Rect(left, rect.top, pen.px(26), rect.height), self.channel, pen)
        else:
            self.draw_switch(surface, pygame.Rect(left, rect.centery - pen.px(7), pen.px(26), pen.px(14)), pen)
        colour: Ink = "off" if self.is_off else "t1" if self.on or self.channel else "t2"
        top = rect.centery - pen.line("note_medium") // 2
        left += pen.px(33)
        pen.write(surface, self.label, (left, top), "note_medium", colour, most=rect.right - left - pen.px(4))

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        pen.focus(surface, rect, rect.height / 2 / pen.scale.unit)

    def draw_switch(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """A small switch: filled, with its knob on the right, when on."""
        half = rect.height / 2
        pen.box(surface, rect, "t2" if self.on else "ink", None if self.on else "edge", half / pen.scale.unit)
        x = rect.right - half if self.on else rect.left + half
        pen.disc(surface, (x, rect.centery), 4.5, "ink" if self.on else "t2")
