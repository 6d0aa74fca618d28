"""Games: a batch of games in which some seats are learnt and doctrines hold the others; what all environments share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Int, UInt64

from agents.doctrine.roster import find
from agents.rollout import Players, handed_in, rollout, seated
from arena.learning.acting import Acting, LearningError
from arena.learning.observing import Observing, observing
from world.cast import Cast
from world.chance import game_seed
from world.rules import Rules, take_rules
from world.scenario import Scenario, opened, read
from world.scenario_text import remedy
from world.state import World, side_by_side, take
from world.turn import advance
from world.view import View, view

Array = np.ndarray

QUARTER, FINAL = "quarter", "final"
REWARDS = (QUARTER, FINAL)
"""When points are handed out: in the quarter that earned them, or all at the end."""


@dataclass(frozen=True, eq=False)
class Setup:
    """What games of an environment share: the scenario, the seats that are learnt, and who holds the others."""

    scenario: Scenario
    seats: tuple[str, ...]
    rivals: Mapping[str, str]
    reward: str
    observe: tuple[str, ...] | None

    @property
    def cast(self) -> Cast:
        """Who and what there is."""
        return self.scenario.cast

    @cached_property
    def acting(self) -> dict[str, Acting]:
        """The actions of each seat that is learnt."""
        return {seat: Acting(self.cast, self.cast.at("seats", seat)) for seat in self.seats}

    @cached_property
    def observing(self) -> dict[str, Observing]:
        """What each of them observes; raises LearningError for a column that one sees nothing of."""
        try:
            return {seat: observing(self.cast, seat, self.observe) for seat in self.seats}
        except LookupError as error:
            raise LearningError(error.args[0]) from None

    def players(self, worlds: int, others: Mapping[str, str] = MappingProxyType({})) -> Players:
        """Who sits where; seats that are learnt, but for some others, change nothing until they are told to."""
        return seated(self.cast, worlds, {**self.rivals, **dict.fromkeys(self.seats, "still"), **others})


def setup_of(
    scenario: str | Path | Scenario,
    seats: Sequence[str] | None,
    rivals: str | Mapping[str, str],
    reward: str = QUARTER,
    observe: Sequence[str] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> Setup:
    """The setup of an environment; no seats are all of them. Raises LearningError or ScenarioError for what cannot be."""
    story = (scenario if isinstance(scenario, Scenario) else read(scenario)).changed(settings or {})
    known = story.cast.names["seats"]
    learnt = known if seats is None else tuple(dict.fromkeys(seats))
    if not learnt:
        raise LearningError(f"seats: none is named; {remedy('', known)}")
    for seat in learnt:
        if seat not in known:
            raise LearningError(f"seat '{seat}': {story.name} has none of that name; {remedy(seat, known)}")
    if reward not in REWARDS:
        raise LearningError(f"reward '{reward}': {remedy(reward, REWARDS)}")
    others = [seat for seat in known if seat not in learnt]
    named = dict.fromkeys(others, rivals) if isinstance(rivals, str) else dict(rivals)
    _check_rivals(story.cast, named, others)
    return Setup(story, learnt, named, reward, None if observe is None else tuple(observe))


def _check_rivals(cast: Cast, rivals: Mapping[str, str], others: Sequence[str]) -> None:
    for seat, doctrine in rivals.items():
        if seat not in others:
            raise LearningError(f"rivals: '{seat}' is no seat that a rival can hold; {remedy(seat, others)}")
        check_doctrine(cast, seat, doctrine)


def check_doctrine(cast: Cast, seat: str, doctrine: str) -> None:
    """Raise LearningError for a doctrine that a seat cannot follow."""
    about = cast.seats[cast.at("seats", seat)]
    try:
        find(doctrine, about.role, about.bloc)
    except LookupError as error:
        raise LearningError(f"{seat}={doctrine}: {error.args[0]}") from None


class Games:
    """Games in progress, a world each; every world goes through the games of a seed of its own, one after the other."""

    world: World
    rules: Rules

    def __init__(self, setup: Setup, worlds: int) -> None:
        if worlds < 1:
            raise LearningError(f"num_envs: is {worlds}; write a whole number from 1 on")
        self.setup = setup
        self.seeds = [0] * worlds
        self.numbers = [0] * worlds
        self.players = setup.players(worlds)

    @property
    def worlds(self) -> int:
        """How many games are played at once."""
        return len(self.seeds)

    @property
    def has_begun(self) -> bool:
        """Whether there are games."""
        return hasattr(self, "world")

    def begin(self, chosen: Bool[Array, " worlds"], seeds: Sequence[int | None]) -> None:
        """Open a game in each chosen world: the first of its seed where one is given, else the next of the one it has.

        Raises LearningError for a seed that is none.
        """
        some = np.flatnonzero(chosen)
        for at in some.tolist():
            seed = seeds[at]
            if seed is None:
                self.numbers[at] += 1
            elif not 0 <= seed < 2**64:
                raise LearningError(f"seed: is {seed}; write a whole number from 0 to {2**64 - 1}")
            else:
                self.seeds[at], self.numbers[at] = int(seed), 0
        world, rules = opened(self.setup.scenario, self._of_games(some.tolist()))
        if chosen.all():
            self.world, self.rules = world, rules
        else:
            places = np.arange(self.worlds)
            places[some] = self.worlds + np.arange(some.size)
            self.world = take(side_by_side([self.world, world]), places)
            self.rules = take_rules(_together(self.rules, rules), places)

    def by_doctrine(self, seat: str, doctrine: str) -> Float[Array, " worlds"]:
        """What a seat would score in the end (points) if a doctrine had held it in these very games from the opening on.

        Raises LearningError for a doctrine that the seat cannot follow.
        """
        cast = self.setup.cast
        check_doctrine(cast, seat, doctrine)
        world, rules = opened(self.setup.scenario, self._of_games(range(self.worlds)))
        end = rollout(world, rules, self.setup.players(self.worlds, {seat: doctrine}), self.setup.scenario.length)
        return end.objective[cast.at("seats", seat)].astype(float)

    def _of_games(self, worlds: Iterable[int]) -> UInt64[Array, " some"]:
        """The seeds of the games in some worlds."""
        return np.array([game_seed(self.seeds[at], self.numbers[at]) for at in worlds], dtype=np.uint64)

    def view(self, seat: str) -> View:
        """What a seat sees of every game; never more. Raises LearningError before there are games."""
        if not self.has_begun:
            raise LearningError("no game is in progress; call reset first")
        return view(self.world, seat)

    def play(self, actions: Mapping[str, Int[Array, "worlds parts"]]) -> dict[str, Float[Array, " worlds"]]:
        """Pass a quarter with these orders of the seats that are learnt, and give each seat's reward; what is over stands."""
        wanted, notes = handed_in(self.world, self.players)
        before = {seat: self.view(seat) for seat in self.setup.seats}
        for seat, action in actions.items():
            orders = self.setup.acting[seat].orders(before[seat], action)
            wanted[orders.dials] = orders.levels.table
        self.world = advance(self.world, wanted, self.rules, notes=notes)
        return {seat: earned(before[seat], self.view(seat), self.setup.reward) for seat in self.setup.seats}


def _together(first: Rules, second: Rules) -> Rules:
    """The coefficients of two batches as one."""
    names = [field.name for field in fields(first)]
    return replace(first, **{n: np.concatenate([getattr(first, n), getattr(second, n)], axis=-1) for n in names})


def banked(view: View) -> Float[Array, " worlds"]:
    """The points that a seat has for sure: its mean so far, for the share of the game that has passed; 0 at the opening."""
    passed = view.public("turn") / view.public("length")
    return view.own("objective")[0].astype(float) * passed


def earned(before: View, after: View, reward: str) -> Float[Array, " worlds"]:
    """What a quarter is worth to a seat, of the points that it sees: summed over a game, its final score (0 to 100).

    By the quarter, the difference of what is banked; or nothing until the end, and then all.
    """
    if reward == QUARTER:
        return banked(after) - banked(before)
    ends = after.public("is_over") & ~before.public("is_over")
    return np.where(ends, after.own("objective")[0].astype(float), 0.0)
