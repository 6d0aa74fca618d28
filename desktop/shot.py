"""Shot: a picture of any screen of any game, drawn without a window: `python main.py shot map --quarter 3 --out map.png`.

The games of a shot are kept nowhere, and a shot of the same words is the same picture.
"""

import os
import re
from argparse import Namespace
from collections.abc import Callable, Sequence
from concurrent.futures import wait
from dataclasses import replace
from importlib import import_module
from pathlib import Path

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from agents.human import NAME as HUMAN
from desktop.app import App, NoDisplay
from desktop.scale import SMALLEST_WINDOW
from desktop.screen import Screen
from desktop.screens.opening import CLASSES, opened
from desktop.settings import LARGEST, Settings
from desktop.table import Table
from desktop.text import FontError
from desktop.tutorial import led
from play.commands.doors import Refused, check_seat, seed_of, tell, within
from play.drafts import order_in
from play.games import game_at
from play.keep import resumed, saved
from play.model import Chokepoint
from play.quantities import quantity
from play.record import EVERYTHING
from play.save import Saved
from play.words import WordsError
from world.scenario import Scenario, read

FRONT: dict[str, Callable[[Scenario], Screen]] = {
    "title": lambda _: made("title", "TitleScreen"),
    "seats": lambda scenario: made("seats", "SeatScreen", scenario),
    "options": lambda _: made("options", "OptionsScreen"),
    "saves": lambda _: made("saves", "SavesScreen"),
}
"""Screens that stand before any game."""
BESIDE = {"taking": "TakingScreen"}
"""Screens of a game that are opened from one other screen alone."""
ABOUT = ("why", "sources")
"""Screens that tell of one quantity."""
OVER = (*ABOUT, "glossary")
"""Screens that lie over another one, here over the map."""
FILMED = "resolve"
"""The quarter that resolves: the map while its film runs."""
SCREENS = (*FRONT, *CLASSES, *BESIDE, "help")
PLAYED = 4
"""Quarters that are played where none is named."""
STEP = 0.05
MOST_FRAMES = 5000
"""Frames in which a screen must have drawn itself."""
PATIENCE = 120.0
"""Seconds that one thing may be worked out."""


def main(args: Namespace) -> int:
    """Draw a screen into a file."""
    if args.screen not in SCREENS:
        raise Refused(f"shot: there is no screen '{args.screen}'; write one of {', '.join(SCREENS)}")
    size = size_of(args.size)
    percent = within(args.interface, 100, 200, "interface")
    place = Path(args.out)
    if place.suffix.lower() != ".png":
        raise Refused(f"--out {args.out}: write a name that ends in .png")
    if not place.parent.is_dir():
        raise Refused(f"--out {args.out}: there is no folder {place.parent}; make it first, or name another")
    settings = Settings(width=size[0], height=size[1], interface=percent / 100, reduced_motion=not args.seconds)
    try:
        picture = shot(args, settings)
    except (NoDisplay, FontError, WordsError) as reason:
        raise Refused(f"shot: {reason}") from None
    try:
        pygame.image.save(picture, place)
    except (pygame.error, OSError) as error:
        raise Refused(f"--out {args.out}: cannot be written ({error}); name another file") from None
    tell([f"{args.screen} at {size[0]}x{size[1]} is in {place}"])
    return 0


def shot(args: Namespace, settings: Settings) -> pygame.Surface:
    """The picture of a screen; raises a refusal where the words name no game, seat, order or quantity."""
    if args.screen in FRONT:
        return pictured([FRONT[args.screen](read(args.scenario))], settings, args.seconds)
    table = table_of(args)
    try:
        below = [opened("map", table)] if args.screen in OVER else []
        return pictured([*below, screen_of(args, table)], settings, args.seconds, with_help=args.screen == "help")
    finally:
        table.close()


def pictured(
    screens: Sequence[Screen], settings: Settings, seconds: float = 0.0, with_help: bool = False
) -> pygame.Surface:
    """Screens that lie one over another, so many seconds after the last was opened; with none, once all is at rest."""
    app = App(screens[0], settings)
    app.shows_help = with_help
    for screen in screens[1:]:
        rested(app, 1.0)
        app.screens.append(screen)
    rested(app, seconds or 1.0)
    return app.surface.copy()


