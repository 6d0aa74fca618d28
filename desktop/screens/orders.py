"""Orders: the levers of a seat, what is drafted of them, and what the draft probably does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pygame

from desktop.kit import Action, Button, Choice, Control, draw_tooltip
from desktop.pen import Pen
from desktop.screen import STAY, Move
from desktop.screens import slots
from desktop.screens.draft import Draft
from desktop.screens.game import GameScreen
from desktop.screens.histories import draw_histories, draw_spark
from desktop.screens.lever_column import Column, laid
from desktop.screens.lever_tip import tip_of
from desktop.screens.levers import control_name, lever_of, row_of, settings_from
from desktop.screens.order_headlines import headlines, price_words, subtitles
from desktop.screens.order_places import SIDE, Places
from desktop.screens.order_preview import Panel
from desktop.screens.order_resting import Resting
from desktop.screens.order_specials import Special, draw_heading, special_kind, special_of
from desktop.screens.pictures import Pictures
from desktop.screens.refusals import reasons_of
from desktop.screens.threshold_parts import Edge
from desktop.table import Table
from desktop.theme import COLOURS
from play.sitting import DraftRefused


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
        self.resting = Resting(table)
        self.places_kept: tuple[tuple[Any, ...], Places] | None = None
        self.pointer = (0, 0)
        self.panel: Panel | None = None
        self.pictures = Pictures()
        self.reasons: dict[Any, dict[int, DraftRefused | None]] = {}
        self.relays = 0

    def places(self, pen: Pen) -> Places:
        """Where things lie now."""
        key = (pen.scale, self.table.seat, self.special is not None, self.page)
        if self.places_kept is None or self.places_kept[0] != key:
            self.places_kept = (key, Places(self.table, pen, self.special is not None, self.page))
        return self.places_kept[1]

    # The form

    def controls(self) -> Sequence[Control]:
        return (Button(name="end", label="", kind="primary"),)

    def drafted(self) -> None:
        """The draft changed: all controls are made anew."""
        self.made_for = ()
        self.relaid()

    def make(self, pen: Pen) -> None:
        """The draft and all controls as they stand now, where anything changed."""
        key = (self.table.draft_key, self.table.is_over, self.group, self.page, self.part, pen.scale)
        if self.made_for == key:
            return
        self.made_for = key
        self.figure = f"objective.{self.table.seat}"
        draft = self.draft = Draft(self.table, self.reasons)
        kind = special_kind(draft)
        self.special = special_of(draft, pen, self.group)
        reason = reasons_of(draft, pen.words)
        special, area = self.places(pen).areas
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
            made.append(self.discard(pen))
        if self.places(pen).is_parted and not self.table.is_over:
            options = (pen.words("orders.part_preview"), pen.words("orders.part_lean"))
            made.append(Choice(name="part", options=options, value=self.part))
        if self.places(pen).is_paged:
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

    def discard(self, pen: Pen) -> Button:
        """The button that throws the draft away: a short one where the panel is narrow."""
        button = Button(name="discard", label=pen.words("orders.discard"), hint="R")
        room = self.places(pen).buttons.width - pen.px(10) - self.end_control(pen).least(pen)[0]
        if button.least(pen)[0] <= room:
            return button
        return Button(name="discard", label=pen.words("orders.discard_short"))

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
        special, area = self.places(pen).areas
        if self.special and special:
            found |= self.special.place(special, pen)
        if area:
            found |= self.column.boxes()
        row, top = self.places(pen).head
        names = [name for name in self.form.controls if name.startswith(slots.START)]
        found |= dict(zip(names, slots.boxes_of(row, pen), strict=False))
        if self.places(pen).is_paged:
            found["page"] = pygame.Rect(row.left, top, row.width, pen.scale.target())
        buttons, gap = self.places(pen).buttons, pen.px(10)
        has = "discard" in self.form.controls
        discard = self.form["discard"].least(pen)[0] if has else 0
        left = buttons.width - (discard + gap if has else 0)
        found["end"] = pygame.Rect(buttons.left, buttons.top, left, buttons.height)
        if has:
            found["discard"] = pygame.Rect(buttons.right - discard, buttons.top, discard, buttons.height)
        if "part" in self.form.controls:
            side = self.places(pen).side
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
            _, area = self.places(pen).areas
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
        _, area = self.places(pen).areas
        if event.key == pygame.K_TAB:
            back = bool(getattr(event, "mod", 0) & pygame.KMOD_SHIFT)
            return self.tabbed(-1 if back else 1, pen)
        if event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN) and area:
            self.scroll((area.height if event.key == pygame.K_PAGEDOWN else -area.height) * 4 // 5)
            return STAY
        if event.key == pygame.K_p and self.places(pen).is_parted:
            self.part = 1 - self.part
            self.drafted()
            return STAY
        return None

    def walk(self, pen: Pen) -> list[str]:
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
        _, area = self.places(pen).areas
        return [*before, *(own if area else ()), *after]

    def tabbed(self, by: int, pen: Pen) -> Sequence[Move]:
        """The keyboard on the next control, or on the one before."""
        names, focus = self.walk(pen), self.form.focus
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
        if self.places(pen).is_paged:
            self.page = 0 if kind == special_kind(self.draft) else 1
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
        if self.resting.after(dt):
            self.relaid()
        return super().update(dt, pen)

    # Drawing

    def paint_body(self, surface: pygame.Surface, pen: Pen) -> None:
        main, side = pen.scale.main_area(SIDE), pen.scale.side_panel(SIDE)
        said, language = self.resting.said(pen.words), pen.words.language
        assert self.draft is not None
        main_key = ("main", self.made_for, self.relays, self.resting.shown_for, self.resting.is_current, language)
        self.pictures.laid(surface, main, main_key, lambda: self.main_picture(main, pen))
        moment = (self.table.seat, self.table.turn, self.table.is_over)
        side_key = ("side", moment, self.resting.shown_for, self.part, said, language, pen.scale)
        self.pictures.laid(surface, side, side_key, lambda: self.side_picture(side, said, pen))
        buttons = self.places(pen).buttons
        at = (buttons.left, buttons.top - pen.line("note") - pen.px(6))
        told = price_words(self.table, self.draft, pen.words)
        fits = next((text for text in told if pen.width(text, "note") <= buttons.width), told[-1])
        pen.write(surface, fits, at, "note", "t2", most=buttons.width)

    def main_picture(self, main: pygame.Rect, pen: Pen) -> pygame.Surface:
        """The levers' side without its controls."""
        surface = pygame.Surface((pen.scale.width, pen.scale.height))
        surface.fill(COLOURS["panel"])
        draft, area = self.draft, self.places(pen).main
        assert draft is not None
        y = area.top + pen.px(12 if pen.scale.compact else 20)
        role = self.places(pen).headline_role
        own = self.special.finding() if self.special else ""
        found = self.resting.shown if self.resting.is_current else None
        told = headlines(self.table, draft, own, found, pen.words)
        fits = next((text for text in told if pen.width(text, role) <= area.width), "")
        small = role if fits else "section"
        at = (area.left, y + pen.line(role) - pen.line(small))
        pen.write(surface, fits or told[-1], at, small, "t1", most=area.width)
        y += pen.line(role) + pen.px(2)
        said = subtitles(self.table, draft, pen.words)
        fits = next((text for text in said if pen.width(text, "body") <= area.width), said[-1])
        role = "body" if pen.width(fits, "body") <= area.width else "note"
        pen.write(surface, fits, (area.left, y), role, "t2", most=area.width)
        row, _ = self.places(pen).head
        if not (self.table.is_over or self.table.is_watching):
            for n, box in enumerate(slots.boxes_of(row, pen)):
                if n >= draft.used:
                    slots.draw_free(surface, box, pen.words("orders.free_move", number=n + 1), pen)
        self.paint_parts(surface, pen)
        return surface.subsurface(main).copy()

    def paint_parts(self, surface: pygame.Surface, pen: Pen) -> None:
        """The drawn control and the words of the levers, with their headings."""
        special, levers = self.places(pen).areas
        head = pen.line("section") + pen.px(8)
        if self.special and special:
            if not self.places(pen).is_paged:
                box = pygame.Rect(special.left, special.top - head, special.width, head)
                draw_heading(surface, box, self.special, pen)
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

    def side_picture(self, area: pygame.Rect, said: str, pen: Pen) -> pygame.Surface:
        """The right panel without its buttons."""
        surface = pygame.Surface((pen.scale.width, pen.scale.height))
        surface.fill(COLOURS["side"])
        pen.upright(surface, area.left, area.top, area.height)
        part = ("preview", "lean")[self.part] if self.places(pen).is_parted else ""
        part = "lean" if self.table.is_over else part
        self.panel = Panel(self.table, pen, self.resting.shown, said, part)
        self.panel.paint(surface, self.places(pen).side)
        self.relaid()
        return surface.subsurface(area).copy()

    def paint_over(self, surface: pygame.Surface, pen: Pen) -> None:
        """The tooltip of the lever that the pointer or the keyboard rests on."""
        name = self.tip.name or ""
        row = row_of(name)
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
