"""The quarter that resolves on the map: lines grow from their sources, upstream first, then their ranges open.

Each flow is drawn once, beside the map, and shown in part: what lies between its start and where it has come to.
"""

from dataclasses import replace
from time import perf_counter

import pygame

from desktop import curves, shapes
from desktop.atlas import Laid, draw_figures
from desktop.flows import Flow, draw_flow, width
from desktop.motion import step_share
from desktop.numbers import short
from desktop.pen import Pen
from desktop.stacks import unit_of

STEP_OF = {
    "tools": "upstream",
    "licensed": "foundries",
    "domestic_us": "foundries",
    "domestic_cn": "foundries",
    "smuggled": "channels",
    "remote": "channels",
}
"""In which step flows of a channel grow."""
PIECES = 10
"""Steps in which figures and the race are drawn while the quarter resolves."""


class Strip:
    """A flow drawn by itself, and how much of it is shown."""

    def __init__(self, flow: Flow, size: tuple[int, int], unit: float) -> None:
        self.flow = flow
        self.box = flow_box(flow, unit).clip(pygame.Rect((0, 0), size))
        self.line = flow.trimmed(unit)
        bare = replace(flow, high=None, low=None)
        self.bare = self.drawn(bare, unit)
        self.whole = self.drawn(flow, unit) if flow.high is not None else self.bare

    def drawn(self, flow: Flow, unit: float) -> pygame.Surface:
        """The flow on a sheet of its own, of the size of its box."""
        shifted = replace(flow, path=flow.path - (self.box.left, self.box.top))
        sheet = pygame.Surface((max(1, self.box.width), max(1, self.box.height)), pygame.SRCALPHA)
        draw_flow(sheet, shifted, unit)
        return sheet

    def shown(self, share: float) -> pygame.Rect:
        """The part of the box where the line has come to, along the way in which it is longer."""
        if share >= 1:
            return self.box.copy()
        begin, end = self.line[0], self.line[-1]
        along = 0 if abs(end[0] - begin[0]) >= abs(end[1] - begin[1]) else 1
        tip = curves.at(self.line, curves.length(self.line) * share)[along]
        forward = end[along] >= begin[along]
        low, high = (self.box.topleft[along], tip) if forward else (tip, (self.box.right, self.box.bottom)[along])
        part = self.box.copy()
        if along == 0:
            part.left, part.width = round(low), max(0, round(high - low))
        else:
            part.top, part.height = round(low), max(0, round(high - low))
        return part.clip(self.box)

    def draw(self, surface: pygame.Surface, share: float, opened: float) -> None:
        """Draws so much of the line, its range opened so far."""
        if share <= 0:
            return
        part = self.shown(share)
        inside = part.move(-self.box.left, -self.box.top)
        if opened < 1 or self.whole is self.bare:
            surface.blit(self.bare, part, inside)
        if opened > 0 and self.whole is not self.bare:
            self.whole.set_alpha(round(255 * opened))
            surface.blit(self.whole, part, inside)


def flow_box(flow: Flow, unit: float) -> pygame.Rect:
    """The box that a flow's drawing fits into."""
    wide = max(width(flow.amount, unit), width(flow.high, unit) if flow.high else 0.0)
    return pygame.Rect(shapes.around(flow.path, wide + 22 * unit))


class Unfolding:
    """The strips of a map's flows, and how long they have unfolded (seconds); `worked` makes them bit by bit."""

    def __init__(self, laid: Laid, pen: Pen) -> None:
        area = pen.scale.map_area()
        self.laid = laid
        self.size = area.size
        self.unit = unit_of(pen)
        self.left = sorted(laid.flows, key=lambda flow: -flow.amount)
        self.strips: list[Strip] = []
        self.seconds = 0.0

    def worked(self, budget: float) -> bool:
        """Makes strips for about `budget` seconds; whether all are there."""
        until = perf_counter() + budget
        while self.left and perf_counter() < until:
            self.strips.append(Strip(self.left.pop(0), self.size, self.unit))
        return not self.left

    def share(self, channel: str, still: bool = False) -> float:
        """How far the flows of a channel have come."""
        return step_share(STEP_OF[channel], self.seconds, still)

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws every flow as far as it has come."""
        opened = step_share("ranges", self.seconds, pen.still)
        for strip in self.strips:
            self.draw_strip(surface, strip, opened, pen)

    def draw_strip(self, surface: pygame.Surface, strip: Strip, opened: float, pen: Pen) -> None:
        """Draws one flow; a way that a control closes is there from the start."""
        share = 1.0 if strip.flow.closed_at is not None else self.share(strip.flow.channel, pen.still)
        strip.draw(surface, share, opened)

    def draw_rings(self, surface: pygame.Surface, gates: frozenset[str], pen: Pen) -> None:
        """A ring that widens once at each way whose rule changed."""
        share = step_share("lock", self.seconds, pen.still)
        if share >= 1:
            return
        for flow in self.laid.flows:
            if flow.name.split(":")[0] in gates:
                where = flow.closed_at or 0.5
                x, y = curves.at(flow.path, curves.length(flow.path) * where)
                pen.ring(surface, (float(x), float(y)), round(10 + 14 * share), 1.5, "ivory")


def draw_counting(sheet: pygame.Surface, unfolding: Unfolding, pen: Pen) -> None:
    """Figures that count up as their flows grow; their ranges come when they open."""
    plan, opened_ = unfolding.laid, step_share("ranges", unfolding.seconds) > 0.5
    shares = {flow.name: round(unfolding.share(flow.channel) * PIECES) / PIECES for flow in plan.figures}
    shown = tuple(counted(flow, shares[flow.name], opened_) for flow in plan.figures if shares[flow.name] > 0)
    words = plan.words if unfolding.share("tools") > 0.5 else ()
    draw_figures(sheet, replace(plan, figures=shown, words=words), pen, frozenset(), 1.0)


def counted(flow: Flow, share: float, is_open: bool) -> Flow:
    """A figure on its way up."""
    text = short(flow.amount * share) if share < 1 else flow.figure
    return replace(flow, figure=text, range=flow.range if is_open else "")
