"""Figures in plain words: what a quantity is called and means, whose it is, its unit, and values in it."""

import re
from collections.abc import Sequence
from math import log10

from desktop.numbers import dollars, power_of_ten, short, span, trimmed
from desktop.screens.order_words import thing
from desktop.table import Table
from play.quantities import Quantity
from play.words import Words
from world.state import axes_of, columns

FLOP, TIMES_24 = "1e24 FLOP", "× 10²⁴ "
"""The unit of training runs, and how it begins on screens."""
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def called(table: Table, asked: Quantity, words: Words) -> str:
    """What a quantity is called: by the wording, else by whose it is and what is said of it."""
    cast = table.model.cast
    champion = cast.names["chipmakers"][cast.champion]
    column, _, rest = asked.name.partition(".")
    whose = whose_words(column, rest, table, words)
    for key in (f"quantity.{column}", f"quantity.{column.replace(f'{champion}_', 'champion_', 1)}"):
        if key in words:
            return words(key, champion=table.model.story.called(champion), whose=whose)
    bare = titled(asked.doc.partition(" (")[0], table)
    said = f"{whose}: {bare}" if rest else bare
    return said[:1].upper() + said[1:]


def meaning(asked: Quantity, table: Table, words: Words) -> str:
    """What a quantity means, in a sentence."""
    column, _, rest = asked.name.partition(".")
    key = f"meaning.{column}"
    text = words(key, whose=whose_words(column, rest, table, words)) if key in words else titled(asked.doc, table)
    return sentence(text)


def titled(text: str, table: Table) -> str:
    """A text with seats called as on screens."""
    seats, story = table.model.cast.names["seats"], table.model.story
    return NAME.sub(lambda found: story.called(found[0]) if found[0] in seats else found[0], text)


def sentence(text: str) -> str:
    """A text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "?")) else ".")


def whose_words(column: str, whose: str, table: Table, words: Words) -> str:
    """Whose a number is, from the names along its axes: SMIC, advanced."""
    if not whose:
        return ""
    axes = [part for axis in axes_of(column)[:-1] for part in split(axis)] if column in columns() else []
    parts = whose.split(".")
    axes += [""] * (len(parts) - len(axes))
    return ", ".join(place_words(axis, part, table, words) for axis, part in zip(axes, parts, strict=False))


def split(axis: str) -> tuple[str, ...]:
    """The axes of the names in a label: a slot is a product and its owner."""
    return ("products", "owners") if axis == "slots" else (axis,)


def place_words(axis: str, name: str, table: Table, words: Words) -> str:
    """One name along an axis, in words."""
    story, cast = table.model.story, table.model.cast
    if name.isdigit():
        key = f"place.{axis}"
        if key in words:
            return words(f"{key}_now" if name == "0" and f"{key}_now" in words else key, n=name)
        return name
    if f"place.{name}" in words:
        return words(f"place.{name}")
    return thing(name, cast, words) if axis in ("products", "goods") else story.called(name)


def unit_words(unit: str, words: Words) -> str:
    """A unit as people write it."""
    return words(f"unit.{unit}") if f"unit.{unit}" in words else unit


def scale_of(unit: str) -> float:
    """By what a value is multiplied before it is shown: shares are shown in %, sums in dollars."""
    if unit == "share":
        return 100.0
    return 1e3 if unit.startswith("thousand USD") else 1e6 if unit.startswith("million USD") else 1.0


def valued(value: float, unit: str, digits: int = 3) -> str:
    """A value, with the sign of its unit where that is a share or dollars: 35 %, $400M, 13.4, 21.3k."""
    if unit == "share":
        return f"{trimmed(round(100 * value, 1 if abs(value) < 0.995 else 0))} %"
    if unit.startswith(FLOP) and value > 0:
        return power_of_ten(log10(value) + 24)
    if unit == "ECI":
        return f"{value:.1f}"
    return dollars(value * scale_of(unit)) if "USD" in unit and "/H" not in unit else short(value, digits)


def with_unit(value: float, unit: str, words: Words) -> str:
    """A value with its unit, where that is one and not a scale."""
    text, said = valued(value, unit), unit_words(unit, words)
    if text.endswith("%") or "$" in text or unit == "logit":
        return text
    return f"{text} {said.removeprefix(TIMES_24) if value > 0 else said}".rstrip()


def ranged(five: Sequence[float], unit: str) -> str:
    """The middle of a range and its ends: 11  7.9–22; the middle alone where the ends are alike."""
    low, middle, high = (valued(five[at], unit, 2) for at in (0, 2, 4))
    if low == high:
        return middle
    if unit == "share":
        return f"{middle}  {span(100 * five[0], 100 * five[4])} %"
    return f"{middle}  {low} to {high}" if "$" in middle else f"{middle}  {span(five[0], five[4])}"
