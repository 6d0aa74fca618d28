"""Page: what a seat sees, as lines of text that read well aloud."""

from collections.abc import Iterator, Mapping
from typing import Any

from play.debrief.beliefs import PUBLIC as KNOWN
from play.dials import plain, spaced
from play.disputes import lean_words, sentence
from play.figures import figure
from play.words import read

Tree = Mapping[str, Any]

UNTOLD = frozenset(
    {"turn", "is_over", "length", "launch", "dies", "memory", "kw", "node", "record_score"}
    | {"record_month", "on_sale", "score", "released", "is_open", "objective", "skill"}
    | {"h100e", "tpp", "list_price", "credibility", "revealed", "lead", "money", "capital"}
)
"""Quantities that sections of their own tell, or that only tables need."""

PUBLIC = {
    "Politics": (
        "approval",
        "stance",
        "shock",
        "strictness",
        "tightened",
        "memory_grace",
        "lobbied",
    ),
    "Markets": ("premium", "rent_price", "price_index", "revenue", "revenue_cn", "other_revenue"),
    "Smuggling": ("seized", "caught"),
    "The domestic stack": ("software", "mtbf", "cuda_share"),
}
"""What everybody sees, by section; all other quantities are in the seat's own books."""

TEARDOWN = "A new chip of Huawei's was taken apart, which tells of"
REVEALED = {
    "smic_yield": TEARDOWN,
    "ascend_wafers": TEARDOWN,
    "memory_left": TEARDOWN,
    "smuggled": "Papers and witnesses of a large seizure tell of",
    "rented": "A leap of China's models tells of",
}
"""What came out, by the question that it tells of."""

MOST_CELLS = 12
UNRANKED = "This game is not ranked: somebody branched it, and so has seen how its luck falls."


def page(seen: Tree) -> list[str]:
    """Everything a seat sees, section by section."""
    sections = [heading(seen), race(seen), on_sale(seen), *public(seen), books(seen)]
    sections += [believed(seen), said(seen), rules(seen), orders(seen), refused(seen)]
    lines: list[str] = []
    for section in sections:
        if section:
            lines += [*section, ""]
    return lines[:-1]


def heading(seen: Tree) -> list[str]:
    """Which game, when, and who one is."""
    seat = seen["seat"]
    when = f"after {seen['played']}" if seen["is_over"] else f"{seen['coming']} is to be played"
    weights = ", ".join(f"{spaced(n)} {figure(100 * w, 2)} %" for n, w in seat["objectives"].items())
    points = seen["quantities"]["objective"]["values"][seat["name"]]
    side = "US side" if seat["bloc"] == "us" else "China"
    lines = [
        f"{seen['title']}: {when} (turn {min(seen['turn'] + 1, seen['length'])} of {seen['length']}).",
        *([] if seen["is_ranked"] else [UNRANKED]),
        f"You are {seat['title']}, {spaced(seat['role'])}, {side}.",
        *([seat["about"]] if seat["about"] else []),
        f"Your score is made of: {weights}. It stands at {figure(points)} of 100 points.",
        f"You can spend {amount(seen['purse']['amount'], seen['purse']['currency'])} on orders.",
    ]
    return lines


def amount(value: float, currency: str) -> str:
    """A sum in words."""
    if currency == "capital":
        return f"{figure(value)} points of political capital"
    return f"{figure(value / 1000)} million USD"


def race(seen: Tree) -> list[str]:
    """Who leads, and the best models."""
    quantities = seen["quantities"]
    lead = quantities["lead"]["values"][""]
    leader = "The US side leads" if lead > 0 else "China leads" if lead < 0 else "Nobody leads"
    scores = sorted(quantities["score"]["values"].items(), key=lambda pair: -pair[1])
    fresh = [lab for lab, new in quantities["released"]["values"].items() if new]
    lines = ["The race", f"  {leader} by {figure(abs(lead))} months."]
    lines.append("  Best models (ECI): " + ", ".join(f"{lab} {value:.1f}" for lab, value in scores))
    if fresh:
        lines.append(f"  New models in the quarter: {', '.join(fresh)}.")
    return lines


