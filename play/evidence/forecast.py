"""Forecast: what the model says of quarters to come, as ranges, written down before anybody can compare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float

from play import measures
from play.evidence.arms import Arm, played
from play.evidence.statistics.reading import row_of
from play.figures import SHARES, figure
from play.record import Quarter, Record
from world.chance import game_seed
from world.flows import safe_ratio, total

Array = np.ndarray

WAFER_PACKAGES = 28 / 3
"""Packages to a wafer of CoWoS: lines for 2.1 million in a quarter are 75,000 wafers a month (FAB-027)."""
TOOLS_2025 = 0.33
"""China's share of ASML's sales of systems in 2025 (TOOL-002)."""
MONTHS = 3.0
BATCH = 512


@dataclass(frozen=True)
class Line:
    """A quantity that is forecast for the end of every quarter, or over it."""

    name: str
    unit: str
    title: str
    of: Callable[[Quarter, Quarter], Float[Array, " worlds"]]
    """What it is at the end of a quarter, given the opening too."""


@dataclass(frozen=True)
class Chance:
    """Something that happens within the quarters or does not."""

    name: str
    title: str
    of: Callable[[Arm], Bool[Array, " worlds"]]


def wafers_a_month(quarter: Quarter) -> Array:
    """Advanced wafers that SMIC starts in a month, phones included."""
    smic = quarter.cast.at("foundries", "smic")
    starts = quarter.cast.by_foundry.summed(quarter.started[:, 1].astype(float))[smic]
    return (starts + quarter.phone_wafers[smic]) / MONTHS


def orders_at_home(quarter: Quarter) -> Array:
    """What Chinese fabs have on order and can be served with, over what all others have, by cost."""
    cast = quarter.cast
    cost = np.array([0.3, 1.0, 1.8])[None, :, None]
    ordered = (quarter.coming.astype(float).sum(axis=2) * cost).sum(axis=1)
    home = cast.seat_bloc("foundry")
    return safe_ratio(total(ordered[home] * quarter.tool_health[home]), total(ordered[~home]))


def tools_to_china(quarter: Quarter, opening: Quarter) -> Array:
    """China's share of ASML's sales: that of 2025, moved as orders for wafer capacity move between China and the rest.

    The model has no orders for memory and little for mature chips, so their level says nothing; their movement does.
    """
    odds = TOOLS_2025 / (1 - TOOLS_2025) * safe_ratio(orders_at_home(quarter), orders_at_home(opening), 1.0)
    return odds / (1 + odds)


def stacks_made(maker: str) -> Callable[[Quarter], Array]:
    """What reads the stacks that a memory maker made in a quarter: what its lines can do, which never stand still."""
    return row_of("memory_capacity", "memory_makers", maker)


def by_quarter(measure: Callable[[Quarter], Array]) -> Callable[[Quarter, Quarter], Array]:
    """A measure for which the opening does not matter."""
    return lambda quarter, _: measure(quarter)


LINES = (
    Line("made_us", "H100e", "US-aligned shipments", by_quarter(measures.made_us)),
    Line("made_cn", "H100e", "China's domestic output", by_quarter(measures.made_cn)),
    Line("ascend_chips", "chips", "Ascend chips made", by_quarter(measures.champion_chips)),
    Line("licensed", "H100e", "legal imports", by_quarter(measures.licensed_h100e)),
    Line("smuggled", "H100e", "smuggled to China", by_quarter(measures.smuggled_h100e)),
    Line("rented", "H100e", "rented abroad, stock", by_quarter(measures.rented)),
    Line("stock_cn", "H100e", "stock in China", by_quarter(measures.stock_cn)),
    Line("stock_us", "H100e", "stock elsewhere", by_quarter(measures.stock_us)),
    Line("premium", "share", "black-market premium", by_quarter(measures.premium)),
    Line("smic_wafers", "wafers/month", "SMIC's advanced wafers", by_quarter(wafers_a_month)),
    Line("cxmt_stacks", "stacks", "HBM stacks made by CXMT", by_quarter(stacks_made("cxmt"))),
    Line(
        "cowos",
        "wafers/month",
        "TSMC's CoWoS wafers",
        by_quarter(lambda quarter: row_of("pack_capacity", "foundries", "tsmc")(quarter) / WAFER_PACKAGES / MONTHS),
    ),
    Line("lobbying", "thousand USD", "Nvidia's lobbying", by_quarter(row_of("lobbied", "chipmakers", "nvidia"))),
    Line("frontier_us", "ECI", "US frontier", by_quarter(measures.best_us)),
    Line("frontier_cn", "ECI", "China's frontier", by_quarter(measures.best_cn)),
    Line("lead", "months", "lead of the US side", by_quarter(measures.lead)),
    Line("tools_cn", "share", "China's share of ASML's sales", tools_to_china),
)


def ever(test: Callable[[Arm, Quarter], Array]) -> Callable[[Arm], Array]:
    """Whether something is so after any of the quarters."""
    return lambda arm: np.any([test(arm, quarter) for quarter in arm.record.quarters[1:]], axis=0)


def opening_of(arm: Arm, measure: Callable[[Quarter], Array]) -> Array:
    """A measure on the opening day."""
    return measure(arm.record.quarters[0])


SHUT = 0.2
"""Gate (share) under which Beijing refuses."""


def refuses(arm: Arm) -> Array:
    """Whether an offer of better chips than on the opening day stood for two quarters, and Beijing's gate was shut to it."""
    before = opening_of(arm, measures.ceiling)
    offered = arm.history(lambda q: (measures.ceiling(q) > before) & (measures._dial(q, "license_sales", "volume") > 0))
    shut = arm.history(measures.gate) < SHUT
    return np.any(offered[1:] & offered[:-1] & shut[1:], axis=0)


