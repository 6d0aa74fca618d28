"""Cycles: how far a population is no ladder - who beats whom goes round, and by how much.

Sources: Candogan, Menache, Ozdaglar and Parrilo, Flows and decompositions of games (2011), doi:10.1287/moor.1110.0500;
Balduzzi, Tuyls, Perolat and Graepel, Re-evaluating evaluation (2018), for the share.
"""

from itertools import combinations

import numpy as np
from jaxtyping import Bool, Float

Array = np.ndarray


def three_cycles(beats: Bool[Array, "players players"]) -> list[tuple[int, int, int]]:
    """Every three players of whom each beats the next, and the last the first; the smallest number stands first."""
    found = []
    for a, b, c in combinations(range(beats.shape[0]), 3):
        for way in ((a, b, c), (a, c, b)):
            if all(beats[x, y] for x, y in zip(way, (*way[1:], way[0]), strict=True)):
                found.append(way)
    return found


def cyclic_share(payoff: Float[Array, "*times players players"]) -> Float[Array, "*times"]:
    """The share of an antisymmetric payoff matrix (in squares) that no rating of the players explains, 0 to 1.

    The rest is the difference of two ratings, each the player's mean payoff. It is 0 where payoffs are differences of
    scores, and 1 for rock, paper, scissors.
    """
    mean = payoff.mean(axis=-1)
    ladder = mean[..., :, None] - mean[..., None, :]
    whole, rest = (np.square(x).sum(axis=(-2, -1)) for x in (payoff, payoff - ladder))
    return np.divide(rest, whole, out=np.zeros_like(rest), where=whole > 0)


def chain(rate: Float[Array, "players players"], ratings: Float[Array, " players"], least: float) -> list[int]:
    """The longest chain of players, best first, of whom each beats the next at least so often.

    Players stand in a chain in the order of their ratings.
    """
    best: dict[int, list[int]] = {}
    for player in (int(p) for p in np.argsort(ratings, kind="stable")):
        under = [best[other] for other in best if rate[player, other] >= least]
        best[player] = [player, *max(under, key=len, default=[])]
    return max(best.values(), key=len, default=[])
