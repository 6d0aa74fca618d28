"""Levers: the controls of dials, generated from their declarations - a track for many settings, cells for few."""

from dataclasses import dataclass, replace
from typing import Self

import pygame

from desktop.kit import Action, Choice, Control, Slider
from desktop.pen import Ink, Pen
from desktop.screens.draft import Draft
from desktop.screens.order_words import lever_text, name_of, option_texts, thing, value_text
from play.dials import Dial
from play.order_words import amount_label, title_of
from play.words import Words

FEW = 5
"""Up to so many settings are shown as cells."""
LABEL, VALUE = 0.30, 0.27
"""Shares of a lever's width for its name and its value."""
START = "dial:"
STARTED_BY = {"design_chip": "project"}
"""Orders of which nothing comes unless this dial of theirs moves, too."""


def shortened(text: str, most: int, role: str, pen: Pen) -> str:
    """A setting without its last words where it is too wide: they stand in the help and the tooltip."""
    parts = text.split(" ")
    while len(parts) > 1 and pen.width(" ".join(parts), role) > most:
        parts = parts[:-1]
        if parts[-1] == "a":
            parts = parts[:-1]
    return " ".join(parts)


def control_name(row: int) -> str:
    """The name of the control of a dial."""
    return f"{START}{row}"


def row_of(name: str) -> int | None:
    """The dial of a control, or None for other controls."""
    return int(name.removeprefix(START)) if name.startswith(START) else None


