"""Anti-aliased shapes: drawn at four times their size on a sheet of one colour, reduced, laid on.

Four, not three: reducing by a power of two keeps every colour, by three it loses two levels of each.

The sheet begins as its colour at alpha 0, never as transparent black, so that edges keep the colour when it is reduced.
Lengths are pixels and may be fractions. `desktop.pen` keeps what is drawn often.
"""

import itertools
from collections.abc import Callable, Iterable
from math import ceil, floor

import numpy as np
import pygame

from desktop import curves
from desktop.curves import Path, Points
from desktop.theme import Colour

TIMES = 4
FINE = 8
"""For small signs, whose corners four times would blunt."""


WIDE_AREA = 80_000
"""Pixels from which faint fills and hatches are drawn less large, for time grows with the square."""


class Sheet:
    """A part of a surface, drawn large in one colour."""

    def __init__(self, area: tuple[float, float, float, float], colour: Colour, times: int = TIMES) -> None:
        left, top = floor(area[0]), floor(area[1])
        right, bottom = ceil(area[0] + area[2]), ceil(area[1] + area[3])
        self.rect = pygame.Rect(left, top, max(1, right - left), max(1, bottom - top))
        self.times = times
        self.colour = colour
        self.large = pygame.Surface((self.rect.width * times, self.rect.height * times), pygame.SRCALPHA)
        self.large.fill((*colour, 0))

    def points(self, points: Points) -> np.ndarray:
        """Points of the surface as points of the sheet."""
        moved = (curves.path(points) - (self.rect.left, self.rect.top)) * self.times
        return np.round(moved - 0.5).astype(int)

    def ink(self, alpha: float) -> tuple[int, int, int, int]:
        """The colour of the sheet, covering a share (0 to 1)."""
        return (*self.colour, round(255 * alpha))

    def polygon(self, points: Points, alpha: float = 1.0) -> "Sheet":
        """A filled outline."""
        placed = self.points(points)
        if len(placed) > 2:
            pygame.draw.polygon(self.large, self.ink(alpha), placed.tolist())
        return self

    def disc(self, centre: tuple[float, float], radius: float, alpha: float = 1.0) -> "Sheet":
        """A filled circle."""
        where = [(centre[0] - self.rect.left) * self.times, (centre[1] - self.rect.top) * self.times]
        pygame.draw.circle(self.large, self.ink(alpha), where, radius * self.times)
        return self

    def ring(self, centre: tuple[float, float], radius: float, width: float, alpha: float = 1.0) -> "Sheet":
        """A circle whose line has its middle on the radius."""
        where = [(centre[0] - self.rect.left) * self.times, (centre[1] - self.rect.top) * self.times]
        outer = (radius + width / 2) * self.times
        pygame.draw.circle(self.large, self.ink(alpha), where, outer, max(1, round(width * self.times)))
        return self

    def band(self, line: Path, width: float | np.ndarray, alpha: float = 1.0) -> "Sheet":
        """A smooth curve of a width."""
        return self.polygon(curves.ribbon(line, width), alpha) if len(line) > 1 else self

    def stroke(self, points: Points, width: float, alpha: float = 1.0, ends: bool = True) -> "Sheet":
        """A line with round corners, and round ends unless told otherwise."""
        line = curves.path(points)
        for start, end in itertools.pairwise(line):
            step = end - start
            size = float(np.hypot(*step))
            if size > 1e-6:
                across = np.array([step[1], -step[0]]) / size * width / 2
                self.polygon([start + across, end + across, end - across, start - across], alpha)
        for point in line if ends else line[1:-1]:
            self.disc((float(point[0]), float(point[1])), width / 2, alpha)
        return self

    def clear(self, points: Points) -> "Sheet":
        """Nothing, inside an outline."""
        return self.polygon(points, 0.0)

    def clear_outside(self, upper: Points, lower: Points) -> "Sheet":
        """Nothing but what lies between two lines that run from left to right."""
        box = self.rect
        for line, edge in ((curves.path(upper), box.top), (curves.path(lower), box.bottom)):
            ends = [(box.left, line[0][1]), *line, (box.right, line[-1][1])]
            self.clear([(box.left, edge), *ends, (box.right, edge)])
        for side, end in ((box.left, upper[0][0]), (box.right, upper[-1][0])):
            self.clear([(side, box.top), (end, box.top), (end, box.bottom), (side, box.bottom)])
        return self

    def hatch(self, gap: float, width: float, lean: float, alpha: float) -> "Sheet":
        """Slanted lines all over; `lean` is the run for one of rise, 0 level lines."""
        wide, tall = self.large.get_size()
        step, thick = max(2.0, gap * self.times), max(1, round(width * self.times))
        if lean == 0:
            lines = [((0.0, y), (float(wide), y)) for y in np.arange(0.0, tall, step)]
        else:
            run = tall * lean
            lines = [((x, float(tall)), (x + run, 0.0)) for x in np.arange(-abs(run), wide + abs(run), step)]
        for start, end in lines:
            pygame.draw.line(self.large, self.ink(alpha), start, end, thick)
        return self

    def small(self) -> pygame.Surface:
        """The sheet at its true size."""
        return pygame.transform.smoothscale(self.large, self.rect.size)

    def onto(self, surface: pygame.Surface, alpha: float = 1.0) -> pygame.Rect:
        """Lays the sheet on the surface, at a share of its strength."""
        reduced = self.small()
        if alpha < 1:
            reduced.set_alpha(round(255 * alpha))
        return surface.blit(reduced, self.rect)


