"""Outcomes: what a game comes to, each declared once with its unit, read from a record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from jaxtyping import Bool, Float

from play import measures
from play.record import Quarter, Record
from play.story import Story
from world.cast import Cast
from world.flows import safe_ratio, total

Array = np.ndarray
Measure = Callable[[Quarter], Float[Array, " worlds"]]
Table = dict[str, Float[Array, "turns worlds"]]

END, SUM, MEAN = "end", "sum", "mean"


@dataclass(frozen=True)
class Outcome:
    """A number that every quarter has, and what a whole game makes of it."""

    of: Measure
    unit: str
    over: str = END
    """What counts for a game: the quarter it ends with, the sum of its quarters, or their mean."""
    by_year: bool = False
    """Whether games also say it for each full calendar year."""
    is_shown: bool = False
    """Whether it stands in the table that a run prints."""
    is_lead: bool = False
    """Whether the lead is made of it, or it of the lead, so that ranking the two says nothing."""
    title: str = ""
    """What the row of the printed table says."""
    name: str = ""
    doc: str = ""

    def of_game(
        self, history: Float[Array, "turns worlds"], played: Bool[Array, "turns worlds"]
    ) -> Float[Array, " worlds"]:
        """What a game's played quarters come to."""
        if self.over == END:
            return history[-1]
        summed = total(np.where(played, history, 0.0))
        return summed if self.over == SUM else safe_ratio(summed, total(played.astype(float)))


@dataclass(frozen=True)
class Ratio:
    """One outcome over another, of a quarter, a year or a game; none where it would divide by zero."""

    name: str
    title: str
    doc: str
    top: str
    bottom: str
    by_year: bool = False

    unit = "ratio"
    over = "game"
    is_shown = True
    is_lead = False

    def of(self, table: Mapping[str, Array], suffix: str = "") -> Array:
        """The ratio, from outcomes by name."""
        return safe_ratio(table[self.top + suffix], table[self.bottom + suffix], np.nan)


OUTCOMES = (
    Outcome(measures.lead, "months", is_shown=True, is_lead=True, title="lead of the US side"),
    Outcome(measures.best_us, "ECI", is_shown=True, is_lead=True, title="best US-aligned model"),
    Outcome(measures.best_cn, "ECI", is_shown=True, is_lead=True, title="best Chinese model"),
    Outcome(measures.made_us, "H100e", SUM, by_year=True),
    Outcome(measures.made_cn, "H100e", SUM, by_year=True),
    Outcome(measures.stock_us, "H100e"),
    Outcome(measures.stock_cn, "H100e"),
    Outcome(measures.usable_us, "H100e"),
    Outcome(measures.usable_cn, "H100e"),
    Outcome(
        measures.champion_chips,
        "chips",
        SUM,
        by_year=True,
        is_shown=True,
        title="{champion}: chips made",
    ),
    Outcome(
        measures.champion_h100e,
        "H100e",
        SUM,
        by_year=True,
        is_shown=True,
        title="{champion}: compute made",
    ),
    Outcome(measures.champion_pack_yield, "share", MEAN),
    Outcome(measures.champion_stacks, "stacks"),
    Outcome(measures.champion_wafers, "wafers/quarter"),
    Outcome(measures.champion_bound_by_logic, "share", MEAN),
    Outcome(measures.champion_bound_by_memory, "share", MEAN),
    Outcome(measures.champion_bound_by_packaging, "share", MEAN),
    Outcome(measures.champion_bound_by_demand, "share", MEAN),
    Outcome(measures.licensed_chips, "chips", SUM, by_year=True),
    Outcome(
        measures.licensed_h100e,
        "H100e",
        SUM,
        by_year=True,
        is_shown=True,
        title="compute sold to China under licence",
    ),
    Outcome(
        measures.smuggled_chips,
        "chips",
        SUM,
        by_year=True,
        is_shown=True,
        title="chips smuggled to China",
    ),
    Outcome(
        measures.smuggled_h100e,
        "H100e",
        SUM,
        by_year=True,
        is_shown=True,
        title="compute smuggled to China",
    ),
    Outcome(measures.seized_chips, "chips", SUM),
    Outcome(measures.proxy_dies, "dies", SUM),
    Outcome(measures.rented, "H100e", is_shown=True, title="compute rented abroad"),
    Outcome(measures.rent_price, "USD/H100e hour"),
    Outcome(measures.premium, "share", MEAN, is_shown=True, title="black-market premium"),
    Outcome(measures.sales_to_cn, "thousand USD", SUM, by_year=True),
    Outcome(measures.unmet_cn, "H100e", MEAN),
    Outcome(measures.megawatts_cn, "MW"),
    Outcome(measures.software, "share"),
    Outcome(measures.cuda_share, "share"),
    Outcome(measures.stance, "logit", is_shown=True, title="stance (above zero: sellers)"),
    Outcome(measures.strictness, "share"),
    Outcome(measures.ceiling, "TPP", is_shown=True, title="ceiling for China"),
    Outcome(measures.gate, "share"),
    Outcome(measures.approval_us, "share", is_lead=True),
    Outcome(measures.approval_cn, "share", is_lead=True),
    Outcome(measures.military, "H100e"),
)
"""Every outcome but those of single labs and seats; the champion's are called by its name."""

