"""The track record of a source: how far it is believed, which way it leans, and what it said beside what was held for true."""

from collections.abc import Sequence

import pygame

from desktop.charts import Axis
from desktop.pen import Pen, ink
from desktop.screens.estimates import look_of
from desktop.theme import mix
from play.disputes import Held, Source, lean_words, sentence

HALF_DOUBLE = (0.25, 4.0)
"""The ends of a track record: a quarter and four times."""
SHOWN = 12
"""Past estimates that a track record shows."""


def draw_source(
    surface: pygame.Surface, rect: pygame.Rect, source: Source, pen: Pen, truth: Sequence[float] = ()
) -> int:
    """A source: how far it is believed, which way it leans, and each past estimate against one's own median, or the truth."""
    x, y = rect.topleft
    look = look_of(source.name)
    credit = pen.words("intelligence.credit", share=f"{100 * source.credit[-1]:.0f}")
    right = pen.write(surface, credit, (rect.right, y), "note_medium", "t1", align="right")
    pen.write(surface, sentence(source.title), (x, y), "strong", look.text, most=right.left - x - pen.px(8))
    y += pen.line("strong")
    held = sum(one.covers if not truth else covers(one.told, truth[one.turn]) for one in source.said)
    record = "intelligence.held_truth" if truth else "intelligence.held"
    words = pen.words(record, count=held, of=len(source.said)) if source.said else pen.words("intelligence.silent")
    right = pen.write(surface, words, (rect.right, y), "note", "t2", align="right")
    pen.write(surface, lean_words(source.lean, pen.words), (x, y), "note", "t3", most=right.left - x - pen.px(8))
    y += pen.line("note") + pen.px(3)
    return draw_record(surface, pygame.Rect(x, y, rect.width, pen.px(30)), source, look.tint, pen, truth).bottom


def covers(told: Held, value: float) -> bool:
    """Whether a range holds a value."""
    return told.low <= value <= told.high


def draw_record(
    surface: pygame.Surface, rect: pygame.Rect, source: Source, tint: str, pen: Pen, truth: Sequence[float]
) -> pygame.Rect:
    """Past estimates as bars on a log axis about what they are held against; faint lines at half and double."""
    pen.box(surface, rect, "well", radius=0)
    axis = Axis(*HALF_DOUBLE, rect.left + pen.px(6), rect.right - pen.px(6), log=True)
    for times in (0.5, 2.0):
        pen.upright(surface, axis.at(times), rect.top, rect.height, "hair")
    pen.upright(surface, axis.at(1.0), rect.top, rect.height, "t1")
    said = source.said[-SHOWN:]
    step = min(pen.px(6), (rect.height - pen.px(4)) / max(1, len(said)))
    thick = max(2, round(step * 0.6))
    start = rect.centery - step * len(said) / 2
    for n, one in enumerate(said):
        base = truth[one.turn] if truth else one.held.middle
        if base <= 0:
            continue
        low, high = (axis.held(max(value, 1e-9) / base) for value in (one.told.low, one.told.high))
        y = round(start + n * step)
        fresh = 0.45 + 0.55 * (n + 1) / len(said)
        surface.fill(mix(ink("well"), ink(tint), 0.55 * fresh), (round(low), y, max(2, round(high - low)), thick))
        middle = round(axis.held(one.told.middle / base))
        surface.fill(mix(ink("well"), ink(tint), fresh), (middle - pen.px(3), y, pen.px(6), thick))
    return rect
