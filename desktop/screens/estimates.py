"""Estimates as drawings: what sources say of a disputed quantity over time beside one's own belief."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from desktop import curves, shapes
from desktop.charts import Axis, Bands, Belief, Estimate, Known, draw_bands, draw_belief
from desktop.charts.bands import axes
from desktop.numbers import figure_of, range_of
from desktop.pen import Pen, ink
from play.disputes import Dispute, Source, sentence
from play.forecasts import Forecast
from play.story import Story


@dataclass(frozen=True)
class Look:
    """How a source is drawn: its tint, the colour of its words, and the slant of its hatch (0: level, 0.001: upright)."""

    tint: str
    text: str
    lean: float


LOOKS = {
    "commerce": Look("us", "us2", 0.0),
    "analyst": Look("cn2", "cn2", 1.0),
    "bank": Look("up", "up2", 0.4),
    "think-tank": Look("t3", "t2", -1.0),
    "embassy": Look("t2", "t2", 0.001),
    "chipmaker-brief": Look("up", "up2", -0.5),
    "press": Look("edge", "t3", -2.0),
}
"""Sources that speak about the same quantity differ by tint and by slant."""
OTHER_LOOK = Look("t3", "t2", 1.5)
QUANTITIES = {
    "huawei_output": "year_output",
    "smic_yield": "die_yield.{product}",
    "advanced_wafers": "{champion}_wafers",
    "ascend_wafers": "started.{champion}.advanced",
    "memory_left": "{champion}_stacks",
    "smuggled": "smuggled_chips",
    "rented": "rented",
}
"""The quantity that W and I ask about, for each question."""
OUTLIER = 1.4
"""How far above all middles a band is followed; what goes higher leaves the chart."""
NARROW = 0.06
"""The part of the time shown over which a single report is drawn."""


def look_of(source: str) -> Look:
    """How a source is drawn."""
    return LOOKS.get(source, OTHER_LOOK)


def time_of(story: Story, turn: int) -> float:
    """The end of a turn in years."""
    start = story.start
    return (start.year * 4 + (start.month - 1) // 3 + turn + 1) / 4


@dataclass(frozen=True)
class Plot:
    """A dispute with what places it in time."""

    dispute: Dispute
    story: Story
    turn: int
    truth: tuple[float, ...] = ()
    """What was true after each quarter; empty while the game goes on."""
    forecasts: tuple[Forecast, ...] = ()
    """One's own forecasts of the quantity."""


def draw_estimates(surface: pygame.Surface, rect: pygame.Rect, plot: Plot, pen: Pen) -> None:
    """The chart: sources over time in hatched bands, one's own belief over them, the truth where it is out; dots at the right."""
    if rect.height < pen.px(60):
        return
    dots_wide = min(pen.px(216), round(0.36 * rect.width))
    box = pygame.Rect(rect.left, rect.top, rect.width - dots_wide, rect.height)
    bands = bands_of(plot, box, pen)
    draw_bands(surface, box, bands, pen)
    body, across, values = axes(box, bands, pen)
    now = across.at(bands.now or 0.0)
    draw_forecast_marks(surface, plot, across, values, pen)
    draw_names(surface, body, now, values, plot, pen)
    draw_own(surface, rect, body, values, plot, pen)


def draw_forecast_marks(surface: pygame.Surface, plot: Plot, across: Axis, values: Axis, pen: Pen) -> None:
    """Each forecast that fell due as a ring at its median, with a line from its low to its high end."""
    for one in plot.forecasts:
        if one.due <= plot.turn:
            x = across.at(time_of(plot.story, one.due))
            low, middle, high = (values.held(value) for value in (one.low, one.median, one.high))
            for hue, wide, ring in (("ink", 5.0, 9.0), ("white", 2.0, 7.0)):
                shapes.line(surface, ink(hue), [(x, high), (x, low)], pen.scale.real(wide))
                pen.disc(surface, (x, middle), ring, hue)
            pen.disc(surface, (x, middle), 4.6, "ink")


def bands_of(plot: Plot, box: pygame.Rect, pen: Pen) -> Bands:
    """What the chart shows in a box: past quarters, and room for the names of sources right of now."""
    times = [time_of(plot.story, turn) for turn in range(plot.turn + 1)]
    now = times[-1]
    wide = box.width - pen.px(40)
    history = max(now - times[0], 0.25)
    since = now - history
    is_hidden = not plot.truth and plot.dispute.known is None
    return Bands(
        since=since,
        until=since + history * wide / max(1, wide - names_room(plot, wide, pen)),
        low=0.0,
        high=top_of(plot),
        estimates=tuple(estimates(plot, times, since)),
        known=truth_line(plot, times),
        unit="%" if plot.dispute.unit == "share" else "",
        revealed=since if is_hidden else None,
        now=now,
    )


