"""Games: one game by where it is kept - a save, or a folder of results and a number in it, from which it is played again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from play.drawn import drawn_in
from play.keep import saved
from play.par import digest
from play.record import EVERYTHING
from play.results import ResultsError, about_run, plan_in, row_of
from play.save import Saved, read_save
from play.shards import Plan, prepared
from play.tables import Column, Played, all_tables, games_only
from world.scenario import RULES_VERSION, Scenario

Array = np.ndarray


@dataclass(frozen=True)
class Recipe:
    """What a game of a folder was made of, and the row that it has there."""

    path: Path
    number: int
    plan: Plan
    """The plan of the game alone: its seed is the game's own."""
    row: Mapping[str, Any]
    rules_version: int
    digest: str
    """The fingerprint of the scenario's numbers (empty: the folder does not hold it)."""

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
                return f"there is no {name} any more"
            if not is_same(was, now[name]):
                return f"{name} was {was} and is {now[name]}"
        return ""

    def _played(self) -> Played:
        recipe, model = self.recipe, self.model
        seeds = np.array([recipe.plan.seed], dtype=np.uint64)
        return Played(model.story, model.record, model.rules, drawn_in(self.scenario), recipe.number, seeds)


def is_same(was: Any, now: Any) -> bool:
    """Whether two numbers are equal to the last bit; a missing one equals a missing one."""
    a, b = np.asarray(was), np.asarray(now)
    if a.dtype != b.dtype:
        return False
    return bool(a.tobytes() == b.tobytes() or (a.dtype.kind == "f" and np.isnan(a) and np.isnan(b)))


def game_at(path: Path, number: int | None = None) -> Saved:
    """The game in a save, or the game of that number in a folder of results, played again and found to be the same.

    Raises SaveError or ResultsError in a sentence.
    """
    if not path.is_dir():
        if number is not None:
            raise ResultsError(f"--game {number}: {path} is one game; leave --game out, or name a run's folder")
        return read_save(path)
    again = played_again(recipe_of(path, number))
    if found := again.parted():
        raise ResultsError(
            f"{again.recipe.called} is not what it was: {found}; the program or the folder has changed since, so run anew"
        )
    return saved(again.model)


def recipe_of(path: Path, number: int | None) -> Recipe:
    """What a game of a folder was made of; raises ResultsError where the folder or the number is none."""
    about = about_run(path)
    if number is None:
        raise ResultsError(f"{path}: is a run of many games; name one of them, such as --game 0")
    row = row_of(path, number)
    plan = plan_in(path, about)
    alone = plan.alone(number)
    rules, scenario = about.get("rules_version"), about.get("scenario")
    known = scenario.get("digest", "") if isinstance(scenario, dict) else ""
    return Recipe(path, number, alone, row, rules if isinstance(rules, int) else 0, str(known))


def played_again(recipe: Recipe) -> Again:
    """A game of a folder, played again; raises ResultsError or ScenarioError where it cannot be what it was."""
    if recipe.rules_version != RULES_VERSION:
        raise ResultsError(
            f"{recipe.called} was played under rules {recipe.rules_version} and this program plays by rules "
            f"{RULES_VERSION}; run anew, or take the program of that time"
        )
    from play.model import Chokepoint

    plan = recipe.plan
    scenario, script = prepared(plan)
    if recipe.digest and recipe.digest != digest(scenario):
        raise ResultsError(
            f"{recipe.called} cannot be played again: the numbers of {plan.scenario} have changed since; run anew"
        )
    seats = scenario.cast.names["seats"]
    if gone := [seat for seat in plan.players if seat not in seats]:
        raise ResultsError(f"{recipe.called} cannot be played again: there is no seat '{gone[0]}'; run anew")
    about: dict[str, Any] = {"players": plan.players, "settings": plan.settings, "script": script}
    try:
        model = Chokepoint(scenario, seeds=plan.seed, keep=EVERYTHING, **about)
    except LookupError as error:
        raise ResultsError(f"{recipe.called} cannot be played again: {error.args[0]}; run anew") from None
    while model.running:
        model.step()
    return Again(recipe, model, scenario)
