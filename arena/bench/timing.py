"""Timing: actions that take turns, so that other work on the machine disturbs all alike; medians, and ratios in a round."""

import time
from collections.abc import Callable, Mapping
from statistics import median

import numpy as np

Action = Callable[[], object]


def in_turns(actions: Mapping[str, Action], rounds: int) -> dict[str, list[float]]:
    """Seconds of every action in every round; within a round they follow each other, and the first round is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for at in range(rounds + 1):
        for name, action in actions.items():
            begun = time.perf_counter()
            action()
            if at:
                taken[name].append(time.perf_counter() - begun)
    return taken


def middle(taken: list[float]) -> float:
    """The median of some seconds."""
    return float(median(taken))


def over(taken: list[float], plain: list[float]) -> float:
    """How many times as long one action takes as another: the median over rounds of the ratio within a round."""
    return float(median(one / other for one, other in zip(taken, plain, strict=True)))


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """The power of the size with which seconds grow, fitted by least squares to logarithms: 1 is in proportion."""
    x, y = np.log(np.array(sizes, dtype=float)), np.log(np.array(seconds))
    x, y = x - x.mean(), y - y.mean()
    return float((x * y).sum() / (x * x).sum())
