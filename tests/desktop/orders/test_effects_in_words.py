"""What a draft does, in words: parts that add up to the headline, and effects that are hardly any said to be so."""

import numpy as np
import pytest
from orders_desk import WORDS

from desktop.screens.draft import Draft
from desktop.screens.order_causes import causes_of, headline_of, score_of, signed_points
from desktop.screens.order_headlines import headlines
from desktop.screens.order_preview import effect_row, names_for, range_words
from desktop.screens.refusals import refusal_words


@pytest.fixture(scope="module")
def previewed(tables):
    """A preview of two orders of Washington, which moves its score, and of one that moves next to nothing."""
    table = tables["washington"]
    book, found = table.sitting.book, []
    for orders in (
        [("fund_enforcement", [], {"officers": 900}), ("cap_exports", ["cn"], {"ceiling": 20000})],
        [("gather_intelligence", [], {"spend": 200})],
    ):
        table.sitting.reset()
        for kind, picks, amounts in orders:
            assert table.set(book.read("washington", kind, picks, amounts))
        found.append((table.sitting.preview(names_for(table)), dict(table.sitting.settings)))
    table.sitting.reset()
    return found


def test_the_parts_as_written_add_up_to_the_headline_and_lie_in_their_ranges(tables, previewed):
    for found, settings in previewed:
        score = score_of(found)
        assert len(score.parts) == len({tables["washington"].sitting.entry({row: 0}) for row in settings})
        assert sum(part.mean for part in score.parts.values()) == pytest.approx(score.whole.mean)
        assert score.whole.low <= score.whole.high
        rows = causes_of(score, tables["washington"].model.cast, WORDS)
        assert len(rows) == len(score.parts) + (len(score.parts) > 1)
        assert [row.is_total for row in rows][:-1] == [False] * (len(rows) - 1)


def test_in_every_world_the_parts_add_up_to_the_whole(previewed):
    for found, _ in previewed:
        for name, parts in found.spread.items():
            size = next(iter(parts.values())).size
            np.testing.assert_allclose(sum(parts.values()), found.effects[name].samples[:size], atol=1e-4, rtol=1e-4)


def test_what_is_hardly_anything_beside_the_unknown_is_not_headlined(table_of, previewed):
    table = table_of("washington")
    (strong, _), (slight, settings) = previewed
    assert not score_of(strong).is_slight
    assert "score, by" in headline_of(score_of(strong), WORDS)
    assert score_of(slight).is_slight
    assert table.set(settings)
    said = headlines(table, Draft(table), "", slight, WORDS)
    assert not any("surely" in text or "probably" in text or "0.0" in text for text in said)


def test_nothing_is_written_as_zero_with_a_sign():
    assert [signed_points(value) for value in (0.001, -0.001, 0.0, -0.26, 1.5)] == ["0", "0", "0", "−0.26", "+1.50"]


def test_without_a_draft_the_panel_shows_one_range_and_its_ends(tables, previewed):
    found = previewed[0][0]
    for name in names_for(tables["washington"]):
        row = effect_row(found.effects[name], tables["washington"], WORDS, has_draft=False)
        assert row.draft is None
        assert row.range
    assert range_words(0.5, 0.523, "share") == "50–52.3 %"
    assert range_words(-3.0, 7.5, "months") == "−3 to 7½"


def test_refusals_are_said_in_the_words_of_the_screen(table_of):
    table = table_of("beijing")
    book, code = table.sitting.book, {kind.name for kind in (dial.kind for dial in table.sitting.book.dials)}
    settings = book.read("beijing", "direct_wafers", ["nvidia"], {"share": 0.5})
    assert not table.set(settings)
    said = refusal_words(table.said[-1], table, WORDS)
    assert said == "Directed wafers, Nvidia: Only designers at home can be given wafers by directive."
    assert not any(name in said for name in code if "_" in name)
