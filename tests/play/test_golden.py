"""Golden games are played as their texts say."""

import pytest

from tests.play.golden import GAMES, golden, path_of


@pytest.mark.parametrize("doctrine", GAMES)
def test_a_golden_game_is_played_as_its_text_says(doctrine):
    assert golden(doctrine) == path_of(doctrine).read_text("utf-8"), (
        "a golden game has changed; if it should have, run `python -m tests.play.golden` and say in the commit why"
    )
