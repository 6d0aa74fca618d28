"""The tiny scenario: small enough to be computed by hand; its text, and how tests change and question it."""

from pathlib import Path

import numpy as np
import pytest

from world.scenario import Scenario, ScenarioError, read
from world.state import World

TINY = Path(__file__).with_name("tiny.toml")
TEXT = TINY.read_text("utf-8")


def seeds(count: int) -> np.ndarray:
    """Seeds from 0 up: 0 is a seed like any other."""
    return np.arange(count, dtype=np.uint64)


def written(folder: Path, text: str | bytes, name: str = "tiny.toml") -> Path:
    """A file with that text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def with_instead(old: str, new: str) -> str:
    """The text of the tiny scenario with its first `old` replaced."""
    assert old in TEXT, f"tiny.toml holds no {old!r}: bring the test up to date"
    return TEXT.replace(old, new, 1)


def complaints(path: Path | str) -> list[str]:
    """What reading says is wrong, one sentence each."""
    with pytest.raises(ScenarioError) as raised:
        read(path)
    return str(raised.value).splitlines()


def cell(scenario: Scenario, world: World, column: str, *keys: str) -> np.ndarray:
    """A quantity of named things, in every world; of chips by product and owner."""
    if column == "chips":
        product, owner = (scenario.cast.at(a, k) for a, k in zip(("products", "owners"), keys, strict=True))
        slot = scenario.cast.slots.index((owner, product))
        return world.chips[slot]
    filling = scenario.begins.quantities[column]
    place = tuple(n.index(k) for n, k in zip(filling.names, keys, strict=True))
    return getattr(world, column)[place]
