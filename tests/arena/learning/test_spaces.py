"""Spaces: generated from the declarations, true of every game, and nothing else than what a seat sees."""

import numpy as np
import pytest
from tests_support import november, scrambled

from arena.learning import ChokepointVectorEnv, LearningError
from arena.learning.acting import Acting, Asked
from arena.learning.games import REWARDS, earned
from arena.learning.observing import observing
from arena.learning.spaces import action_space, observation_space
from world.orders import MOVES
from world.sieve import sieve
from world.state import axes_of, columns, replace
from world.turn import layout_of
from world.view import view, visible

SEATS = ("washington", "beijing", "taipei", "smic", "cxmt", "nvidia", "huawei", "deepseek", "gulf-route")


@pytest.fixture(scope="module")
def opening():
    return november(16)


@pytest.fixture(scope="module")
def world(opening):
    return opening.played(3, "random")


def acting_of(world, seat):
    return Acting(world.cast, world.cast.at("seats", seat))


def sampled(acting, mask, luck):
    """Actions drawn evenly from a mask, one for each world."""
    parts = np.split(mask, np.cumsum(acting.sizes)[:-1], axis=1)
    return np.stack([np.array([luck.choice(np.flatnonzero(row)) for row in part]) for part in parts], axis=1)


def verdicts(world, acting, actions):
    """What the rules would say to each of a seat's orders: 0, or the number of the refusal."""
    seat = world.cast.seats[acting.seat].name
    orders = acting.orders(view(world, seat), actions)
    wanted = world.ordered.copy()
    wanted[orders.dials] = orders.levels.table
    stands, refused = sieve(world, wanted, layout_of(world.cast))
    return stands[acting.entries], refused[acting.entries]


def one_order(acting, luck, worlds):
    """A single order in each world, with any amounts."""
    actions = np.stack([luck.integers(0, size, worlds) for size in acting.sizes], axis=1)
    actions[:, 0], actions[:, 1:MOVES] = luck.integers(1, acting.sizes[0], worlds), 0
    return actions


def is_masked_in(acting, mask, actions):
    """Whether every part of actions that matters is allowed."""
    starts = np.cumsum(acting.sizes) - acting.sizes
    may = np.take_along_axis(mask, actions + starts, axis=1)
    matters = np.concatenate([np.ones((len(actions), MOVES), bool), acting.order_of_dial == actions[:, :1] - 1], axis=1)
    return (may | ~matters).all(axis=1)


@pytest.mark.parametrize("seat", SEATS)
def test_every_number_of_an_action_is_an_order_or_a_dial_of_the_seat(world, seat):
    acting = acting_of(world, seat)
    amounts = {
        f"{place.kind.name}.{name}"
        for place in layout_of(world.cast).places.values()
        if place.kind.issuer == world.cast.seats[acting.seat].role
        for name in place.dials
    }
    assert {".".join((n.split(".")[0], n.split(".")[-1])) for n in acting.dial_names} == amounts
    assert len(acting.order_names) + 1 == acting.sizes[0]
    assert len(acting.dial_names) + MOVES == acting.sizes.size == action_space(acting).nvec.size


@pytest.mark.parametrize("seat", SEATS)
def test_an_observation_holds_all_that_a_view_shows_and_its_space_holds_it(world, seat):
    sees = observing(world.cast, seat)
    table = sees.table(view(world, seat))
    assert table.shape == (16, len(sees.names)) == (16, len(sees.units))
    assert len(set(sees.names)) == len(sees.names)
    assert all(observation_space(sees).contains(row) for row in table)
    number = world.cast.at("seats", seat)
    assert sees.size == sum(int(visible(world.cast, column, number).sum()) for column in columns())
    for column in ("lead", "capital", "price_index", "belief"):
        shown = visible(world.cast, column, number)
        at = [n for n, name in enumerate(sees.names) if name.split(".")[0] == column]
        assert len(at) == shown.sum()
        if axes_of(column)[-1] == "worlds" and shown.any():
            assert (table[:, at] == view(world, seat).told(column).T.astype(np.float32)).all()


