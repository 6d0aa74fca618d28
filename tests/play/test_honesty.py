"""Ranges hold the truth about as often as they say, and the reckoning of that is itself right."""

import numpy as np
import pytest

from main import main
from play.commands.honesty import keep, read_piece
from play.coverage import Forecast, forecast_of, interval_score, rank_held, scores_of, table_of
from play.honesty import SEATS, Trial, drafted, tried
from world.sieve import sieve
from world.turn import layout_of


def rows_of(truths, samples, about="effect", seat="washington", naive=()):
    return [
        forecast_of(about, game, seat, 1, "lead", truth, cloud, naive)
        for game, (truth, cloud) in enumerate(zip(truths, samples, strict=True))
    ]


def test_an_honest_forecast_holds_half_and_nine_in_ten():
    draw = np.random.default_rng(1)
    middle = draw.normal(size=(2000, 1))
    samples = middle + draw.normal(size=(2000, 200))
    truths = middle[:, 0] + draw.normal(size=2000)
    scores = scores_of(table_of(rows_of(truths, samples), "effect"))
    assert scores.coverage[50] == pytest.approx(0.5, abs=0.04)
    assert scores.coverage[90] == pytest.approx(0.9, abs=0.025)
    assert scores.by_rank[50] == pytest.approx(0.5, abs=0.04)
    assert scores.score[50] < 1
    assert scores.score[90] < 1
    assert scores.better[90] > 0.6
    assert scores.width[90] == pytest.approx(2 * 1.645, rel=0.05)
    assert 0 < scores.error[50] < 0.02


def test_too_narrow_a_forecast_is_found_out():
    draw = np.random.default_rng(2)
    samples = 0.3 * draw.normal(size=(500, 100))
    scores = scores_of(table_of(rows_of(draw.normal(size=500), samples), "effect"))
    assert scores.coverage[50] < 0.3
    assert scores.coverage[90] < 0.5
    assert scores.score[90] > 1


def test_heaps_of_equal_worlds_count_by_their_share():
    """Where seven worlds in ten and the truth are often nothing, bounds at nothing hold too much; ranks do not."""
    draw = np.random.default_rng(3)
    samples = np.where(draw.random((3000, 200)) < 0.7, 0.0, draw.random((3000, 200)))
    truths = np.where(draw.random(3000) < 0.7, 0.0, draw.random(3000))
    scores = scores_of(table_of(rows_of(truths, samples), "effect"))
    assert scores.coverage[50] > 0.65
    assert scores.by_rank[50] == pytest.approx(0.5, abs=0.04)
    assert scores.by_rank[90] == pytest.approx(0.9, abs=0.03)


def test_ranges_without_width_are_not_counted():
    samples = [np.zeros(50), np.arange(50.0)]
    table = table_of(rows_of([0.0, 20.0], samples), "effect")
    assert scores_of(table).counted == {50: 1, 90: 1}
    assert rank_held(table, 50)[0] == pytest.approx(0.5)


def test_an_interval_score_is_width_and_a_fine():
    score = interval_score(np.array([0.5, 2.0, -1.0]), np.zeros(3), np.ones(3), 0.1)
    assert score == pytest.approx([1.0, 21.0, 21.0])


def test_the_naive_forecast_of_an_effect_comes_from_other_games_of_that_seat():
    rows = rows_of([1.0, 2.0, 100.0], [np.zeros(9)] * 3) + rows_of([7.0] * 3, [np.zeros(9)] * 3, seat="beijing")
    naive = table_of(rows, "effect").naive
    assert naive[2, 4] <= 2
    assert naive[0, 0] >= 2
    assert (naive[3:] == 7).all()


@pytest.mark.parametrize("seat", SEATS)
def test_random_drafts_are_legal_and_move_something(games, seat):
    world = games(1).world
    layout, drafts = layout_of(world.cast), []
    for number in range(4):
        draft = drafted(world, seat, np.random.default_rng(number))
        assert draft
        assert any(world.ordered[dial, 0] != step for dial, step in draft.items())
        assert {int(layout.seat_of_dial[dial]) for dial in draft} == {world.cast.at("seats", seat)}
        wanted = world.ordered.copy()
        wanted[list(draft), 0] = list(draft.values())
        assert not sieve(world, wanted, layout)[1].any()
        drafts.append(tuple(draft.items()))
    assert len(set(drafts)) > 1


@pytest.fixture(scope="module")
def few():
    """A few games, seats and previews: the whole is measured by `python main.py honesty`."""
    return tried(Trial(worlds=48, drafts=2, seats=("washington", "deepseek")), 0, 4)


@pytest.mark.parametrize("about", ["hidden", "effect", "outlook"])
def test_ranges_of_a_few_games_hold_the_truth_about_as_often_as_they_say(few, about):
    scores = scores_of(table_of(few, about))
    assert scores.counted[90] > 50
    assert 0.3 < scores.by_rank[50] < 0.75
    assert 0.75 < scores.coverage[90] <= 1
    assert scores.score[90] < 1


def test_the_same_games_are_tried_the_same_in_any_batch():
    trial = Trial(worlds=8, drafts=1, seats=("washington",))
    assert tried(trial, 1, 2) == [row for row in tried(trial, 0, 2) if row.game == 1]


def test_what_was_measured_is_kept_and_not_taken_for_something_else(tmp_path):
    piece = (Trial(), 0, 1)
    rows = [Forecast("hidden", 0, "nvidia", 2, "rented", 1.0, (0.0,) * 5, (0.0,) * 5, 0.5, 0.0)]
    assert read_piece(tmp_path, piece) is None
    keep(tmp_path, piece, rows)
    assert [r.quantity for r in read_piece(tmp_path, piece)] == ["rented"]
    with pytest.raises(ValueError, match="holds another measurement"):
        read_piece(tmp_path, (Trial(seed=2), 0, 1))
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(ValueError, match="is damaged; delete it"):
        read_piece(tmp_path, piece)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["--rivals", "dove"], "there are no such rivals; choose one of standard, hawk, dealmaker, random"),
        (["--games", "1"], "--games 1: write a whole number from 2 on"),
        (["--workers", "0"], "--workers 0: write a whole number from 1 on"),
        (["nowhere"], "'nowhere' is not the name of a scenario"),
    ],
)
def test_wrong_words_are_refused_in_a_sentence(capsys, words, refusal):
    assert main(["honesty", *words]) == 2
    assert refusal in capsys.readouterr().err


def test_the_command_prints_tables(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("play.commands.honesty.SEATS", ("washington", "nvidia"))
    words = ["honesty", "--games", "2", "--previews", "4", "--worlds", "8", "--rivals", "hawk", "--workers", "1"]
    assert main([*words, "--out", str(tmp_path / "kept")]) == 0
    first = capsys.readouterr().out
    assert "### What previews say of the effects of drafts" in first
    assert "| hawk |" in first
    assert "| washington |" not in first
    assert main([*words, "--out", str(tmp_path / "kept")]) == 0
    assert capsys.readouterr().out == first


def test_without_previews_the_rest_is_measured_and_only_games_that_are_played_are_counted(capsys, monkeypatch):
    monkeypatch.setattr("play.commands.honesty.SEATS", ("washington",))
    words = ["honesty", "--games", "2", "--previews", "0", "--worlds", "8", "--rivals", "standard", "--workers", "1"]
    assert main(words) == 0
    told = capsys.readouterr()
    assert "### What seats imagine of hidden quantities" in told.out
    assert "### What previews say" not in told.out
    assert told.err == "standard: 2 of 2 games\n"
