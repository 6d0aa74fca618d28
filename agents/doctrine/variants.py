"""Variants: a doctrine with an order forbidden or with dials held, written behind its name.

`standard~cap_exports` never gives that order; `standard+price_chips.markup=0.2` holds a dial; `standard@17` holds up to
three orders' dials, drawn from the number 17. A variant takes the place of a doctrine wherever one is named.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from world.cast import Cast
from world.chance import Chance
from world.orders import Layout, OrderKind, Orders
from world.turn import ORDERS, layout_of
from world.view import View

Array = np.ndarray
Doctrine = Callable[[View, Chance], Orders]

FORBIDDEN, FIXED, DRAWN = "~", "+", "@"
MARKS = re.compile(r"(?=[~@]|\+(?![0-9]))")
MOST_HELD = 3
"""Orders whose dials a drawn variant holds, at most: as many as a seat may move in a quarter."""


@dataclass(frozen=True)
class Held:
    """A dial that is kept at a step; `pick` is its place among those of its order, None for all of them."""

    kind: str
    amount: str
    step: int
    pick: int | None = None

    def told(self, layout: Layout) -> str:
        """The dial and its setting in words: `cap_exports cn ceiling 4800 TPP`."""
        place, declared = layout.places[self.kind], layout.amounts[self.kind, self.amount]
        picks = ""
        if self.pick is not None and place.kind.picks:
            at = np.unravel_index(self.pick, place.shape[1:])
            names = [layout.cast.names[p.axis][int(i)] for p, i in zip(place.kind.picks, at, strict=True)]
            picks = " ".join(names) + " "
        return f"{self.kind} {picks}{self.amount} {declared.value(self.step):g} {declared.unit}"


def split(name: str) -> tuple[str, tuple[str, ...]]:
    """The doctrine in a name, and what follows it: `standard~lobby` is `standard`, `~lobby`."""
    base, *terms = MARKS.split(name)
    return base, tuple(terms)


def kinds_of(role: str) -> dict[str, OrderKind]:
    """The kinds of order that a role may give, by name."""
    return {kind.name: kind for kind in ORDERS if kind.issuer == role}


@lru_cache(maxsize=4096)
def varied(decide: Doctrine, terms: tuple[str, ...], role: str) -> Doctrine:
    """A doctrine changed by what follows its name; raises LookupError for what the role cannot do."""
    forbidden = tuple(_forbidden(term, role) for term in terms if term[0] == FORBIDDEN)
    fixed = tuple(_fixed(term, role) for term in terms if term[0] == FIXED)
    numbers = tuple(_number(term) for term in terms if term[0] == DRAWN)

    def doctrine(view: View, chance: Chance) -> Orders:
        orders = decide(view, chance)
        for kind in forbidden:
            leave(orders, view, kind)
        for one in (*fixed, *(one for number in numbers for one in drawn(number, role, view.cast))):
            hold(orders, view, one)
        return orders

    return doctrine


def _forbidden(term: str, role: str) -> OrderKind:
    kinds, name = kinds_of(role), term[1:]
    if name not in kinds:
        raise LookupError(f"'{term}' forbids no order of a {role}; choose one of {', '.join(kinds)}")
    return kinds[name]


def _fixed(term: str, role: str) -> Held:
    dial, _, said = term[1:].partition("=")
    name, _, amount = dial.partition(".")
    dials = {f"{kind.name}.{a.name}": a for kind in kinds_of(role).values() for a in kind.amounts}
    if dial not in dials:
        raise LookupError(f"'{term}' holds no dial of a {role}; choose one of {', '.join(dials)}")
    declared = dials[dial]
    try:
        value = float(said)
    except ValueError:
        value = np.nan
    if not declared.low <= value <= declared.high:
        bounds = f"{declared.low:g} to {declared.high:g} {declared.unit}"
        raise LookupError(f"'{term}' holds {dial} at '{said}'; write a number from {bounds}")
    return Held(name, amount, declared.level(value))


def _number(term: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", term[1:]):
        raise LookupError(f"'{term}' is no number to draw dials from; write a whole number, such as @17")
    return int(term[1:])


def leave(orders: Orders, view: View, kind: OrderKind) -> None:
    """Leave all dials of an order where they stand."""
    before = view.blank_orders().levels.table
    for amount in kind.amounts:
        rows, _ = orders.levels.parts[kind.name, amount.name]
        orders.levels.table[rows] = before[rows]
        orders.asked.discard((kind.name, amount.name))


def hold(orders: Orders, view: View, held: Held) -> None:
    """Keep a dial at its step, whatever the doctrine wanted."""
    levels = orders.levels[held.kind, held.amount].reshape(view.size, -1, view.worlds)
    levels[:, slice(None) if held.pick is None else held.pick] = held.step
    orders.asked.add((held.kind, held.amount))


@lru_cache(maxsize=4096)
def drawn(number: int, role: str, cast: Cast) -> tuple[Held, ...]:
    """The dials that follow from a number: one to three orders of the role, each dial at any of its steps."""
    chance = Chance(np.array([number], dtype=np.uint64), np.zeros(1, dtype=np.int16), f"variant/{role}/")
    places = [layout_of(cast).places[kind] for kind in kinds_of(role)]
    entries = [(place, pick) for place in places for pick in range(place.size // max(place.shape[0], 1))]
    first = chance.uniform("variant.rank", len(entries))[:, 0]
    most = 1 + int(MOST_HELD * chance.uniform("variant.orders", 1)[0, 0])
    found = []
    for at in np.argsort(first, kind="stable")[:most]:
        place, pick = entries[int(at)]
        for amount in place.kind.amounts:
            draw = float(chance.uniform(f"variant.{place.kind.name}.{amount.name}", pick + 1)[pick, 0])
            found.append(Held(place.kind.name, amount.name, min(int(draw * (amount.steps + 1)), amount.steps), pick))
    return tuple(found)
