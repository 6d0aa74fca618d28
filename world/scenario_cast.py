"""Who and what is in a scenario: from its tables to a cast, and what is wrong with them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from world.cast import BLOCS, REGIONS, ROLES, Cast, Seat
from world.phases.intelligence import QUESTIONS
from world.phases.standing import OBJECTIVES
from world.scenario_attributes import ATTRIBUTES, Attribute
from world.scenario_numbers import quantity, spread_out
from world.scenario_tables import OWN_KEYS, TABLES, table_of
from world.scenario_text import ITEMS, Draft, Keys, described, one, remedy

Array = np.ndarray
Tree = Mapping[str, Any]
Rows = Mapping[str, tuple[str, Tree]]
"""The items along an axis by name, each with its table."""

WORDS = {"bloc": BLOCS, "region": REGIONS}


def role_of(table: str, item: Tree) -> str:
    """The role of an item; a table with one role, or with none, need not name it."""
    return str(item.get("role", (*TABLES[table].roles, table)[0]))


def spelled(name: str) -> str:
    """A name of the code as words."""
    return name.replace("_", " ")


def cast_of(draft: Draft) -> Cast:
    """The cast of a scenario; mistakes are noted, and what is missing is stood in for."""
    _check_names(draft)
    _check_keys(draft)
    _check_presence(draft)
    seats = _seats(draft)
    labs, others = draft.items("lab"), draft.items("owner")
    products, makers = draft.items("product"), draft.items("chipmaker")
    foundries = [seat.name for seat in seats if seat.role == "foundry"]
    owners = labs | others
    bare = Cast(
        seats=seats,
        owners=tuple(owners),
        owner_region=tuple(item.get("region", REGIONS[0]) for item in owners.values()),
        products=tuple(products),
        product_maker=_referred(draft, "product", "maker", list(makers), products),
        maker_foundry=_referred(draft, "chipmaker", "foundry", foundries, makers),
        goods=tuple(i for i, item in enumerate(products.values()) if item.get("contraband")),
        sources=tuple(draft.items("source")),
        questions=tuple(draft.items("question")),
        recommended=_recommended(draft, [seat.name for seat in seats]),
        **{a.name: _NO_ITEM if a.kind == "only" else _NOTHING for a in ATTRIBUTES},
    )
    return replace(bare, **_attributes(draft, bare))


_NOTHING: Any = np.zeros(0)
_NO_ITEM: Any = 0


def _check_names(draft: Draft) -> None:
    """Note names that stand for two things, and questions of which the world knows no answer."""
    seen: dict[str, str] = {}
    for table in ITEMS:
        for name in draft.items(table):
            if name in seen:
                text = f"has the name of {one(seen[name])}; give one of them another name"
                draft.about((table, name))(text)
            seen.setdefault(name, table)
    for name in draft.items("question"):
        if name not in QUESTIONS:
            draft.about(("question", name))(f"has no answer here; {remedy(name, QUESTIONS)}")


def _check_keys(draft: Draft) -> None:
    """Note keys that an item lacks."""
    for table in ITEMS:
        for name, item in draft.items(table).items():
            for key in TABLES[table].keys:
                if key in item or draft.tried((table, name, key)):
                    continue
                words = {**WORDS, "role": TABLES[table].roles}.get(key, ("…",))
                written = " or ".join(f'"{word}"' for word in words)
                doc = OWN_KEYS.get(key, "what it is called on screens")
                draft.about((table, name))(f"lacks {key} ({doc}); add {key} = {written}")


def _check_presence(draft: Draft) -> None:
    """Note tables and roles of which there is nothing."""
    for table, kind in TABLES.items():
        if draft.tried((table,)):
            continue
        there = {role_of(table, item) for item in draft.items(table).values()}
        for role in kind.roles or (table,):
            if role not in there:
                says = f' with role = "{role}"' if len(kind.roles) > 1 else ""
                draft.wrong((), f"there is no {spelled(role)}; add a [[{table}]]{says}")
    first = next(iter(QUESTIONS))
    if draft.items("question") and first not in draft.items("question"):
        draft.wrong((), f"nobody asks about {first}; add a [[question]] of that name")
    products = draft.items("product").values()
    if products and not any(item.get("contraband") for item in products):
        text = "no product is contraband; write contraband = true in what the black market trades"
        draft.wrong((), text)


def _seats(draft: Draft) -> tuple[Seat, ...]:
    """The seats by role, and within a role in the order of the file."""
    seats = [
        Seat(
            name,
            item.get("title", name),
            role_of(table, item),
            item.get("bloc", BLOCS[0]),
            item.get("title_local", ""),
        )
        for table, kind in TABLES.items()
        if kind.is_seat
        for name, item in draft.items(table).items()
    ]
    return tuple(sorted(seats, key=lambda seat: ROLES.index(seat.role)))


def _recommended(draft: Draft, seats: Sequence[str]) -> tuple[str, ...]:
    recommended = tuple(draft.tree.get("recommended") or ())
    for name in recommended:
        if name not in seats:
            draft.about(("recommended",))(f"has '{name}', not a seat here; {remedy(name, seats)}")
    return recommended


def _referred(draft: Draft, table: str, key: str, names: Sequence[str], items: Mapping[str, Tree]) -> tuple[int, ...]:
    """The index that each item's key refers to (0 for none); a name that is not there is noted."""
    verbs = {"foundry": "is made by", "maker": "is designed by", "host": "answers to"}
    things = {"maker": "chipmaker", "host": "host government"}
    for name, item in items.items():
        wanted = item.get(key)
        if wanted is not None and wanted not in names:
            draft.wrong(
                (table, name, key),
                f"{table} '{name}' {verbs[key]} '{wanted}', which is not a "
                f"{things.get(key, key)} here; {remedy(wanted, names)}",
            )
    return tuple(names.index(item[key]) if item.get(key) in names else 0 for item in items.values())


