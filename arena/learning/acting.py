"""Acting: a seat's quarter as whole numbers - which orders to give, and the step of every dial - and which of them may be.

An action holds `MOVES` places and a step for each of the seat's dials. A place names one of the seat's orders, counted
from 1, or none (0); the dials of an order that is named are set to their steps, all others stay as they stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from play.commands.doors import Refused
from play.dials import book_of
from world.cast import Cast
from world.orders import MOVES, Layout, Orders, Place, by_issuer
from world.state import World, columns
from world.turn import layout_of
from world.view import View

Array = np.ndarray


class LearningError(Refused):
    """Why there is no such environment or action, in a sentence."""


class Glimpse(World):
    """A world of what one seat sees, read column by column when a check asks; zeros stand where it sees nothing."""

    @classmethod
    def of(cls, view: View) -> "Glimpse":
        """What a single seat sees."""
        glimpse = object.__new__(cls)
        glimpse.__dict__.update(cast=view.cast, looking=view)
        return glimpse

    def __getattr__(self, name: str) -> Any:
        if name not in columns():
            raise AttributeError(name)
        values = self.__dict__[name] = self.__dict__["looking"].seen(name).values
        return values


class Asked(SimpleNamespace):
    """The amounts that an order asks for, and which of them its check has looked at."""

    @classmethod
    def of(cls, amounts: Mapping[str, Array]) -> "Asked":
        """The amounts by name."""
        asked = cls()
        asked.__dict__.update(given=amounts, read=set())
        return asked

    def __getattr__(self, name: str) -> Any:
        if name not in self.__dict__["given"]:
            raise AttributeError(name)
        self.__dict__["read"].add(name)
        return self.__dict__["given"][name]


@dataclass(frozen=True, eq=False)
class Acting:
    """The actions of a seat, made from the declarations of its orders."""

    cast: Cast
    seat: int

    @cached_property
    def layout(self) -> Layout:
        """The table of dials."""
        return layout_of(self.cast)

    @cached_property
    def entries(self) -> Int[Array, " orders"]:
        """The seat's orders as entries of the table, in the order of the manual."""
        return np.flatnonzero(self.layout.seat_of_entry == self.seat)

    @cached_property
    def dials(self) -> Int[Array, " own"]:
        """The seat's dials, in the order of the table."""
        return np.flatnonzero(self.layout.seat_of_dial == self.seat)

    @cached_property
    def order_of_dial(self) -> Int[Array, " own"]:
        """Which of the seat's orders sets each dial."""
        return np.searchsorted(self.entries, self.layout.entry_of_dial[self.dials])

    @cached_property
    def sizes(self) -> Int[Array, " parts"]:
        """How many choices each number of an action has: the places first, then the dials."""
        tops = self.layout.top[self.dials, 0].astype(np.int64)
        return np.concatenate([np.full(MOVES, self.entries.size + 1), tops + 1])

    @cached_property
    def order_names(self) -> tuple[str, ...]:
        """The seat's orders, as in `license_sales` or `cap_exports cn`; the first is number 1 in a place."""
        book = book_of(self.cast)
        return tuple(book.name(int(entry)).partition(": ")[2] for entry in self.entries)

    @cached_property
    def dial_names(self) -> tuple[str, ...]:
        """The seat's dials, as in `cap_exports.cn.ceiling`."""
        book = book_of(self.cast)
        return tuple(book.dials[dial].label.partition(".")[2] for dial in self.dials)

    def checked(self, actions: Array, worlds: int) -> Int[Array, "worlds parts"]:
        """Actions that are of the space; raises LearningError for those that are not."""
        given = np.asarray(actions)
        name, shape = self.cast.seats[self.seat].name, (worlds, self.sizes.size)
        if given.shape != shape or given.dtype.kind not in "iu":
            found = f"{given.dtype} of shape {given.shape}"
            raise LearningError(f"action of {name}: is {found}; give whole numbers of shape {shape}")
        wrong = (given < 0) | (given >= self.sizes)
        if wrong.any():
            world, part = (int(at) for at in np.argwhere(wrong)[0])
            raise LearningError(
                f"action of {name}: number {part} is {given[world, part]} in world {world}; "
                f"write 0 to {self.sizes[part] - 1}"
            )
        return given.astype(np.int64)

    def orders(self, view: View, actions: Int[Array, "worlds parts"]) -> Orders:
        """The orders that actions stand for."""
        orders = view.blank_orders()
        named = np.zeros((self.entries.size + 1, view.worlds), dtype=bool)
        for place in range(MOVES):
            named[actions[:, place], np.arange(view.worlds)] = True
        moved = named[1:][self.order_of_dial]
        table = orders.levels.table
        table[...] = np.where(moved, actions[:, MOVES:].T, table)
        return orders

    def mask(self, view: View, first: Array | None = None) -> Bool[Array, "worlds choices"]:
        """Which choices may be made, part after part of `sizes`, judged on the seat's view alone.

        The first place allows every order that would stand by itself. A later one allows those that the seat can still pay
        for, whatever the places before it hold; where `first` gives orders that are settled, in their places from the left,
        it allows exactly what is left beside them if they move something. No order is always allowed; where no step of a
        dial would pass, its order may not be named, and all its steps are left open.
        """
        steps = self._steps(view)
        legal, price = self._legal(view, steps), self.layout.price[self.entries, None]
        mask = np.ones((view.worlds, int(self.sizes.sum())), dtype=bool)
        settled = np.zeros((view.worlds, 0), dtype=np.int64) if first is None else np.asarray(first)
        left, width = view.budget()[0], self.entries.size + 1
        for place in range(MOVES):
            may = legal & ((price <= 0) | (price <= left))
            mask[:, place * width + 1 : (place + 1) * width] = may.T
            if place < settled.shape[1]:
                left = left - self._paid(settled[:, : place + 1])
            else:
                left = left - np.where(may, price, 0.0).max(axis=0, initial=0.0)
        starts = np.cumsum(self.sizes) - self.sizes
        for dial, passes in steps.items():
            first_step = starts[MOVES + dial]
            mask[:, first_step : first_step + passes.shape[0]] = (passes | ~passes.any(axis=0)).T
        return mask

    def _paid(self, places: Int[Array, "worlds places"]) -> Float[Array, " worlds"]:
        """What the order in the last of some places costs; nothing where one before it names the same."""
        price = np.concatenate([[0.0], self.layout.price[self.entries]])
        is_again = (places[:, :-1] == places[:, -1:]).any(axis=1)
        return np.where(is_again, 0.0, price[places[:, -1]])

    def _steps(self, view: View) -> dict[int, Bool[Array, "steps worlds"]]:
        """Which steps pass the check, for each of the seat's dials whose order has one; its other amounts as they stand."""
        glimpse = Glimpse.of(view)
        found: dict[int, Array] = {}
        for place in self.layout.checked:
            if place.kind.issuer == view.role:
                for amount, passes in _passing(glimpse, place, int(view.rows[0])).items():
                    rows = place.dials[amount]
                    own = np.flatnonzero((self.dials >= rows.start) & (self.dials < rows.stop))
                    found |= dict(zip(own.tolist(), passes, strict=True))
        return found

    def _legal(self, view: View, steps: Mapping[int, Array]) -> Bool[Array, "orders worlds"]:
        """Which orders the checks let move something, money and moves aside."""
        now, tops = view.blank_orders().levels.table, self.sizes[MOVES:] - 1
        passes = np.ones((self.dials.size, view.worlds), dtype=bool)
        moves = np.broadcast_to(tops[:, None] > 0, passes.shape).copy()
        for dial, may in steps.items():
            passes[dial] = may.any(axis=0)
            moves[dial] = may.sum(axis=0) > may[now[dial], np.arange(view.worlds)]
        legal = np.ones((self.entries.size, view.worlds), dtype=bool)
        movable = np.zeros_like(legal)
        np.logical_and.at(legal, self.order_of_dial, passes)
        np.logical_or.at(movable, self.order_of_dial, moves)
        return legal & movable

    def refusals(self, view: View) -> UInt8[Array, "worlds orders"]:
        """Why each order of the last quarter did not stand: the number of the refusal, 0 where it stood or was not given."""
        return np.array(view.told("refused").T, order="C")

    def in_words(self, codes: UInt8[Array, " orders"]) -> dict[str, str]:
        """The orders that did not stand in one world, each with the reason."""
        book = book_of(self.cast)
        refused = np.flatnonzero(codes)
        return {self.order_names[at]: book.refusal(int(self.entries[at]), int(codes[at])) for at in refused}

    def parts(self, mask: Bool[Array, " choices"]) -> tuple[Array, ...]:
        """The mask of one world as `space.sample` takes it: one array for each number of an action."""
        return tuple(part.astype(np.int8) for part in np.split(mask, np.cumsum(self.sizes)[:-1]))


