"""Path: by which quantities an order came to move another, quarter by quarter.

At the end of each quarter between the two, every quantity that the order has moved is put back, one at a time, to
what it would be without the order; the one with which most of the effect is gone carried it. Where several would undo
a yes or no alike, it is the one that the order has moved furthest.
"""

from dataclasses import dataclass

import numpy as np

from play.cells import cells
from play.past import Change, Past, played
from play.quantities import NOT_ASKED, Quantity
from world.state import World, columns, replace, side_by_side

Array = np.ndarray

LEAST = 0.1
"""Share of the effect that a quantity must carry to be named."""
ALIKE = 0.001
"""Shares that are no further apart count as the same."""
MOST_PLACES = 60
"""Numbers of a column that are tried, those that moved most."""


@dataclass(frozen=True)
class Step:
    """A quantity at the end of a quarter that carried the effect on, with and without the order."""

    turn: int
    name: str
    unit: str
    doc: str
    without: float
    with_it: float
    share: float
    """Of the effect that is gone when this quantity is put back."""


def path(past: Past, orders: frozenset[int], quantity: Quantity, stop: int) -> list[Step]:
    """The quantities through which orders of one game moved a quantity of turn `stop`, in the order of time."""
    start = min(past.given[at].turn for at in orders) - 1
    without = played(past, [Change(orders)], start, stop)
    effect = float((quantity.of(past.state(stop)) - quantity.of(without[-1]))[0])
    if effect == 0 or not np.isfinite(effect):
        return []
    steps = (_carrier(past, quantity, turn, stop, without[turn - start], effect) for turn in range(start + 1, stop))
    return [step for step in steps if step is not None]


def _carrier(past: Past, quantity: Quantity, turn: int, stop: int, without: World, effect: float) -> Step | None:
    """The number that carried most of an effect over the end of a turn: first the column, then the place in it."""
    with_it = past.state(turn)
    names = [name for name in columns() if name not in NOT_ASKED and _differ(with_it, without, name)]
    gone = _gone(past, quantity, stop, [replace(with_it, **{n: getattr(without, n)}) for n in names], turn, effect)
    if not gone.size or not gone.max() >= LEAST:
        return None
    alike = np.flatnonzero(gone >= gone.max() - ALIKE)
    name = names[max(alike, key=lambda at: _moved(with_it, without, names[at]))]
    a, b = (getattr(world, name)[..., 0] for world in (with_it, without))
    places = [tuple(int(i) for i in place) for place in np.argwhere(a != b)]
    places.sort(key=lambda place: -abs(float(a[place]) - float(b[place])))
    put_back = [_put_back(with_it, without, name, place) for place in places[:MOST_PLACES]]
    share = _gone(past, quantity, stop, put_back, turn, effect)
    place = places[int(share.argmax())]
    label, about = dict(cells(past.cast, name))[place], columns()[name].metadata
    return Step(turn, label, about["unit"], about["doc"], float(b[place]), float(a[place]), float(gone.max()))


def _differ(a: World, b: World, name: str) -> bool:
    return not np.array_equal(getattr(a, name), getattr(b, name))


def _moved(a: World, b: World, name: str) -> float:
    """How far a column was moved, as a share of its size."""
    one, other = (np.nan_to_num(getattr(world, name).astype(float)) for world in (a, b))
    return float(np.abs(one - other).sum() / max(np.abs(one).sum() + np.abs(other).sum(), 1e-12))


def _put_back(with_it: World, without: World, name: str, place: tuple[int, ...]) -> World:
    """The world with one number as it would be without the order."""
    table = getattr(with_it, name).copy()
    table[place] = getattr(without, name)[place]
    return replace(with_it, **{name: table})


def _gone(past: Past, quantity: Quantity, stop: int, begins: list[World], turn: int, effect: float) -> Array:
    """The share of the effect that is gone from each of these beginnings."""
    if not begins:
        return np.zeros(0)
    end = played(past, [Change()] * len(begins), turn, stop, begin=side_by_side(begins))[-1]
    return np.nan_to_num((quantity.of(past.state(stop)) - quantity.of(end)) / effect)
