"""Sensitivity: what moves an outcome is found, luck is told apart, and stopping changes nothing."""

import json
import re
import shutil

import numpy as np
import pytest

import play.evidence.sensitivity as analysis
from main import main
from play.evidence.designs import LUCK, REST, effects, foremost, partition, screening, shares

LABELS = ("a", "b", "c", "d")
SMALL = [
    *("sensitivity", "tutorial", "--set", "length=2", "--trajectories", "2", "--keep", "2", "--sets", "16"),
    *("--seed", "5", "--outcome", "lead", "--outcome", "huawei_h100e"),
]
"""Games of two quarters: two for every range and two more to screen, and few more."""


def noise(seeds):
    return np.array([np.random.default_rng(seed).normal() for seed in seeds])


def toy(design, formula):
    """Outcomes of a formula of places and of noise that follows from the seed alone."""
    every = slice(0, design.sets)
    return formula(**design.places(every), luck=noise(design.seeds(7, every)))


@pytest.fixture(scope="module")
def wide():
    return partition(LABELS, ("a", "b"), 1024, 1)


def test_what_differs_within_a_block_is_one_quantity_be_it_luck():
    design = partition(LABELS, ("a", "b"), 16, 1)
    assert design.block == len((*"ab", REST, LUCK)) + 2
    seeds = np.array(design.seeds(7, slice(0, design.sets))).reshape(-1, design.block)
    first, *moved, last = range(design.block)
    for row in moved[:-1]:
        assert (seeds[:, row] == seeds[:, first]).all()
    assert (seeds[:, moved[-1]] == seeds[:, last]).all()
    assert (seeds[:, last] != seeds[:, first]).all()
    assert len(set(seeds.ravel().tolist())) == 2 * len(seeds)
    rows = design.matrix.reshape(-1, design.block, len(LABELS) + 1)
    differs = (rows[:, moved] != rows[:, :1]).any(axis=0)
    assert differs.tolist() == [
        [True, False, False, False, False],
        [False, True, False, False, False],
        [False, False, True, True, False],
        [False, False, False, False, True],
    ]


def test_a_screening_moves_one_quantity_at_a_time_and_luck_once():
    design = screening(LABELS, 6, 1)
    steps = (np.diff(design.matrix.reshape(6, design.block, -1), axis=1) != 0).sum(axis=2)
    assert (steps == 1).all()
    seeds = np.array(design.seeds(7, slice(0, design.sets))).reshape(6, design.block)
    assert all(len(set(row.tolist())) == 2 for row in seeds)
    assert len(set(seeds.ravel().tolist())) == 12


def test_the_two_designs_share_no_game():
    first, second = screening(LABELS, 6, 1), partition(LABELS, LABELS, 16, 1)
    seeds = [set(design.seeds(7, slice(0, design.sets))) for design in (first, second)]
    assert not seeds[0] & seeds[1]


def test_a_part_of_a_design_has_the_seeds_it_has_in_the_whole(wide):
    assert wide.seeds(7, slice(0, 900))[500:700] == wide.seeds(7, slice(500, 700))


def test_variance_is_parted_as_the_formula_says(wide):
    found = shares(wide, toy(wide, lambda a, b, c, d, luck: 4 * a + 2 * b + c + d + luck / 2), 1)
    parts = {"a": 16 / 12, "b": 4 / 12, REST: 2 / 12, LUCK: 1 / 4}
    for name, part in parts.items():
        for index in ("S1", "ST"):
            assert found[name][index] == pytest.approx(part / sum(parts.values()), abs=0.06), (name, index)
            assert 0 < found[name][f"{index}_conf"] < 0.2


def test_what_acts_through_luck_alone_counts_in_all_and_not_alone(wide):
    found = shares(wide, toy(wide, lambda a, luck, **_: (a - 0.5) * np.sign(luck)), 1)
    assert found["a"]["S1"] == pytest.approx(0, abs=0.15)
    assert found["a"]["ST"] == pytest.approx(1, abs=0.15)
    assert found[LUCK]["ST"] == pytest.approx(1, abs=0.15)
    assert found["b"]["ST"] == found[REST]["ST"] == 0


def test_elementary_effects_are_those_of_the_whole_range_and_of_two_lucks():
    design = screening(LABELS, 400, 1)
    found = effects(design, toy(design, lambda a, b, luck, **_: 4 * a - 2 * b + luck), 1)
    assert found["a"]["mu"] == found["a"]["mu_star"] == pytest.approx(4)
    assert found["b"]["mu"] == -found["b"]["mu_star"] == pytest.approx(-2)
    assert found["c"]["mu_star"] == pytest.approx(0, abs=1e-12)
    assert found["a"]["sigma"] == pytest.approx(0, abs=1e-9)
    assert found[LUCK]["mu_star"] == pytest.approx(2 / np.pi**0.5, rel=0.15)


def test_what_never_varies_has_no_effects_and_no_shares(wide):
    assert set(effects(screening(LABELS, 2, 1), np.full(12, 3.0), 1)["a"].values()) == {0.0}
    assert all(np.isnan(share) for share in shares(wide, np.full(wide.sets, 3.0), 1)["a"].values())


def test_what_hardly_varies_is_said_to_have_nothing_to_part(wide, capsys):
    once = np.zeros(wide.sets)
    once[1] = 1.0
    assert all(np.isnan(share) for share in shares(wide, once, 1)["a"].values())
    few = np.zeros(wide.sets)
    few[0] = 1.0
    assert shares(wide, few, 1)["a"]["ST"] > 0
    words = [*SMALL[:-4], "--outcome", "seized_chips", "--set", "length=1", "--workers", "1"]
    assert main([*words, "--player", "washington=still"]) == 0
    assert "seized_chips" in capsys.readouterr().out


