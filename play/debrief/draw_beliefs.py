"""Draw beliefs: truth beside what two seats believed and what sources said; and when the truth was within the ranges."""

from collections.abc import Sequence

from markupsafe import Markup

from play.charts import (
    Scale,
    apart,
    band,
    box,
    columns_of_axis,
    mark,
    nice,
    path,
    picture,
    rows_of_axis,
    words,
)
from play.debrief.beliefs import HALF, NINE_TENTHS, Disputed
from play.debrief.chart import Chart, Frame, Table, chart, years_of
from play.debrief.told import Debrief
from play.figures import figure

MARKS = ("cross", "ring", "diamond", "square", "tick", "dot")
"""The marks of sources, in their order."""
FAR = 2.5
"""A straight axis ends at so many times the largest truth."""
WIDE_RANGE = 8.0
"""How many times the smallest the largest truth must be for an axis by logarithm."""


def belief_chart(told: Debrief, asked: Disputed) -> Chart:
    """One disputed quantity."""
    us, them = told.seat.name, told.rival
    heads = ("quarter", "truth", told.titles[us], "9 in 10", told.titles[them], *asked.said)
    rows = []
    for at, quarter in enumerate(told.race.quarters):
        mine, other = asked.believed[us][at], asked.believed[them][at]
        said = [number(values[at - 1], asked) if at else "–" for values in asked.said.values()]
        between = f"{number(mine.low, asked)} to {number(mine.high, asked)}"
        rows.append(
            (
                quarter,
                number(asked.truth[at], asked),
                number(mine.middle, asked),
                between,
                number(other.middle, asked),
                *said,
            )
        )
    unit = "share" if asked.is_share else asked.unit
    table = Table(f"{asked.title}, {unit}", heads, tuple(rows))
    title = asked.title[:1].upper() + asked.title[1:]
    return chart(
        f"belief-{asked.name}", title, _unit(asked), lambda frame: _belief(told, asked, frame), table, is_small=True
    )


def number(value: float, asked: Disputed) -> str:
    """A figure of a question without its unit, shares as per cent."""
    return f"{figure(100 * value, 2)} %" if asked.is_share else figure(value)


def _unit(asked: Disputed) -> str:
    unit = "per cent" if asked.is_share else asked.unit
    return f"{unit}, by logarithm" if _is_log(asked) else unit


def _is_log(asked: Disputed) -> bool:
    true = asked.truth[1:]
    return not asked.is_share and max(true) > WIDE_RANGE * max(min(true), 1e-9)


def _belief(told: Debrief, asked: Disputed, frame: Frame) -> Markup:
    left, right, top, bottom = 48.0, frame.width - 84, 12.0, 190.0
    mine, other = (asked.believed[seat][1:] for seat in (told.seat.name, told.rival))
    true = asked.truth[1:]
    sides = ("us", "cn") if told.seat.bloc == "us" else ("cn", "us")
    low, high = 0.0, min(max([*true, *(b.high for b in mine)]), FAR * max(true))
    if _is_log(asked):
        low = 10 ** (len(str(int(max(min(true), 1)))) - 1.0)
        scale = Scale(low, max(high, low * 10), bottom, top, is_log=True)
    else:
        scale = Scale(low, min(nice(low, high)[1], 1.0) if asked.is_share else nice(low, high)[1], bottom, top)
    xs = [left + (right - left) * (at + 0.5) / len(true) for at in range(len(true))]
    parts = [rows_of_axis(scale, left, right, is_share=asked.is_share)]
    parts.append(band(xs, [scale(b.low) for b in mine], [scale(b.high) for b in mine], f"fill-{sides[0]} soft"))
    parts.append(path(_points(xs, [b.middle for b in other], scale), f"line-{sides[1]} dashed"))
    parts.append(path(_points(xs, [b.middle for b in mine], scale), f"line-{sides[0]} strong"))
    for shape, values in zip(MARKS, asked.said.values(), strict=False):
        parts += [
            mark(shape, x, scale(v), "line-t3", 3.0)
            for x, v in zip(xs, values, strict=True)
            if scale.low <= v <= scale.high
        ]
    parts.append(path(_points(xs, true, scale), "line-ink strong"))
    parts += [mark("dot", x, scale(v), "fill-ink", 2.6) for x, v in zip(xs, true, strict=True)]
    seats = zip((mine, other), (told.seat.name, told.rival), sides, strict=True)
    ends = [(scale(b[-1].middle), told.titles[seat], f"text-{side}") for b, seat, side in seats]
    ends = sorted([(scale(true[-1]), "truth", "strong"), *ends])
    parts += _end_labels(ends, right + 6, top, bottom)
    step = xs[1] - xs[0] if len(xs) > 1 else right - left
    parts.append(columns_of_axis([(xs[at] + step * 0.7, year) for at, year in years_of(told.quarters)], bottom + 16))
    said = (
        f"{asked.title}, {asked.unit}. At the end the truth is {number(true[-1], asked)}; {told.titles[told.seat.name]} believed "
        f"{number(mine[-1].middle, asked)}, {told.titles[told.rival]} {number(other[-1].middle, asked)}."
    )
    return picture(frame.ident, frame.width, bottom + 24, f"Truth and belief: {asked.title}", said, *parts)


