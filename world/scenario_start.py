"""How games open: every quantity, dial and coefficient of a scenario as a table of numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Int

from world.cast import Cast
from world.chance import Chance
from world.orders import Amount, Place
from world.prior import BY_ITSELF, Places, Prior, read_prior
from world.rules import Rules, coefficients
from world.scenario_cast import Tree, role_of, spelled
from world.scenario_numbers import (
    ANYTHING,
    Cell,
    Filling,
    Quantity,
    bounds_of,
    cell,
    quantity,
    spread_out,
)
from world.scenario_tables import COMPUTED, DIAL_AXES, TABLES, opening_columns, table_of
from world.scenario_text import ITEMS, Draft, Keys, ScenarioError, described
from world.state import SIZES, World, axes_of, columns, written_axes
from world.turn import ORDERS, layout_of
from world.varied import NOTHING, Varied

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Start:
    """What games are opened from: who plays, how long, and numbers that are fixed or drawn."""

    cast: Cast
    length: int
    quantities: Mapping[str, Filling]
    levels: Int[Array, " dials"]
    """What every dial stands at, in steps."""
    coefficients: Mapping[str, Filling]
    prior: Prior | None = None
    """How the numbers that are drawn hang together; None draws each for itself."""

    def drawn(self) -> dict[str, Quantity]:
        """Everything that is drawn, by label such as `rules.diffusion` or `opening.stacks.huawei`."""
        fillings = (*self.quantities.values(), *self.coefficients.values())
        return {label: one for filling in fillings for label, one in filling.drawn().items()}


def start_of(draft: Draft, cast: Cast) -> Start:
    """What a scenario opens games from; mistakes are noted."""
    _check_rows(draft, cast)
    _check_issuers(draft)
    if "rules" not in draft.tree and not draft.tried(("rules",)):
        text = f"there is no [rules]; add it, with all {len(coefficients())} coefficients"
        draft.wrong((), text)
    start = Start(
        cast,
        draft.tree.get("length") or 1,
        {name: _quantity(draft, cast, name) for name in columns() if _is_given(name)},
        _levels(draft, cast),
        {name: _coefficient(draft, cast, name) for name in coefficients()},
    )
    return replace(start, prior=_prior(draft, start))


def _prior(draft: Draft, start: Start) -> Prior | None:
    """The prior that a file names, for what it still draws from the range it was fitted over."""
    name = draft.tree.get("prior")
    if not name:
        return None
    try:
        return read_prior(name).fitting({label: one.range for label, one in start.drawn().items()})
    except ScenarioError as error:
        draft.wrong(("prior",), str(error))
        return None


def _is_given(name: str) -> bool:
    """Whether a quantity is filled from the scenario rather than worked out."""
    return name not in COMPUTED and written_axes(name)[0] not in (*DIAL_AXES, *SIZES)


def names_along(cast: Cast, axes: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The names along each axis; a numbered one counts from 0."""
    return tuple(tuple(map(str, range(SIZES[axis]))) if axis in SIZES else cast.names[axis] for axis in axes)


def _check_rows(draft: Draft, cast: Cast) -> None:
    """Note quantities of items that have no such thing."""
    for table in ITEMS:
        for name, item in draft.items(table).items():
            for key in item.get("open") or {}:
                axis = written_axes(key)[0]
                if name not in cast.names[axis]:
                    what = "product that is not contraband" if axis == "goods" else ""
                    text = f"is for {spelled(axis)}, but '{name}' is a "
                    text += f"{what or spelled(role_of(table, item))}; take it out"
                    draft.about((table, name, "open", key))(text)


def _check_issuers(draft: Draft) -> None:
    """Note dials of seats that cannot move them."""
    for table in ITEMS:
        for name, item in draft.items(table).items():
            for kind in item.get("dials") or {}:
                issuer, role = _issuer(kind), role_of(table, item)
                if issuer != role:
                    text = f"is a dial of a {spelled(issuer)}, but '{name}' is a {spelled(role)}"
                    draft.about((table, name, "dials", kind))(f"{text}; take it out")


def _issuer(kind: str) -> str:
    return next(one.issuer for one in ORDERS if one.name == kind)


