"""Outlook: what a sitting is told of the game's end, a line each quarter, and the score when it is over."""

from functools import cached_property

from play.mind import Mind, mind_of
from play.model import Chokepoint
from play.par import Par, ParError
from play.record import EVERYTHING
from play.score import ending, known_par
from play.usual import usual_games
from play.verdict import told, verdict
from world.scenario import Scenario, ScenarioError, read
from world.state import World

WORLDS = 128
"""Imagined worlds that are played to their end each quarter."""


class Outlook:
    """Follows what each seat that somebody sits on imagines of one game."""

    def __init__(self, model: Chokepoint, scenario: Scenario | None = None) -> None:
        self.model = model
        self.scenario = _scenario_of(model) if scenario is None else scenario
        self.minds: dict[str, Mind | None] = {}

    @cached_property
    def par(self) -> Par | None:
        """The par of the scenario; none where it has none that fits."""
        try:
            return None if self.scenario is None else known_par(self.scenario, self.model.story.settings)
        except (ParError, ScenarioError):
            return None

    @cached_property
    def usual(self) -> tuple[World, ...]:
        """Par games as they stand after each quarter; none where the scenario is not known, or has other actors today."""
        scenario = self.scenario
        if scenario is None or scenario.cast.names != self.model.cast.names:
            return ()
        try:
            return usual_games(scenario, self.model.story.settings)
        except ScenarioError:
            return ()

    def mind(self, seat: str) -> Mind | None:
        """What a seat imagines now; none where the scenario or the past of the game is not known."""
        if self.scenario is None or not set(EVERYTHING) <= set(self.model.record.names):
            return None
        if seat not in self.minds:
            self.minds[seat] = mind_of(self.scenario, self.model.cast, seat, self.model.story.settings)
        mind = self.minds[seat]
        return None if mind is None else mind.remember(self.model.record.quarters)

    def lines(self, seat: str) -> list[str]:
        """How the game will likely end for a seat, in a line; once it is over, the score."""
        if not self.model.running:
            return ending(self.model, seat)
        mind = self.mind(seat)
        return [] if mind is None else [told(verdict(mind.imagined(WORLDS), self.par))]


def _scenario_of(model: Chokepoint) -> Scenario | None:
    try:
        return read(model.story.name)
    except ScenarioError:
        return None
