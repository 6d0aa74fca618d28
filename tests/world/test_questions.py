"""Disputed quantities: each is declared with its unit and meaning, and told in that unit."""

import numpy as np
import pytest

from world.phases.intelligence import QUESTIONS, truth
from world.state import replace


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_told_of_a_question_is_its_truth(games, name):
    world = games(5).played(2)
    assert QUESTIONS[name].doc
    lns = truth(world)[world.cast.at("questions", name)]
    facts = np.broadcast_to(QUESTIONS[name].truth(world), lns.shape)
    told = [QUESTIONS[name].told(ln) for ln in lns]
    assert told == pytest.approx(facts.tolist(), rel=1e-6, abs=2e-3)


def test_a_lead_of_china_is_a_number_of_months_below_zero(games):
    world = games(5).world
    behind = replace(world, lead=np.full_like(world.lead, -7.0))
    ln = truth(behind)[world.cast.at("questions", "lead"), 0]
    assert QUESTIONS["lead"].told(ln) == pytest.approx(-7.0)


def test_no_more_than_all_dies_are_said_to_be_good():
    assert QUESTIONS["smic_yield"].told(0.5) == 1.0
    assert QUESTIONS["rented"].told(0.5) == pytest.approx(np.exp(0.5))