def around(points: Points, room: float) -> tuple[float, float, float, float]:
    """The box of some points, with room on every side."""
    p = curves.path(points)
    low, high = p.min(axis=0) - room, p.max(axis=0) + room
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


def clipped(
    surface: pygame.Surface, area: tuple[float, float, float, float]
) -> tuple[float, float, float, float] | None:
    """The part of an area that lies on the surface, or None."""
    box = pygame.Rect(floor(area[0]), floor(area[1]), ceil(area[2]) + 2, ceil(area[3]) + 2).clip(surface.get_clip())
    return (box.x, box.y, box.width, box.height) if box.width and box.height else None


def drawn(
    surface: pygame.Surface,
    area: tuple[float, float, float, float],
    colour: Colour,
    draw: Callable[[Sheet], object],
    wide: int = TIMES,
) -> None:
    """Draws on a sheet that covers an area of the surface, and lays it on; a wide area is drawn `wide` times as large."""
    box = clipped(surface, area)
    if box:
        sheet = Sheet(box, colour, wide if box[2] * box[3] > WIDE_AREA else TIMES)
        draw(sheet)
        sheet.onto(surface)


def line(surface: pygame.Surface, colour: Colour, points: Points, width: float, alpha: float = 1.0) -> None:
    """A line through points, corners round."""
    drawn(surface, around(points, width + 1), colour, lambda sheet: sheet.stroke(points, width, alpha), wide=3)


def curve(surface: pygame.Surface, colour: Colour, path: Path, width: float, alpha: float = 1.0) -> None:
    """A smooth curve."""
    drawn(surface, around(path, width + 1), colour, lambda sheet: sheet.band(path, width, alpha))


def dashed(
    surface: pygame.Surface, colour: Colour, path: Path, width: float, on: float, off: float, alpha: float = 1.0
) -> None:
    """A dashed line."""

    def draw(sheet: Sheet) -> None:
        for piece in curves.dashes(path, on, off):
            sheet.stroke(piece, width, alpha, ends=False)

    drawn(surface, around(path, width + 1), colour, draw)


def dotted(surface: pygame.Surface, colour: Colour, path: Path, radius: float, gap: float, alpha: float = 1.0) -> None:
    """A dotted line."""

    def draw(sheet: Sheet) -> None:
        for x, y in curves.dots(path, gap):
            sheet.disc((x, y), radius, alpha)

    drawn(surface, around(path, radius + 1), colour, draw)


