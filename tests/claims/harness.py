"""Claims: paired worlds under common luck with the others' orders held, and how they are judged.

A claim is a mechanism that pulls one way. `arm` plays worlds with a lever held, or the baseline
with none, and `assert_claim` judges the difference: among the worlds where the lever binds (at
least 30 %) the strict sign holds in 95 %, and elsewhere the wrong sign never does. `assert_shown`
adds the second half of every claim: with the mechanism's coefficient at zero it must fail.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from agents.rollout import handed_in, seated, turned
from world.chance import game_seed
from world.rules import Rules
from world.scenario import opened, read
from world.state import World, columns, replace
from world.turn import advance, layout_of

Array = np.ndarray
Settings = Mapping[str, str | float]
Hold = Mapping[tuple[Any, ...], Any]
Measure = Callable[[Settings], tuple[Array, Array]]
"""From settings to the effect of a lever and where it binds, one of each a world."""

WORLDS = 256
SCENARIO = "november-2025"
LONG = 100
"""Quarters that settings wait while an arm plays them: the log itself says what is in force."""


def opening(settings: Settings | None = None, worlds: int = WORLDS, scenario: str = SCENARIO) -> tuple[World, Rules]:
    """Worlds of the scenario and their coefficients, with settings `{"rules.directive": 0}`."""
    return _opening(tuple(sorted((settings or {}).items())), worlds, scenario)


@cache
def _opening(settings: tuple[tuple[str, Any], ...], worlds: int, scenario: str) -> tuple[World, Rules]:
    seeds = np.array([game_seed(1, game) for game in range(worlds)], dtype=np.uint64)
    world, rules = opened(read(scenario), seeds, dict(settings))
    for name in columns():
        getattr(world, name).flags.writeable = False
    return world, rules


@dataclass(frozen=True)
class Log:
    """What every dial was set to, and stood at, in each quarter of a baseline."""

    ordered: tuple[Array, ...]
    in_force: tuple[Array, ...]

    def __len__(self) -> int:
        return len(self.ordered)


def log(world: World, rules: Rules, turns: int, doctrine: str | Mapping[str, str] = "still") -> Log:
    """The dials of a baseline in which every seat follows a doctrine, or each its own by name."""
    if doctrine == "still":
        return Log((world.ordered,) * turns, (world.in_force,) * turns)
    named = everybody(world, doctrine) if isinstance(doctrine, str) else dict(doctrine)
    players = seated(world.cast, world.seed.size, named)
    ordered, in_force = [], []
    for _ in range(turns):
        world = turned(world, rules, players)
        ordered.append(world.ordered)
        in_force.append(world.in_force)
    return Log(tuple(ordered), tuple(in_force))


def arm(
    world: World,
    rules: Rules,
    logged: Log,
    turns: int | None = None,
    hold: Hold | None = None,
    decides: Mapping[str, str] | None = None,
) -> list[World]:
    """The worlds after each quarter, with the logged dials of all seats but those that are held.

    A key of `hold` names a dial: (kind, amount, picks, issuer), as in
    `("direct_wafers", "share", ("huawei",))` or `("size_systems", "chips", (), "huawei")`; without
    picks or issuer it means all of them. Its value is in the amount's unit: a number, an array over
    worlds, or a list with one of these (or None: as logged) for each quarter. It bites at once, and
    takes no move and no price. A seat in `decides` follows its doctrine instead, by the usual rules.
    """
    result, deciding = [], rows_of_seats(world, decides or {})
    players = seated(world.cast, world.seed.size, everybody(world, "still") | dict(decides or {}))
    for quarter in range(len(logged) if turns is None else turns):
        ordered, in_force = logged.ordered[quarter].copy(), logged.in_force[quarter].copy()
        for dial, value in (hold or {}).items():
            now = value[quarter] if isinstance(value, list | tuple) else value
            if now is not None:
                _set(world, ordered, in_force, dial, now)
        own = np.isin(layout_of(world.cast).delayed, deciding)
        ordered[deciding], in_force[own] = world.ordered[deciding], world.in_force[own]
        waits = np.where(own[:, None], world.wait, LONG).astype(world.wait.dtype)
        ready = replace(world, ordered=ordered, in_force=in_force, wait=waits)
        wanted, notes = handed_in(ready, players) if deciding.size else (ordered, None)
        world = advance(ready, wanted, rules, notes=notes)
        result.append(world)
    return result


def everybody(world: World, doctrine: str) -> dict[str, str]:
    """One doctrine for every seat."""
    return dict.fromkeys((seat.name for seat in world.cast.seats), doctrine)


def rows_of_seats(world: World, names: Iterable[str]) -> Array:
    """Rows of the table of dials that belong to some seats."""
    seats = [world.cast.at("seats", name) for name in names]
    return np.flatnonzero(np.isin(layout_of(world.cast).seat_of_dial, seats))


def _set(world: World, ordered: Array, in_force: Array, dial: tuple[Any, ...], value: Any) -> None:
    rows, steps = dial_rows(world, *dial), dial_steps(world, dial, value)
    ordered[rows] = steps
    in_force[np.isin(layout_of(world.cast).delayed, rows)] = steps


def dial_rows(world: World, kind: str, amount: str, picks: Sequence[str] = (), issuer: str | None = None) -> Array:
    """Rows of the table of dials that a name means."""
    cast, place = world.cast, layout_of(world.cast).places[kind]
    dials = place.dials[amount]
    rows = np.arange(dials.start, dials.stop).reshape(place.shape)
    if issuer is not None:
        seats = [cast.seats[seat].name for seat in cast.seats_of(place.kind.issuer)]
        rows = rows[[seats.index(issuer)]]
    for axis, (pick, name) in enumerate(zip(place.kind.picks, picks, strict=False), start=1):
        rows = rows.take([cast.at(pick.axis, name)], axis=axis)
    return rows.ravel()


def dial_steps(world: World, dial: tuple[Any, ...], value: Any) -> Array:
    """A setting in steps; it must be one that a seat could order."""
    kind, amount = layout_of(world.cast).places[dial[0]].kind, dial[1]
    declared = next(a for a in kind.amounts if a.name == amount)
    asked = np.asarray(value, dtype=float)
    assert ((asked >= declared.low) & (asked <= declared.high)).all(), f"{dial}: {value}"
    return np.rint((asked - declared.low) / declared.step).astype(np.int16)


def change(after: Array, before: Array, least: float = 0.0) -> Array:
    """Relative change in each world; less than `least` counts as none, in either direction."""
    after, before = np.asarray(after, dtype=float), np.asarray(before, dtype=float)
    relative = (after - before) / np.maximum(np.abs(before), 1e-9)
    return np.where(np.abs(relative) < least, 0.0, np.sign(after - before) * np.abs(relative))


def chips_made(world: World, maker: str) -> Array:
    """Accelerators a maker finished in the quarter."""
    return world.cast.by_maker.summed(world.packed)[world.cast.at("chipmakers", maker)].astype(float)


@dataclass(frozen=True)
class Verdict:
    """How a claim fares in worlds where its lever binds, and elsewhere."""

    binding: float
    strict: float
    wrong_elsewhere: float
    least: float

    @property
    def holds(self) -> bool:
        """Whether the claim is shown."""
        return self.binding >= 0.3 and self.strict >= self.least and self.wrong_elsewhere == 0

    def __str__(self) -> str:
        return (
            f"the lever binds in {self.binding:.1%} of worlds (30 % at least), the strict sign "
            f"holds in {self.strict:.1%} of those ({self.least:.0%} at least), and elsewhere the "
            f"sign is wrong in {self.wrong_elsewhere:.1%} (never)"
        )


def verdict(effect: Array, binds: Array, sign: int, least: float = 0.95) -> Verdict:
    """Judge an effect that should have a sign where the lever binds; a tie is no success."""
    assert effect.shape == binds.shape
    assert effect.size >= WORLDS, f"{effect.size} worlds are too few"
    right, wrong = sign * effect > 0, sign * effect < 0
    return Verdict(
        float(binds.mean()),
        float(right[binds].mean()) if binds.any() else 0.0,
        float(wrong[~binds].mean()) if not binds.all() else 0.0,
        least,
    )


def assert_claim(effect: Array, binds: Array, sign: int, least: float = 0.95) -> Verdict:
    """Fail unless the claim is shown; gives the figures."""
    found = verdict(effect, binds, sign, least)
    assert found.holds, str(found)
    return found


def assert_fails(effect: Array, binds: Array, sign: int, least: float = 0.95, bound: Array | None = None) -> Verdict:
    """Fail if the claim is shown, also in the worlds that were bound with the mechanism on."""
    found = verdict(effect, binds, sign, least)
    assert not found.holds, f"shown without its mechanism: {found}"
    if bound is not None:
        same = verdict(effect, bound, sign, least)
        assert same.strict < least, f"the sign is there without its mechanism: {same}"
    return found


def assert_shown(measure: Measure, sign: int, off: Settings, least: float = 0.95) -> tuple[Verdict, Verdict]:
    """A whole claim: shown as the rules are, and not with its mechanism's coefficient at zero.

    The second run is judged where its own lever binds and where it did with the mechanism on, so
    that it does not fail merely because nothing binds.
    """
    effect, binds = measure({})
    shown = assert_claim(effect, binds, sign, least)
    without, binds_without = measure(off)
    return shown, assert_fails(without, binds_without, sign, least, binds)
