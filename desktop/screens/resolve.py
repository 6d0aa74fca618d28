"""The quarter passes: everybody's orders are carried out beside the drawing loop, and the window stays alive."""

from collections.abc import Sequence

import pygame

from desktop import tables
from desktop.kit import draw_progress
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Replace
from desktop.screens.opening import opened
from desktop.table import Table
from desktop.theme import COLOURS

PATIENCE = 0.5
"""Seconds after which the window says that it works."""


class ResolveScreen(FormScreen):
    """Waits for the quarter; then the map, the curtain before the first person, or the debrief."""

    is_working = True
    """Whether the quarter that is worked out is not to be seen yet."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.quarter = table.seen()["coming"]
        self.answer = table.resolve()
        self.waited = 0.0

    def let_go(self) -> None:
        """The window closes: the quarter passes whole, and the game is kept."""
        tables.left(self.table)

    def hears(self, event: pygame.event.Event) -> bool:
        """Escape does nothing here: the quarter passes whole."""
        return event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Goes on once the quarter has passed; raises what went wrong in it."""
        self.waited += dt
        if not self.answer.is_there:
            return STAY
        fault = self.answer.work.exception()
        if fault is not None:
            raise RuntimeError(str(fault)) from fault
        return (Replace(after_quarter(self.table)),)

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The quarter's name, and past half a second that it is being worked out."""
        surface.fill(COLOURS["ink"])
        middle = pen.scale.width // 2, pen.scale.height // 2
        text = pen.words("resolve.title", quarter=self.quarter)
        pen.write(surface, text, (middle[0], middle[1] - pen.px(60)), "finding", "t1", align="centre")
        if self.waited > PATIENCE:
            rect = pygame.Rect(middle[0] - pen.px(160), middle[1], pen.px(320), pen.px(40))
            draw_progress(surface, rect, min(0.95, self.waited / 4), pen.words("resolve.working"), pen)


def after_quarter(table: Table):  # type: ignore[no-untyped-def]
    """The screen that a quarter ends on."""
    if table.is_over:
        return opened("debrief", table)
    return opened("curtain" if len(table.people) > 1 else "map", table)
