"""What all screens of a game share: the top bar, the heads of panels, the cards of the feed, the key of widths."""

from dataclasses import dataclass

import pygame

from desktop.flows import width
from desktop.kit import Tabs
from desktop.numbers import short
from desktop.pen import Ink, Pen, ink
from desktop.theme import COLOURS


@dataclass(frozen=True)
class Resource:
    """A figure of the top bar: its name, a shorter one for the compact layout, its value, and a note such as its range."""

    label: str
    value: str
    note: str = ""
    brief: str = ""


@dataclass(frozen=True)
class Bar:
    """The top bar: the quarter and its place among all, whose seat it is, at most four resources."""

    quarter: str
    turn: int
    turns: int
    seat: str
    badge: str = ""
    colour: str = "us"
    resources: tuple[Resource, ...] = ()
    lead: str = ""
    """What stands above the seat, such as "You direct"."""

    def __post_init__(self) -> None:
        if len(self.resources) > 4:
            raise ValueError(f"the top bar has {len(self.resources)} resources; it has room for 4")


@dataclass(frozen=True)
class Plan:
    """What of the top bar is shown; where room is short, less."""

    word: bool = True
    count: bool = True
    brief: bool = False
    notes: bool = True
    seat: bool = True
    resources: int = 4


PLANS = (
    Plan(),
    Plan(word=False),
    Plan(word=False, count=False, brief=True),
    Plan(word=False, count=False, brief=True, notes=False),
    *(Plan(False, False, True, False, seat, left) for left in (4, 3, 2, 1, 0) for seat in (True, False)),
)
"""From everything to the least, in the order in which parts are dropped; the last resource, the key score, goes last."""


def planned(pen: Pen, bar: Bar, tabs: int) -> Plan:
    """The fullest plan that fits beside tabs of a width; the compact layout never shows the wordmark."""
    plans = PLANS[2:] if pen.scale.compact else PLANS
    room = pen.scale.width - pen.px(24) - tabs
    fitting = (plan for plan in plans if columns(pen, bar, plan)["tabs"] + wide_of(pen, bar, plan) + pen.px(8) <= room)
    return next(fitting, PLANS[-1])


def shown(bar: Bar, plan: Plan) -> list[tuple[str, str, str]]:
    """Name, figure and note of the resources that a plan shows."""
    kept = bar.resources[len(bar.resources) - min(plan.resources, len(bar.resources)) :]
    return [(r.brief if plan.brief and r.brief else r.label, r.value, r.note if plan.notes else "") for r in kept]


def wide_of(pen: Pen, bar: Bar, plan: Plan) -> int:
    """How wide the resources of a plan are together."""
    return sum(size(pen, *texts) + pen.px(22) for texts in shown(bar, plan))


def size(pen: Pen, label: str, value: str, note: str) -> int:
    """How wide a resource is."""
    after = pen.width(note, "note_medium") + pen.px(6) if note else 0
    return max(pen.width(label, "note"), pen.width(value, "control") + after)


def columns(pen: Pen, bar: Bar, plan: Plan) -> dict[str, int]:
    """Where the parts of the top bar begin, in pixels from the left."""
    gap = pen.px(16)
    at = {"mark": pen.px(16)}
    x = at["mark"] + pen.px(22)
    if plan.word:
        at["word"] = x + pen.px(8)
        x = at["word"] + pen.width(pen.words("app.wordmark"), "wordmark")
    at["first"] = x + pen.px(14)
    at["quarter"] = at["first"] + gap
    x = at["quarter"] + max(pen.px(108), pen.width(bar.quarter, "section"))
    if plan.count:
        at["count"] = at["quarter"] + pen.px(108) + pen.px(6)
        x = max(x, at["count"] + pen.width(count_text(pen, bar), "note"))
    at["second"] = x + gap
    at["badge"] = at["second"] + gap
    at["seat"] = at["badge"] + pen.px(26)
    seat = min(max(pen.width(bar.seat, "control"), pen.width(bar.lead, "note")), pen.px(190)) if plan.seat else 0
    at["third"] = at["seat"] + seat + pen.px(24 if plan.seat else 8)
    at["tabs"] = at["third"] + pen.px(12)
    return at


def count_text(pen: Pen, bar: Bar) -> str:
    """Which quarter of how many it is."""
    return pen.words("bar.count", turn=bar.turn, turns=bar.turns)


def tabs_rect(pen: Pen, bar: Bar, tabs: Tabs) -> pygame.Rect:
    """Where the tabs of the top bar go."""
    wide = sum(tabs.measured(pen).widths)
    return pygame.Rect(columns(pen, bar, planned(pen, bar, wide))["tabs"], 0, wide, pen.scale.bar)


