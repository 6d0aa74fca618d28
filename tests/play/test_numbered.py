"""A game of a run is opened by its number wherever a save is, and is what it was to the last bit, or is refused."""

import csv
import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from main import main
from play.games import game_at, is_same, played_again, recipe_of
from play.replay import first_difference
from play.results import ResultsError
from play.save import read_save, same
from world.scenario import RULES_VERSION

SCRIPT = """
[[order]]
date = 2026-01-15
seat = "washington"
order = "cap_exports"
group = "cn"
ceiling = 6000
"""
GAME = ["--game", "4"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A run of six short games with a script, and the folder in which it lies."""
    place = tmp_path_factory.mktemp("kept")
    (place / "mine.toml").write_text(SCRIPT, "utf-8")
    words = ["run", "--games", "6", "--seed", "5", "--set", "length=2", "--player", "washington=hawk"]
    assert main([*words, "--script", str(place / "mine.toml"), "--out", str(place / "run")]) == 0
    (place / "mine.toml").unlink()
    return place / "run"


@pytest.fixture
def folder(kept, tmp_path):
    """A copy that may be spoilt."""
    return shutil.copytree(kept, tmp_path / "run")


def test_a_game_by_its_number_is_the_game_of_the_run(kept):
    game = game_at(kept, 4)
    assert game.is_over
    assert game.seed == pq.read_table(kept / "games.parquet")["seed"][4].as_py()
    assert game.players["washington"] == "hawk"
    assert first_difference(game) == ""
    assert played_again(recipe_of(kept, 4)).parted() == ""


def test_every_number_of_its_row_is_compared(folder, capsys):
    table = pq.read_table(folder / "games.parquet")
    for name in ("lead", "rules.diffusion_half_life", table.column_names[-1]):
        values = table[name].to_numpy().copy()
        values[4] = np.nextafter(values[4], np.inf)
        spoilt = table.set_column(table.column_names.index(name), name, pa.array(values))
        pq.write_table(spoilt, folder / "games.parquet")
        assert played_again(recipe_of(folder, 4)).parted().startswith(f"{name} was ")
        assert played_again(recipe_of(folder, 3)).parted() == ""
    assert main(["replay", str(folder), *GAME]) == 1
    assert "it differs from its row: " in capsys.readouterr().err
    assert main(["why", str(folder), "lead", *GAME]) == 2
    said = capsys.readouterr().err
    assert "game 4 is not what it was" in said
    assert said.count("\n") == 1


def test_numbers_are_the_same_only_to_the_last_bit():
    assert is_same(np.float64("nan"), np.float64("nan"))
    assert not is_same(np.float64(0.0), np.float64(-0.0))
    assert is_same(np.float32(0.1), np.float64(0.1))
    assert not is_same(np.float64(0.1), np.float32(0.1))


@pytest.mark.parametrize(
    "words",
    [
        ["view", "--seat", "beijing"],
        ["why", "lead", "--json"],
        ["turning", "--most", "1"],
        ["preview", "--seat", "washington", "--turn", "2", "--worlds", "4", "--quarters", "1"],
        ["branch", "--turn", "2"],
        ["shot", "log", "--out", "picture.png", "--size", "1280x720"],
        ["play", "--text"],
    ],
    ids=lambda words: words[0],
)
def test_whatever_opens_a_save_opens_a_game_of_a_run(words, kept, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", iter(()))
    monkeypatch.setattr("play.commands.play.spoken", lambda: iter(["quit"]))
    assert main(["replay", str(kept), *GAME, "--out", "four.json.gz"]) == 0
    capsys.readouterr()
    where = ["--save"] if words[0] == "shot" else []
    told = []
    for place in (["four.json.gz"], [str(kept), *GAME]):
        first, rest = ([words[0], words[1]], words[2:]) if where else ([words[0]], words[1:])
        assert main([*first, *where, place[0], *rest, *place[1:]]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]


def test_the_window_opens_a_game_of_a_run_where_it_is_asked_to_show_it(kept, monkeypatch):
    from desktop import door
    from desktop.saves import folder as saves

    shown = []
    monkeypatch.setattr(door, "window", lambda first: shown.append(first()) or 0)
    assert main(["replay", str(kept), *GAME, "--show"]) == 0
    assert main(["play", str(kept), *GAME]) == 0
    for screen in shown:
        assert type(screen).__name__ == "DebriefScreen"
        assert screen.table.is_over
        screen.table.close()
    assert len(shown) == 2
    assert saves().is_dir()


def test_a_game_is_exported_as_a_save_and_as_rows(kept, tmp_path, capsys):
    names = ["four.json.gz", "four.parquet", "four.csv", "four.json"]
    words = [word for name in names for word in ("--out", str(tmp_path / name))]
    for table in ("games", "quarters", "flows", "orders"):
        assert main(["replay", str(kept), *GAME, *words, "--table", table]) == 0
        mine = pq.read_table(tmp_path / "four.parquet")
        whole = pq.read_table(kept / f"{table}.parquet", filters=[("game", "=", 4)])
        assert mine.column_names == whole.column_names
        assert mine.num_rows > 0
        assert mine.to_pylist() == whole.to_pylist()
        assert json.loads((tmp_path / "four.json").read_text("utf-8")) == mine.to_pylist()
        with (tmp_path / "four.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == mine.num_rows
    game = read_save(tmp_path / "four.json.gz")
    assert same(game.world.lead, game_at(kept, 4).world.lead)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_save_is_exported_as_rows_too(kept, tmp_path):
    save = str(tmp_path / "four.json.gz")
    assert main(["replay", str(kept), *GAME, "--save", save]) == 0
    assert main(["replay", save, "--out", str(tmp_path / "games.parquet"), "--table", "games"]) == 0
    mine, whole = (pq.read_table(path) for path in (tmp_path / "games.parquet", kept / "games.parquet"))
    assert mine.column_names == whole.column_names
    assert mine.drop(["game"]).to_pylist() == whole.drop(["game"]).slice(4, 1).to_pylist()


def spoilt_json(folder, **changes):
    about = json.loads((folder / "run.json").read_text("utf-8"))
    (folder / "run.json").write_text(json.dumps({**about, **changes}), "utf-8")


def cut(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


OLD, RULES = RULES_VERSION - 1, RULES_VERSION
SPOILT = {
    "no run.json": (lambda at: (at / "run.json").unlink(), "holds no run"),
    "no table of games": (lambda at: (at / "games.parquet").unlink(), "holds no run"),
    "a run.json that is cut": (lambda at: cut(at / "run.json"), "run.json: cannot be read"),
    "a run.json that is a list": (lambda at: (at / "run.json").write_text("[]", "utf-8"), "does not say how"),
    "a run.json without a plan": (lambda at: spoilt_json(at, plan=None), "does not say how the games were made"),
    "a plan that lacks its seed": (lambda at: spoilt_json(at, plan={"scenario": "tutorial"}), "does not say how"),
    "a table that is cut": (lambda at: cut(at / "games.parquet"), "games.parquet cannot be read"),
    "a table that is none": (lambda at: (at / "games.parquet").write_text("no", "utf-8"), "cannot be read"),
    "no script": (lambda at: (at / "script.toml").unlink(), "the script of its orders is missing"),
    "older rules": (
        lambda at: spoilt_json(at, rules_version=OLD),
        f"was played under rules {OLD} and this program plays by rules {RULES}",
    ),
    "newer rules": (lambda at: spoilt_json(at, rules_version=RULES + 1), f"under rules {RULES + 1} and this program"),
    "rules in words": (lambda at: spoilt_json(at, rules_version="new"), "under rules 0 and this program"),
    "another scenario since": (
        lambda at: spoilt_json(at, scenario={"digest": "0" * 32}),
        "the numbers of november-2025 have changed since",
    ),
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_folder_that_cannot_be_played_again_is_refused_in_a_sentence(spoil, folder, capsys):
    change, said = SPOILT[spoil]
    change(folder)
    for words in (["replay"], ["view", "--seat", "beijing"]):
        assert main([words[0], str(folder), *words[1:], *GAME]) == 2
        output = capsys.readouterr()
        assert said in output.err
        assert output.err.count("\n") == 1
        assert output.out == ""


def test_a_plan_with_names_that_are_not_there_is_refused(folder, capsys):
    plan = json.loads((folder / "run.json").read_text("utf-8"))["plan"]
    for changes, said in (
        ({"players": {"washington": "nobody"}}, "'nobody'"),
        ({"players": {"nobody": "standard"}}, "'nobody'"),
        ({"scenario": "nowhere"}, "'nowhere' is not the name of a scenario"),
        ({"settings": {"rules.nothing": "1"}}, "there is no coefficient 'nothing'"),
    ):
        spoilt_json(folder, plan={**plan, **changes})
        assert main(["replay", str(folder), *GAME]) == 2
        output = capsys.readouterr()
        assert said in output.err
        assert output.err.count("\n") == 1


BAD = [
    (["--game", "6"], "--game 6: "),
    (["--game", "-1"], "--game -1: "),
    (["--game", "some"], "invalid int value: 'some'"),
    ([], "holds many games; name one of them, such as --game 0"),
    ([*GAME, "--out", "four.txt"], "--out four.txt: write a name that ends in .json.gz, .parquet, .csv or .json"),
    ([*GAME, "--out", ".json.gz"], "--out .json.gz: write a name that ends in"),
    ([*GAME, "--out", "nowhere/four.csv"], "--out nowhere/four.csv: is no place for a file"),
    ([*GAME, "--table", "flows"], "--table flows: there is no place for its rows; add --out and a"),
    ([*GAME, "--table", "flows", "--out", "four.json.gz"], "--table flows: there is no place for its rows"),
    ([*GAME, "--table", "quarter"], "--table quarter: there is no such table; write one of games, quarters"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_words_that_name_no_game_or_place_are_refused(words, said, kept, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    try:
        status = main(["replay", str(kept), *words])
    except SystemExit as left:
        status = left.code
    output = capsys.readouterr()
    assert status == 2
    assert said in output.err
    assert output.err.count("\n") == 1
    assert output.out == ""
    assert not list(tmp_path.iterdir())


def test_a_save_has_no_numbers(kept, tmp_path, capsys):
    save = tmp_path / "four.json.gz"
    assert main(["replay", str(kept), *GAME, "--out", str(save)]) == 0
    with pytest.raises(ResultsError, match="is one game; leave --game out"):
        game_at(save, 4)
    capsys.readouterr()
    assert main(["debrief", str(save), *GAME, "--out", str(tmp_path / "page.html")]) == 2
    assert "--game 4: " in capsys.readouterr().err
    assert main(["play", str(tmp_path), *GAME, "--text"]) == 2
    assert "holds no run" in capsys.readouterr().err
    assert not (tmp_path / "page.html").exists()
