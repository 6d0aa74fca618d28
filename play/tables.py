"""Tables: a record as columns for data frames and Parquet, with what each column means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from play.dials import book_of
from play.drawn import Drawn
from play.movements import CHANNELS, movements
from play.outcomes import Table, all_declared, by_game, quarterly
from play.record import OrderLog, Record
from play.story import Story
from world.cast import Cast
from world.orders import SHARED_REFUSALS
from world.rules import Rules
from world.turn import layout_of

Array = np.ndarray
NAMES = ("games", "quarters", "flows", "orders")


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, unit and meaning, and its values; texts are numbers in `words`."""

    name: str
    unit: str
    doc: str
    values: Array
    words: Sequence[str] = ()


@dataclass(frozen=True)
class Played:
    """A shard of finished games, and what is needed to put them in tables."""

    story: Story
    record: Record
    rules: Rules
    drawn: tuple[Drawn, ...]
    first: int
    """The number of the shard's first game in its run."""
    seeds: Array

    @property
    def cast(self) -> Cast:
        """Who and what exists."""
        return self.record.cast

    @property
    def games(self) -> Array:
        """The numbers of the games in their run."""
        return np.arange(self.first, self.first + self.record.worlds, dtype=np.int32)


def games_table(played: Played, quarters: Table) -> list[Column]:
    """A row a game: outcomes over the whole game, what was drawn for it, and where dials ended."""
    record, cast = played.record, played.cast
    found = [
        Column("game", "", "number of the game in the run", played.games),
        Column("seed", "", "seed of the game, with which it can be played alone", played.seeds),
        Column("turns", "quarters", "quarters played", record.quarters[-1].turn.astype(np.int16)),
    ]
    about = all_declared(cast)
    for name, values in by_game(record, played.story, quarters).items():
        outcome, year = about[_without_year(name)], name.rpartition(".")[2]
        over = f", {OVER[outcome.over]}"
        over = f", in {year}" if year.isdigit() else over
        found.append(Column(name, outcome.unit, outcome.doc + over, values))
    opening = record.quarters[0]
    for one in played.drawn:
        values = one.values(opening, played.rules)
        found.append(Column(one.label, one.unit, f"drawn: {one.doc}", values))
    return [*found, *_dials(record)]


OVER = {
    "end": "in the last quarter",
    "sum": "summed over the game",
    "mean": "mean over the game",
    "game": "over the game",
}


def _without_year(name: str) -> str:
    head, _, last = name.rpartition(".")
    return head if last.isdigit() else name


def _dials(record: Record) -> list[Column]:
    """Where the dials of the two great governments stood in force at the end."""
    layout, last = layout_of(record.cast), record.quarters[-1]
    values = layout.settings(last)
    return [
        Column(
            f"dial.{dial.label}",
            dial.amount.unit,
            f"in force at the end: {dial.kind.summary}",
            values[row],
        )
        for row, dial in enumerate(book_of(record.cast).dials)
        if dial.kind.issuer in ("controller", "planner")
    ]


def quarters_table(played: Played, quarters: Table) -> list[Column]:
    """A row a game and quarter: every outcome."""
    record = played.record
    is_played = record.is_played().T
    world, at = np.nonzero(is_played)
    turn = record.history("turn")[1:].T[is_played].astype(np.int16)
    about = all_declared(played.cast)
    found = [Column("game", "", "number of the game in the run", played.games[world])]
    found += _when(played.story, turn)
    for name, history in quarters.items():
        found.append(Column(name, about[name].unit, about[name].doc, history[at, world]))
    return found


def _when(story: Story, turn: Array) -> list[Column]:
    """The quarter of a row, counted and by name."""
    last = int(turn.max(initial=0))
    words = [story.quarter(one) for one in range(last + 1)]
    return [
        Column("turn", "quarters", "quarters played, this one included", turn.astype(np.int16)),
        Column("quarter", "", "calendar quarter", turn.astype(np.int16), words),
    ]


