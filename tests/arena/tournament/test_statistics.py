"""Statistics of tournaments: what is known to be true of a population is found again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arena.tournament.statistics import bootstrap, cycles, luck, populations
from arena.tournament.statistics.bradley_terry import SCALE, Comparisons, odds, ranks, ratings

ROCK = np.array([[0.5, 1.0, 0.0], [0.0, 0.5, 1.0], [1.0, 0.0, 0.5]])
SCORES = st.lists(st.floats(-10, 10), min_size=2, max_size=7, unique=True)


def everybody(players, seats=0):
    first, second = np.triu_indices(players, 1)
    return Comparisons(first, second, np.zeros((first.size, seats)))


def expected(rows, skill, edge=None):
    strength = skill[rows.first] - skill[rows.second]
    strength = strength + (rows.seats @ edge if edge is not None else 0)
    return 1 / (1 + np.exp(-strength))


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=8))
@settings(deadline=None)
def test_ratings_that_made_the_results_are_found_again(skill):
    skill = np.array(skill) - np.mean(skill)
    rows, games = everybody(skill.size), 1e7
    found = ratings(rows, games * expected(rows, skill), np.full(rows.first.size, games), skill.size)
    assert found.players == pytest.approx(SCALE * skill, abs=0.2)


def test_the_edge_of_a_seat_is_told_apart_from_skill():
    skill, edge = np.array([0.5, 0.0, -0.5]), np.array([0.8, -0.8])
    once = everybody(3)
    seats = np.array([[1.0, -1.0]] * 3 + [[-1.0, 1.0]] * 3)
    rows = Comparisons(np.tile(once.first, 2), np.tile(once.second, 2), seats)
    found = ratings(rows, 1e7 * expected(rows, skill, edge), np.full(6, 1e7), 3)
    assert found.players == pytest.approx(SCALE * skill, abs=0.2)
    assert found.seats == pytest.approx(SCALE * edge, abs=0.2)


def test_who_wins_every_game_has_a_finite_rating_that_grows_with_the_games():
    rows = everybody(2)
    few, many = (ratings(rows, np.array([n]), np.array([n]), 2).players for n in (10.0, 1000.0))
    assert 0 < few[0] < many[0] < 2000


def test_many_resamples_are_rated_as_each_alone():
    rows, chance = everybody(4), np.random.default_rng(3)
    won = chance.integers(0, 50, size=(5, 6)).astype(float)
    together = ratings(rows, won, np.full((5, 6), 50.0), 4).players
    alone = [ratings(rows, one, np.full(6, 50.0), 4).players for one in won]
    assert together == pytest.approx(np.stack(alone), abs=1e-6)


def test_odds_of_ten_to_one_are_400_points():
    assert odds(400.0) == pytest.approx(10 / 11)


def test_equal_players_share_their_ranks_and_others_do_not():
    samples = np.random.default_rng(1).normal([300, 0, 0, -300], 5, size=(400, 4))
    assert ranks(samples).tolist() == [[1, 1], [2, 3], [2, 3], [4, 4]]


def test_bootstrap_intervals_cover_the_truth_about_as_often_as_they_say():
    chance, covered = np.random.default_rng(5), 0
    weights = bootstrap.resamples(200, times=300)
    for _ in range(200):
        low, high = bootstrap.interval(bootstrap.means(weights, chance.exponential(size=200)))
        covered += low <= 1.0 <= high
    assert 0.89 <= covered / 200 <= 0.99


def test_resamples_hold_as_many_seeds_as_there_are():
    weights = bootstrap.resamples(50, times=20)
    assert (weights.sum(axis=1) == 50).all()
    assert bootstrap.means(weights, np.ones((50, 3))) == pytest.approx(np.ones((20, 3)))


def test_rock_paper_scissors_is_one_cycle_and_nothing_else():
    assert cycles.three_cycles(ROCK > 0.5) == [(0, 1, 2)]
    assert cycles.cyclic_share(ROCK - ROCK.T) == pytest.approx(1.0)
    assert populations.nash(ROCK) == pytest.approx(np.full(3, 1 / 3))
    assert populations.alpha_rank(ROCK) == pytest.approx(np.full(3, 1 / 3))


@given(SCORES)
def test_differences_of_scores_have_no_cycle(scores):
    payoff = np.subtract.outer(np.array(scores), np.array(scores))
    assert cycles.three_cycles(payoff > 0) == []
    assert cycles.cyclic_share(payoff) == pytest.approx(0.0, abs=1e-9)


@given(SCORES)
@settings(deadline=None)
def test_the_best_of_a_ladder_is_all_that_is_left_of_a_population(scores):
    scores = np.array(scores)
    rate = np.where(np.subtract.outer(scores, scores) > 0, 0.9, 0.1)
    np.fill_diagonal(rate, 0.5)
    for mixture in (populations.nash(rate), populations.alpha_rank(rate)):
        assert mixture.sum() == pytest.approx(1.0)
        assert mixture[scores.argmax()] > 0.95


def test_a_dominated_player_is_in_no_mixture():
    rate = np.full((4, 4), 0.9)
    rate[:3, :3], rate[3], rate[3, 3] = ROCK, 0.1, 0.5
    assert populations.nash(rate) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0.0], abs=1e-9)
    assert populations.alpha_rank(rate) == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0.0], abs=1e-6)


@given(st.integers(2, 7), st.integers(0, 1000))
@settings(deadline=None, max_examples=25)
def test_no_player_beats_the_mixture_of_nash_on_average(players, seed):
    rate = np.random.default_rng(seed).uniform(size=(players, players))
    rate = np.triu(rate, 1) + np.tril(1 - rate.T, -1) + np.diag(np.full(players, 0.5))
    assert ((rate @ populations.nash(rate)) <= 0.5 + 1e-9).all()


@given(st.integers(1, 6), st.floats(-1, 1))
def test_a_population_copies_the_better_more_often_than_by_chance(people, gain):
    found = populations.fixation(np.array(gain), 50.0, people + 1)
    neutral = 1 / (people + 1)
    assert 0 <= found <= 1
    assert (found >= neutral - 1e-9) if gain >= 0 else (found <= neutral + 1e-9)


def test_a_chain_goes_down_the_ladder_as_far_as_the_share_allows():
    rate = np.array([[0.5, 0.6, 0.9, 0.9], [0.4, 0.5, 0.7, 0.7], [0.1, 0.3, 0.5, 0.64], [0.1, 0.3, 0.36, 0.5]])
    assert cycles.chain(rate, np.array([30.0, 20.0, 10.0, 0.0]), least=0.65) in ([0, 2], [1, 2], [0, 3], [1, 3])
    assert cycles.chain(rate, np.array([30.0, 20.0, 10.0, 0.0]), least=0.6) == [0, 1, 2, 3]


def test_shares_of_variance_are_those_that_made_the_outcomes():
    chance = np.random.default_rng(2)
    outcome = chance.normal(0, 2, (40, 1)) + chance.normal(0, 3, (1, 4000)) + chance.normal(0, 1, (40, 4000))
    found = luck.shares(outcome)
    assert found.seed == pytest.approx(9 / 14, abs=0.06)
    assert found.both == pytest.approx(1 / 14, abs=0.03)
    assert found.seed + found.player + found.both == pytest.approx(1.0)


def test_outcomes_that_only_the_seed_decides_are_luck():
    found = luck.shares(np.tile(np.arange(9.0), (3, 1)))
    assert (found.seed, found.player, found.both) == (1.0, 0.0, 0.0)


def test_a_game_whose_standing_tells_its_end_is_certain_from_then_on():
    is_won = np.repeat([1.0, 0.0], 200)
    blind = np.random.default_rng(4).normal(size=(6, 400))
    telling = np.tile(np.where(is_won > 0.5, 1.0, -1.0), (4, 1))
    assert luck.certain_from(telling, is_won) == pytest.approx(np.full(400, 0.25))
    assert luck.certain_from(np.concatenate([blind, telling]), is_won).mean() == pytest.approx(0.7, abs=0.01)


def test_the_lead_changes_where_its_sign_does():
    assert luck.changes(np.array([[1.0, -1.0], [-1.0, -2.0], [0.0, -1.0], [-1.0, -1.0], [2.0, 0.0]])).tolist() == [2, 0]
