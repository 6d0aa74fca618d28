"""What stands over and under the levers: the finding, the moves and the price of a draft, in words."""

from desktop.numbers import dollars, short
from desktop.screens.draft import Draft
from desktop.screens.order_causes import headline_of, moved_most, points_words, score_of
from desktop.screens.order_preview import change_words, label_words, last_quarter, names_for, unit_words
from desktop.screens.order_words import sum_of, thing
from desktop.table import Table
from play.order_words import SPENT
from play.preview import Preview
from play.words import Words
from world.orders import MOVES


def price_words(table: Table, draft: Draft, words: Words) -> list[str]:
    """What the draft costs and leaves, and what it spends anew every quarter; where room is short, a later one."""
    if table.is_over or table.is_watching or not draft.moved:
        return [""]
    purse = table.seen()["purse"]
    currency, whole = purse["currency"], purse["amount"]
    costs = [words("orders.costs_nothing")] if not draft.cost else []
    if draft.cost:
        left = sum_of(whole - draft.cost, currency, words)
        for long in (True, False):
            cost, has = sum_of(draft.cost, currency, words), sum_of(whole, currency, words, long)
            if currency == "capital":
                cost, left = short(draft.cost, 3), short(whole - draft.cost, 3)
            costs.append(words("orders.costs", cost=cost, purse=has, left=left))
    more = spending_words(table, draft, words)
    if not more:
        return costs
    brief = words("orders.costs_brief", cost=sum_of(draft.cost, currency, words)) if draft.cost else ""
    return [*(f"{cost} {more}" for cost in costs), f"{brief} {more}".strip(), *costs]


def spending_words(table: Table, draft: Draft, words: Words) -> str:
    """How much more or less the draft spends every quarter; "" where it changes no sum."""
    rows = [row for entry in draft.moved for row in draft.rows(entry)]
    sums = [row for row in rows if draft.book.dials[row].amount.unit == SPENT]
    more = sum(draft.now(row) - draft.was(row) for row in sums)
    if not more:
        return ""
    amount = dollars(abs(more) * 1e6)
    cash = dollars(float(table.seen()["quantities"]["money"]["values"][table.seat]) * 1000)
    return words("orders.spends", amount=amount, cash=cash) if more > 0 else words("orders.saves", amount=amount)


def headlines(table: Table, draft: Draft, own: str, shown: Preview | None, words: Words) -> list[str]:
    """The finding over the levers, made from the draft and its preview; where room is short, a later one.

    `own` is what a drawn control says.
    """
    seat = thing(table.seat, table.model.cast, words)
    if table.is_over:
        return [words("orders.over_title", seat=seat)]
    if table.is_watching:
        return [words("orders.watching_title", seat=seat)]
    if not draft.moved:
        idle = words("orders.idle")
        if not shown:
            return [idle]
        still = float(shown.effects[f"objective.{table.seat}"].still[2])
        return [words("orders.idle_score", points=round(still), quarter=last_quarter(table, shown)), idle]
    if shown:
        return found_headlines(table, own, shown, words)
    return [own or words("orders.draft_title", count=draft.used)]


def found_headlines(table: Table, own: str, shown: Preview, words: Words) -> list[str]:
    """What the draft does to the score; where that is hardly anything, what it moves most."""
    score = score_of(shown)
    found = headline_of(score, words)
    if not score.is_slight:
        more = words(
            "orders.preview.and_score_" + ("up" if score.whole.mean > 0 else "down"),
            amount=points_words(abs(score.whole.mean), words),
        )
        return [f"{own}, {more}", found] if own else [found]
    if own:
        return [f"{own}, {words('orders.preview.and_hardly')}", own]
    most = moved_most(shown, names_for(table))
    if most is None:
        last = min(table.turn + shown.quarters, int(table.seen()["length"]))
        return [words("orders.preview.nothing", quarter=table.model.story.quarter(max(1, last)))]
    change = change_words(float(most.whole[2]), float(most.whole[2]), most.quantity.unit)
    what = label_words(most.quantity, table.model.cast, words)
    unit = "" if most.quantity.unit in ("share", "thousand USD") else unit_words(most.quantity, words)
    told = {"what": what, "change": f"{change} {unit}".rstrip()}
    return [words("orders.preview.hardly_but", **told), words("orders.preview.hardly_but_short", **told), found]


def subtitles(table: Table, draft: Draft, words: Words) -> list[str]:
    """The quarter, the moves and the price; where room is short, a later one."""
    seen = table.seen()
    if table.is_over or table.is_watching:
        return [seen["seat"]["about"]]
    purse = seen["purse"]
    currency, has = purse["currency"], purse["amount"]
    whole = sum_of(has, currency, words, long=True)
    if not draft.moved:
        told = {"quarter": seen["coming"], "moves": MOVES, "purse": whole}
        return [words("orders.subtitle_none", **told), words("orders.subtitle_none_short", **told)]
    cost = (
        words("orders.cost", cost=sum_of(draft.cost, currency, words, long=True))
        if draft.cost
        else words("orders.free")
    )
    told = {"quarter": seen["coming"], "used": draft.used, "moves": MOVES, "cost": cost}
    return [words("orders.subtitle", **told), words("orders.subtitle_short", **told)]
