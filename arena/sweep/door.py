"""Door: the command that varies numbers of a scenario and shows what outcomes make of it."""

import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from arena.jobs import Place, done, finished
from arena.places import Cluster, Here, Processes
from arena.places.identity import identity
from arena.sweep.answers import curves
from arena.sweep.designs import METHODS, check_samples
from arena.sweep.folder import SWEEP, SweepFolder, is_complete
from arena.sweep.knobs import LENGTH
from arena.sweep.report import lines
from arena.sweep.work import Task, digest_of, jobs, played, prepared, rows_in
from play.commands.doors import (
    STOPPED,
    Refused,
    at_least,
    check_players,
    pairs,
    progress,
    seed_of,
    tell,
    warn,
)
from play.commands.run import MOST_GAMES
from play.evidence.simulate import Setup, check_outcomes
from play.results import program
from play.shards import WorkerLost, scenario_of
from world.scenario import RULES_VERSION, Scenario, found, names
from world.scenario_text import remedy

Array = np.ndarray


@dataclass(frozen=True)
class Planned:
    """A sweep, and what its folder remembers of it."""

    task: Task

    @property
    def identity(self) -> dict[str, Any]:
        """What two sweeps must share to have the same rows."""
        return {**self.task.identity, "made_with": identity()}


def main(args: Namespace) -> int:
    """Play the sweep that the words ask for, print what came of it, and write it."""
    task, place = asked(args)
    places = task.places()
    folder = SweepFolder(Path(args.out))
    if args.resume and is_complete(folder.path, task.identity):
        warn(f"{folder.path}: all {len(places) * task.games} games are there already")
        tell(lines(task, len(places), curves(task, places, folder.path / SWEEP)))
        return 0
    place.check()
    folder.begin(Planned(task), args.resume)
    begun = time.perf_counter()
    if why := work(task, places, place, folder):
        return stopped(why, task, places, folder)
    seconds = time.perf_counter() - begun
    answers = curves(task, places, folder.put_together())
    folder.end(task, len(places), answers, told(task, places, args, seconds))
    tell(lines(task, len(places), answers))
    warn(f"{seconds:.1f} s of play; written to {folder.path}")
    return 0


def asked(args: Namespace) -> tuple[Task, Place]:
    """The sweep in the words and where it is played, with all that can be wrong in it refused."""
    if args.method not in METHODS:
        raise Refused(f"--method {args.method}: there is no such method; {remedy(args.method, METHODS)}")
    check_samples(args.method, args.samples)
    at_least(args.games, 1, "games")
    settings = pairs(args.set, "set", "key=value, such as rules.diffusion=0.2:0.4")
    players = pairs(args.player, "player", "seat=doctrine, such as washington=hawk")
    name = args.scenario if args.scenario in names() else str(found(args.scenario).resolve())
    scenario = scenario_of(name, tuple(settings.items()))
    check_players(players, scenario.cast)
    setup = Setup(name, outcomes(args, scenario), tuple(players.items()), tuple(settings.items()))
    task = Task(setup, tuple(args.vary), args.method, args.samples, args.games, seed_of(args.seed), digest_of(name))
    check(task)
    return task, where(args)


def outcomes(args: Namespace, scenario: Scenario) -> tuple[str, ...]:
    """The outcomes that are asked for, or the usual ones."""
    given = [name.strip() for word in args.outcomes for name in word.split(",")]
    champion = scenario.cast.names["chipmakers"][scenario.cast.champion]
    return tuple(dict.fromkeys(given)) or ("lead", "smuggled_h100e", f"{champion}_h100e")


def check(task: Task) -> None:
    """Refuse numbers and outcomes that there are not, and more games than a table can hold."""
    scenario, some = prepared(task)
    sets = METHODS[task.method].sets(some, task.samples)
    if sets * task.games > MOST_GAMES:
        raise Refused(
            f"--samples {task.samples}: makes {sets} sets and {sets * task.games} games; "
            f"write fewer samples or games, for {MOST_GAMES} games at most"
        )
    for knob in some:
        if knob.key == LENGTH:
            scenario = scenario.changed({LENGTH: knob.low})
    check_outcomes(task.setup.outcomes, scenario)


def where(args: Namespace) -> Place:
    """The place in the words."""
    if args.cluster is not None and args.workers is not None:
        raise Refused("--workers: a cluster has workers of its own; take --workers or --cluster out")
    if args.cluster is not None:
        return Cluster(args.cluster)
    workers = at_least(1 if args.workers is None else args.workers, 1, "workers")
    return Here() if workers == 1 else Processes(workers)


def work(task: Task, places: Array, place: Place, folder: SweepFolder) -> str:
    """Play what is not there yet; why it was not played to the end (empty: it was)."""
    rows = len(places) * task.games
    left = rows - rows_done(rows, folder)
    try:
        with progress(left, 1) as step:
            done(
                played,
                jobs(task, places),
                place,
                folder.parts,
                lambda job: step(job.what.end - job.what.first) if step is not None else None,
            )
    except KeyboardInterrupt:
        return "stopped"
    except WorkerLost as error:
        return str(error)
    except BaseException:
        if not finished(folder.parts):
            folder.drop()
        raise
    return ""


def rows_done(rows: int, folder: SweepFolder) -> int:
    """How many rows are in the parts of a folder."""
    return sum(rows_in(number, rows) for number in finished(folder.parts))


def stopped(why: str, task: Task, places: Array, folder: SweepFolder) -> int:
    """Say what is kept of a sweep that did not come to its end."""
    rows = len(places) * task.games
    kept = rows_done(rows, folder)
    if not kept:
        folder.drop()
        warn(f"{why} before anything was finished; nothing is kept")
    else:
        warn(f"{why}: {kept} of {rows} games are in {folder.draft}; the same command with --resume goes on")
    return STOPPED


def told(task: Task, places: Array, args: Namespace, seconds: float) -> dict[str, Any]:
    """What `run.json` says about how the games were made."""
    scenario, some = prepared(task)
    return {
        **dict(program()),
        "rules_version": RULES_VERSION,
        "made_with": identity(),
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "start": scenario.start.isoformat(),
            "length": scenario.length,
        },
        "varied": [{"key": one.key, "low": one.low, "high": one.high, "unit": one.unit} for one in some],
        "method": task.method,
        "samples": task.samples,
        "sets": len(places),
        "games": task.games,
        "seed": task.seed,
        "outcomes": list(task.setup.outcomes),
        "players": {s.name: dict(task.setup.players).get(s.name, "standard") for s in scenario.cast.seats},
        "settings": dict(task.setup.settings),
        "place": args.cluster or f"{args.workers or 1} processes",
        "seconds": round(seconds, 3),
        "plan": task.identity,
    }
