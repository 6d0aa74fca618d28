"""Screens of text over a game: what a figure came from, who says it, the glossary, all orders; searched and scrolled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pygame

from desktop.kit import Action, Button, Control, Field
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop
from desktop.screens.reading import Reading, draw_sheet

Lines = Sequence[str]


class TextScreen(FormScreen):
    """A heading, a note, and lines; `lines` may be waited for. With `searched`, paragraphs that lack the words go."""

    def __init__(self, title: str, note: str, lines: Callable[[], Lines | None], searched: bool = False) -> None:
        super().__init__()
        self.title = title
        self.note = note
        self.lines = lines
        self.searched = searched
        self.reading = Reading()

    def controls(self) -> Sequence[Control]:
        """The search, where there is one, and the way back."""
        return (Field(name="search"), Button(name="back"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The search at the top on the right, the way back under all."""
        field = self.form["search"]
        assert isinstance(field, Field)
        back = Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape"))
        self.form = self.form.with_control(back, replace(field, label=pen.words("kit.search")))
        wide, tall = back.least(pen)
        right = pen.scale.width - pen.px(32)
        boxes = {"back": pygame.Rect(right - wide, pen.scale.height - pen.px(24) - tall, wide, tall)}
        if self.searched:
            boxes["search"] = pygame.Rect(right - pen.px(300), pen.px(28), pen.px(300), max(pen.px(34), 28))
        return boxes

    def shown(self) -> Lines | None:
        """The lines that hold the words that are searched for, paragraph by paragraph."""
        lines, field = self.lines(), self.form["search"]
        assert isinstance(field, Field)
        words = field.text.lower().split()
        if lines is None or not words:
            return lines
        found: list[str] = []
        for paragraph in paragraphs(lines):
            if all(word in " ".join(paragraph).lower() for word in words):
                found += [*paragraph, ""]
        return found or [""]

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The text, or that it is being worked out."""
        box = draw_sheet(surface, self.title, self.note, pen)
        box.height = self.form.rects["back"].top - pen.px(14) - box.top
        lines = self.shown()
        if lines is None:
            pen.write(surface, pen.words("text.working"), box.topleft, "note_italic", "t3")
            return
        if lines == [""]:
            lines = [pen.words("kit.nothing_found", text=self.form["search"].text)]  # type: ignore[attr-defined]
        self.reading.told(tuple(lines), lines, box, pen)
        self.reading.draw(surface, pen)

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Goes back."""
        return (Pop(),) if action.name == "back" else STAY

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """Scrolls, or searches."""
        self.ready(pen)
        if not self.form.hears(event) and self.reading.heard(event, pen):
            return STAY
        return super().handle(event, pen)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """F and / search."""
        if self.searched and event.key in (pygame.K_f, pygame.K_SLASH):
            self.form = self.form.focused("search")
            return STAY
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """For the help."""
        scroll = (("↑ ↓", "text.key_scroll"),)
        return (*scroll, ("F", "text.key_find")) if self.searched else scroll


def paragraphs(lines: Lines) -> list[list[str]]:
    """Lines in paragraphs, which empty lines end."""
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [paragraph for paragraph in found if paragraph]