def draw_bar(surface: pygame.Surface, bar: Bar, pen: Pen, tabs: int = 0) -> None:
    """Draws the top bar beside tabs of a width; the tabs themselves are a control."""
    plan = planned(pen, bar, tabs)
    rect, at = pen.scale.top_bar(), columns(pen, bar, plan)
    surface.fill(COLOURS["ink"], rect)
    middle = rect.height // 2
    pen.icon(surface, "hourglass", (at["mark"] + pen.px(11), middle), 11, "ivory")
    if plan.word:
        top = middle - pen.line("wordmark") // 2
        pen.write(surface, pen.words("app.wordmark"), (at["word"], top), "wordmark")
    for name in ("first", "second", "third"):
        pen.upright(surface, at[name], rect.height * 0.23, rect.height * 0.54, "edge")
    top = middle - (pen.line("section") + pen.px(12)) // 2
    pen.write(surface, bar.quarter, (at["quarter"], top), "section")
    draw_timeline(surface, (at["quarter"], top + pen.line("section") + pen.px(4)), bar, pen)
    if plan.count:
        down = top + pen.line("section") + pen.px(8) - pen.line("note") // 2
        pen.write(surface, count_text(pen, bar), (at["count"], down), "note", "t2")
    pen.disc(surface, (at["badge"] + pen.px(9), middle), 10, bar.colour)
    badge_top = middle - pen.line("key") // 2
    pen.write(surface, bar.badge, (at["badge"] + pen.px(9), badge_top), "key", "ink", align="centre")
    if plan.seat:
        draw_seat(surface, (at["seat"], middle), at["third"] - at["seat"] - pen.px(8), bar, pen)
    draw_resources(surface, shown(bar, plan), pen)
    pen.rule(surface, 0, rect.bottom - 1, rect.width)


def draw_seat(surface: pygame.Surface, at: tuple[int, int], most: int, bar: Bar, pen: Pen) -> None:
    """Whose seat it is, what is said above that over it; the middle of both at a height."""
    x, middle = at
    top = middle - pen.line("control") // 2
    if bar.lead:
        top = middle - (pen.line("note") + pen.line("control") - pen.px(4)) // 2
        pen.write(surface, bar.lead, (x, top), "note", "t2", most=most)
        top += pen.line("note") - pen.px(3)
    pen.write(surface, bar.seat, (x, top), "control", most=most)


def draw_timeline(surface: pygame.Surface, at: tuple[int, int], bar: Bar, pen: Pen) -> None:
    """A tick for each quarter: those gone bright, this one tall and in the seat's colour, those to come dim."""
    x, y = at
    step = pen.px(108) / max(1, bar.turns)
    for n in range(bar.turns):
        now = n + 1 == bar.turn
        tall = pen.px(9 if now else 6 if n % 4 == 0 else 4)
        colour: Ink = bar.colour if now else "t2" if n + 1 < bar.turn else "edge"
        wide = max(1, pen.px(2)) if now else 1
        surface.fill(ink(colour), (round(x + n * step), y + pen.px(9) - tall, wide, tall))


def draw_resources(surface: pygame.Surface, resources: list[tuple[str, str, str]], pen: Pen) -> None:
    """The resources at the right end, each name over its figure, the note after that."""
    right = pen.scale.width - pen.px(24)
    tops = (pen.scale.bar - pen.line("note") - pen.line("control") + pen.px(4)) // 2
    for label, value, note in reversed(resources):
        left = right - size(pen, label, value, note)
        pen.write(surface, label, (left, tops), "note", "t2")
        top = tops + pen.line("note") - pen.px(4)
        figure = pen.write(surface, value, (left, top), "control")
        if note:
            drop = top + pen.baseline("control") - pen.baseline("note_medium")
            pen.write(surface, note, (figure.right + pen.px(6), drop), "note_medium", "t2")
        right = left - pen.px(22)


def draw_head(
    surface: pygame.Surface, at: tuple[int, int], most: int, finding: str, unit: str, pen: Pen, role: str = "section"
) -> int:
    """The head of a panel: the finding, and the unit line under it; gives the foot in pixels."""
    box = pen.paragraph(surface, finding, at, most, role, "t1", count=2)
    if not unit:
        return box.bottom
    return pen.paragraph(surface, unit, (at[0], box.bottom + pen.px(2)), most, "note", "t3", count=2).bottom


@dataclass(frozen=True)
class Card:
    """A card of the feed: when, the headline, causes left to right with the outcome last; a share of it gets a bar."""

    when: str
    headline: str
    causes: tuple[str, ...] = ()
    colour: str = "ivory"
    share: float | None = None


