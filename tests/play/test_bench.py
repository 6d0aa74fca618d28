"""The bench asks what players ask, and says what it costs beside a plain turn."""

import json

import pytest

from play.commands import bench_asking
from play.commands.bench import best


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bench_asking, "WORLDS", 8)
        patch.setattr(bench_asking, "PAIRS", 2)
        patch.setattr(bench_asking, "AT_ONCE", 64)
        return bench_asking.asking("november-2025", best, 1)


def test_every_question_is_counted_apart_and_beside_a_plain_turn(found):
    assert len(found) == 5
    for one in found.values():
        assert one["milliseconds"] > 0
        assert one["plain_turns"] == pytest.approx(one["milliseconds"] / one["milliseconds_a_plain_turn"])
    assert [one["goal_milliseconds"] for one in found.values()] == [None, 100, 300, 30, 300]


def test_costs_of_questions_are_told_in_text_and_as_json(found):
    assert json.loads(json.dumps(found)) == found
    text = list(bench_asking.asking_lines(found))
    assert len(text) == 6
    assert all(name in line for name, line in zip(found, text[1:], strict=True))
