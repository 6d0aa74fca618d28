"""Draw the race: both blocs' best models with the lead as the gap between them, and the lead over time."""

from markupsafe import Markup

from play.charts import (
    Scale,
    apart,
    columns_of_axis,
    compact,
    mark,
    nice,
    path,
    picture,
    rows_of_axis,
    rule,
    stairs,
    tag,
    words,
)
from play.debrief.chart import Chart, Frame, Table, chart, wrapped, years_of
from play.debrief.race import MONTHS, Best, Race
from play.debrief.told import Debrief
from play.figures import figure, in_months, signed

SIDES = {"us": "US side", "cn": "China"}
BEFORE = 12.0
"""Months before the opening that are shown."""


def race_chart(told: Debrief) -> Chart:
    """The best models of both blocs."""
    race = told.race
    rows = []
    for bloc, best in race.best.items():
        for one in best:
            when = f"month {figure(one.month)}" if one.month > 0 else f"{figure(-one.month)} months before the opening"
            rows.append((SIDES[bloc], one.lab or "not told", when, f"{one.score:.1f}"))
    table = Table(
        "Best released model of each side, every time it was beaten", ("side", "lab", "when", "ECI"), tuple(rows)
    )
    gains = f"{figure(race.gained('us'), 2)} points for the US side, {figure(race.gained('cn'), 2)} for China"
    finding = f"Capability rose by {gains}"
    unit = "ECI of the best released model; filled marks set a record, hollow ones did not. Months are read across."
    return chart("race", finding, unit, lambda frame: _race(told, frame), table)


def _race(told: Debrief, frame: Frame) -> Markup:
    race, narrow = told.race, frame.is_narrow
    left, right, top = 44.0, frame.width - (14 if narrow else 176), 64.0
    bottom = top + (270 if narrow else 330)
    months = Scale(-BEFORE, race.end, left, right)
    scores = [one.score for best in race.best.values() for one in _shown(best)]
    scores += [one.score for one in race.releases if one.is_record]
    low, high = nice(min(scores), max(scores))
    score = Scale(low, high, bottom, top)
    lines = {
        bloc: [(months(one.month), score(one.score)) for one in _shown(best)] + [(right, score(best[-1].score))]
        for bloc, best in race.best.items()
    }
    parts = [rows_of_axis(score, left, right, "ECI"), _years(told, months, bottom)]
    steps = {bloc: stairs([(left, line[0][1]), *line[1:]]) for bloc, line in lines.items()}
    parts.append(path([*steps["us"], *reversed(steps["cn"])], "fill-us pale", is_closed=True))
    parts += [_flag(told, at, months, score, top) for at in range(len(told.turning))]
    for bloc, line in steps.items():
        parts.append(path(line, f"line-{bloc} strong"))
    for one in race.releases:
        if not one.is_record and one.score >= low:
            x = months(MONTHS * (one.turn - 0.5))
            parts.append(
                mark("dot" if one.bloc == "us" else "diamond", x, score(one.score), f"line-{one.bloc} hollow", 2.5)
            )
    for bloc, best in race.best.items():
        shape = "dot" if bloc == "us" else "diamond"
        parts += [
            mark(shape, months(b.month), score(b.score), f"fill-{bloc} ringed", 4.5) for b in best if b.month > -BEFORE
        ]
    parts += [_gap(race, months, score, narrow), *_ends(race, right, score, narrow)]
    return picture(frame.ident, frame.width, bottom + 34, "The capability race", _said(told), *parts)


def _shown(best: tuple[Best, ...]) -> list[Best]:
    """Those that hold within the time that is shown, the first moved to its edge."""
    earlier = [one for one in best if one.month <= -BEFORE]
    later = [one for one in best if one.month > -BEFORE]
    return [Best(-BEFORE, earlier[-1].score, ""), *later] if earlier else later


def _years(told: Debrief, months: Scale, y: float) -> Markup:
    labels = [(months(MONTHS * at), year) for at, year in years_of(told.quarters)]
    start = months(0.0)
    return Markup("").join(
        [
            rule(months.start, y, months.end, y, "axis-line"),
            *(rule(x, y, x, y + 5, "axis-line") for x, _ in labels),
            *(words(x + 3, y + 18, year, "axis") for x, year in labels),
            rule(start, 64, start, y, "now"),
            words(start - 5, y - 8, "before the game", "axis", "end"),
        ]
    )


def _gap(race: Race, months: Scale, score: Scale, narrow: bool) -> Markup:
    """The lead, as the stretch between the month a score was first reached and the end."""
    if not race.leader:
        return Markup("")
    behind = race.best["cn" if race.leader == "us" else "us"][-1].score
    y, x0, x1 = score(behind), months(race.reached), months(race.end)
    said = in_months(race.months) if narrow else f"The lead: {in_months(race.months)}"
    return Markup("").join(
        [
            rule(x0, y, x1, y, "bracket"),
            rule(x0, y - 6, x0, y + 6, "bracket"),
            rule(x1, y - 6, x1, y + 6, "bracket"),
            words(x0 - 8, y - 6, said, "strong halo", "end"),
        ]
    )


