"""Anew: games of the past in which doctrines decide again, each seat by whoever held it in the quarter."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from play.past import Change, Past, doctrines_of, played
from world.state import World, take

Array = np.ndarray


def played_anew(
    past: Past,
    changes: Sequence[Change],
    start: int,
    stop: int,
    anew: int,
    logged: Collection[str] = (),
    begin: World | None = None,
) -> World:
    """Every way the games might have gone from the state after turn `start`, after turn `stop`, as `played` has it.

    From turn `anew` on the seats decide that programs held in that quarter, but for those that keep to what was
    `logged`; the players of a change decide instead of whoever held their seats. People keep to what they ordered.
    """
    games = np.tile(np.arange(past.games), len(changes))
    world = take(past.state(start), games) if begin is None else begin
    for turn in range(start + 1, stop + 1):
        held = doctrines_of(past, turn) if turn >= anew else {}
        players = {seat: name for seat, name in held.items() if seat not in logged}
        ways = [replace(c, players={**players, **(c.players if turn >= anew else {})}, anew=turn) for c in changes]
        world = played(past, ways, turn - 1, turn, begin=world)[-1]
    return world
