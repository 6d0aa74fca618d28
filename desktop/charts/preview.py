"""What a draft probably does: grey "if you change nothing" above, coloured "with this draft" below; causes that sum to it."""

from dataclasses import dataclass

import pygame

from desktop.charts.axis import Axis
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix


@dataclass(frozen=True)
class Band:
    """A range: its ends, its median, and the ends of its inner half where those are known."""

    low: float
    middle: float
    high: float
    near: float | None = None
    far: float | None = None


@dataclass(frozen=True)
class Effect:
    """What one outcome becomes without and with a draft, if there is one, on an axis of its own from `low` to `high`."""

    label: str
    unit: str
    without: Band
    draft: Band | None
    figure: str
    range: str
    low: float
    high: float


@dataclass(frozen=True)
class Cause:
    """How much one order moves the outcome."""

    label: str
    low: float
    middle: float
    high: float
    text: str
    is_total: bool = False
    """Whether it is what the others come to together."""


def key_texts(percent: int, pen: Pen, has_draft: bool = True) -> tuple[str, ...]:
    """What the bands mean: the grey one, and the coloured one where something is drafted."""
    if not has_draft:
        return (pen.words("kit.if_nothing_range", percent=percent),)
    return pen.words("kit.if_nothing"), pen.words("kit.with_draft", percent=percent)


def draw_key(
    surface: pygame.Surface, at: tuple[int, int], colour: str, percent: int, pen: Pen, has_draft: bool = True
) -> pygame.Rect:
    """What grey and coloured bands mean, in a line."""
    x, y = at
    middle = y + pen.line("note") // 2
    for hue, text in zip(("edge", colour), key_texts(percent, pen, has_draft), strict=False):
        box = pygame.Rect(x, middle - pen.px(3), pen.px(14), pen.px(6))
        pen.box(surface, box, mix(ink("side"), ink(hue), 0.8), radius=3)
        x = pen.write(surface, text, (box.right + pen.px(6), y), "note", "t2").right + pen.px(16)
    return pygame.Rect(at[0], y, x - at[0], pen.line("note"))


def draw_effects(
    surface: pygame.Surface,
    rect: pygame.Rect,
    effects: tuple[Effect, ...],
    colour: str,
    pen: Pen,
    back: Ink = "side",
    label_share: float = 0.34,
    text_share: float = 0.19,
) -> int:
    """The outcomes, one under another; gives the foot in pixels."""
    left, right = rect.left + round(rect.width * label_share), rect.right - round(rect.width * text_share)
    step = max(pen.line("strong") + pen.line("note") + pen.px(8), pen.px(46))
    for n, effect in enumerate(effects):
        top = rect.top + n * step
        room = left - rect.left - pen.px(8)
        pen.write(surface, effect.label, (rect.left, top), "label", "t1", most=room)
        pen.write(surface, effect.unit, (rect.left, top + pen.line("label")), "note", "t3", most=room)
        axis = Axis(effect.low, effect.high, left, right)
        middle = top + pen.line("label") - pen.px(2)
        pen.rule(surface, left, middle, right - left)
        apart = pen.px(6) if effect.draft else 0
        draw_band(surface, effect.without, axis, middle - apart, "t3", pen, back, quiet=True)
        if effect.draft:
            draw_band(surface, effect.draft, axis, middle + apart, colour, pen, back)
        room = rect.right - right - pen.px(8)
        end = rect.right
        pen.write(surface, effect.figure, (end, top), "control", "t1", align="right", most=room)
        pen.write(surface, effect.range, (end, top + pen.line("label")), "note", "t2", align="right", most=room)
    return rect.top + step * len(effects)


def draw_band(
    surface: pygame.Surface, band: Band, axis: Axis, y: float, colour: str, pen: Pen, back: Ink, quiet: bool = False
) -> None:
    """A band about a level line: quiet ones are grey, round and thinner."""
    tall = max(4, pen.px(5 if quiet else 8))
    left, right = sorted((round(axis.held(band.low)), round(axis.held(band.high))))
    box = pygame.Rect(left, round(y - tall / 2), max(3, right - left), tall)
    hue = ink(colour)
    if quiet:
        pen.box(surface, box, mix(ink(back), hue, 0.42), radius=tall / 2 / pen.scale.unit)
    else:
        surface.fill(mix(ink(back), hue, 0.4), box)
    if band.near is not None and band.far is not None:
        near, far = sorted((round(axis.held(band.near)), round(axis.held(band.far))))
        surface.fill(mix(ink(back), hue, 0.62), (near, box.top, max(1, far - near), tall))
    if not quiet:
        for x in (box.left, box.right - 2):
            surface.fill(hue, (x, box.top - 1, 2, tall + 2))
    x = round(axis.held(band.middle))
    wide = max(2, pen.px(2 if quiet else 3))
    surface.fill(mix(hue, (255, 255, 255), 0.15), (x - wide // 2, box.top - pen.px(2), wide, tall + 2 * pen.px(2)))


def draw_causes(
    surface: pygame.Surface,
    rect: pygame.Rect,
    causes: tuple[Cause, ...],
    colour: str,
    pen: Pen,
    less: str = "",
    more: str = "",
    back: Ink = "side",
    step: int = 0,
    least: float = 1e-9,
) -> int:
    """Causes as signed ranges about a zero line, which is t3, in rows of a height; gives the foot in pixels.

    The axis reaches at least so far that what is smaller than `least` looks small.
    """
    reach = max([least, *(max(abs(cause.low), abs(cause.high)) for cause in causes)]) * 1.08
    negative = max([0.0, *(-cause.low for cause in causes)]) * 1.08
    positive = max([0.0, *(cause.high for cause in causes)]) * 1.08
    negative, positive = max(negative, reach * 0.25, least / 2), max(positive, reach * 0.25, least / 2)
    texts = max((pen.width(cause.text, "note_medium") for cause in causes), default=0) + pen.px(10)
    left, right = rect.left + round(rect.width * 0.5), rect.right - max(texts, round(rect.width * 0.12))
    axis = Axis(-negative, positive, left, right)
    step = step or pen.px(25)
    foot = rect.top + step * len(causes)
    zero = axis.at(0)
    for n, cause in enumerate(causes):
        y = rect.top + n * step + step // 2
        top = y - pen.line("note") // 2
        role, hue = ("note_medium", "t1") if cause.is_total else ("note", "t2")
        pen.write(surface, cause.label, (rect.left, top), role, hue, most=left - rect.left - pen.px(8))
        band = Band(cause.low, cause.middle, cause.high)
        tall = max(4, pen.px(7))
        near, far = sorted((round(axis.held(band.low)), round(axis.held(band.high))))
        surface.fill(
            mix(ink(back), ink(colour), 0.7 if cause.is_total else 0.45),
            (near, y - tall // 2, max(2, far - near), tall),
        )
        for x in (near, far - 2):
            surface.fill(ink(colour), (x, y - tall // 2 - 1, 2, tall + 2))
        pen.disc(surface, (axis.at(cause.middle), y), 3.6, colour)
        pen.write(surface, cause.text, (rect.right, top), "note_medium", "t1", align="right")
    pen.upright(surface, zero, rect.top - pen.px(6), foot - rect.top + pen.px(10), "t3")
    if less:
        pen.write(surface, less, (zero - pen.px(6), foot + pen.px(2)), "note", "t3", align="right")
    if more:
        end = min(zero + pen.px(6), rect.right - pen.width(more, "note"))
        pen.write(surface, more, (end, foot + pen.px(2)), "note", "t3")
    return foot + pen.px(2) + pen.line("note")
