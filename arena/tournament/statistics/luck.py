"""Luck: how much of what happens to a seat the seed alone decides, and how early it is decided."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

Array = np.ndarray


@dataclass(frozen=True)
class Shares:
    """Where the variance of an outcome comes from; the three sum to 1."""

    seed: float
    player: float
    both: float
    """What a seed gives to one player and not to another."""


def shares(outcome: Float[Array, "players seeds"]) -> Shares:
    """Components of variance in a crossed design of players and seeds, one game in each cell.

    Source: Searle, Casella and McCulloch, Variance Components (1992), the two-way random model by analysis of variance; a
    component below zero counts as none.
    """
    players, seeds = outcome.shape
    grand = outcome.mean()
    of_player, of_seed = outcome.mean(axis=1) - grand, outcome.mean(axis=0) - grand
    rest = outcome - grand - of_player[:, None] - of_seed[None]
    both = float(np.square(rest).sum()) / max((players - 1) * (seeds - 1), 1)
    seed = players * float(np.square(of_seed).sum()) / max(seeds - 1, 1)
    player = seeds * float(np.square(of_player).sum()) / max(players - 1, 1)
    parts = np.maximum([(seed - both) / players, (player - both) / seeds, both], 0.0)
    whole = float(parts.sum())
    return Shares(*(float(x) / whole if whole else 0.0 for x in parts))


def certain_from(
    standing: Float[Array, "turns games"], is_won: Float[Array, " games"], sure: float = 0.9, bins: int = 20
) -> Float[Array, " games"]:
    """The share of each game after which its end is certain to `sure` and stays so, 0 to 1.

    How likely a win is, is how often games with a standing like this one's were won: in `bins` of equally many games each
    quarter. A game that is never that certain is so at its end.
    """
    turns, games = standing.shape
    certain = np.zeros((turns, games), dtype=bool)
    for turn in range(turns):
        order = np.argsort(standing[turn], kind="stable")
        for part in np.array_split(order, min(bins, games)):
            rate = is_won[part].mean()
            certain[turn, part] = np.where(is_won[part] > 0.5, rate, 1 - rate) >= sure
    unsure = ~certain
    last = np.where(unsure.any(axis=0), turns - np.argmax(unsure[::-1], axis=0), 0)
    return np.minimum(last + 1, turns) / turns


def changes(ahead: Float[Array, "turns games"]) -> Float[Array, " games"]:
    """How often who is ahead changes in each game; level quarters change nothing."""
    found = np.zeros(ahead.shape[1])
    before = np.sign(ahead[0])
    for row in ahead[1:]:
        now = np.sign(row)
        found += (now * before) < 0
        before = np.where(now == 0, before, now)
    return found
