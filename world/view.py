"""View: what a seat may see of its game, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int

from world.cast import Cast
from world.flows import together
from world.orders import Layout, Levels, Orders, Place, by_issuer
from world.sieve import budget_of
from world.state import SIZES, World, axes_of, columns
from world.turn import layout_of

Array = np.ndarray

ROLE_OF_AXIS = {
    "controllers": "controller",
    "planners": "planner",
    "hosts": "host",
    "foundries": "foundry",
    "memory_makers": "memory_maker",
    "chipmakers": "chipmaker",
    "labs": "lab",
    "brokers": "broker",
}
GOVERNMENTS = ("controller", "planner", "host")

PUBLISHED = {"premium": 0.01, "price_index": 0.01, "rent_price": 0.01}
"""Published prices, and the steps in which they are: more digits would tell everybody what only sellers know."""


class NotSeen(LookupError):
    """A seat asked for something it may not see."""


def rows_of(cast: Cast, axis: str, seat: int) -> Int[Array, " some"]:
    """The rows of an axis that belong to a seat."""
    role = cast.seats[seat].role
    if axis in ("seats", "accounts"):
        return np.array([seat], dtype=np.intp)
    if ROLE_OF_AXIS.get(axis) == role or (axis == "owners" and role == "lab"):
        return np.array([seat - cast.seats_of(role)[0]], dtype=np.intp)
    if axis == "governments" and role in GOVERNMENTS:
        order = np.concatenate([cast.seats_of(r) for r in GOVERNMENTS])
        return np.flatnonzero(order == seat)
    if axis == "slots" and role == "lab":
        return np.flatnonzero(cast.slot_owner == seat - cast.seats_of(role)[0])
    if axis == "slots" and role == "chipmaker":
        maker = seat - cast.seats_of(role)[0]
        return np.flatnonzero(np.array(cast.product_maker)[cast.slot_product] == maker)
    if axis == "products" and role == "chipmaker":
        maker = seat - cast.seats_of(role)[0]
        return np.flatnonzero(np.array(cast.product_maker) == maker)
    return np.zeros(0, dtype=np.intp)


def rows_of_china(cast: Cast, axis: str) -> Int[Array, " some"]:
    """The rows of an axis that answer to the planner."""
    if axis == "products":
        return np.flatnonzero(cast.is_cn_product)
    if axis == "slots":
        return np.flatnonzero(cast.is_slot_cn_owner)
    if axis == "owners":
        return cast.in_region("cn")
    if axis in ROLE_OF_AXIS:
        return np.flatnonzero(cast.seat_bloc(ROLE_OF_AXIS[axis]))
    return np.zeros(0, dtype=np.intp)


def rows_of_customers(cast: Cast, axis: str, seat: int) -> Int[Array, " some"]:
    """The rows of an axis that are customers of a foundry."""
    foundry = seat - cast.seats_of("foundry")[0]
    served = np.array(cast.maker_foundry) == foundry
    if axis == "chipmakers":
        return np.flatnonzero(served)
    if axis == "products":
        return np.flatnonzero(served[np.array(cast.product_maker)])
    return np.zeros(0, dtype=np.intp)


@cache
def visible(cast: Cast, name: str, seat: int) -> Bool[Array, "*rows"]:
    """Which entries of a column a seat sees exactly (shape of the column without worlds)."""
    layout = layout_of(cast)
    axes = axes_of(name)[:-1]
    shape = tuple(size_of(cast, axis) for axis in axes)
    seen = columns()[name].metadata["seen"]
    if seen == "all":
        return np.ones(shape, dtype=bool)
    mask = np.zeros(shape, dtype=bool)
    if seen == "none":
        return mask
    role = cast.seats[seat].role
    if not axes:
        return np.full(shape, seen == role)
    if axes[0] in ("dials", "entries", "delayed"):
        return _visible_orders(layout, name, axes[0], seat)
    for place, axis in enumerate(axes):
        rows = [rows_of(cast, axis, seat)] if "own" in seen else []
        if "planner" in seen and role == "planner":
            rows.append(rows_of_china(cast, axis))
        if "foundry" in seen and role == "foundry":
            rows.append(rows_of_customers(cast, axis, seat))
        for some in rows:
            if some.size:
                at: list[Any] = [slice(None)] * len(axes)
                at[place] = some
                mask[tuple(at)] = True
    return mask


@cache
def seen_rows(cast: Cast, name: str, seat: int) -> slice | Int[Array, " some"]:
    """The same as rows of the column, were it written as a table."""
    rows = np.flatnonzero(visible(cast, name, seat))
    return together(rows)


def _visible_orders(layout: Layout, name: str, axis: str, seat: int) -> Bool[Array, " rows"]:
    if axis == "entries":
        return layout.seat_of_entry == seat
    own = (layout.seat_of_dial == seat) | layout.is_public
    return own[layout.delayed] if axis == "delayed" else own


def size_of(cast: Cast, axis: str) -> int:
    """The length of any axis of a column, of names or of numbers."""
    if axis == "dials":
        return layout_of(cast).dials
    if axis == "entries":
        return layout_of(cast).entries
    if axis == "delayed":
        return layout_of(cast).delayed.size
    if axis == "slots":
        return len(cast.slots)
    return SIZES[axis] if axis in SIZES else cast.size(axis)


@dataclass(frozen=True, eq=False)
class Desk:
    """Where like seats find what is theirs: the same in every quarter."""

    cast: Cast
    seats: tuple[int, ...]

    @cached_property
    def role(self) -> str:
        """The kind of seat."""
        return self.cast.seats[self.seats[0]].role

    @cached_property
    def numbers(self) -> Int[Array, " seats"]:
        """The seats' numbers among all."""
        return np.array(self.seats)

    @cached_property
    def rows(self) -> Int[Array, " seats"]:
        """The seats' numbers among the seats of their role."""
        return self.numbers - self.cast.seats_of(self.role)[0]

    @cached_property
    def together(self) -> slice | Int[Array, " seats"]:
        """The same as a slice, where they stand together."""
        return together(self.rows)

    @cached_property
    def is_chinese(self) -> Bool[Array, "seats 1"]:
        """Which of the seats answer to China."""
        return self.cast.seat_bloc(self.role)[self.rows, None]

    @cached_property
    def dials(self) -> Int[Array, " own"]:
        """The seats' own dials: a kind and an amount after the other, in each seat by seat."""
        layout, rows = layout_of(self.cast), together(self.rows)
        every = np.arange(layout.dials)
        own = [
            every[dials].reshape(place.shape)[rows].ravel()
            for place in layout.places.values()
            if place.kind.issuer == self.role
            for dials in place.dials.values()
        ]
        return np.concatenate([*own, every[:0]])

    @cached_property
    def parts(self) -> dict[tuple[str, str], tuple[slice, tuple[int, ...]]]:
        """Where each kind and amount stands among those dials, and its shape: the seats, then the picks."""
        parts, start = {}, 0
        for place in layout_of(self.cast).places.values():
            if place.kind.issuer == self.role:
                shape = (len(self.seats), *place.shape[1:])
                for amount in place.dials:
                    stop = start + int(np.prod(shape))
                    parts[place.kind.name, amount] = slice(start, stop), shape
                    start = stop
        return parts


