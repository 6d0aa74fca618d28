"""Who gets the wafers: shares by the state's directive, or by a foundry's weights, and what the yields make of them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pygame

from desktop.kit import Control, Notice
from desktop.numbers import short
from desktop.pen import Ink, Pen, ink
from desktop.screens.draft import Draft
from desktop.screens.funnels import Funnel, Yield, draw_funnels
from desktop.screens.levers import Lever, control_name, lever_of
from desktop.screens.order_words import local_of, thing
from desktop.screens.shares import Part, draw_bars, fills, widths
from desktop.theme import mix

COLOURS: dict[str, tuple[Ink, ...]] = {
    "cn": ("cn", (201, 148, 49), (146, 160, 168), (186, 193, 190)),
    "us": ("us", (143, 182, 250), (146, 160, 168), (186, 193, 190), (120, 140, 190)),
}
"""Of the makers of a side, first to last: its own colour, then greys that stand apart in lightness."""
ADVANCED = 1
LONG = 16
"""Letters from which on a name leaves no room for another beside it."""
WEIGHTS = (0.46, 0.16)
"""Shares of a lever for the customer's name and its weight."""
SMALLEST = 1e-9


class Wafers:
    """Allocation of advanced wafers: `direct_wafers` of the planner, `share_wafers` of a foundry."""

    def __init__(self, draft: Draft, pen: Pen) -> None:
        self.draft = draft
        self.words = pen.words
        self.cast = draft.book.layout.cast
        self.kind = "direct_wafers" if "direct_wafers" in draft.kinds else "share_wafers"
        self.entries = draft.of_kind(self.kind)
        self.is_planner = self.kind == "direct_wafers"
        self.seat = draft.table.seat
        self.served = [n for n in range(len(self.entries)) if self.is_served(n)]
        """The makers that can be given wafers: those at home, or the foundry's customers."""
        names = self.cast.names["chipmakers"]
        self.makers = [names[n] for n in self.served]
        self.yields = [self.yield_of(n) for n in self.served]

    @property
    def title(self) -> str:
        """Its heading."""
        if self.is_planner:
            return self.words("orders.wafers.title")
        return self.words("orders.wafers.title_foundry", foundry=self.seat_name)

    @property
    def seat_name(self) -> str:
        """The seat, with its Chinese name where it has one."""
        local = local_of(self.seat, self.words)
        name = thing(self.seat, self.cast, self.words)
        return f"{name} {local}" if local else name

    @property
    def hint(self) -> str:
        """What stands beside the heading: how many wafers there are."""
        capacity = self.draft.table.view().seen("capacity")
        rows = [n for n in range(capacity.values.shape[0]) if capacity.is_seen[n, ADVANCED]]
        amount = float(sum(capacity.values[n, ADVANCED, 0] for n in rows))
        return self.words("orders.wafers.unit", amount=short(amount, 3)) if amount else ""

    def is_served(self, maker: int) -> bool:
        """Whether wafers can go to a maker."""
        if self.is_planner:
            seat = self.cast.seats_of("chipmaker")[maker]
            return self.cast.seats[seat].bloc == "cn"
        foundry = self.cast.at("seats", self.seat) - int(self.cast.seats_of("foundry")[0])
        return self.cast.maker_foundry[maker] == foundry

    def row(self, maker: int) -> int:
        """The dial of a maker, by its place among all."""
        return self.draft.rows(self.entries[maker])[0]

    def shares(self, drafted: bool) -> list[float]:
        """The share of each served maker: of all wafers by directive, or of those that are short by weight."""
        values = [(self.draft.now if drafted else self.draft.was)(self.row(n)) for n in self.served]
        total = sum(values)
        if self.is_planner:
            return [value / max(1.0, total) for value in values]
        return [value / total if total else 1 / len(values) for value in values]

    @property
    def asked(self) -> float:
        """What the directives come to, of 1."""
        return sum(self.draft.now(self.row(n)) for n in self.served)

    def parts(self) -> list[Part]:
        """The makers and, under directives, what is left to the market."""
        colours = COLOURS[
            "cn" if self.is_planner or self.cast.seats[self.cast.at("seats", self.seat)].bloc == "cn" else "us"
        ]
        was, now = self.shares(False), self.shares(True)
        found = [
            Part(
                thing(name, self.cast, self.words),
                was[n],
                now[n],
                colours[n % len(colours)],
                local=local_of(name, self.words),
            )
            for n, name in enumerate(self.makers)
        ]
        if self.is_planner:
            rest = [max(0.0, 1 - sum(shares)) for shares in (was, now)]
            found.append(Part(self.words("orders.wafers.market"), rest[0], rest[1], "edge", quiet=True))
        return found

    def yield_of(self, maker: int) -> Yield | None:
        """What the seat knows of a maker's yields: exactly where it sees them, else what it believes of SMIC's."""
        view, cast = self.draft.table.view(), self.cast
        sale = view.seen("on_sale").values[:, 0]
        known = view.seen("die_yield")
        made = view.seen("packed")
        own = [p for p in range(len(sale)) if cast.product_maker[p] == maker and sale[p]]
        seen = [p for p in own if known.is_seen[p] and known.values[p, 0] > 0]
        if seen:
            seen = [p for p in seen if view.seen("node").values[p, 0] == ADVANCED] or seen
            best = max(seen, key=lambda p: (float(made.values[p, 0]) if made.is_seen[p] else 0.0, p))
            good = float(known.values[best, 0])
            packages = view.seen("pack_yield")
            whole = float(packages.values[maker, 0]) if packages.is_seen[maker] else 0.0
            return Yield(good, good, whole or None)
        seats = cast.seats_of("chipmaker")
        if cast.seats[seats[maker]].bloc != "cn" or "smic_yield" not in cast.questions:
            return None
        belief = self.draft.table.seen()["beliefs"]["smic_yield"]
        return Yield(belief["low"], belief["high"])

    def controls(self, reasons: Mapping[int, str]) -> list[Control]:
        """A lever for every maker that can be served; at a foundry those that are no customers yet, too."""
        rows = self.served if self.is_planner else range(len(self.entries))
        made = [lever_of(self.row(n), self.draft, self.words, reasons[self.entries[n]], alone=False) for n in rows]
        made = [self.with_local(n, one) for n, one in zip(rows, made, strict=True)]
        if self.is_planner:
            return made
        return [replace(one, shares=WEIGHTS) if isinstance(one, Lever) else one for one in made]

    def with_local(self, maker: int, control: Control) -> Control:
        """A lever whose maker's Chinese name stands after the English one."""
        name = self.cast.names["chipmakers"][maker]
        local, brief = local_of(name, self.words), self.brief(name)
        if brief and not self.is_planner:
            return replace(control, label=brief)
        is_short = len(control.label) < LONG
        return replace(control, label=f"{control.label} {local}") if local and is_short else control

    def brief(self, name: str) -> str:
        """A short name of a maker whose own is long, or ""."""
        return self.words.texts.get(f"orders.brief.{name}", "")

    def tall_rows(self, pen: Pen) -> int:
        """The height of a lever."""
        return pen.scale.target() + pen.px(2)

    def shown(self) -> list[int]:
        """The makers that have a lever, the served ones first."""
        if self.is_planner:
            return self.served
        return [*self.served, *(n for n in range(len(self.entries)) if n not in self.served)]

    def columns(self) -> int:
        """In how many columns the levers stand."""
        return 1 if len(self.shown()) <= 5 else 2

    def place(self, rect: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
        """Boxes of the levers, at the foot."""
        shown, count = self.shown(), self.columns()
        each = -(-len(shown) // count)
        gap = pen.px(24)
        wide = (rect.width - gap * (count - 1)) // count
        top = rect.bottom - each * self.tall_rows(pen) - self.below(pen)
        found = {}
        for n, maker in enumerate(shown):
            x, y = rect.left + n // each * (wide + gap), top + n % each * self.tall_rows(pen)
            found[control_name(self.row(maker))] = pygame.Rect(x, y, wide, pen.scale.target())
        return found

    def below(self, pen: Pen) -> int:
        """Room under the levers for a note of two lines, in windows that have it."""
        return 2 * pen.line("note") + pen.px(6) if pen.scale.height >= pen.px(500) else 0

    def spanned(self, control: Control, rect: pygame.Rect, pen: Pen) -> Control:
        """The control as it is."""
        return control

    def paint(self, surface: pygame.Surface, rect: pygame.Rect, pen: Pen) -> None:
        """Draws the two bars, the funnels, the notice and the note."""
        levers = min(box.top for box in self.place(rect, pen).values()) - pen.px(10)
        title, text = self.finding_words()
        notice = Notice(title, text, "cn" if self.is_planner else "note")
        tall = notice.least(pen, rect.width) if title else 0
        room = levers - rect.top
        if tall and room - tall < pen.px(230):
            tall = 0
        parts = self.parts()
        least = pen.line("note") + pen.px(22) + max(pen.px(40), pen.line("site") * 2 + pen.px(4))
        head = min(pen.px(128), max(least, round((room - tall) * 0.38)))
        bars = pygame.Rect(rect.left, rect.top, rect.width, head)
        words = (self.words("orders.wafers.now"), self.words("orders.wafers.draft"))
        if head > room:
            return
        boxes = draw_bars(surface, bars, parts, words, pen)
        foot = levers - (tall + pen.px(10) if tall else 0)
        went = self.went()
        spare = foot - bars.bottom - pen.px(150) - pen.line("note") - pen.px(40)
        if went and spare >= 0:
            foot -= pen.line("note") + pen.px(40) + min(spare, pen.px(20))
            top = foot + pen.px(10) + pen.line("note")
            self.paint_went(surface, pygame.Rect(rect.left, top, rect.width, pen.px(24)), went, pen)
        funnels = [Funnel(part, box, found) for part, box, found in zip(parts, boxes, self.yields, strict=False)]
        draw_funnels(surface, pygame.Rect(rect.left, bars.bottom, rect.width, foot - bars.bottom), funnels, pen)
        foot = levers - (tall + pen.px(10) if tall else 0)
        if tall:
            notice.draw(surface, pygame.Rect(rect.left, foot, rect.width, tall), pen)
        if self.below(pen):
            y = rect.bottom - self.below(pen) + pen.px(4)
            pen.paragraph(surface, self.note(), (rect.left, y), rect.width, "note", "t3", count=2)

    def went(self) -> list[Part]:
        """Who had the advanced wafers of the last quarter, phone makers among them; nothing before the first."""
        view = self.draft.table.view()
        started, phones = view.seen("started"), view.seen("phone_wafers")
        amounts = [
            float(started.values[n, ADVANCED:, 0].sum()) if started.is_seen[n, ADVANCED] else 0.0 for n in self.served
        ]
        rest = float(sum(phones.values[n, 0] for n in range(len(phones.values)) if phones.is_seen[n]))
        whole = sum(amounts) + rest
        if not whole or not self.draft.table.turn:
            return []
        parts = self.parts()[: len(amounts)]
        found = [Part(part.name, 0.0, amount / whole, part.colour) for part, amount in zip(parts, amounts, strict=True)]
        return [*found, Part(self.words("orders.wafers.phones"), 0.0, rest / whole, "edge", quiet=True)]

    def paint_went(self, surface: pygame.Surface, rect: pygame.Rect, parts: list[Part], pen: Pen) -> None:
        """Where the wafers of the last quarter went, as one bar."""
        quarter = self.draft.table.seen()["played"]
        text = self.words("orders.wafers.went", quarter=quarter)
        pen.write(surface, text, (rect.left, rect.top - pen.line("note")), "note", "t2")
        x = rect.left
        for part, wide in zip(parts, widths([part.now for part in parts], rect.width), strict=True):
            box = pygame.Rect(x, rect.top, wide, rect.height)
            x += wide
            if not wide:
                continue
            surface.fill(mix(ink("panel"), fills(part)[0], 0.62), box)
            surface.fill(ink("panel"), (box.right - 1, box.top, 1, box.height))
            share = f"{round(100 * part.now)} %"
            for text in (f"{part.name} {share}", share):
                if pen.width(text, "note_medium") + pen.px(8) <= wide:
                    at = (box.left + pen.px(6), box.centery - pen.line("note_medium") // 2)
                    pen.write(surface, text, at, "note_medium", "t1" if part.quiet else "ink")
                    break

    def finding_words(self) -> tuple[str, str]:
        """Whose dies survive most often, whose least."""
        known = [(found.middle, name) for found, name in zip(self.yields, self.makers, strict=True) if found]
        if len(known) < 2:
            return "", ""
        (worst, first), (best, second) = min(known), max(known)
        if best - worst < 0.005:
            return "", ""
        one, other = (self.brief(name) or thing(name, self.cast, self.words) for name in (first, second))
        said = {"first": one, "second": other, "one": round(100 * worst), "two": round(100 * best)}
        is_known = all(found.is_known for found in self.yields if found)
        text = self.words("orders.wafers.finding_text" if is_known else "orders.wafers.finding_text_told")
        return self.words("orders.wafers.finding", **said), text

    def note(self) -> str:
        """What else is to be known of the shares."""
        names = [
            thing(n, self.cast, self.words)
            for at, n in enumerate(self.cast.names["chipmakers"])
            if at not in self.served
        ]
        if self.is_planner and self.asked > 1 + SMALLEST:
            return self.words("orders.wafers.over", share=f"{round(100 * self.asked)} %")
        name = "orders.wafers.foreign" if self.is_planner else "orders.wafers.others"
        return self.words(name, names=", ".join(names)) if names else ""

    def finding(self) -> str:
        """What the draft moves to whom, as a headline; "" where it moves nothing."""
        moved = np.array(self.shares(True)) - np.array(self.shares(False))
        if not len(moved) or moved.max() < 0.005:
            return ""
        best = int(moved.argmax())
        amount, maker = f"{round(100 * float(moved[best]))} %", thing(self.makers[best], self.cast, self.words)
        return self.words(
            "orders.preview.wafers" if self.is_planner else "orders.preview.served", amount=amount, maker=maker
        )