def names_room(plot: Plot, wide: int, pen: Pen) -> int:
    """How many pixels the names of the sources take beside the chart, at most a good part of it."""
    names = [pen.width(sentence(source.title), "note_medium") for source in plot.dispute.sources]
    fog = pen.width(pen.words("intelligence.fog"), "note_italic") + pen.px(26)
    return min(max([fog, *names]) + pen.px(26), round(0.5 * wide))


def top_of(plot: Plot) -> float:
    """The upper end of the axis: one's belief since the opening day, every middle, and what sources say now."""
    dispute = plot.dispute
    said = [one.told.middle for source in dispute.sources for one in source.said]
    now = [source.said[-1].told.high for source in dispute.sources if source.said]
    said += [min(high, OUTLIER * max(said)) for high in now]
    own = [held.high for held in dispute.believed[1:] or dispute.believed]
    if dispute.known is not None:
        own = [dispute.known * 1.2]
    own += [one.high for one in plot.forecasts if one.due <= plot.turn]
    high = max([*own, *said, *plot.truth]) * 1.08
    return min(1.04, high) if dispute.unit == "share" else high


def estimates(plot: Plot, times: Sequence[float], since: float) -> list[Estimate]:
    """Every source with its range over time, the widest first, and one's own belief over all, strong while the truth is hidden."""
    dispute = plot.dispute
    narrow = NARROW * (times[-1] - since)
    found = []
    for source in sorted(dispute.sources, key=lambda one: -one.said[-1].told.width if one.said else 0.0):
        look = look_of(source.name)
        points = [(times[one.turn], one.told.low, one.told.middle, one.told.high) for one in source.said]
        found.append(Estimate(source.title, drawable(points, narrow), look.tint, look.text, look.lean))
    own = [(time, held.low, held.middle, held.high) for time, held in zip(times, dispute.believed, strict=True)]
    if len(own) == 1:
        own = [(since, *own[0][1:]), *own]
    if dispute.known is not None:
        return found
    return [*found, Estimate("own", tuple(own), "ivory", "ivory", None, is_strong=not plot.truth)]


def drawable(
    points: Sequence[tuple[float, float, float, float]], narrow: float
) -> tuple[tuple[float, float, float, float], ...]:
    """The points of a band; a single one is drawn as a narrow column."""
    if len(points) == 1:
        time, low, middle, high = points[0]
        return ((time - narrow, low, middle, high), (time, low, middle, high))
    return tuple(points)


def truth_line(plot: Plot, times: Sequence[float]) -> tuple[Known, ...]:
    """The truth over time, or the value that the seat knows now."""
    if plot.truth:
        return (Known("", tuple(zip(times, plot.truth, strict=True)), "white", "t1"),)
    if plot.dispute.known is not None:
        return (Known("", ((times[-1], plot.dispute.known),), "white", "t1"),)
    return ()


def draw_names(surface: pygame.Surface, body: pygame.Rect, now: float, values: Axis, plot: Plot, pen: Pen) -> None:
    """Names and ranges beside the ends of the bands, moved apart where they would touch; names alone in a low chart."""
    dispute, top = plot.dispute, body.top
    is_open = dispute.known is None and not plot.truth
    if is_open:
        top = draw_fog(surface, (round(now) + pen.px(16), body.top + pen.px(4)), pen) + pen.px(2)
    spoken = [source for source in dispute.sources if source.said]
    one, two, gap = pen.line("note"), pen.line("note") + pen.line("axis"), pen.px(8)
    is_low = len(spoken) * two + gap > body.bottom - top
    tall = one if is_low else two
    levels = [values.held(source.said[-1].told.middle) for source in spoken]
    own = values.held(dispute.now.middle)
    tops = around(levels, tall, (top, own - gap / 2), (own + gap / 2, body.bottom)) if is_open else None
    if tops is not None:
        line = curves.path([(now, own), (body.right + pen.px(14), own)])
        shapes.dashed(surface, ink("ivory"), line, max(1.0, pen.scale.real(1.6)), pen.px(2), pen.px(5))
    tops = tops or apart(levels, tall, top, body.bottom)
    for source, level, at in zip(spoken, levels, tops, strict=True):
        box = pygame.Rect(round(now), round(at), round(body.right - now) - pen.px(4), tall)
        draw_source_name(surface, box, source, level, is_low, dispute.unit, pen)


