"""Attack: can a program read the seed, or a rival's die yield, from all that it is given?

    python -m tests.evidence.attack [--games 2000] [--workers 2]

A bot sits in a seat for six quarters and gathers what it is given: its views; and then what it imagines, what a preview
of a draft says, and why three quantities moved. Two regressions are fitted on half of the games and tried on the
other half: one on views alone, one on everything. If asking leaked, the second would be better.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from agents.imagine import imagine, seen_columns
from agents.rollout import seated, turned
from play.honesty import drafted, hidden_in
from play.past import past_imagined
from play.preview import preview
from play.quantities import quantity
from play.why import explained
from world.chance import game_seed
from world.phases.intelligence import QUESTIONS
from world.scenario import opened, read
from world.state import take
from world.view import view

QUARTERS = 6
WORLDS = 64
FEW = 8
"""Worlds in which whys are asked."""
BITS = 16
PIECE = 20
ASKED = ("huawei_chips", "smuggled_chips", "premium")
PREVIEWED = ("lead", "usable_cn", "huawei_chips", "smuggled_chips", "premium", "rented")
STRENGTHS = 10.0 ** np.arange(-1, 8)
"""Ridges that are tried within the games it is fitted on."""


def gathered(scenario_name, seat, seed, first, end):
    """For some games what views say, what asking says, the yield, and bits of the seed."""
    scenario = read(scenario_name)
    seeds = np.array([game_seed(seed, game) for game in range(first, end)], dtype=np.uint64)
    world, rules = opened(scenario, seeds)
    history = [world]
    for _ in range(QUARTERS):
        history.append(turned(history[-1], rules, seated(world.cast, end - first)))
    draft = drafted(take(world, np.array([0])), seat, np.random.default_rng(1))
    views, asked = [], []
    for game in range(end - first):
        one = np.array([game])
        looking = [view(take(state, one), seat) for state in history]
        views.append(np.concatenate([seen_numbers(one) for one in looking]))
        asked.append(answers(scenario, looking, draft))
    bits = (seeds[:, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)
    return (
        np.array(views),
        np.array(asked),
        QUESTIONS["smic_yield"].truth(history[-1]).astype(float),
        bits.astype(float),
    )


def seen_numbers(looking):
    """Every number that a view shows exactly, and its beliefs; large ones as logarithms."""
    found = []
    for name, mask in seen_columns(looking.cast, looking.seats[0]):
        values = looking.seen(name).values.astype(float)
        found.append((values if mask is None else values[mask]).ravel())
    values = np.concatenate(found)
    return np.sign(values) * np.log1p(np.abs(values))


def answers(scenario, looking, draft):
    """Everything that asking gives: imagined hidden quantities, seeds' bits, a preview and three whys."""
    imagined = imagine(scenario, looking, WORLDS)
    cloud = hidden_in(imagined.world)
    cloud["yield"] = QUESTIONS["smic_yield"].truth(imagined.world).astype(float)
    found = [np.percentile(row, (5, 25, 50, 75, 95)) for row in cloud.values()]
    found += [[row.mean(), row.std()] for row in cloud.values()]
    bits = (imagined.world.seed[:4, None] >> np.arange(BITS, dtype=np.uint64)) & np.uint64(1)
    found.append(bits.astype(float).ravel())
    said = preview(imagined, draft, PREVIEWED)
    found += [np.concatenate([effect.whole, effect.still]) for effect in said.effects.values()]
    past = past_imagined(imagined.taken(np.arange(FEW)))
    for name in ASKED:
        why = explained(past, quantity(past.cast, name), past.last, pairs=1)
        parts = {part.source.name: part.mean for part in why.parts}
        names = (*past.cast.names["seats"], "fabrication.defects", "diversion.seizure", "under way")
        found.append([parts.get(source, 0.0) for source in names])
    values = np.concatenate([np.asarray(part, dtype=float).ravel() for part in found])
    return np.sign(values) * np.log1p(np.abs(values))


