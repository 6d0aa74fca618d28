"""Speed: whole games a second, with their rows, on one core and on two."""

import time
from collections.abc import Mapping
from statistics import median
from typing import Any

from play.shards import Plan, cut, play

Tree = dict[str, Any]

CORES = (1, 2)
SHARDS = 14
"""Batches that are played in each round."""
BATCH = 512


def rate(plan: Plan, shards: list[tuple[int, int]], workers: int) -> float:
    """Games a second once every worker is at work: the first batch of each worker is not counted, nor is its start."""
    ends, games = [], []
    for shard in play(plan, shards, workers):
        ends.append(time.perf_counter())
        games.append(shard.end - shard.first)
    return sum(games[workers:]) / (ends[-1] - ends[workers - 1])


def speed(scenario: str, rounds: int) -> Tree:
    """Games a second by number of cores, and how many times as many two cores play as one."""
    plan = Plan(scenario, SHARDS * BATCH)
    shards = cut(plan.games, SHARDS, [])
    found: dict[int, list[float]] = {cores: [] for cores in CORES}
    for _ in range(rounds):
        for cores in CORES:
            found[cores].append(rate(plan, shards, cores))
    return {
        "games_a_batch": BATCH,
        "games_per_second": {str(cores): median(rates) for cores, rates in found.items()},
        "times_as_many_on_two": median(two / one for one, two in zip(found[1], found[2], strict=True)),
    }


def speed_lines(found: Mapping[str, Any]) -> list[str]:
    """The speeds as text."""
    text = [f"whole games with their rows, {found['games_a_batch']} a batch"]
    for cores, rates in found["games_per_second"].items():
        text.append(f"  {rates:>10,.0f} games a second on {cores} core{'s' if cores != '1' else ''}")
    return [*text, f"  {found['times_as_many_on_two']:>10.2f} times as many on two as on one"]
