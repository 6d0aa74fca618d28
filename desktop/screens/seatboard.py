"""The board of seats: a column for each, what it is, what it sets, what it can see; one is chosen, some may be marked."""

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Self

import pygame

from desktop.kit.base import NOTHING, Action, Control
from desktop.pen import Ink, Pen
from desktop.screens.knowing import EXACT, HIDDEN, OWN, RANGE, THINGS, known
from play.dials import spaced
from world.cast import Seat
from world.scenario import Scenario
from world.turn import layout_of

SIGNS = {
    "controller": "government",
    "planner": "government",
    "host": "government",
    "chipmaker": "designer",
    "foundry": "foundry",
    "memory_maker": "memory",
    "lab": "lab",
    "broker": "transshipment",
}


@dataclass(frozen=True)
class Plan:
    """How much of each column is shown."""

    icon: bool = True
    about: int = 4
    sets: int = 5
    row: int = 32
    things: int = len(THINGS)


PLANS = (
    Plan(),
    Plan(about=3, sets=4, row=30),
    Plan(about=3, sets=4, row=26),
    Plan(icon=False, about=3, sets=3, row=24),
    Plan(icon=False, about=2, sets=2, row=22),
    Plan(icon=False, about=2, sets=0, row=22),
    Plan(icon=False, about=0, sets=0, row=18),
    *(Plan(icon=False, about=0, sets=0, row=18, things=n) for n in range(len(THINGS) - 1, 0, -1)),
)


@cache
def orders_of(scenario: Scenario, role: str) -> tuple[str, ...]:
    """What a role sets, as its orders are called."""
    kinds = [place.kind for place in layout_of(scenario.cast).places.values() if place.kind.issuer == role]
    return tuple(spaced(kind.name).capitalize() for kind in kinds)


