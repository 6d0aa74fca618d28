"""The tiny scenario, read and opened once."""

import pytest

from tests.world.tiny import TINY, seeds
from world.rules import Rules
from world.scenario import Scenario, opened, read
from world.state import World


@pytest.fixture(scope="session")
def tiny() -> Scenario:
    """The tiny scenario."""
    return read(TINY)


@pytest.fixture(scope="session")
def five(tiny) -> tuple[World, Rules]:
    """Five worlds of it."""
    return opened(tiny, seeds(5))
