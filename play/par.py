"""Par: what a standard player gets in a seat, among a thousand games and in the very game that was played.

Par games have `standard` in all seats. Their final points stand in small files under `assets/par/`, made by
`python main.py par --all`; a file that was made for other numbers, or under other rules, is refused.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from agents.rollout import rollout, seated
from play.packing import written
from world.cast import Cast
from world.chance import game_seed
from world.scenario import RULES_VERSION, Scenario, opened
from world.scenario_numbers import Filling

Array = np.ndarray
Tree = dict[str, Any]

PARS = Path(__file__).resolve().parents[1] / "assets" / "par"
GAMES, SEED = 1000, 1
AT_ONCE = 1000
"""Par games played together: more would only take memory."""
QUANTILES = np.arange(101.0)
"""Percentiles of the par games that a file keeps."""
SAMPLE = 8
"""Games whose points a file keeps one by one, so that `--check` can play them again."""
CLOSE = 0.01
"""Points by which a game of the sample may differ on another machine."""

BANDS = (
    (90.0, "far above par"),
    (70.0, "above par"),
    (30.0, "about par"),
    (10.0, "below par"),
    (0.0, "far below par"),
)
"""What a percentile is called, from it on."""


class ParError(ValueError):
    """Why there is no par to compare with, in a sentence."""


@dataclass(frozen=True)
class Par:
    """The final points of every seat, and the final lead, among games with `standard` in all seats."""

    scenario: str
    rules_version: int
    digest: str
    games: int
    seed: int
    lead: tuple[float, ...]
    """Months, at the percentiles from 0 to 100."""
    points: Mapping[str, tuple[float, ...]]
    """By seat, at the percentiles from 0 to 100."""
    sample: Mapping[str, tuple[float, ...]]
    """By seat, in the first games."""

    def percentile(self, seat: str, points: float) -> float:
        """Where points stand among the par games, 0 to 100; where many are equal, in their middle."""
        return float(self.percentiles(seat, np.array([points]))[0])

    def percentiles(self, seat: str, points: Float[Array, " games"]) -> Float[Array, " games"]:
        """Where the points of several games stand among the par games, 0 to 100."""
        known = np.array(self.points[seat])
        return (_standing(known, points, "left") + _standing(known, points, "right")) / 2

    def spread(self, seat: str) -> float:
        """Points between the 5th and the 95th percentile."""
        return self.points[seat][95] - self.points[seat][5]


def _standing(known: Array, points: Array, side: Any) -> Array:
    """The percentile of points among known ones; of equal ones the lowest (`left`) or the highest."""
    above = np.searchsorted(known, points, side)
    at = np.clip(above, 1, known.size - 1)
    below, width = known[at - 1], known[at] - known[at - 1]
    inside = at - 1 + np.divide(points - below, width, out=np.zeros_like(points), where=width > 0)
    return np.where(above == 0, 0.0, np.where(above == known.size, 100.0, inside))


def band(percentile: float) -> int:
    """The number of the band that a percentile lies in, the best being 0."""
    return next(number for number, (least, _) in enumerate(BANDS) if percentile >= least)


def par_of(scenario: Scenario, games: int = GAMES, seed: int = SEED) -> Par:
    """Par, played now."""
    end = par_games(scenario, games, seed)
    seats = scenario.cast.names["seats"]
    return Par(
        scenario.name,
        RULES_VERSION,
        digest(scenario),
        games,
        seed,
        _short(np.percentile(end.lead, QUANTILES)),
        {seat: _short(np.percentile(end.points[row], QUANTILES)) for row, seat in enumerate(seats)},
        {seat: _short(end.points[row, :SAMPLE]) for row, seat in enumerate(seats)},
    )


@dataclass(frozen=True)
class Ends:
    """How par games ended."""

    points: Float[Array, "seats games"]
    lead: Float[Array, " games"]


def par_games(scenario: Scenario, games: int, seed: int) -> Ends:
    """The ends of games with `standard` in all seats."""
    points, lead = [], []
    for first in range(0, games, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, games))
        seeds = np.array([game_seed(seed, game) for game in numbers], dtype=np.uint64)
        world, rules = opened(scenario, seeds)
        end = rollout(world, rules, seated(scenario.cast, seeds.size), scenario.length)
        points.append(end.objective.astype(float))
        lead.append(end.lead.astype(float))
    return Ends(np.concatenate(points, axis=1), np.concatenate(lead))


def _short(values: Array) -> tuple[float, ...]:
    return tuple(float(f"{value:.5g}") for value in values)


def digest(scenario: Scenario) -> str:
    """A fingerprint of every number, name and setting that a game is opened from: not of words, sources or code."""
    begins = scenario.begins
    tree = {
        "cast": _cast(scenario.cast),
        "length": begins.length,
        "levels": begins.levels.tolist(),
        "quantities": _numbers(begins.quantities),
        "coefficients": _numbers(begins.coefficients),
    }
    text = json.dumps(tree, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def _cast(cast: Cast) -> Tree:
    found: Tree = {}
    for field in fields(cast):
        value = getattr(cast, field.name)
        found[field.name] = value.tolist() if isinstance(value, np.ndarray) else value
    return {**found, "seats": [(seat.name, seat.role, seat.bloc) for seat in cast.seats]}


def _numbers(fillings: Mapping[str, Filling]) -> Tree:
    """What is given, by the name of the cell."""
    return {
        filling.named(place): [number.value, number.low, number.high, number.spread if number.low is not None else ""]
        for filling in fillings.values()
        for place, number in filling.cells.items()
    }


def path_of(name: str) -> Path:
    """Where the par of a scenario stands."""
    return PARS / f"{name}.json"


def write_par(par: Par, path: Path) -> None:
    """Put par into a file, a seat a line, all or nothing; raises ParError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written(path, _text(par).encode("utf-8"))
    except OSError as error:
        raise ParError(f"{path}: cannot be written ({error.strerror}); make the folder writable") from None


