"""Draw otherwise: what would have been different without some orders, with ranges over other luck."""

from collections.abc import Callable

from markupsafe import Markup

from play.charts import Scale, box, compact, mark, nice, picture, rule, words
from play.debrief.chart import Chart, Frame, Table, chart, wrapped
from play.debrief.otherwise import Otherwise, Range
from play.debrief.told import Debrief
from play.figures import MINUS, figure, signed

Read = Callable[[Otherwise], Range]
COUNTS = 0.25
"""Points of a score from which an order counts for something."""


def lead_otherwise(told: Debrief) -> Chart:
    """Changes of the final lead."""
    rows = sorted(told.otherwise, key=lambda row: -abs(row.lead.anew))
    moved = [row for row in rows if row.lead.holds and abs(row.lead.anew) >= 0.05]
    if moved:
        first = moved[0]
        longer = "longer" if (first.lead.anew > 0) == (told.race.lead[-1] >= 0) else "shorter"
        finding = f"{first.had}, the lead would be {figure(abs(first.lead.anew), 2)} months {longer}"
    else:
        finding = "None of these orders did more to the final lead than luck"
    unit = "Change of the final lead, months; to the right the US side gains, to the left China."
    return _chart(told, "otherwise-lead", finding, unit, "months", lambda row: row.lead, rows)


def own_otherwise(told: Debrief) -> Chart:
    """Changes of the seat's own score."""
    rows = sorted(told.otherwise, key=lambda row: (row.seat != told.seat.name, -abs(row.own.held)))
    mine = [row for row in rows if row.seat == told.seat.name and row.changes]
    counts = [row for row in mine if row.own.holds and abs(row.own.held) >= COUNTS]
    if counts:
        way = "higher" if counts[0].own.held > 0 else "lower"
        finding = f"{counts[0].had}, its score would be {figure(abs(counts[0].own.held), 2)} points {way}"
    elif mine:
        finding = f"No order of {told.seat.title} did more to its score than luck"
    else:
        finding = f"{told.seat.title} gave no order that stood"
    unit = f"Change of the score of {told.seat.title}, points; its own orders come first."
    return _chart(told, "otherwise-own", finding, unit, "points", lambda row: row.own, rows)


def compute_otherwise(told: Debrief) -> Chart:
    """Changes of the compute that does useful work in China."""
    rows = sorted(told.otherwise, key=lambda row: -abs(row.compute_cn.anew))
    finding = "None of these orders moved China’s compute"
    if rows and abs(rows[0].compute_cn.anew) >= 1:
        more = "more" if rows[0].compute_cn.anew > 0 else "less"
        finding = f"{rows[0].had}, China would have {compact(abs(rows[0].compute_cn.anew))} H100e {more}"
    unit = "Change of the compute that does useful work in China at the end, H100e."
    return _chart(told, "otherwise-compute", finding, unit, "H100e", lambda row: row.compute_cn, rows)


def signed_compact(value: float) -> str:
    """A change in short, with its sign."""
    if abs(value) < 0.5:
        return "0"
    return ("+" if value > 0 else MINUS) + compact(abs(value))


def _chart(told: Debrief, ident: str, finding: str, unit: str, of: str, read: Read, rows: list[Otherwise]) -> Chart:
    say = signed_compact if of == "H100e" else signed
    head = ("without", "seat", "since", "orders left out", f"held, {of}", f"decided anew, {of}")
    cells = tuple(
        (
            *(row.title, row.called, row.since, str(row.orders), say(read(row).held), say(read(row).anew)),
            *(f"{say(read(row).lower)} to {say(read(row).upper)}", f"{say(read(row).low)} to {say(read(row).high)}"),
        )
        for row in rows
    )
    table = Table(
        f"What would have been different, {of}", (*head, "half of other luck", "nine tenths of other luck"), cells
    )
    return chart(ident, finding, unit, lambda frame: _draw(told, frame, rows, read, of), table)


def _draw(told: Debrief, frame: Frame, rows: list[Otherwise], read: Read, of: str) -> Markup:
    narrow = frame.is_narrow
    left, right = (24.0, frame.width - 78) if narrow else (330.0, frame.width - 130)
    values = [v for row in rows for r in [read(row)] for v in (r.low, r.high, r.held, r.anew)]
    low, high = nice(min(0.0, *values, -0.5), max(0.0, *values, 0.5)) if values else (-1.0, 1.0)
    scale = Scale(low, high, left, right)
    high_row = 66.0 if narrow else 52.0
    bottom = 12 + len(rows) * high_row
    parts = []
    for tick in scale.ticks:
        said = compact(tick, is_tick=True) if tick <= 0 else f"+{compact(tick, is_tick=True)}"
        parts.append(rule(scale(tick), 8, scale(tick), bottom, "zero" if tick == 0 else "grid"))
        parts.append(words(scale(tick), bottom + 16, said, "axis", "middle"))
    for at, row in enumerate(rows):
        parts += _row(row, read(row), 12 + at * high_row, scale, frame, of)
    said = "; ".join(f"{row.title} {signed(read(row).anew)}" for row in rows[:6])
    return picture(frame.ident, frame.width, bottom + 26, f"What would have been different, {of}", f"{said}.", *parts)


def _row(row: Otherwise, about: Range, y: float, scale: Scale, frame: Frame, of: str) -> list[Markup]:
    narrow = frame.is_narrow
    middle = y + (46 if narrow else 22)
    letters = 42 if narrow else 40
    lines = wrapped(row.title, letters)[:2]
    whose = row.since if row.called in row.title else f"{row.called}, {row.since}"
    x, anchor = (0.0, "start") if narrow else (scale.start - 16, "end")
    if narrow:
        parts = [
            words(x, y + 14, lines[0] + ("…" if len(lines) > 1 else ""), "small strong"),
            words(x, y + 29, whose, "axis"),
        ]
    else:
        parts = [words(x, y + 12 + 15 * at, line, "small strong", anchor) for at, line in enumerate(lines)]
        parts.append(words(x, y + 12 + 15 * len(lines), whose, "axis", anchor))
    side = "us" if (about.anew >= 0) == (of != "H100e") else "cn"
    parts.append(box(scale(about.low), middle - 3, scale(about.high) - scale(about.low), 6, f"fill-{side} soft"))
    parts.append(box(scale(about.lower), middle - 6, scale(about.upper) - scale(about.lower), 12, f"fill-{side} half"))
    parts.append(mark("tick", scale(about.median), middle, "line-ink strong", 8))
    parts.append(mark("diamond", scale(about.anew), middle, f"fill-{side} ringed", 4.5))
    parts.append(mark("ring", scale(about.held), middle, "line-ink", 4))
    say = signed_compact if of == "H100e" else signed
    parts.append(words(frame.width, middle + (2 if narrow else 0), say(about.anew), "strong", "end"))
    parts.append(words(frame.width, middle + 16, f"{say(about.low)} to {say(about.high)}", "axis", "end"))
    return parts
