"""Who and what is in a scenario: from its tables to a cast, and everything that is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from world.cast import BLOCS, REGIONS, ROLES, Cast, Seat
from world.phases.standing import OBJECTIVES
from world.scenario_numbers import quantity, spread_out
from world.scenario_tables import ATTRIBUTES, OWN_KEYS, TABLES, Attribute, table_of
from world.scenario_text import ITEMS, Draft, Keys, described, remedy

Array = np.ndarray
Tree = Mapping[str, Any]

WORDS = {"bloc": BLOCS, "region": REGIONS}


def items_of(tree: Tree, table: str) -> dict[str, dict[str, Any]]:
    """The items of a table by name."""
    return tree.get(table) or {}


def role_of(table: str, item: Tree) -> str:
    """The role of an item; a table with one role, or with none, need not name it."""
    return item.get("role", (*TABLES[table].roles, table)[0])


def cast_of(draft: Draft, tree: Tree, tried: Callable[[Keys], bool]) -> Cast:
    """The cast of a scenario; mistakes are noted, and what is missing is stood in for."""
    _complete(draft, tree, tried)
    seats = _seats(tree)
    labs, others = items_of(tree, "lab"), items_of(tree, "owner")
    owners = labs | others
    products, makers = items_of(tree, "product"), items_of(tree, "chipmaker")
    foundries = [seat.name for seat in seats if seat.role == "foundry"]
    maker_foundry = _references(draft, "chipmaker", "foundry", foundries, makers)
    product_maker = _references(draft, "product", "maker", list(makers), products)
    recommended = tuple(tree.get("recommended") or ())
    for name in recommended:
        if name not in [seat.name for seat in seats]:
            draft.wrong(
                ("recommended",),
                f"recommended '{name}' is not a seat here; {remedy(name, [s.name for s in seats])}",
            )
    bare = Cast(
        seats=seats,
        owners=tuple(owners),
        owner_region=tuple(item.get("region", REGIONS[0]) for item in owners.values()),
        products=tuple(products),
        product_maker=product_maker,
        maker_foundry=maker_foundry,
        goods=tuple(i for i, item in enumerate(products.values()) if item.get("contraband")),
        sources=tuple(items_of(tree, "source")),
        questions=tuple(items_of(tree, "question")),
        recommended=recommended,
        **{a.name: 0 if a.kind == "only" else np.zeros(0) for a in ATTRIBUTES},
    )
    return replace(bare, **_attributes(draft, tree, bare, tried))


def _complete(draft: Draft, tree: Tree, tried: Callable[[Keys], bool]) -> None:
    """Note names that stand for two things, tables and roles of which there is nothing, and keys an item lacks."""
    seen: dict[str, str] = {}
    for table in ITEMS:
        for name, item in items_of(tree, table).items():
            if name in seen:
                draft.wrong(
                    (table, name),
                    f"{table} '{name}' has the name of a {seen[name]}; give one of them another name",
                )
            seen.setdefault(name, table)
            for key in TABLES[table].keys:
                if key not in item and not tried((table, name, key)):
                    choice = {**WORDS, "role": TABLES[table].roles}.get(key, ())
                    example = " or ".join(f'"{word}"' for word in choice) or '"…"'
                    doc = OWN_KEYS.get(key, "what it is called on screens")
                    draft.wrong(
                        (table, name),
                        f"{table} '{name}' lacks {key} ({doc}); add {key} = {example}",
                    )
        roles = {role_of(table, item) for item in items_of(tree, table).values()}
        for role in TABLES[table].roles:
            if role not in roles and not tried((table,)):
                says = f' with role = "{role}"' if len(TABLES[table].roles) > 1 else ""
                draft.wrong((), f"there is no {role.replace('_', ' ')}; add a [[{table}]]{says}")
        if not TABLES[table].roles and not items_of(tree, table) and not tried((table,)):
            draft.wrong((), f"there is no {table}; add a [[{table}]]")
    if items_of(tree, "product") and not any(
        p.get("contraband") for p in items_of(tree, "product").values()
    ):
        draft.wrong(
            (), "no product is contraband; write contraband = true for what the black market trades"
        )


def _seats(tree: Tree) -> tuple[Seat, ...]:
    """The seats by role, and within a role in the order of the file."""
    seats = [
        Seat(
            name,
            item.get("title", name),
            role_of(table, item),
            item.get("bloc", BLOCS[0]),
            item.get("title_local", ""),
        )
        for table in ITEMS
        if TABLES[table].is_seat
        for name, item in items_of(tree, table).items()
    ]
    return tuple(sorted(seats, key=lambda seat: ROLES.index(seat.role)))


def _references(
    draft: Draft, table: str, key: str, names: Sequence[str], items: Mapping[str, Tree]
) -> tuple[int, ...]:
    """The index each item's key refers to; a name that is not there is noted."""
    found = []
    for name, item in items.items():
        wanted = item.get(key)
        if wanted is not None and wanted not in names:
            verb = {"foundry": "is made by", "maker": "is designed by", "host": "answers to"}[key]
            draft.wrong(
                (table, name, key),
                f"{table} '{name}' {verb} '{wanted}', which is not a {_called(key)} here; {remedy(wanted, names)}",
            )
        found.append(names.index(wanted) if wanted in names else 0)
    return tuple(found)


def _called(key: str) -> str:
    return {"maker": "chipmaker", "host": "host government"}.get(key, key)


