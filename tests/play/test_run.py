"""Runs: the same files twice, whoever shares the work, however often somebody stops it."""

import csv
import json

import numpy as np
import pytest

import play.shards
from main import main
from play import VERSION
from play.results import read_run
from play.save import read_save
from play.shards import Plan, cut
from play.tables import NAMES
from world.chance import game_seed

RUN = ["run", "--seed", "7", "--player", "washington=hawk", "--set", "length=4"]
"""Short games, for speed."""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Folders of the same 24 games, played at once and in two processes."""
    folder = tmp_path_factory.mktemp("results")
    for name, more in (("once", []), ("shared", ["--workers", "2"])):
        assert main([*RUN, "--games", "24", "--out", str(folder / name), *more]) == 0
    return folder


def test_two_runs_write_the_same_files_whatever_the_workers(results):
    for name in NAMES:
        one, other = (results / run / f"{name}.parquet" for run in ("once", "shared"))
        assert one.read_bytes() == other.read_bytes(), name
    left = sorted(path.name for path in results.iterdir())
    assert left == ["once", "shared"]


def test_a_game_alone_has_the_row_it_has_in_a_run(results, tmp_path, capsys):
    run = read_run(results / "once")
    seed = int(run.games["seed"][17])
    assert seed == game_seed(7, 17)
    words = ["run", "--player", "washington=hawk", "--set", "length=4", "--games", "1"]
    assert main([*words, "--seed", str(seed), "--out", str(tmp_path / "one")]) == 0
    alone = read_run(tmp_path / "one").games
    for name, values in run.games.items():
        if name != "game":
            assert np.array_equal(values[17:18], alone[name], equal_nan=values.dtype.kind == "f"), name
    assert main(["replay", str(results / "once"), "--game", "17"]) == 0
    assert "to the last bit" in capsys.readouterr().out


def test_every_column_is_in_the_dictionary_with_its_unit(results):
    import pyarrow.parquet as pq

    about = json.loads((results / "once" / "dictionary.json").read_text("utf-8"))
    with (results / "once" / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["table"], row["column"]) for row in csv.DictReader(file)]
    for name in NAMES:
        columns = pq.read_schema(results / "once" / f"{name}.parquet").names
        assert columns == [row["column"] for row in about[name]]
        assert all(row["doc"] for row in about[name])
        assert [(name, column) for column in columns] == [pair for pair in told if pair[0] == name]


def test_run_json_says_how_the_games_were_made(results):
    about = json.loads((results / "once" / "run.json").read_text("utf-8"))
    assert about["program"] == f"chokepoint {VERSION}"
    assert about["players"]["washington"] == "hawk"
    assert about["players"]["beijing"] == "standard"
    assert about["settings"] == {"length": "4"}
    assert (about["games"], about["finished"], about["seed"]) == (24, 24, 7)
    assert about["timings"]["turns_per_second"] > 0
    assert about["rules_version"] >= 1


def test_tables_join_and_agree(results):
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    games, quarters, flows, orders = (pq.read_table(results / "once" / f"{name}.parquet") for name in NAMES)
    assert games.num_rows == 24
    assert quarters.num_rows == 24 * 4
    smuggled = flows.filter(pc.equal(flows["channel"], "smuggled"))
    assert pc.sum(smuggled["chips"]).as_py() == pc.sum(games["smuggled_chips"]).as_py()
    assert set(pc.unique(orders["seat"]).to_pylist()) <= set(
        json.loads((results / "once/run.json").read_text("utf-8"))["players"]
    )
    assert pc.min(flows["chips"]).as_py() >= 0


def test_a_run_that_was_stopped_keeps_what_is_finished_and_goes_on(results, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(play.shards, "MOST", 10)
    whole = play.shards.play_shard

    def interrupted(plan, first, end, *more):
        if first == 10:
            raise KeyboardInterrupt
        return whole(plan, first, end, *more)

    monkeypatch.setattr(play.shards, "play_shard", interrupted)
    words = [*RUN, "--games", "24", "--out", str(tmp_path / "run")]
    assert main(words) == 130
    assert "10 of 24 games are finished" in capsys.readouterr().err
    assert read_run(tmp_path / "run").games["game"].tolist() == list(range(10))
    assert main(words) == 2
    assert "is not empty" in capsys.readouterr().err
    monkeypatch.setattr(play.shards, "play_shard", whole)
    assert main([*words[:1], "--seed", "8", *words[3:], "--resume"]) == 2
    assert "begun with seed 7" in capsys.readouterr().err
    assert main([*words, "--resume"]) == 0
    for name in NAMES:
        file = f"{name}.parquet"
        assert (tmp_path / "run" / file).read_bytes() == (results / "once" / file).read_bytes()
    assert not (tmp_path / "run" / "shards").exists()
    assert main([*words, "--resume"]) == 0
    assert "are there already" in capsys.readouterr().err


def test_a_run_stopped_while_it_saves_goes_on_to_save_every_game(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(play.shards, "MOST_SAVED", 2)
    whole = play.shards._save_all

    def interrupted(plan, model, first):
        if first == 2:
            raise KeyboardInterrupt
        whole(plan, model, first)

    monkeypatch.setattr(play.shards, "_save_all", interrupted)
    words = [*RUN, "--games", "5", "--out", str(tmp_path / "run"), "--save", str(tmp_path / "saves")]
    assert main(words) == 130
    assert "2 of 5 games are finished" in capsys.readouterr().err
    monkeypatch.setattr(play.shards, "_save_all", whole)
    assert main([*words, "--resume"]) == 0
    assert sorted(path.name for path in (tmp_path / "saves").iterdir()) == [f"game-{n:05d}.json.gz" for n in range(5)]


def test_a_run_stopped_at_once_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(plan, first, end, *more):
        raise KeyboardInterrupt

    monkeypatch.setattr(play.shards, "play_shard", interrupted)
    assert main([*RUN, "--games", "4", "--out", str(tmp_path / "run")]) == 130
    assert not list(tmp_path.iterdir())


def test_a_run_that_fails_leaves_no_results(tmp_path, monkeypatch, capsys):
    whole = play.shards.arrow

    def broken(columns):
        if columns[-1].name == "refusal":
            raise MemoryError
        return whole(columns)

    monkeypatch.setattr(play.shards, "arrow", broken)
    with pytest.raises(MemoryError):
        main([*RUN, "--games", "4", "--out", str(tmp_path / "run")])
    assert not (tmp_path / "run").exists()
    assert not list((tmp_path / "run.part" / "shards").iterdir())
    monkeypatch.setattr(play.shards, "arrow", whole)
    words = [*RUN, "--games", "4", "--out", str(tmp_path / "run")]
    assert main(words) == 2
    assert "holds an unfinished run; add --resume" in capsys.readouterr().err
    assert main([*words, "--resume"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_shards_cover_what_is_left():
    assert cut(1000, 1, []) == [(0, 512), (512, 1000)]
    assert cut(100, 3, [(34, 60)]) == [(0, 34), (60, 94), (94, 100)]
    assert cut(10, 1, [(0, 10)]) == []


def test_shards_are_smaller_where_games_are_saved():
    assert cut(150, 1, [], is_saving=True) == [(0, 64), (64, 128), (128, 150)]
    assert cut(20, 2, [], is_saving=True) == [(0, 10), (10, 20)]


def test_the_table_for_machines(capsys):
    assert main([*RUN, "--games", "9", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["games"] == 9
    assert result["turns_per_second"] > 0
    assert list(result) == ["outcomes", "seats", "games", "turns_per_second"]
    for one in result["outcomes"].values():
        assert list(one) == ["p5", "p25", "median", "p75", "p95", "unit"]
    assert result["seats"]["washington"]["player"] == "hawk"
    assert len(result["seats"]) == 41
    assert {"flow_ratio", "stock_ratio", "huawei_chips", "smuggled_h100e", "rented"} <= set(result["outcomes"])


def test_the_table_for_people(capsys):
    assert main([*RUN, "--games", "32"]) == 0
    said = capsys.readouterr()
    assert "leads at the end" in said.out
    assert "lead of the US side" in said.out
    assert "What went with the lead" in said.out
    assert "Washington (hawk)" in said.out
    assert said.err == ""
    assert main([*RUN, "--games", "1"]) == 0
    assert "Too few games" in capsys.readouterr().out


def test_saves_of_a_run_replay(tmp_path, capsys):
    assert main([*RUN, "--games", "2", "--save", str(tmp_path / "saves")]) == 0
    files = sorted((tmp_path / "saves").iterdir())
    assert [file.name for file in files] == ["game-00000.json.gz", "game-00001.json.gz"]
    assert read_save(files[1]).seed == game_seed(7, 1)
    assert main(["replay", str(files[1])]) == 0
    assert f"what november-2025 gives for seed {game_seed(7, 1)}" in capsys.readouterr().out
    assert main(["view", str(files[1]), "--seat", "beijing"]) == 0
    assert "You are Beijing" in capsys.readouterr().out
    assert main(["view", str(files[1]), "--seat", "huawei", "--turn", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["turn"] == 0


def test_an_audited_run_finds_nothing(capsys):
    assert main([*RUN, "--games", "5", "--audit"]) == 0
    assert "nothing was created or lost" in capsys.readouterr().err


def test_csv_says_the_same(tmp_path):
    assert main([*RUN, "--games", "3", "--out", str(tmp_path / "run"), "--csv"]) == 0
    with (tmp_path / "run" / "games.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    games = read_run(tmp_path / "run").games
    assert [float(row["lead"]) for row in rows] == games["lead"].tolist()


def test_compare_gives_paired_effects(results, tmp_path, capsys):
    words = ["run", "--seed", "7", "--set", "length=4", "--games", "24"]
    assert main([*words, "--out", str(tmp_path / "base")]) == 0
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "base"), str(results / "once")]) == 0
    said = capsys.readouterr().out
    assert "washington: standard in A, hawk in B" in said
    assert "24 games in both" in said
    assert main(["compare", str(tmp_path / "base"), str(results / "once"), "--json"]) == 0
    effects = json.loads(capsys.readouterr().out)["effects"]
    assert effects["lead"]["low95"] <= effects["lead"]["mean_difference"] <= effects["lead"]["high95"]
    assert effects["rules.diffusion_half_life"]["mean_difference"] == 0


SCRIPT = """
[[order]]
date = 2026-04-01
seat = "washington"
order = "cap_exports"
group = "cn"
ceiling = 6000
"""


def test_a_script_gives_orders_by_date(tmp_path, capsys):
    import pyarrow.parquet as pq

    (tmp_path / "orders.toml").write_text(SCRIPT, "utf-8")
    (tmp_path / "orders.csv").write_text(
        "date,seat,order,picks,amounts\n2026-05-17,washington,cap_exports,cn,ceiling=6000\n", "utf-8"
    )
    for kind in ("toml", "csv"):
        words = [*RUN, "--games", "3", "--script", str(tmp_path / f"orders.{kind}")]
        assert main([*words, "--out", str(tmp_path / kind)]) == 0
    tables = [pq.read_table(tmp_path / kind / "orders.parquet").to_pylist() for kind in ("toml", "csv")]
    assert tables[0] == tables[1]
    mine = [row for row in tables[0] if row["seat"] == "washington" and row["turn"] == 2]
    assert [(row["order"], row["pick"], row["asked"]) for row in mine] == [("cap_exports", "cn", 6000.0)] * 3
    assert main(["replay", str(tmp_path / "csv"), "--game", "2"]) == 0
    assert Plan(**json.loads((tmp_path / "csv" / "run.json").read_text("utf-8"))["plan"]).games == 3
    capsys.readouterr()
