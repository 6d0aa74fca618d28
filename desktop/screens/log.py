"""The log: every quarter of the game as the seat lived it, told in sentences, and playing on from any of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop import foresight, tables
from desktop.kit import Action, Button, Choice, Control, Item, Listing, Modal
from desktop.numbers import trimmed
from desktop.pen import Ink, Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop
from desktop.screens.log_lines import FILTERS, MAJOR, Entry, Telling, entries_of
from desktop.screens.opening import first
from desktop.screens.reading import Reading, draw_sheet
from desktop.table import Table
from play.words import Words

Told = tuple[str, Ink]
"""A line and its colour; an indent is written as leading spaces."""
ROOMY = 1400
"""The least width, in the drawings' pixels, at which the lead stands beside the text and not under it."""


class LogScreen(FormScreen):
    """Quarters on the left, what happened in the chosen one in the middle, the lead on the right."""

    title = "Log"
    starts_on = "list"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.reading = Reading()
        self.told: dict[int, tuple[Entry, ...]] = {}

    def controls(self) -> Sequence[Control]:
        """The quarters, the latest chosen, what is shown of one, and two buttons."""
        return (
            Listing(name="list", chosen=self.table.turn),
            Choice(name="filter", options=tuple("-" for _ in FILTERS)),
            Button(name="branch"),
            Button(name="back"),
        )

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """Quarters, filter, text, the lead, buttons."""
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + pen.line("subtitle") + pen.px(28)
        tall = max(pen.px(40), pen.line("strong") + pen.px(12))
        foot = pen.scale.height - pen.px(42) - tall
        listing, names = self.form["list"], pen.words.under("log.filter")
        assert isinstance(listing, Listing)
        row = pen.line("strong") + pen.line("note") + pen.px(8)
        box = pygame.Rect(left, top, min(pen.px(250), pen.scale.width // 3), foot - pen.px(16) - top)
        listing = replace(listing, items=tuple(self.item(n, pen) for n in range(self.table.turn + 1)), row=row)
        reason = pen.words("log.last") if listing.chosen == self.table.turn and not self.table.is_over else ""
        if listing.chosen == self.table.model.world.length[0]:
            reason = pen.words("log.end")
        self.form = self.form.with_control(
            listing.scrolled(max(listing.offset, listing.chosen - listing.shown(box) + 1), listing.shown(box)),
            replace(self.filter, options=tuple(names[name] for name in FILTERS)),
            Button(name="branch", label=pen.words("log.branch"), hint="B", reason=reason),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        )
        rest = pygame.Rect(box.right + pen.px(32), top, pen.scale.width - left - box.right - pen.px(32), box.height)
        if pen.scale.width >= pen.px(ROOMY):
            wide = pen.px(430)
            self.side = pygame.Rect(rest.right - wide, top, wide, min(rest.height, pen.px(420)))
            rest.width -= wide + pen.px(40)
        else:
            chart = min(pen.px(170), rest.height // 3)
            self.side = pygame.Rect(rest.left, rest.bottom - chart, rest.width, chart)
            rest.height -= chart + pen.px(16)
        choice = max(pen.scale.target(), pen.px(36))
        boxes = {"list": box, "filter": pygame.Rect(rest.left, top, min(rest.width, pen.px(640)), choice)}
        self.text = pygame.Rect(rest.left, top + choice + pen.px(14), rest.width, rest.height - choice - pen.px(14))
        right = pen.scale.width - left
        for name in ("back", "branch"):
            wide = self.form[name].least(pen)[0]
            boxes[name] = pygame.Rect(right - wide, foot, wide, tall)
            right -= wide + pen.px(12)
        return boxes

    def item(self, turn: int, pen: Pen) -> Item:
        """A quarter in a row: when, and how the lead stood after it."""
        lead = self.lead(turn)
        when = self.table.model.story.quarter(turn)
        name = pen.words("log.opening", quarter=when) if turn == 0 else when
        side = pen.words("log.us" if lead > 0 else "log.cn" if lead < 0 else "log.nobody", months=f"{abs(lead):.1f}")
        return Item(name, "", side)

    @property
    def turn(self) -> int:
        """The chosen quarter, 0 being the opening."""
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        return listing.chosen

    @property
    def filter(self) -> Choice:
        """What is shown of a quarter."""
        chosen = self.form["filter"]
        assert isinstance(chosen, Choice)
        return chosen

    def entries(self, turn: int, pen: Pen) -> tuple[Entry, ...]:
        """All that a quarter brought, as far as the seat knows."""
        if turn not in self.told:
            seen, model = self.table.seen, self.table.model
            self.told[turn] = entries_of(Telling(seen(turn - 1), seen(turn), model.cast, model.story, pen.words))
        return self.told[turn]

    def lines(self, turn: int, pen: Pen) -> list[Told]:
        """What is shown of a quarter."""
        if turn == 0:
            return opening(self.table, pen.words)
        groups = tuple(FILTERS.values())[self.filter.value]
        shown = [entry for entry in self.entries(turn, pen) if entry.group in groups]
        nothing: list[Told] = [(pen.words("log.nothing", quarter=self.table.model.story.quarter(turn)), "t3")]
        return lines_of(shown, pen.words) or nothing

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The heading and the chosen quarter."""
        seat = self.table.seen()["seat"]["title"]
        draw_sheet(surface, pen.words("log.title"), pen.words("log.about", seat=seat), pen)
        self.draw_leads(surface, self.side, pen)
        self.reading.told((self.turn, self.filter.value), self.lines(self.turn, pen), self.text, pen)
        self.reading.draw(surface, pen)

    def draw_leads(self, surface: pygame.Surface, side: pygame.Rect, pen: Pen) -> None:
        """The lead after every quarter as bars about a line, each with its months, the chosen quarter bright."""
        y = pen.write(surface, pen.words("log.lead"), side.topleft, "section", most=side.width).bottom
        y = pen.write(surface, pen.words("log.lead_unit"), (side.left, y), "note", "t3", most=side.width).bottom
        leads = [self.lead(turn) for turn in range(self.table.turn + 1)]
        axis = pen.line("axis")
        box = pygame.Rect(side.left, y + axis + pen.px(6), side.width, side.bottom - y - 3 * axis - pen.px(10))
        if box.height < 2 * axis:
            return
        high, low = max(1.0, *leads), min(0.0, *leads)
        unit = box.height / (high - low)
        zero = round(box.top + high * unit)
        step = box.width / (int(self.table.model.world.length[0]) + 1)
        for turn, lead in enumerate(leads):
            tall = max(2, round(abs(lead) * unit))
            top = zero - tall if lead >= 0 else zero
            bar = pygame.Rect(round(box.left + turn * step), top, max(3, round(step) - pen.px(5)), tall)
            is_chosen = turn == self.turn
            pen.shade(surface, bar, "us" if lead >= 0 else "cn", 1.0 if is_chosen else 0.5, "panel")
            if is_chosen or step >= pen.width("00.0", "axis") + 2:
                at = (bar.centerx, bar.top - axis if lead >= 0 else bar.bottom)
                pen.write(surface, f"{abs(lead):.1f}", at, "axis", "t1" if is_chosen else "t3", align="centre")
        pen.rule(surface, box.left, zero, box.width, "t3")
        story = self.table.model.story
        below = max(zero, box.bottom) + (axis if low < 0 else 0) + pen.px(2)
        pen.write(surface, story.quarter(0), (box.left, below), "axis", "t3")
        last = story.quarter(int(self.table.model.world.length[0]))
        pen.write(surface, last, (box.right, below), "axis", "t3", align="right")

    def lead(self, turn: int) -> float:
        """The lead after a turn, months; negative where China leads."""
        return float(self.table.seen(turn)["quantities"]["lead"]["values"][""])

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Steps to another quarter, shows other lines, plays on from a quarter, or goes back."""
        self.relaid()
        if action.kind == "answer":
            return self.branched() if action.value == "yes" else STAY
        if action.name == "back":
            return (Pop(),)
        if action.name == "branch":
            self.ask(pen)
        return STAY

    def ask(self, pen: Pen) -> None:
        """Asks before the game is taken up at a past quarter."""
        self.ready(pen)
        if self.form["branch"].is_off:
            raise ValueError(self.form["branch"].reason)
        quarter = self.table.model.story.quarter(self.turn + 1)
        answers = (("yes", pen.words("log.branch_yes", quarter=quarter)), ("no", pen.words("saves.no")))
        self.modal = Modal.ask(
            "branch", pen.words("log.branch_ask"), pen.words("log.branch_text", quarter=quarter), answers
        )

    def branched(self) -> Sequence[Move]:
        """Takes the game up after the chosen quarter, in a file of its own."""
        table = foresight.carried(self.table, tables.branched(self.table, self.turn))
        tables.left(self.table)
        return (Begin(first(table)),)

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """B plays on from the chosen quarter; left and right step through the quarters, F through what is shown."""
        if event.key == pygame.K_b:
            self.ask(pen)
            return STAY
        if event.key == pygame.K_f:
            self.form = self.form.with_control(replace(self.filter, value=(self.filter.value + 1) % len(FILTERS)))
            return STAY
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            listing = self.form["list"]
            assert isinstance(listing, Listing)
            after, _ = listing.to(listing.chosen + (1 if event.key == pygame.K_RIGHT else -1))
            self.form = self.form.with_control(after)
            self.relaid()
            return STAY
        return None

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        """The wheel over the text, and Page Up and Down, scroll it."""
        self.ready(pen)
        pages = event.type == pygame.KEYDOWN and event.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN)
        wheel = event.type == pygame.MOUSEWHEEL and not self.form["list"].hover
        if self.modal is None and (pages or wheel) and self.reading.heard(event, pen):
            return STAY
        return super().handle(event, pen)

    def keys(self) -> Sequence[tuple[str, str]]:
        """For the help."""
        return (("← →", "log.key_step"), ("F", "log.key_filter"), ("PgUp PgDn", "text.key_scroll"), ("B", "log.branch"))


def lines_of(entries: Sequence[Entry], words: Words) -> list[Told]:
    """Lines under the heading of what they are about; those that weigh most are bright."""
    found: list[Told] = []
    for group in dict.fromkeys(entry.group for entry in entries):
        found += [("", "t2"), (words(f"log.group.{group}"), "t1")]
        mine = [entry for entry in entries if entry.group == group]
        found += [(f"  {entry.text}", "t1" if entry.weight >= MAJOR else "t2") for entry in mine]
    return found[1:]


def opening(table: Table, words: Words) -> list[Told]:
    """How the game opens, and what the seat is scored on."""
    seen, story = table.seen(0), table.model.story
    seat = seen["seat"]
    found: list[Told] = [(words("log.start"), "t1")]
    found += [(f"  {text}", "t1") for text in (story.texts.get("opening", ""), seat["about"]) if text]
    found += [("", "t2"), (words("log.goal"), "t1")]
    for name, share in sorted(seat["objectives"].items(), key=lambda pair: -pair[1]):
        what = words(f"objective.{seat['role']}.{name}")
        found.append((f"  {words('log.goal_line', share=round(100 * share), what=what)}", "t1"))
    points = trimmed(seen["quantities"]["objective"]["values"][seat["name"]])
    return [*found, (f"  {words('log.goal_now', points=points)}", "t2")]