def polygon(surface: pygame.Surface, colour: Colour, points: Points, alpha: float = 1.0) -> None:
    """A filled outline."""
    drawn(surface, around(points, 1), colour, lambda sheet: sheet.polygon(points, alpha), wide=2)


def disc(
    surface: pygame.Surface, colour: Colour, centre: tuple[float, float], radius: float, alpha: float = 1.0
) -> None:
    """A filled circle."""
    drawn(surface, around([centre], radius + 1), colour, lambda sheet: sheet.disc(centre, radius, alpha))


def ring(surface: pygame.Surface, colour: Colour, centre: tuple[float, float], radius: float, width: float) -> None:
    """A circle."""
    drawn(surface, around([centre], radius + width + 1), colour, lambda sheet: sheet.ring(centre, radius, width))


def arrowhead(tip: tuple[float, float], way: tuple[float, float], size: float) -> np.ndarray:
    """The outline of an arrow's head: swept back, its tip at a point, pointing along `way`."""
    ahead = np.array(way, float) / max(1e-9, float(np.hypot(*way)))
    across = np.array([-ahead[1], ahead[0]])
    end = np.array(tip, float)
    return np.array(
        [
            end,
            end - ahead * size + across * size * 0.52,
            end - ahead * size * 0.72,
            end - ahead * size - across * size * 0.52,
        ]
    )


def hatched(
    surface: pygame.Surface,
    colour: Colour,
    outline: Points,
    gap: float = 5.0,
    width: float = 1.2,
    lean: float = 1.0,
    alpha: float = 1.0,
) -> None:
    """Slanted lines inside an outline; `lean` is the run for one of rise, negative the other way, 0 level lines."""

    def draw(sheet: Sheet) -> None:
        left, top, wide, tall = sheet.rect
        stripes = Sheet((left, top, wide, tall), colour, sheet.times)
        if lean == 0:
            for y in np.arange(top, top + tall, gap):
                stripes.stroke([(left, y), (left + wide, y)], width, alpha, ends=False)
        else:
            run = tall * lean
            for x in np.arange(left - abs(run), left + wide + abs(run), gap):
                stripes.stroke([(x, top + tall), (x + run, top)], width, alpha, ends=False)
        sheet.polygon(outline, 1.0)
        sheet.large.blit(stripes.large, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        sheet.large.fill((*colour, 0), special_flags=pygame.BLEND_RGBA_MAX)

    drawn(surface, around(outline, 1), colour, draw, wide=2)


def stippled(size: tuple[int, int], colour: Colour, seed: int = 7, most: float = 0.05) -> pygame.Surface:
    """A grain of dots that thickens from left to right, from none to a share `most` of the pixels."""
    luck = np.random.default_rng(seed)
    share = np.linspace(0, most, size[0])[:, None]
    strength = luck.uniform(60, 190, size)
    surface = pygame.Surface(size, pygame.SRCALPHA)
    surface.fill((*colour, 0))
    alpha = pygame.surfarray.pixels_alpha(surface)
    alpha[:] = np.where(luck.random(size) < share, strength, 0).astype(np.uint8)
    del alpha
    return surface


def faded(surface: pygame.Surface, way: str = "down", start: float = 1.0, end: float = 0.0) -> pygame.Surface:
    """The surface, its alpha running from a share to another, "down" or "right"."""
    wide, tall = surface.get_size()
    ramp = np.linspace(start, end, tall)[None, :] if way == "down" else np.linspace(start, end, wide)[:, None]
    alpha = pygame.surfarray.pixels_alpha(surface)
    alpha[:] = (alpha * ramp).astype(np.uint8)
    del alpha
    return surface


def each(sheet: Sheet, outlines: Iterable[Points], alpha: float = 1.0) -> None:
    """Several filled outlines."""
    for outline in outlines:
        sheet.polygon(outline, alpha)
