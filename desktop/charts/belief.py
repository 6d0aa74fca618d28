"""A blended belief as twenty dots, each one chance in twenty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pygame

from desktop.charts.axis import Axis
from desktop.pen import Pen

DOTS = 20


@dataclass(frozen=True)
class Belief:
    """The values of the twenty dots, in order: the middles of twenty equal chances."""

    dots: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.dots) != DOTS:
            raise ValueError(f"a belief is {DOTS} dots, and {len(self.dots)} were given")

    @classmethod
    def of(cls, values: Sequence[float] | np.ndarray, weights: Sequence[float] | np.ndarray | None = None) -> "Belief":
        """Twenty dots for many values, each with a weight where given."""
        order = np.argsort(values)
        sorted_ = np.asarray(values, float)[order]
        share = np.ones(len(sorted_)) if weights is None else np.asarray(weights, float)[order]
        upto = (np.cumsum(share) - share / 2) / share.sum()
        return cls(tuple(float(v) for v in np.interp((np.arange(DOTS) + 0.5) / DOTS, upto, sorted_)))


def stacks(belief: Belief, axis: Axis, size: float) -> list[tuple[float, int]]:
    """For each dot the pixel along the axis where its heap stands, and its place in the heap, from 0."""
    counts: dict[int, int] = {}
    placed = []
    for value in belief.dots:
        heap = round((axis.held(value) - axis.start) / size)
        placed.append((axis.start + heap * size, counts.get(heap, 0)))
        counts[heap] = counts.get(heap, 0) + 1
    return placed


def roomiest(belief: Belief, axis: Axis, room: float, unit: float) -> tuple[list[tuple[float, int]], float]:
    """The heaps that leave most room for each dot in so many pixels across, and that room: 20 down to 6 pixels."""
    found = []
    for size in range(20, 5, -1):
        tall = size * unit
        heaps = stacks(belief, axis, -tall if axis.end < axis.start else tall)
        most = max(place for _, place in heaps) + 1
        found.append((min(tall, room / most), heaps))
    wide, heaps = max(found, key=lambda one: one[0])
    return heaps, wide


def draw_belief(
    surface: pygame.Surface,
    rect: pygame.Rect,
    belief: Belief,
    axis: Axis,
    pen: Pen,
    colour: str = "ivory",
    caption: bool = True,
) -> None:
    """Dots heaped rightwards from the left edge of a box, on an upright axis; those at the ends are dimmer."""
    room = rect.width - pen.px(12)
    heaps, wide = roomiest(belief, axis, room, pen.scale.real(1))
    pen.upright(surface, rect.left, rect.top, rect.height, "edge")
    ends = (min(y for y, _ in heaps), max(y for y, _ in heaps))
    for y, place in heaps:
        at = (rect.left + pen.px(14) + place * wide, y)
        pen.disc(surface, at, min(8.2, wide / pen.scale.unit / 2 - 0.6), colour, alpha=0.55 if y in ends else 0.95)
    if caption:
        text = pen.words("kit.each_dot")
        pen.write(surface, text, (rect.left, rect.bottom + pen.px(5)), "axis", "t3", most=rect.width + pen.px(40))
