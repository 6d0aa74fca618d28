"""Run: programs against programs, many games, ending in a table and in files."""

import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from play.columnar import Gathered
from play.commands.doors import (
    FAULTY,
    STOPPED,
    Refused,
    at_least,
    check_players,
    pairs,
    progress,
    saves_folder,
    seed_of,
    tell,
    tell_json,
    warn,
)
from play.outside import Outside
from play.par import digest
from play.results import Folder, program, read_run, unfinished
from play.shards import Plan, Shard, WorkerLost, cut, play, prepared
from play.story import story_of
from play.summary import for_machines, lines, summary
from world.scenario import RULES_VERSION, Scenario

Array = np.ndarray

MOST_GAMES = 10_000_000
"""More games than any table of results could hold."""


def main(args: Namespace) -> int:
    """Play the games that the words ask for."""
    return carried_out(*planned(args), args)


def carried_out(plan: Plan, scenario: Scenario, args: Namespace, outside: Outside | None = None) -> int:
    """Play the games of a plan, some seats perhaps held from outside, and show what came of them."""
    folder = Folder(Path(args.out)) if args.out else None
    if folder is not None and args.resume and is_complete(folder.path, plan):
        warn(f"{folder.path}: all {plan.games} games are there already")
        return show(folder.path, plan, scenario, args, {})
    done = folder.begin(plan, args.resume) if folder is not None else []
    if folder is not None:
        plan = with_parts(plan, folder)
    with Gathered() as gathered:
        return finished(plan, scenario, args, folder, done, gathered, outside)


def finished(
    plan: Plan,
    scenario: Scenario,
    args: Namespace,
    folder: Folder | None,
    done: Sequence[tuple[int, int]],
    gathered: Gathered,
    outside: Outside | None = None,
) -> int:
    """Play what is left, and tell what all came to, from the folder's tables or from what was gathered."""
    begun = time.perf_counter()
    shards, why = played(plan, scenario, args.workers, done, gathered, outside)
    seconds = time.perf_counter() - begun
    if not shards and not done:
        if folder is not None:
            folder.drop()
        warn(f"{why} before any game was finished; nothing is kept")
        return STOPPED
    try:
        check_script(shards, is_whole=not why)
    except Refused:
        if folder is not None:
            folder.drop()
        raise
    timings = timed(shards, seconds, min(args.workers, len(shards)))
    if folder is not None:
        about = told(plan, scenario, args, timings, folder.done())
        if outside is not None:
            about["outside"] = outside.account()
        folder.finish(about, args.csv)
        status = show(folder.path, plan, scenario, args, timings, outside)
        warn(f"written to {folder.path}")
    else:
        status = print_summary(gathered, gathered.about, plan, scenario, args, timings, outside)
    if why:
        return stopped(plan, why, shards, done, folder)
    return report_faults(shards, plan) or status


def timed(shards: Sequence[Shard], seconds: float, workers: int) -> dict[str, float]:
    """How long the run took with all tables, and how fast games were played meanwhile."""
    playing = sum(shard.seconds for shard in shards) / max(workers, 1)
    turns = sum(shard.turns for shard in shards)
    return {
        "seconds": round(seconds, 3),
        "playing_seconds": round(playing, 3),
        "turns_per_second": round(turns / max(playing, 1e-9), 1) if turns else 0.0,
    }


def planned(args: Namespace) -> tuple[Plan, Scenario]:
    """The plan in the words, with all that can be wrong in it refused."""
    if at_least(args.games, 1, "games") > MOST_GAMES:
        raise Refused(f"--games {args.games}: write a whole number from 1 to {MOST_GAMES}")
    at_least(args.workers, 1, "workers")
    if args.resume and not args.out:
        raise Refused("--resume: there is nothing to go on with; add --out and the folder of the run")
    if args.csv and not args.out:
        raise Refused("--csv: there is nowhere to write; add --out and a folder")
    settings = pairs(args.set, "set", "key=value, such as rules.diffusion=0.2:0.4")
    players = pairs(args.player, "player", "seat=doctrine, such as washington=hawk")
    plan = Plan(
        scenario=args.scenario,
        games=args.games,
        seed=seed_of(args.seed),
        players=players,
        settings=settings,
        script=args.script or "",
        is_audited=args.audit,
    )
    scenario, _ = prepared(plan)
    check_players(players, scenario.cast)
    if args.save:
        plan = replace(plan, saves=saves_folder(args.save, args.resume))
    return plan, scenario


def with_parts(plan: Plan, folder: Folder) -> Plan:
    """The plan, writing its shards into the folder's draft."""
    return replace(plan, parts=str(folder.parts))


def is_complete(path: Path, plan: Plan) -> bool:
    """Whether a folder already holds all games of a plan; raises ResultsError where it holds others."""
    if unfinished(path) is not None or not (path / "run.json").is_file():
        return False
    about = read_run(path).about
    if about["plan"] != plan.identity:
        raise Refused(f"--resume: {path} holds another run; choose a new folder, or give the same command")
    return True


