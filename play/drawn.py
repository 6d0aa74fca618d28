"""Drawn: the numbers that differ from game to game because a scenario gives a range for them."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from world.cast import Cast
from world.rules import Rules, coefficients
from world.scenario import Scenario
from world.state import World, axes_of, columns

Array = np.ndarray


@dataclass(frozen=True)
class Drawn:
    """A number drawn for each game: its name as in `--set`, and where it stands."""

    label: str
    unit: str
    doc: str
    column: str
    place: tuple[int, ...]
    is_rule: bool

    def values(self, opening: World, rules: Rules) -> Float[Array, " worlds"]:
        """What was drawn, in each game."""
        table = getattr(rules if self.is_rule else opening, self.column)
        return table[self.place].astype(float)


def drawn_in(scenario: Scenario) -> tuple[Drawn, ...]:
    """Every number that a scenario draws, coefficients first."""
    begins, found = scenario.begins, []
    for name, filling in begins.coefficients.items():
        about = coefficients()[name].metadata
        for place, quantity in filling.cells.items():
            if quantity.low is not None:
                label = filling.named(place)
                found.append(Drawn(label, about["unit"], about["doc"], name, place, True))
    for name, filling in begins.quantities.items():
        about = columns()[name].metadata
        for place, quantity in filling.cells.items():
            if quantity.low is not None:
                at = _row(begins.cast, name, place)
                label = filling.named(place)
                found.append(Drawn(label, about["unit"], about["doc"], name, at, False))
    return tuple(found)


def _row(cast: Cast, column: str, place: tuple[int, ...]) -> tuple[int, ...]:
    """Where a cell of a scenario stands in the state."""
    return (int(cast.slot_of[place]),) if axes_of(column)[0] == "slots" else place
