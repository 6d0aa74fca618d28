"""Order words: what orders, what they are about and their settings are called, in the wording of a language."""

from collections.abc import Callable, Sequence

from play.dials import spaced
from play.words import Words
from world.orders import Amount

HIGH_IS_ANY = ("cap_exports.ceiling", "cap_exports.density")
"""Amounts whose highest setting means: any."""
SPENT = "million USD/quarter"
"""The unit of what is spent anew every quarter."""
TIMES = {SPENT: 1e6, "million stacks/quarter": 1e6}
"""What the figure of a unit is multiplied by before it is written."""
THOUSANDS = 100_000
"""From here on amounts are written with k and M."""


def title_of(kind: str, words: Words) -> str:
    """What a kind of order is called, such as `Export threshold`."""
    name = f"orders.kind.{kind}"
    return words(name) if name in words else spaced(kind).capitalize()


def amount_label(kind: str, amount: str, words: Words) -> str:
    """What an amount of an order is called."""
    name = f"orders.amount.{kind}.{amount}"
    return words(name) if name in words else spaced(amount).capitalize()


def thing(name: str, called: Callable[[str], str], words: Words) -> str:
    """What somebody or something that an order is about is called; `called` knows the actors of the game."""
    for table in ("orders.thing", "orders.chip"):
        if f"{table}.{name}" in words:
            return words(f"{table}.{name}")
    said = called(name)
    return said if said != name else spaced(name).replace("-", " ").capitalize()


def order_text(kind: str, picks: Sequence[str], called: Callable[[str], str], words: Words) -> str:
    """An order and what it is about: `Press partner governments, Tokyo`."""
    return ", ".join((title_of(kind, words), *(thing(pick, called, words) for pick in picks)))


def value_text(kind: str, amount: Amount, value: float, words: Words, number: Callable[[Amount, float], str]) -> str:
    """A setting with its unit, as `45 %` or `$400m a quarter`; `number` writes the figure in it."""
    option = f"orders.option.{kind}.{amount.name}.{value:g}"
    if option in words:
        return words(option)
    if f"{kind}.{amount.name}" in HIGH_IS_ANY and value >= amount.high:
        return words("orders.unit.any")
    if kind == "publish_estimate" and value == 0:
        return words("orders.unit.nothing_said")
    name = f"orders.unit.{amount.unit or 'none'}"
    said = number(amount, value)
    return words(name, value=said) if name in words else f"{said} {amount.unit}"


def shown(amount: Amount, value: float) -> float:
    """The number that stands before the unit: shares in hundredths, millions written out."""
    return round(100 * value if amount.unit.startswith("share") else value * TIMES.get(amount.unit, 1.0), 4)
