"""Turning points: the orders of a finished game that moved how it ended most, found by leaving out each.

First every order is left out alone over the whole rest of the game, with everybody else's orders held. The few
that moved most are then tried under other luck from their quarter on, the same with and without the order,
while doctrines answer; the seat itself keeps to its other orders, and so do people.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt64

from play.anew import played_anew
from play.dials import book_of, plain
from play.figures import agrees
from play.past import Change, Past, played
from play.quantities import Quantity
from world.scenario_text import remedy
from world.state import replace, take

Array = np.ndarray

MOST = 8
"""Orders that are told."""
LUCKS = 16
"""Lucks of the time after an order under which it is tried."""
RANGE = (5.0, 50.0, 95.0)
"""Percentiles over lucks: the middle, and nine in ten."""


@dataclass(frozen=True)
class TurningPoint:
    """An order, and how much it moved a quantity at the end of the game."""

    order: int
    """Its number in the past."""
    turn: int
    seat: str
    words: str
    effect: float
    """What the quantity ended with, less what it would have ended with without the order, all other orders held."""
    anew: float
    """The same with doctrines answering and under other luck from its quarter on: the median over lucks."""
    low: float
    high: float
    """The range that holds nine in ten of those."""

    @property
    def holds(self) -> bool:
        """Whether nine in ten other lucks agree with the effect in sign; where not, it took the luck of this game."""
        return agrees(self.effect, self.low, self.high)


def turning_points(
    past: Past, quantity: Quantity, seat: str = "", most: int = MOST, lucks: int = LUCKS
) -> list[TurningPoint]:
    """The orders of one game (of all seats, or of one) that moved the last state of a quantity most, the largest first.

    Orders without any effect are left out. Raises LookupError for a seat that there is not.
    """
    names = past.cast.names["seats"]
    if seat and seat not in names:
        raise LookupError(f"there is no seat '{seat}'; {remedy(seat, names)}")
    orders = [at for at, order in enumerate(past.given) if seat in ("", names[order.seat])]
    held = effects_held(past, quantity, orders)
    ranked = sorted((at for at in orders if held[at]), key=lambda at: (-abs(held[at]), at))
    return [_tried(past, quantity, at, held[at], lucks) for at in ranked[:most]]


def effects_held(past: Past, quantity: Quantity, orders: Iterable[int]) -> dict[int, float]:
    """What each order of one game did to the last state of a quantity, all other orders held."""
    by_turn: dict[int, list[int]] = {}
    for at in orders:
        by_turn.setdefault(past.given[at].turn, []).append(at)
    now, found = quantity.of(past.state(past.last)), {}
    for turn, numbers in by_turn.items():
        changes = [Change(frozenset([at])) for at in numbers]
        end = played(past, changes, turn - 1, past.last)[-1]
        lost = np.nan_to_num(now - quantity.of(end))
        found.update({at: float(one) for at, one in zip(numbers, lost, strict=True)})
    return found


def _tried(past: Past, quantity: Quantity, at: int, effect: float, lucks: int) -> TurningPoint:
    order, seat = past.given[at], past.cast.names["seats"][past.given[at].seat]
    low, middle, high = np.percentile(effects_anew(past, quantity, frozenset([at]), order.turn, seat, lucks), RANGE)
    return TurningPoint(at, order.turn, seat, words(past, at), effect, float(middle), float(low), float(high))


def effects_anew(
    past: Past, quantity: Quantity, without: frozenset[int], turn: int, seat: str, lucks: int = LUCKS
) -> Float[Array, " lucks"]:
    """What orders of a turn do to the last state of a quantity under several lucks from that turn on, doctrines answering.

    Both sides of a pair have the same luck; the seat's other orders are held.
    """
    changes = [*[Change()] * lucks, *[Change(without)] * lucks]
    begin = take(past.state(turn - 1), np.zeros(2 * lucks, dtype=np.intp))
    begin = replace(begin, seed=np.tile(other_lucks(int(begin.seed[0]), turn, lucks), 2))
    end = quantity.of(played_anew(past, changes, turn - 1, past.last, anew=turn + 1, logged=(seat,), begin=begin))
    return np.nan_to_num(end[:lucks] - end[lucks:])


def other_lucks(seed: int, turn: int, lucks: int) -> UInt64[Array, " lucks"]:
    """Seeds for other lucks of the time from a turn on, a hash of the game's own and the turn."""
    digest = hashlib.shake_128(f"turning/{seed}/{turn}".encode()).digest(8 * lucks)
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64)


def words(past: Past, at: int, game: int = 0) -> str:
    """An order in words: `cap_exports cn ceiling=6000 TPP (was 4800)`."""
    order, book = past.given[at], book_of(past.cast)
    head = book.dials[int(order.dials[0])]
    parts = []
    for row, dial in enumerate(order.dials):
        if order.moved[row, game]:
            amount = book.dials[int(dial)].amount
            now, was = (plain(amount.value(int(steps[row, game]))) for steps in (order.steps, order.before))
            parts.append(f"{amount.name}={now} {amount.unit}".rstrip() + f" (was {was})")
    return " ".join((head.kind.name, *head.picks, ", ".join(parts)))
