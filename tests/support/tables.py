"""Tables of short games, and tables on which everything hidden from a seat is nonsense."""

from functools import cache

from hidden import scrambled

from desktop.table import Table
from play.keep import resumed, saved
from play.model import Chokepoint
from play.record import EVERYTHING
from play.save import Saved
from world.scenario import Scenario, read


@cache
def scenario() -> Scenario:
    return read("november-2025")


@cache
def played(turns: int, seed: int = 5) -> Saved:
    """A game of standard players after some quarters."""
    model = Chokepoint(scenario(), seeds=seed, keep=EVERYTHING)
    for _ in range(turns):
        model.step()
    return saved(model)


def table(seat: str, turns: int = 2, autosave=None, seed: int = 5) -> Table:
    """A game of which a person holds one seat, after some quarters."""
    model = resumed(played(turns, seed), {seat: "human"})
    return Table(model, (seat,), scenario(), autosave=autosave)


def scrambled_table(seat: str, turns: int = 2) -> Table:
    """The same game, with nonsense wherever the seat may not look."""
    found = table(seat, turns)
    record = found.model.record
    record.quarters[:] = [scrambled(state, seat_number(found, seat)) for state in record.quarters]
    found.model.world = record.quarters[-1]
    return found


def seat_number(found: Table, seat: str) -> int:
    return found.model.cast.at("seats", seat)


def settled(screen, found: Table, surface, pen) -> None:
    """A screen drawn with every answer in that it asks for."""
    for _ in range(4):
        screen.update(0.02, pen)
        screen.draw(surface, pen)
        for answer in list(found.answers.values()):
            answer.work.exception()
    screen.update(0.02, pen)
    screen.draw(surface, pen)
