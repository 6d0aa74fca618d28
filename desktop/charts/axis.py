"""An axis: where a value lies in pixels, and which values are written beside it."""

from dataclasses import dataclass
from math import ceil, floor, log10

import pygame

from desktop.numbers import short
from desktop.pen import Pen


@dataclass(frozen=True)
class Axis:
    """Values from `low` to `high` laid from pixel `start` to pixel `end` (which may be less: upwards); `log` by ratios."""

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __post_init__(self) -> None:
        if not self.low < self.high or (self.log and self.low <= 0):
            raise ValueError(
                f"an axis from {self.low} to {self.high} cannot be drawn; low must be below high, and above 0 if log"
            )

    def share(self, value: float) -> float:
        """Where a value lies between low (0) and high (1); beyond them outside."""
        if self.log:
            return (log10(max(value, self.low / 1e3)) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (value - self.low) / (self.high - self.low)

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + self.share(value) * (self.end - self.start)

    def held(self, value: float) -> float:
        """The pixel of a value, kept between the ends."""
        return self.start + min(1.0, max(0.0, self.share(value))) * (self.end - self.start)

    def ticks(self, most: int = 5) -> list[float]:
        """Round values inside the axis, at most so many."""
        if self.log:
            powers = range(ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9) + 1)
            found = [10.0**power for power in powers]
            if len(found) < 3:
                low, high = floor(log10(self.low)), ceil(log10(self.high))
                steps = [a * 10.0**power for power in range(low, high + 1) for a in (1, 2, 5)]
                found = [value for value in steps if self.low * 0.999 <= value <= self.high * 1.001]
            return found[:: max(1, ceil(len(found) / most))]
        raw = (self.high - self.low) / max(1, most - 1)
        size = 10.0 ** floor(log10(raw))
        step = next(size * a for a in (1, 2, 2.5, 5, 10) if size * a >= raw * 0.85)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(n * step, 10) for n in range(first, last + 1)]


def draw_level_grid(
    surface: pygame.Surface,
    rect: pygame.Rect,
    axis: Axis,
    pen: Pen,
    most: int = 5,
    text_inside: bool = False,
    unit: str = "",
) -> None:
    """Level gridlines with their values: at their left ends inside the figure, above the line, or left of it; shares as "%"."""
    for value in axis.ticks(most):
        y = round(axis.at(value))
        pen.rule(surface, rect.left, y, rect.width)
        if text_inside:
            if y - pen.line("axis") < rect.top:
                continue
            pen.write(surface, short(value, 3), (rect.left, y - pen.line("axis") - 1), "axis", "t3")
        else:
            at = (rect.left - pen.px(8), max(surface.get_rect().top, y - pen.line("axis") // 2))
            text = f"{100 * value:.0f} %" if unit == "%" else short(value, 3) + unit
            pen.write(surface, text, at, "axis", "t3", align="right")


def draw_foot(surface: pygame.Surface, y: float, axis: Axis, pen: Pen, most: int = 5, unit: str = "") -> None:
    """The values of a level axis under it, centred on their places."""
    right = -1.0
    for value in axis.ticks(most):
        text = short(value) + unit
        half = pen.width(text, "axis") / 2
        x = axis.at(value)
        if x - half > right:
            pen.write(surface, text, (x, y), "axis", "t3", align="centre")
            right = x + half + pen.px(6)
