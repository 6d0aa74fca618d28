"""Page: a debrief as one HTML page that needs no network, no script and nothing beside it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from play.charts import Scale, box, compact, mark, picture, rule
from play.debrief.beliefs import closest_source
from play.debrief.chart import Chart
from play.debrief.draw_beliefs import MARKS, belief_chart, forecast_chart
from play.debrief.draw_chain import chain_chart, runs
from play.debrief.draw_flows import flows_chart
from play.debrief.draw_otherwise import compute_otherwise, lead_otherwise, own_otherwise, signed_compact
from play.debrief.draw_race import lead_chart, race_chart
from play.debrief.sources import Drew
from play.debrief.told import Debrief
from play.dials import spaced
from play.figures import FIXED, figure, in_months, signed
from play.foretelling import outcome_lines
from play.glossary import Linked, glossary

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "debrief"
TOP_COURSES = 4
"""Settings of the seat that are told at once, twice as many as of others; the rest are folded away."""
DAYS = 30.44
"""Days in a month."""


def page(told: Debrief) -> str:
    """The page, with every word from the game escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        figure=figure,
        signed=signed,
        compact=compact,
        signed_compact=signed_compact,
        spaced=spaced,
        months=months,
        link=link,
        terms=Linked(),
        percent=lambda share: f"{figure(100 * share, 2)}{FIXED}%",
        capital=lambda text: text[:1].upper() + text[1:],
    )
    style = Markup((FOLDER / "page.css").read_text("utf-8"))
    return environment.get_template("page.html.j2").render(told=told, style=style, **parts(told))


def parts(told: Debrief) -> Mapping[str, Any]:
    """The charts, and the words made of figures."""
    return {
        "headline": headline(told),
        "summary": summary(told),
        "charts": charts(told),
        "beliefs": [belief_chart(told, asked) for asked in told.disputed],
        "legend": legend(told),
        "runs": runs(told.chains[0].bound),
        "top": TOP_COURSES,
        "glossary": glossary(),
        "foremost": [one for one in told.seats if one.seat in told.foremost],
        "others": [one for one in told.seats if one.seat not in told.foremost],
        "silent": [told.titles[name] for name in told.foremost if name not in {one.seat for one in told.seats}],
        "strip": strip,
        "policy": policy(told),
        "fate": fate(told),
        "registered": [line.strip() for line in outcome_lines(told.forecasts, told.story)[1:]],
        "worst": max(told.seat.objectives, key=lambda one: one.lost),
    }


def charts(told: Debrief) -> dict[str, Chart]:
    """The large charts by name."""
    return {
        "race": race_chart(told),
        "lead": lead_chart(told),
        "flows": flows_chart(told),
        "champion": chain_chart("champion", told.chains[0]),
        "everyone": chain_chart("everyone", told.chains[1]),
        "forecasts": forecast_chart(told),
        "otherwise_own": own_otherwise(told),
        "otherwise_lead": lead_otherwise(told),
        "otherwise_compute": compute_otherwise(told),
    }


def months(value: float) -> str:
    """Months as one says them: weeks or days where they are few."""
    days = abs(value) * DAYS
    if days < 1:
        return "less than a day"
    if days < 14:
        return f"{days:.0f} day{'' if round(days) == 1 else 's'}"
    return f"{figure(abs(value), 2)} months"


def headline(told: Debrief) -> str:
    """What happened, in one sentence."""
    race = told.race
    if not race.leader:
        return "Nobody leads: both sides’ best models are level"
    side = "America" if race.leader == "us" else "China"
    before = race.lead[0]
    if before * race.lead[-1] < 0:
        how = "overtook, and leads by"
    elif race.months > abs(before) + 1:
        how = "pulled further ahead, to"
    elif race.months < abs(before) - 1:
        how = "still leads, but by only"
    else:
        how = "stayed ahead, by"
    return f"{side} {how} {in_months(race.months)}"


def summary(told: Debrief) -> list[str]:
    """The race and the compute in a few sentences."""
    race, (home, smuggled, licensed, rented, _) = told.race, told.channels
    now = {"us": f"it is {months(race.lead[-1])} ahead", "cn": f"China is {months(race.lead[-1])} ahead"}
    if race.lead[0] <= 0:
        now = {"us": f"the US side is {months(race.lead[-1])} ahead", "cn": f"it is {months(race.lead[-1])} ahead"}
    under = f"{compact(licensed.sum)} H100e under licence" if licensed.sum else "none under licence"
    abroad = f"rented {compact(rented.sum)} H100e abroad" if rented.sum else "rented nothing abroad"
    began = f"{'the US side' if race.lead[0] > 0 else 'China'} was {months(race.lead[0])} ahead"
    champion = told.chains[0]
    return [
        f"When the game opened, {began}; after {len(told.quarters)} quarters "
        + f"{now.get(race.leader, 'nobody leads')}.",
        f"China added {compact(home.sum)} H100e of chips made at home, {compact(smuggled.sum)} H100e smuggled and "
        f"{under}, and {abroad} in the last quarter.",
        f"{champion.title} finished {compact(champion.chips)} chips; of 100 dies that it used, "
        f"{100 - champion.of_hundred:.0f} were scrapped.",
    ]


def policy(told: Debrief) -> str:
    """What the orders of the two governments came to."""
    found = []
    for one in told.seats:
        if one.doctrine and one.seat in (told.seat.name, told.rival):
            compute = signed_compact(one.effect.compute_cn)
            found.append(
                f"All {one.orders} orders of {one.title} together moved the final lead by {months(one.effect.lead)}"
                f" and China’s useful compute by {compute} H100e."
            )
    return " ".join(found)


def fate(told: Debrief) -> str:
    """What luck did to the seat's score."""
    about, title = told.fate, told.seat.title
    low, middle, high = (figure(x) for x in about.points)
    how = {1: "was kind to it", -1: "was unkind to it", 0: "was neither kind nor unkind to it"}[about.luck]
    return (
        f"With the same orders from everybody and other luck, {title} would have ended with {middle} points "
        f"({low} to {high} in nine of ten games); it got {figure(told.seat.points)}, so the luck of this game {how}. "
        f"The lead would have been {figure(about.lead[1], 2)} months ({figure(about.lead[0], 2)} to {figure(about.lead[2], 2)})."
    )


def legend(told: Debrief) -> list[tuple[str, str]]:
    """For every question, which mark stands for which source, and which was closest to the truth: title and words."""
    shapes = {"cross": "×", "ring": "○", "diamond": "◇", "square": "□", "tick": "|", "dot": "●"}
    found = []
    for asked in told.disputed:
        said = ", ".join(f"{shapes[shape]} {source}" for shape, source in zip(MARKS, asked.said, strict=False))
        best = closest_source(asked)
        found.append((asked.name, f"{said}. Closest to the truth: {best[0]}" if best else said))
    return found


def strip(drew: Drew, at: int) -> Markup:
    """Where in its range a drawn number fell."""
    scale = Scale(0.0, 1.0, 6.0, 114.0)
    value, low, high = (figure(x, 2) for x in (drew.value, drew.low, drew.high))
    return picture(
        f"drawn-{at}", 120, 14, drew.label, f"{value} between {low} and {high} {drew.unit}",
        rule(6, 7, 114, 7, "axis-line"), box(5.5, 3, 1, 8, "fill-t3"), box(113.5, 3, 1, 8, "fill-t3"),
        mark("dot", scale(drew.share), 7, "fill-ink", 3.5),
    )  # fmt: skip


def link(url: str) -> str:
    """An address that may be followed; empty for what is none."""
    return url if urlsplit(url).scheme in ("http", "https") else ""
