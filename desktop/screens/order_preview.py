"""What a draft probably does: ranges against changing nothing, what each order adds, the worst tenth, what rivals get."""

from dataclasses import dataclass, field

import numpy as np
import pygame

from desktop.charts import draw_effects
from desktop.charts.preview import Band, Effect, draw_key, key_texts
from desktop.numbers import dollars, halves, rounded, short, signed, span
from desktop.pen import Pen
from desktop.screens.leaning import draw_leans, leans
from desktop.screens.order_causes import (
    HARDLY,
    causes_of,
    draw_score,
    height_of,
    score_of,
    signed_points,
    title_of_causes,
)
from desktop.screens.order_words import listed, percent, thing
from desktop.table import Table
from play.preview import Effect as Found
from play.preview import Preview
from play.quantities import Quantity
from play.words import Words
from world.cast import Cast
from world.phases.intelligence import QUESTIONS

SHOWN: dict[str, tuple[str, ...]] = {
    "controller": ("lead", "made_cn", "smuggled_h100e", "sales_to_cn", "approval_us"),
    "planner": ("lead", "{champion}_h100e", "usable_cn", "software", "approval_cn"),
    "host": ("approval.{seat}", "smuggled_h100e", "rented", "lead"),
    "foundry": ("money.{seat}", "utilisation.{seat}.advanced", "capacity.{seat}.advanced", "made_{bloc}", "lead"),
    "memory_maker": ("money.{seat}", "memory_capacity.{seat}", "memory_stock.{seat}", "made_{bloc}", "lead"),
    "chipmaker": ("revenue.{seat}", "revenue_cn.{seat}", "money.{seat}", "made_{bloc}", "lead"),
    "lab": ("score.{seat}", "compute.{seat}", "run_late.{seat}", "money.{seat}", "lead"),
    "broker": ("money.{seat}", "moved.{seat}", "risk.{seat}", "premium", "smuggled_h100e"),
}
"""The quantities that a role looks at, after its own objective."""
PERCENT = 90
WORTH = 0.05
"""Points of another seat's score that are worth telling."""
LEAST = 1e-3
"""A change of less than this share of a quantity is hardly one."""


def names_for(table: Table) -> tuple[str, ...]:
    """The quantities that the seat's preview shows, its own objective first."""
    seat, cast = table.seen()["seat"], table.model.cast
    filled = {"seat": table.seat, "bloc": seat["bloc"], "champion": cast.names["chipmakers"][cast.champion]}
    return (f"objective.{table.seat}", *(name.format(**filled) for name in SHOWN[seat["role"]]))


def key_of(name: str, cast: Cast) -> str:
    """A quantity without whose it is: what its label is called by."""
    champion = cast.names["chipmakers"][cast.champion]
    return name.replace(f"{champion}_", "champion_").partition(".")[0]


def amount_words(value: float, unit: str) -> str:
    """A value as one reads it in the panel."""
    if unit == "share":
        return percent(value)
    if unit == "thousand USD":
        return dollars(value * 1000)
    if unit == "months":
        return halves(value)
    if unit in ("ECI", "points", "quarters"):
        return f"{value:.1f}".replace("-", "−")
    return short(value)


def range_words(low: float, high: float, unit: str) -> str:
    """A range with its unit once."""
    one, other = amount_words(low, unit), amount_words(high, unit)
    if one == other:
        return one
    if unit == "thousand USD" or low < 0:
        return f"{one} to {other}"
    if unit in ("share", "months", "ECI", "points", "quarters"):
        return f"{one.removesuffix('%').rstrip()}–{other}"
    return span(low, high)


def change_words(low: float, high: float, unit: str) -> str:
    """A change as a range."""
    one, other = change_word(low, unit), change_word(high, unit)
    text = one if one == other else f"{one} to {other}"
    return f"{text} pts" if unit == "share" and text != "0" else text


def disputed_words(value: float, unit: str) -> str:
    """What a disputed quantity is worth."""
    return percent(value) if unit == "share" else f"{short(value)} {unit.replace('/', ' a ')}".rstrip()


