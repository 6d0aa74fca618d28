"""The right panel of the map: the race, what was gained, how the game will likely end, what waits for the seat."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pygame

from desktop.atlas import figure_text
from desktop.board import GAINS, Board, Racing
from desktop.charts import Fan, Lead, Line, Race, Row, draw_race, draw_rows
from desktop.chrome import draw_head
from desktop.currents import Five
from desktop.kit import draw_changed
from desktop.numbers import halves, short
from desktop.pen import Pen
from desktop.theme import COLOURS, MARKS

SINCE, AHEAD = 2.5, 1.0
"""Years of the race before and after now."""
COLOUR = {"us": "us", "abroad": "ivory", "china": "cn", "domestic_cn": "cn", "remote": "remote", "licensed": "ivory"}
MARK = {"us": "square", "abroad": "disc", "china": "bar", "domestic_cn": "square"}
LOW, HIGH = 1e2, 1e7
"""Ends of the axis of what was gained, in H100e; what lies beyond stands at the end."""
LEVEL = 0.25
"""Months below which nobody leads."""


@dataclass(frozen=True)
class Waiting:
    """What waits for the seat: a headline, what it means, and how many orders are left."""

    headline: str
    text: str
    note: str = ""
    has_button: bool = True


@dataclass(frozen=True)
class Plan:
    """What of the panel is shown where room is short: how many rows, the waiting text, the lines of the verdict."""

    rows: tuple[str, ...] = GAINS
    text: bool = True
    verdict: int = 2


FEW = ("us", "china", "smuggled")
PLANS = (
    Plan(),
    Plan(verdict=1),
    Plan(text=False, verdict=2),
    Plan(text=False, verdict=1),
    Plan(FEW, False, 1),
    Plan(FEW, False, 0),
    Plan((), False, 1),
)


def lead_finding(lead: float, pen: Pen) -> str:
    """Who leads, by how many months."""
    side = "none" if abs(lead) < LEVEL else "us" if lead > 0 else "cn"
    name = f"board.lead_{side}" + ("_short" if pen.scale.compact and side != "none" else "")
    return pen.words(name, months=halves(abs(lead)))


def race_of(racing: Racing, pen: Pen, share: float = 1.0) -> Race:
    """The race as a chart: lines up to a share of the last quarter, then the lead and the fans."""
    until = racing.now - 0.25 * (1 - share)
    since = racing.now - SINCE
    lines = []
    whole = [value for points in racing.sides.values() for _, value in clipped(points, since, racing.now)]
    for side, points in racing.sides.items():
        shown = clipped(points, since, until)
        if not shown:
            continue
        mark = "disc" if side == "us" else "square"
        lines.append(Line(pen.words(f"board.{side}_line"), shown, side, "us2" if side == "us" else "cn", mark=mark))
    tall = max(whole, default=1.0) - min(whole, default=0.0)
    fans = () if share < 1 else tuple(Fan(points, side) for side, points in racing.fans.items() if len(points) > 1)
    lead = lead_of(racing, since, pen) if share >= 1 else None
    top = max([*whole, *(point[3] for points in racing.fans.values() for point in points)], default=1.0)
    low, high = min(whole, default=0.0) - 0.1 * tall, top + 0.16 * tall
    last = racing.now + (AHEAD if racing.fans else 0.05)
    return Race(tuple(lines), until, last, fans, lead, since, low, high)


def clipped(points: tuple[tuple[float, float], ...], since: float, until: float) -> tuple[tuple[float, float], ...]:
    """The points of a line between two times, a value at each end."""
    if not points:
        return ()
    before = [value for year, value in points if year < since]
    shown = [(year, value) for year, value in points if since <= year <= until]
    if before:
        shown.insert(0, (since, before[-1]))
    if shown and shown[-1][0] < until:
        shown.append((until, shown[-1][1]))
    return tuple(shown)


def lead_of(racing: Racing, since: float, pen: Pen) -> Lead | None:
    """The lead as a bracket from when the leading side had the other's best score to now."""
    if abs(racing.lead) < LEVEL or not all(racing.sides.values()):
        return None
    behind = racing.sides["cn" if racing.lead > 0 else "us"][-1][1]
    start = max(since, racing.now - abs(racing.lead) / 12)
    figure = halves(abs(racing.lead))
    return Lead(behind, start, racing.now, figure, pen.words("kit.months_behind"))


@dataclass(frozen=True)
class Growth:
    """How far the panel's parts have come while a quarter resolves, 0 to 1; all have arrived otherwise."""

    foundries: float = 1.0
    channels: float = 1.0
    ranges: float = 1.0
    race: float = 1.0

    def of(self, name: str) -> float:
        """How far a row has come: with the flows that it counts."""
        return self.channels if name in ("remote", "smuggled") else self.foundries


def grown(gains: Mapping[str, Five], name: str, growth: Growth) -> float:
    """The figure of a row on its way up; that of China all is the sum of its parts until all have arrived."""
    if name != "china" or growth.channels >= 1:
        return gains[name].middle * growth.of(name)
    parts = sum(gains[part].middle * growth.of(part) for part in GAINS[3:])
    return min(gains[name].middle, parts)


