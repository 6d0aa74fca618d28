"""Scenarios: files that say how games open, read and checked, and worlds opened from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt64

from world.cast import Cast
from world.chance import Chance
from world.opening import settled
from world.prior import BY_ITSELF, Places
from world.rules import Rules, take_rules
from world.scenario_cast import cast_of
from world.scenario_schema import HEAD, schema
from world.scenario_settings import Setting, changed
from world.scenario_shape import check_shape
from world.scenario_start import Start, filled_worlds, start_of
from world.scenario_text import ITEMS, SCENARIOS, Draft, ScenarioError, read_draft, remedy
from world.state import World, take
from world.varied import NOTHING, Varied

__all__ = ["RULES_VERSION", "Scenario", "ScenarioError", "names", "opened", "read", "schema"]

Array = np.ndarray

RULES_VERSION = 1
"""The version of the rules that files are written for; it rises when a number changes meaning."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Scenario:
    """How games open: what a file says, checked, by names and in declared units."""

    name: str
    title: str
    summary: str
    start: date
    out_of_date_after: date
    titles: Mapping[str, str]
    """What actors and things are called on screens, by name."""
    abouts: Mapping[str, str]
    """A few sentences about some of them."""
    texts: Mapping[str, str]
    facts: tuple[str, ...]
    """The facts that its numbers cite, in order."""
    begins: Start

    @property
    def cast(self) -> Cast:
        """Who and what there is."""
        return self.begins.cast

    @property
    def length(self) -> int:
        """Turns until the game ends."""
        return self.begins.length

    def changed(self, settings: Mapping[str, Setting]) -> "Scenario":
        """The scenario with settings such as `{"rules.diffusion": "0.2:0.4"}` put over it."""
        return replace(self, begins=changed(self.begins, settings)) if settings else self


def names(folder: Path = SCENARIOS) -> tuple[str, ...]:
    """The scenarios there are, in order of name."""
    return tuple(sorted(file.stem for file in folder.glob("*.toml")))


def found(name_or_path: str | Path) -> Path:
    """The file of a scenario, given by its name or by a path."""
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or "/" in text or "\\" in text:
        return Path(name_or_path)
    if text in names():
        return SCENARIOS / f"{text}.toml"
    known = remedy(text, names()) if names() else "there are none"
    raise ScenarioError(f"'{text}' is not the name of a scenario; {known}, or a path that ends in .toml")


def read(name_or_path: str | Path) -> Scenario:
    """The scenario of that name in assets/scenarios, or in that file.

    Raises ScenarioError with everything that is wrong, a sentence a line.
    """
    draft = read_draft(found(name_or_path))
    check_shape(draft)
    _check_head(draft)
    cast = cast_of(draft)
    begins = start_of(draft, cast)
    draft.verdict()
    tree = draft.tree
    return Scenario(
        name=Path(draft.name).stem,
        title=tree["title"],
        summary=tree["summary"],
        start=tree["start"],
        out_of_date_after=tree["out_of_date_after"],
        titles=_said(draft, "title"),
        abouts=_said(draft, "about"),
        texts=tree.get("texts") or {},
        facts=tuple(dict.fromkeys(_cited(tree))),
        begins=begins,
    )


def _check_head(draft: Draft) -> None:
    for key, (_, doc) in HEAD.items():
        if key not in draft.tree and not draft.tried((key,)):
            draft.wrong((), f"{key} is missing ({doc}); add {key} = … before the first table")
    version = draft.tree.get("rules_version", RULES_VERSION)
    if version != RULES_VERSION:
        draft.about(("rules_version",))(
            f"is {version}, but these are the rules of version {RULES_VERSION}; see what changed "
            f"in CHANGELOG.md, then write rules_version = {RULES_VERSION}"
        )


def _said(draft: Draft, key: str) -> dict[str, str]:
    return {name: item[key] for table in ITEMS for name, item in draft.items(table).items() if key in item}


def _cited(node: Any) -> Iterator[str]:
    """Every fact cited in a tree."""
    if isinstance(node, Mapping):
        if isinstance(node.get("fact"), str):
            yield node["fact"]
        for inner in node.values():
            yield from _cited(inner)


def opened(
    scenario: Scenario,
    seeds: UInt64[Array, " worlds"],
    settings: Mapping[str, Setting] | None = None,
    places: Places = BY_ITSELF,
    varied: Varied = NOTHING,
) -> tuple[World, Rules]:
    """A world for each seed, and its coefficients, with settings such as `{"open.premium": 0.3}`.

    What a game draws depends on its seed alone, except what `places` puts somewhere in its range; numbers that are
    `varied` stand over all of it.
    Raises ScenarioError for settings without meaning.
    """
    start = scenario.changed(settings or {}).begins
    # One world is opened as two equal ones, so that numpy adds in the same order as in a crowd.
    times = 2 if seeds.size == 1 else 1
    several = np.repeat(seeds, times)
    held = {label: np.broadcast_to(place, seeds.shape).repeat(times) for label, place in places.items()}
    chance = Chance(several, np.zeros(several.size, dtype=np.int16))
    world, rules = filled_worlds(start, chance, held, varied.several(times))
    world = settled(world, rules)
    if seeds.size == several.size:
        return world, rules
    first = np.zeros(1, dtype=np.intp)
    return take(world, first), take_rules(rules, first)
