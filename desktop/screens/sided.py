"""A game screen with a large area at the left, headed by its finding, and a panel at the right."""

import pygame

from desktop.pen import Pen
from desktop.screens.game import GameScreen
from desktop.theme import COLOURS

SIDE = 470
"""Width of the panel, in the drawings' pixels."""


class SidedScreen(GameScreen):
    """Where the two parts stand, and their ground; `above` is the margin over the finding."""

    above = 20

    def main(self, pen: Pen) -> pygame.Rect:
        """The large area at the left, within its margins."""
        area = pen.scale.main_area(SIDE)
        return pygame.Rect(
            area.left + pen.px(32), area.top + pen.px(self.above), area.width - pen.px(56), area.height - pen.px(36)
        )

    def side(self, pen: Pen) -> pygame.Rect:
        """The panel at the right, within its margins."""
        return pen.scale.side_panel(SIDE).inflate(-pen.px(44), -pen.px(36))

    @staticmethod
    def role(pen: Pen) -> str:
        """The type of the finding."""
        return "section" if pen.scale.compact else "finding"

    def paint_ground(self, surface: pygame.Surface, pen: Pen) -> None:
        """The ground of both parts and the line between them."""
        surface.fill(COLOURS["panel"], self.body(pen))
        panel = pen.scale.side_panel(SIDE)
        surface.fill(COLOURS["side"], panel)
        pen.upright(surface, panel.left, panel.top, panel.height)