def _attributes(draft: Draft, cast: Cast) -> dict[str, Any]:
    """Every field of the cast that the table of attributes declares."""
    result = {}
    for attribute in ATTRIBUTES:
        rows = {
            name: (table, draft.items(table)[name])
            for name in cast.names[attribute.axis]
            for table in table_of(attribute.axis)
            if name in draft.items(table)
        }
        result[attribute.name] = _READERS[attribute.kind](draft, attribute, cast, rows)
    for table in ITEMS:
        _check_axes(draft, cast, table)
    return result


def _check_axes(draft: Draft, cast: Cast, table: str) -> None:
    """Note attributes of items whose role does not have them."""
    axes: dict[str, set[str]] = {}
    for attribute in ATTRIBUTES:
        if attribute.axis in TABLES[table].axes:
            axes.setdefault(attribute.written, set()).add(attribute.axis)
    for name, item in draft.items(table).items():
        for key, wanted in axes.items():
            if key in item and not any(name in cast.names[axis] for axis in wanted):
                whose = " or ".join(map(spelled, sorted(wanted)))
                role = spelled(role_of(table, item))
                text = f"is for {whose}, but '{name}' is a {role}; take it out"
                draft.about((table, name, key))(text)


def _numbers(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows) -> Array:
    """A number for each item, or a row of numbers along a second axis of names."""
    width = (len(_names_by(attribute, cast, next(iter(rows), ""))),) if attribute.by else ()
    table = np.full((len(rows), *width), attribute.default or 0.0)
    for row, (name, (home, item)) in enumerate(rows.items()):
        path = (home, name, attribute.written)
        node = item.get(attribute.written)
        if node is None:
            if attribute.default is None and not draft.tried(path):
                _lacks(draft, path, attribute)
        elif attribute.by:
            table[row] = _row(draft, attribute, _names_by(attribute, cast, name), node, path)
        else:
            table[row] = _number(draft, attribute, node, path)
    if attribute.kind == "whole":
        table = np.rint(table).astype(np.intp)
    if attribute.per_product and len(rows):
        return table[np.array(cast.product_maker, dtype=np.intp)]
    return table


def _row(draft: Draft, attribute: Attribute, names: Sequence[str], node: Tree, path: Keys) -> list[float]:
    """An item's numbers along an attribute's second axis."""
    row = [0.0] * len(names)
    for (name,), number, where in spread_out(node, [names], path, draft.wrong):
        row[names.index(name)] = _number(draft, attribute, number, where)
    if attribute.adds_up and abs(sum(row) - 1) > 1e-6 and not draft.tried(path):
        draft.about(path)(f"adds up to {sum(row):g}; make it add up to 1")
    return row


def _lacks(draft: Draft, path: Keys, attribute: Attribute) -> None:
    table, name, key = path
    example = f'{key} = {{ value = …, unit = "{attribute.unit}", source = "…" }}'
    text = f"lacks {key} ({attribute.doc}, {attribute.unit}); add {example}"
    draft.wrong(path, f"{described((table, name))} {text}")


def _number(draft: Draft, attribute: Attribute, node: Tree, path: Keys) -> float:
    bounds = attribute.low, attribute.high
    return quantity(node, attribute.unit, bounds, draft.about(path)).value


def _names_by(attribute: Attribute, cast: Cast, name: str) -> tuple[str, ...]:
    """The names along an attribute's second axis; of objectives, those of the seat."""
    if attribute.by != "objectives":
        return cast.names[attribute.by]
    roles = {seat.name: seat.role for seat in cast.seats}
    return OBJECTIVES[roles.get(name, ROLES[0])]


def _marks(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows) -> Array:
    """Whether each item is marked."""
    marks = np.array([bool(item.get(attribute.written)) for _, item in rows.values()], dtype=bool)
    if attribute.default is None and rows and not marks.any():
        table = next(iter(rows.values()))[0]
        draft.wrong((), f"no {table} says {attribute.written} = true; mark {attribute.doc}")
    return marks


def _only(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows) -> int:
    """The index of the one item that is marked."""
    key = attribute.written
    marked = [i for i, (_, item) in enumerate(rows.values()) if item.get(key)]
    if rows and len(marked) != 1:
        names, table = list(rows), next(iter(rows.values()))[0]
        found = " and ".join(f"'{names[i]}'" for i in marked) or f"no {table}"
        where = (table, names[marked[-1]], key) if marked else ()
        draft.wrong(where, f"{found} says {key} = true; mark {attribute.doc}")
    return marked[0] if marked else 0


def _references(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows) -> Array:
    """The index each item refers to, -1 where it refers to nothing."""
    key, names = attribute.written, cast.names[attribute.by]
    found = [
        _referred(draft, table, key, names, {name: item})[0] if key in item else -1
        for name, (table, item) in rows.items()
    ]
    return np.array(found, dtype=np.intp)


def _said(draft: Draft, attribute: Attribute, cast: Cast, rows: Rows) -> Array:
    """Where another attribute's key is given."""
    names = cast.names[attribute.by]
    nodes = [item.get(attribute.written) or {} for _, item in rows.values()]
    said = [[name in node or "every" in node for name in names] for node in nodes]
    return np.array(said, dtype=bool).reshape(len(rows), len(names))


_READERS: dict[str, Callable[[Draft, Attribute, Cast, Rows], Any]] = {
    "number": _numbers,
    "whole": _numbers,
    "mark": _marks,
    "only": _only,
    "reference": _references,
    "said": _said,
}
