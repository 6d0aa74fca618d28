"""How games open: every quantity, dial and coefficient of a scenario as a table of numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Int

from world.cast import Cast
from world.chance import Chance
from world.orders import Amount, Place
from world.rules import Rules, coefficients
from world.scenario_cast import Tree, items_of, role_of
from world.scenario_numbers import (
    ANYTHING,
    Filling,
    Quantity,
    bounds_of,
    cell,
    quantity,
    spread_out,
)
from world.scenario_numbers import Cell
from world.scenario_tables import COMPUTED, opening_columns, table_of
from world.scenario_text import ITEMS, Draft, Keys, described
from world.state import SIZES, World, axes_of, columns
from world.turn import layout_of

Array = np.ndarray
Tried = Callable[[Keys], bool]


@dataclass(frozen=True, eq=False)
class Start:
    """What games are opened from: who plays, how long, and numbers that are fixed or drawn for each game."""

    cast: Cast
    length: int
    quantities: Mapping[str, Filling]
    levels: Int[Array, " dials"]
    """What every dial stands at, in steps."""
    coefficients: Mapping[str, Filling]


def names_along(cast: Cast, axes: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The names along each axis; a numbered one counts from 0."""
    return tuple(
        tuple(map(str, range(SIZES[axis]))) if axis in SIZES else cast.names[axis] for axis in axes
    )


def start_of(draft: Draft, tree: Tree, cast: Cast, tried: Tried) -> Start:
    """What a scenario opens games from; mistakes are noted."""
    _strays(draft, tree, cast)
    quantities = {}
    for name in columns():
        axes = axes_of(name)[:-1]
        if name not in COMPUTED and axes[:1] not in (("dials",), ("entries",)):
            quantities[name] = _filled(draft, tree, cast, name, axes, tried)
    return Start(
        cast,
        tree.get("length") or 1,
        quantities,
        _levels(draft, tree, cast),
        {name: _coefficient(draft, tree, cast, name, tried) for name in coefficients()},
    )


def _strays(draft: Draft, tree: Tree, cast: Cast) -> None:
    """Note quantities and dials of items that have no such thing."""
    kinds = {place.kind.name: place.kind.issuer for place in layout_of(cast).places.values()}
    for table in ITEMS:
        for name, item in items_of(tree, table).items():
            for key in item.get("open") or {}:
                first = axes_of(key)[0]
                if name not in cast.names[first]:
                    draft.wrong(
                        (table, name, "open", key),
                        f"{table} '{name}': open.{key} is for {first.replace('_', ' ')}, "
                        f"but '{name}' is none of them; take it out",
                    )
            for key in item.get("dials") or {}:
                if kinds[key] != role_of(table, item):
                    draft.wrong(
                        (table, name, "dials", key),
                        f"{table} '{name}': dials.{key} is a dial of a {kinds[key].replace('_', ' ')}, "
                        f"but '{name}' is a {role_of(table, item).replace('_', ' ')}; take it out",
                    )


def _nodes(
    tree: Tree, cast: Cast, name: str, axes: tuple[str, ...]
) -> list[tuple[tuple[str, ...], Any, Keys]]:
    """Where a quantity is written: the names already settled, the node, and its path."""
    found: list[tuple[tuple[str, ...], Any, Keys]] = []
    if name in opening_columns(""):
        node = (tree.get("open") or {}).get(name)
        if node is not None:
            found.append(((), node, ("open", name)))
    for table in table_of(axes[0]) if axes else ():
        for item_name, item in items_of(tree, table).items():
            node = (item.get("open") or {}).get(name)
            if node is not None and item_name in cast.names[axes[0]]:
                found.append(((item_name,), node, (table, item_name, "open", name)))
    return found


