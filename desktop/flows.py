"""Flows on the map: their lines drawn once, their marks moved every frame.

Width is 0.7 times the square root of thousands of H100e, never under 1. Marks are linear: at any moment a line carries one
mark for each 5k, all at one speed, so that their density tells the quantity that width only hints at.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pygame

from desktop import curves, glyphs, shapes
from desktop.pen import Pen
from desktop.shapes import Sheet
from desktop.theme import CHANNELS, COLOURS, MARK_SPEED, MARKS

PER_MARK = 5_000.0
RIBBON_FROM = 7.0
OUT_OF_FOCUS = 0.2
PHASES = 3
"""Marks stand at thirds of a pixel, so that they glide."""
TURNS = {"disc": 1, "ring": 1, "square": 6, "diamond": 6, "chevron": 24}
"""In how many directions a mark is drawn; squares look the same after a quarter turn."""
UPSTREAM_GAP = 95.0
"""Pixels between the chevrons of tools and memory, which are not counted in H100e."""


@dataclass(frozen=True)
class Flow:
    """A flow along a path of points (n, 2) in pixels of the map.

    `amount` is in H100e (the median where it is an estimate, with `low` and `high`); tools and memory have none. `closed_at`
    is the share of the path at which a control closes it. `figure` and so on are its label; `at` is where that stands.
    """

    name: str
    channel: str
    path: np.ndarray
    amount: float = 0.0
    low: float | None = None
    high: float | None = None
    closed_at: float | None = None
    figure: str = ""
    range: str = ""
    label: str = ""
    at: tuple[float, float] | None = None
    align: str = "left"
    large: bool = False
    stretch: float = 1.0
    """Of how many times its own length the path is a piece, for keys and samples: it carries that much fewer marks."""
    gap: tuple[float, float] = (11.0, 12.0)
    """Pixels (at 1600 x 900) left free at the start and at the end, for the sites."""

    def trimmed(self, unit: float, share: float = 1.0) -> np.ndarray:
        """The path between the sites, or the first share of it."""
        total = curves.length(self.path)
        start, end = self.gap[0] * unit, total - self.gap[1] * unit
        if end - start < 4:
            start, end = 0.0, total
        line = curves.cut(self.path, start, start + (end - start) * max(0.02, share))
        return curves.resampled(line, 2.0)


def width(amount: float, unit: float = 1.0) -> float:
    """Width in pixels of a flow of so many H100e."""
    return max(1.0, 0.7 * float(np.sqrt(max(0.0, amount) / 1000))) * unit


def line_width(flow: Flow, unit: float) -> float:
    """Width in pixels of a flow's line; tools and memory have one width."""
    return 1.3 * unit if flow.channel == "tools" else width(flow.amount, unit)


def strength(channel: str, focus: frozenset[str]) -> float:
    """How strongly a channel is drawn where some channels are in focus."""
    return 1.0 if not focus or channel in focus else OUT_OF_FOCUS


def marks(amount: float) -> float:
    """How many marks a flow carries at any moment, on average."""
    return amount / PER_MARK


def draw_flow(surface: pygame.Surface, flow: Flow, unit: float = 1.0, alpha: float = 1.0, share: float = 1.0) -> None:
    """The line of a flow, without its marks; `share` of it while it grows, at a strength `alpha`."""
    line = flow.trimmed(unit, share)
    if flow.closed_at is not None:
        draw_closed(surface, flow, unit, alpha)
        return
    wide = line_width(flow, unit)
    tube = width(flow.high, unit) if flow.high is not None else wide
    box = shapes.clipped(surface, shapes.around(line, max(wide, tube) + 16 * unit))
    if box is None:
        return
    sheet = Sheet(box, COLOURS[CHANNELS[flow.channel][0]])
    head = head_size(wide, unit)
    body = curves.cut(line, 0, max(1.0, curves.length(line) - head * 0.7))
    if flow.high is not None and tube > wide + 0.5:
        draw_tube(sheet, body, tube, unit)
    if wide > RIBBON_FROM * unit:
        draw_ribbon(sheet, body, flow.channel, wide, unit)
    else:
        draw_body(sheet, body, flow.channel, wide, unit)
    sheet.polygon(shapes.arrowhead(tuple(line[-1]), tuple(line[-1] - line[max(0, len(line) - 5)]), head))
    sheet.onto(surface, alpha)


