"""Taking over: another seat to sit on from now on, or, while nobody plays, another to look from."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pygame

from desktop.kit import Action, Button, Control, Item, Listing
from desktop.pen import Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop
from desktop.screens.opening import opened
from desktop.screens.reading import draw_sheet
from desktop.table import Table


class TakingScreen(FormScreen):
    """All seats, and who holds each."""

    title = "Seats"
    starts_on = "list"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.seats = table.model.cast.seats

    def controls(self) -> Sequence[Control]:
        """The list and the buttons; the list has the keyboard."""
        chosen = self.table.model.cast.at("seats", self.table.seat)
        return (Listing(name="list", chosen=chosen), *(Button(name=name) for name in ("take", "look", "back")))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list over the buttons."""
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + pen.line("subtitle") + pen.px(28)
        tall = max(pen.px(40), pen.line("strong") + pen.px(12))
        foot = pen.scale.height - pen.px(34) - tall
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        row = pen.line("strong") + pen.line("note") + pen.px(10)
        box = pygame.Rect(left, top, pen.scale.width - 2 * left, foot - pen.px(16) - top)
        items = tuple(self.item(n, pen) for n in range(len(self.seats)))
        listing = replace(listing, items=items, row=row)
        seat = self.seats[listing.chosen]
        sits = seat.name in self.table.people
        self.form = self.form.with_control(
            listing.scrolled(max(listing.offset, listing.chosen - listing.shown(box) + 1), listing.shown(box)),
            Button(
                name="take",
                label=pen.words("taking.take", seat=seat.title),
                kind="primary",
                reason=pen.words("taking.sits") if sits else "",
            ),
            Button(name="look", label=pen.words("taking.look", seat=seat.title)),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        )
        boxes, right = {"list": box}, left + box.width
        for name in ("take", "look", "back") if self.table.is_watching else ("take", "back"):
            least = max(self.form[name].least(pen)[0], pen.width(self.form[name].reason, "note"))
            boxes[name] = pygame.Rect(right - least, foot, least, tall)
            right -= least + pen.px(12)
        return boxes

    def item(self, n: int, pen: Pen) -> Item:
        """A seat in a row."""
        seat = self.seats[n]
        state = pen.words("taking.person") if seat.name in self.table.people else pen.words("taking.program")
        return Item(seat.title, state, pen.words(f"roles.{seat.role}"))

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """What it means."""
        about = "taking.about_watching" if self.table.is_watching else "taking.about"
        draw_sheet(surface, pen.words("taking.title"), pen.words(about), pen)

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Sits down, looks, or goes back."""
        self.relaid()
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        seat = self.seats[listing.chosen].name
        if action.name == "back":
            return (Pop(),)
        if action.name == "look":
            self.table.look_from(seat)
        elif action.name == "take" or (action.name == "list" and action.kind == "open"):
            self.table.take_over(seat)
            self.table.keep()
        else:
            return STAY
        return (Begin(opened("map", self.table)),)
