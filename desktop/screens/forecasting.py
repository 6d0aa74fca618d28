"""Forecasts on a screen: the controls to register one, those registered, and how good they were once the game is over."""

from collections.abc import Mapping, Sequence

import pygame

from desktop import foresight
from desktop.chrome import draw_head
from desktop.kit import Button, Choice, Control, Stepper
from desktop.numbers import figure_of, range_of, rounded
from desktop.pen import Pen
from desktop.table import Table
from play.disputes import Dispute
from play.forecasts import Forecast, Outcome
from world.phases.intelligence import QUESTIONS

AHEAD = (1, 2, 4)
"""For how many quarters ahead a forecast may be."""
NAMES = ("low", "median", "high")


def dues(table: Table) -> tuple[int, ...]:
    """The turns that a forecast may be for: one, two and four quarters ahead, as far as the game goes."""
    length = table.seen()["length"]
    return tuple(table.turn + ahead for ahead in AHEAD if table.turn + ahead <= length)


def form(table: Table, dispute: Dispute, pen: Pen) -> tuple[Control, ...]:
    """The controls: low, median and high end in steps, the quarter, and the button; begun from one's belief."""
    now = dispute.now
    reason = pen.words("intelligence.over") if not dues(table) else ""
    reason = reason or (pen.words("intelligence.watching") if table.is_watching else "")
    step = max(rounded(now.middle / 20, 1), 0.01 if dispute.unit == "share" else 1.0)
    top = 1.0 if dispute.unit == "share" else step * 200
    made: list[Control] = []
    for name, value in zip(NAMES, (now.low, now.middle, now.high), strict=True):
        near = min(top, max(step, round(value / step) * step))
        made.append(
            Stepper(
                name=f"forecast_{name}",
                label=name,
                low=0.0,
                high=top,
                step=step,
                value=near,
                shown=lambda number: figure_of(dispute.unit, number),
            )
        )
    story = table.model.story
    options = tuple(story.quarter(turn) for turn in dues(table)) or ("–",)
    made.append(Choice(name="forecast_due", options=options))
    made.append(Button(name="register", label=pen.words("intelligence.register"), reason=reason))
    return tuple(made)


def forecast_in(controls: Mapping[str, Control], table: Table, question: str) -> Forecast:
    """The forecast that stands in the controls; raises ForecastError where its ends are out of order."""
    values = []
    for name in NAMES:
        control = controls[f"forecast_{name}"]
        assert isinstance(control, Stepper)
        values.append(control.value)
    due = controls["forecast_due"]
    assert isinstance(due, Choice)
    return Forecast(table.seat, question, table.turn, dues(table)[due.value], *values)


def boxes(rect: pygame.Rect, pen: Pen) -> dict[str, pygame.Rect]:
    """Where the controls lie in the block: three steppers in a row, under them the quarter and the button."""
    tall = max(pen.scale.target(), pen.px(32))
    top = rect.top + pen.line("section") + pen.line("note") + pen.px(6) + pen.line("note")
    gap = pen.px(10)
    wide = (rect.width - 2 * gap) // 3
    if is_narrow(rect, pen):
        return stacked(rect, pen, tall, gap)
    found = {
        f"forecast_{name}": pygame.Rect(rect.left + n * (wide + gap), top, wide, tall) for n, name in enumerate(NAMES)
    }
    top += tall + pen.px(10)
    found["forecast_due"] = pygame.Rect(rect.left, top, 2 * wide + gap - gap, tall)
    found["register"] = pygame.Rect(rect.left + 2 * (wide + gap), top, wide, tall)
    return found


def is_narrow(rect: pygame.Rect, pen: Pen) -> bool:
    """Whether three steppers do not stand in a row."""
    return rect.width < pen.px(330)


def stacked(rect: pygame.Rect, pen: Pen, tall: int, gap: int) -> dict[str, pygame.Rect]:
    """The controls one under another, the names of the steppers at their left."""
    found, y = {}, rect.top + pen.line("section") + pen.line("note") + gap
    left = rect.left + pen.px(84)
    for name in NAMES:
        found[f"forecast_{name}"] = pygame.Rect(left, y, rect.right - left, tall)
        y += tall + gap // 2
    for name in ("forecast_due", "register"):
        found[name] = pygame.Rect(rect.left, y, rect.width, tall)
        y += tall + gap // 2
    return found


