"""The board of seats: a column for each, what it is, wants, sets and can see; one is chosen, some may be marked."""

from dataclasses import dataclass, field, replace
from math import ceil
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control
from desktop.pen import Pen
from desktop.screens.knowing import THINGS, known
from desktop.screens.portrait import (
    SIGNS,
    about_of,
    draw_name,
    draw_seen,
    draw_share,
    sets_of,
    side_of,
    wants_of,
)
from world.cast import Seat
from world.scenario import Scenario

WANTS = 4
"""Everybody's score counts four things."""


@dataclass(frozen=True)
class Plan:
    """How much of each column is shown, and how tall the rows of what can be seen are."""

    icon: bool = True
    sets: int = 5
    row: int = 32


PLANS = (
    Plan(),
    Plan(sets=4, row=28),
    Plan(sets=4, row=24),
    Plan(sets=3, row=22),
    Plan(sets=2, row=20),
    Plan(icon=False, sets=3, row=22),
    Plan(icon=False, sets=2, row=20),
    Plan(icon=False, sets=4, row=22),
)
"""From the fullest on; where none fits, the last is scrolled under the names."""


@dataclass(frozen=True, kw_only=True)
class Board(Control):
    """Seats side by side; arrows choose, up and down scroll what does not fit, Space marks, Enter opens."""

    scenario: Scenario
    seats: tuple[Seat, ...] = ()
    chosen: int = 0
    first: int = 0
    columns: int = 7
    marked: frozenset[str] = field(default_factory=frozenset)
    marks: bool = False
    indent: int = 0
    """Pixels on the left of the board for the names of the rows."""
    over: int | None = None
    empty: str = ""
    lines: int = 3
    """Lines that the longest sentence about a seat takes."""
    scrolled: int = 0
    steps: int = 0
    """Lines that are scrolled away under the names, and how many there are to scroll."""

    @property
    def seat(self) -> Seat | None:
        """The seat that is chosen; none where no seat is shown."""
        return self.seats[self.chosen] if self.seats else None

    def fitted(self, columns: int) -> Self:
        """The board with so many columns, the chosen one among those that are shown."""
        columns = max(1, columns)
        last = max(0, len(self.seats) - columns)
        first = min(last, max(self.chosen - columns + 1, min(self.first, self.chosen)))
        return replace(self, columns=columns, first=first)

    def measured(self, rect: pygame.Rect, pen: Pen) -> Self:
        """The board with what depends on its box: how long its sentences are, and how far it scrolls."""
        wide = int(rect.width / self.columns) - pen.px(24)
        about = [about_of(seat, self.scenario.abouts, pen.words) for seat in self.seats]
        lines = max((len(pen.lines(text, wide, "note")) for text in set(about)), default=1)
        board = replace(self, lines=lines)
        plan = board.plan(rect, pen)
        over = board.head(plan, pen) + board.tall(plan, pen) - rect.height
        steps = max(0, ceil(over / pen.line("note")))
        return replace(board, steps=steps, scrolled=min(steps, self.scrolled))

    def to(self, chosen: int) -> tuple[Self, tuple[Action, ...]]:
        """Another seat, never past an end."""
        chosen = max(0, min(len(self.seats) - 1, chosen))
        if chosen == self.chosen or not self.seats:
            return self, NOTHING
        return replace(self, chosen=chosen).fitted(self.columns), (Action(self.name, "change", chosen),)

    def by_rows(self, by: int) -> Self:
        """The board scrolled by lines, never past an end."""
        return replace(self, scrolled=max(0, min(self.steps, self.scrolled + by)))

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self, (Action(self.name, "open"),)
        if event.key == pygame.K_SPACE:
            return self, (Action(self.name, "mark"),) if self.marks else NOTHING
        if event.key in (pygame.K_UP, pygame.K_DOWN):
            return self.by_rows(1 if event.key == pygame.K_DOWN else -1), NOTHING
        ways = {
            pygame.K_LEFT: self.chosen - 1,
            pygame.K_RIGHT: self.chosen + 1,
            pygame.K_PAGEUP: self.chosen - self.columns,
            pygame.K_PAGEDOWN: self.chosen + self.columns,
            pygame.K_HOME: 0,
            pygame.K_END: len(self.seats) - 1,
        }
        return self.to(ways[event.key]) if event.key in ways else (self, NOTHING)

    def hears(self, event: pygame.event.Event) -> bool:
        keys = (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_PAGEUP, pygame.K_PAGEDOWN, pygame.K_HOME, pygame.K_END)
        scrolls = (pygame.K_UP, pygame.K_DOWN) if self.steps else ()
        return event.type == pygame.KEYDOWN and event.key in (*keys, *scrolls, pygame.K_SPACE)

    def rolled(self, by: int) -> tuple[Self, tuple[Action, ...]]:
        return (self.by_rows(-by), NOTHING) if self.steps else self.to(self.chosen - by)

    def moved(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        return replace(self, over=self.under(at, rect)), NOTHING

    def released(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        found = self.under(at, rect)
        if found is None:
            return self, NOTHING
        if self.marks:
            after, did = self.to(found)
            return after, (*did, Action(self.name, "mark"))
        return (self, (Action(self.name, "open"),)) if found == self.chosen else self.to(found)

    def under(self, at: tuple[int, int], rect: pygame.Rect) -> int | None:
        """Which seat's column lies at a point."""
        if not rect.collidepoint(at):
            return None
        found = int((at[0] - rect.left) / (rect.width / self.columns)) + self.first
        return found if found < min(len(self.seats), self.first + self.columns) else None

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """The chosen column already has a frame; the ring lies round it."""
        if self.seats:
            pen.focus(surface, self.column(rect, self.chosen - self.first))

    def column(self, rect: pygame.Rect, n: int) -> pygame.Rect:
        """The box of a column that is shown."""
        wide = rect.width / self.columns
        left = round(rect.left + n * wide)
        return pygame.Rect(left, rect.top, round(rect.left + (n + 1) * wide) - left, rect.height)

    # How tall everything is

    def plan(self, rect: pygame.Rect, pen: Pen) -> Plan:
        """The fullest plan that fits the height."""
        return next((plan for plan in PLANS if self.head(plan, pen) + self.tall(plan, pen) <= rect.height), PLANS[-1])

    def head(self, plan: Plan, pen: Pen) -> int:
        """How tall the sign and the name are, which never scroll away."""
        return pen.px(14) + (pen.px(52) if plan.icon else 0) + pen.line("section") + pen.px(2)

    def upper(self, plan: Plan, pen: Pen) -> int:
        """How tall all is between the name and the table of what can be seen."""
        return (self.lines + 1 + WANTS + 1 + plan.sets) * pen.line("note") + 3 * pen.px(10)

    def tall(self, plan: Plan, pen: Pen) -> int:
        """How tall everything under the name is."""
        return self.upper(plan, pen) + pen.line("section") + pen.px(14) + len(THINGS) * self.row(plan, pen) + pen.px(8)

    def row(self, plan: Plan, pen: Pen) -> int:
        """How tall a row of the table is."""
        return max(pen.px(plan.row), pen.line("note"))

    # Drawing

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if not self.seats:
            at = (rect.left, rect.top + pen.px(40))
            pen.paragraph(surface, self.empty, at, rect.width, "body", "t2")
            return
        plan = self.plan(rect, pen)
        for n in range(len(self.shown)):
            self.draw_ground(surface, self.column(rect, n), self.first + n, pen)
        names, size = tuple(seat.name for seat in self.shown), (rect.width + self.indent, rect.height)
        told = (self.scenario.title, names, self.marked, self.columns, self.lines, self.scrolled)
        picture = pen.kept(("seats", told, size, pen.scale), lambda: self.written(size, plan, pen))
        surface.blit(picture, (rect.left - self.indent, rect.top))
        if self.steps:
            self.draw_track(surface, self.body(rect, plan, pen), self.tall(plan, pen), pen)

    @property
    def shown(self) -> tuple[Seat, ...]:
        """The seats whose columns are in sight."""
        return self.seats[self.first : self.first + self.columns]

    def body(self, rect: pygame.Rect, plan: Plan, pen: Pen) -> pygame.Rect:
        """What is scrolled under the names."""
        top = rect.top + self.head(plan, pen)
        return pygame.Rect(rect.left, top, rect.width, rect.bottom - max(2, pen.px(2)) - top)

    def written(self, size: tuple[int, int], plan: Plan, pen: Pen) -> pygame.Surface:
        """All that stands in the columns, and the names of the rows on their left, to be laid on their grounds."""
        surface = pygame.Surface(size, pygame.SRCALPHA)
        rect, inner = pygame.Rect(self.indent, 0, size[0] - self.indent, size[1]), -pen.px(24)
        body = self.body(rect, plan, pen)
        start = body.top - self.scrolled * pen.line("note")
        for n, seat in enumerate(self.shown):
            self.draw_head(surface, self.column(rect, n).inflate(inner, 0), seat, plan, pen)
        surface.set_clip(body.inflate(2 * self.indent, 0))
        for n, seat in enumerate(self.shown):
            box = self.column(body, n).inflate(inner, 0)
            self.draw_texts(surface, box, seat, plan, start, pen)
            self.draw_known(surface, box, seat, plan, start + self.upper(plan, pen), pen)
        self.draw_names(surface, body, plan, start + self.upper(plan, pen), pen)
        return surface

    def draw_ground(self, surface: pygame.Surface, box: pygame.Rect, number: int, pen: Pen) -> None:
        """A frame round the chosen column, a lighter ground under the pointer, else a line between two."""
        if number == self.chosen:
            pen.box(surface, box, "raised", "ivory", width=max(2, pen.px(2)))
        elif number == self.over and self.hover:
            pen.box(surface, box, "side")
        elif number not in (self.first, self.chosen + 1):
            pen.upright(surface, box.left, box.top + pen.px(16), box.height - pen.px(30))

    def draw_head(self, surface: pygame.Surface, box: pygame.Rect, seat: Seat, plan: Plan, pen: Pen) -> None:
        """Sign and name, and whether a person sits there."""
        y, most = box.top + pen.px(14), box.width
        is_marked = seat.name in self.marked
        if plan.icon:
            pen.site(surface, SIGNS[seat.role], (box.left + pen.px(20), y + pen.px(20)), side_of(seat), 20)
            if is_marked:
                self.draw_mark(surface, (box.left + pen.px(50), y + pen.px(20)), pen)
            y += pen.px(52)
        elif is_marked:
            self.draw_mark(surface, (box.right - pen.px(9), y + pen.px(12)), pen)
            most -= pen.px(22)
        draw_name(surface, seat, (box.left, y), most, pen)

    def draw_mark(self, surface: pygame.Surface, at: tuple[int, int], pen: Pen) -> None:
        """That a person sits there."""
        pen.disc(surface, at, 8, "ivory")
        pen.icon(surface, "check", at, 4.6, "ink")

    def draw_texts(self, surface: pygame.Surface, box: pygame.Rect, seat: Seat, plan: Plan, top: int, pen: Pen) -> None:
        """What the seat does, what its score counts, and what it sets, as far as they are in sight."""
        step, y = pen.line("note"), top
        for text in pen.lines(about_of(seat, self.scenario.abouts, pen.words), box.width, "note", self.lines):
            self.write(surface, text, "t2", y, box, pen)
            y += step
        y = top + self.lines * step + pen.px(10)
        self.write(surface, pen.words("seats.wants"), "t3", y, box, pen)
        for told in wants_of(self.scenario.cast, seat, pen.words):
            y += step
            if is_in(y, step, box):
                draw_share(surface, told, (box.left, y), box.width, pen)
        y += step + pen.px(10)
        self.write(surface, pen.words("seats.sets"), "t3", y, box, pen)
        orders = sets_of(self.scenario.cast, seat.role, pen.words)
        shown = list(orders[: plan.sets])
        if len(orders) > plan.sets:
            shown[-1] = pen.words("seats.more", count=len(orders) - plan.sets + 1)
        for order in shown:
            y += step
            self.write(surface, order, "t1", y, box, pen)

    def write(self, surface: pygame.Surface, text: str, colour: str, y: int, box: pygame.Rect, pen: Pen) -> None:
        """A line of a column, where it is in sight."""
        if is_in(y, pen.line("note"), box):
            pen.write(surface, text, (box.left, y), "note", colour, most=box.width)

    def draw_known(self, surface: pygame.Surface, box: pygame.Rect, seat: Seat, plan: Plan, top: int, pen: Pen) -> None:
        """What the seat can see, row by row."""
        told, step = known(self.scenario, seat.name), self.row(plan, pen)
        y = top + pen.line("section") + pen.px(14)
        for thing in THINGS:
            if is_in(y, step, box):
                draw_seen(surface, told[thing.name], side_of(seat), pygame.Rect(box.left, y, box.width, step), pen)
            y += step

    def draw_names(self, surface: pygame.Surface, body: pygame.Rect, plan: Plan, top: int, pen: Pen) -> None:
        """What the rows are called, on the left of the board."""
        left, wide = body.left - self.indent, body.width + self.indent
        most, step = self.indent - pen.px(8), self.row(plan, pen)
        if is_in(top, pen.line("section"), body):
            pen.rule(surface, left, top, wide)
            text = pen.words("seats.see")
            pen.write(surface, text, (left, top + pen.px(8)), "headline_small", "t1", most=most)
        y = top + pen.line("section") + pen.px(14)
        for n, thing in enumerate(THINGS):
            if is_in(y, step, body):
                if n:
                    pen.rule(surface, left, y, wide)
                at = (left, y + (step - pen.line("note")) // 2)
                pen.write(surface, pen.words(f"seats.{thing.name}"), at, "note", "t2", most=most)
            y += step

    def draw_track(self, surface: pygame.Surface, body: pygame.Rect, tall: int, pen: Pen) -> None:
        """How much of the columns is in sight, and which part."""
        track = pygame.Rect(body.right + pen.px(6), body.top, pen.px(4), body.height)
        pen.box(surface, track, "hair", radius=2)
        size = max(pen.px(16), round(track.height * body.height / tall))
        top = track.top + round((track.height - size) * self.scrolled / self.steps)
        pen.box(surface, pygame.Rect(track.left, top, track.width, size), "edge", radius=2)


def is_in(y: int, tall: int, box: pygame.Rect) -> bool:
    """Whether a line of a height at a level shows in a box."""
    return box.top - tall < y < box.bottom
