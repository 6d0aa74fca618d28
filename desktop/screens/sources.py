"""Sources: of any figure what it is, its unit and usual range, what the seat saw of it so far, and what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pygame

from desktop import shapes
from desktop.charts import Axis, Row, draw_rows
from desktop.charts.axis import draw_foot, draw_level_grid
from desktop.charts.ranges import draw_range
from desktop.kit import Action, Button, Control, Item, Listing, draw_empty
from desktop.numbers import short, span
from desktop.pen import Pen, ink
from desktop.screen import STAY, FormScreen, Move, Pop, Push, Replace
from desktop.screens.glossary import GlossaryScreen
from desktop.screens.overlay import called, draw_overlay, frame_of
from desktop.screens.why import sentence
from desktop.table import Answer, Table
from desktop.theme import COLOURS
from play.asking import CannotAsk
from play.origins import Given, columns_of, filled, givens_of, imagined_range, plain, seen_exactly
from play.quantities import Quantity, UnknownQuantity, quantity
from play.sitting import Sitting
from world.facts import Fact
from world.scenario import Scenario
from world.state import columns
from world.view import View

MOST_GIVEN = 60
"""Numbers of the scenario that are listed."""


@dataclass(frozen=True)
class Origin:
    """All that can be said of a figure."""

    asked: Quantity
    history: tuple[float | None, ...]
    """What the seat saw of it after each quarter, the opening day first; None where it only estimates it."""
    five: tuple[float, ...] | None
    """Its 5, 25, 50, 75 and 95 % over the worlds that the seat imagines now; None where it cannot imagine."""
    before: tuple[float, ...] | None
    """The same a quarter earlier, as it is imagined now; None on the opening day."""
    par: tuple[float, float] | None
    """Where it ends in nine of ten par games."""
    columns: tuple[str, ...]
    given: tuple[Given, ...]


def origin_of(sitting: Sitting, views: Sequence[View], name: str, scenario: Scenario | None) -> Origin:
    """Everything about a figure, from the seat's views and its imagined worlds. Raises UnknownQuantity."""
    asked = quantity(sitting.model.cast, name)
    history = tuple(seen_exactly(filled(one), asked) for one in views)
    five: tuple[float, ...] | None = None
    before: tuple[float, ...] | None = None
    read: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()
    if sitting.model.running:
        try:
            imagined = sitting.mind.imagined()
        except CannotAsk:
            imagined = None
        if imagined is not None:
            five, read = imagined_range(imagined.world, asked), columns_of(imagined.world, asked)
            before = None if imagined.before is None else imagined_range(imagined.before, asked)
    else:
        history = tuple(float(asked.of(state)[0]) for state in sitting.model.record.quarters)
        read = columns_of(sitting.model.world, asked)
    if not read and asked.column:
        read = (asked.column,)
    if scenario is not None:
        given = givens_of(scenario, read, name)[:MOST_GIVEN]
    par = sitting.outlook.par
    ends = None
    if par is not None and name == "lead":
        ends = (float(par.lead[5]), float(par.lead[95]))
    return Origin(asked, history, five, before, ends, read, given)


