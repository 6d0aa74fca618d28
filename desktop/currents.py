"""Currents: from a batch of worlds, how much compute passed between which sites and through which channel.

The same that `play.movements` lists for a record, added up by site, for every world of the batch: in a seat's imagined
worlds the spread is what the seat does not know, in the true one it is the truth. Unit: H100e a quarter.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from desktop.places import Places
from world.cast import Cast
from world.flows import safe_ratio
from world.state import World
from world.view import View

Array = np.ndarray

CHANNELS = ("licensed", "domestic_us", "domestic_cn", "export_cn", "smuggled", "proxy", "remote")
"""How compute passes. `licensed` is what US-aligned makers sell into China and elsewhere abroad, `export_cn` what Chinese
makers sell abroad. `proxy` is dies that front companies obtain: they come to market later, as domestic sales."""
PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)


@dataclass(frozen=True, order=True)
class Route:
    """From a site to a site, through a channel."""

    channel: str
    start: str
    end: str


Currents = dict[Route, Float[Array, " worlds"]]


def currents_of(before: World | None, after: World, places: Places) -> Currents:
    """What passed in the quarter from `before` to `after`; nothing where there was no quarter yet."""
    found: Currents = {}
    if before is None:
        return found
    for parts in (sales(after, places), landings(before, after, places), rents(after, places), fronts(after, places)):
        for route, h100e in parts:
            found[route] = found.get(route, 0.0) + h100e
    return {route: h100e for route, h100e in sorted(found.items()) if h100e.any()}


def sales(after: World, places: Places) -> Iterator[tuple[Route, Array]]:
    """Chips sold: under licence into China and abroad, at home on either side."""
    cast = after.cast
    h100e = after.sold * after.h100e[cast.slot_product].astype(float)
    makers = cast.names["chipmakers"]
    for slot, amount in enumerate(h100e):
        if not amount.any():
            continue
        owner = cast.owners[int(cast.slot_owner[slot])]
        start = places.of_maker(cast, makers[cast.product_maker[int(cast.slot_product[slot])]])
        if cast.is_slot_licensed[slot]:
            yield Route("licensed", start, places.gates["licensed"]), amount
            continue
        for end, share in places.of_owner(cast, owner).items():
            yield Route(sale_channel(cast, owner, slot), start, end), amount * share


def sale_channel(cast: Cast, owner: str, slot: int) -> str:
    """How a sale is drawn that is not one of a foreign maker into China: at home in either bloc, or abroad."""
    region = cast.owner_region[cast.owners.index(owner)]
    abroad = "export_cn" if cast.is_slot_cn_product[slot] else "licensed"
    return {"us": "domestic_us", "cn": "domestic_cn"}.get(region, abroad)


def landings(before: World, after: World, places: Places) -> Iterator[tuple[Route, Array]]:
    """Smuggled chips that reached China, by the network that brought them."""
    cast = after.cast
    landed = (after.landed.sum(axis=1) * after.h100e[list(cast.goods)].astype(float)).sum(axis=0)
    brought = before.afloat.sum(axis=1) + after.moved - after.caught - after.afloat.sum(axis=1)
    share = shares_of(np.maximum(brought, 0).astype(float), after.moved.astype(float))
    for row, broker in enumerate(cast.names["brokers"]):
        yield Route("smuggled", places.of_route(cast, broker), places.gates["smuggled"]), landed * share[row]


def rents(after: World, places: Places) -> Iterator[tuple[Route, Array]]:
    """Compute that labs rent abroad, by what each cloud may let."""
    cast = after.cast
    rented = after.rented.sum(axis=0).astype(float)
    clouds = np.flatnonzero(cast.is_cloud)
    allowed = View(after, (0,)).rule("host_compute", "share")[np.maximum(cast.cloud_host[clouds], 0)]
    let = after.usable[clouds].astype(float)
    share = shares_of(let * allowed, let)
    for row, cloud in enumerate(clouds):
        for start, part in places.of_owner(cast, cast.owners[int(cloud)]).items():
            yield Route("remote", start, places.gates["remote"]), rented * share[row] * part


def fronts(after: World, places: Places) -> Iterator[tuple[Route, Array]]:
    """Dies that front companies got from a foreign foundry, in H100e."""
    cast, product = after.cast, after.cast.proxy_product
    per_die = after.h100e[product].astype(float) / np.maximum(after.dies[product], 1)
    maker = cast.names["chipmakers"][cast.product_maker[product]]
    brokers = np.flatnonzero(cast.is_front)
    start = places.of_route(cast, cast.names["brokers"][int(brokers[0])]) if brokers.size else places.blocs["us"]
    yield Route("proxy", start, places.of_seat(cast, maker)), after.proxy_dies * per_die


def shares_of(parts: Float[Array, "parts worlds"], else_by: Float[Array, "parts worlds"]) -> Float[Array, "..."]:
    """Parts as shares of their sum; where that is nothing, by something else, and else evenly."""
    even = np.full(parts.shape, 1.0 / max(1, parts.shape[0]))
    other = np.where(else_by.sum(axis=0) > 0, safe_ratio(else_by, else_by.sum(axis=0)), even)
    return np.where(parts.sum(axis=0) > 0, safe_ratio(parts, parts.sum(axis=0)), other)


def installed_of(world: World, places: Places) -> dict[str, Float[Array, " worlds"]]:
    """Compute installed at each site, at peak (H100e)."""
    found: dict[str, Array] = {}
    for row, owner in enumerate(world.cast.owners):
        for site, share in places.of_owner(world.cast, owner).items():
            found[site] = found.get(site, 0.0) + world.installed[row].astype(float) * share
    return found


@dataclass(frozen=True)
class Five:
    """A quantity as far as it is known: the 5th, 25th, 50th, 75th and 95th percentile of imagined worlds, in H100e."""

    low: float
    near: float
    middle: float
    far: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether all imagined worlds agree to a thousandth, so that there is no range to tell."""
        return self.high - self.low <= 1e-3 * abs(self.middle) + 1e-9


def five_of(values: Float[Array, " worlds"]) -> Five:
    """The percentiles of some worlds."""
    return Five(*(float(value) for value in np.percentile(values, PERCENTILES)))
