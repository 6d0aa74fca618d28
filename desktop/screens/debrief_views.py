"""The other views of a finished game: truth against belief, and the compute that came to China by channel."""

import math

import pygame

from desktop import curves, shapes
from desktop.charts.axis import Axis, draw_level_grid
from desktop.ending import Ending, amount, amounts, furthest_off, off_by, off_words, title_of, within
from desktop.numbers import short
from desktop.pen import Pen, ink
from desktop.theme import mix
from play.debrief.beliefs import Disputed, closest_source
from play.debrief.chart import years_of
from play.debrief.compute import Channel

LOOKS = {"domestic": "cn", "smuggled": "smug", "licensed": "ivory", "rented": "remote"}
TEXTS = {"domestic": "cn", "smuggled": "smug2", "licensed": "t1", "rented": "remote"}
MARKS = {"domestic": "square", "smuggled": "diamond", "licensed": "disc", "rented": "ring"}


def belief_finding(ending: Ending, pen: Pen) -> str:
    """What the seat was most wrong about."""
    found = furthest_off(ending.told)
    if found is None:
        return pen.words("debrief.belief_none")
    asked, off = found
    way, by = off_words(off)
    return pen.words(f"debrief.belief_{way}", what=asked.title, by=by)


def belief_note(ending: Ending, pen: Pen) -> str:
    """How often the truth was inside the seat's ranges."""
    inside, of = within(ending.told)
    return pen.words("debrief.belief_within", inside=inside, of=of, who=ending.told.seat.title)


def is_low(rect: pygame.Rect, pen: Pen) -> bool:
    """Whether an area has no room for charts, so that its figures are told in lines."""
    return rect.height < pen.px(270)


