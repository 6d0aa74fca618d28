"""Quantities over time with their ranges: what sources said, what was believed, what turned out, what is not yet known."""

from dataclasses import dataclass

import pygame

from desktop import curves, shapes
from desktop.charts.axis import Axis, draw_level_grid
from desktop.charts.race import draw_years
from desktop.pen import Ink, Pen, ink


@dataclass(frozen=True)
class Estimate:
    """What a source says over time: (time, low, middle, high). Sources differ by hatch as well as by tint.

    `lean` is the slant of the hatch (None: none, 0: level lines); `label_at` is where name and `range` stand (time, value).
    A strong one stands out from the others.
    """

    name: str
    points: tuple[tuple[float, float, float, float], ...]
    colour: str = "t3"
    text: str = "t2"
    lean: float | None = None
    range: str = ""
    label_at: tuple[float, float] | None = None
    is_strong: bool = False


@dataclass(frozen=True)
class Known:
    """What is known: points (time, value), drawn as a line."""

    name: str
    points: tuple[tuple[float, float], ...]
    colour: str = "ivory"
    text: str = "t1"
    label_at: tuple[float, float] | None = None
    dots: bool = True


@dataclass(frozen=True)
class Event:
    """A numbered moment on a line, with words beside it: `up` pixels above it (below, if negative)."""

    number: str
    time: float
    value: float
    title: str = ""
    text: str = ""
    up: float = 60.0
    align: str = "left"


@dataclass(frozen=True)
class Bands:
    """All that the chart shows. From `revealed` on nothing is known yet: a stipple thickens with time."""

    since: float
    until: float
    low: float
    high: float
    estimates: tuple[Estimate, ...] = ()
    known: tuple[Known, ...] = ()
    events: tuple[Event, ...] = ()
    revealed: float | None = None
    now: float | None = None
    unit: str = ""
    """What stands behind the values of the axis; "%" where they are shares."""


def axes(rect: pygame.Rect, bands: Bands, pen: Pen) -> tuple[pygame.Rect, Axis, Axis]:
    """The body of the chart in a box - values left of it, years under it - and its two axes."""
    left, foot = rect.left + pen.px(40), pen.line("axis") + pen.px(6)
    body = pygame.Rect(left, rect.top, rect.right - left, rect.height - foot)
    return (
        body,
        Axis(bands.since, bands.until, body.left, body.right),
        Axis(bands.low, bands.high, body.bottom, body.top),
    )


def draw_bands(surface: pygame.Surface, rect: pygame.Rect, bands: Bands, pen: Pen, back: Ink = "panel") -> None:
    """Draws the chart into a box."""
    body, times, values = axes(rect, bands, pen)
    draw_level_grid(surface, body, values, pen, 5, unit=bands.unit)
    pen.rule(surface, body.left, body.bottom, body.width, "edge")
    draw_years(surface, body, times, pen)
    if bands.revealed is not None:
        draw_unrevealed(surface, body, times.held(bands.revealed), pen)
    for estimate in bands.estimates:
        draw_estimate(surface, estimate, times, values, pen)
    for known in bands.known:
        draw_known(surface, known, times, values, pen)
    if bands.revealed is not None:
        pen.upright(surface, times.held(bands.revealed), body.top, body.height, "t2")
    if bands.now is not None:
        x = times.held(bands.now)
        line = [(x, float(body.top)), (x, float(body.bottom))]
        shapes.dashed(surface, ink("t2"), curves.path(line), pen.scale.hair(), pen.px(4), pen.px(3))
    labels = [(e.name, e.range, e.text, e.label_at) for e in bands.estimates]
    labels += [(k.name, "", k.text, k.label_at) for k in bands.known]
    for name, second, hue, at in labels:
        if at:
            x, y = times.at(at[0]), values.at(at[1])
            box = pen.write(surface, name, (x, y), "label", hue, halo=back)
            if second:
                pen.write(surface, second, (x, box.bottom - pen.px(2)), "note", hue, halo=back)
    for event in bands.events:
        draw_event(surface, event, times, values, pen, back)


def draw_unrevealed(surface: pygame.Surface, body: pygame.Rect, start: float, pen: Pen) -> None:
    """The part that is not known yet: lighter, and grained, more so with time."""
    box = pygame.Rect(round(start), body.top, body.right - round(start), body.height)
    if box.width < 4:
        return

    def fogged() -> pygame.Surface:
        tint = pygame.Surface(box.size, pygame.SRCALPHA)
        tint.fill((*ink("edge"), 60))
        fog = shapes.faded(tint, "right", 0.15, 0.8)
        fog.blit(shapes.stippled(box.size, ink("t2")), (0, 0))
        return fog

    surface.blit(pen.kept(("fog", box.size), fogged), box)


def draw_estimate(surface: pygame.Surface, estimate: Estimate, times: Axis, values: Axis, pen: Pen) -> None:
    """A source: its band pale, hatched and edged, its middle a line."""
    upper = [(times.at(t), values.held(high)) for t, _, _, high in estimate.points]
    lower = [(times.at(t), values.held(low)) for t, low, _, _ in estimate.points]
    if len(upper) < 2:
        return
    middle = [(times.at(t), values.held(mid)) for t, _, mid, _ in estimate.points]
    strong, unit = estimate.is_strong, pen.scale.real

    def draw(sheet: shapes.Sheet) -> None:
        sheet.large.fill(sheet.ink(0.34 if strong else 0.1))
        if estimate.lean is not None:
            sheet.hatch(unit(9), unit(1), estimate.lean, 0.4)
        sheet.clear_outside(upper, lower)
        for edge in (upper, lower):
            sheet.stroke(edge, unit(1.8 if strong else 1), 0.9 if strong else 0.6)
        if strong:
            sheet.colour = ink("ink")
            sheet.stroke(middle, unit(6.5), 0.9)
        sheet.colour = ink(estimate.text)
        sheet.stroke(middle, unit(3.4 if strong else 1.6))

    shapes.drawn(surface, shapes.around([*upper, *lower], unit(4)), ink(estimate.colour), draw, wide=2)


def draw_known(surface: pygame.Surface, known: Known, times: Axis, values: Axis, pen: Pen) -> None:
    """What is known: a strong line, a dot at each point, the last one larger."""
    placed = [(times.at(t), values.held(v)) for t, v in known.points]
    if len(placed) > 1:
        shapes.line(surface, ink(known.colour), placed, pen.scale.real(2.6))
    for n, point in enumerate(placed if known.dots else []):
        pen.disc(surface, point, 5 if n + 1 == len(placed) else 3, known.colour)


def draw_event(surface: pygame.Surface, event: Event, times: Axis, values: Axis, pen: Pen, back: Ink) -> None:
    """A number in a disc on the line, a leader, and the words at its end."""
    x, y = times.at(event.time), values.held(event.value)
    up = pen.scale.real(event.up)
    end = y - up
    top, bottom = sorted((y, end))
    pen.upright(surface, x, top, bottom - top, "t2")
    pen.disc(surface, (x, y), 12, back)
    pen.disc(surface, (x, y), 10, "ivory")
    drop = y - pen.line("strong") / 2
    pen.write(surface, event.number, (x, drop), "strong", "ink", align="centre")
    tall = pen.line("strong") + (pen.line("note") if event.text else 0)
    start = end - tall - pen.px(4) if up > 0 else end + pen.px(4)
    box = pen.write(surface, event.title, (x, start), "strong", "t1", align=event.align, halo=back)
    if event.text:
        pen.write(surface, event.text, (x, box.bottom - pen.px(2)), "note", "t2", align=event.align, halo=back)
