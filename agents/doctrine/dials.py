"""Dials: the two ways in which a doctrine moves one, coarse enough that no move is spent on a trifle."""

from typing import Any

import numpy as np

from world.orders import Amount, Orders

Mask = Any
"""A choice of seats and worlds that lines up with a dial: an array of bools, or one of them for all."""


def amount_of(orders: Orders, kind: str, amount: str) -> Amount:
    """The declaration of an order's amount."""
    return next(a for a in orders.layout.places[kind].kind.amounts if a.name == amount)


def nudge(
    orders: Orders,
    kind: str,
    amount: str,
    *,
    by: float,
    up: Mask = False,
    down: Mask = False,
    low: float | None = None,
    high: float | None = None,
    pick: int | None = None,
) -> None:
    """Turn a dial by `by` (own unit) where a mask says so, up to `high` or down to `low`; up goes first.

    A dial that already stands beyond the bound stays where it is.
    """
    declared = amount_of(orders, kind, amount)
    levels = orders.levels[kind, amount]
    now = levels if pick is None else levels[:, pick]
    step = np.int16(max(round(by / declared.step), 1))
    top = np.int16(declared.steps if high is None else declared.level(high))
    bottom = np.int16(0 if low is None else declared.level(low))
    new = now
    if down is not False:
        new = np.where(down & (now > bottom), np.maximum(now - step, bottom), new)
    if up is not False:
        new = np.where(up & (now < top), np.minimum(now + step, top), new)
    now[...] = new
    orders.asked.add((kind, amount))


def aim(
    orders: Orders,
    kind: str,
    amount: str,
    value: Any,
    *,
    slack: float,
    where: Mask = True,
    pick: int | None = None,
) -> Mask:
    """Set a dial to a value (own unit) where it stands at least `slack` away; gives where it was moved."""
    declared = amount_of(orders, kind, amount)
    levels = orders.levels[kind, amount]
    now = levels if pick is None else levels[:, pick]
    wish = (np.clip(value, declared.low, declared.high) - declared.low) * (1.0 / declared.step)
    wanted = np.rint(wish).astype(np.int16)
    moves = where & (np.abs(wanted - now) >= max(round(slack / declared.step), 1))
    now[...] = np.where(moves, wanted, now)
    orders.asked.add((kind, amount))
    return moves
