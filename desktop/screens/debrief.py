"""DebriefScreen: a finished game - how it ended, when it was decided, what would have gone differently, and starting again.

Everything is worked out beside the drawing (`desktop.ending`); until it is there the screen says what it waits for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pygame

from desktop import tables
from desktop.ending import Ending, Point, another_world, ending_of, months, months_between, report, reports, taken_up
from desktop.kit import Action, Button, Choice, Control, Stepper
from desktop.pen import Ink, Pen, ink
from desktop.screen import STAY, Begin, Move, Say
from desktop.screens.debrief_race import Number, draw_lead, draw_race, spots
from desktop.screens.debrief_side import draw_otherwise, draw_score, is_short
from desktop.screens.debrief_views import belief_finding, belief_note, draw_beliefs, draw_flows
from desktop.screens.game import GameScreen
from desktop.screens.opening import first
from desktop.table import Answer, Table

VIEWS = ("race", "beliefs", "flows")
"""What the large area shows, one at a time."""
SIDE = 470
LEAD_FROM = 400
"""Height of the race, in pixels of the drawings, from which the lead has room under it."""


class DebriefScreen(GameScreen):
    """The debrief of the table's game for the seat that is looked from."""

    title = "Debrief"
    name = "debrief"

    def __init__(self, table: Table, folder: Path | None = None) -> None:
        super().__init__(table)
        self.view = 0
        self.chosen = 0
        self.folder = folder
        self.was_there = False
        self.writing: Answer | None = None

    # What is worked out

    def answer(self) -> Answer:
        """The ending, asked for once."""
        table, seat = self.table, self.table.seat
        return table.asked(f"debrief {seat}", table.turn, lambda: ending_of(table.model, seat))

    def ending(self) -> Ending | None:
        """The ending where it is worked out; raises why it cannot be."""
        if not self.table.is_over:
            return None
        answer = self.answer()
        return answer.value if answer.is_there and answer.work.exception() is None else None

    def trouble(self) -> str:
        """Why the game cannot be told, in a sentence; "" where it can."""
        answer = self.answer()
        error = answer.work.exception() if answer.is_there else None
        return f"{error}." if error else ""

    @property
    def points(self) -> tuple[Point, ...]:
        """The turning points that are there."""
        ending = self.ending()
        return ending.points if ending else ()

    def point(self) -> Point | None:
        """The turning point that is looked at."""
        return self.points[self.chosen] if self.chosen < len(self.points) else None

    # The form

    def controls(self) -> Sequence[Control]:
        table = self.table
        last = max(2, table.turn)
        quarter = table.model.story.quarter
        names = table.turn
        whose = (Choice(name="whose", options=table.people, value=table.at),) if len(table.people) > 1 else ()
        return (
            *whose,
            Choice(name="view", options=VIEWS),
            Stepper(name="from", low=1, high=last, value=1, shown=lambda turn: quarter(min(int(turn), max(1, names)))),
            Button(name="again", kind="primary"),
            Button(name="another"),
            Button(name="report"),
            *(
                Number(name=f"point:{point.number}", number=point.number, is_chosen=at == self.chosen)
                for at, point in enumerate(self.points)
            ),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """Boxes for what is shown; wording and numbers are brought up to date with it."""
        words = pen.words
        view = self.form["view"]
        assert isinstance(view, Choice)
        options = tuple(words(f"debrief.view_{name}") for name in VIEWS)
        self.form = self.form.with_control(
            replace(view, options=options, value=self.view),
            replace(self.form["again"], label=words("debrief.again", quarter=self.quarter())),
            replace(self.form["another"], label=words("debrief.another")),
            replace(self.form["report"], label=words("debrief.report")),
        )
        main, side = self.main(pen), self.side(pen)
        wide, tall = self.form["view"].least(pen)
        boxes = {"view": pygame.Rect(main.left, self.view_top(pen), min(wide, main.width), tall)}
        whose = self.form.controls.get("whose")
        if isinstance(whose, Choice):
            cast = self.table.model.cast
            titles = tuple(cast.seats[cast.at("seats", seat)].title for seat in self.table.people)
            whose = replace(whose, options=titles, value=self.table.at)
            self.form = self.form.with_control(whose)
            wide = min(whose.least(pen)[0], main.width - boxes["view"].width - pen.px(16))
            boxes["whose"] = pygame.Rect(main.right - wide, boxes["view"].top, wide, tall)
        gap, bottom = pen.px(10), side.bottom
        tall = self.form["again"].least(pen)[1]
        step = min(round(side.width * 0.4), pen.px(190))
        boxes["from"] = pygame.Rect(side.left, bottom - tall, step, tall)
        boxes["again"] = pygame.Rect(side.left + step + gap, bottom - tall, side.width - step - gap, tall)
        small = self.form["report"].least(pen)[1]
        half = (side.width - gap) // 2
        boxes["another"] = pygame.Rect(side.left, bottom - tall - gap - small, half, small)
        boxes["report"] = pygame.Rect(side.right - half, bottom - tall - gap - small, half, small)
        ending = self.ending()
        if ending and VIEWS[self.view] == "race":
            size = pen.scale.target()
            for number, at in spots(self.race_area(pen), ending, pen).items():
                box = pygame.Rect(0, 0, size, size)
                box.center = at
                boxes[f"point:{number}"] = box
        if not ending:
            boxes.pop("report")
        return boxes

    def quarter(self) -> str:
        """The quarter that the next game would be taken up in."""
        control = self.form["from"]
        assert isinstance(control, Stepper)
        return self.table.model.story.quarter(int(control.value))

    # Where things lie

    def main(self, pen: Pen) -> pygame.Rect:
        """The left part without its margins."""
        area, margin = pen.scale.main_area(SIDE), pen.px(32)
        return pygame.Rect(area.left + margin, area.top + pen.px(18), area.width - 2 * margin, area.height - pen.px(34))

    def side(self, pen: Pen) -> pygame.Rect:
        """The right panel without its margins."""
        return pen.scale.side_panel(SIDE).inflate(-pen.px(48), -pen.px(44))

    def verdict_role(self, pen: Pen) -> str:
        """The largest type in which the verdict fits on a line."""
        ending, wide = self.ending(), self.main(pen).width
        text = ending.headline if ending else pen.words("debrief.working")
        return next((role for role in ("verdict", "finding") if pen.width(text, role) <= wide), "map_finding")

    def view_top(self, pen: Pen) -> int:
        """Where the choice of views lies."""
        main = self.main(pen)
        ending = self.ending()
        lines = len(pen.lines(ending.meaning, main.width, "body", count=2)) if ending else 2
        return main.top + pen.line(self.verdict_role(pen)) + lines * pen.line("body") + pen.px(12)

    def view_area(self, pen: Pen) -> pygame.Rect:
        """What is left for the view."""
        main = self.main(pen)
        top = self.view_top(pen) + self.form["view"].least(pen)[1] + pen.px(14)
        return pygame.Rect(main.left, top, main.width, main.bottom - top)

    def detail_height(self, pen: Pen) -> int:
        """Height of what is said of the turning point that is looked at."""
        return pen.line("control") + (3 if pen.scale.compact else 2) * pen.line("body") + pen.px(18)

    def race_area(self, pen: Pen) -> pygame.Rect:
        """Where the race lies."""
        area = self.view_area(pen)
        tall = area.height - self.detail_height(pen)
        if tall >= pen.px(LEAD_FROM):
            tall -= pen.px(142)
        return pygame.Rect(area.left, area.top, area.width, tall)

    def figures(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The score and, in the race, the lead."""
        if not self.ending():
            return {}
        side = self.side(pen)
        tall = pen.line("key_figure")
        found = {f"objective.{self.table.seat}": pygame.Rect(side.right - pen.px(150), side.top, pen.px(150), tall)}
        main = self.main(pen)
        text = pen.width(self.ending().headline, self.verdict_role(pen))  # type: ignore[union-attr]
        tall = pen.line(self.verdict_role(pen))
        return {"lead": pygame.Rect(main.left, main.top, min(main.width, text), tall), **found}

    # Events

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        if action.name == "view" and isinstance(action.value, int):
            self.view = action.value
            self.relaid()
        elif action.name == "whose" and isinstance(action.value, int):
            self.table.at, self.was_there, self.chosen = action.value, False, 0
            self.relaid()
        elif action.name == "from":
            self.relaid()
        elif action.name.startswith("point:"):
            self.look_at(int(action.name.removeprefix("point:")) - 1)
        elif action.name == "again":
            return self.begun(taken_up(self.table, self.turn_chosen()))
        elif action.name == "another":
            return self.begun(another_world(self.table))
        elif action.name == "report":
            self.write_report()
            return (Say(pen.words("debrief.writing")),)
        return STAY

    def begun(self, table: Table) -> Sequence[Move]:
        """Leaves this game for another."""
        tables.left(self.table)
        return (Begin(first(table)),)

    def turn_chosen(self) -> int:
        """The quarter to take the game up in."""
        control = self.form["from"]
        assert isinstance(control, Stepper)
        return min(int(control.value), max(1, self.table.turn))

    def look_at(self, at: int) -> None:
        """Looks at a turning point, and offers its quarter for starting again."""
        self.chosen = at
        numbers = [
            replace(c, is_chosen=c.number == at + 1) for c in self.form.controls.values() if isinstance(c, Number)
        ]
        start = self.form["from"]
        assert isinstance(start, Stepper)
        self.form = self.form.with_control(*numbers, replace(start, value=float(self.points[at].turn)))
        self.relaid()

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """A turning point that Tab or the pointer reaches is looked at."""
        moves = super().handle(event, pen)
        focus = self.form.focus or ""
        if event.type == pygame.KEYDOWN and event.key == pygame.K_TAB and focus.startswith("point:"):
            self.look_at(int(focus.removeprefix("point:")) - 1)
        return moves

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Left and right walk the turning points."""
        ways = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
        if event.key not in ways or not self.points or VIEWS[self.view] != "race":
            return None
        at = (self.chosen + ways[event.key]) % len(self.points)
        self.form = self.form.focused(f"point:{at + 1}")
        self.look_at(at)
        return STAY

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("← →", "debrief.keys_points"), ("Enter", "keys.open"))

    # The report

    def write_report(self) -> None:
        """Has the report written and opened beside the drawing."""
        ending, folder = self.ending(), self.folder or reports()
        if ending:
            told = ending.told
            self.table.answers.pop("report", None)
            self.writing = self.table.asked("report", told.seat.name, lambda: report(told, folder))

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        """Takes up what has been worked out meanwhile."""
        moves = list(super().update(dt, pen))
        if self.table.is_over and not self.was_there and self.answer().is_there:
            self.was_there = True
            self.ready(pen)
            self.form = self.form.only([n for n in self.form.controls if not n.startswith("point:")])
            self.form = self.form.with_control(*(c for c in self.controls() if isinstance(c, Number)))
            if self.points:
                self.look_at(max(range(len(self.points)), key=lambda at: abs(self.points[at].held)))
            self.relaid()
        if self.writing and self.writing.is_there:
            answer, self.writing = self.writing, None
            path, was_opened = answer.value
            moves.append(Say(pen.words("debrief.opened" if was_opened else "debrief.unopened", path=path)))
        return moves

    # Drawing

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the verdict, the view, and the panel."""
        surface.fill(ink("panel"))
        panel = pen.scale.side_panel(SIDE)
        surface.fill(ink("side"), panel)
        pen.upright(surface, panel.left, panel.top, panel.height)
        main, ending = self.main(pen), self.ending()
        if ending is None:
            text = self.trouble() if self.table.is_over else pen.words("game.no_debrief")
            at = (main.left, main.top)
            head = pen.words("debrief.cannot") if text else pen.words("debrief.working")
            box = pen.paragraph(surface, head, at, main.width, self.verdict_role(pen), "t1", count=2)
            text = text or pen.words("debrief.working_on")
            pen.paragraph(surface, text, (main.left, box.bottom + pen.px(6)), main.width, "body", "t2")
            return
        pen.write(surface, ending.headline, main.topleft, self.verdict_role(pen), most=main.width)
        top = main.top + pen.line(self.verdict_role(pen)) + pen.px(2)
        pen.paragraph(surface, ending.meaning, (main.left, top), main.width, "body", "t2", count=2)
        self.paint_view(surface, ending, pen)
        side = self.side(pen)
        buttons = self.form.rects["another"].top
        key = ("debrief side", self.table.model.story.name, ending.told.seed, self.table.seat, self.table.turn)
        picture = pen.kept((*key, id(ending), side.size, pen.scale), lambda: self.side_picture(ending, buttons, pen))
        surface.blit(picture, side.topleft)

    def side_picture(self, ending: Ending, buttons: int, pen: Pen) -> pygame.Surface:
        """The score and what would have gone differently, as a picture."""
        side = self.side(pen)
        picture = pygame.Surface(side.size)
        picture.fill(ink("side"))
        foot = draw_score(picture, pygame.Rect(0, 0, side.width, side.height), ending, pen)
        pen.rule(picture, 0, foot + pen.px(10), side.width)
        short = is_short(side, pen)
        top, bottom = foot + pen.px(18), buttons - side.top - (0 if short else pen.line("note")) - pen.px(14)
        draw_otherwise(picture, pygame.Rect(0, top, side.width, bottom - top), ending, pen, short)
        if not short:
            text = pen.words("debrief.again_note")
            pen.write(picture, text, (0, bottom + pen.px(8)), "note", "t3", most=side.width)
        return picture

    def paint_view(self, surface: pygame.Surface, ending: Ending, pen: Pen) -> None:
        """Draws what was chosen."""
        area, view = self.view_area(pen), VIEWS[self.view]
        size = (id(ending), view, area.size, pen.scale)
        picture = pen.kept(("debrief view", *size), lambda: self.view_picture(ending, pen))
        surface.blit(picture, area.topleft)
        if view == "race":
            self.paint_detail(surface, ending, pen)

    def view_picture(self, ending: Ending, pen: Pen) -> pygame.Surface:
        """The view as a picture."""
        area, view = self.view_area(pen), VIEWS[self.view]
        picture = pygame.Surface(area.size)
        picture.fill(ink("panel"))
        whole = picture.get_rect()
        if view == "race":
            race = self.race_area(pen).move(-area.left, -area.top)
            draw_race(picture, race, ending, pen)
            top = race.bottom + self.detail_height(pen)
            if area.height - top > pen.px(100):
                draw_lead(picture, pygame.Rect(0, top, area.width, area.height - top), ending, pen)
            return picture
        finding, note = ending.flows, pen.words("debrief.flows_note")
        if view == "beliefs":
            finding, note = belief_finding(ending, pen), belief_note(ending, pen)
        box = pen.paragraph(picture, finding, (0, 0), area.width, "section", "t1", count=2)
        box = pen.paragraph(picture, note, (0, box.bottom + pen.px(2)), area.width, "note", "t3", count=2)
        top = box.bottom + pen.px(14)
        rest = pygame.Rect(0, top, whole.width, whole.height - top)
        (draw_beliefs if view == "beliefs" else draw_flows)(picture, rest, ending, pen)
        return picture

    def paint_detail(self, surface: pygame.Surface, ending: Ending, pen: Pen) -> None:
        """What the turning point that is looked at did, under the race."""
        area, point = self.race_area(pen), self.point()
        x, y = area.left, area.bottom + pen.px(8)
        if point is None:
            pen.paragraph(surface, pen.words("debrief.no_points"), (x, y), area.width, "body", "t2", count=3)
            return
        head: list[tuple[str, str, Ink]] = [
            (f"{point.number}", "control", "t1"),
            (pen.words("debrief.ordered", who=point.who, when=point.when), "control", "t1"),
        ]
        pen.runs(surface, head, (x, y), 10)
        y += pen.line("control") + pen.px(1)
        text = f"{point.title}: {point.says}"
        pen.write(surface, text, (x, y), "body", "t2", most=area.width)
        name = "debrief.effect_us" if point.held >= 0 else "debrief.effect_cn"
        text = pen.words(
            name, months=months(abs(point.held)).lstrip("+"), anew=months(point.anew),
            range=months_between(point.low, point.high),
        )  # fmt: skip
        count = 2 if pen.scale.compact else 1
        pen.paragraph(surface, text, (x, y + pen.line("body")), area.width, "body", "t1", count=count)
