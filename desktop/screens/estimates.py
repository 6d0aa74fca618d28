"""Estimates as drawings: what sources say of a disputed quantity over time beside one's own belief, and their track record."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from desktop.charts import Axis, Bands, Belief, Estimate, Known, draw_bands, draw_belief
from desktop.charts.bands import axes
from desktop.numbers import short, span
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix
from play.disputes import Dispute, Held, Source
from play.story import Story

LOOKS: dict[str, tuple[str, str, float | None]] = {
    "commerce": ("us", "us2", 0.0),
    "analyst": ("cn2", "cn2", 1.0),
    "bank": ("up", "up2", 0.5),
    "think-tank": ("t3", "t2", -1.0),
    "embassy": ("cn", "cn", 0.0),
    "chipmaker-brief": ("up", "up2", -0.5),
    "press": ("edge", "t3", 2.0),
}
"""Tint, text colour and slant of the hatch of each source."""
QUANTITIES = {
    "huawei_output": "{champion}_chips",
    "smic_yield": "{champion}_pack_yield",
    "advanced_wafers": "{champion}_wafers",
    "ascend_wafers": "started.{champion}.advanced",
    "memory_left": "{champion}_stacks",
    "smuggled": "smuggled_chips",
    "rented": "rented",
}
"""The quantity that W and I ask about, for each question."""
OTHER_LOOK = ("t3", "t2", 1.5)
HALF_DOUBLE = (0.25, 4.0)
"""The ends of a track record: a quarter and four times."""
SHOWN = 12
"""Past estimates that a track record shows."""


def figure_of(unit: str, value: float) -> str:
    """A number of a question as people read it."""
    return f"{100 * value:.0f} %" if unit == "share" else short(value)


def range_of(unit: str, low: float, high: float) -> str:
    """A range of a question as people read it."""
    return f"{100 * low:.0f}–{100 * high:.0f} %" if unit == "share" else span(low, high)


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


def draw_estimates(surface: pygame.Surface, rect: pygame.Rect, plot: Plot, pen: Pen) -> None:
    """The chart: sources over time in hatched bands, one's own belief, the truth where it is out; dots at the right."""
    dispute = plot.dispute
    if rect.height < pen.px(60):
        return
    dots_wide = min(pen.px(216), round(0.36 * rect.width))
    names_wide = min(pen.px(168), round(0.45 * (rect.width - dots_wide - pen.px(40))))
    box = pygame.Rect(rect.left, rect.top, rect.width - dots_wide, rect.height)
    times = [time_of(plot.story, turn) for turn in range(plot.turn + 1)]
    first, now = times[0], times[-1]
    body_wide = box.width - pen.px(40)
    history = max(now - first, 0.25)
    since = now - history
    until = since + history * body_wide / max(1, body_wide - names_wide)
    high = top_of(plot)
    bands = Bands(
        since=since,
        until=until,
        low=0.0,
        high=high,
        estimates=tuple(estimates(dispute, times, since)),
        known=truth_line(plot, times),
        revealed=None if plot.truth or dispute.known is not None else since,
        now=now,
    )
    draw_bands(surface, box, bands, pen)
    body, across, values = axes(box, bands, pen)
    if bands.revealed is not None:
        at = (body.left + pen.px(10), body.top + pen.px(6))
        surface.fill(ink("t3"), (at[0], at[1] + pen.line("note") // 2, pen.px(18), max(2, pen.px(2))))
        words = pen.words("intelligence.fog")
        pen.write(surface, words, (at[0] + pen.px(26), at[1]), "note_italic", "t2", halo="panel")
    draw_names(surface, body, across.at(now), values, plot, pen)
    draw_own(surface, rect, body, values, plot, pen)


def top_of(plot: Plot) -> float:
    """The upper end of the axis: one's belief since the opening day, and all that sources say but for outliers."""
    dispute = plot.dispute
    said = sorted(one.told.high for source in dispute.sources for one in source.said)
    own = [held.high for held in dispute.believed[1:] or dispute.believed]
    if dispute.known is not None:
        own = [dispute.known * 1.2]
    high = max(own + said[: round(0.9 * len(said))] + list(plot.truth)) * 1.08
    return min(1.0, high) if dispute.unit == "share" else high


def estimates(dispute: Dispute, times: Sequence[float], since: float) -> list[Estimate]:
    """Every source with its range over time, and one's own belief last."""
    found = []
    for source in dispute.sources:
        tint, text, lean = LOOKS.get(source.name, OTHER_LOOK)
        points = [(times[one.turn], one.told.low, one.told.middle, one.told.high) for one in source.said]
        found.append(Estimate(source.title, drawable(points), tint, text, lean))
    own = [(time, held.low, held.middle, held.high) for time, held in zip(times, dispute.believed, strict=True)]
    if len(own) == 1:
        own = [(since, *own[0][1:]), *own]
    if dispute.known is not None:
        return found
    return [*found, Estimate("own", tuple(own), "ivory", "ivory", None)]


def drawable(points: Sequence[tuple[float, float, float, float]]) -> tuple[tuple[float, float, float, float], ...]:
    """The points of a band; a single one is drawn as wide as half a quarter."""
    if len(points) == 1:
        time, low, middle, high = points[0]
        return ((time - 0.12, low, middle, high), (time, low, middle, high))
    return tuple(points)


def truth_line(plot: Plot, times: Sequence[float]) -> tuple[Known, ...]:
    """The truth over time, or the value that the seat knows now."""
    if plot.truth:
        return (Known("", tuple(zip(times, plot.truth, strict=True)), "white", "t1"),)
    if plot.dispute.known is not None:
        return (Known("", ((times[-1], plot.dispute.known),), "white", "t1"),)
    return ()


def draw_names(surface: pygame.Surface, body: pygame.Rect, now: float, values: Axis, plot: Plot, pen: Pen) -> None:
    """Names and ranges beside the ends of the bands, moved apart where they would touch."""
    dispute, unit = plot.dispute, plot.dispute.unit
    found: list[tuple[float, str, str, str]] = []
    for source in dispute.sources:
        if source.said:
            told = source.said[-1].told
            text = LOOKS.get(source.name, OTHER_LOOK)[1]
            found.append((values.held(told.middle), source.title, range_of(unit, told.low, told.high), text))
    tall = pen.line("note") + pen.line("axis") - pen.px(2)
    tops = apart([y - tall / 2 for y, *_ in found], tall + pen.px(2), body.top, body.bottom)
    x = now + pen.px(16)
    for (y, name, said, hue), top in zip(found, tops, strict=True):
        pen.upright(surface, now + pen.px(3), min(y, top + tall / 2), abs(y - top - tall / 2) + 1, "hair")
        pen.rule(surface, now + pen.px(3), top + tall / 2, pen.px(9), "edge")
        most = round(body.right - x - pen.px(4))
        box = pen.write(surface, sentence(name), (x, top), "note_medium", hue, halo="panel", most=most)
        pen.write(surface, said, (x, box.bottom - pen.px(3)), "axis", hue, halo="panel", most=most)


def sentence(name: str) -> str:
    """A name with a capital and without an article."""
    bare = name.removeprefix("an ").removeprefix("a ").removeprefix("the ")
    return bare[:1].upper() + bare[1:]


def apart(tops: Sequence[float], tall: float, low: float, high: float) -> list[float]:
    """Places for labels of a height that do not touch, in the same order from top to bottom, between two ends."""
    order = sorted(range(len(tops)), key=lambda at: tops[at])
    placed = [0.0] * len(tops)
    end = low
    for at in order:
        placed[at] = max(tops[at], end)
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


# The track record of sources


def draw_source(
    surface: pygame.Surface, rect: pygame.Rect, source: Source, pen: Pen, truth: Sequence[float] = ()
) -> int:
    """A source: how far it is believed, which way it leans, and each past estimate against one's own median, or the truth."""
    x, y = rect.topleft
    tint, text, _ = LOOKS.get(source.name, OTHER_LOOK)
    credit = pen.words("intelligence.credit", share=f"{100 * source.credit[-1]:.0f}")
    right = pen.write(surface, credit, (rect.right, y), "note_medium", "t1", align="right")
    pen.write(surface, sentence(source.title), (x, y), "strong", text, most=right.left - x - pen.px(8))
    y += pen.line("strong")
    held = sum(one.covers if not truth else covers(one.told, truth[one.turn]) for one in source.said)
    record = "intelligence.held_truth" if truth else "intelligence.held"
    words = pen.words(record, count=held, of=len(source.said)) if source.said else pen.words("intelligence.silent")
    right = pen.write(surface, words, (rect.right, y), "note", "t2", align="right")
    pen.write(surface, lean_words(source.lean, pen), (x, y), "note", "t3", most=right.left - x - pen.px(8))
    y += pen.line("note") + pen.px(3)
    return draw_record(surface, pygame.Rect(x, y, rect.width, pen.px(30)), source, tint, pen, truth).bottom


def covers(told: Held, value: float) -> bool:
    """Whether a range holds a value."""
    return told.low <= value <= told.high


def lean_words(lean: float, pen: Pen) -> str:
    """Which way a source usually runs."""
    if abs(lean) < 0.03:
        return pen.words("intelligence.no_lean")
    if lean > 1:
        return pen.words("intelligence.runs_times", times=f"{1 + lean:.1f}")
    return pen.words("intelligence.runs_high" if lean > 0 else "intelligence.runs_low", share=f"{abs(100 * lean):.0f}")


def draw_record(
    surface: pygame.Surface, rect: pygame.Rect, source: Source, tint: str, pen: Pen, truth: Sequence[float]
) -> pygame.Rect:
    """Past estimates as bars on a log axis about what they are held against; faint lines at half and double."""
    pen.box(surface, rect, "well", radius=0)
    axis = Axis(*HALF_DOUBLE, rect.left + pen.px(6), rect.right - pen.px(6), log=True)
    for times in (0.5, 2.0):
        pen.upright(surface, axis.at(times), rect.top, rect.height, "hair")
    pen.upright(surface, axis.at(1.0), rect.top, rect.height, "t1")
    said = source.said[-SHOWN:]
    step = min(pen.px(6), (rect.height - pen.px(4)) / max(1, len(said)))
    thick = max(2, round(step * 0.6))
    start = rect.centery - step * len(said) / 2
    for n, one in enumerate(said):
        base = truth[one.turn] if truth else one.held.middle
        if base <= 0:
            continue
        low, high = (axis.held(max(value, 1e-9) / base) for value in (one.told.low, one.told.high))
        y = round(start + n * step)
        fresh = 0.45 + 0.55 * (n + 1) / len(said)
        surface.fill(mix(ink("well"), ink(tint), 0.55 * fresh), (round(low), y, max(2, round(high - low)), thick))
        middle = round(axis.held(one.told.middle / base))
        surface.fill(mix(ink("well"), ink(tint), fresh), (middle - pen.px(3), y, pen.px(6), thick))
    return rect


def draw_narrowing(
    surface: pygame.Surface, rect: pygame.Rect, now: tuple[float, float], after: tuple[float, float], pen: Pen
) -> int:
    """Two level bars: the range now, and the range that is likely after."""
    narrower = 100 * (1 - (after[1] - after[0]) / max(now[1] - now[0], 1e-9))
    named = (
        "intelligence.narrower"
        if narrower >= 0.5
        else "intelligence.wider"
        if narrower <= -0.5
        else "intelligence.as_wide"
    )
    told = pen.words(named, share=f"{abs(narrower):.0f}")
    room = pen.width(told, "axis") + pen.px(10)
    least, most = min(now[0], after[0]), max(now[1], after[1])
    spare = 0.35 * max(most - least, 1e-9)
    axis = Axis(max(0.0, least - spare), most + spare * 0.3, rect.left, rect.right - room)
    y = rect.top
    tints: tuple[tuple[tuple[float, float], Ink, str], ...] = (
        (now, "edge", pen.words("intelligence.now")),
        (after, "ivory", told),
    )
    for (low, high), hue, words in tints:
        left, right = round(axis.held(low)), round(axis.held(high))
        bar = pygame.Rect(left, y + pen.px(5), max(3, right - left), max(4, pen.px(6)))
        pen.box(surface, bar, hue, radius=2)
        pen.write(surface, words, (bar.right + pen.px(6), y), "axis", "t2")
        y += pen.line("axis")
    return y


def finding(plot: Plot, pen: Pen) -> str:
    """What the seat can say of the quantity, in a sentence."""
    dispute, now = plot.dispute, plot.dispute.now
    what = pen.words(f"intelligence.what.{dispute.name}")
    if plot.truth:
        words = {"value": figure_of(dispute.unit, plot.truth[-1]), "middle": figure_of(dispute.unit, now.middle)}
        return pen.words("intelligence.finding_true", what=what, **words)
    if dispute.known is not None:
        return pen.words("intelligence.finding_known", what=what, value=figure_of(dispute.unit, dispute.known))
    return pen.words("intelligence.finding", what=what, range=range_of(dispute.unit, now.low, now.high))


def unit_line(plot: Plot, pen: Pen) -> str:
    """The unit, and how far the sources disagree."""
    said = [source.said[-1].told.middle for source in plot.dispute.sources if source.said]
    unit = pen.words(f"intelligence.unit.{plot.dispute.name}")
    if plot.truth:
        return pen.words("intelligence.unit_true", unit=unit)
    if len(said) < 2 or min(said) <= 0:
        return pen.words("intelligence.unit_silent", unit=unit)
    said_as = "intelligence.unit_brief" if pen.scale.compact else "intelligence.unit_said"
    return pen.words(said_as, unit=unit, count=len(said), times=f"{max(said) / min(said):.1f}")
