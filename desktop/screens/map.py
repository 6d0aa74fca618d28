"""The map: who gets the compute, by which channel, what changed this quarter; who leads; what waits for the seat."""

from collections.abc import Mapping, Sequence

import pygame

from desktop.atlas import changed_figures
from desktop.board import Board, board_before, board_of
from desktop.chrome import draw_feed
from desktop.globe import Globe, read_land
from desktop.kit import Action, Button, Control, Fact, Toggle, draw_changed, draw_progress, draw_tooltip
from desktop.motion import STEPS, step_share
from desktop.pen import Pen
from desktop.places import read_places
from desktop.screen import STAY, Move, Push
from desktop.screens.figure import Figure
from desktop.screens.game import GameScreen, opened
from desktop.screens.map_controls import Older, Spot, older_box
from desktop.screens.map_panel import Growth, Panel, changed_rows, lead_finding
from desktop.screens.map_view import MapView, pill_boxes
from desktop.screens.map_words import verdict_of, waiting_of
from desktop.sites import hit_box
from desktop.table import Answer, Table
from desktop.telling_sites import flow_facts, site_facts, site_foot, site_title
from desktop.theme import CHANNELS, COLOURS, SECONDS
from desktop.unfolding import PIECES, Unfolding, draw_counting

PATIENCE = 0.5
"""Seconds after which the map says that it works."""
BUDGET = 0.006
"""Seconds of a frame that go into drawing the map anew, bit by bit."""
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


class MapScreen(GameScreen):
    """The main screen. After a quarter that just passed it first shows how that came about."""

    name = "map"
    title = "Map"
    figure = "lead"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.places = read_places()
        self.pictures: MapView = table.views.setdefault("map", MapView(self.places))
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
        self.has_resolved = self.is_resolving
        """Whether this screen opened on a quarter that had just passed."""
        self.before = board_before(table)
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
        return (*pills, *spots, Older(name="older"), Button(name="open"), Button(name="end", kind="primary"))

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
        hidden = self.older(pen)
        if hidden:
            self.form = self.form.with_control(Older(name="older", label=pen.words("board.older", count=hidden)))
            boxes["older"] = older_box(self.form["older"].label, pen)
        if not (self.table.is_watching or self.table.is_over):
            boxes["open"] = panel.open_box(pen)
        return boxes

    def older(self, pen: Pen) -> int:
        """How many news the feed has no room for."""
        board = self.board(pen)
        return 0 if board is None else max(0, len(board.cards) - pen.scale.feed_cards)

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
        """Where the parts of the panel lie; while the quarter resolves it still tells the lead before."""
        turn = self.table.turn - (self.growth(pen).race < 1)
        return Panel(pen, lead_finding(float(self.table.seen(turn)["quantities"]["lead"]["values"][""]), pen))

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
        if action.name == "older" and action.kind == "press":
            return (Push(opened("log", self.table)),)
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

    def is_drawing(self, pen: Pen) -> bool:
        """Whether parts of the map are still to be drawn."""
        board = self.board(pen)
        if board is None or self.pictures.ground(pen) is None:
            return True
        if self.is_resolving:
            return self.unfolding is None or bool(self.unfolding.left)
        return self.pictures.made != (board, pen.scale, self.focus)

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
        self.relaid()

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
            land = self.table.asked("land", "land", read_land)
            if land.is_there:
                self.pictures.worked(land.value, pen, BUDGET)
        elif board is not None and self.is_resolving:
            self.unfold(board, dt, pen)
        elif board is not None:
            self.pictures.prepared(board, pen, self.focus, BUDGET)
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
            self.pictures.prepared(board, pen, self.focus, BUDGET / 2)
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
            self.draw_map(surface, board, ground, pen)
        self.draw_feed(surface, board, pen)
        self.draw_panel(surface, board, pen)

    def draw_map(self, surface: pygame.Surface, board: Board, ground: pygame.Surface, pen: Pen) -> None:
        """The map with its flows, their marks where they are now, sites and figures; as much of it as is painted."""
        area, focus = pen.scale.map_area(), self.pictures.focus_made(board, pen)
        if focus is None:
            surface.blit(self.pictures.half or ground, area)
            return
        surface.blit(self.pictures.picture(board, pen, focus), area)
        layer = self.pictures.flow_layer(board, pen, focus)
        layer.draw_marks(surface.subsurface(area), 0.0 if pen.still else self.seconds)
        surface.blit(self.pictures.over(board, pen, focus), area)
        if self.has_ticks(pen):
            boxes = self.pictures.plan(board, pen).figure_boxes()
            for name in changed_figures(board, self.before) & boxes.keys():
                draw_changed(surface, boxes[name].move(area.topleft), pen)

    def has_ticks(self, pen: Pen) -> bool:
        """Whether what changed in the quarter that just passed is still marked: 2 s, where motion is reduced."""
        return pen.still and self.has_resolved and self.arrived < SECONDS["tick"]

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
            cards = () if board is None else board.cards
            draw_feed(whole, cards[: pen.scale.feed_cards], pen)
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
        panel, growth = self.panel(pen), self.growth(pen)
        ticks = frozenset(changed_rows(board, self.before) if board is not None and self.has_ticks(pen) else ())
        waiting, lines = waiting_of(self.table, pen), verdict_of(self.table, board, pen.words)
        key = ("map", "panel", board, self.table.seat, self.table.turn, panel.finding, growth, ticks, waiting, lines)
        picture = pen.kept((*key, pen.scale), lambda: panel.picture(board, lines, waiting, growth, ticks, pen))
        surface.blit(picture, panel.side)

    def growth(self, pen: Pen) -> Growth:
        """How far the panel has come while the quarter resolves."""
        if not self.is_resolving or pen.still:
            return Growth()
        seconds = self.unfolding.seconds if self.unfolding else 0.0
        steps = ("foundries", "channels", "ranges", "race")
        return Growth(*(round(step_share(step, seconds) * PIECES) / PIECES for step in steps))

    def paint_over(self, surface: pygame.Surface, pen: Pen) -> None:
        """The tooltip of the site or the figure that the pointer or the keyboard rests on."""
        name, board = self.tip.name or "", self.board(pen)
        if board is None or self.is_resolving or not self.tip.strength or name not in self.form.rects:
            return
        if name.startswith(SITE):
            title, facts, foot = self.site_tip(name.removeprefix(SITE), board, pen)
        elif name.startswith(FLOW):
            figure = next(one for one in board.known.figures if one.spot.name == name.removeprefix(FLOW))
            title, facts, foot = flow_facts(figure, board, self.places, pen.words, self.before)
        else:
            return
        draw_tooltip(surface, self.form.rects[name], title, facts, pen, foot, strength=self.tip.strength)

    def site_tip(self, site: str, board: Board, pen: Pen) -> tuple[str, tuple[Fact, ...], str]:
        """What is known of a site: title, facts, and how they are known."""
        story, cast = self.table.model.story, self.table.model.cast
        title, others = site_title(site, cast, story, self.places)
        facts = site_facts(site, board, self.table.seen(), cast, story, self.places, pen.words, self.before)
        foot = site_foot(site, board, story, self.places, pen.words)
        return title, facts, (pen.words("board.tip.actors", names=others) + ". " + foot) if others else foot
