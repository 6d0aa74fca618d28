"""Chokepoint from the command line: reads the words and opens one door."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

WELCOME = """\
Chokepoint: a game about the race for AI chips.

  python main.py                               the window: choose a start and a seat
  python main.py play november-2025            the window, at a seat (--seat washington --seed 7)
  python main.py run november-2025             many games, programs against programs, and what came of them
  python main.py play november-2025 --text     the same in the terminal
  python main.py scenarios                     the games there are; seats SCENARIO lists who plays in one
  python main.py orders                        the manual: what every seat may order
  python main.py facts WORD                    the sourced numbers behind it
  python main.py odd                           the model by the ODD protocol, from what the code declares
  python main.py compare RUN_A RUN_B           what one policy does against another
  python main.py view SAVE --seat SEAT         what a seat sees of a saved game
  python main.py replay SAVE                   a game again, from its orders
  python main.py preview SAVE --seat SEAT      what a draft of orders would change
  python main.py why SAVE QUANTITY             what a change came from
  python main.py branch SAVE --turn TURN       the same game with other orders from a quarter on
  python main.py turning SAVE                  the orders that moved its end most
  python main.py par --all                     par made anew, after a change of rules or scenarios
  python main.py debrief SAVE --out PAGE       what happened in a finished game and why, as a page
  python main.py shot SCREEN --out PICTURE     any screen of a game as a picture
  python main.py check FILE                    every mistake in a scenario
  python main.py hindcast                      the past as it was beside the past as the model has it
  python main.py bench                         how fast this machine plays
  python main.py validate                      the model against everything that is known
  python main.py coverage                      whether its ranges hold what fitting was not told
  python main.py debate                        what licences do to the lead and to China's own chain
  python main.py forecast                      what the model says of quarters to come
  python main.py calibrate                     fit what nobody knows to what is known
  python main.py sensitivity                   which unknown numbers move an outcome, and what luck does
  python main.py honesty                       how often imagined and previewed ranges hold the truth

python main.py COMMAND --help says more."""

SCENARIO = "november-2025"
ORDER = "such as 'washington.cap_exports bloc=cn ceiling=6000'"


class Words(ArgumentParser):
    """A parser that refuses in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help lists what can be written\n")


def parser() -> ArgumentParser:
    """Every command and what it takes."""
    top = Words(prog="main.py", description=WELCOME, formatter_class=RawDescriptionHelpFormatter)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Words)
    _games(commands)
    _looks(commands)
    _asks(commands)
    return top


def _door(commands: Any, name: str, module: str, summary: str, function: str = "main") -> Any:
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(door=lambda args: _module(module).__dict__[function](args))
    return command


def _module(name: str) -> Any:
    """A command's module, loaded only when it is wanted."""
    return import_module(f"play.commands.{name}")


def _bench(args: Namespace) -> int:
    """How fast the rules are, or the window."""
    if args.desktop:
        return int(import_module("desktop.bench").main(args.scenario, as_json=args.json))
    return int(_module("bench").main(args.scenario, as_json=args.json, runs=args.runs))


def _seat(args: Namespace) -> int:
    """A seat in the terminal, or in the window."""
    if args.text or args.finish:
        return int(_module("play").main(args))
    return int(import_module("desktop.door").play(args))


