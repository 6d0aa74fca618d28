"""The curtain between seats of one machine: nothing of a game is shown until whoever is next says so."""

from collections.abc import Mapping, Sequence

import pygame

from desktop import tables
from desktop.kit import Action, Button, Control
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Replace
from desktop.screens.opening import opened
from desktop.screens.portrait import SIGNS, side_of
from desktop.table import Table
from desktop.theme import COLOURS


class CurtainScreen(FormScreen):
    """Names who is next, and waits; `then` is the screen that it opens on."""

    title = "Curtain"
    starts_on = "here"

    def __init__(self, table: Table, then: str = "map") -> None:
        super().__init__()
        self.table = table
        self.then = then

    def let_go(self) -> None:
        """The window closes: the game is kept, and what was handed in lies beside it."""
        tables.left(self.table)

    def hears(self, event: pygame.event.Event) -> bool:
        """Escape opens the menu."""
        return super().hears(event) or (event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE)

    def controls(self) -> Sequence[Control]:
        """One button, which has the keyboard."""
        return (Button(name="here", kind="primary"),)

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """In the middle."""
        seat = self.table.seen()["seat"]["title"]
        button = Button(
            name="here", label=pen.words("curtain.here", seat=seat), kind="primary", hint=pen.words("keys.enter")
        )
        self.form = self.form.with_control(button)
        wide, tall = button.least(pen)
        return {"here": pygame.Rect((pen.scale.width - wide) // 2, pen.scale.height // 2 + pen.px(40), wide, tall)}

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """Who is next."""
        surface.fill(COLOURS["ink"])
        seen, cast = self.table.seen(), self.table.model.cast
        seat = cast.seats[cast.at("seats", self.table.seat)]
        middle, y = pen.scale.width // 2, pen.scale.height // 2
        pen.site(surface, SIGNS[seat.role], (middle, y - pen.px(130)), side_of(seat), 30)
        text = pen.words("curtain.title", seat=seat.title)
        pen.write(surface, text, (middle, y - pen.px(76)), "verdict", "t1", align="centre")
        about = pen.words("curtain.about", quarter=seen["coming"])
        most = min(pen.px(700), pen.scale.width - pen.px(64))
        pen.paragraph(surface, about, (middle, y - pen.px(14)), most, "subtitle", "t2", align="centre")

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Raises the curtain."""
        return (Replace(opened(self.then, self.table)),) if action.name == "here" else STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Escape opens the menu."""
        from desktop.screen import Push
        from desktop.screens.menu import MenuScreen

        return (Push(MenuScreen(self.table)),) if event.key == pygame.K_ESCAPE else None