def head_size(wide: float, unit: float) -> float:
    """Length in pixels of the arrow's head of a flow of a width."""
    return min(17.0 * unit, max(8.0 * unit, wide * 0.62 + 5 * unit))


def draw_tube(sheet: Sheet, line: np.ndarray, wide: float, unit: float) -> None:
    """The range of an estimate round its line: its high value as a pale band with thin edges."""
    sheet.band(line, wide + 2 * unit, 0.22)
    for side in (1, -1):
        sheet.band(curves.beside(line, side * (wide / 2 + unit)), 0.8 * unit, 0.6)


def draw_ribbon(sheet: Sheet, line: np.ndarray, channel: str, wide: float, unit: float) -> None:
    """A wide flow: a pale band whose edges are the channel's own line."""
    sheet.band(line, wide, 0.26)
    for side in (1, -1):
        edge = curves.beside(line, side * (wide / 2 - 0.4 * unit))
        if channel == "smuggled":
            for piece in curves.dashes(edge, 7 * unit, 5 * unit):
                sheet.band(piece, 1.5 * unit)
        elif channel == "remote":
            for x, y in curves.dots(edge, 4.5 * unit):
                sheet.disc((x, y), 1.05 * unit)
        else:
            sheet.band(edge, 1.1 * unit, 0.85)


def draw_body(sheet: Sheet, line: np.ndarray, channel: str, wide: float, unit: float) -> None:
    """A flow that is one line: solid, dashed or dotted."""
    if channel == "smuggled":
        on, off = max(7 * unit, 1.5 * wide), max(5 * unit, 1.2 * wide)
        for piece in curves.dashes(line, on, off):
            sheet.band(piece, wide, 0.85)
    elif channel == "remote":
        gap = max(4.5 * unit, 2.6 * wide)
        for x, y in curves.dots(line, gap):
            sheet.disc((x, y), max(0.95 * unit, wide * 0.42), 0.9)
    else:
        sheet.band(line, wide, 0.75 if wide < 4 * unit else 0.62)


def draw_closed(surface: pygame.Surface, flow: Flow, unit: float, alpha: float) -> None:
    """A route that a control closes: short dashes, and a ring with a cross where it is closed."""
    line = flow.trimmed(unit)
    colour = COLOURS["up"]
    box = shapes.clipped(surface, shapes.around(line, 14 * unit))
    if box is None:
        return
    sheet = Sheet(box, colour)
    for piece in curves.dashes(line, 3 * unit, 4 * unit):
        sheet.band(piece, 1.3 * unit, 0.9)
    sheet.onto(surface, alpha)
    x, y = curves.at(line, curves.length(line) * (flow.closed_at or 0.5))
    gate = glyphs.site("closed", 6.6 * unit, COLOURS["ivory"], COLOURS["ink"])
    gate.set_alpha(round(255 * alpha))
    surface.blit(gate, (round(x - gate.get_width() / 2), round(y - gate.get_height() / 2)))


def draw_figure(surface: pygame.Surface, flow: Flow, pen: Pen, alpha: float = 1.0, halo: str = "ocean") -> pygame.Rect:
    """The figure of a flow with its range after it and its name under it."""
    if flow.at is None or not (flow.figure or flow.label):
        return pygame.Rect(0, 0, 0, 0)
    hue = CHANNELS[flow.channel][1]
    x, y = flow.at
    role = "flow_figure_large" if flow.large else "flow_figure"
    box = pygame.Rect(round(x), round(y), 0, 0)
    if flow.figure:
        size = pen.width(flow.figure, role)
        gap = pen.px(5) if flow.range else 0
        whole = size + gap + (pen.width(flow.range, "label") if flow.range else 0)
        left = x - {"left": 0, "centre": whole / 2, "right": whole}[flow.align]
        box = pen.write(surface, flow.figure, (left, y), role, hue, halo=halo, alpha=alpha)
        if flow.range:
            drop = box.top + pen.baseline(role) - pen.baseline("label")
            box = box.union(
                pen.write(surface, flow.range, (box.right + gap, drop), "label", hue, halo=halo, alpha=alpha)
            )
    if flow.label:
        below = box.bottom if flow.figure else y
        box = box.union(
            pen.write(surface, flow.label, (x, below), "label", hue, align=flow.align, halo=halo, alpha=alpha)
        )
    return box


