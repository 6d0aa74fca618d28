"""What tests of bots start from: schemas, a view, and doors that are closed behind them."""

import numpy as np
import pytest
from bots import QUICK, STORY
from jsonschema import Draft202012Validator

from arena.bots.door import Door
from arena.bots.schema import schema
from arena.bots.sent import hello
from world.state import take
from world.view import view


@pytest.fixture(scope="session")
def validators():
    """Says, by type, whether a line is one of the protocol."""
    Draft202012Validator.check_schema(whole := schema())
    names = [one["$ref"].rpartition("/")[2] for one in whole["oneOf"]]
    assert len(names) == 6
    parts = {name.lower(): {"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]} for name in names}
    return {name: Draft202012Validator(part) for name, part in parts.items()}


@pytest.fixture(scope="session")
def opening(games):
    """What Washington sees of one game."""
    return view(take(games(5).world, np.array([0])), "washington")


@pytest.fixture
def door():
    """A function that starts a bot and greets it; all are ended with the test."""
    doors = []

    def start(command, looking, limits=QUICK, clock=None):
        doors.append(Door(command, limits, *([clock] if clock else [])))
        doors[-1].greet(hello(looking, STORY, 1, limits))
        return doors[-1]

    yield start
    for one in doors:
        one.close()
