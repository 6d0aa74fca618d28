"""Mind: what one seat imagines of a game, followed quarter by quarter instead of from the opening each time."""

from collections.abc import Iterable, Mapping

from agents.imagine import SPARE, Imagined, first_cloud, followed, likely
from world.cast import Cast
from world.scenario import Scenario
from world.state import World
from world.view import View, view

WORLDS = 256


class Mind:
    """The cloud of worlds that a seat may think it is in; it holds views and what follows from them, nothing else."""

    def __init__(
        self,
        scenario: Scenario,
        seat: str | int,
        settings: Mapping[str, str | float] | None = None,
        worlds: int = WORLDS,
    ) -> None:
        self.scenario = scenario
        self.seat = scenario.cast.at("seats", seat) if isinstance(seat, str) else seat
        self.settings = settings
        self.worlds = worlds
        self._cloud: Imagined | None = None
        self._last: View | None = None
        self._found: dict[int, Imagined] = {}

    @property
    def last(self) -> View:
        """The last view; raises LookupError before the first."""
        if self._last is None:
            raise LookupError("mind: it has seen nothing yet; show it the opening first")
        return self._last

    @property
    def turn(self) -> int:
        """The turn of the last view; -1 before the first."""
        return -1 if self._last is None else int(self._last.public("turn")[0])

    def see(self, seen: View) -> None:
        """Follow the seat through another quarter; views of quarters already seen change nothing.

        Raises LookupError for a view of another seat.
        """
        if seen.seats != (self.seat,):
            raise LookupError(f"mind: it is of seat {self.seat}, not of {seen.seats}")
        if int(seen.public("turn")[0]) <= self.turn:
            return
        if self._cloud is None:
            self._cloud = first_cloud(self.scenario, seen, self.worlds * SPARE, self.settings)
        else:
            self._cloud = followed(self._cloud, seen)
        self._last, self._found = seen, {}

    def remember(self, quarters: Iterable[World]) -> "Mind":
        """Look, from the seat, at the quarters of a game's record, the opening first."""
        for quarter in quarters:
            if int(quarter.turn[0]) > self.turn:
                self.see(view(quarter, self.seat))
        return self

    def imagined(self, worlds: int = WORLDS) -> Imagined:
        """Worlds that agree with what was seen; raises LookupError before the first view."""
        if self._cloud is None or self._last is None:
            raise LookupError("mind: it has seen nothing yet; show it the opening first")
        if worlds not in self._found:
            self._found[worlds] = likely(self._cloud, self._last, worlds)
        return self._found[worlds]


def mind_of(
    scenario: Scenario, cast: Cast, seat: str, settings: Mapping[str, str | float] | None = None, worlds: int = WORLDS
) -> Mind | None:
    """The mind of a seat in a game with that cast; none where the scenario has other actors or things today."""
    return Mind(scenario, seat, settings, worlds) if scenario.cast.names == cast.names else None
