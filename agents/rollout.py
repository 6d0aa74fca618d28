"""Rollout: decide and advance without Mesa; the one turn loop that play, search and imagining share."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Int

from agents.doctrine.roster import Doctrine, find
from world.cast import ROLES, Cast
from world.chance import AS_DRAWN, Chance, Neutral
from world.orders import Orders
from world.rules import Rules
from world.state import TWICE, World, crowd
from world.turn import advance
from world.view import Readings, View

Array = np.ndarray


@dataclass(frozen=True)
class Block:
    """Like seats that follow one doctrine in the same worlds."""

    doctrine: str
    decide: Doctrine
    seats: tuple[int, ...]
    chosen: Array | None = None
    """The worlds in which they do; None means all, and a single one stands twice, as in `crowd`."""


@dataclass(frozen=True)
class Players:
    """Who sits where: the doctrine of every seat in every world, by number in `names`."""

    cast: Cast
    names: tuple[str, ...]
    table: Int[Array, "seats worlds"]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The fewest calls that let every seat decide: like seats with one doctrine together."""
        blocks: dict[tuple[str, str, bytes], list[int]] = {}
        worlds: dict[bytes, Array] = {}
        for role in ROLES:
            for seat in self.cast.seats_of(role):
                row = self.table[seat]
                for number in np.unique(row):
                    where = row == number
                    key = where.tobytes()
                    worlds[key] = where
                    bloc = self.cast.seats[seat].bloc
                    name = self.names[number]
                    find(name, role, bloc)
                    blocks.setdefault((role, name, key), []).append(int(seat))
        return tuple(
            Block(
                name,
                find(name, role, self.cast.seats[seats[0]].bloc).decide,
                tuple(seats),
                None if worlds[key].all() else _crowd_of(np.flatnonzero(worlds[key])),
            )
            for (role, name, key), seats in blocks.items()
        )


def _crowd_of(chosen: Int[Array, " some"]) -> Int[Array, " chosen"]:
    return np.repeat(chosen, 2) if chosen.size == 1 else chosen


def seated(cast: Cast, worlds: int, players: dict[str, str] | None = None) -> Players:
    """The same doctrine for a seat in all worlds: as named, `standard` where nothing is said."""
    wanted = players or {}
    names = tuple(dict.fromkeys(["standard", *wanted.values()]))
    table = np.zeros((len(cast.seats), worlds), dtype=np.int16)
    for seat, name in wanted.items():
        table[cast.at("seats", seat)] = names.index(name)
    return Players(cast, names, table)


def luck_of(world: World, block: Block) -> Chance:
    """A block's own luck: another key than the world's, so that no draw disturbs another."""
    seed, turn = world.seed, world.turn
    if block.chosen is not None:
        seed, turn = seed[block.chosen], turn[block.chosen]
    return Chance(seed, turn, f"doctrine/{block.doctrine}/")


def handed_in(world: World, players: Players) -> tuple[Array, Array]:
    """Every seat's wanted dials and notes, decided on the same frozen worlds; a world alone decides as in a crowd."""
    seen = crowd(world)
    wanted, notes = seen.ordered.copy(), seen.notes.copy()
    read: Readings = {}
    for block in players.blocks:
        looking = View(seen, block.seats, block.chosen, read)
        lay(wanted, notes, block.decide(looking, luck_of(seen, block)), block.chosen)
    if seen is world:
        return wanted, notes
    return wanted.take(TWICE[:1], axis=-1), notes.take(TWICE[:1], axis=-1)


def lay(wanted: Array, notes: Array, orders: Orders, chosen: Array | None) -> None:
    """Write orders and notes of some seats into the rows that are theirs, in the chosen worlds or in all."""
    if chosen is None:
        wanted[orders.dials] = orders.levels.table
    else:
        wanted[np.ix_(orders.dials, chosen)] = orders.levels.table
    if orders.notes is not None:
        if chosen is None:
            notes[orders.seats] = orders.notes
        else:
            notes[np.ix_(orders.seats, np.arange(notes.shape[1]), chosen)] = orders.notes


def turned(world: World, rules: Rules, players: Players, neutral: Neutral = AS_DRAWN) -> World:
    """The worlds after one quarter in which every seat decides for itself."""
    wanted, notes = handed_in(world, players)
    return advance(world, wanted, rules, neutral, notes)


def rollout(world: World, rules: Rules, players: Players, turns: int) -> World:
    """The worlds after some quarters."""
    for _ in range(turns):
        world = turned(world, rules, players)
    return world
