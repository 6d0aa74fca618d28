"""Stacks: installed compute on the map, as a column of blocks on each data centre."""

from collections.abc import Mapping
from math import ceil

import pygame

from desktop.currents import Five
from desktop.globe import VIEW_SIZE
from desktop.pen import Pen, ink
from desktop.sites import Site, radius_of
from desktop.theme import mix

TALLEST = 30
"""Blocks that the tallest column may have."""
SIZES = (1e5, 2e5, 5e5)
"""H100e that a block may stand for; then ten times these, and so on."""
PALE = 0.38


def unit_of(pen: Pen) -> float:
    """Pixels for one pixel of the drawings on the map itself: never more than the map grew, so that ribbons fit it."""
    return min(pen.scale.unit, pen.scale.map_area().width / VIEW_SIZE[0])


def block_of(installed: Mapping[str, Five]) -> float:
    """H100e that a block stands for: the least round number with which no column is too tall, the same for all sites."""
    most = max((five.high for five in installed.values()), default=0.0)
    sizes = (size * 10**power for power in range(12) for size in SIZES)
    return next(size for size in sizes if ceil(most / size) <= TALLEST)


def stack_steps(pen: Pen) -> tuple[int, int, int]:
    """Width and height of a block, and the step to the next one."""
    unit = unit_of(pen)
    wide, tall = max(5, round(9 * unit)), max(1, round(2 * unit))
    return wide, tall, tall + max(1, round(unit))


def stack_box(at: tuple[float, float], site: Site, five: Five, block: float, pen: Pen) -> pygame.Rect:
    """The box of the blocks that stand on a site."""
    wide, _, up = stack_steps(pen)
    tall = ceil(five.high / block) * up
    bottom = round(at[1] - pen.scale.real(radius_of(site) + 4))
    return pygame.Rect(round(at[0]) - wide // 2, bottom - tall, wide, tall)


def draw_stack(
    surface: pygame.Surface, at: tuple[float, float], site: Site, five: Five, block: float, pen: Pen
) -> None:
    """Blocks in a column: full up to what is sure, pale up to what may be there; dark behind, so that no flow shows through."""
    wide, tall, up = stack_steps(pen)
    box = stack_box(at, site, five, block, pen)
    sure = five.middle if five.is_known else max(0.0, five.low)
    hue, pale = ink(site.colour), mix(ink("ocean"), ink(site.colour), PALE)
    surface.fill(ink("ocean"), box.inflate(4, 2).move(0, -1))
    for n in range(ceil(five.high / block)):
        top = box.bottom - n * up - tall
        full = min(1.0, max(0.0, sure / block - n))
        most = min(1.0, five.high / block - n)
        if most > 0.05:
            surface.fill(pale, (box.left, top, max(1, round(wide * most)), tall))
        if full > 0.05:
            surface.fill(hue, (box.left, top, max(1, round(wide * full)), tall))
