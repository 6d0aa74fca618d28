"""The right panel of the debrief: the score by objective, and what the seat's orders, others and luck did to it."""

from dataclasses import dataclass

import pygame

from desktop.charts.axis import Axis, draw_foot
from desktop.charts.ranges import PALE, STRONG
from desktop.ending import LEAST, Ending, points, points_between, sentence
from desktop.pen import Pen, ink
from desktop.theme import mix
from play.debrief.fate import Truth
from play.debrief.objectives import Objective
from play.debrief.otherwise import Otherwise

MOST_OWN, MOST_OTHERS, MOST_FATE = 4, 2, 3
"""Rows that are told where there is room."""
DRAWN = ((0.2, "very_low"), (0.4, "low"), (0.6, "middle"), (0.8, "high"), (1.01, "very_high"))
"""What a place within a range is called, up to which share of it."""


@dataclass(frozen=True)
class Row:
    """Something that moved the score: what it is called, what it did in this game, and under other luck."""

    name: str
    note: str
    value: float
    low: float
    lower: float
    upper: float
    high: float
    holds: bool
    is_range: bool = True


def voice(ending: Ending, pen: Pen) -> dict[str, str]:
    """Whom the panel speaks of: you, or the seat that programs played."""
    if ending.told.seat.is_person:
        return {"whose": pen.words("debrief.your"), "who": pen.words("debrief.you")}
    title = ending.told.seat.title
    return {"whose": pen.words("debrief.theirs", who=title), "who": title}


def row_of(one: Otherwise, is_own: bool) -> Row:
    """What orders added to the score."""
    about = one.own.turned
    name = sentence(one.short)
    note = f"{one.since}: {sentence(one.changes)}" if is_own else f"{one.called}, {one.since}"
    if not one.changes:
        note = one.since
    return Row(name, note, about.held, about.low, about.lower, about.upper, about.high, one.own.holds)


def row_of_luck(ending: Ending, pen: Pen) -> Row:
    """What the luck of this game did, beside the middle of other lucks."""
    fate, score = ending.fate, ending.score
    low, middle, high = fate.points
    range_ = f"{low:.0f}–{high:.0f}" if f"{low:.0f}" != f"{high:.0f}" else f"{low:.1f}–{high:.1f}"
    note = pen.words("debrief.luck_note", range=range_)
    value = score - middle
    return Row(pen.words("debrief.luck"), note, value, value, value, value, value, True, False)


def row_of_truth(one: Truth, pen: Pen) -> Row:
    """What a hidden number did, beside the middle of its range."""
    where = next(name for share, name in DRAWN if one.drew.share <= share)
    return Row(one.title, pen.words(f"debrief.drawn_{where}"), one.own, one.own, one.own, one.own, one.own, True, False)


def own_finding(ending: Ending, pen: Pen) -> str:
    """What the seat's own orders came to, in a sentence."""
    who, row = voice(ending, pen), ending.decisive
    if not ending.own:
        return sentence(pen.words("debrief.own_none", **who))
    if row is None:
        return pen.words("debrief.own_luck", **who)
    added = -row.own.held
    name = "debrief.own_brought" if added > 0 else "debrief.own_cost"
    to = pen.words("debrief.to_you") if ending.told.seat.is_person else who["who"]
    return pen.words(name, title=sentence(row.short), to=to, points=f"{abs(added):.1f}")


def loss(ending: Ending, pen: Pen) -> str:
    """The objective at which most points were lost to a standard player, else the one that left most."""
    behind = min(ending.objectives, key=lambda one: one.gain)
    if behind.gain <= -2 * LEAST:
        return pen.words("debrief.lost_behind", title=behind.title, points=points(behind.gain))
    worst = max(ending.objectives, key=lambda one: one.lost)
    return pen.words("debrief.lost_most", title=worst.title, lost=f"{worst.lost:.0f}", most=f"{worst.most:.0f}")


def score_lines(ending: Ending, pen: Pen) -> tuple[str, str]:
    """The paired difference, and where the score stands among par games, in words."""
    percentile = ending.told.seat.judged.percentile
    if percentile is None:
        among = pen.words("debrief.no_par")
    else:
        among = pen.words("debrief.among_par", percentile=f"{percentile:.0f}", band=ending.band)
    standard = f"{ending.standard:.1f}"
    if abs(ending.difference) < 0.05:
        return pen.words("debrief.no_difference", standard=standard), among
    who = voice(ending, pen)["who"]
    return pen.words("debrief.difference", standard=standard, who=who, points=points(ending.difference)), among


