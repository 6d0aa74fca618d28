"""Foresight: a person's forecasts at a table - kept beside its autosave and beside free saves, and told when they fall due."""

from collections.abc import Sequence
from pathlib import Path

from desktop.chrome import Card
from desktop.numbers import figure_of, range_of
from desktop.table import Table
from play.disputes import Held, held_by
from play.forecasts import Forecast, Outcome, kept, mark_of, off, place_of, read, scored, write
from play.save import SaveError
from play.words import Words
from world.phases.intelligence import QUESTIONS
from world.view import view

MOST_TOLD = 3
"""Forecasts that a card of the feed tells of one by one."""


def all_of(table: Table) -> tuple[Forecast, ...]:
    """The forecasts of all seats, read from beside the autosave once; what is wrong with the file is said."""
    if table.forecasts is None:
        table.forecasts = ()
        if table.autosave is not None:
            try:
                table.forecasts = read(place_of(table.autosave), mark_of(table.model), table.model.cast.questions)
            except SaveError as error:
                table.said.append(f"{error}.")
    return table.forecasts


def forecasts_of(table: Table, seat: str = "") -> tuple[Forecast, ...]:
    """The forecasts of one seat alone: of the one that looks, if none is named."""
    return tuple(one for one in all_of(table) if one.seat == (seat or table.seat))


def register(table: Table, forecast: Forecast) -> None:
    """Keeps a forecast, and writes it beside the autosave; what is wrong with the file is said."""
    table.forecasts = kept(all_of(table), forecast)
    lay_beside(table, table.autosave)


def lay_beside(table: Table, save: Path | None) -> None:
    """Writes the forecasts beside a save, where there are any; what is wrong with the file is said."""
    if save is None or not all_of(table):
        return
    try:
        write(place_of(save), mark_of(table.model), all_of(table))
    except SaveError as error:
        table.said.append(f"{error}.")


def taken_from(table: Table, save: Path) -> None:
    """Takes up the forecasts that lie beside a save; the game goes on in a file of its own, and so do they."""
    if save == table.autosave:
        return
    try:
        table.forecasts = read(place_of(save), mark_of(table.model), table.model.cast.questions)
    except SaveError as error:
        table.said.append(f"{error}.")
    lay_beside(table, table.autosave)


def carried(before: Table, after: Table) -> Table:
    """The second table with those forecasts of the first that were made up to its quarter."""
    after.forecasts = tuple(one for one in all_of(before) if one.made <= after.turn)
    lay_beside(after, after.autosave)
    return after


def outcomes_of(table: Table) -> tuple[Outcome, ...]:
    """How good one's forecasts were; none while the game goes on, for the truth is hidden."""
    return scored(forecasts_of(table), dict(enumerate(table.model.record.quarters))) if table.is_over else ()


def off_by_belief(table: Table, outcomes: Sequence[Outcome]) -> float:
    """How far off one would have been on average, had one said each time what one believed."""
    missed = []
    for one in outcomes:
        said = one.forecast
        held = held_by(table.view(said.made), said.question)
        plain = Forecast(said.seat, said.question, said.made, said.due, held.low, held.middle, held.high)
        missed.append(off(plain, one.value, QUESTIONS[said.question].shift))
    return sum(missed) / max(1, len(missed))


def due_cards(table: Table, seat: str, turn: int, words: Words) -> tuple[Card, ...]:
    """What the feed says of a seat's forecasts for the quarter that has passed, beside what it believes now."""
    due = [one for one in forecasts_of(table, seat) if one.due == turn]
    if not due:
        return ()
    words_of = [told(one, held_by(view(table.state(turn), seat), one.question), words) for one in due]
    if len(due) == 1:
        headline = words("forecast.due", **words_of[0])
        causes = [words("forecast.said", **words_of[0]), words("forecast.now", **words_of[0])]
    else:
        headline = words("forecast.several", count=len(due))
        causes = [words("forecast.each", **one) for one in words_of[:MOST_TOLD]]
    return (Card(table.model.story.quarter(turn), headline, tuple(causes)),)


def told(one: Forecast, now: Held, words: Words) -> dict[str, str]:
    """A forecast and what its seat believes now, as words are filled with."""
    unit = QUESTIONS[one.question].unit
    return {
        "noun": words(f"forecast.noun.{one.question}"),
        "median": figure_of(unit, one.median),
        "range": range_of(unit, one.low, one.high),
        "now": figure_of(unit, now.middle),
    }
