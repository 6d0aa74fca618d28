"""Sensitivity: the command that tells which of the numbers that nobody knows move an outcome."""

import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from play.commands.doors import (
    STOPPED,
    Refused,
    at_least,
    check_players,
    pairs,
    progress,
    seed_of,
    tell,
    tell_json,
    warn,
)
from play.evidence.sensitivity import INDICES, Result, Task, analysed, dictionary, index_columns
from play.evidence.sensitivity_page import lines, page
from play.evidence.simulate import Setup, check_outcomes
from play.evidence.store import Store, write_table
from play.packing import written
from play.results import program, write_dictionary, write_json
from play.shards import WorkerLost, scenario_of

README = """\
# What moves {title}

| file | a row is |
|---|---|
| `sensitivity.md`, `sensitivity.html` | the result as a table, and as one page with pictures |
| `indices.parquet` | an outcome and a quantity: elementary effects and Sobol indices |
| `morris.parquet`, `sobol.parquet` | a game: its seed, what every parameter was, its outcomes, in the order of the design |
| `dictionary.json`, `dictionary.csv` | a column of these tables: its type, unit and meaning |
| `plan.json`, `made.json` | what was asked for; versions and time |

How to read it: docs/sensitivity.md.
"""


def main(args: Namespace) -> int:
    """Play both designs, print the table, and write it where asked."""
    task = asked(args)
    store = Store(Path(args.out) if args.out else None)
    store.begin(task.identity)
    begun = time.perf_counter()
    try:
        result = analysed(task, store, args.workers, bar_of(task))
    except (KeyboardInterrupt, WorkerLost) as error:
        kept = "the same command goes on with what is done" if args.out else "nothing is kept; add --out to go on later"
        warn(f"{str(error) or 'stopped'}; {kept}")
        return STOPPED
    if store.path is not None:
        write(result, store.path, time.perf_counter() - begun)
        store.end()
        warn(f"written to {store.path}")
    if args.json:
        tell_json(tree(result))
    else:
        tell(lines(result))
    return 0


def asked(args: Namespace) -> Task:
    """The analysis in the words, with all that can be wrong in it refused."""
    at_least(args.trajectories, 2, "trajectories")
    at_least(args.keep, 1, "keep")
    at_least(args.workers, 1, "workers")
    if args.sets < 16 or args.sets & (args.sets - 1):
        raise Refused(f"--sets {args.sets}: write a power of two from 16 on, such as 1024")
    players = pairs(args.player, "player", "seat=doctrine, such as washington=hawk")
    settings = pairs(args.set, "set", "key=value, such as rules.diffusion=0.2:0.4")
    scenario = scenario_of(args.scenario, tuple(settings.items()))
    check_players(players, scenario.cast)
    if not scenario.begins.drawn():
        raise Refused(
            f"{args.scenario}: draws no number, so there is nothing to be sensitive to; give one low and high"
        )
    champion = scenario.cast.names["chipmakers"][scenario.cast.champion]
    outcomes = tuple(dict.fromkeys(args.outcome)) or ("lead", "smuggled_h100e", f"{champion}_h100e")
    check_outcomes(outcomes, scenario)
    setup = Setup(args.scenario, outcomes, tuple(players.items()), tuple(settings.items()))
    return Task(setup, args.trajectories, args.sets, args.keep, args.all, seed_of(args.seed))


def bar_of(task: Task) -> Callable[[str, int], object]:
    """A progress bar on standard error for the games of a design."""
    length = task.scenario.length

    @contextmanager
    def bar(_: str, games: int) -> Iterator[Callable[[int], None]]:
        with progress(games, length) as step:
            yield lambda finished: step(finished * length) if step is not None else None

    return bar


def tree(result: Result) -> dict[str, object]:
    """The analysis for machines."""
    outcomes = {
        name: {
            **result.ranges[name],
            "quantities": {one.quantity: {key: one[key] for key in INDICES} for one in result.of(name)},
        }
        for name in result.task.setup.outcomes
    }
    games = {design.name: design.sets for design in (result.screened, result.parted)}
    return {"scenario": result.task.setup.scenario, "seed": result.task.seed, "games": games, "outcomes": outcomes}


def write(result: Result, folder: Path, seconds: float) -> None:
    """Everything that is made of the games, into their folder."""
    text = [f"# What moves {result.task.scenario.title}", "", *lines(result)]
    written(folder / "sensitivity.md", ("\n".join(text) + "\n").encode("utf-8"))
    written(folder / "sensitivity.html", page(result).encode("utf-8"))
    write_table(folder / "indices.parquet", index_columns(result))
    write_dictionary(folder, dictionary(result.task), README.format(title=result.task.scenario.title))
    write_json(folder / "made.json", {**dict(program()), "seconds": round(seconds, 3)})
