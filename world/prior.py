"""Prior: what nobody outside knows, drawn together for each game, as a density that was fitted to what is known.

Each quantity that a scenario draws has a place between its low (0) and its high (1). The logits of the places are
`centre + spread z` with standard normal z, `spread` being lower triangular, so that a game in which the fab yields
more may be one in which it starts fewer wafers. A density has no list of worlds behind it among which a player could
look for the true one.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Float

from world.chance import Chance
from world.scenario_text import ScenarioError, remedy

Array = np.ndarray
Places = Mapping[str, Float[Array, " worlds"]]
"""Where in their ranges quantities lie in each game, from 0 to 1, by label."""

BY_ITSELF: Places = MappingProxyType({})
"""Every quantity drawn for itself."""
PRIORS = Path(__file__).resolve().parents[1] / "assets" / "priors"
FURTHEST = 12.0
"""Logits beyond which a place is an end of its range."""


@dataclass(frozen=True)
class Range:
    """The range over which a quantity was fitted, and how a place in it becomes a number."""

    low: float
    high: float
    spread: str


@dataclass(frozen=True, eq=False)
class Prior:
    """A joint density over places in ranges: normal in their logits."""

    name: str
    labels: tuple[str, ...]
    ranges: tuple[Range, ...]
    centre: Float[Array, " labels"]
    spread: Float[Array, "labels labels"]
    kept: frozenset[str]
    """The labels that are drawn from it; others were set otherwise since."""

    def places(self, chance: Chance) -> Places:
        """Where each quantity lies in each game. A game's places follow from its seed alone."""
        luck = np.concatenate([chance.normal(f"prior.{label}") for label in self.labels])
        logits = np.repeat(self.centre[:, None], luck.shape[1], axis=1)
        # One after the other, so that a game alone adds up as in a crowd.
        for at, one in enumerate(luck):
            logits[at:] += self.spread[at:, at, None] * one
        return {label: place_of(logits[at]) for at, label in enumerate(self.labels) if label in self.kept}

    def only(self, labels: frozenset[str]) -> "Prior":
        """The same density with only some quantities drawn from it."""
        return Prior(self.name, self.labels, self.ranges, self.centre, self.spread, self.kept & labels)

    def fitting(self, ranges: Mapping[str, Range | None]) -> "Prior":
        """Without the quantities that have another range than the one it was fitted over, or none."""
        fit = {label for label, one in zip(self.labels, self.ranges, strict=True) if ranges.get(label) == one}
        return self.only(frozenset(fit))


def place_of(logit: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """The place between 0 and 1 that has a logit."""
    return 1.0 / (1.0 + np.exp(-np.clip(logit, -FURTHEST, FURTHEST)))


def logit_of(place: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """The logit of a place between 0 and 1."""
    least = 1.0 / (1.0 + np.exp(FURTHEST))
    held = np.clip(place, least, 1.0 - least)
    return np.log(held / (1.0 - held))


def names(folder: Path = PRIORS) -> tuple[str, ...]:
    """The priors there are."""
    return tuple(sorted(file.stem for file in folder.glob("*.toml")))


@cache
def read_prior(name: str, folder: Path = PRIORS) -> Prior:
    """The prior of that name; raises ScenarioError with what is wrong in its file."""
    if name not in names(folder):
        raise ScenarioError(f"prior '{name}': there is no such file in assets/priors; {remedy(name, names(folder))}")
    path = folder / f"{name}.toml"
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
        return prior_of(name, tree)
    except (OSError, ValueError, KeyError, TypeError) as error:
        text = "write it anew with `python main.py calibrate`"
        raise ScenarioError(f"{path.name}: is no prior ({error}); {text}") from None


def prior_of(name: str, tree: Mapping[str, Any]) -> Prior:
    """A prior from what its file says; raises ValueError or KeyError."""
    drawn: Sequence[Mapping[str, Any]] = tree["drawn"]
    labels = tuple(one["label"] for one in drawn)
    ranges = tuple(Range(float(one["low"]), float(one["high"]), one["spread"]) for one in drawn)
    centre = np.array([one["centre"] for one in drawn], dtype=float)
    spread = np.zeros((len(labels), len(labels)))
    for at, one in enumerate(drawn):
        if len(one["row"]) != at + 1:
            raise ValueError(f"row of {one['label']} has {len(one['row'])} numbers, not {at + 1}")
        spread[at, : at + 1] = one["row"]
    if len(set(labels)) != len(labels):
        raise ValueError("a label stands twice")
    if not (np.isfinite(centre).all() and np.isfinite(spread).all() and (np.diag(spread) > 0).all()):
        raise ValueError("numbers are not finite, or a quantity has no width of its own")
    return Prior(name, labels, ranges, centre, spread, frozenset(labels))
