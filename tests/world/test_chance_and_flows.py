"""Luck is a function of game, turn and label; moves across axes lose nothing and add up exactly."""

import subprocess
import sys

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from world.chance import Chance, game_seed
from world.flows import (
    filled,
    groups,
    on_grid,
    runs,
    safe_ratio,
    shifted,
    split_all,
    split_whole,
    together,
    total,
    whole,
)

SEEDS = np.array([0, 1, 2, 2**40, 2**63], dtype=np.uint64)


def chance(seeds=SEEDS, turn=3, key="world/"):
    return Chance(seeds, np.full(seeds.shape, turn, dtype=np.int16), key)


def test_luck_does_not_depend_on_who_else_is_in_the_batch():
    crowd = chance().uniform("a.b", 7)
    for i in range(5):
        assert (chance(SEEDS[i : i + 1]).uniform("a.b", 7)[:, 0] == crowd[:, i]).all()


def test_luck_of_some_places_is_what_it_is_among_all():
    some = np.array([1, 4, 5])
    assert (chance().normal("a.b", 7, only=some) == chance().normal("a.b", 7)[some]).all()


def test_luck_differs_between_labels_turns_keys_and_places():
    draws = [chance().uniform("a.b", 2), chance().uniform("a.c", 2), chance(turn=4).uniform("a.b", 2),
             chance(key="other/").uniform("a.b", 2)]  # fmt: skip
    flat = np.concatenate([d.ravel() for d in draws])
    assert np.unique(flat).size == flat.size


def test_luck_is_the_same_in_another_process_whatever_the_hash_seed():
    code = (
        "import numpy as np; from world.chance import Chance;"
        "c = Chance(np.arange(3, dtype=np.uint64), np.zeros(3, dtype=np.int16), 'k/');"
        "print(c.uniform('a.b', 2).tobytes().hex(), c.normal('a.b', 2).tobytes().hex())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": s, "PATH": ""}, capture_output=True, text=True, check=True
        ).stdout
        for s in ("0", "77")
    }  # fmt: skip
    assert len(said) == 1


def test_uniform_and_normal_luck_have_the_moments_they_should():
    many = Chance(np.arange(40_000, dtype=np.uint64), np.zeros(40_000, dtype=np.int16))
    u, z = many.uniform("m.u"), many.normal("m.z")
    assert abs(u.mean() - 0.5) < 0.01
    assert abs(u.var() - 1 / 12) < 0.002
    assert abs(z.mean()) < 0.02
    assert abs(z.std() - 1) < 0.02


def test_seed_zero_is_a_seed_and_games_of_a_run_have_seeds_of_their_own():
    assert game_seed(0, 0) == 0
    assert len({game_seed(5, game) for game in range(1000)}) == 1000
    assert game_seed(5, 3) != game_seed(6, 3)


@given(st.lists(st.integers(0, 10**7), min_size=5, max_size=5), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_splits_never_give_more_than_there_is(amounts, seed):
    amount = np.array(amounts, dtype=np.int64)
    share = np.random.default_rng(seed).dirichlet(np.ones(9), 5).T
    some, everything = split_whole(amount, share), split_all(amount, share)
    assert (some >= 0).all()
    assert (some.sum(axis=0) <= amount).all()
    assert (np.abs(some - share * amount) <= 1 + amount * 1e-5).all()
    assert (everything.sum(axis=0) == amount).all()


def test_nothing_is_given_where_nobody_has_a_share():
    assert split_all(np.array([5, 7]), np.zeros((3, 2))).sum() == 0


@given(st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_water_filling_gives_nobody_more_than_asked_and_no_group_more_than_it_has(seed):
    rng = np.random.default_rng(seed)
    grouping = groups([0, 0, 1, 1, 1, 0, 2], 3)
    supply, request = rng.random((3, 5)) * 100, rng.random((7, 5)) * 60
    got = filled(supply, request, rng.random((7, 5)) + 0.1, grouping)
    assert (got <= request + 1e-6).all()
    assert (grouping.summed(got) <= supply + 1e-3).all()
    rest = supply - grouping.summed(got)
    hungry = grouping.summed(request - got)
    assert (np.minimum(rest, hungry) < 0.25 * supply + 1e-3).all()


def test_sums_on_the_grid_are_equal_whatever_the_batch():
    x = np.random.default_rng(1).random((40, 257)) * 1e6
    whole_sum = total(x)
    for width in (1, 2, 7):
        for start in (0, 100, 250):
            part = total(np.ascontiguousarray(x[:, start : start + width]))
            assert (part == whole_sum[start : start + width]).all()


def test_whole_counts_what_is_almost_one_as_one():
    assert whole(np.array([0.9999999999, 0.99, 2.0])).tolist() == [1, 0, 2]
    assert on_grid(np.array([0.1 + 0.2])) == on_grid(np.array([0.3]))


def test_a_ratio_over_nothing_is_what_was_agreed():
    assert safe_ratio(np.array([1.0, 1.0]), np.array([0.0, 2.0]), 7.0).tolist() == [7.0, 0.5]
    assert safe_ratio(np.array([1.0]), np.array([0.0])).tolist() == [0.0]


def test_what_is_on_order_moves_up_by_a_quarter():
    coming = np.arange(24, dtype=float).reshape(3, 4, 2)
    now, later = shifted(coming)
    assert (now == coming[:, 0]).all()
    assert (later[:, :3] == coming[:, 1:]).all()
    assert (later[:, 3] == 0).all()


def test_group_sums_equal_sums_by_hand():
    grouping = groups([2, 0, 2, -1, 0], 3)
    x = np.arange(10).reshape(5, 2)
    assert grouping.summed(x).tolist() == [[10, 12], [0, 0], [4, 6]]


def test_groups_of_many_and_of_none_are_summed_whatever_is_first():
    grouping = groups([-1, *[1] * 9], 3)
    x = np.full((10, 2), np.float32(0.3))
    x[0] = 1e6
    sums = grouping.summed(x)
    assert sums.dtype == np.float64
    assert sums.tolist() == [[0, 0], (9 * on_grid(x[1])).tolist(), [0, 0]]


def test_items_of_a_group_that_stand_together_are_a_run():
    assert runs(np.array([4, 4, 7, 2, 2, 2])) == [(4, slice(0, 2)), (7, slice(2, 3)), (2, slice(3, 6))]
    assert runs(np.zeros(0, dtype=int)) == []


def test_rows_are_a_slice_only_where_they_stand_together():
    assert together(np.array([3, 4, 5])) == slice(3, 6)
    assert together(np.array([3, 5])).tolist() == [3, 5]
    assert together(np.zeros(0, dtype=int)) == slice(0, 0)
