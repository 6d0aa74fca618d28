"""Sources: of any figure what it is, its unit, how it usually is, what the seat saw of it so far, and what it rests on."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

import pygame

from desktop.kit import Button, Control, Item, Listing, draw_empty
from desktop.pen import Pen
from desktop.screens.figure_words import (
    called,
    meaning,
    sentence,
    titled,
    unit_words,
    valued,
    whose_words,
    with_unit,
)
from desktop.screens.origin import Origin, origin_of
from desktop.screens.overlay import FigureOverlay, draw_overlay, frame_of
from desktop.screens.sources_charts import draw_history, draw_now
from desktop.table import Answer
from desktop.theme import COLOURS
from play.origins import Given, plain
from world.facts import Fact
from world.phases.standing import OBJECTIVES
from world.state import columns

WIDE = 1180
OBJECTIVE = "objective."
"""How the names of scores begin."""


class SourcesOverlay(FigureOverlay):
    """What a figure is, how it went, and where its numbers come from."""

    title = "Sources"
    own, other = pygame.K_i, "why"
    other_key = pygame.K_w

    @property
    def answer(self) -> Answer:
        """What is known of the figure, worked out beside the drawing."""
        table, name = self.table, self.quantity
        sitting, scenario = table.sitting, table.sitting.outlook.scenario
        views = [table.view(turn) for turn in range(table.turn + 1)]
        key = (table.seat, table.turn, table.is_over, name)
        return table.asked("sources", key, lambda: origin_of(sitting, views, name, scenario))

    @property
    def origin(self) -> Origin | None:
        """What is known of it; None while it is worked out, or where there is no such figure."""
        found: Origin | None = self.answer.value if self.is_told else None
        return found

    # The form

    def controls(self) -> Sequence[Control]:
        """The numbers that it rests on as a list, why it changed, and the way back."""
        return (Listing(name="given"), Button(name="other"), Button(name="close", kind="primary"))

    def layout(self, pen: Pen) -> Mapping[str, pygame.Rect]:
        """The list in the right half, the buttons at the foot."""
        boxes = self.buttons(frame_of(pen, WIDE), pen.words("sources.why"), "W", pen)
        origin = self.origin
        if origin is not None and origin.given:
            items = tuple(Item(self.named(one, pen), number_of(one, pen), source_line(one)) for one in origin.given)
            row = pen.line("strong") + pen.line("note") + pen.px(12)
            old = self.form["given"]
            assert isinstance(old, Listing)
            chosen = min(old.chosen, len(items) - 1)
            self.form = self.form.with_control(Listing(name="given", items=items, row=row, chosen=chosen))
            right = self.right(pen)
            top = right.top + pen.line("section") + 2 * pen.line("note") + pen.px(10)
            room = self.fact_top(pen) - pen.px(8) - top
            boxes["given"] = pygame.Rect(right.left, top, right.width, min(room, len(items) * row))
        return boxes

    def named(self, one: Given, pen: Pen) -> str:
        """What a number of the scenario is about, and whose it is."""
        whose = whose_words(one.column, one.whose, self.table, pen.words)
        text = f"{whose}: {titled(one.doc, self.table)}" if whose else one.doc
        return text if whose else text[:1].upper() + text[1:]

    def left(self, pen: Pen) -> pygame.Rect:
        """The left half: range and history."""
        frame = frame_of(pen, WIDE)
        top = frame.top + pen.px(34) + pen.line("section") + pen.line("note") * 4
        foot = frame.bottom - pen.px(84)
        return pygame.Rect(frame.left + pen.px(28), top, round(frame.width * 0.44), foot - top)

    def right(self, pen: Pen) -> pygame.Rect:
        """The right half: what it rests on."""
        frame, left = frame_of(pen, WIDE), self.left(pen)
        x = left.right + pen.px(36)
        return pygame.Rect(x, left.top, frame.right - pen.px(28) - x, left.height)

    def fact_top(self, pen: Pen) -> int:
        """Where the source of the chosen number is told in full."""
        return self.right(pen).bottom - 4 * pen.line("note")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Its own keys, for the help."""
        return (("W", "keys.why"), ("G", "keys.glossary"), ("I", "why.keys.close"))

    # Drawing

    def paint(self, surface: pygame.Surface, pen: Pen) -> None:
        """The frame with the head, range and history at the left, sources at the right."""
        frame = frame_of(pen, WIDE)
        draw_overlay(surface, frame, pen)
        origin = self.origin
        if origin is None:
            self.draw_waiting(surface, frame, pen.words("sources.waiting"), pen)
            return
        self.paint_head(surface, frame, origin, pen)
        left = self.left(pen)

        def make() -> pygame.Surface:
            whole = pygame.Surface((left.right + pen.px(20), left.bottom + pen.px(24)))
            whole.fill(COLOURS["side"])
            self.paint_left(whole, left, origin, pen)
            size = (whole.get_width() - left.left, whole.get_height() - left.top)
            return whole.subsurface((*left.topleft, *size)).copy()

        key = ("sources", id(self.table), self.table.seat, self.table.turn, self.table.is_over, self.quantity)
        surface.blit(pen.kept((*key, pen.scale), make), left)
        self.paint_given(surface, self.right(pen), origin, pen)

    def paint_head(self, surface: pygame.Surface, frame: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """What the figure is called and means, its unit, and the value from which it counts."""
        asked, words = origin.asked, pen.words
        x, y, room = frame.left + pen.px(28), frame.top + pen.px(22), frame.width - pen.px(56)
        y = pen.paragraph(surface, called(self.table, asked, words), (x, y), room, "section", "t1", count=1).bottom
        unit = words("sources.share") if asked.unit == "share" else unit_words(asked.unit, words)
        unit = words("sources.unit", unit=unit or words("sources.no_unit"))
        text = f"{meaning(asked, self.table, words)} {unit}"
        y = pen.paragraph(surface, text, (x, y), room, "note", "t2", count=2).bottom
        limit = f"sources.threshold.{asked.name.partition('.')[0]}"
        if limit in words:
            pen.write(surface, words(limit), (x, y), "note", "t3", most=room)

    def paint_left(self, surface: pygame.Surface, box: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """The figure now and as it usually is, and its history."""
        story, words = self.table.model.story, pen.words
        y = pen.write(surface, words("sources.usual"), box.topleft, "section", most=box.width).bottom
        text = words(f"sources.{self.how(origin)}", games=origin.games)
        y = pen.paragraph(surface, text, (box.left, y), box.width, "note", "t3", count=2).bottom + pen.px(8)
        y = draw_now(surface, pygame.Rect(box.left, y, box.width, box.bottom - y), origin, story, pen) + pen.px(16)
        rest = box.bottom - pen.line("axis") - y
        if rest < pen.px(60) + pen.line("section") + pen.line("note"):
            return
        y = pen.write(surface, words("sources.history"), (box.left, y), "section", most=box.width).bottom
        is_hidden = all(value is None for value in origin.history)
        text = words("sources.history_hidden" if is_hidden else "sources.history_unit")
        y = pen.paragraph(surface, text, (box.left, y), box.width, "note", "t3", count=2).bottom + pen.px(10)
        rect = pygame.Rect(box.left + pen.px(48), y, box.width - pen.px(56), box.bottom - pen.line("axis") - y)
        if rect.height > pen.px(50):
            draw_history(surface, rect, origin, story, pen)

    def how(self, origin: Origin) -> str:
        """How well the seat knows the figure."""
        if self.table.is_over:
            return "true"
        return "exact" if origin.history[-1] is not None else "imagined" if origin.games else "no_games"

    def paint_given(self, surface: pygame.Surface, box: pygame.Rect, origin: Origin, pen: Pen) -> None:
        """What it is reckoned from, and the source of the chosen number in full."""
        y = pen.write(surface, pen.words("sources.rests"), box.topleft, "section").bottom
        text = self.reckoned(origin, pen)
        pen.paragraph(surface, text, (box.left, y), box.width, "note", "t3", count=2)
        if origin.asked.name.startswith(OBJECTIVE):
            self.paint_goals(surface, box, y + pen.line("note") + pen.px(10), origin.asked.name, pen)
            return
        if not origin.given:
            empty = pygame.Rect(box.left, y + pen.px(60), box.width, pen.px(60))
            draw_empty(surface, empty, pen.words("sources.none"), pen)
            return
        listing = self.form["given"]
        assert isinstance(listing, Listing)
        one = origin.given[min(listing.chosen, len(origin.given) - 1)]
        text = f"{self.named(one, pen)}. {in_full(one, pen)}"
        pen.rule(surface, box.left, self.fact_top(pen) - pen.px(4), box.width)
        pen.paragraph(surface, text, (box.left, self.fact_top(pen)), box.width, "note", "t1", count=4)

    def paint_goals(self, surface: pygame.Surface, box: pygame.Rect, top: int, name: str, pen: Pen) -> None:
        """The goals that a score is made of, the heaviest first."""
        cast = self.table.model.cast
        row = cast.at("seats", name.removeprefix(OBJECTIVE))
        role = cast.seats[row].role
        goals = zip(OBJECTIVES[role], cast.weights[row], strict=True)
        for goal, share in sorted(goals, key=lambda pair: -pair[1]):
            text = pen.words("log.goal_line", share=round(100 * share), what=pen.words(f"objective.{role}.{goal}"))
            top = pen.paragraph(surface, text, (box.left, top), box.width, "body", "t1", count=2).bottom + pen.px(6)

    def reckoned(self, origin: Origin, pen: Pen) -> str:
        """What the game reckons a figure from."""
        if origin.asked.name.startswith(OBJECTIVE):
            return pen.words("sources.goals")
        names = [titled(columns()[name].metadata["doc"], self.table) for name in origin.columns]
        if not names:
            return pen.words("sources.no_column")
        is_kept = len(names) == 1 and origin.columns[0] == origin.asked.name.partition(".")[0]
        return pen.words("sources.kept") if is_kept else pen.words("sources.from", what="; ".join(names[:3]))


def number_of(one: Given, pen: Pen) -> str:
    """A number of the scenario with its unit, or the range that it is drawn from."""
    if len(one.numbers) == 1:
        return with_unit(one.numbers[0], one.unit, pen.words)
    return pen.words(
        "sources.range", low=valued(one.numbers[0], one.unit), high=with_unit(one.numbers[1], one.unit, pen.words)
    )


def source_line(one: Given) -> str:
    """Where a number comes from, in a line."""
    if one.fact is not None:
        return f"{one.fact.id} · {one.fact.source}"
    return one.source[:1].upper() + one.source[1:]


def in_full(one: Given, pen: Pen) -> str:
    """Where a number comes from: the fact with its range, source and site, and what the scenario made of it."""
    if one.fact is None:
        return sentence(one.source) if one.source else pen.words("sources.unsourced")
    site = urlsplit(one.fact.url).netloc.removeprefix("www.")
    told = sentence(f"{one.fact.id}: {fact_words(one.fact)}. {one.fact.source}" + (f" ({site})" if site else ""))
    remark = one.source.removeprefix(one.fact.id).removeprefix(": ")
    return f"{told} {pen.words('sources.remark', what=remark.rstrip('.'))}" if remark else told


def fact_words(fact: Fact) -> str:
    """A fact in a line, its numbers as people read them."""
    ends = [plain(value) for value in (fact.low, fact.high) if value is not None]
    between = f" ({' to '.join(ends)})" if ends else ""
    middle = "" if fact.central is None else f" {plain(fact.central)}"
    return f"{fact.subject}, {fact.metric}, {fact.period}:{middle}{between} {fact.unit}"


SourcesScreen = SourcesOverlay
"""The same by the name under which screens of a game open it."""
