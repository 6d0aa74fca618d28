"""Branches: the same game and the same luck with other orders or players; what is not changed is what happened."""

import json
from dataclasses import replace

import numpy as np
import pytest

from main import main
from play.branch import Turning, branched, saved_branch, table, taken_up
from play.drafts import drafted
from play.keep import resumed, saved
from play.model import Chokepoint
from play.outcomes import by_game, quarterly
from play.page import UNRANKED
from play.past import past_of
from play.record import EVERYTHING
from play.replay import first_difference
from play.save import SaveError, read_save, write_save
from tests.play.conftest import PLAYERS
from world.orders import OrderRefused
from world.turn import layout_of

SOFT = "washington.cap_exports cn ceiling=9000"


@pytest.fixture(scope="module")
def young(scenario):
    """A game after four of its twelve quarters."""
    model = Chokepoint(scenario, seeds=23, players=PLAYERS, keep=EVERYTHING)
    for _ in range(4):
        model.step()
    return saved(model)


def test_a_branch_without_a_change_is_what_happened_to_the_last_bit(young, same):
    assert any((quarter.state.refused > 0).any() for quarter in young.quarters)
    for branch in branched(young, [Turning(turn) for turn in (1, 3, 4)]):
        for arm in (branch.held, branch.anew):
            assert len(arm.quarters) == 5 - branch.turning.turn
            for one, other in zip(arm.quarters, branch.happened.quarters, strict=True):
                assert same(one.state, other.state) == []
                assert np.array_equal(one.wanted, other.wanted)
                assert np.array_equal(one.notes, other.notes)


def test_doctrines_that_decide_anew_where_nothing_changed_decide_as_they_did(young, same):
    seats = (("washington", "hawk"), ("huawei", "random"), ("tsmc", "standard"))
    for branch in branched(young, [Turning(2, players={seat: name}) for seat, name in seats]):
        for arm in (branch.held, branch.anew):
            assert set(same(arm.states[-1], young.world)) <= {"refused"}


def test_nothing_before_the_branch_moves_and_something_after_it_does(young, same):
    orders = drafted(young.cast, [SOFT])
    (branch,) = branched(young, [Turning(2, orders)])
    dial = next(iter(orders["washington"]))
    for arm in (branch.held, branch.anew):
        assert arm.states[0].ordered[dial, 0] == orders["washington"][dial]
        assert "stance" in same(arm.states[-1], young.world)
    assert same(saved_branch(branch).quarters[0].state, young.quarters[0].state) == []


def test_many_branches_play_as_one_batch_as_they_play_alone(young, same):
    turnings = [
        Turning(3, drafted(young.cast, [SOFT])),
        Turning(4, players={"beijing": "pragmatist"}),
        Turning(2, drafted(young.cast, ["beijing.direct_wafers huawei share=0.5"]), {"beijing": "still"}),
    ]
    for together, turning in zip(branched(young, turnings), turnings, strict=True):
        (alone,) = branched(young, [turning])
        for one, other in ((together.held, alone.held), (together.anew, alone.anew)):
            assert len(one.states) == len(other.states) == 5 - turning.turn
            assert same(one.states[-1], other.states[-1]) == []


def test_with_orders_held_everybody_else_orders_what_stood(young):
    (branch,) = branched(young, [Turning(2, drafted(young.cast, [SOFT]))])
    past, washington = past_of(young), young.cast.at("seats", "washington")
    for turn, quarter in zip(range(2, 5), branch.held.quarters, strict=True):
        for at in past.orders_between(turn, turn):
            order = past.given[at]
            if (turn, order.seat) != (2, washington):
                moved = order.moved[:, 0]
                assert (quarter.wanted[order.dials[moved], 0] == order.steps[moved, 0]).all()


