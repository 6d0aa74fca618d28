"""Markets: where makers meet buyers, and how the money that buyers mean to spend becomes whole chips."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float, Int

from world.cast import Cast
from world.flows import Groups, groups, safe_ratio, together

Array = np.ndarray


@dataclass(frozen=True)
class Market:
    """Where one side's makers meet the buyers of some countries: those near come first, those far after them."""

    buyers: Int[Array, " buyers"]
    near: int
    """How many of the buyers are near."""
    makers: slice | Int[Array, " makers"]
    products: Int[Array, " products"]
    shelf: slice | Int[Array, " products"]
    """The products as a slice, where they stand together."""
    by_maker: Groups
    """Products grouped by their place among the makers."""
    taste: Float[Array, "makers buyers 1"]
    slot: Int[Array, "products buyers"]
    """The slot of every product and buyer; -1 where the buyer would not buy from the maker."""


@dataclass(frozen=True)
class Markets:
    """The three markets: between them they hold every slot, each once."""

    licensed: Market
    """Foreign chips in China."""
    open: Market
    """Foreign chips elsewhere; far are the countries on the smuggling routes."""
    domestic: Market
    """Chinese chips; far is abroad."""


@cache
def markets(cast: Cast) -> Markets:
    """The markets of a cast."""
    home, third = cast.in_region("cn"), cast.in_region("third")
    others = np.concatenate([cast.in_region("us"), third])
    on_route = cast.is_swing[others]
    return Markets(
        licensed=market(cast, False, home, third[:0]),
        open=market(cast, False, others[~on_route], others[on_route]),
        domestic=market(cast, True, home, third),
    )


def market(cast: Cast, chinese: bool, near: Int[Array, " near"], far: Int[Array, " far"]) -> Market:
    """The market of one side's products among some buyers."""
    buyers = np.concatenate([near, far])
    side = cast.seat_bloc("chipmaker") == chinese
    makers = np.flatnonzero(side & (cast.taste[:, buyers] > 0).any(axis=1))
    slot = cast.slot_of[:, buyers]
    products = np.flatnonzero((cast.is_cn_product == chinese) & (slot >= 0).any(axis=1))
    place = np.searchsorted(makers, np.array(cast.product_maker)[products])
    return Market(
        buyers=buyers,
        near=near.size,
        makers=together(makers),
        products=products,
        shelf=together(products),
        by_maker=groups(place.tolist(), makers.size),
        taste=cast.taste[makers][:, buyers, None],
        slot=slot[products],
    )


@dataclass(frozen=True)
class Trades:
    """Chips that change hands on a market, of the products that sell in any world: whole numbers, kept as floats."""

    place: Market
    asked: Float[Array, "makers worlds"]
    """Money that was meant for each maker."""
    rows: Int[Array, " selling"]
    """Which of the market's products sell."""
    sold: Float[Array, "selling worlds"]
    near: Float[Array, "selling worlds"]
    """How many of those go to buyers that are near."""
    chips: Float[Array, "selling buyers worlds"]
    bill: Float[Array, "buyers worlds"]
    """What each buyer pays."""

    @property
    def products(self) -> Int[Array, " selling"]:
        """The products that sell."""
        return self.place.products[self.rows]

    def by_maker(
        self, chips: Float[Array, "selling worlds"], figure: Float[Array, "products worlds"]
    ) -> Float[Array, "makers worlds"]:
        """What some chips of each maker come to, counting a figure of each product that is whole or on the grid."""
        worth = np.zeros((self.place.products.size, chips.shape[-1]))
        worth[self.rows] = chips * figure[self.products]
        return self.place.by_maker.summed(worth)


def come_to(
    chips: Float[Array, "selling buyers worlds"], figure: Float[Array, "selling worlds"]
) -> Float[Array, "buyers worlds"]:
    """What each buyer's chips come to, counting a figure of each product that is whole or on the grid."""
    return np.add.reduce(chips * figure[:, None], axis=0)


def handed_out(
    place: Market,
    prices: Float[Array, "products worlds"],
    sold: Float[Array, "offered worlds"],
    wanted: Float[Array, "makers places worlds"],
    asked: Float[Array, "makers worlds"],
) -> Trades:
    """Whole chips for every product and buyer: the money wanted before each buyer is scaled to chips and rounded.

    So nothing is lost, and nobody is off by more than a chip.
    """
    rows = np.flatnonzero(sold.any(axis=1))
    maker = place.by_maker.index[rows]
    sold = sold[rows]
    before = wanted.take(maker, axis=0)
    before *= safe_ratio(sold, before[:, -1])[:, None]
    np.rint(before, out=before)
    chips = before[:, 1:] - before[:, :-1]
    bill = come_to(chips, prices[place.products[rows]])
    return Trades(place, asked, rows, sold, before[:, place.near], chips, bill)


def rescale(wanted: Float[Array, "makers places worlds"], near: int, by_near: Array | None, by_far: Array) -> None:
    """Scale (in place) the money that near and far buyers want, given as sums before each buyer."""
    border = wanted[:, near].copy()
    far = wanted[:, near + 1 :]
    far -= border[:, None]
    far *= by_far[:, None]
    if by_near is not None:
        wanted[:, : near + 1] *= by_near[:, None]
    far += wanted[:, near, None]
