"""Dials in words: what each is called, how it stands, why orders fall, and orders read from what people write."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from world.cast import Cast
from world.orders import (
    SHARED_REFUSALS,
    Amount,
    Layout,
    OrderKind,
    OrderRefused,
    Orders,
    Place,
)
from world.scenario_text import remedy
from world.turn import layout_of
from world.view import View


@dataclass(frozen=True)
class Dial:
    """A dial: whose it is, the kind of order that moves it, what it is about, and the amount it sets."""

    seat: str
    kind: OrderKind
    picks: tuple[str, ...]
    amount: Amount

    @property
    def label(self) -> str:
        """Its name on the command line: `washington.cap_exports.cn.ceiling`."""
        return ".".join((self.seat, self.kind.name, *self.picks, self.amount.name))


@dataclass(frozen=True, eq=False)
class DialBook:
    """Every dial of a cast in words."""

    layout: Layout

    @cached_property
    def dials(self) -> tuple[Dial, ...]:
        """The dials, in the order of the table."""
        cast, found = self.layout.cast, []
        for place in self.layout.places.values():
            seats = issuers(cast, place.kind)
            along = (seats, *(cast.names[pick.axis] for pick in place.kind.picks))
            for amount in place.kind.amounts:
                for at in np.ndindex(*place.shape):
                    seat, *picks = (along[i][one] for i, one in enumerate(at))
                    found.append(Dial(seat, place.kind, tuple(picks), amount))
        return tuple(found)

    @cached_property
    def of_entry(self) -> tuple[tuple[int, ...], ...]:
        """The dials that each entry sets, one for each amount."""
        found: list[list[int]] = [[] for _ in range(self.layout.entries)]
        for dial, entry in enumerate(self.layout.entry_of_dial):
            found[entry].append(dial)
        return tuple(map(tuple, found))

    def entries(self, seat: str) -> Iterator[int]:
        """The entries that a seat may give, in the order of the manual."""
        number = self.layout.cast.at("seats", seat)
        return (int(entry) for entry in np.flatnonzero(self.layout.seat_of_entry == number))

    def name(self, entry: int) -> str:
        """An order in words, without its amounts: `washington: cap_exports cn`."""
        dial = self.dials[self.of_entry[entry][0]]
        return f"{dial.seat}: {' '.join((dial.kind.name, *dial.picks))}"

    def refusal(self, entry: int, code: int) -> str:
        """Why an order did not stand, in words (empty: it stood)."""
        if code == 0:
            return ""
        if code in SHARED_REFUSALS:
            return SHARED_REFUSALS[code]
        return self.layout.describe(entry)[0].kind.refusals[code - 1]

    def read(self, seat: str, kind: str, picks: Sequence[str], amounts: Mapping[str, float]) -> dict[int, int]:
        """The dials that an order in words sets, and to which step; raises OrderRefused."""
        place = self._place(seat, kind)
        at = [issuers(self.layout.cast, place.kind).index(seat), *self._picked(place, picks)]
        offset = int(np.ravel_multi_index(at, place.shape))
        known = {amount.name: amount for amount in place.kind.amounts}
        if not amounts:
            raise OrderRefused(f"{kind}: sets nothing; write {usage(place.kind)}")
        found = {}
        for name, value in amounts.items():
            if name not in known:
                raise OrderRefused(f"{kind}: there is no amount '{name}'; {remedy(name, known)}")
            found[place.dials[name].start + offset] = step_of(kind, known[name], value)
        return found

    def _place(self, seat: str, kind: str) -> Place:
        cast = self.layout.cast
        if seat not in cast.names["seats"]:
            raise OrderRefused(f"there is no seat '{seat}'; {remedy(seat, cast.names['seats'])}")
        role = cast.seats[cast.at("seats", seat)].role
        may = [place.kind.name for place in self.layout.places.values() if place.kind.issuer == role]
        if kind not in self.layout.places:
            raise OrderRefused(f"there is no order '{kind}'; {remedy(kind, may)}")
        place = self.layout.places[kind]
        if place.kind.issuer != role:
            who = ", ".join(issuers(cast, place.kind)[:6])
            raise OrderRefused(
                f"{kind}: {seat} may not give it, it is for a {spaced(place.kind.issuer)} ({who}); {remedy(kind, may)}"
            )
        return place

    def _picked(self, place: Place, picks: Sequence[str]) -> list[int]:
        kind, names = place.kind, self.layout.cast.names
        if len(picks) > len(kind.picks):
            raise OrderRefused(f"{kind.name}: '{picks[len(kind.picks)]}' is too much; write {usage(kind)}")
        at = []
        for i, pick in enumerate(kind.picks):
            along = names[pick.axis]
            if i >= len(picks):
                raise OrderRefused(f"{kind.name}: the {pick.name} is missing; {choice(along)}")
            if picks[i] not in along:
                raise OrderRefused(f"{kind.name}: {pick.name} is '{picks[i]}'; {choice(along)}")
            at.append(along.index(picks[i]))
        return at


@cache
def book_of(cast: Cast) -> DialBook:
    """Every dial of a cast in words."""
    return DialBook(layout_of(cast))


def issuers(cast: Cast, kind: OrderKind) -> tuple[str, ...]:
    """The seats that may give a kind of order."""
    return tuple(seat.name for seat in cast.seats if seat.role == kind.issuer)


def spaced(name: str) -> str:
    """A name as one writes it in a sentence."""
    return name.replace("_", " ")


def choice(names: Sequence[str]) -> str:
    """What to choose from."""
    return f"choose {'one of ' if len(names) > 1 else ''}{', '.join(names)}"


def usage(kind: OrderKind) -> str:
    """How an order is written: `cap_exports GROUP ceiling=TPP density=TPP/mm2`."""
    picks = [pick.name.upper() for pick in kind.picks]
    amounts = [f"{a.name}={a.unit.replace(' ', '_') or 'NUMBER'}" for a in kind.amounts]
    return " ".join((kind.name, *picks, *amounts))


def step_of(kind: str, amount: Amount, value: float) -> int:
    """The step of an amount for a value in its unit; raises OrderRefused out of bounds or between steps."""
    bounds = f"{plain(amount.low)} to {plain(amount.high)} {amount.unit}".rstrip()
    if not amount.low <= value <= amount.high:
        raise OrderRefused(f"{kind}: {amount.name} is {plain(value)}; write {bounds}")
    level = amount.level(value)
    if abs(amount.value(level) - value) > 1e-6 * max(amount.step, abs(value)):
        below = int((value - amount.low) / amount.step)
        near = f"{plain(amount.value(below))} or {plain(amount.value(below + 1))}"
        raise OrderRefused(
            f"{kind}: {amount.name} is {plain(value)}, between two steps of {plain(amount.step)}; write {near}"
        )
    return level


def plain(value: float) -> str:
    """A setting as people write it, without needless digits."""
    return f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"


def number_in(text: str, what: str) -> float:
    """A number that somebody wrote; raises OrderRefused."""
    try:
        value = float(text.replace("_", "").replace(",", ""))
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise OrderRefused(f"{what} is '{text}'; write a number")
    return value


def orders_of(view: View, settings: Mapping[int, int]) -> Orders:
    """The orders of one seat that set dials to steps, as it would hand them in."""
    orders, book = view.blank_orders(), book_of(view.cast)
    for row, step in settings.items():
        dial = book.dials[row]
        place = view.layout.places[dial.kind.name]
        _, *picks = np.unravel_index(row - place.dials[dial.amount.name].start, place.shape)
        orders.levels[dial.kind.name, dial.amount.name][(0, *picks)] = step
        orders.asked.add((dial.kind.name, dial.amount.name))
    return orders