def change_word(value: float, unit: str) -> str:
    """A change as one reads it: with its sign, and no more digits than it deserves."""
    if unit == "share":
        value = round(100 * value, 1)
    if unit == "thousand USD":
        text = dollars(float(rounded(value * 1000, 2)))
        return f"+{text}" if value > 0 else text if value else "0"
    if abs(value) < 100:
        value = round(value, 1 if abs(value) >= 0.1 or unit == "share" else 2)
    return signed(value)


def effect_row(found: Found, table: Table, words: Words, has_draft: bool) -> Effect:
    """A row of the panel: with a draft what changes, without one the range."""
    quantity, unit = found.quantity, unit_words(found.quantity, words)
    label = label_words(quantity, table.model.cast, words)
    still, draft = found.still, found.drafted
    ends = float(min(still[0], draft[0])), float(max(still[4], draft[4]))
    room = max((ends[1] - ends[0]) * 0.08, abs(ends[1]) * 0.01, 1e-6)
    bands = [Band(float(b[0]), float(b[2]), float(b[4]), float(b[1]), float(b[3])) for b in (still, draft)]
    if has_draft:
        figure, text = amount_words(float(draft[2]), quantity.unit), moved_words(found, words)
    else:
        figure, text = amount_words(float(still[2]), quantity.unit), range_words(ends[0], ends[1], quantity.unit)
    return Effect(label, unit, bands[0], bands[1] if has_draft else None, figure, text, ends[0] - room, ends[1] + room)


def moved_words(found: Found, words: Words) -> str:
    """How a quantity changes, as a range; what is hardly anything beside the quantity itself is said so."""
    if not found.samples.any():
        return words("orders.preview.same")
    least = LEAST * float(np.abs(found.still).max())
    low, high = (0.0 if abs(value) < least else float(value) for value in (found.whole[0], found.whole[4]))
    text = change_words(low, high, found.quantity.unit)
    return words("orders.preview.nearly_same") if text == "0" else text


def label_words(quantity: Quantity, cast: Cast, words: Words) -> str:
    """What a quantity is called."""
    return words.texts.get(f"orders.quantity.{key_of(quantity.name, cast)}", quantity.doc)


def unit_words(quantity: Quantity, words: Words) -> str:
    """What a quantity is counted in."""
    name = f"orders.quantity_unit.{quantity.unit}"
    return words.texts.get(f"{name}_{quantity.over}") or words.texts.get(name, quantity.unit)


def last_quarter(table: Table, found: Preview | None) -> str:
    """The quarter up to which a preview looks."""
    last = min(table.turn + (found.quarters if found else 4), int(table.seen()["length"]))
    return table.model.story.quarter(max(1, last))


