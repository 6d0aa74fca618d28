"""Telling: whys, paths, previews and branches as lines that read well, in which the printed parts add up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log10

import numpy as np

from play.cells import cells
from play.dials import book_of, plain
from play.figures import THIN, aligned, figure
from play.past import Given, Past
from play.path import Step
from play.quantities import Quantity
from play.story import Story
from play.why import UNDER_WAY, Part, Why
from world.cast import Cast
from world.orders import Amount
from world.state import columns
from world.view import View, visible

Array = np.ndarray

DIGITS = 3
"""Significant digits of the largest number of a sum."""
FIVE = (5, 25, 50, 75, 95)
"""Percentiles of a range: half of the worlds and nine in ten lie within."""
MOST_PARTS = 8
"""Parts that get a line of their own."""

LUCK_WORDS = {
    "politics.stance": "which way the wind blew in politics",
    "fabrication.defects": "more or fewer defects on wafers than usual",
    "diversion.seizure": "which consignments customs seized",
    "diversion.proxy": "whether orders through front companies were found out",
    "research.day": "on which day of the quarter models came out",
    "research.release": "how good the new models turned out",
    "intelligence.reports": "what sources happened to report",
    "intelligence.own": "what the seats' own analysts happened to find",
    "intelligence.revealed": "what teardowns, seizures and new models happened to tell",
    "intelligence.disclosure": "whether the facts came out and cost sources their credit",
}
"""What each label of luck is about."""
COMING = "under way: what earlier quarters had set going"
FROM_THE_START = "under way since the opening day"


def luck_words(label: str) -> str:
    """A label of luck in words."""
    return LUCK_WORDS.get(label, label)


@dataclass(frozen=True)
class Line:
    """A printed part of a sum, in whole units of its last digit, and the parts that it opens into."""

    units: int
    words: str
    inner: tuple["Line", ...] = ()
    beside: str = ""


def decimals(values: Iterable[float | Fraction]) -> int:
    """Digits after the point that give the largest of some numbers three significant ones; negative for thousands."""
    largest = max((abs(float(value)) for value in values), default=0.0)
    return min(DIGITS - 1 - floor(log10(largest)), 6) if largest > 0 else 0


def rounded_shares(parts: Sequence[Fraction], whole: int, places: int) -> list[int]:
    """Parts in whole units of the last printed digit that add up to a whole, by largest remainder."""
    exact = [part * Fraction(10) ** places for part in parts]
    units = [floor(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: (units[at] - exact[at], at))
    for at in by_remainder[: whole - sum(units)]:
        units[at] += 1
    return units


def units_of(value: Fraction, places: int) -> int:
    """A number in whole units of the last printed digit, halves away from zero."""
    scaled = abs(value) * Fraction(10) ** places
    return (1 if value >= 0 else -1) * floor(scaled + Fraction(1, 2))


def amount(units: int, places: int, signed: bool = True) -> str:
    """A number given in units of its last printed digit."""
    value = Fraction(abs(units)) / Fraction(10) ** places
    text = f"{float(value):,.{max(places, 0)}f}".replace(",", THIN)
    sign = "-" if units < 0 else "+" if signed and units > 0 else ""
    return sign + text


def signed(value: float) -> str:
    """A change as people read it, with its sign."""
    text = figure(value)
    if not text.strip("-0."):
        return "0"
    return text if text == "none" or value < 0 else f"+{text}"


def with_unit(text: str, unit: str) -> str:
    """A number with its unit, if it has one."""
    return f"{text} {unit}".rstrip()


def order_words(past: Past, at: int, with_seat: bool = False) -> str:
    """An order in words: `direct_wafers huawei, share from 0.15 to 0.25`; in several games without its amounts."""
    given, book = past.given[at], book_of(past.cast)
    name = book.name(given.entry)
    words = name if with_seat else name.partition(": ")[2]
    moved = moves_of(past, given) if past.games == 1 else ""
    return f"{words}, {moved}" if moved else words


def moves_of(past: Past, given: Given) -> str:
    """Which amounts an order of one game moved, from where to where."""
    book, found = book_of(past.cast), []
    for row, dial in enumerate(given.dials):
        if given.moved[row, 0]:
            one = book.dials[dial].amount
            before, after = (plain(one.value(int(steps[row, 0]))) for steps in (given.before, given.steps))
            found.append(with_unit(f"{one.name} from {before} to {after}", unit_of(one)))
    return ", ".join(found)


def unit_of(one: Amount) -> str:
    """The unit of an amount, where its name does not say it."""
    return "" if one.unit in ("share", one.name) else one.unit


def why_lines(
    why: Why, past: Past, story: Story, with_luck: bool = False, under_way: str = COMING, title: str = ""
) -> list[str]:
    """A change of one game and its parts: a sentence, a line a part, and the sum; printed numbers add up."""
    change, places = why.change[0], decimals([why.change[0], *(part.amount[0] for part in why.parts)])
    lines = _lines(why, past, places, with_luck, under_way)
    whole = sum(line.units for line in lines)
    sentence = title or f"{_headline(why, story, whole, places)}{_summed(lines, places, bool(change))}"
    told, width = [sentence, ""], max(len(amount(line.units, places)) for line in lines)
    for line in lines:
        told.append(f"  {amount(line.units, places).rjust(width)}  {line.words}{line.beside}")
        told += [f"  {' ' * width}    {amount(one.units, places).rjust(width)}  {one.words}" for one in line.inner]
    told += [f"  {'-' * width}", f"  {amount(whole, places).rjust(width)}  {f'{why.quantity.unit} in all'.strip()}"]
    return [*told, *_notes(why)]


def _headline(why: Why, story: Story, whole: int, places: int) -> str:
    now = units_of(why.now[0], places)
    before, after = (amount(units, places, signed=False) for units in (now - whole, now))
    when = story.quarter(why.stop)
    when = f"from {story.quarter(why.start + 1)} to {when}" if why.stop > why.start + 1 else f"in {when}"
    name, unit = why.quantity.name, why.quantity.unit
    if not whole:
        return f"{name} stood at {with_unit(after, unit)} and did not change {when}"
    verb = "rose" if whole > 0 else "fell"
    by = with_unit(amount(abs(whole), places, signed=False), unit)
    return f"{name} {verb} {by} {when}, from {before} to {after}"


def _summed(lines: Sequence[Line], places: int, is_changed: bool) -> str:
    """The largest parts in half a sentence, with the largest order of each in brackets."""
    told = []
    for line in [one for one in lines if one.units][:4]:
        inner = [one for one in line.inner if one.units][:1]
        within = f" ({inner[0].words.partition(',')[0]} {amount(inner[0].units, places)})" if inner else ""
        told.append(f"{amount(line.units, places)} {line.words.partition(':')[0].partition(' (')[0]}{within}")
    return f": {', '.join(told)}." if told else "."


def _lines(why: Why, past: Past, places: int, with_luck: bool, under_way: str) -> list[Line]:
    """The parts in printed units, the largest first, what was under way last."""
    coming = [part for part in why.parts if part.source.name == UNDER_WAY]
    luck = [part for part in why.parts if part.source.luck]
    seats = [part for part in why.parts if part.source.orders]
    groups: list[tuple[str, Part | None, list[Part]]] = [(part.source.name, part, list(part.opened)) for part in seats]
    if luck:
        groups.append(("luck", None, luck if with_luck else []))
    sums = [part.amount[0] if part else sum((one.amount[0] for one in luck), Fraction(0)) for _, part, _ in groups]
    sums += [part.amount[0] for part in coming]
    units = rounded_shares(sums, units_of(sum(sums, Fraction(0)), places), places)
    found = []
    for (name, part, inner), size in zip(groups, units, strict=False):
        beside = _anew(part, places) if part else ""
        found.append(Line(size, _group_words(name, part, inner), _inner(inner, size, past, places), beside))
    found.sort(key=lambda line: (-abs(line.units), -len(line.inner)))
    shown = [line for line in found if line.units or any(one.units for one in line.inner)][:MOST_PARTS]
    rest = sum(line.units for line in found) - sum(line.units for line in shown)
    hidden = len([line for line in found if line.units]) - len([line for line in shown if line.units])
    if hidden:
        shown.append(Line(rest, f"{hidden} others"))
    return [*shown, Line(units[-1], under_way)]


def _group_words(name: str, part: Part | None, inner: Sequence[Part]) -> str:
    if part is None:
        return "luck" if inner else "luck (--luck tells which)"
    if inner or len(part.source.orders) < 1:
        return name
    count = len(part.source.orders)
    return f"{name}: {count} order{'' if count == 1 else 's'}"


def _anew(part: Part, places: int) -> str:
    """What a part comes to if doctrines decide anew."""
    if part.anew is None:
        return ""
    lost = Fraction(float(np.nan_to_num(part.anew[0])))
    return f" (with doctrines deciding anew: {amount(units_of(lost, places), places)})"


def _inner(parts: Sequence[Part], whole: int, past: Past, places: int) -> tuple[Line, ...]:
    """What a part opens into, those of nothing left out."""
    units = rounded_shares([part.amount[0] for part in parts], whole, places) if parts else []
    lines = [Line(size, source_words(part, past)) for part, size in zip(parts, units, strict=True) if size]
    return tuple(sorted(lines, key=lambda line: -abs(line.units)))


def source_words(part: Part, past: Past) -> str:
    """A label of luck, an order with its number, or a seat, in words."""
    if part.source.luck:
        return luck_words(part.source.luck)
    if len(part.source.orders) == 1 and " " in part.source.name:
        at = next(iter(part.source.orders))
        return f"{order_words(past, at)} (order {at})"
    return COMING if part.source.name == UNDER_WAY else part.source.name


def _notes(why: Why) -> list[str]:
    """What the figures of several quarters mean."""
    if why.stop == why.start + 1:
        return []
    return [
        "",
        "The parts hold what the others ordered, and add up. In brackets: what would be lost without the seat's orders if",
        "programs decided anew from the quarter after; that is what would have happened, and it need not add up.",
    ]


def path_lines(
    past: Past, at: int, asked: Quantity, stop: int, effect: float, steps: Sequence[Step], story: Story
) -> list[str]:
    """By which quantities an order came to move another, quarter by quarter."""
    name = f"order {at} ({order_words(past, at, with_seat=True)}; {story.quarter(past.given[at].turn)})"
    if not effect:
        return [f"{name[0].upper()}{name[1:]} did not move {asked.name} in {story.quarter(stop)}."]
    moved = with_unit(f"{signed(effect)}", asked.unit)
    lines = [
        f"{name[0].upper()}{name[1:]} moved {asked.name} in {story.quarter(stop)} by {moved}, the others' orders held:"
    ]
    for step in steps:
        values = f"{with_unit(figure(step.with_it), step.unit)} instead of {figure(step.without)}"
        lines.append(f"  {story.quarter(step.turn)}: {step.name} {values} ({step.doc}); carries {share(step.share)}")
    if not steps:
        lines.append("  at once, or by many ways of which none carries a tenth of it")
    return lines


def share(value: float) -> str:
    """A share of an effect in words."""
    return "all of it" if value >= 0.995 else f"{100 * value:.0f} % of it"


def seen_change(asked: Quantity, before: View, after: View) -> str:
    """What the seat saw of it, if it sees it exactly."""
    column = place_of(after.cast, asked)
    if column is None or not visible(after.cast, column[0], after.seats[0])[column[1]]:
        return ""
    was, now = (float(one.seen(column[0]).values[(*column[1], 0)]) for one in (before, after))
    return f"It saw {asked.name} go from {figure(was)} to {with_unit(figure(now), asked.unit)}."


def place_of(cast: Cast, asked: Quantity) -> tuple[str, tuple[int, ...]] | None:
    """The column that a quantity is one number of, and where in it."""
    column = asked.column or asked.name.partition(".")[0]
    if column not in columns():
        return None
    return next(((column, place) for place, label in cells(cast, column) if label == asked.name), None)


def ranged_why_lines(why: Why, past: Past, story: Story, seat: str, seen: str, with_luck: bool = False) -> list[str]:
    """A change as a seat may know it: every part as a range over imagined worlds; averages add up."""
    name, unit = why.quantity.name, why.quantity.unit
    lines = [
        f"{name} in {story.quarter(why.stop)}, as {seat} may know it: {past.games} imagined worlds that agree with what it saw.",
        *([seen] if seen else []),
        "",
    ]
    parts = ranged_parts(why, past, with_luck)
    change = np.array([float(x) for x in why.change])
    fives = [np.percentile(values, FIVE) for _, values, _ in parts] + [np.percentile(change, FIVE)]
    places = decimals(np.abs(np.concatenate(fives)))
    means = means_of(parts, places)
    rows: list[tuple[str, ...]] = [("", "average", "median", "half of the worlds", "nine in ten")]
    words = [*(words for words, _, _ in parts), f"{unit} in all".strip()]
    means.append(sum(mean for mean, (_, _, is_inner) in zip(means, parts, strict=True) if not is_inner))
    rows += [_ranged(*row, places) for row in zip(words, means, fives, strict=True)]
    return [*lines, *(f"  {line}" for line in aligned(rows)), "", "Averages add up; medians and ranges need not."]


def means_of(parts: Sequence[tuple[str, Array, bool]], places: int) -> list[int]:
    """The averages of parts in units of the last printed digit: parts add up to the whole, and inner ones to their part."""
    exact = [Fraction(float(values.mean())) for _, values, _ in parts]
    outer = [at for at, (_, _, is_inner) in enumerate(parts) if not is_inner]
    whole = sum((exact[at] for at in outer), Fraction(0))
    units = dict(zip(outer, rounded_shares([exact[at] for at in outer], units_of(whole, places), places), strict=True))
    for at, until in zip(outer, [*outer[1:], len(parts)], strict=True):
        inner = range(at + 1, until)
        shares = rounded_shares([exact[i] for i in inner], units[at], places) if inner else []
        units.update(zip(inner, shares, strict=True))
    return [units[at] for at in range(len(parts))]


def ranged_parts(why: Why, past: Past, with_luck: bool) -> list[tuple[str, Array, bool]]:
    """Parts that are not nothing in every world: words, size in each, and whether it is inside of the part above.

    The largest come first, the rest as one.
    """
    groups, luck = [], np.zeros(past.games)
    for part in why.parts[:-1]:
        values = _values(part)
        if part.source.luck and not with_luck:
            luck += values
        elif values.any():
            words = source_words(part, past)
            inner = [(f"  {source_words(one, past)}", _values(one)) for one in part.opened]
            groups.append((f"luck: {words}" if part.source.luck else words, values, inner))
    if luck.any():
        groups.append(("luck", luck, []))
    groups.sort(key=lambda group: -float(np.abs(group[1]).mean()))
    found = []
    for words, values, inner in groups[:MOST_PARTS]:
        found += [(words, values, False), *((one, size, True) for one, size in inner if size.any())]
    if rest := [values for _, values, _ in groups[MOST_PARTS:]]:
        found.append((f"{len(rest)} others", np.sum(rest, axis=0), False))
    return [*found, (COMING, _values(why.parts[-1]), False)]


def _values(part: Part) -> Array:
    return np.array([float(x) for x in part.amount])


def _ranged(words: str, mean: int, five: Array, places: int) -> tuple[str, ...]:
    low, quarter, middle, three, high = (amount(units_of(Fraction(float(value)), places), places) for value in five)
    ranges = (one if one == other else f"{one} to {other}" for one, other in ((quarter, three), (low, high)))
    return (words, amount(mean, places), middle, *ranges)


def between(low: float, high: float) -> str:
    """A range in words."""
    a, b = signed(float(low)), signed(float(high))
    return a if a == b else f"{a} to {b}"
