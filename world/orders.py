"""What a seat may ask for: kinds of order, the table of dials they set, and what one block of seats wants of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int, Shaped

from world.cast import Cast
from world.state import World

Array = np.ndarray


class OrderRefused(ValueError):
    """An order that does not stand, with where, what was found and what would be right."""


@dataclass(frozen=True)
class Pick:
    """What an order is about: one entry of an axis."""

    name: str
    axis: str
    help: str


@dataclass(frozen=True, eq=False)
class Amount:
    """How much an order asks for, in whole steps from `low` to `high`."""

    name: str
    low: float
    high: float
    step: float
    unit: str
    help: str

    @cached_property
    def steps(self) -> int:
        """The number of steps between the bounds."""
        return round((self.high - self.low) / self.step)

    def level(self, value: float) -> int:
        """The step nearest to a value within the bounds."""
        return round((value - self.low) / self.step)

    def value(self, level: int) -> float:
        """The value of a step, without the noise of binary fractions."""
        return float(f"{self.low + level * self.step:.6g}")


Check = Callable[[World, SimpleNamespace], Array]


@dataclass(frozen=True)
class OrderKind:
    """One kind of order: who may give it, about what, how much, at what price, and when it bites."""

    name: str
    issuer: str
    summary: str
    amounts: tuple[Amount, ...]
    picks: tuple[Pick, ...] = ()
    price: float = 0.0
    """Points of political capital for a government, thousand USD for a firm, each time the dial is moved."""
    delay: int = 0
    """Quarters until the dial's new setting bites."""
    lead: int = 0
    """Quarters from then on until the first of what it pays for is there."""
    refusals: tuple[str, ...] = ()
    check: Check | None = None
    """From the world and the amounts asked (by name), 0 or the number of the refusal, entry by entry."""
    is_secret: bool = False
    """Whether a government's setting is kept from others; a firm's always is."""
    claim: str = ""
    """What the report of November 2025 says that this order answers to."""

    @cached_property
    def is_public(self) -> bool:
        """Whether everybody knows how the dial stands."""
        return self.issuer in ("controller", "planner", "host") and not self.is_secret

    @property
    def currency(self) -> str:
        """What moving the dial is paid in."""
        return "capital" if self.issuer in ("controller", "planner", "host") else "thousand USD"


MOVES_REFUSED = 254
BUDGET_REFUSED = 255
SHARED_REFUSALS = {
    MOVES_REFUSED: "the seat has no move left this quarter (moves are counted in the order of the manual)",
    BUDGET_REFUSED: "the seat cannot pay for it after its other orders (prices are added up in the order of the manual)",
}
MOVES = 3


@dataclass(frozen=True)
class Place:
    """Where a kind's entries and dials stand in the tables of a cast."""

    kind: OrderKind
    shape: tuple[int, ...]
    """Issuers, then each pick's axis."""
    entries: slice
    dials: Mapping[str, slice]

    @cached_property
    def size(self) -> int:
        """How many entries the kind has."""
        return int(np.prod(self.shape))


def by_issuer(rows: Shaped[Array, "settings worlds"], shape: tuple[int, ...]) -> Shaped[Array, "issuers *picks worlds"]:
    """Rows of a table of dials as (issuers, *picks, worlds)."""
    return rows if len(shape) == 1 else rows.reshape(*shape, rows.shape[-1])


