"""Games: one game by where it is kept - a save, or a folder of results and a number in it, from which it is played again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from play.commands.line import FOLDERS
from play.drawn import drawn_in
from play.keep import saved
from play.outside import is_outside, recorded, seated
from play.par import digest
from play.record import EVERYTHING
from play.results import ResultsError, about_run, orders_of, plan_in, row_of
from play.save import Saved, read_save
from play.shards import Plan, prepared
from play.tables import Column, Played, all_tables, games_only
from world.scenario import RULES_VERSION, Scenario

Array = np.ndarray


@dataclass(frozen=True)
class Recipe:
    """How a game of a folder is opened again, and what its row says of it."""

    path: Path
    number: int
    seed: int
    """The game's own."""
    row: Mapping[str, Any]
    """What came of it, under the names of the table of games of a run."""
    rules_version: int
    opened: Callable[[], tuple[Any, Scenario]]
    """Its model on the opening day, which keeps everything, and its scenario; raises a ValueError in a sentence."""

    @property
    def called(self) -> str:
        """The game in words."""
        return f"{self.path}: game {self.number}"


@dataclass(frozen=True)
class Again:
    """A game of a folder, played again to its end by itself."""

    recipe: Recipe
    model: Any
    """The model of the game, at its end, with everything kept."""
    scenario: Scenario

    def tables(self) -> dict[str, list[Column]]:
        """Its rows in the tables of a run, under its number."""
        return all_tables(self._played())

    def parted(self) -> str:
        """The first number of its row that came out otherwise, in words (empty: none, to the last bit)."""
        now = {column.name: column.values[0] for column in games_only(self._played())}
        for name, was in self.recipe.row.items():
            if name not in now:
                if is_same(was, np.nan):
                    continue
                return f"there is no {name} any more"
            if not is_same(was, now[name]):
                return f"{name} was {was} and is {now[name]}"
        return ""

    def _played(self) -> Played:
        recipe, model = self.recipe, self.model
        seeds = np.array([recipe.seed], dtype=np.uint64)
        return Played(model.story, model.record, model.rules, drawn_in(self.scenario), recipe.number, seeds)


def is_same(was: Any, now: Any) -> bool:
    """Whether a number is what was kept of it, to the last bit of what was kept; a missing one equals a missing one."""
    a = np.asarray(was)
    b = np.asarray(now).astype(a.dtype)
    return bool(a.tobytes() == b.tobytes() or (a.dtype.kind == "f" and np.isnan(a) and np.isnan(b)))


def game_at(path: Path, number: int | None = None) -> Saved:
    """The game in a save, or the game of that number in a folder of results, played again and found to be the same.

    Raises SaveError or ResultsError in a sentence.
    """
    if not path.is_dir():
        if number is not None and path.exists():
            raise ResultsError(f"--game {number}: {path} is one game; leave --game out, or name a run's folder")
        return read_save(path)
    again = played_again(recipe_of(path, number))
    if found := again.parted():
        raise ResultsError(
            f"{again.recipe.called} is not what it was: {found}; the program or the folder has changed since, so run anew"
        )
    return saved(again.model)


def recipe_of(path: Path, number: int | None) -> Recipe:
    """How a game of a folder is opened again; raises ResultsError where the folder or the number is none."""
    reader = next((reader for mark, reader in FOLDERS.items() if (path / mark).is_file()), "")
    about = {} if reader else about_run(path)
    if number is None:
        raise ResultsError(f"{path}: holds many games; name one of them, such as --game 0")
    if reader:
        module, _, function = reader.partition(":")
        recipe: Recipe = getattr(import_module(module), function)(path, number)
        return recipe
    row, plan = row_of(path, number), plan_in(path, about)
    scenario = about.get("scenario")
    known = scenario.get("digest", "") if isinstance(scenario, dict) else ""
    alone = plan.alone(number)
    return Recipe(
        path,
        number,
        alone.seed,
        row,
        whole(about.get("rules_version")),
        partial(of_run, path, number, alone, str(known)),
    )


def whole(found: Any) -> int:
    """A whole number that a file holds, or 0 where it holds something else."""
    return found if type(found) is int else 0


def of_run(path: Path, number: int, plan: Plan, known: str) -> tuple[Any, Scenario]:
    """A game of a run by the plan of the game alone, opened; seats that were answered from outside keep to their orders.

    Raises a ValueError, or a LookupError, where it cannot be what it was.
    """
    from play.model import Chokepoint

    scenario, script = prepared(plan)
    if known and known != digest(scenario):
        raise ResultsError(f"the numbers of {plan.scenario} have changed since")
    check_seats(scenario, plan.players)
    if held := [seat for seat, player in plan.players.items() if is_outside(player)]:
        script = recorded(orders_of(path, number), scenario.cast, held, scenario.length)
    about: dict[str, Any] = {"players": seated(plan.players), "settings": plan.settings, "script": script}
    return Chokepoint(scenario, seeds=plan.seed, keep=EVERYTHING, **about), scenario


def check_seats(scenario: Scenario, players: Mapping[str, str]) -> None:
    """Refuse players of seats that a scenario does not have."""
    seats = scenario.cast.names["seats"]
    if gone := [seat for seat in players if seat not in seats]:
        raise ResultsError(f"there is no seat '{gone[0]}'")


def played_again(recipe: Recipe) -> Again:
    """A game of a folder, played again; raises ResultsError where it cannot be what it was."""
    if recipe.rules_version != RULES_VERSION:
        raise ResultsError(
            f"{recipe.called} was played under rules {recipe.rules_version} and this program plays by rules "
            f"{RULES_VERSION}; run anew, or take the program of that time"
        )
    try:
        model, scenario = recipe.opened()
    except (LookupError, ValueError) as error:
        why = str(error.args[0]).splitlines()[0] if error.args else "something in it is missing"
        raise ResultsError(f"{recipe.called} cannot be played again: {why}; run anew") from None
    while model.running:
        model.step()
    return Again(recipe, model, scenario)
