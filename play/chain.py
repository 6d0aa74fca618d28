"""Chain: what became of the dies of some makers in one quarter, in each of many worlds, and what held their output back.

Over a quarter dies are kept: what leaves the fab, comes through front companies and is drawn from stock is scrapped,
lost with a bad partner, put into finished chips, or laid into stock.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np

from world.flows import exp, log1p, safe_ratio
from world.phases.packaging import DEMAND, LOGIC, MEMORY, PACKAGING, need_of_memory, pairs_ready
from world.rules import Rules
from world.state import World, replace
from world.turn import layout_of
from world.yields import on_its_node, packages_per_die, wafers_of_products

Array = np.ndarray

INPUTS = {LOGIC: "dies", MEMORY: "memory", PACKAGING: "packaging", DEMAND: "demand"}
"""What can hold output back, by the number that the rules give it."""


def test_share(world: World) -> Array:
    """The share of dies that makers test before pairing them, a row for each maker."""
    layout = layout_of(world.cast)
    place = layout.places["test_dies"].dials["share"]
    return layout.in_force(world)[place] * layout.step[place] + layout.low[place]


def dies_between(before: World, after: World, mine: Array) -> Mapping[str, Array]:
    """Dies of the chosen products in the quarter between two states, each in every world.

    `started`, `out` (of the fab), `proxy` (through front companies), `bad` (did not work), `lost` (good ones, with a bad
    partner or in packaging), `used` (in finished chips), `drawn` (from stock; below zero: laid into it), and `chips`.
    """
    cast = after.cast
    none = np.zeros(after.seed.size)
    proxy = after.proxy_dies.astype(float) if mine[cast.proxy_product] else none
    out = before.dies_coming[:, 0].astype(float)
    tested = np.floor(out * test_share(after)[np.array(cast.product_maker)])
    good = after.die_yield.astype(float)
    failed = tested - np.floor(tested * good)
    from_raw = before.dies_raw + out - tested - after.dies_raw
    from_raw[cast.proxy_product] += after.proxy_dies
    scrapped = (after.dies_scrapped - before.dies_scrapped)[mine].astype(float)
    bad = np.clip(np.rint(failed + np.maximum(from_raw, 0.0) * (1 - good))[mine], 0.0, scrapped)
    used = (after.packed[mine] * after.dies[mine].astype(float)).sum(axis=0)
    return {
        "started": (after.dies_made - before.dies_made)[mine].sum(axis=0) - proxy,
        "out": out[mine].sum(axis=0),
        "proxy": proxy,
        "bad": bad.sum(axis=0),
        "lost": (scrapped - bad).sum(axis=0),
        "used": used,
        "drawn": stock_of(before, mine) - stock_of(after, mine),
        "chips": after.packed[mine].sum(axis=0).astype(float),
    }


def balanced(found: Mapping[str, Array]) -> dict[str, Array]:
    """The dies of a quarter with those that were `taken` to be tested and packaged, so that what comes in goes out.

    In a world that is true they balance. In imagined ones a seat's own books are written over what was imagined: what they
    leave open came through front companies where the seat sees what left the fab, else out of the fab.
    """
    taken = found["bad"] + found["lost"] + found["used"]
    out, proxy, drawn = found["out"], found["proxy"], found["drawn"]
    knows_fab = taken.size > 1 and bool((out == out[0]).all()) and bool((taken == taken[0]).all())
    if knows_fab and proxy.any():
        proxy = np.maximum(taken - out - drawn, 0.0)
    elif not knows_fab:
        out = np.maximum(taken - proxy - drawn, 0.0)
    return {**found, "taken": taken, "out": out, "proxy": proxy, "drawn": taken - out - proxy}


def when_packed(world: World, proxy: Array) -> World:
    """The world with the dies that packaging left in stock: those through front companies come only after it."""
    tested, product = world.dies_tested.copy(), world.cast.proxy_product
    tested[product] = np.maximum(tested[product] - proxy, 0)
    return replace(world, dies_tested=tested)


def stock_of(world: World, mine: Array) -> Array:
    """Dies of the chosen products in stock, tested and untested, in every world."""
    return (world.dies_raw + world.dies_tested)[mine].sum(axis=0).astype(float)


@dataclass(frozen=True)
class Span:
    """A number over many worlds: its average, and the range that holds nine in ten."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Array) -> "Span":
        """The average and the range of some values; those that are no numbers left out."""
        known = values[np.isfinite(values)]
        if not known.size:
            return cls(float("nan"), float("nan"), float("nan"))
        low, high = np.percentile(known, (5, 95))
        return cls(float(known.mean()), float(low), float(high))

    @property
    def is_exact(self) -> bool:
        """Whether all worlds agree."""
        return bool(np.isclose(self.low, self.high, rtol=1e-9, atol=1e-9))


