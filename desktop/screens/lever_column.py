"""The levers of a seat in columns that scroll: each order with its help, its price, and why it cannot be moved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pygame

from desktop.pen import Ink, Pen
from desktop.scale import Scale
from desktop.screens.draft import Draft
from desktop.screens.levers import control_name, is_few
from desktop.screens.order_words import help_of, value_text
from play.order_words import title_of

COLUMN = 400
"""The width of a column that is aimed at."""
NOTES = 3
"""Lines that the help of an order may take."""


Reason = Callable[[int], str]
Known = dict[tuple[str, int, Scale], list[str]]
"""Texts in lines, by text, width and scale."""


@dataclass(frozen=True)
class Piece:
    """A part of the column that is shown whole or not at all: words to write, or the box of a control."""

    rect: pygame.Rect
    text: str = ""
    """A line; or several, each of the height of one."""
    role: str = "note"
    colour: Ink = "t3"
    right: str = ""
    """What stands at the right end of the line."""
    control: str = ""


@dataclass
class Column:
    """Everything laid out from 0 down, and how far it is scrolled."""

    pieces: list[Piece] = field(default_factory=list)
    height: int = 0
    offset: int = 0
    area: pygame.Rect = field(default_factory=lambda: pygame.Rect(0, 0, 0, 0))
    known: Known = field(default_factory=dict)

    @property
    def most(self) -> int:
        """How far it can be scrolled."""
        return max(0, self.height - self.area.height)

    def scrolled(self, offset: int) -> bool:
        """Scroll to an offset; whether that changed anything."""
        before, self.offset = self.offset, min(self.most, max(0, offset))
        return self.offset != before

    def at(self, piece: Piece) -> pygame.Rect:
        """Where a piece lies in the window."""
        return piece.rect.move(self.area.left, self.area.top - self.offset)

    def is_shown(self, piece: Piece) -> bool:
        """Whether the whole of a piece is in sight."""
        box = self.at(piece)
        return box.top >= self.area.top and box.bottom <= self.area.bottom

    def boxes(self) -> dict[str, pygame.Rect]:
        """The boxes of the controls in sight."""
        return {piece.control: self.at(piece) for piece in self.pieces if piece.control and self.is_shown(piece)}

    @property
    def names(self) -> tuple[str, ...]:
        """The controls, in the order in which they are laid out."""
        return tuple(piece.control for piece in self.pieces if piece.control)

    def reveal(self, name: str, room: int) -> bool:
        """Scroll so that a control is in sight, with some room about it; whether that moved anything."""
        piece = next((one for one in self.pieces if one.control == name), None)
        if piece is None:
            return False
        if piece.rect.top - room < self.offset:
            return self.scrolled(piece.rect.top - room)
        if piece.rect.bottom + room > self.offset + self.area.height:
            return self.scrolled(piece.rect.bottom + room - self.area.height)
        return False

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """Writes the words in sight, and a bar where something is out of sight."""
        for piece in self.pieces:
            if piece.control or not self.is_shown(piece):
                continue
            box = self.at(piece)
            right = box.right
            if piece.right:
                drop = pen.baseline(piece.role) - pen.baseline("note")
                at = (box.right, box.top + drop)
                right = pen.write(surface, piece.right, at, "note", "t2", align="right").left - pen.px(8)
            for n, line in enumerate(piece.text.split("\n")):
                at = (box.left, box.top + n * pen.line(piece.role))
                pen.write(surface, line, at, piece.role, piece.colour, most=right - box.left)
        if self.most:
            track = pygame.Rect(self.area.right + pen.px(6), self.area.top, pen.px(4), self.area.height)
            pen.box(surface, track, "hair", radius=2)
            tall = max(pen.px(20), round(track.height * self.area.height / self.height))
            top = track.top + round((track.height - tall) * self.offset / self.most)
            pen.box(surface, pygame.Rect(track.left, top, track.width, tall), "edge", radius=2)


def wrapped(text: str, wide: int, pen: Pen, known: Known) -> list[str]:
    """A help text in lines, which are the same until the window changes."""
    key = (text, wide, pen.scale)
    if key not in known:
        known[key] = pen.lines(text, wide, "note", NOTES)
    return known[key]


def pieces_of(
    kind: str, entries: Sequence[int], draft: Draft, reason: Reason, wide: int, pen: Pen, known: Known
) -> list[Piece]:
    """The pieces of one kind of order, from 0 down in a column of a width."""
    found: list[Piece] = []
    y = 0

    def add(tall: int, **said: object) -> None:
        nonlocal y
        found.append(Piece(pygame.Rect(0, y, wide, tall), **said))  # type: ignore[arg-type]
        y += tall

    rows = [row for entry in entries for row in draft.rows(entry)]
    alone = len(rows) == 1
    dial = draft.book.dials[rows[0]]
    words = pen.words
    changed = sum(entry in draft.moved for entry in entries)
    if not alone or is_few(dial):
        right = words("orders.change") if changed == 1 else words("orders.changes", count=changed) if changed else ""
        add(pen.line("strong"), text=title_of(kind, words), role="strong", colour="t1", right=right)
        y += pen.px(4)
    for row in rows:
        tall = pen.scale.target()
        add(tall + (pen.line("control") if alone and not is_few(dial) else 0), control=control_name(row))
        y += pen.px(4)
    reasons = {reason(entry) for entry in entries}
    said = next(iter(reasons)) if len(reasons) == 1 else ""
    lines = wrapped(said or help_of(dial.kind, draft.table, words), wide, pen, known)
    add(len(lines) * pen.line("note"), text="\n".join(lines), colour="t2" if said else "t3")
    for row in rows:
        if row in draft.waiting and draft.working[row] != draft.standing[row]:
            one = draft.book.dials[row]
            shown = value_text(one.kind.name, one.amount, draft.force(row), words)
            when = draft.table.model.story.quarter(draft.table.turn + draft.waiting[row])
            add(pen.line("note"), text=words("orders.waiting", value=shown, quarter=when), colour="t2")
    return found


def laid(kinds: Sequence[str], draft: Draft, reason: Reason, area: pygame.Rect, pen: Pen, before: Column) -> Column:
    """The kinds of order in as many columns as the area has room for, scrolled as before."""
    gap, between = pen.px(16), pen.px(32)
    count = max(1, min(3, len(kinds), (area.width + between) // (pen.px(COLUMN * 0.84) + between)))
    wide = (area.width - between * (count - 1)) // count
    blocks = [pieces_of(kind, draft.of_kind(kind), draft, reason, wide, pen, before.known) for kind in kinds]
    talls = [block[-1].rect.bottom + gap for block in blocks]
    column = Column(area=area, offset=before.offset, known=before.known)
    goal, x, y = sum(talls) / count, 0, 0
    most = 0
    for n, (block, tall) in enumerate(zip(blocks, talls, strict=True)):
        if y and y + tall / 2 > goal and x + wide + between < area.width and n:
            x, y = x + wide + between, 0
        column.pieces += [Piece(p.rect.move(x, y), p.text, p.role, p.colour, p.right, p.control) for p in block]
        y += tall
        most = max(most, y - gap)
    column.height = most
    column.scrolled(column.offset)
    return column
