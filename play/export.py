"""Export: a game as a save, or its rows in one table of a run, as CSV, Parquet or JSON."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from play.drawn import drawn_in
from play.packing import whole_file, written_by
from play.record import KEPT
from play.save import ENDING, Saved
from play.tables import Column, Played, all_tables, arrow
from world.scenario import ScenarioError, read

FORMS = (ENDING, ".parquet", ".csv", ".json")
"""How the name of an exported file may end: a save, or rows."""


def form_of(path: Path) -> str:
    """Which form the name of a file asks for (empty: none that there is)."""
    return next((form for form in FORMS if path.name.endswith(form) and path.name != form), "")


def tables_of(game: Saved) -> Mapping[str, Sequence[Column]]:
    """The rows of a saved game in the tables of a run; it is the only game of its run.

    What was drawn for it is told where its scenario can still be read.
    """
    story = game.story
    try:
        drawn = drawn_in(read(story.name).changed(story.settings))
    except ScenarioError:
        drawn = ()
    seeds = np.array([game.seed], dtype=np.uint64)
    return all_tables(Played(story, game.record(KEPT), game.rules, drawn, 0, seeds))


def write_rows(path: Path, columns: Sequence[Column]) -> None:
    """Write rows in the form that the file's name asks for, all or nothing; raises OSError."""
    table = arrow(columns)
    if path.name.endswith(".parquet"):
        import pyarrow.parquet as pq

        written_by(path, lambda file: pq.write_table(table, file, compression="zstd"))
    elif path.name.endswith(".csv"):
        import pyarrow.csv

        from play.columnar import plain

        written_by(path, lambda file: pyarrow.csv.write_csv(plain(table), file))
    else:
        with whole_file(path, "w", encoding="utf-8", newline="\n") as file:
            file.write("[\n" + ",\n".join(json.dumps(row) for row in as_rows(table)) + "\n]\n")


def as_rows(table: Any) -> list[dict[str, Any]]:
    """A table of Arrow as a list of rows; what is no number is null."""
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows
