"""Beliefs: what was true, what seats believed and what sources said; and how good the beliefs were as forecasts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, exp, log, pi, sqrt

from play.save import Saved
from world.phases.intelligence import QUESTIONS, truth

THOUSAND = 1000.0
"""Beliefs are kept in thousandths."""
HALF, NINE_TENTHS = 0.6745, 1.645
"""Half the width of the middle 50 % and 90 % of a normal, in standard deviations."""
PUBLIC = ("lead",)
"""Questions whose answer everybody reads in every quarter, so that there is no truth to reveal."""


@dataclass(frozen=True)
class Belief:
    """What a seat believed after one quarter, in the question's unit."""

    middle: float
    low: float
    """A chance of 1 in 20 lies below it, and as much above `high`."""
    high: float
    ln: float
    width: float

    def off(self, true_ln: float) -> float:
        """How far the truth was from the middle, in standard deviations."""
        return (true_ln - self.ln) / self.width


@dataclass(frozen=True)
class Score:
    """How good a row of beliefs was: how often the truth was within, and how far off on average (CRPS, ln)."""

    quarters: int
    within_half: int
    within_nine_tenths: int
    crps: float
    crps_fixed: float
    """Of the opening belief, had the seat kept it."""
    log_score: float
    """Mean logarithm of the density that the truth was given; higher is better."""
    log_score_fixed: float

    @property
    def gain(self) -> float:
        """How much closer the beliefs came than the opening belief would have: 0 no better, 1 perfect."""
        return 1 - self.crps / self.crps_fixed if self.crps_fixed > 0 else 0.0


@dataclass(frozen=True)
class Disputed:
    """A disputed quantity: what it was, what seats believed, what sources published. Lists begin on the opening day."""

    name: str
    title: str
    unit: str
    is_share: bool
    truth: tuple[float, ...]
    truth_ln: tuple[float, ...]
    """The truth as beliefs are kept: as a logarithm."""
    believed: dict[str, tuple[Belief, ...]]
    """By seat."""
    said: dict[str, tuple[float, ...]]
    """By source, from the first quarter on."""
    scores: dict[str, Score]
    """By seat."""


def off_by(values: Sequence[float], truths: Sequence[float]) -> float:
    """How many times the truth a row of figures was, on the average of the quarters in which there was anything to tell.

    Quarters with less than a hundredth of the most that there ever was are left out; it is 1 where none is left.
    """
    least = 0.01 * max(truths, default=0.0)
    logs = [log(value / true) for value, true in zip(values, truths, strict=True) if true > least and value > 0]
    return exp(sum(logs) / len(logs)) if logs else 1.0


def closest_source(asked: Disputed) -> tuple[str, float] | None:
    """The source whose figures were closest to the truth on average, and how many times the truth they were."""
    found = [(name, off_by(values, asked.truth[1:])) for name, values in asked.said.items()]
    return min(found, key=lambda pair: abs(log(pair[1])), default=None)


def disputed_of(game: Saved, seats: Sequence[str]) -> tuple[Disputed, ...]:
    """Every disputed quantity of a game whose truth is hidden while it is played."""
    cast, story = game.cast, game.story
    states = [game.opening, *(quarter.state for quarter in game.quarters)]
    truths = [truth(state)[:, 0] for state in states]
    found = []
    for row, name in enumerate(cast.questions):
        if name in PUBLIC:
            continue
        about = QUESTIONS[name]
        believed = {}
        for seat in seats:
            number = cast.at("seats", seat)
            believed[seat] = tuple(
                _belief(name, int(state.belief[row, number, 0]), int(state.belief_width[row, number, 0]))
                for state in states
            )
        said = {
            story.called(source): tuple(about.told(float(state.report[at, row, 0])) for state in states[1:])
            for at, source in enumerate(cast.sources)
            if cast.source_speaks[at, row]
        }
        lns = [float(true[row]) for true in truths]
        found.append(
            Disputed(
                name=name,
                title=about.doc,
                unit=about.unit,
                is_share=about.unit == "share",
                truth=tuple(about.told(ln) for ln in lns),
                truth_ln=tuple(lns),
                believed=believed,
                said=said,
                scores={seat: scored(beliefs, lns) for seat, beliefs in believed.items()},
            )
        )
    return tuple(found)


def _belief(question: str, middle: int, width: int) -> Belief:
    ln, wide, told = middle / THOUSAND, width / THOUSAND, QUESTIONS[question].told
    low, high = ln - NINE_TENTHS * wide, ln + NINE_TENTHS * wide
    return Belief(told(ln), told(low), told(high), ln, wide)


def scored(beliefs: Sequence[Belief], truths: Sequence[float]) -> Score:
    """The beliefs after each quarter as forecasts of that quarter's truth (ln), beside the opening belief kept for good."""
    pairs = list(zip(beliefs[1:], truths[1:], strict=True))
    count, fixed = len(pairs), beliefs[0]
    far = [abs(belief.off(true)) for belief, true in pairs]
    return Score(
        quarters=count,
        within_half=sum(z <= HALF for z in far),
        within_nine_tenths=sum(z <= NINE_TENTHS for z in far),
        crps=_mean([crps(b.ln, b.width, true) for b, true in pairs]),
        crps_fixed=_mean([crps(fixed.ln, fixed.width, true) for _, true in pairs]),
        log_score=_mean([log_density(b.ln, b.width, true) for b, true in pairs]),
        log_score_fixed=_mean([log_density(fixed.ln, fixed.width, true) for _, true in pairs]),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def crps(middle: float, width: float, true: float) -> float:
    """The continuous ranked probability score of a normal (Gneiting and Raftery 2007), in its own unit; 0 is perfect."""
    z = (true - middle) / width
    below, density = 0.5 * (1 + erf(z / sqrt(2))), exp(-z * z / 2) / sqrt(2 * pi)
    return width * (z * (2 * below - 1) + 2 * density - 1 / sqrt(pi))


def log_density(middle: float, width: float, true: float) -> float:
    """The logarithm of a normal's density at the truth."""
    z = (true - middle) / width
    return -0.5 * z * z - log(width) - 0.5 * log(2 * pi)