def test_orders_that_were_refused_stay_refused(young):
    """A refused order is not asked for again once a branch has parted from what happened."""
    (branch,) = branched(young, [Turning(2, drafted(young.cast, [SOFT]))])
    found = 0
    for was, now in zip(young.quarters[2:], branch.held.quarters[1:], strict=True):
        entries = was.state.refused[:, 0] > 0
        asked = was.wanted[:, 0] != young.worlds[was.state.turn[0] - 1].ordered[:, 0]
        dials = entries[layout_of(young.cast).entry_of_dial] & asked
        found += int(dials.sum())
        assert np.array_equal(now.wanted[dials], now.state.ordered[dials])
        assert not (now.state.refused[entries] > 0).any()
    assert found


def test_a_draft_stands_in_for_all_that_its_seat_ordered_in_the_quarter(young):
    past, washington = past_of(young), young.cast.at("seats", "washington")
    turn = next(order.turn for order in past.given if order.seat == washington)
    (branch,) = branched(young, [Turning(turn, drafted(young.cast, ["washington.nothing"]))])
    own = layout_of(young.cast).seat_of_dial == washington
    before = young.worlds[turn - 1].ordered[own]
    assert np.array_equal(branch.held.states[0].ordered[own], before)
    assert not np.array_equal(young.worlds[turn].ordered[own], before)


def test_a_person_replays_what_was_ordered_while_programs_decide_anew(scenario):
    model = Chokepoint(scenario, seeds=3, players={"beijing": "human"}, keep=EVERYTHING)
    for _ in range(4):
        model.step()
    game = saved(model)
    (branch,) = branched(game, [Turning(1, drafted(game.cast, [SOFT]))])
    own = model.layout.seat_of_dial == game.cast.at("seats", "beijing")
    for was, now in zip(game.quarters, branch.anew.quarters, strict=True):
        assert np.array_equal(now.wanted[own], was.wanted[own])
    assert any(
        not np.array_equal(now.wanted[~own], was.wanted[~own])
        for was, now in zip(game.quarters, branch.anew.quarters, strict=True)
    )


def test_the_table_says_what_a_run_says_of_the_game(game, few):
    (branch,) = branched(game, [Turning(10, drafted(game.cast, [SOFT]))])
    quarters = quarterly(few.record)
    whole = by_game(few.record, few.story, quarters)
    rows = table(branch)
    assert rows[0].outcome.name == "lead"
    assert rows[-1].outcome.name == "objective.washington"
    for row in rows:
        name = row.outcome.name
        assert np.array_equal(row.happened, quarters[name][9:, 3], equal_nan=True), name
        assert row.whole[0] == pytest.approx(whole[name][3], rel=1e-12, nan_ok=True), name


def test_a_kept_branch_replays_to_the_last_bit_and_goes_on(game, tmp_path):
    turning = Turning(8, drafted(game.cast, [SOFT]), {"beijing": "pragmatist"})
    (branch,) = branched(game, [turning], stop=10)
    path = tmp_path / "branch.json.gz"
    write_save(path, saved_branch(branch))
    kept = read_save(path)
    assert first_difference(kept) == ""
    assert not kept.is_ranked
    assert len(kept.quarters) == 10
    assert kept.players["beijing"] == "pragmatist"
    assert kept.players["washington"] == "hawk"
    model = resumed(kept)
    while model.running:
        model.step()
    later = saved(model)
    assert later.is_over
    assert not later.is_ranked
    assert first_difference(later) == ""


@pytest.mark.parametrize(
    ("turning", "said"),
    [
        (lambda cast: Turning(0), "turn 0 is not one of this branch; write a whole number from 1 to 12"),
        (lambda cast: Turning(13), "turn 13 is not one of this branch"),
        (lambda cast: Turning(3, drafted(cast, ["beijing.direct_wafers nvidia share=0.5"])), "only designers at home"),
    ],
)
def test_a_branch_that_cannot_be_is_refused(game, turning, said):
    with pytest.raises((SaveError, OrderRefused), match=said):
        branched(game, [turning(game.cast)])


