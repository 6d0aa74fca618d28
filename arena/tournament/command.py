"""Tournament: the door of `python main.py tournament`."""

import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from arena.jobs import Job, Place, done, finished, table
from arena.places import Cluster, Here, Processes
from arena.tournament.analysis import analysed
from arena.tournament.course import courses
from arena.tournament.design import ALONE, MIXED, Plan, Table, best_tables, jobs_of, tables_of
from arena.tournament.entrants import everybody, named, seats_of
from arena.tournament.files import Folder
from arena.tournament.findings import Findings
from arena.tournament.playing import rows
from arena.tournament.results import Results, collected
from play.commands.doors import STOPPED, Refused, at_least, seed_of, tell_json, warn, within
from play.shards import WorkerLost, scenario_of
from world.scenario import Scenario

FEWEST, MOST = 20, 20_000
"""Games for each table: with fewer no interval means anything; more do not fit the resamples into memory."""
MOST_TRIES = 10_000


def main(args: Namespace) -> int:
    """Play the tournament that the words ask for."""
    plan, scenario = planned(args)
    place = place_of(args)
    place.check()
    if args.out is None:
        with tempfile.TemporaryDirectory() as scratch:
            return ended(plan, scenario, place, Path(scratch) / "parts", None, args)
    folder = Folder(Path(args.out))
    folder.begin(plan, args.resume)
    return ended(plan, scenario, place, folder.parts, folder, args)


def planned(args: Namespace) -> tuple[Plan, Scenario]:
    """The plan in the words, with all that can be wrong in it refused."""
    within(args.games, FEWEST, MOST, "games")
    within(args.tries, 0, MOST_TRIES, "tries")
    at_least(args.workers, 1, "workers")
    if args.resume and args.out is None:
        raise Refused("--resume: there is nothing to go on with; add --out and the folder of the tournament")
    scenario = scenario_of(args.scenario, ())
    seats = seats_of(args.seats, scenario.cast)
    entrants = named(args.entrant, seats) if args.entrant else everybody(seats)
    return Plan(args.scenario, seats, entrants, args.games, seed_of(args.seed), args.tries), scenario


def place_of(args: Namespace) -> Place:
    """Where games are played."""
    if args.cluster:
        if args.workers != 1:
            raise Refused("--workers: a cluster has workers of its own; leave --workers or --cluster out")
        return Cluster(args.cluster)
    return Here() if args.workers == 1 else Processes(args.workers)


def ended(plan: Plan, scenario: Scenario, place: Place, parts: Path, folder: Folder | None, args: Namespace) -> int:
    """Play what is left, and tell and write what it shows."""
    try:
        results, games = played(plan, place, parts)
    except (KeyboardInterrupt, WorkerLost) as error:
        why = str(error) or "stopped"
        where = f"{folder.path}: what is finished is kept; --resume goes on" if folder else "nothing is kept"
        warn(f"{why}; {where}")
        return STOPPED
    found = analysed(plan, scenario, results, courses(plan, scenario), games)
    if folder is not None:
        from arena.tournament.page import page

        folder.finish(results, found, page(found))
    show(found, args.json)
    if folder is not None:
        warn(f"written to {folder.path}")
    return 0


def show(found: Findings, is_json: bool) -> None:
    """Print the findings as text or as JSON."""
    if is_json:
        tell_json(found.tree)
        return
    from arena.tournament.text import told

    told(found)


def played(plan: Plan, place: Place, parts: Path) -> tuple[Results, int]:
    """The results of all tables: those that are known beforehand, then the best drawn players on fresh seeds."""
    tables = tables_of(plan)
    jobs = list(jobs_of(plan, tables))
    more = len(plan.seats) + 1 if plan.tries else 0
    total = sum(_games([job]) for job in jobs) + more * plan.games
    done_already = set(finished(parts)) if parts.is_dir() else set()
    with progress(total, _games([job for job in jobs if job.number in done_already])) as tell:
        done(rows, jobs, place, parts, tell)
        if plan.tries:
            first = collected(plan, tables, _first(parts, len(jobs)))
            best = {seat.name: first.best_drawn(seat.name) for seat in plan.seats}
            fresh = best_tables(plan, tables, best)
            done(rows, jobs_of(plan, fresh, len(jobs)), place, parts, tell)
            tables = (*tables, *fresh)
    return collected(plan, tables, _parts(parts)), total


def _games(jobs: Sequence[Job]) -> int:
    return sum(job.what.ends - job.what.begins for job in jobs)


def _parts(parts: Path) -> Iterator[Any]:
    yield from table(parts)


def _first(parts: Path, count: int) -> Iterator[Any]:
    for number, part in enumerate(table(parts)):
        if number < count:
            yield part


@contextmanager
def progress(games: int, begun: int) -> Iterator[Any]:
    """A bar on standard error that counts games, where somebody is watching."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    shown = (
        TextColumn("{task.fields[what]}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} games"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*shown, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=games, completed=begun, what="playing")

        def tell(job: Job) -> None:
            bar.update(task, advance=_games([job]), what=what_of(job.what.table))

        yield tell


def what_of(one: Table) -> str:
    """What is played at a table, for the bar."""
    if one.kind == MIXED:
        return f"{one.first} and {one.second}"
    return f"{one.doctrine} on {one.seat}" if one.kind == ALONE else one.kind