def played(
    plan: Plan,
    scenario: Scenario,
    workers: int,
    done: Sequence[tuple[int, int]],
    gathered: Gathered,
    outside: Outside | None = None,
) -> tuple[list[Shard], str]:
    """The shards that were finished, in order, and why the others were not (empty: all were).

    Their rows are gathered where they are not in files; a list of all would grow by kilobytes a game.
    """
    wanted = cut(plan.games, workers if outside is None else plan.games, list(done), bool(plan.saves))
    left = sum(end - first for first, end in wanted)
    shards: list[Shard] = []
    why = ""
    try:
        with progress(left, scenario.length) as step:
            for shard in play(plan, wanted, workers, step, outside):
                if shard.games:
                    gathered.add(shard.first, shard.games)
                shards.append(replace(shard, games=[]))
    except KeyboardInterrupt:
        why = "stopped"
    except WorkerLost as error:
        why = str(error)
    return sorted(shards, key=lambda shard: shard.first), why


def check_script(shards: Sequence[Shard], is_whole: bool) -> None:
    """Refuse a script with an order that stood in no game; say where one fell in some."""
    games = sum(shard.end - shard.first for shard in shards)
    fallen: dict[str, int] = {}
    for shard in shards:
        for order, count in shard.fallen.items():
            fallen[order] = fallen.get(order, 0) + count
    for order, count in fallen.items():
        if count == games and is_whole:
            raise Refused(f"--script: {order}; it stood in no game, so change it or take it out")
        warn(f"script: {order} (in {count} of {games} games)")


def told(
    plan: Plan,
    scenario: Scenario,
    args: Namespace,
    timings: Mapping[str, float],
    done: Sequence[tuple[int, int]],
) -> dict[str, Any]:
    """What `run.json` says about how the games were made."""
    return {
        **dict(program()),
        "rules_version": RULES_VERSION,
        "scenario": {
            "name": scenario.name,
            "title": scenario.title,
            "start": scenario.start.isoformat(),
            "length": scenario.length,
            "digest": digest(scenario),
        },
        "games": plan.games,
        "finished": sum(end - first for first, end in done),
        "seed": plan.seed,
        "players": {s.name: plan.players.get(s.name, "standard") for s in scenario.cast.seats},
        "settings": dict(plan.settings),
        "script": plan.script,
        "workers": args.workers,
        "timings": dict(timings),
        "plan": plan.identity,
    }


def show(
    path: Path,
    plan: Plan,
    scenario: Scenario,
    args: Namespace,
    timings: Mapping[str, float],
    outside: Outside | None = None,
) -> int:
    """Print the table of a run that stands in a folder."""
    run = read_run(path)
    times = timings or run.about["timings"]
    return print_summary(run.games, run.columns, plan, scenario, args, times, outside)


def print_summary(
    games: Mapping[str, Array],
    about: Mapping[str, Mapping[str, str]],
    plan: Plan,
    scenario: Scenario,
    args: Namespace,
    timings: Mapping[str, float],
    outside: Outside | None = None,
) -> int:
    """Print what the games came to, as a table or as JSON."""
    units = {name: one["unit"] for name, one in about.items()}
    result = summary(games, scenario.cast, plan.players, units)
    if args.json:
        more = {} if outside is None else {"outside": outside.account()}
        tell_json({**for_machines(result), "turns_per_second": timings["turns_per_second"], **more})
        return 0
    docs = {name: f"{one['doc']} ({one['unit']})" for name, one in about.items()}
    tell(lines(result, story_of(scenario), docs))
    speed = f"{timings['turns_per_second']:,.0f}"
    tell(
        [
            "",
            f"{timings['seconds']:.1f} s with all tables; {speed} game-turns a second while playing",
        ]
    )
    return 0


def stopped(
    plan: Plan, why: str, shards: Sequence[Shard], done: Sequence[tuple[int, int]], folder: Folder | None
) -> int:
    """Say what is kept of a run that did not come to its end."""
    finished = sum(s.end - s.first for s in shards) + sum(end - first for first, end in done)
    where = f"; they are in {folder.path}, and --resume goes on" if folder is not None else ""
    warn(f"{why}: {finished} of {plan.games} games are finished{where}")
    return STOPPED


def report_faults(shards: Sequence[Shard], plan: Plan) -> int:
    """Say what the audit found."""
    if not plan.is_audited:
        return 0
    faults = [fault for shard in shards for fault in shard.faults]
    for fault in faults[:20]:
        warn(f"audit: {fault}")
    if faults:
        warn(f"audit: {len(faults)} faults; report them with the seed of the run")
        return FAULTY
    games = sum(shard.end - shard.first for shard in shards)
    warn(f"audit: nothing was created or lost in {games} games, quarter by quarter")
    return 0
