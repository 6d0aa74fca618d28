"""Human: a seat that waits in a mailbox for somebody at a screen."""

from world.orders import Orders

NAME = "human"
"""What stands in the list of players for a seat that a person holds."""


class Human:
    """The mailbox of a seat: the last orders put in it count; with none, every dial stays as it is."""

    def __init__(self) -> None:
        self._orders: Orders | None = None

    @property
    def has_orders(self) -> bool:
        """Whether orders are waiting."""
        return self._orders is not None

    def put(self, orders: Orders | None) -> None:
        """Leave orders for the coming quarter in place of any left before; None takes them back."""
        self._orders = orders

    def taken(self) -> Orders | None:
        """The orders that are waiting; the mailbox is empty afterwards."""
        orders, self._orders = self._orders, None
        return orders
