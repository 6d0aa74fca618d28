"""Objectives: what a seat's score is made of - the points that each objective brought, and what it left."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from play.debrief.wording import words
from play.save import Saved
from play.score import quarters_by_standard
from world.phases.standing import OBJECTIVES, parts
from world.rules import Rules
from world.state import World
from world.turn import layout_of

Array = np.ndarray


@dataclass(frozen=True)
class Objective:
    """One of the four objectives of a seat."""

    name: str
    title: str
    about: str
    """What brings its points, in a short sentence."""
    most: float
    """Points that it can bring; a quarter that is neither good nor bad brings half of them."""
    points: float
    standard: float
    """Points that it would have brought a standard player in the same world with the same luck."""

    @property
    def lost(self) -> float:
        """Points that it left."""
        return self.most - self.points

    @property
    def gain(self) -> float:
        """Points above those of a standard player."""
        return self.points - self.standard


def objectives_of(game: Saved, seat: str) -> tuple[Objective, ...]:
    """The objectives of a seat in a finished game, in the order of the rules; their points add up to its score."""
    number = game.cast.at("seats", seat)
    role, weights = game.cast.seats[number].role, game.cast.weights[number]
    rows = (
        points_of([quarter.state for quarter in game.quarters], game.rules, number),
        points_of(quarters_by_standard(game, seat)[1:], game.rules, number),
    )
    said = words()
    return tuple(
        Objective(
            name,
            said(f"objectives.title.{role}.{name}"),
            said(f"objectives.about.{role}.{name}"),
            100 * float(weight),
            float(mine),
            float(theirs),
        )
        for name, weight, mine, theirs in zip(OBJECTIVES[role], weights, *rows, strict=True)
    )


def points_of(states: Sequence[World], rules: Rules, seat: int) -> Array:
    """The points that each objective of a seat brought over these quarters, of the share of a hundred that it weighs."""
    cast = states[0].cast
    layout, met = layout_of(cast), []
    for state in states:
        orders = layout.named(layout.settings(state))
        met.append(parts(state, orders, rules)[:, seat, 0])
    return 50 * cast.weights[seat] * (1 + np.mean(met, axis=0))
