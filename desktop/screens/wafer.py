"""The wafer of the title: a disc of dies, of which one in twenty works (facts CLAIM-004, YIELD-008)."""

import math

import pygame

from desktop.pen import Pen
from desktop.theme import COLOURS, Colour, mix

WORKING = 0.05
"""Share of the dies that work."""
COLUMNS = 40


def tint(x: float, y: float) -> Colour:
    """The colour of a dead die, as light falls on silicon: blue, violet, teal across the disc."""
    swing = min(1.0, max(0.0, 0.9 + 1.3 * x + 0.25 * y))
    base = mix(COLOURS["us"], mix(COLOURS["us"], COLOURS["smug2"], 0.62), swing)
    return mix(base, COLOURS["remote"], min(1.0, max(0.0, 2.2 * (x + 0.05) + 1.4 * y)))


def works(column: int, row: int) -> bool:
    """Whether a die is lit, the same in every window."""
    spread = math.sin(column * 12.9898 + row * 78.233) * 43758.5453
    return spread - math.floor(spread) < WORKING


def draw_wafer(size: tuple[int, int], pen: Pen) -> pygame.Surface:
    """The ground of the title screen."""
    wide, tall = size
    picture = pygame.Surface(size)
    picture.fill(COLOURS["ink"])
    radius = tall * 0.88
    centre = (max(wide * 0.365, pen.px(560)) + radius, tall * 0.5)
    across, down = 2 * radius / COLUMNS, 2 * radius / COLUMNS * 1.26
    pygame.draw.circle(picture, mix(COLOURS["ink"], COLOURS["edge"], 0.5), centre, radius * 1.035, 1)
    places = [(column, row) for row in range(-COLUMNS, COLUMNS) for column in range(-COLUMNS, COLUMNS)]
    for place in sorted(places, key=lambda at: works(*at)):
        die(picture, centre, radius, place, (across, down))
    fade(picture, pen)
    return picture


def die(
    picture: pygame.Surface,
    centre: tuple[float, float],
    radius: float,
    place: tuple[int, int],
    step: tuple[float, float],
) -> None:
    """One die, where it lies whole on the disc."""
    column, row = place
    left, top = centre[0] + column * step[0], centre[1] + row * step[1]
    corners = [(left + a * step[0], top + b * step[1]) for a in (0, 1) for b in (0, 1)]
    if any(math.dist(corner, centre) > radius for corner in corners):
        return
    box = pygame.Rect(round(left), round(top), round(step[0]) - 2, round(step[1]) - 2)
    if not box.colliderect(picture.get_rect()):
        return
    x, y = (box.centerx - centre[0]) / radius, (box.centery - centre[1]) / radius
    share = 0.46 * (1 - 0.7 * min(1.0, math.hypot(x + 0.3, 0.8 * y)))
    if not works(column, row):
        picture.fill(mix(COLOURS["ink"], tint(x, y), share), box)
        return
    gold, light = COLOURS["cn"], COLOURS["cn2"]
    for n in range(8, 0, -1):
        glow = pygame.Surface(box.inflate(3 * n, 3 * n).size)
        glow.fill(gold)
        glow.set_alpha(9)
        picture.blit(glow, box.inflate(3 * n, 3 * n))
    picture.fill(gold, box)
    inner = box.inflate(-max(4, box.width // 5), -max(4, box.height // 6))
    picture.fill(light, inner)
    for n in range(1, 4):
        picture.fill(gold, (inner.left, inner.top + n * inner.height // 4, inner.width, 1))
        picture.fill(gold, (inner.left + n * inner.width // 4, inner.top, 1, inner.height))
    picture.fill(
        mix(gold, COLOURS["ink"], 0.25), (inner.left, inner.centery - 1, inner.width, max(2, box.height // 14))
    )


def fade(picture: pygame.Surface, pen: Pen) -> None:
    """Darkness under the column of text, where it reaches over the disc."""
    left = pen.px(560)
    veil = pygame.Surface((max(1, pen.px(90)), 1), pygame.SRCALPHA)
    for x in range(veil.get_width()):
        veil.set_at((x, 0), (*COLOURS["ink"], round(255 * (1 - x / veil.get_width()))))
    picture.blit(pygame.transform.scale(veil, (veil.get_width(), picture.get_height())), (left, 0))
    picture.fill(COLOURS["ink"], (0, 0, left, picture.get_height()))
