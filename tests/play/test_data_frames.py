"""The lines of docs/replays.md load a run's tables as they are written there."""

import re
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from main import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "replays.md"
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
FIRST = 50
TABLES = ("games", "quarters", "flows", "orders")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder that the page speaks of, with few and short games."""
    place = tmp_path_factory.mktemp("frames")
    words = ["run", "--games", "9", "--set", "length=3", "--out", str(place / "results" / "base")]
    (place / "results").mkdir()
    assert main(words) == 0
    return place


def loaded(lines):
    """What documented lines leave, under its names."""
    found = {}
    exec(lines, found)
    return found


def test_the_documented_lines_load_what_the_run_wrote(run, monkeypatch):
    monkeypatch.chdir(run)
    games = pq.read_table("results/base/games.parquet")
    whole, part = (loaded(lines) for lines in BLOCKS)
    pandas, polars, duckdb = (whole[name] for name in ("in_pandas", "in_polars", "in_duckdb"))
    assert list(pandas.columns) == list(polars.columns) == list(duckdb.columns) == games.column_names
    for frame in (pandas, polars, duckdb.df(), part["lead"]):
        for name in ("game", "lead"):
            assert np.array_equal(frame[name].to_numpy(), games[name].to_numpy())
    flows = pq.read_table("results/base/flows.parquet")
    moved = flows.filter(pc.equal(flows["channel"], "smuggled"))
    games_and_chips = part["smuggled"].fetchall()
    assert sum(chips for _, chips in games_and_chips) == pc.sum(moved["chips"]).as_py()
    assert sorted(game for game, _ in games_and_chips) == sorted(set(moved["game"].to_pylist()))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_the_same_in_each_library(table, run):
    import duckdb
    import pandas as pd
    import polars as pl

    path = str(run / "results" / "base" / f"{table}.parquet")
    whole = pq.read_table(path)
    first = [dict(zip(whole.column_names, row, strict=True)) for row in zip(*columns(whole), strict=True)]
    frame = pd.read_parquet(path)
    assert (len(frame), list(frame.columns)) == (whole.num_rows, whole.column_names)
    found = [
        pl.read_parquet(path).head(FIRST).to_dicts(),
        duckdb.sql(f"SELECT * FROM '{path}'").arrow().read_all().slice(0, FIRST).to_pylist(),
        [{name: known(value) for name, value in row.items()} for row in frame.head(FIRST).to_dict("records")],
    ]
    for one in found:
        assert one == first


def columns(table):
    """The first values of each column."""
    return [column.slice(0, FIRST).to_pylist() for column in table.columns]


def known(value):
    """A value of pandas, which has no number for what is missing."""
    return None if value != value else value
