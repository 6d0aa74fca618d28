"""What a scenario file may hold: its tables, whose rows they are, and what describes an item for a whole game."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from world.cast import BLOCS, CHANNELS, GROUPS, NODES, REGIONS, ROLES, STACKS
from world.orders import OrderKind
from world.phases.standing import OBJECTIVES
from world.state import SIZES, axes_of, columns
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
    *("mix", "gross_dies", "die_yield", "dies_coming", "installed", "usable", "compute"),
    *("foundry_chips", "memory_before", "compute_before", "revenue_before"),
    *("made", "retired", "seized", "dies_made", "dies_used", "dies_scrapped"),
    *("stacks_made", "stacks_used"),
)
"""Quantities that follow from the rest of an opening, and counts that begin with the game."""

QUESTIONS = (
    "huawei_output",
    "smic_yield",
    "advanced_wafers",
    "ascend_wafers",
    "memory_left",
    "smuggled",
    "rented",
    "lead",
)
"""Disputed quantities of which the world knows the truth; the first must be asked."""

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

Kind = Literal["number", "whole", "mark", "only", "reference", "said"]


@dataclass(frozen=True)
class Attribute:
    """What describes an item for a whole game: a field of `Cast`, and the key that gives it in a file.

    A "number" and a "whole" number come with unit and source, and with `by` they are a table of names;
    a "mark" is true or false; "only" is the index of the one item that is marked; a "reference" is the
    name of something along `by`, by index (-1: none); "said" is whether another attribute's key is there.
    """

    name: str
    axis: str
    doc: str
    kind: Kind = "number"
    key: str = ""
    unit: str = ""
    by: str = ""
    default: float | None = 0.0
    """What holds where nothing is said; None: something must be."""
    low: float = 0.0
    high: float = float("inf")
    adds_up: bool = False
    """Whether an item's numbers along `by` must add up to 1, where any is given."""
    per_product: bool = False
    """Whether `Cast` wants the chipmaker's number for each of its products."""

    @property
    def written(self) -> str:
        """The key in the file."""
        return self.key or self.name


ATTRIBUTES = (
    Attribute(
        "tool_weight",
        "hosts",
        "share of the world's controlled tools that its firms make",
        unit="share",
        high=1.0,
    ),
    Attribute(
        "is_main_foundry",
        "foundries",
        "the foundry that allied subsidies go to first",
        "mark",
        key="main",
    ),
    Attribute(
        "is_champion",
        "chipmakers",
        "the maker that the state's memory goes to first",
        "mark",
        key="champion",
    ),
    Attribute(
        "fab_delay",
        "chipmakers",
        "from wafer to die",
        "whole",
        unit="quarters",
        low=1,
        high=SIZES["in_process"],
        default=None,
        per_product=True,
    ),
    Attribute(
        "die_size",
        "chipmakers",
        "area of the compute die of its new designs",
        unit="mm2",
        default=None,
    ),
    Attribute(
        "power_factor",
        "chipmakers",
        "power of its chips on the advanced node, without cooling and network",
        unit="kW/thousand TPP",
        default=None,
    ),
    Attribute(
        "price_base",
        "chipmakers",
        "price of a new chip of no performance",
        unit="thousand USD",
        default=None,
    ),
    Attribute(
        "price_slope",
        "chipmakers",
        "what performance adds to that price",
        unit="thousand USD/thousand TPP",
        default=None,
    ),
    Attribute(
        "taste",
        "chipmakers",
        "share of each owner's chip money that would go to it, were all to be had",
        by="owners",
        unit="share",
        high=1.0,
    ),
    Attribute(
        "lab_share",
        "labs",
        "share of its owner's compute that it may use for models",
        unit="share",
        high=1.0,
        default=1.0,
    ),
    Attribute(
        "channel",
        "owners",
        "how it splits its chip money between channels (of labs, their orders say)",
        by="channels",
        unit="share",
        high=1.0,
        adds_up=True,
    ),
    Attribute("is_cloud", "owners", "it rents compute to Chinese labs", "mark", key="cloud"),
    Attribute(
        "cloud_host",
        "owners",
        "the host government it answers to",
        "reference",
        key="host",
        by="hosts",
        default=-1,
    ),
    Attribute("is_state", "owners", "it is a state data centre", "mark", key="state"),
    Attribute("is_front", "brokers", "it orders dies abroad through front companies", "mark", key="front"),
    Attribute(
        "is_swing", "owners", "it is in a country through which chips pass", "mark", key="swing"
    ),
    Attribute(
        "route_host",
        "brokers",
        "the host government whose ports its route passes",
        "reference",
        key="host",
        by="hosts",
        default=-1,
    ),
    Attribute(
        "is_export", "products", "it was designed under a ceiling for export", "mark", key="export"
    ),
    Attribute(
        "proxy_product",
        "products",
        "the one product whose dies front companies order abroad",
        "only",
        key="proxy",
    ),
    Attribute(
        "briefing_source", "sources", "the one source that chipmakers brief", "only", key="briefing"
    ),
    Attribute(
        "source_bias",
        "sources",
        "how far it leans on each question it speaks on",
        key="bias",
        by="questions",
        unit="ln",
        low=-float("inf"),
    ),
    Attribute(
        "source_speaks",
        "sources",
        "whether it has a bias, if of 0",
        "said",
        key="bias",
        by="questions",
    ),
    Attribute(
        "source_noise", "sources", "scatter of what it says", key="noise", by="questions", unit="ln"
    ),
    Attribute(
        "weights",
        "seats",
        "what its score is made of: its four objectives, adding up to 1",
        by="objectives",
        unit="share",
        default=0.25,
        high=1.0,
        adds_up=True,
    ),
)
"""Everything that describes an item for a whole game, one entry for each such field of `Cast`."""


def table_of(axis: str) -> tuple[str, ...]:
    """The arrays of tables that hold rows of an axis (none: the axis belongs to nobody)."""
    return tuple(name for name, table in TABLES.items() if axis in table.axes)


def attributes_of(table: str) -> tuple[Attribute, ...]:
    """What may be said about an item of a table for a whole game, each key once."""
    return tuple(a for a in ATTRIBUTES if a.axis in TABLES[table].axes and a.kind != "said")


def objectives_of(table: str) -> tuple[str, ...]:
    """The objectives of the kinds of seat in a table."""
    return tuple(dict.fromkeys(o for role in TABLES[table].roles for o in OBJECTIVES[role]))


@cache
def opening_columns(table: str = "") -> tuple[str, ...]:
    """The quantities that items of a table open with; without a table, those of `[open]`."""
    found = []
    for name in columns():
        first = axes_of(name)[0]
        if name in COMPUTED or first in ("dials", "entries", *SIZES):
            continue
        if (table and first in TABLES[table].axes) or (
            not table and (first == "accounts" or not table_of(first))
        ):
            found.append(name)
    return tuple(found)


def kinds_of(table: str) -> tuple[OrderKind, ...]:
    """The kinds of order whose dials seats of a table hold."""
    return tuple(kind for kind in ORDERS if kind.issuer in TABLES[table].roles)
