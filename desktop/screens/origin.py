"""Origin: all that can be said of a figure - what the seat saw and imagines of it, how it usually is, what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from play.asking import CannotAsk
from play.origins import Given, columns_of, filled, givens_of, imagined_range, rows_of, seen_exactly
from play.quantities import Quantity, quantity
from play.sitting import Sitting
from play.usual import usual_ranges
from world.scenario import Scenario
from world.state import World
from world.view import View

Array = np.ndarray
Range = tuple[float, ...] | None
"""The 5, 25, 50, 75 and 95 % of a figure; None where it is no number in any world."""
MOST_GIVEN = 60
"""Numbers of the scenario that are listed."""


@dataclass(frozen=True)
class Origin:
    """All that can be said of a figure."""

    asked: Quantity
    history: tuple[float | None, ...]
    """What the seat saw of it after each quarter, the opening day first; None where it only estimates it."""
    five: Range
    """Over the worlds that the seat imagines now; None where it cannot imagine."""
    before: Range
    """The same a quarter earlier, as it is imagined now; None on the opening day."""
    usual: tuple[Range, ...]
    """Over par games, on the opening day and after each quarter; empty where the scenario is not known."""
    games: int
    """How many par games that are."""
    columns: tuple[str, ...]
    given: tuple[Given, ...]


def origin_of(sitting: Sitting, views: Sequence[View], name: str, scenario: Scenario | None) -> Origin:
    """Everything about a figure, from the seat's views and its imagined worlds. Raises UnknownQuantity."""
    asked = quantity(sitting.model.cast, name)
    history = tuple(seen_exactly(filled(one), asked) for one in views)
    five: Range = None
    before: Range = None
    seen: World | None = None
    read: tuple[str, ...] = ()
    rows: Mapping[str, Array] = {}
    if sitting.model.running:
        try:
            imagined = sitting.mind.imagined()
        except CannotAsk:
            imagined = None
        if imagined is not None:
            five, seen = imagined_range(imagined.world, asked), imagined.world
            before = None if imagined.before is None else imagined_range(imagined.before, asked)
    else:
        history = tuple(float(asked.of(state)[0]) for state in sitting.model.record.quarters)
        seen = sitting.model.world
    if seen is not None:
        read = columns_of(seen, asked)
        rows = rows_of(seen, asked, read)
    if not read and asked.column:
        read = (asked.column,)
    every = () if scenario is None else givens_of(scenario, read, name, rows)
    given = tuple(one for one in every if is_about(one, name))
    states = sitting.outlook.usual
    games = int(states[0].seed.size) if states else 0
    return Origin(asked, history, five, before, usual_ranges(states, asked), games, read, given[:MOST_GIVEN])


def is_about(one: Given, name: str) -> bool:
    """Whether a number of the scenario says something of a figure: the same of somebody else does not."""
    column, _, whose = name.partition(".")
    return not (whose and one.column == column and one.label != name)
