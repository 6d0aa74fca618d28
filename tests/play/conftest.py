"""Games that several tests look at; they are played once."""

import pytest

from play.keep import saved
from play.model import Chokepoint
from play.record import EVERYTHING
from world.chance import game_seed
from world.scenario import read

PLAYERS = {"washington": "hawk", "huawei": "random", "deepseek": "random", "gulf-route": "still"}


def seeds_of(games):
    return [game_seed(11, game) for game in range(games)]


def played(scenario, games, players=PLAYERS, keep=EVERYTHING, **more):
    model = Chokepoint(scenario, seeds=seeds_of(games), players=players, keep=keep, **more)
    while model.running:
        model.step()
    return model


@pytest.fixture(scope="session")
def scenario():
    return read("november-2025")


@pytest.fixture(scope="session")
def few(scenario):
    """Five games from beginning to end, with everything kept."""
    return played(scenario, 5)


@pytest.fixture(scope="session")
def game(few):
    """One of them, as it is saved."""
    return saved(few, 3)


@pytest.fixture(scope="session")
def told(game):
    """Its debrief for Beijing, with few other lucks."""
    from play.debrief.told import debriefed

    return debriefed(game, "beijing", lucks=2)
