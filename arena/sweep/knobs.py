"""Knobs: the numbers that a sweep varies, each between two ends, found by the name that it has for `--set`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from jaxtyping import Float, Int

from play.commands.doors import Refused
from play.dials import book_of
from world.rules import coefficients
from world.scenario import Scenario, ScenarioError
from world.scenario_numbers import Filling
from world.scenario_start import Start
from world.scenario_tables import TABLES
from world.state import columns, written_axes
from world.varied import Varied

Array = np.ndarray

FORM = "write it as KEY=LOW:HIGH, such as rules.diffusion=0.2:0.4"
LENGTH = "length"
OWNED = frozenset(axis for table in TABLES.values() for axis in table.axes)
"""Axes along which a quantity belongs to somebody or something that a scenario names."""


@dataclass(frozen=True)
class Knob:
    """A number of a scenario that is varied: what it moves, and from where to where."""

    key: str
    low: float
    high: float
    unit: str
    doc: str
    step: float = 0.0
    """What its values lie apart; 0 where it may have any."""
    labels: tuple[str, ...] = ()
    """The cells that it fills, all with the same number."""
    dials: tuple[int, ...] = ()
    """The dials that it sets, all alike."""
    lowest: int = 0
    """The step at which the dials stand when it is at its low end."""

    @property
    def count(self) -> int:
        """How many values it can have; 0 where they are not counted."""
        return round((self.high - self.low) / self.step) + 1 if self.step else 0

    def numbers(self, places: Float[Array, " sets"]) -> Array:
        """The numbers at places from 0 to 1, as games have them; where they are counted, each has an equal share."""
        if not self.step:
            return self.low * (1 - places) + self.high * places
        steps = np.minimum(np.floor(places * self.count), self.count - 1)
        found = np.round(self.low + self.step * steps, 9)
        return found.astype(np.int64) if self.is_whole else found

    def steps_to(self, numbers: Array) -> Int[Array, " sets"]:
        """How many steps numbers lie above the low end; raises ScenarioError for one between two steps."""
        steps = np.rint((numbers - self.low) / self.step)
        between = numbers[np.abs(self.low + steps * self.step - numbers) > 1e-6 * self.step]
        if between.size:
            raise ScenarioError(f"is {between[0]:g}, between two steps of {self.step:g} {self.unit}".rstrip())
        return steps.astype(np.int64)

    @property
    def is_whole(self) -> bool:
        """Whether it only has whole numbers."""
        return bool(self.step) and self.step == int(self.step) and self.low == int(self.low)

    def even_places(self, most: int) -> Float[Array, " places"]:
        """So many places from end to end, or one for each value if it has fewer."""
        if not self.count:
            return np.linspace(0.0, 1.0, most)
        values = np.unique(np.rint(np.linspace(0, self.count - 1, min(most, self.count))))
        return (values + 0.5) / self.count


def knobs(scenario: Scenario, given: Sequence[str], settings: Mapping[str, str]) -> tuple[Knob, ...]:
    """What `--vary` asks for, each of it found in the scenario; refuses what is not there, or asked for twice."""
    found: list[Knob] = []
    for word in given:
        key, equals, span = (part.strip() for part in word.partition("="))
        if not key or not equals:
            raise Refused(f"--vary {word}: {FORM}")
        if key in settings:
            raise Refused(f"--vary {word}: {key} is also given by --set; take one of them out")
        one = _knob(scenario, key, span)
        for other in found:
            if other.key == one.key or {*one.labels, *one.dials} & {*other.labels, *other.dials}:
                raise Refused(f"--vary {word}: moves what --vary {other.key} moves already; take one of them out")
        found.append(one)
    if not found:
        raise Refused(f"--vary: says nothing to vary; {FORM}")
    return tuple(found)


def _knob(scenario: Scenario, key: str, span: str) -> Knob:
    """One number by its name, and its ends."""
    where = f"--vary {key}={span}"
    numbers, _, unit = span.partition(" ")
    try:
        low, high = (float(part) for part in numbers.split(":"))
    except ValueError:
        raise Refused(f"{where}: {FORM}") from None
    if not np.isfinite([low, high]).all():
        raise Refused(f"{where}: {FORM}")
    if low >= high:
        raise Refused(f"{where}: goes from {low:g} to {high:g}; write the smaller number first, and two that differ")
    try:
        return knob_of(scenario, key, low, high, unit)
    except ScenarioError as error:
        raise Refused(f"{where}: {error}") from None


def knob_of(scenario: Scenario, key: str, low: float, high: float, unit: str = "") -> Knob:
    """A number of a scenario by its name, between two ends that may be equal; raises ScenarioError, without the name."""
    if key == LENGTH:
        low, high = _whole(low, high)
    begins = scenario.begins
    ends = [_changed(scenario, *_as_set(begins, key, end, unit)) for end in (low, high)]
    if key == LENGTH:
        return Knob(key, low, high, "quarters", "quarters after which a game ends", 1.0)
    rows = np.flatnonzero((ends[0].levels != ends[1].levels) | (ends[0].levels != begins.levels))
    if rows.size:
        return _of_dials(scenario, key, ends, rows)
    first, last = (_filled(begins, end, key) for end in ends)
    if not first:
        return Knob(key, low, high, "", "a dial that stands there already")
    if len({*first.values()}) > 1 or len({*last.values()}) > 1:
        raise ScenarioError("is a row of numbers; name one of them as tables do, such as opening.NAME.WHOSE.0")
    return _of_cells(key, min(first.values()), min(last.values()), tuple(first))


def _changed(scenario: Scenario, key: str, value: str) -> Start:
    try:
        return scenario.changed({key: value}).begins
    except ScenarioError as error:
        raise ScenarioError(str(error).partition(": ")[2] or str(error)) from None


def _filled(before: Start, after: Start, key: str) -> dict[str, float]:
    """The cells that a setting has filled, by label; of a row, the one that is named."""
    found: dict[str, float] = {}
    for kind in ("quantities", "coefficients"):
        for name, filling in getattr(after, kind).items():
            old = getattr(before, kind)[name].cells
            if filling.cells is not old:
                found |= {filling.named(at): one.value for at, one in filling.cells.items() if old.get(at) is not one}
    return {key: found[key]} if key in found else found


def _as_set(begins: Start, key: str, value: float, unit: str) -> tuple[str, str]:
    """A number by the name that it has for `--set`, where it is given as tables call it, and what to set.

    Tables say `opening.stacks.huawei`, settings `huawei.open.stacks`; a row of numbers is set as a whole.
    """
    text = f"{value!r} {unit}".strip()
    head, *rest = key.split(".")
    if head != "opening" or not rest:
        return key, text
    name, *cell = rest
    filling = begins.quantities.get(name)
    if filling is not None and cell and cell[-1].isdigit() and len(cell) == len(filling.names):
        *cell, at = cell
        text = ",".join(_row(filling, cell, int(at), value))
    first = cell[:1]
    is_owned = bool(first) and first[0] != "outside" and (filling is None or written_axes(name)[0] in OWNED)
    return ".".join((*first, "open", name, *cell[1:]) if is_owned else ("open", name, *cell)), text


def _row(filling: Filling, cell: Sequence[str], at: int, value: float) -> Iterator[str]:
    """A row of numbers as it is written, with one of them put in; none where there is no such row."""
    for number in filling.names[-1]:
        try:
            place = filling.place(".".join((filling.label, *cell, number)))
        except ValueError:
            yield repr(value)
            return
        one = filling.cells.get(place)
        yield repr(value if int(number) == at else filling.default if one is None else one.value)


def _of_cells(key: str, low: float, high: float, labels: tuple[str, ...]) -> Knob:
    """A knob that fills cells."""
    kind, name, *_ = labels[0].split(".")
    about = coefficients()[name].metadata if kind == "rules" else columns()[name].metadata
    if kind == "rules" or np.dtype(about["dtype"]).kind not in "iub":
        return Knob(key, low, high, about["unit"], about["doc"], labels=labels)
    low, high = _whole(low, high)
    return Knob(key, low, high, about["unit"], about["doc"], 1.0, labels)


def _of_dials(scenario: Scenario, key: str, ends: Sequence[Start], rows: Array) -> Knob:
    """A knob that sets dials."""
    dial = book_of(scenario.cast).dials[rows[0]]
    first, last = (int(end.levels[rows[0]]) for end in ends)
    amount = dial.amount
    return Knob(
        key,
        amount.value(first),
        amount.value(last),
        amount.unit,
        f"on the opening day, {dial.kind.name}: {amount.help}",
        step=amount.step,
        dials=tuple(int(row) for row in rows),
        lowest=first,
    )


def _whole(low: float, high: float) -> tuple[float, float]:
    """The ends drawn in to whole numbers."""
    if low == high == int(low):
        return low, high
    if ceil(low) >= floor(high):
        raise ScenarioError("holds one whole number at most; write a range that holds several")
    return float(ceil(low)), float(floor(high))


def varied(some: Sequence[Knob], numbers: Sequence[Array]) -> Varied:
    """The numbers of a batch of games, from those of each knob."""
    cells: dict[str, Array] = {}
    levels: dict[int, Array] = {}
    lengths = None
    for knob, values in zip(some, numbers, strict=True):
        cells |= dict.fromkeys(knob.labels, values.astype(float))
        if knob.dials:
            levels |= dict.fromkeys(knob.dials, knob.lowest + knob.steps_to(values))
        if knob.key == LENGTH:
            lengths = knob.steps_to(values) + int(knob.low)
    return Varied(cells, levels, lengths)
