"""Sitting: one person at one seat of one game, whatever the screen: a draft, what would become of it, and the quarter's end.

Nothing is given away: what the person is told comes from views of the seat, and from worlds that it imagines.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from agents.human import NAME as HUMAN
from play.asking import CannotAsk, imagined_why, previewed
from play.dials import book_of, orders_of
from play.forecasts import Forecast, Outcome, kept, mark_of, place_of, read, scored, write
from play.foretelling import Moment, read_forecast
from play.keep import saved
from play.mind import Mind
from play.model import Chokepoint
from play.outlook import Outlook
from play.past import Past
from play.preview import QUARTERS, Preview
from play.save import write_save
from play.snapshot import snapshot
from play.why import Why
from world.orders import MOVES, OrderKind, OrderRefused
from world.scenario import Scenario
from world.scenario_text import remedy

Settings = dict[int, int]
"""Dials and the steps that they are set to."""


class DraftRefused(OrderRefused):
    """An order that a draft cannot take: which was asked for, which would fall (itself or another), and the number of why."""

    def __init__(self, said: str, asked: int, fallen: int, code: int) -> None:
        super().__init__(said)
        self.asked, self.fallen, self.code = asked, fallen, code


class Sitting:
    """A seat at the table of a model of one game, with the orders that are drafted for the coming quarter."""

    def __init__(self, model: Chokepoint, seat: str, scenario: Scenario | None = None) -> None:
        self.model = model
        self.seat = seat
        self.outlook = Outlook(model, scenario)
        self.book = book_of(model.cast)
        self.draft: list[Settings] = []
        """The orders of the draft, in the order in which they were given."""
        self.programs: dict[str, str] = {}
        """Who held the seats before the person sat there."""
        self.forecasts: tuple[Forecast, ...] = ()
        """What was forecast at this table, by any seat."""

    @property
    def seen(self) -> Mapping[str, Any]:
        """What the seat sees now."""
        return snapshot(self.model.view(self.seat), self.model.story, is_ranked=self.model.is_ranked)

    @property
    def kinds(self) -> list[OrderKind]:
        """The kinds of order that the seat may give."""
        view = self.model.view(self.seat)
        return [view.layout.places[kind].kind for kind in view.kinds()]

    @property
    def quarters_left(self) -> int:
        """How many quarters are still to be played."""
        return int(self.model.world.length[0] - self.model.world.turn[0])

    @property
    def settings(self) -> Settings:
        """The dials that the draft sets; later orders count."""
        return settings_of(self.draft)

    @property
    def moves_left(self) -> int:
        """How many more dials may be moved this quarter."""
        return MOVES - len(self.trial(self.draft))

    def trial(self, draft: Sequence[Settings]) -> dict[int, int]:
        """What would become of a draft, entry by entry: 0, or the number of the refusal."""
        return self.model.trial(self.seat, settings_of(draft))

    def order(self, settings: Settings) -> bool:
        """Add an order to the draft; False where it stands so already.

        Raises DraftRefused, and changes nothing, where it or another order of the draft would then fall.
        """
        before, trial = self.trial(self.draft), self.trial([*self.draft, settings])
        entry = self.entry(settings)
        if entry not in trial and entry not in before:
            return False
        for fallen, code in trial.items():
            if code and not before.get(fallen):
                other = "" if fallen == entry else f" ({self.name(fallen)} would fall)"
                kind = self.book.dials[next(iter(settings))].kind.name
                said = f"{kind}: {self.book.refusal(fallen, code)}{other}"
                raise DraftRefused(said, entry, fallen, code)
        self.draft.append(settings)
        return True

    def adjust(self, settings: Settings) -> bool:
        """Order, as a control that is dragged does: further settings of the last order's entry take its place.

        False where everything it sets then stands as before the quarter. Raises DraftRefused, and changes nothing.
        """
        kept = list(self.draft)
        if kept and self.entry(kept[-1]) == self.entry(settings):
            settings = {**kept[-1], **settings}
            self.draft = kept[:-1]
        try:
            return self.order(settings)
        except OrderRefused:
            self.draft = kept
            raise

    def reset(self) -> None:
        """Throw the draft away."""
        self.draft = []

    def undo(self) -> int:
        """Take the last order back; gives its entry. Raises OrderRefused where there is none."""
        if not self.draft:
            raise OrderRefused("there is no order to take back")
        return self.entry(self.draft.pop())

    def entry(self, settings: Settings) -> int:
        """The entry that an order moves."""
        return int(self.book.layout.entry_of_dial[next(iter(settings))])

    def name(self, entry: int) -> str:
        """An order in words, without the seat and its amounts."""
        return self.book.name(entry).removeprefix(f"{self.seat}: ")

    @property
    def mind(self) -> Mind:
        """What the seat can imagine, brought up to the present quarter; raises CannotAsk."""
        mind = self.outlook.mind(self.seat)
        if mind is None:
            raise CannotAsk("imagining needs the game's scenario as it was; start from its file to look ahead")
        return mind

    def preview(self, names: Sequence[str] = (), with_causes: bool = True) -> Preview:
        """What the draft would change, in worlds that the seat imagines."""
        return previewed(self.mind, self.settings, tuple(names), min(QUARTERS, self.quarters_left), with_causes)

    def why(self, name: str, opened: Sequence[str] = ()) -> tuple[Why, Past]:
        """What a change in the last quarter came from, as far as the seat can know."""
        seats = self.model.cast.names["seats"]
        for seat in opened:
            if seat not in seats:
                raise CannotAsk(f"why: '{seat}' is no seat; {remedy(seat, seats)}")
        return imagined_why(self.mind, name, opened)

    def hand_in(self) -> None:
        """Hand in the draft; it is carried out when the quarter passes."""
        self.model.human(self.seat).put(orders_of(self.model.view(self.seat), self.settings))
        self.draft = []

    def end(self) -> None:
        """Hand in the draft and let the quarter pass."""
        self.hand_in()
        self.model.step()

    def finish(self) -> None:
        """Hand the seat to a standard player until the end; raises OrderRefused while orders wait."""
        if self.draft:
            raise OrderRefused("finish: you have orders that wait; write end or undo first")
        self.model.seat({**self.seating, self.seat: "standard"})
        while self.model.running:
            self.model.step()

    def change(self, seat: str) -> None:
        """Sit on another seat from now on, and let a program hold this one; raises OrderRefused."""
        seats = self.model.cast.names["seats"]
        if seat not in seats:
            raise OrderRefused(f"there is no seat '{seat}'; {remedy(seat, seats)}")
        if self.draft:
            raise OrderRefused(f"seat {seat}: {self.seat} has orders that wait; write end or undo first")
        if seat == self.seat:
            return
        self.model.check_free(seat)
        held = dict(self.seating)
        self.programs[seat] = held[seat]
        self.model.seat({**held, self.seat: self.programs.get(self.seat, "standard"), seat: HUMAN})
        self.seat = seat

    @property
    def seating(self) -> Mapping[str, str]:
        """Who sits where now."""
        seating = self.model.seating()
        assert isinstance(seating, dict)  # one game has one seating
        return seating

    def foresee(self, words: Sequence[str]) -> Forecast:
        """Register the seat's forecast in some words; raises ForecastError or OrderRefused."""
        world = self.model.world
        now = Moment(self.seat, int(world.turn[0]), int(world.length[0]), self.model.story)
        one = read_forecast(words, self.model.cast.questions, now)
        self.forecasts = kept(self.forecasts, one)
        return one

    @property
    def own_forecasts(self) -> tuple[Forecast, ...]:
        """The forecasts of the seat."""
        return tuple(one for one in self.forecasts if one.seat == self.seat)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """How good the seat's forecasts were; none while the game goes on, for the truth is hidden."""
        states = dict(enumerate(self.model.record.quarters))
        return () if self.model.running else scored(self.own_forecasts, states)

    def save(self, path: Path) -> None:
        """Put the game into a file, without the draft, and forecasts beside it; raises SaveError where that cannot be."""
        write_save(path, saved(self.model))
        if self.forecasts:
            write(place_of(path), mark_of(self.model), self.forecasts)

    def take_forecasts(self, path: Path) -> None:
        """Take up the forecasts that lie beside a save; raises SaveError where they cannot be read."""
        self.forecasts = read(place_of(path), mark_of(self.model), self.model.cast.questions)


def settings_of(draft: Sequence[Settings]) -> Settings:
    """The dials that some orders set; later orders count."""
    return {dial: step for settings in draft for dial, step in settings.items()}
