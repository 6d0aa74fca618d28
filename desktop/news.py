"""News: what changed in a quarter, as cards with causes left to right, from what one seat saw before and after it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.chrome import Card
from desktop.numbers import halves, short
from desktop.words import Words
from play.dials import plain, spaced
from play.story import Story
from world.cast import Cast

Tree = Mapping[str, Any]
Weighed = tuple[float, Card]

PRICE_MOVED = 0.15
"""By how much of itself a price must move to be news."""
COLOUR = {"us": "us", "cn": "cn"}
ROUTINE = frozenset({"align_tools", "enforce_transit", "gather_intelligence"})
"""Orders that are given nearly every quarter, and so are told after the others."""


def news_of(seen: Sequence[Tree], cast: Cast, story: Story, words: Words) -> tuple[Card, ...]:
    """The news of all quarters, the latest first, in a quarter the weightiest first."""
    cards: list[Card] = []
    for turn in range(len(seen) - 1, 0, -1):
        weighed = sorted(quarter_news(seen[turn - 1], seen[turn], cast, story, words), key=lambda pair: -pair[0])
        cards += [card for _, card in weighed]
    return tuple(cards)


def quarter_news(before: Tree, after: Tree, cast: Cast, story: Story, words: Words) -> Iterator[Weighed]:
    """What changed in one quarter, each with its weight."""
    yield from refusals(after, words)
    yield from releases(before, after, cast, story, words)
    yield from seizures(before, after, story, words)
    yield from rules_moved(before, after, cast, story, words)
    yield from prices(before, after, words)
    yield from slips(before, after, story, words)


def value(seen: Tree, column: str, name: str = "") -> float:
    """A quantity that the seat sees; 0 where it does not."""
    return float(seen["quantities"].get(column, {}).get("values", {}).get(name, 0.0))


def values(seen: Tree, column: str) -> Mapping[str, float]:
    """All of a quantity that the seat sees, by name."""
    found: Mapping[str, float] = seen["quantities"].get(column, {}).get("values", {})
    return found


def releases(before: Tree, after: Tree, cast: Cast, story: Story, words: Words) -> Iterator[Weighed]:
    """Better models: those that set a side's record with what became of the lead, the others together."""
    better = {
        lab: value(after, "score", lab)
        for lab, came in values(after, "released").items()
        if came and value(after, "score", lab) > value(before, "score", lab)
    }
    blocs = {one.name: one.bloc for one in cast.seats if one.role == "lab"}
    leaders = []
    for bloc in ("us", "cn"):
        sided = [lab for lab in better if blocs[lab] == bloc]
        best = max(sided, key=lambda lab: better[lab], default="")
        was = max((value(before, "score", lab) for lab, side in blocs.items() if side == bloc), default=0.0)
        if best and better[best] > was:
            leaders.append(best)
            yield record_card(best, blocs[best], was, before, after, story, words)
    others = sorted((lab for lab in better if lab not in leaders), key=lambda lab: -better[lab])
    if others:
        told = [story.called(lab) for lab in others]
        each = [f"{story.called(lab)} {plain_score(better[lab])}" for lab in others]
        causes: tuple[str, ...] = (words("board.news.each", labs=", ".join(each)),)
        if len(others) == 1:
            headline = words("board.news.release", lab=told[0])
            scores = plain_score(value(before, "score", others[0])), plain_score(better[others[0]])
            causes = (words("board.news.score", was=scores[0], now=scores[1]),)
        else:
            headline = words("board.news.releases", n=len(others))
        colours = {COLOUR[blocs[lab]] for lab in others}
        colour = colours.pop() if len(colours) == 1 else "ivory"
        yield 2.0 + len(others) / 10, Card(after["played"], headline, causes, colour)


def record_card(
    lab: str, bloc: str, was: float, before: Tree, after: Tree, story: Story, words: Words
) -> tuple[float, Card]:
    """A model better than any of its side before it, and what became of the lead."""
    now = value(after, "score", lab)
    first = words(f"board.news.record_{bloc}", was=plain_score(was))
    second = words("board.news.scores", lab=story.called(lab), now=plain_score(now))
    leads = value(before, "lead"), value(after, "lead")
    told = [halves(abs(lead)) for lead in leads]
    side = "us" if leads[1] >= 0 else "cn"
    same = told[0] == told[1] and leads[0] * leads[1] >= 0
    name = "board.news.lead_same" if same else f"board.news.lead_{side}"
    third = words(name, was=signed_lead(leads[0], side), now=told[1])
    headline = words("board.news.release", lab=story.called(lab))
    return 5.0 + (now - was) / 10, Card(after["played"], headline, (first, second, third), COLOUR[bloc])


def signed_lead(lead: float, side: str) -> str:
    """A lead in months as the side that leads now would count it."""
    ahead = lead if side == "us" else -lead
    return halves(ahead)


def plain_score(score: float) -> str:
    """A score with one digit after the point."""
    return f"{score:.1f}"


