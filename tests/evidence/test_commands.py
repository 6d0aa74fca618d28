"""The commands of the evidence: what they print and keep, what they refuse, and how they leave."""

import json
import re
from argparse import Namespace
from dataclasses import replace
from itertools import pairwise

import pytest

from main import main
from play.commands import calibrate, validate
from play.commands import forecast as forecasting
from play.evidence import forecast as made
from play.evidence.calibration import observations, unknowns
from play.evidence.patterns import judged, patterns
from tests.evidence.test_calibration import generation_of

PAST = ("1", "3", "7", "9", "10", "11", "19", "22")
"""Patterns of one arm; some hold and some are held out."""


def refused(words, capsys):
    """What a refused command says; it prints nothing else."""
    assert main(words) == 2
    told = capsys.readouterr()
    assert not told.out
    assert told.err.count("\n") == 1
    return told.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("validate --games 31", "--games 31: write a whole number from 32 on"),
        ("validate --seed -1", "--seed -1: write a whole number"),
        ("validate --set diffusion", "--set diffusion: write set as KEY=VALUE"),
        ("validate --set rules.difusion=0", "difusion"),
        ("calibrate --sets 63", "--sets 63: write a whole number from 64 on"),
        ("calibrate --workers 0", "--workers 0: write a whole number from 1 on"),
        ("calibrate --seed -1", "--seed -1: write a whole number"),
        ("forecast --games 31", "--games 31: write a whole number from 32 on"),
        ("forecast tutorial", "tutorial: only november-2025 is forecast"),
        ("forecast --through 2026", "--through 2026: write a quarter from 2026-Q1 to 2027-Q4"),
        ("forecast --through 2028-Q1", "--through 2028-Q1: write a quarter"),
        ("hindcast --games 1", "--games 1: write a whole number from 2 on"),
        ("hindcast --seed -1", "--seed -1: write a whole number"),
    ],
)
def test_what_cannot_be_obeyed_is_refused_in_a_sentence(words, said, capsys):
    assert said in refused(words.split(), capsys)


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_played(tmp_path, capsys):
    (tmp_path / "file").touch()
    assert "choose another folder" in refused(["calibrate", "--out", str(tmp_path / "file" / "sets")], capsys)


@pytest.fixture
def laid(few, monkeypatch):
    """The command lays these few games beside some of what is known of the past, and plays no others."""
    some = tuple(pattern for pattern in patterns() if pattern.id in PAST)
    monkeypatch.setattr(validate, "arms_of", lambda *_: few)
    monkeypatch.setattr(validate, "patterns", lambda: some)
    return [verdict for pattern in some for verdict in judged(pattern, few)]


def test_validate_prints_every_condition_and_both_counts(laid, capsys):
    main(["validate"])
    told = capsys.readouterr().out
    assert told.count("holds |") + told.count("does not hold |") >= len(laid)
    some = validate.patterns()
    assert f"of {len(some)} patterns hold" in told
    assert f"of {sum(one.is_held_out for one in some)} patterns hold" in told
    for pattern in some:
        assert told.count(f"| {pattern.id} {pattern.title}, {pattern.unit}") == 1


def test_machines_get_the_same_verdicts(laid, capsys):
    main(["validate", "--json"])
    tree = json.loads(capsys.readouterr().out)
    assert [(one["id"], one["holds"]) for one in tree] == [(one.pattern.id, one.holds) for one in laid]


def test_validate_leaves_with_1_only_where_a_pattern_fails_that_is_declared_to_hold(laid, monkeypatch, capsys):
    failing = {one.pattern.id for one in laid if not one.holds}
    good = next(one.pattern for one in laid if one.pattern.id not in failing)
    bad = next(one.pattern for one in laid if one.pattern.id in failing)
    for some, status in (
        ((good,), 0),
        ((good, replace(bad, fails="")), 1),
        ((good, replace(bad, fails="nobody knows")), 0),
    ):
        monkeypatch.setattr(validate, "patterns", lambda some=some: some)
        assert main(["validate"]) == status
    told = capsys.readouterr().out
    assert f"{bad.id} does not hold: nobody knows" in told
    assert f"{bad.id} does not hold, though it is declared to" in told


def test_a_pattern_that_holds_though_it_is_declared_not_to_is_told(laid, monkeypatch, capsys):
    failing = {one.pattern.id for one in laid if not one.holds}
    good = next(one.pattern for one in laid if one.pattern.id not in failing)
    monkeypatch.setattr(validate, "patterns", lambda: (replace(good, fails="an old reason"),))
    assert main(["validate"]) == 0
    assert "take `fails` out" in capsys.readouterr().out


@pytest.fixture
def short(few, monkeypatch):
    """The forecast is read off these few games."""
    monkeypatch.setattr(made, "played", lambda *_: few["ahead"])


@pytest.fixture
def kept(short, monkeypatch, tmp_path):
    """Where the forecast is written: a folder of its own."""
    monkeypatch.setattr(forecasting, "DOCS", tmp_path / "forecasts")
    return tmp_path / "forecasts"


def test_a_forecast_has_ordered_ranges_for_every_quarter_and_probabilities(short, capsys):
    assert main(["forecast", "--games", "32", "--json"]) == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["quarters"] == [f"Q{at} 2026" for at in (1, 2, 3, 4)]
    assert len(tree["lines"]) == len(made.LINES) >= 17
    for line in tree["lines"]:
        assert list(line["ranges"]) == tree["quarters"]
        for ranges in line["ranges"].values():
            assert list(ranges) == ["p5", "p25", "median", "p75", "p95"]
            assert list(ranges.values()) == sorted(ranges.values())
    assert [one["name"] for one in tree["chances"]] == [one.name for one in made.CHANCES]
    assert all(0 <= one["probability"] <= 1 for one in tree["chances"])


