"""A value on a scale: the slider, and the stepper for numbers one wants to type or step through."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control, steps_of
from desktop.pen import Ink, Pen


def plain_number(value: float) -> str:
    """A number as it is written where nothing else is said: thousands parted by commas, no needless digits."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.4g}"


@dataclass(frozen=True, kw_only=True)
class Amount(Control):
    """A value between `low` and `high` in steps; `was` is the value in force."""

    low: float = 0.0
    high: float = 100.0
    step: float = 1.0
    value: float = 0.0
    was: float | None = None
    shown: Callable[[float], str] = field(default=plain_number, compare=False)

    def __post_init__(self) -> None:
        if not (self.low < self.high and self.step > 0):
            raise ValueError(f"{self.name}: a scale from {self.low} to {self.high} by {self.step} has no steps")

    @property
    def is_changed(self) -> bool:
        """Whether the draft is not what is in force."""
        return self.was is not None and abs(self.was - self.value) > self.step / 1e6

    def on_step(self, value: float) -> float:
        """The nearest value that lies on a step and inside the scale; the end of the scale is always one."""
        if value >= self.high:
            return self.high
        stepped = self.low + round((value - self.low) / self.step) * self.step
        return min(self.high, max(self.low, round(stepped, 9)))

    def to(self, value: float) -> tuple[Self, tuple[Action, ...]]:
        """The control at a value."""
        near = self.on_step(value)
        if near == self.value:
            return self, NOTHING
        return replace(self, value=near), (Action(self.name, "change", near),)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        if event.key == pygame.K_HOME:
            return self.to(self.low)
        if event.key == pygame.K_END:
            return self.to(self.high)
        by = steps_of(event)
        return self.to(self.value + by * self.step) if by else (self, NOTHING)

    def hears(self, event: pygame.event.Event) -> bool:
        keys = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_UP, pygame.K_DOWN, pygame.K_HOME, pygame.K_END)
        return event.type == pygame.KEYDOWN and event.key in keys

    def share(self, value: float) -> float:
        """Where a value lies on the scale, 0 to 1."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def draw_heading(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """The name on the left; the old value, if it changed, and the new one on the right."""
        colour: Ink = "off" if self.is_off else "t1"
        now = pen.write(surface, self.shown(self.value), (rect.right, rect.top), "control", colour, align="right")
        left = now.left
        if self.was is not None and self.is_changed:
            text = pen.words("kit.was", value=self.shown(self.was))
            top = rect.top + pen.baseline("control") - pen.baseline("note")
            left = pen.write(surface, text, (now.left - pen.px(8), top), "note", "t3", align="right").left
        room = left - pen.px(8) - rect.left
        pen.write(surface, self.label, (rect.left, rect.top), "strong", colour, most=room)


@dataclass(frozen=True, kw_only=True)
class Slider(Amount):
    """A knob on a track. With a label, a heading stands above the track."""

    colour: Ink = "ivory"
    knob: int = 8

    def track(self, rect: pygame.Rect) -> pygame.Rect:
        """Where the knob can be: the lower part of the box."""
        return pygame.Rect(rect.left + self.knob, rect.bottom - 14 - 2, max(1, rect.width - 2 * self.knob), 4)

    def at(self, x: float, rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        """The slider with its knob near a place."""
        track = self.track(rect)
        return self.to(self.low + (x - track.left) / track.width * (self.high - self.low))

    def grabbed(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self.at(at[0], rect)

    def dragged(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return self.at(at[0], rect)

    def least(self, pen: Pen) -> tuple[int, int]:
        tall = pen.scale.target()
        return pen.px(160), tall + (pen.line("control") if self.label else 0)

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if self.label:
            self.draw_heading(surface, rect, pen)
        track = self.track(rect)
        thick = max(3, pen.px(4))
        bar = pygame.Rect(track.left - self.knob // 2, track.centery - thick // 2, track.width + self.knob, thick)
        x = track.left + round(self.share(self.value) * track.width)
        pen.box(surface, bar, "edge", radius=2)
        if not self.is_off:
            filled = pygame.Rect(bar.left, bar.top, max(thick, x - bar.left), thick)
            pen.box(surface, filled, self.colour, radius=2)
        if self.was is not None and not self.is_off:
            tall, wide = pen.px(16), max(2, pen.px(2))
            left = track.left + round(self.share(self.was) * track.width) - wide // 2
            surface.fill((186, 193, 190), (left, bar.centery - tall // 2, wide, tall))
        self.draw_knob(surface, (x, bar.centery), pen)

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Nothing here: the ring stands round the knob."""

    def draw_knob(self, surface: pygame.Surface, at: tuple[int, int], pen: Pen) -> None:
        """The knob, with a halo under the pointer and a ring under the keyboard."""
        if (self.glow or self.pressed) and not self.is_off:
            pen.disc(surface, at, 13, "ivory", alpha=0.24 if self.pressed else 0.16 * self.glow)
        if self.focused:
            pen.ring(surface, at, 11.5, 2, "ivory")
        pen.disc(surface, at, 9.5, "panel")
        pen.disc(surface, at, 8, "edge" if self.is_off else "ivory")
        pen.disc(surface, at, 2.4, "ink")