def on_sale(seen: Tree) -> list[str]:
    """The chips there are."""
    values = {name: q["values"] for name, q in seen["quantities"].items()}
    lines = ["Chips on sale"]
    for product, is_sold in values["on_sale"].items():
        if is_sold:
            facts = [
                f"{figure(values['h100e'][product])} H100e",
                f"{figure(values['tpp'][product])} TPP",
            ]
            facts.append(f"list price {figure(values['list_price'][product])} thousand USD")
            lines.append(f"  {product}: {', '.join(facts)}")
    return lines


def public(seen: Tree) -> Iterator[list[str]]:
    """What everybody can read, by section."""
    for title, columns in PUBLIC.items():
        found = [quantity(c, seen["quantities"][c]) for c in columns if c in seen["quantities"]]
        if found:
            yield [title, *found]


def books(seen: Tree) -> list[str]:
    """What only this seat (and those it answers to) can read."""
    told = UNTOLD | {column for columns in PUBLIC.values() for column in columns}
    own = [quantity(c, q) for c, q in seen["quantities"].items() if c not in told]
    return ["Your books", *own] if own else []


def quantity(column: str, about: Tree) -> str:
    """A quantity in a line: what it is, and its numbers by name; many zeros are only counted."""
    values = {name: value for name, value in about["values"].items() if value not in (0, False)}
    unit = f" {about['unit']}" if about["unit"] else ""
    zeros = len(about["values"]) - len(values)
    if list(about["values"]) == [""] or len(about["values"]) == 1:
        only = next(iter(about["values"].values()))
        return f"  {spaced(column)}: {cell(only)}{unit} ({about['doc']})"
    shown = sorted(values.items(), key=lambda pair: -abs(pair[1]))[:MOST_CELLS]
    listed = [f"{name} {cell(value)}" for name, value in values.items() if (name, value) in shown]
    if len(values) > len(shown):
        listed.append(f"{len(values) - len(shown)} smaller ones")
    if zeros:
        listed.append(f"{zeros} at 0" if values else "all at 0")
    return f"  {spaced(column)},{unit or ' numbers'} ({about['doc']}): {', '.join(listed)}"


def cell(value: Any) -> str:
    """A number, or yes and no."""
    return ("yes" if value else "no") if isinstance(value, bool) else figure(value)


def believed(seen: Tree) -> list[str]:
    """What the seat believes of what is hidden, with the range that should hold it nine times in ten."""
    lines = ["What you believe (nine times in ten within the range)"]
    for question, about in seen["beliefs"].items():
        if question not in KNOWN:
            low, high = figure(about["low"]), figure(about["high"])
            lines.append(f"  {about['doc']}: {figure(about['middle'])} {about['unit']} ({low} to {high})")
    return lines


def said(seen: Tree) -> list[str]:
    """What sources published, each with an interest of its own, and how much of their credit is left."""
    if not seen["reports"]:
        return ["No source has published yet; the first reports come with the end of the quarter."]
    credit = seen["quantities"]["credibility"]["values"]
    lines = [
        "What sources say (each has an interest of its own, and so a way to lean; "
        "credit falls when facts show a figure to be far off)"
    ]
    for source, answers in seen["reports"].items():
        about = seen["sources"][source]
        told = [told_by(about, question, value, seen["beliefs"][question]) for question, value in answers.items()]
        lines.append(f"  {sentence(about['title'])} (credit {figure(100 * credit[source], 2)} %): {'; '.join(told)}")
    return lines


def told_by(source: Tree, question: str, value: float, about: Tree) -> str:
    """What a source says of a question, and which way it usually runs on what is disputed."""
    lean = source["leans"].get(question)
    runs = "" if lean is None else f" ({lean_words(lean, read())})"
    return f"{about['doc']} {figure(value)} {about['unit']}{runs}"


