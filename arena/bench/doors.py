"""Doors: what games cost when they are played through the doors of other libraries and programs, beside plain batches."""

import shlex
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from agents.human import NAME as HUMAN
from arena.bench.growth import games
from arena.bench.timing import in_turns, middle, over
from arena.bots.door import Door
from arena.bots.seats import Seats
from arena.bots.sent import hello
from arena.extras import library
from arena.jobs import Job, Rows
from arena.places.cluster import Cluster
from arena.places.local import Here
from play.commands.doors import Refused
from play.model import Chokepoint
from play.shards import Plan, play_shard
from play.story import story_of
from play.tables import arrow
from world.scenario import Scenario, opened, read
from world.view import view

Tree = dict[str, Any]

WORLDS = (1, 64, 1024)
SEAT = "washington"
BATCH, BATCHES = 512, 6
"""Games of a job that goes to Dask, and how many jobs."""
BOT = Path(__file__).resolve().parents[2] / "examples" / "hawkish.py"
BENCH = "bench --arena"


def through_doors(scenario: str, rounds: int) -> Tree:
    """Every door's cost, or the sentence that says why it could not be measured."""
    doors: dict[str, Callable[[str, int], Tree]] = {
        "vector environment of Gymnasium": vector,
        "parallel environment of PettingZoo": parallel,
        "a bot that speaks JSON lines": bot,
        "Dask, one worker": dask,
    }
    return {name: _or_missing(partial(door, scenario, rounds)) for name, door in doors.items()}


def _or_missing(measure: Callable[[], Tree]) -> Tree:
    try:
        return measure()
    except Refused as missing:
        return {"missing": str(missing)}


def beside(name: str, action: Callable[[], object], plain: Callable[[], object], steps: int, rounds: int) -> Tree:
    """Steps a second through a door, and how many times as long it takes as plain games."""
    taken = in_turns({"plain": plain, name: action}, rounds)
    return {
        "steps_per_second": steps / middle(taken[name]),
        "plain_steps_per_second": steps / middle(taken["plain"]),
        "times_as_long": over(taken[name], taken["plain"]),
    }


def vector(scenario: str, rounds: int) -> Tree:
    """One seat of 1, 64 and 1,024 games, in whole games of random choices, beside games of doctrines only."""
    library("gymnasium", BENCH)
    from arena.learning.vector import ChokepointVectorEnv

    found, one = {}, read(scenario)
    for worlds in WORLDS:
        env = ChokepointVectorEnv(one, SEAT, worlds)
        env.action_space.seed(1)
        actions = env.action_space.sample()

        def played(env: Any = env, actions: Any = actions) -> None:
            env.reset(seed=1)
            for _ in range(one.length):
                env.step(actions)

        plain = games(one, worlds, one.length)
        found[str(worlds)] = beside("vector", played, plain, worlds * one.length, rounds)
    return {"worlds": found}


def parallel(scenario: str, rounds: int) -> Tree:
    """All seats of one game, with random choices, beside one game of doctrines."""
    library("pettingzoo", BENCH)
    from arena.learning.parallel import ChokepointParallelEnv

    one = read(scenario)
    env = ChokepointParallelEnv(one)
    actions = {}
    for number, agent in enumerate(env.possible_agents):
        env.action_space(agent).seed(number)
        actions[agent] = env.action_space(agent).sample()

    def played() -> None:
        env.reset(seed=1)
        for _ in range(one.length):
            env.step(actions)

    return beside("parallel", played, games(one, 1, one.length), one.length, rounds)


def bot(scenario: str, rounds: int) -> Tree:
    """A seat of one game that a program holds, beside the same with a doctrine; the program's start is not counted."""
    one = read(scenario)
    door = Door(shlex.join([sys.executable, str(BOT)]))
    try:
        world, _ = opened(one, np.array([1], dtype=np.uint64))
        door.greet(hello(view(world, SEAT), story_of(one), 1, door.limits))
        seats = Seats({SEAT: door})
        numbers = count()
        found = beside("bot", lambda: modelled(one, seats, next(numbers)), lambda: modelled(one), one.length, rounds)
    finally:
        door.close()
    account = seats.account()[SEAT]
    if account["forfeited"]:
        return {"missing": f"the bot forfeited {account['forfeited']} quarters ({account['reasons'][0]})"}
    return found


def modelled(scenario: Scenario, seats: Seats | None = None, number: int = 0) -> None:
    """A whole game by the model, as `run` plays one and, under a number, `contest`."""
    model = Chokepoint(scenario, seeds=1, players={} if seats is None else {SEAT: HUMAN})
    while model.running:
        if seats is not None:
            seats.hand_in(model, number)
        model.step()
    if seats is not None:
        seats.tell_end(model, number)
    model.forget()


def batch(job: Job) -> Rows:
    """The rows of the games of a job."""
    plan, first, end = job.what
    return arrow(play_shard(plan, first, end).games)


def dask(scenario: str, rounds: int) -> Tree:
    """Batches of games that a worker of Dask plays, one at a time, beside the same batches played here."""
    distributed = library("distributed", BENCH)
    import dask as settings

    plan, one = Plan(scenario, BATCH * BATCHES), read(scenario)
    jobs = [Job(at, (plan, at * BATCH, (at + 1) * BATCH)) for at in range(BATCHES)]
    ours = {**settings.config.get("distributed.nanny.pre-spawn-environ"), "MALLOC_TRIM_THRESHOLD_": None}
    environment = {key: value for key, value in ours.items() if value is not None}
    with (
        settings.config.set({"distributed.nanny.pre-spawn-environ": environment}),
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
    ):
        places: dict[str, Here | Cluster] = {"plain": Here(), "dask": Cluster(cluster.scheduler_address)}
        actions = {name: partial(all_of, place, jobs) for name, place in places.items()}
        steps = plan.games * one.length
        return beside("dask", actions["dask"], actions["plain"], steps, rounds)


def all_of(place: Here | Cluster, jobs: list[Job]) -> None:
    """Do jobs in a place, and drop their rows."""
    for job, rows in place.results(batch, jobs):
        if rows.num_rows != BATCH:
            raise RuntimeError(f"bench: job {job.number} gave {rows.num_rows} rows")


def door_lines(found: Mapping[str, Tree]) -> list[str]:
    """The costs as text."""
    text = ["whole games through a door: steps a second (games times quarters), beside plain games in this process"]
    for name, one in found.items():
        if "missing" in one:
            text.append(f"  {name}: not measured; {one['missing']}")
            continue
        for worlds, each in one.get("worlds", {"": one}).items():
            called = f"{name}, {int(worlds):,} games" if worlds else name
            text.append(
                f"  {called:<47} {each['steps_per_second']:>8,.0f}, plain {each['plain_steps_per_second']:>8,.0f}:"
                f" {each['times_as_long']:.2f} times as long"
            )
    return text
