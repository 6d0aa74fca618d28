"""Origin: all that can be said of a figure - what the seat saw and imagines of it, how it usually is, what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from play.asking import CannotAsk
from play.origins import Given, columns_of, filled, givens_of, imagined_range, seen_exactly
from play.quantities import Quantity, quantity
from play.sitting import Sitting
from play.usual import usual_ranges
from world.scenario import Scenario
from world.view import View

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
    read: tuple[str, ...] = ()
    if sitting.model.running:
        try:
            imagined = sitting.mind.imagined()
        except CannotAsk:
            imagined = None
        if imagined is not None:
            five, read = imagined_range(imagined.world, asked), columns_of(imagined.world, asked)
            before = None if imagined.before is None else imagined_range(imagined.before, asked)
    else:
        history = tuple(float(asked.of(state)[0]) for state in sitting.model.record.quarters)
        read = columns_of(sitting.model.world, asked)
    if not read and asked.column:
        read = (asked.column,)
    given = () if scenario is None else tuple(one for one in givens_of(scenario, read, name) if is_about(one, name))
    states = sitting.outlook.usual
    games = int(states[0].seed.size) if states else 0
    return Origin(asked, history, five, before, usual_ranges(states, asked), games, read, given[:MOST_GIVEN])


def is_about(one: Given, name: str) -> bool:
    """Whether a number of the scenario says something of a figure: the same of somebody else does not."""
    column, _, whose = name.partition(".")
    return not (whose and one.column == column and one.label != name)
