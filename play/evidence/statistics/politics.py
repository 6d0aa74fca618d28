"""Statistics of politics: lobbying, and answers to a tightening."""

import numpy as np
from jaxtyping import Float

from play import measures
from play.evidence.arms import Arm, Arms
from play.evidence.statistics.reading import Array, row_of
from play.record import Quarter
from world.flows import safe_ratio

EVENT = 0.01
"""A rise of strictness in a quarter from which it counts as a tightening."""


def lobbying_rises(arms: Arms) -> Array:
    """Nvidia's highest lobbying of a quarter in 2025 over its mean of 2024"""
    past = arms["past"]
    spent = row_of("lobbied", "chipmakers", "nvidia")
    before = np.mean([spent(quarter) for quarter in past.of_year(2024)], axis=0)
    return safe_ratio(np.max([spent(quarter) for quarter in past.of_year(2025)], axis=0), before, np.nan)


def retaliation(arms: Arms) -> Array:
    """share of a hawk's tightenings that Beijing answers within a quarter"""
    arm = arms["hawk"]
    answers = pressure_of(arm)
    asked = arm.history(lambda quarter: quarter.tightened[0] > EVENT)
    found = np.zeros((2, asked.shape[1]))
    for turn in range(1, arm.record.turns):
        answered = answers[turn + 1] > answers[turn - 1] + 1e-6
        found += np.array([asked[turn], asked[turn] & answered])
    return np.where(found[0] > 0, found[1] / np.maximum(found[0], 1), np.nan)


def pressure_of(arm: Arm) -> Float[Array, "turns worlds"]:
    """What Beijing withholds: rare earths, mature chips, and the gate to licensed chips."""

    def of(quarter: Quarter) -> Array:
        withheld = measures._dial(quarter, "license_rare_earths", "withheld")
        mature = measures._dial(quarter, "ship_mature_chips", "withheld")
        return withheld + mature - measures._dial(quarter, "admit_chips", "share")

    return arm.history(of)


def softened(arms: Arms) -> Array:
    """share of tightenings of which half or more is undone within a year"""
    arm = arms["long"]
    level = arm.history(lambda quarter: quarter.strictness[0].astype(float))
    asked = arm.history(lambda quarter: quarter.tightened[0] > EVENT)
    found = np.zeros((2, asked.shape[1]))
    for turn in range(1, arm.record.turns - 3):
        rise = level[turn] - level[turn - 1]
        undone = level[turn] - level[turn + 1 : turn + 5].min(axis=0) >= rise / 2
        found += np.array([asked[turn], asked[turn] & undone])
    return np.where(found[0] > 0, found[1] / np.maximum(found[0], 1), np.nan)
