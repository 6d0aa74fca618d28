"""Signals: what a seat makes of the news and of the rules that everybody can read."""

import numpy as np
from jaxtyping import Bool, Float, Int

from world.cast import BLOCS, GROUPS
from world.phases.standing import OBJECTIVES
from world.view import View

Array = np.ndarray

CHINA = GROUPS.index("cn")
SWING = GROUPS.index("swing")


def weight_of(view: View, objective: str) -> Float[Array, "seats 1"]:
    """How much each seat's own score counts an objective."""
    return view.cast.weights[list(view.seats), OBJECTIVES[view.role].index(objective)][:, None]


def seized(view: View) -> Int[Array, " worlds"]:
    """Chips that customs seized in the quarter."""
    return view.public("caught").sum(axis=0)


def ceiling_for(view: View, group: int) -> Float[Array, " worlds"]:
    """The most capable chip (TPP) that a group of countries may buy."""
    return view.rule("cap_exports", "ceiling")[0, group]


def gate(view: View) -> Float[Array, " worlds"]:
    """How far Beijing opens its gate to licensed foreign chips."""
    return view.rule("admit_chips", "share")[0]


def keys_turned(view: View) -> Float[Array, " worlds"]:
    """Chips a quarter that both keys, Washington's licence and Beijing's gate, let into China."""
    return view.rule("license_sales", "volume")[0] * gate(view)


def best_chip(view: View, bloc: str) -> Float[Array, " worlds"]:
    """The most capable chip (TPP) that makers of a bloc have on sale, not for export."""
    cast = view.cast
    theirs = (cast.is_cn_product == (bloc == "cn")) & ~cast.is_export
    on_sale = view.public("on_sale")[theirs]
    return np.where(on_sale, view.public("tpp")[theirs], np.float32(0)).max(axis=0)


def best_model(view: View, bloc: str) -> Float[Array, " worlds"]:
    """The best score (ECI) that any lab of a bloc has reached."""
    return view.public("record_score")[BLOCS.index(bloc), 0]


def has_released(view: View, bloc: str) -> Bool[Array, " worlds"]:
    """Whether a lab of a bloc brought out a model in the quarter."""
    return view.public("released")[view.cast.lab_bloc == BLOCS.index(bloc)].any(axis=0)


def dearest(view: View, bloc: str) -> Float[Array, " worlds"]:
    """The highest price over list that a maker of a bloc gets: shortage shows there first."""
    side = view.cast.seat_bloc("chipmaker") == (bloc == "cn")
    return view.public("price_index")[side].max(axis=0)


def ports(view: View) -> Bool[Array, "hosts 1"]:
    """Which governments have a smuggling route through their ports."""
    result = np.zeros((view.cast.size("hosts"), 1), dtype=bool)
    hosts = view.cast.route_host
    result[hosts[hosts >= 0]] = True
    return result
