"""Orders that were given, in a sentence: Beijing raises Huawei’s share of advanced wafers from 25 to 35 %."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.screens.order_words import thing, value_text
from play.order_words import amount_label, title_of
from play.words import Words
from world.cast import Cast
from world.orders import Amount

Tree = Mapping[str, Any]

MEASURED = re.compile(r"(\$?−?[\d,.]+(?:k|m|M|bn)?)( .*)?")
"""A figure and the unit after it."""
CHOSEN = frozenset({"design_chip.node", "design_chip.project", "release_models.open", "lobby.side"})
"""Amounts whose settings are no more and no less than one another."""


def moved(
    kind: str, amount: Amount, settings: tuple[float, float], picks: Sequence[str], cast: Cast, words: Words
) -> str:
    """What was done to an amount: raises Huawei’s share of advanced wafers from 25 to 35 %."""
    was, now = (said(kind, amount, value, words) for value in settings)
    name = f"{kind}.{amount.name}"
    way = "turns" if name in CHOSEN else "up" if settings[1] > settings[0] else "down"
    before, after = without_unit(was, now), now
    return words(f"orders.move.{way}", what=what(kind, amount, picks, cast, words), was=before, now=after)


def what(kind: str, amount: Amount, picks: Sequence[str], cast: Cast, words: Words) -> str:
    """What an amount sets, as it stands in a sentence."""
    told = ", ".join(picked(pick, cast, words) for pick in picks)
    name = f"orders.what.{kind}.{amount.name}"
    if name in words:
        return words(name, pick=told)
    title = title_of(kind, words)
    return f"{title}{f', {told}' if told else ''}: {amount_label(kind, amount.name, words)}"


def picked(name: str, cast: Cast, words: Words) -> str:
    """What an order is about, as it stands in a sentence."""
    if f"orders.pick.{name}" in words:
        return words(f"orders.pick.{name}")
    called = thing(name, cast, words)
    return called if name in cast.names["seats"] else called[:1].lower() + called[1:]


def said(kind: str, amount: Amount, value: float, words: Words) -> str:
    """A setting as it stands in a sentence."""
    name = f"orders.said.{kind}.{amount.name}.{value:g}"
    return words(name) if name in words else value_text(kind, amount, value, words)


def without_unit(one: str, other: str) -> str:
    """A setting without its unit, where the other one is in the same: 25 before 35 %."""
    first, second = MEASURED.fullmatch(one), MEASURED.fullmatch(other)
    return first[1] if first and second and first[2] == second[2] else one


def moves_between(before: Tree, after: Tree, amounts: Mapping[str, Amount]) -> dict[str, tuple[float, float]]:
    """Which amounts of one dial of a snapshot were ordered otherwise, from where to where."""
    return {
        name: (before["amounts"][name]["set"], after["amounts"][name]["set"])
        for name in amounts
        if before["amounts"][name]["set"] != after["amounts"][name]["set"]
    }
