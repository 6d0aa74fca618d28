"""Beside: what else a cause moved in the quarter, found by playing the quarter again without it."""

from dataclasses import dataclass

import numpy as np

from play.past import Change, Past, played
from play.quantities import Quantity, outcome_quantities
from play.why import Source

LEAST = 1e-3
"""Changes that are smaller, as a share of the quantity, are not told."""
SKIPPED = ("objective", "bound_by", "flow_ratio", "stock_ratio")
"""Parts of the names of quantities that say nothing of how a cause works."""


@dataclass(frozen=True)
class Moved:
    """A quantity with a cause and without it, on average over the worlds."""

    asked: Quantity
    with_it: float
    without: float

    @property
    def share(self) -> float:
        """How far it was moved, as a share of its size."""
        return abs(self.with_it - self.without) / max(abs(self.with_it), abs(self.without), 1e-9)


def moved_beside(past: Past, source: Source, asked: str, stop: int, most: int = 12) -> list[Moved]:
    """The other quantities that orders or a piece of luck moved most in the quarter, as shares of their size."""
    change = Change(source.orders, held=frozenset({source.luck} if source.luck else ()))
    both = played(past, [Change(), change], stop - 1, stop, luck_held_from=stop)[-1]
    found = []
    for quantity in outcome_quantities(past.cast).values():
        if quantity.name == asked or any(part in quantity.name for part in SKIPPED):
            continue
        with np.errstate(all="ignore"):
            there, gone = quantity.of(both).reshape(2, past.games).mean(axis=1)
        one = Moved(quantity, float(there), float(gone))
        if np.isfinite(there + gone) and one.share >= LEAST:
            found.append(one)
    return sorted(found, key=lambda one: -one.share)[:most]
