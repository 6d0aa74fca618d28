"""The line of a channel, short: in pills, keys and legends."""

import numpy as np
import pygame

from desktop import shapes
from desktop.curves import length
from desktop.pen import Pen
from desktop.theme import CHANNELS, COLOURS, MARKS


def draw_line(surface: pygame.Surface, line: np.ndarray, channel: str, width: float, unit: float = 1.0) -> None:
    """A short line in a channel's own pattern, its dashes the same from both ends."""
    colour = COLOURS[CHANNELS[channel][0]]
    if channel == "smuggled":
        part = length(line) / 26
        shapes.dashed(surface, colour, line, width, 6 * part, 4 * part)
    elif channel == "remote":
        shapes.dotted(surface, colour, line, max(0.9, width / 2), max(4.0, width * 1.6) * unit)
    else:
        shapes.curve(surface, colour, line, width)


def draw_sample(surface: pygame.Surface, rect: pygame.Rect, channel: str, pen: Pen) -> None:
    """The line and the mark of a channel, across the middle of a box."""

    def make() -> pygame.Surface:
        tall = pen.px(16)
        sample = pygame.Surface((rect.width, tall), pygame.SRCALPHA)
        sample.fill((*COLOURS[CHANNELS[channel][0]], 0))
        middle = tall / 2
        line = np.array([[0.0, middle], [rect.width, middle]])
        width = pen.scale.real(1.4 if channel in ("tools", "remote") else 2.0)
        draw_line(sample, line, channel, width, pen.scale.unit)
        return sample

    sample = pen.kept(("sample", channel, rect.width, pen.scale), make)
    surface.blit(sample, (rect.left, rect.centery - sample.get_height() // 2))
    ground = "panel" if MARKS[channel] == "ring" else None
    pen.mark(surface, MARKS[channel], rect.center, 3.6, CHANNELS[channel][0], ground)
