"""Doctrines of brokers, who carry chips past the rules for a margin and would rather not be
caught."""

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.dials import nudge
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

COST, FINE = 0.1, 3.0
"""What a shipment costs, and what a seized one costs besides (over the legal price), as brokers
reckon."""
RICH, THIN = 0.3, 0.0
"""Expected margin over the legal price from which more is worth moving, and under which less is."""
STUNG = 0.3
"""Share of a quarter's goods seized that counts as a blow."""
WATCHED = 0.5
"""Share of cargo inspected in the host's ports from which detours pay."""
HOT, COLD = 0.35, 0.2
"""Chance that a consignment is seized at which the careful stop, and from which they come back."""


def expected_margin(view: View) -> Float[Array, "seats worlds"]:
    """What a chip sent is expected to bring over the legal price, at the last premium."""
    risk = view.own("risk").astype(float)
    return (1 - risk) * (view.public("premium") - COST) - risk * FINE


def is_stung(view: View) -> Bool[Array, "seats worlds"]:
    """Whether a painful share of the quarter's goods was seized."""
    return view.own("caught") > STUNG * np.maximum(view.own("moved"), 1)


def is_watched(view: View) -> Bool[Array, "seats worlds"]:
    """Whether the ports on each route are inspected closely."""
    host = view.cast.route_host[view.rows]
    effort = view.rule("enforce_transit", "effort")[np.maximum(host, 0)]
    return (effort >= WATCHED) & (host >= 0)[:, None]


def standard(view: View, chance: Chance) -> Orders:
    """Earn the premium and stay at liberty.

    Plan A: put more of the network to work while the expected margin is rich, in parts of a
    middling size.
    Plan B: after a blow ship smaller parts by detours and for a thicker margin, and less of them if
    it no longer pays.
    """
    orders = view.blank_orders()
    margin, stung = expected_margin(view), is_stung(view)
    rich, thin = margin > RICH, margin < THIN
    nudge(orders, "offer_capacity", "share", up=rich, down=thin | (stung & ~rich), by=0.2, low=0.2)
    well = rich & ~stung
    nudge(orders, "size_consignments", "chips", up=well, down=stung, by=160, low=80, high=800)
    wary = stung | is_watched(view)
    nudge(orders, "choose_route", "detour", up=wary, down=~wary, by=0.25)
    nudge(orders, "set_markup", "margin", up=stung, down=well, by=0.1, high=0.3)
    return orders


def bold(view: View, chance: Chance) -> Orders:
    """Earn as much as the market bears, and think of the law later.

    Plan A: all of the network, in the largest consignments, at the margin that wins the business.
    Plan B: when a burnt route or a thin margin shows that it does not pay, ship in halves until it
    does.
    """
    orders = view.blank_orders()
    margin = expected_margin(view)
    burnt = view.own("route_capacity") < 0.5 * view.own("route_base")
    loss = margin < -RICH
    nudge(orders, "offer_capacity", "share", up=~loss, down=loss & burnt, by=0.2, low=0.4)
    halve = is_stung(view) & (burnt | (margin < THIN))
    nudge(orders, "size_consignments", "chips", up=~halve, down=halve, by=800, low=400)
    watched = is_watched(view)
    nudge(orders, "choose_route", "detour", up=halve & watched, down=~watched, by=0.25)
    nudge(orders, "set_markup", "margin", up=loss, down=margin > THIN, by=0.2, high=0.4)
    return orders


def careful(view: View, chance: Chance) -> Orders:
    """Stay at liberty, and earn what that leaves.

    Plan A: small parts by detours, a part of the network, at a good margin.
    Plan B: stop where the risk is high or customs have just struck; come back slowly once it is
    low.
    """
    orders = view.blank_orders()
    risk, stung = view.own("risk"), view.own("caught") > 0
    stop, safe = stung | (risk > HOT), (risk < COLD) & ~stung
    pays = safe & (expected_margin(view) > RICH)
    nudge(orders, "offer_capacity", "share", up=pays, down=stop, by=0.2, high=0.6)
    nudge(orders, "size_consignments", "chips", up=safe, down=~safe, by=160, low=64, high=320)
    nudge(orders, "choose_route", "detour", up=~safe | is_watched(view), down=safe, by=0.25)
    nudge(orders, "set_markup", "margin", up=stop, down=safe, by=0.1, low=0.2, high=1.0)
    return orders
