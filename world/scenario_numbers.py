"""The numbers of a scenario: checked, in their declared unit, fixed or drawn for each game."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Float, Shaped

from world.chance import Chance
from world.facts import facts
from world.prior import BY_ITSELF, Places, Range
from world.rules import coefficients
from world.scenario_tables import CHOICES, SIGNED_UNITS, WIDER
from world.scenario_text import Keys, described, remedy
from world.units import alike, conversion, converted

Array = np.ndarray
Bounds = tuple[float, float]
Cell = tuple[int, ...]
Wrong = Callable[[str], None]

ANYTHING: Bounds = (-np.inf, np.inf)
TINY = 1e-300
AS_WRITTEN: Mapping[str, Float[Array, " worlds"]] = MappingProxyType({})


@dataclass(frozen=True)
class Quantity:
    """A number in its declared unit and where it comes from; with `low` and `high` it is drawn."""

    value: float
    low: float | None = None
    high: float | None = None
    spread: str = "uniform"
    source: str = ""
    fact: str = ""

    @property
    def range(self) -> Range | None:
        """The range it is drawn from; None where it is fixed."""
        return None if self.low is None or self.high is None else Range(self.low, self.high, self.spread)

    def drawn(self, chance: Chance, label: str, places: Places = BY_ITSELF) -> Float[Array, " worlds"]:
        """The number in each game, to 24 binary digits, so that every processor draws the same."""
        if self.low is None or self.high is None:
            return np.full(chance.seed.size, self.value)
        luck = places[label] if label in places else chance.uniform(label)[0]
        return rounded(_SPREADS[self.spread](luck, self.low, self.value, self.high))

    def place_of(self, values: Float[Array, " worlds"]) -> Float[Array, " worlds"]:
        """Where in its range numbers lie, from 0 to 1; raises ValueError where it is fixed or one lies outside."""
        if self.low is None or self.high is None:
            raise ValueError(f"is fixed at {self.value:g}")
        outside = values[~((values >= self.low) & (values <= self.high))]
        if outside.size:
            raise ValueError(f"is {outside[0]:g}; write {self.low:g} to {self.high:g}")
        return np.clip(_PLACES[self.spread](values, self.low, self.value, self.high), 0.0, 1.0)


def rounded(x: Float[Array, "*shape"]) -> Float[Array, "*shape"]:
    """Numbers to 24 binary digits."""
    digits, power = np.frexp(x)
    return np.ldexp(np.rint(digits * 2.0**24) * 2.0**-24, power)


def _uniform(luck: Array, low: float, mode: float, high: float) -> Array:
    return low + luck * (high - low)


def _log_uniform(luck: Array, low: float, mode: float, high: float) -> Array:
    return low * np.exp(luck * np.log(high / low))


def _triangular(luck: Array, low: float, mode: float, high: float) -> Array:
    rising = low + np.sqrt(luck * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - luck) * (high - low) * (high - mode))
    return np.where(luck * (high - low) < mode - low, rising, falling)


def _place_uniform(x: Array, low: float, mode: float, high: float) -> Array:
    return (x - low) / (high - low)


def _place_log_uniform(x: Array, low: float, mode: float, high: float) -> Array:
    return np.log(x / low) / np.log(high / low)


def _place_triangular(x: Array, low: float, mode: float, high: float) -> Array:
    rising = np.square(x - low) / ((high - low) * max(mode - low, TINY))
    falling = 1 - np.square(high - x) / ((high - low) * max(high - mode, TINY))
    return np.where(x < mode, rising, falling)


_SPREADS: dict[str, Callable[[Array, float, float, float], Array]] = {
    "uniform": _uniform,
    "log-uniform": _log_uniform,
    "triangular": _triangular,
}
_PLACES: dict[str, Callable[[Array, float, float, float], Array]] = {
    "uniform": _place_uniform,
    "log-uniform": _place_log_uniform,
    "triangular": _place_triangular,
}


@dataclass(frozen=True)
class Filling:
    """What fills one quantity or coefficient: a number for every cell, some drawn for each game."""

    label: str
    names: tuple[tuple[str, ...], ...]
    """The names along each axis; a numbered axis counts from 0."""
    default: float
    cells: Mapping[Cell, Quantity] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of its axes, worlds left out."""
        return tuple(len(names) for names in self.names)

    def array(
        self,
        chance: Chance,
        dtype: np.dtype[Any],
        places: Places = BY_ITSELF,
        given: Mapping[str, Float[Array, " worlds"]] = AS_WRITTEN,
    ) -> Shaped[Array, "*shape worlds"]:
        """The numbers in each game, those that are given by the name of their cell; whole-number quantities are rounded."""
        table = np.full(self.shape, self.default)
        drawn = {}
        for place, quantity in self.cells.items():
            table[place] = quantity.value
            if quantity.low is not None:
                drawn[place] = quantity
        whole = dtype.kind in "iu"
        fixed = (np.rint(table) if whole else table).astype(dtype)
        result = np.empty((*self.shape, chance.seed.size), dtype=dtype)
        result[...] = fixed[..., None]
        for place, quantity in drawn.items():
            luck = quantity.drawn(chance, self.named(place), places)
            result[place] = np.rint(luck) if whole else luck
        for label, values in given.items():
            if label.startswith(f"{self.label}.") or label == self.label:
                result[self.place(label)] = np.rint(values) if whole else values
        return result

    def place(self, label: str) -> Cell:
        """The cell that has a name."""
        parts = label.removeprefix(self.label).split(".")[1:]
        return tuple(names.index(one) for names, one in zip(self.names, parts, strict=True))

    def drawn(self) -> dict[str, Quantity]:
        """Every cell that is drawn, by its name."""
        return {self.named(place): one for place, one in self.cells.items() if one.low is not None}

    def named(self, place: Cell) -> str:
        """The name of a cell: `opening.capacity.smic.advanced`."""
        return ".".join((self.label, *(n[i] for n, i in zip(self.names, place, strict=True))))