def flows_table(played: Played) -> list[Column]:
    """A row a game, quarter, giver, taker, product and channel in which something moved."""
    moved = movements(played.record)
    parties, products = moved.book.parties, moved.book.products
    is_proxy = moved.channel == CHANNELS.index("proxy")
    return [
        Column("game", "", "number of the game in the run", played.games[moved.world]),
        *_when(played.story, moved.turn),
        Column("from", "", "who passed it on: a maker, a network, clouds abroad", moved.giver, parties),
        Column("to", "", "who got it: an owner, a maker, customs", moved.taker, parties),
        Column("product", "", "what it was (compute, where it was rented)", moved.product, products),
        Column("channel", "", f"how: {', '.join(CHANNELS)}", moved.channel, CHANNELS),
        Column(
            "chips",
            "chips",
            "accelerators; 0 where compute was rented or dies were passed on",
            np.where(is_proxy, 0, moved.chips).astype(np.int32),
        ),
        Column(
            "dies",
            "dies",
            "dies from front companies (channel proxy), else 0",
            np.where(is_proxy, moved.chips, 0).astype(np.int32),
        ),
        Column("h100e", "H100e", "the same as compute", moved.h100e),
    ]


def orders_table(played: Played) -> list[Column]:
    """A row a game, quarter and dial that a seat asked to be moved, whether it was or not."""
    log, book = played.record.orders(), book_of(played.cast)
    layout = layout_of(played.cast)
    dials = book.dials
    seats = played.cast.names["seats"]
    kinds = tuple(layout.places)
    picks = tuple(dict.fromkeys(".".join(dial.picks) for dial in dials))
    amounts = tuple(dict.fromkeys(dial.amount.name for dial in dials))
    units = tuple(dict.fromkeys(dial.amount.unit for dial in dials))

    def each(of: Any, words: Sequence[str]) -> Array:
        return np.array([words.index(of(dial)) for dial in dials], dtype=np.int16)[log.dial]

    def settings(levels: Array) -> Array:
        return np.round(layout.low[log.dial, 0] + layout.step[log.dial, 0] * levels, 9)

    why, reasons = _reasons(log, played.cast)
    return [
        Column("game", "", "number of the game in the run", played.games[log.world]),
        *_when(played.story, log.turn),
        Column("seat", "", "who asked for it", each(lambda d: d.seat, seats), seats),
        Column("order", "", "kind of order", each(lambda d: d.kind.name, kinds), kinds),
        Column(
            "pick",
            "",
            "what it is about, where an order asks",
            each(lambda d: ".".join(d.picks), picks),
            picks,
        ),
        Column(
            "amount",
            "",
            "the amount that was to be moved",
            each(lambda d: d.amount.name, amounts),
            amounts,
        ),
        Column("before", "as in unit", "what it stood at", settings(log.before)),
        Column("asked", "as in unit", "what it was to be set to", settings(log.asked)),
        Column("unit", "", "unit of before and asked", each(lambda d: d.amount.unit, units), units),
        Column("stood", "", "whether the order stood", log.refused == 0),
        Column("refusal", "", "why it did not (empty: it stood)", why, reasons),
    ]


def _reasons(log: OrderLog, cast: Cast) -> tuple[Array, tuple[str, ...]]:
    """The refusal of every row, by number in a list of sentences."""
    layout, book = layout_of(cast), book_of(cast)
    sentences = dict.fromkeys(["", *SHARED_REFUSALS.values()])
    sentences |= dict.fromkeys(r for place in layout.places.values() for r in place.kind.refusals)
    words = tuple(sentences)
    entry = layout.entry_of_dial[log.dial]
    pairs, inverse = np.unique(entry * 256 + log.refused.astype(np.int64), return_inverse=True)
    numbers = [words.index(book.refusal(int(p) // 256, int(p) % 256)) for p in pairs]
    return np.array(numbers, dtype=np.int16)[inverse], words


def games_only(played: Played) -> list[Column]:
    """A row a game, where nothing else of a run is wanted."""
    return games_table(played, quarterly(played.record))


def all_tables(played: Played) -> dict[str, list[Column]]:
    """The four tables of a run."""
    quarters = quarterly(played.record)
    return {
        "games": games_table(played, quarters),
        "quarters": quarters_table(played, quarters),
        "flows": flows_table(played),
        "orders": orders_table(played),
    }


def arrow(columns: Sequence[Column]) -> Any:
    """A table of Arrow: texts as dictionaries, what is no number as null."""
    import pyarrow as pa

    arrays = []
    for column in columns:
        if column.words:
            words = pa.array(column.words, type=pa.string())
            numbers = pa.array(column.values.astype(np.int16))
            arrays.append(pa.DictionaryArray.from_arrays(numbers, words))
        else:
            missing = np.isnan(column.values) if column.values.dtype.kind == "f" else None
            arrays.append(pa.array(column.values, mask=missing))
    return pa.table(arrays, names=[column.name for column in columns])
