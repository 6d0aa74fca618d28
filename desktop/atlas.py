"""Atlas: a board laid on the map of a window - paths of flows, blocks of installed compute, labels that never overlap."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pygame

from desktop import curves
from desktop.board import Board, Figure, Gate
from desktop.currents import Five, Route
from desktop.flows import Flow, draw_figure, width
from desktop.globe import Globe
from desktop.labels import Wish, placed
from desktop.numbers import short, span
from desktop.pen import Pen
from desktop.places import Course, Places
from desktop.sites import Site, draw_site, radius_of
from desktop.stacks import block_of, draw_stack, stack_box, unit_of

DRAWN = {"proxy": "smuggled", "export_cn": "domestic_cn"}
"""How a channel is drawn that has no line of its own."""
SIDES = ("right", "left", "above", "below")
NEAR = 25
"""How many of the places of a figure, which go round in squares, are close by: two squares."""
WIDE = 5.0
"""Pixels from which a flow is a ribbon that labels keep off."""
TOLD_FROM = 0.5
"""Share of goods denied from which a way has words."""
LEAST = 0.5
"""H100e below which a flow is nothing."""
SLIGHT = 100.0
"""H100e below which a flow that may as well be nothing has no figure."""


def drawn_as(channel: str) -> str:
    """The channel of the visual language that a channel is drawn as."""
    return DRAWN.get(channel, channel)


@dataclass(frozen=True, eq=False)
class Laid:
    """A board on a map of a size: everything in pixels of the map's area."""

    globe: Globe
    at: Mapping[str, tuple[float, float]]
    flows: tuple[Flow, ...]
    """Flows of compute by their routes, and ways of tools and memory."""
    sites: tuple[Site, ...]
    """Sites with the labels that have room; one without room has none."""
    figures: tuple[Flow, ...]
    """The figures beside flows that have room."""
    words: tuple[Flow, ...]
    """The words at closed ways that have room."""
    boxes: Mapping[str, pygame.Rect]
    """The boxes of all labels: figures and words by name, sites after `site:`."""
    block: float
    """H100e that one block of installed compute stands for."""

    @property
    def compute(self) -> tuple[Flow, ...]:
        """Flows that are counted in compute."""
        return tuple(flow for flow in self.flows if flow.channel != "tools")

    def figure_boxes(self) -> dict[str, pygame.Rect]:
        """The boxes of the figures beside flows."""
        return {flow.name: self.boxes[flow.name] for flow in self.figures}


def laid(board: Board, places: Places, pen: Pen, taken: tuple[pygame.Rect, ...] = ()) -> Laid:
    """A board on the map of a pen's window; `taken` are boxes that labels keep off."""
    area = pen.scale.map_area()
    globe = Globe(area.width, area.height)
    at = {name: globe.place(site.longitude, site.latitude) for name, site in places.sites.items()}
    unit = unit_of(pen)
    flows = (*flows_of(board, places, at, unit), *lanes_of(board.gates, at))
    held = [*taken, *(ring_box(places.sites[name], point, pen) for name, point in at.items())]
    installed = board.known.installed
    block = block_of(installed)
    held += [stack_box(at[name], places.sites[name], five, block, pen) for name, five in installed.items()]
    held += [gate_box(flow, unit) for flow in flows if flow.closed_at is not None]
    figures = figures_of(board, places, globe, {flow.name: flow for flow in flows}, pen)
    words = gate_words(board.gates, globe, pen)
    used = {name for flow in flows for name in ends_of(flow)} | set(board.known.installed)
    sites = [site for site in places.sites.values() if site.kind != "centre" or site.name in used]
    wishes = [
        *figure_wishes(figures, pen),
        *site_wishes([site for site in sites if site.key], at, pen),
        *site_wishes([site for site in sites if not site.key], at, pen),
        *figure_wishes(words, pen),
    ]
    room = pygame.Rect(0, 0, area.width, area.height).inflate(-8, -8)
    found = placed(wishes, held, room, ribbons(flows, unit))
    shown = tuple(moved_site(site, found.get(f"site:{site.name}")) for site in sites)
    kept = tuple(moved_figure(flow, found[flow.name][1]) for flow in figures if flow.name in found)
    said = tuple(moved_figure(flow, found[flow.name][1]) for flow in words if flow.name in found)
    boxes = {name: box for name, (_, box) in found.items()}
    return Laid(globe, at, flows, shown, kept, said, boxes, block)


