"""Wording: orders and their settings as the page of a finished game calls them, which breaks no line before a %."""

from collections.abc import Callable, Sequence
from functools import cache

from play import order_words
from play.charts import compact
from play.dials import Dial
from play.figures import FIXED, MINUS, figure, power_of_ten
from play.words import Words, read
from world.orders import Amount


@cache
def words() -> Words:
    """The wording of the page."""
    return read()


def thing(name: str, called: Callable[[str], str]) -> str:
    """What somebody or something is called; `called` knows the actors of the game."""
    return order_words.thing(name, called, words())


def order_title(kind: str, picks: Sequence[str], called: Callable[[str], str]) -> str:
    """An order and what it is about: `Press partner governments, Tokyo`."""
    return order_words.order_text(kind, picks, called, words())


def amount_title(kind: str, amount: Amount) -> str:
    """What an amount of an order is called within a sentence."""
    said = order_words.amount_label(kind, amount.name, words())
    return said if said[:2].isupper() else said[:1].lower() + said[1:]


def setting(dial: Dial, step: int) -> str:
    """A setting with its unit, as `45 %`, `4 800 TPP` or `$400m a quarter`."""
    kind, amount, value = dial.kind.name, dial.amount, dial.amount.value(step)
    said = order_words.value_text(kind, amount, value, words(), number)
    if f"orders.option.{kind}.{amount.name}.{value:g}" in words():
        return said.lower()
    return said.replace(" %", f"{FIXED}%")


def number(amount: Amount, value: float) -> str:
    """A figure without needless zeros: whole up to 100,000, then with k and M, or m for sums of money."""
    if amount.unit == "log10 FLOP":
        return power_of_ten(value)
    shown = order_words.shown(amount, value)
    if abs(shown) >= order_words.THOUSANDS:
        said = compact(shown, is_tick=True)
        return said.replace("M", "m") if "USD" in amount.unit else said
    said = figure(shown, 6)
    said = said.rstrip("0").rstrip(".") if "." in said else said
    return said.replace("-", MINUS)


def moved(dials: Sequence[Dial], before: Sequence[int], after: Sequence[int]) -> str:
    """What an order changed: `from 4 800 TPP to any`, or `training 30 % → 40 %` where its order sets several amounts."""
    said = []
    for dial, b, a in zip(dials, before, after, strict=True):
        was, now = setting(dial, int(b)), setting(dial, int(a))
        name = name_needed(dial, was)
        said.append(f"{name} {was} → {now}" if name else f"from {was} to {now}")
    return ", ".join(said)


def stood(dials: Sequence[Dial], steps: Sequence[int]) -> str:
    """How settings stood: `4 800 TPP`, with the name of each amount where an order sets several."""
    found = [(dial, setting(dial, int(step))) for dial, step in zip(dials, steps, strict=True)]
    return ", ".join(f"{name_needed(dial, said)} {said}".strip() for dial, said in found)


def name_needed(dial: Dial, said: str) -> str:
    """The name of an amount where its order sets several and the unit does not say which, else ""."""
    title = amount_title(dial.kind.name, dial.amount)
    is_clear = len(dial.kind.amounts) == 1 or title.split()[-1] in said.split()
    return "" if is_clear else title
