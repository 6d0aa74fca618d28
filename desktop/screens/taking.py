"""Taking over: another seat to sit on from now on, or, while nobody plays, another to look from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pygame

from desktop.kit import Action, Button, Control, Item, Listing
from desktop.pen import Ink, Pen
from desktop.screen import STAY, Begin, FormScreen, Move, Pop
from desktop.screens.knowing import knowing
from desktop.screens.opening import opened
from desktop.screens.portrait import SIGNS, about_of, draw_portrait, kind_of, side_of
from desktop.screens.reading import draw_sheet
from desktop.table import Table
from desktop.theme import COLOURS
from world.cast import Seat
from world.view import view


@dataclass(frozen=True, kw_only=True)
class Seats(Listing):
    """The seats: the sign in the colour of the side, the name with the Chinese one, what it is, and who holds it."""

    seats: tuple[Seat, ...] = ()

    def draw_row(self, surface: pygame.Surface, box: pygame.Rect, i: int, item: Item, pen: Pen) -> None:
        """One seat: ivory when chosen."""
        seat, chosen = self.seats[i], i == self.chosen
        inset = pen.px(34)
        super().draw_row(surface, box, i, replace(item, text="", second=""), pen)
        pen.site(surface, SIGNS[seat.role], (box.left + inset // 2 + pen.px(6), box.centery), side_of(seat), 10)
        left = box.left + pen.px(12) + inset
        most = box.right - pen.px(24) - pen.width(item.note, "note") - left
        text, faint = ("ink", (60, 70, 74)) if chosen else ("t1", "t3")
        self.draw_who(surface, (left, box.centery), most, item, (text, faint), pen)

    def draw_who(
        self,
        surface: pygame.Surface,
        at: tuple[int, int],
        most: int,
        item: Item,
        colours: tuple[Ink, Ink],
        pen: Pen,
    ) -> None:
        """The two names over what the seat is; both lines about a middle."""
        name, _, local = item.text.partition("|")
        top = at[1] - (pen.line("strong") + pen.line("note")) // 2
        wrote = pen.write(surface, name, (at[0], top), "strong", colours[0], most=most)
        if local and wrote.right + pen.px(8) + pen.width(local, "body") <= at[0] + most:
            pen.write(surface, local, (wrote.right + pen.px(8), top), "body", colours[1])
        pen.write(surface, item.second, (at[0], top + pen.line("strong")), "note", colours[1], most=most)


class TakingScreen(FormScreen):
    """All seats, who holds each, and who the chosen one is."""

    title = "Seats"
    starts_on = "list"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        self.seats = table.model.cast.seats

    def controls(self) -> Sequence[Control]:
        """The list and the buttons; the list has the keyboard."""
        chosen = self.table.model.cast.at("seats", self.table.seat)
        buttons = (Button(name=name) for name in ("take", "look", "back"))
        return (Seats(name="list", chosen=chosen, seats=self.seats), *buttons)

    @property
    def listing(self) -> Seats:
        """The list."""
        listing = self.form["list"]
        assert isinstance(listing, Seats)
        return listing

    @property
    def seat(self) -> Seat:
        """The seat that is chosen."""
        return self.seats[self.listing.chosen]

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list, who the chosen seat is on its right, the buttons under both."""
        left, top = pen.px(32), pen.px(28) + pen.line("finding") + 2 * pen.line("subtitle") + pen.px(20)
        tall = max(pen.px(40), pen.line("strong") + pen.px(12))
        under = pen.line("note") + pen.px(4)
        foot = pen.scale.height - pen.px(16) - tall - under
        wide = round((pen.scale.width - 2 * left) * (0.48 if pen.scale.compact else 0.52))
        box = pygame.Rect(left, top, wide, foot - pen.px(16) - top)
        self.side = pygame.Rect(
            box.right + pen.px(24), top, pen.scale.width - left - box.right - pen.px(24), box.height
        )
        self.label_controls(box, pen)
        boxes, right = {"list": box}, pen.scale.width - left
        for name in ("take", "look", "back") if self.table.is_watching else ("take", "back"):
            least = max(self.form[name].least(pen)[0], pen.width(self.form[name].reason, "note"))
            boxes[name] = pygame.Rect(right - least, foot, least, tall)
            right -= least + pen.px(12)
        return boxes

    def label_controls(self, box: pygame.Rect, pen: Pen) -> None:
        """The rows of the list, and what the buttons say of the chosen seat."""
        row = pen.line("strong") + pen.line("note") + pen.px(12)
        listing = replace(self.listing, items=tuple(self.item(seat, pen) for seat in self.seats), row=row)
        shown, title = listing.shown(box), self.seat.title
        sits = "sits_you" if self.seat.name == self.table.seat else "sits"
        is_held = self.seat.name in self.table.people
        self.form = self.form.with_control(
            listing.scrolled(max(listing.offset, listing.chosen - shown + 1), shown),
            Button(
                name="take",
                label=pen.words("taking.take", seat=title),
                kind="primary",
                reason=pen.words(f"taking.{sits}") if is_held else self.scripted(self.seat, pen),
            ),
            Button(name="look", label=pen.words("taking.look", seat=title)),
            Button(name="back", label=pen.words("options.back"), hint=pen.words("keys.escape")),
        )

    def scripted(self, seat: Seat, pen: Pen) -> str:
        """Up to when a script gives the orders of a seat, so that nobody may sit there ("" where none does)."""
        last = self.table.scripted(seat.name)
        return pen.words("taking.scripted", quarter=self.table.model.story.quarter(last)) if last else ""

    def item(self, seat: Seat, pen: Pen) -> Item:
        """A seat in a row."""
        is_mine = seat.name == self.table.seat and not self.table.is_watching
        holder = "you" if is_mine else "person" if seat.name in self.table.people else "program"
        holder = "script" if self.table.scripted(seat.name) else holder
        title = f"{seat.title}|{seat.title_local}"
        return Item(title, pen.words(f"taking.{holder}"), kind_of(seat, pen.words))

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """What it means, and who the chosen seat is."""
        about = "taking.about_watching" if self.table.is_watching else "taking.about"
        draw_sheet(surface, pen.words("taking.title"), pen.words(about), pen)
        key = ("portrait", self.table.model.story.name, self.seat.name, self.side.size, pen.scale)
        surface.blit(pen.kept(key, lambda: self.portrait(pen)), self.side)

    def portrait(self, pen: Pen) -> pygame.Surface:
        """Who the chosen seat is, as a picture."""
        picture = pygame.Surface(self.side.size)
        picture.fill(COLOURS["side"])
        told = knowing(view(self.table.state(0), self.seat.name))
        inner = picture.get_rect().inflate(-2 * pen.px(20), -2 * pen.px(18))
        about = about_of(self.seat, self.table.model.story.abouts, pen.words)
        draw_portrait(picture, inner, self.table.model.cast, self.seat, about, told, pen)
        return picture

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        """Sits down, looks, or goes back."""
        self.relaid()
        seat = self.seat.name
        if action.name == "back":
            return (Pop(),)
        if action.name == "look":
            self.table.look_from(seat)
        elif action.name == "take" or (action.name == "list" and action.kind == "open"):
            if self.form["take"].is_off:
                return STAY
            self.table.take_over(seat)
            self.table.keep()
        else:
            return STAY
        return (Begin(opened("map", self.table)),)
