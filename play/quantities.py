"""Quantities: what can be asked about, by name: an outcome, one number of a column of the world, a disputed question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float

from play.cells import cells
from play.outcomes import END, RATIOS, Ratio, declared
from play.record import Quarter
from world.cast import Cast
from world.phases.intelligence import QUESTIONS
from world.scenario_text import remedy
from world.state import columns

Array = np.ndarray

NOT_ASKED = {"seed", "ordered", "in_force", "wait", "refused", "notes", "belief", "belief_width", "report"}
"""Columns that are not about the world, or that are asked for in words of their own."""


class UnknownQuantity(ValueError):
    """A quantity that there is not, with those that are nearly called so."""


@dataclass(frozen=True)
class Quantity:
    """A number that every quarter of every game has."""

    name: str
    unit: str
    doc: str
    of: Callable[[Quarter], Float[Array, " worlds"]]
    over: str = END
    """What counts for several quarters: the last, the sum, or the mean."""
    column: str = ""
    """The column it is one number of; none for an outcome."""


def quantity(cast: Cast, name: str) -> Quantity:
    """The quantity of that name; raises UnknownQuantity with the nearest ones."""
    outcomes = outcome_quantities(cast)
    if name in outcomes:
        return outcomes[name]
    column = name.partition(".")[0]
    if column in columns() and column not in NOT_ASKED:
        for place, label in cells(cast, column):
            if label == name:
                return _cell(column, place, label)
        inside = [label for _, label in cells(cast, column)]
        raise UnknownQuantity(f"there is no quantity '{name}'; {remedy(name, inside)}")
    if name in cast.questions:
        return _disputed(name)
    known = [*outcomes, *(column for column in columns() if column not in NOT_ASKED)]
    raise UnknownQuantity(f"there is no quantity '{name}'; {remedy(name, known)}")


@cache
def outcome_quantities(cast: Cast) -> dict[str, Quantity]:
    """Every outcome of a quarter as a quantity."""
    found = {
        outcome.name: Quantity(outcome.name, outcome.unit, outcome.doc, outcome.of, outcome.over)
        for outcome in declared(cast).values()
    }
    for ratio in RATIOS:
        found[ratio.name] = Quantity(ratio.name, ratio.unit, ratio.doc, _ratio(ratio, found))
    return found


def _ratio(ratio: Ratio, outcomes: Mapping[str, Quantity]) -> Callable[[Quarter], Array]:
    parts = {name: outcomes[name].of for name in (ratio.top, ratio.bottom)}
    return lambda quarter: ratio.of({name: of(quarter) for name, of in parts.items()})


def _disputed(question: str) -> Quantity:
    """The true answer to a disputed question."""
    about = QUESTIONS[question]

    def of(quarter: Quarter) -> Array:
        values = about.truth(quarter).astype(float)
        return np.minimum(values, 1.0) if about.unit == "share" else values

    return Quantity(question, about.unit, about.doc, of)


def _cell(column: str, place: tuple[int, ...], label: str) -> Quantity:
    about = columns()[column].metadata

    def of(quarter: Quarter) -> Array:
        return getattr(quarter, column)[place].astype(float)

    return Quantity(label, about["unit"], about["doc"], of, column=column)
