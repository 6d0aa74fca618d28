"""Calibration: the unknown as one joint density, fitted to all patterns together that were not held out."""

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from jaxtyping import Float

from play import fitting
from play.evidence.arms import Arms
from play.evidence.patterns import FILE, Observation, patterns, statistic
from play.fitting import Generation
from play.packing import written
from world.chance import game_seed
from world.prior import Places, Prior, Range, place_of
from world.scenario import ScenarioError, read
from world.scenario_text import SCENARIOS

Array = np.ndarray

TASK = "task.json"
UNKNOWNS = FILE.with_name("unknowns.toml")
CHUNK = 512
"""Sets that are played in one batch."""


class CalibrationError(ValueError):
    """Why a calibration cannot go on."""


@dataclass(frozen=True)
class Unknown:
    """A quantity that nobody knows: its label, its range, and the scenarios in which it stands."""

    label: str
    range: Range
    scenarios: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called among those of all scenarios."""
        return self.label if len(self.scenarios) > 1 else f"{self.scenarios[0]}: {self.label}"


@dataclass(frozen=True)
class Task:
    """What a calibration is asked for."""

    sets: int = 8_000
    seed: int = 1
    workers: int = 2
    kept: int = 500
    """Sets of equal weight that are kept as evidence."""


@cache
def unknowns(path: Path = UNKNOWNS) -> tuple[Unknown, ...]:
    """What is fitted, in the order of the file; raises ScenarioError where a scenario does not draw it."""
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(f"{path.name}: cannot be read ({error}); mend it there") from None
    for key in ("scenarios", "shared", "own"):
        if key not in tree:
            raise ScenarioError(f"{path.name}: has no {key}; add it")
    drawn = {name: {label: one.range for label, one in read(name).begins.drawn().items()} for name in tree["scenarios"]}
    found = []
    for label in tree["shared"]:
        ranges = {name: of.get(label) for name, of in drawn.items()}
        if None in ranges.values() or len(set(ranges.values())) > 1:
            raise ScenarioError(f"{path.name}: {label} is not drawn from one range in {' and '.join(ranges)}")
        found.append(Unknown(label, next(iter(ranges.values())), tuple(drawn)))  # type: ignore[arg-type]
    for name, labels in tree["own"].items():
        for label in labels:
            one = drawn[name].get(label)
            if one is None:
                raise ScenarioError(f"{path.name}: {name} does not draw {label}")
            found.append(Unknown(label, one, (name,)))
    return tuple(found)


def observations() -> tuple[Observation, ...]:
    """What fitting is told, of all patterns that are not held out."""
    return tuple(one for pattern in patterns() for one in pattern.observations)


def placed(places: Float[Array, "labels sets"]) -> Mapping[str, Places]:
    """Sets of places by scenario and label."""
    found: dict[str, dict[str, Array]] = {}
    for at, one in enumerate(unknowns()):
        for name in one.scenarios:
            found.setdefault(name, {})[one.label] = places[at]
    return found


def misfits(places: Float[Array, "labels sets"], seeds: Sequence[int]) -> Float[Array, "targets sets"]:
    """How far each set is off every observation, when a game is played with it."""
    arms = Arms(seeds, placed(places))
    return np.stack([one.squares(statistic(one.of)(arms)) for one in observations()])


def simulated(task: Task, pool: ProcessPoolExecutor | None) -> fitting.Simulate:
    """What plays sets of places in batches, here or in other processes."""

    def play(logits: Float[Array, "labels sets"], number: int) -> Float[Array, "targets sets"]:
        places, first = place_of(logits), task.seed * 1_000_003 + number
        parts = [
            (places[:, at : at + CHUNK], seeds_of(first, at, places.shape[1]))
            for at in range(0, places.shape[1], CHUNK)
        ]
        run: Callable[..., Iterator[Array]] = map if pool is None else pool.map
        return np.concatenate(list(run(misfits, *zip(*parts, strict=True))), axis=1)

    return play


def seeds_of(first: int, start: int, sets: int) -> list[int]:
    """The seeds of the games that the sets of a batch are played in."""
    return [game_seed(first, at) for at in range(start, min(start + CHUNK, sets))]


def calibrated(
    task: Task, folder: Path | None = None, tell: Callable[[Generation], None] = lambda _: None
) -> Generation:
    """The last generation. What is done is kept in the folder, and is not done again; raises CalibrationError."""
    claim(folder, task)
    pool = ProcessPoolExecutor(task.workers, get_context("spawn")) if task.workers > 1 else None
    try:
        simulate = simulated(task, pool)
        generation = kept(folder, 0) or fitting.begun(len(unknowns()), task.sets, simulate, task.seed)
        while True:
            keep(folder, generation)
            tell(generation)
            if generation.is_last:
                return generation
            generation = kept(folder, generation.number + 1) or fitting.followed(generation, simulate, task.seed)
    finally:
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)


def claim(folder: Path | None, task: Task) -> None:
    """Write into the folder what is asked for; raises CalibrationError where it is of something else."""
    if folder is None:
        return
    asked = asked_for(task)
    try:
        found = json.loads((folder / TASK).read_text("utf-8"))
    except FileNotFoundError:
        if any(folder.iterdir()):
            raise CalibrationError(f"--out {folder}: holds something else; choose a new folder") from None
        with kept_in(folder):
            written(folder / TASK, (json.dumps(asked, indent=1) + "\n").encode("utf-8"))
        return
    except (OSError, ValueError):
        found = None
    for key, value in asked.items():
        if not isinstance(found, dict) or found.get(key) != value:
            raise CalibrationError(f"{folder}: holds another calibration (its {key} differ); choose another folder")


def asked_for(task: Task) -> dict[str, Any]:
    """What two calibrations must share for one to go on with what the other has done."""
    ranges = [f"{one.name}: {one.range.low!r} to {one.range.high!r}, {one.range.spread}" for one in unknowns()]
    told = [f"{one.of}: {one.low:g} to {one.high:g}" for one in observations()]
    names = sorted({name for one in unknowns() for name in one.scenarios})
    files = {name: sha256((SCENARIOS / f"{name}.toml").read_bytes()).hexdigest() for name in names}
    return {"sets": task.sets, "seed": task.seed, "unknowns": ranges, "told": told, "scenarios": files}


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """Say in a sentence where something cannot be kept."""
    try:
        yield
    except OSError as error:
        raise CalibrationError(f"--out {folder}: cannot be written ({error.strerror}); choose another folder") from None


def keep(folder: Path | None, generation: Generation) -> None:
    """Write a generation into the folder, whole or not at all; raises CalibrationError."""
    if folder is None or file_of(folder, generation.number).exists():
        return
    draft = folder / f".{generation.number}.npz"
    with kept_in(folder):
        with draft.open("wb") as file:
            np.savez(file, **{name: np.asarray(value) for name, value in vars(generation).items()})  # type: ignore[arg-type]
        draft.rename(file_of(folder, generation.number))


def kept(folder: Path | None, number: int) -> Generation | None:
    """A generation that the folder holds; raises CalibrationError for one that cannot be read."""
    if folder is None or not file_of(folder, number).exists():
        return None
    try:
        with np.load(file_of(folder, number)) as found:
            values = {name: found[name] for name in found.files}
        number, temperature, accepted = (values.pop(name).item() for name in ("number", "temperature", "accepted"))
        return Generation(number, temperature=temperature, accepted=accepted, **values)
    except (OSError, ValueError, EOFError, BadZipFile, KeyError, TypeError):
        raise CalibrationError(f"{file_of(folder, number)}: is damaged; delete it, and it is made again") from None


def file_of(folder: Path, number: int) -> Path:
    """Where a generation is kept."""
    return folder / f"generation-{number:02d}.npz"


def prior_of(scenario: str, generation: Generation) -> Prior:
    """The fitted density of a scenario's own quantities."""
    rows = [at for at, one in enumerate(unknowns()) if scenario in one.scenarios]
    mine = [unknowns()[at] for at in rows]
    logits = generation.logits[rows]
    root = np.linalg.cholesky(fitting.covariance(logits))
    labels = tuple(one.label for one in mine)
    return Prior(scenario, labels, tuple(one.range for one in mine), logits.mean(axis=1), root, frozenset(labels))


def prior_text(prior: Prior, said: Sequence[str]) -> str:
    """A prior as its file."""
    lines = [f"# {line}" for line in said]
    for label, one, centre, row in zip(prior.labels, prior.ranges, prior.centre, prior.spread, strict=True):
        at = len(lines)
        numbers = ", ".join(f"{x:.4f}" for x in row[: prior.labels.index(label) + 1])
        lines += ["", "[[drawn]]", f'label = "{label}"', f"low = {one.low!r}", f"high = {one.high!r}"]
        lines += [f'spread = "{one.spread}"', f"centre = {centre:.4f}", f"row = [{numbers}]"]
        assert len(lines) == at + 8
    return "\n".join(lines) + "\n"
