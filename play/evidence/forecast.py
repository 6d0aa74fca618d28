"""Forecast: what the model says of quarters to come, as ranges, written down before anybody can compare."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Bool, Float

from play import measures
from play.evidence.arms import Arm, played
from play.evidence.statistics import row_of
from play.figures import SHARES, figure
from play.record import Quarter, Record
from world.chance import game_seed
from world.flows import safe_ratio, total

Array = np.ndarray

WAFER_PACKAGES = 12.0
"""Packages on a wafer of CoWoS, as the scenario's packaging lines are counted."""
MONTHS = 3.0
BATCH = 512


@dataclass(frozen=True)
class Line:
    """A quantity that is forecast for the end of every quarter, or over it."""

    name: str
    unit: str
    title: str
    of: Callable[[Quarter], Float[Array, " worlds"]]


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


def tools_to_china(quarter: Quarter) -> Array:
    """China's share of what fabs spend on new capacity, weighed by how much of it needs tools that may be sold there."""
    cast = quarter.cast
    ordered = quarter.coming.astype(float).sum(axis=(1, 2)) + 1e-9
    home = cast.seat_bloc("foundry")
    served = ordered.copy()
    served[home] *= np.minimum(quarter.tool_health[home].astype(float), 1.0)
    return safe_ratio(total(served[home]), total(served))


LINES = (
    Line("made_us", "H100e", "US-aligned shipments", measures.made_us),
    Line("made_cn", "H100e", "China's domestic output", measures.made_cn),
    Line("ascend_chips", "chips", "Ascend chips made", measures.champion_chips),
    Line("licensed", "H100e", "legal imports", measures.licensed_h100e),
    Line("smuggled", "H100e", "smuggled to China", measures.smuggled_h100e),
    Line("rented", "H100e", "rented abroad, stock", measures.rented),
    Line("stock_cn", "H100e", "stock in China", measures.stock_cn),
    Line("stock_us", "H100e", "stock elsewhere", measures.stock_us),
    Line("premium", "share", "black-market premium", measures.premium),
    Line("smic_wafers", "wafers/month", "SMIC's advanced wafers", wafers_a_month),
    Line("cxmt_stacks", "stacks", "HBM stacks made by CXMT", row_of("memory_capacity", "memory_makers", "cxmt")),
    Line(
        "cowos",
        "wafers/month",
        "TSMC's CoWoS wafers",
        lambda quarter: row_of("pack_capacity", "foundries", "tsmc")(quarter) / WAFER_PACKAGES / MONTHS,
    ),
    Line("lobbying", "thousand USD", "Nvidia's lobbying", row_of("lobbied", "chipmakers", "nvidia")),
    Line("frontier_us", "ECI", "US frontier", measures.best_us),
    Line("frontier_cn", "ECI", "China's frontier", measures.best_cn),
    Line("lead", "months", "lead of the US side", measures.lead),
    Line("tools_cn", "share", "China's share of orders for chip-making tools (for ASML's)", tools_to_china),
)


def ever(test: Callable[[Arm, Quarter], Array]) -> Callable[[Arm], Array]:
    """Whether something is so after any of the quarters."""
    return lambda arm: np.any([test(arm, quarter) for quarter in arm.record.quarters[1:]], axis=0)


def opening_of(arm: Arm, measure: Callable[[Quarter], Array]) -> Array:
    """A measure on the opening day."""
    return measure(arm.record.quarters[0])


def refuses(quarter: Quarter) -> Array:
    """Whether Beijing lets in fewer than half of the chips that Washington licenses."""
    licensed = measures._dial(quarter, "license_sales", "volume") > 0
    return licensed & (measures.gate(quarter) < 0.5)


CHANCES = (
    Chance(
        "licence_above",
        "Washington licenses a chip above the ceiling of November 2025",
        ever(lambda arm, quarter: measures.ceiling(quarter) > opening_of(arm, measures.ceiling)),
    ),
    Chance("beijing_refuses", "Beijing refuses a licensed chip", ever(lambda _, quarter: refuses(quarter))),
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
                lines[line.name][turn].append(line.of(arm.record.quarters[turn + 1]).astype(float))
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