@dataclass(frozen=True, eq=False)
class Quarter:
    """One quarter in many worlds: the states before and after it, the rules, and whether it is still to come."""

    before: World
    after: World
    rules: Rules
    is_ahead: bool = False


@dataclass(frozen=True, eq=False)
class Chain:
    """What became of the dies of the chosen products in a quarter."""

    quarter: Quarter
    mine: Array
    """Which products, as a mask."""

    @cached_property
    def values(self) -> Mapping[str, Array]:
        """Every number of the chain in every world: dies but for `wafers`, `chips` and `h100e`."""
        before, after = self.quarter.before, self.quarter.after
        found = balanced(dies_between(before, after, self.mine))
        found["h100e"] = (after.packed[self.mine] * after.h100e[self.mine].astype(float)).sum(axis=0)
        per_wafer = safe_ratio(found["started"], wafers_of_products(after)[self.mine].sum(axis=0), np.nan)
        found["wafers"] = safe_ratio(found["out"], per_wafer, np.nan)
        found["scrap_share"] = safe_ratio(found["bad"] + found["lost"], found["taken"], np.nan)
        return found

    def span(self, name: str) -> Span:
        """One of these numbers over the worlds."""
        return Span.of(self.values[name])

    @cached_property
    def maker(self) -> int:
        """The maker of most chips among them, by compute; it stands for the others where inputs are told."""
        after = self.quarter.after
        made = np.where(self.mine[:, None], after.packed * after.h100e.astype(float), 0.0).sum(axis=1)
        makers = np.array(after.cast.product_maker)
        own = [
            made[makers == maker].sum() + 1e-9 * self.mine[makers == maker].any() for maker in range(makers.max() + 1)
        ]
        return int(np.argmax(own))

    @cached_property
    def limits(self) -> Mapping[str, Array]:
        """How many chips of its largest maker each input would have allowed in the quarter, in every world."""
        after, rules, maker = self.quarter.after, self.quarter.rules, self.maker
        final = np.broadcast_to(rules.final_yield, (after.seed.size,))
        packed = after.cast.by_maker.summed(after.packed.astype(float))[maker]
        left = after.cast.by_maker.summed(np.add(*pairs_ready(when_packed(after, self.values["proxy"]), rules)))[maker]
        stacks = self.stacks["left"] + self.stacks["used"]
        wanted = after.wanted_packages[maker]
        return {
            "dies": packed + left * final,
            "memory": safe_ratio(stacks, need_of_memory(after)[maker], np.inf) * final,
            "packaging": after.pack_room[maker] * final,
            "demand": np.where(wanted < 0.999 * after.pack_room[maker], wanted.astype(float), np.inf),
        }

    @cached_property
    def least(self) -> Array:
        """The number of the input that would have allowed fewest chips in every world; 0 where nothing held the maker back."""
        least = np.stack([self.limits[name] for name in INPUTS.values()]).argmin(axis=0) + 1
        return np.where(self.quarter.after.binding[self.maker] > 0, least, 0)

    @cached_property
    def held_by(self) -> Array:
        """The number of the input that held the largest maker back in every world: as told, or else what allowed fewest.

        Where worlds differ in it the seat was not told; what it sees of the inputs is written over what was imagined, and
        tells more than what bound before that.
        """
        told = self.quarter.after.binding[self.maker]
        return told if np.ptp(told) == 0 else self.least

    @cached_property
    def agreed_limits(self) -> Mapping[str, Array]:
        """The limits in those worlds in which the least of them is what a seat may know to have bound; in all if in none."""
        agree = self.least == self.held_by
        return {name: values[agree] for name, values in self.limits.items()} if agree.any() else self.limits

    @cached_property
    def bound(self) -> Mapping[str, float]:
        """The share of worlds in which each input held the largest maker back, the largest first."""
        shares = {name: float((self.held_by == number).mean()) for number, name in INPUTS.items()}
        return dict(sorted(shares.items(), key=lambda pair: -pair[1]))

    @cached_property
    def next_behind(self) -> str:
        """The input that would hold it back next, were the first one plenty."""
        first = next(iter(self.bound))
        others = {name: float(np.median(values)) for name, values in self.agreed_limits.items() if name != first}
        return min(others, key=lambda name: others[name])

    @cached_property
    def stacks(self) -> Mapping[str, Array]:
        """Memory stacks of the largest maker: left in stock, received and used in the quarter, in every world."""
        before, after, maker = self.quarter.before, self.quarter.after, self.maker
        used = (before.stacks + after.stacks_in - after.stacks)[maker].astype(float)
        return {
            "left": after.stacks[maker].astype(float),
            "in": after.stacks_in[maker].astype(float),
            "used": used,
            "quarters": safe_ratio(after.stacks[maker].astype(float), used, np.nan),
        }

    @cached_property
    def lines(self) -> Mapping[str, Array]:
        """Packaging of the largest maker: packages that its foundry has room for, and those that were finished."""
        after = self.quarter.after
        packed = after.cast.by_maker.summed(after.packed.astype(float))[self.maker]
        room = after.pack_room[self.maker].astype(float)
        return {"room": room, "used": packed, "share": safe_ratio(packed, room, np.nan)}

    @cached_property
    def die_stock(self) -> Mapping[str, Array]:
        """Dies in stock after the quarter, and the quarters for which they last as dies were taken."""
        stock = stock_of(self.quarter.after, self.mine)
        return {"left": stock, "quarters": safe_ratio(stock, self.values["taken"], np.nan)}

    def at_yield_of(self, foundry: int) -> Mapping[str, Array]:
        """Chips that the same wafers would have given at another foundry's defect density, in every world.

        `by_dies` as dies alone allow, `chips` with memory, packaging and demand as they were, `made` as it went;
        `yield_now` and `yield_then` are the good dies of 100 of the product of which most was made.
        """
        after, rules, cast = self.quarter.after, self.quarter.rules, self.quarter.after.cast
        then = yield_elsewhere(after, rules, foundry)
        orders: Any = SimpleNamespace(test_dies=SimpleNamespace(share=test_share(after)))
        now = after.die_yield.astype(float)
        factor = safe_ratio(
            packages_per_die(after, orders, rules, then), packages_per_die(after, orders, rules, now), 1.0
        )
        packed = after.packed.astype(float)
        more = np.where(self.mine[:, None], packed * np.maximum(factor, 1.0), 0.0)
        by_dies = cast.by_maker.summed(more)[self.maker]
        held = np.minimum.reduce([by_dies, *(self.limits[name] for name in ("memory", "packaging", "demand"))])
        made = cast.by_maker.summed(np.where(self.mine[:, None], packed, 0.0))[self.maker]
        most = int(np.where(self.mine & (np.array(cast.product_maker) == self.maker), packed.mean(axis=1), -1).argmax())
        return {
            "by_dies": by_dies,
            "chips": np.maximum(held, made),
            "made": made,
            "yield_now": now[most],
            "yield_then": then[most],
        }


def yield_elsewhere(world: World, rules: Rules, foundry: int) -> Array:
    """Good dies of 100 of every product, were it made at a foundry's defect density on its node."""
    cast = world.cast
    there = np.broadcast_to(world.defect_density[foundry], world.defect_density[cast.by_foundry.index].shape)
    density = on_its_node(world, there)
    critical = np.where(cast.is_cn_product[:, None], rules.critical_area_cn, rules.critical_area)
    x = density * critical * cast.area[:, None] / 100
    return np.asarray(exp(-rules.clustering * log1p(x / rules.clustering)))


def best_foundry(world: World) -> int:
    """The foundry outside China whose advanced node has the fewest defects."""
    density = np.where(world.cast.seat_bloc("foundry"), np.inf, world.defect_density[:, 1].mean(axis=1))
    return int(density.argmin())
