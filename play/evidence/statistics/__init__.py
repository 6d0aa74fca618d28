"""Statistics: what a pattern reads off the games of its arms, one number for each; the docstring is what tables say."""

from collections.abc import Callable
from inspect import isfunction, signature
from types import ModuleType

from play import measures
from play.evidence.statistics import capability, politics, report, stocks, supply, yields
from play.evidence.statistics.reading import Array, Statistic
from play.record import Quarter

SIDES: dict[str, tuple[Callable[[Quarter], Array], str]] = {
    "us": (measures.best_us, "the US side's"),
    "cn": (measures.best_cn, "China's"),
}


def read_off(subject: ModuleType) -> dict[str, Statistic]:
    """The statistics of a subject by name: all that is read off the arms and nothing else."""
    return {
        name: of for name, of in vars(subject).items() if isfunction(of) and [*signature(of).parameters] == ["arms"]
    }


PLAIN: dict[str, Statistic] = {
    name: of
    for subject in (supply, yields, stocks, capability, politics, report)
    for name, of in read_off(subject).items()
}
"""Statistics by name."""
MADE: dict[str, Callable[..., Statistic]] = {
    "ascend_yield": yields.ascend_yield,
    "domestic_share": lambda year: stocks.domestic_share(int(year)),
    "frontier_a_year": lambda side: capability.frontier_a_year(*SIDES[side]),
    "lead_at": capability.lead_at,
    "nvidia_shipments": supply.nvidia_shipments,
    "stock_growth": stocks.stock_growth,
}
"""Statistics that are made for a quarter, a year or a side."""
