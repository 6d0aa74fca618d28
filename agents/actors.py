"""Actors: the Mesa agents, one for each actor in all games of a batch, of five kinds."""

from typing import ClassVar

import mesa
import numpy as np

from agents.human import Human
from world.cast import Seat
from world.state import axes_of
from world.view import View

Array = np.ndarray


class Actor(mesa.Agent):
    """A seat at the table, in all games at once; it holds nothing that changes but its mailbox."""

    roles: ClassVar[tuple[str, ...]] = ()

    def __init__(self, model: mesa.Model, seat: Seat, number: int) -> None:
        super().__init__(model)
        self.seat = seat
        self.number = number
        self.human: Human | None = None
        """The mailbox of the person who holds the seat, if one does."""

    @property
    def name(self) -> str:
        """The seat's name, as on the command line."""
        return self.seat.name

    @property
    def title(self) -> str:
        """The seat's name, as on screens."""
        return self.seat.title

    @property
    def role(self) -> str:
        """The kind of seat."""
        return self.seat.role

    @property
    def bloc(self) -> str:
        """The side it stands on."""
        return self.seat.bloc

    @property
    def view(self) -> View:
        """What the seat sees of every game."""
        return self.model.view(self.number)

    def decide(self) -> None:
        """Hand in orders: its own, and those of like seats with its doctrine, which decide together."""
        for block in self.model.blocks_of.get(self.number, ()):
            orders = block.decide(self.model.view(block), self.model.luck(block))
            self.model.hand_in(orders, block.chosen)
        if self.human is not None and (orders := self.human.taken()) is not None:
            self.model.hand_in(orders)

    def value(self, column: str, game: int = 0) -> float | list[float]:
        """The seat's own row of a quantity in one game, or a public quantity that belongs to nobody.

        A list where the quantity has a further axis (the nodes of a foundry, say).
        """
        return own_or_public(self.view, column)[..., game].tolist()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


def own_or_public(view: View, column: str) -> Array:
    """A seat's own row of a column, or all of one that has no rows."""
    return view.public(column) if axes_of(column) == ("worlds",) else view.own(column)[0]


class Government(Actor):
    """Makes rules, and pays for changing them in political capital."""

    roles = ("controller", "planner", "host")


class Fab(Actor):
    """Makes dies or memory."""

    roles = ("foundry", "memory_maker")


class Chipmaker(Actor):
    """Designs chips and sells them."""

    roles = ("chipmaker",)


class Lab(Actor):
    """Buys compute and trains models."""

    roles = ("lab",)


class Broker(Actor):
    """Moves chips past the rules."""

    roles = ("broker",)


KINDS: tuple[type[Actor], ...] = (Government, Fab, Chipmaker, Lab, Broker)


def kind_of(role: str) -> type[Actor]:
    """The kind of agent that plays a role."""
    return next(kind for kind in KINDS if role in kind.roles)
