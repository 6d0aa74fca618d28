"""The bench of the arena measures what it says, says what it could not measure, and refuses what it cannot."""

import json
import tempfile
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from arena.bench import command, doors, growth, memory, speed, timing
from main import main, parser
from play.commands.doors import Refused
from play.shards import Plan
from world.scenario import read

SIZES = [1, 2, 4, 8]
LIGHT = ["scenarios"]
"""A command that holds little and is over soon."""


@pytest.fixture
def short_games(monkeypatch):
    """Doors are measured with games of one quarter."""
    monkeypatch.setattr(doors, "read", lambda name: growth.lasting(read(name), 1))


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on by a second at each look."""
    ticks = count()
    monkeypatch.setattr(timing.time, "perf_counter", lambda: float(next(ticks)))


def test_actions_take_turns_and_the_first_round_is_not_counted(clock):
    done = []
    taken = timing.in_turns({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 3)
    assert "".join(done) == "ab" * 4
    assert taken == {"a": [1.0] * 3, "b": [1.0] * 3}


def test_a_ratio_is_the_median_of_those_within_a_round():
    assert timing.over([2.0, 30.0, 4.0], [1.0, 10.0, 1.0]) == 3.0
    assert timing.middle([3.0, 1.0, 9.0]) == 3.0


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 2.0])
def test_the_power_with_which_something_grows_is_found(power):
    assert timing.exponent(SIZES, [3 * size**power for size in SIZES]) == pytest.approx(power)


@pytest.mark.parametrize("name", ["november-2025", "tutorial"])
def test_a_scenario_grows_by_copies_of_its_actors(name, tmp_path):
    one, three = (growth.copied(name, copies, tmp_path) for copies in (1, 3))
    assert one.cast.names["seats"] == read("november-2025").cast.names["seats"]
    for axis in ("labs", "brokers"):
        assert len(three.cast.names[axis]) == 3 * len(one.cast.names[axis])
    assert {f"openai-{at}" for at in (1, 2)} < set(three.cast.names["owners"])
    growth.games(growth.lasting(three, 1), 2, 1)()


def test_games_that_are_timed_are_played_to_the_quarter_that_is_said():
    one = growth.lasting(read("tutorial"), 1)
    growth.games(one, 3, 1)()
    with pytest.raises(RuntimeError, match="were to play 2 quarters"):
        growth.games(one, 3, 2)()


def test_growth_says_times_by_size_and_the_power(monkeypatch):
    for name, sizes in (("GAMES", (1, 3)), ("QUARTERS", (1, 2)), ("COPIES", (1, 2))):
        monkeypatch.setattr(growth, name, sizes)
    monkeypatch.setattr(growth, "AT_ONCE", 2)
    monkeypatch.setattr(growth, "LONG", 1)
    found = growth.growth("tutorial", 1)
    assert list(found["games"]["milliseconds"]) == ["1", "3"]
    assert list(found["quarters"]["milliseconds"]) == ["1", "2"]
    assert list(found["actors"]["milliseconds"]) == ["41", "56"]
    assert len(growth.growth_lines(found)) == 4


def test_games_a_second_are_counted_once_every_worker_is_at_work(monkeypatch):
    plan = Plan("tutorial", 9)
    ends = iter([5.0, 7.0, 8.0])
    monkeypatch.setattr(speed.time, "perf_counter", lambda: next(ends))
    monkeypatch.setattr(speed, "play", lambda plan, shards, workers: [Part(0, 4), Part(4, 7), Part(7, 9)])
    assert speed.rate(plan, [], 1) == 5 / 3
    ends = iter([5.0, 7.0, 8.0])
    assert speed.rate(plan, [], 2) == 2.0


class Part:
    def __init__(self, first, end):
        self.first, self.end = first, end


def test_doors_are_measured_beside_plain_games(monkeypatch, short_games):
    monkeypatch.setattr(doors, "WORLDS", (1, 3))
    found = {
        "vector": doors.vector("tutorial", 1),
        "parallel": doors.parallel("tutorial", 1),
        "bot": doors.bot("tutorial", 1),
    }
    assert list(found["vector"]["worlds"]) == ["1", "3"]
    for one in (*found["vector"]["worlds"].values(), found["parallel"], found["bot"]):
        assert min(one.values()) > 0
        assert one["times_as_long"] == pytest.approx(one["plain_steps_per_second"] / one["steps_per_second"])
    assert len(doors.door_lines(found)) == 5


def test_a_batch_for_dask_is_the_games_of_the_plan():
    rows = doors.batch(doors.Job(0, (Plan("tutorial", 5, settings={"length": "1"}), 2, 4)))
    assert rows["game"].to_pylist() == [2, 3]


def test_a_bot_that_forfeits_is_not_measured(monkeypatch, tmp_path, short_games):
    (tmp_path / "silent.py").write_text(SILENT, "utf-8")
    monkeypatch.setattr(doors, "BOT", tmp_path / "silent.py")
    assert "forfeited" in doors.bot("tutorial", 1)["missing"]


SILENT = """
import json
json.loads(input())
print(json.dumps({"type": "ready", "ask": 0, "protocol": 1, "name": "silent"}), flush=True)
"""


def test_a_library_that_is_not_installed_is_said_and_the_rest_is_measured(monkeypatch, short_games):
    def gone(name, wanted_by):
        raise Refused(f"{wanted_by}: needs the library {name}, which is not installed")

    monkeypatch.setattr(doors, "library", gone)
    found = doors.through_doors("tutorial", 1)
    assert found.pop("a bot that speaks JSON lines")["times_as_long"] > 0
    for name, one in found.items():
        assert "is not installed" in one["missing"], name
        assert any(name in line and "not measured" in line for line in doors.door_lines(found))


def test_the_most_memory_of_a_command_is_that_of_its_process_and_not_of_the_one_that_starts_it():
    held = np.ones(1 << 24)
    assert 10 < memory.peak(LIGHT) < memory.most_held() / 1024 - held.nbytes / 1024**2 / 2


def test_a_command_that_fails_is_not_measured():
    with pytest.raises(memory.Failed, match="scenarios --nowhere left with status 2"):
        memory.peak([*LIGHT, "--nowhere"])


def test_memory_is_told_by_game_and_for_a_million(monkeypatch):
    def peak(words):
        if words[0] == "sweep":
            return 70.0
        return 100.0 if "--out" in words else 50.0 + int(words[words.index("--games") + 1]) / 1000

    monkeypatch.setattr(memory, "peak", peak)
    found = memory.memory("tutorial")
    assert found["run"]["bytes_a_game"] == pytest.approx(1024 * 1024 / 1000)
    assert found["run"]["megabytes_of_a_million"] == pytest.approx(1050)
    assert found["run --out"]["bytes_a_game"] == 0
    assert all("a million" in memory.memory_lines(found)[0] for _ in found)


def test_where_no_peak_can_be_read_memory_is_not_measured(monkeypatch):
    monkeypatch.setattr(memory, "find_spec", lambda name: None)
    (line,) = memory.memory_lines(memory.memory("tutorial"))
    assert "not measured" in line


def test_commands_whose_memory_is_measured_are_read_by_main():
    for words in memory.ways("tutorial", 2, str(Path(tempfile.gettempdir()) / "no-such-results")).values():
        assert parser().parse_args(words).games in (2, memory.EACH)


PARTS = {"speed": {"games_a_batch": 2, "games_per_second": {"1": 3.0, "2": 5.0}, "times_as_many_on_two": 5 / 3}}


def test_everything_is_told_in_text_and_as_json(monkeypatch, capsys):
    row = {"steps_per_second": 1.0, "plain_steps_per_second": 2.0, "times_as_long": 2.0}
    sizes = {"milliseconds": {"1": 1.0, "2": 2.0}, "exponent": 1.0, "exponent_of_the_largest": 1.0}
    monkeypatch.setattr(command, "speed", lambda *_: PARTS["speed"])
    monkeypatch.setattr(command, "through_doors", lambda *_: {"a door": row, "none": {"missing": "not installed"}})
    monkeypatch.setattr(command, "growth", lambda *_: {"games": sizes})
    monkeypatch.setattr(
        command, "memory", lambda *_: {"run": {"megabytes": {"1": 1.0}, "bytes_a_game": 2.0, **MILLION}}
    )
    assert main(["bench", "tutorial", "--arena", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["scenario", "rounds", "cores", "speed", "doors", "growth", "memory"]
    assert main(["bench", "tutorial", "--arena"]) == 0
    said = capsys.readouterr().out
    for words in ("games a second on 2 cores", "a door", "not measured; not installed", "power 1.00", "a million"):
        assert words in said


MILLION = {"megabytes_of_a_million": 3.0}
BAD = [
    (["nowhere", "--arena"], "'nowhere' is not the name of a scenario"),
    (["--arena", "--desktop"], "not allowed with argument"),
    (["--arena", "--runs", "0"], "--runs 0: write a whole number from 1 on"),
    (["--runs", "0"], "--runs 0: write a whole number from 1 on"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_what_cannot_be_measured_is_refused_in_a_sentence(words, said, capsys):
    try:
        status = main(["bench", *words])
    except SystemExit as left:
        status = left.code
    assert status == 2
    output = capsys.readouterr()
    assert said in output.err
    assert output.err.count("\n") == 1
    assert output.out == ""
