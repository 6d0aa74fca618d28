"""Signals: what a seat makes of the news and of the rules that everybody can read."""

from functools import cache

import numpy as np
from jaxtyping import Bool, Float, Int

from world.cast import BLOCS, GROUPS, Cast
from world.flows import together
from world.phases.standing import OBJECTIVES
from world.view import View

Array = np.ndarray

CHINA = GROUPS.index("cn")
SWING = GROUPS.index("swing")


def weight_of(view: View, objective: str) -> Float[Array, "seats 1"]:
    """How much each seat's own score counts an objective."""
    return view.cast.weights[view.desk.numbers, OBJECTIVES[view.role].index(objective)][:, None]


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
    theirs = products_of(view.cast, bloc)
    on_sale = view.public("on_sale")[theirs]
    return np.where(on_sale, view.public("tpp")[theirs], np.float32(0)).max(axis=0)


@cache
def products_of(cast: Cast, bloc: str) -> slice | Int[Array, " some"]:
    """The products of a bloc's makers that are not for export."""
    return together(np.flatnonzero((cast.is_cn_product == (bloc == "cn")) & ~cast.is_export))


@cache
def seats_of(cast: Cast, role: str, bloc: str) -> slice | Int[Array, " some"]:
    """The seats of a role that answer to a bloc, by number among their like."""
    return together(np.flatnonzero(cast.seat_bloc(role) == (bloc == "cn")))


def best_model(view: View, bloc: str) -> Float[Array, " worlds"]:
    """The best score (ECI) that any lab of a bloc has reached."""
    return view.public("record_score")[BLOCS.index(bloc), 0]


def has_released(view: View, bloc: str) -> Bool[Array, " worlds"]:
    """Whether a lab of a bloc brought out a model in the quarter."""
    return np.logical_or.reduce(view.public("released")[seats_of(view.cast, "lab", bloc)], axis=0)


def dearest(view: View, bloc: str) -> Float[Array, " worlds"]:
    """The highest price over list that a maker of a bloc gets: shortage shows there first."""
    return view.public("price_index")[seats_of(view.cast, "chipmaker", bloc)].max(axis=0)


@cache
def ports(cast: Cast) -> Bool[Array, "hosts 1"]:
    """Which governments have a smuggling route through their ports."""
    result = np.zeros((cast.size("hosts"), 1), dtype=bool)
    hosts = cast.route_host
    result[hosts[hosts >= 0]] = True
    return result