def rows_of(gains: Mapping[str, Five], names: tuple[str, ...], pen: Pen, growth: Growth) -> tuple[Row, ...]:
    """What was gained, row by row; counted up as far as it has come, its ranges open or not."""
    found = []
    for name in names:
        five = gains.get(name)
        strong, indent = name in ("us", "abroad", "china"), name in GAINS[3:]
        row = Row(pen.words(f"board.gain.{name}"), indent=indent, strong=strong)
        if five is None:
            found.append(replace(row, state="hidden"))
            continue
        mark, colour = MARK.get(name) or MARKS.get(name, "disc"), COLOUR.get(name, "smug")
        value, band = grown(gains, name, growth), figure_text(five)[1]
        row = replace(row, value=value, mark=mark, colour=colour)
        if band and growth.ranges > 0:
            wide, narrow = (five.low, five.high), (five.near, five.far)
            found.append(replace(row, value=five.middle, wide=wide, narrow=narrow, text=band))
        elif value >= 1:
            found.append(replace(row, text=short(value), state="known"))
        else:
            is_nothing = growth.of(name) >= 1
            found.append(replace(row, text=pen.words("board.nothing") if is_nothing else "", state="none"))
    return tuple(found)


def changed_rows(board: Board, before: Board | None) -> set[str]:
    """The rows that are written otherwise than a quarter before; all where that is not known."""
    was = {} if before is None else {name: figure_text(five) for name, five in before.known.gains.items()}
    return {name for name, five in board.known.gains.items() if figure_text(five) != was.get(name)}


