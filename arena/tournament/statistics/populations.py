"""Populations: which players would be left if players that do better spread - alpha-rank and Nash.

Sources: Omidshafiei et al., alpha-Rank: multi-agent evaluation by evolution, Scientific Reports 9 (2019),
doi:10.1038/s41598-019-45619-9, for one population; von Neumann (1928) and Dantzig (1951) for the optimal mixture of a
zero-sum game as a linear programme; Balduzzi et al. (2018) for its use in evaluation.
"""

import numpy as np
from jaxtyping import Float

Array = np.ndarray

INTENSITY, PEOPLE = 50.0, 50
"""How strongly payoff (win rate, 0 to 1) decides who is copied, and how many players a population holds."""
SUPPORT = 0.01
"""Share of a mixture from which a player counts as part of it."""


def alpha_rank(
    rate: Float[Array, "players players"], intensity: float = INTENSITY, people: int = PEOPLE
) -> Float[Array, " players"]:
    """How much of the time a population spends with each player, from how often each beats each; sums to 1."""
    players = rate.shape[0]
    if players == 1:
        return np.ones(1)
    gain = rate.T - rate
    moves = fixation(gain, intensity, people) / (players - 1)
    np.fill_diagonal(moves, 0.0)
    np.fill_diagonal(moves, 1.0 - moves.sum(axis=1))
    flows = np.concatenate([moves.T - np.eye(players), np.ones((1, players))])
    found = np.linalg.lstsq(flows, np.append(np.zeros(players), 1.0), rcond=None)[0]
    found = np.maximum(found, 0.0)
    return found / found.sum()


def fixation(gain: Float[Array, "*shape"], intensity: float, people: int) -> Float[Array, "*shape"]:
    """The chance that one who gains so much over all others is copied by all of them (Fermi's rule)."""
    x = np.clip(intensity * gain, -30.0, 30.0)
    far = np.minimum(people * np.abs(x), 600.0)
    x = np.sign(x) * far / people
    with np.errstate(invalid="ignore"):
        found = np.expm1(-x) / np.expm1(-people * x)
    return np.where(x == 0, 1.0 / people, found)


def nash(rate: Float[Array, "players players"]) -> Float[Array, " players"]:
    """A mixture of players that no player beats on average, from how often each beats each; sums to 1.

    Where there are several, it is one of them.
    """
    from scipy.optimize import linprog

    players = rate.shape[0]
    payoff = rate - rate.T
    worst = np.concatenate([-payoff.T, np.ones((players, 1))], axis=1)
    whole = np.append(np.ones(players), 0.0)[None]
    bounds = [(0.0, 1.0)] * players + [(None, None)]
    solved = linprog(np.append(np.zeros(players), -1.0), worst, np.zeros(players), whole, [1.0], bounds)
    found = np.maximum(solved.x[:players], 0.0)
    return found / found.sum()