# Flows


def ribbons(flows: Sequence[Flow], unit: float) -> list[pygame.Rect]:
    """Boxes along flows that are wide, for labels to keep off."""
    found = []
    for flow in flows:
        wide = width(flow.amount, unit)
        if flow.channel == "tools" or wide < WIDE * unit:
            continue
        for x, y in curves.dots(flow.path, max(4.0, wide / 2)):
            found.append(pygame.Rect(round(x - wide / 2), round(y - wide / 2), round(wide), round(wide)))
    return found


def route_name(route: Route) -> str:
    """A route as the name of its flow."""
    return f"{route.channel}:{route.start}:{route.end}"


def ends_of(flow: Flow) -> tuple[str, ...]:
    """The sites at the ends of a flow."""
    return tuple(flow.name.split(":")[1:])


def flows_of(board: Board, places: Places, at: Mapping[str, tuple[float, float]], unit: float) -> list[Flow]:
    """The flows of a board: the median, and the high value where it is an estimate."""
    shown = [one for one in board.known.currents if one.amount.high > LEAST]
    lanes = lane_offsets({one.route: one.amount.middle for one in shown}, places, unit)
    found = []
    for one in shown:
        route, five = one.route, one.amount
        course = places.course(route.channel, route.start, route.end)
        path = path_of(route, course, lanes.get(route, 0.0), at, unit)
        known = five.is_known
        low, high = (None, None) if known else (five.low, five.high)
        found.append(Flow(route_name(route), drawn_as(route.channel), path, five.middle, low, high, gap=(14, 12)))
    return found


def lane_offsets(amounts: Mapping[Route, float], places: Places, unit: float) -> dict[Route, float]:
    """How far beside the middle each of the flows runs that pass one site together, so that their ribbons lie side by side."""
    bundles: dict[tuple[str, str], list[tuple[float, Route]]] = {}
    for route in amounts:
        course = places.course(route.channel, route.start, route.end)
        if course.via:
            bundles.setdefault((route.start, course.via), []).append((course.lane, route))
    found = {}
    for bundle in bundles.values():
        wide = [
            (route, width(amounts[route], unit) + 2 * unit) for _, route in sorted(bundle, key=lambda pair: pair[0])
        ]
        place = -sum(one for _, one in wide) / 2
        for route, one in wide:
            found[route] = place + one / 2
            place += one
    return found


def path_of(
    route: Route, course: Course, beside: float, at: Mapping[str, tuple[float, float]], unit: float
) -> curves.Path:
    """The path of a route: an arc, or past a site beside others."""
    start, end = at[route.start], at[route.end]
    if start == end:
        return curves.path([start, (start[0] + 1, start[1])])
    if not course.via:
        return curves.arc(start, end, course.bend)
    gate = at[course.via]
    first = (start[0] + 4 * unit, start[1] + beside)
    sea = (start[0] + (gate[0] - start[0]) * 0.3, start[1] + beside - 2 * unit)
    return curves.through([first, sea, (gate[0], gate[1] + beside), end], 40)


def lanes_of(gates: tuple[Gate, ...], at: Mapping[str, tuple[float, float]]) -> list[Flow]:
    """Ways of tools, memory and wafers, closed where a control closes them."""
    return [
        Flow(
            f"{gate.lane.name}:{gate.lane.start}:{gate.lane.end}",
            "tools",
            curves.arc(at[gate.lane.start], at[gate.lane.end], gate.lane.bend),
            closed_at=gate.lane.gate if gate.is_closed else None,
        )
        for gate in gates
    ]


# Figures and words


def figure_text(five: Five) -> tuple[str, str]:
    """A quantity and its range, as flows and rows write them."""
    low, high = short(max(0.0, five.low)), short(five.high)
    return short(five.middle), "" if five.is_known or low == high else span(max(0.0, five.low), five.high)


