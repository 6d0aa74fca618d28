"""Read: a bot's orders as settings of dials, and what the game would say to each, judged on the seat's view alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from arena.bots.declared import Order
from play.dials import book_of
from play.drafts import trial
from world.orders import OrderRefused
from world.view import View

Tree = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a message asks for, and what of it would not be."""

    settings: dict[int, int] = field(default_factory=dict)
    unread: list[Tree] = field(default_factory=list)
    """Orders that name or set what there is not: number, order and why."""
    fallen: list[Tree] = field(default_factory=list)
    """Orders that the game would refuse."""

    @property
    def wrong(self) -> list[Tree]:
        """All that would not be."""
        return [*self.unread, *self.fallen]

    @property
    def dropped(self) -> list[Tree]:
        """What was not read, as the next view tells it."""
        return [{"number": one["number"], "why": one["why"]} for one in self.unread]


def reading(view: View, orders: Sequence[Order]) -> Reading:
    """What the orders of a seat come to in the one game that it looks at."""
    book, found = book_of(view.cast), Reading()
    seat = view.cast.seats[view.seats[0]].name
    numbers: dict[int, int] = {}
    for number, order in enumerate(orders):
        try:
            settings = book.read(seat, order.order, order.picks, order.amounts)
            for dial in settings:
                if dial in found.settings:
                    raise OrderRefused(f"{book.dials[dial].label} is set twice; write it once")
        except OrderRefused as error:
            found.unread.append({"number": number, "order": order.order, "why": str(error)})
            continue
        found.settings.update(settings)
        for dial in settings:
            numbers.setdefault(int(book.layout.entry_of_dial[dial]), number)
    if found.settings:
        for entry, code in trial(view, found.settings).items():
            if code:
                number, why = numbers[entry], book.refusal(entry, code)
                found.fallen.append({"number": number, "order": orders[number].order, "why": why})
    return found