def fitted(train, target, test):
    """What ridge regression says of the test games; its strength is chosen by leave-one-out within the training games."""
    spread = train.std(axis=0)
    kept = spread > 1e-9
    middle = train[:, kept].mean(axis=0)
    a, b = ((x[:, kept] - middle) / spread[kept] for x in (train, test))
    b = np.clip(b, -6, 6)
    left, values, _ = np.linalg.svd(a / np.sqrt(kept.sum()), full_matrices=False)
    right = (left.T @ (a / np.sqrt(kept.sum()))) / np.maximum(values, 1e-9)[:, None]
    off = target - target.mean(axis=0)
    best, error = None, np.inf
    for strength in STRENGTHS * 1e-3:
        shrunk = values**2 / (values**2 + strength)
        fit = left @ (shrunk[:, None] * (left.T @ off))
        lever = (left**2 @ shrunk)[:, None] + 1 / len(a)
        wrong = np.square((off - fit) / np.maximum(1 - lever, 1e-3)).mean()
        if wrong < error:
            best, error = strength, wrong
    weight = right.T @ ((values / (values**2 + best))[:, None] * (left.T @ off))
    return b / np.sqrt(kept.sum()) @ weight + target.mean(axis=0)


def r_squared(truth, said):
    """The share of variance that is explained."""
    return 1 - np.square(truth - said).sum() / np.square(truth - truth.mean(axis=0)).sum()


def interval(statistic, truth, *said, draws=1000):
    """A statistic with its 95 % interval over games drawn again."""
    draw = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        chosen = draw.integers(0, len(truth), len(truth))
        found.append(statistic(truth[chosen], *(one[chosen] for one in said)))
    return (statistic(truth, *said), *np.percentile(found, [2.5, 97.5]))


def right_bits(truth, said):
    """The share of bits that are told rightly."""
    return ((said > 0.5) == (truth > 0.5)).mean()


def attacked(views, asked, target, bits):
    """Both targets from views alone and from everything: the figure, its interval, and what everything adds."""
    half = len(views) // 2
    everything = np.concatenate([views, asked], axis=1)
    found = {}
    for name, truth, score in (("yield", target[:, None], r_squared), ("seed", bits, right_bits)):
        alone, both = (fitted(x[:half], truth[:half], x[half:]) for x in (views, everything))
        found[name] = {
            "views": interval(score, truth[half:], alone),
            "everything": interval(score, truth[half:], both),
            "difference": interval(lambda t, a, b, score=score: score(t, b) - score(t, a), truth[half:], alone, both),
        }
    return found


def all_games(scenario, seat, seed, games, workers, folder):
    """What is gathered from all games, in order; what the folder holds is not gathered again."""
    pieces = [(scenario, seat, seed, first, min(first + PIECE, games)) for first in range(0, games, PIECE)]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        parts = list(pool.map(_piece, [(piece, folder) for piece in pieces]))
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _piece(what):
    piece, folder = what
    file = Path(folder) / f"{'-'.join(map(str, piece))}.npz" if folder else None
    if file is not None and file.exists():
        with np.load(file) as kept:
            return [kept[name] for name in kept.files]
    found = gathered(*piece)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".part.npz")
        np.savez_compressed(draft, *found)
        draft.rename(file)
    return found


def main(words=None):
    """Gather, attack, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", default="november-2025")
    parser.add_argument("--seat", default="nvidia")
    parser.add_argument("--games", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", metavar="DIR", help="a folder for what was gathered, to go on from")
    args = parser.parse_args(words)
    found = all_games(args.scenario, args.seat, args.seed, args.games, args.workers, args.keep)
    print(f"{args.seat}, {len(found[0])} games, {found[0].shape[1]} numbers seen, {found[1].shape[1]} told on asking\n")
    print("| target | views alone | everything | difference |\n|---|---|---|---|")
    for name, row in attacked(*found).items():
        cells = [f"{middle:.3f} ({low:.3f} to {high:.3f})" for middle, low, high in row.values()]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    sys.exit(main())
