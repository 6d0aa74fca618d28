"""Forecasts: what a person expects of a disputed quantity at the end of a quarter, kept beside the game and scored later.

They stand in a small file beside the autosave, so that the form of saved games stays as it is. The file names the game that
it belongs to; one of another game counts as none.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import isfinite, log
from pathlib import Path
from typing import Any

from play.debrief.beliefs import NINE_TENTHS, crps, log_density
from play.model import Chokepoint
from play.packing import written
from play.save import SaveError
from play.story import Story
from world.phases.intelligence import QUESTIONS, truth
from world.state import World

ENDING = ".forecasts.json"
MOST_TURNS = 400
"""Quarters of the longest game."""
LEAST_WIDTH = 0.01
"""The least standard deviation (ln) that a forecast is scored with: nobody is rewarded for more."""
LEAST = 1e-6
"""The least that a logarithm is taken of."""


class ForecastError(ValueError):
    """What is wrong with a forecast, in a sentence."""


@dataclass(frozen=True)
class Forecast:
    """A seat's forecast of a question for the end of turn `due`, made after turn `made`: nine times in ten between the ends."""

    seat: str
    question: str
    made: int
    due: int
    low: float
    median: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.median <= self.high:
            raise ForecastError(
                f"the forecast runs from {self.low:,.6g} over {self.median:,.6g} to {self.high:,.6g}; "
                "give a low end, a median and a high end in that order"
            )
        if not self.due > self.made:
            raise ForecastError(f"the forecast is for quarter {self.due}, which is over; name a coming one")


@dataclass(frozen=True)
class Outcome:
    """A forecast and what came: whether it was within, and how far off it was."""

    forecast: Forecast
    value: float
    within: bool
    crps: float
    """Continuous ranked probability score of a normal in logarithms; 0 is perfect."""
    log_score: float
    """Logarithm of the density that the same normal gives to what came, in nats; more is better."""


def mark_of(model: Chokepoint) -> str:
    """What tells one game from another without telling its luck."""
    return mark(model.story, model.record.quarters[0])


def mark(story: Story, opening: World) -> str:
    """What tells a game with this opening from another."""
    words = f"{story.name} {sorted(story.settings.items())} {int(opening.seed[0])}"
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def place_of(autosave: Path) -> Path:
    """The file beside an autosave."""
    return autosave.with_name(autosave.name.removesuffix(".json.gz") + ENDING)


def kept(found: Iterable[Forecast], one: Forecast) -> tuple[Forecast, ...]:
    """Forecasts with another; it takes the place of the same seat's of that question and quarter made in the same quarter."""
    same = (one.seat, one.question, one.made, one.due)
    return (*(old for old in found if (old.seat, old.question, old.made, old.due) != same), one)


def write(path: Path, mark: str, forecasts: Iterable[Forecast]) -> None:
    """Put forecasts into a file; raises SaveError where that cannot be, and then changes nothing."""
    text = json.dumps({"game": mark, "forecasts": [asdict(one) for one in forecasts]}, indent=1)
    try:
        written(path, text.encode("utf-8"))
    except OSError as error:
        raise SaveError(
            f"{path}: the forecasts could not be kept ({error.strerror or error}); free the place"
        ) from None


def read(path: Path, mark: str, cast_questions: Iterable[str]) -> tuple[Forecast, ...]:
    """The forecasts of a game in a file; none where there is no file, or it is of another game. Raises SaveError."""
    try:
        tree = json.loads(path.read_text("utf-8"))
        if tree["game"] != mark:
            return ()
        found = tuple(forecast_in(one) for one in tree["forecasts"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"it names no {error}" if isinstance(error, KeyError) else error
        raise SaveError(f"{path}: the forecasts cannot be read ({reason}); delete the file to begin anew") from None
    asked = set(cast_questions)
    return tuple(one for one in found if one.question in asked)


def forecast_in(tree: Mapping[str, Any]) -> Forecast:
    """A forecast as it stands in a file; raises KeyError, TypeError or ValueError where it is none."""
    made, due = int(tree["made"]), int(tree["due"])
    ends = [float(tree[name]) for name in ("low", "median", "high")]
    if not all(isfinite(end) for end in ends) or not 0 <= made < due <= MOST_TURNS:
        raise ValueError(f"a forecast from {made} to {due} of {ends} is none")
    return Forecast(str(tree["seat"]), str(tree["question"]), made, due, *ends)


def scored(forecasts: Iterable[Forecast], states: Mapping[int, World]) -> tuple[Outcome, ...]:
    """Forecasts whose quarter has come, beside the truth; `states` of a finished game by turn."""
    found = []
    for one in forecasts:
        if one.due not in states:
            continue
        state = states[one.due]
        about = QUESTIONS[one.question]
        value = about.told(float(truth(state)[state.cast.at("questions", one.question), 0]))
        far = crps(*normal_of(one, value, about.shift)), log_density(*normal_of(one, value, about.shift))
        found.append(Outcome(one, value, one.low <= value <= one.high, *far))
    return tuple(found)


def off(one: Forecast, value: float, shift: float = 0.0) -> float:
    """How far off a forecast was: the CRPS of a normal in logarithms through its ends and its median."""
    return crps(*normal_of(one, value, shift))


def normal_of(one: Forecast, value: float, shift: float) -> tuple[float, float, float]:
    """A forecast as a normal in logarithms, its middle and its width, and what came, as a logarithm too."""
    median, low, high, came = (log(max(number + shift, LEAST)) for number in (one.median, one.low, one.high, value))
    return median, max((high - low) / (2 * NINE_TENTHS), LEAST_WIDTH), came
