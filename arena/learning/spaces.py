"""Spaces: Gymnasium's words for what is observed and what can be done."""

from typing import Any

import numpy as np
from gymnasium.spaces import Box, MultiDiscrete

from arena.learning.acting import Acting
from arena.learning.observing import Observing


def observation_space(observing: Observing) -> Any:
    """The box that holds what a seat observes."""
    low, high = observing.bounds
    return Box(low, high, dtype=np.float32)


def action_space(acting: Acting) -> Any:
    """The whole numbers that an action is made of."""
    return MultiDiscrete(acting.sizes)
