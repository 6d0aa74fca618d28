"""Seat: what a game promises to whoever sits in it; agents reach the game through this and nothing else."""

from typing import Any, Protocol, runtime_checkable

from agents.rollout import Block
from world.chance import Chance
from world.orders import Orders
from world.view import View


@runtime_checkable
class Table(Protocol):
    """A game as its seats know it: they look, they hand in orders, and each has luck of its own."""

    @property
    def blocks_of(self) -> dict[int, tuple[Block, ...]]:
        """For each seat, the blocks of like seats that it decides for."""

    def view(self, seat: str | int | Block) -> View:
        """What a seat, or a block of like seats each for itself, sees; never more."""

    def luck(self, block: Block) -> Chance:
        """A block's own luck this quarter."""

    def hand_in(self, orders: Orders, chosen: Any = None) -> None:
        """Take the orders of the seats that gave them, in the chosen games or in all."""
