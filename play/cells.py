"""Cells: every number of a quantity by the names along its axes, as in `capacity.smic.advanced`."""

from functools import cache

import numpy as np

from play.dials import book_of
from world.cast import Cast
from world.state import SIZES, axes_of
from world.turn import layout_of

Place = tuple[int, ...]


@cache
def names_along(cast: Cast, axis: str) -> tuple[str, ...]:
    """The names along an axis; a numbered one counts from 0."""
    if axis in SIZES:
        return tuple(map(str, range(SIZES[axis])))
    if axis == "slots":
        return tuple(f"{cast.products[p]}.{cast.owners[o]}" for o, p in cast.slots)
    if axis in ("dials", "delayed"):
        labels = [dial.label for dial in book_of(cast).dials]
        rows = layout_of(cast).delayed if axis == "delayed" else range(len(labels))
        return tuple(labels[row] for row in rows)
    if axis == "entries":
        book = book_of(cast)
        return tuple(book.dials[dials[0]].label.rpartition(".")[0] for dials in book.of_entry)
    return cast.names[axis]


@cache
def cells(cast: Cast, column: str) -> tuple[tuple[Place, str], ...]:
    """Where each number of a quantity stands (worlds left out), and its name."""
    along = [names_along(cast, axis) for axis in axes_of(column)[:-1]]
    places = np.ndindex(*(len(names) for names in along))
    return tuple((place, named(cast, column, place)) for place in places)


def named(cast: Cast, column: str, place: Place) -> str:
    """The name of one number of a quantity."""
    axes = axes_of(column)[:-1]
    words = (names_along(cast, axis)[at] for axis, at in zip(axes, place, strict=False))
    return ".".join((column, *words))
