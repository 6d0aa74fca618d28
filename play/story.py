"""Story: what a game is called and when it plays, apart from who is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from world.scenario import RULES_VERSION, Scenario

Array = np.ndarray

QUARTERS = 4


@dataclass(frozen=True, kw_only=True)
class Story:
    """The words of a scenario, which a saved game keeps when the file has long changed."""

    name: str
    title: str
    start: date
    titles: Mapping[str, str] = field(default_factory=dict)
    """What actors and things are called on screens, by name."""
    abouts: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str | float] = field(default_factory=dict)
    """What was set for this run, over what the scenario says."""
    rules_version: int = RULES_VERSION

    def called(self, name: str) -> str:
        """What an actor or thing is called on screens."""
        return self.titles.get(name, name)

    @property
    def _first(self) -> int:
        return self.start.year * QUARTERS + (self.start.month - 1) // 3

    def year(self, turn: int) -> int:
        """The calendar year of a turn; turn 0 is the opening day, turn 1 the quarter after it."""
        return (self._first + turn) // QUARTERS

    def years(self, turns: Array) -> Array:
        """The calendar year of each of many turns."""
        return (self._first + turns.astype(np.int64)) // QUARTERS

    def quarter(self, turn: int) -> str:
        """The quarter of a turn, as in `Q1 2026`."""
        return f"Q{(self._first + turn) % QUARTERS + 1} {self.year(turn)}"

    def turn_of(self, day: date) -> int:
        """The turn in which a day lies (0 and below: before the first)."""
        return day.year * QUARTERS + (day.month - 1) // 3 - self._first

    def full_years(self, first: int, last: int) -> tuple[int, ...]:
        """The calendar years that the turns from `first` to `last` play from beginning to end."""
        played = [self.year(turn) for turn in range(first, last + 1)]
        return tuple(year for year in dict.fromkeys(played) if played.count(year) == QUARTERS)


def story_of(scenario: Scenario, settings: Mapping[str, str | float] | None = None) -> Story:
    """What a scenario says in words."""
    return Story(
        name=scenario.name,
        title=scenario.title,
        start=scenario.start,
        titles=dict(scenario.titles),
        abouts=dict(scenario.abouts),
        texts=dict(scenario.texts),
        settings=dict(settings or {}),
    )