def test_a_branch_of_an_unfinished_game_marks_both_as_unranked(young, tmp_path, capsys):
    path, kept = tmp_path / "young.json.gz", tmp_path / "kept.json.gz"
    write_save(path, young)
    words = ["branch", str(path), "--turn", "3", "--order", SOFT, "--save", str(kept)]
    assert main(words) == 0
    output = capsys.readouterr()
    assert "branched in Q3 2026, with the same luck" in output.out
    assert "is marked as not ranked" in output.err
    assert not read_save(path).is_ranked
    assert not read_save(kept).is_ranked
    assert main(["view", str(path), "--seat", "beijing"]) == 0
    assert UNRANKED in capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().err == output.err


def test_a_branch_of_a_finished_game_leaves_it_as_it_is(game, tmp_path, capsys):
    path, kept = tmp_path / "game.json.gz", tmp_path / "kept.json.gz"
    write_save(path, game)
    before = path.read_bytes()
    assert main(["branch", str(path), "--turn", "10", "--order", SOFT, "--save", str(kept), "--json"]) == 0
    output = capsys.readouterr()
    tree = json.loads(output.out)
    assert output.err == ""
    assert path.read_bytes() == before
    assert not read_save(kept).is_ranked
    lead = tree["outcomes"]["lead"]
    assert len(lead["held"]) == len(lead["anew"]) == len(tree["quarters"]) == 3
    assert lead["difference"]["held"] == lead["whole"]["held"] - lead["whole"]["happened"]
    assert tree["outcomes"]["ceiling"]["held"][0] == 9000


BAD = [
    (["--turn", "0"], "--turn 0: write a whole number from 1 to 4"),
    (["--turn", "5"], "--turn 5: write a whole number from 1 to 4"),
    (["--turn", "3", "--until", "2"], "--until 2: write a whole number from 3 to 4"),
    (["--turn", "3", "--order", "washingtn.nothing"], "there is no seat 'washingtn'; did you mean washington?"),
    (["--turn", "3", "--order", "beijing.direct_wafers nvidia share=0.5"], "only designers at home"),
    (["--turn", "3", "--player", "beijing=hawk"], "'hawk' is not a doctrine for this seat"),
    (["--turn", "3", "--player", "beijing=human"], "nobody sits at a screen here"),
    (["--turn", "3", "--save", "young.json.gz"], "is the game itself"),
    (["--turn", "3", "--save", "nowhere/kept.json.gz"], "is no place for a file"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_a_branch_that_is_refused_changes_no_file(young, words, said, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_save(tmp_path / "young.json.gz", young)
    before = (tmp_path / "young.json.gz").read_bytes()
    assert main(["branch", "young.json.gz", *words]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err
    assert output.err.count("\n") == 1
    assert (tmp_path / "young.json.gz").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["young.json.gz"]


def test_a_game_of_older_rules_or_without_a_quarter_is_not_branched(young, tmp_path, capsys):
    for name, game, said in (
        ("old", replace(young, story=replace(young.story, rules_version=0)), "cannot be played again by these"),
        ("new", replace(young, quarters=()), "no quarter of this game has been played yet"),
    ):
        write_save(tmp_path / f"{name}.json.gz", game)
        assert main(["branch", str(tmp_path / f"{name}.json.gz"), "--turn", "1"]) == 2
        assert said in capsys.readouterr().err


def test_a_game_that_is_taken_up_at_a_quarter_holds_what_came_before_it_and_is_not_ranked(young):
    for turn in (0, 2, 4):
        game = taken_up(young, turn)
        assert game.quarters == young.quarters[:turn]
        assert not game.is_ranked
        assert game.players == dict(young.quarters[turn].players if turn < 4 else young.players)
    for turn in (-1, 5):
        with pytest.raises(SaveError, match="write a whole number from 0 to 4"):
            taken_up(young, turn)
