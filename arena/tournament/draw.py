"""Draw: the pictures of a tournament's report - figures with their intervals, shares in bars, and who beats whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from arena.tournament.findings import Estimate
from play.charts import Scale, box, compact, joined, mark, nice, picture, rule, words
from play.debrief.chart import Chart, Frame, Table, chart

ROW, HEAD, GROUP = 22.0, 26.0, 34.0
"""Heights (pixels) of a row, of the axis above, and of a group's name."""
QUARTERS = [0.0, 0.25, 0.5, 0.75, 1.0]
"""Where the axis of shares has its marks."""
LEAST = 26.0
"""Side (pixels) under which a square has no room for its number, nor for a name above it."""
CELL = 62.0
"""Side (pixels) of a square of the matrix, at most."""


@dataclass(frozen=True)
class Line:
    """A row of a picture: what it is about, its figure, and what is said behind it."""

    label: str
    one: Estimate
    said: str = ""
    is_foremost: bool = False
    group: str = ""


def dots(
    ident: str, finding: str, unit: str, lines: Sequence[Line], zero: float, table: Table, is_share: bool = False
) -> Chart:
    """Figures as dots on lines that span their intervals; those that leave out `zero` are filled."""
    return chart(ident, finding, unit, lambda frame: _dots(frame, finding, unit, lines, zero, is_share), table)


def _dots(frame: Frame, title: str, unit: str, lines: Sequence[Line], zero: float, is_share: bool) -> Markup:
    left, right = (118.0, frame.width - 44) if frame.is_narrow else (178.0, frame.width - 120)
    low = min(zero, *(line.one.low for line in lines))
    high = max(zero, *(line.one.high for line in lines))
    scale = Scale(0.0, 1.0, left, right) if is_share else Scale(*nice(low, high), left, right)
    parts, y, group = [], HEAD, ""
    for line in lines:
        if line.group != group:
            group = line.group
            parts.append(words(0, y + 20, group, "strong"))
            y += GROUP - 4
        parts.append(_dot(line, scale, y + ROW / 2, left, right, frame.is_narrow, zero))
        y += ROW
    ticks = _ticks(scale, zero, y, is_share, 2 if frame.is_narrow and len(scale.ticks) > 4 else 1)
    return picture(frame.ident, frame.width, y + 8, title, unit, ticks, *parts)


def _ticks(scale: Scale, zero: float, bottom: float, is_share: bool, every: int) -> Markup:
    parts = []
    for value in (QUARTERS if is_share else scale.ticks)[::every]:
        x, said = scale(value), f"{100 * value:.0f} %" if is_share else compact(value, is_tick=True)
        parts += [rule(x, HEAD - 4, x, bottom, "grid"), words(x, HEAD - 10, said, "axis", "middle")]
    return joined([*parts, rule(scale(zero), HEAD - 4, scale(zero), bottom, "zero")])


def _dot(line: Line, scale: Scale, y: float, left: float, right: float, is_narrow: bool, zero: float) -> Markup:
    one, colour = line.one, "us" if line.one.value >= zero else "smug"
    filled = f"fill-{colour}" if one.leaves_out(zero) else "hollow edge-t3"
    parts = [
        words(left - 12, y + 4, line.label, "strong" if line.is_foremost else "", "end"),
        rule(scale(one.low), y, scale(one.high), y, f"line-{colour} strong"),
        mark("dot", scale(one.value), y, filled, 4.5),
    ]
    if line.said and not is_narrow:
        parts.append(words(right + 14, y + 4, line.said, "faint axis"))
    return joined(parts)


def bars(
    ident: str,
    finding: str,
    unit: str,
    names: Sequence[str],
    shares: Sequence[Sequence[float]],
    parts: Sequence[tuple[str, str]],
    table: Table,
) -> Chart:
    """Shares of a whole, a bar for each name; `parts` are what they are shares of, each with the class of its colour."""
    return chart(ident, finding, unit, lambda frame: _bars(frame, finding, unit, names, shares, parts), table)


