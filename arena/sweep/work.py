"""Work: a sweep cut into jobs, and the rows of a job: a row a set of numbers and game."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from arena.jobs import Job, Rows
from arena.sweep.designs import METHODS
from arena.sweep.knobs import Knob, knobs, varied
from play.commands.doors import Refused
from play.evidence.simulate import MOST, Setup, batch_of, outcome_names
from play.shards import scenario_of
from play.tables import Column, arrow
from world.chance import game_seed
from world.scenario import Scenario, found
from world.scenario_text import read_draft

Array = np.ndarray

ROWS = MOST
"""Rows of a job, played as one batch. It takes some tenths of a second: sending it costs little, and little is lost."""


@dataclass(frozen=True)
class Task:
    """Everything that decides what the rows of a sweep are."""

    setup: Setup
    vary: tuple[str, ...]
    """As written: KEY=LOW:HIGH."""
    method: str
    samples: int
    games: int
    """Games of each set."""
    seed: int
    digest: str
    """Of the scenario's file, so that no computer plays another of the same name."""

    @property
    def identity(self) -> dict[str, Any]:
        """What two sweeps must share to have the same rows."""
        told = asdict(self)
        setup = told.pop("setup")
        setup |= {key: dict(setup[key]) for key in ("players", "settings")}
        return json.loads(json.dumps({**setup, **told}))

    def places(self) -> Float[Array, "sets numbers"]:
        """The design: where each number lies between its ends, in each set."""
        return METHODS[self.method].places(prepared(self)[1], self.samples, self.seed)


@dataclass(frozen=True, eq=False)
class Piece:
    """Some rows of a sweep, and the sets that they are played with."""

    task: Task
    first: int
    end: int
    places: Float[Array, "sets numbers"]
    """Of the sets from that of the first row to that of the last."""


def digest_of(scenario: str) -> str:
    """Twelve hexadecimal digits that change with the file of a scenario and those that it extends."""
    tree = read_draft(found(scenario)).tree
    return hashlib.sha256(json.dumps(tree, default=str, sort_keys=True).encode()).hexdigest()[:12]


@lru_cache(maxsize=4)
def prepared(task: Task) -> tuple[Scenario, tuple[Knob, ...]]:
    """The scenario of a sweep and the numbers that it varies; refuses another scenario of that name."""
    name = task.setup.scenario
    if digest_of(name) != task.digest:
        raise Refused(f"{name}: is not the same file everywhere; give all computers the same")
    scenario = scenario_of(name, task.setup.settings)
    return scenario, knobs(scenario, task.vary, dict(task.setup.settings))


def jobs(task: Task, places: Float[Array, "sets numbers"]) -> Iterator[Job]:
    """The jobs of a sweep, each with its share of the design."""
    rows = len(places) * task.games
    for number, first in enumerate(range(0, rows, ROWS)):
        end = min(first + ROWS, rows)
        sets = slice(first // task.games, (end - 1) // task.games + 1)
        yield Job(number, Piece(task, first, end, places[sets].copy()))


def rows_in(number: int, rows: int) -> int:
    """How many of a sweep's rows the job of a number has."""
    return min((number + 1) * ROWS, rows) - number * ROWS


def played(job: Job) -> Rows:
    """The rows of a job, as a table of Arrow."""
    return arrow(batch(job.what))


def batch(piece: Piece) -> list[Column]:
    """The rows of a piece; the games of every set have the same seeds."""
    scenario, some = prepared(piece.task)
    sample, game = np.divmod(np.arange(piece.first, piece.end), piece.task.games)
    seeds = [game_seed(piece.task.seed, int(one)) for one in game]
    at = list(piece.places[sample - piece.first // piece.task.games].T)
    numbers = [knob.numbers(place) for knob, place in zip(some, at, strict=True)]
    outcomes = batch_of(scenario, {}, seeds, piece.task.setup, varied(some, numbers))[1]
    return columns(piece.task, sample, game, np.array(seeds, dtype=np.uint64), [*numbers, *outcomes.values()])


def columns(
    task: Task, sample: Int[Array, " rows"], game: Int[Array, " rows"], seeds: Array, values: list[Array]
) -> list[Column]:
    """The table of a sweep: what was played, the numbers that were varied, and what came of them."""
    scenario, some = prepared(task)
    known = outcome_names(scenario)
    names = [
        *((knob.key, knob.unit, f"varied: {knob.doc}") for knob in some),
        *((name, *known[name]) for name in task.setup.outcomes),
    ]
    return [
        Column("sample", "", "number of the set of varied numbers", sample.astype(np.int32)),
        Column("game", "", "number of the game; equal numbers are equal luck in every sample", game.astype(np.int32)),
        Column("seed", "", "seed of the game, with which it can be played alone", seeds),
        *(Column(*about, one) for about, one in zip(names, values, strict=True)),
    ]


def described(task: Task) -> list[Column]:
    """The columns of the table with no rows."""
    none = np.zeros(0, dtype=np.int64)
    _, some = prepared(task)
    empty = [knob.numbers(np.zeros(0)) for knob in some] + [np.zeros(0)] * len(task.setup.outcomes)
    return columns(task, none, none, np.zeros(0, dtype=np.uint64), empty)
