"""Drawings of the sources: a figure now and as it usually is on one axis, and its history over the usual range."""

from collections.abc import Sequence

import pygame

from desktop import shapes
from desktop.charts import Axis, Row, draw_rows
from desktop.charts.axis import draw_level_grid
from desktop.pen import Pen, ink
from desktop.screens.figure_words import ranged, scale_of, valued
from desktop.screens.origin import Origin, Range
from desktop.theme import mix
from play.story import Story


def row_of(label: str, five: Range, unit: str, known: float | None = None) -> Row | None:
    """A row of a range, or of what is known; None where there is neither."""
    scale = scale_of(unit)
    if known is not None:
        return Row(label, known * scale, text=valued(known, unit), mark="disc", state="known", strong=True)
    if five is None:
        return None
    low, near, middle, far, high = (value * scale for value in five)
    return Row(label, middle, (low, high), (near, far), "disc", text=ranged(five, unit))


def rows_of(origin: Origin, story: Story, pen: Pen) -> tuple[Row, ...]:
    """The figure now, as it usually is in this quarter, and as it usually ends."""
    turn, unit = len(origin.history) - 1, origin.asked.unit
    found = [row_of(pen.words("sources.now"), origin.five, unit, origin.history[-1])]
    if origin.usual:
        found.append(row_of(pen.words("sources.usually", quarter=story.quarter(turn)), origin.usual[turn], unit))
        if turn < len(origin.usual) - 1:
            found.append(row_of(pen.words("sources.finally"), origin.usual[-1], unit))
    return tuple(row for row in found if row is not None)


def draw_now(surface: pygame.Surface, box: pygame.Rect, origin: Origin, story: Story, pen: Pen) -> int:
    """The rows on one axis from zero or below on; gives the foot in pixels."""
    rows = rows_of(origin, story, pen)
    if not rows:
        return box.top
    ends = [end for row in rows for end in (row.wide or (row.value or 0.0,) * 2)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = 0.04 * (high - low) or 1.0
    first = low - room if low < 0 else low
    share = max(pen.width(row.label, "site") for row in rows) + pen.px(14)
    text = max(pen.width(row.text, "note_medium") for row in rows) + pen.px(14)
    shares = min(0.4, share / box.width), min(0.4, text / box.width)
    return draw_rows(
        surface, box, rows, first, high + room, pen, back="side", label_share=shares[0], text_share=shares[1]
    )


def draw_history(surface: pygame.Surface, rect: pygame.Rect, origin: Origin, story: Story, pen: Pen) -> None:
    """What the seat saw after each quarter as a line, or imagines now as bars, over the range of par games."""
    scale, turn = scale_of(origin.asked.unit), len(origin.history) - 1
    known = [(n, value * scale) for n, value in enumerate(origin.history) if value is not None]
    usual = [(n, five[0] * scale, five[4] * scale) for n, five in enumerate(origin.usual) if five is not None]
    imagined = [] if known else bars_of(origin, scale)
    ends = [0.0, *(v for _, v in known), *(v for _, *two in (*usual, *imagined) for v in two)]
    low, high = min(ends), max(ends)
    spare = (high - low or 1.0) * 0.08
    values = Axis(low - (spare if low < 0 else 0), high + spare, rect.bottom, rect.top)
    draw_level_grid(surface, rect, values, pen, 4)
    last = max(1, turn, len(origin.usual) - 1)
    half = pen.px(8)

    def across(n: int) -> float:
        return rect.left + half + n * (rect.width - 2 * half) / last

    if len(usual) > 1:
        draw_band(surface, [(across(n), values.at(a), values.at(b)) for n, a, b in usual])
    pen.rule(surface, rect.left, values.at(0), rect.width, "edge")
    points = [(across(n), values.at(value)) for n, value in known]
    if len(points) > 1:
        shapes.line(surface, ink("ivory"), points, pen.scale.real(2))
    for point in points:
        pen.disc(surface, point, 3.4, "ivory")
    for n, a, b in imagined:
        top = round(values.at(b))
        wide = max(3, pen.px(5))
        tall = max(3, round(values.at(a)) - top)
        surface.fill(ink("t2"), (round(across(n)) - wide // 2, top, wide, tall))
    pen.write(surface, story.quarter(0), (rect.left, rect.bottom + pen.px(2)), "axis", "t3")
    at = (rect.right, rect.bottom + pen.px(2))
    pen.write(surface, story.quarter(last), at, "axis", "t3", align="right")
    if known:
        n, value = known[-1]
        text = valued(value / scale, origin.asked.unit)
        x = max(rect.left + pen.width(text, "note_medium"), min(across(n) + pen.px(8), rect.right))
        y = max(rect.top - pen.line("note") // 2, values.at(value) - pen.line("note") - pen.px(2))
        pen.write(surface, text, (x, y), "note_medium", "t1", align="right", halo="side")


def bars_of(origin: Origin, scale: float) -> list[tuple[int, float, float]]:
    """What is imagined of a hidden figure, a quarter ago and now: when, and its ends."""
    turn = len(origin.history) - 1
    pairs = ((turn - 1, origin.before), (turn, origin.five))
    return [(n, five[0] * scale, five[4] * scale) for n, five in pairs if five is not None and n >= 0]


def draw_band(surface: pygame.Surface, ends: Sequence[tuple[float, float, float]]) -> None:
    """A pale band between two lines, given as pixels across, of the low ends and of the high ends."""
    corners = [(x, y) for x, y, _ in ends] + [(x, y) for x, _, y in reversed(ends)]
    shapes.polygon(surface, mix(ink("side"), ink("t3"), 0.22), corners)