def fitting(causes: tuple[str, ...], wide: int, gap: int, pen: Pen, count: int = 2) -> tuple[tuple[str, ...], int]:
    """The causes that fit side by side in two lines each, or `count`, the outcome always among them; how wide each may be."""
    for first in range(len(causes)):
        left = causes[first:]
        room = (wide - gap * (len(left) - 1)) // len(left)
        if all(len(pen.lines(cause, room, "note")) <= count for cause in left):
            return left, room
    return causes[-1:], wide


def heading(headline: str, wide: int, pen: Pen) -> tuple[list[str], str]:
    """The lines of a card's headline and their role: one in the largest type in which it fits, else as many as it needs."""
    roles = ("headline", "headline_small", "label")
    role = next((one for one in roles if pen.width(headline, one) <= wide), roles[-1])
    return pen.lines(headline, wide, role), role


def draw_card(surface: pygame.Surface, rect: pygame.Rect, card: Card, pen: Pen) -> None:
    """Draws a card into its box."""
    x, y = rect.left, rect.top
    tall = pen.line("note")
    surface.fill(ink(card.colour), (x, y + pen.px(1), pen.px(3), tall - pen.px(2)))
    pen.write(surface, card.when, (x + pen.px(11), y), "note", "t2", most=rect.width - pen.px(11))
    y += tall + pen.px(4)
    lines, role = heading(card.headline, rect.width, pen)
    wanted = len(lines) * pen.line(role)
    least = max(pen.line("headline"), wanted)
    for n, line in enumerate(lines):
        pen.write(surface, line, (x, y + (least - wanted) // 2 + n * pen.line(role)), role)
    y += least + pen.px(3)
    gap, count = pen.px(28), max(1, min(2, (rect.bottom + pen.px(8) - y) // tall))
    causes, room = fitting(card.causes, rect.width, gap, pen, count)
    for n, cause in enumerate(causes):
        lines = pen.lines(cause, room, "note", count=count)
        widest = max(pen.width(line, "note") for line in lines)
        box = pen.paragraph(surface, cause, (x, y), room, "note", "t2", count=count)
        last = n + 1 == len(causes)
        if last and card.share is not None:
            bar = pygame.Rect(x, box.bottom + pen.px(2), widest, max(2, pen.px(3)))
            surface.fill(ink("edge"), bar)
            surface.fill(
                ink(card.colour), (bar.x, bar.y, round(bar.width * min(1.0, max(0.0, card.share))), bar.height)
            )
        if not last:
            pen.icon(surface, "right", (x + widest + gap // 2, y + pen.line("note")), 5, "t2")
        x += widest + gap


def draw_feed(surface: pygame.Surface, cards: tuple[Card, ...], pen: Pen, older: int = 0) -> None:
    """The feed under the map: as many cards as the layout shows, the rest behind a count."""
    rect = pen.scale.feed_area()
    surface.fill(COLOURS["ink"], rect)
    pen.rule(surface, rect.left, rect.top, rect.width)
    count = pen.scale.feed_cards
    each = rect.width // count
    for n, card in enumerate(cards[:count]):
        left = rect.left + n * each + (pen.px(24) if n == 0 else pen.px(18))
        if n:
            pen.upright(surface, rect.left + n * each, rect.top + pen.px(18), rect.height - pen.px(34))
        box = pygame.Rect(left, rect.top + pen.px(18), each - pen.px(36), rect.height - pen.px(30))
        draw_card(surface, box, card, pen)
    hidden = older + max(0, len(cards) - count)
    if hidden:
        text = pen.words("bar.older", count=hidden)
        pen.write(surface, text, (rect.right - pen.px(18), rect.top + pen.px(18)), "note", "t2", align="right")


def draw_width_key(surface: pygame.Surface, at: tuple[int, int], pen: Pen) -> pygame.Rect:
    """What widths and marks of flows mean; the middle of the line at a point. The compact layout leaves it out."""
    x, y = at
    top = y - pen.line("note") // 2
    x = pen.write(surface, pen.words("map.width"), (x, top), "note", "t2").right + pen.px(10)
    for amount in (10e3, 100e3, 1e6):
        wide = pen.px(34 if amount >= 1e6 else 35)
        tall = max(1, round(width(amount, pen.scale.unit)))
        surface.fill(ink("edge"), (x, y - tall // 2, wide, tall))
        x = pen.write(surface, short(amount), (x + wide + pen.px(5), top), "note_medium").right + pen.px(8)
    return pygame.Rect(at[0], y - pen.px(14), x - at[0], pen.px(28))
