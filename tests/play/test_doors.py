"""The command line: what cannot be obeyed is refused in a sentence, and nothing is half done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from main import main
from play.save import write_save

ROOT = Path(__file__).resolve().parents[2]

BAD = [
    (["run", "nowhere"], "'nowhere' is not the name of a scenario"),
    (["run", "--games", "0"], "--games 0: write a whole number from 1"),
    (["run", "--games", "99999999999"], "--games 99999999999: write a whole number from 1"),
    (["run", "--games", "some"], "invalid int value: 'some'"),
    (["run", "--workers", "0"], "--workers 0: write a whole number from 1"),
    (["run", "--seed", "-1"], "--seed -1: write a whole number from 0"),
    (["run", "--player", "washington=hawkish"], "'hawkish' is not a doctrine for this seat; choose one of"),
    (["run", "--player", "beijing=hawk"], "'hawk' is not a doctrine for this seat"),
    (["run", "--player", "washingtn=hawk"], "there is no seat 'washingtn'; did you mean washington?"),
    (["run", "--player", "washington"], "write player as seat=doctrine"),
    (["run", "--player", "washington=human"], "nobody sits at a screen here"),
    (["run", "--set", "rules.difusion=0"], "there is no coefficient 'difusion'; did you mean diffusion?"),
    (["run", "--set", "rules.diffusion=much"], "'much' is not a number"),
    (["run", "--set", "length"], "write set as key=value"),
    (["run", "--resume"], "add --out"),
    (["run", "--csv"], "add --out"),
    (["run", "--script", "nowhere.toml"], "cannot be read"),
    (["run", "--bogus"], "unrecognized arguments: --bogus"),
    (["runn"], "invalid choice: 'runn'"),
    (["play", "--seat", "nobody"], "--seat nobody: there is no such seat"),
    (["play", "nowhere.json.gz"], "cannot be read"),
    (["play", "--text", "--seat", "nobody"], "--seat nobody: there is no such seat"),
    (["play", "nowhere.json.gz", "--text"], "cannot be read"),
    (["view", "nowhere.json.gz", "--seat", "beijing"], "cannot be read"),
    (["view", "README.md", "--seat", "beijing"], "is not a saved game"),
    (["view", "README.md"], "--seat"),
    (["replay", "tests"], "holds no run"),
    (["replay", "nowhere.json.gz"], "cannot be read"),
    (["compare", "tests", "docs"], "holds no run"),
    (["check", "nowhere.toml"], "does not exist"),
    (["par", "nowhere"], "is not the name of a scenario"),
    (["par", "--games", "99"], "--games 99: write a whole number from 100 to 100000"),
    (["par", "--games", "99999999999"], "write a whole number from 100 to 100000"),
    (["par", "--seed", "-1"], "--seed -1: write a whole number from 0"),
    (["turning", "nowhere.json.gz"], "cannot be read"),
    (["play", "nowhere.json.gz", "--finish"], "cannot be read"),
    (["seats", "nowhere"], "is not the name of a scenario"),
    (["orders", "cap_export"], "there is no such order or role; did you mean cap_exports?"),
    (["facts", "no-such-word"], "no fact says so"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_wrong_words_get_one_sentence_and_status_2(words, said, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    try:
        status = main(words)
    except SystemExit as left:
        status = left.code
    output = capsys.readouterr()
    assert status == 2
    assert output.out == ""
    assert said in output.err
    assert output.err.count("\n") == 1
    assert "Traceback" not in output.err


@pytest.mark.parametrize("option", ["--out", "--save"])
def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_played(option, capsys, tmp_path):
    (tmp_path / "file").touch()
    assert main(["run", "--games", "1", option, str(tmp_path / "file" / "results")]) == 2
    assert f"{option} {tmp_path}/file/results: cannot be written" in capsys.readouterr().err
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").touch()
    assert main(["run", "--games", "1", option, str(tmp_path / "full")]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "full", "something"]


PLACES = [["odd", "--out"], ["scenarios", "--schema"], ["calibrate", "--out"]]


@pytest.mark.parametrize("words", PLACES, ids=" ".join)
def test_a_place_that_cannot_be_written_is_refused_in_one_sentence(words, capsys, tmp_path):
    (tmp_path / "file").touch()
    assert main([*words, str(tmp_path / "file" / "under")]) == 2
    said = capsys.readouterr().err
    assert f"{words[1]} {tmp_path}/file/under: cannot be written (" in said
    assert said.count("\n") == 1


SCRIPTS = [
    ("[[order]]\ndate = 2026-04-01\nseat = 'beijing'\norder = 'cap_exports'\nceiling = 1", "beijing may not give it"),
    ("[[order]]\ndate = 2026-04-01\nseat = 'nobody'\norder = 'cap_exports'\nceiling = 1", "there is no seat 'nobody'"),
    (
        "[[order]]\ndate = 2026-04-01\nseat = 'nvidia'\norder = 'price_chips'\nmarkup = 9",
        "markup is 9; write -0.5 to 1 share",
    ),
    ("[[order]]\ndate = 1999-04-01\nseat = 'nvidia'\norder = 'price_chips'\nmarkup = 0", "is outside of the game"),
    ("[[order]]\nseat = 'nvidia'\norder = 'price_chips'\nmarkup = 0", "date is missing"),
    ("[[order]]\ndate = 'soon'\nseat = 'nvidia'\norder = 'price_chips'\nmarkup = 0", "date is 'soon'"),
    ("[[orders]]\ndate = 2026-04-01", "unknown key 'orders'"),
    ("not toml", "is not TOML"),
    ("", "holds no order"),
    (
        "".join(
            f"[[order]]\ndate = 2026-04-01\nseat = 'deepseek'\norder = 'buy'\nchannel = '{channel}'\nshare = 1\n"
            for channel in ("licensed", "domestic", "smuggled", "rented")
        ),
        "order 4 of deepseek in Q2 2026; a seat has 3 moves",
    ),
    (
        "[[order]]\ndate = 2026-02-01\nseat = 'metax'\norder = 'design_chip'\nproject = 9\nnode = 2\n",
        "it stood in no game",
    ),
]


@pytest.mark.parametrize(("text", "said"), SCRIPTS, ids=range(len(SCRIPTS)))
def test_a_script_that_cannot_be_obeyed_is_refused(text, said, capsys, tmp_path):
    (tmp_path / "script.toml").write_text(text, "utf-8")
    words = ["run", "--games", "2", "--script", str(tmp_path / "script.toml")]
    assert main([*words, "--out", str(tmp_path / "out")]) == 2
    output = capsys.readouterr()
    assert said in output.err
    assert output.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["script.toml"]


def put(old, new):
    """A scenario in which something stands where something else stood."""

    def changed(text):
        assert old in text
        return text.replace(old, new, 1).encode("utf-8")

    return changed


MONEY = 'money = { value = 5, unit = "billion USD"'
BAD_SCENARIOS = {
    "a misspelt key": (put('\ntitle = "Washington"', '\ntitel = "Washington"'), "did you mean title?"),
    "a misspelt quantity": (put(MONEY, MONEY.replace("money", "mony")), "did you mean money?"),
    "a wrong reference": (put('recommended = ["washington"', 'recommended = ["washingtn"'), "did you mean washington?"),
    "a negative stock": (put(MONEY, MONEY.replace("5", "-5")), "-5"),
    "a string for a number": (put(MONEY, MONEY.replace("5", '"five"')), "five"),
    "an unknown unit": (put(MONEY, MONEY.replace("billion USD", "billion PLN")), "billion PLN"),
    "a file cut short": (lambda text: text[: len(text) // 2].encode("utf-8"), "cut.toml"),
    "an empty file": (lambda text: b"", "cut.toml"),
    "noise": (lambda text: bytes(range(256)) * 8, "cut.toml"),
    "other rules": (put("rules_version = 1", "rules_version = 99"), "rules_version"),
}


@pytest.mark.parametrize("case", BAD_SCENARIOS)
def test_a_scenario_with_a_mistake_is_refused_before_anything_is_played(case, capsys, tmp_path):
    spoil, said = BAD_SCENARIOS[case]
    good = (ROOT / "assets" / "scenarios" / "november-2025.toml").read_text("utf-8")
    file = tmp_path / "cut.toml"
    file.write_bytes(spoil(good))
    for words in (
        ["check", str(file)],
        ["run", str(file), "--games", "1", "--out", str(tmp_path / "out"), "--save", str(tmp_path / "saves")],
        ["play", str(file), "--text"],
        ["seats", str(file)],
    ):
        assert main(words) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert said in output.err
        assert output.err.startswith("cut.toml")
    assert [path.name for path in tmp_path.iterdir()] == ["cut.toml"]


def test_two_mistakes_get_a_sentence_each(capsys, tmp_path):
    good = (ROOT / "assets" / "scenarios" / "november-2025.toml").read_text("utf-8")
    spoilt = good.replace('\ntitle = "Washington"', '\ntitel = "Washington"', 1).replace("length = 12", "length = 0", 1)
    (tmp_path / "two.toml").write_text(spoilt, "utf-8")
    assert main(["check", str(tmp_path / "two.toml")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("two.toml") for line in lines)


def test_the_schema_for_editors_is_what_the_command_writes(capsys, tmp_path):
    assert main(["scenarios", "--schema", str(tmp_path / "schema.json")]) == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert "written to" in output.err
    kept = ROOT / "assets" / "scenarios" / "scenario.schema.json"
    assert kept.read_bytes() == (tmp_path / "schema.json").read_bytes(), (
        "write it anew: python main.py scenarios --schema assets/scenarios/scenario.schema.json"
    )
    assert main(["scenarios", "--schema", str(tmp_path / "nowhere" / "schema.json")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_save_cut_in_half_is_refused(game, tmp_path, capsys):
    write_save(tmp_path / "game.json.gz", game)
    data = (tmp_path / "game.json.gz").read_bytes()
    (tmp_path / "game.json.gz").write_bytes(data[: len(data) // 2])
    for words in (["view", "--seat", "beijing"], ["replay"], ["play", "--text"]):
        assert main([*words, str(tmp_path / "game.json.gz")]) == 2
        assert capsys.readouterr().err == "game.json.gz: is cut short; take another copy of it\n"


def test_every_looking_command_says_something(capsys):
    for words, said in (
        (["scenarios"], "november-2025: November 2025, 12 quarters"),
        (["seats"], "washington"),
        (["seats", "november-2025", "--about"], "Controls what may be sold"),
        (["orders"], "cap_exports GROUP ceiling=TPP density=TPP/mm2"),
        (["orders", "broker"], "size_consignments chips=chips"),
        (["orders", "buy", "--json"], '"name": "buy"'),
        (["facts", "H20", "price"], "Nvidia H20"),
        (["check", "november-2025"], "no mistakes"),
    ):
        assert main(words) == 0
        output = capsys.readouterr()
        assert said in output.out, words
        assert output.err == ""


def test_the_help_names_every_way_in(capsys):
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    for words in (
        "python main.py   ",
        "python main.py play november-2025",
        "python main.py run november-2025",
        "--text",
    ):
        assert words in said


def command(*words, hashes="0", **options):
    """A command in a process of its own."""
    env = {**os.environ, "PYTHONHASHSEED": hashes, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "main.py", *words], cwd=ROOT, env=env, capture_output=True, encoding="utf-8", **options
    )


def test_another_process_with_other_hashes_plays_the_same_games(tmp_path):
    assert main(["run", "--games", "18", "--seed", "3", "--out", str(tmp_path / "here")]) == 0
    done = command("run", "--games", "18", "--seed", "3", "--out", str(tmp_path / "there"), hashes="4711")
    assert done.returncode == 0, done.stderr
    for name in ("games", "quarters", "flows", "orders"):
        one, other = (tmp_path / place / f"{name}.parquet" for place in ("here", "there"))
        assert one.read_bytes() == other.read_bytes(), name


def test_a_game_is_played_from_a_pipe(tmp_path):
    words = "orders\ncap_exports cn ceiling=6000\nend\nwhy not\nquit\n"
    done = command("play", "--text", "--seat", "washington", "--seed", "5", input=words)
    assert done.returncode == 0, done.stderr
    assert "Noted: cap_exports cn ceiling=6000" in done.stdout
    assert "News of Q1 2026" in done.stdout
    assert done.stderr == ""


def test_a_refusal_goes_to_standard_error():
    done = command("run", "--games", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "--games 0: write a whole number from 1 on\n"
