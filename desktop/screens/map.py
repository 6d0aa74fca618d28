"""The map: who gets the compute, by which channel, what changed this quarter; who leads; what waits for the seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pygame

from desktop.atlas import draw_figures
from desktop.board import Board, board_of
from desktop.chrome import draw_feed
from desktop.flows import Flow
from desktop.globe import Globe
from desktop.kit import Action, Button, Control, Fact, Toggle, draw_changed, draw_progress, draw_tooltip
from desktop.motion import STEPS, step_share
from desktop.numbers import short
from desktop.pen import Pen
from desktop.places import read_places
from desktop.screen import STAY, Move, Push
from desktop.screens.figure import Figure
from desktop.screens.game import GameScreen, opened
from desktop.screens.map_panel import Panel, lead_finding
from desktop.screens.map_view import MapView, pill_boxes
from desktop.screens.map_words import verdict_of, waiting_of
from desktop.sites import hit_box
from desktop.table import Answer, Table
from desktop.telling_sites import flow_facts, site_facts, site_foot, site_title
from desktop.theme import CHANNELS, COLOURS, SECONDS
from desktop.unfolding import Unfolding

PATIENCE = 0.5
"""Seconds after which the map says that it works."""
BUDGET = 0.006
"""Seconds of a frame that go into drawing the map anew, bit by bit."""
PIECES = 10
"""Steps in which figures and the race are drawn while the quarter resolves."""
SITE = "site:"
FLOW = "flow:"
QUANTITIES = {
    "smuggled": "smuggled_h100e",
    "remote": "rented",
    "licensed_beijing": "licensed_h100e",
    "proxy": "proxy_dies",
    "domestic_us": "made_us",
    "domestic_cn": "made_cn",
}
"""Figures beside flows, and the quantities that W and I ask about there."""
FIGURES = {"smuggled": "smuggled_h100e", "remote": "rented", "licensed": "licensed_h100e"}
"""Rows of the panel, and the quantities that W and I ask about there."""
SKIPS = (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN)


@dataclass(frozen=True, kw_only=True)
class Spot(Control):
    """A site, for the pointer and the keyboard: the map itself draws it."""

    def draw(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        if self.hover:
            pen.ring(surface, rect.center, 12.5, 1.2, "ivory")

    def draw_focus(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        pen.ring(surface, rect.center, 13.5, 2, "ivory")


class MapScreen(GameScreen):
    """The main screen. After a quarter that just passed it first shows how that came about."""

    name = "map"
    title = "Map"
    figure = "lead"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.places = read_places()
        self.pictures = MapView(self.places)
        self.pictures.called = table.model.story.called(table.seat)
        self.focus: frozenset[str] = frozenset()
        """The channels that are seen at full strength; none: all."""
        self.seconds = 0.0
        self.waited = 0.0
        self.arrived = 0.0
        """Seconds since the quarter had resolved."""
        self.unfolding: Unfolding | None = None
        self.placed_for: Board | None = None
        """The board whose figures have their boxes."""
        shown = table.shown.get(table.seat, table.turn)
        self.is_resolving = table.turn == shown + 1
        """Whether the quarter that just passed is still being shown."""
        table.shown[table.seat] = table.turn

    def asked(self, pen: Pen) -> Answer:
        """The board, worked out beside the drawing."""
        table, places, words = self.table, self.places, pen.words
        seat, turn = table.seat, table.turn
        return table.asked("board", (seat, turn), lambda: board_of(table, seat, turn, places, words))

    def board(self, pen: Pen) -> Board | None:
        """The board, once it is worked out; raises what went wrong."""
        answer = self.asked(pen)
        found: Board | None = answer.value if answer.is_there else None
        return found

    # Controls

    def controls(self) -> Sequence[Control]:
        """The filter, the sites, the way to the orders, and the end of the quarter."""
        spots = [Spot(name=SITE + site.name, label=site.label) for site in self.places.sites.values()]
        pills = [Toggle(name=channel, channel=channel) for channel in CHANNELS]
        return (*pills, *spots, Button(name="open"), Button(name="end", kind="primary"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """Boxes of the filter along the foot of the map, of sites and figures on it, and of the panel's buttons."""
        words = "channels_short" if pen.scale.compact else "channels"
        pills = [
            Toggle(name=name, label=pen.words(f"{words}.{name}"), channel=name, on=name in self.focus)
            for name in CHANNELS
        ]
        self.form = self.form.with_control(*pills, Button(name="open", label=pen.words("board.open_orders"), hint="2"))
        panel = self.panel(pen)
        self.pictures.pills = pill_boxes(pills, pen)
        boxes = {**self.pictures.pills, **self.site_boxes(pen), **self.flow_boxes(pen), "end": panel.end}
        if not (self.table.is_watching or self.table.is_over):
            boxes["open"] = panel.open_box(pen)
        return boxes

    def site_boxes(self, pen: Pen) -> dict[str, pygame.Rect]:
        """The boxes of the sites on the map."""
        area = pen.scale.map_area()
        globe, found = Globe(area.width, area.height), {}
        for site in self.places.sites.values():
            x, y = globe.place(site.longitude, site.latitude)
            if 0 <= x < area.width and 0 <= y < area.height:
                found[SITE + site.name] = hit_box((x + area.left, y + area.top), pen)
        return found

    def flow_boxes(self, pen: Pen) -> dict[str, pygame.Rect]:
        """The boxes of the figures beside flows, once there are any."""
        board = self.board(pen)
        if board is None:
            return {}
        area, found = pen.scale.map_area(), self.pictures.plan(board, pen).figure_boxes()
        boxes = {FLOW + name: box.move(area.topleft) for name, box in found.items()}
        self.form = self.form.with_control(*(Figure(name=name) for name in boxes if name not in self.form.controls))
        return boxes

    def panel(self, pen: Pen) -> Panel:
        """Where the parts of the panel lie."""
        return Panel(pen, lead_finding(float(self.table.seen()["quantities"]["lead"]["values"][""]), pen))

    def figures(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The lead, and the rows of the channels into China."""
        panel = self.panel(pen)
        rows = {name: panel.row_box(row, pen) for row, name in FIGURES.items()}
        return {"lead": panel.head_box(pen)} | {name: box for name, box in rows.items() if box is not None}

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """The filter, the way to the orders, and why a figure beside flows is what it is."""
        if action.name in CHANNELS and action.kind == "change":
            self.filter(self.focus ^ {action.name})
        if action.name == "open" and action.kind == "press":
            return self.turned_to(1, pen)
        if action.name.startswith(FLOW) and action.kind == "press":
            return (Push(opened("why", self.table, self.quantity_of(action.name))),)
        return STAY

    def filter(self, channels: frozenset[str]) -> None:
        """Puts channels in focus; all of them is as good as none."""
        self.focus = frozenset() if len(channels) == len(CHANNELS) else channels
        self.relaid()

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """F: the next channel in focus. Arrows: the site before, the site after."""
        if event.key == pygame.K_f:
            names = [*CHANNELS, ""]
            now = next(iter(self.focus)) if len(self.focus) == 1 else ""
            by = -1 if getattr(event, "mod", 0) & pygame.KMOD_SHIFT else 1
            after = names[(names.index(now) + by) % len(names)]
            self.filter(frozenset({after} if after else ()))
            return STAY
        ways = {pygame.K_RIGHT: 1, pygame.K_DOWN: 1, pygame.K_LEFT: -1, pygame.K_UP: -1}
        if event.key in ways:
            self.form = self.form.focused(self.next_site(ways[event.key]))
            return STAY
        return None

    def next_site(self, by: int) -> str:
        """The site to the east (+1) or west (-1) of the one that the keyboard rests on."""
        spots = sorted((n for n in self.form.rects if n.startswith(SITE)), key=lambda n: self.form.rects[n].centerx)
        at = spots.index(self.form.focus) if self.form.focus in spots else -1 if by > 0 else 0
        return spots[(at + by) % len(spots)]

    def quantity_of(self, name: str) -> str:
        """The quantity that W and I ask about at a figure beside flows."""
        return QUANTITIES.get(name.removeprefix(FLOW), self.figure)

    def figure_in_focus(self) -> str:
        """The figure beside flows that the pointer or the keyboard rests on, else as on every screen."""
        over = next((n for n in self.form.rects if n.startswith(FLOW) and self.form[n].hover), self.form.focus or "")
        return self.quantity_of(over) if over.startswith(FLOW) else super().figure_in_focus()

    def own_keys(self) -> Sequence[tuple[str, str]]:
        """Keys of the map, for the help."""
        return (("F", "keys_map.focus"), ("← →", "keys_map.sites"))

    # Time

    def hears(self, event: pygame.event.Event) -> bool:
        """While the quarter resolves, any key belongs to it."""
        return (self.is_resolving and event.type == pygame.KEYDOWN) or super().hears(event)

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """Any key and any click skip the quarter's resolving."""
        if self.is_resolving and event.type in SKIPS:
            self.skipped()
            return STAY
        return super().handle(event, pen)

    def skipped(self) -> None:
        """Everything has arrived."""
        self.is_resolving = False
        self.unfolding = None
        self.arrived = 0.0

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Moves the marks, builds what is drawn, lets the quarter unfold."""
        self.seconds += dt
        self.arrived += dt
        board = self.board(pen)
        self.waited = 0.0 if board else self.waited + dt
        if board is not None and self.placed_for is not board:
            self.placed_for = board
            self.relaid()
        if self.pictures.ground(pen) is None:
            self.pictures.worked(pen, BUDGET)
        elif board is not None and self.is_resolving:
            self.unfold(board, dt, pen)
        return super().update(dt, pen)

    def unfold(self, board: Board, dt: float, pen: Pen) -> None:
        """Goes on with the quarter that resolves; at once where motion is reduced."""
        if pen.still:
            self.skipped()
            return
        plan = self.pictures.plan(board, pen)
        if self.unfolding is None or self.unfolding.laid is not plan:
            self.unfolding = Unfolding(plan, pen)
        if self.unfolding.worked(BUDGET):
            self.unfolding.seconds += dt
        if self.unfolding.seconds >= SECONDS["quarter"]:
            self.skipped()

    # Drawing

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        """The map, the feed and the panel."""
        board, ground, area = self.board(pen), self.pictures.ground(pen), pen.scale.map_area()
        if ground is None:
            surface.fill(COLOURS["deep"], area)
        if board is None or ground is None:
            if ground is not None:
                surface.blit(ground, area)
            self.draw_working(surface, pen)
        elif self.is_resolving and not pen.still:
            self.draw_resolving(surface, board, ground, pen)
        else:
            self.draw_map(surface, board, pen)
        self.draw_feed(surface, board, pen)
        self.draw_panel(surface, board, pen)

    def draw_map(self, surface: pygame.Surface, board: Board, pen: Pen) -> None:
        """The map with its flows, their marks where they are now, sites and figures."""
        area = pen.scale.map_area()
        surface.blit(self.pictures.picture(board, pen, self.focus), area)
        layer = self.pictures.flow_layer(board, pen, self.focus)
        layer.draw_marks(surface.subsurface(area), 0.0 if pen.still else self.seconds)
        surface.blit(self.pictures.over(board, pen, self.focus), area)
        if pen.still and self.arrived < SECONDS["tick"] and self.table.turn:
            for box in self.pictures.plan(board, pen).figure_boxes().values():
                draw_changed(surface, box.move(area.topleft), pen)

    def draw_working(self, surface: pygame.Surface, pen: Pen) -> None:
        """Past half a second, that the map is being worked out."""
        if self.waited <= PATIENCE:
            return
        area = pen.scale.map_area()
        rect = pygame.Rect(area.left + pen.px(24), area.top + pen.px(24), pen.px(300), pen.px(40))
        text = pen.words("board.reckoning", seat=self.pictures.called)
        draw_progress(surface, rect, min(0.95, self.waited / 4), text, pen)

    def draw_resolving(self, surface: pygame.Surface, board: Board, ground: pygame.Surface, pen: Pen) -> None:
        """The map while the quarter unfolds."""
        area, unfolding = pen.scale.map_area(), self.unfolding
        surface.blit(ground, area)
        sheet, seconds = surface.subsurface(area), unfolding.seconds if unfolding else 0.0
        if unfolding is not None:
            unfolding.draw(sheet, pen)
            unfolding.draw_rings(sheet, frozenset(gate.lane.name for gate in board.gates if gate.is_new), pen)
        surface.blit(self.pictures.over(board, pen, self.focus, with_figures=False), area)
        if unfolding is not None:
            draw_counting(sheet, unfolding, pen)
        text = pen.words("board.resolving", quarter=board.quarter)
        at = (area.right - pen.px(18), area.top + pen.px(16))
        pen.write(surface, text, at, "note", "t2", align="right", halo="ocean")
        step = [name for name, begin in STEPS if seconds >= begin][-1]
        below = (at[0], at[1] + pen.line("note"))
        pen.write(surface, pen.words(f"board.step_{step}"), below, "strong", "t1", align="right", halo="ocean")

    def draw_feed(self, surface: pygame.Surface, board: Board | None, pen: Pen) -> None:
        """The news of the quarter; older ones behind a count."""
        rect = pen.scale.feed_area()

        def make() -> pygame.Surface:
            whole = pygame.Surface((rect.right, rect.bottom))
            count, cards = pen.scale.feed_cards, () if board is None else board.cards
            draw_feed(whole, cards[:count], pen, older=max(0, len(cards) - count))
            if board is not None and not cards:
                self.draw_opening(whole, rect, pen)
            return whole.subsurface(rect).copy()

        surface.blit(pen.kept(("map", "feed", board, self.table.seat, self.table.turn, pen.scale), make), rect)

    def draw_opening(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Before the first quarter: how things stand, as the scenario says it."""
        at, most = (rect.left + pen.px(24), rect.top + pen.px(18)), min(rect.width - pen.px(48), pen.px(760))
        wrote = pen.write(surface, pen.words("board.quiet"), at, "headline", "t1", most=most)
        text = self.table.model.story.texts.get("opening") or pen.words("board.quiet_text")
        pen.paragraph(surface, text, (at[0], wrote.bottom + pen.px(2)), most, "body", "t2", count=3)

    def draw_panel(self, surface: pygame.Surface, board: Board | None, pen: Pen) -> None:
        """The right panel, kept as a picture."""
        panel, going = self.panel(pen), board is not None and self.is_resolving and not pen.still
        seconds = self.unfolding.seconds if self.unfolding else 0.0
        steps = ("foundries", "ranges", "race")
        grown, opened_, raced = (
            round((step_share(step, seconds) if going else 1.0) * PIECES) / PIECES for step in steps
        )
        waiting, lines = waiting_of(self.table, pen), verdict_of(self.table, board, pen.words)

        def make() -> pygame.Surface:
            whole = pygame.Surface((panel.side.right, panel.side.bottom))
            panel.draw_ground(whole, pen)
            if board is not None:
                panel.draw_head(whole, pen)
                panel.draw_race(whole, board, pen, raced)
                panel.draw_gains(whole, board, pen, grown, opened_)
            panel.draw_verdict(whole, lines, pen)
            panel.draw_waiting(whole, waiting, pen)
            return whole.subsurface(panel.side).copy()

        key = ("map", "panel", board, self.table.seat, self.table.turn, grown, opened_, raced, waiting, lines)
        surface.blit(pen.kept((*key, pen.scale), make), panel.side)

    def paint_over(self, surface: pygame.Surface, pen: Pen) -> None:
        """The tooltip of the site or the figure that the pointer or the keyboard rests on."""
        name, board = self.tip.name or "", self.board(pen)
        if board is None or self.is_resolving or not self.tip.strength or name not in self.form.rects:
            return
        if name.startswith(SITE):
            title, facts, foot = self.site_tip(name.removeprefix(SITE), board, pen)
        elif name.startswith(FLOW):
            figure = next(one for one in board.known.figures if one.spot.name == name.removeprefix(FLOW))
            title, facts, foot = flow_facts(figure, board, self.places, pen.words)
        else:
            return
        draw_tooltip(surface, self.form.rects[name], title, facts, pen, foot, strength=self.tip.strength)

    def site_tip(self, site: str, board: Board, pen: Pen) -> tuple[str, tuple[Fact, ...], str]:
        """What is known of a site: title, facts, and how they are known."""
        story, cast = self.table.model.story, self.table.model.cast
        title, others = site_title(site, cast, story, self.places)
        facts = site_facts(site, board, self.table.seen(), cast, story, self.places, pen.words)
        foot = site_foot(site, board, story, self.places, pen.words)
        return title, facts, (pen.words("board.tip.actors", names=others) + ". " + foot) if others else foot


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
