"""Sensitivity: which of the numbers that nobody knows move an outcome, and how much of it is luck."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing import get_context
from typing import Any

import numpy as np
from jaxtyping import Float

from play.drawn import drawn_in
from play.evidence.designs import LUCK, REST, Design, effects, foremost, partition, screening, shares
from play.evidence.simulate import MOST, Setup, batch_of, outcome_names
from play.evidence.store import Columns, Store
from play.figures import spread
from play.shards import WorkerLost, scenario_of
from play.worker import patient
from world.prior import Places
from world.scenario import RULES_VERSION, Scenario, ScenarioError

Array = np.ndarray
Tell = Callable[[int], None]
Bar = Callable[[str, int], Any]
"""A bar on screen for so many games: a context that gives what to tell it of finished ones."""

INDICES = ("mu", "mu_star", "mu_star_conf", "sigma", "S1", "S1_conf", "ST", "ST_conf")


@dataclass(frozen=True)
class Task:
    """What a sensitivity analysis is asked for."""

    setup: Setup
    trajectories: int = 256
    sets: int = 2048
    kept: int = 12
    """Parameters that are kept of the screening of each outcome."""
    is_all: bool = False
    """Whether all are kept."""
    seed: int = 1

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return scenario_of(self.setup.scenario, self.setup.settings)

    @property
    def labels(self) -> tuple[str, ...]:
        """The parameters."""
        return tuple(self.scenario.begins.drawn())

    @property
    def identity(self) -> dict[str, Any]:
        """What two analyses must share to be the same games."""
        drawn = self.scenario.begins.drawn()
        told = {**asdict(self.setup), **asdict(self)}
        told["outcomes"] = list(self.setup.outcomes)
        told |= {"players": dict(self.setup.players), "settings": dict(self.setup.settings)}
        del told["setup"]
        ranges = {label: [one.low, one.high, one.spread, one.value] for label, one in drawn.items()}
        return {**told, "rules_version": RULES_VERSION, "SALib": version("SALib"), "parameters": ranges}


@dataclass(frozen=True)
class Index:
    """What one quantity does to one outcome; NaN where it was not asked."""

    outcome: str
    quantity: str
    unit: str
    """The unit of the outcome, in which the elementary effects are."""
    is_kept: bool
    found: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.found.get(name, float("nan"))


@dataclass(frozen=True, eq=False)
class Result:
    """An analysis: its designs, what was kept, and every index."""

    task: Task
    screened: Design
    parted: Design
    kept: tuple[str, ...]
    ranges: Mapping[str, Mapping[str, float]]
    """By outcome, its spread over the games of the second design."""
    indices: tuple[Index, ...]

    def of(self, outcome: str) -> list[Index]:
        """The indices of an outcome, from the largest share of its variance down."""
        mine = [one for one in self.indices if one.outcome == outcome]
        return sorted(mine, key=lambda one: (-np.nan_to_num(one["ST"], nan=-1.0), -np.nan_to_num(one["mu_star"])))

    def one(self, outcome: str, quantity: str) -> Index:
        """What a quantity does to an outcome."""
        return next(i for i in self.indices if (i.outcome, i.quantity) == (outcome, quantity))


def analysed(task: Task, store: Store, workers: int, bar: Bar) -> Result:
    """Screen all parameters, then part the variance of each outcome. What the store holds is not played again."""
    first = screening(task.labels, task.trajectories, task.seed)
    with processes(workers) as pool:
        screened = rows(first, task, store, pool, bar)
        moved = {name: effects(first, screened[name], task.seed) for name in task.setup.outcomes}
        kept = task.labels if task.is_all else foremost(list(moved.values()), task.labels, task.kept)
        second = partition(task.labels, kept, task.sets, task.seed)
        parted = rows(second, task, store, pool, bar)
    found = tuple(
        index
        for name in task.setup.outcomes
        for index in indices(task, name, kept, moved[name], shares(second, parted[name], task.seed))
    )
    ranges = {name: spread(parted[name]) for name in task.setup.outcomes}
    return Result(task, first, second, kept, ranges, found)


def indices(
    task: Task,
    outcome: str,
    kept: Sequence[str],
    moved: Mapping[str, Mapping[str, float]],
    shared: Mapping[str, Mapping[str, float]],
) -> Iterator[Index]:
    """What every quantity does to an outcome, by both designs."""
    unit, _ = outcome_names(task.scenario)[outcome]
    for name in dict.fromkeys([*moved, *shared]):
        yield Index(outcome, name, unit, name in kept, {**moved.get(name, {}), **shared.get(name, {})})


@contextmanager
def processes(workers: int) -> Iterator[Executor | None]:
    """Processes that share the batches; None where there is only this one."""
    if workers == 1:
        yield None
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), patient) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def rows(design: Design, task: Task, store: Store, pool: Executor | None, bar: Bar) -> Columns:
    """Every set of a design with its outcomes; raises ScenarioError where an outcome has no number."""
    table = store.table(design.name)
    if table is None or not fits(design, task, 0, table, design.sets):
        table = anew(design, task, store, pool, bar)
    for name in task.setup.outcomes:
        lacking = int((~np.isfinite(table[name])).sum())
        if lacking:
            raise ScenarioError(
                f"outcome '{name}': has no number in {lacking} of {design.sets} games; choose one that always has"
            )
    return table


def anew(design: Design, task: Task, store: Store, pool: Executor | None, bar: Bar) -> Columns:
    """The rows of a design, from the parts in the store and from games played for the rest."""
    parts = {at: part for at, part in store.parts(design.name).items() if fits(design, task, at, part, MOST)}
    missing = [first for first in range(0, design.sets, MOST) if first not in parts]
    with bar(design.name, sum(min(MOST, design.sets - first) for first in missing)) as tell:
        for first, columns in played(design, task, missing, pool):
            store.add(design.name, first, columns)
            parts[first] = columns
            tell(len(columns["seed"]))
    table = {name: np.concatenate([parts[first][name] for first in sorted(parts)]) for name in parts[0]}
    store.join(design.name, table)
    return table


def fits(design: Design, task: Task, first: int, part: Columns, most: int) -> bool:
    """Whether rows that were kept are the games of a design from a row on."""
    seeds = design.seeds(task.seed, slice(first, first + most))
    return first % most == 0 and np.array_equal(part["seed"], np.array(seeds, dtype=np.uint64))


def played(design: Design, task: Task, firsts: Sequence[int], pool: Executor | None) -> Iterator[tuple[int, Columns]]:
    """Batches of a design, each with its first row, as they are finished."""
    if pool is None:
        for first in firsts:
            yield first, batch(*work(design, task, first))
        return
    try:
        waiting = {pool.submit(batch, *work(design, task, first)): first for first in firsts}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BrokenProcessPool:
        raise WorkerLost("a process that played games has died, perhaps for want of memory") from None


def work(design: Design, task: Task, first: int) -> tuple[Setup, Places, list[int], int, int]:
    """What a batch is played from."""
    part = slice(first, min(first + MOST, design.sets))
    return task.setup, design.places(part), design.seeds(task.seed, part), first, design.block


def batch(setup: Setup, places: Places, seeds: Sequence[int], first: int, block: int) -> Columns:
    """The rows of a batch: block, seed, what each parameter was, and the outcomes."""
    scenario = scenario_of(setup.scenario, setup.settings)
    drawn, outcomes = batch_of(scenario, places, seeds, setup)
    return {
        "block": (first + np.arange(len(seeds))) // block,
        "seed": np.array(seeds, dtype=np.uint64),
        **drawn,
        **outcomes,
    }


def dictionary(task: Task) -> dict[str, list[dict[str, str]]]:
    """A column of each table: its type, unit and meaning."""
    known = outcome_names(task.scenario)
    one = [
        ("block", "int64", "", "rows that are compared with each other"),
        ("seed", "uint64", "", "the game's seed: the same luck in a block, but where luck is what differs"),
        *((one.label, "float64", one.unit, one.doc) for one in drawn_in(task.scenario)),
        *((name, "float64", *known[name]) for name in task.setup.outcomes),
    ]
    index = [
        ("outcome", "text", "", "what is moved"),
        ("quantity", "text", "", f"what moves it: a parameter, `{LUCK}`, or `{REST}` (those not kept, as one)"),
        ("unit", "text", "", "unit of the outcome"),
        ("is_kept", "bool", "", "whether the screening kept it for the second design"),
        ("mu", "float64", "as in unit", "mean elementary effect: what the whole range does, with its sign (Morris)"),
        ("mu_star", "float64", "as in unit", "mean size of elementary effects; for luck, of two lucks' difference"),
        ("mu_star_conf", "float64", "as in unit", "half the width of its 95 % bootstrap interval"),
        ("sigma", "float64", "as in unit", "how elementary effects differ: it acts with others, or bends"),
        ("S1", "float64", "share", "share of the variance from it alone (Sobol, first order)"),
        ("S1_conf", "float64", "share", "half the width of its 95 % bootstrap interval"),
        ("ST", "float64", "share", "share of the variance from it in any company (Sobol, total)"),
        ("ST_conf", "float64", "share", "half the width of its 95 % bootstrap interval"),
    ]
    keys = ("column", "type", "unit", "doc")
    tables = {"morris": one, "sobol": one, "indices": index}
    return {name: [dict(zip(keys, row, strict=True)) for row in table] for name, table in tables.items()}


def index_columns(result: Result) -> dict[str, list[Any] | Float[Array, " rows"]]:
    """The table of indices, column by column."""
    found: dict[str, Any] = {
        name: [getattr(one, name) for one in result.indices] for name in ("outcome", "quantity", "unit", "is_kept")
    }
    return found | {name: np.array([one[name] for one in result.indices]) for name in INDICES}