def draw_score(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> int:
    """The score by objective, a standard player's in the same world, and where it stands among par games; gives the foot."""
    x, y, wide = rect.left, rect.top, rect.width
    short = is_short(rect, pen)
    drop = y + pen.baseline("key_figure") - pen.baseline("section")
    box = pen.write(surface, pen.words("debrief.of_100"), (x + wide, drop + pen.px(4)), "note", "t2", align="right")
    box = pen.write(surface, f"{ending.score:.1f}", (box.left - pen.px(6), y), "key_figure", align="right")
    room = box.left - x - pen.px(8)
    long, brief = (
        sentence(pen.words(f"debrief.{name}", **voice(ending, pen))) for name in ("score_title", "score_brief")
    )
    pen.write(surface, long if pen.width(long, "section") <= room else brief, (x, drop), "section", most=room)
    y += pen.line("key_figure") + pen.px(2 if short else 6)
    colour = "cn" if ending.told.seat.bloc == "cn" else "us"
    most = max(one.most for one in ending.objectives)
    for one in ending.objectives:
        y = draw_objective(surface, (x, y), wide, one, most, colour, pen, short)
    difference, among = score_lines(ending, pen)
    tall = pen.line("note")
    surface.fill(ink("t1"), (x + 1, y + pen.px(3), max(2, pen.px(2)), tall - pen.px(5)))
    y = pen.paragraph(surface, difference, (x + pen.px(10), y), wide - pen.px(10), "note", "t2", count=2).bottom
    if short:
        return y
    y = pen.paragraph(surface, among, (x, y), wide, "note", "t2", count=2).bottom + pen.px(2)
    return pen.paragraph(surface, loss(ending, pen), (x, y), wide, "label", "t1", count=2).bottom


def draw_objective(
    surface: pygame.Surface,
    at: tuple[int, int],
    wide: int,
    one: Objective,
    most: float,
    colour: str,
    pen: Pen,
    short: bool,
) -> int:
    """An objective: a bar as long as it weighs, full as far as it was met, a tick for a standard player."""
    x, y = at
    figure = pen.words("debrief.of_points", points=f"{one.points:.0f}", most=f"{one.most:.0f}")
    box = pen.write(surface, figure, (x + wide, y), "site", "t1", align="right")
    name = pen.write(surface, one.title, (x, y), "site", "t1", most=box.left - x - pen.px(8))
    room = box.left - name.right - pen.px(18)
    if pen.width(one.about, "note") <= room:
        pen.write(surface, one.about, (name.right + pen.px(8), y), "note", "t3")
    tall = max(4, pen.px(6))
    bar = pygame.Rect(x, y + pen.line("label") + pen.px(2), round(wide * one.most / most), tall)
    surface.fill(mix(ink("side"), ink("edge"), 0.5), bar)
    full = max(0.0, min(1.0, one.points / one.most)) if one.most else 0.0
    surface.fill(ink(colour), (bar.left, bar.top, round(bar.width * full), tall))
    if one.most:
        place = bar.left + round(bar.width * max(0.0, min(1.0, one.standard / one.most)))
        thick = max(2, pen.px(2))
        surface.fill(ink("side"), (place - thick, bar.top - pen.px(2), 3 * thick, tall + pen.px(4)))
        surface.fill(ink("t1"), (place, bar.top - pen.px(3), thick, tall + pen.px(6)))
    return bar.bottom + pen.px(3 if short else 6)


def is_short(rect: pygame.Rect, pen: Pen) -> bool:
    """Whether the panel has no room for more than what counts most."""
    return rect.height < pen.px(640)


@dataclass(frozen=True)
class Block:
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


def blocks_of(ending: Ending, pen: Pen) -> list[Block]:
    """What moved the score: the seat's own orders first, then luck and hidden numbers, then others."""
    own = tuple(row_of(one, True) for one in ending.own[:MOST_OWN])
    others = [one for one in ending.others if one.changes and abs(one.own.held) >= LEAST and one.own.holds]
    truths = [one for one in ending.fate.truths if abs(one.own) >= LEAST]
    fate = (row_of_luck(ending, pen), *(row_of_truth(one, pen) for one in truths[: MOST_FATE - 1]))
    return [
        Block("", own),
        Block(pen.words("debrief.fate"), fate),
        Block(pen.words("debrief.others"), tuple(row_of(one, False) for one in others[:MOST_OTHERS])),
    ]


def fitting(blocks: list[Block], room: int, most: int, pen: Pen) -> list[Block]:
    """As many rows as fit into a height, their words `most` wide: an own row and luck before more of either."""
    head = pen.line("label") + pen.px(6)
    taken = [0] * len(blocks)
    wanted = [(0, 0), (1, 0), *((0, n) for n in (1, 2)), (1, 1), (2, 0), (1, 2), (0, 3), (2, 1)]
    for block, number in wanted:
        if number >= len(blocks[block].rows) or taken[block] != number:
            continue
        tall = row_height(blocks[block].rows[number], most, pen)
        needs = tall + (head if blocks[block].heading and not number else 0)
        if needs <= room:
            taken[block] += 1
            room -= needs
    return [Block(b.heading, b.rows[:count]) for b, count in zip(blocks, taken, strict=True) if count]


def row_lines(row: Row, most: int, pen: Pen) -> list[tuple[str, str, str]]:
    """The lines of a row's name and note with role and colour, whole, in as many lines as they need."""
    note = noted(row.note, most, pen)
    return [
        *((line, "label", "t1") for line in pen.lines(row.name, most, "label")),
        *((line, "note", "t2") for line in pen.lines(note, most, "note")),
    ]


def row_height(row: Row, most: int, pen: Pen) -> int:
    """Height of a row whose words are `most` wide."""
    return sum(pen.line(role) for _, role, _ in row_lines(row, most, pen)) + pen.px(4)


def finding_role(finding: str, rect: pygame.Rect, pen: Pen) -> str:
    """The largest type in which a finding fits into a box; "" where none is small enough."""
    roles = ("headline", "headline_small", "label", "note")
    return next((one for one in roles if len(pen.lines(finding, rect.width, one)) * pen.line(one) <= rect.height), "")


def draw_otherwise(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen, short: bool = False) -> None:
    """What the seat's orders, luck and others did to its score, as many rows as fit, on one axis."""
    x, wide = rect.left, rect.width
    finding = own_finding(ending, pen)
    role = finding_role(finding, rect, pen)
    if not role:
        return
    y = pen.paragraph(surface, finding, rect.topleft, wide, role, "t1").bottom + pen.px(2)
    if not short:
        text = pen.words("debrief.rows_unit", **voice(ending, pen))
        y = pen.paragraph(surface, text, (x, y), wide, "note", "t3", count=2).bottom
    y += pen.px(6)
    foot = pen.line("axis") + pen.px(4)
    start = x + round(wide * 0.56)
    most = start - x - pen.px(8)
    blocks = fitting(blocks_of(ending, pen), rect.bottom - foot - y, most, pen)
    values = [v for block in blocks for row in block.rows for v in (row.low, row.high, row.value)]
    if not values:
        return
    low, high = min(-0.5, *values), max(0.5, *values)
    reach = high - low
    axis = Axis(low - 0.06 * reach, high + 0.06 * reach, start, x + wide - pen.px(78))
    head = pen.line("label") + pen.px(6)
    bottom = y + sum(head * bool(b.heading) + sum(row_height(row, most, pen) for row in b.rows) for b in blocks)
    for value in axis.ticks(3):
        pen.upright(surface, axis.at(value), y, bottom - y, "t3" if value == 0 else "hair")
    for block in blocks:
        if block.heading:
            box = pygame.Rect(x, y, pen.width(block.heading, "label") + pen.px(8), head)
            surface.fill(ink("side"), box)
            pen.write(surface, block.heading, (x, y + pen.px(5)), "label", "t3", most=wide)
            y += head
        for row in block.rows:
            tall = row_height(row, most, pen)
            draw_row(surface, pygame.Rect(x, y, wide, tall), row, axis, pen)
            y += tall
    draw_foot(surface, y + pen.px(2), axis, pen, 3)


def noted(note: str, most: int, pen: Pen) -> str:
    """What a row notes; where it is too wide, as many of its parts as there is room for, and that there are more."""
    parts = note.split("; ")
    for count in range(len(parts) - 1, 0, -1):
        if pen.width(note, "note") <= most:
            break
        note = pen.words("debrief.more", said="; ".join(parts[:count]))
    return note


def draw_row(surface: pygame.Surface, rect: pygame.Rect, row: Row, axis: Axis, pen: Pen) -> None:
    """One row: its name, a diamond for what it did here (hollow where that was luck), and the range under other luck."""
    most = round(axis.start) - rect.left - pen.px(8)
    top = rect.top
    for line, role, colour in row_lines(row, most, pen):
        pen.write(surface, line, (rect.left, top - (pen.px(1) if role == "note" else 0)), role, colour)
        top += pen.line(role)
    second = rect.top + pen.line("label") - pen.px(1)
    y = rect.top + pen.line("label") - pen.px(3)
    tall = max(5, pen.px(8))
    if row.is_range:
        for ends, share in (((row.low, row.high), PALE), ((row.lower, row.upper), STRONG)):
            near, far = round(axis.held(ends[0])), round(axis.held(ends[1]))
            surface.fill(mix(ink("side"), ink("t2"), share), (near, y - tall // 2, max(2, far - near), tall))
    at = (axis.held(row.value), y)
    pen.mark(surface, "diamond", at, 6.4, "side")
    pen.mark(surface, "diamond", at, 5.2, "ivory")
    if not row.holds:
        pen.mark(surface, "diamond", at, 3, "side")
    pen.write(surface, points(row.value), (rect.right, rect.top), "site", "t1", align="right")
    if row.is_range:
        text = points_between(row.low, row.high)
        pen.write(surface, text, (rect.right, second), "note", "t2", align="right")
