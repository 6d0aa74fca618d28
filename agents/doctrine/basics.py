"""Two doctrines that any seat can follow: change nothing, and anything legal."""

import numpy as np

from world.chance import Chance
from world.orders import Orders
from world.view import View


def still(view: View, chance: Chance) -> Orders:
    """Leave every dial where it stands."""
    return view.blank_orders()


def random(view: View, chance: Chance) -> Orders:
    """Move about three dials a quarter to settings drawn evenly within their bounds."""
    orders = view.blank_orders()
    places = {kind: orders.layout.places[kind] for kind in view.kinds()}
    entries = sum(place.size // place.shape[0] for place in places.values())
    for kind, place in places.items():
        some = int(np.prod(place.shape))
        everybody = (*place.shape, view.worlds)
        moves = chance.uniform(f"random.{kind}.moves", some) < 4.0 / max(entries, 1)
        for amount in place.kind.amounts:
            draw = chance.uniform(f"random.{kind}.{amount.name}", some)
            value = amount.low + draw * (amount.high - amount.low)
            mine = value.reshape(everybody)[view.rows]
            orders.set(kind, where=moves.reshape(everybody)[view.rows], **{amount.name: mine})
    return orders
