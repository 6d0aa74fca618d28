"""Learn to play one seat: a small policy from a dozen numbers to six dials, by CMA-ES, judged in games it has not seen.

    python -m pip install -r requirements-arena.txt && python examples/learn.py

All candidates play the same games. The policy says where each dial should stand, and moves the three furthest from there.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).resolve().parents[1]))  # the folder of the project: it is never installed

try:
    import cma

    from arena.learning import ChokepointVectorEnv
except ModuleNotFoundError as missing:
    sys.exit(f"examples/learn.py: needs {missing.name}; python -m pip install -r requirements-arena.txt")

SEAT = "openai"
OWN = ("money", "score", "algorithms", "compute", "run_age", "run_late", "talent")
SEES = ("turn", "lead", "premium", "rent_price", "software", *(f"{what}.{SEAT}" for what in OWN))
DIALS = [f"split_work.{what}" for what in ("train", "research")] + ["size_run.size", "research_efficiency.spend"]
DIALS += [f"release_models.{what}" for what in ("cadence", "open")]
PLACES, TRAIN, JUDGE = 3, 1, 1_000_000  # orders a quarter; first seeds of games to learn in, and to be judged in


class Policy:
    """Weights and a start for each dial: the genes of a candidate."""

    def __init__(self, env):
        names, self.acting = env.observing.names, env.acting
        self.sees = [names.index(name) for name in SEES]
        self.stands = [names.index(f"ordered.{SEAT}.{name}") for name in DIALS]
        self.dials = [self.acting.dial_names.index(name) for name in DIALS]
        self.tops = self.acting.sizes[PLACES:][self.dials] - 1
        opening, nothing = env.reset(seed=TRAIN)[0], np.zeros(env.action_space.shape, dtype=int)
        usual = np.concatenate([opening, *(env.step(nothing)[0] for _ in range(8))])[:, self.sees]
        self.middle, self.spread = usual.mean(axis=0), usual.std(axis=0) + 1e-6
        share = np.clip(opening[0, self.stands] / self.tops, 0.05, 0.95)
        self.start = np.concatenate([np.zeros((len(DIALS), len(SEES))), np.log(share / (1 - share))[:, None]], axis=1)

    def act(self, table, genes):
        """An action for each world: the orders of the dials furthest from where they should be, and the steps wanted."""
        numbers = np.tanh((table[:, self.sees] - self.middle) / self.spread)
        weights = genes.reshape(-1, *self.start.shape)
        wanted = 1 / (1 + np.exp(-weights[..., -1] - (weights[..., :-1] * numbers[:, None]).sum(axis=-1)))
        actions = np.zeros((len(table), self.acting.sizes.size), dtype=int)
        far = np.argsort(-np.abs(wanted - table[:, self.stands] / self.tops), axis=1)[:, :PLACES]
        actions[:, :PLACES] = self.acting.order_of_dial[self.dials][far] + 1
        actions[:, PLACES + np.array(self.dials)] = np.rint(wanted * self.tops)
        return actions


def played(env, policy, candidates, seed):
    """The final score of each candidate in each of its games."""
    games = env.num_envs // len(candidates)
    table, _ = env.reset(seed=[seed + game for _ in candidates for game in range(games)])
    genes, points, is_over = np.repeat(candidates, games, axis=0), 0.0, np.zeros(1, dtype=bool)
    while not is_over.any():
        table, rewards, is_over, _, _ = env.step(policy.act(table, genes))
        points = points + rewards
    return points.reshape(len(candidates), games)


def main(generations, games, judged, seed):
    begun = time.perf_counter()
    policy = Policy(ChokepointVectorEnv(seat=SEAT, num_envs=games, masks=False))
    search = cma.CMAEvolutionStrategy(policy.start.ravel(), 0.5, {"seed": seed, "verbose": -9})
    env = ChokepointVectorEnv(seat=SEAT, num_envs=search.popsize * games, masks=False)
    for generation in range(generations):
        candidates = np.array(search.ask())
        points = played(env, policy, candidates, TRAIN + generation % 16 * games).mean(axis=1)
        search.tell(candidates, -points)
        spent = time.perf_counter() - begun
        if generation % 10 in (0, 9):
            print(f"generation {generation:3}: mean {points.mean():.1f}, best {points.max():.1f} points, {spent:.0f} s")
    fresh = ChokepointVectorEnv(seat=SEAT, num_envs=judged, masks=False)
    points = played(fresh, policy, np.array([search.result.xfavorite]), JUDGE)[0]
    fresh.reset(seed=JUDGE)  # the same games once more, so that doctrines can be asked what they would have got
    print(f"learnt in {spent:.0f} s: {points.mean():.1f} points in {judged} games that it had not seen")
    for doctrine in ("still", "random", "standard"):
        more = points - fresh.games.by_doctrine(SEAT, doctrine)
        half = 1.96 * more.std(ddof=1) / judged**0.5
        print(f"over {doctrine}: {more.mean():+.1f} ± {half:.1f} points (95 %, same games)")


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, usual in {"generations": 60, "games": 32, "judged": 256, "seed": 1}.items():
        words.add_argument(f"--{name}", type=int, default=usual)
    given = vars(words.parse_args())
    if min(given["judged"] - 1, *given.values()) < 1:
        words.error("write whole numbers from 1 on, and --judged from 2 on")
    main(**given)
