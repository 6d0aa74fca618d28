"""Environments: they pass their libraries' own tests, repeat to the last bit, and hand out the score and nothing more."""

import subprocess
import sys
from pathlib import Path

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env, data_equivalence
from gymnasium.vector import AutoresetMode

from arena.learning import NAME, ChokepointEnv, ChokepointParallelEnv, ChokepointVectorEnv, LearningError
from world.scenario import ScenarioError, read

ROOT = Path(__file__).resolve().parents[3]
SCENARIO = "tutorial"
FEW = {"seats": ("washington", "beijing", "nvidia")}


def drawn(env, luck):
    """An action that may be illegal, drawn evenly."""
    space = env.action_space
    return luck.integers(0, space.nvec if hasattr(space, "nvec") else space.high + 1)


def steps_of(env, seed, steps, luck):
    """What some steps of any environment of Gymnasium give."""
    found = [env.reset(seed=seed)]
    return [*found, *(env.step(drawn(env, luck)) for _ in range(steps))]


def test_the_parallel_environment_passes_the_tests_of_pettingzoo(conforms):
    api, seeds = conforms
    api(ChokepointParallelEnv(SCENARIO, masks=False), num_cycles=15)
    seeds(lambda: ChokepointParallelEnv(SCENARIO, **FEW), num_cycles=15)


def test_a_whole_game_of_all_seats_repeats_from_its_seed():
    games = []
    for _ in range(2):
        env, luck, told = ChokepointParallelEnv(SCENARIO, masks=False), np.random.default_rng(3), []
        told.append(env.reset(seed=0))
        while env.agents:
            told.append(env.step({seat: luck.integers(0, env.action_space(seat).nvec) for seat in env.agents}))
        games.append(told)
    assert len(games[0]) == 1 + read(SCENARIO).length
    assert data_equivalence(games[0], games[1], exact=True)


def test_another_seed_is_another_game_and_so_is_the_next():
    env = ChokepointParallelEnv(SCENARIO, masks=False, **FEW)
    first, again, other = env.reset(seed=0)[0], env.reset()[0], env.reset(seed=1)[0]
    assert (first["nvidia"] != again["nvidia"]).any()
    assert (first["nvidia"] != other["nvidia"]).any()
    assert (env.reset(seed=0)[0]["nvidia"] == first["nvidia"]).all()


def test_a_seat_that_says_nothing_changes_nothing_and_all_seats_end_together():
    env = ChokepointParallelEnv(SCENARIO, masks=False, **FEW)
    env.reset(seed=4)
    dials = env.acting["nvidia"].dials
    before = env.games.world.ordered[dials]
    while env.agents:
        _, rewards, ends, cuts, _ = env.step({})
        assert all(type(one) is bool for one in (*ends.values(), *cuts.values()))
        assert all(type(one) is float for one in rewards.values())
    assert list(ends.values()) == [True] * len(FEW["seats"])
    assert (env.games.world.ordered[dials] == before).all()
    with pytest.raises(LearningError, match="call reset first"):
        env.step({})


def test_there_are_no_masks_before_a_game():
    for env in (ChokepointEnv(SCENARIO), ChokepointVectorEnv(SCENARIO, num_envs=2)):
        with pytest.raises(LearningError, match="no game is in progress; call reset first"):
            env.action_masks()


def test_the_single_environment_passes_the_checker_of_gymnasium():
    check_env(gymnasium.make(NAME, scenario=SCENARIO, seat="nvidia").unwrapped)


def test_made_by_name_it_is_one_environment_or_many():
    assert isinstance(gymnasium.make(NAME, scenario=SCENARIO).unwrapped, ChokepointEnv)
    many = gymnasium.make_vec(NAME, num_envs=3, scenario=SCENARIO, seat="smic")
    assert isinstance(many.unwrapped, ChokepointVectorEnv)
    assert many.metadata["autoreset_mode"] is AutoresetMode.NEXT_STEP


