"""Readings that several statistics share, and what a statistic is."""

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from play import measures
from play.evidence.arms import Arm, Arms
from play.record import Quarter
from world.flows import total

Array = np.ndarray
Statistic = Callable[[Arms], Float[Array, " worlds"]]


def row_of(column: str, axis: str, name: str) -> Callable[[Quarter], Array]:
    """What reads one row of a column."""
    return lambda quarter: getattr(quarter, column)[quarter.cast.at(axis, name)].astype(float)


def made_by(quarter: Quarter, maker: str) -> Array:
    """Compute of the accelerators that one maker finished."""
    mine = np.array(quarter.cast.product_maker) == quarter.cast.at("chipmakers", maker)
    return total(np.where(mine[:, None], quarter.packed * quarter.h100e.astype(float), 0.0))


def world_stock(quarter: Quarter) -> Array:
    """Compute installed anywhere."""
    return measures.stock_us(quarter) + measures.stock_cn(quarter)


def smuggled_stock(quarter: Quarter) -> Array:
    """Compute of contraband that owners in China hold."""
    cast = quarter.cast
    mine = cast.is_slot_cn_owner & np.isin(cast.slot_product, cast.goods)
    return total(np.where(mine[:, None], quarter.chips * quarter.h100e[cast.slot_product].astype(float), 0.0))


def bought_by_china(arm: Arm, year: int) -> Array:
    """Compute of foreign chips that came to China in a year, licensed or smuggled."""
    return arm.summed(measures.licensed_h100e, year) + arm.summed(measures.smuggled_h100e, year)
