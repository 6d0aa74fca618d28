"""Rivals: which doctrine plays each seat, and what it wants in a sentence; any may be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from agents.doctrine.roster import entries_for
from desktop.kit import Action, Button, Control, Item, Listing
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop
from desktop.screens.reading import draw_sheet
from world.cast import Seat

if TYPE_CHECKING:
    from desktop.screens.seats import SeatScreen


class RivalsScreen(FormScreen):
    """The doctrine of every seat that no person takes, over the level's where the person chose it."""

    title = "Rivals"
    starts_on = "list"

    def __init__(self, seats: "SeatScreen") -> None:
        super().__init__()
        self.seats = seats
        self.names = tuple(seats.players())

    def controls(self) -> Sequence[Control]:
        """The list and two buttons; the list has the keyboard."""
        return (Listing(name="list"), Button(name="level"), Button(name="back"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list over the buttons."""
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + pen.line("subtitle") + pen.px(28)
        tall = max(pen.px(40), pen.line("strong") + pen.px(12))
        foot = pen.scale.height - pen.px(24) - tall
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        row = pen.line("strong") + pen.line("note") + pen.px(10)
        self.form = self.form.with_control(
            replace(listing, items=tuple(self.item(name, pen) for name in self.names), row=row),
            Button(
                name="level",
                label=pen.words("seats.as_level"),
                reason="" if self.seats.changed else pen.words("seats.is_level"),
            ),
            Button(name="back", label=pen.words("options.back"), kind="primary", hint=pen.words("keys.escape")),
        )
        wide = self.form["back"].least(pen)[0]
        return {
            "list": pygame.Rect(left, top, pen.scale.width - 2 * left, foot - pen.px(16) - top),
            "level": pygame.Rect(left, foot - pen.px(6), self.form["level"].least(pen)[0], max(28, tall - pen.px(8))),
            "back": pygame.Rect(pen.scale.width - left - wide, foot, wide, tall),
        }

    def seat(self, name: str) -> Seat:
        """A seat by name."""
        cast = self.seats.scenario.cast
        return cast.seats[cast.at("seats", name)]

    def item(self, name: str, pen: Pen) -> Item:
        """A row: the seat, its doctrine, what that wants."""
        seat, doctrine = self.seat(name), self.seats.players()[name]
        if not self.seats.level.is_told and name not in self.seats.changed:
            return Item(seat.title, pen.words("seats.unknown"), pen.words("seats.unknown_about"))
        summary = next(e.summary for e in entries_for(seat.role, seat.bloc) if e.name == doctrine)
        note = pen.words("seats.own", doctrine=doctrine) if name in self.seats.changed else doctrine
        return Item(seat.title, note, summary[0].upper() + summary[1:] + ".")

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The heading."""
        draw_sheet(surface, pen.words("seats.rivals_title"), pen.words("seats.rivals_about"), pen)

    def turn(self, by: int) -> None:
        """Gives the chosen seat another doctrine."""
        listing = self.form["list"]
        assert isinstance(listing, Listing)
        name = self.names[listing.chosen]
        seat = self.seat(name)
        names = [entry.name for entry in entries_for(seat.role, seat.bloc)]
        self.seats.changed[name] = names[(names.index(self.seats.players()[name]) + by) % len(names)]
        self.relaid()

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Enter or a second click gives the next doctrine."""
        if action.name == "back":
            self.seats.relaid()
            return (Pop(),)
        if action.name == "level":
            self.seats.changed.clear()
            self.relaid()
        if action.name == "list" and action.kind == "open":
            self.turn(1)
        return STAY

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        """Left and right change the doctrine of the chosen seat."""
        if event.key in (pygame.K_LEFT, pygame.K_RIGHT) and self.form.focus == "list":
            self.turn(1 if event.key == pygame.K_RIGHT else -1)
            return STAY
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        """For the help."""
        return (("← →", "seats.key_doctrine"), ("Enter", "seats.key_doctrine"))
