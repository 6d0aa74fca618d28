"""The Mesa model: equal games in any batch, people at seats, and a Mesa user who knows nothing else."""

import mesa
import numpy as np
import pytest

from agents.actors import KINDS, Actor
from agents.rollout import Players
from agents.seat import Table
from play.model import Chokepoint, reporters
from play.record import KEPT
from tests.play.conftest import PLAYERS, played, seeds_of
from world.rules import take_rules
from world.state import take


def test_a_game_is_the_same_in_a_batch_of_any_size(scenario, same):
    crowd = played(scenario, 513)
    for size in (1, 2, 7, 64):
        fewer = played(scenario, size)
        for quarter, among in zip(fewer.record.quarters, crowd.record.quarters, strict=True):
            assert same(quarter, take(among, np.arange(size))) == []


def test_a_game_goes_on_the_same_from_every_quarter(scenario, few, same):
    for turn in range(few.record.turns):
        for chosen in ([4], [1, 2]):
            rows = np.array(chosen)
            world, rules = take(few.record.quarters[turn], rows), take_rules(few.rules, rows)
            model = Chokepoint.of(few.story, world, rules, PLAYERS)
            while model.running:
                model.step()
            assert same(model.world, take(few.world, rows)) == []


def test_players_may_differ_from_game_to_game(scenario, same):
    hawks, doves = (played(scenario, 5, {"washington": n}) for n in ("hawk", "dealmaker"))
    table = np.zeros((len(hawks.cast.seats), 5), dtype=np.int16)
    table[hawks.cast.at("seats", "washington")] = [1, 2, 2, 1, 2]
    mixed = played(scenario, 5, Players(hawks.cast, ("standard", "hawk", "dealmaker"), table))
    for game, other in enumerate((hawks, doves, doves, hawks, doves)):
        one = np.array([game])
        assert same(take(mixed.world, one), take(other.world, one)) == []
    assert mixed.record.players[0].names[1] == "hawk"


def test_a_mesa_user_collects_the_numbers_of_one_game(scenario):
    model = Chokepoint(scenario, seeds=seeds_of(3), players={"washington": "hawk"})
    collector = mesa.DataCollector(
        model_reporters={**reporters("lead", "flow_ratio", game=1), "steps": "steps"},
        agent_reporters={"name": "name", "money": lambda agent: agent.value("money", game=1)},
    )
    collector.collect(model)
    while model.running:
        model.step()
        collector.collect(model)
    table = collector.get_model_vars_dataframe()
    assert len(table) == model.record.turns + 1 == 13
    assert table["lead"].iloc[-1] == model.world.lead[1]
    assert list(table["steps"]) == list(range(13))
    assert len(collector.get_agent_vars_dataframe()) == 13 * 41
    assert not model.running


def test_agents_are_the_seats_in_five_kinds(scenario):
    model = Chokepoint(scenario, seeds=2)
    assert [agent.name for agent in model.agents] == list(model.cast.names["seats"])
    assert set(model.agents_by_type) == set(KINDS)
    smic = model.actors["smic"]
    assert (smic.title, smic.role, smic.bloc) == ("SMIC", "foundry", "cn")
    assert smic.value("capacity") == model.world.capacity[3, :, 0].tolist()
    assert smic.value("lead") == model.world.lead[0]
    with pytest.raises(LookupError):
        smic.value("year_output")
    assert all(isinstance(agent, Actor) for agent in model.agents)
    assert isinstance(model, Table)


def test_a_model_that_is_over_stands_still(few):
    before = few.world
    few.step()
    assert few.world is before
    assert few.record.turns == 12


def test_a_person_who_orders_nothing_changes_nothing(scenario, same):
    silent = Chokepoint(scenario, seeds=seeds_of(1), players={"beijing": "human"}, keep=KEPT)
    still = Chokepoint(scenario, seeds=seeds_of(1), players={"beijing": "still"})
    silent.step()
    still.step()
    assert same(silent.world, still.world) == []
    assert silent.seating()["beijing"] == "human"


def test_a_person_s_orders_are_carried_out_once(scenario):
    model = Chokepoint(scenario, seeds=seeds_of(1), players={"beijing": "human"})
    orders = model.view("beijing").blank_orders()
    orders.set("admit_chips", share=0.6)
    mailbox = model.human("beijing")
    mailbox.put(orders)
    assert mailbox.has_orders
    model.step()
    assert not mailbox.has_orders
    assert model.value("gate") == pytest.approx(0.6)
    with pytest.raises(LookupError, match="held by a program"):
        model.human("washington")


def test_a_seat_changes_hands_between_turns(scenario):
    model = Chokepoint(scenario, seeds=seeds_of(2), players={"washington": "human"})
    model.step()
    model.seat({"washington": "hawk"})
    model.step()
    seating = [players["washington"] for players in model.record.players]
    assert seating == ["human", "hawk"]


def test_names_that_mesa_needs_are_its_own(few):
    bare = mesa.Model(rng=1)
    ours = {"world", "rules", "players", "record", "story", "script", "actors", "blocks_of"}
    ours |= {name for name in vars(Chokepoint) if not name.startswith("_")} - {"step", "observables"}
    assert not [name for name in ours if hasattr(bare, name)]
    assert few.steps >= 12
