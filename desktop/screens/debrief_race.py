"""The race of a finished game with numbered turning points, and the lead over time under it."""

from dataclasses import dataclass

import pygame

from desktop import shapes
from desktop.charts.axis import Axis, draw_level_grid
from desktop.ending import Ending, Point, months, months_between
from desktop.kit.button import Pressed
from desktop.numbers import halves
from desktop.pen import Ink, Pen, ink
from play.debrief.chart import years_of
from play.debrief.race import MONTHS, Best, Race
from play.figures import in_months

BEFORE = 12.0
"""Months before the opening that are shown."""
SIDES = {"us": ("us", "us2", "disc"), "cn": ("cn", "cn", "diamond")}
"""Of each side: the colour of its line, of its text, and its mark."""


@dataclass(frozen=True, kw_only=True)
class Number(Pressed):
    """A turning point on the race: a numbered disc to point at, press, or reach by Tab."""

    number: int
    is_chosen: bool = False
    holds: bool = True
    """Whether its order did so under other luck as well; where not, its rim is broken."""

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        full = self.is_chosen or self.hover or self.focused
        fill, text = ("ivory", "ink") if full else ("panel", "t1")
        pen.disc(surface, rect.center, 11.5, "ivory" if self.holds or full else "edge")
        pen.disc(surface, rect.center, 9.6, fill)
        top = rect.centery - pen.line("strong") // 2
        pen.write(surface, str(self.number), (rect.centerx, top), "strong", text, align="centre")


@dataclass(frozen=True)
class Places:
    """Where months and capability lie in the box of the race."""

    body: pygame.Rect
    times: Axis
    index: Axis


def shown(best: tuple[Best, ...]) -> list[Best]:
    """Those that hold within the time that is shown, the first moved to its edge."""
    earlier = [one for one in best if one.month <= -BEFORE]
    later = [one for one in best if one.month > -BEFORE]
    return [Best(-BEFORE, earlier[-1].score, ""), *later] if earlier else later


def places(rect: pygame.Rect, race: Race, pen: Pen) -> Places:
    """The axes of the race in a box."""
    room = pen.px(86)
    foot = pen.line("axis") + pen.px(8)
    left = rect.left + pen.px(34)
    body = pygame.Rect(left, rect.top, rect.right - room - left, rect.height - foot)
    scores = [one.score for best in race.best.values() for one in shown(best)]
    low, high = min(scores), max(scores)
    reach = max(4.0, high - low)
    times = Axis(-BEFORE, race.end, body.left, body.right)
    return Places(body, times, Axis(low - 0.16 * reach, high + 0.16 * reach, body.bottom, body.top))


def held(race: Race, bloc: str, month: float) -> float:
    """The best model of a side in a month."""
    before = [one.score for one in race.best[bloc] if one.month <= month]
    return before[-1] if before else race.best[bloc][0].score


def spots(rect: pygame.Rect, ending: Ending, pen: Pen) -> dict[int, tuple[int, int]]:
    """The middles of the numbered points, by number: on the line of the side that ordered, those of one quarter apart."""
    race, where = ending.told.race, places(rect, ending.told.race, pen)
    found: dict[int, tuple[int, int]] = {}
    for point in ending.points:
        month = MONTHS * (point.turn - 0.5)
        y = round(where.index.at(held(race, bloc_of(ending, point), month)))
        x = round(where.times.at(month))
        while any(abs(x - a) < pen.scale.target() and abs(y - b) < pen.scale.target() for a, b in found.values()):
            x += pen.scale.target() + 2
        found[point.number] = (x, y)
    return found


def bloc_of(ending: Ending, point: Point) -> str:
    """The side of a point's seat, as one of the two lines; other countries stand on the American one."""
    found = next((one.bloc for one in ending.blocs if one.name == point.seat), "us")
    return "cn" if found == "cn" else "us"


