"""The model as a function: sets of parameters in, outcomes out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from play.drawn import drawn_in
from play.evidence.simulate import outcome_names, ranges, simulate
from world.chance import Chance, game_seed
from world.scenario import ScenarioError, opened, read
from world.scenario_numbers import Quantity, rounded

SEEDS = [game_seed(3, game) for game in range(5)]
CHANCE = Chance(np.array([1], dtype=np.uint64), np.zeros(1, dtype=np.int16))
OUTCOMES = ("lead", "smuggled_h100e", "huawei_h100e", "flow_ratio")


def test_games_with_the_parameters_they_would_draw_are_those_games():
    story = read("tutorial")
    world, rules = opened(story, np.array(SEEDS, dtype=np.uint64))
    drawn = {one.label: one.values(world, rules) for one in drawn_in(story)}
    assert set(drawn) == set(ranges("tutorial"))
    given_all = simulate(drawn, SEEDS, "tutorial", OUTCOMES)
    given_none = simulate({}, SEEDS, "tutorial", OUTCOMES)
    for name in OUTCOMES:
        assert np.array_equal(given_all[name], given_none[name]), name


def test_equal_seeds_leave_the_difference_to_the_parameter():
    found = simulate({"rules.pair_yield": [0.4, 0.9, 0.4]}, [7, 7, 7], "tutorial", ("huawei_h100e",))["huawei_h100e"]
    assert found[0] == found[2] < found[1]


def test_a_set_alone_is_what_it_is_among_others():
    crowd = simulate({"rules.risk_scale": np.linspace(0.5, 2, 5)}, SEEDS, "tutorial", OUTCOMES)
    alone = simulate({"rules.risk_scale": 1.625}, SEEDS[3:4], "tutorial", OUTCOMES)
    for name in OUTCOMES:
        assert alone[name][0] == crowd[name][3], name


def test_no_sets_have_no_outcomes_but_their_names():
    assert simulate({}, [], "tutorial")["lead"].size == 0


def test_every_outcome_that_is_named_can_be_asked():
    names = tuple(outcome_names(read("tutorial")))
    assert set(simulate({}, SEEDS[:2], "tutorial", names)) == set(names)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"rules.difusion_half_life": 2.0}, "rules.difusion_half_life: tutorial does not draw it"),
        ({"rules.risk_scale": 9.0}, "rules.risk_scale: is 9; write 0.4 to 2.5"),
        ({"rules.risk_scale": float("nan")}, "rules.risk_scale: is nan"),
        ({"rules.risk_scale": [1.0, 1.0]}, "holds 2 numbers, and there are 5 seeds"),
    ],
)
def test_parameters_that_cannot_be_are_refused_in_a_sentence(parameters, said):
    with pytest.raises(ScenarioError, match=said):
        simulate(parameters, SEEDS, "tutorial")


def test_outcomes_and_players_that_there_are_not_are_refused():
    with pytest.raises(ScenarioError, match="outcome 'leed'"):
        simulate({}, SEEDS, "tutorial", ("leed",))
    with pytest.raises(ScenarioError, match="washington=hwk: 'hwk' is not a doctrine"):
        simulate({}, SEEDS, "tutorial", players={"washington": "hwk"})
    with pytest.raises(ScenarioError, match="london=hawk: tutorial has no such seat"):
        simulate({}, SEEDS, "tutorial", players={"london": "hawk"})


@given(
    spread=st.sampled_from(["uniform", "log-uniform", "triangular"]),
    low=st.floats(0.01, 10),
    width=st.floats(0.01, 1000),
    mode=st.floats(0, 1),
    place=st.floats(0, 1),
)
def test_the_place_of_a_number_gives_the_number(spread, low, width, mode, place):
    quantity = Quantity(low + mode * width, low, low + width, spread)
    value = np.clip(quantity.drawn(CHANCE, "x", {"x": np.array([place])}), low, low + width)
    again = quantity.drawn(CHANCE, "x", {"x": quantity.place_of(value)})
    assert again == pytest.approx(rounded(value), rel=1e-6)


def test_a_number_without_a_range_has_no_place():
    with pytest.raises(ValueError, match="is fixed at 3"):
        Quantity(3.0).place_of(np.array([3.0]))
