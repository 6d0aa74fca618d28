"""Parts of a change as rows: each with its range over the worlds about a zero line, and printed averages that add up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pygame

from desktop.charts import Axis
from desktop.kit import Item, Listing
from desktop.pen import Ink, Pen, ink
from desktop.screens.figure_words import unit_words
from desktop.screens.order_moves import moved, picked
from desktop.theme import mix
from play.dials import book_of
from play.figures import MINUS
from play.order_words import title_of
from play.past import Past
from play.story import Story
from play.telling import FIVE, MOST_PARTS, decimals, means_of, rounded_shares, with_unit
from play.telling import amount as plain_amount
from play.why import UNDER_WAY, Part, Source, Why
from play.words import Words

Array = np.ndarray

UNSEEN = "unseen"
"""The part of a change that was seen and that the imagined worlds do not account for."""
SCALES = {"share": 100.0, "thousand USD": 0.001}
"""By what a change is multiplied where it is not printed in its own unit: shares in points, sums in millions."""


@dataclass(frozen=True)
class PartLine:
    """A part of the change as printed: its words, its average in units of the last printed digit, its range, what it opens into."""

    words: str
    units: int
    five: tuple[float, ...]
    """The 5, 25, 50, 75 and 95 % over the worlds."""
    source: Source
    is_inner: bool = False
    is_open: bool = False
    is_earlier: bool = False
    """Whether it is what orders of earlier quarters set going."""

    @property
    def seat(self) -> str:
        """The seat whose orders it is, where it can be opened."""
        return self.source.name if self.source.orders and not self.is_inner else ""

    @property
    def order(self) -> int | None:
        """The number of the order, where it is a single one."""
        is_one = self.is_inner and not self.is_earlier and bool(self.source.orders)
        return min(self.source.orders) if is_one else None

    @property
    def is_coming(self) -> bool:
        """Whether it is what was under way."""
        return self.source.name == UNDER_WAY and not self.is_inner


@dataclass(frozen=True, eq=False)
class Told:
    """A change told: its parts in the order in which they stand, the sum as printed, and the digits after the point."""

    why: Why
    past: Past
    lines: tuple[PartLine, ...]
    total: PartLine
    places: int
    seen: tuple[float, float] | None = None
    """What the seat saw it be before and after, where it sees it exactly."""

    @property
    def unit(self) -> str:
        """The unit of all figures."""
        return self.why.quantity.unit

    @property
    def scale(self) -> float:
        """By what figures were multiplied before they were printed."""
        return scale_of(self.unit)


@dataclass(frozen=True)
class Teller:
    """How sources of a change are called."""

    story: Story
    words: Words

    def of(self, source: Source, past: Past) -> str:
        """A seat, an order or a piece of luck in words."""
        if not source.name:
            return self.words("why.rest")
        if source.luck:
            return self.words("why.luck", what=self.words(f"why.label.{source.luck}"))
        if source.name in (UNDER_WAY, UNSEEN):
            return self.words("why.coming_part" if source.name == UNDER_WAY else "why.unseen_part")
        is_order = len(source.orders) == 1 and " " in source.name
        return self.order(min(source.orders), past) if is_order else self.story.called(source.name)

    def order(self, at: int, past: Past) -> str:
        """An order in words; where it was another in every world, only what it is about."""
        given, book, cast = past.given[at], book_of(past.cast), past.cast
        told = []
        for row, number in enumerate(given.dials):
            dial = book.dials[number]
            steps = np.array([given.before[row], given.steps[row]])
            if given.moved[row].all() and np.ptp(steps, axis=1).max() == 0:
                ends = (dial.amount.value(int(steps[0, 0])), dial.amount.value(int(steps[1, 0])))
                told.append(moved(dial.kind.name, dial.amount, ends, dial.picks, cast, self.words))
            elif given.moved[row].any():
                about = ", ".join(
                    (title_of(dial.kind.name, self.words), *(picked(p, cast, self.words) for p in dial.picks))
                )
                told.append(self.words("why.otherwise", order=about))
        return "; ".join(dict.fromkeys(told))


def amount(units: int, places: int, signed: bool = True) -> str:
    """A number in units of its last printed digit, with a true minus sign."""
    return plain_amount(units, places, signed).replace("-", MINUS)


def scale_of(unit: str) -> float:
    """By what a change is multiplied before it is printed."""
    return SCALES.get(unit, 1.0)


def told_of(why: Why, past: Past, teller: Teller, seen: tuple[float, float] | None = None) -> Told:
    """The parts of a change as printed, averages adding up; luck told label by label.

    A change that the seat saw exactly is the sum in every world; what the worlds do not account for is a part.
    """
    scale = scale_of(why.quantity.unit)
    rows = rows_of(why, past, None if seen is None else seen[1] - seen[0])
    parts = [(teller.of(source, past), values * scale, inner) for source, values, inner in rows]
    change = sum((values for _, values, inner in parts if not inner), np.zeros(past.games))
    fives = [tuple(float(v) for v in np.percentile(values, FIVE)) for _, values, _ in parts]
    whole = tuple(float(v) for v in np.percentile(change, FIVE))
    places = decimals(np.abs(np.array([*fives, whole])).ravel())
    lines = [
        PartLine(words, units, five, source, inner)
        for (words, _, inner), units, five, (source, _, _) in zip(
            parts, means_of(parts, places), fives, rows, strict=True
        )
    ]
    total = PartLine("", sum(line.units for line in lines if not line.is_inner), whole, Source(""))
    return Told(why, past, tuple(lines), total, places, seen)


def rows_of(why: Why, past: Past, seen: float | None) -> list[tuple[Source, Array, bool]]:
    """Each part with its size in every world and whether it is inside of the one above: the largest first, the rest as one."""
    parts = [part for part in why.parts[:-1] if any(part.amount)]
    coming = values_of(why.parts[-1])
    parts.sort(key=lambda part: -float(np.abs(values_of(part)).mean()))
    found: list[tuple[Source, Array, bool]] = []
    for part in parts[:MOST_PARTS]:
        found.append((part.source, values_of(part), False))
        found += [(one.source, values_of(one), True) for one in sorted(part.opened, key=size_of) if any(one.amount)]
    if rest := parts[MOST_PARTS:]:
        found.append((Source(""), np.sum([values_of(part) for part in rest], axis=0), False))
    found.append((Source(UNDER_WAY), coming, False))
    if seen is not None:
        left = seen - np.sum([values for _, values, inner in found if not inner], axis=0)
        if np.abs(left).max() > 1e-6 * max(1.0, abs(seen)):
            found.append((Source(UNSEEN), left, False))
    return found


def values_of(part: Part) -> Array:
    """The size of a part in every world."""
    return np.array([float(size) for size in part.amount])


def size_of(part: Part) -> float:
    """By what parts are put in order, the largest first."""
    return -abs(part.mean)


def without_nothings(told: Told, others: str) -> Told:
    """The parts without those of nothing in every world, which one line counts; the sum stays what it was.

    `others` has a hole for the count.
    """
    kept: list[PartLine] = []
    dropped = 0
    for at, line in enumerate(told.lines):
        is_open = at + 1 < len(told.lines) and told.lines[at + 1].is_inner
        if not line.is_inner and not line.units and not is_open and not range_words(line.five, told.places):
            dropped += 0 if line.is_coming else 1
        else:
            kept.append(line)
    if dropped:
        kept.append(PartLine(others.replace("{count}", str(dropped)), 0, (0.0,) * 5, Source("")))
    return replace(told, lines=tuple(kept))


def with_carried(told: Told, found: Why, before: str, story: Story) -> Told:
    """The parts with what was under way opened into whose earlier orders set it going; inner parts add up to it."""
    at = next(n for n, line in enumerate(told.lines) if line.is_coming)
    shares = [part.amount[0] * Fraction(told.scale) for part in found.parts]
    units = rounded_shares(shares, told.lines[at].units, told.places)
    inner = []
    for part, size in zip(found.parts, units, strict=True):
        name = story.called(part.source.name) if part.source.orders else before
        if size:
            five = (float(part.amount[0]) * told.scale,) * 5
            inner.append(PartLine(name, size, five, part.source, is_inner=True, is_earlier=True))
    inner.sort(key=lambda line: -abs(line.units))
    opened = replace(told.lines[at], is_open=True)
    return replace(told, lines=(*told.lines[:at], opened, *inner, *told.lines[at + 1 :]))


@dataclass(frozen=True, kw_only=True)
class Parts(Listing):
    """The parts as rows that are drawn with their ranges about a zero line."""

    told: Told | None = None

    def draw_row(self, surface: pygame.Surface, box: pygame.Rect, i: int, item: Item, pen: Pen) -> None:
        """Words, the range as a bar, and the average; a chevron where it opens."""
        assert self.told is not None
        line = self.told.lines[i]
        if i == self.chosen or (self.hover and i == self.over):
            pen.box(surface, box.inflate(0, -2), "hovered")
        more = self.told.lines[i + 1 : i + 2]
        draw_part(surface, box, line, self.told, pen, bool(more) and more[0].is_inner)


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
    if line.seat or line.is_open or (line.is_coming and told.past.games == 1):
        pen.icon(surface, "down" if is_open or line.is_open else "right", (x + pen.px(4), box.centery), 4, "t2")
    x += pen.px(16)
    role, hue = ("strong", "t1") if strong else ("note", "t2") if line.is_inner else ("body", "t1")
    drop = box.centery - pen.line(role) // 2
    pen.write(surface, line.words, (x, drop), role, hue, most=words.right - x - pen.px(8))
    axis = axis_of(told, middle)
    low, near, _, far, high = line.five
    pen.upright(surface, axis.at(0), box.top, box.height, "t3")
    tall = max(4, pen.px(6 if line.is_inner else 9))
    colour: Ink = "ivory" if strong else "t3" if line.is_coming or line.is_inner else "t2"
    for (start, end), share in (((low, high), 0.4), ((near, far), 0.75)):
        left, stop = sorted((round(axis.held(start)), round(axis.held(end))))
        surface.fill(mix(ink("side"), ink(colour), share), (left, box.centery - tall // 2, stop - left, tall))
    mean = float(Fraction(line.units) / Fraction(10) ** told.places)
    pen.disc(surface, (axis.held(mean), box.centery), 3.6, colour)
    spread = range_words(line.five, told.places)
    at = (right.right - pen.px(8), top + pen.px(1))
    drawn = pen.write(surface, spread, at, "note", "t2", align="right", most=pen.px(150))
    figure = with_unit(amount(line.units, told.places), change_unit(told.unit, pen.words) if strong else "")
    most = drawn.left - right.left - pen.px(8)
    pen.write(surface, figure, (right.left, top), "control" if strong else "body_medium", "t1", most=most)


def change_unit(unit: str, words: Words) -> str:
    """The unit in which a change is printed."""
    return words(f"why.unit.{unit}") if f"why.unit.{unit}" in words else unit_words(unit, words)


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
