"""The shape of scenario files, built from what is declared: checked by pydantic, and as JSON Schema for editors."""

from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from world.cast import BLOCS, REGIONS
from world.orders import OrderKind
from world.rules import coefficients
from world.scenario_tables import (
    CHOICES,
    FIXED,
    OWN_KEYS,
    TABLES,
    Attribute,
    attributes_of,
    kinds_of,
    objectives_of,
    opening_columns,
)
from world.scenario_text import ITEMS, Draft, Keys, described, is_number, remedy
from world.state import SIZES, axes_of, columns


class Part(BaseModel):
    """Anything in a scenario file: of exactly these keys, and nothing is read as what it is not."""

    model_config = ConfigDict(
        extra="forbid", strict=True, allow_inf_nan=False, protected_namespaces=()
    )


class Sourced(Part):
    """A number, a list or a mark that says where it comes from."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["source"]}, {"required": ["fact"]}]}
    )
    source: str | None = Field(None, description="where it comes from, in words", min_length=3)
    fact: str | None = Field(None, description="the id of a row of assets/facts.csv")


class Fixed(Sourced):
    """A number."""

    value: float = Field(description="the number")
    unit: str | None = Field(None, description="its unit, if not the declared one")


class Drawn(Sourced):
    """A number, or a range from which it is drawn for each game."""

    value: float | None = Field(None, description="the number, or the middle of what is drawn")
    low: float | None = Field(None, description="the lowest that may be drawn")
    high: float | None = Field(None, description="the highest that may be drawn")
    spread: Literal["uniform", "triangular", "log-uniform"] | None = Field(
        None, description="how it is drawn between low and high (uniform if not said)"
    )
    unit: str | None = Field(None, description="its unit, if not the declared one")


class Listed(Sourced):
    """A row of numbers."""

    values: list[float] = Field(description="the nearest quarter or the newest record first")
    unit: str | None = Field(None, description="their unit, if not the declared one")


class Mark(Sourced):
    """Something that is or is not."""

    value: bool


@cache
def _choice(names: tuple[str, ...]) -> type[Sourced]:
    return _model(f"OneOf_{'_'.join(names)}", {"value": (_literal(names), ...)}, Sourced)


def _literal(names: tuple[str, ...]) -> Any:
    return Literal.__getitem__(names)


def _model(name: str, fields: dict[str, Any], base: type[BaseModel] = Part) -> Any:
    return create_model(name, __base__=base, **fields)


def _optional(kind: Any, doc: str) -> Any:
    return (Annotated[kind | None, Field(description=doc)], None)


def _by_name(axis: str, leaf: Any, fixed: dict[str, tuple[str, ...]] = FIXED) -> Any:
    """A table of `leaf` by the names of an axis, or `every`."""
    key = _literal((*fixed[axis], "every")) if axis in fixed else str
    return dict[key, leaf]  # type: ignore[valid-type]


def _quantity(name: str, axes: tuple[str, ...]) -> Any:
    """The shape of a quantity's opening, for an item along the axes that are left."""
    dtype = columns()[name].metadata["dtype"]
    if axes and axes[-1] in SIZES:
        leaf: Any = Listed
        axes = axes[:-1]
    elif name in CHOICES:
        leaf = _choice(CHOICES[name])
    else:
        leaf = Mark if dtype.kind == "b" else Drawn
    for axis in reversed(axes):
        leaf = _by_name(axis, leaf)
    return leaf


def _told(doc: str, unit: str) -> str:
    return f"{doc} ({unit})" if unit else doc


def _open_model(table: str) -> Any:
    fields = {}
    for name in opening_columns(table):
        *axes, _ = axes_of(name)
        about = columns()[name].metadata
        left = tuple(axes[1:] if table else axes)
        shape = _quantity(name, left)
        if not table and axes[:1] == ["accounts"]:
            shape = _model("Outside", {"outside": _optional(Drawn, "the world outside")})
        fields[name] = _optional(shape, _told(about["doc"], about["unit"]))
    return _model(f"{table.capitalize()}Open", fields)


def _dial(kind: OrderKind) -> Any:
    amounts = {
        a.name: _optional(
            Fixed, f"{a.help}: {a.low:g} to {a.high:g} in steps of {a.step:g} {a.unit}"
        )
        for a in kind.amounts
    }
    shape = _model(f"Dial_{kind.name}", amounts)
    for pick in reversed(kind.picks):
        shape = _by_name(pick.axis, shape)
    return _optional(shape, kind.summary)


