"""The race: both blocs' best models over time, who released them, and how the lead stood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from play.save import Saved
from world.cast import BLOCS
from world.state import World

MONTHS = 3
"""Months in a quarter."""


@dataclass(frozen=True)
class Best:
    """The best model of a bloc from some month on (months since the opening day; before it: below zero)."""

    month: float
    score: float
    lab: str
    """Who released it; empty where the game does not say (before the opening)."""


@dataclass(frozen=True)
class Release:
    """A model that a lab released in a quarter."""

    turn: int
    lab: str
    bloc: str
    score: float
    is_record: bool


@dataclass(frozen=True)
class Race:
    """How the capability race went."""

    quarters: tuple[str, ...]
    """The opening day, then every quarter."""
    best: dict[str, tuple[Best, ...]]
    """By bloc, in the order of time; each holds until the next."""
    releases: tuple[Release, ...]
    lead: tuple[float, ...]
    """Months, on the opening day and after each quarter; below zero China leads."""
    reached: float
    """The month in which the leading side first had a model as good as the other's last best."""

    @property
    def leader(self) -> str:
        """The bloc that leads at the end; none where nobody does."""
        return "us" if self.lead[-1] > 0 else "cn" if self.lead[-1] < 0 else ""

    @property
    def months(self) -> float:
        """The lead at the end, whoever has it."""
        return abs(self.lead[-1])

    @property
    def end(self) -> float:
        """Months from the opening day to the end."""
        return float(MONTHS * (len(self.quarters) - 1))

    def gained(self, bloc: str) -> float:
        """ECI that a bloc's best model gained over the game."""
        before = [one.score for one in self.best[bloc] if one.month <= 0]
        return self.best[bloc][-1].score - (before[-1] if before else self.best[bloc][0].score)


def race_of(game: Saved) -> Race:
    """The race of a saved game."""
    states = [game.opening, *(quarter.state for quarter in game.quarters)]
    names = [game.story.quarter(turn) for turn in range(1, len(states))]
    best = {bloc: _best(game, states, row) for row, bloc in enumerate(BLOCS)}
    lead = tuple(float(state.lead[0]) for state in states)
    last = best["cn" if lead[-1] >= 0 else "us"][-1].score
    ahead = best["us" if lead[-1] >= 0 else "cn"]
    reached = next((one.month for one in ahead if one.score >= last), float(MONTHS * len(names)))
    return Race(("opening", *names), best, tuple(_releases(game, states)), lead, reached)


def _best(game: Saved, states: Sequence[World], row: int) -> tuple[Best, ...]:
    scores, months = (getattr(game.world, name)[row, :, 0] for name in ("record_score", "record_month"))
    found: list[Best] = []
    for at in range(len(scores) - 1, -1, -1):
        if scores[at] > 0 and (not found or scores[at] > found[-1].score):
            turn = len(states) - 1 - at
            lab = _holder(game, states[turn], row, float(scores[at])) if turn >= 1 else ""
            found.append(Best(float(months[at]), float(scores[at]), lab))
    return tuple(found)


def _holder(game: Saved, state: World, bloc: int, score: float) -> str:
    mine = (game.cast.lab_bloc == bloc) & state.released[:, 0] & (np.abs(state.score[:, 0] - score) < 1e-4)
    labs = np.flatnonzero(mine)
    return game.story.called(game.cast.names["labs"][labs[0]]) if labs.size else ""


def _releases(game: Saved, states: Sequence[World]) -> list[Release]:
    found, cast = [], game.cast
    for turn in range(1, len(states)):
        before, now = states[turn - 1], states[turn]
        for lab in np.flatnonzero(now.released[:, 0]):
            bloc, score = int(cast.lab_bloc[lab]), float(now.score[lab, 0])
            beats = score > float(before.record_score[bloc, 0, 0])
            name = game.story.called(cast.names["labs"][lab])
            found.append(Release(turn, name, BLOCS[bloc], score, beats))
    return found