def seizures(before: Tree, after: Tree, story: Story, words: Words) -> Iterator[Weighed]:
    """Smuggled chips that customs took: of what, on which routes, and how much compute that is."""
    taken = {
        name: count - value(before, "seized", name)
        for name, count in values(after, "seized").items()
        if count > value(before, "seized", name)
    }
    if not taken:
        return
    most = max(taken, key=lambda name: taken[name])
    routes = {name: count for name, count in values(after, "caught").items() if count}
    first = max(routes, key=lambda name: routes[name], default="")
    where = words("board.news.route", route=story.called(first), count=f"{int(routes[first]):,}") if first else ""
    price = words("board.news.premium", percent=round(100 * value(before, "premium")))
    lost = sum(count * value(after, "h100e", name) for name, count in taken.items())
    causes = tuple(one for one in (price, where, words("board.news.lost", amount=short(lost))) if one)
    headline = words("board.news.seizure", count=f"{int(sum(taken.values())):,}", product=story.called(most))
    yield 4.0 + min(2.0, lost / 20_000), Card(after["played"], headline, causes, "smug")


def rules_moved(before: Tree, after: Tree, cast: Cast, story: Story, words: Words) -> Iterator[Weighed]:
    """Public rules of other governments that were set anew, one card a government and order."""
    for old, new, moved in moved_rules(before, after):
        seat = cast.seats[cast.at("seats", new["seat"])]
        name = order_name(new["order"], words)
        picks = ", ".join(story.called(pick) for pick in new["picks"])
        amount = max(moved, key=lambda one: moved[one])
        was, now = old["amounts"][amount], new["amounts"][amount]
        rises = now["set"] > was["set"]
        verb = words("board.news.raises" if rises else "board.news.lowers")
        order = f"{name}, {picks}" if picks else name
        headline = words("board.news.rule", seat=story.called(seat.name), verb=verb, order=order)
        unit = "" if now["unit"] in ("share", "") else now["unit"].replace("million USD/quarter", "$m a quarter")
        first = words("board.news.from", amount=spaced(amount), was=told(was["set"], now["unit"]))
        second = words("board.news.to", unit=unit, now=told(now["set"], now["unit"])).rstrip()
        delay = int(new["delay"])
        third = words(
            "board.news.now" if not delay else "board.news.in_one" if delay == 1 else "board.news.in", n=delay
        )
        weight = 2.5 + 2 * moved[amount] - (2.0 if new["order"] in ROUTINE else 0.0)
        weight += 1.0 if seat.role in ("controller", "planner") else 0.0
        yield weight, Card(after["played"], headline, (first, second, third), COLOUR[seat.bloc])


def order_name(kind: str, words: Words) -> str:
    """What a kind of order is called."""
    name = f"orders.kind.{kind}"
    return words(name) if name in words else spaced(kind).capitalize()


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


def told(setting: float, unit: str) -> str:
    """A setting with percent signs for shares."""
    return f"{100 * setting:.0f} %" if unit == "share" else f"{setting:,.6g}" if setting >= 1e4 else plain(setting)


def prices(before: Tree, after: Tree, words: Words) -> Iterator[Weighed]:
    """Prices that moved much: of smuggled chips and of rented compute."""
    was, now = 1 + value(before, "premium"), 1 + value(after, "premium")
    if abs(now / was - 1) >= PRICE_MOVED:
        causes = (
            words("board.news.over", percent=round(100 * (was - 1))),
            words("board.news.over_now", percent=round(100 * (now - 1))),
            words("board.news.pays" if now > was else "board.news.pays_less"),
        )
        headline = words("board.news.dearer" if now > was else "board.news.cheaper")
        yield 2.0 + abs(now / was - 1), Card(after["played"], headline, causes, "smug")
    was, now = value(before, "rent_price"), value(after, "rent_price")
    if was and abs(now / was - 1) >= PRICE_MOVED:
        rents = tuple(words("board.news.rent", price=f"{price:.2f}") for price in (was, now))
        headline = words("board.news.rent_up" if now > was else "board.news.rent_down")
        yield 1.5 + abs(now / was - 1), Card(after["played"], headline, rents, "remote")


def slips(before: Tree, after: Tree, story: Story, words: Words) -> Iterator[Weighed]:
    """Training runs that the seat knows to be late, and why."""
    for lab, late in values(after, "run_late").items():
        if late <= value(before, "run_late", lab) or late < 0.05:
            continue
        why = words(f"board.news.short_{int(value(after, 'run_short', lab))}")
        share = value(after, "run_done", lab) / max(1e-9, value(after, "run_target", lab))
        done = words("board.news.done", percent=round(100 * min(1.0, share)))
        headline = words("board.news.slip", lab=story.called(lab), months=halves(3 * late))
        yield 5.0, Card(after["played"], headline, (why, done), "cn", min(1.0, share))


def refusals(after: Tree, words: Words) -> Iterator[Weighed]:
    """Orders of the seat that did not stand."""
    for one in after["refused"]:
        headline = words("board.news.refused", order=" ".join((order_name(one["order"], words), *one["picks"])))
        yield 6.0, Card(after["played"], headline, (one["why"],), "ivory")