class Sprites:
    """Pictures of marks: every turn of a mark at every phase, drawn once for all maps of a window."""

    def __init__(self) -> None:
        self.pictures: list[pygame.Surface] = []
        self.styles: dict[tuple[str, str, float, float], int] = {}

    def of(self, channel: str, radius: float, alpha: float) -> int:
        """Where the pictures of a channel's mark begin in the list."""
        key = MARKS[channel], channel, round(radius * 4) / 4, alpha
        if key not in self.styles:
            self.styles[key] = len(self.pictures)
            self.pictures += drawn_marks(*key)
        return self.styles[key]


def drawn_marks(kind: str, channel: str, radius: float, alpha: float) -> list[pygame.Surface]:
    """A mark in every turn at every phase."""
    colour, ground = COLOURS[CHANNELS[channel][0]], COLOURS["ocean"] if kind == "ring" else None
    found = []
    for turn in range(TURNS[kind]):
        angle = turn / TURNS[kind] * (2 * np.pi if kind == "chevron" else np.pi / 2)
        for place in range(PHASES * PHASES):
            shift = ((place // PHASES + 0.5) / PHASES - 0.5, (place % PHASES + 0.5) / PHASES - 0.5)
            found.append(glyphs.mark(kind, radius, colour, angle, shift, ground))
            found[-1].set_alpha(round(255 * alpha))
    return found


class FlowLayer:
    """The flows of a map: painted once, their marks moved. `focus` names the channels seen at full strength; none: all."""

    def __init__(
        self,
        flows: Iterable[Flow],
        unit: float = 1.0,
        focus: frozenset[str] = frozenset(),
        sprites: Sprites | None = None,
    ) -> None:
        self.flows = tuple(sorted(flows, key=lambda flow: -flow.amount))
        self.unit = unit
        self.focus = focus
        self.sprites = Sprites() if sprites is None else sprites
        self.make_marks()

    def strength(self, channel: str) -> float:
        """How strongly a channel is drawn."""
        return strength(channel, self.focus)

    def paint(self, surface: pygame.Surface) -> None:
        """Draws every line: large flows first, thin ones on top."""
        for flow in self.flows:
            draw_flow(surface, flow, self.unit, self.strength(flow.channel))

    def make_marks(self) -> None:
        """One row a mark: where it begins, how far it goes, on which table of places, with which sprite."""
        tables: list[np.ndarray] = []
        rows: list[np.ndarray] = []
        begin = 0
        owners: list[str] = []
        for flow in self.flows:
            row, table = self.marks_of(flow, begin)
            if row is not None and table is not None:
                rows.append(row)
                tables.append(table)
                begin += len(table)
                owners += [flow.name] * len(row)
        empty = np.zeros((0, 7))
        every = np.concatenate(rows) if rows else empty
        self.start: np.ndarray = every[:, 0]
        self.period: np.ndarray = every[:, 1]
        self.length: np.ndarray = every[:, 2]
        self.base: np.ndarray = every[:, 3]
        self.off: np.ndarray = every[:, 4]
        self.first: np.ndarray = every[:, 5]
        self.half: np.ndarray = every[:, 6]
        self.owner = np.array(owners, dtype=str)
        self.table = np.concatenate(tables) if tables else np.zeros((0, 5))

    def marks_of(self, flow: Flow, begin: int) -> tuple[np.ndarray | None, np.ndarray | None]:
        """The rows of a flow's marks, and its table: a point, the way across and the direction for each pixel."""
        if flow.closed_at is not None:
            return None, None
        wide = line_width(flow, self.unit)
        whole = flow.trimmed(self.unit)
        line = curves.resampled(curves.cut(whole, 0, max(2.0, curves.length(whole) - head_size(wide, self.unit) * 0.5)))
        total = float(len(line) - 1)
        count = marks(flow.amount / flow.stretch) if flow.channel != "tools" else total / (UPSTREAM_GAP * self.unit)
        if count <= 0 or total < 2:
            return None, None
        spacing = total / count
        rows = int(np.ceil(count - 1e-9))
        lanes = max(1, int(wide / (5.5 * self.unit))) if wide > RIBBON_FROM * self.unit else 1
        radius = mark_radius(flow.channel, wide, self.unit)
        kind = MARKS[flow.channel]
        turns = TURNS[kind]
        k = np.arange(rows)
        lane = np.argsort(np.argsort(np.arange(lanes) * 0.618034 % 1))[k % lanes]
        room = wide - 2 * radius - 2 * self.unit
        off = (lane - (lanes - 1) / 2) * (room / max(1, lanes - 1)) if lanes > 1 else np.zeros(rows)
        slope = np.gradient(line, axis=0)
        angle = np.arctan2(slope[:, 1], slope[:, 0]) / (2 * np.pi if kind == "chevron" else np.pi / 2)
        turn = np.round(angle % 1 * turns) % turns
        table = np.column_stack([line, curves.normals(line), turn])
        style = self.sprites.of(flow.channel, radius, self.strength(flow.channel))
        half = self.sprites.pictures[style].get_width() / 2
        same = [rows * spacing, total, begin, style, half]
        period, length, base, first, halves = (np.full(rows, float(value)) for value in same)
        return np.column_stack([(k + 0.5) * spacing, period, length, base, off, first, halves]), table

    def places(self, seconds: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where the marks are (x, y, in pixels) after a time, and which sprite each is; only those on their lines."""
        gone = (self.start + seconds * MARK_SPEED * self.unit) % np.maximum(self.period, 1e-9)
        seen = gone <= self.length
        where = self.table[(self.base[seen] + gone[seen]).astype(int)]
        x = where[:, 0] + where[:, 2] * self.off[seen] - self.half[seen]
        y = where[:, 1] + where[:, 3] * self.off[seen] - self.half[seen]
        left, top = np.floor(x), np.floor(y)
        phase = np.floor((x - left) * PHASES) * PHASES + np.floor((y - top) * PHASES)
        sprite = self.first[seen] + where[:, 4] * PHASES * PHASES + phase
        return left, top, sprite

    def count(self, name: str, seconds: float = 0.0) -> int:
        """How many marks a flow carries at a time."""
        gone = (self.start + seconds * MARK_SPEED * self.unit) % np.maximum(self.period, 1e-9)
        return int(((gone <= self.length) & (self.owner == name)).sum())

    def draw_marks(self, surface: pygame.Surface, seconds: float, origin: tuple[int, int] = (0, 0)) -> None:
        """Draws every mark where it is after a time; under reduced motion the time stays 0."""
        x, y, sprite = self.places(seconds)
        sprites = self.sprites.pictures
        places = zip((x + origin[0]).astype(int).tolist(), (y + origin[1]).astype(int).tolist(), strict=True)
        pairs = [(sprites[i], at) for i, at in zip(sprite.astype(int).tolist(), places, strict=True)]
        surface.fblits(pairs)


def mark_radius(channel: str, wide: float, unit: float) -> float:
    """Radius in pixels of the marks of a flow."""
    if channel == "tools":
        return 3.0 * unit
    if wide > RIBBON_FROM * unit:
        return 2.1 * unit
    return max(2.2 * unit, min(4.2 * unit, wide * 0.62 + 0.4 * unit)) * (1.15 if channel == "remote" else 1.0)


def grown(flow: Flow, share: float) -> Flow:
    """A flow whose figure has counted up to a share of its amount, for the resolving quarter."""
    return replace(flow, amount=flow.amount * share, high=None if flow.high is None else flow.high * share)
