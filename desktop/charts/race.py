"""The race: capability of labs over time, the lead as a level bracket between two lines, the fan of what may come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np
import pygame

from desktop import curves, shapes
from desktop.charts.axis import Axis, draw_level_grid
from desktop.labels import Wish, placed
from desktop.pen import Ink, Pen, ink

LEAD = "lead"
"""The name under which the words of the lead are placed."""


@dataclass(frozen=True)
class Line:
    """A lab: points (time in years, index), its colour, and where its name stands (time, index); by itself where it is free."""

    name: str
    points: tuple[tuple[float, float], ...]
    colour: str
    text: str
    main: bool = True
    label_at: tuple[float, float] | None = None
    mark: str = "disc"


@dataclass(frozen=True)
class Fan:
    """A forecast: (time, low, middle, high), from now on."""

    points: tuple[tuple[float, float, float, float], ...]
    colour: str


@dataclass(frozen=True)
class Lead:
    """The lead: at an index, from the time one side reached it to the time the other did; its figure, words and range."""

    index: float
    start: float
    end: float
    figure: str
    words: str = ""
    range: str = ""


@dataclass(frozen=True)
class Race:
    """All that the chart shows. `now` parts what happened from the forecast."""

    lines: tuple[Line, ...]
    now: float
    until: float
    fans: tuple[Fan, ...] = ()
    lead: Lead | None = None
    since: float | None = None
    low: float | None = None
    high: float | None = None

    def bounds(self) -> tuple[float, float, float, float]:
        """First and last time, lowest and highest index."""
        times = [t for line in self.lines for t, _ in line.points]
        values = [v for line in self.lines for _, v in line.points]
        values += [v for fan in self.fans for _, low, _, high in fan.points for v in (low, high)]
        first = self.since if self.since is not None else min(times, default=self.now - 1)
        lowest, highest = min(values, default=0.0), max(values, default=1.0)
        room = max(1e-9, highest - lowest) * 0.08
        low = lowest - room if self.low is None else self.low
        high = highest + room if self.high is None else self.high
        return min(first, self.until - 0.1), self.until, low, max(high, low + 1e-9)


def draw_race(surface: pygame.Surface, rect: pygame.Rect, race: Race, pen: Pen) -> None:
    """Draws the race into a box, years under it."""
    first, last, low, high = race.bounds()
    foot = pen.line("axis") + pen.px(6)
    body = pygame.Rect(rect.left, rect.top, rect.width, rect.height - foot)
    times = Axis(first, last, body.left, body.right)
    index = Axis(low, high, body.bottom, body.top)
    draw_level_grid(surface, body, index, pen, 5, text_inside=True)
    pen.rule(surface, body.left, body.bottom, body.width, "edge")
    draw_years(surface, body, times, pen)
    for fan in race.fans:
        draw_fan(surface, fan, times, index, pen)
    now = times.at(race.now)
    if race.now < last:
        pen.upright(surface, now, body.top, body.height, "edge")
        at = (now + pen.px(5), body.bottom - pen.line("note_italic") - pen.px(2))
        if body.right - now > pen.width(pen.words("kit.forecast"), "note_italic") + pen.px(6):
            pen.write(surface, pen.words("kit.forecast"), at, "note_italic", "t3")
    for line in sorted(race.lines, key=lambda line: line.main):
        draw_lab(surface, line, times, index, pen)
    if race.lead:
        draw_lead(surface, race.lead, times, index, pen)
    write_names(surface, race, times, index, body, pen)


def write_names(
    surface: pygame.Surface, race: Race, times: Axis, index: Axis, body: pygame.Rect, pen: Pen
) -> dict[str, pygame.Rect]:
    """Writes the lead and the names of the lines where nothing else stands, and gives their boxes."""
    texts = lead_texts(race.lead, pen) if race.lead else []
    boxes = places_of(race, times, index, body, pen)
    if texts:
        write_lead(surface, texts, boxes[LEAD], pen)
    for line in race.lines:
        if line.name in boxes:
            pen.write(surface, line.name, boxes[line.name].topleft, "label", line.text, halo="panel")
    return boxes


def places_of(race: Race, times: Axis, index: Axis, body: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
    """The boxes of the lines' names and of the lead: by hand, else near what they name, and off all that is drawn."""
    traces = {line.name: [(times.at(t), index.at(v)) for t, v in line.points] for line in race.lines}
    fans = [[(times.at(t), index.at(v)) for t, *values in fan.points for v in values] for fan in race.fans]
    held = [box for points in (*traces.values(), *fans) for box in boxes_along(points, pen.px(3))]
    held.append(pygame.Rect(round(times.at(race.now)), body.top, 2, body.height))
    names = dict(name_wishes(race, traces, times, index, body, pen))
    wishes = [Wish(name, tuple(boxes)) for name, boxes in names.items()]
    if race.lead:
        texts, y = lead_texts(race.lead, pen), index.at(race.lead.index)
        start, end = times.at(race.lead.start), times.at(race.lead.end)
        held += boxes_along([(start, y), (end, y)], pen.px(3))
        held.append(pygame.Rect(round(start), round(y) - pen.px(7), 2, pen.px(14)))
        wide, tall = max(pen.width(text, role) for text, role, _ in texts), text_tops(texts, pen)[-1]
        first = pygame.Rect(round(start - pen.px(6)) - wide, round(y) - tall, wide, tall)
        wishes.append(Wish(LEAD, (first, *round_about(first, body, pen))))
    found = placed(wishes, held, body)
    return {wish.name: found[wish.name][1] if wish.name in found else wish.boxes[0].clamp(body) for wish in wishes}


