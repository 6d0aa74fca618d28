"""Overlays: frames that interrupt a screen - the screen under them shows, darker."""

import pygame

from desktop.pen import Pen
from desktop.table import Table


def called(table: Table, name: str, doc: str, pen: Pen) -> str:
    """What a quantity is called on screens: by its name in the wording, else by what is said of it."""
    cast = table.model.cast
    champion = cast.names["chipmakers"][cast.champion]
    key = f"quantity.{name.replace(champion, 'champion')}"
    if key in pen.words:
        return pen.words(key, champion=table.model.story.called(champion))
    column, _, rest = name.partition(".")
    bare = doc.partition(" (")[0]
    whose = ", ".join(table.model.story.called(part) for part in rest.split(".")) if rest and f".{rest}" else ""
    said = f"{whose}: {bare}" if whose and column != "score" and column != "objective" else bare
    return said[:1].upper() + said[1:]


def frame_of(pen: Pen, wide: float, tall: int | None = None) -> pygame.Rect:
    """A frame in the middle of the window, as large as it may be within margins; `tall` in pixels of the window."""
    width, height = pen.scale.width, pen.scale.height
    rect = pygame.Rect(
        0, 0, min(pen.px(wide), width - pen.px(32)), min(pen.px(760) if tall is None else tall, height - pen.px(32))
    )
    rect.center = (width // 2, height // 2)
    return rect


def draw_overlay(surface: pygame.Surface, frame: pygame.Rect, pen: Pen) -> None:
    """The frame with its edge; what lies under it is drawn by the window."""
    pen.box(surface, frame, "side", "edge")
