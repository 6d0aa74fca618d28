"""Parts of a change as rows: each with its range over the worlds about a zero line, and printed averages that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pygame

from desktop.charts import Axis
from desktop.kit import Item, Listing
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix
from play.figures import MINUS
from play.past import Past
from play.telling import COMING, FIVE, decimals, means_of, ranged_parts, source_words, with_unit
from play.telling import amount as plain_amount
from play.why import Why


@dataclass(frozen=True)
class PartLine:
    """A part of the change as printed: its words, its average in units of the last printed digit, its range, what it opens into."""

    words: str
    units: int
    five: tuple[float, ...]
    """The 5, 25, 50, 75 and 95 % over the worlds."""
    is_inner: bool = False
    seat: str = ""
    """The seat whose orders it is, where it can be opened."""
    order: int | None = None
    """The number of the order, where it is a single one."""


@dataclass(frozen=True, eq=False)
class Told:
    """A change told: its parts in the order in which they stand, the sum as printed, and the digits after the point."""

    why: Why
    past: Past
    lines: tuple[PartLine, ...]
    total: PartLine
    places: int

    @property
    def unit(self) -> str:
        """The unit of all figures."""
        return self.why.quantity.unit


def amount(units: int, places: int, signed: bool = True) -> str:
    """A number in units of its last printed digit, with a true minus sign."""
    return plain_amount(units, places, signed).replace("-", MINUS)


def told_of(why: Why, past: Past, titles: Mapping[str, str]) -> Told:
    """The parts of a change as printed, averages adding up; luck told label by label."""
    parts = ranged_parts(why, past, with_luck=True)
    change = np.array([float(x) for x in why.change])
    fives = [tuple(float(v) for v in np.percentile(values, FIVE)) for _, values, _ in parts]
    whole = tuple(float(v) for v in np.percentile(change, FIVE))
    places = decimals(np.abs(np.array([*fives, whole])).ravel())
    means = means_of(parts, places)
    seats = {part.source.name for part in why.parts if part.source.orders}
    numbers = {source_words(one, past): min(one.source.orders) for p in why.parts for one in p.opened}
    lines = []
    for (words, _, is_inner), units, five in zip(parts, means, fives, strict=True):
        bare = words.strip()
        seat = bare if bare in seats and not is_inner else ""
        shown = titles.get(bare, bare) if seat else bare
        lines.append(PartLine(shown, units, five, is_inner, seat, numbers.get(bare) if is_inner else None))
    total = PartLine("", sum(line.units for line in lines if not line.is_inner), whole)
    return Told(why, past, tuple(lines), total, places)


@dataclass(frozen=True, kw_only=True)
class Parts(Listing):
    """The parts as rows that are drawn with their ranges about a zero line."""

    told: Told | None = None
    opened: frozenset[str] = frozenset()

    def draw_row(self, surface: pygame.Surface, box: pygame.Rect, i: int, item: Item, pen: Pen) -> None:
        """Words, the range as a bar, and the average; a chevron where it opens."""
        assert self.told is not None
        line = self.told.lines[i]
        if i == self.chosen or (self.hover and i == self.over):
            pen.box(surface, box.inflate(0, -2), "hovered")
        draw_part(surface, box, line, self.told, pen, line.seat in self.opened)


def draw_part(
    surface: pygame.Surface,
    box: pygame.Rect,
    line: PartLine,
    told: Told,
    pen: Pen,
    is_open: bool = False,
    strong: bool = False,
) -> None:
    """One part in its row."""
    words, middle, right = columns(box, pen)
    top = box.centery - pen.line("body") // 2
    x = words.left + (pen.px(26) if line.is_inner else pen.px(10))
    if line.seat:
        pen.icon(surface, "down" if is_open else "right", (x + pen.px(4), box.centery), 4, "t2")
    x += pen.px(16)
    role, hue = ("strong", "t1") if strong else ("note", "t2") if line.is_inner else ("body", "t1")
    drop = box.centery - pen.line(role) // 2
    pen.write(surface, line.words, (x, drop), role, hue, most=words.right - x - pen.px(8))
    axis = axis_of(told, middle)
    low, near, _, far, high = line.five
    tall = max(4, pen.px(6 if line.is_inner else 9))
    colour: Ink = "ivory" if strong else "t3" if line.words == COMING or line.is_inner else "t2"
    for (start, end), share in (((low, high), 0.4), ((near, far), 0.75)):
        left, stop = sorted((round(axis.held(start)), round(axis.held(end))))
        surface.fill(mix(ink("side"), ink(colour), share), (left, box.centery - tall // 2, max(2, stop - left), tall))
    mean = float(Fraction(line.units) / Fraction(10) ** told.places)
    pen.disc(surface, (axis.held(mean), box.centery), 3.6, colour)
    pen.upright(surface, axis.at(0), box.top, box.height, "t3")
    figure = with_unit(amount(line.units, told.places), told.unit if strong else "")
    pen.write(surface, figure, (right.left, top), "control" if strong else "body_medium", "t1", most=pen.px(150))
    spread = range_words(line.five, told.places)
    pen.write(
        surface, spread, (right.right - pen.px(8), top + pen.px(1)), "note", "t2", align="right", most=pen.px(150)
    )


def range_words(five: Sequence[float], places: int) -> str:
    """The range that holds nine in ten; nothing where all worlds agree."""
    low, high = (amount(round(Fraction(value) * Fraction(10) ** places), places) for value in (five[0], five[4]))
    return "" if low == high else f"{low} to {high}"


def columns(box: pygame.Rect, pen: Pen) -> tuple[pygame.Rect, pygame.Rect, pygame.Rect]:
    """Words, bars, and figures of a row."""
    right = pen.px(250)
    words = round((box.width - right) * 0.56)
    return (
        pygame.Rect(box.left, box.top, words, box.height),
        pygame.Rect(box.left + words, box.top, box.width - right - words - pen.px(20), box.height),
        pygame.Rect(box.right - right, box.top, right, box.height),
    )


def axis_of(told: Told, box: pygame.Rect) -> Axis:
    """The axis of all bars; zero is on it."""
    ends = [value for line in (*told.lines, told.total) for value in (line.five[0], line.five[4])]
    ends += [float(Fraction(line.units) / Fraction(10) ** told.places) for line in (*told.lines, told.total)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = max(high - low, 10.0**-told.places) * 0.04
    return Axis(low - room, high + room, box.left, box.right)
