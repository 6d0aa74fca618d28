"""No leak: what a seat may not see cannot change its view, its orders or what it is told."""

import numpy as np
import pytest
from tests_support import scrambled

from agents.doctrine.roster import entries_for
from agents.rollout import handed_in
from world.chance import Chance
from world.state import axes_of, columns, replace
from world.turn import advance
from world.view import PUBLISHED, NotSeen, View, view, visible

SEATS = (
    "washington", "beijing", "kuala-lumpur", "tsmc", "smic", "cxmt", "nvidia", "huawei", "openai", "deepseek",
    "malaysia-route",
)  # fmt: skip


@pytest.fixture(scope="module")
def world(games):
    return games(16).played(3)


@pytest.mark.parametrize("name", SEATS)
def test_hidden_columns_change_nothing_a_seat_sees_or_does(world, name):
    seat = world.cast.at("seats", name)
    other = scrambled(world, seat)
    assert any((getattr(world, c) != getattr(other, c)).any() for c in columns())
    role, bloc = world.cast.seats[seat].role, world.cast.seats[seat].bloc
    for column in columns():
        assert seen(view(world, seat), column) == seen(view(other, seat), column), column
    luck = Chance(np.arange(16, dtype=np.uint64), world.turn)
    for entry in entries_for(role, bloc):
        first = entry.decide(view(world, seat), luck)
        second = entry.decide(view(other, seat), luck)
        assert first.asked == second.asked, entry.name
        for key, levels in first.levels.items():
            assert (levels == second.levels[key]).all(), (entry.name, key)


def seen(looking: View, column: str):
    """Everything a view says of a column, or that it says nothing."""
    answers = []
    for ask in (looking.public, looking.own, looking.of_products, looking.at_home):
        try:
            answers.append(ask(column).tobytes())
        except NotSeen:
            answers.append(None)
    return [*answers, looking.seen(column).values.tobytes()]


@pytest.mark.parametrize("name", SEATS)
def test_refusals_do_not_depend_on_what_a_seat_cannot_see(world, name):
    seat = world.cast.at("seats", name)
    other = scrambled(world, seat)
    looking = View(world, (seat,))
    role, bloc = world.cast.seats[seat].role, world.cast.seats[seat].bloc
    wild = next(e for e in entries_for(role, bloc) if e.name == "random")
    orders = wild.decide(looking, Chance(np.arange(16, dtype=np.uint64), world.turn))
    codes = []
    for true in (world, other):
        wanted = true.ordered.copy()
        for kind, amount in orders.asked:
            place = orders.layout.places[kind]
            rows = wanted[place.dials[amount]].reshape(*place.shape, -1)
            rows[looking.rows] = orders.levels[kind, amount]
        from world.sieve import sieve

        _, refused = sieve(true, wanted, orders.layout)
        codes.append(refused[orders.layout.seat_of_entry == seat])
    assert (codes[0] == codes[1]).all()


@pytest.mark.parametrize("name", SEATS)
def test_a_view_shows_what_is_declared_and_nothing_of_the_rest(world, name):
    looking = view(world, name)
    for column in columns():
        shown, is_seen = looking.seen(column), visible(world.cast, column, world.cast.at("seats", name))
        assert (shown.is_seen == is_seen).all()
        assert shown.values.dtype == getattr(world, column).dtype
        off = np.abs(shown.values[is_seen].astype(float) - getattr(world, column)[is_seen])
        assert (off <= PUBLISHED.get(column, 0.0) / 2 + 1e-6 * (column in PUBLISHED)).all(), column
        assert not shown.values[~is_seen].any(), column
        assert (looking.told(column) == shown.values[is_seen]).all(), column


def test_published_prices_have_no_more_digits_than_a_price_list(world):
    looking = view(world, "openai")
    for column, step in PUBLISHED.items():
        steps = looking.public(column).astype(float) / step
        assert (np.abs(steps - np.rint(steps)) < 1e-3).all(), column
        assert (looking.public(column) == looking.seen(column).values).all(), column
        assert (looking.public(column) != getattr(world, column)).any(), column


def test_seats_that_see_different_things_do_not_look_together(world):
    block = View(world, (0, 1))
    for ask in (lambda: block.seen("turn"), lambda: block.told("turn"), block.steps_in_force):
        with pytest.raises(NotSeen, match="2 seats see different things"):
            ask()


def test_no_view_holds_the_seed(world):
    assert columns()["seed"].metadata["seen"] == "none"
    for seat in range(len(world.cast.seats)):
        looking = view(world, seat)
        for ask in (looking.public, looking.own):
            with pytest.raises(NotSeen):
                ask("seed")


def test_two_games_that_look_alike_are_played_alike(games):
    world = games(16).world
    twin = replace(world, seed=world.seed + np.uint64(1000))
    players = games(16).players("standard")
    first, _ = handed_in(world, players)
    second, _ = handed_in(twin, players)
    assert (first == second).all()


def test_every_column_says_who_sees_it():
    for name, declared in columns().items():
        words = set(declared.metadata["seen"].split("+"))
        assert words <= {"all", "none", "own", "planner", "foundry"}, name
        assert axes_of(name)[-1] == "worlds"


def test_the_true_yield_of_another_fab_is_not_in_any_view(world):
    for seat in range(len(world.cast.seats)):
        if world.cast.seats[seat].name in ("smic", "beijing"):
            continue
        smic = world.cast.at("foundries", "smic")
        assert not visible(world.cast, "defect_density", seat)[smic].any()


def test_advancing_does_not_need_what_nobody_sees_to_be_kept_by_agents(games):
    opening = games(5)
    world = advance(opening.world, opening.world.ordered, opening.rules)
    assert world.turn.min() == 1
