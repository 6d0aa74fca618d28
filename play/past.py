"""Past: what was played, taken up again at any quarter with orders left out, others put in, or doctrines deciding anew.

Without an order, its dials keep their old setting until their seat's next logged change of them; orders that were
refused stay refused. Every way that the games might have gone is a part of one batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Int

from agents.human import NAME as HUMAN
from agents.imagine import Imagined
from agents.rollout import Players, handed_in
from play.dials import book_of
from play.save import Saved
from world.cast import Cast
from world.chance import AS_DRAWN, Neutral
from world.rules import Rules, take_rules
from world.state import World, take
from world.turn import advance, layout_of

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Given:
    """An order that stood in one game or more: in which turn a seat moved which dials, where, and to which steps."""

    turn: int
    """The quarter that it was given for, the first being 1."""
    seat: int
    entry: int
    dials: Int[Array, " dials"]
    moved: Bool[Array, "dials games"]
    before: Int[Array, "dials games"]
    steps: Int[Array, "dials games"]


@dataclass(frozen=True, eq=False)
class Past:
    """Games as they went: the worlds before and after each quarter, and what was asked for."""

    worlds: tuple[World, ...]
    """The first state, and that after each quarter."""
    wanted: tuple[Int[Array, "dials games"], ...]
    notes: tuple[Array, ...]
    players: tuple[Mapping[str, str], ...]
    """Who sat where in each quarter; a script's seats count as a person's, who keeps to what was ordered."""
    rules: Rules
    first: int = 0
    """The turn of the first state."""

    @property
    def cast(self) -> Cast:
        """Who and what exists."""
        return self.worlds[0].cast

    @property
    def games(self) -> int:
        """How many games there are."""
        return int(self.worlds[0].seed.size)

    @property
    def last(self) -> int:
        """The turn of the last state."""
        return self.first + len(self.wanted)

    def state(self, turn: int) -> World:
        """The games after a turn."""
        return self.worlds[turn - self.first]

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """Every order that stood, by quarter, and in the order of the manual."""
        layout, book, found = layout_of(self.cast), book_of(self.cast), []
        for at, wanted in enumerate(self.wanted):
            before, refused = self.worlds[at].ordered, self.worlds[at + 1].refused
            moved = (wanted != before) & (refused[layout.entry_of_dial] == 0)
            for entry in np.unique(layout.entry_of_dial[moved.any(axis=1)]):
                dials = np.array(book.of_entry[entry], dtype=np.intp)
                seat = int(layout.seat_of_entry[entry])
                found.append(
                    Given(self.first + at + 1, seat, int(entry), dials, moved[dials], before[dials], wanted[dials])
                )
        return tuple(found)

    def orders_between(self, first: int, last: int) -> tuple[int, ...]:
        """The numbers of the orders given for the turns from `first` to `last`."""
        return tuple(at for at, order in enumerate(self.given) if first <= order.turn <= last)


def past_of(game: Saved) -> Past:
    """The past of a saved game."""
    return Past(
        (game.opening, *(quarter.state for quarter in game.quarters)),
        tuple(quarter.wanted for quarter in game.quarters),
        tuple(quarter.notes for quarter in game.quarters),
        tuple(_held(game, turn) for turn in range(1, len(game.quarters) + 1)),
        game.rules,
    )


def _held(game: Saved, turn: int) -> Mapping[str, str]:
    """Who gave which seat's orders in a turn: a program, or somebody who is taken at their word."""
    players = game.quarters[turn - 1].players
    if game.script is None:
        return players
    return {**players, **{game.cast.seats[seat].name: HUMAN for seat in game.script.bound(turn)}}


def past_imagined(imagined: Imagined) -> Past:
    """The last quarter, in the worlds that a seat imagines; raises LookupError on the opening day."""
    if imagined.before is None or imagined.wanted is None or imagined.notes is None:
        raise LookupError("nothing has happened yet; ask again after the first quarter")
    first = int(imagined.before.turn[0])
    worlds = (imagined.before, imagined.world)
    return Past(worlds, (imagined.wanted,), (imagined.notes,), ({},), imagined.rules, first)


@dataclass(frozen=True)
class Change:
    """What is different in one way that the games might have gone."""

    without: frozenset[int] = frozenset()
    """Orders left out, by their number in the past."""
    settings: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """Dials set otherwise: turn, dial, step. They are orders like others, and may be refused."""
    players: Mapping[str, str] = field(default_factory=dict)
    """Who decides by doctrine instead of by the log, by seat, from `anew` on."""
    anew: int = 0
    """The first turn in which those players decide."""
    later: Mapping[str, int] = field(default_factory=dict)
    """The first turn of players for whom it is another, by seat."""
    held: frozenset[str] = frozenset()
    """Labels of luck held at their middle."""

    def parts(self, past: Past, luck_held_from: int) -> int:
        """The first turn in which anything may be otherwise than it was."""
        turns = [past.given[at].turn for at in self.without] + [t for t, set_ in self.settings.items() if set_]
        turns += [self.later.get(seat, self.anew) for seat in self.players]
        return min([*turns, luck_held_from] if self.held else turns, default=past.last + 1)


