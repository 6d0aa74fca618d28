"""Why: what the last quarter's change of a figure came from, as parts that add up, seats opened order by order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop.kit import Action, Button, Control, Item
from desktop.pen import Pen
from desktop.screen import STAY, Move
from desktop.screens.figure_words import called, valued
from desktop.screens.figure_words import with_unit as with_own_unit
from desktop.screens.overlay import FigureOverlay, draw_overlay, frame_of
from desktop.screens.parts import (
    UNSEEN,
    PartLine,
    Parts,
    Teller,
    Told,
    amount,
    change_unit,
    columns,
    draw_part,
    told_of,
    with_carried,
    without_nothings,
)
from desktop.table import Answer, Table
from play.asking import true_why
from play.beside import Moved, moved_beside
from play.keep import saved
from play.origins import filled, seen_exactly
from play.path import Step, path
from play.quantities import quantity
from play.telling import with_unit
from play.why import UNDER_WAY, carried
from play.words import Words

WIDE = 1080
BESIDE = 4
"""Lines under the sum that tell what else a cause moved, or how it worked."""


class WhyOverlay(FigureOverlay):
    """What a figure's last change came from; Enter opens a seat; once the game is over, what was under way too."""

    title = "Why"
    starts_on = "parts"

    def __init__(self, table: Table, quantity: str) -> None:
        super().__init__(table, quantity)
        self.opened: frozenset[str] = frozenset()
        self.turn = table.turn
        self.kept: tuple[Answer, Told] | None = None
        self.has_opened = self.has_chosen = False
        self.words: Words | None = None

    # What is asked

    @property
    def teller(self) -> Teller:
        """How causes are called."""
        assert self.words is not None
        return Teller(self.table.model.story, self.words)

    @property
    def answer(self) -> Answer:
        """The parts, worked out beside the drawing; in the truth once the game is over."""
        table, opened, turn = self.table, tuple(sorted(self.opened)), self.turn
        sitting, name, teller, seen = table.sitting, self.quantity, self.teller, self.seen
        before = teller.words("why.before")

        def work() -> Told:
            if not table.is_over:
                return told_of(*sitting.why(name, opened), teller, seen())
            seats = tuple(seat for seat in opened if seat != UNDER_WAY)
            told = told_of(*true_why(saved(table.model), name, turn, opened=seats), teller)
            if UNDER_WAY not in opened:
                return told
            return with_carried(told, carried(told.past, told.why.quantity, turn), before, teller.story)

        return table.asked("why", ("told", table.seat, turn, table.is_over, name, opened), work)

    def seen(self) -> tuple[float, float] | None:
        """What the seat saw the figure be before and after the quarter, where it saw it exactly."""
        table = self.table
        if not table.turn:
            return None
        asked = quantity(table.model.cast, self.quantity)
        was, now = (seen_exactly(filled(table.view(turn)), asked) for turn in (table.turn - 1, table.turn))
        return None if was is None or now is None else (was, now)

    @property
    def told(self) -> Told | None:
        """The parts; None while they are worked out, or where they cannot be."""
        if not self.is_told:
            return None
        answer = self.answer
        if self.kept is None or self.kept[0] is not answer:
            self.kept = answer, without_nothings(answer.value, self.teller.words("why.others", count="{count}"))
        return self.kept[1]

    @property
    def chosen(self) -> PartLine | None:
        """The part that the list rests on."""
        told, parts = self.told, self.form.controls.get("parts")
        if told is None or not isinstance(parts, Parts):
            return None
        return told.lines[min(parts.chosen, len(told.lines) - 1)]

    def beside(self, told: Told, line: PartLine) -> Answer | None:
        """What else the chosen cause moved, or how earlier orders worked; None where it is neither orders nor luck."""
        source, past, asked, stop = line.source, told.past, told.why.quantity, told.why.stop
        if not (source.orders or source.luck):
            return None

        def work() -> list[Moved] | list[Step]:
            if line.is_earlier:
                steps = path(past, source.orders, asked, stop)
                return [step for n, step in enumerate(steps) if not n or step.name != steps[n - 1].name]
            return moved_beside(past, source, asked.name, stop)

        return self.table.asked("beside", (id(told.why), source, line.is_earlier), work)

    # The form

    def controls(self) -> Sequence[Control]:
        """The parts as a list, the sources, and the way back."""
        return (Parts(name="parts"), Button(name="other"), Button(name="close", kind="primary"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list under the head, the buttons at the foot."""
        boxes = self.buttons(self.frame(pen), pen.words("why.sources"), "I", pen)
        told, old = self.told, self.form["parts"]
        assert isinstance(old, Parts)
        if told is None:
            return boxes
        items = tuple(Item(line.words) for line in told.lines)
        box = self.list_box(pen, len(items))
        changed = replace(old, items=items, told=told, row=row_of(pen), chosen=min(old.chosen, len(items) - 1))
        rows = changed.shown(box)
        first = max(min(old.offset, changed.chosen), changed.chosen - rows + 1)
        self.form = self.form.with_control(changed.scrolled(first, rows))
        return {**boxes, "parts": box}

    def frame(self, pen: Pen) -> pygame.Rect:
        """The frame, as tall as what it holds."""
        told = self.told
        rows = (len(told.lines) if told else 4) * row_of(pen)
        return frame_of(pen, WIDE, tall=self.head(pen) + rows + self.foot(pen))

    def head(self, pen: Pen) -> int:
        """Height of what stands over the parts: the headline, how it is known, the names of the columns."""
        told, room = self.told, frame_of(pen, WIDE).width - pen.px(56)
        lines = len(pen.lines(self.headline(told, pen), room, "section")) if told else 1
        notes = len(pen.lines(self.under(told, pen), room, "note")) if told else 1
        return pen.px(22 + 2 + 20) + min(2, lines) * pen.line("section") + (min(2, notes) + 1) * pen.line("note")

    def foot(self, pen: Pen) -> int:
        """Height of what stands under the parts: the sum, what else was moved, a hint, the buttons."""
        lines = pen.line("strong") + (BESIDE + 1) * pen.line("note")
        return row_of(pen) + lines + pen.px(34) + max(pen.scale.target(), pen.px(40)) + pen.px(22)

    def list_box(self, pen: Pen, count: int) -> pygame.Rect:
        """Where the parts stand: as many rows as there are and as fit above the foot."""
        frame, row = self.frame(pen), row_of(pen)
        top = frame.top + self.head(pen)
        shown = max(1, min(count, (frame.bottom - self.foot(pen) - top) // row))
        return pygame.Rect(frame.left + pen.px(28), top, frame.width - pen.px(56), shown * row)

    # Events

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Opens or shuts a seat; the path of an order; back."""
        if action.name == "parts" and action.kind == "open" and isinstance(action.value, int):
            told = self.told
            if told is not None and action.value < len(told.lines):
                self.open(told.lines[action.value])
            return STAY
        return super().act(action, pen)

    def open(self, line: PartLine) -> None:
        """Opens or shuts the seat of a line; what was under way once the game is over."""
        if line.is_coming and self.table.is_over:
            self.opened = self.opened ^ {UNDER_WAY}
        elif line.seat:
            self.opened = self.opened ^ {line.seat}
        self.relaid()

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """W and Escape close it; I asks for sources; left and right step through the quarters of a finished game."""
        if self.table.is_over and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            by = 1 if event.key == pygame.K_RIGHT else -1
            self.turn = min(self.table.turn, max(1, self.turn + by))
            self.relaid()
            return STAY
        return super().shortcut(event, pen)

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
        """Takes the wording that causes are told in, then as any overlay."""
        self.words = pen.words
        super().ready(pen)

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """As any overlay, once there is wording; at first what was under way is opened where it is most of a past change."""
        self.words = pen.words
        moves = super().update(dt, pen)
        told = self.told
        if told is not None and self.table.is_over:
            self.look_back(told)
        return moves

    def look_back(self, told: Told) -> None:
        """Opens what was under way at first, where it is most of the change, and rests on the largest of earlier orders."""
        largest = max((line for line in told.lines if not line.is_inner), key=lambda line: abs(line.units))
        if not self.has_opened and largest.is_coming:
            self.open(largest)
        self.has_opened = True
        earlier = [at for at, line in enumerate(told.lines) if line.is_earlier and line.source.orders]
        parts = self.form.controls.get("parts")
        if earlier and not self.has_chosen and isinstance(parts, Parts):
            self.has_chosen = True
            self.form = self.form.with_control(replace(parts, chosen=earlier[0]))

    # Drawing

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The frame with the head, the sum, and what else the chosen cause moved."""
        frame = self.frame(pen)
        draw_overlay(surface, frame, pen)
        x, y, room = frame.left + pen.px(28), frame.top + pen.px(22), frame.width - pen.px(56)
        told, box = self.told, self.form.rects.get("parts")
        if told is None or box is None:
            self.draw_waiting(surface, frame, pen.words("why.waiting"), pen)
            return
        y = pen.paragraph(surface, self.headline(told, pen), (x, y), room, "section", "t1", count=2).bottom + pen.px(2)
        pen.paragraph(surface, self.under(told, pen), (x, y), room, "note", "t2", count=2)
        words, _, right = columns(box, pen)
        heads = box.top - pen.line("note") - pen.px(4)
        pen.write(surface, pen.words("why.part"), (words.left + pen.px(26), heads), "note", "t3")
        if told.past.games > 1:
            pen.write(surface, pen.words("why.average"), (right.left, heads), "note", "t3")
            pen.write(surface, pen.words("why.range"), (right.right - pen.px(8), heads), "note", "t3", align="right")
        pen.rule(surface, box.left, box.bottom + pen.px(2), box.width, "t3")
        row = row_of(pen)
        total = replace(told.total, words=pen.words("why.in_all"))
        wide = box.width - (pen.px(10) if len(told.lines) * row > box.height else 0)
        draw_part(surface, pygame.Rect(box.left, box.bottom + pen.px(4), wide, row), total, told, pen, strong=True)
        top = self.paint_beside(surface, (x, box.bottom + row + pen.px(12)), room, told, pen)
        foot = pen.words("why.foot_over" if self.table.is_over else "why.foot")
        buttons = self.form.rects["other"].top - pen.line("note") - pen.px(6)
        pen.write(surface, foot, (x, max(top, buttons)), "note", "t3", most=room)

    def paint_beside(self, surface: pygame.Surface, at: tuple[int, int], room: int, told: Told, pen: Pen) -> int:
        """What else the chosen cause moved, or how earlier orders worked; gives the foot in pixels."""
        line = self.chosen
        answer = None if line is None else self.beside(told, line)
        if line is None or answer is None:
            return at[1]
        head = pen.words("why.path" if line.is_earlier else "why.beside", cause=self.cause(line))
        y = pen.write(surface, head, at, "strong", "t1", most=room).bottom
        if not answer.is_there:
            return pen.write(surface, pen.words("text.working"), (at[0], y), "note", "t3").bottom
        rows = [row for one in answer.value if (row := self.row(one, pen.words))][:BESIDE]
        for what, text in rows or [(pen.words("why.path_none" if line.is_earlier else "why.beside_none"), "")]:
            box = pen.write(surface, what, (at[0], y), "note", "t2", most=room)
            pen.write(surface, text, (box.right + pen.px(10), y), "note_medium", "t1", most=at[0] + room - box.right)
            y += pen.line("note")
        return y

    def row(self, one: Moved | Step, words: Words) -> tuple[str, str] | None:
        """A quantity that was moved, and what it is with and without the cause; None where both read alike."""
        cast = self.table.model.cast
        if isinstance(one, Moved):
            unit = one.asked.unit
            now, without = with_own_unit(one.with_it, unit, words), valued(one.without, unit)
            if valued(one.with_it, unit) == without:
                return None
            return called(self.table, one.asked, words), words("why.beside_row", now=now, without=without)
        asked = quantity(cast, one.name)
        holes = {
            "quarter": self.table.model.story.quarter(one.turn),
            "what": called(self.table, asked, words),
            "now": with_own_unit(one.with_it, one.unit, words),
            "without": valued(one.without, one.unit),
            "share": round(100 * min(1.0, one.share)),
        }
        is_alike = valued(one.with_it, one.unit) == valued(one.without, one.unit)
        name = ("path_more" if one.with_it > one.without else "path_less") if is_alike else "path_row"
        return words(f"why.{name}", **holes), ""

    def cause(self, line: PartLine) -> str:
        """A cause as it stands in a sentence."""
        words = self.teller.words
        if line.is_earlier:
            return words("why.earlier", seat=line.words)
        if line.seat:
            return words("why.orders_of", seat=line.words)
        if line.is_coming:
            return words("why.coming")
        return words("why.unseen_cause") if line.source.name == UNSEEN else line.words

    def headline(self, told: Told, pen: Pen) -> str:
        """What happened, and what most of it came from."""
        story, why = self.table.model.story, told.why
        total, unit = told.total.units, told.unit
        holes = {"what": called(self.table, why.quantity, pen.words), "quarter": story.quarter(why.stop)}
        if not total:
            return pen.words("why.still", **holes)
        outer = [line for line in told.lines if not line.is_inner]
        holes["cause"] = self.cause(max(outer, key=lambda line: line.units * (1 if total > 0 else -1)))
        way = "rose" if total > 0 else "fell"
        ends = told.seen if not self.table.is_over else (float(why.was[0]), float(why.now[0]))
        if ends is not None and valued(ends[0], unit) != valued(ends[1], unit):
            holes |= {"was": valued(ends[0], unit), "now": with_own_unit(ends[1], unit, pen.words)}
            return pen.words(f"why.{way}_seen", **holes)
        size = with_unit(amount(abs(total), told.places, signed=False), change_unit(unit, pen.words))
        return pen.words(f"why.{way}", size=size, **holes)

    def under(self, told: Told, pen: Pen) -> str:
        """What was seen beside what was imagined, or that this is the truth."""
        if self.table.is_over:
            return pen.words("why.true", quarter=self.table.model.story.quarter(self.turn))
        return pen.words("why.seen" if told.seen else "why.imagined", worlds=told.past.games)


def row_of(pen: Pen) -> int:
    """Height of a part."""
    return max(pen.scale.target(), pen.px(32))


WhyScreen = WhyOverlay
"""The same by the name under which screens of a game open it."""
