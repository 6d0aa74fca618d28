"""What a seat can see of things that decide the game: exactly, as a range, or not at all - read off the seat's own view."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from world.cast import Cast
from world.scenario import Scenario, opened
from world.state import World, axes_of
from world.view import View, view

EXACT, OWN, RANGE, HIDDEN = "exact", "own", "range", "hidden"


@dataclass(frozen=True)
class Thing:
    """Something that matters: its name in the words file, where its truth stands, and the question that estimates answer.

    `of` is how the names begin of what counts in the column; "" is all of it.
    """

    name: str
    column: str
    of: str = ""
    question: str = ""


THINGS = (
    Thing("yield", "die_yield", "ascend", "smic_yield"),
    Thing("output", "packed", "ascend", "huawei_output"),
    Thing("memory", "stacks", "huawei", "memory_left"),
    Thing("smuggled", "moved", "", "smuggled"),
    Thing("rented", "rented", "", "rented"),
    Thing("orders", "backlog", "nvidia"),
    Thing("labs", "run_done"),
    Thing("military", "military"),
)


@cache
def first_day(scenario: Scenario) -> World:
    """The opening of one game of a scenario; only which parts of it a seat sees is used."""
    return opened(scenario, np.array([1], dtype=np.uint64), None)[0]


@cache
def known(scenario: Scenario, seat: str) -> dict[str, str]:
    """For each thing: exact, range or hidden, on the first day."""
    return knowing(view(first_day(scenario), seat))


def knowing(seen: View) -> dict[str, str]:
    """For each thing how well a view shows it."""
    return {thing.name: of(seen, thing) for thing in THINGS}


def of(seen: View, thing: Thing) -> str:
    """What a seat can see of one thing: exact where it sees every part that counts, own where some parts are its own."""
    cast = seen.cast
    mask = np.atleast_1d(seen.seen(thing.column).is_seen)
    mine = mask[rows_of(cast, thing, mask.shape[0])]
    if mine.size and mine.all():
        return EXACT
    if mine.any():
        return OWN
    return RANGE if thing.question in cast.questions else HIDDEN


def rows_of(cast: Cast, thing: Thing, size: int) -> list[int]:
    """Which rows of the column count."""
    names = cast.names.get(axes_of(thing.column)[0], ())
    found = [n for n, name in enumerate(names) if name.startswith(thing.of)]
    return [n for n in found if n < size] if thing.of else list(range(size))
