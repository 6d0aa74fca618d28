"""How far the limit that is told to have bound a maker is over the least of its limits."""

import numpy as np

from play.chain import INPUTS, Chain

ROUNDED = 2
"""Chips by which two limits may differ and count as one: what is left after a quarter was rounded to whole dies and chips."""


def over_least(chain: Chain, told: np.ndarray) -> np.ndarray:
    """By how many chips the limit of the input that is told in every world is over the least; 0 where none is told."""
    limits = np.stack([chain.limits[name] for name in INPUTS.values()])
    of_told = limits[np.maximum(told, 1) - 1, np.arange(told.size)]
    return np.where(told > 0, of_told - limits.min(axis=0), 0.0)
