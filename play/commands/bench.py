"""Bench: how fast a turn is, where its time goes, and how far that is from what the machine allows."""

import json
import resource
import time
from argparse import Namespace
from collections.abc import Callable
from typing import Any

import numpy as np

from agents.rollout import Players, handed_in, seated
from play.commands.bench_asking import asking, asking_lines
from play.commands.counting import counted
from play.commands.doors import at_least
from play.model import Chokepoint
from world.chance import Chance
from world.rules import Rules
from world.scenario import opened, read
from world.state import World, bytes_a_world, columns, stored
from world.turn import PHASES, advance, commanded, layout_of

SIZES = (1, 64, 512, 1024)
GOAL = 50_000.0
"""Game-turns per second and core at 512 games."""


class Unchanged(RuntimeError):
    """A turn that did nothing was about to be timed."""


def best(action: Callable[[], Any], runs: int) -> float:
    """Seconds of the fastest of several runs: the one the machine disturbed least."""
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def turns_per_second(scenario: str, games: int, runs: int) -> float:
    """Game-turns a second of whole games: every seat `standard`, parameters drawn, recording on.

    The scenario is read once, and games are forgotten when they have been played, as in a run.
    """
    story, seeds = read(scenario), range(1, games + 1)

    def whole_game() -> float:
        model = Chokepoint(story, seeds=seeds)
        before = model.world
        begun = time.perf_counter()
        while model.running:
            model.step()
        taken = time.perf_counter() - begun
        check_changed(before, model.world)
        taken /= model.record.turns
        model.forget()
        return taken

    return games / min(whole_game() for _ in range(runs))


def check_changed(before: World, after: World) -> None:
    """Refuse to time a step that does nothing: most quantities must have moved in every game."""
    moved = sum(
        bool((getattr(before, name) != getattr(after, name)).reshape(-1, before.seed.size).any(0).all())
        for name in columns()
        if getattr(before, name).size
    )
    if moved < len(columns()) // 2 or not (after.turn > before.turn).all():
        raise Unchanged(f"bench: only {moved} of {len(columns())} quantities moved in every game")


def shares(scenario: str, games: int, runs: int) -> dict[str, float]:
    """Share of a turn spent in deciding, in each phase, and in what lies between, and the whole in ms."""
    world, rules = opened(read(scenario), np.arange(1, games + 1, dtype=np.uint64))
    players = seated(world.cast, games)
    for _ in range(4):
        wanted, notes = handed_in(world, players)
        world = advance(world, wanted, rules, notes=notes)
    times = {"deciding": best(lambda: handed_in(world, players), runs)}
    wanted, notes = handed_in(world, players)
    layout = layout_of(world.cast)
    chance = Chance(world.seed, world.turn, "world/")
    after, _ = commanded(world, wanted, notes, layout)
    between = best(lambda: commanded(world, wanted, notes, layout), runs)
    orders = layout.named(layout.settings(after))
    between += best(lambda: layout.named(layout.settings(after)), runs)
    for phase in PHASES:
        times[phase.__name__] = best(lambda: phase(after, orders, rules, chance), runs)  # noqa: B023
        after = phase(after, orders, rules, chance)
    times["between"] = between + best(lambda: stored(after), runs)
    return times


def machine() -> dict[str, float]:
    """What this machine moves and calls: bytes a second in a sum of three rows, seconds a small call."""
    size = 8_000_000
    a, b, c = (np.ones(size) for _ in range(3))

    def triad() -> None:
        np.multiply(b, 3.0, out=a)
        np.add(a, c, out=a)

    small, other = np.ones(64), np.ones(64)

    def calls() -> None:
        for _ in range(1000):
            np.add(small, other, out=small)

    return {
        "triad_bytes_per_second": 5 * size * 8 / best(triad, 5),
        "call_seconds": best(calls, 5) / 1000,
    }


def touched(world: World, rules: Rules, players: Players) -> dict[str, float]:
    """Array calls of one turn and the bytes they read and write, counted while it is played."""
    wanted, notes = handed_in(world, players)
    return counted(lambda seen: advance(seen, wanted, rules, notes=notes), world)


def measured(scenario: str, runs: int) -> dict[str, Any]:
    """Everything the bench says."""
    speed = {str(games): turns_per_second(scenario, games, runs) for games in SIZES}
    times = shares(scenario, 512, 3 * runs)
    whole = sum(times.values())
    world, rules = opened(read(scenario), np.arange(1, 513, dtype=np.uint64))
    host = machine()
    seen = touched(world, rules, seated(world.cast, 512))
    floor = seen["bytes"] / host["triad_bytes_per_second"] + seen["calls"] * host["call_seconds"]
    advancing = whole - times["deciding"]
    return {
        "scenario": scenario,
        "turns_per_second": speed,
        "microseconds_a_game_turn": {games: 1e6 / per for games, per in speed.items()},
        "milliseconds_a_turn_of_one_game": 1e3 / speed["1"],
        "share": {name: taken / whole for name, taken in times.items()},
        "milliseconds_a_turn_of_512": 1e3 * whole,
        "bytes_a_world": bytes_a_world(world),
        "peak_memory_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "floor": {
            **seen,
            **host,
            "milliseconds": 1e3 * floor,
            "time_over_floor": advancing / floor,
        },
        "asking": asking(scenario, best, 3 * runs),
        "goal": {"turns_per_second": GOAL, "met": speed["512"] >= GOAL},
    }


def lines(result: dict[str, Any]) -> list[str]:
    """The measurements as text."""
    text = ["games a batch   game-turns a second   microseconds a game-turn"]
    for games, speed in result["turns_per_second"].items():
        text.append(f"{games:>13}   {speed:>19,.0f}   {1e6 / speed:>24.1f}")
    text.append("")
    text.append(f"one turn of one game {result['milliseconds_a_turn_of_one_game']:.1f} ms (goal: under 5)")
    text.append(f"one turn of 512 games {result['milliseconds_a_turn_of_512']:.1f} ms, of which")
    for name, share in sorted(result["share"].items(), key=lambda item: -item[1]):
        text.append(f"  {name:<12} {100 * share:4.1f} %")
    floor = result["floor"]
    text.append(
        f"a turn calls numpy {floor['calls']:,.0f} times on {floor['bytes'] / 1e6:,.0f} MB; memory at "
        f"{floor['triad_bytes_per_second'] / 1e9:.1f} GB/s and {1e6 * floor['call_seconds']:.2f} "
        f"microseconds a call would need {floor['milliseconds']:.1f} ms: "
        f"{floor['time_over_floor']:.1f} times that is used"
    )
    text.append(f"a world holds {result['bytes_a_world'] / 1024:.1f} KB (goal: at most 12)")
    text.append(f"peak memory {result['peak_memory_megabytes']:.0f} MB")
    text += ["", *asking_lines(result["asking"]), ""]
    verdict = "met" if result["goal"]["met"] else "not met"
    text.append(f"goal of {GOAL:,.0f} game-turns a second and core at 512: {verdict}")
    return text


def main(scenario: str = "november-2025", *, as_json: bool = False, runs: int = 3) -> int:
    """Print the bench, as text or JSON."""
    result = measured(scenario, runs)
    print(json.dumps(result, indent=2) if as_json else "\n".join(lines(result)))
    return 0


def measure(args: Namespace) -> int:
    """Measure what the words ask for."""
    return main(args.scenario, as_json=args.json, runs=at_least(args.runs, 1, "runs"))