def _filled(
    draft: Draft, tree: Tree, cast: Cast, name: str, axes: tuple[str, ...], tried: Tried
) -> Filling:
    """What fills a quantity of the state."""
    about = columns()[name].metadata
    bounds = bounds_of(name, about["unit"], True, about["dtype"])
    names = names_along(cast, axes)
    cells: dict[Cell, Quantity] = {}
    counted = len(axes) - (1 if axes and axes[-1] in SIZES else 0)
    for settled, node, path in _nodes(tree, cast, name, axes):
        left = names[len(settled) : counted]
        for rest, number, where in spread_out(node, left, path, _unknown(draft)):
            key = (*settled, *rest)
            place = tuple(names[i].index(one) for i, one in enumerate(key))
            row = cell(number, name, about["unit"], bounds, _saying(draft, where))
            if counted == len(axes):
                cells[place] = row[0]
                continue
            cells |= {(*place, i): one for i, one in enumerate(row[: len(names[-1])])}
            if len(row) > len(names[-1]):
                most = f"lists {len(row)} numbers; there is room for {len(names[-1])}"
                draft.wrong(where, f"{described(where)} {most}")
    if about["default"] is None:
        _missing(draft, cast, name, axes, cells, tried, tree)
    return Filling(f"opening.{name}", names, float(about["default"] or 0), cells)


def _unknown(draft: Draft) -> Callable[[Keys, str], None]:
    return lambda path, text: draft.wrong(path, f"{described(path[:-1])} {text}")


def _saying(draft: Draft, path: Keys) -> Callable[[str], None]:
    return lambda text: draft.wrong(path, f"{described(path)} {text}")


def _missing(
    draft: Draft,
    cast: Cast,
    name: str,
    axes: tuple[str, ...],
    cells: Mapping[Cell, Quantity],
    tried: Tried,
    tree: Tree,
) -> None:
    """Note every item for which a quantity without a default is not given."""
    about, names = columns()[name].metadata, names_along(cast, axes)
    homes = {item: table for table in table_of(axes[0]) for item in items_of(tree, table)}
    for place in np.ndindex(*(len(n) for n in names)):
        path = (homes[names[0][place[0]]], names[0][place[0]], "open", name)
        keys = tuple(names[i][at] for i, at in enumerate(place))[1:]
        if place not in cells and not tried((*path, *keys)) and not tried((*path, "every")):
            what = ".".join((name, *keys))
            draft.wrong(
                path,
                f"{path[0]} '{path[1]}' lacks open.{what} ({about['unit']}: {about['doc']}); "
                f'add {what} = {{ value = …, source = "…" }}',
            )


def _coefficient(draft: Draft, tree: Tree, cast: Cast, name: str, tried: Tried) -> Filling:
    """What fills a coefficient of the rules."""
    about = coefficients()[name].metadata
    axes = (about["axis"],) if about["axis"] else ()
    names, unit = names_along(cast, axes), about["unit"]
    bounds = bounds_of(name, unit, False)
    node = (tree.get("rules") or {}).get(name)
    cells: dict[Cell, Quantity] = {}
    if node is not None:
        for key, number, where in spread_out(node, names, ("rules", name), _unknown(draft)):
            place = tuple(names[i].index(one) for i, one in enumerate(key))
            cells[place] = quantity(number, unit, bounds, _saying(draft, where), must=True)
    for place in np.ndindex(*(len(n) for n in names)):
        key = ".".join((name, *(names[i][at] for i, at in enumerate(place))))
        path = ("rules", *key.split("."))
        if place not in cells and not tried(path) and not tried(("rules", name, "every")):
            draft.wrong(
                ("rules",),
                f"rules lacks {key} ({unit}: {about['doc']}); "
                f'add {key} = {{ value = …, unit = "{unit}", source = "…" }}',
            )
    return Filling(f"rules.{name}", names, 0.0, cells)


def rest_level(amount: Amount) -> int:
    """The step at which a dial stands that nobody has set: zero, or the end of its range nearest to it."""
    return amount.level(min(max(0.0, amount.low), amount.high))


