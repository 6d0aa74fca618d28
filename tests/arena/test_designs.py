"""Designs and numbers: each set is played once with each seed, and every number of a scenario can be varied."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arena.sweep import work
from arena.sweep.designs import METHODS
from arena.sweep.knobs import knobs
from arena.sweep.work import Task, digest_of, jobs
from play.commands.doors import Refused
from play.evidence.simulate import Setup
from world.scenario import read
from world.scenario_tables import CHOICES

STORY = read("november-2025")
DIGEST = digest_of("november-2025")
VARY = ("rules.diffusion=0.2:1", "length=3:5", "washington.cap_exports.cn.ceiling=4000:4500", "rules.risk_scale=1:2")
_, LENGTH, CEILING, _ = knobs(STORY, VARY, {})


def task(method: str, samples: int, games: int, numbers: int, seed: int = 1) -> Task:
    setup = Setup("november-2025", ("lead",))
    return Task(setup, VARY[:numbers], method, samples, games, seed, DIGEST)


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(sorted(METHODS)), st.integers(1, 3), st.integers(1, 7), st.integers(1, 4), st.integers(0, 2**64 - 1)
)
def test_any_design_gives_each_sample_once_with_each_game(method, power, games, numbers, seed):
    one = task(method, 2**power, games, numbers, seed)
    places = one.places()
    some = knobs(STORY, one.vary, {})
    assert places.shape == (METHODS[method].sets(some, one.samples), numbers)
    assert ((places >= 0) & (places <= 1)).all()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(work, "ROWS", 5)
        pieces = [job.what for job in jobs(one, places)]
    rows = np.concatenate([np.arange(piece.first, piece.end) for piece in pieces])
    assert np.array_equal(rows, np.arange(len(places) * games))
    for piece in pieces:
        assert np.array_equal(piece.places, places[piece.first // games : (piece.end - 1) // games + 1])


@given(st.integers(2, 9), st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_a_grid_has_every_combination_once(samples, numbers):
    some = knobs(STORY, VARY[:numbers], {})
    places = METHODS["grid"].places(some, samples, 1)
    rows = list(zip(*(knob.numbers(places[:, at]) for at, knob in enumerate(some)), strict=True))
    assert len(set(rows)) == len(rows) == METHODS["grid"].sets(some, samples)
    assert rows == sorted(rows)
    for at, knob in enumerate(some):
        assert {knob.low, knob.high} <= {row[at] for row in rows}


@given(st.floats(0, 1))
def test_whole_numbers_and_steps_are_kept(place):
    assert LENGTH.numbers(np.array([place]))[0] in (3, 4, 5)
    assert CEILING.numbers(np.array([place]))[0] in range(4000, 4501, 100)


def test_the_same_seed_gives_the_same_design_and_another_another():
    for method in ("lhs", "sobol", "morris"):
        first, again, other = (task(method, 4, 1, 2, seed).places() for seed in (0, 0, 1))
        assert np.array_equal(first, again), method
        assert not np.array_equal(first, other), method


def test_every_number_of_a_scenario_can_be_varied_by_the_name_that_tables_give_it():
    begins = STORY.begins
    for filling in (*begins.quantities.values(), *begins.coefficients.values()):
        if filling.label.removeprefix("opening.") in CHOICES:
            continue
        for place, one in filling.cells.items():
            label = filling.named(place)
            low, high = (1.0, 2.0) if one.value > 1 else (0.0001, 1.0)
            span = "0:1" if label.startswith("opening.") and one.value <= 1 else f"{low}:{high}"
            (knob,) = knobs(STORY, [f"{label}={span}"], {})
            assert knob.labels == (label,)


def test_a_unit_is_that_of_the_ends():
    (knob,) = knobs(STORY, ["smic.open.capacity.advanced=10000:20000 wafers/month"], {})
    assert (knob.low, knob.high, knob.unit) == (30_000, 60_000, "wafers/quarter")


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ("rules.difusion=1:2", "there is no coefficient 'difusion'; did you mean diffusion"),
        ("opening.stacks.huwei=1:2", "there is no 'huwei'; did you mean huawei?"),
        ("washington.cap_exports.cn.ceilling=0:100", "has no amount 'ceilling'; write one of ceiling, density"),
        ("rules.diffusion=2:1", "goes from 2 to 1; write the smaller number first"),
        ("rules.diffusion=1:1", "goes from 1 to 1"),
        ("rules.diffusion=1", "write it as KEY=LOW:HIGH"),
        ("rules.diffusion=a:2", "write it as KEY=LOW:HIGH"),
        ("rules.diffusion=nan:2", "write it as KEY=LOW:HIGH"),
        ("rules.diffusion", "write it as KEY=LOW:HIGH"),
        ("=1:2", "write it as KEY=LOW:HIGH"),
        ("open.premium=-3:0", "is -3; write -1 to 20"),
        ("length=4.2:4.8", "holds one whole number at most"),
        ("length=0:8", "a game has from 1 to 100 turns"),
        ("washington.cap_exports.cn.ceiling=4050:6000", "between two steps of 100"),
        ("fab.open.node=0:1", "there is no 'fab'"),
        ("washington=0:1", "says too little of 'washington'"),
    ],
)
def test_what_cannot_be_varied_is_refused_in_a_sentence(vary, said):
    with pytest.raises(Refused) as refusal:
        knobs(STORY, [vary], {})
    assert f"--vary {vary}: " in str(refusal.value)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("vary", "settings", "said"),
    [
        (["rules.diffusion=0:1", "rules.diffusion=0:2"], {}, "moves what --vary rules.diffusion moves already"),
        (["huawei.open.stacks=0:1", "opening.stacks.huawei=0:2"], {}, "moves what --vary huawei.open.stacks moves"),
        (["rules.diffusion=0:1"], {"rules.diffusion": "1"}, "is also given by --set"),
        ([], {}, "says nothing to vary"),
    ],
)
def test_numbers_that_are_asked_for_twice_or_not_at_all_are_refused(vary, settings, said):
    with pytest.raises(Refused, match=said):
        knobs(STORY, vary, settings)
