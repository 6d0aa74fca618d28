"""Why an order falls, in plain words: what was asked, which other order it would fell, and what would be right."""

from collections.abc import Callable

from desktop.screens.draft import Draft
from desktop.screens.order_words import name_of, sum_of
from desktop.table import Table
from play.dials import DialBook
from play.sitting import DraftRefused
from play.words import Words
from world.orders import BUDGET_REFUSED, MOVES, MOVES_REFUSED, OrderKind, OrderRefused


def reason_words(refused: DraftRefused, table: Table, words: Words) -> str:
    """Why, in a sentence."""
    book = table.sitting.book
    if refused.code == MOVES_REFUSED:
        return words("orders.refusal.moves", moves=MOVES)
    if refused.code == BUDGET_REFUSED:
        kind, purse = kind_of(refused.fallen, book), table.seen()["purse"]
        price, has = (sum_of(amount, kind.currency, words) for amount in (kind.price, purse["amount"]))
        return words("orders.refusal.budget", price=price, has=has)
    said = book.refusal(refused.fallen, refused.code)
    return f"{said[:1].upper()}{said[1:]}."


def kind_of(entry: int, book: DialBook) -> OrderKind:
    """The kind of order of an entry."""
    return book.dials[book.of_entry[entry][0]].kind


def refusal_words(refused: OrderRefused, table: Table, words: Words) -> str:
    """What is said where an order is refused: the order, which other one would fall, and why."""
    if not isinstance(refused, DraftRefused):
        return f"{refused}."
    book, cast = table.sitting.book, table.model.cast
    asked, fallen = (name_of(book.dials[book.of_entry[e][0]], cast, words) for e in (refused.asked, refused.fallen))
    why = reason_words(refused, table, words)
    if refused.asked == refused.fallen:
        return words("orders.refusal.alone", order=asked, why=why)
    return words("orders.refusal.other", order=asked, other=fallen, why=why)


def reasons_of(draft: Draft, words: Words) -> Callable[[int], str]:
    """Why each entry cannot be moved, in words; "" where it can."""
    table = draft.table
    if table.is_over or table.is_watching:
        closed = words("orders.over" if table.is_over else "orders.watching")
        return lambda entry: closed

    def said(entry: int) -> str:
        refused = draft.reason(entry)
        return reason_words(refused, table, words) if refused else ""

    return said
