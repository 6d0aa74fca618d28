"""A Sankey: bands from left to right on one scale per unit; scrap leaves at full width and falls off the page."""

from dataclasses import dataclass

import numpy as np
import pygame

from desktop import curves, shapes
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix


@dataclass(frozen=True)
class Node:
    """A stage: its column, its quantity in the unit of that column, its name and figure, its colour.

    `scrap` is the part of the quantity that is lost here; `top` a place from 0 to 1, where not stacked by itself.
    """

    name: str
    column: int
    value: float
    label: str = ""
    figure: str = ""
    colour: str = "edge"
    scrap: float = 0.0
    scrap_text: tuple[str, str] = ("", "")
    top: float | None = None
    side: str = "right"
    """Where its name stands: right or left of it in two lines, inside its band where that is tall enough; in one line
    above it (from its left, or up to its right: above_end), below it, or beside it at its right."""


@dataclass(frozen=True)
class Link:
    """A band from one stage to another. `value` at its start, `end` at its end where the unit changes there."""

    source: str
    target: str
    value: float
    end: float | None = None
    colour: str = "edge"
    alpha: float = 0.5
    hatched: bool = False


@dataclass(frozen=True)
class Sankey:
    """Stages and bands; `unit_pixels` is how many pixels one stands for in each column, given or fitted to the box."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    columns: int
    per_column: tuple[float, ...] | None = None
    gap: float = 22.0


@dataclass(frozen=True)
class Placed:
    """Where stages and bands lie: boxes of nodes, and of each link the upper ends and the widths at both sides."""

    nodes: dict[str, pygame.FRect]
    links: tuple[tuple[Link, float, float, float, float], ...]
    scrap: dict[str, tuple[float, float]]
    per_column: tuple[float, ...]

    def drop(self, name: str) -> float:
        """By how many pixels the lower edge of what leaves a stage falls on its way; 0 where it rises."""
        leaving = [band for band in self.links if band[0].source == name]
        return max([0.0, *(end + narrow - start - wide for _, start, end, wide, narrow in leaving)])


def placed(sankey: Sankey, rect: pygame.Rect, unit: float = 1.0) -> Placed:
    """The layout in a box: columns at even distances, stages stacked in the order given, bands in the order given.

    A column begins level with the stage that its first one comes from, so that what goes straight on is drawn straight.
    """
    columns: list[list[Node]] = [[] for _ in range(sankey.columns)]
    for node in sankey.nodes:
        columns[node.column].append(node)
    gap, thick = sankey.gap * unit, 10 * unit
    if sankey.per_column is None:
        free = [rect.height - gap * max(0, len(nodes) - 1) for nodes in columns]
        totals = [sum(node.value for node in nodes) for nodes in columns]
        least = min((f / total for f, total in zip(free, totals, strict=True) if total > 0), default=1.0)
        per_column = tuple(least for _ in columns)
    else:
        per_column = sankey.per_column
    step = (rect.width - thick) / max(1, sankey.columns - 1)
    boxes: dict[str, pygame.FRect] = {}
    sources = {link.target: link.source for link in reversed(sankey.links)}
    for column, nodes in enumerate(columns):
        before = boxes.get(sources.get(nodes[0].name, "")) if nodes else None
        y = before.top if before else float(rect.top)
        for node in nodes:
            if node.top is not None:
                y = rect.top + node.top * rect.height
            tall = max(1.5, node.value * per_column[column])
            boxes[node.name] = pygame.FRect(rect.left + column * step, y, thick, tall)
            y += tall + gap
    return with_links(sankey, boxes, per_column)


def with_links(sankey: Sankey, boxes: dict[str, pygame.FRect], per_column: tuple[float, ...]) -> Placed:
    """The bands along the sides of their stages, and the scrap below what leaves each."""
    column = {node.name: node.column for node in sankey.nodes}
    out = {name: box.top for name, box in boxes.items()}
    into = dict(out)
    links = []
    for link in sankey.links:
        wide = link.value * per_column[column[link.source]]
        narrow = (link.value if link.end is None else link.end) * per_column[column[link.target]]
        links.append((link, out[link.source], into[link.target], wide, narrow))
        out[link.source] += wide
        into[link.target] += narrow
    scrap = {n.name: (out[n.name], n.scrap * per_column[n.column]) for n in sankey.nodes if n.scrap > 0}
    return Placed(boxes, tuple(links), scrap, per_column)


def draw_sankey(surface: pygame.Surface, rect: pygame.Rect, sankey: Sankey, pen: Pen) -> Placed:
    """Draws it and gives the layout, so that a screen knows what lies under the pointer."""
    layout = placed(sankey, rect, pen.scale.unit)
    for node in sankey.nodes:
        if node.name in layout.scrap:
            top, wide = layout.scrap[node.name]
            draw_scrap(surface, rect, layout.nodes[node.name], top, wide, node, pen)
    for link, start, end, wide, narrow in layout.links:
        one, other = layout.nodes[link.source], layout.nodes[link.target]
        outline = band((one.right, start), (other.left, end), max(1.0, wide), max(1.0, narrow))
        shapes.polygon(surface, ink(link.colour), outline, 0.2 if link.hatched else link.alpha)
        if link.hatched:
            shapes.hatched(surface, ink(link.colour), outline, pen.scale.real(7), pen.scale.real(2), alpha=0.8)
    for node in sankey.nodes:
        box = layout.nodes[node.name]
        surface.fill(ink(node.colour), (round(box.x), round(box.y), round(box.w), max(2, round(box.h))))
        draw_name(surface, node, box, pen)
    for node in sankey.nodes:
        if node.name in layout.scrap:
            drop = layout.drop(node.name)
            draw_scrap_text(surface, rect, layout.nodes[node.name], *layout.scrap[node.name], node, pen, drop)
    return layout


def band(start: tuple[float, float], end: tuple[float, float], wide: float, narrow: float) -> np.ndarray:
    """The outline of a band whose upper corners are the two points."""
    (x, y), (right, low) = start, end
    bend = (right - x) * 0.5
    upper = curves.bezier([(x, y), (x + bend, y), (right - bend, low), (right, low)], 40)
    lower = curves.bezier(
        [(x, y + wide), (x + bend, y + wide), (right - bend, low + narrow), (right, low + narrow)], 40
    )
    return np.vstack([upper, lower[::-1]])


def draw_name(surface: pygame.Surface, node: Node, box: pygame.FRect, pen: Pen) -> None:
    """The name and figure of a stage: in two lines beside it or in its band, or in one line where `side` says."""
    if node.side not in ("right", "left"):
        draw_line(surface, node, box, pen)
        return
    right = node.side == "right"
    x = box.right + pen.px(10) if right else box.left - pen.px(10)
    align = "left" if right else "right"
    tall = (pen.line("label") if node.label else 0) + (pen.line("note_medium") if node.figure else 0)
    is_inside = box.height > tall + pen.px(8)
    halo, hue = (None, "t1") if is_inside else ("panel", "t2")
    y = box.top + pen.px(6) if is_inside else box.centery - tall / 2
    if node.label:
        pen.write(surface, node.label, (x, y), "site", "t1", align=align, halo=halo)
        y += pen.line("site")
    if node.figure:
        pen.write(surface, node.figure, (x, y), "note_medium", hue, align=align, halo=halo)


def draw_line(surface: pygame.Surface, node: Node, box: pygame.FRect, pen: Pen) -> None:
    """The name and figure of a stage in one line above it, below it or at its right."""
    is_above = node.side.startswith("above")
    role, hue = ("strong", node.colour) if is_above else ("site", "t1")
    pieces: list[tuple[str, str, Ink]] = [(node.label, role, hue), (node.figure, "note_medium", "t2")]
    pieces = [piece for piece in pieces if piece[0]]
    if not pieces:
        return
    tall = pen.line(role)
    places = {
        "above": (box.left, box.top - tall - pen.px(3)),
        "above_end": (box.right, box.top - tall - pen.px(3)),
        "below": (box.left, box.bottom + pen.px(2)),
        "beside": (box.right + pen.px(10), box.centery - tall / 2),
    }
    align = "right" if node.side == "above_end" else "left"
    pen.runs(surface, pieces, places[node.side], 8, align=align, halo="panel")


def draw_scrap(
    surface: pygame.Surface, rect: pygame.Rect, box: pygame.FRect, top: float, wide: float, node: Node, pen: Pen
) -> None:
    """Lost dies: a tiled band as wide as the loss that turns downwards and fades as it falls off the page."""
    depth = min(rect.bottom - top, wide + pen.scale.real(150))
    if wide < 2 or depth < 4:
        return
    size = (round(wide) + 2, round(depth))
    picture = pygame.Surface(size, pygame.SRCALPHA)
    hue = ink(node.colour)
    tile, luck = max(4, pen.px(6)), np.random.default_rng(11)
    for x in range(0, size[0], tile):
        for y in range(0, size[1], tile):
            inside = y >= wide or (x / wide) ** 2 + (1 - y / wide) ** 2 <= 1
            if inside:
                shade = mix(ink("panel"), hue, float(luck.uniform(0.25, 0.62)))
                picture.fill((*shade, 255), (x, y, tile - 1, tile - 1))
    shapes.faded(picture, "down", 1.0, 0.0)
    surface.blit(picture, (round(box.right), round(top)))


def draw_scrap_text(
    surface: pygame.Surface,
    rect: pygame.Rect,
    box: pygame.FRect,
    top: float,
    wide: float,
    node: Node,
    pen: Pen,
    drop: float = 0.0,
) -> None:
    """What is lost, beside the scrap or on it where that is wide; over all scrap, and under bands that fall by `drop`."""
    depth = min(rect.bottom - top, wide + pen.scale.real(150))
    size = (round(wide) + 2, round(depth))
    first, second = node.scrap_text
    if first and wide >= 2 and depth >= 4:
        at = (box.right + size[0] + pen.px(14), top + max(min(wide, depth) * 0.4, drop + pen.px(4) if drop else 0.0))
        if size[0] > pen.width(first, "control") + pen.px(40):
            at = (box.right + size[0] * 0.2, top + min(wide, depth) * 0.45)
        pen.write(surface, first, at, "control", "t1", halo="panel")
        pen.write(surface, second, (at[0], at[1] + pen.line("control")), "note", "t2", halo="panel")
