"""How orders stood: for each dial a line in steps, a quarter each, and where the draft takes it."""

import pygame

from desktop import curves, shapes
from desktop.pen import Pen, ink
from desktop.screens.draft import Draft
from desktop.screens.levers import label_of
from desktop.screens.order_words import value_text
from play.order_words import title_of

ACROSS = 3


def draw_histories(surface: pygame.Surface, rect: pygame.Rect, draft: Draft, colour: str, pen: Pen) -> None:
    """The dials of the seat as small figures under a heading, as many as there is room for."""
    words = pen.words
    pen.rule(surface, rect.left, rect.top, rect.width)
    y = rect.top + pen.px(12)
    pen.write(surface, words("orders.histories"), (rect.left, y), "section", "t1", most=rect.width)
    y += pen.line("section")
    pen.write(surface, words("orders.histories_unit"), (rect.left, y), "note", "t3", most=rect.width)
    y += pen.line("note") + pen.px(10)
    gap = pen.px(28)
    rows = [row for entry in draft.entries for row in draft.rows(entry)]
    across = min(ACROSS if len(rows) > 4 else 2, max(1, rect.width // pen.px(240)))
    wide = (rect.width - gap * (across - 1)) // across
    least = pen.line("label") + pen.px(64) + pen.line("axis") + pen.px(18)
    down = min(-(-len(rows) // across), max(1, (rect.bottom - y) // least))
    tall = max(least, min(least + pen.px(90), (rect.bottom - y) // down))
    for n, row in enumerate(rows):
        box = pygame.Rect(rect.left + n % across * (wide + gap), y + n // across * tall, wide, tall - pen.px(18))
        if box.bottom > rect.bottom:
            return
        draw_history(surface, box, row, draft, colour, pen)


def draw_history(surface: pygame.Surface, rect: pygame.Rect, row: int, draft: Draft, colour: str, pen: Pen) -> None:
    """One dial: its name, its bounds, the line, the quarters under it."""
    dial, words = draft.book.dials[row], pen.words
    amount = dial.amount
    entry = int(draft.book.layout.entry_of_dial[row])
    is_alone = len(draft.rows(entry)) == 1 and not dial.picks
    name = title_of(dial.kind.name, words) if is_alone else label_of(dial, draft, words)
    low, high = (value_text(dial.kind.name, amount, value, words) for value in (amount.low, amount.high))
    pen.write(surface, name, rect.topleft, "label", "t1", most=rect.width)
    right = rect.left + rect.width - max(pen.width(low, "axis"), pen.width(high, "axis")) - pen.px(8)
    top = rect.top + pen.line("label") + pen.px(6)
    plot = pygame.Rect(rect.left, top, right - rect.left, rect.bottom - pen.line("axis") - pen.px(7) - top)
    for y, text in ((plot.top, high), (plot.bottom, low)):
        pen.rule(surface, plot.left, y, plot.width)
        pen.write(surface, text, (right + pen.px(8), y - pen.line("axis") // 2), "axis", "t3")
    length = int(draft.table.seen()["length"])
    draw_steps(surface, plot, row, draft, colour, pen)
    story = draft.table.model.story
    top = plot.bottom + pen.px(7)
    pen.write(surface, story.quarter(1), (plot.left, top), "axis", "t3")
    pen.write(surface, story.quarter(length), (plot.right, top), "axis", "t3", align="right")


def draw_steps(surface: pygame.Surface, plot: pygame.Rect, row: int, draft: Draft, colour: str, pen: Pen) -> None:
    """What a dial was ordered to in every quarter, and dashed what the draft makes of it."""
    amount, length = draft.book.dials[row].amount, int(draft.table.seen()["length"])
    past = draft.history(row)

    def at(quarter: float, value: float) -> tuple[float, float]:
        share = (value - amount.low) / (amount.high - amount.low)
        return plot.left + plot.width * quarter / length, plot.bottom - plot.height * share

    points = []
    for quarter, value in enumerate(past[1:]):
        points += [at(quarter, value), at(quarter + 1, value)]
    now = len(past) - 1
    if points:
        shapes.curve(surface, ink("ivory"), curves.path(points), pen.scale.real(1.8))
    if now < length:
        value = draft.now(row)
        ahead = curves.path([at(now, draft.was(row)), at(now, value), at(min(length, now + 1), value)])
        hue = colour if draft.is_changed(row) else "t3"
        shapes.dashed(surface, ink(hue), ahead, pen.scale.real(1.8), 4, 3)
        pen.disc(surface, at(min(length, now + 1), value), 3.4, hue)


def draw_spark(surface: pygame.Surface, tip: pygame.Rect, row: int, draft: Draft, pen: Pen) -> pygame.Rect:
    """The history of a dial in a box of its own, under its tooltip or over it; gives the box."""
    words, amount = pen.words, draft.book.dials[row].amount
    tall = pen.line("note") + pen.px(64)
    rect = pygame.Rect(tip.left, tip.bottom - 1, tip.width, tall)
    if rect.bottom > surface.get_height() - 4:
        rect.bottom = tip.top + 1
    pen.box(surface, rect, "raised", "edge")
    left, most = rect.left + pen.px(14), rect.width - pen.px(28)
    pen.write(surface, words("orders.history"), (left, rect.top + pen.px(6)), "note", "t2", most=most)
    kind = draft.book.dials[row].kind.name
    low, high = (value_text(kind, amount, value, words) for value in (amount.low, amount.high))
    wide = max(pen.width(low, "axis"), pen.width(high, "axis")) + pen.px(8)
    plot = pygame.Rect(left, rect.top + pen.px(14) + pen.line("note"), most - wide, pen.px(36))
    for y, text in ((plot.top, high), (plot.bottom, low)):
        pen.rule(surface, plot.left, y, plot.width)
        pen.write(surface, text, (plot.right + pen.px(8), y - pen.line("axis") // 2), "axis", "t3")
    side = "us" if draft.table.seen()["seat"]["bloc"] == "us" else "cn"
    draw_steps(surface, plot, row, draft, side, pen)
    return rect
