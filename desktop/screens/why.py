"""Why: what a figure's change in the last quarter came from, as ranges over worlds that the seat imagines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from desktop.charts import Cause, draw_causes
from desktop.kit import Action, Button, Control
from desktop.numbers import short, signed, span
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop
from desktop.screens.reading import draw_sheet
from desktop.table import Table
from play.dials import spaced
from play.telling import ranged_parts, seen_change
from world.view import view

FIVE = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class Told:
    """A change in words and causes; without causes, a sentence that says why there is nothing to tell."""

    finding: str
    unit: str = ""
    causes: tuple[Cause, ...] = ()
    note: str = ""


class WhyScreen(FormScreen):
    """The parts of one change, the largest first, what was under way last."""

    title = "Why"
    starts_on = "back"

    def __init__(self, table: Table, name: str) -> None:
        super().__init__()
        self.table = table
        self.name = name
        self.known: Told | None = None

    def controls(self) -> Sequence[Control]:
        """The way back."""
        return (Button(name="back"),)

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """At the foot on the right."""
        back = Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape"))
        self.form = self.form.with_control(back)
        wide, tall = back.least(pen)
        right, bottom = pen.scale.width - pen.px(32), pen.scale.height - pen.px(24)
        return {"back": pygame.Rect(right - wide, bottom - tall, wide, tall)}

    def told(self, pen: Pen) -> Told | None:
        """The change, once it is worked out."""
        if self.known is None:
            if self.table.turn == 0:
                self.known = Told(pen.words("why.nothing_yet"))
            else:
                answer = self.table.why(self.name)
                self.known = told(self.table, self.name, answer.work, pen) if answer.is_there else None
        return self.known

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The finding over its causes, or that they are being worked out."""
        found = self.told(pen)
        if found is None:
            draw_sheet(surface, pen.words("why.asked", name=named(self.name)), pen.words("text.working"), pen)
            return
        box = draw_sheet(surface, found.finding, found.unit, pen)
        if not found.causes:
            return
        box.width = min(box.width, pen.px(1100))
        colour = "us" if self.table.seen()["seat"]["bloc"] == "us" else "cn"
        foot = draw_causes(
            surface, box, found.causes, colour, pen, pen.words("why.less"), pen.words("why.more"), "panel"
        )
        pen.paragraph(surface, found.note, (box.left, foot + pen.px(20)), box.width, "note", "t2")

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Goes back."""
        return (Pop(),) if action.name == "back" else STAY


def named(name: str) -> str:
    """A quantity as one writes it in a sentence."""
    return spaced(name).replace(".", ", ")


def told(table: Table, name: str, work, pen: Pen) -> Told:  # type: ignore[no-untyped-def]
    """A change in words: how it was seen, and every part as the middle and the range of nine worlds in ten."""
    fault = work.exception()
    if isinstance(fault, ValueError):
        return Told(f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
    found, past = work.result()
    before, after = (view(table.state(turn), table.seat) for turn in (table.turn - 1, table.turn))
    seen = seen_change(found.quantity, before, after)
    change = np.array([float(x) for x in found.change])
    quarter = table.model.story.quarter(found.stop)
    finding = seen.replace("It saw", pen.words("why.you_saw"), 1) or pen.words(
        "why.changed",
        name=named(name),
        quarter=quarter,
        amount=signed(float(np.median(change))),
        unit=found.quantity.unit,
    )
    causes = []
    for words, values, is_inner in ranged_parts(found, past, with_luck=False):
        low, _, middle, _, high = (float(value) for value in np.percentile(values, FIVE))
        text = signed(middle) if short(low) == short(high) else span(low, high)
        called = table.model.story.called(words) if not is_inner else words
        causes.append(Cause(called[:1].upper() + called[1:], low, middle, high, text))
    unit = pen.words(
        "why.unit", unit=found.quantity.unit or pen.words("why.number"), quarter=quarter, worlds=past.games
    )
    return Told(finding, unit, tuple(causes), pen.words("why.note"))
