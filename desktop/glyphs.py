"""Signs: what stands in the ring of a site, what moves on a line, and the few icons of controls.

Each is drawn by a function of a sheet whose middle is (0, 0) and whose reach is 1.
"""

from collections.abc import Callable

import numpy as np
import pygame

from desktop.shapes import FINE, Sheet
from desktop.theme import Colour


class Drawing:
    """A sheet about a middle, in units of a radius."""

    def __init__(self, radius: float, colour: Colour, reach: float = 1.0) -> None:
        half = int(np.ceil(radius * reach)) + 1
        self.half = half
        self.radius = radius
        self.sheet = Sheet((-half, -half, 2 * half, 2 * half), colour, FINE)

    def outline(self, *points: tuple[float, float], alpha: float = 1.0) -> None:
        """A filled outline."""
        self.sheet.polygon(np.array(points) * self.radius, alpha)

    def box(self, left: float, top: float, right: float, bottom: float, alpha: float = 1.0) -> None:
        """A filled box."""
        self.outline((left, top), (right, top), (right, bottom), (left, bottom), alpha=alpha)

    def disc(self, x: float, y: float, radius: float, alpha: float = 1.0) -> None:
        """A filled circle."""
        self.sheet.disc((x * self.radius, y * self.radius), radius * self.radius, alpha)

    def ring(self, radius: float, width: float) -> None:
        """A circle about the middle; the width in pixels."""
        self.sheet.ring((0, 0), radius * self.radius, width)

    def stroke(self, *points: tuple[float, float], width: float = 0.2) -> None:
        """A line with round corners and ends."""
        self.sheet.stroke(np.array(points) * self.radius, width * self.radius)


def government(d: Drawing) -> None:
    """Pillars."""
    d.outline((-0.56, -0.2), (0, -0.56), (0.56, -0.2), alpha=1)
    for x in (-0.4, 0.0, 0.4):
        d.box(x - 0.075, -0.22, x + 0.075, 0.36)
    d.box(-0.52, 0.36, 0.52, 0.5)


def designer(d: Drawing) -> None:
    """A diamond."""
    d.outline((0, -0.56), (0.54, 0), (0, 0.56), (-0.54, 0))


def foundry(d: Drawing) -> None:
    """A disc cut by a grid."""
    d.disc(0, 0, 0.56)
    for at in (-0.2, 0.2):
        d.box(at - 0.055, -0.7, at + 0.055, 0.7, alpha=0)
        d.box(-0.7, at - 0.055, 0.7, at + 0.055, alpha=0)


def tools(d: Drawing) -> None:
    """A triangle."""
    d.outline((0, -0.55), (0.5, 0.42), (-0.5, 0.42))


def memory(d: Drawing) -> None:
    """Three bars."""
    for y in (-0.32, 0.0, 0.32):
        d.box(-0.5, y - 0.1, 0.5, y + 0.1)


def lab(d: Drawing) -> None:
    """A target."""
    d.ring(0.46, max(1.0, 0.13 * d.radius))
    d.disc(0, 0, 0.19)


def centre(d: Drawing) -> None:
    """Columns."""
    for x, top in ((-0.36, -0.02), (0.0, -0.5), (0.36, -0.24)):
        d.box(x - 0.14, top, x + 0.14, 0.42)


def transshipment(d: Drawing) -> None:
    """A double chevron."""
    for x in (-0.3, 0.12):
        d.stroke((x - 0.12, -0.42), (x + 0.28, 0), (x - 0.12, 0.42), width=0.17)


def closed(d: Drawing) -> None:
    """A cross."""
    d.stroke((-0.36, -0.36), (0.36, 0.36), width=0.2)
    d.stroke((-0.36, 0.36), (0.36, -0.36), width=0.2)


def check(d: Drawing) -> None:
    """A tick."""
    d.stroke((-0.7, 0.05), (-0.22, 0.52), (0.72, -0.52), width=0.24)


def cross(d: Drawing) -> None:
    """A cross to the corners."""
    d.stroke((-0.6, -0.6), (0.6, 0.6), width=0.2)
    d.stroke((-0.6, 0.6), (0.6, -0.6), width=0.2)


def alarm(d: Drawing) -> None:
    """An exclamation mark in a ring."""
    d.ring(0.86, max(1.2, 0.16 * d.radius))
    d.box(-0.09, -0.46, 0.09, 0.14)
    d.disc(0, 0.4, 0.12)


def right(d: Drawing) -> None:
    """A chevron to the right."""
    d.stroke((-0.3, -0.6), (0.3, 0), (-0.3, 0.6), width=0.24)


