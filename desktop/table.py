"""Table: the game that the screens of a window share - who sits there, what is being worked out, what was autosaved.

Turns, previews and projections are worked out beside the drawing loop, one after the other; a screen asks for an
answer each frame and draws that it waits until there is one. Screens get views, snapshots and imagined worlds of the
seat that is looked from, and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agents.human import NAME as HUMAN
from play.forecasts import Forecast
from play.model import Chokepoint
from play.preview import Preview
from play.save import SaveError
from play.sitting import Sitting
from play.snapshot import snapshot
from play.verdict import Verdict, verdict
from world.orders import OrderRefused
from world.scenario import Scenario
from world.state import World
from world.view import View, view

FUTURES = 128
"""Imagined worlds that are played to their end for the projected score."""


@dataclass
class Answer:
    """Something that is being worked out, or has been."""

    key: Any
    work: "Future[Any]"

    @property
    def is_there(self) -> bool:
        """Whether it is worked out."""
        return self.work.done()

    @property
    def value(self) -> Any:
        """What came out; raises what went wrong."""
        return self.work.result()


@dataclass
class Table:
    """One game in one window. `people` are the seats that persons hold, in the order in which they take turns."""

    model: Chokepoint
    people: tuple[str, ...]
    scenario: Scenario | None = None
    autosave: Path | None = None
    """Where the game is kept after every quarter; None keeps nothing."""
    watched: str = ""
    """The seat that is looked from where nobody plays."""
    at: int = 0
    """Whose turn it is, by place among the people."""
    forecasts: tuple[Forecast, ...] | None = None
    """The forecasts of all seats, once they were read from beside the autosave."""
    said: list[str | OrderRefused] = field(default_factory=list)
    """Sentences, and orders that were refused, that are to be said at the foot of the window."""

    pace: float = 0.0
    """Seconds of each quarter that plays by itself while nobody has a seat; 0 stands still."""

    def __post_init__(self) -> None:
        self.handed: dict[str, list[dict[int, int]]] = {}
        self.passed = 0.0
        self.refusals = 0
        self.resolving: Answer | None = None
        self.sittings = {seat: Sitting(self.model, seat, self.scenario) for seat in self.people or (self.watched,)}
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="table")
        self.answers: dict[str, Answer] = {}
        self.snapshots: dict[tuple[str, int], Mapping[str, Any]] = {}
        self.shown = dict.fromkeys(self.sittings, self.turn)
        self.views: dict[str, Any] = {}
        """What screens keep from one opening to the next, by a name of their own."""

    # Who looks

    @property
    def seat(self) -> str:
        """The seat that is looked from now."""
        return self.people[self.at] if self.people else self.watched

    @property
    def sitting(self) -> Sitting:
        """The person's seat, draft and questions."""
        return self.sittings[self.seat]

    @property
    def is_watching(self) -> bool:
        """Whether nobody plays, so that there is nothing to order."""
        return not self.people

    @property
    def turn(self) -> int:
        """Quarters played."""
        return int(self.model.world.turn[0])

    @property
    def is_over(self) -> bool:
        """Whether the game has ended."""
        return not self.model.running

    def view(self, turn: int | None = None) -> View:
        """What the seat saw after a turn, or sees now."""
        return view(self.state(turn), self.seat)

    def state(self, turn: int | None) -> World:
        """The state after a turn, for views alone."""
        return self.model.record.quarters[self.turn if turn is None else turn]

    def seen(self, turn: int | None = None) -> Mapping[str, Any]:
        """The same in plain names, numbers and units."""
        turn = self.turn if turn is None else turn
        key = (self.seat, turn)
        if key not in self.snapshots:
            self.snapshots[key] = snapshot(self.view(turn), self.model.story, is_ranked=self.model.is_ranked)
        return self.snapshots[key]

    # The draft

    @property
    def draft_key(self) -> tuple[Any, ...]:
        """What tells one draft from another."""
        return (self.seat, self.turn, tuple(sorted(self.sitting.settings.items())))

    def set(self, settings: Mapping[int, int]) -> bool:
        """Set dials of the draft; a refusal is said, and nothing changes."""
        try:
            self.sitting.adjust(dict(settings))
        except OrderRefused as refusal:
            self.said.append(refusal)
            self.refusals += 1
            return False
        return True

    def withdraw(self, entry: int) -> None:
        """Take one order out of the draft; the others stay, in their order."""
        sitting = self.sitting
        sitting.draft = [settings for settings in sitting.draft if sitting.entry(settings) != entry]

    # What is worked out beside the drawing

    def asked(self, name: str, key: Any, work: Callable[[], Any]) -> Answer:
        """The answer to a question of that name, begun anew where its key is another."""
        found = self.answers.get(name)
        if found is None or found.key != key:
            if found is not None:
                found.work.cancel()
            found = self.answers[name] = Answer(key, self.worker.submit(work))
        return found

    def preview(self, names: Sequence[str] = (), with_causes: bool = True) -> Answer:
        """What the draft would do: a `play.preview.Preview`."""
        sitting, key = self.sitting, (*self.draft_key, tuple(names), with_causes)

        def work() -> Preview:
            return sitting.preview(names, with_causes)

        return self.asked("preview", key, work)

    def why(self, name: str, opened: Sequence[str] = ()) -> Answer:
        """What the last quarter's change of a quantity came from: a `play.why.Why` and its past."""
        sitting = self.sitting
        return self.asked("why", (self.seat, self.turn, name, tuple(opened)), lambda: sitting.why(name, opened))

    def verdict(self) -> Answer:
        """How the game will likely end for the seat: a `play.verdict.Verdict`."""
        sitting = self.sitting

        def work() -> Verdict:
            return verdict(sitting.mind.imagined(FUTURES), sitting.outlook.par)

        return self.asked("verdict", (self.seat, self.turn), work)

    # The quarter's end

    def hand_in(self) -> bool:
        """Hand in the person's draft; True where everybody has, and the quarter can pass."""
        if self.people:
            self.handed[self.seat] = list(self.sitting.draft)
            self.sitting.hand_in()
        self.at = self.at + 1 if self.at + 1 < len(self.people) else 0
        return self.at == 0

    def resolve(self) -> Answer:
        """Let the quarter pass, and keep the game; one answer for each quarter."""

        def work() -> int:
            self.model.step()
            self.handed.clear()
            self.keep()
            return self.turn

        return self.asked("resolve", ("after", self.turn), work)

    def keep(self) -> None:
        """Autosave; says so where it cannot."""
        if self.autosave is None:
            return
        try:
            self.sitting.save(self.autosave)
        except SaveError as error:
            self.said.append(f"{error}.")

    def finish(self) -> Answer:
        """Let programs play to the end."""

        def work() -> int:
            for seat in self.people:
                self.sittings[seat].reset()
            self.model.seat(dict.fromkeys(self.model.actors, "standard") | self.programs())
            while self.model.running:
                self.model.step()
            self.keep()
            return self.turn

        return self.asked("finish", "finish", work)

    def programs(self) -> dict[str, str]:
        """The doctrines that hold the other seats."""
        return {seat: name for seat, name in self.sitting.seating.items() if name != "human"}

    def passes(self, dt: float) -> None:
        """Lets time go by while nobody has a seat: a quarter is played every `pace` seconds."""
        if self.resolving is not None:
            if not self.resolving.is_there:
                return
            self.resolving.work.result()
            self.resolving = None
        if not self.is_watching or not self.pace or self.is_over:
            return
        self.passed += dt
        if self.passed >= self.pace:
            self.passed = 0.0
            self.resolving = self.resolve()

    def scripted(self, seat: str) -> int:
        """The last turn to come in which a script gives a seat's orders (0: none)."""
        script = self.model.script
        last = 0 if script is None else script.last(self.model.cast.at("seats", seat))
        return last if last > self.turn else 0

    def look_from(self, seat: str) -> None:
        """Look from another seat while nobody plays; whoever sits down later has seen more than a seat may, so the game
        is not ranked."""
        if seat == self.watched:
            return
        self.watched = seat
        self.sittings = {seat: Sitting(self.model, seat, self.scenario)}
        self.model.is_ranked = False

    def take_over(self, seat: str) -> None:
        """Sit down on another seat, or on one while nobody plays; a program goes on where the person sat.

        Raises OrderRefused where orders wait, somebody sits there, or a script gives the seat's orders.
        """
        if self.people and self.sitting.draft:
            raise OrderRefused("there are orders in your draft; end the quarter or throw them away (R) first")
        if seat in self.people:
            raise OrderRefused("somebody sits there already; choose another seat")
        self.model.check_free(seat)
        held = {name: who for name, who in self.sitting.seating.items() if name != self.seat or self.is_watching}
        self.people = tuple(seat if one == self.seat else one for one in self.people) or (seat,)
        self.model.seat({**held, **dict.fromkeys(self.people, HUMAN)})
        self.sittings[seat] = Sitting(self.model, seat, self.scenario)
        self.pace = 0.0

    @property
    def drafts(self) -> dict[str, list[dict[int, int]]]:
        """The orders of this quarter by seat, handed in or drafted, which no save holds."""
        drafted = {seat: list(sitting.draft) for seat, sitting in self.sittings.items() if sitting.draft}
        return {**self.handed, **drafted}

    def close(self) -> None:
        """Leave the table: a quarter that is passing passes and is kept, anything else that is worked out is let go."""
        for name in ("resolve", "finish"):
            if name in self.answers:
                self.answers[name].work.exception()
        self.worker.shutdown(wait=False, cancel_futures=True)
