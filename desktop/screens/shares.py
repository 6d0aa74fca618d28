"""Shares of a whole, as ordered and as drafted: two bars whose parts flow one into the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygame

from desktop import curves, shapes
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix


@dataclass(frozen=True)
class Part:
    """A part: what it is called, its share as ordered and as drafted (each 0 to 1 of the whole), and its colour."""

    name: str
    was: float
    now: float
    colour: Ink
    quiet: bool = False
    """Whether it is what nobody directed."""
    local: str = ""


def widths(shares: Sequence[float], wide: int) -> list[int]:
    """Pixels for each share, together as wide as their sum of the whole."""
    edges, total = [0], 0.0
    for share in shares:
        total += share
        edges.append(round(wide * total))
    return [b - a for a, b in pairwise(edges)]


def fills(part: Part, back: Ink = "panel") -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """The strong and the pale colour of a part."""
    hue = ink(part.colour)
    strong = mix(ink(back), hue, 0.42 if part.quiet else 1.0)
    return strong, mix(ink(back), hue, 0.10 if part.quiet else 0.2)


def draw_bars(
    surface: pygame.Surface, rect: pygame.Rect, parts: Sequence[Part], words: tuple[str, str], pen: Pen
) -> list[pygame.Rect]:
    """The bar as ordered, the flow, the bar as drafted; gives the boxes of the drafted parts. The rect is filled in height."""
    upper, lower = pen.px(22), max(pen.px(40), pen.line("site") * 2 + pen.px(4))
    y = rect.top + pen.line("note")
    pen.write(surface, words[0], (rect.left, rect.top), "note", "t2")
    low = rect.bottom - lower
    old = widths([part.was for part in parts], rect.width)
    new = widths([part.now for part in parts], rect.width)
    a = b = rect.left
    boxes = []
    for part, one, other in zip(parts, old, new, strict=True):
        strong, pale = fills(part)
        if one and other:
            draw_flow(surface, (a, a + one, y + upper), (b, b + other, low), pale)
        a, b = a + one, b + other
    a = b = rect.left
    for part, one, other in zip(parts, old, new, strict=True):
        strong, _ = fills(part)
        if one:
            box = pygame.Rect(a, y, one, upper)
            surface.fill(mix(ink("panel"), strong, 0.62), box)
            text = f"{round(100 * part.was)}"
            if pen.width(text, "note_medium") + 4 <= one:
                top = box.centery - pen.line("note_medium") // 2
                colour: Ink = "t1" if part.quiet else "ink"
                pen.write(surface, text, (box.centerx, top), "note_medium", colour, align="centre")
            surface.fill(ink("panel"), (box.right - 1, box.top, 1, box.height))
        box = pygame.Rect(b, low, other, lower)
        boxes.append(box)
        if other:
            draw_part(surface, box, part, strong, pen)
        a, b = a + one, b + other
    text = words[1]
    if low - y - upper >= pen.line("note") + pen.px(6):
        pen.write(surface, text, (rect.left, low - pen.line("note") - pen.px(2)), "note", "t1", halo="panel")
    return boxes


def draw_part(surface: pygame.Surface, box: pygame.Rect, part: Part, strong: tuple[int, int, int], pen: Pen) -> None:
    """A part of the drafted bar with its name, its share, and what that was."""
    surface.fill(strong, box)
    surface.fill(ink("panel"), (box.right - 1, box.top, 1, box.height))
    colour: Ink = "t1" if part.quiet else "ink"
    most = box.width - pen.px(10)
    share = f"{round(100 * part.now)} %"
    left, top = box.left + pen.px(6), box.top + (box.height - 2 * pen.line("site")) // 2
    if pen.width(part.name, "site") <= most:
        pen.write(surface, part.name, (left, top), "site", colour)
        top += pen.line("site")
    elif pen.width(share, "site") <= most:
        top = box.centery - pen.line("site") // 2
    else:
        return
    if pen.width(share, "site") > most:
        return
    wrote = pen.write(surface, share, (left, top), "site", colour)
    was = pen.words("kit.was", value=round(100 * part.was))
    if (
        round(100 * part.was) != round(100 * part.now)
        and wrote.right + pen.px(6) + pen.width(was, "axis") <= box.right - 2
    ):
        pen.write(surface, was, (wrote.right + pen.px(5), top), "axis", colour)


def draw_flow(
    surface: pygame.Surface, above: tuple[int, int, int], below: tuple[int, int, int], colour: tuple[int, int, int]
) -> None:
    """A band that narrows or widens on its way from a line (left, right, height) down to another."""
    (a, b, top), (c, d, low) = above, below
    middle = (top + low) / 2
    left = curves.bezier(((a, top), (a, middle), (c, middle), (c, low)), 24)
    right = curves.bezier(((b, top), (b, middle), (d, middle), (d, low)), 24)
    shapes.polygon(surface, colour, [*left.tolist(), *reversed(right.tolist())])
