"""Tables from scenarios and saves, and back: begun, taken up, branched, left.

A save holds no draft, so orders that were not yet carried out lie beside it in a small file of their own.
"""

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from agents.human import NAME as HUMAN
from desktop import foresight
from desktop.saves import AUTO, auto_path, draft_path, people_of
from desktop.table import Table
from play import branch
from play.keep import resumed, saved
from play.model import Chokepoint
from play.packing import written
from play.record import EVERYTHING
from play.save import read_save
from world.orders import OrderRefused
from world.scenario import Scenario


def begun(
    scenario: Scenario, people: tuple[str, ...], players: Mapping[str, str], seed: int, watched: str = ""
) -> Table:
    """A new game, kept from its first day on."""
    seated = {**players, **dict.fromkeys(people, HUMAN)}
    model = Chokepoint(scenario, seeds=seed, players=seated, keep=EVERYTHING)
    return seated_at(model, people, scenario, watched)


def seated_at(
    model: Chokepoint,
    people: tuple[str, ...],
    scenario: Scenario | None = None,
    watched: str = "",
    autosave: Path | None = None,
) -> Table:
    """A table of a model, with a file that follows it."""
    watched = watched or (model.cast.recommended or model.cast.names["seats"])[0]
    table = Table(model, people, scenario, autosave or auto_path(model.story.name), watched)
    table.keep()
    return table


def taken_up(path: Path) -> Table:
    """A saved game again, with the orders that lay beside it; a free save goes on in a file of its own."""
    game = read_save(path)
    people = people_of(game)
    left = {seat: "standard" if name == HUMAN else name for seat, name in game.players.items()}
    model = resumed(game, {**left, **dict.fromkeys(people, HUMAN)})
    own = path if path.name.startswith(AUTO) and not game.is_over else None
    table = seated_at(model, people, autosave=own)
    restore(table, path)
    foresight.taken_from(table, path)
    return table


def branched(table: Table, turn: int) -> Table:
    """The game again after a turn, in a file of its own; its luck is known, so it is not ranked.

    Seats on which somebody sits are a script's no longer.
    """
    people = table.people or (table.watched,)
    game = branch.freed(branch.taken_up(saved(table.model), turn), people)
    seated = {seat: "standard" if name == HUMAN else name for seat, name in game.players.items()}
    model = resumed(game, {**seated, **dict.fromkeys(people, HUMAN)})
    return seated_at(model, people, table.scenario, table.watched)


def keep_drafts(table: Table, path: Path) -> None:
    """Lays the orders of the quarter beside a save, or nothing where there are none; says where it cannot."""
    place, drafts = draft_path(path), table.drafts
    orders = {seat: [{str(dial): step for dial, step in order.items()} for order in d] for seat, d in drafts.items()}
    tree = {"turn": table.turn, "drafts": orders}
    try:
        if not any(orders.values()) or table.is_over:
            place.unlink(missing_ok=True)
        else:
            written(place, json.dumps(tree).encode("utf-8"))
    except OSError as error:
        table.said.append(f"Your draft cannot be kept ({error.strerror}); the game is.")


def restore(table: Table, path: Path) -> None:
    """Drafts again the orders that lay beside a save; those that no longer stand are left out."""
    try:
        tree: Any = json.loads(draft_path(path).read_text("utf-8"))
        if tree["turn"] != table.turn:
            return
        for seat, orders in tree["drafts"].items():
            for order in orders if seat in table.people else []:
                with contextlib.suppress(OrderRefused):
                    table.sittings[seat].order({int(dial): int(step) for dial, step in order.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return


def left(table: Table) -> None:
    """Leaves a table: the quarter that passes is waited for, the game and its draft are kept."""
    for name in ("resolve", "finish"):
        if name in table.answers:
            table.answers[name].work.exception()
    if table.autosave is not None:
        table.keep()
        keep_drafts(table, table.autosave)
    table.close()