@dataclass(frozen=True)
class Quarter:
    """A quarter of every way that the games might have gone: what was asked for and noted, and what came of it."""

    wanted: Int[Array, "dials worlds"]
    notes: Array
    world: World


def doctrines_of(past: Past, turn: int) -> dict[str, str]:
    """The seats that programs held in a quarter, and their doctrines: people always replay what they ordered."""
    held = past.players[turn - past.first - 1] if past.players else {}
    names = {seat: held.get(seat, "standard") for seat in past.cast.names["seats"]}
    return {seat: name for seat, name in names.items() if name != HUMAN}


def played(
    past: Past,
    changes: Sequence[Change],
    start: int,
    stop: int,
    luck_held_from: int = 0,
    begin: World | None = None,
) -> list[World]:
    """Every way the games might have gone, as a batch: from the state after turn `start`, the states up to turn `stop`.

    The worlds of a state are those of the first way, then of the second, and so on. Luck that a change
    holds is held from turn `luck_held_from` on; `begin` are worlds to begin from, one for each way and game.
    """
    if begin is None:
        begin, is_past = take(past.state(start), np.tile(np.arange(past.games), len(changes))), True
    else:
        is_past = False
    quarters = quarters_played(past, changes, begin, start, stop, luck_held_from, is_past)
    return [begin, *(quarter.world for quarter in quarters)]


def quarters_played(
    past: Past,
    changes: Sequence[Change],
    world: World,
    start: int,
    stop: int,
    luck_held_from: int = 0,
    is_past: bool = True,
) -> Iterator[Quarter]:
    """Every quarter of these ways, from worlds after turn `start`, which are those of the past or (`is_past`) not.

    Until a way parts from what happened, all that was asked for is asked for again, also what was refused.
    """
    games = np.tile(np.arange(past.games), len(changes))
    rules = take_rules(past.rules, games)
    left_out, neutral, deciding = _left_out(past, changes), _luck_held(past, changes), _deciding(past, changes)
    parts = [change.parts(past, luck_held_from) if is_past else start for change in changes]
    for turn in range(start + 1, stop + 1):
        wanted = world.ordered.copy()
        for at in past.orders_between(turn, turn):
            order = past.given[at]
            stands = order.moved[:, games] & ~left_out[at]
            wanted[order.dials] = np.where(stands, order.steps[:, games], wanted[order.dials])
        notes = world.notes if turn > past.last else past.notes[turn - past.first - 1][..., games]
        same = np.repeat([turn < first for first in parts], past.games)
        if turn <= past.last and same.any():
            wanted = np.where(same, past.wanted[turn - past.first - 1][:, games], wanted)
        if deciding is not None:
            notes = _decided(world, wanted, notes, deciding, turn)
        for way, change in enumerate(changes):
            for dial, step in change.settings.get(turn, {}).items():
                wanted[dial, way * past.games : (way + 1) * past.games] = step
        world = advance(world, wanted, rules, neutral if turn >= luck_held_from else AS_DRAWN, notes)
        yield Quarter(wanted, notes, world)


def _left_out(past: Past, changes: Sequence[Change]) -> Bool[Array, "orders worlds"]:
    left_out = np.zeros((len(past.given), len(changes)), dtype=bool)
    for way, change in enumerate(changes):
        left_out[list(change.without), way] = True
    return np.repeat(left_out, past.games, axis=1)


def _luck_held(past: Past, changes: Sequence[Change]) -> Neutral:
    labels = dict.fromkeys(label for change in changes for label in sorted(change.held))
    return {label: np.repeat([label in change.held for change in changes], past.games) for label in labels}


@dataclass(frozen=True)
class Deciding:
    """Who decides anew in which world, and from which turn."""

    players: Players
    seats: Bool[Array, "seats worlds"]
    anew: Int[Array, "seats worlds"]


def _deciding(past: Past, changes: Sequence[Change]) -> Deciding | None:
    if not any(change.players for change in changes):
        return None
    cast = past.cast
    names = tuple(dict.fromkeys(["still", *(name for change in changes for name in change.players.values())]))
    table = np.zeros((len(cast.seats), len(changes)), dtype=np.int16)
    seats, anew = np.zeros(table.shape, dtype=bool), np.zeros(table.shape, dtype=np.int32)
    for way, change in enumerate(changes):
        for seat, name in change.players.items():
            at = cast.at("seats", seat)
            table[at, way] = names.index(name)
            seats[at, way] = True
            anew[at, way] = change.later.get(seat, change.anew)
    table, seats, anew = (np.repeat(array, past.games, axis=1) for array in (table, seats, anew))
    return Deciding(Players(cast, names, table), seats, anew)


def _decided(world: World, wanted: Array, notes: Array, deciding: Deciding, turn: int) -> Array:
    """Write over the log what those want who decide anew; gives what they note."""
    own = deciding.seats & (deciding.anew <= turn)
    if not own.any():
        return notes
    asked, noted = handed_in(world, deciding.players)
    rows = own[layout_of(world.cast).seat_of_dial]
    wanted[rows] = asked[rows]
    return np.where(own[:, None], noted, notes)
