"""Fitting finds what is known of a few quantities, and no more."""

import numpy as np
import pytest

from play.fitting import base_density, begun, cooled, effective, followed, weighed
from world.prior import logit_of, place_of

KNOWN = ((0.3, 0.05), (0.5, 0.04))
"""That the first place, and the sum of the other two halved, are about so much, with standard deviations."""


def squares(logits, _):
    places = place_of(logits)
    found = places[0], (places[1] + places[2]) / 2
    return np.array([((one - middle) / width) ** 2 for one, (middle, width) in zip(found, KNOWN, strict=True)])


def fit(simulate, seed=7):
    generation = begun(4, 1000, simulate, seed)
    while not generation.is_last:
        generation = followed(generation, simulate, seed)
    return generation


@pytest.fixture(scope="module")
def fitted():
    return fit(squares)


def test_the_sets_hold_what_is_known_as_widely_as_it_is_known(fitted):
    first = place_of(fitted.logits)[0]
    assert abs(first.mean() - 0.3) < 0.01
    assert first.std() == pytest.approx(0.05, rel=0.2)


def test_what_nothing_is_known_of_stays_even(fitted):
    last = place_of(fitted.logits)[3]
    assert np.histogram(last, 5, (0, 1))[0] / last.size == pytest.approx(np.full(5, 0.2), abs=0.06)


def test_what_is_known_of_a_sum_ties_its_parts(fitted):
    tied = np.corrcoef(fitted.logits)
    assert tied[1, 2] < -0.8
    assert abs(tied[0, 1]) < 0.2


def test_luck_in_play_widens_what_is_found_and_does_not_bend_it():
    def lucky(logits, number):
        noise = np.random.default_rng(number).normal(0, 0.05, logits.shape[1])
        return ((place_of(logits)[0] + noise - 0.4) / 0.05)[None] ** 2

    first = place_of(fit(lucky).logits)[0]
    assert abs(first.mean() - 0.4) < 0.02
    assert first.std() == pytest.approx(0.05 * 2**0.5, rel=0.25)


def test_a_fit_is_the_same_again(fitted):
    again = fit(squares)
    assert np.array_equal(again.logits, fitted.logits)
    assert (again.number, again.accepted) == (fitted.number, fitted.accepted)


def test_the_temperature_falls_as_far_as_half_of_the_sets_allow():
    misfit = np.linspace(0, 400, 500)
    found = cooled(misfit, 1e6)
    assert effective(weighed(misfit, 1e6, found)) == pytest.approx(250, rel=0.01)
    assert cooled(misfit / 1e4, 1e6) == 1.0


def test_a_set_without_a_quantity_counts_as_far_off():
    def some(logits, number):
        found = squares(logits, number)
        found[0, logits[3] > 0] = np.nan
        return found

    assert (fit(some).logits[3] > 0).mean() < 0.05


def test_the_density_of_even_places_is_what_it_says():
    even = np.linspace(0.01, 0.99, 99)
    slope = np.gradient(even, logit_of(even))
    assert np.allclose(np.exp(base_density(logit_of(even)[None]))[2:-2], slope[2:-2], rtol=0.02)
