"""Hindcast: games with the orders of the past, laid beside what was, cell by cell of the chain from wafers to models."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from play import measures
from play.figures import spread
from play.record import Quarter
from play.script import read_script, script_file
from play.story import QUARTERS, story_of
from world.chance import game_seed
from world.facts import facts
from world.flows import of_row, safe_ratio, total
from world.scenario import Scenario, read

Array = np.ndarray
Tree = dict[str, Any]

CHAIN = Path(__file__).resolve().parents[1] / "assets" / "evidence" / "chain.toml"
MONTHS = 3
PACKAGES = 12
"""Packages of two dies that a CoWoS wafer comes to, defects and idle lines included."""
INTERVAL = "interval"
FAR_TOLERANCES = 4
"""Tolerances by which a quantity without a zero is far off."""


@dataclass(frozen=True)
class Cell:
    """What one link of the chain was in one quarter."""

    quantity: str
    quarter: str
    low: float
    value: float
    high: float
    fact: str
    source: str


@dataclass(frozen=True)
class Link:
    """A link of the chain: a quantity, and how near is near."""

    name: str
    title: str
    unit: str
    tolerance: float
    is_interval: bool
    cells: tuple[Cell, ...]
    told: str = ""
    """The statistic by which the fit is told of it in the held-out quarter all the same; "" for none."""


@dataclass(frozen=True)
class Chain:
    """What was, how it is judged, and the games that are laid beside it."""

    scenario: str
    script: str
    held_out: tuple[str, ...]
    close: float
    far: float
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Finding:
    """A cell beside the model: the median and 90 % range over games, and how far off it is."""

    link: Link
    cell: Cell
    median: float
    p5: float
    p95: float
    factor: float
    """Between the median and what was, 1 or more; none where it would say nothing."""
    verdict: str
    """inside, close, outside or far."""
    is_held_out: bool

    @property
    def is_met(self) -> bool:
        """Whether the cell counts as met."""
        return self.verdict in ("inside", "close")

    @property
    def is_covered(self) -> bool:
        """Whether the 90 % range over games and the range of what was have something in common."""
        return self.p5 <= self.cell.high and self.cell.low <= self.p95


def read_chain(path: Path = CHAIN) -> Chain:
    """The chain in a file; raises ValueError for a fact or a measure that there is not."""
    tree = tomllib.loads(path.read_text("utf-8"))
    links = tuple(_link(one) for one in tree["quantity"])
    for link in links:
        if link.name not in MEASURES:
            raise ValueError(
                f"{path.name}: quantity '{link.name}' cannot be measured; write one of {', '.join(MEASURES)}"
            )
        for cell in link.cells:
            if cell.fact and cell.fact not in facts():
                raise ValueError(f"{path.name}: {link.name}: cites fact '{cell.fact}', which is not in facts.csv")
    return Chain(tree["scenario"], tree["script"], tuple(tree["held_out"]), tree["close"], tree["far"], links)


def _link(tree: Tree) -> Link:
    cells = tuple(
        Cell(
            tree["name"],
            one["quarter"],
            float(one["low"]),
            float(one["value"]),
            float(one["high"]),
            one.get("fact", ""),
            one.get("source", ""),
        )
        for one in tree["cell"]
    )
    is_interval = tree.get("scale") == INTERVAL
    told = tree.get("told", "")
    return Link(tree["name"], tree["title"], tree["unit"], float(tree["tolerance"]), is_interval, cells, told)


def _nvidia_made(quarter: Quarter) -> Array:
    mine = quarter.cast.by_maker.index == quarter.cast.at("chipmakers", "nvidia")
    return total(quarter.packed[mine] * quarter.h100e[mine].astype(float))


def _advanced_wafers(quarter: Quarter) -> Array:
    home = quarter.cast.seat_bloc("foundry")
    able = quarter.capacity[home, 1:].astype(float) * quarter.tool_health[home, None]
    return total(total(able)) / MONTHS


def _ascend_wafers(quarter: Quarter) -> Array:
    return total(quarter.started[quarter.cast.champion, 1:].astype(float)) / MONTHS


def _die_yield(quarter: Quarter) -> Array:
    """Of the design that Huawei makes most of."""
    mine = np.flatnonzero(quarter.cast.by_maker.index == quarter.cast.champion)
    return of_row(quarter.die_yield[mine].astype(float), quarter.mix[mine].argmax(axis=0))


def _memory_held(quarter: Quarter) -> Array:
    return total(quarter.stacks[quarter.cast.seat_bloc("chipmaker")].astype(float))


def _packaging(quarter: Quarter) -> Array:
    main = quarter.cast.is_main_foundry.astype(bool)
    return total(quarter.pack_capacity[main].astype(float)) / MONTHS / PACKAGES


def _ratio(quarter: Quarter) -> Array:
    return safe_ratio(measures.made_us(quarter), measures.made_cn(quarter), np.inf)


def _largest_lab(quarter: Quarter) -> Array:
    cast = quarter.cast
    own = quarter.installed[: cast.size("labs")] * cast.lab_share[:, None]
    return own[cast.lab_bloc == 0].max(axis=0).astype(float)


Measure = Callable[[Quarter], Float[Array, " worlds"]]

MEASURES: Mapping[str, Measure] = {
    "advanced_wafers": _advanced_wafers,
    "ascend_wafers": _ascend_wafers,
    "die_yield": _die_yield,
    "memory_held": _memory_held,
    "champion_year": measures.champion_chips,
    "made_cn": measures.made_cn,
    "licensed_h100e": measures.licensed_h100e,
    "smuggled_h100e": measures.smuggled_h100e,
    "rented": measures.rented,
    "packaging": _packaging,
    "nvidia_made": _nvidia_made,
    "made_us": measures.made_us,
    "ratio": _ratio,
    "stock_cn": measures.stock_cn,
    "stock_us": measures.stock_us,
    "largest_lab": _largest_lab,
    "best_us": measures.best_us,
    "best_cn": measures.best_cn,
    "lead": measures.lead,
}
"""What the model says of each link, in the unit of the chain."""
YEARLY = frozenset({"champion_year"})
"""Links that are summed over the four quarters up to theirs."""

History = Mapping[str, Mapping[str, Float[Array, " worlds"]]]
"""By link and quarter, a number of every game."""


def modelled(chain: Chain, games: int, seed: int, settings: Mapping[str, str] | None = None) -> History:
    """What games with the orders of the past come to, for every cell."""
    from play.model import Chokepoint

    scenario = read(chain.scenario).changed(dict(settings or {}))
    story = story_of(scenario)
    script = read_script(script_file(chain.script, chain.scenario), scenario.cast, story, scenario.length)
    seeds = [game_seed(seed, game) for game in range(games)]
    model = Chokepoint(scenario, seeds=seeds, script=script, keep=("turn",))
    told: dict[str, dict[str, Array]] = {link.name: {} for link in chain.links}
    for turn in range(1, last_turn(chain, scenario) + 1):
        model.step()
        for name, history in told.items():
            history[story.quarter(turn)] = MEASURES[name](model.world)
    model.forget()
    return {name: over_a_year(history) if name in YEARLY else history for name, history in told.items()}


def last_turn(chain: Chain, scenario: Scenario) -> int:
    """The turn of the latest cell."""
    story = story_of(scenario)
    turns = {story.quarter(turn): turn for turn in range(1, scenario.length + 1)}
    return max(turns[cell.quarter] for link in chain.links for cell in link.cells)


def over_a_year(history: Mapping[str, Array]) -> dict[str, Array]:
    """The sums over each quarter and the three before it, as far as they were played."""
    names, rows = list(history), list(history.values())
    return {name: np.sum(rows[max(0, at + 1 - QUARTERS) : at + 1], axis=0) for at, name in enumerate(names)}


def found(chain: Chain, told: History) -> list[Finding]:
    """Every cell beside the model, in the order of the chain."""
    return [judged(chain, link, cell, told[link.name][cell.quarter]) for link in chain.links for cell in link.cells]


def judged(chain: Chain, link: Link, cell: Cell, games: Float[Array, " worlds"]) -> Finding:
    """A cell beside the games of the model."""
    middle = spread(games)
    median = middle["median"]
    factor = float("nan") if link.is_interval else factor_off(median, cell.value)
    verdict = verdict_of(chain, link, cell, median, factor)
    held_out = cell.quarter in chain.held_out
    return Finding(link, cell, median, middle["p5"], middle["p95"], factor, verdict, held_out)


def factor_off(model: float, value: float) -> float:
    """By what factor two numbers differ, 1 or more; endless where one of them is nothing."""
    least, most = min(model, value), max(model, value)
    if most == 0:
        return 1.0
    return most / least if least > 0 else float("inf")


def verdict_of(chain: Chain, link: Link, cell: Cell, median: float, factor: float) -> str:
    """inside the range; close to it by factor or tolerance; far beyond both; or outside."""
    beyond = max(cell.low - median, median - cell.high, 0.0)
    if beyond == 0:
        return "inside"
    if beyond <= link.tolerance or factor <= chain.close:
        return "close"
    if beyond > FAR_TOLERANCES * link.tolerance and (link.is_interval or factor > chain.far):
        return "far"
    return "outside"


@dataclass(frozen=True)
class Tally:
    """How many cells are met, covered and far off."""

    cells: int
    met: int
    covered: int
    far: int


def tally(findings: Sequence[Finding]) -> Tally:
    """The count of some cells."""
    return Tally(
        len(findings),
        sum(one.is_met for one in findings),
        sum(one.is_covered for one in findings),
        sum(one.verdict == "far" for one in findings),
    )
