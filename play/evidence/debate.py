"""Debate: the same worlds with licences and without, and in which part of them each side of the argument is right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from play import measures
from play.drawn import Drawn, drawn_in
from play.evidence.arms import Arm, Arms, prepared
from play.figures import Effect, effect, ranked_with
from play.record import Quarter
from world.flows import safe_ratio

Array = np.ndarray

WITHHELD, LICENSED = "withheld", "licensed"
"""The arms that differ in the number of licences and in nothing else."""
YEAR = 4
MOST = 4
"""Drawn quantities that are named for an outcome."""
ERRORS = 4.0
"""Standard errors that a rank correlation must be away from nothing, for many quantities are looked at."""
DECIDED = 0.02
"""An outcome that falls in nearly all worlds, or in nearly none, depends on nothing that is drawn."""
THIRDS = ("lowest third", "middle third", "highest third")


@dataclass(frozen=True)
class Outcome:
    """A number of which one side of the debate says that licences lower it."""

    name: str
    title: str
    unit: str
    claims: str
    of: Callable[[Arm], Float[Array, " worlds"]]
    least: float
    """The fall from which it counts as one; of shares of the number without licences where `is_ratio`."""
    is_ratio: bool = False

    def fall(self, arms: Arms) -> Float[Array, " worlds"]:
        """By how much licences lower it in each pair of worlds."""
        before, after = self.of(arms[WITHHELD]), self.of(arms[LICENSED])
        return safe_ratio(before - after, before, 0.0) if self.is_ratio else before - after


def over(measure: Callable[[Quarter], Array], first: int, last: int) -> Callable[[Arm], Array]:
    """What reads the sum of a measure over some turns."""
    return lambda arm: np.sum([measure(arm.record.quarters[turn]) for turn in range(first, last + 1)], axis=0)


def after(measure: Callable[[Quarter], Array], turn: int) -> Callable[[Arm], Array]:
    """What reads a measure after a turn."""
    return lambda arm: measure(arm.record.quarters[turn]).astype(float)


def mean_of(measure: Callable[[Quarter], Array], first: int, last: int) -> Callable[[Arm], Array]:
    """What reads the mean of a measure over some turns."""
    return lambda arm: over(measure, first, last)(arm) / (last - first + 1)


def home_sales(first: int, last: int) -> Callable[[Arm], Array]:
    """What reads the Chinese makers' share of legal sales in China by value over some turns."""

    def of(arm: Arm) -> Array:
        sales = over(lambda quarter: quarter.revenue_cn.astype(float), first, last)(arm)
        home = arm.opening.cast.seat_bloc("chipmaker")
        return safe_ratio(sales[home].sum(axis=0), sales.sum(axis=0), 1.0)

    return of


def foreign_free(quarter: Quarter) -> Array:
    """Developers in China who do not work on the foreign stack."""
    return 1 - measures.cuda_share(quarter)


def outcomes() -> tuple[Outcome, ...]:
    """What the debate is about, the lead first."""
    leads = (
        Outcome("lead_year", "lead, mean of the first year", "months", "C27", mean_of(measures.lead, 1, YEAR), 0.25),
        Outcome("lead_2", "lead after 8 quarters", "months", "C27", after(measures.lead, 2 * YEAR), 0.25),
        Outcome("lead_3", "lead after 12 quarters", "months", "C27", after(measures.lead, 3 * YEAR), 0.25),
    )
    return (*leads, *(one for last in (2 * YEAR, 3 * YEAR) for one in chain_after(last)))


def chain_after(last: int) -> tuple[Outcome, ...]:
    """What becomes of China's own chain in the year up to a turn."""
    first, so_far = last - YEAR + 1, f"after {last} quarters"
    made, sales = over(measures.champion_h100e, first, last), home_sales(first, last)
    stack, free = after(measures.software, last), after(foreign_free, last)
    return (
        Outcome(f"output_{last}", f"Huawei's output of the year, {so_far}", "H100e", "C09, C11", made, 0.01, True),
        Outcome(f"software_{last}", f"domestic software, {so_far}", "share", "C14", stack, 0.005),
        Outcome(f"developers_{last}", f"developers off CUDA, {so_far}", "share", "C09, C14", free, 0.01),
        Outcome(f"sales_{last}", f"domestic share of legal sales of the year, {so_far}", "share", "C09", sales, 0.01),
    )


