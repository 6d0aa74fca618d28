"""The door to the window: `python main.py` and `play` without --text."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

from desktop import settings
from desktop.app import App, NoDisplay
from desktop.screen import FormScreen, Screen
from desktop.screens.title import TitleScreen
from desktop.text import FontError
from play.words import WordsError

REFUSED = 2


def main() -> int:
    """Open the window at the title."""
    return window(TitleScreen)


def play(args: Namespace) -> int:
    """Open the window at a seat of a new or a saved game; what cannot be obeyed is refused before it opens."""
    from desktop import tables
    from desktop.screens.opening import first as first_screen
    from play.commands.play import begun, continued, is_kept
    from world.scenario import read

    scenario = None if is_kept(args) else read(args.scenario)
    model, seat = continued(args) if scenario is None else begun(args, scenario)

    def first() -> Screen:
        table = tables.seated_at(model, (seat,), scenario)
        if scenario is None:
            tables.restore(table, Path(args.scenario))
        return first_screen(table)

    return window(first)


def replay(args: Namespace) -> int:
    """Open a finished game in the window, where every quarter can be looked at; as `replay --show` asks."""
    asked = Namespace(scenario=args.path, game=args.game, seat=None, player=[], set=[], seed=1, script=None)
    return play(asked)


def window(first: Callable[[], Screen]) -> int:
    """Open the window on a screen and stay until it is closed; with no display, say what to run instead."""
    try:
        app = App(FormScreen(), kept_in=settings.place(), home=TitleScreen)
        app.screens = [first()]
        app.frame([], 0.0)
        Thread(target=warm, name="warm", daemon=True).start()
        app.run()
    except (NoDisplay, FontError, WordsError) as reason:
        print(reason, file=sys.stderr)
        return REFUSED
    return 0


def warm() -> None:
    """Load what the first game will need while the title is looked at."""
    with suppress(ImportError):
        import desktop.tables  # noqa: F401
