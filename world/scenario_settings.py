"""Settings: numbers of a scenario that are changed for one run, by their path in the file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Int

from world.cast import Cast
from world.prior import Prior
from world.rules import coefficients
from world.scenario_numbers import ANYTHING, Bounds, Cell, Filling, Quantity, bounds_of, cell
from world.scenario_start import Start, dial_names, dial_row, setting
from world.scenario_tables import CHOICES, TABLES
from world.scenario_text import ScenarioError, remedy
from world.state import SIZES, columns, written_axes
from world.turn import layout_of

Array = np.ndarray
Setting = str | int | float

EXAMPLES = "rules.diffusion=0.2:0.4, open.premium=0.3, length=8"

_NAMED = ("seats", "owners", "products", "sources", "questions")
_OWNED = frozenset(axis for table in TABLES.values() for axis in table.axes)
_VALUE = re.compile(r"\s*(\S+)(?:\s+(\S.*?))?\s*")


class _Unclear(ValueError):
    """Why one setting means nothing."""


def _complain(text: str) -> None:
    raise _Unclear(text)


def changed(start: Start, settings: Mapping[str, Setting]) -> Start:
    """The start with every setting put over it.

    Raises ScenarioError with all settings that mean nothing.
    """
    complaints, before = [], start
    for key, value in settings.items():
        try:
            start = _one(start, key.strip(), value)
        except _Unclear as error:
            complaints.append(f"setting {key}={value}: {error}")
    if complaints:
        raise ScenarioError("\n".join(complaints))
    return replace(start, prior=_untouched(before, start))


def _untouched(before: Start, start: Start) -> Prior | None:
    """The prior for what settings left alone: a number that is set is drawn, if at all, for itself."""
    if start.prior is None:
        return None
    was, now = before.drawn(), start.drawn()
    return start.prior.only(frozenset(label for label in now if now[label] is was.get(label)))


def _one(start: Start, key: str, value: Setting) -> Start:
    match key.split("."):
        case ["length"]:
            return replace(start, length=_length(value))
        case ["rules", name, *given]:
            return replace(start, coefficients=_coefficient(start, name, given, value))
        case ["open", name, *given]:
            return replace(start, quantities=_quantity(start, "", name, given, value))
        case [item, "open", name, *given]:
            return replace(start, quantities=_quantity(start, item, name, given, value))
        case [seat, "dials", *path] | [seat, *path] if _may_order(start.cast, seat, path):
            return replace(start, levels=_dials(start, seat, path, value))
        case [first, *_]:
            known = ["length", "rules", "open", *_items(start.cast)]
            if first in known:
                raise _Unclear(f"says too little of '{first}'; write something like {EXAMPLES}")
            raise _Unclear(f"there is no '{first}'; {remedy(first, known)}")
    return start


def _items(cast: Cast) -> list[str]:
    return list(dict.fromkeys(name for axis in _NAMED for name in cast.names[axis]))


def _may_order(cast: Cast, name: str, path: Sequence[str]) -> bool:
    return name in cast.names["seats"] and bool(path) and path[0] not in ("open", "dials")


def _length(value: Setting) -> int:
    try:
        turns = float(value)
    except ValueError:
        turns = 0.0
    if not 1 <= turns <= 100 or turns != int(turns):
        raise _Unclear("a game has from 1 to 100 turns; write a whole number such as length=8")
    return int(turns)


def _number(text: str) -> float:
    try:
        number = float({"true": "1", "false": "0"}.get(text.lower(), text))
    except ValueError:
        number = np.nan
    if not np.isfinite(number):
        raise _Unclear(f"'{text}' is not a number; write one, or a range such as 0.2:0.4")
    return number


def _numbers(value: Setting, name: str, unit: str, bounds: Bounds, listed: bool = False) -> list[Quantity]:
    """What a setting says, as numbers in the declared unit."""
    found = _VALUE.fullmatch(str(value))
    if found is None:
        raise _Unclear("says nothing; write a number, or a range such as 0.2:0.4")
    said, given_unit = found.groups()
    node: dict[str, Any] = {"source": "set for this run"}
    if given_unit:
        node["unit"] = given_unit
    if name in CHOICES:
        if said not in CHOICES[name]:
            raise _Unclear(f"is no {name}; {remedy(said, CHOICES[name])}")
        node["value"] = said
    elif listed:
        node["values"] = [_number(part) for part in said.split(",")]
    elif ":" in said:
        low, _, high = said.partition(":")
        node |= {"low": _number(low), "high": _number(high)}
    else:
        node["value"] = _number(said)
    return cell(node, name, unit, bounds, _complain)


def _filled(filling: Filling, given: Sequence[str], numbers: Sequence[Quantity], listed: bool = False) -> Filling:
    """A filling with all cells under the given names set."""
    names = filling.names[:-1] if listed else filling.names
    if len(given) > len(names):
        raise _Unclear(f"has '{'.'.join(given[len(names) :])}' too much; take it out")
    for along, one in zip(names, given, strict=False):
        if one not in (*along, "every"):
            raise _Unclear(f"knows no '{one}'; {remedy(one, [*along, 'every'])}")
    cells = dict(filling.cells)
    for place in np.ndindex(*(len(along) for along in names)):
        named = [names[i][at] for i, at in enumerate(place)]
        if all(one in ("every", name) for one, name in zip(given, named, strict=False)):
            cells |= _row(place, numbers, filling) if listed else {place: numbers[0]}
    return replace(filling, cells=cells)


def _row(place: Cell, numbers: Sequence[Quantity], filling: Filling) -> dict[Cell, Quantity]:
    """A row of listed numbers; what is not listed stands at the default."""
    room = len(filling.names[-1])
    if len(numbers) > room:
        raise _Unclear(f"lists {len(numbers)} numbers; there is room for {room}")
    rest = [Quantity(filling.default)] * (room - len(numbers))
    return {(*place, i): number for i, number in enumerate([*numbers, *rest])}


def _coefficient(start: Start, name: str, given: Sequence[str], value: Setting) -> dict[str, Filling]:
    """The coefficients with one set."""
    if name not in coefficients():
        raise _Unclear(f"there is no coefficient '{name}'; {remedy(name, coefficients())}")
    unit = coefficients()[name].metadata["unit"]
    numbers = _numbers(value, name, unit, bounds_of(name, unit, False))
    return {**start.coefficients, name: _filled(start.coefficients[name], given, numbers)}


def _quantity(start: Start, item: str, name: str, given: Sequence[str], value: Setting) -> dict[str, Filling]:
    """The quantities with one set, of an item or of nobody."""
    cast = start.cast
    fits = [column for column in start.quantities if _has_row(cast, column, item)]
    if item and not fits:
        raise _Unclear(f"there is no '{item}'; {remedy(item, _items(cast))}")
    if name not in fits:
        whose = f"'{item}'" if item else "what belongs to nobody"
        raise _Unclear(f"{whose} opens with no '{name}'; {remedy(name, fits)}")
    about, axes = columns()[name].metadata, written_axes(name)[:-1]
    listed = bool(axes) and axes[-1] in SIZES
    bounds = bounds_of(name, about["unit"], True, about["dtype"])
    numbers = _numbers(value, name, about["unit"], bounds, listed)
    path = [item, *given] if item else given
    if axes[:1] == ("accounts",) and not item and list(given) != ["outside"]:
        raise _Unclear("belongs to somebody; write NAME.open.money, or open.money.outside")
    return {**start.quantities, name: _filled(start.quantities[name], path, numbers, listed)}


def _has_row(cast: Cast, column: str, item: str) -> bool:
    """Whether a quantity has a row for an item or, for no item, belongs to nobody."""
    first = written_axes(column)[0]
    if item:
        return first in _OWNED and item in cast.names[first]
    return first not in _OWNED or first == "accounts"


def _dials(start: Start, seat: str, path: Sequence[str], value: Setting) -> Int[Array, " dials"]:
    """The levels with a dial of a seat set, for every pick that is not named."""
    cast, layout = start.cast, layout_of(start.cast)
    role = next(one.role for one in cast.seats if one.name == seat)
    kinds = [place.kind.name for place in layout.places.values() if place.kind.issuer == role]
    if path[0] not in kinds:
        raise _Unclear(f"'{seat}' has no dial '{path[0]}'; {remedy(path[0], [*kinds, 'open'])}")
    place = layout.places[path[0]]
    amounts = {amount.name: amount for amount in place.kind.amounts}
    *picks, last = path[1:] or [""]
    if last not in amounts:
        found = f"has no amount '{last}'" if last else "says too little"
        raise _Unclear(f"{path[0]} {found}; {remedy(last, amounts)}")
    names = dial_names(cast, place)
    if len(picks) > len(names):
        raise _Unclear(f"{path[0]} has '{'.'.join(picks[len(names) :])}' too much; take it out")
    for along, one in zip(names, picks, strict=False):
        if one not in (*along, "every"):
            raise _Unclear(f"{path[0]} knows no '{one}'; {remedy(one, [*along, 'every'])}")
    amount = amounts[last]
    number = _numbers(value, "", amount.unit, ANYTHING)[0]
    if number.low is not None:
        raise _Unclear("is a range, but dials are not drawn; write one number")
    level = setting(amount, number.value, _complain)
    levels = start.levels.copy()
    for place_of in np.ndindex(*(len(along) for along in names)):
        named = tuple(names[i][at] for i, at in enumerate(place_of))
        if all(one in ("every", name) for one, name in zip(picks, named, strict=False)):
            levels[dial_row(cast, place, seat, named, amount)] = level
    return levels
