"""Tables: rows of words as Markdown."""

from collections.abc import Iterable, Iterator, Sequence

from world.scenario_numbers import Quantity

Row = Sequence[str]


def table(heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    """A table in Markdown, line by line."""
    yield line(heads)
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield line(row)


def line(row: Row) -> str:
    """A row; what would end a cell is written so that it does not."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"


def plain(value: float) -> str:
    """A number without needless digits."""
    if value == 0 or not 1e-4 <= abs(value) < 1e15:
        return f"{value:g}"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.6g}"


def number(one: Quantity) -> str:
    """The number of a scenario; of one that is drawn, the range and how it is spread."""
    if one.range is None:
        return plain(one.value)
    middle = "" if one.spread == "log-uniform" else f"{plain(one.value)}; "
    return f"{middle}{plain(one.range.low)} to {plain(one.range.high)}, {one.spread}"


def origin(one: Quantity) -> str:
    """Where a number comes from: the fact that it cites, and what is said of it."""
    if one.fact and one.source and not one.source.startswith(one.fact):
        return f"{one.fact}; {one.source}"
    return one.source or one.fact


def sentence(text: str) -> str:
    """Words with a capital and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
