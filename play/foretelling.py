"""Foretelling: forecasts in words - as they are written on a line, as they fall due, and with their scores at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from play.dials import number_in
from play.figures import figure
from play.forecasts import Forecast, ForecastError, Outcome
from play.story import Story
from world.phases.intelligence import QUESTIONS
from world.scenario_text import remedy

USAGE = "forecast QUESTION LOW MEDIAN HIGH QUARTER, such as forecast huawei_output 400000 600000 900000 2026-Q4"
QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")


@dataclass(frozen=True)
class Moment:
    """Who makes a forecast, and when: the seat, how many quarters are over, and how many there are."""

    seat: str
    turn: int
    length: int
    story: Story


def read_forecast(words: Sequence[str], questions: Sequence[str], now: Moment) -> Forecast:
    """The forecast that some words make; raises ForecastError or OrderRefused."""
    if len(words) != 5:
        raise ForecastError(f"forecast: write {USAGE}")
    question, *ends, quarter = words
    if question not in questions:
        raise ForecastError(f"forecast: '{question}' is no question; {remedy(question, questions)}")
    low, median, high = (
        number_in(end, f"forecast: {name}") for end, name in zip(ends, ("low", "median", "high"), strict=True)
    )
    return Forecast(now.seat, question, now.turn, due_of(quarter, now), low, median, high)


def due_of(quarter: str, now: Moment) -> int:
    """The turn of a quarter such as 2026-Q4, which has to be a coming one of the game."""
    found = QUARTER.fullmatch(quarter)
    turns = {now.story.quarter(turn): turn for turn in range(1, now.length + 1)}
    due = turns.get(f"Q{found[2]} {found[1]}", 0) if found else 0
    if due <= now.turn:
        first, last = (written(now.story.quarter(turn)) for turn in (min(now.turn + 1, now.length), now.length))
        raise ForecastError(f"forecast: '{quarter}' is no coming quarter; write one from {first} to {last}")
    return due


def written(quarter: str) -> str:
    """A quarter as it is written in a command: 2026-Q4."""
    name, year = quarter.split()
    return f"{year}-{name}"


def forecast_line(one: Forecast, story: Story) -> str:
    """A forecast in a line."""
    about = QUESTIONS[one.question]
    return (
        f"{about.doc}, {story.quarter(one.due)}: {figure(one.median)} {about.unit}, nine times in ten "
        f"{figure(one.low)} to {figure(one.high)} (said at {'the opening' if not one.made else story.quarter(one.made)})"
    )


def due_lines(forecasts: Sequence[Forecast], turn: int, story: Story) -> list[str]:
    """What is said of forecasts for the quarter that is over; how good they were stays hidden until the end."""
    return [f"Your forecast fell due: {forecast_line(one, story)}." for one in forecasts if one.due == turn]


def outcome_lines(outcomes: Sequence[Outcome], story: Story) -> list[str]:
    """Every forecast beside the truth, and how good they were together; nothing where there are none."""
    if not outcomes:
        return []
    lines = ["Your forecasts beside the truth"]
    for one in outcomes:
        verdict = "within" if one.within else "outside"
        lines.append(
            f"  {forecast_line(one.forecast, story)}; it was {figure(one.value)}, {verdict}; "
            f"CRPS {one.crps:.2f}, log score {one.log_score:.2f}."
        )
    count, within = len(outcomes), sum(one.within for one in outcomes)
    crps, score = (sum(getattr(one, name) for one in outcomes) / count for name in ("crps", "log_score"))
    lines.append(
        f"  {within} of {count} within; on average CRPS {crps:.2f} (0 is perfect), log score {score:.2f} (nats, more is better)."
    )
    return lines
