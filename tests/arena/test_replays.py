"""Games of sweeps and tournaments open by the number of their row, and are what the row says to the last bit."""

import json
import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from agents.rollout import rollout, seated
from arena.replays import nth
from main import main
from play.games import game_at, played_again, recipe_of
from play.replay import first_difference
from play.results import ResultsError
from world.chance import game_seed
from world.scenario import RULES_VERSION, opened, read

VARY = ("rules.diffusion_half_life=1:4", "length=1:2", "huawei.open.stacks=100000:4000000")
SEATS = ("washington", "beijing")
NEWER = RULES_VERSION + 1
ENTRANTS = {"hawks": "hawk", "both": "dealmaker,pragmatist"}


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    """A sweep of three numbers: four sets of two games."""
    place = tmp_path_factory.mktemp("sweep") / "sweep"
    words = ["sweep", "tutorial", *(word for one in VARY for word in ("--vary", one)), "--player", "washington=hawk"]
    assert main([*words, "--samples", "4", "--games", "2", "--outcomes", "lead,huawei_chips", "--out", str(place)]) == 0
    return place


@pytest.fixture(scope="module")
def tournament(tmp_path_factory):
    """A folder of the form that a tournament writes: two games alone, two at a mixed table."""
    place = tmp_path_factory.mktemp("tournament")
    scenario = read("tutorial")
    rows = [("alone", "hawk", "standard"), ("alone", "standard", "pragmatist"), ("mixed", "hawks", "both")]
    held = [("hawk", "standard"), ("standard", "pragmatist"), ("hawk", "pragmatist")]
    found = []
    for game, ((kind, *who), doctrines) in enumerate(zip(rows, held, strict=True)):
        seed = game_seed(3, game)
        world, rules = opened(scenario, np.array([seed], dtype=np.uint64))
        players = seated(scenario.cast, 1, dict(zip(SEATS, doctrines, strict=True)))
        end = rollout(world, rules, players, scenario.length)
        row = {"table": game, "kind": kind, "game": game, "seed": np.uint64(seed), "lead": np.float32(end.lead[0])}
        for seat, name in zip(SEATS, who, strict=True):
            points = end.objective[scenario.cast.at("seats", seat), 0]
            row |= {f"player.{seat}": name, f"points.{seat}": np.float32(points)}
        found.append(row)
    columns = {name: [row[name] for row in found] for name in found[0]}
    typed = {n: pa.array(v, pa.float32() if n == "lead" or "points" in n else None) for n, v in columns.items()}
    typed["seed"] = pa.array(columns["seed"], pa.uint64())
    pq.write_table(pa.table(typed), place / "games.parquet", row_group_size=2)
    plan = {"scenario": "tutorial", "seats": list(SEATS), "entrants": ENTRANTS, "games": 3, "seed": 3}
    about = {"plan": plan, "findings": {"rules_version": RULES_VERSION}}
    (place / "tournament.json").write_text(json.dumps(about), "utf-8")
    return place


@pytest.mark.parametrize("kind", ["sweep", "tournament"])
def test_every_game_is_what_its_row_says(kind, request):
    folder = request.getfixturevalue(kind)
    rows = pq.read_table(next(folder.glob("[sg][wa]*.parquet")))
    for number in (0, 1, rows.num_rows - 1):
        again = played_again(recipe_of(folder, number))
        assert again.parted() == ""
        assert (
            again.model.record.quarters[-1].lead.astype(rows["lead"].to_numpy().dtype)[0]
            == rows["lead"][number].as_py()
        )
    game = game_at(folder, 2)
    assert game.seed == rows["seed"][2].as_py()
    assert game.players["washington"] == "hawk"
    assert first_difference(game) == ""


def test_a_game_of_a_sweep_has_the_numbers_of_its_row(sweep):
    rows = pq.read_table(sweep / "sweep.parquet").to_pylist()
    assert {row["length"] for row in rows} == {1, 2}
    game, row = game_at(sweep, 5), rows[5]
    assert game.rules.diffusion_half_life[0] == row["rules.diffusion_half_life"]
    assert len(game.quarters) == row["length"]
    assert game.opening.stacks[game.cast.at("chipmakers", "huawei"), 0] == row["huawei.open.stacks"]


