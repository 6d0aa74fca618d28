"""DebriefScreen: a finished game - how it ended, when it was decided, what would have gone differently, and starting again.

Everything is worked out beside the drawing (`desktop.ending`); until it is there the screen says what it waits for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pygame

from desktop import tables
from desktop.ending import Ending, Point, another_world, ending_of, report, reports, taken_up
from desktop.foresight import outcomes_of
from desktop.kit import Action, Button, Choice, Control, Stepper, draw_progress
from desktop.pen import Pen, ink
from desktop.screen import STAY, Begin, Move, Say
from desktop.screens.debrief_pictures import again_note, side_picture, story_lines, view_picture
from desktop.screens.debrief_race import Number, detail_lines, draw_detail, spots
from desktop.screens.game import GameScreen
from desktop.screens.opening import first
from desktop.table import Answer, Table

VIEWS = ("race", "beliefs", "flows")
"""What the large area shows, one at a time."""
SIDE = 470
LEAD_FROM = 400
"""Height of the race, in pixels of the drawings, from which the lead has room under it."""
BRIEF_UNDER = 260
"""Height of the view, in the same pixels, under which what a turning point did is told in short."""


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
        self.done: dict[str, float] = {}

    # What is worked out

    def answer(self) -> Answer:
        """The ending, asked for once."""
        table, seat = self.table, self.table.seat

        def done(share: float) -> None:
            self.done[seat] = share

        return table.asked(f"debrief {seat}", table.turn, lambda: ending_of(table.model, seat, done=done))

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
                Number(
                    name=f"point:{point.number}", number=point.number, is_chosen=at == self.chosen, holds=point.holds
                )
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
            wide = min(whose.least(pen)[0], main.width)
            boxes["whose"] = pygame.Rect(main.right - wide, boxes["view"].top, wide, tall)
        gap, bottom = pen.px(10), side.bottom
        tall = self.form["again"].least(pen)[1]
        step = min(max(round(side.width * 0.4), self.form["from"].least(pen)[0]), side.width // 2)
        if self.form["again"].least(pen)[0] > side.width - step - gap:
            self.form = self.form.with_control(replace(self.form["again"], label=words("debrief.again_short")))
        boxes["again"] = pygame.Rect(side.left + step + gap, bottom - tall, side.width - step - gap, tall)
        small = self.form["report"].least(pen)[1]
        half = (side.width - gap) // 2
        boxes["another"] = pygame.Rect(side.left, bottom - tall - gap - small, half, small)
        boxes["report"] = pygame.Rect(side.right - half, bottom - tall - gap - small, half, small)
        if "whose" in boxes and self.is_stacked(pen):
            boxes["whose"].bottomleft = (side.left, boxes["another"].top - gap)
        least = pen.scale.target()
        boxes["from"] = pygame.Rect(side.left, bottom - (tall + least) // 2, step, least)
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
        lines = len(story_lines(ending, main.width, pen)) if ending else 2
        return main.top + self.verdict_height(pen) + lines * pen.line("body") + pen.px(12)

    def verdict_height(self, pen: Pen) -> int:
        """Height of the verdict, which takes two lines where no type is small enough."""
        ending, role = self.ending(), self.verdict_role(pen)
        text = ending.headline if ending else pen.words("debrief.working")
        return len(pen.lines(text, self.main(pen).width, role, count=2)) * pen.line(role)

    def whose_width(self, pen: Pen) -> int:
        """Width of the choice of people; 0 where there is one person."""
        whose = self.form.controls.get("whose")
        return whose.least(pen)[0] if whose else 0

    def is_stacked(self, pen: Pen) -> bool:
        """Whether the choice of people has no room beside that of views."""
        return self.form["view"].least(pen)[0] + self.whose_width(pen) + pen.px(16) > self.main(pen).width

    def view_area(self, pen: Pen) -> pygame.Rect:
        """What is left for the view."""
        main = self.main(pen)
        tall = self.form["view"].least(pen)[1]
        top = self.view_top(pen) + tall + pen.px(14)
        return pygame.Rect(main.left, top, main.width, main.bottom - top)

    def is_brief(self, pen: Pen) -> bool:
        """Whether the race has so little room that what a turning point did is told in short."""
        return self.view_area(pen).height < pen.px(BRIEF_UNDER)

    def detail_height(self, pen: Pen) -> int:
        """Height of what is said of the turning point of which most is said, so that the race stays as one looks at others."""
        ending, wide, brief = self.ending(), self.view_area(pen).width, self.is_brief(pen)
        points = ending.points if ending else ()
        least = 3 if pen.scale.compact else 2
        lines = max([least, *(len(detail_lines(point, wide, brief, pen)) for point in points)])
        return pen.line("control") + lines * pen.line("body") + pen.px(18)

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
        return {"lead": pygame.Rect(main.left, main.top, main.width, self.verdict_height(pen)), **found}

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

    def weight_of(self, at: int) -> tuple[bool, bool, float]:
        """Which turning point is looked at first: one that holds under other luck, then one of the seat's own."""
        point = self.points[at]
        return point.holds, point.seat == self.table.seat, abs(point.held)

    def offer(self) -> None:
        """Offers the quarter of the own order that did most for starting again."""
        ending, start = self.ending(), self.form["from"]
        if ending and ending.own and isinstance(start, Stepper):
            best = ending.decisive or ending.own[0]
            self.form = self.form.with_control(replace(start, value=float(best.turn)))

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
            told = replace(ending.told, forecasts=outcomes_of(self.table))
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
                self.look_at(max(range(len(self.points)), key=self.weight_of))
            self.offer()
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
            is_working = not text
            text = text or pen.words("debrief.working_on")
            box = pen.paragraph(surface, text, (main.left, box.bottom + pen.px(6)), main.width, "body", "t2")
            if is_working:
                share = self.done.get(self.table.seat, 0.0)
                bar = pygame.Rect(main.left, box.bottom + pen.px(16), min(main.width, pen.px(420)), pen.px(36))
                draw_progress(surface, bar, share, pen.words("debrief.share_done", share=f"{100 * share:.0f}"), pen)
            return
        pen.paragraph(surface, ending.headline, main.topleft, main.width, self.verdict_role(pen), "t1", count=2)
        top = main.top + self.verdict_height(pen) + pen.px(2)
        for n, line in enumerate(story_lines(ending, main.width, pen)):
            pen.write(surface, line, (main.left, top + n * pen.line("body")), "body", "t2")
        self.paint_view(surface, ending, pen)
        side = self.side(pen)
        stacked = "whose" in self.form.rects and self.is_stacked(pen)
        buttons = self.form.rects["whose" if stacked else "another"].top
        key = ("debrief side", ending.told.seed, self.table.seat, self.turn_chosen())
        note = again_note(ending, self.turn_chosen(), self.quarter(), self.table.is_watching, side.width, pen)
        picture = pen.kept(
            (*key, id(ending), side.size, pen.scale), lambda: side_picture(ending, side, buttons, note, pen)
        )
        surface.blit(picture, side.topleft)

    def paint_view(self, surface: pygame.Surface, ending: Ending, pen: Pen) -> None:
        """Draws what was chosen."""
        area, view = self.view_area(pen), VIEWS[self.view]
        size = (id(ending), view, area.size, pen.scale)
        picture = pen.kept(("debrief view", *size), lambda: self.pictured(ending, pen))
        surface.blit(picture, area.topleft)
        if view == "race":
            draw_detail(surface, self.race_area(pen), self.point(), self.is_brief(pen), pen)

    def pictured(self, ending: Ending, pen: Pen) -> pygame.Surface:
        """The view as a picture."""
        area = self.view_area(pen)
        race = self.race_area(pen).move(-area.left, -area.top)
        return view_picture(ending, VIEWS[self.view], area.size, race, race.bottom + self.detail_height(pen), pen)
