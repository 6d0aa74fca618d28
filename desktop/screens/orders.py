"""Orders: the levers of a seat, what is drafted of them, and what the draft probably does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import pygame

from desktop.kit import Action, Button, Choice, Control, draw_tooltip
from desktop.numbers import short
from desktop.pen import Pen
from desktop.screen import STAY, Move
from desktop.screens import slots
from desktop.screens.draft import Draft
from desktop.screens.game import GameScreen
from desktop.screens.histories import draw_histories, draw_spark
from desktop.screens.lever_column import Column, laid
from desktop.screens.lever_tip import tip_of
from desktop.screens.levers import control_name, lever_of, row_of, settings_from
from desktop.screens.mix import Mix
from desktop.screens.order_preview import Panel, finding, middle_of, names_for
from desktop.screens.order_words import dollars, sum_of, thing
from desktop.screens.threshold import Edge, Threshold
from desktop.screens.wafers import Wafers
from desktop.table import Answer, Table
from desktop.theme import COLOURS
from play.preview import Preview
from world.orders import MOVES

REST = 0.15
"""Seconds that a draft must rest before its preview is begun."""
SLOW = 0.5
"""Seconds of waiting after which the panel says so."""
SIDE = 470
"""Width of the right panel."""
WIDE = 760
"""From this width on, the drawn control and the levers stand side by side."""
SPECIAL = 0.56
SPECIALS: dict[str, Callable[[Draft, Pen], "Special"]] = {
    "cap_exports": Threshold,
    "direct_wafers": Wafers,
    "share_wafers": Wafers,
    "buy": Mix,
}
"""Kinds of order that have a drawn control of their own."""


class Special(Protocol):
    """A drawn control: its own levers, where they lie, and what is drawn round them."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def hint(self) -> str:
        """What stands beside the heading."""

    def controls(self, reasons: Mapping[int, str]) -> list[Control]:
        """Its controls, given why each entry cannot be moved."""

    def place(self, rect: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
        """Boxes of its controls."""

    def spanned(self, control: Control, rect: pygame.Rect, pen: Pen) -> Control:
        """A control that knows its axis in pixels."""

    def paint(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Draws what lies under its controls."""

    def finding(self) -> str:
        """What the draft does to it as a headline, or ""."""


class Pictures:
    """The last picture of each part of a screen, made anew where what it depends on changed."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[tuple[Any, ...], pygame.Surface]] = {}

    def laid(
        self, surface: pygame.Surface, area: pygame.Rect, key: tuple[Any, ...], make: Callable[[], pygame.Surface]
    ) -> None:
        """Lays the picture of a part, named first in its key, into its area."""
        name = str(key[0])
        if name not in self.held or self.held[name][0] != key:
            self.held[name] = (key, make())
        surface.blit(self.held[name][1], area)


class OrdersScreen(GameScreen):
    """The orders of the seat that is looked from."""

    name = "orders"
    title = "Orders"

    def __init__(self, table: Table, at: str = "") -> None:
        super().__init__(table)
        self.figure = f"objective.{table.seat}"
        self.at = at
        """A kind of order to begin at."""
        self.draft: Draft | None = None
        self.special: Special | None = None
        self.column = Column()
        self.group = 0
        self.page = 0
        self.part = 0
        self.made_for: tuple[Any, ...] = ()
        self.asked: Answer | None = None
        self.rested = 0.0
        self.waited = 0.0
        self.resting: tuple[Any, ...] = ()
        self.shown: Preview | None = None
        self.shown_for: tuple[Any, ...] = ()
        self.failed = ""
        self.pointer = (0, 0)
        self.panel: Panel | None = None
        self.pictures = Pictures()
        self.reasons: dict[Any, dict[int, str]] = {}
        self.area_pair: tuple[pygame.Rect | None, pygame.Rect | None] = (None, None)
        self.relays = 0

    # Where things lie

    def main(self, pen: Pen) -> pygame.Rect:
        """The area of the levers, without its margins."""
        area, margin = pen.scale.main_area(SIDE), pen.px(24 if pen.scale.compact else 32)
        return pygame.Rect(area.left + margin, area.top, area.width - 2 * margin, area.height)

    def side(self, pen: Pen) -> pygame.Rect:
        """The right panel without its margins and its buttons."""
        area, margin = pen.scale.side_panel(SIDE), pen.px(20 if pen.scale.compact else 24)
        top = area.top + pen.px(12 if pen.scale.compact else 20)
        if self.is_parted(pen):
            top += pen.scale.target() + pen.px(10)
        foot = self.buttons(pen).top - pen.px(10) - pen.line("note")
        return pygame.Rect(area.left + margin, top, area.width - 2 * margin, foot - pen.px(4) - top)

    def buttons(self, pen: Pen) -> pygame.Rect:
        """The row of buttons at the foot of the panel."""
        area, margin = pen.scale.side_panel(SIDE), pen.px(20 if pen.scale.compact else 24)
        tall = max(pen.scale.target(), pen.px(46))
        return pygame.Rect(area.left + margin, area.bottom - pen.px(20) - tall, area.width - 2 * margin, tall)

    def is_parted(self, pen: Pen) -> bool:
        """Whether the panel shows either the preview or who leans on the seat."""
        area = pen.scale.side_panel(SIDE)
        room = pygame.Rect(0, 0, area.width, area.height - pen.px(20) * 2 - pen.px(46) - pen.line("note") - pen.px(34))
        return Panel(self.table, pen, None).needed(room)

    def head(self, pen: Pen) -> tuple[pygame.Rect, int]:
        """The row of the three moves, and where the levers begin."""
        area = self.main(pen)
        y = area.top + pen.px(12 if pen.scale.compact else 20)
        y += pen.line(self.headline_role(pen)) + pen.px(2) + pen.line("body") + pen.px(10)
        tall = pen.px(34) if pen.scale.compact else pen.line("strong") + pen.line("note") + pen.px(10)
        row = pygame.Rect(area.left, y, area.width, max(tall, pen.scale.target()))
        return row, row.bottom + pen.px(12 if pen.scale.compact else 18)

    def headline_role(self, pen: Pen) -> str:
        """The type of the headline."""
        return "map_finding" if pen.scale.compact else "finding"

    def is_wide(self, pen: Pen) -> bool:
        """Whether a drawn control stands beside the levers."""
        return self.main(pen).width >= pen.px(WIDE)

    def is_paged(self, pen: Pen) -> bool:
        """Whether the drawn control and the levers take turns."""
        return self.special is not None and not self.is_wide(pen)

    def areas(self, pen: Pen) -> tuple[pygame.Rect | None, pygame.Rect | None]:
        """The areas of the drawn control and of the levers; None where one is not shown."""
        area, (_, top) = self.main(pen), self.head(pen)
        foot = area.bottom - pen.px(20)
        if self.is_paged(pen):
            top += pen.scale.target() + pen.px(8)
        head = pen.line("section") + pen.px(8)
        whole = pygame.Rect(area.left, top, area.width, foot - top)
        if self.special is None:
            return None, pygame.Rect(whole.left, whole.top, whole.width - pen.px(12), whole.height)
        below = pygame.Rect(whole.left, whole.top + head, whole.width, whole.height - head)
        if self.is_paged(pen):
            lever = pygame.Rect(whole.left, whole.top, whole.width - pen.px(12), whole.height)
            return (whole, None) if self.page == 0 else (None, lever)
        wide = round(area.width * SPECIAL)
        gap = pen.px(24)
        left = pygame.Rect(below.left, below.top, wide - gap, below.height)
        right = pygame.Rect(area.left + wide + gap, below.top, area.width - wide - gap - pen.px(10), below.height)
        return left, right

    # The form

    def controls(self) -> Sequence[Control]:
        return (Button(name="end", label="", kind="primary"),)

    def drafted(self) -> None:
        """The draft changed: all controls are made anew."""
        self.made_for = ()
        self.relaid()

    def reason(self, pen: Pen) -> Callable[[int], str]:
        """Why an entry cannot be moved, in words."""
        draft = self.draft
        assert draft is not None
        watching, over = pen.words("orders.watching"), pen.words("orders.over")
        return lambda entry: draft.reason(entry, watching, over)

    def special_kind(self, draft: Draft) -> str:
        """The kind of order that has a drawn control."""
        return next((kind for kind in draft.kinds if kind in SPECIALS), "")

    def make(self, pen: Pen) -> None:
        """The draft and all controls as they stand now, where anything changed."""
        key = (self.table.draft_key, self.table.is_over, self.group, self.page, self.part, pen.scale)
        if self.made_for == key:
            return
        self.made_for = key
        self.figure = f"objective.{self.table.seat}"
        draft = self.draft = Draft(self.table, self.reasons)
        kind = self.special_kind(draft)
        self.special = SPECIALS[kind](draft, pen) if kind else None
        if isinstance(self.special, Threshold) and self.group:
            self.special = Threshold(draft, pen, self.group)
        reason = self.reason(pen)
        special, area = self.areas(pen)
        made: list[Control] = []
        if self.special and special:
            reasons = {entry: reason(entry) for entry in draft.entries}
            made += [self.special.spanned(c, special, pen) for c in self.special.controls(reasons)]
        if area:
            kinds = [one for one in draft.kinds if one != kind]
            self.column = laid(kinds, draft, reason, area, pen, self.column)
            made += self.levers(draft, reason, pen)
        made += slots.slots_of(draft, pen)
        if draft.settings and not self.table.is_over:
            made.append(Button(name="discard", label=pen.words("orders.discard"), hint="R"))
        if self.is_parted(pen):
            options = (pen.words("orders.part_preview"), pen.words("orders.part_lean"))
            made.append(Choice(name="part", options=options, value=self.part))
        if self.is_paged(pen):
            options = (self.special.title if self.special else "", pen.words("orders.other_levers"))
            made.append(Choice(name="page", options=options, value=self.page))
        self.put(made)

    def levers(self, draft: Draft, reason: Callable[[int], str], pen: Pen) -> list[Control]:
        """The controls of the column."""
        rows = [row for name in self.column.names if (row := row_of(name)) is not None]
        sizes: dict[str, int] = {}
        for row in rows:
            sizes[draft.book.dials[row].kind.name] = sizes.get(draft.book.dials[row].kind.name, 0) + 1
        side = "us" if self.table.seen()["seat"]["bloc"] == "us" else "cn"
        entry_of = draft.book.layout.entry_of_dial
        found = []
        for row in rows:
            alone = sizes[draft.book.dials[row].kind.name] == 1
            colour = side if draft.is_changed(row) else "ivory"
            found.append(lever_of(row, draft, pen.words, reason(int(entry_of[row])), alone, colour))
        return found

    def put(self, made: Sequence[Control]) -> None:
        """Puts controls into the form; what is pressed or under the pointer stays so, and others of ours go."""
        kept = [name for name in self.form.controls if name in ("end", "tabs") or name.startswith("figure:")]
        before, focus = self.form.controls, self.form.focus
        states = []
        for control in made:
            old = before.get(control.name)
            if old is not None:
                control = replace(control, hover=old.hover, pressed=old.pressed)
                if isinstance(control, Choice) and isinstance(old, Choice):
                    control = replace(control, over=old.over)
            states.append(control)
        form = self.form.only(kept).with_control(*states)
        self.form = replace(form, focus=focus if focus in form.controls else None)

    def ready(self, pen: Pen) -> None:
        before = self.made_for
        if not self.form.controls:
            super().ready(pen)
        self.make(pen)
        if self.made_for != before:
            self.relaid()
        super().ready(pen)
        if self.at:
            kind, self.at = self.at, ""
            self.go_to(kind, pen)

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        self.make(pen)
        found: dict[str, pygame.Rect] = {}
        special, area = self.areas(pen)
        if self.special and special:
            found |= self.special.place(special, pen)
        if area:
            found |= self.column.boxes()
        row, top = self.head(pen)
        names = [name for name in self.form.controls if name.startswith(slots.START)]
        found |= dict(zip(names, slots.boxes_of(row, pen), strict=False))
        if self.is_paged(pen):
            found["page"] = pygame.Rect(row.left, top, row.width, pen.scale.target())
        buttons, gap = self.buttons(pen), pen.px(10)
        discard = Button(name="discard", label=pen.words("orders.discard"), hint="R").least(pen)[0]
        has = "discard" in self.form.controls
        left = buttons.width - (discard + gap if has else 0)
        found["end"] = pygame.Rect(buttons.left, buttons.top, left, buttons.height)
        if has:
            found["discard"] = pygame.Rect(buttons.right - discard, buttons.top, discard, buttons.height)
        if self.is_parted(pen):
            side = self.side(pen)
            found["part"] = pygame.Rect(
                side.left, side.top - pen.scale.target() - pen.px(10), side.width, pen.scale.target()
            )
        return found

    def figures(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        return self.panel.figures if self.panel else {}

    # What is done

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        assert self.draft is not None
        if action.name == "group" and isinstance(action.value, int):
            self.group = action.value
        elif action.name == "page" and isinstance(action.value, int):
            self.page = action.value
        elif action.name == "part" and isinstance(action.value, int):
            self.part = action.value
        elif action.name == "discard":
            return self.ask_reset(pen)
        elif action.name.startswith(slots.START) and action.kind == "press":
            self.table.withdraw(int(action.name.removeprefix(slots.START)))
        elif settings := settings_from(action, self.draft):
            self.table.set(settings)
        self.drafted()
        return STAY

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        if event.type == pygame.MOUSEMOTION:
            self.pointer = event.pos
        if event.type == pygame.MOUSEWHEEL and self.modal is None:
            self.ready(pen)
            _, area = self.areas(pen)
            if area and area.inflate(pen.px(24), 0).collidepoint(self.pointer):
                self.scroll(-event.y * pen.px(60))
                return STAY
        return super().handle(event, pen)

    def scroll(self, by: int) -> None:
        """Scrolls the levers."""
        if self.column.scrolled(self.column.offset + by):
            self.relays += 1
            self.relaid()

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        _, area = self.area_pair = self.areas(pen)
        if event.key == pygame.K_TAB:
            back = bool(getattr(event, "mod", 0) & pygame.KMOD_SHIFT)
            return self.tabbed(-1 if back else 1, pen)
        if event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN) and area:
            self.scroll((area.height if event.key == pygame.K_PAGEDOWN else -area.height) * 4 // 5)
            return STAY
        if event.key == pygame.K_p and self.is_parted(pen):
            self.part = 1 - self.part
            self.drafted()
            return STAY
        return None

    def walk(self) -> list[str]:
        """All controls in the order of Tab: the drawn control before the levers, those out of sight among them."""
        own = self.column.names
        shown = [name for name in self.form.order if name not in own]

        def rank(name: str) -> int:
            if name in ("tabs", "page", "discard", "end"):
                return {"tabs": 0, "page": 2, "discard": 6, "end": 7}[name]
            if name.startswith(slots.START):
                return 1
            return 3 if name == "group" or row_of(name) is not None else 5

        before = sorted((name for name in shown if rank(name) < 4), key=rank)
        after = sorted((name for name in shown if rank(name) > 4), key=rank)
        _, area = self.area_pair
        return [*before, *(own if area else ()), *after]

    def tabbed(self, by: int, pen: Pen) -> Sequence[Move]:
        """The keyboard on the next control, or on the one before."""
        names, focus = self.walk(), self.form.focus
        at = (names.index(focus) + by) % len(names) if focus in names else 0 if by > 0 else len(names) - 1
        if names[at] in self.column.names:
            self.focus_on(names[at], pen)
        else:
            self.form = self.form.focused(names[at])
        return STAY

    def focus_on(self, name: str, pen: Pen) -> None:
        """Puts the keyboard on a lever of the column, and brings it into sight."""
        if self.column.reveal(name, pen.px(26)):
            self.relays += 1
            self.relaid()
            self.ready(pen)
        self.form = self.form.focused(name)

    def go_to(self, kind: str, pen: Pen) -> None:
        """Puts the keyboard on the first lever of a kind of order."""
        assert self.draft is not None
        entries = self.draft.of_kind(kind)
        if not entries:
            return
        if self.is_paged(pen):
            self.page = 0 if kind == self.special_kind(self.draft) else 1
            self.drafted()
            self.ready(pen)
        name = control_name(self.draft.rows(entries[0])[0])
        if name in self.column.names:
            self.focus_on(name, pen)
        elif name in self.form.controls:
            self.form = self.form.focused(name)

    def keys(self) -> Sequence[tuple[str, str]]:
        return (
            ("← →", "orders.key_change"),
            ("Home End", "orders.key_ends"),
            ("Pg", "orders.key_scroll"),
            ("P", "orders.key_part"),
        )

    # The preview

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        self.ready(pen)
        self.preview_after(dt)
        return super().update(dt, pen)

    def preview_after(self, dt: float) -> None:
        """Begins the preview of a draft that has rested, once, and takes its answer when it is there."""
        key = (self.table.draft_key, self.table.is_over)
        if key != self.resting:
            self.resting, self.rested, self.waited, self.asked = key, 0.0, 0.0, None
            return
        self.rested += dt
        if self.table.is_over:
            return
        if self.asked is None and self.rested >= REST:
            names = names_for(self.table)
            self.asked = self.table.preview(names, bool(self.table.sitting.draft))
            self.waited = 0.0
        if self.asked is None or self.shown_for == key:
            return
        self.waited += dt
        if not self.asked.is_there:
            return
        self.shown_for = key
        try:
            self.shown, self.failed = self.asked.value, ""
        except ValueError as error:
            self.shown, self.failed = None, str(error)
        self.relaid()

    @property
    def is_current(self) -> bool:
        """Whether the preview that is shown is that of the draft."""
        return self.shown_for == (self.table.draft_key, self.table.is_over)

    # Drawing

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        main, side = pen.scale.main_area(SIDE), pen.scale.side_panel(SIDE)
        said, language = self.said(pen), pen.words.language
        key = ("main", self.made_for, self.relays, self.shown_for, self.is_current, language)
        self.pictures.laid(surface, main, key, lambda: self.main_picture(main, pen))
        moment = (self.table.seat, self.table.turn, self.table.is_over)
        key = ("side", moment, self.shown_for, self.part, said, language, pen.scale)
        self.pictures.laid(surface, side, key, lambda: self.side_picture(side, said, pen))
        buttons = self.buttons(pen)
        at = (buttons.left, buttons.top - pen.line("note") - pen.px(6))
        pen.write(surface, self.price_words(pen), at, "note", "t2", most=buttons.width)

    def said(self, pen: Pen) -> str:
        """What the panel says in place of its key."""
        if self.failed:
            return pen.words("orders.preview.failed", reason=self.failed)
        if not self.is_current and not self.table.is_over and self.waited >= SLOW:
            return pen.words("orders.preview.waiting")
        return ""

    def main_picture(self, main: pygame.Rect, pen: Pen) -> pygame.Surface:
        """The levers' side without its controls."""
        surface = pygame.Surface((pen.scale.width, pen.scale.height))
        surface.fill(COLOURS["panel"])
        draft, area = self.draft, self.main(pen)
        assert draft is not None
        y = area.top + pen.px(12 if pen.scale.compact else 20)
        role = self.headline_role(pen)
        told = self.headlines(pen)
        fits = next((text for text in told if pen.width(text, role) <= area.width), "")
        small = role if fits else "section"
        at = (area.left, y + pen.line(role) - pen.line(small))
        pen.write(surface, fits or told[-1], at, small, "t1", most=area.width)
        y += pen.line(role) + pen.px(2)
        said = self.subtitles(pen)
        fits = next((text for text in said if pen.width(text, "body") <= area.width), said[-1])
        role = "body" if pen.width(fits, "body") <= area.width else "note"
        pen.write(surface, fits, (area.left, y), role, "t2", most=area.width)
        row, _ = self.head(pen)
        if not (self.table.is_over or self.table.is_watching):
            for n, box in enumerate(slots.boxes_of(row, pen)):
                if n >= draft.used:
                    slots.draw_free(surface, box, pen.words("orders.free_move", number=n + 1), pen)
        self.paint_parts(surface, pen)
        return surface.subsurface(main).copy()

    def paint_parts(self, surface: pygame.Surface, pen: Pen) -> None:
        """The drawn control and the words of the levers, with their headings."""
        special, levers = self.areas(pen)
        head = pen.line("section") + pen.px(8)
        if self.special and special:
            if not self.is_paged(pen):
                self.paint_heading(surface, special.left, special.top - head, special.width, pen)
            self.special.paint(surface, special, pen)
        if levers:
            if special:
                pen.write(surface, pen.words("orders.other_levers"), (levers.left, levers.top - head), "section", "t1")
                pen.upright(surface, levers.left - pen.px(24), special.top - head, special.height + head)
            self.column.paint(surface, pen)
            foot = levers.top + self.column.height + pen.px(24)
            if not self.special and levers.bottom - foot > pen.px(190) and self.draft:
                side = "us" if self.table.seen()["seat"]["bloc"] == "us" else "cn"
                box = pygame.Rect(levers.left, foot, levers.width, levers.bottom - foot)
                draw_histories(surface, box, self.draft, side, pen)

    def paint_heading(self, surface: pygame.Surface, x: int, y: int, wide: int, pen: Pen) -> None:
        """The heading of the drawn control, and what it says of itself."""
        special = self.special
        assert special is not None
        box = pen.write(surface, special.title, (x, y), "section", "t1", most=wide)
        if pen.width(special.hint, "note") <= x + wide - box.right - pen.px(12):
            drop = y + pen.baseline("section") - pen.baseline("note")
            pen.write(surface, special.hint, (x + wide, drop), "note", "t3", align="right")

    def side_picture(self, area: pygame.Rect, said: str, pen: Pen) -> pygame.Surface:
        """The right panel without its buttons."""
        surface = pygame.Surface((pen.scale.width, pen.scale.height))
        surface.fill(COLOURS["side"])
        pen.upright(surface, area.left, area.top, area.height)
        part = ("preview", "lean")[self.part] if self.is_parted(pen) else ""
        self.panel = Panel(self.table, pen, self.shown, said, part)
        self.panel.paint(surface, self.side(pen))
        self.relaid()
        return surface.subsurface(area).copy()

    def price_words(self, pen: Pen) -> str:
        """What the draft costs and leaves."""
        draft, purse = self.draft, self.table.seen()["purse"]
        assert draft is not None
        if self.table.is_over or self.table.is_watching or not draft.moved:
            return ""
        cost = sum_of(draft.cost, purse["currency"], pen.words, long=True)
        whole, left = purse["amount"], purse["amount"] - draft.cost
        if not draft.cost:
            return pen.words("orders.costs_nothing")
        if purse["currency"] == "capital":
            return pen.words("orders.costs", cost=cost, purse=short(whole, 3), left=short(left, 3))
        return pen.words("orders.costs", cost=cost, purse=dollars(whole * 1000), left=dollars(left * 1000))

    def headlines(self, pen: Pen) -> list[str]:
        """The finding over the levers, made from the draft and its preview; where room is short, a later one."""
        words, draft = pen.words, self.draft
        assert draft is not None
        seat = thing(self.table.seat, self.table.model.cast, words)
        if self.table.is_over:
            return [words("orders.over_title", seat=seat)]
        if self.table.is_watching:
            return [words("orders.watching_title", seat=seat)]
        if not draft.moved:
            return [words("orders.idle")]
        own = self.special.finding() if self.special else ""
        if self.shown and self.is_current and self.panel:
            middle = middle_of(self.shown)
            points = self.panel.points(abs(middle))
            if not own:
                return [finding(self.shown, words, points)]
            if abs(middle) >= 0.005:
                more = words("orders.preview.and_score_" + ("up" if middle > 0 else "down"), amount=points)
                return [f"{own}, {more}", own]
        return [own or words("orders.draft_title", count=draft.used)]

    def subtitles(self, pen: Pen) -> list[str]:
        """The quarter, the moves and the price; where room is short, a later one."""
        words, draft, seen = pen.words, self.draft, self.table.seen()
        assert draft is not None
        if self.table.is_over or self.table.is_watching:
            return [seen["seat"]["about"]]
        purse = seen["purse"]
        currency, has = purse["currency"], purse["amount"]
        whole = sum_of(has, currency, words, long=True)
        if not draft.moved:
            told = {"quarter": seen["coming"], "moves": MOVES, "purse": whole}
            return [words("orders.subtitle_none", **told), words("orders.subtitle_none_short", **told)]
        cost = (
            words("orders.cost", cost=sum_of(draft.cost, currency, words, long=True))
            if draft.cost
            else words("orders.free")
        )
        told = {"quarter": seen["coming"], "used": draft.used, "moves": MOVES, "cost": cost}
        return [words("orders.subtitle", **told), words("orders.subtitle_short", **told)]

    def paint_over(self, surface: pygame.Surface, pen: Pen) -> None:
        """The tooltip of the lever that the pointer or the keyboard rests on."""
        name = self.tip.name
        row = row_of(name) if name else None
        if row is None or name not in self.form.rects or self.modal or not self.tip.strength or self.draft is None:
            return
        if self.form[name].pressed:
            return
        title, facts, foot = tip_of(row, self.draft, pen)
        anchor, control = self.form.rects[name], self.form[name]
        if isinstance(control, Edge):
            anchor = pygame.Rect(0, 0, pen.px(26), pen.px(26))
            anchor.center = control.knob(self.form.rects[name])
        box = draw_tooltip(surface, anchor, title, facts, pen, foot, strength=self.tip.strength)
        if self.table.turn:
            draw_spark(surface, box, row, self.draft, pen)
