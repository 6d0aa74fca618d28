"""The race: capability of labs over time, the lead as a level bracket between two lines, the fan of what may come."""

from dataclasses import dataclass

import numpy as np
import pygame

from desktop import curves, shapes
from desktop.charts.axis import Axis, draw_level_grid
from desktop.pen import Ink, Pen, ink


@dataclass(frozen=True)
class Line:
    """A lab: points (time in years, index), its colour, and where its name stands (time, index)."""

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
        draw_lead(surface, race.lead, times, index, body, pen)


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
    if line.label_at and line.name:
        x, y = times.at(line.label_at[0]), index.at(line.label_at[1])
        pen.write(surface, line.name, (x, y - pen.line("label") / 2), "label", line.text, halo="panel")


def draw_lead(surface: pygame.Surface, lead: Lead, times: Axis, index: Axis, body: pygame.Rect, pen: Pen) -> None:
    """The lead: a level bracket, for months are read across, its figure above its west end."""
    y, start, end = round(index.at(lead.index)), round(times.at(lead.start)), round(times.at(lead.end))
    thick, tall = max(2, pen.px(2)), pen.px(14)
    colour: Ink = "ivory"
    surface.fill(ink(colour), (min(start, end), y - thick // 2, abs(end - start), thick))
    surface.fill(ink(colour), (start, y - tall // 2, thick, tall))
    texts: list[tuple[str, str, Ink]] = [(lead.figure, "key_figure", "t1")]
    if lead.words and not pen.scale.compact:
        texts.append((lead.words, "label", "t1"))
    if lead.range:
        texts.append((lead.range, "note", "t2"))
    tall = sum(pen.line(role) for _, role, _ in texts) - pen.px(4)
    widest = max(pen.width(text, role) for text, role, _ in texts)
    right = max(start - pen.px(6), body.left + widest)
    top = max(body.top, y - tall + pen.px(2))
    for text, role, hue in texts:
        pen.write(surface, text, (right, top), role, hue, align="right", halo="panel")
        top += pen.line(role) - (pen.px(4) if role == "key_figure" else 0)
