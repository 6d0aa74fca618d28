"""Calibration: the same whoever plays the sets and however often it was stopped, and its file reads back as the prior."""

import tomllib
from dataclasses import replace

import numpy as np
import pytest

from play.evidence import calibration
from play.evidence.calibration import (
    CalibrationError,
    Task,
    calibrated,
    misfits,
    observations,
    placed,
    prior_of,
    prior_text,
    unknowns,
)
from play.evidence.patterns import Observation
from play.fitting import Generation
from world.chance import game_seed
from world.prior import logit_of
from world.prior import prior_of as read_back
from world.scenario import ScenarioError, opened, read
from world.scenario_text import SCENARIOS

SETS, SEED = 64, 5


def quick(places, seeds):
    """What would be played, were games as quick as sums: off by how far three places are from their middles, and luck."""
    luck = np.array(seeds, dtype=np.uint64) % np.uint64(1000) / 1000.0
    return np.square((places[:3] - np.array([[0.2], [0.5], [0.7]])) / 0.1) + luck


@pytest.fixture
def short(monkeypatch):
    """A calibration in batches of few sets, without games."""
    monkeypatch.setattr(calibration, "misfits", quick)
    monkeypatch.setattr(calibration, "CHUNK", 10)


def alike(one: Generation, other: Generation) -> bool:
    """Whether two generations are the same to the last bit."""
    return all(np.array_equal(value, vars(other)[name]) for name, value in vars(one).items())


class Stopped(Exception):
    """Somebody stopped it."""


def test_a_calibration_that_was_stopped_and_taken_up_again_is_the_same(short, tmp_path):
    told = []
    whole = calibrated(Task(SETS, SEED, 1), tell=told.append)
    assert whole.is_last
    assert [one.number for one in told] == list(range(whole.number + 1))

    def stop(generation):
        if generation.number == 1:
            raise Stopped

    with pytest.raises(Stopped):
        calibrated(Task(SETS, SEED, 1), tmp_path, stop)
    assert len(list(tmp_path.glob("generation-*.npz"))) == 2
    again = []
    assert alike(calibrated(Task(SETS, SEED, 1), tmp_path, again.append), whole)
    assert all(alike(one, other) for one, other in zip(again, told, strict=True))


def test_what_a_folder_holds_is_not_played_again(short, tmp_path, monkeypatch):
    whole = calibrated(Task(SETS, SEED, 1), tmp_path)
    monkeypatch.setattr(calibration, "misfits", lambda *_: pytest.fail("played again"))
    assert alike(calibrated(Task(SETS, SEED, 1), tmp_path), whole)


@pytest.mark.parametrize("other", [Task(SETS, SEED + 1, 1), Task(SETS + 8, SEED, 1)])
def test_a_folder_of_another_calibration_is_refused(short, tmp_path, other):
    calibrated(Task(SETS, SEED, 1), tmp_path)
    with pytest.raises(CalibrationError, match="holds another calibration"):
        calibrated(other, tmp_path)


def test_a_folder_is_not_gone_on_with_under_other_ranges_or_scenarios(short, tmp_path, monkeypatch):
    calibrated(Task(SETS, SEED, 1), tmp_path)
    first, *rest = unknowns()
    wider = replace(first, range=replace(first.range, high=2 * first.range.high))
    with monkeypatch.context() as patched:
        patched.setattr(calibration, "unknowns", lambda: (wider, *rest))
        with pytest.raises(CalibrationError, match="its unknowns differ"):
            calibrated(Task(SETS, SEED, 1), tmp_path)
    for name in ("november-2025", "october-2022"):
        text = (SCENARIOS / f"{name}.toml").read_text("utf-8")
        (tmp_path / f"{name}.toml").write_text(text + "\n", "utf-8")
    monkeypatch.setattr(calibration, "SCENARIOS", tmp_path)
    with pytest.raises(CalibrationError, match="its scenarios differ"):
        calibrated(Task(SETS, SEED, 1), tmp_path)