@dataclass(frozen=True)
class Leaning:
    """How an outcome goes with a quantity that is drawn for each world."""

    label: str
    rank: float
    """Rank correlation with the fall."""
    thirds: tuple[float, ...]
    """Share of the worlds in which it falls, by thirds of the quantity."""


@dataclass(frozen=True)
class Answer:
    """What licences do to an outcome, in which part of the worlds, and on what that depends."""

    outcome: Outcome
    effect: Effect
    falls: float
    """Share of the worlds in which licences lower it by the least that counts."""
    rises: float
    """Share in which they raise it by as much."""
    leanings: tuple[Leaning, ...]


def answered(arms: Arms) -> list[Answer]:
    """Every outcome in pairs of worlds."""
    drawn = drawn_values(arms)
    return [answer(one, arms, drawn) for one in outcomes()]


def drawn_values(arms: Arms) -> Mapping[str, Float[Array, " worlds"]]:
    """What was drawn for each pair; both worlds of a pair have the same."""
    _, scenario, _ = prepared(WITHHELD)
    arm = arms[WITHHELD]
    drawn: Sequence[Drawn] = drawn_in(scenario)
    return {one.label: one.values(arm.opening, arm.rules) for one in drawn}


def answer(one: Outcome, arms: Arms, drawn: Mapping[str, Float[Array, " worlds"]]) -> Answer:
    """What licences do to one outcome."""
    fall = one.fall(arms)
    falls, rises = fall >= one.least, fall <= -one.least
    found = effect(one.of(arms[WITHHELD]), one.of(arms[LICENSED]))
    return Answer(one, found, float(falls.mean()), float(rises.mean()), leanings(fall, falls, drawn))


def leanings(
    fall: Float[Array, " worlds"], falls: Bool[Array, " worlds"], drawn: Mapping[str, Float[Array, " worlds"]]
) -> tuple[Leaning, ...]:
    """The drawn quantities that go with a fall, if it falls in some worlds and not in others."""
    if not DECIDED <= falls.mean() <= 1 - DECIDED:
        return ()
    clear = ERRORS / np.sqrt(fall.size)
    ranked = [(label, rank) for label, rank in ranked_with(fall, drawn, MOST) if abs(rank) >= clear]
    return tuple(Leaning(label, rank, by_thirds(falls, drawn[label])) for label, rank in ranked)


def by_thirds(falls: Bool[Array, " worlds"], values: Float[Array, " worlds"]) -> tuple[float, ...]:
    """The share that falls among the worlds with the lowest, the middle and the highest values."""
    parts = np.array_split(np.argsort(values, kind="stable"), len(THIRDS))
    return tuple(float(falls[part].mean()) if part.size else np.nan for part in parts)


@dataclass(frozen=True)
class Crossed:
    """Two outcomes together: in which part of the worlds both fall, one of them, or neither."""

    short: Outcome
    long: Outcome
    table: Float[Array, "2 2"]
    """Share of worlds: the first falls or not, by the second falls or not."""
    leanings: tuple[Leaning, ...]
    """On what it depends that both fall."""


def crossed(arms: Arms) -> Crossed:
    """The lead of the first year, and Huawei's output of the third."""
    named = {one.name: one for one in outcomes()}
    short, long = named["lead_year"], named[f"output_{3 * YEAR}"]
    first, second = (one.fall(arms) >= one.least for one in (short, long))
    table = [[float((a & b).mean()) for b in (second, ~second)] for a in (first, ~first)]
    both = first & second
    return Crossed(short, long, np.array(table), leanings(both.astype(float), both, drawn_values(arms)))
