"""The shape of scenario files, built from what is declared; and as JSON Schema for editors."""

from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from world.cast import BLOCS, REGIONS
from world.orders import OrderKind
from world.rules import coefficients
from world.scenario_attributes import Attribute, attributes_of
from world.scenario_tables import (
    CHOICES,
    FIXED,
    OWN_KEYS,
    TABLES,
    kinds_of,
    objectives_of,
    opening_columns,
)
from world.scenario_text import ITEMS
from world.state import SIZES, columns, written_axes


class Part(BaseModel):
    """Anything in a scenario file: of exactly these keys, and nothing is read as what it is not."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, protected_namespaces=())


class Sourced(Part):
    """A number, a list or a mark that says where it comes from."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["source"]}, {"required": ["fact"]}]})
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
        *axes, _ = written_axes(name)
        about = columns()[name].metadata
        left = tuple(axes[1:] if table else axes)
        shape = _quantity(name, left)
        if not table and axes[:1] == ["accounts"]:
            shape = _model("Outside", {"outside": _optional(Drawn, "the world outside")})
        fields[name] = _optional(shape, _told(about["doc"], about["unit"]))
    return _model(f"{table.capitalize()}Open", fields)


def _dial(kind: OrderKind) -> Any:
    amounts = {
        a.name: _optional(Fixed, f"{a.help}: {a.low:g} to {a.high:g} in steps of {a.step:g} {a.unit}")
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
    return _optional(_by_name(attribute.by, Fixed, FIXED | {"objectives": objectives_of(table)}), doc)


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
    fields["prior"] = _optional(str, "a file of assets/priors, by which the drawn numbers hang together")
    table_name = _literal(ITEMS)
    fields["anew"] = _optional(list[table_name], "tables of which nothing is taken from the other scenario")  # type: ignore[valid-type]
    for table in ITEMS:
        item = item_model(table)
        kind = dict[str, item] if by_name else list[item]  # type: ignore[valid-type]
        fields[table] = _optional(kind, f"every {table}, one [[{table}]] each")
    rules = {}
    for name, declared in coefficients().items():
        axis, unit = declared.metadata["axis"], declared.metadata["unit"]
        rules[name] = _optional(_by_name(axis, Drawn) if axis else Drawn, _told(declared.metadata["doc"], unit))
    fields["rules"] = _optional(_model("Coefficients", rules), "every coefficient of the rules")
    fields["open"] = _optional(_open_model(""), "how what belongs to nobody stands on the opening day")
    fields["texts"] = _optional(dict[str, str], "what players or a teacher should read")
    return _model("Scenario", fields)


def schema() -> dict[str, Any]:
    """The JSON Schema of scenario files, for editors."""
    shape = _tidied(file_model().model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **shape}


def _tidied(node: Any) -> Any:
    """A schema without what only pydantic needs: None as a value or default, made-up titles."""
    if isinstance(node, list):
        return [_tidied(one) for one in node if one != {"type": "null"}]
    if not isinstance(node, dict):
        return node
    kept = {
        key: {name: _tidied(one) for name, one in inner.items()} if key in ("properties", "$defs") else _tidied(inner)
        for key, inner in node.items()
        if not (key == "default" and inner is None) and not (key == "title" and isinstance(inner, str))
    }
    if len(kept.get("anyOf", ())) == 1:
        kept |= kept.pop("anyOf")[0]
    return kept
