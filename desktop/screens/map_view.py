"""The map as pictures: the empty map, flows, marks, and what lies over them; each drawn once and kept."""

from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any

import pygame

from desktop.atlas import Laid, draw_figures, draw_sites, laid
from desktop.board import Board
from desktop.chrome import draw_width_key
from desktop.flows import OUT_OF_FOCUS, FlowLayer, Sprites, draw_flow, line_width, mark_radius, strength
from desktop.globe import Globe, Land, MapPicture
from desktop.kit import Toggle
from desktop.numbers import short
from desktop.pen import Pen
from desktop.places import Places
from desktop.scale import Scale
from desktop.screens.map_words import map_finding, unit_words
from desktop.stacks import unit_of

SMALL = 0.75
"""Of the interface's scale: where the map is scaled less than this, its finding is short."""
KEY_WIDE = 250
"""Pixels that the key of widths takes."""


class MapView:
    """Pictures of boards on the map of a window. `pills` are the boxes of the filter, which labels keep off."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.base: pygame.Surface | None = None
        self.empty: MapPicture | None = None
        self.layer: FlowLayer | None = None
        self.layer_key: Any = None
        self.laid: Laid | None = None
        self.laid_key: Any = None
        self.sprites = Sprites()
        self.making: Iterator[None] | None = None
        self.making_key: Any = None
        self.made: tuple[Board, Scale, frozenset[str]] | None = None
        """The board whose pictures are all there, for which window, and the channels in focus."""
        self.half: pygame.Surface | None = None
        """The map with the flows that are painted so far."""
        self.pills: Mapping[str, pygame.Rect] = {}
        self.called = ""

    # The empty map

    def ground(self, pen: Pen) -> pygame.Surface | None:
        """The empty map, once it is built; held here too, as the pen lets go of what was not used for long."""
        size = pen.scale.map_area().size
        if self.base is None or self.base.get_size() != size:
            self.base = pen.pictures.get(("map", size))
        return self.base

    def bare(self, pen: Pen) -> pygame.Surface:
        """A sheet with the empty map, to be painted on."""
        ground = self.ground(pen)
        assert ground is not None  # asked for only once it is built
        return ground.copy()

    def worked(self, land: Land, pen: Pen, budget: float) -> None:
        """Builds on at the empty map for about `budget` seconds."""
        area = pen.scale.map_area()
        if self.empty is None or (self.empty.globe.width, self.empty.globe.height) != area.size:
            self.empty = MapPicture(Globe(area.width, area.height), land, pen.scale.unit)
        if self.empty.worked(budget):
            picture = self.empty.built().convert()
            self.base = pen.kept(("map", area.size), lambda: picture)
            self.empty = None

    # A board on it

    def plan(self, board: Board, pen: Pen) -> Laid:
        """The board laid on the map of this window."""
        key = (board, pen.scale)
        if self.laid is None or self.laid_key != key:
            taken = (self.title_box(board, pen), self.foot_box(pen))
            self.laid, self.laid_key = laid(board, self.places, pen, taken), key
        return self.laid

    def prepared(self, board: Board, pen: Pen, focus: frozenset[str], budget: float) -> bool:
        """Works on at the pictures of a board for about `budget` seconds, a piece at least; whether all are there."""
        key = board, pen.scale, focus
        if self.made == key:
            return True
        if self.making is None or self.making_key != key:
            self.making, self.making_key = self.steps(board, pen, focus), key
        until = perf_counter() + budget
        while True:
            if next(self.making, "done") == "done":
                self.made, self.making, self.half = key, None, None
                return True
            if perf_counter() >= until:
                return False

    def focus_made(self, board: Board, pen: Pen) -> frozenset[str] | None:
        """The channels in focus of the pictures of a board that are there; None where there are none."""
        is_there = self.made is not None and self.made[:2] == (board, pen.scale)
        return self.made[2] if self.made is not None and is_there else None

    def steps(self, board: Board, pen: Pen, focus: frozenset[str]) -> Iterator[None]:
        """Makes the pictures of a board, one small piece at a time."""
        plan, unit = self.plan(board, pen), unit_of(pen)
        yield
        sheet = self.half = self.bare(pen)
        for flow in sorted(plan.flows, key=lambda flow: -flow.amount):
            draw_flow(sheet, flow, unit, strength(flow.channel, focus))
            yield
            self.sprites.of(
                flow.channel, mark_radius(flow.channel, line_width(flow, unit), unit), strength(flow.channel, focus)
            )
            yield
        pen.kept(self.key("flows", board, pen, focus), lambda: sheet)
        self.flow_layer(board, pen, focus)
        yield
        self.over(board, pen, focus)

    def flow_layer(self, board: Board, pen: Pen, focus: frozenset[str]) -> FlowLayer:
        """The flows with their marks."""
        plan = self.plan(board, pen)
        key = (board, focus, pen.scale)
        if self.layer is None or self.layer_key != key:
            self.layer = FlowLayer(plan.flows, unit_of(pen), focus, self.sprites)
            self.layer_key = key
        return self.layer

    def picture(self, board: Board, pen: Pen, focus: frozenset[str]) -> pygame.Surface:
        """The map with its flows."""

        def make() -> pygame.Surface:
            sheet = self.bare(pen)
            self.flow_layer(board, pen, focus).paint(sheet)
            return sheet

        return pen.kept(self.key("flows", board, pen, focus), make)

    def over(self, board: Board, pen: Pen, focus: frozenset[str], with_figures: bool = True) -> pygame.Surface:
        """What lies over the marks: sites with their stacks, figures, the finding."""

        def make() -> pygame.Surface:
            sheet = pygame.Surface(pen.scale.map_area().size, pygame.SRCALPHA)
            plan = self.plan(board, pen)
            draw_sites(sheet, plan, board, pen)
            if with_figures:
                draw_figures(sheet, plan, pen, focus, OUT_OF_FOCUS)
            self.draw_title(sheet, board, pen)
            self.draw_caption(sheet, plan.block, pen)
            return sheet

        return pen.kept((*self.key("over", board, pen, focus), with_figures), make)

    @staticmethod
    def key(name: str, board: Board, pen: Pen, focus: frozenset[str]) -> tuple[Any, ...]:
        """All that a picture of a board depends on."""
        return "map", name, board, focus, pen.scale

    # Words on it

    def title_lines(self, board: Board, pen: Pen) -> list[tuple[str, str, str]]:
        """The lines of the finding and of its unit, each with its role and colour; a small map has a small finding alone."""
        finding, unit = map_finding(board, self.called, pen.words), unit_words(board, self.called, pen.words)
        most, small = title_width(pen), unit_of(pen) < SMALL * pen.scale.unit
        role = "section" if small else "map_finding"
        found = [(line, role, "t1") for line in pen.lines(finding, most, role, 3)]
        return found if small else [*found, *((line, "note", "t2") for line in pen.lines(unit, most, "note", 3))]

    def title_box(self, board: Board, pen: Pen) -> pygame.Rect:
        """The box of the finding and its unit, in the map's area."""
        lines = self.title_lines(board, pen)
        wide = max(pen.width(line, role) for line, role, _ in lines)
        tall = sum(pen.line(role) for _, role, _ in lines) + pen.px(4)
        return pygame.Rect(pen.px(24), pen.px(16), wide, tall)

    def draw_title(self, surface: pygame.Surface, board: Board, pen: Pen) -> None:
        """The finding, and its unit a little below it."""
        x, y = self.title_box(board, pen).topleft
        before = ""
        for line, role, colour in self.title_lines(board, pen):
            y += pen.px(4) if before not in ("", role) else 0
            y, before = pen.write(surface, line, (x, y), role, colour, halo="ocean").bottom, role

    def foot_box(self, pen: Pen) -> pygame.Rect:
        """The strip at the foot of the map that the filter and the caption take."""
        area = pen.scale.map_area()
        top = min((rect.top for rect in self.pills.values()), default=area.bottom) - area.top - pen.px(6)
        if not pen.scale.compact:
            top -= pen.line("axis") + pen.px(4)
        return pygame.Rect(0, top, area.width, area.height - top)

    def draw_caption(self, surface: pygame.Surface, block: float, pen: Pen) -> None:
        """What the map distorts, and what blocks and widths mean; the compact layout says what a block is, and no more."""
        if not self.pills:
            return
        foot, area = self.foot_box(pen), pen.scale.map_area()
        if pen.scale.compact:
            self.draw_block_key(surface, block, pen)
            return
        at = (pen.px(24), foot.top + pen.px(4))
        text = pen.words("board.caption", block=short(block))
        pen.write(surface, text, at, "axis", "t3", most=area.width - pen.px(48), halo="ocean")
        left = max(box.right for box in self.pills.values()) + pen.px(20)
        mark, middle = pen.words("map.mark"), next(iter(self.pills.values())).centery - area.top
        right = area.width - pen.px(18)
        if left + pen.px(KEY_WIDE) < right - pen.width(mark, "note") - pen.px(12):
            draw_width_key(surface, (left, middle), pen)
            top = middle - pen.line("note") // 2
            pen.write(surface, mark, (right, top), "note", "t2", align="right", halo="ocean")

    def draw_block_key(self, surface: pygame.Surface, block: float, pen: Pen) -> None:
        """What a block stands for, at the right of the filter, where there is room."""
        area, text = pen.scale.map_area(), pen.words("board.block", block=short(block))
        last = max(self.pills.values(), key=lambda box: (box.top, box.right))
        right = area.width - pen.px(18)
        if last.right - area.left + pen.px(10) < right - pen.width(text, "note"):
            top = last.centery - area.top - pen.line("note") // 2
            pen.write(surface, text, (right, top), "note", "t2", align="right", halo="ocean")


def title_width(pen: Pen) -> int:
    """How wide the finding of the map may be."""
    return min(pen.px(372), round(pen.scale.map_area().width * 0.4))


def pill_boxes(pills: Sequence[Toggle], pen: Pen) -> dict[str, pygame.Rect]:
    """The filter's pills in rows along the foot of the map."""
    area, gap = pen.scale.map_area(), pen.px(8)
    rows: list[list[tuple[str, int, int]]] = [[]]
    used = 0
    for pill in pills:
        wide, tall = pill.least(pen)
        if used and used + wide > area.width - pen.px(36):
            rows.append([])
            used = 0
        rows[-1].append((pill.name, wide, tall))
        used += wide + gap
    found = {}
    for n, row in enumerate(reversed(rows)):
        left = area.left + pen.px(24)
        for name, wide, tall in row:
            top = area.bottom - pen.px(10) - tall - n * (tall + pen.px(6))
            found[name] = pygame.Rect(left, top, wide, tall)
            left += wide + gap
    return found
