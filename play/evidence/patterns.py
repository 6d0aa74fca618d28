"""Patterns: what is known of the world, each with the condition under which the model is said to show it."""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from play.evidence import statistics
from play.evidence.arms import Arms

Array = np.ndarray

FILE = Path(__file__).resolve().parents[2] / "assets/evidence/patterns.toml"
RANGE = (5, 50, 95)
KINDS = ("median", "mean", "covers", "factor", "share")
KEYS = ("id", "title", "unit", "source", "holds", "fit", "held_out", "fails")


class PatternError(ValueError):
    """What is wrong with the file of patterns."""


@dataclass(frozen=True)
class Condition:
    """What a statistic must show over the games.

    `median` and `mean` lie in [low, high]; `covers`: low and high lie within the 90 % range; `factor`: the 95th
    percentile is at least `low` times the 5th; `share`: a share in [low, high] of games lies in [least, most].
    """

    of: str
    what: str
    low: float = -np.inf
    high: float = np.inf
    least: float = -np.inf
    most: float = np.inf

    def shown(self, found: Float[Array, " worlds"]) -> float:
        """The number that the condition is about."""
        known = found[np.isfinite(found)]
        if not known.size:
            return float("nan")
        match self.what:
            case "median":
                return float(np.median(known))
            case "mean":
                return float(known.mean())
            case "factor":
                low, _, high = np.percentile(known, RANGE)
                return float(high / low) if low > 0 else float("inf")
            case "share":
                return float(((known >= self.least) & (known <= self.most)).mean())
            case _:
                low, _, high = np.percentile(known, RANGE)
                return float(low <= self.low and high >= self.high)

    def holds(self, found: Float[Array, " worlds"]) -> bool:
        """Whether the games show it."""
        number = self.shown(found)
        return number == 1.0 if self.what == "covers" else bool(self.low <= number <= self.high)

    def told(self) -> str:
        """The condition in words."""
        low, high = (f"{one:,.0f}" if one >= 1000 else f"{one:.6g}" for one in (self.low, self.high))
        bounds = f"{low} to {high}"
        if np.isinf(self.low):
            bounds = f"at most {high}"
        elif np.isinf(self.high):
            bounds = f"at least {low}"
        match self.what:
            case "covers":
                return f"90 % range holds {low} and {high}"
            case "factor":
                return f"90 % range over a factor of {low}"
            case "share":
                inside = f"{self.least:g} to {self.most:g}"
                if np.isinf(self.most):
                    inside = f"{self.least:g} or more"
                elif np.isinf(self.least):
                    inside = f"{self.most:g} or less"
                return f"share of worlds with {inside}: {bounds}"
            case _:
                return f"{self.what} {bounds}"


@dataclass(frozen=True)
class Observation:
    """What fitting is told of a statistic: a range that holds the truth with nine chances in ten."""

    of: str
    low: float
    high: float
    is_log: bool

    def squares(self, found: Float[Array, " worlds"]) -> Float[Array, " worlds"]:
        """Squared distance of each game from the middle, in standard deviations of the observation."""
        low, high = self.low, self.high
        if self.is_log:
            low, high = np.log(low), np.log(high)
            nothing = np.where(np.isnan(found), np.nan, -np.inf)
            found = np.where(found > 0, np.log(np.where(found > 0, found, 1.0)), nothing)
        far = (found - (low + high) / 2) / ((high - low) / 2 / 1.645)
        return np.where(np.isfinite(far), np.minimum(np.square(far), 100.0), np.where(np.isnan(found), np.nan, 100.0))


@dataclass(frozen=True)
class Pattern:
    """One thing that is known, and how the model is held against it."""

    id: str
    title: str
    unit: str
    source: str
    conditions: tuple[Condition, ...]
    observations: tuple[Observation, ...] = ()
    is_held_out: bool = False
    """Whether fitting was not told of it."""
    fails: str = ""
    """Why it is known not to hold; "" where it is declared to hold."""


@dataclass(frozen=True)
class Verdict:
    """How a condition of a pattern came out."""

    pattern: Pattern
    condition: Condition
    low: float
    median: float
    high: float
    shown: float
    holds: bool


