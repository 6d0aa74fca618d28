"""Every order in the game, of all roles, to be searched: what each does, what it sets and costs, when it is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pygame

from desktop.kit import Action, Button, Control, Field, Item, Listing
from desktop.pen import Pen
from desktop.screen import STAY, FormScreen, Move, Pop, Replace
from desktop.screens.order_words import claim_text, sum_of, value_text
from desktop.table import Table
from desktop.theme import COLOURS
from play.order_words import amount_label, title_of
from play.words import Words
from world.orders import SHARED_REFUSALS, OrderKind
from world.turn import layout_of


@dataclass(frozen=True)
class Line:
    """A part of the page on an order: words in a role and a colour, and the room above."""

    text: str
    role: str = "body"
    colour: str = "t2"
    above: float = 0


def found_in(kinds: Sequence[OrderKind], text: str, words: Words) -> list[OrderKind]:
    """The kinds in which every word that is written is found: in name, title, role, help or claim."""
    wanted = text.casefold().split()

    def said(kind: OrderKind) -> str:
        parts = [kind.name, title_of(kind.name, words), words(f"orders.role.{kind.issuer}"), kind.issuer, kind.summary]
        parts += [f"{amount_label(kind.name, a.name, words)} {a.name} {a.help} {a.unit}" for a in kind.amounts]
        parts += [claim_text(kind.claim, words), *(f"{pick.name} {pick.help}" for pick in kind.picks)]
        return " ".join(parts).casefold()

    return [kind for kind in kinds if all(word in said(kind) for word in wanted)]


class ManualScreen(FormScreen):
    """The list of all orders, searchable, and a page on the one that is chosen."""

    title = "All orders"

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table
        role = table.seen()["seat"]["role"]
        kinds = layout_of(table.model.cast).kinds
        self.role = role
        self.kinds = sorted(kinds, key=lambda kind: kind.issuer != role)
        self.shown: list[OrderKind] = list(self.kinds)
        self.filled = False

    @property
    def chosen(self) -> OrderKind | None:
        """The order whose page is open."""
        listing = self.form.controls.get("list")
        if not isinstance(listing, Listing) or not self.shown:
            return None
        return self.shown[min(listing.chosen, len(self.shown) - 1)]

    def items(self, words: Words) -> tuple[Item, ...]:
        """A row for each order that is found."""
        found = []
        for kind in self.shown:
            who = words(f"orders.role.{kind.issuer}")
            note = f"{who}, {words('orders.manual.yours')}" if kind.issuer == self.role else who
            found.append(Item(title_of(kind.name, words), note, kind.summary))
        return tuple(found)

    def controls(self) -> Sequence[Control]:
        return (
            Field(name="find"),
            Listing(name="list"),
            Button(name="open", kind="primary", hint="Enter"),
            Button(name="back", hint="Esc"),
        )

    def halves(self, pen: Pen) -> tuple[pygame.Rect, pygame.Rect]:
        """The list and the page."""
        margin, top = pen.px(32), pen.px(24) + pen.line("finding") + pen.line("body") + pen.px(16)
        wide = (pen.scale.width - 3 * margin) // 2
        tall = pen.scale.height - top - pen.px(24)
        return pygame.Rect(margin, top, wide, tall), pygame.Rect(2 * margin + wide, top, wide, tall)

    def ready(self, pen: Pen) -> None:
        super().ready(pen)
        if not self.filled:
            self.filled = True
            find = replace(self.form["find"], label=pen.words("orders.manual.find"))
            back = replace(self.form["back"], label=pen.words("orders.manual.back"))
            self.form = self.form.with_control(find, back).focused("find")
            self.fill(pen)
            super().ready(pen)

    def fill(self, pen: Pen) -> None:
        """The list and the button anew, for what is found and chosen."""
        find, listing = self.form["find"], self.form["list"]
        assert isinstance(find, Field)
        assert isinstance(listing, Listing)
        before = self.chosen
        self.shown = found_in(self.kinds, find.text, pen.words)
        at = self.shown.index(before) if before in self.shown else 0
        row = pen.line("strong") + pen.line("note") + pen.px(12)
        empty = pen.words("kit.nothing_found", text=find.text)
        listing = replace(listing, items=self.items(pen.words), chosen=at, offset=0, row=row, empty=empty)
        reason = "" if self.chosen and self.chosen.issuer == self.role else pen.words("orders.manual.not_yours")
        button = replace(self.form["open"], label=pen.words("orders.manual.open"), reason=reason)
        self.form = self.form.with_control(listing, button)
        self.relaid()

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        left, right = self.halves(pen)
        field, tall = max(pen.scale.target(), pen.px(36)), max(pen.scale.target(), pen.px(46))
        wide = min(pen.px(280), right.width - pen.px(130))
        back = pygame.Rect(right.right - pen.px(120), right.bottom - tall, pen.px(120), tall)
        return {
            "find": pygame.Rect(left.left, left.top, left.width, field),
            "list": pygame.Rect(left.left, left.top + field + pen.px(8), left.width, left.height - field - pen.px(8)),
            "open": pygame.Rect(right.left, right.bottom - tall, wide, tall),
            "back": back,
        }

    def act(self, action: Action, pen: Pen) -> Sequence[Move]:
        if action.name == "back":
            return (Pop(),)
        if (action.name == "find" and action.kind == "confirm") or (action.name == "list" and action.kind == "open"):
            return self.opened(pen)
        if action.name == "open":
            return self.opened(pen)
        if action.name == "list":
            listing = self.form["list"]
            assert isinstance(listing, Listing)
            self.fill(pen)
            kept = self.form["list"]
            assert isinstance(kept, Listing)
            self.form = self.form.with_control(replace(kept, chosen=listing.chosen, offset=listing.offset))
            self.fill_button(pen)
        else:
            self.fill(pen)
        return STAY

    def fill_button(self, pen: Pen) -> None:
        """The button that goes to the lever, where the order is the seat's own."""
        reason = "" if self.chosen and self.chosen.issuer == self.role else pen.words("orders.manual.not_yours")
        self.form = self.form.with_control(replace(self.form["open"], reason=reason))

    def opened(self, pen: Pen) -> Sequence[Move]:
        """Goes to the lever of the order that is chosen, if it is the seat's own."""
        kind = self.chosen
        if kind is None or kind.issuer != self.role:
            return STAY
        from desktop.screens.orders import OrdersScreen

        return (Pop(), Replace(OrdersScreen(self.table, kind.name)))

    def shortcut(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move] | None:
        if event.key in (pygame.K_UP, pygame.K_DOWN) and self.form.focus == "find":
            listing = self.form["list"]
            assert isinstance(listing, Listing)
            moved, did = replace(listing, focused=True).handle(event, self.form.rects["list"])
            self.form = self.form.with_control(replace(moved, focused=False))
            return self.acted(did, pen)
        return None

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("↑ ↓", "orders.manual.key_list"), ("Enter", "orders.manual.key_open"))

    # Drawing

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        surface.fill(COLOURS["panel"])
        margin = pen.px(32)
        words = pen.words
        at = (margin, pen.px(24))
        pen.write(surface, words("orders.manual.title"), at, "finding", "t1", most=surface.get_width() - 2 * margin)
        text = words("orders.manual.hint", count=len(self.shown))
        most = surface.get_width() - 2 * margin
        pen.write(surface, text, (margin, at[1] + pen.line("finding")), "body", "t2", most=most)
        _, page = self.halves(pen)
        pen.upright(surface, page.left - margin // 2, page.top, page.height)
        if self.chosen:
            foot = self.form.rects["open"].top - pen.px(12) if "open" in self.form.rects else page.bottom
            self.paint_page(surface, pygame.Rect(page.left, page.top, page.width, foot - page.top), self.chosen, pen)

    def paint_page(self, surface: pygame.Surface, rect: pygame.Rect, kind: OrderKind, pen: Pen) -> None:
        """The page on an order, as far as there is room."""
        y = rect.top
        for line in self.lines_on(kind, pen.words):
            y += pen.px(line.above)
            lines = pen.lines(line.text, rect.width, line.role)
            if y + len(lines) * pen.line(line.role) > rect.bottom:
                return
            y = pen.paragraph(surface, line.text, (rect.left, y), rect.width, line.role, line.colour).bottom

    def lines_on(self, kind: OrderKind, words: Words) -> list[Line]:
        """Everything that is declared of an order, in words."""
        found = [Line(title_of(kind.name, words), "map_finding", "t1")]
        found.append(Line(f"{words('orders.manual.who')} {words(f'orders.role.{kind.issuer}')}", "note", "t3"))
        found.append(Line(kind.summary, "subtitle", "t1", 8))
        price = words("orders.price", price=sum_of(kind.price, kind.currency, words, long=True))
        price = price if kind.price else words("orders.no_price")
        late = "delay_none" if not kind.delay else "delay_one" if kind.delay == 1 else "delay"
        there = words("orders.manual.lead", count=kind.lead) if kind.lead else ""
        text = f"{price} {words(f'orders.manual.{late}', count=kind.delay)} {there}".rstrip()
        found.append(Line(text, "body", "t2", 4))
        is_firm = kind.currency != "capital"
        seen = "private" if is_firm else "secret" if kind.is_secret else "public"
        found.append(Line(words(f"orders.manual.{seen}"), "body", "t2"))
        found.append(Line(words("orders.manual.amounts"), "strong", "t1", 12))
        for amount in kind.amounts:
            low, high = (value_text(kind.name, amount, value, words) for value in (amount.low, amount.high))
            label = amount_label(kind.name, amount.name, words)
            text = words("orders.manual.amount", what=label, help=amount.help, low=low, high=high)
            found.append(Line(text, "body", "t2"))
        if kind.picks:
            found.append(Line(words("orders.manual.picks"), "strong", "t1", 10))
            found += [Line(f"{pick.help[0].upper()}{pick.help[1:]}.", "body", "t2") for pick in kind.picks]
        found.append(Line(words("orders.manual.refusals"), "strong", "t1", 10))
        found += [
            Line(f"{text[0].upper()}{text[1:]}.", "body", "t2") for text in (*kind.refusals, *SHARED_REFUSALS.values())
        ]
        found.append(Line(words("orders.manual.claim"), "strong", "t1", 10))
        found.append(Line(claim_text(kind.claim, words) or words("orders.manual.no_claim"), "body", "t2"))
        return found
