"""Report: a sweep as a table in text, and as one page of response plots that needs nothing else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import numpy as np
from markupsafe import Markup

from arena.sweep.answers import Curve
from arena.sweep.designs import INDICES, METHODS
from arena.sweep.knobs import Knob
from arena.sweep.work import Task, prepared
from play.charts import Scale, band, columns_of_axis, compact, joined, mark, nice, path, picture, rows_of_axis, tag
from play.document import document
from play.evidence.simulate import outcome_names
from play.figures import THIN, aligned, figure

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 440.0, 250.0, 56.0, 416.0, 26.0, 204.0
COLUMNS = "median: where the number is low and where it is high; goes with it: share of the variance between games."
LEGEND = (
    "Each picture shows the games by one varied number, whatever the others were: the line is the median, the dark band "
    "holds half of the games and the pale band nine in ten. A band is wide for two reasons that it does not tell apart: luck, "
    "and the other numbers. All pictures of an outcome have the same upright scale."
)
WIDTHS = "_conf"
READ = {
    "morris": "Effects of going from the low end of a number to its high end (elementary effects over whole ranges), on the mean "
    "of a set's games: their mean, their mean size with its 95 % interval, and how far they depend on the rest (sigma).",
    "sobol": "Shares of the variance between sets, of the mean of a set's games: what a number makes alone (S1) and what it has "
    "a part in (ST), with 95 % intervals. Shares below nothing are chance: take more base sets.",
}


def about(task: Task, sets: int) -> str:
    """What was played."""
    _, some = prepared(task)
    numbers = "one number" if len(some) == 1 else f"{len(some)} numbers"
    each = "one game" if task.games == 1 else f"{task.games} games"
    size = (
        f" ({thousands(task.samples)} {METHODS[task.method].counts.partition(',')[0]})" if task.method != "lhs" else ""
    )
    return (
        f"{numbers} varied by {task.method}{size}: "
        f"{thousands(sets)} sets of {each}, with the same luck in every set; "
        f"{thousands(sets * task.games)} games, seed {task.seed}."
    )


def thousands(number: int) -> str:
    """A whole number with thin spaces between the thousands."""
    return f"{number:,}".replace(",", THIN)


def lines(task: Task, sets: int, curves: Sequence[Curve]) -> list[str]:
    """The sweep as text, outcome by outcome."""
    scenario, some = prepared(task)
    known = outcome_names(scenario)
    said = about(task, sets)
    found = [f"{scenario.name}: {said}"]
    for outcome, group in _by_outcome(curves):
        unit, doc = known[outcome]
        found += ["", f"{outcome} ({unit}): {doc}"]
        found += [f"  {line}" for line in aligned(_rows(task, some, group))]
    found += ["", COLUMNS, *([READ[task.method]] if task.method in READ else [])]
    return found


def _by_outcome(curves: Sequence[Curve]) -> Iterator[tuple[str, list[Curve]]]:
    for outcome, group in groupby(curves, key=lambda curve: curve.outcome):
        yield outcome, list(group)


def _rows(task: Task, some: Sequence[Knob], group: Sequence[Curve]) -> list[list[str]]:
    """A head, and a row a number: its ends, the median at both, its share of the variance, its indices."""
    kinds = [kind for kind in METHODS[task.method].indices if not kind.endswith(WIDTHS)]
    rows = [["varied", "from", "to", "median from", "median to", "goes with it", *kinds]]
    for knob, curve in zip(some, group, strict=True):
        ends = [figure(knob.low), figure(knob.high), figure(curve.median[0]), figure(curve.median[-1])]
        rows.append([knob.key, *ends, percent(curve.share), *(_index(curve.indices, kind) for kind in kinds)])
    return rows


def _index(indices: Mapping[str, float], kind: str) -> str:
    """An index, with its interval if it has one."""
    width = indices.get(kind + WIDTHS)
    return figure(indices[kind], 2) + (f" ± {figure(width, 2)}" if width is not None else "")


def percent(share: float) -> str:
    """A share of the variance as people read it."""
    return f"{100 * share:.0f} %" if np.isfinite(share) else "none"


def page(task: Task, sets: int, curves: Sequence[Curve]) -> str:
    """The sweep as one page."""
    scenario, some = prepared(task)
    sections = [section(task, some, group, number) for number, (_, group) in enumerate(_by_outcome(curves))]
    said = about(task, sets)
    return document(
        f"A sweep of {scenario.title}",
        tag("p", said[:1].upper() + said[1:], class_="intro"),
        tag("p", LEGEND, class_="note"),
        *sections,
    )


def section(task: Task, some: Sequence[Knob], group: Sequence[Curve], number: int) -> Markup:
    """An outcome: a picture for each number, and a table."""
    outcome = group[0].outcome
    unit, doc = outcome_names(prepared(task)[0])[outcome]
    seen = np.concatenate([curve.quantiles.ravel() for curve in group])
    seen = seen[np.isfinite(seen)]
    low, high = nice(float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    figures = [
        plot(knob, curve, (low, high), unit, f"plot-{number}-{at}")
        for at, (knob, curve) in enumerate(zip(some, group, strict=True))
    ]
    return tag(
        "section",
        tag("h3", f"{doc[:1].upper()}{doc[1:]}"),
        tag("p", f"{outcome}, {unit}" if unit else outcome, class_="unit"),
        tag("div", *figures, class_="grid"),
        tag("div", table(_rows(task, some, group), outcome), class_="scroll"),
        *([tag("p", READ[task.method], class_="note")] if task.method in READ else []),
    )


def table(rows: Sequence[Sequence[str]], outcome: str) -> Markup:
    """Rows as a table, the first one its head."""
    head = tag("thead", tag("tr", *(tag("th", cell, title=INDICES.get(cell)) for cell in rows[0])))
    body = [tag("tr", tag("th", row[0]), *(tag("td", cell) for cell in row[1:])) for row in rows[1:]]
    said = f"{outcome}: its median at both ends of each number, and the share of the variance between games that goes with it"
    return tag("table", tag("caption", said), head, tag("tbody", *body))


def plot(knob: Knob, curve: Curve, span: tuple[float, float], unit: str, ident: str) -> Markup:
    """How the outcome goes with a number."""
    is_known = curve.games > 0
    at, median = curve.at[is_known], curve.median[is_known]
    across, up = Scale(knob.low, knob.high, LEFT, RIGHT), Scale(*span, BOTTOM, TOP)
    xs = [across(x) for x in at]
    ys = [[up(y) for y in row] for row in curve.quantiles[:, is_known]]
    parts = [rows_of_axis(up, LEFT, RIGHT, unit)]
    parts.append(columns_of_axis([(across(x), compact(x, is_tick=True)) for x in across.ticks], BOTTOM + 18))
    if len(xs) > 1:
        parts.append(band(xs, ys[0], ys[4], "fill-us pale"))
        parts.append(band(xs, ys[1], ys[3], "fill-us soft"))
        parts.append(path(list(zip(xs, ys[2], strict=True)), "line-us strong"))
    parts += [mark("dot", x, y, "fill-us", 2.5) for x, y in zip(xs, ys[2], strict=True)]
    parts.append(tag("text", knob.unit, x=RIGHT, y=BOTTOM + 36, class_="axis", text_anchor="end"))
    low, high = (figure(float(end)) for end in (median[0], median[-1])) if xs else ("none", "none")
    said = f"From {figure(knob.low)} to {figure(knob.high)} {knob.unit} the median of {curve.outcome} goes from {low} to {high}."
    doc = re.sub(r"^varied: ", "", knob.doc)
    return tag(
        "figure",
        tag("figcaption", tag("h4", knob.key), tag("p", doc, class_="unit")),
        picture(ident, WIDTH, HEIGHT, f"{curve.outcome} by {knob.key}", said, joined(parts)),
    )
