"""Variants: a doctrine with an order forbidden or dials held is that doctrine in everything else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.doctrine.roster import entries_for, find
from agents.doctrine.variants import MOST_HELD, drawn, kinds_of, split
from tests.agents.sides import WORLDS, decided, later, seats_for
from world.cast import BLOCS, ROLES
from world.turn import layout_of

ALL = [(entry.name, role, bloc) for role in ROLES for bloc in BLOCS for entry in entries_for(role, bloc)]


def with_seats(name, role, bloc):
    world = later(WORLDS)
    return world, seats_for(world.cast, role, bloc), find(name, role, bloc)


@pytest.mark.parametrize(("name", "role", "bloc"), ALL)
def test_a_forbidden_order_is_left_and_all_others_are_given(name, role, bloc):
    world, seats, entry = with_seats(name, role, bloc)
    if not seats:
        return
    plain = decided(world, entry, seats).levels
    before = decided(world, find("still", role, bloc), seats).levels
    for kind in kinds_of(role):
        variant = find(f"{name}~{kind}", role, bloc)
        levels = variant.decide(*_looking(world, entry, seats)).levels
        for key in levels.parts:
            assert (levels[key] == (before if key[0] == kind else plain)[key]).all()


def _looking(world, entry, seats):
    from agents.rollout import Block, luck_of
    from world.view import View

    return View(world, seats), luck_of(world, Block(entry.name, entry.decide, seats))


@given(number=st.integers(0, 10**18 - 1), role=st.sampled_from(ROLES))
def test_drawn_dials_stay_within_bounds_and_are_those_of_few_orders(number, role):
    layout = layout_of(later(WORLDS).cast)
    found = drawn(number, role, layout.cast)
    assert 1 <= len({(one.kind, one.pick) for one in found}) <= MOST_HELD
    for one in found:
        assert layout.places[one.kind].kind.issuer == role
        assert 0 <= one.step <= layout.amounts[one.kind, one.amount].steps
    assert found == drawn(number, role, layout.cast)


@pytest.mark.parametrize("role", ROLES)
def test_a_drawn_variant_holds_its_dials_in_every_world_and_leaves_the_rest(role):
    world, seats, entry = with_seats("standard", role, "cn" if role in ("planner", "broker") else "us")
    plain, levels = decided(world, entry, seats).levels, decided(world, find("standard@5", role, "us"), seats).levels
    held = {(one.kind, one.amount, one.pick): one.step for one in drawn(5, role, world.cast)}
    for kind, amount in levels.parts:
        now = levels[kind, amount].reshape(len(seats), -1, WORLDS)
        usual = plain[kind, amount].reshape(len(seats), -1, WORLDS)
        for pick in range(now.shape[1]):
            wanted = held.get((kind, amount, pick), usual[:, pick])
            assert (now[:, pick] == wanted).all()


def test_a_fixed_dial_stands_at_the_step_nearest_to_its_value():
    world, seats, _ = with_seats("standard", "memory_maker", "us")
    orders = decided(world, find("standard+price_memory.markup=1.52", "memory_maker", "us"), seats)
    assert (orders.levels["price_memory", "markup"] * 0.05 == np.float64(1.5)).all()


def test_a_dial_may_be_held_at_a_number_with_an_exponent():
    assert split("standard+license_sales.volume=1e+06~cap_exports") == (
        "standard",
        ("+license_sales.volume=1e+06", "~cap_exports"),
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("standard~cap_export", "forbids no order"),
        ("standard~", "forbids no order"),
        ("standard+lobby.spend=1", "holds no dial"),
        ("standard+license_sales.cut=much", "write a number"),
        ("standard+license_sales.cut=7", "write a number"),
        ("standard+license_sales.cut=nan", "write a number"),
        ("standard@", "whole number"),
        ("standard@-1", "whole number"),
        ("standart@1", "not a doctrine"),
    ],
)
def test_a_variant_that_cannot_be_is_refused_with_what_would_be_right(name, said):
    with pytest.raises(LookupError, match=said):
        find(name, "controller", "us")
