"""Honesty: how often what a seat imagines, and what a preview says, holds the truth of games that are played.

True games are played by known players. Seats look at them and imagine; what they imagine of hidden quantities is
laid beside the truth. Drafts of orders are previewed from what is imagined, and then played in the true game, with
its own luck and its real players, and once without. What is forecast and what was so are rows; `play/coverage.py`
reads them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from jaxtyping import Float

from agents.imagine import Imagined, imagine
from agents.rollout import Players, handed_in, seated, turned
from play.coverage import Forecast, forecast_of
from play.dials import book_of
from play.preview import QUARTERS, RANGES, over, played_arms
from play.quantities import Quantity, outcome_quantities
from world.chance import game_seed
from world.phases import intelligence
from world.rules import Rules, take_rules
from world.scenario import Scenario, opened, read
from world.sieve import asked_for, sieve
from world.state import World, take
from world.turn import advance, layout_of
from world.view import view

Array = np.ndarray

SEATS = ("washington", "beijing", "nvidia", "huawei", "smic", "deepseek", "openai")
"""Seats that look, imagine and draft; those that a scenario lacks are left out."""
HIDDEN = (
    *("stock_cn", "usable_cn", "made_cn", "huawei_chips", "huawei_stacks", "huawei_wafers", "huawei_pack_yield"),
    *("smuggled_chips", "proxy_dies", "rented", "unmet_cn", "megawatts_cn", "military", "objective.beijing"),
)
"""Outcomes that are hidden from some seats, beside every disputed quantity."""
MOVED = (
    *("lead", "best_us", "best_cn", "usable_us", "usable_cn", "made_cn", "huawei_chips", "licensed_chips"),
    *("smuggled_chips", "rented", "unmet_cn", "premium", "sales_to_cn", "stance", "approval_us"),
)
"""Outcomes whose change is previewed, beside the seat's own objectives."""
AHEAD = (
    *("lead", "best_us", "best_cn", "stock_us", "stock_cn", "usable_cn", "made_cn", "huawei_chips", "smuggled_chips"),
    *("licensed_chips", "rented", "premium", "stance"),
)
"""Outcomes that are foretold for the last of a preview's quarters if the seat changes nothing."""
RIVALS: Mapping[str, Mapping[str, str]] = {
    "standard": {},
    "hawk": {"washington": "hawk"},
    "dealmaker": {"washington": "dealmaker"},
    "random": {"*": "random"},
}
"""Who plays the true games; a seat that is not named plays `standard`, * is everybody."""
LAST = 8
"""The last turn after which a seat looks: the previews' four quarters lie within a game of twelve."""
UNSEEN = 2
"""Games that no seat has seen, for each imagined world: the naive forecast of what is hidden and of what comes."""
MOST_ORDERS = 3
TRIES = 40
"""Drafts that are drawn until one is legal."""


@dataclass(frozen=True)
class Trial:
    """What is tried: games by known players, and how many previews in each seat."""

    scenario: str = "november-2025"
    rivals: str = "standard"
    seed: int = 1
    drafts: int = 2
    """Previews for each seat and game."""
    worlds: int = 256
    """Worlds that a seat imagines."""
    seats: tuple[str, ...] = SEATS


def tried(trial: Trial, first: int, end: int) -> list[Forecast]:
    """All that was forecast, and what was so, in the games from `first` up to `end`."""
    scenario = scenario_of(trial.scenario)
    seeds = [game_seed(trial.seed, game) for game in range(first, end)]
    world, rules = opened(scenario, np.array(seeds, dtype=np.uint64))
    last = min(LAST, scenario.length - QUARTERS)
    history = [world]
    for _ in range(last):
        history.append(turned(history[-1], rules, players_of(trial.rivals, world, {})))
    found: list[Forecast] = []
    for at, game in enumerate(range(first, end)):
        luck = np.random.default_rng([trial.seed, game])
        turn = int(luck.integers(0, last + 1))
        past = [take(one, np.array([at])) for one in history[: turn + 1]]
        found += in_game(trial, scenario, past, take_rules(rules, np.array([at])), game, luck)
    return found