@dataclass(frozen=True, kw_only=True)
class Lever(Slider):
    """A track in a row: its name on the left, its value and what it was on the right."""

    shares: tuple[float, float] = (LABEL, VALUE)

    def parts(self, rect: pygame.Rect) -> tuple[pygame.Rect, pygame.Rect]:
        """The boxes of the track with its knob, and of the value."""
        label, value = (round(rect.width * share) for share in self.shares)
        middle = pygame.Rect(rect.left + label, rect.top, rect.width - label - value, rect.height)
        return middle, pygame.Rect(middle.right, rect.top, value, rect.height)

    def track(self, rect: pygame.Rect) -> pygame.Rect:
        middle, _ = self.parts(rect)
        return pygame.Rect(middle.left + 2 * self.knob, middle.centery - 2, max(1, middle.width - 4 * self.knob), 4)

    def grabbed(self, at: tuple[int, int], rect: pygame.Rect) -> tuple[Self, tuple[Action, ...]]:
        middle, _ = self.parts(rect)
        return self.at(at[0], rect) if middle.collidepoint(at) else (replace(self, pressed=False), ())

    def least(self, pen: Pen) -> tuple[int, int]:
        return pen.px(260), pen.scale.target()

    def draw_heading(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        middle, right = self.parts(rect)
        colour: Ink = "off" if self.is_off else "t1"
        top = rect.centery - pen.line("label") // 2
        pen.write(surface, self.label, (rect.left, top), "label", colour, most=middle.left - rect.left)
        tall = pen.line("site")
        both = self.is_changed and 2 * tall <= rect.height + pen.px(6)
        top = rect.centery - (tall if both else tall // 2)
        now = shortened(self.shown(self.value), right.width, "site", pen)
        pen.write(surface, now, (right.right, top), "site", colour, align="right", most=right.width)
        if both and self.was is not None:
            text = pen.words("kit.was", value=without_unit(self.shown(self.was), self.shown(self.value)))
            if pen.width(text, "axis") <= right.width:
                pen.write(surface, text, (right.right, top + tall), "axis", "t3", align="right")

    def draw_reason(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Nothing here: the reason stands under the whole order."""


@dataclass(frozen=True, kw_only=True)
class Track(Slider):
    """The one dial of an order: its heading over a track as wide as the column."""

    def track(self, rect: pygame.Rect) -> pygame.Rect:
        inset, middle = max(self.knob, round(rect.height * 0.17)), rect.bottom - round(rect.height * 0.29)
        return pygame.Rect(rect.left + inset, middle - 2, max(1, rect.width - 2 * inset), 4)

    def draw_heading(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        colour: Ink = "off" if self.is_off else "t1"
        most = round(rect.width * 0.5)
        at = (rect.right, rect.top)
        now = pen.write(surface, self.shown(self.value), at, "control", colour, align="right", most=most)
        left = now.left
        if self.was is not None and self.is_changed:
            text = pen.words("kit.was", value=without_unit(self.shown(self.was), self.shown(self.value)))
            top = rect.top + pen.baseline("control") - pen.baseline("note")
            room = left - rect.left - pen.width(self.label, "strong") - pen.px(20)
            if room > pen.px(40):
                at = (now.left - pen.px(8), top)
                left = pen.write(surface, text, at, "note", "t3", align="right", most=room).left
        pen.write(surface, self.label, rect.topleft, "strong", colour, most=left - pen.px(8) - rect.left)

    def draw_reason(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Nothing here: the reason stands under the whole order."""


@dataclass(frozen=True, kw_only=True)
class Cells(Choice):
    """A few settings side by side, the name on the left."""

    share: float = 0.36

    def part(self, rect: pygame.Rect) -> pygame.Rect:
        """The box of the cells."""
        left = round(rect.width * self.share) if self.label else 0
        return pygame.Rect(rect.left + left, rect.top, rect.width - left, rect.height)

    def under(self, at: tuple[int, int], rect: pygame.Rect) -> int | None:
        return super().under(at, self.part(rect))

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        part = self.part(rect)
        colour: Ink = "off" if self.is_off else "t1" if self.is_changed else "t2"
        top = rect.centery - pen.line("label") // 2
        most = part.left - rect.left - pen.px(8)
        if self.label:
            pen.write(surface, self.label, (rect.left, top), "label", colour, most=most)
        super().draw(surface, part, pen)

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        pen.focus(surface, self.part(rect))

    def draw_reason(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Nothing here: the reason stands under the whole order."""


def is_few(dial: Dial) -> bool:
    """Whether a dial has so few settings that all are shown."""
    return dial.amount.steps < FEW


def label_of(dial: Dial, draft: Draft, words: Words) -> str:
    """What a dial is called inside its order: what it is about, else its amount."""
    cast = draft.book.layout.cast
    picks = ", ".join(thing(pick, cast, words) for pick in dial.picks)
    return picks or amount_label(dial.kind.name, dial.amount.name, words)


def lever_of(row: int, draft: Draft, words: Words, reason: str, alone: bool, colour: str = "ivory") -> Control:
    """The control of a dial, as it stands and as it is drafted. `alone` is the one dial of its order."""
    dial = draft.book.dials[row]
    name, step, was = control_name(row), draft.step(row), int(draft.standing[row])
    kind, amount = dial.kind.name, dial.amount
    if is_few(dial):
        label = "" if alone else label_of(dial, draft, words)
        options = option_texts(kind, amount, words)
        return Cells(name=name, label=label, options=options, value=step, was=was, reason=reason)
    made = Track if alone else Lever
    return made(
        name=name,
        label=title_of(kind, words) if alone else label_of(dial, draft, words),
        low=amount.low,
        high=amount.high,
        step=amount.step,
        value=amount.value(step),
        was=amount.value(was),
        shown=lambda value: lever_text(kind, amount, value, words),
        colour=colour if step != was else "edge" if reason else colour,
        reason=reason,
    )


def settings_from(action: Action, draft: Draft) -> dict[int, int]:
    """The dial and step that a control asks for; nothing for other controls."""
    row = row_of(action.name)
    if row is None or action.kind != "change":
        return {}
    value = action.value
    assert isinstance(value, int | float)
    amount = draft.book.dials[row].amount
    asked = {row: int(value) if is_few(draft.book.dials[row]) else amount.level(float(value))}
    return asked | started(row, draft)


def started(row: int, draft: Draft) -> dict[int, int]:
    """The dial that must move for an order to begin anew, where another dial of the order moves: one step on."""
    name = STARTED_BY.get(draft.book.dials[row].kind.name)
    entry = int(draft.book.layout.entry_of_dial[row])
    found = [at for at in draft.rows(entry) if at != row and draft.book.dials[at].amount.name == name]
    return {at: next_step(at, draft) for at in found if not draft.is_changed(at)}


def next_step(row: int, draft: Draft) -> int:
    """The step after the one that was ordered, from the top round to the lowest."""
    return (int(draft.standing[row]) + 1) % (draft.book.dials[row].amount.steps + 1)


def without_unit(one: str, other: str) -> str:
    """A setting without the words in which it ends as another does."""
    left, right = one.split(" "), other.split(" ")
    while len(left) > 1 and len(right) > 1 and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return " ".join(left)


def moves_told(draft: Draft, words: Words) -> list[tuple[int, str, str]]:
    """The orders of the draft: entry, what it is called, and from what to what."""
    found = []
    cast = draft.book.layout.cast
    for entry in draft.moved:
        parts = []
        for row in draft.rows(entry):
            if draft.is_changed(row):
                dial = draft.book.dials[row]
                one, other = (
                    value_text(dial.kind.name, dial.amount, v, words) for v in (draft.was(row), draft.now(row))
                )
                parts.append(words("orders.from_to", before=without_unit(one, other), after=other))
        found.append((entry, name_of(draft.dial_of(entry), cast, words), ", ".join(parts)))
    return found
