"""Command: `bench --arena`, as a table or as JSON."""

import json
import os
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

import numpy as np

from arena.bench.doors import door_lines, through_doors
from arena.bench.growth import growth, growth_lines
from arena.bench.memory import memory, memory_lines
from arena.bench.speed import speed, speed_lines
from play.commands.bench import check_changed
from play.commands.doors import at_least, tell
from world.scenario import opened, read
from world.turn import advance

Tree = dict[str, Any]


def main(args: Namespace) -> int:
    """Measure the arena: every figure is the median over so many rounds, every ratio is of one round."""
    rounds = at_least(args.runs, 1, "runs")
    changes(args.scenario)
    found = measured(args.scenario, rounds)
    if args.json:
        print(json.dumps(found, indent=2))
    else:
        tell(lines(found))
    return 0


def changes(scenario: str) -> None:
    """Refuse to time turns that change nothing; raises ScenarioError for what is no scenario."""
    world, rules = opened(read(scenario), np.array([1, 2], dtype=np.uint64))
    check_changed(world, advance(world, world.ordered, rules))


def measured(scenario: str, rounds: int) -> Tree:
    """Everything that `bench --arena` says; memory is measured once, for it hardly differs."""
    return {
        "scenario": scenario,
        "rounds": rounds,
        "cores": os.cpu_count(),
        "speed": speed(scenario, rounds),
        "doors": through_doors(scenario, rounds),
        "growth": growth(scenario, rounds),
        "memory": memory(scenario),
    }


def lines(found: Mapping[str, Any]) -> list[str]:
    """The measurements as text."""
    return [
        f"{found['scenario']}, medians of {found['rounds']} rounds, a machine with {found['cores']} cores",
        "",
        *speed_lines(found["speed"]),
        "",
        *door_lines(found["doors"]),
        "",
        *growth_lines(found["growth"]),
        "",
        *memory_lines(found["memory"]),
    ]