def figures_of(board: Board, places: Places, globe: Globe, flows: Mapping[str, Flow], pen: Pen) -> list[Flow]:
    """The figures beside flows, the largest first."""
    found = []
    for figure in sorted(board.known.figures, key=lambda one: -one.amount.middle):
        if is_slight(figure.amount):
            continue
        text, band = figure_text(figure.amount)
        label = figure_name(figure.spot.name, pen)
        point, align = anchor_of(figure, globe, flows)
        found.append(
            Flow(
                figure.spot.name,
                drawn_as(figure.spot.channel),
                np.zeros((2, 2)),
                figure.amount.middle,
                figure=text,
                range=band,
                label=label,
                at=point,
                align=align,
                large=figure.spot.large,
            )
        )
    return found


def changed_figures(board: Board, before: Board | None) -> set[str]:
    """The figures beside flows that are written otherwise than a quarter before; all where that is not known."""
    was = {} if before is None else {one.spot.name: figure_text(one.amount) for one in before.known.figures}
    return {one.spot.name for one in board.known.figures if figure_text(one.amount) != was.get(one.spot.name)}


def is_slight(five: Five) -> bool:
    """Whether a flow is likely next to nothing, so that its figure would only take room."""
    return five.high < LEAST or (five.middle < SLIGHT and five.low < LEAST)


def figure_name(name: str, pen: Pen) -> str:
    """What the flows of a figure are called; shorter in the compact layout."""
    short_name = f"board.figure_short.{name}"
    return pen.words(short_name if pen.scale.compact and short_name in pen.words else f"board.figure.{name}")


def anchor_of(figure: Figure, globe: Globe, flows: Mapping[str, Flow]) -> tuple[tuple[float, float], str]:
    """Where a figure stands: by hand, else by the middle of its largest flow."""
    if figure.spot.at is not None:
        return globe.on_map(*figure.spot.at), figure.spot.align
    mine = [flows[route_name(route)] for route in figure.routes if route_name(route) in flows]
    largest = max(mine, key=lambda flow: flow.amount, default=None)
    if largest is None:
        return (globe.width / 2, globe.height / 2), "left"
    x, y = curves.at(largest.path, curves.length(largest.path) / 2)
    return (float(x) + 10, float(y) + 10), "left"


def gate_words(gates: tuple[Gate, ...], globe: Globe, pen: Pen) -> list[Flow]:
    """What is said at ways that a control closes, or closes in part."""
    found = []
    for gate in gates:
        lane = gate.lane
        if lane.at is None or lane.rule is None or gate.denied < TOLD_FROM:
            continue
        percent = round(100 * gate.denied)
        words = "board.lane" if gate.is_closed else "board.lane_open"
        label = pen.words(f"{words}.{lane.name}", percent=percent)
        point = globe.on_map(*lane.at)
        found.append(Flow(lane.name, "tools", np.zeros((2, 2)), label=label, at=point, align=lane.align))
    return found


def gate_box(flow: Flow, unit: float) -> pygame.Rect:
    """The box of the ring at which a control closes a way."""
    line = flow.trimmed(unit)
    x, y = curves.at(line, curves.length(line) * (flow.closed_at or 0.5))
    reach = round(8 * unit)
    return pygame.Rect(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)


# Labels


def figure_size(flow: Flow, pen: Pen) -> tuple[int, int]:
    """Width and height of a figure with its range and name."""
    role = "flow_figure_large" if flow.large else "flow_figure"
    first = pen.width(flow.figure, role) + (pen.px(5) + pen.width(flow.range, "label") if flow.range else 0)
    wide = max(first if flow.figure else 0, pen.width(flow.label, "label") if flow.label else 0)
    tall = (pen.line(role) if flow.figure else 0) + (pen.line("label") if flow.label else 0)
    return wide + 2, tall


