"""Orders as the screens say them: settings with their units, what an order costs and when it bites."""

from collections.abc import Sequence
from functools import partial

from desktop.numbers import dollars, power_of_ten, short, trimmed
from desktop.table import Table
from play import order_words
from play.dials import Dial
from play.order_words import SPENT, THOUSANDS, shown
from play.words import Words
from world.cast import Cast
from world.orders import Amount, OrderKind


def thing(name: str, cast: Cast, words: Words) -> str:
    """What somebody or something that an order is about is called."""
    return order_words.thing(name, partial(seat_title, cast), words)


def seat_title(cast: Cast, name: str) -> str:
    """What a seat is called; the name itself where it is none."""
    return cast.seats[cast.at("seats", name)].title if name in cast.names["seats"] else name


def local_of(name: str, words: Words) -> str:
    """The Chinese name beside the English one, or ""."""
    return words(f"orders.local.{name}") if f"orders.local.{name}" in words else ""


def figure(value: float) -> str:
    """A number as levers write it: whole up to 100,000, then with k and M."""
    return short(value, 3) if abs(value) >= THOUSANDS else trimmed(value)


def percent(share: float) -> str:
    """A share as 45 %."""
    return f"{trimmed(round(100 * share, 1))} %"


def lever_text(kind: str, amount: Amount, value: float, words: Words) -> str:
    """A setting as it stands over its track: with its unit, and what it is a share of."""
    name = f"orders.unit_of.{kind}.{amount.name}"
    if name not in words or f"orders.option.{kind}.{amount.name}.{value:g}" in words:
        return value_text(kind, amount, value, words)
    return words(name, value=number_text(amount, value))


def value_text(kind: str, amount: Amount, value: float, words: Words) -> str:
    """A setting with its unit."""
    return order_words.value_text(kind, amount, value, words, number_text)


def number_text(amount: Amount, value: float) -> str:
    """The figure of a setting: sums and powers written out, with a sign where it can be negative."""
    if amount.unit == "log10 FLOP":
        return power_of_ten(value)
    if amount.unit == SPENT:
        return dollars(shown(amount, value)).removeprefix("$")
    sign = "+" if amount.low < 0 < value else ""
    return sign + figure(shown(amount, value))


def option_texts(kind: str, amount: Amount, words: Words) -> tuple[str, ...]:
    """The settings of an amount that has few."""
    return tuple(value_text(kind, amount, amount.value(step), words) for step in range(amount.steps + 1))


def sum_of(amount: float, currency: str, words: Words, long: bool = False) -> str:
    """What something costs: points of political capital, or dollars."""
    if not amount:
        return words("orders.nothing")
    if currency == "capital":
        text = short(amount, 3)
        name = "capital" if not long else "capital_one" if text == "1" else "capital_long"
        return words(f"orders.{name}", amount=text)
    return dollars(amount * 1000)


def name_of(dial: Dial, cast: Cast, words: Words) -> str:
    """An order and what it is about: Press partner governments, Tokyo."""
    return order_words.order_text(dial.kind.name, dial.picks, partial(seat_title, cast), words)


def listed(names: Sequence[str], words: Words) -> str:
    """Names in a sentence: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def price_text(kind: OrderKind, words: Words) -> str:
    """What moving an order costs, and what is paid every quarter from then on."""
    goes_on = any(amount.unit == SPENT for amount in kind.amounts)
    price = words("orders.price", price=sum_of(kind.price, kind.currency, words)) if kind.price else ""
    if goes_on or (kind.lead and not kind.price):
        return f"{price} {words('orders.paid_sum' if goes_on else 'orders.paid_order')}".strip()
    return price or words("orders.no_price")


def bites_text(kind: OrderKind, table: Table, words: Words) -> str:
    """When an order that is given now bites, and when the first of what it pays for is there, if the game goes on so long."""
    first, story, last = table.turn + 1 + kind.delay, table.model.story, int(table.seen()["length"])
    if first > last:
        return words("orders.bites_late")
    if kind.lead:
        late = "_late" if first + kind.lead > last else ""
        return words(f"orders.bites_lead{late}", quarter=story.quarter(first), later=story.quarter(first + kind.lead))
    name = f"orders.bites_of.{kind.name}"
    return words(name if name in words else "orders.bites", quarter=story.quarter(first))


def help_of(kind: OrderKind, table: Table, words: Words) -> str:
    """What an order does, what moving it costs, and when it bites, in a few short sentences."""
    name = f"orders.help.{kind.name}"
    about = words(name) if name in words else kind.summary
    bites = "" if table.is_over else bites_text(kind, table, words)
    return " ".join(part for part in (about, price_text(kind, words), bites) if part)


def claim_text(claim: str, words: Words) -> str:
    """What the report says that an order answers to, or ""."""
    name = f"orders.claim.{claim}"
    return words(name) if claim and name in words else ""
