"""The claim about directives (C39): what the state favours gains more than its wafers, what it neglects loses more."""

from functools import cache

import numpy as np
import pytest

from tests.claims.harness import Settings, arm, assert_shown, log, opening
from world.state import World

Array = np.ndarray

LOGIC = 1
"""Dies are what limits a maker's output, as the packaging phase records it."""
QUARTERS, FAB_DELAY = 6, 3
MAKERS = ("huawei", "cambricon", "metax", "hygon")
WHOLE_CHIPS = 0.001
"""What rounding to whole chips and wafers does to output by itself."""


def dies_limit() -> dict[str, float]:
    """A start in which nothing but dies limits what China's makers build and sell, and wafers are shared by demand."""
    cast = opening()[0].cast
    chinese = [name for name, is_chinese in zip(cast.products, cast.is_cn_product, strict=True) if is_chinese]
    banks = {f"{product}.open.{bank}": 0 for product in chinese for bank in ("dies_tested", "dies_raw")}
    stacks = {f"{maker}.open.stacks": 60_000_000 for maker in MAKERS}
    equal = {f"smic.share_wafers.{maker}.weight": 2 for maker in ("huawei", "cambricon", "hygon")}
    demand = {"rules.fastest_growth": 20, "rules.stock_limit": 20}
    return (
        banks
        | stacks
        | equal
        | demand
        | {"smic.open.pack_capacity": 10_000_000, "open.proxy_capacity": 0, "rules.proxy_limit": 0}
    )


START = dies_limit()


@cache
def directed(settings: tuple[tuple[str, float], ...], share: float | None) -> list[World]:
    """Six quarters with the directive as it is, or with Huawei given that share of advanced wafers."""
    world, rules = opening(START | dict(settings))
    hold = {("direct_wafers", "share", ("huawei",)): share} if share else {}
    return arm(world, rules, log(world, rules, QUARTERS), hold=hold)


def wafers(quarters: list[World], maker: str) -> Array:
    """Advanced wafers a maker was given in the first half of the time."""
    row = quarters[0].cast.at("chipmakers", maker)
    return sum(world.started[row, 1].astype(float) for world in quarters[:FAB_DELAY])


def chips_a_wafer(quarters: list[World], maker: str) -> Array:
    """Chips made in the second half of the time for each wafer started in the first."""
    row = quarters[0].cast.at("chipmakers", maker)
    made = sum(world.cast.by_maker.summed(world.packed)[row] for world in quarters[FAB_DELAY:])
    return made / wafers(quarters, maker)


def is_learning(quarters: list[World], maker: str) -> Array:
    """Where dies limit a maker throughout the second half, and defects are a fifth above what the tools allow."""
    row, smic = (quarters[0].cast.at(axis, name) for axis, name in (("chipmakers", maker), ("foundries", "smic")))
    short = np.all([world.binding[row] == LOGIC for world in quarters[FAB_DELAY:]], axis=0)
    rules = opening()[1]
    return short & (quarters[-1].defect_density[smic, 1] > 1.2 * rules.floor_unserviced)


@pytest.mark.parametrize(("maker", "sign"), [("huawei", +1), ("cambricon", -1), ("hygon", -1)])
def test_c39_a_directive_moves_output_by_more_than_wafers_within_six_quarters(maker, sign):
    def beyond_its_wafers(settings: Settings) -> tuple[Array, Array]:
        given = tuple(settings.items())
        without, ordered = directed(given, None), directed(given, 0.6)
        assert (sign * (wafers(ordered, maker) - wafers(without, maker)) > 0).all()
        beyond = chips_a_wafer(ordered, maker) / chips_a_wafer(without, maker) - 1
        return np.where(np.abs(beyond) < WHOLE_CHIPS, 0, beyond), is_learning(without, maker)

    assert_shown(beyond_its_wafers, sign, off={"rules.learning_slope": 0})