def _ends(race: Race, right: float, score: Scale, narrow: bool) -> list[Markup]:
    """The names of the lines at their ends."""
    order = sorted(race.best, key=lambda bloc: -race.best[bloc][-1].score)
    wanted = [score(race.best[bloc][-1].score) for bloc in order]
    if narrow:
        return [
            words(right - 4, wanted[0] - 9, _name(race, order[0]), f"text-{order[0]} strong halo", "end"),
            words(right - 4, wanted[1] + 36, _name(race, order[1]), f"text-{order[1]} strong halo", "end"),
        ]
    places = apart([y + 4 for y in wanted], 54, 20, score.start)
    found = []
    for bloc, y in zip(order, places, strict=True):
        last = race.best[bloc][-1]
        found.append(words(right + 10, y, SIDES[bloc], f"text-{bloc} strong"))
        said = [f"{last.score:.0f} ECI", *wrapped(last.lab, 24)[:1]]
        found += [words(right + 10, y + 16 * (at + 1), line, "axis") for at, line in enumerate(said)]
    return found


def _name(race: Race, bloc: str) -> str:
    return f"{SIDES[bloc]} {race.best[bloc][-1].score:.0f}"


def _flag(told: Debrief, at: int, months: Scale, score: Scale, top: float) -> Markup:
    """The number of a turning point over the quarter of its order."""
    starts = [months(MONTHS * (order.turn - 1)) for order, _ in told.turning]
    x, x0 = apart(starts, 24, months(0), months.end)[at], starts[at]
    return Markup("").join(
        [
            path([(x, 34), (x0, 50), (x0, score.start)], "flag"),
            tag("circle", cx=x, cy=24, r=10, class_="badge"),
            words(x, 28.5, str(at + 1), "badge-text", "middle"),
        ]
    )


def _said(told: Debrief) -> str:
    race = told.race
    ends = ", ".join(f"{SIDES[bloc]} {best[-1].score:.0f} ECI" for bloc, best in race.best.items())
    lead = f"The lead at the end is {figure(race.months)} months." if race.leader else "Nobody leads at the end."
    return (
        f"A line for each side's best released model, from {BEFORE:.0f} months before the opening to {told.quarters[-1]}. "
        f"At the end: {ends}. {lead}"
    )


def lead_chart(told: Debrief) -> Chart:
    """The lead, quarter by quarter."""
    race = told.race
    changes = [0.0, *(b - a for a, b in zip(race.lead, race.lead[1:], strict=False))]
    rows = tuple(
        (quarter, signed(lead, 3), signed(change, 3))
        for quarter, lead, change in zip(race.quarters, race.lead, changes, strict=True)
    )
    table = Table("The lead at the end of each quarter", ("quarter", "lead, months", "change, months"), rows)
    top = max(range(len(race.lead)), key=lambda at: race.lead[at])
    low = min(range(len(race.lead)), key=lambda at: race.lead[at])
    finding = (
        f"The lead was between {figure(race.lead[low], 2)} and {figure(race.lead[top], 2)} months"
        if race.lead[low] > 0
        else f"The lead went from {signed(race.lead[low])} to {signed(race.lead[top])} months"
    )
    unit = "Months by which the US side leads; below zero China leads."
    return chart("lead", finding, unit, lambda frame: _lead(told, frame), table)


def _lead(told: Debrief, frame: Frame) -> Markup:
    race, left = told.race, 44.0
    right, top, bottom = frame.width - (14 if frame.is_narrow else 176), 26.0, 150.0
    low, high = nice(min(0.0, *race.lead), max(1.0, *race.lead))
    months, lead = Scale(-BEFORE, race.end, left, right), Scale(low, high, bottom, top)
    points = [(months(MONTHS * at), lead(value)) for at, value in enumerate(race.lead)]
    zero = lead(0.0)
    above = [(points[0][0], zero), *((x, min(y, zero)) for x, y in points), (points[-1][0], zero)]
    below = [(points[0][0], zero), *((x, max(y, zero)) for x, y in points), (points[-1][0], zero)]
    told_at = {0, len(points) - 1, max(range(len(points)), key=lambda at: abs(race.lead[at]))}
    parts = [rows_of_axis(lead, left, right), _year_row(told, months, bottom)]
    parts += [path(above, "fill-us soft", is_closed=True), path(below, "fill-cn soft", is_closed=True)]
    parts.append(path(points, "line-ink"))
    parts += [mark("dot", *points[at], "fill-ink", 3.5) for at in told_at]
    parts += [
        words(points[at][0], points[at][1] - 9, compact(race.lead[at]), "strong halo", "middle")
        for at in sorted(told_at)
    ]
    said = (
        f"The lead of the US side in months, from {figure(race.lead[0])} on the opening day to {figure(race.lead[-1])} "
        f"after {told.quarters[-1]}."
    )
    return picture(frame.ident, frame.width, bottom + 26, "The lead over time", said, *parts)


def _year_row(told: Debrief, months: Scale, y: float) -> Markup:
    return columns_of_axis([(months(MONTHS * at) + 16, year) for at, year in years_of(told.quarters)], y + 18)