def test_what_may_happen_is_likelier_in_more_quarters(short, capsys):
    found = []
    for word in ("2026-Q1", "2026-Q4", "2027-Q4"):
        main(["forecast", "--games", "32", "--through", word, "--json"])
        found.append([one["probability"] for one in json.loads(capsys.readouterr().out)["chances"]])
    for early, later in pairwise(found):
        assert all(a <= b for a, b in zip(early, later, strict=True))


def test_a_forecast_is_written_for_people_and_machines_and_never_over_another(kept, capsys):
    assert main(["forecast", "--games", "32", "--write"]) == 0
    printed = capsys.readouterr().out
    page, tree = (kept / "2025-11.md").read_text("utf-8"), json.loads((kept / "2025-11.json").read_text("utf-8"))
    assert page.endswith(printed)
    assert "python main.py forecast november-2025 --through 2026-Q4 --games 32 --seed 1 --write" in page
    assert tree["scenario"] == "november-2025"
    for line in made.LINES:
        assert f"| {line.title} | {line.unit} |" in page
    before = (kept / "2025-11.json").read_bytes()
    assert "is never changed; add --name 2025-11-second" in refused(["forecast", "--games", "32", "--write"], capsys)
    assert (kept / "2025-11.json").read_bytes() == before


def cut_off(*_):
    raise BrokenPipeError


def test_what_is_written_is_kept_where_the_output_is_cut_off(kept, laid, monkeypatch, tmp_path):
    monkeypatch.setattr(forecasting, "tell", cut_off)
    with pytest.raises(BrokenPipeError):
        forecasting.main(
            Namespace(scenario="november-2025", through="2026-Q4", games=32, seed=1, write=True, json=False, name=None)
        )
    assert (kept / "2025-11.md").exists()
    written = []
    monkeypatch.setattr(validate, "tell", cut_off)
    monkeypatch.setattr(validate, "write", lambda *given: written.append(given))
    with pytest.raises(BrokenPipeError):
        validate.main(Namespace(games=32, seed=1, set=[], json=False, write=True))
    assert written


def test_another_forecast_gets_a_name_and_tells_of_those_before_it(kept, capsys):
    words = ["forecast", "--games", "32", "--write"]
    assert main(words) == 0
    assert main([*words, "--name", "2025-11-second"]) == 0
    first, second = ((kept / f"{name}.md").read_text("utf-8") for name in ("2025-11", "2025-11-second"))
    assert "not the first" not in first
    assert "It is not the first that was made of these quarters: `2025-11.md` came from" in " ".join(second.split())
    assert "--seed 1 --write --name 2025-11-second\n" in second
    assert "`2025-11-second.json`" in second
    capsys.readouterr()
    assert "--name ../x: write small letters" in refused([*words, "--name", "../x"], capsys)


def test_the_page_of_forecasts_says_what_every_line_and_event_means():
    text = (forecasting.DOCS / "README.md").read_text("utf-8")
    for one in (*made.LINES, *made.CHANCES):
        assert re.search(rf"^\| (.*, )?{re.escape(one.title)}(, .*)? \| ", text, re.M), one.title


@pytest.mark.parametrize(("more", "said"), [((), "add --out to go on later"), (("--out",), "the same command goes on")])
def test_who_stops_a_calibration_is_told_whether_it_can_be_gone_on_with(monkeypatch, tmp_path, capsys, more, said):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(calibrate, "calibrated", stopped)
    assert main(["calibrate", *more, *([str(tmp_path)] if more else [])]) == 130
    assert said in capsys.readouterr().err


def test_calibrate_prints_what_was_told_and_what_became_of_every_unknown(monkeypatch, capsys):
    monkeypatch.setattr(calibrate, "calibrated", lambda *_: generation_of())
    assert main(["calibrate"]) == 0
    told = capsys.readouterr().out
    assert all(f"| {one.of} " in told for one in observations())
    assert all(f"| {one.name} | " in told for one in unknowns())


def test_calibrate_writes_priors_that_games_can_be_drawn_from(monkeypatch, tmp_path, capsys):
    import pyarrow.parquet as pq

    from world.prior import read_prior

    monkeypatch.setattr(calibrate, "calibrated", lambda *_: generation_of())
    monkeypatch.setattr(calibrate, "PRIORS", tmp_path / "priors")
    monkeypatch.setattr(calibrate, "KEPT", tmp_path / "accepted.parquet")
    page = tmp_path / "acceptance.md"
    page.write_text("<!-- table -->\n<!-- end of table -->\n", "utf-8")
    monkeypatch.setattr(calibrate, "PAGE", page)
    assert main(["calibrate", "--write"]) == 0
    assert "python main.py calibrate --sets 8192 --seed 1 --write" in page.read_text("utf-8")
    for name in ("october-2022", "november-2025"):
        text = (tmp_path / "priors" / f"{name}.toml").read_text("utf-8")
        assert "python main.py calibrate --sets 8192 --seed 1 --write" in text
        labels = {one.label for one in unknowns() if name in one.scenarios}
        assert read_prior(name, tmp_path / "priors").kept == labels
    sets = pq.read_table(tmp_path / "accepted.parquet")
    assert sets.column_names == [one.name for one in unknowns()]
    assert all(0 <= x <= 1 for x in sets.column(0).to_pylist())
