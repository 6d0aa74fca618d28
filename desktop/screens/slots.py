"""The moves of a quarter as three places: an order that is drafted, with a press to take it out, or one that is free."""

from dataclasses import dataclass

import pygame

from desktop.kit import Button
from desktop.pen import Pen
from desktop.screens.draft import Draft
from desktop.screens.levers import moves_told
from desktop.screens.order_words import sum_of
from world.orders import MOVES

START = "drop:"


@dataclass(frozen=True, kw_only=True)
class Slot(Button):
    """An order of the draft; pressed, it leaves the draft."""

    second: str = ""

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        box = rect.move(0, 1) if self.pressed else rect
        pen.box(surface, box, "hovered" if self.hover else "raised", "t3" if self.hover else "edge")
        side = pen.px(28)
        pen.icon(surface, "cross", (box.right - side // 2 - pen.px(2), box.centery), 5.5, "t1")
        left, most = box.left + pen.px(12), box.width - side - pen.px(20)
        both = box.height >= pen.line("strong") + pen.line("note") + pen.px(2)
        top = box.centery - (pen.line("strong") + (pen.line("note") if both else 0)) // 2
        role = "strong" if pen.width(self.label, "strong") <= most else "note_medium"
        pen.write(surface, self.label, (left, top), role, "t1", most=most)
        if both:
            pen.write(surface, self.second, (left, top + pen.line("strong")), "note", "t2", most=most)


def slots_of(draft: Draft, pen: Pen) -> list[Slot]:
    """The orders of the draft."""
    found = []
    for entry, name, moved in moves_told(draft, pen.words):
        kind = draft.dial_of(entry).kind
        price = f" · {sum_of(kind.price, kind.currency, pen.words)}" if kind.price else ""
        found.append(Slot(name=f"{START}{entry}", label=name, second=f"{moved}{price}"))
    return found


def boxes_of(area: pygame.Rect, pen: Pen) -> list[pygame.Rect]:
    """Three boxes side by side."""
    gap = pen.px(12)
    wide = min(pen.px(340), (area.width - gap * (MOVES - 1)) // MOVES)
    return [pygame.Rect(area.left + n * (wide + gap), area.top, wide, area.height) for n in range(MOVES)]


def draw_free(surface: pygame.Surface, rect: pygame.Rect, text: str, pen: Pen) -> None:
    """A place that is free."""
    pen.box(surface, rect, None, "hair")
    top = rect.centery - pen.line("note") // 2
    pen.write(surface, text, (rect.left + pen.px(12), top), "note", "t3", most=rect.width - pen.px(20))
