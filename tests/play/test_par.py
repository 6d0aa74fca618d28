"""Par and score: a percentile among games of standard players, and a difference in the very game."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from main import main
from play import par as module
from play.keep import saved
from play.model import Chokepoint
from play.par import BANDS, CLOSE, ParError, band, check_par, digest, par_games, par_of, path_of, read_par, write_par
from play.record import EVERYTHING
from play.save import write_save
from play.score import Score, as_tree, by_standard, level, meaning, score_of, signed, told
from tests.play.conftest import PLAYERS, seeds_of
from world.scenario import RULES_VERSION, names, read

NAMES = names(Path(module.PARS).parent / "scenarios")


@pytest.fixture(scope="module")
def tutorial():
    return read("tutorial")


@pytest.fixture(scope="module")
def par(scenario):
    return read_par(scenario)


@pytest.fixture(scope="module")
def short(tutorial):
    """A game of four quarters."""
    return finished("tutorial", PLAYERS)


def finished(scenario, players, seed=5, **more):
    model = Chokepoint(scenario, seeds=seed, players=players, keep=EVERYTHING, **more)
    while model.running:
        model.step()
    return saved(model)


@pytest.mark.parametrize("name", NAMES)
def test_the_par_that_is_kept_is_of_the_scenario_and_plays_as_it_did(name):
    par = read_par(read(name))
    assert (par.games, par.rules_version) == (1000, RULES_VERSION)
    check_par(read(name))
    assert path_of(name).stat().st_size < 40_000


@given(points=st.lists(st.floats(-20, 120), min_size=2, max_size=20).map(sorted))
def test_more_points_never_stand_lower_and_all_stand_from_0_to_100(par, points):
    for seat in ("washington", "nvidia", "gulf-route"):
        ranks = par.percentiles(seat, np.array(points))
        assert (np.diff(ranks) >= 0).all()
        assert (ranks >= 0).all()
        assert (ranks <= 100).all()


def test_a_kept_quantile_stands_where_it_is_kept(par):
    for seat in par.points:
        for at in (1, 25, 50, 75, 99):
            points = par.points[seat][at]
            same = [rank for rank, other in enumerate(par.points[seat]) if other == points]
            assert par.percentile(seat, points) == pytest.approx((same[0] + same[-1]) / 2)


def test_where_all_games_are_equal_their_points_stand_in_the_middle(par):
    flat = replace(par, points={"washington": (50.0,) * 101})
    assert [flat.percentile("washington", points) for points in (49.9, 50.0, 50.1)] == [0, 50, 100]


def test_par_games_stand_evenly_among_par(tutorial):
    par, ends = par_of(tutorial, 400, seed=1), par_games(tutorial, 400, seed=2)
    row = tutorial.cast.at("seats", "washington")
    ranks = par.percentiles("washington", ends.points[row])
    assert abs(np.median(ranks) - 50) < 12
    assert abs((ranks < 25).mean() - 0.25) < 0.1


def test_every_percentile_has_one_band():
    assert [BANDS[band(percentile)][0] for percentile in (0, 9.9, 10, 50, 69.9, 70, 90, 100)] == [
        *(0, 0, 10, 30, 30, 70, 90, 90)
    ]


def test_par_comes_back_from_its_file(tutorial, tmp_path):
    par = par_of(tutorial, 100)
    write_par(par, tmp_path / "tutorial.json")
    assert read_par(tutorial, tmp_path / "tutorial.json") == par
    assert json.loads((tmp_path / "tutorial.json").read_text("utf-8"))["games"] == 100


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda tree: tree.update(rules_version=RULES_VERSION + 1), "is of rules"),
        (lambda tree: tree.update(digest="0" * 32), "is not of tutorial as it stands now"),
        (lambda tree: tree.update(games="many"), "was damaged"),
        (lambda tree: tree.update(games=0), "was damaged"),
        (lambda tree: tree.update(seed=-1), "was damaged"),
        (lambda tree: tree.pop("seed"), "was damaged"),
        (lambda tree: tree["points"].pop("washington"), "was damaged"),
        (lambda tree: tree["points"]["washington"].pop(), "was damaged"),
        (lambda tree: tree["points"]["washington"].reverse(), "was damaged"),
        (lambda tree: tree["points"].update(washington=["a"] * 101), "was damaged"),
        (lambda tree: tree.update(lead=None), "was damaged"),
    ],
)
def test_a_stale_or_damaged_file_is_refused_with_the_command_to_run(tutorial, tmp_path, spoil, said):
    tree = json.loads(path_of("tutorial").read_text("utf-8"))
    spoil(tree)
    (tmp_path / "tutorial.json").write_text(json.dumps(tree), "utf-8")
    with pytest.raises(ParError, match=rf"{said}.*; run: python main\.py par tutorial$"):
        read_par(tutorial, tmp_path / "tutorial.json")


def test_a_missing_file_or_noise_is_refused_with_the_command_to_run(tutorial, tmp_path):
    for content in (None, b"", b"[", b"\xff", b"[1]", b"{}", b"[" * 100_000):
        if content is not None:
            (tmp_path / "tutorial.json").write_bytes(content)
        with pytest.raises(ParError, match=r"; run: python main\.py par tutorial$"):
            read_par(tutorial, tmp_path / "tutorial.json")


def test_numbers_make_par_stale_and_words_do_not(tutorial, tmp_path):
    assert digest(tutorial) == digest(read("tutorial"))
    for key, value in (("rules.diffusion", "0.123"), ("open.premium", "0.31"), ("length", "5")):
        assert digest(tutorial.changed({key: value})) != digest(tutorial), key
    assert digest(replace(tutorial, title="Another", texts={}, summary="")) == digest(tutorial)
    file = Path(module.PARS).parent / "scenarios" / "november-2025.toml"
    (tmp_path / "november-2025.toml").write_text("# a remark\n" + file.read_text("utf-8"), "utf-8")
    assert digest(read(tmp_path / "november-2025.toml")) == digest(read("november-2025"))


def test_code_that_plays_otherwise_is_found_by_playing_some_games_again(tutorial):
    def otherwise(*words):
        ends = par_games(*words)
        ends.points[3, 5] += 2 * CLOSE
        return ends

    with pytest.raises(ParError, match=r"^tutorial: par game 5 gave the-hague .*; run: python main\.py par tutorial$"):
        check_par(tutorial, play=otherwise)


def test_the_command_keeps_par_and_checks_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(module, "PARS", tmp_path)
    assert main(["par", "tutorial", "--check"]) == 1
    assert "run: python main.py par tutorial" in capsys.readouterr().err
    assert main(["par", "tutorial"]) == 0
    assert "Kept as assets/par/tutorial.json" in capsys.readouterr().out
    assert main(["par", "tutorial", "--check"]) == 0
    kept = read_par(read("tutorial"), Path(__file__).resolve().parents[2] / "assets" / "par" / "tutorial.json")
    made = read_par(read("tutorial"))
    for seat, points in kept.points.items():
        assert np.allclose(points, made.points[seat], atol=CLOSE), seat
    assert [path.name for path in tmp_path.iterdir()] == ["tutorial.json"]


def test_a_standard_player_s_difference_is_exactly_zero(short):
    for seat in ("beijing", "openai", "malaysia-route"):
        score = score_of(short, seat)
        assert score.difference == 0
        assert score.standard_percentile == score.percentile
        assert "would have done about as" in meaning(score)


@pytest.mark.parametrize("mine", [15.0, 50.0, 85.0])
@pytest.mark.parametrize("theirs", [10.0, 48.0, 90.0])
def test_the_meaning_is_true_of_the_result_the_world_and_the_player(mine, theirs):
    said = meaning(Score("beijing", mine, mine, theirs, slight=3.0, standard_percentile=theirs))
    assert ("good result" in said, "low score" in said) == (level(mine) > 0, level(mine) < 0)
    assert ("kind world" in said, "hard world" in said) == (level(theirs) > 0, level(theirs) < 0)
    assert ("less from it" in said, "more from it" in said) == (mine - theirs > 3, theirs - mine > 3)
    assert ("done about as" in said) == (abs(mine - theirs) <= 3)


def test_another_player_s_difference_is_what_the_paired_game_gives(short, tutorial):
    paired = finished(tutorial, {**PLAYERS, "washington": "standard"})
    row = short.cast.at("seats", "washington")
    score = score_of(short, "washington")
    assert score.difference == short.world.objective[row, 0] - paired.world.objective[row, 0] != 0


def test_people_keep_to_their_orders_and_seats_that_changed_hands_decide_as_they_were_held(tutorial, same):
    model = Chokepoint(tutorial, seeds=3, players={"beijing": "human"}, keep=EVERYTHING)
    orders = model.view("beijing").blank_orders()
    orders.set("admit_chips", share=0.6)
    model.human("beijing").put(orders)
    model.step()
    model.seat({"washington": "hawk", "beijing": "human"})
    while model.running:
        model.step()
    game = saved(model)
    assert same(by_standard(game, "openai"), game.world) == []
    assert by_standard(game, "washington").ordered.tolist() != game.world.ordered.tolist()
    dial = model.layout.places["admit_chips"].dials["share"]
    assert (by_standard(game, "washington").ordered[dial] == game.world.ordered[dial]).all()


def test_a_game_with_settings_is_scored_among_games_with_those_settings(tutorial):
    settings = {"rules.diffusion": "0.5", "length": "2"}
    game = finished(tutorial, {}, settings=settings)
    score = score_of(game, "washington")
    own = par_of(tutorial.changed(settings))
    assert score.percentile == own.percentile("washington", score.points)


def test_a_game_of_another_opening_has_a_difference_and_no_percentile(tutorial):
    game = finished(tutorial, {})
    world = replace(game.opening, premium=game.opening.premium + np.float32(0.25))
    score = score_of(replace(game, opening=world), "beijing")
    assert score.percentile is None
    assert "opens this game otherwise today (premium was " in score.missing
    assert told(score)[0].startswith("Score: none among par games - tutorial: ")
    assert as_tree(score)["missing"] == score.missing


def test_a_game_that_is_not_over_or_of_older_rules_is_not_scored(game):
    early = replace(game, quarters=game.quarters[:3])
    with pytest.raises(ParError, match=r"the game is not over \(9 quarters are left\)"):
        score_of(early, "washington")
    with pytest.raises(ParError, match="played under rules 0"):
        score_of(replace(game, story=replace(game.story, rules_version=0)), "washington")


def test_the_score_names_percentile_difference_and_what_they_mean(short, tmp_path, capsys):
    score = score_of(short, "washington")
    lines = told(score)
    assert lines[0].startswith(f"Score: {score.percentile:.0f} of 100, {score.band}: ")
    assert f"the difference is {signed(score.difference)}." in lines[1]
    assert lines[2] == meaning(score)
    write_save(tmp_path / "game.json.gz", short)
    assert main(["view", str(tmp_path / "game.json.gz"), "--seat", "washington"]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == lines
    assert main(["view", str(tmp_path / "game.json.gz"), "--seat", "washington", "--turn", "3", "--json"]) == 0
    assert "score" not in json.loads(capsys.readouterr().out)
    assert main(["replay", str(tmp_path / "game.json.gz")]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("washington")
    assert last.endswith(score.band)


def test_seeds_of_par_games_are_those_of_a_run(tutorial):
    ends = par_games(tutorial, 3, seed=11)
    model = Chokepoint(tutorial, seeds=seeds_of(3))
    while model.running:
        model.step()
    assert np.array_equal(ends.points, model.world.objective)
    assert np.array_equal(ends.lead, model.world.lead)