@pytest.mark.parametrize("name", ["november-2025", "october-2022", "tutorial"])
def test_no_game_leaves_the_space(name, lucky):
    env = ChokepointVectorEnv(name, "huawei", 20, rivals="random")
    table, _ = env.reset(seed=3)
    is_over = np.zeros(20, dtype=bool)
    while not is_over.any():
        assert env.observation_space.contains(table)
        table, _, is_over, _, _ = env.step(lucky.integers(0, env.action_space.high + 1))
    assert env.observation_space.contains(table)


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_seat_cannot_see_changes_no_observation_mask_or_reward(opening, world, seat):
    number = world.cast.at("seats", seat)
    other, other_before = scrambled(world, number), scrambled(opening.world, number)
    sees, acting = observing(world.cast, seat), acting_of(world, seat)
    first, second = view(world, seat), view(other, seat)
    assert (sees.table(first) == sees.table(second)).all()
    assert (acting.mask(first) == acting.mask(second)).all()
    assert (acting.refusals(first) == acting.refusals(second)).all()
    for reward in REWARDS:
        before = earned(view(opening.world, seat), first, reward)
        assert (before == earned(view(other_before, seat), second, reward)).all()


@pytest.mark.parametrize("seat", SEATS)
def test_a_mask_lets_an_order_pass_where_the_rules_do_and_nowhere_else(world, seat, lucky):
    acting = acting_of(world, seat)
    mask = acting.mask(view(world, seat))
    for _ in range(12):
        actions = one_order(acting, lucky, 16)
        stands, refused = verdicts(world, acting, actions)
        masked_in = is_masked_in(acting, mask, actions)
        assert not (stands.any(axis=0) & ~masked_in).any()
        assert not (refused.any(axis=0) & masked_in).any()


@pytest.mark.parametrize("seat", SEATS)
def test_every_action_drawn_from_a_mask_is_accepted(world, seat, lucky):
    acting = acting_of(world, seat)
    mask = acting.mask(view(world, seat))
    for _ in range(4):
        _, refused = verdicts(world, acting, sampled(acting, mask, lucky))
        assert not refused.any()


def test_no_check_weighs_two_amounts_of_an_order_against_each_other(world):
    for place in layout_of(world.cast).checked:
        stands = {a.name: np.full((*place.shape, 16), a.low) for a in place.kind.amounts}
        asked = Asked.of(stands)
        place.kind.check(world, asked)
        assert len(asked.__dict__["read"]) <= 1, place.kind.name


def poor(world):
    """The same with next to no political capital, from none to nine points."""
    return replace(world, capital=np.broadcast_to(np.linspace(0, 9, 16, dtype="f4"), world.capital.shape))


def test_with_little_to_spend_what_is_drawn_is_paid_for(world, lucky):
    acting, seen = acting_of(poor(world), "washington"), view(poor(world), "washington")
    width, mask = acting.sizes[0], acting.mask(seen)
    assert mask[:, 1:width].sum() > mask[:, width + 1 : 2 * width].sum() > 0
    for _ in range(20):
        _, refused = verdicts(poor(world), acting, sampled(acting, mask, lucky))
        assert not refused.any()


def test_places_settled_one_by_one_are_never_refused_and_leave_out_nothing(world, lucky):
    world = poor(world)
    acting, seen = acting_of(world, "washington"), view(world, "washington")
    width = int(acting.sizes[0])
    actions = sampled(acting, acting.mask(seen), lucky)
    for place in (1, 2):
        mask = acting.mask(seen, actions[:, :place])[:, place * width : (place + 1) * width]
        for order in range(1, width):
            trial = actions.copy()
            trial[:, place], trial[:, place + 1 : MOVES] = order, 0
            stands, refused = verdicts(world, acting, trial)
            assert not refused[:, mask[:, order]].any()
            every = np.arange(16)
            named = np.concatenate([np.ones((1, 16), bool), stands])[trial[:, : place + 1], every[:, None]].all(axis=1)
            is_new = (trial[:, :place] != order).all(axis=1)
            assert mask[named & is_new, order].all()
        actions[:, place] = [lucky.choice(np.flatnonzero(row)) for row in mask]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (np.zeros((1, 3), dtype=int), r"give whole numbers of shape \(1, 7\)"),
        (np.zeros((1, 7)), "is float64"),
        (np.array([[5, 0, 0, 0, 0, 0, 0]]), "number 0 is 5 in world 0; write 0 to 4"),
        (np.array([[0, 0, 0, -1, 0, 0, 0]]), "number 3 is -1 in world 0; write 0 to"),
    ],
)
def test_an_action_outside_the_space_is_refused_in_a_sentence(world, action, said):
    with pytest.raises(LearningError, match=said):
        acting_of(world, "taipei").checked(action, 1)
