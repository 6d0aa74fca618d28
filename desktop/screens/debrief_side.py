"""The right panel of the debrief: the score against par, and what would have gone differently."""

import pygame

from desktop.charts.axis import Axis, draw_foot
from desktop.charts.ranges import PALE, STRONG
from desktop.ending import Ending, months, months_between, sentence
from desktop.pen import Pen, ink
from desktop.theme import mix
from play.debrief.otherwise import Otherwise
from play.score import signed

LEAST = 0.05
"""Points below which there is no difference worth a figure."""


def score_lines(ending: Ending, pen: Pen) -> tuple[str, str]:
    """Where the score stands among par games, and the paired difference, in words."""
    percentile = ending.told.seat.judged.percentile
    if percentile is None:
        first = pen.words("debrief.no_par")
    else:
        first = pen.words("debrief.among_par", percentile=f"{percentile:.0f}", band=ending.band)
    if abs(ending.difference) < LEAST:
        return first, pen.words("debrief.no_difference")
    return first, pen.words("debrief.difference", points=signed(ending.difference).replace("-", "−"))


def draw_score(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> int:
    """The score: yours, a standard player's in the same world, and where it stands among par games; gives the foot."""
    x, y, wide = rect.left, rect.top, rect.width
    drop = y + pen.baseline("key_figure") - pen.baseline("section")
    pen.write(surface, pen.words("debrief.score_title"), (x, drop), "section")
    box = pen.write(surface, pen.words("debrief.of_100"), (x + wide, drop + pen.px(4)), "note", "t2", align="right")
    at = (box.left - pen.px(6), y)
    pen.write(surface, f"{ending.score:.1f}", at, "key_figure", align="right")
    y += pen.line("key_figure") + pen.px(8)
    side = "cn" if ending.told.seat.bloc == "cn" else "us"
    for name, value, colour in (("you", ending.score, side), ("standard", ending.standard, "t3")):
        y = draw_bar(surface, (x, y), wide, pen.words(f"debrief.{name}"), value, colour, pen)
    first, second = score_lines(ending, pen)
    y = pen.paragraph(surface, second, (x, y), wide, "strong", "t1", count=2).bottom + pen.px(8)
    percentile = ending.told.seat.judged.percentile
    if percentile is not None and not is_short(rect, pen):
        draw_par(surface, pygame.Rect(x, y, wide, pen.px(12)), percentile, side, pen)
        y += pen.px(16)
    return pen.paragraph(surface, first, (x, y), wide, "note", "t2", count=3).bottom


def draw_bar(
    surface: pygame.Surface, at: tuple[int, int], wide: int, text: str, value: float, colour: str, pen: Pen
) -> int:
    """A bar of points out of a hundred with its name over it; gives where the next one begins."""
    x, y = at
    pen.write(surface, text, (x, y), "label", "t1", most=wide - pen.px(60))
    pen.write(surface, f"{value:.1f}", (x + wide, y), "site", "t1", align="right")
    bar = pygame.Rect(x, y + pen.line("label") + pen.px(1), wide, max(4, pen.px(7)))
    surface.fill(ink("hair"), bar)
    surface.fill(ink(colour), (bar.left, bar.top, round(bar.width * min(100.0, max(0.0, value)) / 100), bar.height))
    return bar.bottom + pen.px(7)


def draw_par(surface: pygame.Surface, rect: pygame.Rect, percentile: float, colour: str, pen: Pen) -> None:
    """Where the score stands among a hundred par games: the middle of them lighter, a mark for this game."""
    back = ink("side")
    for low, high, share in ((0, 10, 0.25), (10, 30, 0.45), (30, 70, 0.7), (70, 90, 0.45), (90, 100, 0.25)):
        left, right = (rect.left + round(rect.width * part / 100) for part in (low, high))
        surface.fill(
            mix(back, ink("edge"), share), (left, rect.top + pen.px(3), right - left - 1, rect.height - pen.px(6))
        )
    pen.mark(surface, "diamond", (rect.left + rect.width * percentile / 100, rect.centery), 6.5, "side")
    pen.mark(surface, "diamond", (rect.left + rect.width * percentile / 100, rect.centery), 5, colour)


def is_short(rect: pygame.Rect, pen: Pen) -> bool:
    """Whether the panel has no room for more than what counts most."""
    return rect.height < pen.px(620)


def fitting(ending: Ending, most: int, room: int, pen: Pen, count: int) -> list[tuple[Otherwise, list[str], int]]:
    """The rows that fit into a height, each with the lines of its name (at most `count`) and its own height."""
    found = []
    for row in ending.rows:
        lines = pen.lines(sentence(row.title), most, "label", count=count)
        tall = len(lines) * pen.line("label") + pen.line("note") + pen.px(7)
        if tall > room:
            break
        room -= tall
        found.append((row, lines, tall))
    return found


def draw_otherwise(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen, short: bool = False) -> None:
    """What would have gone differently, as many rows as fit, the largest first."""
    x, wide = rect.left, rect.width
    count = min(3, rect.height // pen.line("headline"))
    if count < len(pen.lines(ending.otherwise, wide, "headline")):
        return
    y = pen.paragraph(surface, ending.otherwise, rect.topleft, wide, "headline", "t1", count=count).bottom + pen.px(2)
    if not short:
        text = pen.words("debrief.otherwise_unit")
        y = pen.paragraph(surface, text, (x, y), wide, "note", "t3", count=2).bottom
    y += pen.px(8)
    foot = pen.line("axis") + pen.px(4)
    left, right = x + round(wide * 0.5), x + wide - pen.px(80)
    rows = fitting(ending, left - x - pen.px(10), rect.bottom - foot - y, pen, 1 if short else 2)
    if not rows:
        return
    values = [v for row, _, _ in rows for v in (row.lead.low, row.lead.high, row.lead.held, row.lead.anew)]
    low, high = min(-0.5, *values), max(0.5, *values)
    reach = high - low
    axis = Axis(low - 0.06 * reach, high + 0.06 * reach, left, right)
    bottom = y + sum(tall for _, _, tall in rows)
    for value in axis.ticks(4):
        pen.upright(surface, axis.at(value), y, bottom - y, "t3" if value == 0 else "hair")
    for row, lines, tall in rows:
        draw_row(surface, pygame.Rect(x, y, wide, tall), row, lines, axis, pen)
        y += tall
    draw_foot(surface, y + pen.px(2), axis, pen, 4)
    top = y + foot + pen.px(16)
    draw_own(surface, pygame.Rect(x, top, wide, rect.bottom - top), ending, pen)


def draw_own(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> None:
    """What the seat's own settings did to its own score, as many as fit, the largest first."""
    head = pen.line("headline") + pen.line("note") + pen.px(6)
    room = (rect.height - head) // pen.line("label")
    courses = sorted(ending.own, key=lambda course: -abs(course.effect.own))[: max(0, room)]
    if not courses:
        return
    x, y = rect.topleft
    pen.write(surface, pen.words("debrief.own"), (x, y), "headline", most=rect.width)
    y += pen.line("headline")
    pen.write(surface, pen.words("debrief.own_unit"), (x, y), "note", "t3", most=rect.width)
    y += pen.line("note") + pen.px(6)
    for course in courses:
        pen.write(surface, sentence(course.title), (x, y), "label", "t1", most=rect.width - pen.px(70))
        text = signed(course.effect.own).replace("-", "−")
        pen.write(surface, text, (rect.right, y), "site", "t1", align="right")
        y += pen.line("label")


def draw_row(
    surface: pygame.Surface, rect: pygame.Rect, row: Otherwise, lines: list[str], axis: Axis, pen: Pen
) -> None:
    """One row: its name, a ring for orders held, a diamond for all deciding anew, and the range under other luck."""
    most = round(axis.start) - rect.left - pen.px(10)
    whose = row.since if row.called in row.title else f"{row.called}, {row.since}"
    top = rect.top
    for line in lines:
        pen.write(surface, line, (rect.left, top), "label", "t1", most=most)
        top += pen.line("label")
    pen.write(surface, whose, (rect.left, top - pen.px(1)), "note", "t2", most=most)
    about, y = row.lead, rect.top + pen.line("label") - pen.px(1)
    colour = "us" if about.anew >= 0 else "cn"
    tall = max(5, pen.px(8))
    for ends, share in (((about.low, about.high), PALE), ((about.lower, about.upper), STRONG)):
        near, far = round(axis.held(ends[0])), round(axis.held(ends[1]))
        surface.fill(mix(ink("side"), ink(colour), share), (near, y - tall // 2, max(2, far - near), tall))
    pen.mark(surface, "diamond", (axis.held(about.anew), y), 6, "side")
    pen.mark(surface, "diamond", (axis.held(about.anew), y), 4.6, colour)
    pen.ring(surface, (axis.held(about.held), y), 5, 1.6, "ivory")
    right = rect.right
    pen.write(surface, months(about.anew), (right, rect.top), "site", "t1", align="right")
    text = months_between(about.low, about.high)
    pen.write(surface, text, (right, rect.top + pen.line("label") - pen.px(1)), "note", "t2", align="right")
