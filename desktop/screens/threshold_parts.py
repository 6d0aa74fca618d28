"""Parts of the export threshold: its log axes, the edges that are dragged, the chips it parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Self

import pygame

from desktop.kit import Action
from desktop.kit.slider import Amount
from desktop.pen import Ink, Pen

LEAST = {"x": 1000.0, "y": 1.0}
"""Where the axes begin; lower settings lie on their edge."""
MOST = {"x": 120_000.0, "y": 60.0}
TICKS = {"x": (1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000), "y": (1, 2, 5, 10, 20, 50)}


def share(value: float, way: str) -> float:
    """Where a value lies on a log axis, from 0 at its beginning to 1."""
    held = min(MOST[way], max(LEAST[way], value))
    return (log(held) - log(LEAST[way])) / (log(MOST[way]) - log(LEAST[way]))


@dataclass(frozen=True, kw_only=True)
class Edge(Amount):
    """One edge of the threshold, moved across or up and down on a log axis that spans `span` pixels."""

    way: str = "x"
    span: tuple[int, int] = (0, 1)

    def at(self, at: tuple[int, int]) -> tuple[Self, tuple[Action, ...]]:
        """The edge at a place of the pointer; past the beginning of the axis it is at its lowest."""
        start, end = self.span
        where = (at[0 if self.way == "x" else 1] - start) / (end - start)
        if where <= 0.0:
            return self.to(self.low)
        if where >= 1.0:
            return self.to(self.high)
        return self.to(LEAST[self.way] * exp(where * log(MOST[self.way] / LEAST[self.way])))

    def grabbed(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self.at(at)

    def dragged(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self.at(at)

    def pixel(self, value: float) -> int:
        """The pixel of a value on its axis."""
        start, end = self.span
        return round(start + share(value, self.way) * (end - start))

    def knob(self, rect: pygame.Rect) -> tuple[int, int]:
        """Where its handle is."""
        if self.way == "x":
            return self.pixel(self.value), rect.centery
        return rect.centerx, self.pixel(self.value)

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        at = self.knob(rect)
        if (self.hover or self.pressed) and not self.is_off:
            pen.disc(surface, at, 15, "ivory", alpha=0.24 if self.pressed else 0.16)
        pen.disc(surface, at, 10.5, "panel")
        pen.disc(surface, at, 9, "edge" if self.is_off else "ivory")
        size = 3.4
        for icon, (x, y) in {"x": {"left": (-4, 0), "right": (4, 0)}, "y": {"up": (0, -4), "down": (0, 4)}}[
            self.way
        ].items():
            pen.icon(
                surface, icon, (at[0] + pen.px(x), at[1] + pen.px(y) if y >= 0 else at[1] - pen.px(-y)), size, "ink"
            )

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        pen.ring(surface, self.knob(rect), 13.5, 2, "ivory")

    def draw_reason(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Nothing here: the reason stands under the figure."""


@dataclass(frozen=True)
class Chip:
    """A chip on sale: performance, density, whose it is, and how the line treats it before and with the draft."""

    name: str
    title: str
    maker: str
    tpp: float
    density: float
    is_chinese: bool
    was_legal: bool
    is_legal: bool

    @property
    def group(self) -> str:
        """newly_legal, newly_banned, legal or banned."""
        if self.is_legal != self.was_legal:
            return "newly_legal" if self.is_legal else "newly_banned"
        return "legal" if self.is_legal else "banned"


MARKS: dict[str, tuple[str, Ink, Ink]] = {
    "newly_legal": ("disc", "us2", "us2"),
    "newly_banned": ("cross", "smug", "smug2"),
    "legal": ("half", "ivory", "t1"),
    "banned": ("cross", "smug", "smug2"),
}
"""Mark, its colour and that of its text."""


def fitted_names(names: Sequence[str], wide: int, count: int, pen: Pen) -> str:
    """Names in a list that has a number of lines: as many as fit, and how many more there are."""
    for shown in range(len(names), 0, -1):
        more = len(names) - shown
        listed = ", ".join(names[:shown])
        text = pen.words("orders.threshold.and_more", names=listed, count=more) if more else listed
        if len(pen.lines(text, wide, "note")) <= count:
            return text
    return ", ".join(names)
