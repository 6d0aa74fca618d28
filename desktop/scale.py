"""How large things are in a window: one unit, two layouts, the player's own interface scale."""

from dataclasses import dataclass
from functools import cached_property

import pygame

from desktop.theme import SMALLEST_TEXT, TARGET

SMALLEST_WINDOW = (1024, 640)
STEPS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""Interface scales that + and - step through."""
FULL_FROM = 0.9
COMPACT_UNIT = 0.86


@dataclass(frozen=True)
class Scale:
    """Sizes for a window of `width` by `height` pixels at the player's `interface` scale (1 to 2)."""

    width: int = 1600
    height: int = 900
    interface: float = 1.0

    @property
    def window(self) -> float:
        """The window against 1600 x 900."""
        return min(self.width / 1600, self.height / 900)

    @property
    def is_too_small(self) -> bool:
        """Whether the window is below what any layout fits."""
        return self.width < SMALLEST_WINDOW[0] or self.height < SMALLEST_WINDOW[1]

    @property
    def compact(self) -> bool:
        """Whether the short layout is used: the window is small, or the player's scale leaves less than nine tenths of it."""
        return self.window < FULL_FROM or self.interface > 1.01 / FULL_FROM

    @cached_property
    def unit(self) -> float:
        """Pixels of this window for one pixel of the drawings at 1600 x 900."""
        base = self.window if self.window >= FULL_FROM else max(COMPACT_UNIT, self.window)
        return base * self.interface

    def px(self, length: float) -> int:
        """A length in whole pixels; what is there at all keeps one."""
        return round(length * self.unit) or (1 if length > 0 else 0)

    def real(self, length: float) -> float:
        """A length in pixels, for curves, which are never aligned to them."""
        return length * self.unit

    def hair(self) -> int:
        """The width of a divider."""
        return max(1, int(self.unit))

    def type(self, size: float) -> float:
        """A size of type in quarter pixels, never below 12."""
        return max(float(SMALLEST_TEXT), round(size * self.unit * 4) / 4)

    def target(self) -> int:
        """The least size of what can be pressed."""
        return max(TARGET, self.px(TARGET))

    @property
    def bar(self) -> int:
        """Height of the top bar."""
        return self.px(56)

    @property
    def feed(self) -> int:
        """Height of the feed under the map, never over a quarter of the window."""
        return min(self.px(126 if self.compact else 132), self.height // 4)

    @property
    def feed_cards(self) -> int:
        """How many cards the feed shows."""
        return 2 if self.compact else 3

    def panel(self, width: float = 372) -> int:
        """Width of a right panel (372 on the map, 450 to 480 on orders), never over two fifths of the window."""
        return min(self.px(368 * width / 372 if self.compact else width), round(self.width * 0.4))

    def top_bar(self) -> pygame.Rect:
        """Where the top bar lies."""
        return pygame.Rect(0, 0, self.width, self.bar)

    def side_panel(self, width: float = 372) -> pygame.Rect:
        """Where a right panel lies."""
        wide = self.panel(width)
        return pygame.Rect(self.width - wide, self.bar, wide, self.height - self.bar)

    def main_area(self, width: float = 372) -> pygame.Rect:
        """What is left of a right panel, under the top bar."""
        return pygame.Rect(0, self.bar, self.width - self.panel(width), self.height - self.bar)

    def map_area(self) -> pygame.Rect:
        """Where the map lies: left of the panel, above the feed."""
        area = self.main_area()
        return pygame.Rect(area.x, area.y, area.width, area.height - self.feed)

    def feed_area(self) -> pygame.Rect:
        """Where the feed lies."""
        area = self.map_area()
        return pygame.Rect(area.x, area.bottom, area.width, self.height - area.bottom)

    def stepped(self, by: int) -> "Scale":
        """The same window at the next larger (+1) or smaller (-1) interface scale."""
        near = min(range(len(STEPS)), key=lambda i: abs(STEPS[i] - self.interface))
        return Scale(self.width, self.height, STEPS[min(len(STEPS) - 1, max(0, near + by))])