desk_of = cache(Desk)
"""The desk of some like seats of a cast."""


@cache
def own_rows(desk: Desk, name: str) -> slice | Int[Array, " seats"]:
    """Which rows of a column are the seats' own; raises NotSeen where it has none that they see."""
    axis, role, cast = axes_of(name)[0], desk.role, desk.cast
    if _is_shown(columns()[name].metadata["seen"]):
        if axis in ("seats", "accounts"):
            return together(desk.numbers)
        if ROLE_OF_AXIS.get(axis) == role or (axis == "owners" and role == "lab"):
            return desk.together
        if axis == "governments" and role in GOVERNMENTS:
            return together(np.searchsorted(cast.governments, desk.numbers))
    raise NotSeen(f"view: column '{name}' has no row of its own for a {role}")


def shown(world: World, name: str) -> Array:
    """A column as those see it who may: published prices to the cent or the hundredth, the rest to the last digit."""
    values: Array = getattr(world, name)
    step = PUBLISHED.get(name)
    return values if step is None else (np.rint(values / step) * step).astype(values.dtype)


@dataclass(frozen=True)
class Seen:
    """What one seat sees of a column: its numbers, and which of them (0 stands where it sees none)."""

    values: Array
    is_seen: Bool[Array, "*rows"]


Readings = dict[tuple[str, ...], Array]
"""What was read of some worlds, by column or by kind and amount of a dial, in all of them."""