def draw_race(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> None:
    """Draws the race without its numbers, which are controls."""
    race, where = ending.told.race, places(rect, ending.told.race, pen)
    body = where.body
    draw_level_grid(surface, body, where.index, pen, 5)
    pen.rule(surface, body.left, body.bottom, body.width, "edge")
    draw_years(surface, where, ending, pen)
    lines = {bloc: steps(shown(best), where, race.end) for bloc, best in race.best.items()}
    shapes.polygon(surface, ink("us" if race.lead[-1] >= 0 else "cn"), [*lines["us"], *lines["cn"][::-1]], 0.11)
    for bloc, line in lines.items():
        colour, _, mark = SIDES[bloc]
        shapes.line(surface, ink(colour), line, pen.scale.real(2.6))
        for one in shown(race.best[bloc])[1:]:
            at = (where.times.at(one.month), where.index.at(one.score))
            pen.mark(surface, mark, at, 4.2, colour)
    draw_names(surface, where, ending, pen)
    text, box = gap_words(where, race, pen)
    draw_flags(surface, rect, where, ending, box, pen)
    draw_gap(surface, where, race, pen)
    pen.write(surface, text, box.topleft, "strong", "t1", halo="panel")


def steps(best: list[Best], where: Places, end: float) -> list[tuple[float, float]]:
    """The corners of a line of records: each holds until the next."""
    found: list[tuple[float, float]] = []
    for one in best:
        x, y = where.times.at(one.month), where.index.at(one.score)
        if found:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return [*found, (where.times.at(end), found[-1][1])]


def draw_years(surface: pygame.Surface, where: Places, ending: Ending, pen: Pen) -> None:
    """A tick where each calendar year begins, and the opening day."""
    body = where.body
    start = where.times.at(0)
    pen.upright(surface, start, body.top, body.height, "hair")
    text = pen.words("debrief.before")
    if start - body.left > pen.width(text, "note_italic") + pen.px(12):
        at = (start - pen.px(6), body.bottom - pen.line("note_italic") - pen.px(2))
        pen.write(surface, text, at, "note_italic", "t3", align="right")
    for at_turn, year in years_of(ending.told.quarters):
        x = where.times.at(MONTHS * at_turn)
        pen.upright(surface, x, body.bottom, pen.px(5), "edge")
        pen.write(surface, year, (x + pen.px(4), body.bottom + pen.px(4)), "axis", "t3")


def draw_names(surface: pygame.Surface, where: Places, ending: Ending, pen: Pen) -> None:
    """The sides at the ends of their lines, with their figures."""
    race = ending.told.race
    order = sorted(race.best, key=lambda bloc: -race.best[bloc][-1].score)
    tall = pen.line("label") + pen.line("note")
    tops = [where.index.at(race.best[bloc][-1].score) - tall / 2 for bloc in order]
    tops[0] = max(tops[0], where.body.top)
    tops[1] = max(tops[1], tops[0] + tall + 2)
    for bloc, top in zip(order, tops, strict=True):
        last = race.best[bloc][-1]
        left = where.body.right + pen.px(10)
        most = pen.px(76)
        text = pen.words(f"debrief.side_{bloc}")
        pen.write(surface, text, (left, top), "site", SIDES[bloc][1], most=most)
        text = pen.words("debrief.eci", score=f"{last.score:.0f}")
        pen.write(surface, text, (left, top + pen.line("label") - pen.px(1)), "note", "t2", most=most)


def gap_words(where: Places, race: Race, pen: Pen) -> tuple[str, pygame.Rect]:
    """The lead in words and their box: left of its bracket, where neither line has come so high yet; else none."""
    if not race.leader:
        return "", pygame.Rect(0, 0, 0, 0)
    text = pen.words("debrief.lead_is", months=in_months(race.months))
    behind = race.best["cn" if race.leader == "us" else "us"][-1].score
    wide, tall = pen.width(text, "strong"), pen.line("strong")
    left = round(where.times.held(race.reached)) - pen.px(6) - wide
    if left < where.body.left:
        return "", pygame.Rect(0, 0, 0, 0)
    top = max(where.body.top, round(where.index.at(behind)) - tall - pen.px(2))
    return text, pygame.Rect(left, top, wide, tall)


def draw_gap(surface: pygame.Surface, where: Places, race: Race, pen: Pen) -> None:
    """The lead as a level bracket at the end, for months are read across."""
    if not race.leader:
        return
    behind = race.best["cn" if race.leader == "us" else "us"][-1].score
    y = round(where.index.at(behind))
    start, end = round(where.times.held(race.reached)), round(where.times.at(race.end))
    thick, tall = max(2, pen.px(2)), pen.px(12)
    surface.fill(ink("ivory"), (start, y - thick // 2, end - start, thick))
    for x in (start, end - thick):
        surface.fill(ink("ivory"), (x, y - tall // 2, thick, tall))


def draw_flags(
    surface: pygame.Surface, rect: pygame.Rect, where: Places, ending: Ending, lead: pygame.Rect, pen: Pen
) -> None:
    """The words of the turning points, joined by stems: above the American line and left of their stems, or below the
    Chinese one and right of them, so that no stem runs through words."""
    middles, size = spots(rect, ending, pen), pen.scale.target()
    discs = [pygame.Rect(x - size // 2, y - size // 2, size, size) for x, y in middles.values()]
    for up in (True, False):
        side = [point for point in ending.points if (bloc_of(ending, point) == "us") == up]
        side.sort(key=lambda point: middles[point.number][0] * (1 if up else -1))
        taken: list[pygame.Rect] = [lead, *discs]
        for point in side:
            taken.append(draw_flag(surface, where, ending.told.race, point, middles[point.number], up, taken, pen))


def draw_flag(
    surface: pygame.Surface,
    where: Places,
    race: Race,
    point: Point,
    at: tuple[int, int],
    up: bool,
    taken: list[pygame.Rect],
    pen: Pen,
) -> pygame.Rect:
    """The words of one turning point, clear of those that are there, left out where there is no room; gives their box."""
    x, y = at
    body, gap = where.body, pen.px(26)
    who = pen.words("debrief.flag" if point.holds else "debrief.flag_luck", who=point.who, when=point.when)
    title = f"{point.title}: {gain(point.held, pen)}"
    wide = min(max(pen.width(title, "site"), pen.width(who, "note")) + pen.px(6), pen.px(320), body.width)
    words = [
        *((line, "site", "t1") for line in pen.lines(title, wide - pen.px(6), "site")),
        *((line, "note", "t2") for line in pen.lines(who, wide - pen.px(6), "note")),
    ]
    tall = sum(pen.line(role) for _, role, _ in words)
    box = pygame.Rect(x - wide if up else x, y - gap - tall if up else y + gap, wide, tall)
    box.left = min(max(body.left, box.left), body.right - wide)
    edge = pen.px(10)
    if up:
        box.bottom = min(box.bottom, round(line_at(where, race, "us", box.right)) - edge)
    else:
        box.top = max(box.top, round(line_at(where, race, "cn", box.left)) + edge)
    while any(box.inflate(0, pen.px(8)).colliderect(other) for other in taken):
        box.top += -pen.px(6) if up else pen.px(6)
    if not body.contains(box):
        return box
    inside = box.left + pen.px(8) < x < box.right - pen.px(8)
    top, bottom = (box.bottom if inside else box.top, y) if up else (y, box.top if inside else box.bottom)
    pen.upright(surface, x, top, bottom - top, "edge")
    left, top = box.left if up else box.left + pen.px(6), box.top
    for line, role, colour in words:
        pen.write(surface, line, (left, top), role, colour, halo="panel")
        top += pen.line(role)
    return box


def line_at(where: Places, race: Race, bloc: str, x: int) -> float:
    """How high the line of a side lies at a place."""
    share = (x - where.body.left) / max(1, where.body.width)
    return where.index.at(held(race, bloc, where.times.low + share * (where.times.high - where.times.low)))


def gain(lead: float, pen: Pen) -> str:
    """A change of the lead as the gain of a side, as US +4 months."""
    name = "debrief.gain_us" if lead >= 0 else "debrief.gain_cn"
    return pen.words(name, months=months(abs(lead)))


def draw_lead(surface: pygame.Surface, rect: pygame.Rect, ending: Ending, pen: Pen) -> None:
    """The lead after each quarter, in months; above the line the US side leads, below it China."""
    race = ending.told.race
    head = pen.px(6) + pen.line("headline")
    pen.write(surface, pen.words("debrief.lead_title"), rect.topleft, "headline", most=rect.width)
    body = places(pygame.Rect(rect.left, rect.top + head, rect.width, rect.height - head), race, pen).body
    body.height = rect.bottom - body.top - pen.px(10)
    low, high = min(0.0, *race.lead), max(0.0, *race.lead)
    reach = max(high - low, 1.0)
    times = Axis(-BEFORE, race.end, body.left, body.right)
    index = Axis(low - (0.1 * reach if low < 0 else 0.0), high + 0.28 * reach, body.bottom, body.top)
    draw_level_grid(surface, body, index, pen, 3)
    side = "us" if race.lead[-1] >= 0 else "cn"
    placed = [(times.at(MONTHS * turn), index.at(value)) for turn, value in enumerate(race.lead)]
    zero = index.at(0)
    shapes.polygon(surface, ink(side), [(placed[0][0], zero), *placed, (placed[-1][0], zero)], 0.35)
    shapes.line(surface, ink(side), placed, pen.scale.real(2.2))
    pen.rule(surface, body.left, zero, body.width, "t3")
    peak = max(range(len(race.lead)), key=lambda turn: abs(race.lead[turn]))
    for turn in sorted({0, peak, len(placed) - 1}):
        at = placed[turn]
        pen.mark(surface, SIDES[side][2], at, 4, "ivory")
        text = halves(abs(race.lead[turn]))
        if turn and abs(at[0] - placed[-1][0]) < pen.px(30) and turn != len(placed) - 1:
            continue
        pen.write(
            surface, text, (at[0], at[1] - pen.line("strong") - pen.px(3)), "strong", align="centre", halo="panel"
        )


def detail_lines(point: Point, wide: int, brief: bool, pen: Pen) -> list[tuple[str, str]]:
    """What the turning point ordered and what that did, or that in brief, in lines of a width, each with its colour."""
    name = "luck" if not point.holds else "us" if point.held >= 0 else "cn"
    side = pen.words("debrief.the_us" if point.held >= 0 else "debrief.side_cn")
    did = pen.words(
        "debrief.effect_brief" if brief else f"debrief.effect_{name}",
        side=side,
        months=months(abs(point.held)).lstrip("+"),
        anew=months(point.anew),
        range=months_between(point.low, point.high),
    )
    ordered = f"{point.title}: {point.says}"
    return [(line, colour) for text, colour in ((ordered, "t2"), (did, "t1")) for line in pen.lines(text, wide, "body")]


def draw_detail(surface: pygame.Surface, area: pygame.Rect, point: Point | None, brief: bool, pen: Pen) -> None:
    """What the turning point that is looked at did, under the race."""
    x, y = area.left, area.bottom + pen.px(8)
    if point is None:
        pen.paragraph(surface, pen.words("debrief.no_points"), (x, y), area.width, "body", "t2")
        return
    head: list[tuple[str, str, Ink]] = [
        (f"{point.number}", "control", "t1"),
        (pen.words("debrief.ordered", who=point.who, when=point.when), "control", "t1"),
    ]
    pen.runs(surface, head, (x, y), 10)
    y += pen.line("control") + pen.px(1)
    for line, colour in detail_lines(point, area.width, brief, pen):
        pen.write(surface, line, (x, y), "body", colour)
        y += pen.line("body")
