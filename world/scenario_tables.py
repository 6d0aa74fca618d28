"""What a scenario file may hold: its tables, their rows, and what describes an item for a game."""

from dataclasses import dataclass
from functools import cache

from world.cast import BLOCS, CHANNELS, GROUPS, NODES, REGIONS, ROLES, STACKS
from world.orders import OrderKind
from world.phases.standing import OBJECTIVES
from world.state import SIZES, columns, written_axes
from world.turn import ORDERS

FIXED = {
    "blocs": BLOCS,
    "channels": CHANNELS,
    "groups": GROUPS,
    "nodes": NODES,
    "regions": REGIONS,
    "stacks": STACKS,
}
"""Axes whose names no scenario chooses."""

CHOICES = {"node": NODES, "design_node": NODES}
"""Whole-number quantities that a scenario gives as a name."""

COMPUTED = (
    *("seed", "turn", "is_over", "length", "notes", "strictness", "belief", "lead", "talent"),
    *("trained", "run_target", "run_done", "run_age"),
    *("mix", "die_yield", "per_die", "dies_coming", "utilisation", "installed", "usable", "compute"),
    *("foundry_chips", "memory_before", "compute_before", "revenue_before"),
    *("retired", "seized", "dies_made", "dies_scrapped"),
    *("stacks_made", "stacks_used", "euv_fitted", "design_wafers", "design_defects"),
)
"""Quantities that follow from the rest of an opening, and counts that begin with the game."""

DIAL_AXES = ("dials", "entries", "delayed")
"""Axes of what seats have ordered."""

WIDER = {"premium": (-1.0, 20.0), "premium_limit": (0.0, 100.0), "tightened": (-1.0, 1.0)}
"""Bounds of shares that may leave the range from 0 to 1."""

SIGNED_UNITS = ("logit", "ln", "log10", "months", "quarter", "ECI")
"""Units in which a quantity of the state may be negative."""


@dataclass(frozen=True)
class Table:
    """An array of tables: whose rows it holds along which axes, and which roles at the table."""

    axes: tuple[str, ...]
    roles: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    """What an item must say besides its name."""

    @property
    def is_seat(self) -> bool:
        """Whether its items are seats."""
        return bool(self.roles)


_SEAT = ("seats", "accounts")
_OWNER = ("owners", "accounts")

TABLES = {
    "government": Table(
        ("governments", "controllers", "planners", "hosts", *_SEAT),
        ("controller", "planner", "host"),
        ("title", "role", "bloc"),
    ),
    "fab": Table(
        ("fabs", "foundries", "memory_makers", *_SEAT),
        ("foundry", "memory_maker"),
        ("title", "role", "bloc"),
    ),
    "chipmaker": Table(("chipmakers", *_SEAT), ("chipmaker",), ("title", "bloc", "foundry")),
    "lab": Table(("labs", "owners", *_SEAT), ("lab",), ("title", "bloc", "region")),
    "broker": Table(("brokers", *_SEAT), ("broker",), ("title", "bloc")),
    "owner": Table(_OWNER, keys=("region",)),
    "product": Table(("products", "goods"), keys=("maker",)),
    "source": Table(("sources",)),
    "question": Table(("questions",)),
}
"""The arrays of tables by name; rows of owners are labs first, then unplayed owners."""

assert tuple(role for table in TABLES.values() for role in table.roles) == ROLES

OWN_KEYS = {
    "role": "what kind of seat it is",
    "bloc": "the side it stands on",
    "region": "where its chips are",
    "foundry": "the foundry that makes its dies",
    "maker": "the chipmaker that designs it",
    "contraband": "true if it is traded on the black market",
}


def table_of(axis: str) -> tuple[str, ...]:
    """The arrays of tables that hold rows of an axis (none: the axis belongs to nobody)."""
    return tuple(name for name, table in TABLES.items() if axis in table.axes)


def objectives_of(table: str) -> tuple[str, ...]:
    """The objectives of the kinds of seat in a table."""
    return tuple(dict.fromkeys(o for role in TABLES[table].roles for o in OBJECTIVES[role]))


@cache
def opening_columns(table: str = "") -> tuple[str, ...]:
    """The quantities that items of a table open with; without a table, those of `[open]`."""
    found = []
    for name in columns():
        first = written_axes(name)[0]
        if name in COMPUTED or first in (*DIAL_AXES, *SIZES):
            continue
        own = TABLES[table].axes if table else ("accounts",)
        if first in own or (not table and not table_of(first)):
            found.append(name)
    return tuple(found)


def kinds_of(table: str) -> tuple[OrderKind, ...]:
    """The kinds of order whose dials seats of a table hold."""
    return tuple(kind for kind in ORDERS if kind.issuer in TABLES[table].roles)
