"""Chokepoint from the command line: reads the words and opens one door."""

import sys
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from play.commands.line import FOLDERS, Command, Words, read_by, with_parts

ROOMS = ("desktop", "play", "arena")
"""The rooms that declare commands, parts of commands of other rooms, and folders, each in its module `commands`."""
WINDOW = ("", "the window: choose a start and a seat")
WELCOME = """\
Chokepoint: a game about the race for AI chips.

{examples}

python main.py COMMAND --help says more."""


def declared() -> list[Command]:
    """Every command, room by room, with what other rooms add to it."""
    rooms = [import_module(f"{room}.commands") for room in ROOMS]
    for room in rooms:
        FOLDERS.update(getattr(room, "FOLDERS", {}))
    parts = [part for room in rooms for part in getattr(room, "PARTS", ())]
    return with_parts([command for room in rooms for command in room.COMMANDS], parts)


def welcome(commands: Sequence[Command]) -> str:
    """What can be written, by example."""
    examples = [WINDOW, *(example for command in commands for example in command.examples)]
    return WELCOME.format(examples="\n".join(f"  python main.py {words:<29} {does}" for words, does in examples))


def parser() -> Words:
    """Every command and what it takes."""
    commands = declared()
    top = Words(prog="main.py", description=welcome(commands), formatter_class=RawDescriptionHelpFormatter)
    read_by(top, commands)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Open the door that the words name; gives the exit status."""
    args = parser().parse_args(words)
    if args.command is None:
        args.door = lambda _: import_module("desktop.door").main()
    return opened(args)


def opened(args: Namespace) -> int:
    """Go through one door; whatever is refused there is said in a sentence."""
    doors = import_module("play.commands.doors")
    try:
        return int(args.door(args))
    except doors.refusals() as error:
        print(f"{error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
