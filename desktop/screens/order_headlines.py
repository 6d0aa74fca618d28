"""What stands over and under the levers: the finding, the moves and the price of a draft, in words."""

from desktop.numbers import short
from desktop.screens.draft import Draft
from desktop.screens.order_preview import HARDLY, finding, middle_of, points_words
from desktop.screens.order_words import dollars, sum_of, thing
from desktop.table import Table
from desktop.words import Words
from play.preview import Preview
from world.orders import MOVES


def price_words(table: Table, draft: Draft, words: Words) -> str:
    """What the draft costs and leaves."""
    purse = table.seen()["purse"]
    if table.is_over or table.is_watching or not draft.moved:
        return ""
    cost = sum_of(draft.cost, purse["currency"], words, long=True)
    whole, left = purse["amount"], purse["amount"] - draft.cost
    if not draft.cost:
        return words("orders.costs_nothing")
    if purse["currency"] == "capital":
        return words("orders.costs", cost=cost, purse=short(whole, 3), left=short(left, 3))
    return words("orders.costs", cost=cost, purse=dollars(whole * 1000), left=dollars(left * 1000))


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
        return [words("orders.idle_score", points=round(still)), idle]
    if shown:
        middle = middle_of(shown)
        points = points_words(abs(middle), words)
        if not own:
            return [finding(shown, words, points)]
        if abs(middle) >= HARDLY:
            more = words("orders.preview.and_score_" + ("up" if middle > 0 else "down"), amount=points)
            return [f"{own}, {more}", own]
    return [own or words("orders.draft_title", count=draft.used)]


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
