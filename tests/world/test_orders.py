"""Orders: declared once, checked alone, settled together, dropped in an order that players are told."""

import numpy as np
import pytest

from world.orders import BUDGET_REFUSED, MOVES, MOVES_REFUSED, SHARED_REFUSALS
from world.sieve import legality, sieve
from world.state import replace
from world.turn import ORDERS, advance, commanded, layout_of
from world.view import View


def asked(world, *changes):
    """A table of wanted settings: (kind, amount, index along issuers and picks, steps up or down)."""
    layout = layout_of(world.cast)
    wanted = world.ordered.copy()
    for kind, amount, at, steps in changes:
        place = layout.places[kind]
        rows = wanted[place.dials[amount]].reshape(*place.shape, -1)
        rows[at] += steps
    return wanted


def entry_of(world, kind, at=(0,)):
    place = layout_of(world.cast).places[kind]
    return place.entries.start + int(np.ravel_multi_index(at, place.shape))


def rich(world):
    return replace(world, capital=world.capital + 1000)


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_every_kind_of_order_is_declared_in_full(kind):
    assert kind.summary.endswith(".")
    assert len({k.name for k in ORDERS}) == len(ORDERS)
    for amount in kind.amounts:
        assert amount.low < amount.high
        assert amount.value(amount.steps) == pytest.approx(amount.high)
        assert amount.steps < 2**15
        assert amount.help
    assert (kind.check is None) == (not kind.refusals)


def test_no_seat_has_more_than_a_dozen_kinds_of_order():
    for role in {kind.issuer for kind in ORDERS}:
        assert sum(kind.issuer == role for kind in ORDERS) <= 12, role


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.name)
def test_every_dial_that_is_moved_stands_where_it_was_put_and_bites_after_its_delay(games, kind):
    world = rich(games(5).world)
    layout = layout_of(world.cast)
    place = layout.places[kind.name]
    amount = kind.amounts[0]
    at = (0,) * len(place.shape)
    if kind.name == "direct_wafers":
        at = (0, world.cast.at("chipmakers", "huawei"))
    row = place.dials[amount.name].start + int(np.ravel_multi_index(at, place.shape))
    if kind.name in ("design_chip", "design_for_export"):
        world = replace(world, design_left=world.design_left * 0, export_left=world.export_left * 0)
    steps = np.where(world.ordered[row] < amount.steps, 1, -1).astype(np.int16)
    wanted = world.ordered.copy()
    wanted[row] += steps
    after = advance(world, wanted, games(5).rules)
    assert (after.ordered[row] == wanted[row]).all()
    in_force = layout.in_force(after)[row]
    assert (in_force == (world.ordered[row] if kind.delay else wanted[row])).all()
    for _ in range(kind.delay):
        after = advance(after, after.ordered, games(5).rules)
    assert (layout.in_force(after)[row] == wanted[row]).all()


def test_only_three_orders_a_quarter_count_in_the_order_of_the_manual(games):
    world = rich(games(5).world)
    wanted = asked(
        world,
        ("fund_enforcement", "officers", (0,), 1),
        ("cap_exports", "ceiling", (0, 0), 1),
        ("license_sales", "cut", (0,), 1),
        ("control_cloud", "strictness", (0,), 1),
    )
    stands, refused = sieve(world, wanted, layout_of(world.cast))
    assert stands.sum(axis=0).tolist() == [MOVES] * 5
    dropped = entry_of(world, "control_cloud")
    assert (refused[dropped] == MOVES_REFUSED).all()
    assert stands[entry_of(world, "cap_exports", (0, 0))].all()


def test_orders_that_each_pass_alone_cannot_overspend_together(games):
    world = games(5).world
    world = replace(world, capital=np.full_like(world.capital, 9.0))
    wanted = asked(
        world, ("cap_exports", "ceiling", (0, 0), 1), ("license_sales", "cut", (0,), 1), ("press_allies", "pressure", (0, 0), 1)
    )  # fmt: skip
    layout = layout_of(world.cast)
    stands, refused = sieve(world, wanted, layout)
    assert stands[entry_of(world, "cap_exports", (0, 0))].all()
    assert stands[entry_of(world, "license_sales")].all()
    assert (refused[entry_of(world, "press_allies", (0, 0))] == BUDGET_REFUSED).all()
    after, _ = commanded(world, wanted, None, layout)
    assert (after.capital[0] == 0).all()
    assert (after.capital[1:] == world.capital[1:]).all()


