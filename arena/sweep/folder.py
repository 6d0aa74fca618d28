"""Folder: what a sweep writes, from its first part to the last."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from arena.jobs import parts
from arena.places.identity import difference, identity
from arena.sweep.answers import QUANTILES, Curve
from arena.sweep.designs import INDICES, METHODS
from arena.sweep.report import page
from arena.sweep.work import Task, described
from play.packing import whole_file, written
from play.results import (
    PARTS,
    Folder,
    ResultsError,
    join,
    read_json,
    unfinished,
    write_dictionary,
    write_json,
)
from play.shards import told
from play.tables import Column, arrow

Array = np.ndarray
Tree = dict[str, Any]

SWEEP, RESPONSES, REPORT = "sweep.parquet", "responses.parquet", "report.html"
README = """\
# A sweep of {title}

| file | a row is |
|---|---|
| `sweep.parquet` | a set of varied numbers and a game: the numbers, and the game's outcomes |
| `responses.parquet` | an outcome, a varied number and a place of it: quantiles over the games there{indices} |
| `report.html` | response plots, as one page that needs nothing else |
| `dictionary.json`, `dictionary.csv` | a column of these tables: its type, unit and meaning |
| `run.json` | how the games were made: scenario, rules, design, seed, players, settings, timings |

How to read it: docs/sweeps.md. Ranges over these games say what the model allows, not what will happen.
"""


class SweepFolder(Folder):
    """A sweep's folder: while it is played, everything is in a draft beside it."""

    def _check_same(self, old: Tree) -> None:
        if found := difference(identity(), old.get("made_with", {})):
            raise ResultsError(
                f"--resume: {self.path} {found}; old and new rows would not agree, so choose a new folder"
            )
        super()._check_same(old)

    def put_together(self) -> Path:
        """Make one table of the parts."""
        with whole_file(self.draft / SWEEP) as file:
            join(parts(self.parts), file)
        return self.draft / SWEEP

    def end(self, task: Task, sets: int, curves: Sequence[Curve], about: Tree) -> None:
        """Write what is made of the rows, and let the folder appear under its name.

        Parts go last, so that a sweep that is stopped meanwhile is still there, whole or to be gone on with.
        """
        import pyarrow.parquet as pq

        responses = response_columns(task, curves)
        with whole_file(self.draft / RESPONSES) as file:
            pq.write_table(arrow(responses), file, compression="zstd")
        columns = {"sweep": [told(one) for one in described(task)], "responses": [told(one) for one in responses]}
        more = ", and what SALib makes of it" if METHODS[task.method].indices else ""
        write_dictionary(self.draft, columns, README.format(title=about["scenario"]["title"], indices=more))
        written(self.draft / REPORT, page(task, sets, curves).encode("utf-8"))
        write_json(self.draft / "run.json", about)
        if self.path.exists():
            self.path.rmdir()
        self.draft.rename(self.path)
        (self.path / "plan.json").unlink()
        shutil.rmtree(self.path / PARTS)


def is_complete(path: Path, plan: Tree) -> bool:
    """Whether a folder already holds all of a sweep; raises ResultsError where it holds something else."""
    if unfinished(path) is not None or not (path / "run.json").is_file():
        return False
    if read_json(path / "run.json").get("plan") != plan:
        raise ResultsError(
            f"--resume: {path} holds something else that is finished; choose a new folder, or give the same command"
        )
    return True


def response_columns(task: Task, curves: Sequence[Curve]) -> list[Column]:
    """The curves as a table: a row an outcome, a number and a place."""
    outcomes, keys = task.setup.outcomes, tuple(dict.fromkeys(curve.key for curve in curves))
    sizes = [curve.at.size for curve in curves]

    def repeated(values: Sequence[float]) -> Array:
        return np.repeat(np.array(values), sizes)

    found = [
        Column("outcome", "", "the outcome", repeated([outcomes.index(one.outcome) for one in curves]), outcomes),
        Column("varied", "", "the number that was varied", repeated([keys.index(one.key) for one in curves]), keys),
        Column(
            "at", "as varied", "the number, in the middle of its stretch", np.concatenate([one.at for one in curves])
        ),
        Column("games", "games", "games there", np.concatenate([one.games for one in curves])),
    ]
    for row, quantile in enumerate(QUANTILES):
        values = np.concatenate([one.quantiles[row] for one in curves])
        doc = f"the outcome below which {100 * quantile:.0f} % of the games are"
        found.append(Column(f"p{100 * quantile:.0f}", "as the outcome", doc, values))
    doc = "variance of the outcome between games that goes with the number"
    found.append(Column("share", "share", doc, repeated([one.share for one in curves])))
    for kind in METHODS[task.method].indices:
        unit = "share" if kind.startswith("S") else "as the outcome"
        found.append(Column(kind, unit, INDICES[kind], repeated([one.indices[kind] for one in curves])))
    return found