def _passing(glimpse: Glimpse, place: Place, row: int) -> dict[str, Bool[Array, "entries steps worlds"]]:
    """Of each amount of a kind that is checked, which steps pass, for the entries of one issuer."""
    amounts = {amount.name: amount for amount in place.kind.amounts}
    stands = {
        name: by_issuer(glimpse.ordered[place.dials[name]] * one.step + one.low, place.shape)
        for name, one in amounts.items()
    }
    as_it_stands, read = _pass(glimpse, place, row, stands)
    found = {}
    for name, one in amounts.items():
        if name in read:
            trials = [np.full_like(stands[name], one.value(step)) for step in range(one.steps + 1)]
            tried = [_pass(glimpse, place, row, {**stands, name: trial})[0] for trial in trials]
            found[name] = np.stack(tried, axis=1)
        elif not read:
            found[name] = np.repeat(as_it_stands[:, None], one.steps + 1, axis=1)
    return found


def _pass(
    glimpse: Glimpse, place: Place, row: int, amounts: Mapping[str, Array]
) -> tuple[Bool[Array, "entries worlds"], set[str]]:
    """Which entries of one issuer pass the check of their kind, and which amounts it looked at."""
    asked = Asked.of(amounts)
    assert place.kind.check is not None
    shape = next(iter(amounts.values())).shape
    codes = np.broadcast_to(place.kind.check(glimpse, asked), shape)
    return codes[row].reshape(-1, shape[-1]) == 0, asked.__dict__["read"]
