"""The model as a function of any numbers."""

import inspect

import numpy as np
import pytest

from arena import ranges, simulate
from play.evidence import simulate as drawn_only
from world.chance import game_seed
from world.scenario import ScenarioError

SEEDS = [game_seed(3, game) for game in range(5)]
OUTCOMES = ("lead", "smuggled_h100e", "huawei_h100e")
PLACES = np.linspace(0, 1, 5)


def test_a_drawn_number_given_is_that_of_the_sensitivity_analysis():
    one = ranges("tutorial")["rules.risk_scale"]
    given = {"rules.risk_scale": one.low + PLACES * (one.high - one.low)}
    found, there = (f(given, SEEDS, "tutorial", OUTCOMES) for f in (simulate, drawn_only.simulate))
    for name in OUTCOMES:
        assert np.allclose(found[name], there[name], rtol=1e-5), name


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("rules.diffusion", [0.1, 0.5, 1.0, 2.0, 3.0]),
        ("rules.risk_scale", [0.0, 1.0, 50.0, 2.0, 3.0]),
        ("huawei.open.stacks", [0, 10, 5_000_000, 1, 1]),
        ("opening.stacks.huawei", [0, 10, 5_000_000, 1, 1]),
        ("washington.cap_exports.cn.ceiling", [0, 4800, 60_000, 100, 200]),
        ("length", [1, 4, 2, 3, 6]),
    ],
)
def test_a_set_alone_is_what_it_is_among_others_whatever_number_is_given(key, values):
    crowd = simulate({key: values}, SEEDS, "tutorial", OUTCOMES)
    for game in (1, 2):
        alone = simulate({key: values[game]}, SEEDS[game : game + 1], "tutorial", OUTCOMES)
        for name in OUTCOMES:
            assert alone[name][0] == crowd[name][game], name


def test_a_number_given_to_all_games_is_one_that_is_set():
    given = simulate({"rules.diffusion": 0.25}, SEEDS, "tutorial", OUTCOMES)
    put = simulate({}, SEEDS, "tutorial", OUTCOMES, settings={"rules.diffusion": "0.25"})
    assert all(np.array_equal(given[name], put[name]) for name in OUTCOMES)


def test_no_sets_have_no_outcomes_but_their_names():
    assert simulate({"rules.diffusion": []}, [], "tutorial")["lead"].size == 0


def test_the_function_takes_parameters_and_seeds_first():
    assert list(inspect.signature(simulate).parameters)[:2] == ["parameters", "seeds"]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"rules.difusion": 2.0}, "rules.difusion: there is no coefficient 'difusion'"),
        ({"open.premium": -2.0}, "open.premium: is -2; write -1 to 20"),
        ({"rules.risk_scale": float("nan")}, "rules.risk_scale: holds nan"),
        ({"rules.risk_scale": [1.0, 1.0]}, "holds 2 numbers, and there are 5 seeds"),
        ({"washington.cap_exports.cn.ceiling": [100, 250, 300, 0, 0]}, "is 250, between two steps of 100 TPP"),
        ({"length": 0}, "length: a game has from 1 to 100 turns"),
    ],
)
def test_parameters_that_cannot_be_are_refused_in_a_sentence(parameters, said):
    with pytest.raises(ScenarioError, match=said):
        simulate(parameters, SEEDS, "tutorial")


def test_an_outcome_of_a_year_that_some_games_do_not_reach_is_refused():
    simulate({"length": [8, 12]}, SEEDS[:2], "november-2025", ["huawei_chips.2027"])
    with pytest.raises(ScenarioError, match=r"outcome 'huawei_chips.2027'"):
        simulate({"length": [7, 12]}, SEEDS[:2], "november-2025", ["huawei_chips.2027"])
