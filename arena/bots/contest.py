"""Contest: as `run`, with bots in some seats."""

import math
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from arena.bots.door import Door
from arena.bots.process import CannotStart, Limits
from arena.bots.seats import Seats
from arena.bots.sent import hello
from play.commands.doors import Refused, warn
from play.commands.run import carried_out, planned
from play.outside import MARK
from play.shards import Plan
from play.story import story_of
from world.cast import Cast
from world.scenario import Scenario, opened
from world.scenario_text import remedy
from world.view import view

EXAMPLE = "washington='python3 examples/hawkish.py'"
LONGEST = 86_400.0
"""Seconds that one may wait at most."""


def main(args: Namespace) -> int:
    """Play the games, one after another, and say what the bots forfeited."""
    plan, scenario = planned(args)
    commands = bots(args, plan, scenario.cast)
    limits = Limits(
        turn=seconds(args.seconds, "seconds"),
        game=seconds(args.game_seconds, "game-seconds"),
        start=seconds(args.start_seconds, "start-seconds"),
    )
    held = {seat: MARK + command for seat, command in commands.items()}
    plan = replace(plan, players={**plan.players, **held})
    doors: dict[str, Door] = {}
    try:
        for seat, command in commands.items():
            doors[seat] = started(seat, command, limits)
        greet(doors, plan, scenario)
        seats = Seats(doors)
        status = carried_out(plan, scenario, args, seats)
    finally:
        for door in doors.values():
            door.close()
    for seat, account in seats.account().items():
        report(seat, account)
        if args.stderr:
            warn(f"{seat} on standard error:\n{doors[seat].last_words.rstrip() or '(nothing)'}")
    return status


def bots(args: Namespace, plan: Plan, cast: Cast) -> dict[str, str]:
    """The command of each seat that a bot holds; raises Refused."""
    found: dict[str, str] = {}
    for word in args.bot:
        seat, equals, command = (part.strip() for part in word.partition("="))
        if not seat or not equals or not command:
            raise Refused(f"--bot {word}: write seat=COMMAND, such as {EXAMPLE}")
        if seat not in cast.names["seats"]:
            raise Refused(f"--bot {word}: there is no seat '{seat}'; {remedy(seat, cast.names['seats'])}")
        if seat in found or seat in plan.players:
            raise Refused(f"--bot {word}: somebody else holds {seat}; name one player for a seat")
        found[seat] = command
    if not found:
        raise Refused(f"contest: nobody from elsewhere plays; add --bot {EXAMPLE}, or use run")
    return found


def seconds(value: float, option: str) -> float:
    """A time that one can wait."""
    if not math.isfinite(value) or not 0.001 <= value <= LONGEST:
        raise Refused(f"--{option} {value:g}: write seconds from 0.001 to {LONGEST:g}")
    return value


def started(seat: str, command: str, limits: Limits) -> Door:
    """The bot of a seat; raises Refused where there is none."""
    try:
        return Door(command, limits)
    except CannotStart as error:
        raise Refused(f"--bot {seat}={command}: {error}") from None


def greet(doors: Mapping[str, Door], plan: Plan, scenario: Scenario) -> None:
    """Say hello to every bot; raises Refused for one that is not ready."""
    world, _ = opened(scenario, np.array([plan.seeds(0, 1)[0]], dtype=np.uint64))
    for seat, door in doors.items():
        try:
            door.greet(hello(view(world, seat), story_of(scenario, plan.settings), plan.games, door.limits))
        except CannotStart as error:
            raise Refused(f"--bot {seat}: {error}") from None


def report(seat: str, account: Mapping[str, Any]) -> None:
    """Say on standard error how often a bot was asked, and what it forfeited."""
    name = account["name"] or account["player"]
    asked, forfeited = account["asked"], account["forfeited"]
    if not forfeited:
        warn(f"{seat} ({name}): asked for {asked} quarters, none forfeited")
        return
    causes = ", ".join(f"{cause} {count}" for cause, count in account["causes"].items())
    warn(f"{seat} ({name}): asked for {asked} quarters, {forfeited} forfeited to standard ({causes})")
    for reason in account["reasons"]:
        warn(f"  {reason}")