def name_wishes(
    race: Race,
    traces: Mapping[str, list[tuple[float, float]]],
    times: Axis,
    index: Axis,
    body: pygame.Rect,
    pen: Pen,
) -> Iterator[tuple[str, list[pygame.Rect]]]:
    """Where each line's name may stand: by hand, else above the uppermost line, below the others, the nearest to its end first."""
    top = min((points[-1][1] for points in traces.values() if points), default=0.0)
    for line in race.lines:
        points, wide, tall = traces[line.name], pen.width(line.name, "label"), pen.line("label")
        if not points or not line.name:
            continue
        if line.label_at:
            x, y = times.at(line.label_at[0]), index.at(line.label_at[1])
            yield line.name, [pygame.Rect(round(x), round(y - tall / 2), wide, tall)]
            continue
        x, y = points[-1]
        is_upper = y <= top
        first = pygame.Rect(round(x) - wide - pen.px(8), 0, wide, tall)
        first.top = round(y) - tall - pen.px(6) if is_upper else round(y) + pen.px(6)
        yield line.name, [first, *(box for box in round_about(first, body, pen) if is_beyond(box, points, is_upper))]


def is_beyond(box: pygame.Rect, points: list[tuple[float, float]], is_upper: bool) -> bool:
    """Whether a box lies above a line, or below it."""
    x, y = zip(*points, strict=True)
    heights = np.interp((box.left, box.centerx, box.right), x, y)
    return bool(box.bottom <= heights.min() if is_upper else box.top >= heights.max())


def round_about(first: pygame.Rect, body: pygame.Rect, pen: Pen) -> list[pygame.Rect]:
    """Boxes all over the chart, those nearest to the one thought of first before others."""
    step = pen.px(8)
    every = [
        pygame.Rect(x, y, *first.size)
        for x in range(body.left, body.right - first.width + 1, step)
        for y in range(body.top, body.bottom - first.height + 1, step)
    ]
    return sorted(every, key=lambda box: hypot(box.left - first.left, 1.5 * (box.top - first.top)))


def boxes_along(points: list[tuple[float, float]], reach: int) -> list[pygame.Rect]:
    """Small boxes along a line, for words to keep off."""
    if len(points) < 2:
        return []
    return [
        pygame.Rect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)
        for x, y in curves.dots(curves.path(points), reach)
    ]


