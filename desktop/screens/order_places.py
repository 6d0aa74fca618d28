"""Where things lie on the orders screen, in a window of any size."""

from dataclasses import dataclass
from functools import cached_property

import pygame

from desktop.pen import Pen
from desktop.screens.order_preview import Panel
from desktop.table import Table

SIDE = 470
"""Width of the right panel."""
WIDE = 760
"""From this width on, the drawn control and the levers stand side by side."""
SPECIAL = 0.56
"""The share of the width that a drawn control has then."""


@dataclass(eq=False)
class Places:
    """The places for one window, one seat and one page."""

    table: Table
    pen: Pen
    has_special: bool
    page: int = 0

    @cached_property
    def main(self) -> pygame.Rect:
        """The area of the levers, without its margins."""
        area, margin = self.pen.scale.main_area(SIDE), self.pen.px(24 if self.pen.scale.compact else 32)
        return pygame.Rect(area.left + margin, area.top, area.width - 2 * margin, area.height)

    @cached_property
    def side(self) -> pygame.Rect:
        """The right panel without its margins and its buttons."""
        area, margin = self.pen.scale.side_panel(SIDE), self.pen.px(20 if self.pen.scale.compact else 24)
        top = area.top + self.pen.px(12 if self.pen.scale.compact else 20)
        if self.is_parted:
            top += self.pen.scale.target() + self.pen.px(10)
        foot = self.buttons.top - self.pen.px(10) - self.pen.line("note")
        return pygame.Rect(area.left + margin, top, area.width - 2 * margin, foot - self.pen.px(4) - top)

    @cached_property
    def buttons(self) -> pygame.Rect:
        """The row of buttons at the foot of the panel."""
        area, margin = self.pen.scale.side_panel(SIDE), self.pen.px(20 if self.pen.scale.compact else 24)
        tall = max(self.pen.scale.target(), self.pen.px(46))
        return pygame.Rect(area.left + margin, area.bottom - self.pen.px(20) - tall, area.width - 2 * margin, tall)

    @cached_property
    def is_parted(self) -> bool:
        """Whether the panel shows either the preview or who leans on the seat."""
        area = self.pen.scale.side_panel(SIDE)
        room = pygame.Rect(
            0,
            0,
            area.width,
            area.height - self.pen.px(20) * 2 - self.pen.px(46) - self.pen.line("note") - self.pen.px(34),
        )
        return Panel(self.table, self.pen, None).needed(room)

    @cached_property
    def head(self) -> tuple[pygame.Rect, int]:
        """The row of the three moves, and where the levers begin."""
        area = self.main
        y = area.top + self.pen.px(12 if self.pen.scale.compact else 20)
        y += self.pen.line(self.headline_role) + self.pen.px(2) + self.pen.line("body") + self.pen.px(10)
        tall = (
            self.pen.px(34)
            if self.pen.scale.compact
            else self.pen.line("strong") + self.pen.line("note") + self.pen.px(10)
        )
        row = pygame.Rect(area.left, y, area.width, max(tall, self.pen.scale.target()))
        return row, row.bottom + self.pen.px(12 if self.pen.scale.compact else 18)

    @cached_property
    def headline_role(self) -> str:
        """The type of the headline."""
        return "map_finding" if self.pen.scale.compact else "finding"

    @cached_property
    def is_wide(self) -> bool:
        """Whether a drawn control stands beside the levers."""
        return self.main.width >= self.pen.px(WIDE)

    @cached_property
    def is_paged(self) -> bool:
        """Whether the drawn control and the levers take turns."""
        return self.has_special and not self.is_wide

    @cached_property
    def areas(self) -> tuple[pygame.Rect | None, pygame.Rect | None]:
        """The areas of the drawn control and of the levers; None where one is not shown."""
        area, (_, top) = self.main, self.head
        foot = area.bottom - self.pen.px(20)
        if self.is_paged:
            top += self.pen.scale.target() + self.pen.px(8)
        head = self.pen.line("section") + self.pen.px(8)
        whole = pygame.Rect(area.left, top, area.width, foot - top)
        if not self.has_special:
            return None, pygame.Rect(whole.left, whole.top, whole.width - self.pen.px(12), whole.height)
        below = pygame.Rect(whole.left, whole.top + head, whole.width, whole.height - head)
        if self.is_paged:
            lever = pygame.Rect(whole.left, whole.top, whole.width - self.pen.px(12), whole.height)
            return (whole, None) if self.page == 0 else (None, lever)
        wide = round(area.width * SPECIAL)
        gap = self.pen.px(24)
        left = pygame.Rect(below.left, below.top, wide - gap, below.height)
        right = pygame.Rect(area.left + wide + gap, below.top, area.width - wide - gap - self.pen.px(10), below.height)
        return left, right
