"""The worked example runs, in a tiny setting, and says what it learnt against whom."""

import importlib.util
import runpy
import sys
import warnings
from functools import partial
from pathlib import Path

import pytest

from arena.learning import ChokepointVectorEnv
from world.scenario import read

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "learn.py"


@pytest.fixture(scope="module")
def example():
    """The example as a module."""
    spec = importlib.util.spec_from_file_location("learn", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spec.loader.exec_module(module)
    return module


def test_the_example_learns_and_judges_in_a_tiny_setting(example, monkeypatch, capsys):
    monkeypatch.setattr(example, "ChokepointVectorEnv", partial(ChokepointVectorEnv, settings={"length": 2}))
    example.main(generations=2, games=1, judged=2, seed=1)
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("generation   0: mean ")
    assert said[1].startswith("learnt in ")
    assert [line.split(":")[0] for line in said[2:]] == ["over still", "over random", "over standard"]


def test_without_the_extra_the_example_says_in_a_sentence_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "cma", None)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(EXAMPLE))
    assert left.value.code == "examples/learn.py: needs cma; python -m pip install -r requirements-arena.txt"


def test_the_example_is_short_and_learns_a_recommended_seat(example):
    assert len(EXAMPLE.read_text("utf-8").splitlines()) < 100
    assert example.SEAT in read("november-2025").cast.recommended
