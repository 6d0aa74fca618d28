"""Origins: where a number on a screen comes from - what the seat saw of it in each quarter, and the sources it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from jaxtyping import Bool

from play.quantities import Quantity
from world.cast import Cast
from world.facts import Fact, facts
from world.rules import coefficients
from world.scenario import Scenario
from world.scenario_numbers import Quantity as Number
from world.state import TWICE, World, axes_of, columns, replace, take
from world.view import Seen, View

Array = np.ndarray

FILLINGS = (0.0, 1.0, 2.0, 3.0, 4.0, 37.25)
"""What stands where a seat sees nothing, the codes of what may limit a maker among them; a quantity that is the same with
all of them follows from what it sees."""


@dataclass(frozen=True)
class Given:
    """A number of the scenario that a quantity rests on."""

    label: str
    whose: str
    """The names along its axes, with dots between."""
    doc: str
    numbers: tuple[float, ...]
    """The number, or the ends of the range that it is drawn from."""
    unit: str
    source: str
    fact: Fact | None

    @property
    def column(self) -> str:
        """The column or the coefficient that it opens."""
        return self.label.partition(".")[0]


def without_hidden(cast: Cast, seen: Mapping[str, Seen], filling: float) -> World:
    """A world of what one seat sees, with one number wherever it sees nothing."""
    changed = {
        name: one.values
        if one.is_seen.all()
        else np.where(one.is_seen[..., None], one.values, np.asarray(filling).astype(one.values.dtype))
        for name, one in seen.items()
    }
    return World(cast=cast, **changed)


def filled(view: View) -> tuple[World, ...]:
    """Worlds of what one seat sees, with different numbers wherever it sees nothing."""
    seen = {name: view.seen(name) for name in columns()}
    return tuple(without_hidden(view.cast, seen, filling) for filling in FILLINGS)


def seen_exactly(worlds: Sequence[World], asked: Quantity) -> float | None:
    """The quantity, where it is the same in all worlds that were filled from one view; None where the seat only estimates it."""
    with np.errstate(all="ignore"):
        values = [float(asked.of(world)[0]) for world in worlds]
    if not all(np.isfinite(values)) or max(values) - min(values) > 1e-9 * max(1.0, abs(values[0])):
        return None
    return values[0]


def imagined_range(worlds: World, asked: Quantity) -> tuple[float, ...] | None:
    """The 5, 25, 50, 75 and 95 % of the quantity over imagined worlds; None where it is no number in any."""
    values = asked.of(worlds).astype(float)
    values = values[np.isfinite(values)]
    if not values.size:
        return None
    return tuple(float(value) for value in np.percentile(values, (5, 25, 50, 75, 95)))


class _Watched(World):
    """A world that notes which columns are read."""

    def __getattribute__(self, name: str) -> Any:
        if name in columns():
            object.__getattribute__(self, "__dict__")["_read"][name] = None
        return object.__getattribute__(self, name)


def columns_of(world: World, asked: Quantity) -> tuple[str, ...]:
    """The columns that a quantity is read from, in the order in which they are read."""
    watched = object.__new__(_Watched)
    watched.__dict__.update(world.__dict__)
    read: dict[str, None] = {}
    watched.__dict__["_read"] = read
    with np.errstate(all="ignore"):
        asked.of(watched)
    return tuple(read)


def rows_of(world: World, asked: Quantity, names: Sequence[str]) -> Mapping[str, Bool[Array, " rows"]]:
    """Which rows of some columns a quantity follows: those whose change changes it, in one world."""
    two = take(world, TWICE)
    found = {}
    with np.errstate(all="ignore"):
        before = asked.of(two)
        for name in names:
            values = getattr(two, name)
            if values.ndim < 2:
                continue
            rows = np.zeros(values.shape[0], dtype=bool)
            for row in range(rows.size):
                moved = values.copy()
                moved[row] = (
                    ~moved[row] if values.dtype.kind == "b" else moved[row] + np.asarray(5).astype(values.dtype)
                )
                rows[row] = not np.array_equal(before, asked.of(replace(two, **{name: moved})), equal_nan=True)
            if rows.any():
                found[name] = rows
    return found


RESTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lead": ("score", "record_score", "eci_per_order", "diffusion_half_life", "algorithm_growth", "release_luck"),
        "record_score": ("score", "eci_per_order", "diffusion_half_life", "algorithm_growth", "release_luck"),
        "score": ("eci_per_order", "algorithm_growth", "diffusion_half_life", "release_luck", "least_run_flop"),
        "installed": ("chips", "h100e", "retirement", "budget_growth", "budget_growth_cn"),
        "usable": ("chips", "h100e", "software", "mtbf", "scaling_loss", "power_elasticity"),
        "packed": (
            "capacity",
            "defect_density",
            "pack_capacity",
            "stacks",
            "learning_slope",
            "pair_yield",
            "final_yield",
        ),
        "die_yield": (
            "defect_density",
            "learning_slope",
            "critical_area_cn",
            "critical_area",
            "clustering",
            "floor_duv",
        ),
        "pack_yield": (
            "defect_density",
            "pair_yield",
            "final_yield",
            "blind_penalty",
            "clustering",
            "critical_area_cn",
        ),
        "started": ("capacity", "phone_demand", "directive", "foresight"),
        "capacity": ("coming", "wafer_capex", "tool_denial", "fund_effect"),
        "stacks": ("memory_capacity", "stack_capex", "rush", "memory_to_others"),
        "landed": ("route_capacity", "risk_base", "risk_officer", "risk_transit", "smuggling_cost", "premium_limit"),
        "caught": ("route_capacity", "risk_base", "risk_officer", "risk_transit", "risk_tolerance"),
        "premium": ("premium_limit", "demand_elasticity", "smuggling_cost"),
        "rented": ("rent_supply", "rent_elasticity", "rent_floor", "renting"),
        "rent_price": ("rent_elasticity", "rent_floor", "rent_ceiling"),
        "sold": ("income", "plan", "price_elasticity", "list_price"),
        "stance": ("stance_drift", "lobby_effect", "seizure_news", "release_news"),
        "approval": ("approval_drift", "comfortable_lead"),
        "capital": ("capital_income", "capital_limit"),
        "software": ("software_learning", "software_effort"),
        "cuda_share": ("foreclosure", "cuda_pull"),
    }
)
"""What a column follows from besides its opening: other columns' openings, and coefficients of the rules."""