def draw_years(surface: pygame.Surface, body: pygame.Rect, times: Axis, pen: Pen) -> None:
    """A tick and a number for each year that has room; compact layouts write '24."""
    years = range(int(np.ceil(times.low - 1e-9)), int(np.floor(times.high + 1e-9)) + 1)
    right = -1.0
    for n, year in enumerate(years):
        x = times.at(year)
        text = f"’{year % 100:02d}" if pen.scale.compact and n else str(year)
        half = pen.width(text, "axis") / 2
        pen.upright(surface, x, body.bottom, pen.px(4), "edge")
        place = min(max(x, body.left + half), body.right - half)
        if place - half > right:
            pen.write(surface, text, (place, body.bottom + pen.px(5)), "axis", "t3", align="centre")
            right = place + half + pen.px(6)


def draw_fan(surface: pygame.Surface, fan: Fan, times: Axis, index: Axis, pen: Pen) -> None:
    """A forecast: a pale fan with its middle dotted."""
    upper = [(times.at(t), index.held(high)) for t, _, _, high in fan.points]
    lower = [(times.at(t), index.held(low)) for t, low, _, _ in fan.points]
    if len(upper) < 2:
        return
    shapes.polygon(surface, ink(fan.colour), [*upper, *lower[::-1]], 0.22)
    middle = curves.path([(times.at(t), index.held(mid)) for t, _, mid, _ in fan.points])
    shapes.dashed(surface, ink(fan.colour), middle, pen.scale.real(2), pen.scale.real(3), pen.scale.real(3.5))


def draw_lab(surface: pygame.Surface, line: Line, times: Axis, index: Axis, pen: Pen) -> None:
    """A lab's line with its points, its last one marked, its name beside it."""
    placed = [(times.at(t), index.at(v)) for t, v in line.points]
    if len(placed) > 1:
        width = pen.scale.real(2.6 if line.main else 1.4)
        shapes.line(surface, ink(line.colour), placed, width, 1.0 if line.main else 0.75)
    if line.main and placed:
        for point in placed[:-1]:
            pen.disc(surface, point, 2.4, line.colour)
        pen.mark(surface, line.mark, placed[-1], 4.2, line.colour)


def draw_lead(surface: pygame.Surface, lead: Lead, times: Axis, index: Axis, pen: Pen) -> None:
    """The lead: a level bracket, for months are read across."""
    y, start, end = round(index.at(lead.index)), round(times.at(lead.start)), round(times.at(lead.end))
    thick, tall = max(2, pen.px(2)), pen.px(14)
    surface.fill(ink("ivory"), (min(start, end), y - thick // 2, abs(end - start), thick))
    surface.fill(ink("ivory"), (start, y - tall // 2, thick, tall))


def lead_texts(lead: Lead, pen: Pen) -> list[tuple[str, str, Ink]]:
    """What is written of the lead, line by line, each with its role and colour."""
    texts: list[tuple[str, str, Ink]] = [(lead.figure, "key_figure", "t1")]
    if lead.words and not pen.scale.compact:
        texts.append((lead.words, "label", "t1"))
    if lead.range:
        texts.append((lead.range, "note", "t2"))
    return texts


def text_tops(texts: list[tuple[str, str, Ink]], pen: Pen) -> list[int]:
    """Where each line begins below the first one's top, and last where all end; the figure stands close to what follows."""
    tops = [0]
    for _, role, _ in texts:
        tops.append(tops[-1] + pen.line(role) - (pen.px(4) if role == "key_figure" else 0))
    return tops


def write_lead(surface: pygame.Surface, texts: list[tuple[str, str, Ink]], box: pygame.Rect, pen: Pen) -> None:
    """Writes the lead into its box."""
    for (text, role, hue), top in zip(texts, text_tops(texts, pen), strict=False):
        pen.write(surface, text, (box.right, box.top + top), role, hue, align="right", halo="panel")
