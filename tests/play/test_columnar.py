"""Tables are joined, read and gathered piece by piece, and come out as if they had been held whole."""

import csv
import json
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import play.columnar
from main import main
from play.columnar import CELLS, Columns, Gathered, as_csv, join, rows_in_a_group
from play.results import ResultsError, read_run
from play.shards import Plan, play_shard
from play.tables import Column

ROWS = 1000


@pytest.fixture
def table():
    words = pa.array(["licensed", "smuggled", "rented"] * ROWS).slice(0, ROWS).dictionary_encode()
    numbers = np.arange(ROWS)
    return pa.table({"game": numbers, "lead": numbers / 7, "channel": words})


def written(table, cuts, folder):
    """Files of the rows between cuts."""
    edges = [0, *cuts, table.num_rows]
    files = [folder / f"{first}-{end}.parquet" for first, end in pairwise(edges)]
    for file, (first, end) in zip(files, pairwise(edges), strict=True):
        pq.write_table(table.slice(first, end - first), file)
    return files


def test_groups_of_rows_do_not_depend_on_where_a_table_was_cut(table, tmp_path, monkeypatch):
    monkeypatch.setattr(play.columnar, "CELLS", 3 * 128)
    found = []
    for cuts in ([], [1], [127, 128, 129], [400, 900]):
        with (tmp_path / "whole.parquet").open("wb") as file:
            join(written(table, cuts, tmp_path), file)
        found.append((tmp_path / "whole.parquet").read_bytes())
    assert len(set(found)) == 1
    whole = pq.ParquetFile(tmp_path / "whole.parquet")
    assert [whole.metadata.row_group(at).num_rows for at in range(whole.num_row_groups)] == [128] * 7 + [104]
    assert whole.read().to_pylist() == table.to_pylist()


def test_a_group_holds_about_as_many_numbers_however_many_columns_there_are():
    for columns in (1, 12, 228, 5000):
        rows = rows_in_a_group(columns)
        assert rows * columns <= CELLS
        assert rows & (rows - 1) == 0


def test_csv_is_written_group_by_group(table, tmp_path):
    for name, rows in (("one", ROWS), ("many", 64), ("none", 0)):
        pq.write_table(table.slice(0, rows), tmp_path / f"{name}.parquet", row_group_size=64)
        as_csv(tmp_path / f"{name}.parquet", tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found = [(int(one["game"]), float(one["lead"]), one["channel"]) for one in csv.DictReader(file)]
        expected = [tuple(row.values()) for row in table.slice(0, rows).to_pylist()]
        assert found == expected


def test_columns_of_a_file_are_read_one_by_one(table, tmp_path):
    pq.write_table(table, tmp_path / "table.parquet", row_group_size=300)
    columns = Columns(tmp_path / "table.parquet")
    assert list(columns) == ["game", "lead", "channel"]
    assert np.array_equal(columns["lead"], table["lead"].to_numpy())
    assert "load" not in columns
    assert columns["lead"] is not columns["lead"]


def test_gathered_columns_come_in_the_order_of_games_with_their_types():
    with Gathered() as gathered:
        for first in (6, 0, 3):
            games = np.arange(first, first + 3, dtype=np.int32)
            gathered.add(first, [Column("game", "", "number", games), Column("lead", "months", "lead", games / 7)])
        assert list(gathered) == ["game", "lead"]
        assert gathered["game"].dtype == np.int32
        assert gathered["game"].tolist() == list(range(9))
        assert np.array_equal(gathered["lead"], np.arange(9) / 7)
        assert gathered.about["lead"] == {"unit": "months", "doc": "lead"}


def test_a_shard_whose_rows_are_in_files_holds_none(tmp_path):
    plan = Plan("tutorial", 3, settings={"length": "1"}, parts=str(tmp_path))
    assert play_shard(plan, 0, 3).games == []
    assert len(list(tmp_path.iterdir())) == 1


def test_a_run_says_the_same_with_and_without_a_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("play.shards.MOST", 4)
    told = []
    for more in ([], ["--out", str(tmp_path / "run")]):
        assert main(["run", "tutorial", "--set", "length=2", "--games", "10", "--json", *more]) == 0
        found = json.loads(capsys.readouterr().out)
        del found["turns_per_second"]
        told.append(found)
    assert told[0] == told[1]
    run = read_run(tmp_path / "run")
    assert run.games["game"].tolist() == list(range(10))


def test_a_dictionary_that_is_none_is_refused(tmp_path):
    assert main(["run", "tutorial", "--set", "length=1", "--games", "2", "--out", str(tmp_path / "run")]) == 0
    for text in ("[]", "{}", '{"games": [1]}', "no"):
        (tmp_path / "run" / "dictionary.json").write_text(text, "utf-8")
        with pytest.raises(ResultsError, match=r"dictionary\.json"):
            read_run(tmp_path / "run")
