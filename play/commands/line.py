"""Line: what a command of the command line is declared with, in any room; loads nothing but the standard library.

A room has a module `commands` with a tuple `COMMANDS`; `main.py` reads those and knows no command of its own.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, NamedTuple, NoReturn, cast

SCENARIO = "november-2025"
ANY_SCENARIO = "its name, or a .toml file"


FOLDERS: dict[str, str] = {}
"""What reads a game of a folder that is not a run's: by the file that marks such a folder, `module:function`.

The function takes the folder and the number of a game and gives a `play.games.Recipe`; rooms declare them.
"""


class Words(ArgumentParser):
    """A parser that refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help lists what can be written\n")


class Part(NamedTuple):
    """What a room adds to a command of another: a flag, what it does in a line, and the door that it opens instead."""

    command: str
    option: str
    said: str
    door: str


class Command(NamedTuple):
    """A command: its name, what it does in a line, what it takes, and the door that does it, as `module:function`.

    The door is a function from the words read to an exit status, loaded only when its command is named. What is refused
    there is raised as `play.commands.doors.Refused`. The examples are shown to who asks for help, each with what it does.
    """

    name: str
    summary: str
    takes: Callable[[Words], None]
    door: str
    examples: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    """What other rooms add to it."""


def with_parts(commands: Iterable[Command], parts: Sequence[Part]) -> list[Command]:
    """Commands with what rooms add to them."""
    return [one._replace(parts=tuple(part for part in parts if part.command == one.name)) for one in commands]


class Later:
    """The parser of a command, made only when the command is named: most of the time of a start would go there."""

    def __init__(self, command: Command, **about: Any):
        self.command, self.about = command, about

    def parse_known_args(self, *args: Any) -> tuple[Namespace, list[str]]:
        """The words of the command, read, and those that are not understood."""
        words = Words(description=self.command.summary, **self.about)
        self.command.takes(words)
        if self.command.parts:
            asked = words.add_mutually_exclusive_group()
            for part in self.command.parts:
                asked.add_argument(part.option, action="store_true", help=part.said)
        words.set_defaults(door=door(self.command))
        return words.parse_known_args(*args)


def read_by(top: Words, commands: Iterable[Command]) -> None:
    """Let a parser read commands."""
    parsers = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=cast(Any, Later))
    for command in commands:
        parsers.add_parser(command.name, help=command.summary, command=command)


def door(command: Command) -> Callable[[Namespace], int]:
    """The function that does what the words say, the command's or a part's; its module is loaded when it is called."""

    def opened(args: Namespace) -> int:
        asked = [part.door for part in command.parts if getattr(args, part.option.strip("-"))]
        module, _, function = [*asked, command.door][0].partition(":")
        return int(getattr(import_module(module), function)(args))

    return opened


def scenario(words: Words, said: str = ANY_SCENARIO) -> None:
    """Which game is played, as the first word."""
    words.add_argument("scenario", nargs="?", default=SCENARIO, help=said)


def count(words: Words, option: str, usual: int, said: str) -> None:
    """A whole number that may be left out."""
    words.add_argument(option, type=int, default=usual, help=f"{said} ({usual})")


def seed(words: Words) -> None:
    """The seed of all luck."""
    count(words, "--seed", 1, "what all luck follows from")


def flag(words: Words, option: str, said: str) -> None:
    """Something that is done only where it is asked for."""
    words.add_argument(option, action="store_true", help=said)


def many(words: Words, option: str, metavar: str, said: str) -> None:
    """An option that may be written several times."""
    words.add_argument(option, metavar=metavar, action="append", default=[], help=said)


def numbered(words: Words) -> None:
    """Which game, where a folder of many is named."""
    words.add_argument("--game", type=int, metavar="N", help="which game of a run's folder")


def for_machines(words: Words, what: str) -> None:
    """The same result as JSON."""
    flag(words, "--json", f"print {what} for machines")


def players(words: Words, said: str = "who plays a seat") -> None:
    """Doctrines of seats."""
    many(words, "--player", "SEAT=DOCTRINE", said)


def script(words: Words) -> None:
    """Orders by date that overrule the players'."""
    words.add_argument(
        "--script", metavar="NAME", help="orders by date: one of the scenario's own, or a .toml or .csv file"
    )


def settings(words: Words) -> None:
    """Numbers that are set."""
    many(words, "--set", "KEY=VALUE", "a number of the scenario or the rules")


def orders(words: Words) -> None:
    """Orders in the words of a script."""
    many(words, "--order", "'SEAT.ORDER …'", "such as 'washington.cap_exports bloc=cn ceiling=6000'")
