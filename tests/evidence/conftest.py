"""Games that several tests of the evidence look at; they are played once."""

import pytest

from play.evidence.arms import Arms, arms_of


@pytest.fixture(scope="session")
def few() -> Arms:
    """Sixteen games of every arm."""
    return arms_of(16)
