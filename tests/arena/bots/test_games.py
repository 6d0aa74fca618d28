"""Games with bots: forfeits are played by standard, functions play world by world, contests go on."""

import numpy as np
import pytest
from bots import HAWKISH, ROGUE

from arena.bots.door import Forfeit
from arena.bots.read import Reading
from arena.bots.seats import Function, Seats, played
from main import main
from play.model import Chokepoint
from play.record import EVERYTHING
from play.replay import difference
from world.state import take


class Absent:
    """A player who forfeits the quarters of some games."""

    command = name = "absent"

    def __init__(self, games):
        self.games = games

    def orders(self, asked):
        if asked.game in self.games:
            raise Forfeit("late", "it is never there")
        return Reading()

    def tell(self, message):
        pass


@pytest.mark.parametrize("seat", ["washington", "deepseek"])
def test_what_is_forfeited_is_played_by_standard_to_the_last_bit(seat):
    lost = (0, 3)
    models = []
    for player in ("human", "standard", "still"):
        model = Chokepoint("tutorial", seeds=range(1, 6), players={seat: player}, keep=EVERYTHING)
        seats = Seats({seat: Absent(lost)})
        while model.running:
            if player == "human":
                seats.hand_in(model, 0)
            model.step()
        models.append(model)
    bots, standard, still = (model.record.quarters for model in models)
    for quarters in zip(bots, standard, still, strict=True):
        for game in range(5):
            mixed, *others = (take(quarter, np.array([game])) for quarter in quarters)
            assert difference(mixed, others[0 if game in lost else 1]) == ""


def test_forfeits_are_counted_with_reasons_and_told_in_the_result():
    told = []
    player = Absent((0,))
    player.tell = told.append
    seats = Seats({"washington": player})
    model = Chokepoint("tutorial", seeds=[1, 2], players={"washington": "human"})
    while model.running:
        seats.hand_in(model, 0)
        model.step()
    seats.tell_end(model, 0)
    account = seats.account()["washington"]
    assert account["causes"] == {"late": 4}
    assert account["asked"] == 8
    assert account["reasons"][0].endswith("it is never there")
    assert [one["forfeits"] for one in told] == [{"late": 4}, {}]


def ladder(message):
    """A function that gives an order, and one that cannot be."""
    dial = next(one for one in message["seen"]["dials"] if one["order"] == "gather_intelligence")
    spend = dial["amounts"]["spend"]
    up = {"order": dial["order"], "amounts": {"spend": np.float64(min(spend["set"] + 50, spend["high"]))}}
    return [up, {"order": "nonsense", "amounts": {"x": np.int64(1)}}]


def test_a_function_plays_world_by_world_as_it_does_alone():
    crowd, seats = played("tutorial", {"washington": ladder}, games=5, seed=3, keep=EVERYTHING)
    assert seats.account()["washington"]["forfeited"] == 0
    alone = Chokepoint("tutorial", seeds=[int(crowd.world.seed[2])], players={"washington": "human"}, keep=EVERYTHING)
    one = Seats({"washington": Function(ladder)})
    while alone.running:
        one.hand_in(alone, 0)
        alone.step()
    assert difference(take(crowd.world, np.array([2])), alone.world) == ""
    assert (crowd.record.orders().dial.size) > 0


def test_a_function_is_told_what_was_dropped_and_its_own_mistakes_are_not_hidden():
    seen = []

    def forgetful(message):
        seen.append([one["why"] for one in message["dropped"]])
        return ladder(message)

    played("tutorial", {"washington": forgetful})
    assert seen[0] == []
    assert all("no order 'nonsense'" in one[0] for one in seen[1:])
    with pytest.raises(KeyError):
        played("tutorial", {"washington": lambda message: message["no such key"]})


def test_a_contest_that_was_stopped_goes_on(tmp_path, monkeypatch, capfd):
    words = ["contest", "tutorial", "--set", "length=2", "--games", "2", "--bot", f"washington={HAWKISH}"]
    words += ["--out", str(tmp_path / "run")]
    tell_end, calls = Seats.tell_end, []

    def stopping(self, model, first):
        tell_end(self, model, first)
        calls.append(first)
        if len(calls) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Seats, "tell_end", stopping)
    assert main(words) == 130
    assert main([*words, "--resume"]) == 0
    assert calls == [0, 0, 1]
    assert main([*words[:-1], str(tmp_path / "whole")]) == 0
    for name in ("games", "quarters", "orders", "flows"):
        one, other = ((tmp_path / run / f"{name}.parquet").read_bytes() for run in ("run", "whole"))
        assert one == other, name


def test_a_contest_with_a_bot_that_crashes_ends_well_and_says_so(capfd):
    assert main(["contest", "tutorial", "--games", "2", "--bot", f"washington={ROGUE} crash 3", "--stderr"]) == 0
    said = capfd.readouterr().err
    assert "asked for 8 quarters, 6 forfeited to standard (exit 1, gone 5)" in said
    assert "game 0, Q3" in said
    assert "no such card" in said