def height(pen: Pen) -> int:
    """How tall the block is with two lines of forecasts."""
    tall = max(pen.scale.target(), pen.px(32))
    return pen.line("section") + 4 * pen.line("note") + 2 * tall + pen.px(34)


def draw_forecasts(surface: pygame.Surface, rect: pygame.Rect, table: Table, dispute: Dispute, pen: Pen) -> None:
    """The head of the block, the names over the steppers, and the forecasts of this question."""
    if table.is_over:
        draw_scores(surface, rect, foresight.outcomes_of(table), table, pen)
        return
    draw_head(
        surface,
        rect.topleft,
        rect.width,
        pen.words("intelligence.forecast_head"),
        pen.words("intelligence.forecast_unit"),
        pen,
    )
    places = boxes(rect, pen)
    for name in NAMES:
        box = places[f"forecast_{name}"]
        beside = (rect.left, box.centery - pen.line("note") // 2)
        at = beside if is_narrow(rect, pen) else (box.left, box.top - pen.line("note"))
        pen.write(surface, pen.words(f"intelligence.{name}"), at, "note", "t2")
    y = places["register"].bottom + pen.px(10)
    mine = [one for one in foresight.forecasts_of(table) if one.question == dispute.name][::-1]
    for one in mine:
        if y + pen.line("note") > rect.bottom:
            break
        pen.write(surface, line_of(one, dispute, table, pen), (rect.left, y), "note", "t2", most=rect.width)
        y += pen.line("note")
    if not mine and y + pen.line("note") <= rect.bottom:
        text = pen.words("intelligence.no_forecast")
        pen.write(surface, text, (rect.left, y), "note_italic", "t3", most=rect.width)


def line_of(one: Forecast, dispute: Dispute, table: Table, pen: Pen) -> str:
    """A forecast in a line: when it is for and what was said, and once it fell due what one believed then."""
    quarter = table.model.story.quarter(one.due)
    words = {"due": quarter, "median": figure_of(dispute.unit, one.median)}
    words["range"] = range_of(dispute.unit, one.low, one.high)
    if one.due > table.turn:
        return pen.words("intelligence.registered", **words, made=table.model.story.quarter(one.made))
    held = dispute.believed[one.due].middle
    named = "intelligence.due_within" if one.low <= held <= one.high else "intelligence.due_outside"
    return pen.words(named, **words, now=figure_of(dispute.unit, held))


def draw_scores(
    surface: pygame.Surface, rect: pygame.Rect, outcomes: Sequence[Outcome], table: Table, pen: Pen
) -> None:
    """Every forecast beside the truth, and how far off they were on average."""
    if not outcomes:
        head = pen.words("intelligence.none_scored")
        draw_head(surface, rect.topleft, rect.width, head, "", pen)
        return
    within, mean = sum(one.within for one in outcomes), sum(one.crps for one in outcomes) / len(outcomes)
    head = pen.words("intelligence.scored", within=within, count=len(outcomes))
    plain = foresight.off_by_belief(table, outcomes)
    log_score = sum(one.log_score for one in outcomes) / len(outcomes)
    unit = pen.words("intelligence.scored_unit", crps=f"{mean:.2f}", plain=f"{plain:.2f}", log=f"{log_score:.2f}")
    y = draw_head(surface, rect.topleft, rect.width, head, unit, pen) + pen.px(8)
    for one in outcomes:
        if y + pen.line("note") > rect.bottom:
            break
        about = QUESTIONS[one.forecast.question]
        words = pen.words(
            "intelligence.outcome",
            question=pen.words(f"intelligence.short.{one.forecast.question}"),
            due=table.model.story.quarter(one.forecast.due),
            median=figure_of(about.unit, one.forecast.median),
            value=figure_of(about.unit, one.value),
        )
        pen.icon(
            surface, "check" if one.within else "cross", (rect.left + pen.px(6), y + pen.line("note") // 2), 5, "t1"
        )
        pen.write(surface, words, (rect.left + pen.px(20), y), "note", "t2", most=rect.width - pen.px(20))
        y += pen.line("note")