def _nodes(draft: Draft, cast: Cast, name: str) -> Iterator[tuple[Cell, Any, Keys]]:
    """Where a quantity is written: the indices that this settles, the node, and its path."""
    first = written_axes(name)[0]
    node = (draft.tree.get("open") or {}).get(name)
    if node is not None and name in opening_columns(""):
        yield (), node, ("open", name)
    for table in table_of(first):
        for item_name, item in draft.items(table).items():
            node = (item.get("open") or {}).get(name)
            if node is not None and item_name in cast.names[first]:
                place = (cast.names[first].index(item_name),)
                yield place, node, (table, item_name, "open", name)


def _quantity(draft: Draft, cast: Cast, name: str) -> Filling:
    """What fills a quantity of the state."""
    axes, about = written_axes(name)[:-1], columns()[name].metadata
    names = names_along(cast, axes)
    bounds = bounds_of(name, about["unit"], True, about["dtype"])
    listed = bool(axes) and axes[-1] in SIZES
    by_name = names[:-1] if listed else names
    cells: dict[Cell, Quantity] = {}
    for settled, node, path in _nodes(draft, cast, name):
        left = by_name[len(settled) :]
        for found, number, where in spread_out(node, left, path, draft.wrong):
            place = (*settled, *(along.index(n) for along, n in zip(left, found, strict=True)))
            row = cell(number, name, about["unit"], bounds, draft.about(where))
            if not listed:
                cells[place] = row[0]
                continue
            cells |= {(*place, i): one for i, one in enumerate(row[: len(names[-1])])}
            if len(row) > len(names[-1]):
                room = f"there is room for {len(names[-1])}"
                draft.about(where)(f"lists {len(row)} numbers; {room}")
    if about["default"] is None:
        _check_given(draft, cast, name, names, cells)
    return Filling(f"opening.{name}", names, float(about["default"] or 0), cells)


def _check_given(
    draft: Draft,
    cast: Cast,
    name: str,
    names: Sequence[Sequence[str]],
    cells: Mapping[Cell, Quantity],
) -> None:
    """Note every item for which a quantity without a default is not given."""
    about = columns()[name].metadata
    homes = {item: table for table in table_of(written_axes(name)[0]) for item in draft.items(table)}
    for place in np.ndindex(*(len(along) for along in names)):
        item, *rest = (along[at] for along, at in zip(names, place, strict=True))
        path = (homes[item], item, "open", name)
        if place in cells or draft.tried((*path, *rest)):
            continue
        key = ".".join(("open", name, *rest))
        doc = f"{about['doc']}, {about['unit']}"
        text = f'lacks {key} ({doc}); add {key} = {{ value = …, source = "…" }}'
        draft.wrong(path, f"{described(path[:2])} {text}")


def _coefficient(draft: Draft, cast: Cast, name: str) -> Filling:
    """What fills a coefficient of the rules."""
    about = coefficients()[name].metadata
    names, unit = names_along(cast, [about["axis"]] if about["axis"] else []), about["unit"]
    node = (draft.tree.get("rules") or {}).get(name)
    cells: dict[Cell, Quantity] = {}
    if node is not None:
        bounds = bounds_of(name, unit, False)
        for found, number, where in spread_out(node, names, ("rules", name), draft.wrong):
            place = tuple(along.index(n) for along, n in zip(names, found, strict=True))
            cells[place] = quantity(number, unit, bounds, draft.about(where), must=True)
    for place in np.ndindex(*(len(along) for along in names)):
        path = ("rules", name, *(along[at] for along, at in zip(names, place, strict=True)))
        if place not in cells and "rules" in draft.tree and not draft.tried(path):
            key = ".".join(path[1:])
            example = f'{key} = {{ value = …, unit = "{unit}", source = "…" }}'
            draft.about(("rules",))(f"lack {key} ({about['doc']}, {unit}); add {example}")
    return Filling(f"rules.{name}", names, 0.0, cells)


def rest_level(amount: Amount) -> int:
    """The step of a dial that nobody has set: at zero, or the end of its range nearest to it."""
    return amount.level(min(max(0.0, amount.low), amount.high))


