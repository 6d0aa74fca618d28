"""Plain: orders, what they are about and their amounts as the orders screen calls them, for whoever tells of a game."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from play.charts import compact
from play.dials import Dial, spaced
from play.figures import FIXED, MINUS, figure, power_of_ten
from world.orders import Amount

FILE = Path(__file__).resolve().parents[1] / "assets" / "words" / "en.toml"
THOUSANDS = 100_000
"""From here on amounts are written with k and M."""
TIMES = {"million USD/quarter": 1e6, "million stacks/quarter": 1e6}
"""What the figure of a unit is multiplied by before it is written."""
HIGH_IS_ANY = ("cap_exports.ceiling", "cap_exports.density")
"""Amounts whose highest setting means: any."""


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def wording(table: str) -> Mapping[str, Any]:
    """A table of the wording, such as `orders.kind`."""
    node: Any = _words()
    for name in table.split("."):
        node = node.get(name, {})
    return dict(node)


def capital(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def kind_title(kind: str) -> str:
    """What a kind of order is called, such as `Export threshold`."""
    return str(wording("orders.kind").get(kind) or capital(spaced(kind)))


def thing(name: str, called: Callable[[str], str]) -> str:
    """What somebody or something is called; `called` knows the actors of the game."""
    for table in ("orders.thing", "orders.chip"):
        if name in wording(table):
            return str(wording(table)[name])
    said = called(name)
    return said if said != name else capital(spaced(name).replace("-", " "))


def order_title(kind: str, picks: Sequence[str], called: Callable[[str], str]) -> str:
    """An order and what it is about: `Press partner governments, Tokyo`."""
    return ", ".join((kind_title(kind), *(thing(pick, called) for pick in picks)))


def amount_title(kind: str, amount: Amount) -> str:
    """What an amount of an order is called within a sentence."""
    said = str(wording("orders.amount").get(f"{kind}.{amount.name}") or spaced(amount.name))
    return said if said[:2].isupper() else said[:1].lower() + said[1:]


def setting(dial: Dial, step: int) -> str:
    """A setting with its unit, as `45 %`, `4 800 TPP` or `$400m a quarter`."""
    kind, amount, value = dial.kind.name, dial.amount, dial.amount.value(step)
    option = wording("orders.option").get(f"{kind}.{amount.name}.{value:g}")
    if option:
        return str(option).lower()
    units = wording("orders.unit")
    if f"{kind}.{amount.name}" in HIGH_IS_ANY and value >= amount.high:
        return str(units["any"])
    if kind == "publish_estimate" and value == 0:
        return str(units["nothing_said"])
    form = str(units.get(amount.unit or "none", "{value} " + amount.unit))
    shown = 100 * value if amount.unit.startswith("share") else value * TIMES.get(amount.unit, 1.0)
    said = power_of_ten(value) if amount.unit == "log10 FLOP" else number(round(shown, 4))
    said = said.replace("M", "m") if "USD" in amount.unit else said
    return form.replace("{value}", said).replace(" %", f"{FIXED}%")


def number(value: float) -> str:
    """A number without needless zeros: whole up to 100,000, then with k and M."""
    if abs(value) >= THOUSANDS:
        return compact(value, is_tick=True)
    said = figure(value, 6)
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
