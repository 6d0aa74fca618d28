"""The longest words that orders of a game can bring on a screen: titles with what they are about, and how amounts moved."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.ending import level, sentence
from play.debrief import wording
from play.debrief.orders import Trail
from play.dials import Dial, book_of
from play.model import Chokepoint


@dataclass(frozen=True)
class LongOrder:
    """An order as a debrief tells it, each of its amounts moved between the settings with most letters."""

    title: str
    changes: str
    """As a course of the whole game, away from where it stood and back."""
    says: str
    """As the move of a quarter."""


def long_order(dials: list[Dial], called: Callable[[str], str]) -> LongOrder:
    """An order told as long as it can be."""
    paths, moves = [], []
    for dial in dials:
        most = max((wording.setting(dial, step) for step in range(dial.amount.steps + 1)), key=len)
        name = wording.amount_title(dial.kind.name, dial.amount)
        needed = wording.name_needed(dial, most)
        paths.append(Trail(name, most, ((most, ""), (most, "")), needed).path)
        moves.append(f"{needed} {most} → {most}" if needed else f"from {most} to {most}")
    title = wording.order_title(dials[0].kind.name, dials[0].picks, called)
    return LongOrder(sentence(title), "; ".join(paths), level(", ".join(moves)))


def longest_orders(model: Chokepoint) -> list[LongOrder]:
    """Orders with the longest title, the longest way of one amount, the longest way of all, and the longest move of a quarter."""
    book = book_of(model.cast)
    orders = [long_order([book.dials[at] for at in rows], model.story.called) for rows in book.of_entry]
    return [
        max(orders, key=lambda one: len(one.title)),
        max(orders, key=lambda one: max(map(len, one.changes.split("; ")))),
        max(orders, key=lambda one: len(one.changes)),
        max(orders, key=lambda one: len(one.title + one.says)),
    ]