def draw_lines(surface: pygame.Surface, rect: pygame.Rect, lines: list[tuple[str, str, str]], pen: Pen) -> None:
    """Figures in lines: a name, its colour, and what is said of it; as many as fit."""
    tall = pen.line("label") + pen.px(2)
    for n, (name, colour, text) in enumerate(lines[: max(0, rect.height // tall)]):
        y = rect.top + n * tall
        wide = pen.width(text, "note_medium")
        pen.write(surface, name, (rect.left, y), "label", colour, most=rect.width - wide - pen.px(12))
        pen.write(surface, text, (rect.right, y), "note_medium", "t1", align="right", most=rect.width)


def grid(rect: pygame.Rect, count: int, least: int, gap: int) -> list[pygame.Rect]:
    """Boxes of one size, row by row, none narrower than `least` pixels where that can be."""
    across = max(1, min(count, (rect.width + gap) // (least + gap)))
    across = -(-count // -(-count // across))
    down = -(-count // across)
    wide, tall = (rect.width - gap * (across - 1)) // across, (rect.height - gap * (down - 1)) // down
    return [
        pygame.Rect(rect.left + (n % across) * (wide + gap), rect.top + (n // across) * (tall + gap), wide, tall)
        for n in range(count)
    ]


def draw_beliefs(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> None:
    """A small chart for every disputed quantity; where room is short, for those on which the seat was furthest off."""
    asked, gap = list(ending.told.disputed), pen.px(22)
    if rect.height < pen.px(200):
        seat = ending.told.seat.name
        asked.sort(key=lambda one: -abs(math.log(off_by(one, seat))))
        draw_lines(surface, rect, [(title_of(one), "t2", belief_line(one, seat, pen)) for one in asked], pen)
        return
    across = max(1, (rect.width + gap) // (pen.px(160) + gap))
    least = 2 * pen.line("site") + 2 * pen.line("axis") + 3 * pen.line("note") + pen.px(66)
    most = across * max(1, (rect.height - pen.line("note") + gap) // (least + gap))
    area = rect
    if most < len(asked):
        asked.sort(key=lambda one: -abs(math.log(off_by(one, ending.told.seat.name))))
        area = pygame.Rect(rect.left, rect.top, rect.width, rect.height - pen.line("note") - pen.px(6))
        text = pen.words("debrief.more_beliefs", count=len(asked) - most)
        pen.write(surface, text, (rect.left, area.bottom + pen.px(6)), "note", "t3", most=rect.width)
        asked = asked[:most]
    for one, box in zip(asked, grid(area, len(asked), pen.px(160), gap), strict=True):
        draw_belief(surface, box, one, ending, pen)


def belief_line(asked: Disputed, seat: str, pen: Pen) -> str:
    """What was true at the end and what the seat believed, in short."""
    last = asked.believed[seat][-1]
    true = pen.words("debrief.true", value=amount(asked.truth[-1], asked))
    return pen.words("debrief.both", true=true, range=amounts(last.low, last.high, asked))


def draw_belief(surface: pygame.Surface, rect: pygame.Rect, asked: Disputed, ending: Ending, pen: Pen) -> None:
    """What was true and what the seat believed, quarter by quarter; the last figures under it."""
    seat = ending.told.seat
    colour = "cn" if seat.bloc == "cn" else "us"
    box = pen.paragraph(surface, title_of(asked), rect.topleft, rect.width, "site", "t1", count=2)
    unit = pen.words("debrief.unit_share") if asked.is_share else asked.unit
    pen.write(surface, unit, (rect.left, box.bottom), "axis", "t3", most=rect.width)
    foot = 3 * pen.line("note") + pen.line("axis")
    top = rect.top + 2 * pen.line("site") + pen.line("axis") + pen.px(4)
    body = pygame.Rect(rect.left, top, rect.width, max(pen.px(24), rect.bottom - foot - pen.px(6) - top))
    beliefs = asked.believed[seat.name]
    values = [*asked.truth, *(b.low for b in beliefs), *(b.high for b in beliefs)]
    least = 1e-9 if asked.is_share else 1.0
    low, high = max(min(values), least), max(*values, 2 * least)
    is_log = high > 6 * low
    axis = Axis(low if is_log else 0.0, max(high, low * 1.01) * 1.04, body.bottom, body.top, is_log)
    times = Axis(0, max(1, len(beliefs) - 1), body.left + 1, body.right - pen.px(6))
    for value in axis.ticks(3):
        if axis.at(value) < body.bottom - 1:
            pen.rule(surface, body.left, axis.at(value), body.width)
    upper = [(times.at(n), axis.held(b.high)) for n, b in enumerate(beliefs)]
    lower = [(times.at(n), axis.held(max(b.low, 1e-9))) for n, b in enumerate(beliefs)]
    is_known = asked.name in ending.told.known
    if not is_known:
        shapes.polygon(surface, ink(colour), [*upper, *lower[::-1]], 0.26)
        middle = curves.path([(times.at(n), axis.held(max(b.middle, 1e-9))) for n, b in enumerate(beliefs)])
        shapes.dashed(surface, ink(colour), middle, pen.scale.real(1.8), pen.scale.real(5), pen.scale.real(3))
    true = [(times.at(n), axis.held(max(value, 1e-9))) for n, value in enumerate(asked.truth)]
    shapes.line(surface, ink("ivory"), true, pen.scale.real(2.2))
    pen.mark(surface, "disc", true[-1], 4, "ivory")
    pen.rule(surface, body.left, body.bottom, body.width, "edge")
    for value in axis.ticks(3):
        level = round(axis.at(value))
        if level - pen.line("axis") >= body.top and level < body.bottom - 1:
            pen.write(surface, amount(value, asked), (body.left, level - pen.line("axis")), "axis", "t3", halo="panel")
    for turn, year in years_of(ending.told.quarters):
        pen.write(surface, year, (times.at(turn + 0.5), body.bottom + 1), "axis", "t3", most=pen.px(34))
    y = rect.bottom - 3 * pen.line("note")
    last = beliefs[-1]
    pen.write(
        surface, pen.words("debrief.true", value=amount(asked.truth[-1], asked)), (rect.left, y), "note_medium", "t1"
    )
    way, by = off_words(off_by(asked, seat.name))
    used = pen.width(pen.words("debrief.true", value=amount(asked.truth[-1], asked)), "note_medium") + pen.px(8)
    if not is_known:
        text = pen.words(f"debrief.ran_{way}", by=by)
        pen.write(surface, text, (rect.right, y), "note", "t2", align="right", most=rect.width - used)
    text = (
        pen.words("debrief.own_books")
        if is_known
        else pen.words("debrief.believed", value=amount(last.middle, asked), range=amounts(last.low, last.high, asked))
    )
    text_colour = "cn" if colour == "cn" else "us2"
    pen.write(surface, text, (rect.left, y + pen.line("note")), "note", text_colour, most=rect.width)
    if best := closest_source(asked):
        way, by = off_words(best[1])
        text = pen.words("debrief.closest", source=best[0], off=pen.words(f"debrief.ran_{way}", by=by))
        pen.write(surface, text, (rect.left, y + 2 * pen.line("note")), "note", "t3", most=rect.width)


def draw_flows(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> None:
    """Bars by quarter for every channel; those of chips on one scale, rented compute on its own."""
    channels = ending.told.channels
    seized = next(one for one in channels if one.name == "seized")
    shown = [one for one in channels if one.name in LOOKS]
    if rect.height < pen.px(200):
        lines = [(pen.words(f"debrief.channel_{one.name}"), TEXTS[one.name], sum_of(one, None, pen)) for one in shown]
        draw_lines(surface, rect, lines, pen)
        return
    added = [one for one in shown if not one.is_level]
    most = max(
        1.0,
        *(
            value + (extra if one.name == "smuggled" else 0.0)
            for one in added
            for value, extra in zip(one.values, seized.values, strict=True)
        ),
    )
    for one, box in zip(
        shown, grid(rect, len(shown), pen.px(225 if pen.scale.compact else 330), pen.px(32)), strict=True
    ):
        top = max(1.0, *one.values) if one.is_level else most
        draw_channel(surface, box, one, seized if one.name == "smuggled" else None, top, ending, pen)


def sum_of(one: Channel, seized: Channel | None, pen: Pen) -> str:
    """What a channel comes to, and what customs took of it."""
    name = "debrief.in_use" if one.is_level else "debrief.in_all"
    text = pen.words(name, amount=short(one.sum)) if any(one.values) else pen.words("debrief.none")
    return text + (pen.words("debrief.seized", amount=short(seized.sum)) if seized and seized.sum else "")


def draw_channel(
    surface: pygame.Surface,
    rect: pygame.Rect,
    one: Channel,
    seized: Channel | None,
    most: float,
    ending: Ending,
    pen: Pen,
) -> None:
    """One channel: its sum, and a bar a quarter; what customs took stands hollow on top of it."""
    colour = LOOKS[one.name]
    pen.mark(surface, MARKS[one.name], (rect.left + pen.px(6), rect.top + pen.line("strong") // 2), 5, colour, "panel")
    left = rect.left + pen.px(20)
    pen.write(surface, pen.words(f"debrief.channel_{one.name}"), (left, rect.top), "strong", TEXTS[one.name])
    pen.write(
        surface, sum_of(one, seized, pen), (left, rect.top + pen.line("strong")), "note", "t2", most=rect.right - left
    )
    if not any(one.values) and not (seized and any(seized.values)):
        return
    foot = pen.line("axis") + pen.px(4)
    top = rect.top + pen.line("strong") + pen.line("note") + pen.line("axis") + pen.px(4)
    left = rect.left + pen.px(40)
    body = pygame.Rect(left, top, rect.right - left, max(pen.px(20), rect.bottom - foot - top))
    axis = Axis(0, most * 1.02, body.bottom, body.top)
    draw_level_grid(surface, body, axis, pen, 4)
    pen.rule(surface, body.left, body.bottom, body.width, "edge")
    step = body.width / len(one.values)
    for turn, value in enumerate(one.values):
        x, wide = round(body.left + turn * step + step * 0.14), max(2, round(step * 0.72))
        top = round(axis.at(value))
        bar = pygame.Rect(x, top, wide, body.bottom - top)
        draw_bar(surface, bar, one.name, pen)
        if seized and seized.values[turn] > 0:
            above = round(axis.at(value + seized.values[turn]))
            if top - above >= 2:
                pen.box(surface, pygame.Rect(x, above, wide, top - above), None, "smug", radius=0)
    peak = max(range(len(one.values)), key=lambda turn: one.values[turn])
    if any(one.values):
        value = one.values[peak] + (seized.values[peak] if seized else 0.0)
        at = (body.left + (peak + 0.5) * step, axis.at(value) - pen.line("axis") - 1)
        half = pen.width(short(one.values[peak]), "key") / 2
        centre = min(max(at[0], body.left + half), body.right - half)
        pen.write(surface, short(one.values[peak]), (centre, at[1]), "key", "t1", align="centre")
    for turn, year in years_of(ending.told.quarters):
        pen.write(surface, year, (body.left + turn * step + step * 0.14, body.bottom + pen.px(3)), "axis", "t3")


def draw_bar(surface: pygame.Surface, bar: pygame.Rect, name: str, pen: Pen) -> None:
    """A bar in the pattern of its channel, so that colour is not the only sign: full, hatched, outlined, dotted."""
    if bar.height <= 0:
        return
    hue = ink(LOOKS[name])
    if name == "smuggled":
        surface.fill(mix(ink("panel"), hue, 0.3), bar)
        corners = [bar.topleft, bar.topright, bar.bottomright, bar.bottomleft]
        if bar.height > 3:
            shapes.hatched(surface, hue, corners, pen.scale.real(5), pen.scale.real(1.5))
        surface.fill(hue, (bar.left, bar.top, bar.width, 1))
    elif name == "rented":
        surface.fill(mix(ink("panel"), hue, 0.2), bar)
        gap = max(4, pen.px(6))
        for row in range(math.floor(bar.height / gap)):
            down = bar.bottom - gap // 2 - row * gap
            for column in range(max(1, bar.width // gap)):
                surface.fill(hue, (bar.left + gap // 2 + column * gap - 1, down - 1, 2, 2))
        surface.fill(hue, (bar.left, bar.top, bar.width, max(2, pen.px(2))))
    else:
        surface.fill(hue, bar)