def _attribute(table: str, attribute: Attribute) -> Any:
    doc = _told(attribute.doc, attribute.unit)
    if attribute.kind in ("mark", "only"):
        return _optional(bool, doc)
    if attribute.kind == "reference":
        return _optional(str, doc)
    if not attribute.by:
        return _optional(Fixed, doc)
    return _optional(
        _by_name(attribute.by, Fixed, FIXED | {"objectives": objectives_of(table)}), doc
    )


@cache
def item_model(table: str) -> Any:
    """The shape of an item of an array of tables."""
    words = {"bloc": BLOCS, "region": REGIONS, "role": TABLES[table].roles}
    fields: dict[str, Any] = {
        "name": (Annotated[str, Field(pattern="^[a-z0-9][a-z0-9_-]*$")], ...),
        "title": _optional(str, "what it is called on screens"),
        "title_local": _optional(str, "its name in its own language"),
        "about": _optional(str, "a few sentences for whoever takes the seat"),
    }
    for key in ("role", "bloc", "region", "foundry", "maker"):
        if key in TABLES[table].keys:
            fields[key] = _optional(_literal(words[key]) if key in words else str, OWN_KEYS[key])
    if table == "product":
        fields["contraband"] = _optional(bool, OWN_KEYS["contraband"])
    for attribute in attributes_of(table):
        fields[attribute.written] = _attribute(table, attribute)
    fields["open"] = _optional(_open_model(table), "how it stands on the opening day")
    if kinds := kinds_of(table):
        dials = _model(f"{table.capitalize()}Dials", {kind.name: _dial(kind) for kind in kinds})
        fields["dials"] = _optional(dials, "what it has ordered before the game")
    return _model(table.capitalize(), fields)


HEAD: dict[str, tuple[Any, str]] = {
    "title": (str, "shown in lists"),
    "summary": (str, "one or two sentences for somebody who chooses"),
    "start": (date, "the opening day"),
    "turn": (Literal["quarter"], "how long a turn is"),
    "length": (Annotated[int, Field(ge=1, le=100)], "turns until the game ends"),
    "rules_version": (int, "the version of the rules the file is written for"),
    "out_of_date_after": (date, "when somebody should look at the numbers again"),
    "recommended": (list[str], "seats to offer a newcomer first"),
}
"""What stands at the head of a file; one that extends another may leave any of it out."""


@cache
def file_model(by_name: bool = False) -> Any:
    """The shape of a whole file, as written or with its items by name."""
    fields = {key: _optional(kind, doc) for key, (kind, doc) in HEAD.items()}
    fields["extends"] = _optional(str, "another scenario in this folder, which this one changes")
    for table in ITEMS:
        item = item_model(table)
        kind = dict[str, item] if by_name else list[item]  # type: ignore[valid-type]
        fields[table] = _optional(kind, f"every {table}, one [[{table}]] each")
    rules = {}
    for name, declared in coefficients().items():
        axis, unit = declared.metadata["axis"], declared.metadata["unit"]
        rules[name] = _optional(
            _by_name(axis, Drawn) if axis else Drawn, _told(declared.metadata["doc"], unit)
        )
    fields["rules"] = _optional(_model("Coefficients", rules), "every coefficient of the rules")
    fields["open"] = _optional(
        _open_model(""), "how what belongs to nobody stands on the opening day"
    )
    fields["texts"] = _optional(dict[str, str], "what players or a teacher should read")
    return _model("Scenario", fields)


def schema() -> dict[str, Any]:
    """The JSON Schema of scenario files, for editors."""
    shape = file_model().model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape}


