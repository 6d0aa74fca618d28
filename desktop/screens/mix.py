"""Where a lab's money for compute goes: licensed, domestic, smuggled, rented abroad, and what stands in each one's way."""

from collections.abc import Mapping

import pygame

from desktop.kit import Control
from desktop.numbers import dollars, trimmed
from desktop.pen import Pen
from desktop.samples import draw_sample
from desktop.screens.draft import Draft
from desktop.screens.levers import control_name, lever_of
from desktop.screens.order_words import figure, percent
from desktop.screens.shares import Part, draw_bars
from desktop.theme import CHANNELS

KIND = "buy"
DRAWN = {"licensed": "licensed", "smuggled": "smuggled", "rented": "remote"}
"""The channels of the map that those of an order are; domestic sale has one for each side."""


class Mix:
    """The four channels of the order `buy`."""

    def __init__(self, draft: Draft, pen: Pen) -> None:
        self.draft = draft
        self.words = pen.words
        self.cast = draft.book.layout.cast
        self.entries = draft.of_kind(KIND)
        self.bloc = self.cast.seats[self.cast.at("seats", draft.table.seat)].bloc
        self.names = self.cast.names["channels"]

    @property
    def title(self) -> str:
        """Its heading."""
        return self.words("orders.mix.title")

    @property
    def hint(self) -> str:
        """How much there is to spend."""
        income = self.draft.table.seen()["quantities"].get("income")
        amount = income["values"].get(self.draft.table.seat) if income else None
        return self.words("orders.mix.unit", amount=dollars(1000 * amount)) if amount else ""

    def channel(self, name: str) -> str:
        """The channel of the map."""
        return DRAWN.get(name) or f"domestic_{self.bloc}"

    def row(self, n: int) -> int:
        """The dial of a channel."""
        return self.draft.rows(self.entries[n])[0]

    def parts(self) -> list[Part]:
        """The channels, and what is not spent."""
        was, now = ([value(self.row(n)) for n in range(len(self.names))] for value in (self.draft.was, self.draft.now))
        tops = max(1.0, sum(was)), max(1.0, sum(now))
        found = [
            Part(self.words(f"orders.mix.{name}"), was[n] / tops[0], now[n] / tops[1], CHANNELS[self.channel(name)][0])
            for n, name in enumerate(self.names)
        ]
        rest = [max(0.0, 1 - sum(values)) for values in (was, now)]
        return [*found, Part(self.words("orders.mix.unspent"), rest[0], rest[1], "edge", quiet=True)]

    def controls(self, reasons: Mapping[int, str]) -> list[Control]:
        """A lever for each channel."""
        return [
            lever_of(
                self.row(n), self.draft, self.words, reasons[entry], alone=False, colour=CHANNELS[self.channel(name)][0]
            )
            for n, (entry, name) in enumerate(zip(self.entries, self.names, strict=True))
        ]

    def notes(self, rect: pygame.Rect, pen: Pen) -> int:
        """Lines of note that there is room for under each lever."""
        for count in (2, 1):
            if rect.height >= 4 * (pen.scale.target() + count * pen.line("note") + pen.px(8)) + pen.px(96):
                return count
        return 0

    def step(self, rect: pygame.Rect, pen: Pen) -> int:
        """From one channel to the next."""
        count = self.notes(rect, pen)
        return pen.scale.target() + count * pen.line("note") + pen.px(18 if count > 1 else 8 if count else 2)

    def place(self, rect: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
        """Boxes of the levers under the bars."""
        head = self.head(rect, pen)
        top, sample = rect.top + head + pen.px(16 if head else 0), pen.px(44)
        return {
            control_name(self.row(n)): pygame.Rect(
                rect.left + sample, top + n * self.step(rect, pen), rect.width - sample, pen.scale.target()
            )
            for n in range(len(self.names))
        }

    def head(self, rect: pygame.Rect, pen: Pen) -> int:
        """The height of the bars and the flow between them."""
        room = rect.height - 4 * self.step(rect, pen) - pen.line("note") - pen.px(24)
        return min(pen.px(190), room) if room >= self.least_head(pen) else 0

    def least_head(self, pen: Pen) -> int:
        """The least height in which the bars can be drawn."""
        return pen.line("note") + pen.px(22) + max(pen.px(40), pen.line("site") * 2 + pen.px(4)) + pen.px(4)

    def spanned(self, control: Control, rect: pygame.Rect, pen: Pen) -> Control:
        """The control as it is."""
        return control

    def paint(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Draws the bars, the samples of the channels, and a note to each."""
        words = (self.words("orders.mix.now"), self.words("orders.mix.draft"))
        head = self.head(rect, pen)
        if head:
            draw_bars(surface, pygame.Rect(rect.left, rect.top, rect.width, head), self.parts(), words, pen)
        boxes = list(self.place(rect, pen).values())
        for box, name in zip(boxes, self.names, strict=True):
            sample = pygame.Rect(rect.left, box.top, pen.px(34), box.height)
            draw_sample(surface, sample, self.channel(name), pen)
            at = (box.left, box.bottom + pen.px(1))
            count = self.notes(rect, pen)
            if count:
                pen.paragraph(surface, self.note_of(name), at, box.width, "note", "t3", count=count)
        asked = sum(self.draft.now(self.row(n)) for n in range(len(self.names)))
        foot = boxes[-1].top + self.step(rect, pen)
        if asked > 1.001 and foot + pen.line("note") <= rect.bottom:
            text = self.words("orders.mix.over", share=percent(asked))
            pen.write(surface, text, (rect.left, foot), "note", "t2", most=rect.width)

    def note_of(self, name: str) -> str:
        """What stands in the way of a channel, or what it costs."""
        quantities = self.draft.table.seen()["quantities"]
        if name == "smuggled":
            return self.words("orders.mix.smuggled_note", premium=percent(quantities["premium"]["values"][""]))
        if name == "rented":
            return self.words("orders.mix.rented_note", price=f"${quantities['rent_price']['values']['']:.2f}")
        if self.bloc == "us":
            cast = self.cast
            makers = [cast.seats[seat] for seat in cast.seats_of("chipmaker")]
            known = quantities["price_index"]["values"]
            index = max([known[one.name] for one in makers if one.bloc == "us" and one.name in known], default=1.0)
            if name == "domestic":
                return self.words("orders.mix.domestic_note_us", index=trimmed(index))
            return self.words("orders.mix.licensed_note_us")
        if name == "domestic":
            return self.words("orders.mix.domestic_note", software=percent(quantities["software"]["values"][""]))
        rules = {(one["order"], *one["picks"]): one["amounts"] for one in self.draft.table.seen()["rules"]}
        return self.words(
            "orders.mix.licensed_note",
            ceiling=figure(rules["cap_exports", "cn"]["ceiling"]["in_force"]),
            volume=figure(rules["license_sales",]["volume"]["in_force"]),
            gate=percent(rules["admit_chips",]["share"]["in_force"]),
        )

    def finding(self) -> str:
        """No headline of its own: the preview's says more."""
        return ""