def _attributes(
    draft: Draft, tree: Tree, cast: Cast, tried: Callable[[Keys], bool]
) -> dict[str, Any]:
    """Every field of the cast that the table of attributes declares."""
    result = {}
    for attribute in ATTRIBUTES:
        rows = {
            name: (table, items_of(tree, table)[name])
            for name in cast.names[attribute.axis]
            for table in table_of(attribute.axis)
            if name in items_of(tree, table)
        }
        result[attribute.name] = _READERS[attribute.kind](draft, attribute, cast, rows, tried)
    for table in ITEMS:
        _strays(draft, tree, cast, table)
    return result


def _strays(draft: Draft, tree: Tree, cast: Cast, table: str) -> None:
    """Note attributes of items whose role does not have them."""
    axes: dict[str, list[str]] = {}
    for attribute in ATTRIBUTES:
        if attribute.axis in TABLES[table].axes:
            axes.setdefault(attribute.written, []).append(attribute.axis)
    for name, item in items_of(tree, table).items():
        for key in item.keys() & axes.keys():
            if not any(name in cast.names[axis] for axis in axes[key]):
                whose = " or ".join(axes[key]).replace("_", " ")
                draft.wrong(
                    (table, name, key),
                    f"{table} '{name}': {key} is for {whose}, but it is a {role_of(table, item)}; take it out",
                )


Rows = Mapping[str, tuple[str, Tree]]


def _numbers(
    draft: Draft, attribute: Attribute, cast: Cast, rows: Rows, tried: Callable[[Keys], bool]
) -> Array:
    """A number for each item, or a table of numbers along a second axis of names."""
    width = _names_by(attribute, cast, "") if attribute.by else ()
    shape = (len(rows), len(width)) if attribute.by else (len(rows),)
    table = np.full(shape, attribute.default or 0.0)
    for row, (name, (home, item)) in enumerate(rows.items()):
        path = (home, name, attribute.written)
        node = item.get(attribute.written)
        if node is None:
            if attribute.default is None and not tried(path):
                _lacks(draft, path, attribute)
            continue
        if not attribute.by:
            table[row] = _number(draft, attribute, node, path)
            continue
        names = _names_by(attribute, cast, name)
        table[row] = 0.0
        for (column,), number, where in spread_out(node, [names], path, _saying(draft)):
            table[row, names.index(column)] = _number(draft, attribute, number, where)
        if attribute.adds_up and abs(table[row].sum() - 1) > 1e-6 and not tried(path):
            draft.wrong(
                path, f"{described(path)} adds up to {table[row].sum():g}; it should add up to 1"
            )
    if attribute.kind == "whole":
        table = np.rint(table).astype(np.intp)
    return table[np.array(cast.product_maker, dtype=np.intp)] if attribute.per_product else table


def _saying(draft: Draft) -> Callable[[Keys, str], None]:
    return lambda path, text: draft.wrong(path, f"{described(path[:-1])} {text}")


def _lacks(draft: Draft, path: Keys, attribute: Attribute) -> None:
    doc, unit = attribute.doc, attribute.unit
    draft.wrong(
        path,
        f"{path[0]} '{path[1]}' lacks {path[2]} ({doc}, {unit}); "
        f'add {path[2]} = {{ value = …, unit = "{unit}", source = "…" }}',
    )


def _number(draft: Draft, attribute: Attribute, node: Tree, path: Keys) -> float:
    return quantity(
        node,
        attribute.unit,
        (attribute.low, attribute.high),
        lambda text: draft.wrong(path, f"{described(path)} {text}"),
    ).value


def _names_by(attribute: Attribute, cast: Cast, seat: str) -> tuple[str, ...]:
    """The names along an attribute's second axis: a seat's own objectives, or an axis of the cast."""
    if attribute.by != "objectives":
        return cast.names[attribute.by]
    roles = {one.name: one.role for one in cast.seats}
    return OBJECTIVES[roles.get(seat, ROLES[0])]


def _marks(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows, tried: Any) -> Array:
    return np.array([bool(item.get(attribute.written)) for _, item in rows.values()], dtype=bool)


def _only(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows, tried: Any) -> int:
    """The index of the one item that is marked."""
    marked = [i for i, (_, item) in enumerate(rows.values()) if item.get(attribute.written)]
    if len(marked) != 1 and rows:
        table = next(iter(rows.values()))[0]
        found = "no" if not marked else " and ".join(list(rows)[i] for i in marked) + " as"
        draft.wrong(
            (table, list(rows)[marked[-1]], attribute.written) if marked else (),
            f"has {found} {table} with {attribute.written} = true; mark {attribute.doc}",
        )
    return marked[0] if marked else 0


def _referred(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows, tried: Any) -> Array:
    """The index each item refers to, -1 where it refers to nothing."""
    names, found = cast.names[attribute.by], []
    for name, (table, item) in rows.items():
        wanted = item.get(attribute.written)
        found.append(-1)
        if wanted is not None:
            key = attribute.written
            found[-1] = _references(draft, table, key, names, {name: {key: wanted}})[0]
    return np.array(found, dtype=np.intp)


def _said(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows, tried: Any) -> Array:
    """Where another attribute's key is given."""
    names = cast.names[attribute.by]
    said = np.zeros((len(rows), len(names)), dtype=bool)
    for row, (_, item) in enumerate(rows.values()):
        node = item.get(attribute.written) or {}
        said[row] = [name in node or "every" in node for name in names]
    return said


_READERS: dict[str, Callable[..., Any]] = {
    "number": _numbers,
    "whole": _numbers,
    "mark": _marks,
    "only": _only,
    "reference": _referred,
    "said": _said,
}

FIELDS = tuple(f.name for f in fields(Cast))
"""Every field of the cast: those of `cast_of`, and those of the table of attributes."""
