"""Drafts: orders as people write them for another quarter, and what the game would say to them.

`washington.cap_exports bloc=cn ceiling=6000` names the seat, the order, what it is about and its amounts; commas do as
well as spaces, and what an order is about may be written by its name alone. `washington.nothing` is an empty draft.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from play.dials import book_of, number_in, usage
from world.cast import Cast
from world.orders import OrderKind, OrderRefused
from world.scenario_text import remedy
from world.sieve import asked_for, sieve
from world.state import World, columns
from world.turn import layout_of
from world.view import View

Settings = Mapping[int, int]
"""Dials and the steps that they are set to."""

NOTHING = "nothing"
"""What stands for an order where a seat is to give none."""
OTHER_NAMES = {"bloc": "group"}
"""What else people call the things that an order is about."""
EXAMPLE = "washington.cap_exports bloc=cn ceiling=6000"


def drafted(cast: Cast, texts: Iterable[str]) -> dict[str, dict[int, int]]:
    """For each seat that is named, the dials that its orders set and to which steps; raises OrderRefused."""
    found: dict[str, dict[int, int]] = {}
    for text in texts:
        seat, settings = order_in(cast, text)
        draft = found.setdefault(seat, {})
        for dial in settings:
            if dial in draft:
                raise OrderRefused(f"{text}: {book_of(cast).dials[dial].label} is set twice; write it once")
        draft.update(settings)
    return found


def order_in(cast: Cast, text: str) -> tuple[str, dict[int, int]]:
    """The seat and the settings of one order in words; raises OrderRefused."""
    words = text.replace(",", " ").split()
    head = words[0].split(".") if words else []
    if len(head) < 2 or not all(head):
        raise OrderRefused(f"'{text}' names no seat and order; write it as {EXAMPLE}")
    seat, name, *picks = head
    seats = cast.names["seats"]
    if seat not in seats:
        raise OrderRefused(f"{text}: there is no seat '{seat}'; {remedy(seat, seats)}")
    if name == NOTHING:
        if len(words) > 1 or picks:
            raise OrderRefused(f"{text}: nothing takes no more words; write {seat}.{NOTHING}")
        return seat, {}
    kind = next((kind for kind in layout_of(cast).kinds if kind.name == name), None)
    by_name, amounts = told_apart(kind, [*picks, *words[1:]], text)
    return seat, book_of(cast).read(seat, name, by_name, amounts)


def told_apart(kind: OrderKind | None, words: Sequence[str], text: str) -> tuple[list[str], dict[str, float]]:
    """What an order is about, in the order of its declaration, and its amounts by name; raises OrderRefused."""
    names = [pick.name for pick in kind.picks] if kind else []
    plain, named, amounts = [], {}, {}
    for word in words:
        key, equals, value = word.partition("=")
        key = key if key in names else OTHER_NAMES.get(key, key)
        if not equals:
            plain.append(word)
        elif key in named or key in amounts:
            raise OrderRefused(f"{text}: {key} is written twice; write it once")
        elif key in names:
            named[key] = value
        elif kind and key not in {amount.name for amount in kind.amounts}:
            known = [*names, *(amount.name for amount in kind.amounts)]
            raise OrderRefused(f"{text}: {kind.name} has no '{key}'; {remedy(key, known)}, as in {usage(kind)}")
        else:
            amounts[key] = number_in(value, f"{text}: {key}")
    rest = iter(plain)
    picks = [named[name] if name in named else next(rest, "") for name in names]
    return [pick for pick in picks if pick] + list(rest), amounts


def trial(view: View, settings: Settings) -> dict[int, int]:
    """What would become of a seat's orders, entry by entry: 0, or the number of the refusal; judged on its view alone."""
    world, layout = seen_world(view), layout_of(view.cast)
    wanted = world.ordered.copy()
    for dial, step in settings.items():
        wanted[dial] = step
    asked = asked_for(world, wanted, layout)[:, 0]
    _, refused = sieve(world, wanted, layout)
    mine = asked & (layout.seat_of_entry == view.seats[0])
    return {int(entry): int(refused[entry, 0]) for entry in np.flatnonzero(mine)}


def seen_world(view: View) -> World:
    """A world that holds what a seat sees, twice, and zeros where it sees nothing."""
    seen = {name: np.repeat(view.seen(name).values, 2, axis=-1) for name in columns()}
    return World(cast=view.cast, **seen)


def check_draft(view: View, settings: Settings) -> None:
    """Refuse a draft of which an order would not stand, with the game's own refusal."""
    book = book_of(view.cast)
    for entry, code in trial(view, settings).items():
        if code:
            raise OrderRefused(f"{book.name(entry)}: {book.refusal(entry, code)}")