def setting(amount: Amount, value: float, wrong: Callable[[str], None]) -> int:
    """The step of a dial for a value in its unit; out of bounds or between steps is noted."""
    if not amount.low <= value <= amount.high:
        wrong(f"is {value:g}; write {amount.low:g} to {amount.high:g} {amount.unit}".rstrip())
        return rest_level(amount)
    level = amount.level(value)
    if abs(amount.value(level) - value) > 1e-6 * amount.step:
        below = int((value - amount.low) / amount.step)
        near = f"{amount.value(below):g} or {amount.value(below + 1):g}"
        wrong(f"is {value:g}, between two steps of {amount.step:g}; write {near}")
    return level


def dial_names(cast: Cast, place: Place) -> tuple[tuple[str, ...], ...]:
    """The names along a kind of order's picks."""
    return tuple(cast.names[pick.axis] for pick in place.kind.picks)


def dial_row(cast: Cast, place: Place, seat: str, picks: Sequence[str], amount: Amount) -> int:
    """The number of a dial in the table of dials."""
    issuers = [one.name for one in cast.seats if one.role == place.kind.issuer]
    names = (issuers, *dial_names(cast, place))
    at = [along.index(one) for along, one in zip(names, (seat, *picks), strict=True)]
    return place.dials[amount.name].start + int(np.ravel_multi_index(at, place.shape))


def _levels(draft: Draft, cast: Cast) -> Int[Array, " dials"]:
    """What every dial stands at on the opening day, in steps."""
    layout = layout_of(cast)
    levels = np.zeros(layout.dials, dtype=np.int16)
    for place in layout.places.values():
        for amount in place.kind.amounts:
            levels[place.dials[amount.name]] = rest_level(amount)
    for table in TABLES:
        for seat, item in draft.items(table).items():
            for kind, node in (item.get("dials") or {}).items():
                place, path = layout.places[kind], (table, seat, "dials", kind)
                if place.kind.issuer == role_of(table, item):
                    for row, level in _set(draft, cast, place, node, path):
                        levels[row] = level
    return levels


def _set(draft: Draft, cast: Cast, place: Place, node: Tree, path: Keys) -> Iterator[tuple[int, int]]:
    """The dials that a seat's table for one kind of order sets, and their steps."""
    for picks, amounts, where in spread_out(node, dial_names(cast, place), path, draft.wrong):
        for amount in place.kind.amounts:
            if amount.name in amounts:
                wrong = draft.about((*where, amount.name))
                value = quantity(amounts[amount.name], amount.unit, ANYTHING, wrong).value
                yield dial_row(cast, place, path[1], picks, amount), setting(amount, value, wrong)


def _slotted(cast: Cast, name: str, filled: Array) -> Array:
    """A quantity of slots, taken from the table of products and owners that a file fills."""
    if axes_of(name)[0] != "slots":
        return filled
    return np.ascontiguousarray(filled[cast.slot_product, cast.slot_owner])


def filled_worlds(
    start: Start, chance: Chance, places: Places = BY_ITSELF, varied: Varied = NOTHING
) -> tuple[World, Rules]:
    """A world and its coefficients for each seed of a chance at turn 0, as the scenario says.

    What `places` names lies at those places of its range, whatever the scenario would draw; what is `varied` is as given.
    """
    if start.prior is not None:
        places = {**start.prior.places(chance), **places}
    layout, worlds = layout_of(start.cast), chance.seed.size
    dials = (layout.dials, layout.entries, layout.delayed.size)
    sizes = {**SIZES, **dict(zip(DIAL_AXES, dials, strict=True))}
    table: dict[str, Any] = {}
    for name, declared in columns().items():
        about = declared.metadata
        if name in start.quantities:
            filled = start.quantities[name].array(chance, about["dtype"], places, varied.cells)
            table[name] = _slotted(start.cast, name, filled)
        else:
            shape = [sizes[a] if a in sizes else start.cast.size(a) for a in written_axes(name)[:-1]]
            table[name] = np.full((*shape, worlds), about["default"], dtype=about["dtype"])
    table["seed"][:] = chance.seed
    table["length"][:] = start.length if varied.lengths is None else varied.lengths
    levels = np.repeat(start.levels[:, None], worlds, axis=1)
    for dial, steps in varied.levels.items():
        levels[dial] = steps
    table["ordered"][:] = levels
    table["in_force"][:] = levels[layout.delayed]
    rules: dict[str, Any] = {
        name: filling.array(chance, np.dtype(float), places, varied.cells)
        for name, filling in start.coefficients.items()
    }
    return World(cast=start.cast, **table), Rules(**rules)
