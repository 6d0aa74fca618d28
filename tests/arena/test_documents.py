"""What the documents of the arena say to modellers works as it is written."""

import re
from pathlib import Path

import duckdb
import pandas as pd
import polars
import pytest

import main

DOCS = Path(__file__).resolve().parents[2] / "docs"


def snippets(page: str) -> list[str]:
    """The Python of a page."""
    return re.findall(r"```python\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)


SNIPPETS = snippets("sweeps.md")


@pytest.fixture(scope="module")
def sobol_sweep(tmp_path_factory):
    """The folder of results that the page speaks of."""
    folder = tmp_path_factory.mktemp("docs")
    varied = ["--vary", "rules.diffusion=0.2:1", "--vary", "rules.risk_scale=0.4:2.5"]
    size = ["--method", "sobol", "--samples", "8", "--games", "2"]
    assert main.main(["sweep", "tutorial", *varied, *size, "--out", str(folder / "results/sobol")]) == 0
    (folder / "results/two").symlink_to(folder / "results/sobol")
    return folder


@pytest.mark.parametrize("snippet", SNIPPETS, ids=[str(at) for at in range(len(SNIPPETS))])
@pytest.mark.filterwarnings("default")  # those of libraries are not ours
def test_a_snippet_runs(snippet, sobol_sweep, monkeypatch, capsys):
    monkeypatch.chdir(sobol_sweep)
    found: dict[str, object] = {"__name__": "snippet"}
    exec(compile(snippet.replace("november-2025", "tutorial"), "docs/sweeps.md", "exec"), found)
    shown = capsys.readouterr().out
    assert shown or isinstance(found["rows"], pd.DataFrame)


def test_the_table_loads_in_polars_and_duckdb_as_the_page_says(sobol_sweep, monkeypatch):
    monkeypatch.chdir(sobol_sweep)
    expected = pd.read_parquet("results/two/sweep.parquet")
    assert polars.read_parquet("results/two/sweep.parquet").columns == list(expected.columns)
    found = duckdb.sql("select * from 'results/two/sweep.parquet'").fetchnumpy()
    assert list(found["seed"]) == list(expected["seed"])


def test_the_order_on_the_page_about_learning_stands():
    found: dict[str, object] = {}
    exec(compile(snippets("learning.md")[1], "docs/learning.md", "exec"), found)
    assert found["infos"]["refused"] == {}
    env = found["env"]
    volume = env.observing.names.index("ordered.washington.license_sales.volume")
    assert found["observation"][volume] == 4
