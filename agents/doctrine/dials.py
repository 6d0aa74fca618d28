"""Dials: the two ways in which a doctrine moves one, coarse enough that no move is spent on a trifle."""

from typing import Any

import numpy as np

from world.orders import Amount, Orders

Mask = Any
"""A choice of seats and worlds that lines up with a dial: an array of bools, or one of them for all."""

NOWHERE = np.zeros((), dtype=bool)


def amount_of(orders: Orders, kind: str, amount: str) -> Amount:
    """The declaration of an order's amount."""
    return next(a for a in orders.layout.places[kind].kind.amounts if a.name == amount)


def nudge(
    orders: Orders,
    kind: str,
    amount: str,
    *,
    by: float,
    up: Mask = NOWHERE,
    down: Mask = NOWHERE,
    low: float | None = None,
    high: float | None = None,
    pick: int | None = None,
) -> None:
    """Turn a dial up or down by `by` (own unit) where a mask says so, as far as `high` and `low`.

    Where both masks say so nothing moves; a dial that already stands beyond a bound is not pulled back.
    """
    declared = amount_of(orders, kind, amount)
    levels = orders.levels[kind, amount]
    now = levels if pick is None else levels[:, pick]
    step = np.int16(max(round(by / declared.step), 1))
    bottom = 0 if low is None else np.minimum(now, np.int16(declared.level(low)))
    top = declared.steps if high is None else np.maximum(now, np.int16(declared.level(high)))
    new = now + (np.asarray(up).view(np.int8) - np.asarray(down).view(np.int8)) * step
    np.minimum(np.maximum(new, bottom), top, out=now)
    orders.asked.add((kind, amount))


def aim(
    orders: Orders,
    kind: str,
    amount: str,
    value: Any,
    *,
    slack: float,
    where: Mask = True,
) -> None:
    """Set a dial to a value (own unit) where asked, if it stands at least `slack` away."""
    declared = amount_of(orders, kind, amount)
    now = orders.levels[kind, amount]
    wish = (np.clip(value, declared.low, declared.high) - declared.low) * (1.0 / declared.step)
    wanted = np.rint(wish).astype(np.int16)
    far = np.abs(wanted - now) >= max(round(slack / declared.step), 1)
    np.copyto(now, wanted, where=far & where)
    orders.asked.add((kind, amount))