@pytest.mark.parametrize("mode", list(AutoresetMode)[:2])
def test_the_vector_environment_does_what_that_of_gymnasium_does_with_single_ones(mode):
    """Step by step beyond the end of the first game: observations, rewards, ends, and what was seen last."""
    ours = ChokepointVectorEnv(SCENARIO, "nvidia", 2, autoreset_mode=mode)
    theirs = gymnasium.vector.SyncVectorEnv([lambda: ChokepointEnv(SCENARIO, "nvidia")] * 2, autoreset_mode=mode)
    steps = read(SCENARIO).length + 2
    first, second = (steps_of(env, 11, steps, np.random.default_rng(5)) for env in (ours, theirs))
    for one, other in zip(first, second, strict=True):
        for ours_is, theirs_is in zip(one[:-1], other[:-1], strict=True):
            assert ours_is.dtype == theirs_is.dtype
            assert ours_is.tobytes() == theirs_is.tobytes()
        for key in ("final_obs", "_final_obs"):
            assert (key in one[-1]) == (key in other[-1])
            assert data_equivalence(list(one[-1].get(key, ())), list(other[-1].get(key, ())))
    assert ours.observation_space == theirs.observation_space
    assert ours.action_space == theirs.action_space


def test_world_i_of_a_batch_is_the_world_alone_masks_and_refusals_too():
    many, luck = ChokepointVectorEnv(SCENARIO, "huawei", 4), np.random.default_rng(8)
    crowd = steps_of(many, 20, read(SCENARIO).length + 2, luck)
    for world in (0, 3):
        luck, alone = np.random.default_rng(8), ChokepointEnv(SCENARIO, "huawei")
        told = alone.reset(seed=20 + world)
        for step, together in enumerate(crowd):
            assert told[0].tobytes() == together[0][world].tobytes(), step
            assert (np.concatenate(told[-1]["action_mask"]) == together[-1]["action_mask"][world]).all()
            assert told[-1]["refused"] == many.in_words(together[-1], world)
            if step:
                assert (told[1], told[2]) == (together[1][world], together[2][world])
            if step + 1 < len(crowd):
                action, was_over = drawn(many, luck)[world], bool(step) and told[2]
                told = alone.reset() if was_over else alone.step(action)
                told = (told[0], 0.0, False, False, told[1]) if was_over else told


def test_switched_off_autoreset_waits_for_a_mask():
    env = ChokepointVectorEnv(SCENARIO, "smic", 3, autoreset_mode="Disabled")
    env.reset(seed=1)
    still = np.zeros(env.action_space.shape, dtype=int)
    for _ in range(read(SCENARIO).length):
        last = env.step(still)[0]
    with pytest.raises(LearningError, match="the game of world 0 is over"):
        env.step(still)
    table, infos = env.reset(options={"reset_mask": np.array([False, True, False])})
    assert (table[[0, 2]] == last[[0, 2]]).all()
    assert (table[1] != last[1]).any()
    assert infos["_refused"].tolist() == [False, True, False]
    with pytest.raises(LearningError, match="world 0 is over"):
        env.step(still)


@pytest.mark.parametrize("reward", ["quarter", "final"])
def test_rewards_sum_to_the_final_score(reward, lucky):
    env = ChokepointVectorEnv(SCENARIO, "deepseek", 5, reward=reward, masks=False)
    env.reset(seed=9)
    summed, is_over = np.zeros(5), np.zeros(5, dtype=bool)
    while not is_over.any():
        _, rewards, is_over, _, _ = env.step(drawn(env, lucky))
        assert reward == "quarter" or is_over.all() or not rewards.any()
        summed += rewards
    assert np.abs(summed - env.games.view("deepseek").own("objective")[0]).max() < 1e-9


def test_wrappers_of_gymnasium_take_the_vector_environment(lucky):
    env = ChokepointVectorEnv(SCENARIO, "nvidia", 3, masks=False)
    wrapped = gymnasium.wrappers.vector.NormalizeObservation(gymnasium.wrappers.vector.RecordEpisodeStatistics(env))
    wrapped.reset(seed=1)
    for _ in range(read(SCENARIO).length):
        table, _, _, _, infos = wrapped.step(drawn(env, lucky))
    assert np.isfinite(table).all()
    assert np.abs(infos["episode"]["r"] - env.games.view("nvidia").own("objective")[0]).max() < 1e-4


def test_doing_nothing_scores_what_the_doctrine_still_scores():
    env = ChokepointVectorEnv(SCENARIO, "smic", 3, masks=False, reward="final")
    env.reset(seed=30)
    env.reset()
    still = env.games.by_doctrine("smic", "still")
    assert (still != env.games.by_doctrine("smic", "rush")).any()
    for _ in range(read(SCENARIO).length):
        _, rewards, _, _, _ = env.step(np.zeros(env.action_space.shape, dtype=int))
    assert (rewards == still).all()
    with pytest.raises(LearningError, match="smic=hawk: 'hawk' is not a doctrine for this seat"):
        env.games.by_doctrine("smic", "hawk")


