"""What a quarter brought, in sentences: of each what it is about and how much it weighs, from what one seat saw."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.news import slips, value, values
from desktop.numbers import trimmed
from desktop.screens.order_moves import moved, moves_between
from desktop.screens.order_words import listed, thing
from play.order_words import title_of
from play.story import Story
from play.words import Words
from world.cast import Cast
from world.turn import layout_of

Tree = Mapping[str, Any]

GROUPS = ("race", "own", "cn", "us", "partners", "markets")
"""What lines are about, in the order in which they stand."""
FILTERS: Mapping[str, tuple[str, ...]] = {
    "all": GROUPS,
    "race": ("race",),
    "own": ("own",),
    "cn": ("cn",),
    "us": ("us", "partners"),
    "markets": ("markets",),
}
"""What can be shown of a quarter, each with the groups that belong to it."""
MAJOR = 1.0
"""The weight from which a line is written bright."""


@dataclass(frozen=True)
class Entry:
    """A line: what it is about, how much it weighs among its like, and the sentence."""

    group: str
    weight: float
    text: str


@dataclass(frozen=True)
class Telling:
    """What lines are made of: the quarter before and after, who looks, and how things are called."""

    before: Tree
    after: Tree
    cast: Cast
    story: Story
    words: Words

    def say(self, name: str, **holes: object) -> str:
        """A text of the log."""
        return self.words(f"log.{name}", **holes)


def entries_of(told: Telling) -> tuple[Entry, ...]:
    """All lines of a quarter: group by group, in each the weightiest first."""
    found = [*race(told), *own(told), *rules(told), *markets(told)]
    return tuple(sorted(found, key=lambda entry: (GROUPS.index(entry.group), -entry.weight)))


def race(told: Telling) -> Iterator[Entry]:
    """The lead, and the models that came out."""
    was, now = (value(seen, "lead") for seen in (told.before, told.after))
    yield Entry("race", 9.0, lead_text(was, now, told))
    worse = []
    for lab, came in values(told.after, "released").items():
        if not came:
            continue
        old, new = (value(seen, "score", lab) for seen in (told.before, told.after))
        name = told.story.called(lab)
        if new <= old:
            worse.append(name)
            continue
        record = is_record(lab, new, told)
        side = f"release_record_{bloc_of(lab, told.cast)}" if record else "release"
        text = told.say(side, lab=name, was=f"{old:.1f}", now=f"{new:.1f}")
        yield Entry("race", (5.0 if record else 0.5) + min(0.4, (new - old) / 50), text)
    if worse:
        yield Entry("race", 0.1, told.say("release_none", labs=listed(worse, told.words)))
    for weight, card in slips(told.before, told.after, told.story, told.words):
        yield Entry("race", weight, f"{card.headline}: {', '.join(one.replace(chr(10), ' ') for one in card.causes)}.")


def lead_text(was: float, now: float, told: Telling) -> str:
    """What became of the lead."""
    side = "us" if now > 0 else "cn" if now < 0 else "none"
    before, after = (f"{abs(lead):.1f}" for lead in (was, now))
    if side == "none":
        return told.say("lead_none")
    if was * now < 0 or not was:
        return told.say(f"lead_turns_{side}", now=after)
    way = "same" if before == after else "grows" if abs(now) > abs(was) else "shrinks"
    return told.say(f"lead_{way}_{side}", was=before, now=after)


def bloc_of(lab: str, cast: Cast) -> str:
    """The side of a seat."""
    return cast.seats[cast.at("seats", lab)].bloc


def is_record(lab: str, score: float, told: Telling) -> bool:
    """Whether a score is the best that its side ever had."""
    side = bloc_of(lab, told.cast)
    mates = [one for one in values(told.after, "score") if bloc_of(one, told.cast) == side]
    return score >= max(value(told.after, "score", one) for one in mates) and score > max(
        value(told.before, "score", one) for one in mates
    )


def own(told: Telling) -> Iterator[Entry]:
    """The seat's own orders, those that did not stand, and its score."""
    seat = told.after["seat"]["name"]
    orders = list(moves(told.before["dials"], told.after["dials"], told))
    yield from (Entry("own", 5.0 + size, text) for _, size, text in orders)
    for one in told.after["refused"]:
        about = ", ".join(
            (title_of(one["order"], told.words), *(thing(p, told.cast, told.words) for p in one["picks"]))
        )
        yield Entry("own", 4.0, told.say("refused", order=about, why=one["why"]))
    if not orders and not told.after["refused"]:
        yield Entry("own", 0.9, told.say("no_orders"))
    was, now = (value(seen, "objective", seat) for seen in (told.before, told.after))
    yield Entry("own", 0.5, told.say("score", was=trimmed(was), now=trimmed(now)))


def rules(told: Telling) -> Iterator[Entry]:
    """Public rules of the other seats that were set anew."""
    for seat, size, text in moves(told.before["rules"], told.after["rules"], told):
        who = told.cast.seats[told.cast.at("seats", seat)]
        if who.role == "host":
            yield Entry("partners", size, text)
        else:
            yield Entry(who.bloc, 1.0 + size, text)


def moves(before: Sequence[Tree], after: Sequence[Tree], told: Telling) -> Iterator[tuple[str, float, str]]:
    """Dials that were set anew: whose, by which share of their range, and the sentence."""
    earlier = {one["entry"]: one for one in before}
    for new in after:
        old = earlier.get(new["entry"])
        kind = layout_of(told.cast).places[new["order"]].kind
        amounts = {amount.name: amount for amount in kind.amounts}
        for name, (was, now) in (moves_between(old, new, amounts) if old else {}).items():
            amount = amounts[name]
            done = moved(kind.name, amount, (was, now), new["picks"], told.cast, told.words)
            text = f"{told.story.called(new['seat'])} {done}"
            if kind.delay:
                quarter = told.story.quarter(int(told.after["turn"]) + kind.delay)
                text = told.words("orders.move.later", text=text, quarter=quarter)
            yield new["seat"], abs(now - was) / max(1e-9, amount.high - amount.low), f"{text}."


def markets(told: Telling) -> Iterator[Entry]:
    """Chips that customs took, prices, and chips that are new on sale."""
    caught = {name: int(count) for name, count in values(told.after, "caught").items() if count}
    if caught:
        each = [f"{count:,} ({told.story.called(name)})" for name, count in sorted(caught.items(), key=lambda p: -p[1])]
        name, count = "caught" if len(each) > 1 else "caught_one", f"{sum(caught.values()):,}"
        yield Entry("markets", 3.0, told.say(name, count=count, each=listed(each, told.words)))
    was, now = (round(100 * value(seen, "premium")) for seen in (told.before, told.after))
    if was != now:
        name = "premium_up" if now > was else "premium_down"
        yield Entry("markets", abs(now - was) / 15, told.say(name, was=was, now=now))
    prices = [f"{value(seen, 'rent_price'):.2f}" for seen in (told.before, told.after)]
    if prices[0] != prices[1]:
        change = abs(float(prices[1]) / max(0.01, float(prices[0])) - 1)
        yield Entry("markets", change / 0.15, told.say("rent", was=prices[0], now=prices[1]))
    fresh = [p for p, on in values(told.after, "on_sale").items() if on and not value(told.before, "on_sale", p)]
    if fresh:
        names = listed([thing(product, told.cast, told.words) for product in fresh], told.words)
        yield Entry("markets", 2.0, told.say("on_sale", chips=names))
