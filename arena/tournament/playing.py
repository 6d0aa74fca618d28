"""Playing: a batch of games at one table, as rows: who sat where, the points of each seat, the moves of each order."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Int

from agents.doctrine.variants import kinds_of
from agents.rollout import seated, turned
from arena.jobs import Job
from arena.tournament.design import Batch
from play.shards import scenario_of
from world.cast import Cast, Seat
from world.scenario import Scenario, opened
from world.state import World
from world.turn import layout_of

Array = np.ndarray
Moves = dict[tuple[str, str], Int[Array, " games"]]
"""By seat and kind of order, how many orders of it stood and moved a dial in each game."""


@dataclass(frozen=True)
class Played:
    """Games that are over, and the orders that were given in them."""

    end: World
    moves: Moves


def play(scenario: Scenario, seeds: list[int], players: dict[str, str], seats: tuple[Seat, ...]) -> Played:
    """Play games to their end, and count the moves of some seats."""
    world, rules = opened(scenario, np.array(seeds, dtype=np.uint64))
    table = seated(scenario.cast, world.seed.size, players)
    rows = rows_of(scenario.cast, seats)
    moves = {key: np.zeros(world.seed.size, dtype=np.int16) for key in rows}
    for _ in range(scenario.length):
        after = turned(world, rules, table)
        for key, dials in rows.items():
            moved = [after.ordered[own] != world.ordered[own] for own in dials]
            moves[key] += np.logical_or.reduce(moved).sum(axis=0, dtype=np.int16)
        world = after
    return Played(world, moves)


def rows_of(cast: Cast, seats: tuple[Seat, ...]) -> dict[tuple[str, str], list[slice]]:
    """Where the dials of each kind of order of each seat stand: a slice for each amount."""
    layout, found = layout_of(cast), {}
    for seat in seats:
        issuer = cast.at("seats", seat.name) - int(cast.seats_of(seat.role)[0])
        for kind in kinds_of(seat.role):
            place = layout.places[kind]
            size = place.size // place.shape[0]
            starts = [dials.start + issuer * size for dials in place.dials.values()]
            found[seat.name, kind] = [slice(start, start + size) for start in starts]
    return found


def rows(job: Job) -> Any:
    """The games of a batch as a table of Arrow: a row each."""
    import pyarrow as pa

    batch: Batch = job.what
    plan = batch.plan
    scenario = scenario_of(plan.scenario, ())
    played = play(scenario, batch.seeds, batch.players(), plan.seats)
    games, holders = batch.ends - batch.begins, batch.holders()
    found: dict[str, Any] = {
        "table": np.full(games, batch.table.number, dtype=np.int32),
        "kind": [batch.table.kind] * games,
        "game": np.arange(batch.begins, batch.ends, dtype=np.int32),
        "seed": np.array(batch.seeds, dtype=np.uint64),
        "lead": played.end.lead.astype(np.float32),
    }
    for seat in plan.seats:
        found[f"player.{seat.name}"] = [holders[seat.name]] * games
        points = played.end.objective[scenario.cast.at("seats", seat.name)]
        found[f"points.{seat.name}"] = points.astype(np.float32)
    found |= {f"moves.{seat}.{kind}": count for (seat, kind), count in played.moves.items()}
    return pa.table(found)
