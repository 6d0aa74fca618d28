"""Compare: what one run did to the games of another, pair by pair."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from play.commands.doors import Refused, tell, tell_json
from play.figures import Effect, aligned, effect, figure
from play.results import Run, read_run
from play.summary import count

Array = np.ndarray
SHORT = ("", "A", "B", "B less A", "95 % interval", "higher in", "unit")
SKIPPED = ("game", "seed", "turns")
ENOUGH = 30


def main(args: Namespace) -> int:
    """Print the paired effects of two runs."""
    a, b = read_run(Path(args.run_a)), read_run(Path(args.run_b))
    in_a, in_b = paired(a, b)
    effects = {
        name: effect(a.games[name][in_a].astype(float), b.games[name][in_b].astype(float))
        for name in a.games
        if name in b.games and name not in SKIPPED and a.games[name].dtype.kind in "fiub"
    }
    if args.json:
        tell_json(as_tree(a, b, effects, in_a.size))
        return 0
    tell(lines(a, b, effects, in_a.size, args.all))
    return 0


def paired(a: Run, b: Run) -> tuple[Array, Array]:
    """The rows of both runs that are the same game, by seed."""
    names = [run.about["scenario"]["name"] for run in (a, b)]
    if names[0] != names[1]:
        raise Refused(f"compare: {a.path} plays {names[0]} and {b.path} plays {names[1]}; compare runs of one scenario")
    _, in_a, in_b = np.intersect1d(a.games["seed"], b.games["seed"], return_indices=True)
    if not in_a.size:
        raise Refused(
            f"compare: {a.path} (seed {a.about['seed']}) and {b.path} (seed {b.about['seed']}) "
            "have no game in common; run both with the same --seed"
        )
    order = np.argsort(in_a)
    return in_a[order], in_b[order]


def differences(a: Run, b: Run) -> list[str]:
    """What the two runs were told differently."""
    found = []
    for key in ("players", "settings"):
        one, other = a.about[key], b.about[key]
        for name in dict.fromkeys([*one, *other]):
            if one.get(name) != other.get(name):
                found.append(f"{name}: {one.get(name, 'as it is')} in A, {other.get(name, 'as it is')} in B")
    if a.about["script"] != b.about["script"]:
        found.append(f"script: {a.about['script'] or 'none'} in A, {b.about['script'] or 'none'} in B")
    return found


def lines(a: Run, b: Run, effects: dict[str, Effect], pairs: int, is_all: bool) -> list[str]:
    """The effects as text: the lead, and those whose interval leaves zero out, or all there are."""
    text = [f"A: {a.path}", f"B: {b.path}", f"{count(pairs)} in both", ""]
    text += [f"  {told}" for told in differences(a, b)]
    told = {n: e for n, e in effects.items() if is_all or n == "lead" or is_told(n, e)}
    rows = [SHORT, *(row(name, one, a.columns[name]["unit"]) for name, one in told.items())]
    text += ["", *aligned(rows), ""]
    if len(told) < len(effects):
        text += [f"{len(effects) - len(told)} more, or not told apart from zero; --all shows them"]
    if pairs < ENOUGH:
        text += [f"Fewer than {ENOUGH} pairs: read the intervals as rough."]
    return text


def is_told(name: str, one: Effect) -> bool:
    """Whether a short table shows an effect: of the game as a whole or on a seat, and told from zero."""
    return is_clear(one) and ("." not in name or name.startswith("objective."))


def is_clear(one: Effect) -> bool:
    """Whether an interval leaves zero out."""
    return bool(one.low > 0 or one.high < 0)


def row(name: str, one: Effect, unit: str) -> tuple[str, ...]:
    """An effect as a row: medians of both, mean difference, interval, share of pairs that rose."""
    interval = f"{figure(one.low)} to {figure(one.high)}"
    return (
        name,
        figure(one.before),
        figure(one.after),
        figure(one.mean),
        interval,
        f"{figure(100 * one.rising, 2)} %",
        unit,
    )


def as_tree(a: Run, b: Run, effects: dict[str, Effect], pairs: int) -> dict[str, Any]:
    """The effects for machines."""
    return {
        "a": str(a.path),
        "b": str(b.path),
        "pairs": pairs,
        "differences": differences(a, b),
        "effects": {
            name: {
                "median_a": one.before,
                "median_b": one.after,
                "mean_difference": one.mean,
                "low95": one.low,
                "high95": one.high,
                "share_higher": one.rising,
                "unit": a.columns[name]["unit"],
            }
            for name, one in effects.items()
        },
    }
