"""The doctrine of memory makers, who decide how many stacks there will be and who may have them."""

from agents.doctrine.dials import nudge
from world.chance import Chance
from world.orders import Orders
from world.view import View

EMPTY, PILED_UP = 0.3, 1.0
"""Quarters of output in stock that show a shortage, or a glut."""
CAPEX = 1.3e6
"""What capacity for a million stacks a quarter costs (thousand USD), as makers reckon."""
COVER = 2.0
"""Times that cash must cover what is on order before more is ordered."""
ALLOWED = 0.5
"""Share of memory denied to China up to which it is worth offering any."""


def standard(view: View, chance: Chance) -> Orders:
    """Grow as fast as stacks sell, at a price that holds.

    Plan A: expand and charge more while the shelves are empty; less of both when stock piles up.
    Plan B: where a rule gives weeks of grace, who sells to China sells all there while one may; where
    it bites, nobody offers anything there.
    """
    orders = view.blank_orders()
    capacity = view.own("memory_capacity")
    stock = view.own("memory_stock")
    empty, piled = stock < EMPTY * capacity, stock > PILED_UP * capacity
    ordered = view.dial("expand_memory", "stacks")
    paid = view.own("money") > COVER * CAPEX * (ordered + 0.1)
    nudge(orders, "expand_memory", "stacks", up=empty & paid, down=piled, by=0.1, low=0.1)
    nudge(orders, "price_memory", "markup", up=empty, down=piled, by=0.1, low=0.1, high=1.5)
    denied = view.rule("control_memory", "denied")[0]
    grace = view.public("memory_grace")[0] > 0
    sells = view.dial("ship_memory", "share") > 0
    open_ = (denied < ALLOWED) | grace
    nudge(
        orders,
        "ship_memory",
        "share",
        up=open_ & (piled | (grace & sells)),
        down=~view.is_chinese & ~open_,
        by=0.2,
    )
    return orders
