"""The three kinds of order that have a drawn control of their own, and what such a control can do."""

from collections.abc import Callable, Mapping
from typing import Protocol

import pygame

from desktop.kit import Control
from desktop.pen import Pen
from desktop.screens.draft import Draft
from desktop.screens.mix import Mix
from desktop.screens.threshold import Threshold
from desktop.screens.wafers import Wafers


class Special(Protocol):
    """A drawn control: its own levers, where they lie, and what is drawn round them."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def hint(self) -> str:
        """What stands beside the heading."""

    def controls(self, reasons: Mapping[int, str]) -> list[Control]:
        """Its controls, given why each entry cannot be moved."""

    def place(self, rect: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
        """Boxes of its controls."""

    def spanned(self, control: Control, rect: pygame.Rect, pen: Pen) -> Control:
        """A control that knows its axis in pixels."""

    def paint(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Draws what lies under its controls."""

    def finding(self) -> str:
        """What the draft does to it as a headline, or ""."""


SPECIALS: dict[str, Callable[[Draft, Pen], Special]] = {
    "cap_exports": Threshold,
    "direct_wafers": Wafers,
    "share_wafers": Wafers,
    "buy": Mix,
}
"""Kinds of order that have a drawn control of their own."""


def special_kind(draft: Draft) -> str:
    """The kind of order of a seat that has a drawn control, or ""."""
    return next((kind for kind in draft.kinds if kind in SPECIALS), "")


def special_of(draft: Draft, pen: Pen, group: int = 0) -> Special | None:
    """The drawn control of a seat, of a threshold the line for one group of countries; None where there is none."""
    kind = special_kind(draft)
    if kind == "cap_exports":
        return Threshold(draft, pen, group)
    return SPECIALS[kind](draft, pen) if kind else None


def draw_heading(surface: pygame.Surface, rect: pygame.Rect, special: Special, pen: Pen) -> None:
    """The heading of a drawn control, and what it says of itself where there is room."""
    box = pen.write(surface, special.title, rect.topleft, "section", "t1", most=rect.width)
    if pen.width(special.hint, "note") <= rect.right - box.right - pen.px(12):
        drop = rect.top + pen.baseline("section") - pen.baseline("note")
        pen.write(surface, special.hint, (rect.right, drop), "note", "t3", align="right")