RATIOS = (
    Ratio(
        "flow_ratio",
        "new compute, US side to China",
        "new compute of US-aligned makers over that of all Chinese makers",
        "made_us",
        "made_cn",
        by_year=True,
    ),
    Ratio(
        "stock_ratio",
        "installed compute, US side to China",
        "compute installed outside China over that in China",
        "stock_us",
        "stock_cn",
    ),
)


@cache
def declared(cast: Cast) -> dict[str, Outcome]:
    """Every outcome of a cast by name: the general ones, then each lab's model, each seat's objectives."""
    champion = cast.names["chipmakers"][cast.champion]
    found = []
    for outcome in OUTCOMES:
        name = outcome.of.__name__.replace("champion", champion)
        doc = (outcome.of.__doc__ or "").format(champion=champion)
        title = outcome.title.format(champion=champion)
        found.append(replace(outcome, name=name, title=title, doc=doc))
    for row, lab in enumerate(cast.names["labs"]):
        found.append(_of_row("score", row, lab, "ECI", f"best released model of {lab}"))
    for row, seat in enumerate(cast.names["seats"]):
        doc = f"how far {seat} met its own objectives, 0 to 100"
        found.append(_of_row("objective", row, seat, "points", doc))
    return {outcome.name: outcome for outcome in found}


def all_declared(cast: Cast) -> dict[str, Outcome | Ratio]:
    """Every outcome and ratio of a cast by name."""
    return {**declared(cast), **{ratio.name: ratio for ratio in RATIOS}}


def _of_row(column: str, row: int, whose: str, unit: str, doc: str) -> Outcome:
    """An outcome that is one row of a column."""

    def of(quarter: Quarter) -> Array:
        return getattr(quarter, column)[row].astype(float)

    return Outcome(of, unit, is_lead=True, name=f"{column}.{whose}", doc=doc)


def shown(cast: Cast) -> list[Outcome | Ratio]:
    """The outcomes of the table that a run prints, in its order: the race, the compute, the rest."""
    found: list[Outcome | Ratio] = [o for o in declared(cast).values() if o.is_shown]
    return [*found[:1], *RATIOS, *found[1:]]


def quarterly(record: Record) -> Table:
    """Every outcome in every quarter that was played; games that are over repeat their last."""
    found: Table = {}
    for outcome in declared(record.cast).values():
        found[outcome.name] = np.stack([outcome.of(quarter) for quarter in record.quarters[1:]])
    for ratio in RATIOS:
        found[ratio.name] = ratio.of(found)
    return found


def by_game(record: Record, story: Story, quarters: Table) -> dict[str, Float[Array, " worlds"]]:
    """What each game comes to: over all its quarters, and over each full calendar year."""
    played = record.is_played()
    outcomes = declared(record.cast)
    found = {name: one.of_game(quarters[name], played) for name, one in outcomes.items()}
    for ratio in RATIOS:
        found[ratio.name] = ratio.of(found)
    turns = record.history("turn")
    for year in story.full_years(int(turns.min()) + 1, int(turns.max())):
        within = played & (story.years(turns[1:]) == year)
        for name, one in outcomes.items():
            if one.by_year:
                found[f"{name}.{year}"] = one.of_game(quarters[name], within)
        for ratio in RATIOS:
            if ratio.by_year:
                found[f"{ratio.name}.{year}"] = ratio.of(found, f".{year}")
    return found
