"""Why: what the last quarter's change of a figure came from, as parts that add up, seats opened order by order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pygame

from desktop.kit import Action, Button, Control, Item, draw_empty
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop, Push, Replace
from desktop.screens.glossary import GlossaryScreen
from desktop.screens.overlay import called, draw_overlay, frame_of
from desktop.screens.parts import (
    PartLine,
    Parts,
    Told,
    amount,
    columns,
    draw_part,
    told_of,
    with_carried,
    without_nothings,
)
from desktop.table import Answer, Table
from play.asking import CannotAsk, true_why
from play.keep import saved
from play.path import path
from play.quantities import UnknownQuantity, quantity
from play.telling import COMING, path_lines, seen_change, with_unit
from play.why import UNDER_WAY, carried
from world.view import view


class WhyOverlay(FormScreen):
    """What a figure's last change came from; Enter opens a seat, or the path of an order once the game is over."""

    title = "Why"
    lies_over = True

    def __init__(self, table: Table, quantity: str) -> None:
        super().__init__()
        self.table = table
        self.quantity = quantity
        self.opened: frozenset[str] = frozenset()
        self.turn = table.turn
        self.shown: Answer | None = None
        self.pathed: tuple[str, ...] = ()
        self.kept: tuple[Answer, Told] | None = None
        self.before = ""
        self.others = "{count}"

    # What is asked

    @property
    def answer(self) -> Answer:
        """The parts, worked out beside the drawing; in the truth once the game is over."""
        table, opened, turn = self.table, tuple(sorted(self.opened)), self.turn
        sitting, name, titles = table.sitting, self.quantity, table.model.story.titles

        def work() -> Told:
            if not table.is_over:
                return told_of(*sitting.why(name, opened), titles)
            seats = tuple(seat for seat in opened if seat != UNDER_WAY)
            told = told_of(*true_why(saved(table.model), name, turn, opened=seats), titles)
            if UNDER_WAY not in opened:
                return told
            return with_carried(told, carried(told.past, told.why.quantity, turn), self.before, titles)

        return table.asked("why", ("told", table.seat, turn, table.is_over, name, opened), work)

    @property
    def told(self) -> Told | None:
        """The parts; None while they are worked out, or where they cannot be."""
        answer = self.answer
        if not answer.is_there or answer.work.exception():
            return None
        if self.kept is None or self.kept[0] is not answer:
            self.kept = answer, without_nothings(answer.value, lambda count: self.others.replace("{count}", str(count)))
        return self.kept[1]

    # The form

    def controls(self) -> Sequence[Control]:
        """The parts as a list, the sources, and the way back."""
        return (Parts(name="parts"), Button(name="sources"), Button(name="close", kind="primary"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list under the head, the buttons at the foot."""
        frame = self.frame(pen)
        tall = max(pen.scale.target(), pen.px(40))
        row = max(pen.scale.target(), pen.px(32))
        told = self.told
        old = self.form["parts"]
        assert isinstance(old, Parts)
        if told is not None:
            items = tuple(Item(line.words) for line in told.lines)
            chosen = min(old.chosen, len(items) - 1)
            offset = min(old.offset, max(0, len(items) - 1))
            self.form = self.form.with_control(
                replace(old, items=items, told=told, row=row, chosen=chosen, offset=offset)
            )
        close = Button(name="close", label=pen.words("why.close"), kind="primary", hint="Esc")
        sources = Button(name="sources", label=pen.words("why.sources"), hint="I")
        self.form = self.form.with_control(close, sources)
        wide, more = close.least(pen)[0], sources.least(pen)[0]
        bottom = frame.bottom - pen.px(22) - tall
        boxes = {
            "close": pygame.Rect(frame.right - pen.px(28) - wide, bottom, wide, tall),
            "sources": pygame.Rect(frame.right - pen.px(40) - wide - more, bottom, more, tall),
        }
        if told is not None:
            boxes["parts"] = self.list_box(pen, len(told.lines))
        return boxes

    def frame(self, pen: Pen) -> pygame.Rect:
        """The frame, as tall as what it holds."""
        told = self.told
        row = max(pen.scale.target(), pen.px(32))
        rows = (len(told.lines) + 1 if told else 4) * row
        head = pen.px(24) + 2 * pen.line("section") + 4 * pen.line("note") + pen.px(12)
        foot = pen.line("note") * (1 + len(self.pathed)) + pen.px(100)
        return frame_of(pen, 1080, tall=head + rows + foot)

    def head_foot(self, pen: Pen) -> int:
        """Where the head ends."""
        return self.frame(pen).top + pen.px(24) + 2 * pen.line("section") + 4 * pen.line("note") + pen.px(12)

    def list_box(self, pen: Pen, count: int) -> pygame.Rect:
        """Where the parts stand: as many rows as there are and as fit above the sum and the foot."""
        frame = self.frame(pen)
        row = max(pen.scale.target(), pen.px(32))
        top = self.head_foot(pen)
        room = frame.bottom - pen.px(22 + 40 + 24) - row - pen.line("note") * (2 + len(self.pathed)) - top
        shown = max(1, min(count, room // row))
        return pygame.Rect(frame.left + pen.px(28), top, frame.width - pen.px(56), shown * row)

    # Events

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Opens or shuts a seat; the path of an order; back."""
        if action.name == "close" and action.kind == "press":
            return (Pop(),)
        if action.name == "sources" and action.kind == "press":
            return self.to_sources()
        if action.name == "parts" and action.kind == "open" and isinstance(action.value, int):
            told = self.told
            if told is not None and action.value < len(told.lines):
                self.open(told.lines[action.value], told)
        return STAY

    def open(self, line: PartLine, told: Told) -> None:
        """Opens or shuts the seat of a line, or tells the path of its order once the game is over."""
        if line.words == COMING and self.table.is_over:
            self.opened = self.opened ^ {UNDER_WAY}
            self.pathed = ()
        elif line.seat:
            self.opened = self.opened ^ {line.seat}
            self.pathed = ()
        elif line.order is not None and self.table.is_over:
            steps = path(told.past, frozenset([line.order]), told.why.quantity, told.why.stop)
            size = float(Fraction(line.units) / Fraction(10) ** told.places)
            lines = path_lines(
                told.past, line.order, told.why.quantity, told.why.stop, size, steps, self.table.model.story
            )
            self.pathed = tuple(text.strip() for text in lines[:4])
        self.relaid()

    def to_sources(self) -> Sequence[Move]:
        """The sources of the same figure."""
        from desktop.screens.sources import SourcesOverlay

        return (Replace(SourcesOverlay(self.table, self.quantity)),)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """W and Escape close it; I asks for sources; left and right step through the quarters of a finished game."""
        if event.key == pygame.K_w:
            return (Pop(),)
        if event.key == pygame.K_i:
            return self.to_sources()
        if event.key == pygame.K_g:
            return (Push(GlossaryScreen(self.table)),)
        if self.table.is_over and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            by = 1 if event.key == pygame.K_RIGHT else -1
            self.turn = min(self.table.turn, max(1, self.turn + by))
            self.pathed = ()
            self.relaid()
            return STAY
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys, for the help."""
        return (
            ("Enter", "why.keys.open"),
            ("I", "keys.sources"),
            ("G", "keys.glossary"),
            ("W", "why.keys.close"),
            ("← →", "why.keys.quarter"),
        )

    def ready(self, pen: Pen) -> None:
        """Takes the wording that parts are told in, then as any overlay."""
        self.before, self.others = pen.words("why.before"), pen.words("why.others", count="{count}")
        super().ready(pen)

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lays the parts out once they are there."""
        answer = self.answer
        if answer.is_there and answer is not self.shown:
            self.shown = answer
            self.relaid()
        return super().update(dt, pen)

    # Drawing

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The frame with the head, the sum, and what it means."""
        frame = self.frame(pen)
        draw_overlay(surface, frame, pen)
        x, y, room = frame.left + pen.px(28), frame.top + pen.px(22), frame.width - pen.px(56)
        told = self.told
        if told is None:
            answer = self.answer
            wrong = answer.work.exception() if answer.is_there else None
            text = pen.words("why.waiting", quantity=self.quantity)
            if isinstance(wrong, CannotAsk | UnknownQuantity | LookupError):
                text = sentence(str(wrong))
            elif wrong is not None:
                raise wrong
            draw_empty(surface, pygame.Rect(x, frame.centery - pen.px(20), room, pen.px(60)), text, pen)
            return
        y = pen.paragraph(surface, self.headline(told, pen), (x, y), room, "section", "t1", count=2).bottom + pen.px(2)
        for text in self.under(told, pen):
            y = pen.paragraph(surface, text, (x, y), room, "note", "t2", count=2).bottom
        box = self.form.rects.get("parts")
        if box is None:
            return
        words, _, right = columns(box, pen)
        heads = box.top - pen.line("note") - pen.px(4)
        pen.write(surface, pen.words("why.part"), (words.left + pen.px(26), heads), "note", "t3")
        if told.past.games > 1:
            pen.write(surface, pen.words("why.average"), (right.left, heads), "note", "t3")
            pen.write(surface, pen.words("why.range"), (right.right - pen.px(8), heads), "note", "t3", align="right")
        pen.rule(surface, box.left, box.bottom + pen.px(2), box.width, "t3")
        row = max(pen.scale.target(), pen.px(32))
        total = replace(told.total, words=pen.words("why.in_all"))
        scrolls = len(told.lines) * row > box.height
        wide = box.width - (pen.px(10) if scrolls else 0)
        draw_part(surface, pygame.Rect(box.left, box.bottom + pen.px(4), wide, row), total, told, pen, strong=True)
        y = box.bottom + row + pen.px(10)
        for text in self.pathed or (pen.words("why.foot_over" if self.table.is_over else "why.foot"),):
            pen.write(surface, text, (x, y), "note", "t3" if not self.pathed else "t1", most=room)
            y += pen.line("note")

    def headline(self, told: Told, pen: Pen) -> str:
        """What happened, and what most of it came from."""
        story, why = self.table.model.story, told.why
        total = told.total.units
        name = called(self.table, why.quantity.name, why.quantity.doc, pen)
        when = story.quarter(why.stop)
        if not total:
            return pen.words("why.still", what=name, quarter=when)
        largest = max(
            (line for line in told.lines if not line.is_inner), key=lambda line: line.units * (1 if total > 0 else -1)
        )
        size = with_unit(amount(abs(total), told.places, signed=False), told.unit)
        cause = pen.words("why.coming") if largest.words == COMING else largest.words.partition(":")[0]
        if largest.words.startswith("luck"):
            cause = largest.words
        return pen.words("why.rose" if total > 0 else "why.fell", what=name, size=size, quarter=when, cause=cause)

    def under(self, told: Told, pen: Pen) -> list[str]:
        """What was seen beside what was imagined, or that this is the truth."""
        table = self.table
        asked = quantity(table.model.cast, self.quantity)
        if table.is_over:
            return [pen.words("why.true", quarter=table.model.story.quarter(self.turn))]
        found = []
        if table.turn:
            before, after = (view(table.state(turn), table.seat) for turn in (table.turn - 1, table.turn))
            found.append(seen_change(asked, before, after) or pen.words("why.unseen"))
        return [*found, pen.words("why.imagined", worlds=told.past.games)]


def sentence(text: str) -> str:
    """A text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")


WhyScreen = WhyOverlay
"""The same by the name under which screens of a game open it."""