def settings(dial: Tree, key: str = "in_force") -> str:
    """How a dial stands, in words; a share goes without its unit."""
    parts = (f"{name} {plain(one[key])} {one['unit'].removeprefix('share')}" for name, one in dial["amounts"].items())
    return ", ".join(part.strip().replace(" /", " a ") for part in parts)


def title(dial: Tree) -> str:
    """An order and what it is about."""
    return " ".join((dial["order"], *dial["picks"]))


def rules(seen: Tree) -> list[str]:
    """What other governments have ordered for all to see."""
    lines = ["Rules of others in force"]
    for dial in seen["rules"]:
        if any(one["in_force"] for one in dial["amounts"].values()):
            lines.append(f"  {dial['seat']}: {title(dial)}: {settings(dial)}")
    return lines if len(lines) > 1 else []


def orders(seen: Tree) -> list[str]:
    """The seat's own dials: how they stand, what they may be set to, and what moving one costs."""
    lines = [f"Your orders (at most {seen['purse']['moves']} a quarter; a setting stays until changed)"]
    for dial in seen["dials"]:
        for name, one in dial["amounts"].items():
            unit = f" {one['unit']}" if one["unit"] else ""
            bounds = f"{plain(one['low'])} to {plain(one['high'])} in steps of {plain(one['step'])}"
            later = "" if one["set"] == one["in_force"] else f", in force still {plain(one['in_force'])}"
            lines.append(f"  {title(dial)} {name}={plain(one['set'])}{unit} ({bounds}{later}{cost(dial)})")
    return lines


def cost(dial: Tree) -> str:
    """What moving a dial costs and how long it takes, for a bracket."""
    paid = f", costs {amount(dial['price'], dial['currency'])}" if dial["price"] else ""
    waits = f", bites after {quarters(dial['delay'])}" if dial["delay"] else ""
    return paid + waits


def quarters(number: int) -> str:
    """A number of quarters in words."""
    return f"{number} quarter{'' if number == 1 else 's'}"


def refused(seen: Tree) -> list[str]:
    """Orders of the last quarter that did not stand."""
    if not seen["refused"]:
        return []
    return ["Refused in the last quarter", *(f"  {title(r)}: {r['why']}" for r in seen["refused"])]


def news(before: Tree, after: Tree) -> list[str]:
    """What everybody heard of the quarter between two snapshots."""
    old, new = before["quantities"], after["quantities"]
    lines = [f"News of {after['played']}"]
    lead, was = new["lead"]["values"][""], old["lead"]["values"][""]
    lines.append(f"  The lead is {figure(lead)} months, after {figure(was)}.")
    for lab, is_new in new["released"]["values"].items():
        if is_new:
            lines.append(f"  {lab} released a model; its best is at {new['score']['values'][lab]:.1f} ECI.")
    for broker, chips in new["caught"]["values"].items():
        if chips:
            lines.append(f"  Customs seized {figure(chips)} chips of {broker}.")
    for question, came in new["revealed"]["values"].items():
        if came:
            lines.append(f"  {REVEALED[question]}: {after['beliefs'][question]['doc']}.")
    for dial, earlier in zip(after["rules"], before["rules"], strict=True):
        if settings(dial) != settings(earlier):
            lines.append(f"  {dial['seat']}: {title(dial)}: now {settings(dial)}; before {settings(earlier)}.")
    return lines


def verdict(seen: Tree) -> list[str]:
    """How the game ended for the seat."""
    lead = seen["quantities"]["lead"]["values"][""]
    name = seen["seat"]["name"]
    points = seen["quantities"]["objective"]["values"][name]
    who = "the US side leads" if lead > 0 else "China leads" if lead < 0 else "nobody leads"
    by = f" by {figure(abs(lead))} months" if lead else ""
    return [
        f"The game is over after {seen['played']}: {who}{by}.",
        f"{seen['seat']['title']} met its objectives with {figure(points)} of 100 points.",
    ]