def _shot(args: Namespace) -> int:
    """A screen as a picture."""
    return int(import_module("desktop.shot").main(args))


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
    run.add_argument(
        "--script", metavar="NAME", help="orders by date: one of the scenario's own, or a .toml or .csv file"
    )
    run.add_argument("--audit", action="store_true", help="count everything in every quarter")
    run.add_argument("--json", action="store_true", help="print the table for machines")
    play = _door(commands, "play", "play", "take a seat")
    play.set_defaults(door=_seat)
    play.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, a .toml file, or a save")
    play.add_argument("--text", action="store_true", help="in the terminal, or from a pipe, and not in the window")
    play.add_argument("--seat", help="where to sit (the first that is recommended)")
    play.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    play.add_argument("--finish", action="store_true", help="let a standard player hold the seat to the end")
    sensitivity = _door(
        commands, "sensitivity", "sensitivity", "which of the numbers that nobody knows move an outcome"
    )
    sensitivity.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file")
    sensitivity.add_argument(
        "--outcome", metavar="NAME", action="append", default=[], help="what is moved (lead, smuggling, the champion)"
    )
    sensitivity.add_argument("--trajectories", type=int, default=256, help="of the screening (256)")
    sensitivity.add_argument("--keep", type=int, default=12, help="quantities kept of each outcome's screening (12)")
    sensitivity.add_argument("--all", action="store_true", help="keep every quantity")
    sensitivity.add_argument("--sets", type=int, default=2048, help="base sets of the indices, a power of two (2048)")
    sensitivity.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    sensitivity.add_argument("--workers", type=int, default=2, help="processes that share the games (2)")
    sensitivity.add_argument("--out", metavar="DIR", help="a folder for tables and pictures; one begun is gone on with")
    sensitivity.add_argument("--json", action="store_true", help="print the indices for machines")
    for command in (run, play, sensitivity):
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
    hindcast = _door(commands, "hindcast", "hindcast", "games with the orders of the past, beside what was")
    hindcast.add_argument("--games", type=int, default=256, help="how many (256)")
    hindcast.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    hindcast.add_argument("--out", metavar="FILE", help="a page to write, such as docs/evidence/hindcast.md")
    hindcast.add_argument("--json", action="store_true", help="print the table for machines")
    bench = _door(commands, "bench", "bench", "how fast this machine plays")
    bench.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file")
    bench.add_argument("--runs", type=int, default=3, help="the best of so many counts (3)")
    bench.add_argument("--json", action="store_true", help="print the figures for machines")
    bench.add_argument("--desktop", action="store_true", help="how fast the window draws, and nothing else")
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
    bench.set_defaults(door=_bench)
    validate = _door(commands, "validate", "validate", "the model against everything that is known, pattern by pattern")
    validate.add_argument("--write", action="store_true", help="write it into docs/evidence")
    validate.add_argument("--games", type=int, default=512, help="how many (512)")
    validate.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    validate.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], help="a number put over every arm, to see what fails"
    )
    validate.add_argument("--json", action="store_true", help="print the table for machines")
    coverage = _door(commands, "coverage", "coverage", "whether the model's ranges hold what fitting was not told")
    coverage.add_argument("--games", type=int, default=512, help="how many (512)")
    coverage.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    coverage.add_argument("--write", action="store_true", help="write docs/evidence/coverage.md")
    coverage.add_argument("--json", action="store_true", help="print the table for machines")
    debate = _door(commands, "debate", "debate", "what licences do to the lead and to China's own chain, and where")
    debate.add_argument("scenario", nargs="?", default=SCENARIO, help="november-2025")
    debate.add_argument("--games", type=int, default=512, help="how many pairs (512)")
    debate.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    debate.add_argument("--write", action="store_true", help="write docs/evidence/debate.md")
    debate.add_argument("--json", action="store_true", help="print the table for machines")
    forecast = _door(commands, "forecast", "forecast", "what the model says of quarters to come, as ranges")
    forecast.add_argument("scenario", nargs="?", default=SCENARIO, help="november-2025")
    forecast.add_argument("--through", metavar="YEAR-QN", default="2026-Q4", help="the last quarter (2026-Q4)")
    forecast.add_argument("--games", type=int, default=2048, help="how many (2048)")
    forecast.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    forecast.add_argument("--write", action="store_true", help="write it into docs/forecasts, once")
    forecast.add_argument("--json", action="store_true", help="print it for machines")
    calibrate = _door(commands, "calibrate", "calibrate", "fit what nobody knows to what is known")
    calibrate.add_argument("--sets", type=int, default=8000, help="sets of places in a generation (8000)")
    calibrate.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    calibrate.add_argument("--workers", type=int, default=2, help="processes that share the sets (2)")
    calibrate.add_argument("--out", metavar="DIR", help="a folder for generations; what it holds is not done again")
    calibrate.add_argument("--write", action="store_true", help="write the priors, and the table into docs/evidence")


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
    turning = _door(commands, "turning", "turning", "the orders of a finished game that moved its end most")
    turning.add_argument("save", metavar="SAVE", help="a saved game that is over")
    turning.add_argument("--of", metavar="QUANTITY", help="what they moved (a person's objective, else lead)")
    turning.add_argument("--seat", default="", help="only the orders of one seat")
    turning.add_argument("--most", type=int, default=8, help="how many are told (8)")
    turning.add_argument("--json", action="store_true", help="print them for machines")
    par = _door(commands, "par", "par", "what a standard player gets in each seat, among a thousand games")
    par.add_argument("scenario", nargs="?", default=SCENARIO, help="its name, or a .toml file (shown, not kept)")
    par.add_argument("--all", action="store_true", help="of every scenario")
    par.add_argument("--games", type=int, default=1000, help="how many games (1000)")
    par.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    par.add_argument("--check", action="store_true", help="write nothing; say whether the files still hold")
    debrief = _door(commands, "debrief", "debrief", "what happened in a finished game and why, as one page")
    debrief.add_argument("save", metavar="SAVE", help="a saved game that is over")
    debrief.add_argument("--out", metavar="PAGE", required=True, help="the HTML page to write")
    debrief.add_argument("--seat", help="whom it speaks to (the person's, else the first recommended)")
    shot = commands.add_parser("shot", help="a screen as a picture, without a window")
    shot.set_defaults(door=_shot)
    shot.add_argument(
        "screen", metavar="SCREEN", help="map, orders, intelligence, supply, debrief, title, seats, log, ..."
    )
    shot.add_argument("--out", metavar="FILE", required=True, help="the PNG file to write")
    shot.add_argument("--size", metavar="WxH", default="1600x900", help="width and height in pixels (1600x900)")
    shot.add_argument("--interface", type=int, default=100, help="interface scale in percent (100)")
    shot.add_argument("--scenario", default=SCENARIO, help="its name, or a .toml file")
    shot.add_argument("--save", metavar="FILE", help="a saved game, and not a new one")
    shot.add_argument("--quarter", type=int, help="after how many quarters (4; all for the debrief and for a save)")
    shot.add_argument("--seat", help="who looks (the first that is recommended)")
    shot.add_argument("--seed", type=int, default=1, help="what all luck follows from (1)")
    shot.add_argument("--order", metavar="'SEAT.ORDER \u2026'", action="append", default=[], help=ORDER)
    shot.add_argument("--quantity", metavar="NAME", default="lead", help="what why and sources tell of (lead)")
    shot.add_argument("--seconds", type=float, default=0.0, help="so long after it was opened (0: at rest)")
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
    facts = _door(commands, "facts", "facts", "the sourced numbers, and what in the game rests on them")
    facts.add_argument(
        "words", nargs="*", metavar="WORD", help="an id, a topic, or words a fact must hold (none: the topics)"
    )
    facts.add_argument("--json", action="store_true", help="print them for machines")
    odd = _door(commands, "odd", "odd", "the model by the ODD protocol, written anew from what the code declares")
    odd.add_argument("--out", metavar="FILE", help="the page to write (docs/ODD.md)")
    odd.add_argument("--check", action="store_true", help="write nothing; say whether the page still holds")


