"""Chokepoint from the command line: reads the words and opens one door."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

WELCOME = """\
Chokepoint: a game about the race for AI chips.

  python main.py run november-2025             many games, programs against programs, and what came of them
  python main.py play november-2025 --text     take a seat and play in the terminal
  python main.py scenarios                     the games there are; seats SCENARIO lists who plays in one
  python main.py orders                        the manual: what every seat may order
  python main.py facts WORD                    the sourced numbers behind it
  python main.py compare RUN_A RUN_B           what one policy does against another
  python main.py view SAVE --seat SEAT         what a seat sees of a saved game
  python main.py replay SAVE                   a game again, from its orders
  python main.py check FILE                    every mistake in a scenario
  python main.py bench                         how fast this machine plays
  python main.py honesty                       how often imagined and previewed ranges hold the truth

There is no window yet. python main.py COMMAND --help says more."""

SCENARIO = "november-2025"


class Words(ArgumentParser):
    """A parser that refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help lists what can be written\n")


def parser() -> ArgumentParser:
    """Every command and what it takes."""
    top = Words(prog="main.py", description="Chokepoint: a game about the race for AI chips.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Words)
    _games(commands)
    _looks(commands)
    return top


def _door(commands: Any, name: str, module: str, summary: str, function: str = "main") -> Any:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(door=lambda args: _module(module).__dict__[function](args))
    return command


def _module(name: str) -> Any:
    """A command's module, loaded only when it is wanted."""
    return import_module(f"play.commands.{name}")


def _games(commands: Any) -> None:
    """The commands that play."""
    run = _door(commands, "run", "run", "play many games, programs against programs")
    run.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file")
    run.add_argument("--games", type=int, default=256, help="how many (256)")
    run.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    run.add_argument("--workers", type=int, default=1, help="processes that share the games (1)")
    run.add_argument("--out", metavar="DIR", help="a new folder for tables of the games")
    run.add_argument("--csv", action="store_true", help="write the tables as CSV too")
    run.add_argument("--save", metavar="DIR", help="a new folder for a saved game each")
    run.add_argument("--resume", action="store_true", help="go on with an unfinished --out")
    run.add_argument("--script", metavar="FILE", help="orders by date, in TOML or CSV")
    run.add_argument("--audit", action="store_true", help="count everything in every quarter")
    run.add_argument("--json", action="store_true", help="print the table for machines")
    play = _door(commands, "play", "play", "take a seat")
    play.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, a .toml file, or a save")
    play.add_argument("--text", action="store_true", help="in the terminal, or from a pipe")
    play.add_argument("--seat", help="where to sit (the first that is recommended)")
    play.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    for command in (run, play):
        command.add_argument(
            "--player",
            metavar="SEAT=DOCTRINE",
            action="append",
            default=[],
            help="who plays a seat",
        )
        command.add_argument(
            "--set",
            metavar="KEY=VALUE",
            action="append",
            default=[],
            help="a number of the scenario or the rules",
        )
    bench = _door(commands, "bench", "bench", "how fast this machine plays")
    bench.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file")
    bench.add_argument("--runs", type=int, default=3, help="the best of so many counts (3)")
    bench.add_argument("--json", action="store_true", help="print the figures for machines")
    honesty = _door(commands, "honesty", "honesty", "how often imagined and previewed ranges hold the truth")
    honesty.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file")
    honesty.add_argument("--games", type=int, default=200, help="how many true games (200)")
    honesty.add_argument("--previews", type=int, default=2000, help="how many previews at least (2000)")
    honesty.add_argument("--worlds", type=int, default=256, help="how many worlds a seat imagines (256)")
    honesty.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    honesty.add_argument("--workers", type=int, default=2, help="processes that share the games (2)")
    honesty.add_argument("--rivals", metavar="NAME", action="append", help="standard, hawk, dealmaker, random (all)")
    honesty.add_argument("--out", metavar="DIR", help="a folder for what is measured; what it holds is not done again")
    honesty.add_argument("--json", action="store_true", help="print the figures for machines")
    bench.set_defaults(door=lambda args: _module("bench").main(args.scenario, as_json=args.json, runs=args.runs))


def _looks(commands: Any) -> None:
    """The commands that look at something."""
    compare = _door(commands, "compare", "compare", "paired effects of two runs, with intervals")
    compare.add_argument("run_a", metavar="RUN_A", help="a folder that run --out wrote")
    compare.add_argument("run_b", metavar="RUN_B", help="another, with the same seed")
    compare.add_argument("--all", action="store_true", help="also what is not told apart from zero")
    compare.add_argument("--json", action="store_true", help="print the effects for machines")
    view = _door(commands, "view", "view", "what a seat sees of a saved game")
    view.add_argument("save", metavar="SAVE", help="a saved game")
    view.add_argument("--seat", required=True, help="who looks")
    view.add_argument("--turn", type=int, help="after which turn (the last; 0 is the opening)")
    view.add_argument("--json", action="store_true", help="print it for machines")
    replay = _door(commands, "replay", "replay", "a game again, from its orders")
    replay.add_argument("path", metavar="SAVE_OR_RUN", help="a saved game, or a run's folder")
    replay.add_argument("--game", type=int, help="which game of the run")
    replay.add_argument("--save", metavar="FILE", help="save that game of the run")
    check = _door(commands, "check", "check", "every mistake in a scenario")
    check.add_argument("file", metavar="FILE", help="a .toml file, or the name of a scenario")
    scenarios = _door(commands, "scenarios", "scenarios", "the games there are")
    scenarios.add_argument("--schema", metavar="FILE", help="write the JSON Schema of scenarios, for editors")
    seats = _door(commands, "seats", "scenarios", "who plays in a scenario", "seats")
    seats.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file")
    seats.add_argument("--about", action="store_true", help="with a few sentences on each")
    orders = _door(commands, "orders", "orders", "the manual of orders")
    orders.add_argument("word", nargs="?", metavar="WORD", help="an order, or a role")
    orders.add_argument("--json", action="store_true", help="print it for machines")
    facts = _door(commands, "facts", "facts", "the sourced numbers")
    facts.add_argument("words", nargs="*", metavar="WORD", help="words a fact must hold")


def main(words: Sequence[str] | None = None) -> int:
    """Open the door that the words name; gives the exit status."""
    args = parser().parse_args(words)
    if args.command is None:
        print(WELCOME)
        return 0
    return opened(args)


def opened(args: Namespace) -> int:
    """Go through one door; whatever is refused there is said in a sentence."""
    doors = _module("doors")
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
