"""The card of the tutorial: where it lies, so that it never covers what it points at, and how it is drawn."""

from dataclasses import dataclass

import pygame

from desktop import shapes
from desktop.kit import Button
from desktop.pen import Pen, ink

WIDE = 348
GAP = 26
"""Pixels of the drawings between the card and what it points at."""


@dataclass(frozen=True)
class Card:
    """The words of a card; `next` is "" until what is to be done was done."""

    count: str
    title: str
    text: str
    do: str
    terms: tuple[tuple[str, str], ...] = ()
    is_done: bool = False
    next: str = ""
    back: str = ""


def parts(card: Card, pen: Pen) -> list[tuple[str, str, str, int]]:
    """The texts of a card from top to bottom: text, role, colour, and the gap in pixels under it."""
    found = [(card.count, "note", "t3", pen.px(2)), (card.title, "section", "t1", pen.px(6))]
    if card.text:
        found.append((card.text, "body", "t2", pen.px(8)))
    for name, text in card.terms:
        found.append((f"{name}: {text}", "note", "t2", pen.px(5)))
    return [*found, (card.do, "strong", "t1", pen.px(4))]


def size(card: Card, pen: Pen) -> tuple[int, int]:
    """How wide and tall a card is."""
    wide = min(pen.px(WIDE), pen.scale.width // 2)
    inner = wide - 2 * pen.px(18)
    tall = sum(len(pen.lines(text, inner, role)) * pen.line(role) + gap for text, role, _, gap in parts(card, pen))
    return wide, tall + 2 * pen.px(14) + pen.px(8) + button_height(pen)


def button_height(pen: Pen) -> int:
    """Height of the row of buttons."""
    return max(pen.scale.target(), pen.px(32))


def placed(size: tuple[int, int], target: pygame.Rect | None, window: pygame.Rect, gap: int) -> pygame.Rect:
    """Where a card of a size lies in a window: clear of its target where that can be, and near to it.

    Where it can be clear of it nowhere, it covers as little of it as possible.
    """
    wide, tall = size
    window = window.inflate(-2 * (gap // 2), -2 * (gap // 2))
    if target is None:
        return pygame.Rect(window.left, window.bottom - tall, wide, tall).clamp(window)
    tries = [
        (target.right + gap, target.centery - tall // 3),
        (target.left - gap - wide, target.centery - tall // 3),
        (target.centerx - wide // 2, target.bottom + gap),
        (target.centerx - wide // 2, target.top - gap - tall),
        (window.left, window.bottom - tall),
        (window.right - wide, window.bottom - tall),
        (window.left, window.top),
        (window.right - wide, window.top),
    ]
    boxes = [pygame.Rect(x, y, wide, tall).clamp(window) for x, y in tries]

    def covered(box: pygame.Rect) -> int:
        part = box.clip(target.inflate(12, 12))
        return part.width * part.height

    return min(boxes, key=covered)


def laid(card: Card | None, target: pygame.Rect | None, pen: Pen) -> dict[str, pygame.Rect]:
    """The boxes of the card and of its buttons; without a card, of what brings it back."""
    bar = pen.scale.bar
    window = pygame.Rect(0, bar, pen.scale.width, pen.scale.height - bar)
    if card is None:
        wide, tall = Button(name="reopen", label=pen.words("tutorial.reopen"), hint="T").least(pen)
        return {"reopen": pygame.Rect(window.left + pen.px(12), window.bottom - tall - pen.px(12), wide, tall)}
    box = placed(size(card, pen), target, window, pen.px(GAP))
    tall, margin = button_height(pen), pen.px(18)
    y, right = box.bottom - pen.px(14) - tall, box.right - margin
    found = {"card": box}
    for name, label, hint in (("next", card.next, "N"), ("back", card.back, "B")):
        if label:
            wide = Button(name=name, label=label, hint=hint).least(pen)[0]
            found[name] = pygame.Rect(right - wide, y, wide, tall)
            right -= wide + pen.px(8)
    wide = Button(name="close", label=pen.words("tutorial.close"), hint="T").least(pen)[0]
    found["close"] = pygame.Rect(
        box.left + margin, y, min(wide, max(pen.scale.target(), right - box.left - margin)), tall
    )
    return found


def draw_card(
    surface: pygame.Surface,
    card: Card | None,
    target: pygame.Rect | None,
    places: dict[str, pygame.Rect],
    pressed: str,
    pen: Pen,
) -> None:
    """Draws the ring round the target, the pointer to it, and the card with its buttons."""
    if card is None:
        Button(name="reopen", label=pen.words("tutorial.reopen"), hint="T").draw(surface, places["reopen"], pen)
        return
    box = places["card"]
    if target is not None:
        pen.box(
            surface,
            target.inflate(pen.px(10), pen.px(10)).clip(surface.get_rect()),
            None,
            "remote",
            5,
            max(2, pen.px(3)),
        )
        draw_pointer(surface, box, target, pen)
    key = ("tutorial card", card, box.size, pen.scale)
    surface.blit(pen.kept(key, lambda: picture(card, box.size, pen)), box)
    buttons = (
        Button(name="next", label=card.next, kind="primary", hint="N", pressed=pressed == "next"),
        Button(name="back", label=card.back, hint="B", pressed=pressed == "back"),
        Button(name="close", label=pen.words("tutorial.close"), hint="T", pressed=pressed == "close"),
    )
    for button in buttons:
        if button.name in places:
            button.draw(surface, places[button.name], pen)


def picture(card: Card, size: tuple[int, int], pen: Pen) -> pygame.Surface:
    """The card without its buttons."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    rect = surface.get_rect()
    pen.box(surface, rect, "raised", "remote", radius=5, width=max(1, pen.px(2)))
    x, y, inner = pen.px(18), pen.px(14), size[0] - 2 * pen.px(18)
    for text, role, colour, gap in parts(card, pen):
        if text == card.do:
            pen.rule(surface, x, y - pen.px(2), inner, "edge")
            y += pen.px(4)
        if text == card.do and card.is_done:
            pen.icon(surface, "check", (x + pen.px(6), y + pen.line(role) // 2), 6, "remote")
            y = pen.paragraph(surface, pen.words("tutorial.did"), (x + pen.px(18), y), inner, role, "remote").bottom
            continue
        y = pen.paragraph(surface, text, (x, y), inner, role, colour).bottom + gap
    return surface


def draw_pointer(surface: pygame.Surface, box: pygame.Rect, target: pygame.Rect, pen: Pen) -> None:
    """A line from the card to the ring, from the nearest edges."""
    ring = target.inflate(pen.px(10), pen.px(10))
    start = (min(max(ring.centerx, box.left + 8), box.right - 8), min(max(ring.centery, box.top + 8), box.bottom - 8))
    end = (min(max(start[0], ring.left), ring.right), min(max(start[1], ring.top), ring.bottom))
    if abs(start[0] - end[0]) + abs(start[1] - end[1]) > pen.px(12):
        shapes.line(surface, ink("remote"), [start, end], pen.scale.real(2.5))
