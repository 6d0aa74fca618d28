"""Varied: numbers that an experiment gives to each game of a batch, over whatever the scenario says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Varied:
    """What differs from game to game because somebody wants it so: an array over the games for each number."""

    cells: Mapping[str, Float[Array, " worlds"]] = field(default_factory=dict)
    """Quantities and coefficients in their declared units, by label such as `rules.diffusion`, fixed or drawn."""
    levels: Mapping[int, Int[Array, " worlds"]] = field(default_factory=dict)
    """Dials by number: the step that each stands at on the opening day."""
    lengths: Int[Array, " worlds"] | None = None
    """Quarters after which each game ends; None where the scenario says it."""

    def several(self, times: int) -> "Varied":
        """The same for each game taken so many times in a row."""
        return Varied(
            {label: np.repeat(values, times) for label, values in self.cells.items()},
            {dial: np.repeat(steps, times) for dial, steps in self.levels.items()},
            None if self.lengths is None else np.repeat(self.lengths, times),
        )


NOTHING = Varied()
"""Every number as the scenario has it."""
