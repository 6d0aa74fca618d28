"""What tests of learning share: the example, the conformance tests of both libraries, games and seats."""

import warnings

import numpy as np
import pytest

from arena.learning import ChokepointVectorEnv

with warnings.catch_warnings():  # PettingZoo's own tests load games of its own, which it calls old
    warnings.simplefilter("ignore", DeprecationWarning)
    from pettingzoo.test import parallel_api_test, parallel_seed_test


@pytest.fixture(scope="session")
def conforms():
    """PettingZoo's conformance tests."""
    return parallel_api_test, parallel_seed_test


@pytest.fixture
def lucky():
    """Numbers for tests that draw."""
    return np.random.default_rng(7)


@pytest.fixture(scope="session")
def nvidia():
    """Five games in which Nvidia's seat is learnt."""
    return ChokepointVectorEnv(seat="nvidia", num_envs=5)