def test_what_is_first_for_any_outcome_is_kept():
    of = [
        {"a": {"mu_star": 3.0}, "b": {"mu_star": 0.1}, "c": {"mu_star": 0.0}},
        {"a": {"mu_star": 0.0}, "b": {"mu_star": 0.0}, "c": {"mu_star": 1.0}},
    ]
    assert foremost(of, ("a", "b", "c"), 1) == ("a", "c")
    assert foremost(of[:1], ("a", "b", "c"), 3) == ("a", "b")


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The same analysis by one process and by two."""
    folder = tmp_path_factory.mktemp("sensitivity")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "MOST", 64)
        for workers in ("1", "2"):
            assert main([*SMALL, "--out", str(folder / workers), "--workers", workers]) == 0
    return folder


def columns(path):
    import pyarrow.parquet as pq

    return pq.read_table(path).to_pydict()


def test_two_processes_write_the_rows_that_one_writes(done):
    for name in ("morris", "sobol", "indices"):
        one, two = (done / workers / f"{name}.parquet" for workers in "12")
        assert one.read_bytes() == two.read_bytes(), name
    for name in ("sensitivity.md", "sensitivity.html", "plan.json"):
        assert (done / "1" / name).read_text("utf-8") == (done / "2" / name).read_text("utf-8"), name


def test_salib_finds_the_same_in_the_rows(done):
    from SALib.analyze import sobol

    rows = columns(done / "1" / "sobol.parquet")
    plan = json.loads((done / "1" / "plan.json").read_text("utf-8"))
    index = columns(done / "1" / "indices.parquet")
    kept = [name for name, is_kept in zip(index["quantity"], index["is_kept"], strict=True) if is_kept]
    groups = [label if label in kept else REST for label in plan["parameters"]] + [LUCK]
    names = list(dict.fromkeys(groups))
    problem = {"num_vars": len(names), "names": names, "bounds": [[0, 1]] * len(names)}
    found = sobol.analyze(problem, np.array(rows["lead"]), calc_second_order=False, seed=1)
    told = {
        quantity: share
        for outcome, quantity, share in zip(index["outcome"], index["quantity"], index["ST"], strict=True)
        if outcome == "lead"
    }
    assert [told[name] for name in names] == pytest.approx(found["ST"].tolist())


def test_every_column_is_in_the_dictionary(done):
    about = json.loads((done / "1" / "dictionary.json").read_text("utf-8"))
    for name, told in about.items():
        assert [one["column"] for one in told] == list(columns(done / "1" / f"{name}.parquet")), name
        assert all(one["doc"] for one in told)


def test_the_page_shows_every_outcome_and_needs_nothing_else(done):
    text = (done / "1" / "sensitivity.html").read_text("utf-8")
    assert text.count("<svg") == 2
    assert "http" not in text.replace("http://www.w3.org", "")
    assert "<script" not in text


def test_an_analysis_that_was_stopped_goes_on_to_the_same_rows(done, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(analysis, "MOST", 32)
    whole, calls = analysis.batch, []

    def stopped(*work):
        calls.append(work)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return whole(*work)

    monkeypatch.setattr(analysis, "batch", stopped)
    words = [*SMALL, "--workers", "1", "--out", str(tmp_path / "on")]
    assert main(words) == 130
    assert "goes on" in capsys.readouterr().err
    assert main(words) == 0
    starts = [(work[-1], work[3]) for work in calls]
    assert len(starts) - len(set(starts)) == 1
    for name in ("morris", "sobol"):
        assert columns(tmp_path / "on" / f"{name}.parquet") == columns(done / "1" / f"{name}.parquet")
    assert not (tmp_path / "on" / "parts").exists()
    before = len(calls)
    assert main(words) == 0
    assert len(calls) == before
    shutil.copy(tmp_path / "on" / "morris.parquet", tmp_path / "on" / "sobol.parquet")
    assert main(words) == 0
    assert columns(tmp_path / "on" / "sobol.parquet") == columns(done / "1" / "sobol.parquet")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sets", "1000"], "--sets 1000: write a power of two"),
        (["--trajectories", "1"], "--trajectories 1"),
        (["--keep", "0"], "--keep 0"),
        (["--workers", "0"], "--workers 0"),
        (["--seed", "-1"], "--seed -1"),
        (["--outcome", "leed"], "outcome 'leed'"),
        (["--player", "washington=hwk"], "--player washington=hwk"),
        (["--set", "rules.nothing=1"], "rules.nothing"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(words, said, capsys):
    assert main(["sensitivity", "tutorial", *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_folder_of_something_else_is_refused(done, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main([*SMALL, "--out", str(tmp_path)]) == 2
    assert "holds something else" in capsys.readouterr().err
    assert main([*SMALL, "--sets", "32", "--out", str(done / "1")]) == 2
    assert "was begun with sets 16, and this command says 32" in capsys.readouterr().err


def test_an_outcome_that_some_games_lack_is_refused(capsys, monkeypatch):
    whole = analysis.batch

    def lacking(*work):
        found = whole(*work)
        found["lead"] = np.full(found["lead"].size, np.nan)
        return found

    monkeypatch.setattr(analysis, "batch", lacking)
    assert main([*SMALL, "--workers", "1"]) == 2
    assert re.search(r"has no number in (\d+) of \1 games", capsys.readouterr().err)
