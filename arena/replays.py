"""Replays: a game of a sweep or of a tournament, opened again by the number of its row, from 0."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from agents.doctrine.roster import find
from arena.sweep.knobs import Knob, varied
from arena.sweep.work import Task, digest_of, prepared
from play.evidence.simulate import Setup
from play.games import Recipe, check_seats, whole
from play.record import EVERYTHING
from play.results import ResultsError, read_json, reading
from play.shards import scenario_of
from play.story import story_of
from world.cast import Seat
from world.scenario import Scenario, ScenarioError, opened

Tree = dict[str, Any]
Row = Mapping[str, Any]

UNKNOWN = "does not say how the games were made; run anew"


def of_sweep(path: Path, number: int) -> Recipe:
    """How a game of a sweep is opened again; raises ResultsError."""
    about = _about(path / "run.json")
    row = nth(path / "sweep.parquet", number)
    try:
        task = task_of(about["plan"])
        seed, outcomes = int(row["seed"]), {name: row[name] for name in ("seed", *task.setup.outcomes)}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ResultsError(f"{path}: run.json {UNKNOWN}") from None
    return Recipe(path, number, seed, outcomes, whole(about.get("rules_version")), partial(_swept, task, row))


def task_of(plan: Tree) -> Task:
    """The sweep in what its folder remembers; raises KeyError, TypeError or AttributeError for what is none."""
    players, settings = (tuple(plan[key].items()) for key in ("players", "settings"))
    setup = Setup(plan["scenario"], tuple(plan["outcomes"]), players, settings)
    kept = {key: plan[key] for key in ("method", "samples", "games", "seed", "digest")}
    return Task(setup, tuple(plan["vary"]), **kept)


def _swept(task: Task, row: Row) -> tuple[Any, Scenario]:
    """The game of a row of a sweep, with the numbers that stand in the row."""
    from play.model import Chokepoint

    name = task.setup.scenario
    if digest_of(name) != task.digest:
        raise ResultsError(f"the numbers of {name} have changed since")
    scenario, some = prepared(task)
    check_seats(scenario, dict(task.setup.players))
    numbers = [np.array([row[knob.key]]) for knob in some]
    seeds = np.array([row["seed"]], dtype=np.uint64)
    world, rules = opened(scenario, seeds, varied=varied(some, numbers))
    story = story_of(scenario, {**dict(task.setup.settings), **as_settings(scenario, some, row)})
    return Chokepoint.of(story, world, rules, dict(task.setup.players), EVERYTHING), scenario


def as_settings(scenario: Scenario, some: tuple[Knob, ...], row: Row) -> dict[str, str]:
    """The numbers of a row as `--set` takes them, as far as their names are those of settings."""
    found = {}
    for knob in some:
        text = str(row[knob.key])
        try:
            scenario.changed({knob.key: text})
        except ScenarioError:
            continue
        found[knob.key] = text
    return found


def of_tournament(path: Path, number: int) -> Recipe:
    """How a game of a tournament is opened again; raises ResultsError."""
    about = _about(path / "tournament.json")
    row = nth(path / "games.parquet", number)
    try:
        plan = about["plan"]
        name, seats, entrants = str(plan["scenario"]), list(plan["seats"]), dict(plan["entrants"])
        held = {seat: str(row[f"player.{seat}"]) for seat in seats}
        points = {f"objective.{seat}": row[f"points.{seat}"] for seat in seats}
        kept = {"seed": row["seed"], "lead": row["lead"], **points}
        is_mixed, version = row["kind"] == "mixed", whole(about["findings"]["rules_version"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ResultsError(f"{path}: tournament.json {UNKNOWN}") from None
    begun = partial(_contested, name, held, entrants if is_mixed else {}, int(row["seed"]))
    return Recipe(path, number, int(row["seed"]), kept, version, begun)


def _contested(name: str, held: Mapping[str, str], entrants: Mapping[str, str], seed: int) -> tuple[Any, Scenario]:
    """The game of a row of a tournament."""
    from play.model import Chokepoint

    scenario = scenario_of(name, ())
    check_seats(scenario, held)
    seats = {seat.name: seat for seat in scenario.cast.seats}
    players = {seat: doctrine_of(seats[seat], entrants.get(who, who)) for seat, who in held.items()}
    return Chokepoint(scenario, seeds=seed, players=players, keep=EVERYTHING), scenario


def doctrine_of(seat: Seat, doctrines: str) -> str:
    """The first of an entrant's doctrines that can play a seat, or else `standard`."""
    for doctrine in doctrines.split(","):
        try:
            find(doctrine, seat.role, seat.bloc)
        except LookupError:
            continue
        return doctrine
    return "standard"


def nth(file: Path, number: int) -> Row:
    """A row of a Parquet file by its number, as numbers of numpy and as texts; raises ResultsError for one that is not there."""
    import pyarrow.parquet as pq

    with reading(file), pq.ParquetFile(file) as table:
        rows = table.metadata.num_rows
        if not 0 <= number < rows:
            raise ResultsError(f"--game {number}: {file.parent} holds the games from 0 to {rows - 1}")
        group = 0
        while number >= table.metadata.row_group(group).num_rows:
            number -= table.metadata.row_group(group).num_rows
            group += 1
        row = table.read_row_group(group).slice(number, 1)
        return {name: row[name].to_numpy()[0] for name in row.column_names}


def _about(file: Path) -> Tree:
    about = read_json(file)
    if not isinstance(about, dict):
        raise ResultsError(f"{file.parent}: {file.name} {UNKNOWN}")
    return about
