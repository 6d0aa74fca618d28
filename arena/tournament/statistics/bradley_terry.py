"""Bradley-Terry: ratings of players from who beat whom, with a term for the seats that were held.

The log-odds that the first beats the second are the difference of their ratings, and of the edges of the seats that each
held in that game. The most likely ratings, by Newton's method.

Sources: Bradley and Terry, Biometrika 39 (1952), doi:10.2307/2334029; the term for seats is the home advantage of Agresti,
Categorical Data Analysis (2002), 10.6.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

Array = np.ndarray

SCALE = 400.0 / np.log(10.0)
"""Rating points for a unit of log-odds: 400 points are odds of ten to one."""
DRAWN = 1.0
"""Pairs, drawn, that are added to each pairing: without them a player who always wins would have no finite rating."""
ROUNDS, STEP = 60, 2.0
"""Rounds of Newton's method at most, and the most that a rating moves in one (log-odds)."""
CLOSE = 1e-6
"""Log-odds below which a step is none."""


@dataclass(frozen=True)
class Comparisons:
    """Who met whom, on which seats: a row for each pairing and way to be seated."""

    first: Int[Array, " rows"]
    second: Int[Array, " rows"]
    seats: Float[Array, "rows seats"]
    """The share of the first player's side that each seat is, less the same of the second's; zeros where seats cancel."""


@dataclass(frozen=True)
class Ratings:
    """Ratings and edges of seats, in rating points; each sums to zero."""

    players: Float[Array, "*times players"]
    seats: Float[Array, "*times seats"]


def ratings(
    rows: Comparisons, won: Float[Array, "*times rows"], of: Float[Array, "*times rows"], players: int
) -> Ratings:
    """The most likely ratings where the first won `won` of `of` games (a draw is half a win), a row at a time."""
    design = design_of(rows, players)
    many, few = np.atleast_2d(won).astype(float), np.atleast_2d(of).astype(float)
    share = DRAWN / _rows_of_pairing(rows)
    won_, of_ = many + share / 2, few + share
    found = np.zeros((many.shape[0], design.shape[1]))
    ridge = 1e-9 * np.eye(design.shape[1])
    for _ in range(ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-found @ design.T))
        slope = (won_ - of_ * chance) @ design
        bend = np.stack([design.T @ (design * w[:, None]) for w in of_ * chance * (1 - chance)])
        step = np.linalg.solve(bend + ridge * bend.trace(axis1=1, axis2=2)[:, None, None], slope[..., None])[..., 0]
        found += np.clip(step, -STEP, STEP)
        if np.abs(step).max() < CLOSE:
            break
    found = SCALE * found.reshape(*np.shape(won)[:-1], -1)
    own, seats = found[..., :players], found[..., players:]
    seats = seats - seats.mean(axis=-1, keepdims=True) if seats.shape[-1] else seats
    return Ratings(own - own.mean(axis=-1, keepdims=True), seats)


def design_of(rows: Comparisons, players: int) -> Float[Array, "rows terms"]:
    """What each comparison says of each rating and of each seat's edge."""
    at = np.arange(rows.first.size)
    design = np.zeros((at.size, players))
    design[at, rows.first] += 1.0
    design[at, rows.second] -= 1.0
    return np.concatenate([design, rows.seats], axis=1)


def _rows_of_pairing(rows: Comparisons) -> Float[Array, " rows"]:
    """Over how many rows the comparisons of each row's pairing are spread."""
    low, high = np.minimum(rows.first, rows.second), np.maximum(rows.first, rows.second)
    _, which, count = np.unique(np.stack([low, high]), axis=1, return_inverse=True, return_counts=True)
    return count[which.reshape(-1)].astype(float)


def odds(difference: float) -> float:
    """The chance to win that a difference in rating points stands for."""
    return float(1.0 / (1.0 + np.exp(-difference / SCALE)))


def ranks(samples: Float[Array, "times players"]) -> Int[Array, "players 2"]:
    """The best and the worst rank (1 is first) that each player may have.

    One is above another where the 95 % interval of the difference of their ratings leaves out zero.
    """
    apart = samples[:, :, None] - samples[:, None, :]
    above = np.percentile(apart, 2.5, axis=0) > 0
    return np.stack([1 + above.sum(axis=0), samples.shape[1] - above.sum(axis=1)], axis=1)
