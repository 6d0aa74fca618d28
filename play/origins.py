"""Origins: where a number on a screen comes from - what the seat saw of it in each quarter, and the sources it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agents.imagine import Imagined
from play.quantities import Quantity
from world.facts import Fact, facts
from world.scenario import Scenario
from world.state import World, columns, replace
from world.view import View

Array = np.ndarray

FILLINGS = (0.0, 1.0, 37.25)
"""What stands where a seat sees nothing; a quantity that is the same with all of them follows from what it sees."""


@dataclass(frozen=True)
class Given:
    """A number of the scenario that a quantity rests on."""

    label: str
    text: str
    """The number, or the range that it is drawn from."""
    unit: str
    source: str
    fact: Fact | None


def without_hidden(view: View, filling: float) -> World:
    """A world of what one seat sees, with one number wherever it sees nothing."""
    changed = {}
    for name in columns():
        seen = view.seen(name)
        values, mask = seen.values, seen.is_seen[..., None]
        changed[name] = np.where(mask, values, np.asarray(filling).astype(values.dtype))
    return replace(view._world, **changed)


def seen_exactly(view: View, asked: Quantity) -> float | None:
    """The quantity, where it follows from what the seat sees; None where it only estimates it."""
    with np.errstate(all="ignore"):
        values = [float(asked.of(without_hidden(view, filling))[0]) for filling in FILLINGS]
    if not all(np.isfinite(values)) or max(values) - min(values) > 1e-9 * max(1.0, abs(values[0])):
        return None
    return values[0]


def imagined_range(imagined: Imagined, asked: Quantity) -> tuple[float, ...] | None:
    """The 5, 25, 50, 75 and 95 % of the quantity over imagined worlds; None where it is no number in any."""
    values = asked.of(imagined.world).astype(float)
    values = values[np.isfinite(values)]
    if not values.size:
        return None
    return tuple(float(value) for value in np.percentile(values, (5, 25, 50, 75, 95)))


class _Spy:
    """A world that notes which columns are read."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.read: dict[str, None] = {}

    def __getattr__(self, name: str) -> object:
        if name in columns():
            self.read[name] = None
        return getattr(self.world, name)


def columns_of(imagined: Imagined, asked: Quantity) -> tuple[str, ...]:
    """The columns that a quantity is read from, in the order in which they are read."""
    spy = _Spy(imagined.world)
    with np.errstate(all="ignore"):
        asked.of(spy)  # type: ignore[arg-type]
    return tuple(spy.read)


def givens_of(scenario: Scenario, names: Sequence[str], asked: str = "") -> tuple[Given, ...]:
    """The scenario's numbers for some columns: those of the very cell first, then those that cite a fact."""
    found = []
    for name in names:
        filling = scenario.begins.quantities.get(name)
        if filling is None:
            continue
        unit = columns()[name].metadata["unit"]
        for place, number in filling.cells.items():
            low, high = number.low, number.high
            text = f"{number.value:,.6g}" if low is None or high is None else f"{low:,.6g} to {high:,.6g}"
            fact = facts().get(number.fact) if number.fact else None
            found.append(Given(filling.named(place), text, unit, number.source, fact))
    return tuple(sorted(found, key=lambda one: (one.label != asked, one.fact is None)))
