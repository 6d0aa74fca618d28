"""Sensitivity page: an analysis as a table in text, and as one page with pictures that needs nothing else."""

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from play.charts import Scale, box, mark, nice, picture, rule, tag, words
from play.document import document
from play.drawn import drawn_in
from play.evidence.designs import LUCK, REST
from play.evidence.sensitivity import Index, Result
from play.evidence.simulate import outcome_names
from play.figures import THIN, figure, signed

TOLD = 0.01
"""Share of the variance from which a quantity has a row."""
MOST_TOLD = 14
HEAD = (
    "| quantity | its whole range: mean | mean size | alone (S1) | in any company (ST) |",
    "|---|---|---|---|---|",
)
WIDTH, LEFT, RIGHT, ROW, TOP = 880.0, 330.0, 850.0, 26.0, 10.0


def lines(result: Result) -> list[str]:
    """The analysis as Markdown, outcome by outcome."""
    found = [about(result)]
    for outcome in result.task.setup.outcomes:
        unit, doc = outcome_names(result.task.scenario)[outcome]
        found += ["", f"**{outcome}** ({unit}): {doc}.", sentence(result, outcome), "", *HEAD]
        found += [row(one) for one in told(result, outcome)]
    return found


def about(result: Result) -> str:
    """What was played."""
    task = result.task
    screened, parted, sets = (
        f"{n:,}".replace(",", THIN) for n in (result.screened.sets, result.parted.sets, task.sets)
    )
    rest = ", the others as one" if len(result.kept) < len(task.labels) else ""
    return (
        f"{task.scenario.name}, seed {task.seed}: {screened} games screen {len(task.labels)} quantities "
        f"({task.trajectories} trajectories); {parted} games part the variance between {len(result.kept)} of them{rest}, "
        f"and luck ({sets} sets)."
    )


def sentence(result: Result, outcome: str) -> str:
    """Where the outcome lies, and how much of its variance is luck."""
    span = result.ranges[outcome]
    alone, company = (result.one(outcome, LUCK)[name] for name in ("S1", "ST"))
    if not np.isfinite(alone):
        return f"It is {figure(span['median'])} in all games, or in all but so few that there is nothing to part."
    return (
        f"Median {figure(span['median'])}, nine games in ten {figure(span['p5'])} to {figure(span['p95'])}. Of its variance "
        f"the quantities alone make {percent(1 - company)}, luck alone {percent(alone)}, "
        f"and both together the other {percent(company - alone)}."
    )


def percent(share: float) -> str:
    """A share as people read it; what is below nothing by chance is nothing."""
    return f"{max(100 * share, 0):.0f} %"


def told(result: Result, outcome: str) -> list[Index]:
    """The rows that say something: luck, the others as one, and the quantities that matter."""
    ranked = [one for one in result.of(outcome) if np.isfinite(one["ST"])]
    always = (LUCK, REST)
    worth = [one for one in ranked if one["ST"] >= TOLD and one.quantity not in always][:MOST_TOLD]
    return [one for one in ranked if one.quantity in always or one in worth]


def row(one: Index) -> str:
    """A quantity in a row."""
    mean = signed(one["mu"]) if one.quantity not in (LUCK, REST) else ""
    size = figure(one["mu_star"], 2) if one.quantity != REST else ""
    name = one.quantity if one.quantity in (LUCK, REST) else f"`{one.quantity}`"
    return f"| {name} | {mean} | {size} | {give(one, 'S1')} | {give(one, 'ST')} |"


def give(one: Index, name: str) -> str:
    """A share with its interval."""
    return f"{one[name]:.2f} ± {one[f'{name}_conf']:.2f}".replace("-0.00", "0.00")


def page(result: Result) -> str:
    """The analysis as one page."""
    title = f"What moves {result.task.scenario.title}"
    sections = [section(result, outcome, at) for at, outcome in enumerate(result.task.setup.outcomes)]
    return document(title, tag("p", about(result), class_="intro"), tag("p", LEGEND, class_="note"), *sections)


LEGEND = (
    "The full bar is the share of the outcome's variance that would go, on average, if that quantity were known (first "
    "order). The pale bar is the share that would stay if everything else were known (total): where it is longer, the quantity "
    "acts together with others or with luck. Lines are 95 % bootstrap intervals. An arrow says which way the outcome goes when "
    "the quantity is higher; no arrow, that it depends on the rest."
)


def section(result: Result, outcome: str, at: int) -> Markup:
    """An outcome with its picture."""
    unit, doc = outcome_names(result.task.scenario)[outcome]
    said = sentence(result, outcome)
    inside = [tag("h3", f"{doc[:1].upper()}{doc[1:]}"), tag("p", f"{outcome}, {unit}", class_="unit"), tag("p", said)]
    shown = told(result, outcome)
    if shown:
        docs = {one.label: one.doc for one in drawn_in(result.task.scenario)}
        inside.append(tag("div", chart(shown, docs, f"chart-{at}", f"What moves {outcome}", said), class_="scroll"))
    return tag("section", *inside)


def chart(shown: Sequence[Index], docs: dict[str, str], ident: str, title: str, said: str) -> Markup:
    """Bars of shares, a row a quantity."""
    bottom = TOP + ROW * len(shown)
    reach = max(one["ST"] + one["ST_conf"] for one in shown)
    scale = Scale(0.0, nice(0.0, reach)[1], LEFT, RIGHT)
    parts = []
    for value in scale.ticks:
        x = scale(value)
        parts.append(rule(x, TOP, x, bottom, "zero" if value == 0 else "grid"))
        parts.append(words(x, bottom + 18, f"{100 * value:.0f} %", "axis", "middle"))
    parts += [bar(one, docs.get(one.quantity, ""), scale, TOP + ROW * (at + 0.5)) for at, one in enumerate(shown)]
    return picture(ident, WIDTH, bottom + 28, title, said, *parts)


def bar(one: Index, doc: str, scale: Scale, y: float) -> Markup:
    """A quantity: name, direction, its share in all and alone, with intervals."""
    tone = "t3" if one.quantity in (LUCK, REST) else "us"
    parts = [tag("title", f"{one.quantity}: {doc}" if doc else one.quantity)]
    parts.append(words(LEFT - 30, y + 4, one.quantity.removeprefix("opening."), "", "end"))
    if one.quantity not in (LUCK, REST):
        parts.append(words(LEFT - 16, y + 4, way(one), "axis", "middle"))
    parts.append(box(LEFT, y - 8, scale(one["ST"]) - LEFT, 16, f"fill-{tone} soft"))
    parts.append(box(LEFT, y - 5, scale(one["S1"]) - LEFT, 10, f"fill-{tone}"))
    for name, off in (("ST", -6.0), ("S1", 0.0)):
        low, high = (max(one[name] + sign * one[f"{name}_conf"], 0.0) for sign in (-1, 1))
        if high > 0:
            parts.append(rule(scale(low), y + off, scale(high), y + off, "line-ink"))
            parts += [mark("tick", scale(end), y + off, "line-ink", 2.5) for end in (low, high)]
    return tag("g", *parts)


def way(one: Index) -> str:
    """Which way the outcome goes when the quantity is higher."""
    if abs(one["mu"]) < one["mu_star"] / 2:
        return ""
    return "↑" if one["mu"] > 0 else "↓"