SMALLEST = 1e-9
"""The least that a coefficient may be by which a rule divides."""


def bounds_of(name: str, unit: str, is_state: bool, dtype: np.dtype[Any] | None = None) -> Bounds:
    """The range in which a quantity of the state or a coefficient must lie."""
    if name in WIDER:
        return WIDER[name]
    if unit == "share" or unit == "share/quarter":
        return 0.0, 1.0
    if not is_state and coefficients()[name].metadata["above_zero"]:
        return SMALLEST, np.inf
    low = -np.inf if unit in SIGNED_UNITS else 0.0
    if dtype is None or dtype.kind == "b":
        return low, np.inf
    limits: Any = np.iinfo(dtype) if dtype.kind in "iu" else np.finfo(dtype)
    # Whole numbers of 8 bytes pass through floats, which are exact up to 2^53.
    return max(low, -(2.0**53), float(limits.min)), min(float(limits.max), 2.0**53)


def cited(node: Mapping[str, Any], wrong: Wrong) -> tuple[str, str]:
    """Source and fact of a number."""
    source, fact = node.get("source", ""), node.get("fact", "")
    if not source and not fact:
        wrong('does not say where it comes from; add source = "…" or fact = "…"')
    if fact and fact not in facts():
        wrong(f"cites fact '{fact}', which is not in facts.csv; {remedy(fact, facts())}")
    elif fact and facts()[fact].is_prior and not source.startswith("prior"):
        wrong(f'cites {fact}, which is a prior and not a fact; add source = "prior: …"')
    return source, fact


def _turning(node: Mapping[str, Any], unit: str, wrong: Wrong, must: bool = False) -> Callable[[float], float]:
    """What turns the numbers of a node into the declared unit."""
    given = node.get("unit")
    if given is None:
        if must:
            wrong(f'has no unit; add unit = "{unit}"')
        return float
    by = conversion(given, unit)
    if by is None:
        units = alike(unit)
        choice = f"write one of {', '.join(units[:6])}" if units else "leave the unit out"
        wrong(f"has the unit '{given}', which is not {unit or 'known here'}; {choice}")
        return float
    return lambda value: converted(float(value), by)


