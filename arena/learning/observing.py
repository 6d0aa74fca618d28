"""Observing: what a seat sees as one row of numbers for each world, with the name, the unit and the range of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float

from play.cells import cells
from world.cast import Cast
from world.scenario_numbers import bounds_of
from world.scenario_text import remedy
from world.state import columns
from world.turn import layout_of
from world.view import View, visible

Array = np.ndarray

MOST = 2.0**53
"""What no quantity passes: whole numbers up to it are exact in the floats that rules reckon with."""
UNBOUNDED = ("belief", "money", "cuda_share")
"""Quantities that games carry out of the range in which they open: logarithms and debts below zero, a share above one."""


@dataclass(frozen=True, eq=False)
class Observing:
    """The numbers that a seat sees, in the order of the declarations: all of them, or those of some columns."""

    cast: Cast
    seat: int
    chosen: tuple[str, ...]
    """The columns that are read, each of which the seat sees something of."""

    @property
    def names(self) -> tuple[str, ...]:
        """What each number is, as in `capacity.smic.advanced`."""
        return tuple(
            name for column in self.chosen for (place, name) in cells(self.cast, column) if self._is_seen(column)[place]
        )

    @property
    def units(self) -> tuple[str, ...]:
        """The unit of each number."""
        return tuple(columns()[column].metadata["unit"] for column in self.chosen for _ in range(self._sizes[column]))

    @cached_property
    def size(self) -> int:
        """How many numbers there are."""
        return sum(self._sizes.values())

    @cached_property
    def _sizes(self) -> dict[str, int]:
        return {column: int(self._is_seen(column).sum()) for column in self.chosen}

    def _is_seen(self, column: str) -> Bool[Array, "*rows"]:
        return visible(self.cast, column, self.seat)

    @cached_property
    def bounds(self) -> tuple[Float[Array, " numbers"], Float[Array, " numbers"]]:
        """The least and the most that each number can be."""
        low, high = zip(*(self._bounds(column) for column in self.chosen), strict=True)
        return np.concatenate(low).astype(np.float32), np.concatenate(high).astype(np.float32)

    def _bounds(self, column: str) -> tuple[Array, Array]:
        """The bounds of each number of a column; of dials, which are read in steps, what their orders declare."""
        about, layout, some = columns()[column].metadata, layout_of(self.cast), np.ones(self._sizes[column])
        if column in ("ordered", "in_force"):
            tops = layout.top[:, 0] if column == "ordered" else layout.top[layout.delayed, 0]
            return 0.0 * some, tops[self._is_seen(column)].astype(float)
        if column in UNBOUNDED:
            return -MOST * some, MOST * some
        if about["dtype"].kind == "b":
            return 0.0 * some, some
        low, high = bounds_of(column, about["unit"], True, about["dtype"])
        return max(low, -MOST) * some, min(high, MOST) * some

    def table(self, view: View) -> Float[Array, "worlds numbers"]:
        """The numbers in every world, in the units of the declarations, as a new array."""
        found = np.empty((self.size, view.worlds), dtype=np.float32)
        first = 0
        for column, size in self._sizes.items():
            found[first : first + size] = view.told(column)
            first += size
        return np.ascontiguousarray(found.T)


def observing(cast: Cast, seat: str, chosen: Sequence[str] | None = None) -> Observing:
    """What a seat observes, of all columns or of some; raises LookupError where none are named, or one it sees nothing of."""
    number = cast.at("seats", seat)
    seen = tuple(column for column in columns() if visible(cast, column, number).any())
    for column in chosen or ():
        if column not in seen:
            raise LookupError(f"observe: {seat} sees no column '{column}'; {remedy(column, seen)}")
    if chosen is not None and not chosen:
        raise LookupError(f"observe: names no column; {remedy('', seen)}")
    return Observing(cast, number, seen if chosen is None else tuple(c for c in seen if c in chosen))
