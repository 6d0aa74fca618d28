"""Dials: the two ways in which a doctrine moves one, coarse enough that no move is spent on a
trifle."""

from functools import cache
from typing import Any

import numpy as np

from world.orders import Amount, Orders

Array = np.ndarray
Mask = Any
"""A choice of seats and worlds that lines up with a dial: an array of bools, or one of them for
all."""


def amount_of(orders: Orders, kind: str, amount: str) -> Amount:
    """The declaration of an order's amount."""
    return orders.layout.amounts[kind, amount]


def asked_value(orders: Orders, kind: str, amount: str, at: Any = ...) -> Any:
    """What a dial (or a part of it) would stand at under the orders so far, in its own unit."""
    declared = amount_of(orders, kind, amount)
    return orders.levels[kind, amount][at] * declared.step + declared.low


@cache
def turn_by(amount: Amount, by: float, low: float | None, high: float | None) -> tuple[Array, Array, Array]:
    """The steps that make up a turn by so much, and the first and the last step from which one may still turn down or up."""
    step = max(round(by / amount.step), 1)
    top = amount.steps if high is None else amount.level(high)
    bottom = 0 if low is None else amount.level(low)
    return np.array(step, np.int16), np.array(bottom + step, np.int16), np.array(top - step, np.int16)


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
    """Turn a dial up or down by `by` (own unit) where a mask says so; where both do, it stays.

    It moves by whole steps only, and never beyond `low` and `high`.
    """
    levels = orders.levels[kind, amount]
    now = levels if pick is None else levels[:, pick]
    step, lowest, highest = turn_by(amount_of(orders, kind, amount), by, low, high)
    if down is False:
        now += (up & (now <= highest)) * step
    elif up is False:
        now -= (down & (now >= lowest)) * step
    else:
        now += np.subtract(up & (now <= highest), down & (now >= lowest), dtype=np.int16) * step
    orders.asked.add((kind, amount))


def aim(
    orders: Orders,
    kind: str,
    amount: str,
    value: Any,
    *,
    slack: float,
    where: Mask = True,
    at: Any = ...,
) -> None:
    """Set a dial (or a part of it) to a value (own unit), if it stands `slack` or more away."""
    declared = amount_of(orders, kind, amount)
    levels = orders.levels[kind, amount]
    now = levels[at]
    within = np.minimum(np.maximum(value, declared.low), declared.high)
    wanted = np.rint((within - declared.low) * (1.0 / declared.step)).astype(np.int16)
    far = np.abs(wanted - now) >= max(round(slack / declared.step), 1)
    now[...] = np.where(far & where, wanted, now)
    orders.asked.add((kind, amount))