def _bounded(value: float, bounds: Bounds, wrong: Wrong, what: str = "") -> float:
    """A number, or the nearest that is within bounds, which is noted."""
    low, high = bounds
    if value < low or value > high:
        if np.isfinite(low) and high < 2**15:
            wrong(f"{what}is {value:g}; write {low:g} to {high:g}")
        elif value < low:
            wrong(f"{what}is {value:g}, but it cannot be below {low:g}; write {low:g} or more")
        else:
            wrong(f"{what}is {value:g}, but it cannot be above {high:g}; write less")
    return min(max(value, low), high)


def quantity(node: Mapping[str, Any], unit: str, bounds: Bounds, wrong: Wrong, must: bool = False) -> Quantity:
    """A number as written, checked and in the declared unit."""
    source, fact = cited(node, wrong)
    turned = _turning(node, unit, wrong, must)
    low, high = node.get("low"), node.get("high")
    if (low is None) != (high is None):
        wrong("has only one of low and high; give both, or neither")
    elif low is None and "spread" in node:
        wrong("has a spread but no low and high; give both, or take the spread out")
    elif low is None and "value" not in node:
        wrong("has no value; add value = …, or low = … and high = …")
    if low is None or high is None:
        value = _bounded(turned(node.get("value", 0.0)), bounds, wrong)
        return Quantity(value, source=source, fact=fact)
    spread = node.get("spread", "uniform")
    _check_spread(node, float(low), float(high), spread, wrong)
    low = _bounded(turned(low), bounds, wrong, "low ")
    high = _bounded(turned(high), bounds, wrong, "high ")
    value = turned(node["value"]) if "value" in node else (low + high) / 2
    return Quantity(value, low, high, spread, source, fact)


def _check_spread(node: Mapping[str, Any], low: float, high: float, spread: str, wrong: Wrong) -> None:
    if low >= high:
        wrong(f"is drawn from {low:g} to {high:g}; write the smaller number as low")
    elif "value" in node and not low <= node["value"] <= high:
        wrong(f"has the value {node['value']:g}, outside of its range from {low:g} to {high:g}")
    if spread == "triangular" and "value" not in node:
        wrong("is triangular but has no value; add value = …, its mode")
    if spread == "log-uniform" and low <= 0:
        wrong(f"is log-uniform from {low:g}; write a low above 0")


def cell(
    node: Mapping[str, Any], name: str, unit: str, bounds: Bounds, wrong: Wrong, must: bool = False
) -> list[Quantity]:
    """The numbers of one node: one, or as many as it lists."""
    if "values" in node:
        source, fact = cited(node, wrong)
        turned = _turning(node, unit, wrong, must)
        row = [_bounded(turned(value), bounds, wrong) for value in node["values"]]
        return [Quantity(value, source=source, fact=fact) for value in row]
    if name in CHOICES:
        node = {**node, "value": CHOICES[name].index(node["value"])}
    return [quantity(node, unit, bounds, wrong, must)]


def spread_out(
    node: Mapping[str, Any],
    names: Sequence[Sequence[str]],
    path: Keys,
    wrong: Callable[[Keys, str], None],
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any], Keys]]:
    """Every cell that a table of names fills: names, number and path; `every` fills the rest.

    Names that are not there are noted.
    """
    if not names:
        yield (), node, path
        return
    for key in node:
        if key != "every" and key not in names[0]:
            text = f"knows no '{key}'; {remedy(key, [*names[0], 'every'])}"
            wrong((*path, key), f"{described(path)} {text}")
    for name in names[0]:
        key = name if name in node else "every"
        if key in node:
            for rest, number, where in spread_out(node[key], names[1:], (*path, key), wrong):
                yield (name, *rest), number, where