def draw_source_name(
    surface: pygame.Surface, box: pygame.Rect, source: Source, level: float, is_low: bool, unit: str, pen: Pen
) -> None:
    """The name of a source with what it says now, and a hook from the end of its band."""
    hue, told, x = look_of(source.name).text, source.said[-1].told, box.left + pen.px(16)
    pen.upright(surface, box.left + pen.px(3), min(level, box.centery), abs(level - box.centery) + 1, "hair")
    pen.rule(surface, box.left + pen.px(3), box.centery, pen.px(9), "edge")
    most = box.right - x
    name = pen.write(surface, sentence(source.title), (x, box.top), "note_medium", hue, halo="panel", most=most)
    if not is_low:
        said = range_of(unit, told.low, told.high)
        pen.write(surface, said, (x, name.bottom - pen.px(3)), "axis", hue, halo="panel", most=most)


def draw_fog(surface: pygame.Surface, at: tuple[int, int], pen: Pen) -> int:
    """A dash, and that the truth is hidden; gives the foot."""
    surface.fill(ink("t3"), (at[0], at[1] + pen.line("note") // 2, pen.px(18), max(2, pen.px(2))))
    words = pen.words("intelligence.fog")
    return pen.write(surface, words, (at[0] + pen.px(26), at[1]), "note_italic", "t2", halo="panel").bottom


def around(
    middles: Sequence[float], tall: float, over: tuple[float, float], under: tuple[float, float]
) -> list[float] | None:
    """Tops for labels of a height on both sides of a line, each on the side where it belongs; None where they do not fit."""
    upper = [at for at, middle in enumerate(middles) if middle < (over[1] + under[0]) / 2]
    lower = [at for at in range(len(middles)) if at not in upper]
    placed = [0.0] * len(middles)
    for side, (low, high) in ((upper, over), (lower, under)):
        if len(side) * tall > high - low:
            return None
        for at, top in zip(side, apart([middles[one] for one in side], tall, low, high), strict=True):
            placed[at] = top
    return placed


def apart(middles: Sequence[float], tall: float, low: float, high: float) -> list[float]:
    """Tops for labels of a height that do not touch, in the same order from top to bottom, between two ends."""
    order = sorted(range(len(middles)), key=lambda at: middles[at])
    placed = [0.0] * len(middles)
    end = low
    for at in order:
        placed[at] = max(middles[at] - tall / 2, end)
        end = placed[at] + tall
    end = high
    for at in reversed(order):
        placed[at] = min(placed[at], end - tall)
        end = placed[at]
    return placed


def draw_own(surface: pygame.Surface, rect: pygame.Rect, body: pygame.Rect, values: Axis, plot: Plot, pen: Pen) -> None:
    """One's own belief as twenty dots on the chart's axis, with the median and its ranges; a mark alone where it is known."""
    dispute, now = plot.dispute, plot.dispute.now
    left = body.right + pen.px(14)
    box = pygame.Rect(left, body.top, min(pen.px(104), max(pen.px(40), rect.right - left - pen.px(96))), body.height)
    if dispute.known is None:
        spare = pen.px(12) / max(1, body.height)
        most = values.low + (values.high - values.low) * (1 - spare)
        dots = Axis(values.low, most, values.start, values.end + spare * body.height)
        if box.width >= pen.px(60):
            draw_belief(surface, box, Belief(now.dots(dispute.name)), dots, pen)
        value, half, wide = now.middle, (now.near, now.far), (now.low, now.high)
    else:
        pen.upright(surface, box.left, box.top, box.height, "edge")
        pen.disc(surface, (box.left + pen.px(14), values.held(dispute.known)), 6, "ivory")
        value, half, wide = dispute.known, None, None
    words = pen.words("intelligence.yours")
    pen.write(surface, words, (rect.right - pen.px(2), body.top), "label", align="right", most=pen.px(190))
    y = min(max(values.held(value) - pen.px(30), body.top + pen.line("label")), body.bottom - pen.px(76))
    x, room = rect.right - pen.px(2), pen.px(96)
    pen.write(surface, figure_of(dispute.unit, value), (x, y), "key_figure", align="right", most=room, halo="panel")
    y += pen.line("key_figure")
    texts = [pen.words("intelligence.known")]
    if half and wide:
        texts = [
            pen.words("intelligence.ninety", range=range_of(dispute.unit, *wide)),
            pen.words("intelligence.fifty", range=range_of(dispute.unit, *half)),
        ]
    for text in texts:
        pen.write(surface, text, (x, y), "note_medium", "t2", align="right", most=pen.px(120), halo="panel")
        y += pen.line("note")