def setting(amount: Amount, value: float, wrong: Callable[[str], None]) -> int:
    """The step of a dial for a value in its unit; a value out of bounds or between steps is noted."""
    if not amount.low <= value <= amount.high:
        wrong(f"is {value:g}; write {amount.low:g} to {amount.high:g} {amount.unit}".rstrip())
        return rest_level(amount)
    level = amount.level(value)
    if abs(amount.low + level * amount.step - value) > 1e-6 * amount.step:
        below = amount.value(max(int((value - amount.low) / amount.step), 0))
        above = amount.value(int((value - amount.low) / amount.step) + 1)
        wrong(f"is {value:g}, between two steps of {amount.step:g}; write {below:g} or {above:g}")
    return level


def dial_names(cast: Cast, place: Place) -> tuple[tuple[str, ...], ...]:
    """The names along a kind of order's picks."""
    return tuple(cast.names[pick.axis] for pick in place.kind.picks)


def dial_row(cast: Cast, place: Place, seat: str, picks: tuple[str, ...], amount: Amount) -> int:
    """The number of a dial in the table of dials."""
    issuers = [one.name for one in cast.seats if one.role == place.kind.issuer]
    names = (issuers, *dial_names(cast, place))
    at = [along.index(one) for along, one in zip(names, (seat, *picks), strict=True)]
    return place.dials[amount.name].start + int(np.ravel_multi_index(at, place.shape))


def _levels(draft: Draft, tree: Tree, cast: Cast) -> Int[Array, " dials"]:
    """What every dial stands at on the opening day, in steps."""
    layout = layout_of(cast)
    levels = np.zeros(layout.dials, dtype=np.int16)
    for place in layout.places.values():
        for amount in place.kind.amounts:
            levels[place.dials[amount.name]] = rest_level(amount)
    for table in ITEMS:
        for seat, item in items_of(tree, table).items():
            for kind, node in (item.get("dials") or {}).items():
                place = layout.places[kind]
                if place.kind.issuer == role_of(table, item):
                    path = (table, seat, "dials", kind)
                    for row, level in _set(draft, cast, place, seat, node, path):
                        levels[row] = level
    return levels


def _set(
    draft: Draft, cast: Cast, place: Place, seat: str, node: Tree, path: Keys
) -> list[tuple[int, int]]:
    """The dials that a seat's table for one kind of order sets, and their steps."""
    found = []
    for picks, amounts, where in spread_out(node, dial_names(cast, place), path, _unknown(draft)):
        for amount in place.kind.amounts:
            if amount.name in amounts:
                wrong = _saying(draft, (*where, amount.name))
                value = quantity(amounts[amount.name], amount.unit, ANYTHING, wrong).value
                found.append(
                    (dial_row(cast, place, seat, picks, amount), setting(amount, value, wrong))
                )
    return found


def filled_worlds(start: Start, chance: Chance) -> tuple[World, Rules]:
    """One world and its coefficients for each seed of a chance at turn 0."""
    layout, worlds = layout_of(start.cast), chance.seed.size
    sizes = {"dials": layout.dials, "entries": layout.entries}
    table: dict[str, Array] = {}
    for name, declared in columns().items():
        about = declared.metadata
        if name in start.quantities:
            table[name] = start.quantities[name].array(chance, about["dtype"])
        else:
            shape = [
                sizes.get(a) or SIZES.get(a) or start.cast.size(a) for a in axes_of(name)[:-1]
            ]
            table[name] = np.full((*shape, worlds), about["default"], dtype=about["dtype"])
    table["seed"][:] = chance.seed
    table["length"][:] = start.length
    for name in ("ordered", "in_force"):
        table[name][:] = start.levels[:, None]
    rules = {
        name: filling.array(chance, np.dtype(float))
        for name, filling in start.coefficients.items()
    }
    return World(cast=start.cast, **table), Rules(**rules)