CHANCES = (
    Chance(
        "licence_above",
        "Washington licenses a chip above the ceiling of November 2025",
        ever(lambda arm, quarter: measures.ceiling(quarter) > opening_of(arm, measures.ceiling)),
    ),
    Chance("beijing_refuses", "Beijing refuses a better chip that Washington licenses", refuses),
    Chance(
        "cloud_restricted",
        "access to clouds abroad is restricted",
        ever(lambda _, quarter: measures._dial(quarter, "control_cloud", "strictness") > 0),
    ),
    Chance(
        "rare_earths",
        "rare-earth licences are tightened again",
        ever(
            lambda arm, quarter: (
                measures._dial(quarter, "license_rare_earths", "withheld")
                > opening_of(arm, lambda q: measures._dial(q, "license_rare_earths", "withheld"))
            )
        ),
    ),
)


def forecast(games: int, seed: int, turns: int) -> dict[str, Any]:
    """Ranges for every quarter, and how likely what may happen is, as a tree that JSON can hold."""
    lines: dict[str, list[list[Array]]] = {line.name: [[] for _ in range(turns)] for line in LINES}
    chances: dict[str, list[Array]] = {one.name: [] for one in CHANCES}
    quarters: list[str] = []
    for first in range(0, games, BATCH):
        arm = played("ahead", [game_seed(seed, game) for game in range(first, min(first + BATCH, games))])
        quarters = [arm.story.quarter(turn) for turn in range(1, turns + 1)]
        short = Arm(cut(arm, turns), arm.story, arm.rules)
        for line in LINES:
            for turn in range(turns):
                lines[line.name][turn].append(
                    line.of(arm.record.quarters[turn + 1], arm.record.quarters[0]).astype(float)
                )
        for one in CHANCES:
            chances[one.name].append(one.of(short))
    return {
        "quarters": quarters,
        "games": games,
        "seed": seed,
        "lines": [told(line, quarters, lines[line.name]) for line in LINES],
        "chances": [
            {"name": one.name, "title": one.title, "probability": float(np.concatenate(chances[one.name]).mean())}
            for one in CHANCES
        ],
    }


def cut(arm: Arm, turns: int) -> Record:
    """The record of an arm up to a turn."""
    record = arm.record
    return Record(record.names, record.quarters[: turns + 1], record.wanted[:turns], record.notes[:turns])


def told(line: Line, quarters: Sequence[str], found: Sequence[Sequence[Array]]) -> dict[str, Any]:
    """A line of the forecast, quarter by quarter."""
    ranges = {}
    for quarter, values in zip(quarters, found, strict=True):
        shares = np.percentile(np.concatenate(values), list(SHARES.values()))
        ranges[quarter] = {name: rounded(float(x)) for name, x in zip(SHARES, shares, strict=True)}
    return {"name": line.name, "title": line.title, "unit": line.unit, "ranges": ranges}


def rounded(value: float) -> float:
    """Four significant digits."""
    return float(f"{value:.4g}")


def table(tree: Mapping[str, Any]) -> list[str]:
    """The forecast in Markdown."""
    quarters = tree["quarters"]
    found = ["| quantity | unit | " + " | ".join(quarters) + " |", "|---|---|" + "---|" * len(quarters)]
    for line in tree["lines"]:
        cells = [cell(line["ranges"][quarter]) for quarter in quarters]
        found.append(f"| {line['title']} | {line['unit']} | " + " | ".join(cells) + " |")
    found += ["", f"| within {quarters[0]} to {quarters[-1]} | probability |", "|---|---|"]
    for one in tree["chances"]:
        found.append(f"| {one['title']} | {100 * one['probability']:.0f} % |")
    return found


def cell(ranges: Mapping[str, float]) -> str:
    """Median, the range of half of the games, and that of nine tenths."""
    p5, p25, p50, p75, p95 = (figure(ranges[name]) for name in SHARES)
    return f"**{p50}** ({p25} to {p75}; {p5} to {p95})"
