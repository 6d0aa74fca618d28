"""The commands of the window: a seat in it, its screens as pictures, and how fast it is; loads none of it."""

from argparse import Namespace
from importlib import import_module

from play.commands.line import (
    SCENARIO,
    Command,
    Part,
    Words,
    count,
    flag,
    numbered,
    orders,
    players,
    scenario,
    script,
    seed,
    settings,
)


def play(words: Words) -> None:
    """Takes the scenario or a save, the seat, and who plays the others."""
    scenario(words, "its name, a .toml file, a save, or a run's folder with --game")
    numbered(words)
    flag(words, "--text", "in the terminal, or from a pipe, and not in the window")
    words.add_argument("--seat", help="where to sit (the first that is recommended)")
    seed(words)
    script(words)
    flag(words, "--finish", "let a standard player hold the seat to the end")
    players(words)
    settings(words)


def seat(args: Namespace) -> int:
    """Take a seat in the terminal, which needs nothing of the window, or in the window."""
    door = import_module("play.commands.play").main if args.text or args.finish else import_module("desktop.door").play
    return int(door(args))


def shot(words: Words) -> None:
    """Takes the screen, the picture, and the game that is drawn."""
    words.add_argument(
        "screen", metavar="SCREEN", help="map, orders, intelligence, supply, debrief, title, seats, log, ..."
    )
    words.add_argument("--out", metavar="FILE", required=True, help="the PNG file to write")
    words.add_argument("--size", metavar="WxH", default="1600x900", help="width and height in pixels (1600x900)")
    count(words, "--interface", 100, "interface scale in percent")
    words.add_argument("--scenario", default=SCENARIO, help="its name, or a .toml file")
    words.add_argument("--save", metavar="SAVE", help="a saved game, or a run's folder with --game, and not a new one")
    numbered(words)
    words.add_argument("--quarter", type=int, help="after how many quarters (4; all for the debrief and for a save)")
    words.add_argument("--seat", help="who looks (the first that is recommended)")
    seed(words)
    orders(words)
    words.add_argument("--quantity", metavar="NAME", default="lead", help="what why and sources tell of (lead)")
    words.add_argument("--seconds", type=float, default=0.0, help="so long after it was opened (0: at rest)")


COMMANDS = (
    Command(
        "play",
        "take a seat",
        play,
        "desktop.commands:seat",
        (
            ("play november-2025", "the window, at a seat (--seat washington --seed 7)"),
            ("play november-2025 --text", "the same in the terminal"),
        ),
    ),
    Command(
        "shot",
        "a screen as a picture, without a window",
        shot,
        "desktop.shot:main",
        (("shot SCREEN --out PICTURE", "any screen of a game as a picture"),),
    ),
)

PARTS = (
    Part("bench", "--desktop", "how fast the window draws, and nothing else", "desktop.bench:measure"),
    Part("replay", "--show", "in the window, at its debrief and log", "desktop.door:replay"),
)
