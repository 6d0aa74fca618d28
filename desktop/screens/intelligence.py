"""Intelligence: of each disputed quantity who says what, what one believes, how far to trust whom, and what would narrow it."""

from collections.abc import Mapping, Sequence

import pygame

from desktop import foresight
from desktop.chrome import draw_head
from desktop.kit import Action, Button, Choice, Control
from desktop.pen import Pen
from desktop.screen import STAY, Move, Replace, Say
from desktop.screens import forecasting
from desktop.screens.claims import findings, fitting, unit_lines
from desktop.screens.estimates import QUANTITIES, Plot, draw_estimates
from desktop.screens.game import opened
from desktop.screens.intelligence_places import BLOCKS, IntelligencePlaces
from desktop.screens.narrowing import Way, draw_way, ways_of
from desktop.screens.track_records import draw_source
from desktop.table import Answer, Table
from desktop.theme import COLOURS
from play.asking import CannotAsk
from play.disputes import Dispute, dispute
from play.forecasts import ForecastError
from world.phases.intelligence import QUESTIONS, truth


class IntelligenceScreen(IntelligencePlaces):
    """One disputed quantity at a time: estimates over time, the seat's own belief, sources, and forecasts."""

    name = "intelligence"
    title = "Intelligence"

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.at = 0
        self.block = 0
        self.read: dict[tuple[object, ...], Dispute] = {}
        self.seen_at: tuple[object, ...] = ()

    # What is shown

    @property
    def ways(self) -> Answer:
        """What would narrow the ranges, worked out in imagined worlds beside the drawing."""
        sitting, question = self.table.sitting, self.question
        return self.table.asked(
            "narrowing", (self.table.seat, self.table.turn, question), lambda: ways_of(sitting, question)
        )

    @property
    def found(self) -> tuple[tuple[Way, ...], float | None] | None:
        """The ways, and the value where the seat knows it; None while they are worked out or cannot be."""
        answer = self.ways
        if not answer.is_there or answer.work.exception():
            return None
        told: tuple[tuple[Way, ...], float | None] = answer.value
        return told

    def dispute(self) -> Dispute:
        """The question as the seat knows it, read from its views once."""
        table, found = self.table, self.found
        known = found[1] if found else None
        key = (table.seat, table.turn, self.question, known)
        if key not in self.read:
            views = [table.view(turn) for turn in range(table.turn + 1)]
            self.read[key] = dispute(views, self.question, table.model.story.called, known)
        return self.read[key]

    def plot(self) -> Plot:
        """The question in time; with the truth once the game is over."""
        table = self.table
        true: tuple[float, ...] = ()
        if table.is_over:
            row = table.model.cast.at("questions", self.question)
            told = QUESTIONS[self.question].told
            true = tuple(told(float(truth(state)[row, 0])) for state in table.model.record.quarters)
        mine = tuple(one for one in foresight.forecasts_of(table) if one.question == self.question)
        return Plot(self.dispute(), table.model.story, table.turn, true, mine)

    def figure_in_focus(self) -> str:
        """The quantity of the question."""
        cast = self.table.model.cast
        champion = cast.names["chipmakers"][cast.champion]
        product = cast.names["products"][cast.product_maker.index(cast.champion) + 1]
        return QUANTITIES.get(self.question, "lead").format(champion=champion, product=product)

    def figures(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """One's own estimate, which W and I ask about."""
        chart = self.chart(pen)
        wide = pen.px(202)
        return {self.figure_in_focus(): pygame.Rect(chart.right - wide, chart.top, wide, chart.height - pen.px(24))}

    # The form

    def controls(self) -> Sequence[Control]:
        """The questions, the block of the panel where not both fit, the ways, a forecast, and the end of the quarter."""
        return (
            Choice(name="question", options=tuple("-" for _ in self.questions), value=self.at),
            Choice(name="block", options=("-", "-")),
            Button(name="end", kind="primary"),
            Button(name="register"),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """Questions under the finding, the ways at the foot, the forecast at the foot of the panel above the button."""
        labels = pen.words.under("intelligence.short")
        names = tuple(labels.get(one, one) for one in self.questions)
        blocks = tuple(pen.words(f"intelligence.{one}") for one in self.blocks(pen))
        self.block = min(self.block, len(blocks) - 1)
        self.form = self.form.with_control(
            Choice(name="question", options=names, value=self.at),
            Choice(name="block", options=blocks, value=self.block),
        )
        side, main = self.side(pen), self.main(pen)
        tall = max(pen.scale.target(), pen.px(30))
        end = max(pen.scale.target(), pen.px(46))
        wide = min(self.form["question"].least(pen)[0], main.width)
        found = {
            "question": pygame.Rect(main.left, self.head_foot(pen), wide, tall),
            "end": pygame.Rect(side.left, side.bottom - end, side.width, end),
        }
        if not self.fits_all(pen):
            found["block"] = pygame.Rect(side.left, side.top, side.width, tall)
        return {**found, **self.lay_ways(pen), **self.lay_forecast(pen)}

    def lay_ways(self, pen: Pen) -> dict[str, pygame.Rect]:
        """A button on each way that has an order, made anew as the ways are found."""
        found = self.found
        boxes: dict[str, pygame.Rect] = {}
        if self.is_tight(pen) and BLOCKS[self.block] != "ways":
            return boxes
        for n, (way, card) in enumerate(
            zip(found[0] if found else (), self.cards(pen, len(found[0]) if found else 1), strict=False)
        ):
            if not way.button:
                continue
            button = Button(name=f"way_{n}", label=pen.words(f"intelligence.{way.button}"))
            self.form = self.form.with_control(button)
            tall = max(pen.scale.target(), pen.px(32))
            wide = min(max(pen.px(110), button.least(pen)[0]), card.width - pen.px(24))
            boxes[button.name] = pygame.Rect(card.left + pen.px(14), card.bottom - tall - pen.px(10), wide, tall)
        return boxes

    def lay_forecast(self, pen: Pen) -> dict[str, pygame.Rect]:
        """The controls of a forecast, begun from the belief where the question or the quarter changed."""
        if self.table.is_over or not (self.fits_all(pen) or BLOCKS[self.block] == "forecast"):
            return {}
        key = (self.table.seat, self.table.turn, self.question)
        if key != self.seen_at or "forecast_low" not in self.form.controls:
            self.seen_at = key
            self.form = self.form.with_control(*forecasting.form(self.table, self.dispute(), pen))
        return forecasting.boxes(self.forecast_box(pen), pen)

    # Events

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Another question, another block, an order, a forecast."""
        if action.kind == "change" and action.name == "question" and isinstance(action.value, int):
            return self.turned(action.value)
        if action.kind == "change" and action.name == "block" and isinstance(action.value, int):
            self.block = action.value
            self.relaid()
        elif action.kind == "press" and action.name == "register":
            return self.registered(pen)
        elif action.kind == "press" and action.name.startswith("way_"):
            return self.went(int(action.name.removeprefix("way_")), pen)
        return STAY

    def turned(self, at: int) -> Sequence[Move]:
        """Shows another question."""
        self.at = at % len(self.questions)
        self.relaid()
        return STAY

    def registered(self, pen: Pen) -> Sequence[Move]:
        """Keeps the forecast that stands in the controls; says what is wrong with it otherwise."""
        try:
            one = forecasting.forecast_in(self.form.controls, self.table, self.question)
        except ForecastError as error:
            return (Say(f"{str(error)[:1].upper()}{str(error)[1:]}."),)
        foresight.register(self.table, one)
        return (Say(pen.words("intelligence.kept", due=self.table.model.story.quarter(one.due))),)

    def went(self, at: int, pen: Pen) -> Sequence[Move]:
        """Drafts the order of a way, or opens the orders where it has to be set by hand."""
        found = self.found
        if not found or at >= len(found[0]):
            return STAY
        way = found[0][at]
        if not way.settings:
            return (Replace(opened("orders", self.table)),)
        if self.table.is_watching:
            return (Say(pen.words("game.watching")),)
        if self.table.set(way.settings):
            return (Say(pen.words("intelligence.drafted")),)
        return STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Page up and down: the question before and the next."""
        ways = {pygame.K_PAGEUP: -1, pygame.K_PAGEDOWN: 1}
        return self.turned(self.at + ways[event.key]) if event.key in ways else None

    def keys(self) -> Sequence[tuple[str, str]]:
        """Keys of this screen alone."""
        return (("PgUp PgDn", "intelligence.keys.question"),)

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Lays the ways out once they are there."""
        key = (self.question, self.table.turn, self.table.seat, self.found is not None)
        if key != getattr(self, "found_at", None):
            self.found_at = key
            self.relaid()
        return super().update(dt, pen)

    # Drawing

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        """The finding, the estimates, the ways, and the panel."""
        body = self.body(pen)
        table, found = self.table, self.found
        draft = tuple(sorted(table.sitting.settings.items()))
        key = (
            "intelligence",
            id(table),
            table.seat,
            table.turn,
            table.is_over,
            self.question,
            self.block,
            found is None,
        )
        forecasts = foresight.forecasts_of(table)

        def make() -> pygame.Surface:
            whole = pygame.Surface((body.right, body.bottom))
            self.paint_ground(whole, pen)
            self.paint_main(whole, pen)
            self.paint_side(whole, pen)
            return whole.subsurface(body).copy()

        surface.blit(pen.kept((*key, draft, forecasts, pen.scale), make), body)

    def paint_main(self, surface: pygame.Surface, pen: Pen) -> None:
        """The finding with its unit line, the chart, and what would narrow the range."""
        main, plot = self.main(pen), self.plot()
        role = self.role(pen)
        pen.write(surface, fitting(findings(plot, pen), role, main.width, pen), main.topleft, role, most=main.width)
        at = (main.left, main.top + pen.line(role) + pen.px(2))
        unit = fitting(unit_lines(plot, pen), "note", main.width, pen)
        pen.write(surface, unit, at, "note", "t3", most=main.width)
        self.paint_chart(surface, plot, pen)
        if self.table.is_over or self.is_tight(pen):
            return
        self.paint_ways(surface, pen)

    def paint_ways(self, surface: pygame.Surface, pen: Pen) -> None:
        """What would narrow the range: a card for each way."""
        main, now, found = self.main(pen), self.dispute().now, self.found
        ways = found[0] if found else ()
        cards = self.cards(pen, max(1, len(ways)))
        if not self.is_tight(pen):
            top = cards[0].top - pen.line("section") - pen.px(12)
            pen.rule(surface, main.left, top - pen.px(10), main.width)
            head = pen.write(surface, pen.words("intelligence.narrow"), (main.left, top), "section")
            drop = top + pen.baseline("section") - pen.baseline("note")
            words = pen.words("intelligence.narrow_unit")
            room = main.right - head.right - pen.px(14)
            pen.write(surface, words, (head.right + pen.px(14), drop), "note", "t3", most=room)
        if not ways:
            answer = self.ways
            wrong = answer.work.exception() if answer.is_there else None
            text = f"{wrong}." if isinstance(wrong, CannotAsk) else pen.words("intelligence.waiting")
            pen.write(surface, text, cards[0].topleft, "note_italic", "t3", most=cards[-1].right - cards[0].left)
        for way, card in zip(ways, cards, strict=False):
            is_drafted = bool(way.settings) and way.settings.items() <= self.table.sitting.settings.items()
            draw_way(surface, card, way, now, is_drafted, pen)

    def paint_chart(self, surface: pygame.Surface, plot: Plot, pen: Pen) -> None:
        """The estimates, drawn once a quarter for each question."""
        chart = self.chart(pen)
        area = chart.inflate(pen.px(20), 0)
        area.height = chart.height + pen.line("axis")

        def make() -> pygame.Surface:
            whole = pygame.Surface((area.right, area.bottom))
            whole.fill(COLOURS["panel"])
            draw_estimates(whole, chart, plot, pen)
            return whole.subsurface(area).copy()

        table = self.table
        key = ("estimates", id(table), table.seat, table.turn, table.is_over, self.question, plot.dispute.known)
        surface.blit(pen.kept((*key, plot.forecasts, pen.scale), make), area)

    def paint_side(self, surface: pygame.Surface, pen: Pen) -> None:
        """Track records of the sources, and forecasts."""
        plot = self.plot()
        is_whole = self.fits_all(pen)
        if is_whole or BLOCKS[self.block] == "sources":
            self.paint_sources(surface, self.source_box(pen), plot, pen)
        if self.is_tight(pen) and BLOCKS[self.block] == "ways":
            self.paint_ways(surface, pen)
        if is_whole or BLOCKS[self.block] == "forecast":
            box = self.forecast_box(pen)
            if is_whole:
                pen.rule(surface, box.left, box.top - pen.px(12), box.width)
            forecasting.draw_forecasts(surface, box, self.table, plot.dispute, pen)

    def paint_sources(self, surface: pygame.Surface, box: pygame.Rect, plot: Plot, pen: Pen) -> None:
        """Every source that speaks about the question."""
        unit = pen.words("intelligence.trust_true" if plot.truth else "intelligence.trust_unit")
        head = pen.words("intelligence.trust")
        y = draw_head(surface, box.topleft, box.width, head, unit, pen) + pen.px(10)
        for source in plot.dispute.sources:
            if y + self.source_height(pen) - pen.px(14) > box.bottom:
                break
            y = draw_source(surface, pygame.Rect(box.left, y, box.width, 0), source, pen, plot.truth) + pen.px(11)
        rest = [pen.words("intelligence.hidden_rest")] if not plot.truth else []
        silent = len(self.table.model.cast.sources) - len(plot.dispute.sources)
        if silent:
            rest = [pen.words("intelligence.silent_rest", count=silent), *rest]
        for words in rest:
            if y + pen.line("note") <= box.bottom:
                pen.write(surface, words, (box.left, y), "note", "t3", most=box.width)
                y += pen.line("note")
