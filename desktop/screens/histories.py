"""How orders stood: for each dial a line in steps, a quarter each, and where the draft takes it."""

import pygame

from desktop import curves, shapes
from desktop.pen import Pen, ink
from desktop.screens.draft import Draft
from desktop.screens.levers import label_of
from desktop.screens.order_words import title_of, value_text

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
        is_changed = draft.is_changed(row)
        shapes.dashed(surface, ink(colour if is_changed else "t3"), ahead, pen.scale.real(1.8), 4, 3)
        pen.disc(surface, at(min(length, now + 1), value), 3.4, colour if is_changed else "t3")
    story = draft.table.model.story
    top = plot.bottom + pen.px(7)
    pen.write(surface, story.quarter(1), (plot.left, top), "axis", "t3")
    pen.write(surface, story.quarter(length), (plot.right, top), "axis", "t3", align="right")
