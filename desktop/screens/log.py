"""The log: every quarter of the game as the seat lived it - news, its own orders, refusals - and playing on from any."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop import foresight, tables
from desktop.kit import Action, Button, Control, Item, Listing, Modal
from desktop.pen import Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop
from desktop.screens.opening import first
from desktop.screens.reading import Reading, draw_sheet
from desktop.table import Table
from play import page
from play.dials import spaced
from play.figures import figure

NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


class LogScreen(FormScreen):
    """Quarters on the left, what happened in the chosen one on the right."""

    title = "Log"
    starts_on = "list"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.reading = Reading()
        self.told: dict[int, list[str]] = {}

    def controls(self) -> Sequence[Control]:
        """The quarters, the latest chosen, and two buttons."""
        return (Listing(name="list", chosen=self.table.turn), Button(name="branch"), Button(name="back"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """Quarters, text, buttons."""
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + pen.line("subtitle") + pen.px(28)
        tall = max(pen.px(40), pen.line("strong") + pen.px(12))
        foot = pen.scale.height - pen.px(42) - tall
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        row = pen.line("strong") + pen.line("note") + pen.px(8)
        box = pygame.Rect(left, top, min(pen.px(280), pen.scale.width // 3), foot - pen.px(16) - top)
        listing = replace(listing, items=tuple(self.item(n, pen) for n in range(self.table.turn + 1)), row=row)
        reason = pen.words("log.last") if listing.chosen == self.table.turn and not self.table.is_over else ""
        if listing.chosen == self.table.model.world.length[0]:
            reason = pen.words("log.end")
        self.form = self.form.with_control(
            listing.scrolled(max(listing.offset, listing.chosen - listing.shown(box) + 1), listing.shown(box)),
            Button(name="branch", label=pen.words("log.branch"), hint="B", reason=reason),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        )
        boxes, right = {"list": box}, pen.scale.width - left
        for name in ("back", "branch"):
            wide = self.form[name].least(pen)[0]
            boxes[name] = pygame.Rect(right - wide, foot, wide, tall)
            right -= wide + pen.px(12)
        chart = pen.px(130)
        self.text = pygame.Rect(
            box.right + pen.px(32), top, pen.scale.width - left - box.right - pen.px(32), box.height - chart
        )
        return boxes

    def item(self, turn: int, pen: Pen) -> Item:
        """A quarter in a row: when, and how the lead stood after it."""
        lead = self.table.seen(turn)["quantities"]["lead"]["values"][""]
        when = self.table.model.story.quarter(turn)
        name = pen.words("log.opening", quarter=when) if turn == 0 else when
        side = pen.words("log.us" if lead > 0 else "log.cn" if lead < 0 else "log.nobody", months=figure(abs(lead)))
        return Item(name, "", side)

    @property
    def turn(self) -> int:
        """The chosen quarter, 0 being the opening."""
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        return listing.chosen

    def lines(self, turn: int, pen: Pen) -> list[str]:
        """What happened in a quarter, as the seat lived it."""
        if turn not in self.told:
            self.told[turn] = told(self.table, turn, pen)
        return self.told[turn]

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The heading and the chosen quarter."""
        seat = self.table.seen()["seat"]["title"]
        draw_sheet(surface, pen.words("log.title"), pen.words("log.about", seat=seat), pen)
        lines = self.lines(self.turn, pen)
        self.draw_leads(surface, pen)
        self.reading.told((self.turn, len(lines)), lines, self.text, pen)
        self.reading.draw(surface, pen)

    def draw_leads(self, surface: pygame.Surface, pen: Pen) -> None:
        """The lead after every quarter as bars about a line, the chosen quarter bright; under the text."""
        left, top = self.text.left, self.text.bottom + pen.px(14)
        pen.write(surface, pen.words("log.lead"), (left, top), "note", "t3", most=self.text.width)
        leads = [self.lead(turn) for turn in range(self.table.turn + 1)]
        reach = max(1.0, *(abs(lead) for lead in leads))
        box = pygame.Rect(left, top + pen.line("note") + pen.px(4), self.text.width, pen.px(70))
        negative = max(0.0, -min(leads)) / (reach + max(0.0, -min(leads)))
        zero = box.bottom - round(box.height * negative)
        unit = min(zero - box.top, box.height) / reach
        step = min(pen.px(60), box.width / max(8, int(self.table.model.world.length[0]) + 1))
        for turn, lead in enumerate(leads):
            tall = max(2, round(abs(lead) * unit))
            bar = pygame.Rect(
                round(left + turn * step), zero - tall if lead >= 0 else zero, round(step) - pen.px(6), tall
            )
            side = "us" if lead >= 0 else "cn"
            pen.shade(surface, bar, side, 1.0 if turn == self.turn else 0.45, "panel")
            if turn == self.turn:
                up = bar.top - pen.line("axis") if lead >= 0 else bar.bottom
                pen.write(
                    surface,
                    f"{abs(lead):.1f}",
                    (bar.centerx, max(box.top - pen.px(2), up)),
                    "axis",
                    "t1",
                    align="centre",
                )
        pen.rule(surface, left, zero, step * (int(self.table.model.world.length[0]) + 1), "t3")

    def lead(self, turn: int) -> float:
        """The lead after a turn, months; negative where China leads."""
        return float(self.table.seen(turn)["quantities"]["lead"]["values"][""])

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Steps to another quarter, plays on from one, or goes back."""
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
        """B plays on from the chosen quarter; left and right step; Page Up and Page Down scroll the text."""
        if event.key == pygame.K_b:
            self.ask(pen)
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
        return (("← →", "log.key_step"), ("PgUp PgDn", "text.key_scroll"), ("B", "log.branch"))


def told(table: Table, turn: int, pen: Pen) -> list[str]:
    """News, own orders and refusals of a quarter, from what the seat saw before and after it."""
    after = table.seen(turn)
    story = table.model.story
    if turn == 0:
        text = story.texts.get("opening", "")
        return [*([pen.words("log.start"), f"  {text}", ""] if text else []), *page.heading(after)]
    before = table.seen(turn - 1)
    lines = [*page.news(before, after), "", pen.words("log.orders")]
    own = [
        f"  {page.title(dial)}: {page.settings(dial, 'set')}, {pen.words('log.was')} {page.settings(earlier, 'set')}"
        for dial, earlier in zip(after["dials"], before["dials"], strict=True)
        if page.settings(dial, "set") != page.settings(earlier, "set")
    ]
    lines += own or [f"  {pen.words('log.no_orders')}"]
    refused = page.refused(after)
    names = {name for axis in ("seats", "products") for name in table.model.cast.names[axis]}
    titles = {name: title for name, title in story.titles.items() if name in names}
    return [called(line, titles) for line in (*lines, "", *(refused or [pen.words("log.no_refusal")]))]


def called(line: str, titles: Mapping[str, str]) -> str:
    """A line with the titles of actors and things in place of their names, and orders as one writes them."""
    titled = NAME.sub(lambda match: titles.get(match[0], match[0]), line)
    return NAME.sub(lambda match: spaced(match[0]) if "_" in match[0] else match[0], titled)
