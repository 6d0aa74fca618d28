"""Controls of the map that the map itself draws, or that are no more than a few words: sites, and the way to older news."""

from dataclasses import dataclass

import pygame

from desktop.kit import Button, Control
from desktop.pen import Pen


@dataclass(frozen=True, kw_only=True)
class Spot(Control):
    """A site, for the pointer and the keyboard: the map itself draws it."""

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if self.hover:
            pen.ring(surface, rect.center, 12.5, 1.2, "ivory")

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        pen.ring(surface, rect.center, 13.5, 2, "ivory")


@dataclass(frozen=True, kw_only=True)
class Older(Button):
    """How many older news there are; a click or Enter opens the log, which tells them."""

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        at = (rect.right, rect.centery - pen.line("note") // 2)
        box = pen.write(surface, self.label, at, "note", "t1" if self.hover else "t2", align="right")
        if self.hover:
            pen.rule(surface, box.left, box.bottom, box.width, "t1")


def older_box(label: str, pen: Pen) -> pygame.Rect:
    """The box of the way to older news: the right end of the feed's first line."""
    feed, wide, tall = pen.scale.feed_area(), pen.width(label, "note"), pen.scale.target()
    middle = feed.top + pen.px(18) + pen.line("note") // 2
    return pygame.Rect(feed.right - pen.px(18) - wide, middle - tall // 2, wide, tall)