def _bare(annotation: Any) -> Any:
    """An annotation without its description and without None."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(a for a in get_args(annotation) if a is not type(None))
        else:
            return annotation


def annotation_at(path: Keys) -> Any:
    """What belongs at a path of a scenario whose items stand by name (None: nothing does)."""
    found: Any = file_model(by_name=True)
    for key in path:
        if isinstance(found, type) and issubclass(found, BaseModel):
            if key not in found.model_fields:
                return None
            found = _bare(found.model_fields[key].annotation)
        elif get_origin(found) in (dict, list):
            found = _bare(get_args(found)[-1])
        else:
            return None
    return found


def allowed_at(path: Keys) -> list[str]:
    """The keys that may stand in the table at a path, where they are known without a cast."""
    found = annotation_at(path)
    if isinstance(found, type) and issubclass(found, BaseModel):
        return list(found.model_fields)
    if get_origin(found) is dict:
        return list(get_args(get_args(found)[0]))
    return []


def _node(tree: Any, path: Keys) -> Any:
    for key in path:
        if isinstance(tree, list):
            tree = tree[int(key)]
        else:
            tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def _shown(node: object) -> str:
    if isinstance(node, dict):
        return "a table"
    if isinstance(node, list):
        return "a list"
    if isinstance(node, bool):
        return str(node).lower()
    text = repr(node) if isinstance(node, str) else str(node)
    return (
        text if len(text) <= 40 else text[:36] + " …" + (text[-1] if isinstance(node, str) else "")
    )


def _wanted(annotation: Any) -> str:
    """What to write where something of another kind was found."""
    simple = {
        float: "write a number",
        int: "write a whole number",
        bool: "write true or false",
        str: "write a text in quotes",
        date: "write a date such as 2025-12-31",
        Mark: 'write { value = true, source = "…" }',
        Listed: 'write { values = [1, 2], source = "…" }',
    }
    if annotation in simple:
        return simple[annotation]
    if get_origin(annotation) is Literal:
        return remedy("", get_args(annotation))
    if get_origin(annotation) is list:
        return "write a list in brackets"
    if isinstance(annotation, type) and issubclass(annotation, Sourced):
        return 'write { value = …, source = "…" }'
    return "write a table of keys"


def _sentence(error: Any, path: Keys, draft: Draft) -> tuple[Keys, str]:
    """Where a complaint of pydantic belongs, and the complaint as a sentence."""
    above = path[:-1]
    place = f"{described(above)}: " if above else ""
    for end in range(1, len(path)):
        shape = annotation_at(path[:end])
        if get_origin(shape) is dict and is_number(_node(draft.tree, path[:end])):
            names = remedy("", [*allowed_at(path[:end])] or ["its names", "every"])
            return path[
                :end
            ], f"{described(path[:end])} is one number, but there is one for each name; {names}"
    if path[-1] == "[key]":
        names = remedy(path[-2], allowed_at(path[:-2]))
        return above, f"{described(path[:-2])} knows no '{path[-2]}'; {names}"
    if error["type"] == "extra_forbidden":
        return path, f"{place}unknown key '{path[-1]}'; {remedy(path[-1], allowed_at(above))}"
    if error["type"] == "missing":
        return above, f"{described(above)} lacks '{path[-1]}'; {_wanted(annotation_at(above))}"
    annotation = annotation_at(path)
    if get_origin(annotation) is Literal:
        wanted = remedy(error["input"], get_args(annotation))
    elif (
        error["type"].endswith(("_type", "_parsing"))
        or error["type"] == "date_from_datetime_inexact"
    ):
        wanted = _wanted(annotation)
    else:
        wanted = (
            error["msg"]
            .replace("Input should be", "write what is")
            .replace("String should", "it should")
        )
    return path, f"{described(path)} is {_shown(error['input'])}; {wanted}"


def _pruned_at(path: Keys) -> Keys:
    """What to leave out for a mistake: the whole number it is in, or just what is wrong."""
    for end in range(1, len(path)):
        shape = annotation_at(path[:end])
        if isinstance(shape, type) and issubclass(shape, Sourced):
            return path[:end]
    return path


def _without(tree: Any, path: Keys) -> Any:
    if len(path) == 0 or not isinstance(tree, dict) or path[0] not in tree:
        return tree
    rest = {key: node for key, node in tree.items() if key != path[0]}
    if len(path) > 1:
        rest[path[0]] = _without(tree[path[0]], path[1:])
    return rest


def shaped(draft: Draft) -> tuple[dict[str, Any], tuple[Keys, ...]]:
    """The tree without what has the wrong shape, and what was left out; each mistake is noted."""
    tree: Any = draft.tree
    left_out: list[Keys] = []
    for _ in range(5):
        try:
            file_model(by_name=True).model_validate(tree)
        except ValidationError as found:
            for error in found.errors(include_url=False, include_context=False):
                path, text = _sentence(error, tuple(map(str, error["loc"])), draft)
                draft.wrong(path, text)
                left_out.append(_pruned_at(path))
            for path in left_out:
                tree = _without(tree, path)
        else:
            break
    return tree, tuple(left_out)