def in_game(
    trial: Trial, scenario: Scenario, past: Sequence[World], rules: Rules, game: int, luck: np.random.Generator
) -> Iterator[Forecast]:
    """What every seat forecasts in one game, from what it saw of it, and what was so."""
    world = past[-1]
    for seat in lookers(trial, world):
        imagined = imagine(scenario, [view(one, seat) for one in past], trial.worlds)
        yield from hidden_forecasts(trial, imagined, world, game)
        drafts = [draft for draft in (drafted(world, seat, luck) for _ in range(trial.drafts)) if draft]
        if drafts:
            yield from effect_forecasts(trial, imagined, world, rules, game, drafts)


def lookers(trial: Trial, world: World) -> list[str]:
    """The seats that look: those there are, but for the one whose player is not `standard` alone of all."""
    odd = RIVALS[trial.rivals]
    return [seat for seat in trial.seats if seat in world.cast.names["seats"] and seat not in odd]


def hidden_forecasts(trial: Trial, imagined: Imagined, world: World, game: int) -> Iterator[Forecast]:
    """What a seat imagines of hidden quantities, and what they are."""
    seat, turn = world.cast.names["seats"][imagined.seat], int(world.turn[0])
    naive = prior(trial.scenario, turn, UNSEEN * trial.worlds)
    guessed, true = hidden_in(imagined.world), hidden_in(world)
    for name, samples in guessed.items():
        if name in AHEAD and name not in HIDDEN:
            continue
        yield forecast_of("hidden", game, seat, turn, name, true[name][0], samples, naive[name])


def outlooks(trial: Trial, seat: str, turn: int, game: int, guessed: World, true: World) -> Iterator[Forecast]:
    """What is foretold of some quarters ahead if the seat changes nothing, and what came."""
    known = outcome_quantities(true.cast)
    naive = prior(trial.scenario, turn + QUARTERS, UNSEEN * trial.worlds)
    for name in AHEAD:
        if name in known:
            samples, truth = (np.nan_to_num(known[name].of(world)) for world in (guessed, true))
            yield forecast_of("outlook", game, seat, turn, name, truth[0], samples, naive[name])


def hidden_in(world: World) -> dict[str, Float[Array, " worlds"]]:
    """The disputed quantities of some worlds (as logarithms) and the hidden outcomes, by name."""
    found = {f"{name} (ln)": row for name, row in zip(world.cast.questions, intelligence.truth(world), strict=True)}
    known = outcome_quantities(world.cast)
    return found | {name: np.nan_to_num(known[name].of(world)) for name in (*HIDDEN, *AHEAD) if name in known}


@lru_cache(maxsize=64)
def prior(scenario: str, turn: int, games: int) -> dict[str, tuple[float, ...]]:
    """Ranges of the hidden quantities in games of which nothing was seen: the naive forecast."""
    world, _ = unseen(scenario, turn, games)
    return {name: tuple(np.percentile(row, RANGES).tolist()) for name, row in hidden_in(world).items()}


@lru_cache(maxsize=16)
def unseen(scenario: str, turn: int, games: int) -> tuple[World, Rules]:
    """Games after a turn, played by `standard`, that share no seed with those that are tried."""
    if turn:
        world, rules = unseen(scenario, turn - 1, games)
        return turned(world, rules, seated(world.cast, games)), rules
    seeds = [game_seed(2**32 + 1, game) for game in range(1, games + 1)]
    return opened(scenario_of(scenario), np.array(seeds, dtype=np.uint64))


