"""Doctrines of foundries, who decide how many wafers there will be, on which node, and how good."""

import numpy as np
from jaxtyping import Float

from agents.doctrine.dials import nudge
from agents.doctrine.signals import seized
from world.cast import NODES
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

MATURE, ADVANCED, LEADING = range(len(NODES))
FULL, SLACK = 0.93, 0.6
"""Use of a node (share) from which more of it pays, and under which it does not."""
CAPEX = (60.0, 200.0, 360.0)
"""What a wafer a month costs to add on each node (thousand USD), as foundries reckon."""
COVER = 2.5
"""Times that cash must cover what is on order before more is ordered."""
ROUGH, FINE = 0.2, 0.1
"""Defects (1/cm2) on the advanced node that call for experiments, or for none."""
WORN = 0.8
"""Share of the tools in working order under which more capacity would stand idle."""
SCANDAL = 5_000
"""Chips seized in a quarter from which customers are looked at."""
FRONTS = 1.0
"""Black-market premium at which front companies can be expected."""


def planned(view: View) -> Float[Array, "seats worlds"]:
    """Thousand dollars a quarter that the expansions on order will ask for."""
    wafers = view.dial("expand", "wafers")
    mature, advanced, leading = (wafers[:, node] * CAPEX[node] for node in range(len(NODES)))
    return mature + advanced + leading


def expand(
    orders: Orders,
    view: View,
    node: int,
    plan: Array,
    *,
    by: float,
    low: float = 0.0,
    high: float,
    full: float = FULL,
) -> None:
    """Order more of a node while it is full and cash covers the plan; less when it stands idle."""
    use, cash = view.own("utilisation")[:, node], view.own("money")
    up = (use > full) & (cash > COVER * (plan + by * CAPEX[node]))
    down = (use < SLACK) | (cash < plan)
    limits = {"low": low, "high": high}
    nudge(orders, "expand", "wafers", up=up, down=down, by=by, pick=node, **limits)


def price(orders: Orders, view: View) -> None:
    """Charge more while the advanced node is full, less when it stands idle."""
    use = view.own("utilisation")[:, ADVANCED]
    up, down = use > FULL, use < SLACK
    nudge(orders, "price_wafers", "markup", up=up, down=down, by=0.1, low=0.3, high=1.5)


def screen(orders: Orders, view: View) -> None:
    """Look harder at customers when rules tighten or after large seizures; less in quiet times."""
    tightened = view.public("tightened")[0]
    watched = (tightened > 0.02) | (seized(view) > SCANDAL)
    careless = (tightened <= 0) & (view.public("premium") < FRONTS) & ~watched
    nudge(orders, "screen_customers", "effort", up=watched, down=careless, by=0.25, low=0.25)


def standard(view: View, chance: Chance) -> Orders:
    """Sell as many good wafers as customers want, at a price that holds.

    Plan A: expand what is full and paid for, and let price follow use.
    Plan B: where dies come out bad, learn first; where the state screens, screen.
    """
    orders = view.blank_orders()
    price(orders, view)
    plan = planned(view)
    expand(orders, view, ADVANCED, plan, by=1_000, high=8_000)
    expand(orders, view, LEADING, plan, by=1_000, low=4_000, high=12_000)
    density, use = view.own("defect_density")[:, ADVANCED], view.own("utilisation")
    full = use[:, ADVANCED] > FULL
    rough, fine = (density > ROUGH) & ~full, (density < FINE) | full
    nudge(orders, "improve_yield", "effort", up=rough, down=fine, by=0.05, low=0.05, high=0.2)
    poor = view.own("money") < plan
    nudge(orders, "push_node", "spend", up=use[:, LEADING] > FULL, down=poor, by=250)
    screen(orders, view)
    return orders


def rush(view: View, chance: Chance) -> Orders:
    """Have capacity before anybody asks: wafers first, yield later.

    Plan A: order more of the advanced node every quarter that cash allows, cheap for customers.
    Plan B: when cash runs out, charge more; when tools wear out, stop ordering what cannot run.
    """
    orders = view.blank_orders()
    cash, plan = view.own("money"), planned(view)
    use = view.own("utilisation")[:, ADVANCED]
    short, flush = cash < COVER * plan, (use < FULL) & (cash > 2 * COVER * plan)
    nudge(orders, "price_wafers", "markup", up=short, down=flush, by=0.1)
    running = (use > SLACK) & (view.own("tool_health") > WORN)
    more, less = running & (cash > plan), ~running
    nudge(orders, "expand", "wafers", up=more, down=less, by=2_000, high=16_000, pick=ADVANCED)
    nudge(orders, "improve_yield", "effort", up=use < SLACK, down=use > SLACK, by=0.05)
    nudge(orders, "screen_customers", "effort", up=view.public("tightened")[0] > 0.05, by=0.25)
    return orders


def craft(view: View, chance: Chance) -> Orders:
    """Make fewer wafers and better ones, and get to the next node.

    Plan A: give wafers to experiments until defects are few, and spend on the leading node.
    Plan B: when yields are in hand and the node is full, expand; when cash is short, charge for
    quality.
    """
    orders = view.blank_orders()
    density, cash, plan = view.own("defect_density")[:, ADVANCED], view.own("money"), planned(view)
    full = view.own("utilisation")[:, ADVANCED] > FULL
    nudge(orders, "price_wafers", "markup", up=full | (cash < plan), down=~full, by=0.1, low=0.5)
    good = density < 1.3 * FINE
    more, less = good & full & (cash > COVER * plan), ~good & ~full
    limits = {"low": 1_000, "high": 6_000}
    nudge(orders, "expand", "wafers", up=more, down=less, by=1_000, pick=ADVANCED, **limits)
    expand(orders, view, LEADING, plan, by=500, high=4_000, full=SLACK)
    nudge(orders, "push_node", "spend", up=cash > 4 * COVER * plan, down=cash < plan, by=250)
    nudge(orders, "improve_yield", "effort", up=~good, down=density < FINE, by=0.1, low=0.05)
    screen(orders, view)
    return orders
