"""Speed is measured by playing whole games in every way there is."""

from arena.learning.speed import _ways, paces
from world.scenario import read

SCENARIO = "tutorial"


def test_two_worlds_are_played_plainly_and_as_a_vector():
    found = paces(2, 1, SCENARIO)
    assert [pace.way for pace in found] == ["plain", "vector", "vector, no masks"]
    assert all(pace.quarters > 0 and pace.worlds == 2 for pace in found)


def test_every_way_plays_whole_games():
    ways = dict(_ways(1, SCENARIO))
    assert len(ways) == 7
    assert [ways[way]() for way in ("single", "parallel, one seat")] == [read(SCENARIO).length] * 2