def effect_forecasts(
    trial: Trial,
    imagined: Imagined,
    world: World,
    rules: Rules,
    game: int,
    drafts: Sequence[Mapping[int, int]],
) -> Iterator[Forecast]:
    """What previews of drafts say of their effects, and what the drafts did in the true game."""
    cast = world.cast
    seat, turn, known = cast.names["seats"][imagined.seat], int(world.turn[0]), outcome_quantities(cast)
    guessed = played_arms(imagined, [{}, *drafts], QUARTERS)
    true = true_arms(trial, world, rules, seat, drafts)
    yield from outlooks(trial, seat, turn, game, guessed[0][-1], true[0][-1])
    for name in (*MOVED, f"objective.{seat}"):
        if name in known:
            moved = [changes(known[name], arms[0], arms[1:]) for arms in (guessed, true)]
            label = "own objective" if name.startswith("objective.") else name
            for samples, truth in zip(*moved, strict=True):
                yield forecast_of("effect", game, seat, turn, label, truth[0], samples)


def changes(
    quantity: Quantity, still: Sequence[World], moved: Sequence[Sequence[World]]
) -> list[Float[Array, " worlds"]]:
    """What each arm does to a quantity over all its quarters, against the first, as a preview reckons it."""
    before = np.stack([quantity.of(world) for world in still])
    return [over(quantity, np.nan_to_num(np.stack([quantity.of(w) for w in arm]) - before)) for arm in moved]


def true_arms(
    trial: Trial, world: World, rules: Rules, seat: str, drafts: Sequence[Mapping[int, int]]
) -> list[list[World]]:
    """The true game with no draft and with each: its own luck, the others' real players deciding anew, the seat still."""
    arms = np.zeros(1 + len(drafts), dtype=np.intp)
    world, rules = take(world, arms), take_rules(rules, arms)
    players = players_of(trial.rivals, world, {seat: "still"})
    found: list[list[World]] = [[] for _ in arms]
    for quarter in range(QUARTERS):
        world = turned(world, rules, players) if quarter else _begun(world, rules, players, drafts)
        for arm, states in enumerate(found):
            states.append(take(world, np.array([arm])))
    return found


def _begun(world: World, rules: Rules, players: Players, drafts: Sequence[Mapping[int, int]]) -> World:
    """The first quarter, in which the drafts are given, each in an arm of its own."""
    wanted, notes = handed_in(world, players)
    for arm, draft in enumerate(drafts, start=1):
        for dial, step in draft.items():
            wanted[dial, arm] = step
    return advance(world, wanted, rules, notes=notes)


def players_of(rivals: str, world: World, others: Mapping[str, str]) -> Players:
    """Who sits where in a true game, the same in every arm."""
    named = dict(RIVALS[rivals])
    if everybody := named.pop("*", ""):
        named = dict.fromkeys(world.cast.names["seats"], everybody)
    known = {seat: name for seat, name in named.items() if seat in world.cast.names["seats"]}
    return seated(world.cast, world.seed.size, {**known, **others})


def drafted(world: World, seat: str, luck: np.random.Generator) -> dict[int, int]:
    """One to three legal orders of a seat that move something, half of them small moves; none where none was found."""
    layout, book = layout_of(world.cast), book_of(world.cast)
    entries = list(book.entries(seat))
    stands_at = world.ordered[:, 0]
    for _ in range(TRIES):
        draft: dict[int, int] = {}
        for entry in luck.choice(entries, min(int(luck.integers(1, MOST_ORDERS + 1)), len(entries)), replace=False):
            for dial in book.of_entry[entry]:
                draft[dial] = _step(int(stands_at[dial]), int(layout.top[dial, 0]), luck)
        wanted = world.ordered.copy()
        wanted[list(draft), 0] = list(draft.values())
        asked = asked_for(world, wanted, layout)[:, 0]
        _, refused = sieve(world, wanted, layout)
        if asked.sum() == len({int(layout.entry_of_dial[dial]) for dial in draft}) and not refused[asked, 0].any():
            return draft
    return {}


def _step(stands_at: int, top: int, luck: np.random.Generator) -> int:
    """A step somewhere within the bounds, or near where the dial stands."""
    if luck.random() < 0.5:
        return int(luck.integers(0, top + 1))
    near = max(top // 10, 1)
    return int(np.clip(stands_at + luck.integers(-near, near + 1), 0, top))


@lru_cache(maxsize=2)
def scenario_of(name: str) -> Scenario:
    """A scenario, read once in a process."""
    return read(name)