@dataclass(frozen=True, kw_only=True)
class Stepper(Amount):
    """A number between a minus and a plus."""

    over: int = 0

    def parts(self, rect: pygame.Rect) -> tuple[pygame.Rect, pygame.Rect, pygame.Rect]:
        """The boxes of the minus, the number and the plus, in the lower part of the box."""
        side = min(rect.height, max(28, min(rect.height, rect.width // 3)))
        top = rect.bottom - side
        return (
            pygame.Rect(rect.left, top, side, side),
            pygame.Rect(rect.left + side, top, rect.width - 2 * side, side),
            pygame.Rect(rect.right - side, top, side, side),
        )

    def side(self, at: tuple[int, int], rect: pygame.Rect) -> int:
        """-1 on the minus, 1 on the plus, else 0."""
        minus, _, plus = self.parts(rect)
        return -int(minus.collidepoint(at)) + int(plus.collidepoint(at))

    def moved(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return replace(self, over=self.side(at, rect)), NOTHING

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        by = self.side(at, rect)
        return self.to(self.value + by * self.step) if by else (self, NOTHING)

    def rolled(self, by: int) -> tuple[Self, tuple[Action, ...]]:
        return self.to(self.value + by * self.step) if self.focused else (self, NOTHING)

    def least(self, pen: Pen) -> tuple[int, int]:
        widest = max(pen.width(self.shown(v), "control") for v in (self.low, self.high, self.value))
        return 2 * pen.scale.target() + widest + pen.px(24), pen.scale.target()

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        minus, middle, plus = self.parts(rect)
        whole = minus.union(plus)
        pen.box(surface, whole, "ink", "hair" if self.is_off else "edge")
        for box, icon, way, end in ((minus, "minus", -1, self.low), (plus, "plus", 1, self.high)):
            if self.hover and self.over == way and not self.is_off:
                pen.box(
                    surface, box.inflate(-4, -4), "ink" if self.pressed else self.between("ink", "hovered"), radius=2
                )
            pen.icon(surface, icon, box.center, 5, "off" if self.is_off or self.value == end else "t1")
        top = middle.centery - pen.line("control") // 2
        colour: Ink = "off" if self.is_off else "t1"
        at = (middle.centerx, top)
        pen.write(surface, self.shown(self.value), at, "control", colour, align="centre", most=middle.width)
        if self.is_changed and not self.is_off:
            line = pygame.Rect(
                middle.left + pen.px(8), whole.bottom - 1 - pen.px(2), middle.width - pen.px(16), pen.px(2)
            )
            surface.fill((186, 193, 190), line)