@dataclass(frozen=True)
class View:
    """What one seat, or a block of like seats each for itself, sees of a batch of games.

    A column is read when it is asked for. The first axis of everything `own` is the seats of the block;
    what a row says is what that seat sees. `chosen` picks the worlds in which the seats decide alike.
    """

    _world: World
    seats: tuple[int, ...]
    chosen: Array | None = None
    _read: Readings = field(default_factory=dict)
    """What was read so far of that which looks alike to everybody: one for all who look, so nobody may write in it."""

    @property
    def cast(self) -> Cast:
        """Who and what exists."""
        return self._world.cast

    @cached_property
    def desk(self) -> Desk:
        """Where the seats find what is theirs."""
        return desk_of(self.cast, self.seats)

    @property
    def role(self) -> str:
        """The kind of seat."""
        return self.desk.role

    @property
    def size(self) -> int:
        """How many seats look."""
        return len(self.seats)

    @property
    def worlds(self) -> int:
        """How many games are looked at."""
        return self._world.seed.size if self.chosen is None else self.chosen.size

    @property
    def layout(self) -> Layout:
        """The table of dials."""
        return layout_of(self.cast)

    @property
    def rows(self) -> Int[Array, " seats"]:
        """The seats' numbers among the seats of their role."""
        return self.desk.rows

    @property
    def is_chinese(self) -> Bool[Array, "seats 1"]:
        """Which of the seats answer to China."""
        return self.desk.is_chinese

    def _picked(self, x: Array) -> Array:
        return x if self.chosen is None else x.take(self.chosen, axis=-1)

    def public(self, name: str) -> Array:
        """A column that everybody sees, whole."""
        if columns()[name].metadata["seen"] != "all":
            raise NotSeen(f"view: column '{name}' is not public; ask `own` or `belief`")
        if (name,) not in self._read:
            self._read[name,] = shown(self._world, name)
        return self._picked(self._read[name,])

    def seen(self, name: str) -> Seen:
        """What a single seat sees of a column exactly, as its declaration says; what it only estimates is in `belief`."""
        is_seen = visible(self.cast, name, self._seat)
        values = self._picked(shown(self._world, name))
        return Seen(np.where(is_seen[..., None], values, np.zeros((), values.dtype)), is_seen)

    def told(self, name: str) -> Array:
        """The numbers that a single seat sees of a column, one after the other, without those that it does not see."""
        rows = shown(self._world, name).reshape(-1, self._world.seed.size)
        return self._picked(rows[seen_rows(self.cast, name, self._seat)])

    @property
    def _seat(self) -> int:
        """The seat, where it is a single one."""
        if self.size != 1:
            raise NotSeen(f"view: {self.size} seats see different things; look from one of them")
        return self.seats[0]

    def own(self, name: str) -> Array:
        """The seats' own rows of a column, one for each seat."""
        return self._picked(shown(self._world, name)[own_rows(self.desk, name)])

    def of_products(self, name: str) -> Array:
        """A chipmaker's own products summed to one row for each seat."""
        seen = columns()[name].metadata["seen"]
        if self.role != "chipmaker" or axes_of(name)[0] != "products" or not _is_shown(seen):
            raise NotSeen(f"view: column '{name}' says nothing of a {self.role}'s own products")
        return self._picked(self.cast.by_maker.summed(getattr(self._world, name))[self.rows])

    def at_home(self, name: str) -> Array:
        """The planner's view of the rows of a column that answer to China."""
        seen = columns()[name].metadata["seen"]
        if self.role != "planner" or ("planner" not in seen and seen != "all"):
            raise NotSeen(f"view: column '{name}' is not shown to a {self.role}")
        if len(axes_of(name)) == 1:
            return self._picked(shown(self._world, name))
        rows = rows_of_china(self.cast, axes_of(name)[0])
        return self._picked(getattr(self._world, name)[rows])

    def belief(self, question: str) -> SimpleNamespace:
        """What each seat believes of a disputed quantity: `middle` (median, natural units) and `width` (ln)."""
        at = self.cast.at("questions", question)
        seats = together(self.desk.numbers)
        middle = self._picked(self._world.belief[at, seats]) / 1000.0
        width = self._picked(self._world.belief_width[at, seats]) / 1000.0
        return SimpleNamespace(middle=np.exp(middle), width=width, ln=middle)

    def dial(self, kind: str, amount: str) -> Float[Array, "seats *picks worlds"]:
        """What the seats' own dials were last set to, in the amounts' units."""
        place = self.layout.places[kind]
        levels = self._picked(self._world.ordered[place.dials[amount]])
        return self._settings(levels, place, amount)[self.desk.together]

    def budget(self) -> Float[Array, "seats worlds"]:
        """What each seat can pay for orders with: political capital, or cash in thousand USD."""
        return self._picked(budget_of(self._world)[list(self.seats)])

    def steps_in_force(self) -> Seen:
        """The steps at which the dials that a single seat may read stand now, also where a setting still waits."""
        is_seen = visible(self.cast, "ordered", self._seat)
        return Seen(self._picked(self.layout.in_force(self._world)) * is_seen[:, None], is_seen)

    def rule(self, kind: str, amount: str) -> Float[Array, "issuers *picks worlds"]:
        """A public dial in force, of whoever issues it."""
        place = self.layout.places[kind]
        if not place.kind.is_public and place.kind.issuer != self.role:
            raise NotSeen(f"view: the dial '{kind}' of a {place.kind.issuer} is not public")
        if (kind, amount) not in self._read:
            settings = self._settings(self._in_force(place, amount), place, amount)
            settings.flags.writeable = False
            self._read[kind, amount] = settings
        values = self._picked(self._read[kind, amount])
        return values if place.kind.is_public else values[self.rows]

    def _in_force(self, place: Place, amount: str) -> Int[Array, "settings worlds"]:
        """The steps of a dial that bites at once are the ordered ones; those of others wait their time."""
        if not place.kind.delay:
            return self._world.ordered[place.dials[amount]]
        return self._world.in_force[self.layout.waiting[place.kind.name, amount]]

    def _settings(self, levels: Array, place: Place, amount: str) -> Array:
        asked = self.layout.amounts[place.kind.name, amount]
        return by_issuer(levels * asked.step + asked.low, place.shape)

    def blank_orders(self) -> Orders:
        """Orders that change nothing yet."""
        desk = self.desk
        levels = Levels(self._picked(self._world.ordered.take(desk.dials, axis=0)), desk.parts)
        return Orders(self.layout, desk.numbers, desk.dials, levels)

    def kinds(self) -> Iterator[str]:
        """The kinds of order the seats may give."""
        role = self.role
        return (place.kind.name for place in self.layout.places.values() if place.kind.issuer == role)


def _is_shown(seen: str) -> bool:
    """Whether the one a row belongs to sees it."""
    return seen == "all" or "own" in seen.split("+")


def view(world: World, seat: int | str) -> View:
    """What one seat sees; seats are named or numbered."""
    number = world.cast.at("seats", seat) if isinstance(seat, str) else seat
    return View(world, (number,))
