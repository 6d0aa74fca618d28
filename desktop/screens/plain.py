"""A page of text in place of a screen: all that the seat sees, read aloud well."""

import pygame

from desktop.pen import Pen
from desktop.screen import Move
from desktop.screens.game import GameScreen
from desktop.screens.reading import Reading
from desktop.table import Table
from desktop.theme import COLOURS
from play.page import page


class PlainScreen(GameScreen):
    """What the seat sees, section by section, where a screen has no drawing of its own."""

    def __init__(self, table: Table, name: str) -> None:
        super().__init__(table)
        self.name = name
        self.title = name.capitalize()
        self.reading = Reading()

    def controls(self):  # type: ignore[no-untyped-def]
        """The button that ends the quarter."""
        from desktop.kit import Button

        return (Button(name="end", label="", kind="primary"),)

    def layout(self, pen: Pen) -> dict[str, pygame.Rect]:
        """The button at the foot on the right."""
        wide, tall = pen.px(300), pen.px(46)
        rect = self.body(pen)
        return {"end": pygame.Rect(rect.right - pen.px(24) - wide, rect.bottom - pen.px(20) - tall, wide, tall)}

    def handle(self, event: pygame.event.Event, pen: Pen) -> list[Move]:
        """Scrolls, or what any game screen does."""
        if self.modal is None and not self.form.hears(event) and self.reading.heard(event, pen):
            return []
        return list(super().handle(event, pen))

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        """The page."""
        rect = self.body(pen)
        surface.fill(COLOURS["panel"], rect)
        box = rect.inflate(-pen.px(64), -pen.px(40))
        box.height -= pen.px(60)
        self.reading.told((self.table.seat, self.table.turn), page(self.table.seen()), box, pen)
        self.reading.draw(surface, pen)