class SourcesOverlay(FormScreen):
    """What a figure is, how it went, and where its numbers come from."""

    title = "Sources"
    lies_over = True

    def __init__(self, table: Table, quantity: str) -> None:
        super().__init__()
        self.table = table
        self.quantity = quantity
        self.shown: Answer | None = None

    @property
    def answer(self) -> Answer:
        """What is known of the figure, worked out beside the drawing."""
        table, name = self.table, self.quantity
        sitting, scenario = table.sitting, table.sitting.outlook.scenario
        views = [table.view(turn) for turn in range(table.turn + 1)]
        key = (table.seat, table.turn, table.is_over, name)
        return table.asked("sources", key, lambda: origin_of(sitting, views, name, scenario))

    @property
    def origin(self) -> Origin | None:
        """What is known of it; None while it is worked out, or where there is no such figure."""
        answer = self.answer
        if not answer.is_there or answer.work.exception():
            return None
        found: Origin = answer.value
        return found

    # The form

    def controls(self) -> Sequence[Control]:
        """The numbers that it rests on as a list, why it changed, and the way back."""
        return (Listing(name="given"), Button(name="why"), Button(name="close", kind="primary"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list in the right half, the buttons at the foot."""
        frame = frame_of(pen, 1180)
        tall = max(pen.scale.target(), pen.px(40))
        close = Button(name="close", label=pen.words("why.close"), kind="primary", hint="Esc")
        why = Button(name="why", label=pen.words("sources.why"), hint="W")
        self.form = self.form.with_control(close, why)
        wide, more = close.least(pen)[0], why.least(pen)[0]
        bottom = frame.bottom - pen.px(22) - tall
        boxes = {
            "close": pygame.Rect(frame.right - pen.px(28) - wide, bottom, wide, tall),
            "why": pygame.Rect(frame.right - pen.px(40) - wide - more, bottom, more, tall),
        }
        origin = self.origin
        if origin is not None and origin.given:
            items = tuple(
                Item(self.named(one), f"{one.text} {one.unit}".strip(), source_line(one)) for one in origin.given
            )
            row = pen.line("strong") + pen.line("note") + pen.px(12)
            old = self.form["given"]
            assert isinstance(old, Listing)
            chosen = min(old.chosen, len(items) - 1)
            self.form = self.form.with_control(Listing(name="given", items=items, row=row, chosen=chosen))
            right = self.right(pen)
            top = right.top + pen.line("section") + pen.line("note") + pen.px(10)
            boxes["given"] = pygame.Rect(right.left, top, right.width, self.fact_top(pen) - pen.px(8) - top)
        return boxes

    def named(self, one: Given) -> str:
        """What a number of the scenario is about, and whose it is."""
        story = self.table.model.story
        whose = ", ".join(story.called(part) for part in one.whose.split(".")) if one.whose else ""
        text = f"{whose}: {one.doc}" if whose else one.doc
        return text[:1].upper() + text[1:]

    def left(self, pen: Pen) -> pygame.Rect:
        """The left half: range and history."""
        frame = frame_of(pen, 1180)
        top = frame.top + pen.px(30) + pen.line("section") * 2 + pen.line("note") * 2
        foot = frame.bottom - pen.px(84)
        return pygame.Rect(frame.left + pen.px(28), top, round(frame.width * 0.42), foot - top)

    def right(self, pen: Pen) -> pygame.Rect:
        """The right half: what it rests on."""
        frame, left = frame_of(pen, 1180), self.left(pen)
        x = left.right + pen.px(36)
        return pygame.Rect(x, left.top, frame.right - pen.px(28) - x, left.height)

    def fact_top(self, pen: Pen) -> int:
        """Where the source of the chosen number is told in full."""
        return self.right(pen).bottom - 4 * pen.line("note")

    # Events

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Back, or why it changed."""
        if action.kind == "press" and action.name == "close":
            return (Pop(),)
        if action.kind == "press" and action.name == "why":
            return self.to_why()
        return STAY

    def to_why(self) -> Sequence[Move]:
        """Why the same figure changed."""
        from desktop.screens.why import WhyOverlay

        return (Replace(WhyOverlay(self.table, self.quantity)),)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """I and Escape close it; W asks why."""
        if event.key == pygame.K_i:
            return (Pop(),)
        if event.key == pygame.K_g:
            return (Push(GlossaryScreen(self.table)),)
        return self.to_why() if event.key == pygame.K_w else None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys, for the help."""
        return (("W", "keys.why"), ("G", "keys.glossary"), ("I", "why.keys.close"))

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lays the list out once it is there."""
        answer = self.answer
        if answer.is_there and answer is not self.shown:
            self.shown = answer
            self.relaid()
        return super().update(dt, pen)

    # Drawing

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The frame with the head, range and history at the left, sources at the right."""
        frame = frame_of(pen, 1180)
        draw_overlay(surface, frame, pen)
        x, y, room = frame.left + pen.px(28), frame.top + pen.px(22), frame.width - pen.px(56)
        origin = self.origin
        if origin is None:
            answer = self.answer
            wrong = answer.work.exception() if answer.is_there else None
            if wrong is not None and not isinstance(wrong, UnknownQuantity):
                raise wrong
            text = sentence(str(wrong)) if wrong else pen.words("sources.waiting")
            draw_empty(surface, pygame.Rect(x, frame.centery, room, pen.px(60)), text, pen)
            return
        asked = origin.asked
        head = called(self.table, asked.name, asked.doc, pen)
        y = pen.paragraph(surface, head, (x, y), room, "section", "t1", count=2).bottom
        unit = asked.unit or pen.words("sources.no_unit")
        text = f"{sentence(asked.doc)} {pen.words('sources.unit', unit=unit)}"
        y = pen.paragraph(surface, text, (x, y), room, "note", "t2", count=2).bottom
        limit = f"sources.threshold.{asked.name.partition('.')[0]}"
        if limit in pen.words:
            pen.write(surface, pen.words(limit), (x, y), "note", "t3", most=room)
        left = self.left(pen)

        def make() -> pygame.Surface:
            whole = pygame.Surface((left.right + pen.px(20), left.bottom + pen.px(24)))
            whole.fill(COLOURS["side"])
            self.paint_history(whole, left, origin, pen)
            return whole.subsurface(
                (left.left, left.top, whole.get_width() - left.left, whole.get_height() - left.top)
            ).copy()

        key = ("sources", id(self.table), self.table.seat, self.table.turn, self.table.is_over, self.quantity)
        surface.blit(pen.kept((*key, pen.scale), make), left)
        self.paint_given(surface, self.right(pen), origin, pen)

    def paint_history(self, surface: pygame.Surface, box: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """The usual range over imagined worlds, and what was seen of it quarter by quarter."""
        y = pen.write(surface, pen.words("sources.usual"), box.topleft, "section").bottom
        if origin.five is not None:
            low, near, middle, far, high = origin.five
            now = origin.history[-1]
            words = pen.words("sources.exact") if now is not None else pen.words("sources.imagined")
            y = pen.write(surface, words, (box.left, y), "note", "t3", most=box.width).bottom + pen.px(10)
            ends = [low, high, *(value for value in origin.history if value is not None), *(origin.par or ())]
            first, last = min(0.0, *ends), max(ends)
            last = last if last > first else first + 1.0
            axis = Axis(first, last + 0.04 * (last - first), box.left + pen.px(6), box.right - pen.px(150))
            state = "known" if now is not None else "estimated"
            row = Row("", middle if now is None else now, (low, high), (near, far), "disc", "ivory", state=state)
            middle_line = y + pen.px(10)
            draw_range(surface, row, axis, middle_line, pen, "side")
            figure = (
                short(now, 3)
                if now is not None
                else short(middle)
                if short(low) == short(high)
                else f"{short(middle)}  {span(low, high)}"
            )
            at = (box.right, middle_line - pen.line("note") // 2)
            pen.write(surface, figure, at, "note_medium", "t1", align="right", most=pen.px(140))
            draw_foot(surface, middle_line + pen.px(10), axis, pen, 4)
            y = middle_line + pen.px(14) + pen.line("axis")
        if origin.par is not None:
            words = pen.words("sources.par", low=short(origin.par[0]), high=short(origin.par[1]))
            y = pen.write(surface, words, (box.left, y), "note", "t2", most=box.width).bottom
        y += pen.px(14)
        y = pen.write(surface, pen.words("sources.history"), (box.left, y), "section").bottom + pen.px(8)
        rect = pygame.Rect(box.left + pen.px(44), y, box.width - pen.px(54), box.bottom - y - pen.line("axis"))
        if rect.height > pen.px(60):
            self.paint_line(surface, rect, origin, pen)

    def paint_line(self, surface: pygame.Surface, rect: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """What the seat saw after each quarter; a dash where it only estimates."""
        known = [value for value in origin.history if value is not None]
        if not known:
            self.paint_imagined(surface, rect, origin, pen)
            return
        low, high = min(0.0, *known), max(0.0, *known)
        spare = (high - low or 1.0) * 0.08
        values = Axis(low - (spare if low < 0 else 0), high + spare, rect.bottom - pen.px(4), rect.top)
        body = pygame.Rect(rect.left, rect.top, rect.width, rect.height - pen.px(4))
        draw_level_grid(surface, body, values, pen, 4)
        pen.rule(surface, body.left, values.at(0), body.width, "edge")
        count = max(1, len(origin.history) - 1)
        half = pen.px(8)
        last = None
        points = []
        for n, value in enumerate(origin.history):
            x = body.left + half + n * (body.width - 2 * half) / count
            if value is None:
                surface.fill(ink("t3"), (round(x) - pen.px(5), round(values.at(0)) - pen.px(8), pen.px(10), 2))
                continue
            points.append((x, values.at(value)))
            last = (x, value)
        if len(points) > 1:
            shapes.line(surface, ink("ivory"), points, pen.scale.real(2))
        for point in points:
            pen.disc(surface, point, 3.4, "ivory")
        story = self.table.model.story
        pen.write(surface, pen.words("sources.opening"), (body.left, rect.bottom), "axis", "t3")
        if self.table.turn:
            at = (body.right, rect.bottom)
            pen.write(surface, story.quarter(self.table.turn), at, "axis", "t3", align="right")
        if last is not None:
            spot = (min(last[0] + pen.px(8), body.right), values.at(last[1]) - pen.line("note") - pen.px(2))
            pen.write(surface, short(last[1], 3), spot, "note_medium", "t1", align="right", halo="side")

    def paint_imagined(self, surface: pygame.Surface, rect: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """What is hidden, said so; the last quarter's change as it is imagined now."""
        left = rect.left - pen.px(44)
        wide = rect.right - left
        text = pen.words("sources.never")
        y = pen.paragraph(surface, text, (left, rect.top), wide, "note_italic", "t3", count=2).bottom + pen.px(10)
        if origin.before is None or origin.five is None:
            return
        story, turn = self.table.model.story, self.table.turn
        opening = pen.words("sources.opening")
        when = (story.quarter(turn - 1) if turn > 1 else opening, story.quarter(turn))
        rows = []
        for name, five in zip(when, (origin.before, origin.five), strict=True):
            low, near, middle, far, high = five
            rows.append(
                Row(name, middle, (low, high), (near, far), "disc", "ivory", f"{short(middle)}  {span(low, high)}")
            )
        low = min(0.0, origin.before[0], origin.five[0])
        high = max(origin.before[4], origin.five[4], low + 1e-6)
        box = pygame.Rect(left, y, wide, rect.bottom - y)
        draw_rows(surface, box, tuple(rows), low, high * 1.04, pen, back="side", label_share=0.16, text_share=0.28)

    def paint_given(self, surface: pygame.Surface, box: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """What it is reckoned from, and the source of the chosen number in full."""
        y = pen.write(surface, pen.words("sources.rests"), box.topleft, "section").bottom
        names = [columns()[name].metadata["doc"] for name in origin.columns]
        text = pen.words("sources.from", what="; ".join(names[:3])) if names else pen.words("sources.no_column")
        pen.write(surface, text, (box.left, y), "note", "t3", most=box.width)
        if not origin.given:
            draw_empty(
                surface, pygame.Rect(box.left, y + pen.px(40), box.width, pen.px(60)), pen.words("sources.none"), pen
            )
            return
        listing = self.form["given"]
        assert isinstance(listing, Listing)
        one = origin.given[min(listing.chosen, len(origin.given) - 1)]
        text = one.source
        if one.fact is not None:
            text = f"{one.fact.id}: {fact_words(one.fact)}. {one.fact.source}"
        text = sentence(text) if text else pen.words("sources.unsourced")
        pen.rule(surface, box.left, self.fact_top(pen) - pen.px(4), box.width)
        pen.paragraph(surface, text, (box.left, self.fact_top(pen)), box.width, "note", "t1", count=4)


def source_line(one: Given) -> str:
    """Where a number comes from, in a line."""
    if one.fact is not None:
        return f"{one.fact.id} · {one.fact.source}"
    return one.source


def fact_words(fact: Fact) -> str:
    """A fact in a line, its numbers as people read them."""
    ends = [plain(value) for value in (fact.low, fact.high) if value is not None]
    between = f" ({' to '.join(ends)})" if ends else ""
    middle = "" if fact.central is None else f" {plain(fact.central)}"
    return f"{fact.subject}, {fact.metric}, {fact.period}:{middle}{between} {fact.unit}"


SourcesScreen = SourcesOverlay
"""The same by the name under which screens of a game open it."""
