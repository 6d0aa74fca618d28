"""Ranges read from many quantities at once are those of each alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.imagine import imagine
from play.preview import RANGES, effect_on, effects_on, played_arms, played_together, ranges_of
from play.quantities import outcome_quantities
from world.scenario import read
from world.view import view


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40))
def test_ranges_are_percentiles(values):
    assert ranges_of(np.array(values)) == pytest.approx(np.percentile(values, RANGES), rel=1e-9, abs=1e-6)


def test_arms_played_together_say_what_they_say_apart(games):
    imagined = imagine(read("november-2025"), [view(games(1).world, "washington")], 6)
    draft = {0: 10}
    arms = played_arms(imagined, [{}, draft], 2)
    together = effects_on(outcome_quantities(imagined.world.cast), played_together(imagined, [{}, draft], 2))
    for name, effect in together.items():
        alone = effect_on(effect.quantity, *arms)
        assert alone.samples == pytest.approx(effect.samples, rel=1e-9, abs=1e-9), name
        assert alone.by_quarter == pytest.approx(effect.by_quarter, rel=1e-9, abs=1e-9), name
        assert alone.still == pytest.approx(effect.still, rel=1e-9, abs=1e-9), name
