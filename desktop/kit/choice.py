"""One of a few: the segmented choice, and the tabs of the top bar."""

import itertools
from dataclasses import dataclass, replace
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control, is_go, steps_of
from desktop.pen import Ink, Pen


@dataclass(frozen=True, kw_only=True)
class Choice(Control):
    """One of `options`: `value` is drafted, `was` in force (marked by a line), `over` the one under the pointer."""

    options: tuple[str, ...]
    value: int = 0
    was: int | None = None
    over: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.value < len(self.options):
            raise ValueError(f"{self.name}: the choice is {self.value}; there are {len(self.options)} options")

    @property
    def is_changed(self) -> bool:
        """Whether the draft is not what is in force."""
        return self.was is not None and self.was != self.value

    def cells(self, rect: pygame.Rect) -> list[pygame.Rect]:
        """The boxes of the options, of one width to a pixel."""
        edges = [rect.left + round(i * rect.width / len(self.options)) for i in range(len(self.options) + 1)]
        return [pygame.Rect(left, rect.top, right - left, rect.height) for left, right in itertools.pairwise(edges)]

    def under(self, at: tuple[int, int], rect: pygame.Rect) -> int | None:
        """Which option lies at a point."""
        return next((i for i, cell in enumerate(self.cells(rect)) if cell.collidepoint(at)), None)

    def moved(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return replace(self, over=self.under(at, rect)), NOTHING

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        found = self.under(at, rect)
        return self.to(self.value if found is None else found)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        if event.key == pygame.K_HOME:
            return self.to(0)
        if event.key == pygame.K_END:
            return self.to(len(self.options) - 1)
        by = steps_of(event)
        return self.to(min(len(self.options) - 1, max(0, self.value + (by > 0) - (by < 0))))

    def hears(self, event: pygame.event.Event) -> bool:
        keys = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_HOME, pygame.K_END)
        return event.type == pygame.KEYDOWN and event.key in keys

    def to(self, value: int) -> tuple[Self, tuple[Action, ...]]:
        """The choice at an option."""
        if value == self.value:
            return self, NOTHING
        return replace(self, value=value), (Action(self.name, "change", value),)

    def least(self, pen: Pen) -> tuple[int, int]:
        widest = max(pen.width(option, "site") for option in self.options) + pen.px(16)
        return widest * len(self.options), pen.scale.target()

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        pen.box(surface, rect, "ink", "hair" if self.is_off else "edge")
        cells = self.cells(rect)
        for i, (cell, option) in enumerate(zip(cells, self.options, strict=True)):
            inner = cell.inflate(-4, -4)
            fill, text, role = self.looks(i)
            if fill:
                pen.box(surface, inner, fill, radius=2)
            elif i + 1 < len(cells) and self.value not in (i, i + 1):
                pen.upright(surface, cell.right, cell.top + cell.height * 0.3, cell.height * 0.4, "edge")
            top = cell.centery - pen.line(role) // 2
            pen.write(surface, option, (cell.centerx, top), role, text, align="centre", most=cell.width - 6)
            if i == self.was and i != self.value:
                line = pygame.Rect(
                    cell.left + pen.px(8), cell.bottom - 1 - pen.px(2), cell.width - pen.px(16), pen.px(2)
                )
                surface.fill((186, 193, 190), line)

    def looks(self, i: int) -> tuple[Ink | None, Ink, str]:
        """Fill, text and type of an option."""
        if self.is_off:
            return ("edge", "ink", "label") if i == self.value else (None, "off", "label")
        if i == self.value:
            return (self.between("ivory", "white") if self.over == i else "ivory"), "ink", "site"
        if self.hover and self.over == i:
            return ("ink" if self.pressed else self.between("ink", "hovered")), "t1", "site"
        return None, "t2", "label"


@dataclass(frozen=True, kw_only=True)
class Tabs(Choice):
    """The screens of the top bar; `keys` are written small beside them, `shut` are those that cannot be opened yet."""

    keys: tuple[str, ...] = ()
    shut: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()

    def cells(self, rect: pygame.Rect) -> list[pygame.Rect]:
        """The boxes of the tabs, as wide as their words where `widths` was measured."""
        if not self.widths:
            return super().cells(rect)
        boxes, left = [], rect.left
        for wide in self.widths:
            boxes.append(pygame.Rect(left, rect.top, wide, rect.height))
            left += wide
        return boxes

    def measured(self, pen: Pen) -> Self:
        """The tabs with their widths for a pen."""
        room = pen.px(30)
        widths = tuple(pen.width(option, "control") + room for option in self.options)
        return replace(self, widths=widths)

    def to(self, value: int) -> tuple[Self, tuple[Action, ...]]:
        """The tabs at one that is not shut."""
        return (self, NOTHING) if value in self.shut else super().to(value)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        if is_go(event):
            return self, (Action(self.name, "press", self.value),)
        return super().key(event)

    def least(self, pen: Pen) -> tuple[int, int]:
        return sum(self.measured(pen).widths), pen.scale.bar

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        for i, (cell, option) in enumerate(zip(self.cells(rect), self.options, strict=True)):
            chosen = i == self.value
            colour: Ink = "t3" if i in self.shut else "t1" if chosen or (self.hover and self.over == i) else "t2"
            role = "control" if chosen else "subtitle"
            top = rect.centery - pen.line(role) // 2
            left = cell.left + pen.px(8)
            wrote = pen.write(surface, option, (left, top), role, colour, most=cell.width - pen.px(8))
            if i < len(self.keys) and not pen.scale.compact:
                pen.write(surface, self.keys[i], (wrote.right + pen.px(5), top - pen.px(4)), "axis", "t3")
            if chosen:
                bar = pygame.Rect(left, rect.bottom - pen.px(3), wrote.width, pen.px(3))
                surface.fill((243, 238, 227), bar)
