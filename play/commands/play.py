"""Play: take a seat, in the terminal."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from agents.human import NAME as HUMAN
from play.commands.doors import Refused, check_players, check_seat, pairs, seed_of, tell
from play.games import game_at
from play.keep import resumed
from play.model import Chokepoint
from play.record import EVERYTHING
from play.script import Script, read_script, script_file
from play.story import story_of
from play.terminal import Terminal
from world.cast import Cast
from world.scenario import Scenario, read


def main(args: Namespace) -> int:
    """Sit down at a new game, or at a saved one."""
    scenario = None if is_kept(args) else read(args.scenario)
    model, seat = continued(args) if scenario is None else begun(args, scenario)
    sitting = Terminal(model, seat, lambda line: tell([line]), scenario)
    if scenario is None:
        sitting.sitting.take_forecasts(Path(args.scenario))
    if args.finish:
        sitting.finish([])
    else:
        sitting.play(spoken())
    return 0


def is_kept(args: Namespace) -> bool:
    """Whether the words name a game that is kept, in a save or a folder of results, and no scenario."""
    word, path = args.scenario, Path(args.scenario)
    is_save = word.endswith(".gz") or (path.is_file() and not word.endswith(".toml"))
    return is_save or args.game is not None or (path / "run.json").is_file()


def begun(args: Namespace, scenario: Scenario) -> tuple[Chokepoint, str]:
    """A new game, with a person on one seat."""
    settings = pairs(args.set, "set", "key=value, such as rules.diffusion=0.2")
    scenario = scenario.changed(settings)
    cast = scenario.cast
    script = script_of(args, scenario, settings)
    seat = args.seat or first_free((*cast.recommended, *cast.names["seats"]), cast, script)
    check_seat(seat, cast)
    players = pairs(args.player, "player", "seat=doctrine, such as beijing=pragmatist")
    check_players(players, cast, may_be_human=False)
    model = Chokepoint(
        scenario,
        seeds=seed_of(args.seed),
        players={**players, seat: HUMAN},
        settings=settings,
        script=script,
        keep=EVERYTHING,
    )
    model.check_free(seat)
    return model, seat


def script_of(args: Namespace, scenario: Scenario, settings: Mapping[str, str]) -> Script | None:
    """The script that is asked for; raises OrderRefused for what is wrong with it."""
    if not args.script:
        return None
    path = script_file(args.script, args.scenario)
    return read_script(path, scenario.cast, story_of(scenario, settings), scenario.length)


def first_free(seats: Sequence[str], cast: Cast, script: Script | None, turn: int = 0) -> str:
    """The first of some seats that no script moves after a turn; the first where there is none."""
    free = (seat for seat in seats if script is None or script.last(cast.at("seats", seat)) <= turn)
    return next(free, seats[0])


def continued(args: Namespace) -> tuple[Chokepoint, str]:
    """A saved game, with the person where one sat, or where the words say; it goes on with its own script."""
    if args.script:
        raise Refused(f"--script {args.script}: a game that was begun keeps the script it has; leave --script out")
    game = game_at(Path(args.scenario), args.game)
    likely = (*game.people, *game.cast.recommended, *game.players)
    seat = args.seat or first_free(likely, game.cast, game.script, len(game.quarters))
    check_seat(seat, game.cast)
    players = pairs(args.player, "player", "seat=doctrine, such as beijing=pragmatist")
    check_players(players, game.cast)
    left = {one: "standard" if name == HUMAN else name for one, name in game.players.items()}
    model = resumed(game, {**left, **players, seat: HUMAN})
    model.check_free(seat)
    return model, seat


def spoken() -> Iterator[str]:
    """Lines from the keyboard with a prompt, or from a pipe, which are echoed."""
    if sys.stdin.isatty():
        with_history()
        while True:
            try:
                yield input("> ")
            except EOFError:
                return
    for line in sys.stdin:
        print(f"> {line.rstrip()}")
        yield line


def with_history() -> None:
    """Let arrow keys bring back earlier lines, where the system can."""
    try:
        import readline  # noqa: F401
    except ImportError:
        return
