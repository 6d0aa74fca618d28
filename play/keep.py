"""Keep: from a model to a saved game, and from a saved game to a model that goes on."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from play.model import Chokepoint
from play.record import EVERYTHING
from play.save import Saved, Turned
from world.rules import take_rules
from world.state import take


def saved(model: Chokepoint, game: int = 0) -> Saved:
    """One game of a model that keeps everything; raises LookupError for one that does not."""
    record, one = model.record, np.array([game], dtype=np.intp)
    if missing := set(EVERYTHING) - set(record.names):
        raise LookupError(f"record: keeps no {min(missing)}; a game is saved with keep=EVERYTHING")

    def seating(players: Any) -> dict[str, str]:
        if not isinstance(players, dict):
            table = zip(players.cast.names["seats"], players.table[:, game], strict=True)
            return {seat: players.names[number] for seat, number in table}
        return players

    quarters = [
        Turned(
            np.take(record.wanted[at], one, axis=-1),
            np.take(record.notes[at], one, axis=-1),
            seating(record.players[at]),
            take(record.quarters[at + 1], one),
        )
        for at in range(record.turns)
        if record.quarters[at + 1].turn[game] > record.quarters[at].turn[game]
    ]
    opening = take(record.quarters[0], one)
    rules = take_rules(model.rules, one)
    script = None if model.script is None or model.script.is_log else model.script
    return Saved(model.story, rules, opening, seating(model.seating()), tuple(quarters), model.is_ranked, script)


def resumed(game: Saved, players: Mapping[str, str] | None = None) -> Chokepoint:
    """A model that goes on with a saved game and its script, with its past in the record."""
    model = Chokepoint.of(game.story, game.world, game.rules, players or game.players, EVERYTHING, game.script)
    model.record = game.record(EVERYTHING)
    model.is_ranked = game.is_ranked
    return model