def givens_of(
    scenario: Scenario,
    names: Sequence[str],
    asked: str = "",
    rows: Mapping[str, Bool[Array, " rows"]] = MappingProxyType({}),
) -> tuple[Given, ...]:
    """The scenario's numbers that some columns rest on: the very cell first, then those that cite a fact.

    Of columns with `rows`, only those rows count, and of other columns only what belongs to the same actors.
    """
    begins, found = scenario.begins, []
    every = dict.fromkeys([*names, *(more for name in names for more in RESTS.get(name, ()))])
    relatives = relatives_of(begins.cast, rows)
    for rank, name in enumerate(every):
        is_rule = name in begins.coefficients
        filling = begins.coefficients[name] if is_rule else begins.quantities.get(name)
        if filling is None:
            continue
        about = (coefficients() if is_rule else columns())[name].metadata
        for place, number in filling.cells.items():
            if not (is_rule or counts(begins.cast, name, place, rows, relatives)):
                continue
            label = filling.named(place).partition(".")[2]
            own = rank < len(names)
            key = (label != asked, not own, not number.fact, rank)
            whose = label.removeprefix(name).removeprefix(".")
            found.append(
                (key, Given(label, whose, about["doc"], _numbers(number), about["unit"], number.source, _fact(number)))
            )
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def counts(
    cast: Cast, name: str, place: Sequence[int], rows: Mapping[str, Array], relatives: Mapping[str, set[int]]
) -> bool:
    """Whether a cell of the opening is of a row that counts, or of an actor to whom one belongs."""
    axis = axes_of(name)[0]
    row = int(cast.slot_of[tuple(place)]) if axis == "slots" else place[0] if place else 0
    if name in rows:
        return bool(rows[name][row])
    if axis == "slots":
        return cast.slot_product[row] in relatives.get("products", {cast.slot_product[row]})
    return row in relatives.get(axis, {row})


def relatives_of(cast: Cast, rows: Mapping[str, Array]) -> dict[str, set[int]]:
    """By axis, whom the rows of products and chipmakers belong to: the products, their makers, and those makers' foundries."""
    found: dict[str, set[int]] = {}
    for name, counted in rows.items():
        axis = axes_of(name)[0]
        if axis in ("products", "chipmakers"):
            found.setdefault(axis, set()).update(np.flatnonzero(counted).tolist())
    makers = {int(cast.product_maker[product]) for product in found.get("products", ())} | found.get(
        "chipmakers", set()
    )
    if makers:
        mine = {row for row, maker in enumerate(cast.product_maker) if maker in makers}
        foundries = {int(cast.by_foundry.index[maker]) for maker in makers}
        found = {"products": found.get("products", mine), "chipmakers": makers, "foundries": foundries}
    return found


def _fact(number: Number) -> Fact | None:
    return facts().get(number.fact) if number.fact else None


def _numbers(number: Number) -> tuple[float, ...]:
    """The number, or the ends of the range that it is drawn from."""
    if number.low is None or number.high is None:
        return (number.value,)
    return (number.low, number.high)


def plain(value: float) -> str:
    """A number without needless digits."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
