"""Doors: what commands share: words read, wrong ones refused in a sentence, lines printed."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from agents.doctrine.roster import find
from agents.human import NAME as HUMAN
from play.figures import THIN
from play.outside import is_outside
from play.shards import Step
from world.cast import Cast
from world.scenario_text import remedy

REFUSED, STOPPED, FAULTY = 2, 130, 1
"""Exit statuses: wrong words, stopped with Ctrl-C, and a check that failed."""


class Refused(ValueError):
    """Words that cannot be obeyed: where, what was found, what would be right."""


def pairs(given: Sequence[str], option: str, example: str) -> dict[str, str]:
    """Words of the form key=value."""
    found = {}
    for word in given:
        key, equals, value = word.partition("=")
        if not key.strip() or not equals or not value.strip():
            raise Refused(f"--{option} {word}: write {option} as {example}")
        found[key.strip()] = value.strip()
    return found


def at_least(value: int, least: int, option: str) -> int:
    """A count that makes sense."""
    if value < least:
        raise Refused(f"--{option} {value}: write a whole number from {least} on")
    return value


def within(value: int, least: int, most: int, option: str) -> int:
    """A count within bounds."""
    if not least <= value <= most:
        raise Refused(f"--{option} {value}: write a whole number from {least} to {most}")
    return value


def seed_of(value: int) -> int:
    """A seed that fits the state."""
    if not 0 <= value < 2**64:
        raise Refused(f"--seed {value}: write a whole number from 0 to {2**64 - 1}")
    return value


def check_players(players: Mapping[str, str], cast: Cast, may_be_human: bool = False) -> None:
    """Refuse seats and doctrines that there are not."""
    for seat, doctrine in players.items():
        if seat not in cast.names["seats"]:
            raise Refused(f"--player {seat}={doctrine}: there is no seat '{seat}'; {remedy(seat, cast.names['seats'])}")
        if is_outside(doctrine):
            raise Refused(f"--player {seat}={doctrine}: bots play in contest; write --bot {seat}=COMMAND there")
        if doctrine == HUMAN:
            if may_be_human:
                continue
            raise Refused(f"--player {seat}={doctrine}: nobody sits at a screen here; name a doctrine, or use play")
        one = cast.seats[cast.at("seats", seat)]
        try:
            find(doctrine, one.role, one.bloc)
        except LookupError as error:
            raise Refused(f"--player {seat}={doctrine}: {error.args[0]}") from None


def check_seat(seat: str, cast: Cast) -> None:
    """Refuse a seat that there is not."""
    if seat not in cast.names["seats"]:
        raise Refused(f"--seat {seat}: there is no such seat; {remedy(seat, cast.names['seats'])}")


def saves_folder(path: str, is_resumed: bool) -> str:
    """A folder for saved games, made if need be; one that holds something is refused."""
    folder = Path(path)
    with writing("--save", path, "folder"):
        folder.mkdir(parents=True, exist_ok=True)
        holds_something = any(folder.iterdir())
    if holds_something and not is_resumed:
        raise Refused(f"--save {path}: is not empty; choose a new folder")
    return str(folder)


@contextmanager
def writing(option: str, path: str | Path, what: str) -> Iterator[None]:
    """Refuse a place that cannot be written; `what` says what to choose instead: a file, a folder."""
    try:
        yield
    except OSError as error:
        raise Refused(f"{option} {path}: cannot be written ({error.strerror}); choose another {what}") from None


def tell(lines: Iterable[str]) -> None:
    """Print lines on standard output, in letters that it can take."""
    text, encoding = "\n".join(lines), sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace(THIN, " ").encode(encoding, "replace").decode(encoding)
    print(text)


def tell_json(tree: Any) -> None:
    """Print a tree as JSON; what is no number becomes null."""
    print(json.dumps(_known(tree), indent=2))


def _known(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _known(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_known(value) for value in node]
    return None if isinstance(node, float) and node != node else node


def warn(text: str) -> None:
    """Say something beside the result, on standard error."""
    print(text, file=sys.stderr)


@contextmanager
def progress(games: int, turns: int) -> Iterator[Step | None]:
    """A bar on standard error that counts games, where somebody is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    shown = (
        TextColumn("playing"),
        BarColumn(),
        TextColumn("{task.fields[games]} of {task.fields[of]} games"),
        TimeElapsedColumn(),
    )
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=games * turns, games=0, of=games)
        done = 0

        def step(game_turns: int) -> None:
            nonlocal done
            done += game_turns
            bar.update(task, completed=done, games=done // turns)

        yield step


def refusals() -> tuple[type[ValueError], ...]:
    """Everything that is said in a sentence and changes nothing."""
    from play.asking import CannotAsk
    from play.debrief import Unfinished
    from play.evidence.calibration import CalibrationError
    from play.evidence.patterns import PatternError
    from play.par import ParError
    from play.quantities import UnknownQuantity
    from play.results import ResultsError
    from play.save import SaveError
    from world.orders import OrderRefused
    from world.scenario import ScenarioError

    asked = (CannotAsk, UnknownQuantity, Unfinished, ParError, PatternError, CalibrationError)
    return (Refused, *asked, ResultsError, SaveError, OrderRefused, ScenarioError)