def rested(app: App, seconds: float) -> None:
    """Lets time pass, with every answer in that the screen asks for, and all drawn that it draws in pieces."""
    app.frame([], 0.0)
    for _ in range(round(seconds / STEP)):
        table = getattr(app.screen, "table", None)
        settle(table)
        app.frame([], STEP)
        drawn(app, table)


def drawn(app: App, table: Table | None) -> None:
    """Lets a screen that is drawn in pieces finish, while its clock stands."""
    is_drawing = getattr(app.screen, "is_drawing", None)
    for _ in range(MOST_FRAMES):
        if is_drawing is None or not is_drawing(app.pen):
            return
        settle(table)
        app.frame([], 0.0)


def settle(table: Table | None) -> None:
    """Waits for all that a table works out."""
    if table is not None:
        wait([answer.work for answer in table.answers.values()], timeout=PATIENCE)


def screen_of(args: Namespace, table: Table) -> Screen:
    """A screen of a game by its name."""
    if args.screen == FILMED:
        table.shown[table.seat] = table.turn - 1
        return opened("map", table)
    if args.screen in BESIDE:
        return made(args.screen, BESIDE[args.screen], table)
    if args.screen in ABOUT:
        quantity(table.model.cast, args.quantity)
        return opened(args.screen, table, args.quantity)
    return led(opened("map" if args.screen == "help" else args.screen, table), table)


def table_of(args: Namespace) -> Table:
    """The game: a new one that programs played so far, or a saved one up to a quarter."""
    scenario = None if args.save else read(args.scenario)
    game = game_at(Path(args.save), args.game) if scenario is None else None
    cast = game.cast if scenario is None and game else scenario.cast if scenario else None
    assert cast is not None
    seat = args.seat or ((game and game.people) or cast.recommended or cast.names["seats"])[0]
    check_seat(seat, cast)
    orders = [order_in(cast, text) for text in args.order]
    if others := {one for one, _ in orders} - {seat}:
        raise Refused(f"--order: {min(others)} is not the seat of the picture; write orders of {seat}")
    model = up_to(game, args.quarter, seat) if game else fresh(scenario, args, seat)  # type: ignore[arg-type]
    table = Table(model, (seat,), scenario, watched=seat)
    for _, settings in orders:
        table.sitting.adjust(settings)
    return table


def fresh(scenario: Scenario, args: Namespace, seat: str) -> Chokepoint:
    """A new game after so many quarters in which programs held every seat."""
    length = scenario.length
    last = length if args.screen == "debrief" else min(PLAYED, length - 1)
    turns = within(last if args.quarter is None else args.quarter, 0, length, "quarter")
    model = Chokepoint(scenario, seeds=seed_of(args.seed), keep=EVERYTHING)
    for _ in range(turns):
        model.step()
    return up_to(saved(model), None, seat)


def up_to(game: Saved, quarter: int | None, seat: str) -> Chokepoint:
    """A game after a quarter, with a person on a seat."""
    turns = len(game.quarters) if quarter is None else within(quarter, 0, len(game.quarters), "quarter")
    return resumed(replace(game, quarters=game.quarters[:turns]), {**programs(game), seat: HUMAN})


def programs(game: Saved) -> dict[str, str]:
    """Who holds the seats of a game, with a program for each person."""
    return {seat: "standard" if name == HUMAN else name for seat, name in game.players.items()}


def size_of(text: str) -> tuple[int, int]:
    """Width and height in pixels; raises Refused."""
    found = re.fullmatch(r"(\d{1,5})[x\u00d7](\d{1,5})", text)
    wide, tall = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (SMALLEST_WINDOW[0] <= wide <= LARGEST and SMALLEST_WINDOW[1] <= tall <= LARGEST):
        least = f"{SMALLEST_WINDOW[0]}x{SMALLEST_WINDOW[1]}"
        raise Refused(f"--size {text}: write width and height in pixels, such as 1600x900, from {least} on")
    return wide, tall


def made(module: str, name: str, *more: object) -> Screen:
    """A screen by its module and class."""
    screen: Screen = getattr(import_module(f"desktop.screens.{module}"), name)(*more)
    return screen
