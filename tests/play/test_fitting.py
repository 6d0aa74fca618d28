"""Fitting finds what is known of a few quantities, and no more."""

import numpy as np
import pytest

from play.fitting import base_density, begun, cooled, density, effective, followed, mixture_density, resampled, weighed
from world.prior import Range, logit_of, place_of

KNOWN = ((0.3, 0.05), (0.5, 0.04))
"""That the first place, and the sum of the other two halved, are about so much, with standard deviations."""


def squares(logits, _):
    places = place_of(logits)
    found = places[0], (places[1] + places[2]) / 2
    return np.array([((one - middle) / width) ** 2 for one, (middle, width) in zip(found, KNOWN, strict=True)])


@pytest.fixture(scope="module")
def fitted():
    generation = begun(4, 2000, squares, seed=7)
    while not generation.is_last:
        generation = followed(generation, squares, seed=7)
    return followed(generation, squares, seed=7)


def test_the_sets_hold_what_is_known_as_widely_as_it_is_known(fitted):
    places, weights = place_of(fitted.logits), fitted.weights
    first = places[0] @ weights
    assert abs(first - 0.3) < 0.01
    assert np.sqrt((places[0] - first) ** 2 @ weights) == pytest.approx(0.05, rel=0.2)


def test_what_nothing_is_known_of_stays_even(fitted):
    last = place_of(fitted.logits)[3]
    assert np.histogram(last, 5, (0, 1), weights=fitted.weights)[0] == pytest.approx(np.full(5, 0.2), abs=0.05)


def test_what_is_known_of_a_sum_ties_its_parts(fitted):
    prior = density("toy", "abcd", [Range(0, 1, "uniform")] * 4, fitted)
    cover = prior.spread @ prior.spread.T
    assert cover[1, 2] / np.sqrt(cover[1, 1] * cover[2, 2]) < -0.8
    assert abs(cover[0, 1] / np.sqrt(cover[0, 0] * cover[1, 1])) < 0.2


def test_enough_sets_keep_weight_at_every_temperature(fitted):
    assert fitted.is_last
    assert fitted.effective > 0.2 * fitted.weights.size
    assert fitted.weights.sum() == pytest.approx(1)


def test_a_fit_is_the_same_again(fitted):
    again = begun(4, 2000, squares, seed=7)
    while again.number < fitted.number:
        again = followed(again, squares, seed=7)
    assert np.array_equal(again.logits, fitted.logits)
    assert np.array_equal(resampled(again, 50, 3), resampled(fitted, 50, 3))


def test_the_temperature_falls_no_lower_than_one_and_as_far_as_it_can():
    misfit = np.linspace(0, 400, 500)
    found = cooled(np.zeros(500), misfit, 1e6)
    assert effective(weighed(np.zeros(500), misfit, found)) == pytest.approx(125, rel=0.01)
    assert cooled(np.zeros(500), misfit / 1e4, 1e6) == 1.0


def test_a_set_without_a_quantity_counts_as_far_off():
    def some(logits, number):
        found = squares(logits, number)
        found[0, logits[3] > 0] = np.nan
        return found

    generation = begun(4, 2000, some, seed=1)
    generation = followed(generation, some, seed=1)
    assert generation.weights[generation.logits[3] > 0].sum() < 0.2


def test_densities_are_what_they_say():
    even = np.linspace(0.01, 0.99, 99)[None]
    slope = np.gradient(even[0], logit_of(even[0]))
    assert np.allclose(np.exp(base_density(logit_of(even)))[2:-2], slope[2:-2], rtol=0.02)
    nodes, weights, root = np.array([[0.0, 3.0]]), np.array([0.25, 0.75]), np.array([[0.5]])
    points = np.linspace(-2, 5, 7)[None]
    plain = np.log(0.25 * np.exp(-2 * (points[0] - 0) ** 2) + 0.75 * np.exp(-2 * (points[0] - 3) ** 2))
    assert np.allclose(mixture_density(points, nodes, weights, root), plain)
