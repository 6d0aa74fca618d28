"""The sieve that orders pass through: each checked alone, then all of a seat settled together, and the dials that obey."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from world.flows import on_grid
from world.orders import BUDGET_REFUSED, MOVES, MOVES_REFUSED, Layout, Place, by_issuer
from world.state import World

Array = np.ndarray


def legality(world: World, wanted: Int[Array, "dials worlds"], layout: Layout) -> UInt8[Array, "entries worlds"]:
    """For every entry and world 0 where it would stand by itself, else the number of its refusal."""
    codes = np.zeros((layout.entries, world.seed.size), dtype=np.uint8)
    for place in layout.checked:
        codes[place.entries] = _checked(world, wanted, place)
    return codes


def _checked(world: World, wanted: Int[Array, "dials worlds"], place: Place) -> Array:
    worlds = wanted.shape[-1]
    asked = SimpleNamespace(
        **{a.name: by_issuer(wanted[place.dials[a.name]] * a.step + a.low, place.shape) for a in place.kind.amounts}
    )
    assert place.kind.check is not None
    codes = place.kind.check(world, asked)
    return np.broadcast_to(codes, (*place.shape, worlds)).reshape(place.size, worlds)


def asked_for(world: World, wanted: Int[Array, "dials worlds"], layout: Layout) -> Bool[Array, "entries worlds"]:
    """Which entries a table of wanted settings would change."""
    moved = wanted != world.ordered
    (_, first), *others = layout.dials_by_amount
    asked = moved.take(first, axis=0)
    for entries, dials in others:
        asked[entries] |= moved[dials]
    return asked


def sieve(
    world: World, wanted: Int[Array, "dials worlds"], layout: Layout
) -> tuple[Bool[Array, "entries worlds"], UInt8[Array, "entries worlds"]]:
    """Which of the wanted changes stand, and why the others do not.

    Each order is checked alone; then, seat by seat and in the order of the manual, only the first
    `MOVES` legal orders count, and they stand until the first that the seat cannot pay for.
    """
    asked = asked_for(world, wanted, layout)
    refused = np.zeros_like(asked, dtype=np.uint8)
    for place in layout.checked:
        if asked[place.entries].any():
            refused[place.entries] = _checked(world, wanted, place) * asked[place.entries]
    stands = asked & (refused == 0)
    _settle(world, stands, refused, layout)
    return stands, refused


def budget_of(world: World) -> Float[Array, "seats worlds"]:
    """What each seat can pay for orders: political capital, or cash."""
    budget = world.money[: len(world.cast.seats)].astype(float)
    governments = world.cast.governments
    budget[governments] = world.capital
    return budget


def _settle(
    world: World, stands: Bool[Array, "entries worlds"], refused: UInt8[Array, "entries worlds"], layout: Layout
) -> None:
    """Seat by seat and in the order of the manual, count moves and add up prices; mark in both tables what falls."""
    rows = layout.seat_order[np.asarray(stands.any(axis=1))[layout.seat_order]]
    seats, asked = layout.seat_of_entry[rows], stands[rows]
    too_many = asked & (sums_within(asked.astype(np.int16), seats) > MOVES)
    priced = np.flatnonzero(layout.price[rows] > 0)
    buyers, kept = seats[priced], asked[priced] & ~too_many[priced]
    spent = sums_within(layout.price[rows[priced], None] * kept, buyers)
    too_dear = kept & (spent > budget_of(world)[buyers])
    verdict = too_many * np.uint8(MOVES_REFUSED)
    verdict[priced] += too_dear * np.uint8(BUDGET_REFUSED)
    refused[rows] += verdict
    stands[rows] = asked & (verdict == 0)


def sums_within(x: Array, group: Int[Array, " rows"]) -> Array:
    """Sums (over `x`) up to each row, over the rows of its group; the rows of a group stand together."""
    for goes_on, (before, row) in zip((group[1:] == group[:-1]).tolist(), pairwise(x), strict=True):
        if goes_on:
            row += before
    return x


def price_by_seat(stands: Bool[Array, "entries worlds"], layout: Layout) -> Float[Array, "seats worlds"]:
    """What each seat pays for the orders that stand."""
    paid = np.zeros((len(layout.cast.seats), stands.shape[-1]))
    entries = np.flatnonzero(stands.any(axis=1) & (layout.price > 0))
    prices = layout.price[entries, None] * stands[entries]
    for seat, price in zip(layout.seat_of_entry[entries].tolist(), prices, strict=True):
        paid[seat] += price
    return on_grid(paid)


def obeyed(
    world: World,
    wanted: Int[Array, "dials worlds"],
    stands: Bool[Array, "entries worlds"],
    refused: UInt8[Array, "entries worlds"],
    layout: Layout,
) -> tuple[Array, Array, Array]:
    """The dials after orders that stand: as last set, and of those with a delay what is in force and how long they wait.

    What was set earlier and has waited long enough comes into force; a new setting waits afresh.
    """
    ordered = wanted.copy()
    fallen = np.flatnonzero(np.asarray(refused.any(axis=1))[layout.entry_of_dial])
    falls = refused[layout.entry_of_dial[fallen]] > 0
    ordered[fallen] = np.where(falls, world.ordered[fallen], wanted[fallen])
    entries = layout.entry_of_dial[layout.delayed]
    wait = np.maximum(world.wait - 1, 0)
    wait = np.where(stands[entries], layout.delay[entries][:, None], wait).astype(np.int8)
    in_force = np.where(wait == 0, ordered[layout.delayed], world.in_force)
    return ordered, in_force, wait
