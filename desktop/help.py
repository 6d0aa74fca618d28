"""All keys, over whatever screen is open."""

from collections.abc import Sequence

import pygame

from desktop.kit.modal import veil_of
from desktop.pen import Pen

EVERYWHERE = (
    ("Tab", "keys.next"),
    ("← →", "keys.change"),
    ("Enter", "keys.open"),
    ("Esc", "keys.back"),
    ("M", "keys.motion"),
    ("+ −", "keys.scale"),
    ("F11", "keys.fullscreen"),
    ("?", "keys.all"),
)


def everywhere(pen: Pen) -> list[tuple[str, str]]:
    """The keys that work on every screen, in words."""
    named = {"Tab": "keys.tab", "Enter": "keys.enter", "Esc": "keys.escape"}
    return [(pen.words(named[key]) if key in named else key, pen.words(word)) for key, word in EVERYWHERE]


def draw_help(surface: pygame.Surface, pen: Pen, title: str, own: Sequence[tuple[str, str]]) -> None:
    """Draws the keys of a screen beside those that work everywhere."""
    size = surface.get_size()
    surface.blit(pen.kept(("veil", size), lambda: veil_of(size)), (0, 0))
    named = [(key, pen.words(word) if word in pen.words else word) for key, word in own]
    columns = [(title or pen.words("help.here"), named)] if own else []
    columns.append((pen.words("help.everywhere"), everywhere(pen)))
    margin, step = pen.px(28), pen.line("body") + pen.px(8)
    head = pen.line("map_finding") + pen.px(12) + pen.line("strong") + pen.px(8)
    room = (size[1] - 2 * margin - head - pen.line("note")) // pen.line("body")
    columns = [
        (heading if not start else "", keys[start : start + room])
        for heading, keys in columns
        for start in range(0, len(keys), room)
    ]
    each = min(pen.px(300), (size[0] - 4 * margin) // len(columns))
    rows = max(len(keys) for _, keys in columns)
    step = min(step, (size[1] - 2 * margin - head - pen.line("note")) // rows)
    wide, tall = each * len(columns) + 2 * margin, 2 * margin + head + rows * step + pen.line("note")
    rect = pygame.Rect((size[0] - wide) // 2, max(0, (size[1] - tall) // 2), wide, tall)
    pen.box(surface, rect, "panel", "edge")
    at = (rect.left + margin, rect.top + margin)
    pen.write(surface, pen.words("help.title"), at, "map_finding", "t1", most=wide - 2 * margin)
    for n, (heading, keys) in enumerate(columns):
        x, y = at[0] + n * each, at[1] + pen.line("map_finding") + pen.px(12)
        pen.write(surface, heading, (x, y), "strong", "t1", most=each - pen.px(12))
        y += pen.line("strong") + pen.px(8)
        for key, word in keys:
            pen.key(surface, key, (x, y))
            left = x + pen.px(70)
            pen.write(surface, word, (left, y), "body", "t2", most=x + each - pen.px(12) - left)
            y += step
    pen.write(surface, pen.words("help.close"), (at[0], rect.bottom - margin - pen.px(4)), "note", "t3")
