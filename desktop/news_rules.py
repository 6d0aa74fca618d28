"""News of rules: what other governments set anew, as a headline with what it was, what it is and when it is in force."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.chrome import Card
from desktop.numbers import short, trimmed
from desktop.words import Words
from play.dials import spaced
from play.story import Story
from world.cast import Cast

Tree = Mapping[str, Any]

COLOUR = {"us": "us", "cn": "cn"}
ROUTINE = frozenset({"align_tools", "enforce_transit", "gather_intelligence"})
"""Orders that are given nearly every quarter, and so are told after the others."""
HIGH_IS_ANY = frozenset({"cap_exports"})
"""Orders whose highest setting means: any."""
LARGE = 1e5
"""From here on settings are written with k and M."""


def rules_moved(before: Tree, after: Tree, cast: Cast, story: Story, words: Words) -> Iterator[tuple[float, Card]]:
    """Public rules of other governments that were set anew, one card a government and order."""
    for old, new, moved in moved_rules(before, after):
        seat = cast.seats[cast.at("seats", new["seat"])]
        amount = max(moved, key=lambda one: moved[one])
        was, now = old["amounts"][amount], new["amounts"][amount]
        headline = rule_headline(new, amount, now["set"] > was["set"], story, words)
        delay = int(new["delay"])
        late = "board.news.now" if not delay else "board.news.in_one" if delay == 1 else "board.news.in"
        causes = (
            words(
                "board.news.from",
                amount=amount_name(new["order"], amount, words),
                was=told(was["set"], was, new, words),
            ),
            words("board.news.to", now=told(now["set"], now, new, words)),
            words(late, n=delay),
        )
        weight = 2.5 + 2 * moved[amount] - (2.0 if new["order"] in ROUTINE else 0.0)
        weight += 1.0 if seat.role in ("controller", "planner") else 0.0
        yield weight, Card(after["played"], headline, causes, COLOUR[seat.bloc])


def rule_headline(rule: Tree, amount: str, rises: bool, story: Story, words: Words) -> str:
    """What a government does by setting a rule anew; by the names of order and amount where nobody wrote how to say it."""
    seat, picks, order = story.called(rule["seat"]), rule["picks"], rule["order"]
    way = "up" if rises else "down"
    for name in (f"board.rule_{way}.{order}.{amount}", f"board.rule_{way}.{order}"):
        if name in words:
            return words(name, seat=seat, pick=", ".join(leading(pick, story, words) for pick in picks))
    verb = words("board.news.raises" if rises else "board.news.lowers")
    return words("board.news.rule", seat=seat, verb=verb, order=order_text(order, picks, story, words))


def called(pick: str, story: Story, words: Words) -> str:
    """What somebody or something that a rule is about is called."""
    name = f"orders.thing.{pick}"
    return words(name) if name in words else story.called(pick)


def leading(pick: str, story: Story, words: Words) -> str:
    """What a headline calls somebody; of several makers the first."""
    return called(pick, story, words).partition(",")[0]


def order_text(kind: str, picks: Sequence[str], story: Story, words: Words) -> str:
    """An order and what it is about: Press partner governments, Tokyo."""
    return ", ".join((order_name(kind, words), *(called(pick, story, words) for pick in picks)))


def order_name(kind: str, words: Words) -> str:
    """What a kind of order is called."""
    name = f"orders.kind.{kind}"
    return words(name) if name in words else spaced(kind).capitalize()


def amount_name(kind: str, amount: str, words: Words) -> str:
    """What an amount of an order is called."""
    name = f"orders.amount.{kind}.{amount}"
    return words(name) if name in words else spaced(amount).capitalize()


def moved_rules(before: Tree, after: Tree) -> Iterator[tuple[Tree, Tree, dict[str, float]]]:
    """Rules of others that were set anew: before, after, and which amounts moved by which share of their range."""
    old = {one["entry"]: one for one in before["rules"]}
    for new in after["rules"]:
        was = old.get(new["entry"])
        if was is None:
            continue
        moved = {
            name: abs(one["set"] - was["amounts"][name]["set"]) / max(1e-9, one["high"] - one["low"])
            for name, one in new["amounts"].items()
            if one["set"] != was["amounts"][name]["set"]
        }
        if moved:
            yield was, new, moved


def told(setting: float, amount: Tree, rule: Tree, words: Words) -> str:
    """A setting with its unit: 75 %, $2.5bn a quarter, 6 TPP/mm²."""
    unit = amount["unit"]
    if rule["order"] in HIGH_IS_ANY and setting >= amount["high"]:
        return words("orders.unit.any")
    shown = 100 * setting if unit.startswith("share") else setting * (1e6 if unit.startswith("million") else 1.0)
    text = short(shown, 3) if shown >= LARGE else trimmed(round(shown, 4))
    text = text.replace("M", "m") if "USD" in unit else text
    name = f"orders.unit.{unit or 'none'}"
    return words(name, value=text) if name in words else f"{text} {unit}"
