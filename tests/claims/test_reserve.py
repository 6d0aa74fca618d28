"""The claim about military use (C23): there is enough for it, whatever is denied, and labs pay for it."""

import numpy as np

from tests.claims.harness import Hold, arm, assert_claim, assert_fails, log, opening
from world.state import World

Array = np.ndarray

RESERVE = 100_000.0
"""H100e kept for military use: the upper end of the estimate (MIL-001: 10,000 to 100,000)."""
TIGHTEST: Hold = {
    ("cap_exports", "ceiling", ("cn",)): 0,
    ("license_sales", "volume"): 0,
    ("cap_countries", "chips"): 0,
    ("control_tools", "euv"): 1,
    ("control_tools", "immersion"): 1,
    ("control_tools", "servicing"): 1,
    ("control_memory", "denied"): 1,
    ("control_memory", "grace"): 0,
    ("control_cloud", "strictness"): 1,
    ("fund_enforcement", "officers"): 1000,
    ("check_location", "coverage"): 1,
    ("press_allies", "pressure"): 1,
    ("align_tools", "alignment"): 1,
    ("enforce_transit", "effort"): 1,
    ("host_compute", "share"): 0,
    ("screen_customers", "effort"): 1,
    ("check_customers", "effort"): 1,
}
"""Everything that controllers, hosts and firms can deny, denied."""
QUARTERS = 12


def reserving(compute: float) -> list[World]:
    """A game under the tightest controls in which Beijing keeps so much compute (H100e) for its military."""
    world, rules = opening()
    hold = {**TIGHTEST, ("reserve_military", "compute"): compute}
    return arm(world, rules, log(world, rules, QUARTERS), hold=hold)


def of_labs(world: World) -> Array:
    """Compute (H100e) that China's labs have in the quarter."""
    return world.compute[world.cast.lab_bloc == 1].sum(axis=0).astype(float)


def plans_are_unmet(world: World) -> Array:
    """Where every lab in China lacks compute for its plans, so that what is taken is missed."""
    labs = np.flatnonzero(world.cast.lab_bloc == 1)
    return (world.unmet[labs] > 0).all(axis=0)


def test_c23_a_military_reserve_is_met_under_the_tightest_controls_and_costs_labs_over_a_hundredth():
    without, kept = reserving(0), reserving(RESERVE)
    met = np.min([quarter.military - RESERVE for quarter in kept], axis=0) >= 0
    assert met.mean() >= 0.95

    def cost(quarters: list[World]) -> Array:
        taken = [1 - of_labs(y) / of_labs(x) for x, y in zip(without, quarters, strict=True)]
        return np.min(taken, axis=0) - 0.01

    binds = np.all([plans_are_unmet(quarter) for quarter in without], axis=0)
    assert_claim(cost(kept), binds, +1)
    assert_fails(cost(reserving(0)), binds, +1)
