"""Sources: what a figure means, what the seat sees of it, who says what, and how far each source is believed."""

from desktop.screens.text import TextScreen
from desktop.table import Table
from play.dials import spaced
from play.figures import figure
from play.page import quantity
from play.quantities import quantity as quantity_of


class SourcesScreen(TextScreen):
    """All that the seat can say about one figure."""

    def __init__(self, table: Table, name: str) -> None:
        lines = described(table, name)
        super().__init__(f"Sources: {spaced(name).replace('.', ', ')}", "", lambda: lines)


def described(table: Table, name: str) -> list[str]:
    """Meaning and unit, what is seen exactly, what is believed, who reported what, and its history."""
    seen = table.seen()
    doc, unit = meaning(table, name)
    lines = ["What it is", f"  {doc[:1].upper()}{doc[1:]}{', in ' + unit if unit else ''}.", ""]
    column = name.partition(".")[0]
    if column in seen["quantities"]:
        lines += ["What you see exactly", quantity(column, seen["quantities"][column]), ""]
    question = name if name in seen["beliefs"] else ""
    if question:
        told = seen["beliefs"][question]
        span = f"{figure(told['low'])} to {figure(told['high'])} {told['unit']}"
        lines += ["What you believe, nine times in ten", f"  {span}, about {figure(told['middle'])}", ""]
        credit = seen["quantities"]["credibility"]["values"]
        said = [(who, answers[question]) for who, answers in seen["reports"].items() if question in answers]
        lines += [
            "Who says what",
            *(f"  {who}: {figure(v)} {told['unit']}, believed {100 * credit[who]:.0f} %" for who, v in said),
        ]
        if not said:
            lines.append("  Nobody has published yet.")
        lines.append("")
    return [*lines, *history(table, column, name)]


def meaning(table: Table, name: str) -> tuple[str, str]:
    """What a disputed question or any other quantity is, and its unit; raises UnknownQuantity."""
    asked = table.seen()["beliefs"].get(name)
    if asked:
        return asked["doc"], asked["unit"]
    about = quantity_of(table.model.cast, name)
    return about.doc, about.unit


def history(table: Table, column: str, name: str) -> list[str]:
    """What the seat saw of it after each quarter."""
    of = name.removeprefix(column).removeprefix(".")
    rows = []
    for turn in range(table.turn + 1):
        values = table.seen(turn)["quantities"].get(column, {}).get("values", {})
        if of in values:
            when = table.model.story.quarter(turn)
            rows.append(f"  {when}: {figure(float(values[of]))}")
    return ["Quarter by quarter", *rows] if rows else []