def test_an_order_that_repeats_the_present_setting_is_no_move(games):
    world = games(5).world
    stands, refused = sieve(world, world.ordered.copy(), layout_of(world.cast))
    assert not stands.any()
    assert not refused.any()


def test_a_refused_order_changes_nothing(games):
    world = games(5).world
    nvidia = world.cast.at("chipmakers", "nvidia")
    wanted = asked(world, ("direct_wafers", "share", (0, nvidia), 4))
    layout = layout_of(world.cast)
    after, stands = commanded(world, wanted, None, layout)
    assert not stands.any()
    assert (after.ordered == world.ordered).all()
    assert (after.refused[entry_of(world, "direct_wafers", (0, nvidia))] == 1).all()
    assert (after.capital == world.capital).all()


def test_legality_is_a_mask_of_the_table_and_agrees_with_the_sieve(games):
    world = games(5).world
    layout = layout_of(world.cast)
    wanted = np.broadcast_to(layout.top, world.ordered.shape).astype(np.int16)
    codes = legality(world, wanted, layout)
    assert codes.shape == (layout.entries, 5)
    _, refused = sieve(rich(world), wanted, layout)
    own = refused * (refused < MOVES_REFUSED)
    asked_rows = (own > 0) | (codes > 0)
    assert (codes[asked_rows] == own[asked_rows]).all()


def test_every_refusal_has_a_sentence():
    for kind in ORDERS:
        for text in kind.refusals:
            assert text[0].islower()
            assert len(text) > 15
    assert set(SHARED_REFUSALS) == {MOVES_REFUSED, BUDGET_REFUSED}


def test_orders_of_one_seat_do_not_use_up_the_moves_of_another(games):
    world = rich(games(5).world)
    changes = [("expand_memory", "stacks", (i,), 1) for i in range(4)]
    changes += [("set_markup", "margin", (i,), 1) for i in range(4)]
    stands, _ = sieve(world, asked(world, *changes), layout_of(world.cast))
    assert stands.sum(axis=0).tolist() == [8] * 5


def test_an_amount_that_an_order_has_not_is_refused(games):
    orders = View(games(2).world, (0,)).blank_orders()
    with pytest.raises(KeyError, match="celing"):
        orders.set("cap_exports", celing=6_000)
    assert not orders.asked


WHAT_IT_PAYS_FOR = {
    "expand": "capacity",
    "fund_fabs": "capacity",
    "subsidise_fabs": "pack_capacity",
    "expand_memory": "memory_capacity",
    "fund_memory": "memory_capacity",
    "fund_tools": "tool_programme",
}


def test_every_lead_of_an_order_is_tried():
    assert {kind.name for kind in ORDERS if kind.lead} == set(WHAT_IT_PAYS_FOR)


@pytest.mark.parametrize("kind", [kind for kind in ORDERS if kind.lead], ids=lambda kind: kind.name)
def test_what_an_order_pays_for_is_there_after_its_lead_and_no_sooner(games, kind):
    game = games(5)
    world = replace(game.world, money=game.world.money + 10**9)
    amount = kind.amounts[0].name
    place = layout_of(world.cast).places[kind.name]
    wanted = world.ordered.copy()
    wanted[place.dials[amount]] = kind.amounts[0].steps // 2
    column = WHAT_IT_PAYS_FOR[kind.name]
    still, moved = world, world
    for quarter in range(kind.delay + kind.lead + 1):
        still = advance(still, still.ordered, game.rules)
        moved = advance(moved, wanted if quarter == 0 else moved.ordered, game.rules)
        is_there = not np.array_equal(getattr(still, column), getattr(moved, column))
        assert is_there == (quarter == kind.delay + kind.lead), quarter
