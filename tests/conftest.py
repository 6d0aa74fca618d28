"""Fixtures that every test may ask for."""

from collections.abc import Callable

import checker  # noqa: F401 - checks calls more quickly; before any room is imported
import pytest
from tests_support import Opening, november

from world.state import World, columns


@pytest.fixture(scope="session")
def games() -> Callable[..., Opening]:
    """A function that opens games of november-2025."""
    return november


@pytest.fixture(scope="session")
def same() -> Callable[[World, World], list[str]]:
    """A function that names the columns in which two batches differ in any bit."""

    def differing(first: World, second: World) -> list[str]:
        return [
            name
            for name in columns()
            if getattr(first, name).dtype != getattr(second, name).dtype
            or getattr(first, name).tobytes() != getattr(second, name).tobytes()
        ]

    return differing