def test_an_illegal_order_is_no_order_and_is_told_with_its_reason():
    first, second = (ChokepointEnv(SCENARIO, "beijing") for _ in range(2))
    for env in (first, second):
        env.reset(seed=2)
    names = first.acting.order_names
    action = np.zeros(first.action_space.shape, dtype=int)
    given = first.step(action)
    action[0] = names.index("direct_wafers nvidia") + 1
    action[3 + first.acting.dial_names.index("direct_wafers.nvidia.share")] = 5
    told = second.step(action)
    assert told[-1]["refused"] == {"direct_wafers nvidia": "only designers at home can be given wafers by directive"}
    assert given[-1]["refused"] == {}
    codes = second.observing.names.index("refused.beijing.direct_wafers.nvidia")
    differ = np.flatnonzero(given[0] != told[0])
    assert differ.tolist() == [codes]


def test_what_was_given_is_never_written_to_again(nvidia, lucky):
    tables = [nvidia.reset(seed=1)[0]]
    kept = [tables[0].copy()]
    for _ in range(4):
        table, _, _, _, infos = nvidia.step(drawn(nvidia, lucky))
        given = (table, infos["action_mask"], infos["refused"])
        tables += given
        kept += [one.copy() for one in given]
        assert not any(np.shares_memory(one, nvidia.games.world.refused) for one in given)
    assert all((one == other).all() for one, other in zip(tables, kept, strict=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seat": "washingtom"}, "did you mean washington"),
        ({"rivals": "hawk"}, "is not a doctrine for this seat"),
        ({"rivals": {"washington": "still"}}, "no seat that a rival can hold"),
        ({"reward": "money"}, "write one of quarter, final"),
        ({"observe": ["leed"]}, "washington sees no column 'leed'; did you mean lead"),
        ({"observe": []}, "names no column"),
        ({"num_envs": 0}, "write a whole number from 1 on"),
        ({"autoreset_mode": "Never"}, "write one of NextStep"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(wrong, said):
    with pytest.raises(LearningError, match=said) as error:
        ChokepointVectorEnv(SCENARIO, **wrong)
    assert "\n" not in str(error.value)


def test_settings_change_the_games_and_wrong_ones_are_refused():
    usual, other = (ChokepointEnv(SCENARIO, "nvidia", settings=given) for given in (None, {"open.premium": 0.9}))
    at = usual.observing.names.index("premium")
    assert usual.reset(seed=1)[0][at] != other.reset(seed=1)[0][at] == np.float32(0.9)
    with pytest.raises(ScenarioError, match="premiun"):
        ChokepointEnv(SCENARIO, "nvidia", settings={"open.premiun": 0.9})


def test_a_table_without_seats_is_refused():
    with pytest.raises(LearningError, match="seats: none is named"):
        ChokepointParallelEnv(SCENARIO, seats=[])


def test_seeds_that_are_none_are_refused_and_zero_is_one():
    env = ChokepointVectorEnv(SCENARIO, num_envs=2, observe=["lead", "score"])
    assert env.reset(seed=0)[0].shape == (2, len(env.observing.names))
    for wrong, said in (([1], "holds 1 seeds for 2 worlds"), ([-1, 2], "seed: is -1"), ([2**64, 1], "write a whole")):
        with pytest.raises(LearningError, match=said):
            env.reset(seed=wrong)


def test_a_world_without_a_seed_draws_one_first_and_goes_on_with_it_later():
    env = ChokepointVectorEnv(SCENARIO, num_envs=2, observe=["lead"])
    env.reset(seed=[None, 5])
    drawn = list(env.games.seeds)
    assert drawn[0] > 0
    assert (drawn[1], env.games.numbers) == (5, [0, 0])
    env.reset(seed=[None, 6])
    assert (env.games.seeds, env.games.numbers) == ([drawn[0], 6], [1, 0])


def test_a_script_elsewhere_uses_the_environments_with_one_line(tmp_path):
    script = tmp_path / "mine.py"
    script.write_text(
        f"import sys; sys.path.append({str(ROOT)!r})\n"
        "import gymnasium\n"
        f"many = gymnasium.make_vec('arena.learning:{NAME}', num_envs=2, scenario='{SCENARIO}', seat='nvidia')\n"
        "print(many.reset(seed=1)[0].shape)\n",
        "utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("(2, ")


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch):
    for name in [name for name in sys.modules if name.startswith("arena.learning")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "gymnasium", None)
    with pytest.raises(ModuleNotFoundError, match=r"python -m pip install -r requirements-arena\.txt"):
        import arena.learning  # noqa: F401
