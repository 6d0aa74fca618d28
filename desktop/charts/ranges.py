"""Rows of ranges: a pale band for 90 %, a strong one for 50 %, ticks at the ends, a mark at the median by channel."""

from dataclasses import dataclass

import pygame

from desktop import shapes
from desktop.charts.axis import Axis, draw_foot
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix

PALE, STRONG = 0.32, 0.62


@dataclass(frozen=True)
class Row:
    """A quantity: its median, the ends that hold 90 and 50 % of the chances, its mark and colour, and its text.

    `state` is known (mark alone), estimated, stale (hatched), hidden (a dash and the word, never zero), or none: a known zero,
    which has a word and no mark.
    """

    label: str
    value: float | None = None
    wide: tuple[float, float] | None = None
    narrow: tuple[float, float] | None = None
    mark: str = "square"
    colour: str = "ivory"
    text: str = ""
    state: str = "estimated"
    indent: bool = False
    strong: bool = False
    note: str = ""


def draw_range(
    surface: pygame.Surface, row: Row, axis: Axis, y: float, pen: Pen, back: Ink = "panel", height: float = 9
) -> None:
    """One range about a level line `y` on a level axis."""
    tall = max(5, pen.px(height))
    top = round(y - tall / 2)
    hue = ink(row.colour)
    if row.state == "none":
        return
    if row.state == "hidden" or row.value is None:
        middle = (axis.start + axis.end) / 2
        surface.fill(ink("t3"), (round(middle - pen.px(9)), round(y) - 1, pen.px(18), max(2, pen.px(2))))
        return
    if row.state != "known" and row.wide:
        left, right = sorted((round(axis.held(row.wide[0])), round(axis.held(row.wide[1]))))
        box = pygame.Rect(left, top, max(2, right - left), tall)
        if row.state == "stale":
            surface.fill(mix(ink(back), hue, 0.12), box)
            corners = [box.topleft, box.topright, box.bottomright, box.bottomleft]
            shapes.hatched(surface, hue, corners, pen.scale.real(5), pen.scale.real(1.4))
        else:
            surface.fill(mix(ink(back), hue, PALE), box)
            if row.narrow:
                near, far = sorted((round(axis.held(row.narrow[0])), round(axis.held(row.narrow[1]))))
                surface.fill(mix(ink(back), hue, STRONG), (near, top, max(1, far - near), tall))
            for x in (box.left, box.right):
                surface.fill(hue, (x - 1, top - 1, max(2, pen.px(2)), tall + 2))
    at = (axis.held(row.value), y)
    if row.mark == "bar":
        surface.fill(hue, (round(at[0]) - 1, top - pen.px(2), max(2, pen.px(3)), tall + 2 * pen.px(2)))
    else:
        radius = 4.6 if row.state == "known" else 4.2
        if row.state != "known":
            pen.mark(surface, "disc" if row.mark == "ring" else row.mark, at, radius + 1.3, back)
        pen.mark(surface, row.mark, at, radius, row.colour, back if row.mark == "ring" else None)
        if row.state == "stale" and row.mark != "ring":
            pen.mark(surface, row.mark, at, radius - 1.8, back)


def draw_rows(
    surface: pygame.Surface,
    rect: pygame.Rect,
    rows: tuple[Row, ...],
    low: float,
    high: float,
    pen: Pen,
    log: bool = False,
    back: Ink = "panel",
    label_share: float = 0.31,
    text_share: float = 0.26,
) -> int:
    """Rows on one axis, their names at the left, their figures at the right, values under them; gives the foot in pixels."""
    left = rect.left + round(rect.width * label_share)
    right = rect.right - round(rect.width * text_share)
    axis = Axis(low, high, left, right, log)
    step = pen.px(25)
    foot = rect.top + step * len(rows)
    for value in axis.ticks(4):
        pen.upright(surface, axis.at(value), rect.top - pen.px(4), foot - rect.top + pen.px(4))
    for n, row in enumerate(rows):
        y = rect.top + step * n + step // 2
        top = y - pen.line("note") // 2
        shift = pen.px(12) if row.indent else 0
        role = "site" if row.strong else "note"
        shown: Ink = "t1" if row.strong else "t2"
        pen.write(surface, row.label, (rect.left + shift, top), role, shown, most=left - rect.left - shift - pen.px(6))
        hidden = row.state == "hidden"
        draw_range(surface, row, axis, y, pen, back)
        text = row.text or (pen.words("kit.hidden") if hidden else "")
        most = rect.right - right - pen.px(6)
        colour: Ink = "t3" if hidden else "t1"
        pen.write(surface, text, (rect.right, top), "note_medium", colour, align="right", most=most)
    draw_foot(surface, foot + pen.px(4), axis, pen, 4)
    return foot + pen.px(4) + pen.line("axis")
