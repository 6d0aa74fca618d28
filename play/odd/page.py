"""Page: the prose of `assets/odd.md` with every table and count of the model put into it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from play.evidence.patterns import patterns
from play.odd import entities, numbers
from play.odd.reading import name_of, phases
from play.odd.tables import table
from play.outcomes import OUTCOMES
from world.facts import facts
from world.orders import MOVES
from world.rules import coefficients
from world.scenario import Scenario, read
from world.state import columns
from world.turn import ORDERS, layout_of

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "assets/odd.md"
PAGE = ROOT / "docs/ODD.md"
PRESENT, PAST = "november-2025", "october-2022"

FIELD = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
"""Where something is put in: `{{ state }}`."""


class OddError(ValueError):
    """What is wrong with the template."""


def page(template: Path = TEMPLATE) -> str:
    """The whole document; raises OddError where the template asks for what there is not."""
    found = made()

    def put(match: re.Match[str]) -> str:
        if match[1] not in found:
            known = ", ".join(sorted(found))
            raise OddError(f"{template.name}: there is nothing called '{match[1]}'; write one of {known}")
        return found[match[1]]

    return FIELD.sub(put, template.read_text("utf-8"))


@cache
def made() -> Mapping[str, str]:
    """Everything that can be put in, by name."""
    present, past = read(PRESENT), read(PAST)
    return {**counts(present, past), **tables(present, past)}


def tables(present: Scenario, past: Scenario) -> dict[str, str]:
    """The tables by name."""
    cast = present.cast
    made: dict[str, Callable[[], Iterable[str]]] = {
        "patterns": numbers.pattern_table,
        "entities": lambda: entities.entities(cast),
        "axes": entities.axes,
        "state": lambda: entities.state(cast),
        "scales": lambda: scales(present, past),
        "schedule": numbers.schedule,
        "orders": entities.orders,
        "objectives": lambda: entities.objectives(cast),
        "doctrines": entities.doctrines,
        "questions": entities.questions,
        "sources": lambda: entities.sources(cast),
        "luck": numbers.luck,
        "drawn.present": lambda: numbers.drawn(present),
        "drawn.past": lambda: numbers.drawn(past),
        "outcomes": outcomes,
        "provenance": lambda: numbers.provenance(present, past),
        "dated": lambda: numbers.dated(past),
        "otherwise": lambda: numbers.otherwise(past, present),
    }
    for at in (*map(name_of, phases()), "opening"):
        made[f"coefficients.{at}"] = lambda at=at: numbers.coefficients_of_phase(present, at)  # type: ignore[misc]
    return {name: "\n".join(lines()).strip("\n") for name, lines in made.items()}


def counts(present: Scenario, past: Scenario) -> dict[str, str]:
    """Numbers and names that stand in sentences."""
    cast, all_patterns = present.cast, patterns()
    return {
        "count.seats": str(len(cast.seats)),
        "count.columns": str(len(columns())),
        "count.coefficients": str(len(coefficients())),
        "count.phases": str(len(phases())),
        "count.orders": str(len(ORDERS)),
        "count.dials": str(layout_of(cast).dials),
        "count.moves": str(MOVES),
        "count.facts": str(len(facts())),
        "count.patterns": str(len(all_patterns)),
        "count.held_out": str(sum(one.is_held_out for one in all_patterns)),
        "count.fitted": str(sum(bool(one.observations) for one in all_patterns)),
        "how_drawn.present": numbers.how_drawn(present),
        "how_drawn.past": numbers.how_drawn(past),
        "share.estimated": numbers.estimated(present),
        "out_of_date_after": day(present.out_of_date_after),
    }


def day(one: date) -> str:
    """A day such as 31 December 2026."""
    return f"{one.day} {one:%B %Y}"


def scales(*scenarios: Scenario) -> Iterable[str]:
    """When games open, how long they last, and how many things there are."""
    rows = [
        ("opening day", *(str(one.start) for one in scenarios)),
        ("quarters", *(str(one.length) for one in scenarios)),
        ("out of date after", *(str(one.out_of_date_after) for one in scenarios)),
        ("seats", *(str(len(one.cast.seats)) for one in scenarios)),
        ("owners of accelerators", *(str(len(one.cast.owners)) for one in scenarios)),
        ("products and slots for products", *(str(len(one.cast.products)) for one in scenarios)),
        ("numbers drawn for each game", *(str(len(one.begins.drawn())) for one in scenarios)),
    ]
    return table(("", *(f"`{one.name}`" for one in scenarios)), rows)


def outcomes() -> Iterable[str]:
    """What is recorded of every quarter, and what a game makes of it."""
    whole = {"end": "its last quarter", "sum": "their sum", "mean": "their mean"}
    rows = []
    for one in OUTCOMES:
        name, doc = (text.replace("{champion}", "huawei") for text in (one.of.__name__, one.of.__doc__ or ""))
        rows.append((f"`{name.replace('champion', 'huawei')}`", one.unit, doc, whole[one.over]))
    return table(("outcome", "unit", "what it is", "a game is"), rows)
