"""Outside: seats that are answered from elsewhere, by another program or by a function, while `run` plays the games."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from agents.human import NAME as HUMAN
from play.dials import book_of
from play.script import Script
from world.cast import Cast

Array = np.ndarray

MARK = "bot:"
"""How the player of such a seat begins in a plan; what follows says who answers."""


@runtime_checkable
class Outside(Protocol):
    """Who answers for seats whose player begins with `MARK`."""

    def hand_in(self, model: Any, first: int) -> None:
        """Put orders for the coming quarter into the mailboxes of the seats; `first` is the number of the first game."""

    def tell_end(self, model: Any, first: int) -> None:
        """Say how the games ended."""

    def account(self) -> dict[str, Any]:
        """What is to be said of the answers in the results."""


def is_outside(player: str) -> bool:
    """Whether a player answers from elsewhere."""
    return player.startswith(MARK)


def seated(players: Mapping[str, str]) -> dict[str, str]:
    """The players as a model takes them: a seat that is answered from elsewhere has a mailbox, as a person's has."""
    return {seat: HUMAN if is_outside(name) else name for seat, name in players.items()}


def recorded(orders: Mapping[str, Array], cast: Cast, seats: Sequence[str], turns: int) -> Script:
    """A script of all that some seats ordered in one game, and nothing else, from the rows of its table of orders."""
    book = book_of(cast)
    dials = {dial.label: number for number, dial in enumerate(book.dials)}
    given: dict[int, dict[int, dict[int, int]]] = {0: {cast.at("seats", seat): {} for seat in seats}}
    names = zip(*(orders[name] for name in ("seat", "order", "pick", "amount")), strict=True)
    for turn, about, asked in zip(orders["turn"], names, orders["asked"], strict=True):
        if about[0] in seats:
            number = dials[".".join(part for part in about if part)]
            settings = given.setdefault(int(turn), {}).setdefault(cast.at("seats", about[0]), {})
            settings[number] = book.dials[number].amount.level(float(asked))
    return Script(given, book.layout.seat_of_dial, turns, is_log=True)