def _points(xs: Sequence[float], values: Sequence[float], scale: Scale) -> list[tuple[float, float]]:
    return [(x, scale(value)) for x, value in zip(xs, values, strict=True)]


def _end_labels(ends: Sequence[tuple[float, str, str]], x: float, top: float, bottom: float) -> list[Markup]:
    places = apart([y + 4 for y, _, _ in ends], 15, top + 8, bottom)
    return [
        words(x, y, said if len(said) <= 10 else f"{said[:9].strip()}…", f"{class_} small")
        for y, (_, said, class_) in zip(places, ends, strict=True)
    ]


def forecast_chart(told: Debrief) -> Chart:
    """When the truth was within the seat's ranges, question by question."""
    seat = told.seat.name
    rows = []
    for asked in told.disputed:
        score = asked.scores[seat]
        rows.append(
            (
                asked.title,
                f"{score.within_half} of {score.quarters}",
                f"{score.within_nine_tenths} of {score.quarters}",
                f"{score.crps:.2f}",
                f"{score.crps_fixed:.2f}",
                f"{100 * score.gain:.0f} %",
                f"{score.log_score:.2f}",
                f"{score.log_score_fixed:.2f}",
            )
        )
    head = (
        "question",
        "in the 50 % range",
        "in the 90 % range",
        "CRPS, ln",
        "CRPS of the opening belief, ln",
        "closer by",
    )
    table = Table(
        "The beliefs as forecasts", (*head, "log score, nats", "log score of the opening belief, nats"), tuple(rows)
    )
    inside = sum(asked.scores[seat].within_nine_tenths for asked in told.disputed)
    of = sum(asked.scores[seat].quarters for asked in told.disputed)
    finding = f"The truth was within {told.seat.title}’s 90 % range {inside} times in {of}"
    unit = (
        "A square a quarter: full where the truth was in the middle half of the range, half where it was in the 90 %, "
        "a cross where it was outside."
    )
    return chart("forecasts", finding, unit, lambda frame: _forecasts(told, frame), table)


def _forecasts(told: Debrief, frame: Frame) -> Markup:
    narrow, seat = frame.is_narrow, told.seat.name
    count = len(told.quarters)
    left = 4.0 if narrow else 300.0
    cell = min((frame.width - left - (84 if narrow else 200)) / max(count, 1), 26.0)
    high = 52.0 if narrow else 32.0
    parts = []
    top = 26.0
    for row, asked in enumerate(told.disputed):
        y = top + row * high + (20 if narrow else 0)
        title = asked.title[:1].upper() + asked.title[1:]
        parts.append(
            words(4, y - 6, title, "small") if narrow else words(left - 12, y + cell / 2 + 4, title, "", "end")
        )
        for at, belief in enumerate(asked.believed[seat][1:]):
            parts += _cell(left + at * cell, y, cell - 3, abs(belief.off(asked.truth_ln[at + 1])))
        score = asked.scores[seat]
        x = left + count * cell + 10
        parts.append(words(x, y + cell / 2 + 5, f"{score.within_nine_tenths} of {score.quarters}", "strong"))
        if not narrow:
            parts.append(words(x + 66, y + cell / 2 + 5, f"{100 * score.gain:.0f} % closer", "axis"))
    labels = [(left + at * cell + 14, year) for at, year in years_of(told.quarters)]
    parts.append(columns_of_axis(labels, 14))
    said = "; ".join(
        f"{asked.title}: {asked.scores[seat].within_nine_tenths} of {asked.scores[seat].quarters}"
        for asked in told.disputed
    )
    bottom = top + len(told.disputed) * high + 8
    return picture(
        frame.ident, frame.width, bottom, "When the truth was in the range", f"In the 90 % range: {said}.", *parts
    )


def _cell(x: float, y: float, size: float, off: float) -> list[Markup]:
    if off <= HALF:
        return [box(x, y, size, size, "fill-ink")]
    if off <= NINE_TENTHS:
        return [box(x, y, size, size, "edge-ink empty"), box(x, y + size / 2, size, size / 2, "fill-ink half")]
    return [
        box(x, y, size, size, "edge-t3 empty"),
        mark("cross", x + size / 2, y + size / 2, "line-smug", size / 2 - 5),
    ]
