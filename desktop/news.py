"""News: what changed in a quarter, as cards with causes left to right, from what one seat saw before and after it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.chrome import Card
from desktop.news_rules import COLOUR, rules_moved
from desktop.numbers import halves, range_of, rounded, short
from play.order_words import order_text
from play.story import Story
from play.words import Words
from world.cast import Cast

Tree = Mapping[str, Any]
Weighed = tuple[float, Card]

PRICE_MOVED = 0.15
"""By how much of itself a price must move to be news."""
REVEALING = ("smic_yield", "smuggled", "rented")
"""Questions that make a headline where something came out about them; a teardown tells of others besides."""
LEVEL = 0.25
"""Months by which a lead must move to have moved, and below which nobody leads."""
MOST_LABS = 3
"""Labs whose scores stand on the card of better models; the others are counted."""


def news_of(seen: Sequence[Tree], cast: Cast, story: Story, words: Words) -> tuple[Card, ...]:
    """The news of all quarters, the latest first, in a quarter the weightiest first."""
    cards: list[Card] = []
    for turn in range(len(seen) - 1, 0, -1):
        weighed = sorted(quarter_news(seen[turn - 1], seen[turn], cast, story, words), key=lambda pair: -pair[0])
        cards += [card for _, card in weighed]
    return tuple(cards)


def quarter_news(before: Tree, after: Tree, cast: Cast, story: Story, words: Words) -> Iterator[Weighed]:
    """What changed in one quarter, each with its weight."""
    yield from refusals(after, story, words)
    yield from releases(before, after, cast, story, words)
    yield from seizures(before, after, story, words)
    yield from revealed(before, after, words)
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
        yield others_card(others, better, blocs, before, after, story, words)


def others_card(
    labs: Sequence[str],
    better: Mapping[str, float],
    blocs: Mapping[str, str],
    before: Tree,
    after: Tree,
    story: Story,
    words: Words,
) -> tuple[float, Card]:
    """Better models that set no record of their side, together on one card, the best lab in front."""
    first = leading(labs[0], story, words)
    if len(labs) == 1:
        headline = words("board.news.release", lab=first)
        was, now = value(before, "score", labs[0]), better[labs[0]]
        causes: tuple[str, ...] = (
            words("board.news.score_was", was=plain_score(was)),
            words("board.news.score_now", now=plain_score(now)),
        )
    else:
        more = len(labs) - 1
        headline = words("board.news.releases_one" if more == 1 else "board.news.releases", lab=first, n=more)
        each = ", ".join(f"{story.called(lab)} {plain_score(better[lab])}" for lab in labs[:MOST_LABS])
        unsaid = len(labs) - MOST_LABS
        causes = (words("board.news.each_more" if unsaid > 0 else "board.news.each", labs=each, n=unsaid),)
    colours = {COLOUR[blocs[lab]] for lab in labs}
    return 2.0 + len(labs) / 10, Card(
        after["played"], headline, causes, colours.pop() if len(colours) == 1 else "ivory"
    )


def record_card(
    lab: str, bloc: str, was: float, before: Tree, after: Tree, story: Story, words: Words
) -> tuple[float, Card]:
    """A model better than any of its side before it, and what became of the lead."""
    now = value(after, "score", lab)
    leads = value(before, "lead"), value(after, "lead")
    causes = (
        words(f"board.news.record_{bloc}", was=plain_score(was)),
        words("board.news.scores", now=plain_score(now)),
        lead_text(*leads, words),
    )
    headline = record_headline(leading(lab, story, words), bloc, *leads, words)
    return 5.0 + (now - was) / 10, Card(after["played"], headline, causes, COLOUR[bloc])


def leading(lab: str, story: Story, words: Words) -> str:
    """What a headline calls a lab: of partners the first."""
    return story.called(lab).partition(words("board.news.and"))[0]


def record_headline(lab: str, bloc: str, was: float, now: float, words: Words) -> str:
    """What a record did to the lead of its side (months, positive where the US leads)."""
    sign = 1 if bloc == "us" else -1
    mine, gained = sign * now, sign * (now - was)
    told = {"lab": lab, "months": months_text(abs(now), words)}
    if mine >= LEVEL > sign * was:
        return words(f"board.news.takes_{bloc}", **told)
    if gained >= LEVEL:
        how = "widens" if mine >= LEVEL else "closes" if abs(now) < LEVEL else "cuts"
    else:
        how = "sets" if gained > -LEVEL else "shrinks" if mine >= LEVEL else "behind"
    return words(f"board.news.{how}_{bloc}", **told)


def lead_text(was: float, now: float, words: Words) -> str:
    """What became of the lead, from the side that leads now."""
    side = "us" if now >= LEVEL else "cn" if now <= -LEVEL else "none"
    if side == "none":
        return words("board.news.lead_none")
    if was * now < 0 and abs(was) >= LEVEL:
        return words(f"board.news.lead_turned_{side}", was=halves(abs(was)), now=months_text(abs(now), words))
    if halves(abs(was)) == halves(abs(now)):
        return words(f"board.news.lead_same_{side}", now=months_text(abs(now), words))
    return words(f"board.news.lead_{side}", was=halves(abs(was)), now=months_text(abs(now), words))


def months_text(months: float, words: Words) -> str:
    """Months to the nearest half: half a month, 1 month, 7½ months."""
    text = halves(months)
    name = {"½": "board.news.month_half", "1": "board.news.month_one"}.get(text, "board.news.months")
    return words(name, n=text)


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
    where = words("board.news.route", route=story.called(first), count=counted(routes[first])) if first else ""
    price = words("board.news.premium", percent=round(100 * value(before, "premium")))
    lost = sum(count * value(after, "h100e", name) for name, count in taken.items())
    causes = tuple(one for one in (price, where, words("board.news.lost", amount=short(lost))) if one)
    name = "board.news.seizure" if len(taken) == 1 else "board.news.seizure_mixed"
    headline = words(name, count=counted(sum(taken.values())), product=story.called(most))
    yield 4.0 + min(2.0, lost / 20_000), Card(after["played"], headline, causes, "smug")


def revealed(before: Tree, after: Tree, words: Words) -> Iterator[Weighed]:
    """What came out that tells everybody of a disputed quantity, with what the seat believed before and believes now."""
    for question in REVEALING:
        if not value(after, "revealed", question):
            continue
        held = [
            range_of(one["unit"], one["low"], one["high"])
            for one in (seen["beliefs"][question] for seen in (before, after))
        ]
        causes = (words("board.news.held", range=held[0]), words("board.news.held_now", range=held[1]))
        yield 3.0, Card(after["played"], words(f"board.news.revealed.{question}"), causes, "ivory")


def counted(chips: float) -> str:
    """Chips as a headline counts them: two digits of them."""
    return f"{int(rounded(chips)):,}"


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
        months = months_text(3 * late, words)
        share = min(1.0, value(after, "run_done", lab) / max(1e-9, value(after, "run_target", lab)))
        is_begun = share >= 0.005
        causes = (why, words("board.news.done", percent=round(100 * share))) if is_begun else (why,)
        headline = words("board.news.slip", lab=story.called(lab), months=months)
        yield 5.0, Card(after["played"], headline, causes, "cn", share if is_begun else None)


def refusals(after: Tree, story: Story, words: Words) -> Iterator[Weighed]:
    """Orders of the seat that did not stand, before all else; several on one card."""
    refused = after["refused"]
    if not refused:
        return
    why = refused[0]["why"].replace("the seat", words("board.news.your_seat"))
    because = why[0].upper() + why[1:]
    named = [
        words("board.news.quoted", order=order_text(one["order"], one["picks"], story.called, words)) for one in refused
    ]
    if len(named) == 1:
        yield 20.0, Card(after["played"], words("board.news.refused", order=named[0]), (because,), "ivory")
        return
    headline = words("board.news.refused_many", n=len(named))
    yield 20.0, Card(after["played"], headline, (", ".join(named), because), "ivory")
