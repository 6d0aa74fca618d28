"""The commands of the window: a seat in it, its screens as pictures, and how fast it is; loads none of it."""

from argparse import Namespace
from importlib import import_module

from play.commands.line import (
    SCENARIO,
    Command,
    Words,
    count,
    flag,
    for_machines,
    orders,
    players,
    scenario,
    seed,
    settings,
)


def play(words: Words) -> None:
    """Takes the scenario or a save, the seat, and who plays the others."""
    scenario(words, "its name, a .toml file, or a save")
    flag(words, "--text", "in the terminal, or from a pipe, and not in the window")
    words.add_argument("--seat", help="where to sit (the first that is recommended)")
    seed(words)
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
    words.add_argument("--save", metavar="FILE", help="a saved game, and not a new one")
    words.add_argument("--quarter", type=int, help="after how many quarters (4; all for the debrief and for a save)")
    words.add_argument("--seat", help="who looks (the first that is recommended)")
    seed(words)
    orders(words)
    words.add_argument("--quantity", metavar="NAME", default="lead", help="what why and sources tell of (lead)")
    words.add_argument("--seconds", type=float, default=0.0, help="so long after it was opened (0: at rest)")


def bench(words: Words) -> None:
    """Takes the scenario, and whether it is the window that is measured."""
    scenario(words)
    count(words, "--runs", 3, "the best of so many counts")
    for_machines(words, "the figures")
    flag(words, "--desktop", "how fast the window draws, and nothing else")


def measure(args: Namespace) -> int:
    """Measure the rules, or the window."""
    if args.desktop:
        return int(import_module("desktop.bench").main(args.scenario, as_json=args.json))
    return int(import_module("play.commands.bench").main(args.scenario, as_json=args.json, runs=args.runs))


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
    Command(
        "bench",
        "how fast this machine plays",
        bench,
        "desktop.commands:measure",
        (("bench", "how fast this machine plays"),),
    ),
)
