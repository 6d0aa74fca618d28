"""What all controls share: a name, whether they can be used, and how a pointer and keys reach them."""

from dataclasses import dataclass, replace
from typing import Self

import pygame

from desktop.pen import Ink, Pen, ink
from desktop.theme import mix

TONES = 16
"""Steps in which a colour goes over into another, so that few pictures need keeping."""


@dataclass(frozen=True)
class Action:
    """What a control did: the name of the control, what kind of deed, and the new value where there is one."""

    name: str
    kind: str
    value: object = None


NOTHING: tuple[Action, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Control:
    """The state of a control. `reason` says in words why it cannot be used; "" where it can."""

    name: str
    label: str = ""
    reason: str = ""
    hover: bool = False
    pressed: bool = False
    focused: bool = False
    """Whether keys go to it and its ring is shown."""
    warmth: float | None = None
    """How far it has come from rest (0) to being under the pointer (1); None is there already."""

    @property
    def is_off(self) -> bool:
        """Whether it cannot be used."""
        return bool(self.reason)

    @property
    def glow(self) -> float:
        """How much of what the pointer changes is shown (0 to 1), in few steps."""
        share = float(self.hover) if self.warmth is None else self.warmth
        return 0.0 if self.is_off else round(share * TONES) / TONES

    def between(self, rest: Ink, under: Ink) -> Ink:
        """A colour on its way from that at rest to that under the pointer."""
        glow = self.glow
        return rest if glow == 0 else under if glow == 1 else mix(ink(rest), ink(under), glow)

    def handle(self, event: pygame.event.Event, rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        """The control after an event, and what it did. Keys are heard only while it is focused."""
        if event.type == pygame.MOUSEMOTION:
            after = replace(self, hover=bool(rect.collidepoint(event.pos)))
            return after.dragged(event.pos, rect) if self.pressed else after.moved(event.pos, rect)
        if self.is_off:
            return self, NOTHING
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and rect.collidepoint(event.pos):
            return replace(self, pressed=True, hover=True).grabbed(event.pos, rect)
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and self.pressed:
            after = replace(self, pressed=False)
            return after.released(event.pos, rect) if rect.collidepoint(event.pos) else (after, NOTHING)
        if event.type == pygame.KEYDOWN and self.focused:
            return self.key(event)
        if event.type == pygame.TEXTINPUT and self.focused:
            return self.typed(event.text)
        if event.type == pygame.MOUSEWHEEL and self.hover:
            return self.rolled(event.y)
        return self, NOTHING

    def moved(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        """After the pointer moved with no button down."""
        return self, NOTHING

    def grabbed(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        """After the pointer was pressed on it."""
        return self, NOTHING

    def dragged(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        """After the pointer moved, pressed."""
        return self, NOTHING

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        """After the pointer was let go on it."""
        return self, NOTHING

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        """After a key."""
        return self, NOTHING

    def typed(self, text: str) -> tuple[Self, tuple[Action, ...]]:
        """After text was typed."""
        return self, NOTHING

    def rolled(self, by: int) -> tuple[Self, tuple[Action, ...]]:
        """After the wheel turned, by notches away from the person."""
        return self, NOTHING

    def hears(self, event: pygame.event.Event) -> bool:
        """Whether the control wants a key for itself, so that no shortcut of the screen takes it."""
        return False

    def least(self, pen: Pen) -> tuple[int, int]:
        """The least width and height in which it can be drawn whole."""
        return pen.scale.target(), pen.scale.target()

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Draws it into its box, the ring of the keyboard and the reason apart."""
        raise NotImplementedError

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """The ring of the keyboard round it."""
        pen.focus(surface, rect)

    def draw_reason(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """The reason why it cannot be used, under it."""
        if self.reason:
            pen.write(surface, self.reason, (rect.left, rect.bottom + pen.px(6)), "note", "t3", most=rect.width)


def is_go(event: pygame.event.Event) -> bool:
    """Whether a key means: do it."""
    return event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)


def steps_of(event: pygame.event.Event) -> int:
    """By how many steps an arrow key changes a value: 1, with Shift 10, to the left and down negative, else 0."""
    ways = {pygame.K_RIGHT: 1, pygame.K_UP: 1, pygame.K_LEFT: -1, pygame.K_DOWN: -1}
    size = 10 if getattr(event, "mod", 0) & pygame.KMOD_SHIFT else 1
    return ways.get(event.key, 0) * size
