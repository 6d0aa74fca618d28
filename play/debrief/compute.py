"""Compute: through which channels China got it, and what became of the dies that its fabs made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from play.chain import dies_between, stock_of
from play.movements import CHANNELS, movements
from play.record import KEPT
from play.save import Saved
from world.state import World

Array = np.ndarray

BOUND_BY = {0: "nothing", 1: "good dies", 2: "memory (HBM)", 3: "packaging lines", 4: "demand"}
"""What `binding` means, in words."""


@dataclass(frozen=True)
class Channel:
    """One way by which compute came to China, quarter by quarter, in H100e."""

    name: str
    title: str
    text: str
    values: tuple[float, ...]
    is_level: bool = False
    """Whether it is compute in use during the quarter rather than chips added in it."""

    @property
    def sum(self) -> float:
        """H100e over the whole game; of a level, what was in use in the last quarter."""
        return self.values[-1] if self.is_level else sum(self.values)


@dataclass(frozen=True)
class Chain:
    """What became of the dies of some products over the game: what comes in goes out again, die for die."""

    title: str
    wafers: float
    """Wafers started (experiments included)."""
    started: int
    """Dies on them, experiments left out."""
    in_fab_before: int
    in_fab_after: int
    out: int
    """Dies that left the fab."""
    stock_before: int
    proxy: int
    """Dies that front companies got from a foreign foundry."""
    bad: int
    """Dies scrapped because they did not work."""
    lost: int
    """Good dies scrapped with a bad partner, or in packaging."""
    used: int
    """Dies in finished chips."""
    stock_after: int
    chips: int
    h100e: float
    yields: tuple[tuple[str, float], ...]
    """Share of good dies of the product that was made most, by quarter."""
    bound: tuple[tuple[str, str], ...]
    """What limited output, by quarter."""

    @property
    def taken(self) -> int:
        """Dies that went into testing and packaging, and came out as chips or scrap."""
        return self.bad + self.lost + self.used

    @property
    def of_hundred(self) -> float:
        """Of 100 dies taken from stock, how many ended up in a chip."""
        return 100 * self.used / self.taken if self.taken else 0.0

    @property
    def most_bound(self) -> tuple[str, int]:
        """What limited output in most quarters, and in how many."""
        counted = Counter(what for _, what in self.bound if what != BOUND_BY[0])
        return counted.most_common(1)[0] if counted else (BOUND_BY[0], len(self.bound))


def channels_of(game: Saved) -> tuple[Channel, ...]:
    """Compute that came to China by channel; seized is what did not arrive."""
    moved, cast = movements(game.record(KEPT)), game.cast
    chinese = [
        moved.book.parties.index(o) for o, where in zip(cast.owners, cast.owner_region, strict=True) if where == "cn"
    ]
    to_china = np.isin(moved.taker, chinese)

    def told(channel: str, title: str, text: str, is_level: bool = False) -> Channel:
        chosen = moved.channel == CHANNELS.index(channel)
        if channel != "seized":
            chosen &= to_china
        values = [float(moved.h100e[chosen & (moved.turn == turn)].sum()) for turn in range(1, len(game.quarters) + 1)]
        return Channel(channel, title, text, tuple(values), is_level)

    return (
        told("domestic", "Made at home", "chips of Chinese makers sold to buyers in China"),
        told("smuggled", "Smuggled", "foreign chips that reached China against the rules"),
        told("licensed", "Licensed", "foreign chips sold to China under licence"),
        told(
            "rented", "Rented abroad", "compute that Chinese labs used over the network in the quarter", is_level=True
        ),
        told("seized", "Seized", "smuggled chips that customs took on the way"),
    )


def chains_of(game: Saved) -> tuple[Chain, Chain]:
    """What became of the dies of the champion, and of all Chinese makers."""
    cast = game.cast
    champion = cast.champion
    mine = np.array(cast.product_maker) == champion
    name = game.story.called(cast.names["chipmakers"][champion])
    return _chain(game, name, mine), _chain(game, "All Chinese makers", cast.is_cn_product)


def _chain(game: Saved, title: str, mine: Array) -> Chain:
    cast, states = game.cast, [game.opening, *(quarter.state for quarter in game.quarters)]
    makers = np.unique(np.array(cast.product_maker)[mine])
    sums: Counter[str] = Counter()
    for before, after in pairwise(states):
        sums.update({name: int(values[0]) for name, values in dies_between(before, after, mine).items()})
    h100e = sum(float((s.packed[mine] * s.h100e[mine].astype(float)).sum()) for s in states[1:])
    wafers = sum(float(s.started[makers].sum()) for s in states[1:])
    quarters = [game.story.quarter(turn) for turn in range(1, len(states))]
    return Chain(
        title=title,
        wafers=wafers,
        in_fab_before=int(game.opening.dies_coming[mine].sum()),
        in_fab_after=int(game.world.dies_coming[mine].sum()),
        stock_before=int(stock_of(game.opening, mine)[0]),
        stock_after=int(stock_of(game.world, mine)[0]),
        h100e=h100e,
        yields=tuple((q, _yield(s, mine)) for q, s in zip(quarters, states[1:], strict=True)),
        bound=tuple((q, _bound(s, makers)) for q, s in zip(quarters, states[1:], strict=True)),
        **{name: int(sums[name]) for name in ("started", "out", "proxy", "bad", "lost", "used", "chips")},
    )


def _yield(world: World, mine: Array) -> float:
    """Share of good dies of the product of which most dies are under way."""
    made = np.where(mine, world.dies_coming[..., 0].sum(axis=1), -1)
    return float(world.die_yield[int(made.argmax()), 0])


def _bound(world: World, makers: Sequence[int] | Array) -> str:
    """What limited the output of the maker that made most."""
    packed = [int(world.packed[np.array(world.cast.product_maker) == maker].sum()) for maker in makers]
    return BOUND_BY[int(world.binding[int(makers[int(np.argmax(packed))]), 0])]
