"""The doctrine of the other governments, between the controller's pressure and their own trade."""

from functools import cache

import numpy as np
from jaxtyping import Bool

from agents.doctrine.dials import nudge
from agents.doctrine.signals import SWING, best_chip, ceiling_for
from world.cast import Cast
from world.chance import Chance
from world.flows import Groups, groups
from world.orders import Orders
from world.view import View

Array = np.ndarray

STRONG, WEAK = 0.5, 0.25
"""Pressure that a government gives way to, and at which it goes its own way again."""
ONE_STEP = 0.25
"""How far a government follows beyond the pressure it is under; it strays no further than twice that."""
PATIENCE = 0.42
"""Approval under which it cannot afford to give way."""
SCANDAL = 2_000
"""Chips seized on its route in a quarter that it has to answer for."""
CAP_THAT_BINDS = 400_000.0
"""Chips a quarter to which a cap on its countries must fall before it feels it."""
NO_CEILING = 60_000.0
"""Ceiling (TPP) that stands for no rule."""
RULED = 0.5
"""Strictness of the cloud rule above which hosting Chinese labs is not worth the trouble."""
DEAR, CHEAP = 2.5, 1.6
"""Rent of compute (USD per H100e hour) at which hosting pays, or does not."""


@cache
def routes_by_host(cast: Cast) -> Groups:
    """Smuggling routes grouped by the government whose ports they pass."""
    return groups(cast.route_host.tolist(), cast.size("hosts"))


def caught_on_route(view: View) -> Bool[Array, "seats worlds"]:
    """Whether much was seized in the quarter on a route through each government's ports."""
    caught = routes_by_host(view.cast).summed(view.public("caught"))
    return caught[view.desk.together] > SCANDAL


def is_capped(view: View) -> Bool[Array, " worlds"]:
    """Whether rules keep the countries on the routes from the chips they want."""
    number = view.rule("cap_countries", "chips")[0] <= CAP_THAT_BINDS
    ceiling = ceiling_for(view, SWING)
    return number | ((ceiling < NO_CEILING) & (ceiling < best_chip(view, "us")))


def standard(view: View, chance: Chance) -> Orders:
    """Sell to both sides as long as both let one, and stand well at home.

    Plan A: follow the controls only as far as one is pressed to, and host whoever pays.
    Plan B: when rules keep American chips away, buy Chinese ones; after a scandal inspect the ports
    for a while.
    """
    orders = view.blank_orders()
    pressure = view.rule("press_allies", "pressure")[0][view.rows]
    pressed = (pressure >= STRONG) & (view.own("approval") > PATIENCE)
    free = pressure <= WEAK
    makes_tools = view.cast.tool_weight[view.rows, None] > 0
    is_swing = (view.rows[:, None] == view.cast.cloud_host).any(axis=1, keepdims=True)
    capped = is_capped(view)
    up, down = is_swing & capped & ~pressed, ~capped | pressed
    nudge(orders, "source_chips", "share", up=up, down=down, by=0.1, high=0.6)
    follows, content = view.dial("align_tools", "alignment"), view.own("approval") > PATIENCE
    up, down = (follows < pressure + ONE_STEP) & content, follows > pressure + 2 * ONE_STEP
    nudge(orders, "align_tools", "alignment", up=up & makes_tools, down=down, by=ONE_STEP)
    scandal = caught_on_route(view)
    up, down = scandal | (pressed & ~makes_tools), free & ~scandal
    nudge(orders, "enforce_transit", "effort", up=up, down=down, by=0.25, low=0.25)
    rent, ruled = view.public("rent_price"), view.rule("control_cloud", "strictness")[0] > RULED
    up, down = is_swing & (rent > DEAR) & ~pressed, is_swing & (ruled | (rent < CHEAP))
    nudge(orders, "host_compute", "share", up=up, down=down, by=0.1, high=0.8)
    return orders