def statistic(name: str) -> Callable[[Arms], Float[Array, " worlds"]]:
    """A statistic by its name; `lead_at(Q4 2024)` names one that is made for a quarter."""
    plain, _, given = name.partition("(")
    named: Mapping[str, Any] = statistics.MADE if given else statistics.PLAIN
    if plain not in named:
        raise PatternError(f"there is no statistic '{plain}'; see play/evidence/statistics")
    words = [word.strip() for word in given.rstrip(")").split(",")] if given else []
    made: Callable[[Arms], Array] = named[plain](*words) if given else named[plain]
    return made


@cache
def patterns(path: Path = FILE) -> tuple[Pattern, ...]:
    """Every pattern in the order of the file; raises PatternError."""
    try:
        found = tuple(pattern_of(node) for node in tomllib.loads(path.read_text("utf-8"))["pattern"])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PatternError(f"{path.name}: cannot be read ({error}); mend it there") from None
    except (KeyError, TypeError, PatternError) as error:
        raise PatternError(f"{path.name}: {error.args[0]}") from None
    ids = [pattern.id for pattern in found]
    for one in ids:
        if ids.count(one) > 1:
            raise PatternError(f"{path.name}: pattern {one} stands twice; give one another id")
    return found


def pattern_of(node: Mapping[str, Any]) -> Pattern:
    """A pattern from its table; raises PatternError."""
    name = node.get("id", "without an id")
    for key in ("id", "title", "unit", "source", "holds"):
        if not node.get(key):
            raise PatternError(f"pattern {name}: has no {key}; add it")
    known(name, "key", node, KEYS)
    conditions = tuple(condition_of(name, one) for one in node["holds"])
    fit = tuple(observation_of(name, one) for one in node.get("fit", []))
    held, fails = node.get("held_out", False), node.get("fails", "")
    if held and fit:
        raise PatternError(f"pattern {name} is held out and yet fitted; take one out")
    return Pattern(name, node["title"], node["unit"], node["source"], conditions, fit, held, fails)


def condition_of(name: str, node: Mapping[str, Any]) -> Condition:
    """A condition from its table; raises PatternError."""
    known(name, "key", node, ("of", "what", "low", "high", "least", "most"))
    condition = Condition(**node)
    known(name, "kind", [condition.what], KINDS)
    statistic(condition.of)
    return condition


def observation_of(name: str, node: Mapping[str, Any]) -> Observation:
    """What fitting is told, from its table; raises PatternError."""
    known(name, "key", node, ("of", "low", "high", "log"))
    statistic(node["of"])
    low, high, is_log = float(node["low"]), float(node["high"]), node.get("log", False)
    if low >= high or (is_log and low <= 0):
        raise PatternError(
            f"pattern {name}: is fitted to {low:g} to {high:g}; write a range, above 0 where it is a log"
        )
    return Observation(node["of"], low, high, is_log)


def known(name: str, what: str, words: Iterable[str], right: Sequence[str]) -> None:
    """Refuse a word that there is not; raises PatternError."""
    for word in words:
        if word not in right:
            raise PatternError(f"pattern {name}: '{word}' is no {what}; write one of {', '.join(right)}")


def judged(pattern: Pattern, arms: Arms) -> list[Verdict]:
    """How every condition of a pattern comes out in the games of its arms."""
    found = []
    for condition in pattern.conditions:
        values = statistic(condition.of)(arms)
        known = values[np.isfinite(values)]
        low, middle, high = np.percentile(known, RANGE) if known.size else (np.nan,) * 3
        shown = condition.shown(values)
        found.append(
            Verdict(pattern, condition, float(low), float(middle), float(high), shown, condition.holds(values))
        )
    return found


def holding(verdicts: Sequence[Verdict]) -> dict[str, bool]:
    """Whether each pattern holds: all of its conditions do."""
    found: dict[str, bool] = {}
    for one in verdicts:
        found[one.pattern.id] = found.get(one.pattern.id, True) and one.holds
    return found