def figure_wishes(flows: list[Flow], pen: Pen) -> Iterator[Wish]:
    """Where figures may stand: where a hand placed them, else round about."""
    for flow in flows:
        assert flow.at is not None
        wide, tall = figure_size(flow, pen)
        left = flow.at[0] - {"left": 0.0, "centre": wide / 2, "right": float(wide)}[flow.align]
        first = pygame.Rect(round(left), round(flow.at[1]), wide, tall)
        reach = 1 if not flow.figure else 3
        steps = [
            (dx * (wide // 3), dy * (tall // 2))
            for far in range(reach + 1)
            for dx in range(-far, far + 1)
            for dy in range(-far, far + 1)
            if max(abs(dx), abs(dy)) == far
        ]
        yield Wish(flow.name, tuple(first.move(*step) for step in steps), NEAR)


def moved_figure(flow: Flow, box: pygame.Rect) -> Flow:
    """A figure at the box that was free."""
    x = {"left": box.left + 1, "centre": box.centerx, "right": box.right - 1}[flow.align]
    return replace(flow, at=(x, box.top))


def ring_box(site: Site, at: tuple[float, float], pen: Pen) -> pygame.Rect:
    """The box of a site's ring."""
    reach = pen.scale.real(radius_of(site) + 1)
    return pygame.Rect(round(at[0] - reach), round(at[1] - reach), round(2 * reach), round(2 * reach))


def site_sides(site: Site) -> list[Site]:
    """A site with its label where a hand placed it, then on each side of its ring."""
    plain = [replace(site, anchor=side, offset=(0.0, 0.0)) for side in SIDES]
    slanted = [
        replace(site, anchor=side, offset=(0.0, dy)) for side in ("right", "left") for dy in (-10.0, 10.0, -18.0, 18.0)
    ]
    return [site, *plain, *slanted]


def site_box(site: Site, at: tuple[float, float], pen: Pen) -> pygame.Rect:
    """The box that a site's label takes at its anchor."""
    gap = pen.scale.real(radius_of(site) + 4)
    second = site.sub if not pen.scale.compact else ""
    wide = max(pen.width(site.label, "site"), pen.width(second, "note") if second else 0)
    line = pen.line("site")
    tall = line + (pen.line("note") if second else 0)
    dx, dy = pen.scale.real(site.offset[0]), pen.scale.real(site.offset[1])
    left, top = {
        "right": (at[0] + gap, at[1] - line / 2),
        "left": (at[0] - gap - wide, at[1] - line / 2),
        "above": (at[0] - wide / 2, at[1] - gap - tall),
        "below": (at[0] - wide / 2, at[1] + gap),
    }[site.anchor]
    return pygame.Rect(round(left + dx), round(top + dy), wide + 1, tall)


def site_wishes(sites: list[Site], at: Mapping[str, tuple[float, float]], pen: Pen) -> Iterator[Wish]:
    """Where labels of sites may stand."""
    for site in sites:
        boxes = tuple(site_box(one, at[site.name], pen) for one in site_sides(site))
        yield Wish(f"site:{site.name}", boxes)


def moved_site(site: Site, found: tuple[int, pygame.Rect] | None) -> Site:
    """A site with its label where there was room, or without."""
    return replace(site, label="", sub="") if found is None else site_sides(site)[found[0]]


# Drawing


def draw_sites(
    surface: pygame.Surface, laid: Laid, board: Board, pen: Pen, selected: str = "", focused: str = ""
) -> None:
    """Sites with what is installed there, their labels and the words at closed ways."""
    for site in laid.sites:
        if site.name in board.known.installed:
            draw_stack(surface, laid.at[site.name], site, board.known.installed[site.name], laid.block, pen)
    for site in laid.sites:
        draw_site(surface, site, laid.at[site.name], pen, hover=site.name == selected, focused=site.name == focused)


def draw_figures(surface: pygame.Surface, laid: Laid, pen: Pen, focus: frozenset[str], faded: float) -> None:
    """Figures beside flows and words at closed ways; those of channels out of focus fade."""
    for flow in (*laid.words, *laid.figures):
        draw_figure(surface, flow, pen, 1.0 if not focus or flow.channel in focus else faded)
