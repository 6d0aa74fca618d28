"""A list that scrolls: scenarios, saves, orders, glossary."""

from dataclasses import dataclass, replace
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control, is_go
from desktop.pen import Ink, Pen


@dataclass(frozen=True)
class Item:
    """A row: its text, a note on the right, and a smaller second line."""

    text: str
    note: str = ""
    second: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing(Control):
    """Rows of a height in pixels, of which one is chosen; `offset` rows are scrolled away. `empty` is said of no rows."""

    items: tuple[Item, ...] = ()
    chosen: int = 0
    offset: int = 0
    row: int = 36
    over: int | None = None
    empty: str = ""

    def shown(self, rect: pygame.Rect) -> int:
        """How many whole rows fit."""
        return max(1, rect.height // self.row)

    def scrolled(self, offset: int, rect_rows: int) -> Self:
        """The list with another first row, never past its ends."""
        return replace(self, offset=min(max(0, len(self.items) - rect_rows), max(0, offset)))

    def under(self, at: tuple[int, int], rect: pygame.Rect) -> int | None:
        """Which row lies at a point."""
        if not rect.collidepoint(at):
            return None
        i = (at[1] - rect.top) // self.row + self.offset
        return i if i < len(self.items) and (at[1] - rect.top) // self.row < self.shown(rect) else None

    def handle(self, event: pygame.event.Event, rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        if event.type == pygame.MOUSEWHEEL and self.hover:
            return self.scrolled(self.offset - event.y, self.shown(rect)), NOTHING
        after, did = super().handle(event, rect)
        if event.type == pygame.KEYDOWN and after.items:
            rows = self.shown(rect)
            if event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN) and self.focused and not self.is_off:
                after, did = after.to(after.chosen + (rows if event.key == pygame.K_PAGEDOWN else -rows))
            first = min(after.offset, after.chosen)
            after = after.scrolled(max(first, after.chosen - rows + 1), rows)
        return after, did

    def moved(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return replace(self, over=self.under(at, rect)), NOTHING

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        found = self.under(at, rect)
        if found is None:
            return self, NOTHING
        if found == self.chosen:
            return self, (Action(self.name, "open", found),)
        return self.to(found)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        if not self.items:
            return self, NOTHING
        if is_go(event):
            return self, (Action(self.name, "open", self.chosen),)
        places = {
            pygame.K_UP: self.chosen - 1,
            pygame.K_DOWN: self.chosen + 1,
            pygame.K_HOME: 0,
            pygame.K_END: len(self.items) - 1,
        }
        return self.to(places[event.key]) if event.key in places else (self, NOTHING)

    def hears(self, event: pygame.event.Event) -> bool:
        keys = (pygame.K_UP, pygame.K_DOWN, pygame.K_HOME, pygame.K_END, pygame.K_PAGEUP, pygame.K_PAGEDOWN)
        return event.type == pygame.KEYDOWN and (event.key in keys or is_go(event))

    def to(self, chosen: int) -> tuple[Self, tuple[Action, ...]]:
        """The list with another row chosen, never past its ends."""
        chosen = min(len(self.items) - 1, max(0, chosen))
        if chosen == self.chosen:
            return self, NOTHING
        return replace(self, chosen=chosen), (Action(self.name, "change", chosen),)

    def least(self, pen: Pen) -> tuple[int, int]:
        return pen.px(200), self.row

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if not self.items:
            pen.paragraph(surface, self.empty, (rect.left, rect.top + pen.px(8)), rect.width, "body", "t3")
            return
        rows = self.shown(rect)
        bar = pen.px(10) if len(self.items) > rows else 0
        for n, item in enumerate(self.items[self.offset : self.offset + rows]):
            i = n + self.offset
            box = pygame.Rect(rect.left, rect.top + n * self.row, rect.width - bar, self.row)
            self.draw_row(surface, box, i, item, pen)
        if bar:
            track = pygame.Rect(rect.right - pen.px(4), rect.top, pen.px(4), rows * self.row)
            pen.box(surface, track, "hair", radius=2)
            tall = max(pen.px(16), round(track.height * rows / len(self.items)))
            free = len(self.items) - rows
            top = track.top + round((track.height - tall) * self.offset / free)
            pen.box(surface, pygame.Rect(track.left, top, track.width, tall), "edge", radius=2)

    def draw_row(self, surface: pygame.Surface, box: pygame.Rect, i: int, item: Item, pen: Pen) -> None:
        """One row: ivory when chosen, lighter under the pointer, a hairline below."""
        chosen, over = i == self.chosen, self.hover and i == self.over
        if chosen or over:
            pen.box(surface, box.inflate(0, -2), "ivory" if chosen else "hovered")
        else:
            pen.rule(surface, box.left, box.bottom - 1, box.width)
        text: Ink = "off" if self.is_off else "ink" if chosen else "t1"
        faint: Ink = "off" if self.is_off else (60, 70, 74) if chosen else "t3"
        left, right = box.left + pen.px(12), box.right - pen.px(12)
        note = pen.width(item.note, "note") + pen.px(12) if item.note else 0
        tall = pen.line("strong") + (pen.line("note") if item.second else 0)
        top = box.centery - tall // 2
        pen.write(surface, item.text, (left, top), "strong", text, most=right - left - note)
        if item.note:
            down = top + pen.baseline("strong") - pen.baseline("note")
            pen.write(surface, item.note, (right, down), "note", faint, align="right", most=right - left)
        if item.second:
            pen.write(surface, item.second, (left, top + pen.line("strong")), "note", faint, most=right - left)
