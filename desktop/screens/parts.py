"""Parts of a change as rows: each with its range over the worlds about a zero line, and printed averages that add up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pygame

from desktop.charts import Axis
from desktop.kit import Item, Listing
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix
from play.figures import MINUS
from play.past import Past
from play.telling import COMING, FIVE, decimals, means_of, ranged_parts, rounded_shares, source_words, with_unit
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
    is_open: bool = False
    """Whether what was under way is opened."""


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
        shown = titles.get(bare, bare) if seat else ordered(bare, titles)
        lines.append(PartLine(shown, units, five, is_inner, seat, numbers.get(bare) if is_inner else None))
    total = PartLine("", sum(line.units for line in lines if not line.is_inner), whole)
    return Told(why, past, tuple(lines), total, places)


def ordered(words: str, titles: Mapping[str, str]) -> str:
    """An order in words as people read them: no underscores, no numbers of orders, and names as they are called."""
    if "_" not in words and "(order" not in words:
        return words
    bare = words.partition(" (order ")[0]
    name, comma, amounts = bare.partition(",")
    named = " ".join(titles.get(word, word.replace("_", " ")) for word in name.split())
    return f"{named[:1].upper()}{named[1:]}{comma}{amounts.replace('_', ' ')}"


def without_nothings(told: Told, others: Callable[[int], str]) -> Told:
    """The parts without those of nothing in every world, which are counted in one line; the sum stays what it was."""
    kept: list[PartLine] = []
    dropped = 0
    for at, line in enumerate(told.lines):
        is_open = at + 1 < len(told.lines) and told.lines[at + 1].is_inner
        if line.seat and not line.units and not is_open and not range_words(line.five, told.places):
            dropped += 1
        else:
            kept.append(line)
    if dropped:
        coming = [line for line in kept if line.words == COMING]
        at = kept.index(coming[0]) if coming else len(kept)
        kept.insert(at, PartLine(others(dropped), 0, (0.0,) * 5))
    return replace(told, lines=tuple(kept))


def with_carried(told: Told, found: Why, before: str, titles: Mapping[str, str]) -> Told:
    """The parts with what was under way opened into whose earlier orders set it going; inner parts add up to it."""
    at = next(n for n, line in enumerate(told.lines) if line.words == COMING)
    shares = [part.amount[0] for part in found.parts]
    units = rounded_shares(shares, told.lines[at].units, told.places)
    inner = []
    for part, size in zip(found.parts, units, strict=True):
        name = titles.get(part.source.name, part.source.name) if part.source.orders else before
        if size:
            inner.append(PartLine(name, size, (float(part.amount[0]),) * 5, is_inner=True))
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
    if line.seat or line.is_open or (line.words == COMING and told.past.games == 1):
        pen.icon(surface, "down" if is_open or line.is_open else "right", (x + pen.px(4), box.centery), 4, "t2")
    x += pen.px(16)
    role, hue = ("strong", "t1") if strong else ("note", "t2") if line.is_inner else ("body", "t1")
    drop = box.centery - pen.line(role) // 2
    pen.write(surface, line.words, (x, drop), role, hue, most=words.right - x - pen.px(8))
    axis = axis_of(told, middle)
    low, near, _, far, high = line.five
    pen.upright(surface, axis.at(0), box.top, box.height, "t3")
    tall = max(4, pen.px(6 if line.is_inner else 9))
    colour: Ink = "ivory" if strong else "t3" if line.words == COMING or line.is_inner else "t2"
    for (start, end), share in (((low, high), 0.4), ((near, far), 0.75)):
        left, stop = sorted((round(axis.held(start)), round(axis.held(end))))
        surface.fill(mix(ink("side"), ink(colour), share), (left, box.centery - tall // 2, max(2, stop - left), tall))
    mean = float(Fraction(line.units) / Fraction(10) ** told.places)
    pen.disc(surface, (axis.held(mean), box.centery), 3.6, colour)
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