@dataclass
class Panel:
    """What the right side shows of a preview; `figures` are the boxes of its quantities when it was last painted."""

    table: Table
    pen: Pen
    found: Preview | None
    said: str = ""
    """What is said in place of the key, while the preview is worked out or where there is none."""
    part: str = ""
    """preview or lean where both do not fit; "" for both."""
    figures: dict[str, pygame.Rect] = field(default_factory=dict)
    said_too: set[str] = field(default_factory=set)
    """What the first part had room for, so that the second need not say it."""

    @property
    def words(self) -> Words:
        """All wording."""
        return self.pen.words

    @property
    def colour(self) -> str:
        """The side of the seat."""
        return "us" if self.table.seen()["seat"]["bloc"] == "us" else "cn"

    @property
    def has_draft(self) -> bool:
        """Whether what is shown is a draft, and not how things go if nothing is changed."""
        return bool(self.table.sitting.draft if self.found is None else self.found.draft)

    def paint(self, surface: pygame.Surface, rect: pygame.Rect) -> int:
        """Draws the panel; gives the foot."""
        self.figures, self.said_too = {}, set()
        y = rect.top
        first = pygame.Surface((1, 1)) if self.part == "lean" else surface
        top = self.paint_effects(first, rect)
        top = self.paint_causes(first, pygame.Rect(rect.left, top, rect.width, rect.bottom - top))
        top = self.paint_words(first, pygame.Rect(rect.left, top, rect.width, rect.bottom - top))
        if self.part == "lean":
            self.figures = {}
            y = self.paint_causes(surface, pygame.Rect(rect.left, y, rect.width, rect.bottom - y))
            y = self.paint_words(surface, pygame.Rect(rect.left, y, rect.width, rect.bottom - y))
        else:
            y = top
        if self.part != "preview":
            y = self.paint_leans(surface, pygame.Rect(rect.left, y, rect.width, rect.bottom - y))
        return y

    def paint_effects(self, surface: pygame.Surface, rect: pygame.Rect) -> int:
        """The heading, the key and the ranges."""
        pen, y = self.pen, rect.top
        quarter = last_quarter(self.table, self.found)
        title = self.words("orders.preview.title" if self.has_draft else "orders.preview.title_still", quarter=quarter)
        y = pen.paragraph(surface, title, (rect.left, y), rect.width, "section", "t1", count=2).bottom
        if self.said:
            y = pen.paragraph(surface, self.said, (rect.left, y), rect.width, "note", "t2", count=2).bottom
        else:
            y = self.paint_key(surface, pygame.Rect(rect.left, y, rect.width, 0))
        y += pen.px(10)
        if self.found is None:
            return y
        names = [name for name in names_for(self.table) if name in self.found.effects]
        step = max(pen.line("strong") + pen.line("note") + pen.px(8), pen.px(46))
        shown = names[: max(1, (rect.bottom - y) // step)]
        rows = tuple(effect_row(self.found.effects[n], self.table, self.words, self.has_draft) for n in shown)
        box = pygame.Rect(rect.left, y, rect.width, rect.bottom - y)
        texts = max(max(pen.width(row.range, "note"), pen.width(row.figure, "control")) for row in rows)
        labels = max(max(pen.width(row.label, "label"), pen.width(row.unit, "note")) for row in rows)
        right = min(0.42, (texts + pen.px(14)) / rect.width)
        left = min(0.36, (labels + pen.px(12)) / rect.width)
        foot = draw_effects(surface, box, rows, self.colour, pen, label_share=left, text_share=right)
        for n, name in enumerate(shown):
            self.figures[name] = pygame.Rect(rect.left, y + n * step, rect.width, step - pen.px(8))
        return foot

    def paint_key(self, surface: pygame.Surface, rect: pygame.Rect) -> int:
        """What the two bands mean, in a line, or in words alone where the panel is narrow; gives the foot."""
        pen, texts = self.pen, key_texts(PERCENT, self.pen, self.has_draft)
        if sum(pen.width(text, "note") for text in texts) + pen.px(58) <= rect.width:
            draw_key(surface, rect.topleft, self.colour, PERCENT, pen, self.has_draft)
            return rect.top + pen.line("note")
        text = "; ".join(texts)
        return pen.paragraph(surface, text, rect.topleft, rect.width, "note", "t2", count=2).bottom

    def divider(self, surface: pygame.Surface, rect: pygame.Rect, title: str, note: str = "") -> int:
        """A hairline and the heading of a block under it; gives the foot."""
        pen = self.pen
        pen.rule(surface, rect.left, rect.top, rect.width)
        y = rect.top + pen.px(8)
        right = rect.right
        if note and pen.width(note, "note") + pen.width(title, "headline") + pen.px(16) <= rect.width:
            drop = y + pen.baseline("headline") - pen.baseline("note")
            right = pen.write(surface, note, (rect.right, drop), "note", "t3", align="right").left
        pen.write(surface, title, (rect.left, y), "headline", "t1", most=right - rect.left - pen.px(8))
        return y + pen.line("headline") + pen.px(2)

    def paint_causes(self, surface: pygame.Surface, rect: pygame.Rect) -> int:
        """What each order of the draft adds to the own score; the parts add up to the whole."""
        if not self.found or not self.found.orders or "causes" in self.said_too:
            return rect.top
        score = score_of(self.found)
        causes = causes_of(score, self.table.model.cast, self.words)
        if not causes or height_of(len(causes), self.pen) > rect.height:
            return rect.top
        self.said_too.add("causes")
        note = self.words("orders.preview.points", percent=PERCENT)
        y = self.divider(surface, rect, title_of_causes(score, self.words), note)
        box = pygame.Rect(rect.left, y, rect.width, rect.bottom - y)
        return draw_score(surface, box, causes, self.colour, self.pen)

    def paint_words(self, surface: pygame.Surface, rect: pygame.Rect) -> int:
        """The worst tenth, and what it gives the rivals, in words."""
        if self.found is None or not self.found.draft:
            return rect.top
        pen, y = self.pen, rect.top
        for text in (self.worst_words(), self.rival_words()):
            lines = pen.lines(text, rect.width, "note") if text else []
            if lines and text not in self.said_too and y + len(lines) * pen.line("note") <= rect.bottom:
                self.said_too.add(text)
                y = pen.paragraph(surface, text, (rect.left, y), rect.width, "note", "t2").bottom + pen.px(4)
        return y + pen.px(4)

    def worst_words(self) -> str:
        """The tenth of the worlds in which the draft does least well."""
        found = self.found
        assert found is not None
        if abs(found.worst.mean) < HARDLY:
            return ""
        worst, about = found.worst, QUESTIONS[found.worst.known_by]
        return self.words(
            "orders.preview.worst",
            amount=signed_points(worst.mean),
            what=about.doc,
            there=disputed_words(worst.there, about.unit),
            elsewhere=disputed_words(worst.elsewhere, about.unit),
        )

    def rival_words(self, most: int = 3) -> str:
        """Whose objectives the draft helps and harms most."""
        assert self.found is not None
        cast = self.table.model.cast
        moved = [(seat, float(effect.whole[2])) for seat, effect in self.found.rivals.items()]
        told = {
            side: listed(
                [
                    f"{thing(seat, cast, self.words)} ({signed_points(size)})"
                    for seat, size in sorted(moved, key=lambda pair: -sign * pair[1])
                    if sign * size >= WORTH
                ][:most],
                self.words,
            )
            for side, sign in (("gains", 1), ("losses", -1))
        }
        if told["gains"] and told["losses"]:
            return self.words("orders.preview.rivals", **told)
        if told["gains"]:
            return self.words("orders.preview.rivals_gain", **told)
        if told["losses"]:
            return self.words("orders.preview.rivals_loss", **told)
        return self.words("orders.preview.rivals_none")

    def paint_leans(self, surface: pygame.Surface, rect: pygame.Rect) -> int:
        """Who leans on the seat."""
        pen = self.pen
        step = max(pen.line("note") + pen.px(3), pen.px(21))
        rows = leans(self.table, self.words)
        if rect.height < pen.px(12) + pen.line("headline") + pen.line("axis") + 2 * step:
            return rect.top
        y = self.divider(surface, rect, self.words("orders.lean.title"))
        if not rows:
            return pen.paragraph(
                surface, self.words("orders.lean.none"), (rect.left, y), rect.width, "note", "t2"
            ).bottom
        return draw_leans(surface, pygame.Rect(rect.left, y, rect.width, rect.bottom - y), rows, pen)

    def needed(self, rect: pygame.Rect) -> bool:
        """Whether preview and pressure do not both fit, so that one of them is chosen."""
        pen = self.pen
        step = max(pen.line("strong") + pen.line("note") + pen.px(8), pen.px(46))
        effects = pen.line("section") + pen.line("note") + pen.px(10) + step * len(names_for(self.table))
        causes = height_of(4, pen)
        return (
            effects + causes + 5 * pen.line("note") + pen.px(20) + pen.line("headline") + 4 * pen.px(21) > rect.height
        )
