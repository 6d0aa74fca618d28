"""Model: a batch of games being played, as one Mesa model; seats round a batch of worlds."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from agents import human
from agents.actors import Actor, kind_of
from agents.human import Human
from agents.rollout import Block, Players, lay, luck_of, seated
from play.outcomes import RATIOS, declared
from play.record import KEPT, Record
from play.script import Script
from play.story import Story, story_of
from world.cast import Cast
from world.chance import Chance
from world.orders import Layout, Orders
from world.rules import Rules, take_rules
from world.scenario import Scenario, opened, read
from world.sieve import asked_for, sieve
from world.state import TWICE, World, crowd, take
from world.turn import advance, layout_of
from world.view import Readings, View

Array = np.ndarray


class Chokepoint(mesa.Model):
    """A batch of games: one agent is one actor in all of them, one step is one quarter in each.

    `story` is a scenario, its name or its file; `seeds` one game's seed or a list of them; `players`
    says who sits where, by seat: a doctrine, or "human" for a mailbox that `human(seat)` gives.
    """

    def __init__(
        self,
        story: str | Path | Scenario = "november-2025",
        *,
        seeds: int | Iterable[int] = 1,
        players: Mapping[str, str] | Players | None = None,
        settings: Mapping[str, str | float] | None = None,
        script: Script | None = None,
        keep: Iterable[str] = KEPT,
        rng: Any = 0,
    ) -> None:
        scenario = story if isinstance(story, Scenario) else read(story)
        numbers = [int(seeds)] if isinstance(seeds, int | np.integer) else [int(s) for s in seeds]
        world, rules = opened(scenario, np.array(numbers, dtype=np.uint64), settings)
        self._begin(story_of(scenario, settings), world, rules, players, script, keep, rng)

    @classmethod
    def of(
        cls,
        story: Story,
        world: World,
        rules: Rules,
        players: Mapping[str, str] | Players | None = None,
        keep: Iterable[str] = KEPT,
        script: Script | None = None,
    ) -> "Chokepoint":
        """Games that go on from a world, such as one that was saved."""
        model = cls.__new__(cls)
        model._begin(story, world, rules, players, script, keep, 0)
        return model

    def _begin(
        self,
        story: Story,
        world: World,
        rules: Rules,
        players: Mapping[str, str] | Players | None,
        script: Script | None,
        keep: Iterable[str],
        rng: Any,
    ) -> None:
        super().__init__(rng=rng)
        self.story = story
        self.world = world
        self._twin = world, crowd(world)
        self.rules = rules
        self._turning = take_rules(rules, TWICE) if world.seed.size == 1 else rules
        self.script = script
        self.is_ranked = True
        self.record = Record(tuple(dict.fromkeys(keep)))
        self.record.open(world)
        self.running = not bool(world.is_over.all())
        self.actors: dict[str, Actor] = {}
        for number, seat in enumerate(world.cast.seats):
            self.actors[seat.name] = kind_of(seat.role)(self, seat, number)
        self.seat(players or {})

    @property
    def cast(self) -> Cast:
        """Who and what exists."""
        return self.world.cast

    @property
    def layout(self) -> Layout:
        """The table of dials."""
        return layout_of(self.cast)

    @property
    def games(self) -> int:
        """How many games are played."""
        return int(self.world.seed.size)

    def seat(self, players: Mapping[str, str] | Players) -> None:
        """Put players on seats, now or between turns; seats that are not named get `standard`."""
        people: list[str] = []
        if not isinstance(players, Players):
            people = [seat for seat, name in players.items() if name == human.NAME]
            kinds = {seat: "still" if seat in people else name for seat, name in players.items()}
            players = seated(self.cast, self.games, kinds)
        self.players = players
        for name, actor in self.actors.items():
            actor.human = Human() if name in people else None
        self._seating = self._seated()
        self.blocks_of: dict[int, tuple[Block, ...]] = {}
        for block in players.blocks:
            speaker = block.seats[0]
            self.blocks_of[speaker] = (*self.blocks_of.get(speaker, ()), block)

    def human(self, seat: str) -> Human:
        """The mailbox of a seat that a person holds; raises LookupError for one that none does."""
        mailbox = self.actors[seat].human
        if mailbox is None:
            raise LookupError(f"seat '{seat}' is held by a program; seat '{human.NAME}' there first")
        return mailbox

    def check_free(self, seat: str) -> None:
        """Refuse a person on a seat whose orders to come are a script's."""
        if self.script is not None:
            self.script.check_free(seat, self.cast, self.story, int(self.world.turn[0]))

    def view(self, seat: str | int | Block) -> View:
        """What a seat, or a block of like seats each for itself, sees; never more."""
        if isinstance(seat, Block):
            return View(self._seen, seat.seats, seat.chosen, self._read)
        number = self.cast.at("seats", seat) if isinstance(seat, str) else seat
        return View(self.world, (number,))

    def luck(self, block: Block) -> Chance:
        """A block's own luck this quarter."""
        return luck_of(self._seen, block)

    def hand_in(self, orders: Orders, chosen: Array | None = None) -> None:
        """Take the orders of the seats that gave them, in the chosen games or in all."""
        lay(self._wanted, self._notes, orders, chosen)

    def trial(self, seat: str, settings: Mapping[int, int], game: int = 0) -> dict[int, int]:
        """What would become of a seat's orders, entry by entry: 0, or the number of the refusal."""
        world = take(self.world, np.array([game, game], dtype=np.intp))
        wanted = world.ordered.copy()
        for dial, step in settings.items():
            wanted[dial] = step
        asked = asked_for(world, wanted, self.layout)[:, 0]
        _, refused = sieve(world, wanted, self.layout)
        mine = asked & (self.layout.seat_of_entry == self.cast.at("seats", seat))
        return {int(entry): int(refused[entry, 0]) for entry in np.flatnonzero(mine)}

    def step(self) -> None:
        """Play a quarter: every seat decides on the same frozen worlds, then they move once."""
        if not self.running:
            return
        self._seen = self._crowd()
        self._read: Readings = {}
        self._wanted, self._notes = self._seen.ordered.copy(), self._seen.notes.copy()
        self.agents.do("decide")
        if self.script is not None:
            self.script.overrule(self._wanted, self._seen)
        after = advance(self._seen, self._wanted, self._turning, notes=self._notes)
        alone = after if after.seed.size == self.games else take(after, TWICE[:1])
        self._twin = alone, after
        self._arrive(alone)

    def _crowd(self) -> World:
        """The worlds as `crowd` has them; one that is alone stood twice already when the last quarter ended."""
        alone, crowded = self._twin
        return crowded if alone is self.world else crowd(self.world)

    def _arrive(self, after: World) -> None:
        worlds = self.games
        self.record.add(self._wanted[:, :worlds], self._notes[..., :worlds], self.seating(), after)
        self.world = after
        self.running = not bool(after.is_over.all())
        del self._seen, self._read, self._wanted, self._notes

    def seating(self) -> Players | dict[str, str]:
        """Who sits where: by seat, where it is the same in every game."""
        return self._seating

    def _seated(self) -> Players | dict[str, str]:
        if not (self.players.table == self.players.table[:, :1]).all():
            return self.players
        names = [self.players.names[number] for number in self.players.table[:, 0]]
        return {
            seat: human.NAME if actor.human is not None else names[actor.number] for seat, actor in self.actors.items()
        }

    def forget(self) -> None:
        """Let go of the games and their history: Mesa 3.3 keeps every model for good."""
        self.running = False
        self.record = Record(self.record.names)
        del self.world, self._twin, self.rules, self._turning, self.players, self.blocks_of

    def value(self, outcome: str, game: int = 0) -> float:
        """An outcome of the quarter that was just played, in one game: `model.value("lead")`."""
        known = declared(self.cast)
        quarter = self.record.quarters[-1]
        for ratio in RATIOS:
            if ratio.name == outcome:
                parts = {name: known[name].of(quarter) for name in (ratio.top, ratio.bottom)}
                return float(ratio.of(parts)[game])
        if outcome not in known:
            raise LookupError(f"there is no outcome '{outcome}'; see play/outcomes.py")
        return float(known[outcome].of(quarter)[game])


def reporters(*outcomes: str, game: int = 0) -> dict[str, Any]:
    """Model reporters of one game for `mesa.DataCollector`: `reporters("lead", "premium")`."""
    return {name: lambda model, name=name: model.value(name, game) for name in outcomes}
