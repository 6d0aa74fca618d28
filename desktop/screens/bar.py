"""What the top bar says of a game: the quarter, the seat, and at most four resources with what is drafted of them."""

from collections.abc import Mapping
from typing import Any

from desktop.chrome import Bar, Resource
from desktop.numbers import dollars, halves, short, signed, span
from desktop.pen import Pen
from desktop.table import Table

Tree = Mapping[str, Any]


def bar_of(table: Table, pen: Pen) -> Bar:
    """The top bar for whoever looks."""
    seen = table.seen()
    seat = seen["seat"]
    return Bar(
        seen["coming"] or seen["played"],
        min(seen["turn"] + 1, seen["length"]),
        seen["length"],
        seat["title"],
        "US" if seat["bloc"] == "us" else "CN",
        "us" if seat["bloc"] == "us" else "cn",
        tuple(resources(table, seen, pen)),
        leading(table, pen),
    )


def leading(table: Table, pen: Pen) -> str:
    """What stands above the seat: that one directs it, or watches, and whether the watched game goes on by itself."""
    if not table.is_watching:
        return pen.words("bar.direct")
    return pen.words("game.watch_on" if table.pace else "game.watch")


def resources(table: Table, seen: Tree, pen: Pen) -> list[Resource]:
    """Money, what else the seat lives by, the lead, and the score with its range, which goes last."""
    found = [purse(table, seen, pen)]
    second = standing(seen, pen)
    if second:
        found.append(second)
    lead = seen["quantities"]["lead"]["values"][""]
    found.append(Resource(pen.words("game.lead"), lead_words(lead, pen), "", pen.words("game.lead_brief")))
    return [*found, score(table, seen, pen)]


def purse(table: Table, seen: Tree, pen: Pen) -> Resource:
    """What can be spent on orders, and what the draft takes of it."""
    amount, currency = seen["purse"]["amount"], seen["purse"]["currency"]
    cost = 0.0 if table.is_watching else drafted_cost(table)
    is_capital = currency == "capital"
    value = short(amount, 3) if is_capital else money(amount)
    note = ""
    if cost:
        note = pen.words("game.drafted", amount=signed(-cost, 3) if is_capital else signed_money(-cost))
    elif is_capital:
        note = pen.words("game.points")
    name = "game.capital" if is_capital else "game.money"
    return Resource(pen.words(name), value, note, pen.words(name + "_brief"))


def drafted_cost(table: Table) -> float:
    """What the orders of the draft cost, in the currency of the seat."""
    sitting = table.sitting
    dials, of_entry = sitting.book.dials, sitting.book.of_entry
    return float(sum(dials[of_entry[entry][0]].kind.price for entry in sitting.trial(sitting.draft)))


def standing(seen: Tree, pen: Pen) -> Resource | None:
    """What the seat lives by beside its purse: approval of a government, sales of a firm, the best model of a lab."""
    name, quantities = seen["seat"]["name"], seen["quantities"]
    for column, write in (
        ("approval", lambda value: f"{100 * value:.0f} %"),
        ("score", lambda value: f"{value:.1f} ECI"),
        ("revenue", money),
        ("money", money),
    ):
        if column in quantities and name in quantities[column]["values"]:
            if column == "money" and seen["purse"]["currency"] != "capital":
                return None
            words = "game.best" if column == "score" else f"game.{column}"
            return Resource(
                pen.words(words), write(quantities[column]["values"][name]), "", pen.words(words + "_brief")
            )
    return None


def score(table: Table, seen: Tree, pen: Pen) -> Resource:
    """The score now, and how it will likely end (5th to 95th percentile of imagined futures) once that is worked out."""
    points = seen["quantities"]["objective"]["values"][seen["seat"]["name"]]
    note = ""
    known = table.answers.get("verdict")
    if known and known.key == (table.seat, table.turn) and known.is_there and not known.work.exception():
        five = known.value.points
        note = pen.words("game.projected", span=span(five[0], five[4]))
    return Resource(pen.words("game.score"), f"{points:.0f}", note or pen.words("game.of_100"), pen.words("game.score"))


def lead_words(months: float, pen: Pen) -> str:
    """Who leads, by how many months."""
    if abs(months) < 0.25:
        return pen.words("game.level")
    return pen.words("game.us_leads" if months > 0 else "game.cn_leads", months=halves(abs(months)))


def money(thousands: float) -> str:
    """A sum in thousand USD, as $5.0bn."""
    return dollars(thousands * 1e3)


def signed_money(thousands: float) -> str:
    """A change of money with its sign."""
    return money(thousands) if thousands < 0 else "+" + money(thousands)