def test_what_is_exported_from_a_sweep_replays_from_its_scenario(sweep, tmp_path, capsys):
    assert main(["replay", str(sweep), "--game", "5", "--out", str(tmp_path / "five.json.gz")]) == 0
    assert "the same as its row, to the last bit" in capsys.readouterr().out
    assert main(["replay", str(tmp_path / "five.json.gz")]) == 0
    assert "Its opening is what tutorial gives" in capsys.readouterr().out
    assert main(["why", str(sweep), "lead", "--game", "5", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["quantity"] == "lead"


def test_a_row_is_found_in_whatever_group_it_stands(tmp_path):
    pq.write_table(pa.table({"game": range(10), "kind": ["a", "b"] * 5}), tmp_path / "t.parquet", row_group_size=4)
    for number in range(10):
        assert nth(tmp_path / "t.parquet", number) == {"game": number, "kind": "ab"[number % 2]}
    for number in (-1, 10):
        with pytest.raises(ResultsError, match="holds the games from 0 to 9"):
            nth(tmp_path / "t.parquet", number)


def changed(folder, name, **changes):
    about = json.loads((folder / name).read_text("utf-8"))
    (folder / name).write_text(json.dumps({**about, **changes}), "utf-8")


def replanned(folder, name, **changes):
    plan = json.loads((folder / name).read_text("utf-8"))["plan"]
    changed(folder, name, plan={**plan, **changes})


def cut(path):
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


SPOILT = {
    "sweep": {
        "no run.json": (lambda at: (at / "run.json").unlink(), "run.json: cannot be read"),
        "a list": (lambda at: (at / "run.json").write_text("[]", "utf-8"), "run.json does not say how"),
        "no plan": (lambda at: changed(at, "run.json", plan=None), "run.json does not say how the games were made"),
        "half a plan": (lambda at: changed(at, "run.json", plan={"scenario": "tutorial"}), "does not say how"),
        "a table that is cut": (lambda at: cut(at / "sweep.parquet"), "sweep.parquet cannot be read"),
        "newer rules": (lambda at: changed(at, "run.json", rules_version=NEWER), f"was played under rules {NEWER} and"),
        "another scenario": (lambda at: replanned(at, "run.json", digest="0"), "the numbers of tutorial have changed"),
        "no such scenario": (lambda at: replanned(at, "run.json", scenario="nowhere"), "'nowhere' is not the name"),
        "no such seat": (lambda at: replanned(at, "run.json", players={"nobody": "hawk"}), "there is no seat 'nobody'"),
        "no such number": (lambda at: replanned(at, "run.json", vary=["rules.nothing=1:2"]), "rules.nothing"),
        "no such outcome": (lambda at: replanned(at, "run.json", outcomes=["nothing"]), "does not say how"),
        "no such game": (lambda at: None, "--game 8: "),
    },
    "tournament": {
        "no games": (lambda at: (at / "games.parquet").unlink(), "games.parquet cannot be read"),
        "a list": (lambda at: (at / "tournament.json").write_text("[]", "utf-8"), "tournament.json does not say how"),
        "no plan": (lambda at: changed(at, "tournament.json", plan=None), "tournament.json does not say how"),
        "another seat": (lambda at: replanned(at, "tournament.json", seats=["nobody"]), "does not say how"),
        "newer rules": (
            lambda at: changed(at, "tournament.json", findings={"rules_version": NEWER}),
            f"under rules {NEWER} and",
        ),
        "another scenario": (lambda at: replanned(at, "tournament.json", scenario="nowhere"), "'nowhere' is not"),
        "a table that is cut": (lambda at: cut(at / "games.parquet"), "games.parquet cannot be read"),
        "no such game": (lambda at: None, "--game 8: "),
    },
}


@pytest.mark.parametrize(("kind", "spoil"), [(kind, spoil) for kind, found in SPOILT.items() for spoil in found])
def test_a_folder_that_cannot_be_played_again_is_refused_in_a_sentence(kind, spoil, request, tmp_path, capsys):
    folder = shutil.copytree(request.getfixturevalue(kind), tmp_path / "copy")
    change, said = SPOILT[kind][spoil]
    change(folder)
    capsys.readouterr()
    for words in (["replay"], ["view", "--seat", "beijing"]):
        number = "8" if spoil == "no such game" else "2"
        assert main([words[0], str(folder), *words[1:], "--game", number]) == 2
        output = capsys.readouterr()
        assert said in output.err
        assert output.err.count("\n") == 1
        assert output.out == ""


def test_a_row_that_was_changed_is_told(tournament, tmp_path, capsys):
    folder = shutil.copytree(tournament, tmp_path / "copy")
    table = pq.read_table(folder / "games.parquet")
    lead = np.nextafter(table["lead"].to_numpy(), np.float32(99))
    pq.write_table(table.set_column(table.column_names.index("lead"), "lead", pa.array(lead)), folder / "games.parquet")
    assert main(["replay", str(folder), "--game", "1"]) == 1
    assert "it differs from its row: lead was " in capsys.readouterr().err