@dataclass(frozen=True, kw_only=True)
class Board(Control):
    """Seats side by side; arrows choose, Space marks where several people play, Enter opens."""

    scenario: Scenario
    seats: tuple[Seat, ...] = ()
    chosen: int = 0
    first: int = 0
    columns: int = 7
    marked: frozenset[str] = field(default_factory=frozenset)
    marks: bool = False
    indent: int = 0
    """Pixels for the names of the rows."""
    over: int | None = None
    empty: str = ""

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

    def to(self, chosen: int) -> tuple[Self, tuple[Action, ...]]:
        """Another seat, never past an end."""
        chosen = max(0, min(len(self.seats) - 1, chosen))
        if chosen == self.chosen or not self.seats:
            return self, NOTHING
        return replace(self, chosen=chosen).fitted(self.columns), (Action(self.name, "change", chosen),)

    def key(self, event: pygame.event.Event) -> tuple[Self, tuple[Action, ...]]:
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            return self, (Action(self.name, "open"),)
        if event.key == pygame.K_SPACE:
            return self, (Action(self.name, "mark"),) if self.marks else NOTHING
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
        return event.type == pygame.KEYDOWN and event.key in (*keys, pygame.K_SPACE)

    def rolled(self, by: int) -> tuple[Self, tuple[Action, ...]]:
        return self.to(self.chosen - by)

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
        start, wide = self.edges(rect)
        if not rect.collidepoint(at) or at[0] < start:
            return None
        found = int((at[0] - start) / wide) + self.first
        return found if found < min(len(self.seats), self.first + self.columns) else None

    def edges(self, rect: pygame.Rect) -> tuple[int, float]:
        """Where the columns begin, and how wide each is."""
        start = rect.left + self.indent
        return start, (rect.right - start) / self.columns

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """The chosen column already has a frame; the ring lies round it."""
        if self.seats:
            pen.focus(surface, self.column(rect, self.chosen - self.first))

    def column(self, rect: pygame.Rect, n: int) -> pygame.Rect:
        """The box of a column that is shown."""
        start, wide = self.edges(rect)
        left = round(start + n * wide)
        return pygame.Rect(left, rect.top, round(start + (n + 1) * wide) - left, rect.height)

    # Drawing

    def plan(self, rect: pygame.Rect, pen: Pen) -> Plan:
        """The fullest plan that fits the height."""
        return next((plan for plan in PLANS if self.foot(plan, pen) + self.table(plan, pen) <= rect.height), PLANS[-1])

    def foot(self, plan: Plan, pen: Pen) -> int:
        """How tall the upper part of a column is."""
        tall = pen.px(16) + (pen.px(56) if plan.icon else 0) + pen.line("section") + plan.about * pen.line("note")
        return tall + pen.px(8) + (pen.px(8) + (plan.sets + 1) * pen.line("note") if plan.sets else 0) + pen.px(8)

    def table(self, plan: Plan, pen: Pen) -> int:
        """How tall the table of what can be seen is."""
        return pen.line("section") + pen.px(14) + plan.things * max(pen.px(plan.row), pen.line("note")) + pen.px(8)

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if not self.seats:
            at = (rect.left, rect.top + pen.px(40))
            pen.paragraph(surface, self.empty, at, rect.width, "body", "t2")
            return
        plan = self.plan(rect, pen)
        line = rect.top + self.foot(plan, pen)
        for n, seat in enumerate(self.seats[self.first : self.first + self.columns]):
            box = self.column(rect, n)
            number = self.first + n
            if number == self.chosen:
                pen.box(surface, box, "raised", "ivory", width=max(2, pen.px(2)))
            elif number == self.over and self.hover:
                pen.box(surface, box, "side")
            elif number not in (self.first, self.chosen + 1):
                pen.upright(surface, box.left, box.top + pen.px(16), box.height - pen.px(30))
            self.draw_seat(surface, box.inflate(-pen.px(24), 0), seat, plan, pen)
            self.draw_known(surface, box.inflate(-pen.px(24), 0), seat, plan, line, pen)
        self.draw_names(surface, rect, plan, line, pen)

    def draw_seat(self, surface: pygame.Surface, box: pygame.Rect, seat: Seat, plan: Plan, pen: Pen) -> None:
        """Who the seat is and what it sets."""
        y = box.top + pen.px(16)
        side: Ink = "us" if seat.bloc == "us" else "cn"
        if plan.icon:
            pen.site(surface, SIGNS.get(seat.role, "centre"), (box.left + pen.px(20), y + pen.px(20)), side, 20)
            if seat.name in self.marked:
                self.draw_mark(surface, (box.left + pen.px(50), y + pen.px(20)), pen)
            y += pen.px(56)
        elif seat.name in self.marked:
            self.draw_mark(surface, (box.right - pen.px(9), y + pen.px(12)), pen)
        role = "section" if pen.width(seat.title, "section") <= box.width else "headline_small"
        wrote = pen.write(surface, seat.title, (box.left, y), role, "t1", most=box.width)
        if seat.title_local and wrote.right + pen.px(8) + pen.width(seat.title_local, "body") <= box.right:
            drop = y + pen.baseline(role) - pen.baseline("body")
            pen.write(surface, seat.title_local, (wrote.right + pen.px(8), drop), "body", "t3")
        y += pen.line("section")
        about = self.scenario.abouts.get(seat.name) or pen.words(f"roles.{seat.role}")
        pen.paragraph(
            surface, about, (box.left, y), box.width, "note", "t2", count=plan.about or 1
        ) if plan.about else 0
        y += plan.about * pen.line("note") + pen.px(8)
        if not plan.sets:
            return
        y += pen.px(8)
        pen.write(surface, pen.words("seats.sets"), (box.left, y), "note", "t3")
        orders = orders_of(self.scenario, seat.role)
        shown = list(orders[: plan.sets])
        if len(orders) > plan.sets:
            shown[-1] = pen.words("seats.more", count=len(orders) - plan.sets + 1)
        for order in shown:
            y += pen.line("note")
            pen.write(surface, order, (box.left, y), "note", "t1", most=box.width)

    def draw_mark(self, surface: pygame.Surface, at: tuple[int, int], pen: Pen) -> None:
        """That a person sits there."""
        pen.disc(surface, at, 8, "ivory")
        pen.icon(surface, "check", at, 4.6, "ink")

    def draw_known(self, surface: pygame.Surface, box: pygame.Rect, seat: Seat, plan: Plan, top: int, pen: Pen) -> None:
        """What the seat can see, row by row: a disc, a range, or a dash."""
        side: Ink = "us" if seat.bloc == "us" else "cn"
        told = known(self.scenario, seat.name)
        step = max(pen.px(plan.row), pen.line("note"))
        y = top + pen.line("section") + pen.px(14)
        for thing in THINGS[: plan.things]:
            kind, middle = told[thing.name], (box.left + pen.px(9), y + step // 2)
            if kind in (EXACT, OWN):
                pen.disc(surface, middle, 6, side) if kind == EXACT else pen.ring(surface, middle, 5.5, 2, side)
            elif kind == RANGE:
                bar = pygame.Rect(0, 0, pen.px(20), pen.px(9))
                bar.center = middle
                pen.shade(surface, bar, side, 0.45, "panel")
                surface.fill((243, 238, 227), (middle[0], bar.top - 1, max(1, pen.px(2)), bar.height + 2))
            else:
                pen.rule(surface, box.left + pen.px(4), middle[1], pen.px(10), "t3")
            role, colour = ("site", "t1") if kind == EXACT else ("note", "t3" if kind == HIDDEN else "t2")
            at = (box.left + pen.px(26), y + (step - pen.line(role)) // 2)
            pen.write(surface, pen.words(f"seats.{kind}"), at, role, colour, most=box.right - at[0])
            y += step

    def draw_names(self, surface: pygame.Surface, rect: pygame.Rect, plan: Plan, top: int, pen: Pen) -> None:
        """What the rows are called."""
        start, _ = self.edges(rect)
        pen.rule(surface, rect.left, top, rect.width)
        pen.write(
            surface,
            pen.words("seats.see"),
            (rect.left, top + pen.px(8)),
            "headline_small",
            "t1",
            most=start - rect.left - pen.px(8),
        )
        step = max(pen.px(plan.row), pen.line("note"))
        y = top + pen.line("section") + pen.px(14)
        for n, thing in enumerate(THINGS[: plan.things]):
            if n:
                pen.rule(surface, rect.left, y, rect.width)
            at = (rect.left, y + (step - pen.line("note")) // 2)
            pen.write(surface, pen.words(f"seats.{thing.name}"), at, "note", "t2", most=start - rect.left - pen.px(8))
            y += step