class Panel:
    """Where the parts of the panel lie in a window, and their drawing."""

    def __init__(self, pen: Pen, finding: str) -> None:
        self.finding = finding
        self.side = pen.scale.side_panel()
        self.left, self.wide = self.side.left + pen.px(20), self.side.width - pen.px(40)
        self.head_lines = len(pen.lines(finding, self.wide, "section", 2))
        tall = pen.px(46 if pen.scale.compact else 52)
        foot = self.side.bottom - pen.px(12 if pen.scale.compact else 24)
        self.end = pygame.Rect(self.left, foot - tall, self.wide, tall)
        self.plan = PLANS[-1]
        for plan in PLANS:
            if self.race_room(plan, pen) >= pen.px(150):
                self.plan = plan
                break

    def head_height(self, pen: Pen) -> int:
        """Height of the finding and the unit line."""
        return pen.px(14) + self.head_lines * pen.line("section") + pen.line("note") + pen.px(4)

    def gains_height(self, plan: Plan, pen: Pen) -> int:
        """Height of the rows with their head and foot."""
        if not plan.rows:
            return 0
        return (
            pen.px(12) + pen.line("headline") + pen.px(6) + pen.px(25) * len(plan.rows) + pen.px(6) + pen.line("axis")
        )

    def verdict_height(self, plan: Plan, pen: Pen) -> int:
        """Height of the lines on how the game will end."""
        lines = pen.line("strong") + (plan.verdict - 1) * pen.line("note")
        return pen.px(16) + lines if plan.verdict else 0

    def waiting_height(self, plan: Plan, pen: Pen) -> int:
        """Height of what waits, with its button."""
        button = max(pen.scale.target(), pen.px(32))
        text = pen.line("headline") + 2 * pen.line("body") + pen.px(6) if plan.text else 0
        return pen.px(14) + text + button + pen.px(14)

    def race_room(self, plan: Plan, pen: Pen) -> int:
        """Height that is left for the race."""
        used = self.head_height(pen) + self.gains_height(plan, pen) + self.verdict_height(plan, pen)
        return self.end.top - self.side.top - used - self.waiting_height(plan, pen) - pen.px(10)

    def open_box(self, pen: Pen) -> pygame.Rect:
        """The box of the button that opens the orders."""
        tall = max(pen.scale.target(), pen.px(32))
        wide = min(pen.px(168), self.wide)
        return pygame.Rect(self.left, self.end.top - pen.px(12) - tall, wide, tall)

    def race_box(self, pen: Pen) -> pygame.Rect:
        """The box of the race."""
        top = self.side.top + self.head_height(pen) + pen.px(8)
        return pygame.Rect(self.left, top, self.wide, max(pen.px(60), self.race_room(self.plan, pen)))

    def gains_top(self, pen: Pen) -> int:
        """Where the rows begin, with their divider."""
        return self.race_box(pen).bottom + pen.px(2)

    def rows_top(self, pen: Pen) -> int:
        """Where the first row begins."""
        return self.gains_top(pen) + pen.px(8) + pen.line("headline") + pen.px(6)

    def row_box(self, name: str, pen: Pen) -> pygame.Rect | None:
        """The box of a row."""
        if name not in self.plan.rows:
            return None
        top = self.rows_top(pen) + self.plan.rows.index(name) * pen.px(25)
        return pygame.Rect(self.left, top, self.wide, pen.px(25))

    def head_box(self, pen: Pen) -> pygame.Rect:
        """The box of the finding about the lead."""
        return pygame.Rect(self.left, self.side.top + pen.px(14), self.wide, self.head_lines * pen.line("section"))

    def verdict_top(self, pen: Pen) -> int:
        """Where the lines on how the game will end begin."""
        return self.gains_top(pen) + self.gains_height(self.plan, pen)

    def picture(
        self,
        board: Board | None,
        lines: tuple[str, str, str],
        waiting: Waiting,
        growth: Growth,
        ticks: frozenset[str],
        pen: Pen,
    ) -> pygame.Surface:
        """The panel by itself, as far as its parts have come; rows with a tick have just changed."""
        whole = pygame.Surface((self.side.right, self.side.bottom))
        whole.fill(COLOURS["panel"], self.side)
        pen.upright(whole, self.side.left, self.side.top, self.side.height)
        if board is not None:
            self.draw_head(whole, pen)
            draw_race(whole, self.race_box(pen), race_of(board.racing, pen, growth.race), pen)
            self.draw_gains(whole, board, pen, growth)
            self.draw_ticks(whole, board, ticks, pen)
        self.draw_verdict(whole, lines, pen)
        self.draw_waiting(whole, waiting, pen)
        return whole.subsurface(self.side).copy()

    def draw_head(self, surface: pygame.Surface, pen: Pen) -> None:
        """The finding about the lead, with its unit."""
        unit = pen.words("board.index_short" if pen.scale.compact else "board.index")
        at = (self.left, self.side.top + pen.px(14))
        draw_head(surface, at, self.wide, self.finding, unit, pen)

    def draw_ticks(self, surface: pygame.Surface, board: Board, names: frozenset[str], pen: Pen) -> None:
        """A tick under the figure of each row that just changed."""
        for name in names:
            box = self.row_box(name, pen)
            if box is not None:
                text = figure_text(board.known.gains[name])
                wide = pen.width(text[1] or text[0], "note_medium")
                tall = pen.line("note")
                figure = pygame.Rect(box.right - wide, box.centery - tall // 2, wide, tall)
                draw_changed(surface, figure, pen)

    def draw_gains(self, surface: pygame.Surface, board: Board, pen: Pen, growth: Growth) -> None:
        """What was gained, row by row."""
        if not self.plan.rows:
            return
        top = self.gains_top(pen)
        pen.rule(surface, self.left, top, self.wide)
        unit = pen.words("board.gained_unit", quarter=board.quarter)
        right = pen.width(unit, "note") if not pen.scale.compact else 0
        most = self.wide - right - pen.px(10)
        pen.write(surface, pen.words("board.gained"), (self.left, top + pen.px(8)), "headline", most=most)
        if right:
            drop = top + pen.px(8) + pen.baseline("headline") - pen.baseline("note")
            pen.write(surface, unit, (self.left + self.wide, drop), "note", "t3", align="right")
        rect = pygame.Rect(self.left, self.rows_top(pen), self.wide, pen.px(25) * len(self.plan.rows))
        rows = rows_of(board.known.gains, self.plan.rows, pen, growth)
        draw_rows(surface, rect, rows, LOW, HIGH, pen, log=True)

    def draw_verdict(self, surface: pygame.Surface, lines: tuple[str, str, str], pen: Pen) -> None:
        """The countdown with the projected score beside it, and what most futures end in."""
        if not self.plan.verdict:
            return
        count, score, ending = lines
        top = self.verdict_top(pen) + pen.px(8)
        pen.rule(surface, self.left, top - pen.px(4), self.wide)
        wrote = pen.write(surface, count, (self.left, top), "strong", "t1", most=self.wide)
        drop = top + pen.baseline("strong") - pen.baseline("note_medium")
        room = self.left + self.wide - wrote.right - pen.px(10)
        if score and room > pen.px(60):
            right = self.left + self.wide
            pen.write(surface, score, (right, drop), "note_medium", "t1", align="right", most=room)
        if ending and self.plan.verdict > 1:
            pen.write(surface, ending, (self.left, wrote.bottom), "note", "t2", most=self.wide)

    def draw_waiting(self, surface: pygame.Surface, waiting: Waiting, pen: Pen) -> None:
        """What waits for the seat."""
        top = self.verdict_top(pen) + self.verdict_height(self.plan, pen) + pen.px(4)
        button = self.open_box(pen)
        pen.rule(surface, self.left, top, self.wide)
        if self.plan.text:
            y = top + pen.px(8)
            pen.write(surface, waiting.headline, (self.left, y), "headline", most=self.wide)
            at = (self.left, y + pen.line("headline"))
            pen.paragraph(surface, waiting.text, at, self.wide, "body", "t2", count=2)
        note = waiting.note if self.plan.text else waiting.headline
        left = button.right + pen.px(14) if waiting.has_button else self.left
        drop = button.centery - pen.line("note") // 2
        pen.write(surface, note, (left, drop), "note", "t2", most=self.left + self.wide - left)
