"""Reading: lines of text in a window, scrolled by keys and wheel, and the band of a screen that lies over a game."""

from collections.abc import Sequence

import pygame

from desktop.pen import Ink, Pen
from desktop.theme import COLOURS

Line = tuple[str, str, Ink]
"""Text, role of type, colour; an indent is written as leading spaces."""


class Reading:
    """A text that is scrolled, broken into lines of a width once."""

    def __init__(self) -> None:
        self.offset = 0
        self.key: object = None
        self.rows: list[Line] = []
        self.rect = pygame.Rect(0, 0, 1, 1)

    def told(self, key: object, texts: Sequence[tuple[str, Ink]], rect: pygame.Rect, pen: Pen) -> None:
        """The texts to show in a box, each with its colour; broken anew only where the key or the box is another."""
        at = (key, rect.size, pen.scale)
        if self.key == at:
            return
        if self.key is None or self.key[0] != key:  # type: ignore[index]
            self.offset = 0
        self.key, self.rect = at, rect
        self.rows = [row for text, hue in texts for row in broken(text, hue, rect.width - pen.px(20), pen)]

    def most(self, pen: Pen) -> int:
        """How many rows fit."""
        return max(1, self.rect.height // pen.line("body"))

    def scrolled(self, by: int, pen: Pen) -> None:
        """Scrolls, never past an end."""
        self.offset = max(0, min(len(self.rows) - self.most(pen), self.offset + by))

    def heard(self, event: pygame.event.Event, pen: Pen) -> bool:
        """Scrolls by an event; whether it was one."""
        if event.type == pygame.MOUSEWHEEL:
            self.scrolled(-3 * event.y, pen)
            return True
        if event.type != pygame.KEYDOWN:
            return False
        page = self.most(pen) - 1
        ways = {
            pygame.K_UP: -1,
            pygame.K_DOWN: 1,
            pygame.K_PAGEUP: -page,
            pygame.K_PAGEDOWN: page,
            pygame.K_HOME: -len(self.rows),
            pygame.K_END: len(self.rows),
        }
        if event.key not in ways:
            return False
        self.scrolled(ways[event.key], pen)
        return True

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the rows that fit, and where they stand among all."""
        tall, most = pen.line("body"), self.most(pen)
        for n, (text, role, colour) in enumerate(self.rows[self.offset : self.offset + most]):
            indent = (len(text) - len(text.lstrip())) * pen.px(10)
            at = (self.rect.left + indent, self.rect.top + n * tall)
            pen.write(surface, text.lstrip(), at, role, colour, most=self.rect.width - pen.px(12) - indent)
        if len(self.rows) > most:
            track = pygame.Rect(self.rect.right - pen.px(4), self.rect.top, pen.px(4), self.rect.height)
            pen.box(surface, track, "hair", radius=2)
            size = max(pen.px(16), round(track.height * most / len(self.rows)))
            top = track.top + round((track.height - size) * self.offset / (len(self.rows) - most))
            pen.box(surface, pygame.Rect(track.left, top, track.width, size), "edge", radius=2)


def broken(text: str, colour: Ink, wide: int, pen: Pen) -> list[Line]:
    """A text in rows of a width; a line without an indent is a heading, an empty one a gap."""
    indent = len(text) - len(text.lstrip())
    if not text.strip():
        return [("", "body", "t2")]
    role = "strong" if indent == 0 else "body"
    lines = pen.lines(text.strip(), wide - indent * pen.px(10), role)
    return [(" " * indent + line, role, colour) for line in lines]


def draw_sheet(surface: pygame.Surface, title: str, note: str, pen: Pen) -> pygame.Rect:
    """The ground of a screen of text: its heading, a note beside it; gives the box that is left."""
    surface.fill(COLOURS["panel"])
    left, top = pen.px(32), pen.px(28)
    room = pen.scale.width - 2 * left
    head = pen.paragraph(surface, title, (left, top), room, "finding", "t1", count=2)
    if note:
        head = head.union(
            pen.paragraph(surface, note, (left, head.bottom + pen.px(4)), room, "subtitle", "t2", count=2)
        )
    top = head.bottom + pen.px(20)
    return pygame.Rect(left, top, room, pen.scale.height - top - pen.px(28))
