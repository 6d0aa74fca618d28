"""What describes an item of a scenario for a whole game: such fields of `Cast`, declared once."""

from dataclasses import dataclass
from typing import Literal

from world.scenario_tables import TABLES
from world.state import SIZES

Kind = Literal["number", "whole", "mark", "only", "reference", "said"]


@dataclass(frozen=True)
class Attribute:
    """What describes an item for a whole game: a field of `Cast`, and its key in a file.

    A "number" and a "whole" number come with unit and source, and with `by` they are a table of
    names; a "mark" is true or false; "only" is the index of the one item that is marked; a
    "reference" is the name of something along `by`, as an index (-1: none); "said" is whether
    another attribute's key is there.
    """

    name: str
    axis: str
    doc: str
    kind: Kind = "number"
    key: str = ""
    unit: str = ""
    by: str = ""
    default: float | None = 0.0
    """What holds where nothing is said; None: something must be (a mark: for one item at least)."""
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
        default=None,
    ),
    Attribute(
        "is_champion",
        "chipmakers",
        "the maker that the state's memory goes to first",
        "mark",
        key="champion",
        default=None,
    ),
    Attribute(
        "fab_delay",
        "chipmakers",
        "from wafer to die",
        "whole",
        unit="quarters",
        low=1.0,
        high=float(SIZES["in_process"]),
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
        default=-1.0,
    ),
    Attribute("is_state", "owners", "it is a state data centre", "mark", key="state"),
    Attribute("is_front", "brokers", "it orders dies through front companies", "mark", key="front"),
    Attribute("is_swing", "owners", "chips pass through its country", "mark", key="swing"),
    Attribute(
        "route_host",
        "brokers",
        "the host government whose ports its route passes",
        "reference",
        key="host",
        by="hosts",
        default=-1.0,
    ),
    Attribute(
        "die_area",
        "products",
        "area of its compute die (not given: its maker's `die_size`); a maker's products of one area are made of the same dies",
        unit="mm2",
    ),
    Attribute("is_export", "products", "it was designed for export", "mark", key="export"),
    Attribute(
        "proxy_product",
        "products",
        "the one product whose dies front companies order abroad",
        "only",
        key="proxy",
    ),
    Attribute("briefing_source", "sources", "the one source that chipmakers brief", "only", key="briefing"),
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
    Attribute("source_noise", "sources", "scatter of what it says", key="noise", by="questions", unit="ln"),
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


def attributes_of(table: str) -> tuple[Attribute, ...]:
    """What may be said about an item of a table for a whole game, each key once."""
    return tuple(a for a in ATTRIBUTES if a.axis in TABLES[table].axes and a.kind != "said")
