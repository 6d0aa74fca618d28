"""Doctrines of chipmakers, who decide what is designed, for whom it is made, and what officials hear."""

import numpy as np
from jaxtyping import Bool, Float

from agents.doctrine.dials import aim, amount_of, nudge
from agents.doctrine.signals import CHINA, ceiling_for, gate, keys_turned, seized
from world.cast import REGIONS
from world.chance import Chance
from world.orders import Orders
from world.view import View

Array = np.ndarray

THIRD, HOME_CN = REGIONS.index("third"), REGIONS.index("cn")
MATURE, ADVANCED, LEADING = 0, 1, 2
LOGIC, MEMORY, PACKAGING = 1, 2, 3
"""What may limit a maker's output, as the packaging phase records it."""

SHORT, SLACK = 1.5, 0.9
"""Chips asked for over chips offered from which prices rise, and under which they fall."""
DESIGN, EXPORT = 400_000.0, 150_000.0
"""What projects cost (thousand USD)."""
COVER = 1.25
"""Times that cash must cover a project before it starts."""
NEAR = 0.08
"""Share by which a ceiling must move before the export design follows."""
LOBBY_HABIT, LOBBY_STAKES, LOBBY_SLACK = 0.15, 8.0, 0.3
"""Lobbying (million USD a quarter) with nothing at stake, with all sales at stake, and the change worth a move."""
THREATENED = 0.05
"""Share of sales denied by rules from which a maker argues with figures."""
CLAIM, BELIEVED, CLAIM_SLACK = 1.6, 0.5, 150_000.0
"""What it claims Huawei makes over what it believes; the credit under which it keeps quiet; the change worth a move."""
GOOD_PACKAGES = 0.5
"""Packages that work of those started, under which dies are tested first."""
SOFTWARE = 0.85
"""What users get of domestic chips, under which software comes first."""
SCANDAL = 1_000
"""Chips seized in a quarter from which makers check their customers."""


def side_of(view: View) -> tuple[Bool[Array, "seats 1"], Bool[Array, "seats 1"]]:
    """Which seats are American, and which Chinese."""
    return ~view.is_chinese, view.is_chinese


def price(orders: Orders, view: View, high: float = 0.4, low: float = -0.2) -> None:
    """Charge more while buyers queue, less when chips lie about."""
    backlog = view.own("backlog")
    nudge(orders, "price_chips", "markup", up=backlog > SHORT, down=backlog < SLACK, by=0.1, low=low, high=high)


def may_start(view: View) -> Bool[Array, "seats worlds"]:
    """Whether a maker could start its next chip: nothing runs, something may still come out, and it can pay."""
    idle = (view.own("design_left") == 0) & (view.own("free_slots") > 0)
    return idle & (view.own("money") > COVER * DESIGN)


def start_design(
    orders: Orders, start: Array, node: Array | int, dies: Array | int, stacks: Array | float
) -> None:
    """Start the next chip where asked: its node, dies and memory, under a new project number."""
    for amount, value in (("node", node), ("dies", dies), ("stacks", stacks)):
        declared = amount_of(orders, "design_chip", amount)
        level = np.clip(np.rint(value - declared.low), 0, declared.steps).astype(np.int16)
        orders.set_levels = None if False else None
        table = orders.levels["design_chip", amount]
        table[...] = np.where(start, level, table)
        orders.asked.add(("design_chip", amount))
    nudge(orders, "design_chip", "project", up=start, by=1)
