"""Shards: a plan of many games, cut into batches that are played apart and put together in order."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from play.drawn import drawn_in
from play.outside import Outside, seated
from play.script import Script, read_script, script_file
from play.story import story_of
from play.tables import Column, Played, all_tables, arrow, games_only
from play.worker import patient
from world.chance import game_seed
from world.scenario import Scenario, read

Array = np.ndarray

MOST = 512
"""Games in a shard, at most; larger batches are no faster."""
MOST_SAVED = 64
"""The same where games are saved, which takes so much longer than playing that small batches cost nothing."""

Step = Callable[[int], None]


class WorkerLost(RuntimeError):
    """A process that played a shard has died."""


@dataclass(frozen=True)
class Plan:
    """Everything that decides what a run's games are, and what is kept of them."""

    scenario: str
    games: int
    seed: int = 1
    players: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    script: str = ""
    is_audited: bool = False
    parts: str = ""
    """The folder into which shards write their tables (empty: none are written)."""
    saves: str = ""
    """The folder into which every game is saved (empty: none is)."""

    @property
    def identity(self) -> dict[str, Any]:
        """What two runs must share to be the same games."""
        told = asdict(self)
        return {key: told[key] for key in ("scenario", "games", "seed", "players", "settings", "script")}

    def alone(self, game: int) -> "Plan":
        """One of the games by itself: the same game, for its seed is its own."""
        return replace(self, games=1, seed=game_seed(self.seed, game), parts="", saves="")

    def seeds(self, first: int, end: int) -> list[int]:
        """The seeds of the games from `first` up to `end`."""
        return [game_seed(self.seed, game) for game in range(first, end)]


@dataclass(frozen=True)
class Shard:
    """A batch of finished games: what the audit found, how long play took, and a row of outcomes each."""

    first: int
    end: int
    games: list[Column]
    """The rows, unless they were written into the plan's parts: then none."""
    faults: list[str]
    fallen: dict[str, int]
    """Orders of the script that were refused, in words, and in how many games."""
    turns: int
    seconds: float


@lru_cache(maxsize=4)
def scenario_of(name: str, settings: tuple[tuple[str, str], ...]) -> Scenario:
    """The scenario of a plan with its settings, read once in a process."""
    return read(name).changed(dict(settings))


def prepared(plan: Plan) -> tuple[Scenario, Script | None]:
    """The scenario and script of a plan; raises what is wrong with them."""
    scenario = scenario_of(plan.scenario, tuple(plan.settings.items()))
    if not plan.script:
        return scenario, None
    story = story_of(scenario, plan.settings)
    path = script_file(plan.script, plan.scenario)
    return scenario, read_script(path, scenario.cast, story, scenario.length)


def play_shard(plan: Plan, first: int, end: int, step: Step | None = None, outside: Outside | None = None) -> Shard:
    """Play the games from `first` up to `end`, and write what the plan wants written; `outside` answers for its seats."""
    from play.model import Chokepoint
    from play.record import EVERYTHING, KEPT

    scenario, script = prepared(plan)
    seeds = plan.seeds(first, end)
    keep = EVERYTHING if plan.saves or plan.is_audited else KEPT
    players = seated(plan.players)
    model = Chokepoint(scenario, seeds=seeds, players=players, settings=plan.settings, script=script, keep=keep)
    faults: list[str] = []
    begun = time.perf_counter()
    while model.running:
        before = model.world
        if outside is not None:
            outside.hand_in(model, first)
        model.step()
        if plan.is_audited:
            faults += audited(before, model.world)
        if step is not None:
            step(end - first)
    taken = time.perf_counter() - begun
    if outside is not None:
        outside.tell_end(model, first)
    numbers = np.array(seeds, dtype=np.uint64)
    played = Played(model.story, model.record, model.rules, drawn_in(scenario), first, numbers)
    if plan.saves:  # before the tables: a shard whose tables are there is finished, and is not played again
        _save_all(plan, model, first)
    games: list[Column] = []
    if plan.parts:
        _write(plan, played, end)
    else:
        games = games_only(played)
    fallen = script.fallen(model.record) if script is not None else {}
    turns = model.record.turns * len(seeds)
    model.forget()
    return Shard(first, end, games, faults, fallen, turns, taken)


def audited(before: Any, after: Any) -> list[str]:
    """What the audit finds in a quarter."""
    from world.audit import audit

    return audit(before, after)


def _write(plan: Plan, played: Played, end: int) -> None:
    """Write a shard's tables into a folder that appears once it is whole."""
    import pyarrow.parquet as pq

    tables = all_tables(played)
    parts = Path(plan.parts)
    draft = parts / f".{part_name(played.first, end)}.{os.getpid()}"
    draft.mkdir()
    try:
        for name, columns in tables.items():
            pq.write_table(arrow(columns), draft / f"{name}.parquet", compression="zstd")
        about = {name: [told(column) for column in columns] for name, columns in tables.items()}
        (draft / "columns.json").write_text(json.dumps(about), "utf-8")
        draft.rename(parts / part_name(played.first, end))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def told(column: Column) -> dict[str, str]:
    """What a data dictionary says about a column."""
    kind = "text" if column.words else str(column.values.dtype)
    return {"column": column.name, "type": kind, "unit": column.unit, "doc": column.doc}


def part_name(first: int, end: int) -> str:
    """The name of a shard's folder."""
    return f"{first:08d}-{end:08d}"


def _save_all(plan: Plan, model: Any, first: int) -> None:
    from play.keep import saved
    from play.save import ENDING, write_save

    for game in range(model.games):
        write_save(Path(plan.saves) / f"game-{first + game:05d}{ENDING}", saved(model, game))


def cut(games: int, workers: int, done: list[tuple[int, int]], is_saving: bool = False) -> list[tuple[int, int]]:
    """The shards still to play: what lies between those that are done, each of even size.

    Ctrl-C loses the shards that are being played, so a shard should take no more than a second or two.
    """
    size = min(MOST_SAVED if is_saving else MOST, max(1, -(-games // workers)))
    found, at = [], 0
    for first, end in [*sorted(done), (games, games)]:
        found += [(start, min(start + size, first)) for start in range(at, first, size)]
        at = max(at, end)
    return found


def play(
    plan: Plan,
    shards: list[tuple[int, int]],
    workers: int,
    step: Step | None = None,
    outside: Outside | None = None,
) -> Iterator[Shard]:
    """Play shards, here or in several processes, and give each as it is finished.

    At Ctrl-C what runs in other processes is finished and given before KeyboardInterrupt goes on.
    """
    if workers == 1 or len(shards) < 2:
        for first, end in shards:
            yield play_shard(plan, first, end, step, outside)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(shards)), context, patient) as pool:
        with held_back():
            waiting = {pool.submit(play_shard, plan, first, end) for first, end in shards}
        try:
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield _stepped(future, step)
        except BrokenProcessPool:
            raise WorkerLost("a process that played games has died, perhaps for want of memory") from None
        except KeyboardInterrupt:
            running = {future for future in waiting if not future.cancel()}
            for future in wait(running).done:
                if not is_lost(future):
                    yield _stepped(future, step)
            raise


def _stepped(future: Future[Shard], step: Step | None) -> Shard:
    shard = future.result()
    if step is not None:
        step(shard.turns)
    return shard


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl-C back: this process hears of it afterwards, processes started within never, not even while they load.

    Where signals cannot be held back (Windows), nothing is.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def is_lost(future: Future[Any]) -> bool:
    """Whether the process that had a call has died."""
    return isinstance(future.exception(), BrokenProcessPool)
