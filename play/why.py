"""Why: what a change came from, found by playing it again without an order, a seat or a piece of luck.

Two keys open one door, and a minimum of inputs hides all but one: leaving out one order at a time would count the whole
twice, or not at all. So parts are Shapley values: what each adds on average over the orders in which
they could have come in, sampled in pairs of opposite order where they are many. Parts add up exactly: they are
fractions of whole numbers, not floats.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import factorial

import numpy as np
from jaxtyping import Float

from play.past import Change, Past, doctrines_of, played
from play.quantities import Quantity

Array = np.ndarray
Change_of = Callable[[Sequence[Change]], Float[Array, "ways games"]]

UNDER_WAY = "under way"
"""The part that was to come without any of the orders: what earlier quarters set going."""
PAIRS = 100
"""Pairs of opposite orders in which the parts come in, where all are too many."""
CARRIED_PAIRS, FEWEST_PAIRS = 25, 4
"""Pairs for what was under way, which takes many turns to play, and the fewest for each of many games."""
AT_ONCE = 2048
"""Worlds played together: more would not fit into a processor's cache."""
FEW = 5
"""Parts of which all orders are tried."""
LUCK = (
    *("politics.stance", "fabrication.defects", "diversion.seizure", "diversion.proxy"),
    *("research.day", "research.release"),
    *("intelligence.reports", "intelligence.own", "intelligence.revealed", "intelligence.disclosure"),
)
"""Labels of luck in the rules."""


@dataclass(frozen=True)
class Source:
    """Something that a change may come from: a seat's orders, one order, or a label of luck."""

    name: str
    orders: frozenset[int] = frozenset()
    luck: str = ""


@dataclass(frozen=True)
class Part:
    """What one source adds to a change, in each game."""

    source: Source
    amount: tuple[Fraction, ...]
    anew: Float[Array, " games"] | None = None
    """What the change would lose without it if doctrines then decided anew; none within a quarter."""
    opened: tuple["Part", ...] = ()

    @property
    def mean(self) -> float:
        """The amount, on average over games."""
        return float(sum(self.amount) / len(self.amount))


@dataclass(frozen=True)
class Why:
    """A change of a quantity and what it came from."""

    quantity: Quantity
    start: int
    """The turn after which the change begins."""
    stop: int
    was: tuple[Fraction, ...]
    now: tuple[Fraction, ...]
    parts: tuple[Part, ...]
    """From seats and luck, the largest first; the last is what was under way."""
    opened: str = ""

    @property
    def change(self) -> tuple[Fraction, ...]:
        """The change, in each game."""
        return tuple(now - was for was, now in zip(self.was, self.now, strict=True))


def explained(
    past: Past,
    quantity: Quantity,
    stop: int,
    start: int | None = None,
    opened: Iterable[str] = (),
    pairs: int | None = None,
    seed: int = 0,
) -> Why:
    """What the change of a quantity from turn `start` (the one before) to turn `stop` came from.

    `opened` names seats whose part is told order by order. Many games need fewer pairs of orders each.
    """
    pairs = pairs_for(past) if pairs is None else pairs
    start = stop - 1 if start is None else start
    sources = [*seats_between(past, start + 1, stop), *(Source(label, luck=label) for label in LUCK)]

    def values(changes: Sequence[Change]) -> Array:
        return read(past, quantity, played(past, changes, start, stop, luck_held_from=start + 1)[-1])

    everything, nothing, parts = shared(past, sources, values, frozenset(opened), pairs, seed)
    was = exactly(quantity.of(past.state(start)))
    under_way = Part(Source(UNDER_WAY), tuple(n - w for n, w in zip(nothing, was, strict=True)))
    if stop > start + 1:
        parts = _with_anew(past, quantity, start, stop, parts)
    return Why(quantity, start, stop, was, everything, (*parts, under_way))


