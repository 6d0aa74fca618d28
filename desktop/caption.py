"""Caption: what the window is called among others - the game, the quarter, the seat, and the screen that is open."""

from collections.abc import Sequence

from desktop.screen import Screen
from desktop.table import Table
from play.words import Words


def caption_of(screens: Sequence[Screen], words: Words) -> str:
    """The window's name for the screens that are open, the last on top; "" while a quarter passes."""
    table = next((found for screen in reversed(screens) if (found := getattr(screen, "table", None))), None)
    title = screens[-1].title
    if table is None:
        return words("app.title") if title in ("", words("app.title")) else words("app.caption_front", screen=title)
    if is_passing(table):
        return ""
    seen = table.seen()
    return words("app.caption", quarter=seen["coming"] or seen["played"], seat=seen["seat"]["title"], screen=title)


def is_passing(table: Table) -> bool:
    """Whether a quarter is being played, so that the game may not be read."""
    return any(not table.answers[name].is_there for name in ("resolve", "finish") if name in table.answers)
