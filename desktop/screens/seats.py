"""Seats: who one directs, what that seat can see and do, who plays the others and how well, and the seed of all luck."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop import tables
from desktop.kit import Action, Button, Choice, Control, Field
from desktop.levels import LEVELS, USUAL, Level, rivals
from desktop.pen import Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop, Push
from desktop.screens.knowing import THINGS
from desktop.screens.opening import first
from desktop.screens.seatboard import Board
from desktop.theme import COLOURS
from play.story import story_of
from world.cast import Seat
from world.scenario import Scenario

MODES = ("one", "people", "watch")
MOST_SEED = 2**64 - 1


class SeatScreen(FormScreen):
    """The seat picker. `mode` is one person, several people on one machine, or nobody."""

    title = "Seats"
    starts_on = "board"

    def __init__(self, scenario: Scenario, mode: str = "one") -> None:
        super().__init__()
        self.scenario = scenario
        self.mode = mode
        self.marked: tuple[str, ...] = ()
        self.changed: dict[str, str] = {}
        """Doctrines that the person chose for single seats, over the level's."""

    def controls(self) -> Sequence[Control]:
        """The board, the search, the levels, the seed and the buttons; the board has the keyboard."""
        return (
            Field(name="search"),
            Board(name="board", scenario=self.scenario, seats=self.found("")),
            Choice(name="level", options=tuple(level.name for level in LEVELS), value=USUAL),
            Field(name="seed", text="1", caret=1, icon=""),
            *(Button(name=name) for name in ("earlier", "later", "rivals", "mode", "back", "start")),
        )

    @property
    def board(self) -> Board:
        """The board."""
        board = self.form["board"]
        assert isinstance(board, Board)
        return board

    @property
    def level(self) -> Level:
        """The level that is chosen."""
        level = self.form["level"]
        assert isinstance(level, Choice)
        return LEVELS[level.value]

    def found(self, text: str) -> tuple[Seat, ...]:
        """The seats whose name, kind or side holds a text; those for people first."""
        cast = self.scenario.cast
        order = [*cast.recommended, *(name for name in cast.names["seats"] if name not in cast.recommended)]
        seats = [cast.seats[cast.at("seats", name)] for name in order]
        words = text.lower().split()
        return tuple(seat for seat in seats if all(word in described(seat) for word in words))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The board between the heading and the foot."""
        self.margin = pen.px(40 if not pen.scale.compact else 24)
        wide = pen.scale.width - 2 * self.margin
        self.label_controls(pen)
        self.top = pen.px(30 if not pen.scale.compact else 14)
        top = self.top + pen.line("wordmark") * (not pen.scale.compact) + pen.px(16) + pen.line("verdict")
        top += pen.line("subtitle") + pen.px(16)
        boxes = self.lower(pen)
        field = boxes["level"].height
        label = pen.width(self.form["search"].label, "body") + pen.px(50)
        find = max(label, min(pen.px(280), wide - pen.width(self.about(pen), "subtitle") - pen.px(24)))
        boxes["search"] = pygame.Rect(self.margin + wide - find, top - pen.px(18) - field, find, field)
        return {**self.board_boxes(top, pen), **boxes}

    def board_boxes(self, top: int, pen: Pen) -> dict[str, pygame.Rect]:
        """The board, and the two small buttons beside what is said of its columns."""
        wide = pen.scale.width - 2 * self.margin
        names = [pen.width(pen.words(f"seats.{thing.name}"), "note") for thing in THINGS]
        names.append(pen.width(self.shown(88, 7, pen), "note") + 2 * pen.scale.target() + pen.px(8))
        indent = max(*names, pen.width(pen.words("seats.see"), "headline_small")) + pen.px(16)
        columns = min(7, int((wide - indent) / max(pen.px(166), 120)))
        rect = pygame.Rect(self.margin + indent, top, wide - indent, self.foot - pen.px(8) - top)
        board = replace(self.board, indent=indent).fitted(columns)
        self.form = self.form.with_control(board.measured(rect, pen))
        boxes, side = {"board": rect}, pen.scale.target()
        if len(board.seats) > columns:
            left = self.margin + pen.width(self.shown(len(board.seats), columns, pen), "note") + pen.px(8)
            boxes["earlier"] = pygame.Rect(left, top, side, side)
            boxes["later"] = pygame.Rect(left + side + pen.px(4), top, side, side)
        return boxes

    def lower(self, pen: Pen) -> dict[str, pygame.Rect]:
        """The foot: level and seed with what the level means under them, the buttons beside or under those."""
        wide, tall = pen.scale.width - 2 * self.margin, max(pen.px(46), pen.line("control") + pen.px(14))
        names = ("start", "back", "mode", "rivals")
        buttons = [self.form[name].least(pen)[0] for name in names]
        level, seed, gap = self.form["level"].least(pen)[0], pen.px(110), pen.px(16)
        is_wide = level + gap + seed + pen.px(24) + sum(buttons) + 3 * pen.px(12) <= wide
        field = max(pen.px(34), pen.scale.target())
        self.meant_wide = wide - buttons[0] - pen.px(16) if is_wide else wide
        texts = (pen.words(f"levels.{one.name}_about") for one in LEVELS)
        self.meant = min(2, max(len(pen.lines(text, self.meant_wide, "note")) for text in texts))
        low = pen.line("note") + field + self.meant * pen.line("note") + pen.px(10)
        under = pen.line("note") + pen.px(8) if self.reason(pen) else 0
        self.foot = pen.scale.height - pen.px(14) - low - (0 if is_wide else tall + under + pen.px(10))
        y = self.foot + pen.line("note")
        boxes = {"level": pygame.Rect(self.margin, y, level, field)}
        boxes["seed"] = pygame.Rect(self.margin + level + gap, y, seed, field)
        right, row = self.margin + wide, y if is_wide else pen.scale.height - pen.px(12) - tall - under
        for name, least in zip(names, buttons, strict=True):
            height = tall if name == "start" else max(self.form[name].least(pen)[1], pen.px(36))
            middle = row + (field // 2 if is_wide else tall // 2)
            boxes[name] = pygame.Rect(right - least, middle - height // 2, least, height)
            right -= least + pen.px(12)
        return boxes

    def label_controls(self, pen: Pen) -> None:
        """Words of everything, as it stands."""
        seat = self.board.seat
        who = seat.title if seat else ""
        level, search, seed = self.form["level"], self.form["search"], self.form["seed"]
        assert isinstance(level, Choice)
        assert isinstance(search, Field)
        assert isinstance(seed, Field)
        start = f"seats.start_{self.mode}"
        self.form = self.form.with_control(
            replace(level, options=tuple(pen.words(f"levels.{one.name}") for one in LEVELS)),
            replace(search, label=pen.words("seats.search", count=len(self.scenario.cast.seats))),
            replace(seed, label=pen.words("seats.seed")),
            replace(
                self.board, marked=frozenset(self.marked), marks=self.mode == "people", empty=pen.words("seats.none")
            ),
            Button(
                name="start",
                label=pen.words(start, seat=who, count=len(self.marked)),
                kind="primary",
                hint=pen.words("keys.enter"),
                reason=self.reason(pen),
            ),
            Button(name="back", label=pen.words("options.back")),
            Button(name="earlier", icon="left"),
            Button(name="later", icon="right"),
            Button(name="mode", label=pen.words(f"seats.mode_{self.mode}"), hint="H"),
            Button(name="rivals", label=pen.words("seats.rivals"), hint="D"),
        )

    def reason(self, pen: Pen) -> str:
        """Why the game cannot start yet."""
        if self.mode == "people":
            return pen.words("seats.few") if len(self.marked) < 2 else ""
        return "" if self.board.seat else pen.words("seats.none_short")

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The heading, what the level means, and what the small fields are called."""
        surface.fill(COLOURS["panel"])
        y, story = self.top, story_of(self.scenario)
        when = f"{story.quarter(0)}: {self.scenario.title}"
        if not pen.scale.compact:
            pen.icon(surface, "hourglass", (self.margin + pen.px(8), y + pen.px(10)), 10, "ivory")
            pen.write(surface, pen.words("app.wordmark"), (self.margin + pen.px(28), y), "wordmark")
            right = pen.scale.width - self.margin
            pen.write(surface, when, (right, y), "body", "t2", align="right")
            y += pen.line("wordmark")
        y += pen.px(16)
        box = pen.write(surface, pen.words(f"seats.title_{self.mode}"), (self.margin, y), "verdict", "t1")
        most = self.form.rects["search"].left - pen.px(16) - self.margin
        pen.write(surface, self.about(pen), (self.margin, box.bottom), "subtitle", "t2", most=most)
        self.paint_shown(surface, pen)
        level, seed = self.form.rects["level"], self.form.rects["seed"]
        pen.write(surface, pen.words("seats.level"), (level.left, self.foot - pen.px(2)), "note", "t3")
        pen.write(surface, pen.words("seats.seed"), (seed.left, self.foot - pen.px(2)), "note", "t3")
        text = pen.words(f"levels.{self.level.name}_about")
        if self.changed:
            text = pen.words("seats.changed", count=len(self.changed)) + " " + text
        at = (level.left, level.bottom + pen.px(5))
        pen.paragraph(surface, text, at, self.meant_wide, "note", "t2", count=self.meant)

    def paint_shown(self, surface: pygame.Surface, pen: Pen) -> None:
        """Which seats of how many are in sight, and that more of each lies below."""
        board = self.board
        if "earlier" in self.form.rects:
            text = self.shown(min(len(board.seats), board.first + board.columns), board.columns, pen)
            middle = self.form.rects["earlier"].centery
            pen.write(surface, text, (self.margin, middle - pen.line("note") // 2), "note", "t3")
        if board.scrolled < board.steps:
            at = (self.form.rects["seed"].right + pen.px(16), self.foot - pen.px(2))
            pen.write(surface, pen.words("seats.below"), at, "note", "t2")

    def shown(self, last: int, columns: int, pen: Pen) -> str:
        """Which seats of how many are in sight, up to a last one."""
        return pen.words("seats.shown", first=last - columns + 1, last=last, count=len(self.board.seats))

    def about(self, pen: Pen) -> str:
        """What one chooses here."""
        return pen.words(f"seats.about_{self.mode}", others=len(self.scenario.cast.seats) - 1)

    # What happens

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """What a control did."""
        if action.name == "search" and action.kind in ("change", "confirm"):
            self.form = self.form.with_control(
                replace(self.board, seats=self.found(str(action.value)), chosen=0, first=0, scrolled=0)
            )
            if action.kind == "confirm":
                self.form = self.form.focused("board")
        elif action.name == "board" and action.kind == "mark":
            self.mark()
        elif action.name in ("earlier", "later"):
            by = self.board.columns if action.name == "later" else -self.board.columns
            self.form = self.form.with_control(self.board.to(self.board.chosen + by)[0])
        elif action.name == "back":
            return (Pop(),)
        elif action.name in ("start", "board", "seed") and action.kind in ("press", "open", "confirm"):
            return self.start(pen)
        elif action.name == "mode":
            self.mode = MODES[(MODES.index(self.mode) + 1) % len(MODES)]
        elif action.name == "rivals":
            return self.open_rivals()
        self.relaid()
        return STAY

    def mark(self) -> None:
        """Marks the chosen seat as a person's, or no more."""
        seat = self.board.seat
        if seat is None:
            return
        if seat.name in self.marked:
            self.marked = tuple(name for name in self.marked if name != seat.name)
        else:
            self.marked = (*self.marked, seat.name)

    def open_rivals(self) -> Sequence[Move]:
        """Who plays the others."""
        from desktop.screens.rivals import RivalsScreen

        return (Push(RivalsScreen(self)),)

    @property
    def people(self) -> tuple[str, ...]:
        """The seats that people take."""
        if self.mode == "people":
            return self.marked
        seat = self.board.seat
        return (seat.name,) if seat and self.mode == "one" else ()

    def players(self) -> dict[str, str]:
        """The doctrine of every other seat."""
        held = {**rivals(self.scenario.cast, self.level, self.seed, self.people), **self.changed}
        return {name: who for name, who in held.items() if name not in self.people}

    @property
    def seed(self) -> int:
        """What all luck follows from; raises ValueError for a text that is no number."""
        field = self.form["seed"]
        assert isinstance(field, Field)
        if not field.text.strip().isdecimal() or int(field.text) > MOST_SEED:
            raise ValueError(f"the seed is '{field.text}'; write a whole number from 0 to {MOST_SEED}")
        return int(field.text)

    def start(self, pen: Pen) -> Sequence[Move]:
        """Begins the game."""
        if self.reason(pen):
            raise ValueError(self.reason(pen))
        watched = self.board.seat.name if self.mode == "watch" and self.board.seat else ""
        table = tables.begun(self.scenario, self.people, self.players(), self.seed, watched)
        return (Begin(first(table)),)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Arrows, Space and Enter reach the board from anywhere but a field; letters open the rest."""
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and self.form.focus in (None, "board"):
            return self.start(pen)
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_SPACE) and self.form.focus is None:
            self.form = self.form.focused("board")
            return None
        if event.key == pygame.K_h:
            return self.act(Action("mode", "press"), pen)
        if event.key == pygame.K_d:
            return self.open_rivals()
        if event.key in (pygame.K_f, pygame.K_SLASH):
            self.form = self.form.focused("search")
            return STAY
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """For the help."""
        rows = (
            ("← →", "change"),
            ("↑ ↓", "scroll"),
            ("Enter", "go"),
            ("F", "find"),
            ("H", "friends"),
            ("D", "others"),
            ("Space", "mark"),
        )
        return tuple((key, f"seats.key_{name}") for key, name in rows)


def described(seat: Seat) -> str:
    """Everything a seat may be searched by."""
    side = "us american america" if seat.bloc == "us" else "cn china chinese"
    return f"{seat.name} {seat.title} {seat.title_local} {seat.role} {side}".lower().replace("_", " ")