def pairs_for(past: Past) -> int:
    """How many pairs of orders are worth their time: fewer for each of many games."""
    return max(PAIRS // past.games, FEWEST_PAIRS)


def carried(
    past: Past, quantity: Quantity, stop: int, opened: Iterable[str] = (), pairs: int = CARRIED_PAIRS, seed: int = 0
) -> Why:
    """What earlier quarters set going: the part of the last quarter's change that was under way, opened into their orders."""
    start = stop - 1
    now = frozenset(past.orders_between(stop, stop))
    sources = seats_between(past, past.first + 1, start)

    def values(changes: Sequence[Change]) -> Array:
        still = [Change(without=change.without | now, held=frozenset(LUCK)) for change in changes]
        states = played(past, still, past.first, stop, luck_held_from=stop)
        return read(past, quantity, states[-1]) - read(past, quantity, states[-2])

    everything, nothing, parts = shared(past, sources, values, frozenset(opened), pairs, seed)
    zero = (Fraction(0),) * past.games
    return Why(quantity, start, stop, zero, everything, (*parts, Part(Source(UNDER_WAY), nothing)))


def seats_between(past: Past, first: int, last: int) -> list[Source]:
    """The seats that gave orders in some turns, each with its orders."""
    found: dict[str, list[int]] = {}
    for at in past.orders_between(first, last):
        found.setdefault(past.cast.names["seats"][past.given[at].seat], []).append(at)
    return [Source(seat, frozenset(orders)) for seat, orders in found.items()]


def read(past: Past, quantity: Quantity, world: object) -> Float[Array, "ways games"]:
    """A quantity in every way and game."""
    return quantity.of(world).reshape(-1, past.games)  # type: ignore[arg-type]


def exactly(values: Float[Array, " games"]) -> tuple[Fraction, ...]:
    """Floats as the fractions that they are; what is no number counts as nothing."""
    return exact_rows(values[None])[0]


def exact_rows(values: Float[Array, "ways games"]) -> list[tuple[Fraction, ...]]:
    """Rows of floats as fractions, each different one turned once."""
    different, places = np.unique(np.nan_to_num(values, posinf=0.0, neginf=0.0), return_inverse=True)
    exact = [Fraction(float(value)) for value in different]
    return [tuple(exact[place] for place in row) for row in places.reshape(values.shape)]


def shared(
    past: Past, sources: Sequence[Source], values: Change_of, opened: frozenset[str], pairs: int, seed: int
) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...], tuple[Part, ...]]:
    """A change shared among its sources: with all of them, with none of them, and what each adds.

    A source that is opened comes in order by order, together, so that its orders add up to it.
    """
    orders = orders_of_coming(sources, opened, pairs, seed)
    ladders, changes = ladders_of(orders)
    at_once = max(AT_ONCE // past.games, 1)
    found = [values(changes[at : at + at_once]) for at in range(0, len(changes), at_once)]
    table = exact_rows(np.concatenate(found))
    added = {source: [Fraction(0)] * past.games for source in orders[0]}
    for coming, rungs in zip(orders, ladders, strict=True):
        for source, below, above in zip(coming, rungs, rungs[1:], strict=False):
            if table[below] != table[above]:
                for game in range(past.games):
                    added[source][game] += table[above][game] - table[below][game]
    share = {source: tuple(amount / len(orders) for amount in added[source]) for source in added}
    top = table[ladders[0][-1]]
    return top, table[0], tuple(_grouped(sources, share, opened, past))


def ladders_of(orders: Sequence[tuple[Source, ...]]) -> tuple[list[list[int]], list[Change]]:
    """For each order of coming in, the numbers of what is there from nothing to everything; and each of these, once."""
    nothing = Change(
        frozenset().union(*(source.orders for source in orders[0])),
        held=frozenset(source.luck for source in orders[0] if source.luck),
    )
    numbers, changes, ladders = {0: 0}, [nothing], []
    bit = {source: 1 << at for at, source in enumerate(orders[0])}
    for coming in orders:
        there, rungs = 0, [0]
        for source in coming:
            below = changes[rungs[-1]]
            there |= bit[source]
            if there not in numbers:
                numbers[there] = len(changes)
                changes.append(Change(below.without - source.orders, held=below.held - {source.luck}))
            rungs.append(numbers[there])
        ladders.append(rungs)
    return ladders, changes


def _grouped(
    sources: Sequence[Source], share: Mapping[Source, tuple[Fraction, ...]], opened: frozenset[str], past: Past
) -> list[Part]:
    parts = []
    for source in sources:
        inner = _orders_in(source) if source.name in opened else ()
        if inner:
            within = tuple(Part(one, share[one]) for one in inner)
            amount = tuple(sum(column, Fraction(0)) for column in zip(*(p.amount for p in within), strict=True))
            parts.append(Part(source, amount, opened=tuple(sorted(within, key=_size))))
        else:
            parts.append(Part(source, share[source]))
    return sorted(parts, key=_size)


def _size(part: Part) -> float:
    return -abs(part.mean)


def _orders_in(source: Source) -> tuple[Source, ...]:
    return tuple(Source(f"{source.name} {at}", frozenset([at])) for at in sorted(source.orders))


def orders_of_coming(
    sources: Sequence[Source], opened: frozenset[str], pairs: int, seed: int
) -> list[tuple[Source, ...]]:
    """In which order the sources come in: every one there is, or so many pairs of opposite ones."""
    inner = [list(_orders_in(source)) if source.name in opened else [source] for source in sources]
    if sum(map(len, inner)) <= FEW and all(len(group) == 1 for group in inner):
        return [tuple(group[0] for group in coming) for coming in permutations(inner)]
    draw, found = np.random.default_rng(seed), []
    for _ in range(pairs):
        coming: list[Source] = []
        for group in draw.permutation(len(inner)):
            coming += [inner[group][one] for one in draw.permutation(len(inner[group]))]
        found += [tuple(coming), tuple(reversed(coming))]
    return found


def _with_anew(past: Past, quantity: Quantity, start: int, stop: int, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Beside each part: what would be lost without it if doctrines decided anew from the next quarter on."""
    seats = [part for part in parts if part.source.orders]
    doctrines = doctrines_of(past, start + 1)
    changes = [Change()]
    for part in seats:
        others = {seat: name for seat, name in doctrines.items() if seat != part.source.name}
        first = min(past.given[at].turn for at in part.source.orders)
        changes.append(Change(part.source.orders, players=others, anew=first + 1))
    found = read(past, quantity, played(past, changes, start, stop)[-1])
    lost = dict(zip((part.source for part in seats), found[0] - found[1:], strict=True))
    return tuple(Part(part.source, part.amount, lost.get(part.source), part.opened) for part in parts)


def left_out_singly(past: Past, quantity: Quantity, turn: int) -> dict[int, Float[Array, " games"]]:
    """What the quarter's change would lose without each order alone (two keys count the whole twice)."""
    numbers = past.orders_between(turn, turn)
    changes = [Change(), *(Change(frozenset([at])) for at in numbers)]
    found = read(past, quantity, played(past, changes, turn - 1, turn)[-1])
    return {at: found[0] - row for at, row in zip(numbers, found[1:], strict=True)}


assert factorial(FEW) <= 2 * PAIRS