def left(d: Drawing) -> None:
    """A chevron to the left."""
    d.stroke((0.3, -0.6), (-0.3, 0), (0.3, 0.6), width=0.24)


def up(d: Drawing) -> None:
    """A chevron upwards."""
    d.stroke((-0.6, 0.3), (0, -0.3), (0.6, 0.3), width=0.24)


def down(d: Drawing) -> None:
    """A chevron downwards."""
    d.stroke((-0.6, -0.3), (0, 0.3), (0.6, -0.3), width=0.24)


def plus(d: Drawing) -> None:
    """A plus."""
    d.stroke((-0.6, 0), (0.6, 0), width=0.22)
    d.stroke((0, -0.6), (0, 0.6), width=0.22)


def minus(d: Drawing) -> None:
    """A minus."""
    d.stroke((-0.6, 0), (0.6, 0), width=0.22)


def glass(d: Drawing) -> None:
    """A looking glass."""
    d.sheet.ring((-0.15 * d.radius, -0.15 * d.radius), 0.55 * d.radius, 0.2 * d.radius)
    d.stroke((0.3, 0.3), (0.8, 0.8), width=0.24)


def hourglass(d: Drawing) -> None:
    """The mark of the game: a waist between two wide ends."""
    d.outline((-0.9, -0.72), (0.9, -0.72), (0.16, 0), (0.9, 0.72), (-0.9, 0.72), (-0.16, 0))


SITES: dict[str, Callable[[Drawing], None]] = {
    "government": government,
    "designer": designer,
    "foundry": foundry,
    "tools": tools,
    "memory": memory,
    "lab": lab,
    "centre": centre,
    "transshipment": transshipment,
    "closed": closed,
}
ICONS: dict[str, Callable[[Drawing], None]] = {
    "check": check,
    "cross": cross,
    "alarm": alarm,
    "right": right,
    "left": left,
    "up": up,
    "down": down,
    "plus": plus,
    "minus": minus,
    "glass": glass,
    "hourglass": hourglass,
}
SITE_RADIUS, KEY_SITE_RADIUS = 7.4, 8.6


def icon(kind: str, radius: float, colour: Colour) -> pygame.Surface:
    """An icon or the sign of a site, its middle in the middle of the surface."""
    drawing = Drawing(radius, colour)
    (ICONS.get(kind) or SITES[kind])(drawing)
    return drawing.sheet.small()


def site(kind: str, radius: float, colour: Colour, ground: Colour, sign: Colour | None = None) -> pygame.Surface:
    """A site: its sign in a ring, on its own dark ground."""
    back = Drawing(radius, ground, reach=1.3)
    back.disc(0, 0, 1.22)
    surface = back.sheet.small()
    front = Drawing(radius, colour, reach=1.3)
    front.ring(1.0, max(1.2, radius * 0.055 + 0.85))
    surface.blit(front.sheet.small(), (0, 0))
    mark = Drawing(radius * 1.06, sign or colour, reach=1.3)
    SITES[kind](mark)
    surface.blit(mark.sheet.small(), (back.half - mark.half, back.half - mark.half))
    return surface


def mark(
    kind: str,
    radius: float,
    colour: Colour,
    angle: float = 0.0,
    shift: tuple[float, float] = (0.0, 0.0),
    ground: Colour | None = None,
) -> pygame.Surface:
    """A moving mark, turned by an angle in radians, its middle `shift` pixels off the middle of the surface."""
    size = {"disc": 1.0, "square": 0.9, "diamond": 1.3, "ring": 1.05, "chevron": 1.1}[kind]
    half = int(np.ceil(radius * 1.5)) + 2
    area = (-half, -half, 2 * half, 2 * half)
    sheet = Sheet(area, colour, FINE)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    reach = radius * size

    def placed(*points: tuple[float, float]) -> np.ndarray:
        return np.array(points) * reach @ turn + shift

    if kind == "disc":
        sheet.disc(shift, reach)
    elif kind == "square":
        sheet.polygon(placed((-1, -1), (1, -1), (1, 1), (-1, 1)))
    elif kind == "diamond":
        sheet.polygon(placed((-1, 0), (0, -1), (1, 0), (0, 1)))
    elif kind == "chevron":
        sheet.stroke(placed((-0.5, -0.9), (0.5, 0), (-0.5, 0.9)), max(1.2, radius * 0.42))
    else:
        back = Sheet(area, ground or colour, FINE)
        if ground:
            back.disc(shift, reach)
        sheet.ring(shift, reach * 0.86, max(1.1, radius * 0.36))
        surface = back.small()
        surface.blit(sheet.small(), (0, 0))
        return surface
    return sheet.small()
