"""News of rules: what other governments set anew, as a headline with what it was, what it is and when it is in force."""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.chrome import Card
from desktop.screens.order_words import value_text
from play.dials import book_of
from play.order_words import amount_label, order_text, thing
from play.story import Story
from play.words import Words
from world.cast import Cast

Tree = Mapping[str, Any]

COLOUR = {"us": "us", "cn": "cn"}
ROUTINE = frozenset({"align_tools", "enforce_transit", "gather_intelligence"})
"""Orders that are given nearly every quarter, and so are told after the others."""


def rules_moved(before: Tree, after: Tree, cast: Cast, story: Story, words: Words) -> Iterator[tuple[float, Card]]:
    """Public rules of other governments that were set anew, one card a government and order."""
    for old, new, moved in moved_rules(before, after):
        seat = cast.seats[cast.at("seats", new["seat"])]
        amount = max(moved, key=lambda one: moved[one])
        was, now = (rule["amounts"][amount]["set"] for rule in (old, new))
        headline = rule_headline(new, amount, now > was, story, words)
        delay = int(new["delay"])
        late = "board.news.now" if not delay else "board.news.in_one" if delay == 1 else "board.news.in"
        causes = (
            words(
                "board.news.from",
                amount=amount_label(new["order"], amount, words),
                was=told(new, amount, was, cast, words),
            ),
            words("board.news.to", now=told(new, amount, now, cast, words)),
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
    return words("board.news.rule", seat=seat, verb=verb, order=order_text(order, picks, story.called, words))


def leading(pick: str, story: Story, words: Words) -> str:
    """What a headline calls somebody; of several makers the first."""
    return thing(pick, story.called, words).partition(",")[0]


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


def told(rule: Tree, amount: str, setting: float, cast: Cast, words: Words) -> str:
    """A setting of a rule with its unit: 75 %, $2.5bn a quarter, 6 TPP/mm²."""
    book = book_of(cast)
    amounts = {book.dials[row].amount.name: book.dials[row].amount for row in book.of_entry[rule["entry"]]}
    return value_text(rule["order"], amounts[amount], setting, words)