@dataclass(frozen=True)
class Layout:
    """The tables of dials and entries of a cast; an entry is one order a seat may give."""

    kinds: tuple[OrderKind, ...]
    cast: Cast
    places: dict[str, Place] = field(init=False)

    def __post_init__(self) -> None:
        places, entry, dial = {}, 0, 0
        for kind in self.kinds:
            shape = (
                len(self.cast.seats_of(kind.issuer)),
                *(self.cast.size(pick.axis) for pick in kind.picks),
            )
            size = int(np.prod(shape))
            dials = {}
            for amount in kind.amounts:
                dials[amount.name] = slice(dial, dial + size)
                dial += size
            places[kind.name] = Place(kind, shape, slice(entry, entry + size), dials)
            entry += size
        object.__setattr__(self, "places", places)

    def __iter__(self) -> Iterable[Place]:
        return iter(self.places.values())

    @cached_property
    def entries(self) -> int:
        """How many entries there are."""
        return max((place.entries.stop for place in self.places.values()), default=0)

    @cached_property
    def dials(self) -> int:
        """How many dials there are."""
        return sum(place.size * len(place.kind.amounts) for place in self.places.values())

    @cached_property
    def amounts(self) -> dict[tuple[str, str], Amount]:
        """The declaration of every amount, by kind and name."""
        return {(kind.name, amount.name): amount for kind in self.kinds for amount in kind.amounts}

    def _per_dial(self, of: Callable[[Place, Amount], Array | float]) -> Array:
        rows = [
            np.full(place.size, of(place, amount)) for place in self.places.values() for amount in place.kind.amounts
        ]
        return np.concatenate(rows)

    def _per_entry(self, of: Callable[[Place], Array | float]) -> Array:
        return np.concatenate([np.full(p.size, of(p)) for p in self.places.values()])

    @cached_property
    def low(self) -> Float[Array, "dials 1"]:
        """The lower bound of every dial."""
        return self._per_dial(lambda place, amount: amount.low)[:, None].astype(float)

    @cached_property
    def step(self) -> Float[Array, "dials 1"]:
        """The step of every dial."""
        return self._per_dial(lambda place, amount: amount.step)[:, None].astype(float)

    @cached_property
    def top(self) -> Int[Array, "dials 1"]:
        """The highest step of every dial."""
        return self._per_dial(lambda place, amount: amount.steps)[:, None].astype(np.int16)

    @cached_property
    def entry_of_dial(self) -> Int[Array, " dials"]:
        """The entry each dial belongs to."""
        return self._per_dial(lambda p, a: np.arange(p.entries.start, p.entries.stop)).astype(np.intp)

    @cached_property
    def seat_of_entry(self) -> Int[Array, " entries"]:
        """The seat that gives each entry."""
        return self._per_entry(
            lambda p: np.repeat(self.cast.seats_of(p.kind.issuer), p.size // max(p.shape[0], 1))
        ).astype(np.intp)

    @cached_property
    def seat_of_dial(self) -> Int[Array, " dials"]:
        """The seat that owns each dial."""
        return self.seat_of_entry[self.entry_of_dial]

    @cached_property
    def is_public(self) -> Bool[Array, " dials"]:
        """Which dials everybody can read."""
        return self._per_dial(lambda place, amount: place.kind.is_public).astype(bool)

    @cached_property
    def price(self) -> Float[Array, " entries"]:
        """What moving each entry costs its seat."""
        return self._per_entry(lambda place: place.kind.price).astype(float)

    @cached_property
    def priced(self) -> Int[Array, " some"]:
        """The entries that cost something to move."""
        return np.flatnonzero(self.price > 0)

    @cached_property
    def delay(self) -> Int[Array, " entries"]:
        """Quarters until each entry bites."""
        return self._per_entry(lambda place: place.kind.delay).astype(np.int8)

    @cached_property
    def delayed(self) -> Int[Array, " delayed"]:
        """The dials that bite with a delay."""
        return np.flatnonzero(self.delay[self.entry_of_dial] > 0)

    @cached_property
    def waiting(self) -> dict[tuple[str, str], slice]:
        """Where the dials of each kind and amount with a delay stand among those that have one."""
        return {
            (kind.name, amount): slice(first, first + self.places[kind.name].size)
            for kind in self.kinds
            if kind.delay
            for amount, rows in self.places[kind.name].dials.items()
            for first in [int(np.searchsorted(self.delayed, rows.start))]
        }

    def in_force(self, world: World) -> Int[Array, "dials worlds"]:
        """What every dial stands at now: as ordered, but for those that still wait."""
        levels = world.ordered.copy()
        levels[self.delayed] = world.in_force
        return levels

    @cached_property
    def seat_order(self) -> Int[Array, " entries"]:
        """Entries sorted by seat, and within a seat in the order of the manual."""
        return np.argsort(self.seat_of_entry, kind="stable")

    @cached_property
    def checked(self) -> tuple[Place, ...]:
        """The kinds of order that may be refused for what they ask."""
        return tuple(place for place in self.places.values() if place.kind.check is not None)

    @cached_property
    def dials_by_amount(self) -> tuple[tuple[Int[Array, " some"], Int[Array, " some"]], ...]:
        """Entries and their dials: first the first amount of every entry, then the second of those that have two, and so on."""
        most = max((len(place.kind.amounts) for place in self.places.values()), default=0)
        rows: list[tuple[list[int], list[int]]] = [([], []) for _ in range(most)]
        for place in self.places.values():
            for (entries, dials), own in zip(rows, place.dials.values(), strict=False):
                entries.extend(range(place.entries.start, place.entries.stop))
                dials.extend(range(own.start, own.stop))
        return tuple((np.array(e, dtype=np.intp), np.array(d, dtype=np.intp)) for e, d in rows)

    def values(self, levels: Int[Array, "dials worlds"]) -> Float[Array, "dials worlds"]:
        """Dial settings in the units of their amounts."""
        result = levels * self.step
        result[self._raised] += self.low[self._raised]
        return result

    def settings(self, world: World) -> Float[Array, "dials worlds"]:
        """What every dial in force comes to, in the unit of its amount."""
        result = self.values(world.ordered)
        result[self.delayed] = world.in_force * self.step[self.delayed] + self.low[self.delayed]
        return result

    @cached_property
    def _raised(self) -> Int[Array, " some"]:
        return np.flatnonzero(self.low[:, 0] != 0)

    def named(self, table: Array) -> SimpleNamespace:
        """A table of dials by kind and amount: `named.cap_exports.ceiling` is (issuers, picks, worlds)."""
        return SimpleNamespace(
            **{
                kind: SimpleNamespace(**{name: by_issuer(table[rows], shape) for name, rows in dials})
                for kind, shape, dials in self._named
            }
        )

    @cached_property
    def _named(self) -> tuple[tuple[str, tuple[int, ...], tuple[tuple[str, slice], ...]], ...]:
        """Of every kind its name, its shape and the dials of its amounts."""
        return tuple((name, place.shape, tuple(place.dials.items())) for name, place in self.places.items())

    def describe(self, entry: int) -> tuple[Place, tuple[int, ...]]:
        """The kind of an entry, and its issuer and picks as indices."""
        for place in self.places.values():
            if place.entries.start <= entry < place.entries.stop:
                return place, tuple(int(i) for i in np.unravel_index(entry - place.entries.start, place.shape))
        raise IndexError(entry)


Dials = Any
"""What `Layout.named` gives: the settings in force by kind and amount."""


class Levels(dict[tuple[str, str], Any]):
    """Steps wanted of dials, by kind and amount: parts of one table, which stand where the dials stood until they are set."""

    def __init__(
        self,
        table: Int[Array, "own worlds"],
        parts: Mapping[tuple[str, str], tuple[slice, tuple[int, ...]]],
    ) -> None:
        super().__init__()
        self.table = table
        self.parts = parts

    def __missing__(self, key: tuple[str, str]) -> Array:
        rows, shape = self.parts[key]
        self[key] = part = by_issuer(self.table[rows], shape)
        return part


@dataclass
class Orders:
    """What one block of like seats wants their dials set to; unset dials stay as they are."""

    layout: Layout
    seats: Int[Array, " seats"]
    dials: Int[Array, " own"]
    levels: Levels
    notes: Array | None = None
    asked: set[tuple[str, str]] = field(default_factory=set)

    def set(self, kind: str, /, *, where: Any = True, **amounts: Any) -> None:
        """Ask for settings in the amounts' own units, rounded to steps and kept within bounds.

        Values have the shape (seats, picks, worlds) or broadcast to it; `where` chooses entries.
        Raises KeyError for an amount that the order has not.
        """
        for name, asked in amounts.items():
            amount = self.layout.amounts[kind, name]
            value = np.asarray(asked, dtype=float)
            steps = np.rint((np.clip(value, amount.low, amount.high) - amount.low) / amount.step)
            levels = self.levels[kind, amount.name]
            levels[...] = np.where(where, steps, levels)
            self.asked.add((kind, amount.name))
