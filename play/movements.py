"""Movements: who passed what to whom in each quarter and through which channel, as rows of arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float, Int, Num

from play.record import Quarter, Record
from world.cast import Cast

Array = np.ndarray

CHANNELS = ("licensed", "domestic", "export", "smuggled", "seized", "rented", "proxy")
BROKERS, CUSTOMS, CLOUDS, FRONTS = "brokers", "customs", "clouds-abroad", "front-companies-abroad"
"""Who stands at an end of a movement without being an owner or a maker."""
COMPUTE = "compute"
"""What is rented, as a product."""


@dataclass(frozen=True)
class Movements:
    """Rows sorted by game, quarter and channel; names are numbers in `parties` and `products`."""

    cast: Cast
    world: Int[Array, " rows"]
    turn: Int[Array, " rows"]
    giver: Int[Array, " rows"]
    taker: Int[Array, " rows"]
    product: Int[Array, " rows"]
    channel: Int[Array, " rows"]
    chips: Int[Array, " rows"]
    """Chips; dies where the channel is `proxy`, and 0 where it is `rented`."""
    h100e: Float[Array, " rows"]

    @cached_property
    def book(self) -> "Names":
        """What the numbers stand for."""
        return Names(self.cast)

    def __len__(self) -> int:
        return int(self.world.size)


@dataclass(frozen=True)
class Names:
    """Everybody at either end of a movement, and everything that moves."""

    cast: Cast

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Makers, brokers, owners, and those who are in the game without a name."""
        named = (*self.cast.names["chipmakers"], *self.cast.names["brokers"], *self.cast.owners)
        return tuple(dict.fromkeys((*named, BROKERS, CUSTOMS, CLOUDS, FRONTS)))

    @cached_property
    def products(self) -> tuple[str, ...]:
        """The products, and compute."""
        return (*self.cast.products, COMPUTE)

    def party(self, names: tuple[str, ...]) -> Int[Array, " some"]:
        """The numbers of parties."""
        return np.array([self.parties.index(name) for name in names], dtype=np.int16)


Rows = tuple[Array, Array, Array, Array, Array, Array, Array]
"""World, giver, taker, product, channel, chips, H100e."""


def movements(record: Record) -> Movements:
    """Everything that moved in a record."""
    names, played = Names(record.cast), record.is_played()
    found: list[list[Array]] = [[] for _ in range(8)]
    for at, quarter in enumerate(record.quarters[1:]):
        before = record.quarters[at]
        for rows in _of_quarter(names, before, quarter):
            lived = played[at][rows[0]]
            turn = quarter.turn[rows[0]]
            for column, values in zip(found, (rows[0], turn, *rows[1:]), strict=True):
                column.append(values[lived])
    columns = [np.concatenate(column) if column else np.zeros(0) for column in found]
    order = np.argsort(columns[0].astype(np.int64), kind="stable")
    return Movements(record.cast, *(column[order] for column in columns))


def _of_quarter(names: Names, before: Quarter, after: Quarter) -> Iterator[Rows]:
    yield _sales(names, after)
    yield _landings(names, after)
    yield _seizures(names, before, after)
    yield _rents(names, after)
    yield _proxies(names, after)


def _moved(moved: Num[Array, "slots worlds"]) -> tuple[Array, Array, Array]:
    """World, slot and number of everything that is not zero, world by world."""
    turned = np.ascontiguousarray(moved.T)
    world, slot = np.nonzero(turned)
    return world, slot, turned[world, slot]


def _sales(names: Names, quarter: Quarter) -> Rows:
    cast = names.cast
    world, slot, chips = _moved(quarter.sold)
    product, owner = cast.slot_product[slot], cast.slot_owner[slot]
    makers, owners = names.party(cast.names["chipmakers"]), names.party(cast.owners)
    abroad = np.array(cast.owner_region) == "third"
    by_slot = np.where(
        cast.is_slot_licensed,
        CHANNELS.index("licensed"),
        np.where(abroad[cast.slot_owner], CHANNELS.index("export"), CHANNELS.index("domestic")),
    )
    h100e = chips * quarter.h100e[product, world].astype(float)
    maker = makers[np.array(cast.product_maker)[product]]
    return world, maker, owners[owner], product, by_slot[slot], chips, h100e


def _landings(names: Names, quarter: Quarter) -> Rows:
    cast = names.cast
    goods, owners, worlds = quarter.landed.shape
    world, slot, chips = _moved(quarter.landed.reshape(goods * owners, worlds))
    product, owner = np.array(cast.goods)[slot // owners], slot % owners
    giver = np.full(world.size, names.parties.index(BROKERS))
    h100e = chips * quarter.h100e[product, world].astype(float)
    channel = np.full(world.size, CHANNELS.index("smuggled"))
    return world, giver, names.party(cast.owners)[owner], product, channel, chips, h100e


def _seizures(names: Names, before: Quarter, after: Quarter) -> Rows:
    """Chips that customs took from each network; what was taken in a quarter is of one product."""
    cast = names.cast
    goods = np.array(cast.goods)
    taken = goods[(after.seized[goods] - before.seized[goods]).argmax(axis=0)]
    world, broker, chips = _moved(after.caught)
    giver = names.party(cast.names["brokers"])[broker]
    taker = np.full(world.size, names.parties.index(CUSTOMS))
    h100e = chips * after.h100e[taken[world], world].astype(float)
    channel = np.full(world.size, CHANNELS.index("seized"))
    return world, giver, taker, taken[world], channel, chips, h100e


def _rents(names: Names, quarter: Quarter) -> Rows:
    world, lab, h100e = _moved(quarter.rented)
    giver = np.full(world.size, names.parties.index(CLOUDS))
    taker = names.party(names.cast.names["labs"])[lab]
    product = np.full(world.size, names.products.index(COMPUTE))
    channel = np.full(world.size, CHANNELS.index("rented"))
    chips = np.zeros(world.size, dtype=np.int64)
    return world, giver, taker, product, channel, chips, h100e.astype(float)


def _proxies(names: Names, quarter: Quarter) -> Rows:
    cast = names.cast
    product = cast.proxy_product
    world, _, dies = _moved(quarter.proxy_dies[None])
    giver = np.full(world.size, names.parties.index(FRONTS))
    maker = names.party(cast.names["chipmakers"])[cast.product_maker[product]]
    per_die = quarter.h100e[product, world].astype(float) / np.maximum(quarter.dies[product, world], 1)
    channel = np.full(world.size, CHANNELS.index("proxy"))
    return (
        world,
        giver,
        np.full(world.size, maker),
        np.full(world.size, product),
        channel,
        dies,
        dies * per_die,
    )