@pytest.mark.parametrize("text", ["", "damaged", "PK"])
def test_a_damaged_generation_is_refused_in_a_sentence(short, tmp_path, text):
    calibrated(Task(SETS, SEED, 1), tmp_path)
    (tmp_path / "generation-01.npz").write_text(text, "utf-8")
    with pytest.raises(CalibrationError, match=r"generation-01\.npz: is damaged; delete it"):
        calibrated(Task(SETS, SEED, 1), tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[1]", "{}"])
def test_a_folder_whose_task_cannot_be_read_is_refused(short, tmp_path, text):
    (tmp_path / "task.json").write_text(text, "utf-8")
    with pytest.raises(CalibrationError, match="holds another calibration"):
        calibrated(Task(SETS, SEED, 1), tmp_path)


def test_a_folder_that_holds_something_else_is_refused(short, tmp_path):
    (tmp_path / "notes.txt").touch()
    with pytest.raises(CalibrationError, match="holds something else; choose a new folder"):
        calibrated(Task(SETS, SEED, 1), tmp_path)


def test_two_workers_find_what_one_finds(monkeypatch):
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    monkeypatch.setattr(calibration, "CHUNK", 4)
    logits = logit_of(np.random.default_rng(1).uniform(size=(len(unknowns()), 6)))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        both = calibration.simulated(Task(6, SEED, 2), pool)(logits, 3)
    assert np.array_equal(both, calibration.simulated(Task(6, SEED, 1), None)(logits, 3), equal_nan=True)


def test_a_set_is_off_as_far_in_any_batch(monkeypatch):
    some = tuple(one for one in observations() if one.of == "planned_growth_2026")
    monkeypatch.setattr(calibration, "observations", lambda: some)
    places = np.random.default_rng(2).uniform(size=(len(unknowns()), 7))
    seeds = [game_seed(SEED, at) for at in range(7)]
    whole = misfits(places, seeds)
    assert whole.shape == (1, 7)
    assert np.array_equal(misfits(places[:, 4:5], seeds[4:5]), whole[:, 4:5], equal_nan=True)


def test_every_unknown_is_put_where_its_place_says():
    places = np.random.default_rng(3).uniform(size=(len(unknowns()), 4))
    for name, held in placed(places).items():
        _, rules = opened(read(name), np.arange(4, dtype=np.uint64), places=held)
        for at, one in enumerate(unknowns()):
            if name in one.scenarios and one.label.startswith("rules.") and one.range.spread == "uniform":
                drawn = one.range.low + places[at] * (one.range.high - one.range.low)
                assert getattr(rules, one.label.removeprefix("rules.")) == pytest.approx(drawn, rel=1e-6), one.label


def generation_of(sets=400):
    luck = np.random.default_rng(4)
    mixing = luck.normal(0, 0.3, (len(unknowns()), len(unknowns()))) + np.eye(len(unknowns()))
    logits = mixing @ luck.standard_normal((len(unknowns()), sets)) + luck.normal(0, 1, (len(unknowns()), 1))
    return Generation(3, logits, np.zeros((len(observations()), sets)), 1.0, 0.2)


@pytest.mark.parametrize("scenario", ["october-2022", "november-2025"])
def test_the_file_of_a_prior_reads_back_as_the_prior(scenario):
    prior = prior_of(scenario, generation_of())
    text = prior_text(prior, ["How it was made.", "And how to read it."])
    assert text.startswith("# How it was made.\n# And how to read it.\n")
    again = read_back(scenario, tomllib.loads(text))
    assert (again.labels, again.ranges, again.kept) == (prior.labels, prior.ranges, prior.kept)
    assert again.centre == pytest.approx(prior.centre, abs=6e-5)
    assert again.spread == pytest.approx(prior.spread, abs=6e-5)


def test_a_prior_has_the_middle_and_the_ties_of_the_sets():
    generation = generation_of()
    prior = prior_of("november-2025", generation)
    rows = [at for at, one in enumerate(unknowns()) if "november-2025" in one.scenarios]
    assert prior.centre == pytest.approx(generation.logits[rows].mean(axis=1))
    assert prior.spread @ prior.spread.T == pytest.approx(np.cov(generation.logits[rows]), abs=0.01)


def test_every_unknown_is_drawn_and_every_range_is_told_once():
    labels = [one.name for one in unknowns()]
    assert len(set(labels)) == len(labels)
    assert all(isinstance(one, Observation) for one in observations())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"rules.diffusion_half_life"', '"rules.diffusion_life"', "rules.diffusion_life is not drawn from one range"),
        ('"rules.pack_growth"', '"rules.pack_grow"', "october-2022 does not draw rules.pack_grow"),
        ("shared = [", "shared = ", r"unknowns\.toml: cannot be read"),
        ("shared = [", "shred = [", r"unknowns\.toml: has no shared"),
    ],
)
def test_a_wrong_list_of_unknowns_is_refused_with_a_sentence(tmp_path, old, new, said):
    text = calibration.UNKNOWNS.read_text("utf-8")
    assert old in text
    path = tmp_path / "unknowns.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ScenarioError, match=said):
        unknowns(path)