def _bars(
    frame: Frame,
    title: str,
    unit: str,
    names: Sequence[str],
    shares: Sequence[Sequence[float]],
    parts: Sequence[tuple[str, str]],
) -> Markup:
    left, right = (118.0 if frame.is_narrow else 178.0), frame.width - 12
    scale, found = Scale(0.0, 1.0, left, right), []
    at = 0.0 if frame.is_narrow else left
    for said, colour in parts:
        found += [box(at, 4, 11, 11, colour), words(at + 16, 14, said, "small")]
        at += 16 + 6.4 * len(said) + 18
    for row, (name, each) in enumerate(zip(names, shares, strict=True)):
        y = HEAD + row * (ROW + 4)
        found.append(words(left - 12, y + 15, name, "", "end"))
        begins = 0.0
        for share, (_, colour) in zip(each, parts, strict=True):
            x = scale(begins)
            found.append(box(x, y, scale(begins + share) - x, ROW - 3, colour))
            if share > 0.08:
                found.append(words(x + 6, y + 14, f"{100 * share:.0f} %", "badge-text"))
            begins += share
    return picture(frame.ident, frame.width, HEAD + len(names) * (ROW + 4) + 4, title, unit, *found)


def matrix(
    ident: str, finding: str, unit: str, names: Sequence[str], rates: Sequence[Sequence[Estimate | None]]
) -> Chart:
    """How often the player of each row beats that of each column, in per cent; faint where chance would do."""
    table = Table(
        "Share of pairs that the player of the row wins, per cent, with 95 % intervals",
        ("", *names),
        tuple((name, *(_cell(one) for one in row)) for name, row in zip(names, rates, strict=True)),
    )
    return chart(ident, finding, unit, lambda frame: _matrix(frame, finding, unit, names, rates), table)


def _cell(one: Estimate | None) -> str:
    return "–" if one is None else f"{100 * one.value:.0f} ({100 * one.low:.0f} to {100 * one.high:.0f})"


def _matrix(
    frame: Frame, title: str, unit: str, names: Sequence[str], rates: Sequence[Sequence[Estimate | None]]
) -> Markup:
    left, top = (96.0, 92.0) if frame.is_narrow else (120.0, 96.0)
    size = min(CELL, (frame.width - left - 40) / len(names))
    top = HEAD if size < LEAST else top
    parts = []
    for at, name in enumerate(names):
        x, y = left + (at + 0.5) * size, top - 8
        if size < LEAST:
            parts.append(words(x, y, str(at + 1) if at % 2 == 0 else "", "small", "middle"))
        else:
            parts.append(words(x + 4, y, name, "small", transform=f"rotate(-50 {x + 4:.1f} {y:.1f})"))
        said = f"{name} {at + 1}" if size < LEAST else name
        parts.append(words(left - 8, top + (at + 0.5) * size + 4, said, "small", "end"))
    for row, each in enumerate(rates):
        for column, one in enumerate(each):
            parts.append(_square(one, left + column * size, top + row * size, size))
    return picture(frame.ident, frame.width, top + len(names) * size + 6, title, unit, *parts)


def _square(one: Estimate | None, x: float, y: float, size: float) -> Markup:
    if one is None:
        return box(x + 1, y + 1, size - 2, size - 2, "fill-t3 pale")
    colour = "fill-us" if one.value > 0.5 else "fill-smug"
    depth = min(1.0, abs(one.value - 0.5) * 2) * 0.75 if one.leaves_out(0.5) else 0.03
    square = box(x + 1, y + 1, size - 2, size - 2, colour, fill_opacity=f"{depth:.2f}")
    if size < LEAST:
        return square
    return joined([square, words(x + size / 2, y + size / 2 + 4, f"{100 * one.value:.0f}", "small", "middle")])