def _asks(commands: Any) -> None:
    """The commands that ask a saved game."""
    preview = _door(commands, "preview", "preview", "what a draft of orders would change, as far as its seat knows")
    preview.add_argument("save", metavar="SAVE", help="a saved game")
    preview.add_argument("--seat", required=True, help="who looks ahead")
    preview.add_argument(
        "--quantity", metavar="NAME", action="append", default=[], help="what to tell, quarter by quarter"
    )
    preview.add_argument("--turn", type=int, help="the quarter the draft is for (the coming one)")
    preview.add_argument("--quarters", type=int, default=4, help="how far ahead (4)")
    preview.add_argument("--worlds", type=int, default=256, help="how many imagined worlds (256)")
    why = _door(commands, "why", "why", "what a change came from, by replay")
    why.add_argument("save", metavar="SAVE", help="a saved game")
    why.add_argument(
        "quantity", metavar="QUANTITY", help="an outcome, or a number of a column such as capacity.smic.advanced"
    )
    why.add_argument("--turn", type=int, help="the quarter of the change (the last)")
    why.add_argument("--since", type=int, help="the change since after that turn, and not of one quarter")
    why.add_argument("--seat", help="who asks; needed while the game goes on")
    why.add_argument("--open", metavar="SEAT", action="append", default=[], help="tell that seat's part order by order")
    why.add_argument("--worlds", type=int, default=64, help="how many imagined worlds, while the game goes on (64)")
    why.add_argument("--carried", action="store_true", default=None, help="open what earlier quarters had set going")
    why.add_argument("--path", type=int, metavar="ORDER", help="by which quantities the order of that number did it")
    why.add_argument("--luck", action="store_true", help="tell luck apart")
    branch = _door(commands, "branch", "branch", "a saved game with other orders or players, beside what happened")
    branch.add_argument("save_file", metavar="SAVE", help="a saved game")
    branch.add_argument(
        "--turn", type=int, required=True, help="the quarter that is played otherwise, the first being 1"
    )
    branch.add_argument("--until", type=int, help="the last quarter to play (the last that was played)")
    branch.add_argument(
        "--player", metavar="SEAT=DOCTRINE", action="append", default=[], help="who decides from then on"
    )
    branch.add_argument("--save", metavar="FILE", help="keep the branch as a game that goes on")
    for command in (preview, branch):
        command.add_argument("--order", metavar="'SEAT.ORDER …'", action="append", default=[], help=ORDER)
    for command in (preview, why, branch):
        command.add_argument("--json", action="store_true", help="print it for machines")


def main(words: Sequence[str] | None = None) -> int:
    """Open the door that the words name; gives the exit status."""
    args = parser().parse_args(words)
    if args.command is None:
        args.door = lambda _: import_module("desktop.door").main()
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
