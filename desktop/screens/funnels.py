"""What becomes of dies: a funnel for each maker, from its share of the wafers down to its good dies, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from desktop.numbers import trimmed
from desktop.pen import Pen, ink
from desktop.screens.shares import Part, draw_flow, fills
from desktop.theme import mix

SURE = 0.01
"""A range that is narrower is written as one figure."""


@dataclass(frozen=True)
class Yield:
    """What becomes of a maker's dies: good ones of one, as a figure or as a range, and good packages where known."""

    low: float
    high: float
    packages: float | None = None

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def is_known(self) -> bool:
        """Whether it is a figure, and not a range."""
        return self.high - self.low <= SURE


@dataclass(frozen=True)
class Funnel:
    """A maker's part of the bar above and its box there, and what becomes of its dies where the seat can say."""

    part: Part
    box: pygame.Rect
    found: Yield | None

    def foot(self, pen: Pen) -> int:
        """How wide the good dies are, where any wafers go to the maker."""
        return max(pen.px(3), round(self.box.width * self.found.high)) if self.box.width and self.found else 0

    def lines(self, pen: Pen) -> list[str]:
        """What is written under it: how many are good, of dies and of chips, and whose."""
        found = self.found
        if not found:
            return []
        words = pen.words
        low, middle, high = (trimmed(round(100 * value)) for value in (found.low, found.middle, found.high))
        good = words("orders.wafers.usable", good=middle)
        if not found.is_known:
            good = words("orders.wafers.usable_range", low=low, high=high)
        if not found.packages:
            return [good, words("orders.wafers.dies_alone"), self.part.name]
        chips = words("orders.wafers.packages", good=round(100 * found.packages))
        return [good, words("orders.wafers.dies"), chips, self.part.name]

    def wide(self, pen: Pen) -> int:
        """How wide its words are."""
        return max((pen.width(line, "site" if n == 0 else "note") for n, line in enumerate(self.lines(pen))), default=0)


def draw_funnels(surface: pygame.Surface, rect: pygame.Rect, funnels: Sequence[Funnel], pen: Pen) -> None:
    """The funnels with their words under them; without the funnels where there is no room."""
    count = max((len(funnel.lines(pen)) for funnel in funnels), default=0)
    tall = pen.line("site") + (count - 1) * pen.line("note")
    end = rect.bottom - tall - pen.px(8)
    if not count or rect.height < tall + pen.px(10):
        return
    has_room = end - rect.top >= pen.px(28)
    end = end if has_room else rect.top + pen.px(6)
    for funnel, slot in zip(funnels, slots_of(funnels, rect, pen), strict=True):
        if funnel.found and has_room:
            draw_funnel(surface, funnel, slot.centerx, end, pen)
        if slot.width < pen.px(40):
            continue
        y = end + pen.px(4)
        for n, line in enumerate(funnel.lines(pen)):
            role, colour = ("site", "t1") if n == 0 else ("note", "t3" if line == funnel.part.name else "t2")
            pen.write(surface, line, (slot.centerx, y), role, colour, align="centre", most=slot.width)
            y += pen.line(role)


def draw_funnel(surface: pygame.Surface, funnel: Funnel, centre: int, end: int, pen: Pen) -> None:
    """One funnel down to a foot about a centre, and how many dies are lost where there is room beside it."""
    box, found = funnel.box, funnel.found
    wide = funnel.foot(pen)
    if not wide or found is None:
        return
    strong, pale = fills(funnel.part)
    inner = min(wide, max(pen.px(3), round(box.width * found.low)))
    for across, colour in ((wide, pale), (inner, mix(ink("panel"), strong, 0.32))):
        if across == wide or inner < wide:
            foot = (centre - across // 2, centre + (across + 1) // 2, end)
            draw_flow(surface, (box.left, box.right, box.bottom), foot, colour)
    surface.fill(strong, (centre - inner // 2, end - pen.px(12), inner, pen.px(12)))
    text = pen.words("orders.wafers.scrapped", bad=100 - round(100 * found.middle))
    left = min(box.left, centre - wide // 2)
    if pen.width(text, "note") + pen.px(16) <= centre - wide // 2 - left and end - box.bottom >= pen.px(60):
        pen.write(surface, text, (left, end - pen.line("note")), "note", "t2")


def slots_of(funnels: Sequence[Funnel], rect: pygame.Rect, pen: Pen) -> list[pygame.Rect]:
    """Places side by side, each as wide as its foot and its words and as near under its part as there is room."""
    wides = widths_of(funnels, rect.width, pen)
    lefts = [
        min(max(rect.left, funnel.box.centerx - wide // 2), rect.right - wide)
        for funnel, wide in zip(funnels, wides, strict=True)
    ]
    for n in range(1, len(lefts)):
        lefts[n] = max(lefts[n], lefts[n - 1] + wides[n - 1])
    limit = rect.right
    for n in reversed(range(len(lefts))):
        lefts[n] = min(lefts[n], limit - wides[n])
        limit = lefts[n]
    return [pygame.Rect(left, rect.top, wide, rect.height) for left, wide in zip(lefts, wides, strict=True)]


def widths_of(funnels: Sequence[Funnel], room: int, pen: Pen) -> list[int]:
    """How wide each place is: its foot and its words; where room is short words give way, first of makers without wafers."""
    gap = pen.px(10)
    wides = [max(funnel.foot(pen), funnel.wide(pen)) + gap for funnel in funnels]
    least = [funnel.foot(pen) for funnel in funnels]
    for has_wafers in (False, True):
        while sum(wides) > room:
            spare = [wide - foot if bool(foot) == has_wafers else 0 for wide, foot in zip(wides, least, strict=True)]
            widest = max(range(len(wides)), key=spare.__getitem__)
            if spare[widest] <= 0:
                break
            wides[widest] -= min(spare[widest], pen.px(4))
    return wides
