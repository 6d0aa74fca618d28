"""Sources: where the opening numbers of a game come from, the facts they cite, and what was drawn for this game."""

from collections.abc import Iterator
from dataclasses import dataclass

from play.drawn import drawn_in
from play.replay import difference, reopened
from play.save import Saved
from world.facts import Fact, facts
from world.rules import coefficients
from world.scenario import Scenario, ScenarioError, read
from world.scenario_numbers import Filling, Quantity
from world.state import columns


@dataclass(frozen=True)
class Drew:
    """A number that was drawn for this game within a range."""

    label: str
    text: str
    unit: str
    low: float
    high: float
    value: float
    source: str
    fact: str

    @property
    def share(self) -> float:
        """Where in its range it fell: 0 at the low end, 1 at the high one."""
        return (self.value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Opened:
    """A number that a scenario gives, and where it comes from."""

    label: str
    value: float
    unit: str
    source: str
    fact: str


@dataclass(frozen=True)
class Sources:
    """Everything that can be said of where the numbers come from."""

    facts: tuple[Fact, ...] = ()
    drawn: tuple[Drew, ...] = ()
    given: tuple[Opened, ...] = ()
    caveat: str = ""
    """What is wrong with the sources of this game; empty: nothing."""


def sources_of(game: Saved) -> Sources:
    """The sources of a game's numbers, from its scenario as the file is today."""
    name = game.story.name
    try:
        scenario = read(name).changed(game.story.settings) if game.story.settings else read(name)
        changed = difference(game.opening, reopened(game, scenario if not game.story.settings else None))
    except ScenarioError as error:
        first = str(error).splitlines()[0]
        return Sources(
            caveat=f"The scenario {name} could not be compared with the game, so its sources are left out: {first}."
        )
    caveat = (
        f"The scenario {name} has changed since the game was saved; sources are today's ({changed})." if changed else ""
    )
    cited = tuple(facts()[one] for one in scenario.facts if one in facts())
    return Sources(cited, tuple(_drawn(game, scenario)), tuple(_given(scenario)), caveat)


def _drawn(game: Saved, scenario: Scenario) -> Iterator[Drew]:
    ranges = {label: quantity for label, quantity, _ in _cells(scenario)}
    for one in drawn_in(scenario):
        about = ranges[one.label]
        value = float(one.values(game.opening, game.rules)[0])
        low, high = about.low or 0.0, about.high or 0.0
        yield Drew(one.label, one.doc, one.unit, low, high, value, about.source, about.fact)


def _given(scenario: Scenario) -> Iterator[Opened]:
    for label, quantity, unit in _cells(scenario):
        if quantity.low is None:
            yield Opened(label, quantity.value, unit, quantity.source, quantity.fact)


def _cells(scenario: Scenario) -> Iterator[tuple[str, Quantity, str]]:
    """Every number of a scenario by its name, with its unit."""
    begins = scenario.begins
    for name, filling in begins.coefficients.items():
        yield from _of(filling, coefficients()[name].metadata["unit"])
    for name, filling in begins.quantities.items():
        yield from _of(filling, columns()[name].metadata["unit"])


def _of(filling: Filling, unit: str) -> Iterator[tuple[str, Quantity, str]]:
    for place, quantity in filling.cells.items():
        yield filling.named(place), quantity, unit