def _text(par: Par) -> str:
    head = ("scenario", "rules_version", "digest", "games", "seed")
    lines = [f'"{name}": {json.dumps(getattr(par, name))}' for name in head]
    lines.append(f'"lead": {json.dumps(par.lead, separators=(",", ":"))}')
    for name in ("points", "sample"):
        rows = (
            f'"{seat}": {json.dumps(row, separators=(",", ":"), allow_nan=False)}'
            for seat, row in getattr(par, name).items()
        )
        lines.append(f'"{name}": {{\n' + ",\n".join(rows) + "\n}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def read_par(scenario: Scenario, path: Path | None = None) -> Par:
    """The par of a scenario as it stands today; raises ParError for a file that is missing, damaged or stale."""
    path = path_of(scenario.name) if path is None else path
    remedy = f"run: python main.py par {scenario.name}"
    try:
        tree = json.loads(path.read_text("utf-8"))
    except OSError:
        raise ParError(f"{scenario.name}: there is no par for it yet; {remedy}") from None
    except (ValueError, RecursionError):
        raise ParError(f"{path.name}: is no file of par; {remedy}") from None
    try:
        par = _par(tree, scenario.cast.names["seats"])
    except (KeyError, TypeError, ValueError):
        raise ParError(f"{path.name}: was damaged; {remedy}") from None
    if par.rules_version != RULES_VERSION:
        found = f"is of rules {par.rules_version}, and these are rules {RULES_VERSION}"
        raise ParError(f"{path.name}: {found}; {remedy}")
    if par.digest != digest(scenario):
        raise ParError(f"{path.name}: is not of {scenario.name} as it stands now; {remedy}")
    return par


def _par(tree: Tree, seats: Sequence[str]) -> Par:
    """The par in a tree; raises ValueError, KeyError or TypeError for anything else."""
    whole = {name: tree[name] for name in ("rules_version", "games", "seed")}
    words = {name: tree[name] for name in ("scenario", "digest")}
    if not all(type(n) is int for n in whole.values()) or not all(type(w) is str for w in words.values()):
        raise ValueError
    if whole["games"] < 1 or not 0 <= whole["seed"] < 2**64:
        raise ValueError
    points = {seat: _row(tree["points"][seat], QUANTILES.size, is_rising=True) for seat in seats}
    sample = {seat: _row(tree["sample"][seat], min(SAMPLE, whole["games"])) for seat in seats}
    return Par(**words, **whole, lead=_row(tree["lead"], QUANTILES.size, is_rising=True), points=points, sample=sample)


def _row(values: Any, size: int, is_rising: bool = False) -> tuple[float, ...]:
    row = np.array(values, dtype=float)
    if row.shape != (size,) or not np.isfinite(row).all() or (is_rising and (np.diff(row) < 0).any()):
        raise ValueError
    return tuple(row.tolist())


def check_par(scenario: Scenario, path: Path | None = None, play: Callable[..., Ends] = par_games) -> None:
    """Play the first par games again: raises ParError where a file is stale, or the code plays otherwise today."""
    par = read_par(scenario, path)
    end = play(scenario, min(SAMPLE, par.games), par.seed)
    for row, seat in enumerate(scenario.cast.names["seats"]):
        apart = np.abs(end.points[row] - np.array(par.sample[seat]))
        if apart.max() > CLOSE:
            game = int(apart.argmax())
            was, now = par.sample[seat][game], float(end.points[row, game])
            raise ParError(
                f"{scenario.name}: par game {game} gave {seat} {was:.5g} points and gives {now:.5g} today; "
                f"run: python main.py par {scenario.name}"
            )
