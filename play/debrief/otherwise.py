"""Otherwise: what would have gone differently without some orders, by this game's luck and by other luck.

Each row is played again in two ways: with everybody else's logged orders held, and with programs deciding anew from the
quarter after. The ranges come from playing both ways with and without the orders under other luck, from the same opening.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from play.debrief.orders import Course, Seated
from play.figures import agrees
from play.outcomes import declared
from play.past import Change, Past, doctrines_of, played
from world.rules import take_rules
from world.state import World, replace, take

Array = np.ndarray

LUCKS = 16
"""Other lucks, from each of which a whole game follows."""
AT_ONCE = 512
"""Worlds played together."""
ENDS = ("lead", "usable_cn", "own")
"""What an end is told in: the lead, compute in China, the points of the seat."""
LEAST = 0.05
"""Months of the lead, or points of a score, below which an order is not worth a row."""
MOST_OWN = 6
"""Rows for the seat's own settings, those that moved its score most."""
MOST_SINGLE = 5
"""Rows for settings of others that moved the lead, and as many for those that moved the seat's score."""


@dataclass(frozen=True)
class Range:
    """A change: in this game, and over games with other luck."""

    held: float
    """In this game, all other orders as they were."""
    anew: float
    """In this game, programs deciding anew."""
    low: float
    """The 5th percentile under other luck, programs deciding anew."""
    lower: float
    """The 25th."""
    median: float
    upper: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether nine in ten other lucks agree with this game in sign; where not, it took the luck of this game."""
        return agrees(self.held, self.low, self.high)

    @property
    def turned(self) -> "Range":
        """What the orders added: the same with its signs turned."""
        return Range(-self.held, -self.anew, -self.high, -self.upper, -self.median, -self.lower, -self.low)


@dataclass(frozen=True)
class Otherwise:
    """A game without some orders: what would have been different from what happened."""

    title: str
    had: str
    """The same as the beginning of a sentence: `Had Beijing changed nothing`."""
    seat: str
    called: str
    since: str
    """The quarter in which the first of the orders was given."""
    orders: int
    lead: Range
    """Months, above zero for the US side."""
    compute_cn: Range
    """H100e that do useful work in China at the end."""
    own: Range
    """Points of the seat that the debrief speaks to."""
    short: str = ""
    """What the orders are called; the title says besides how they were left."""
    changes: str = ""
    """How they moved what they set; empty for all orders of a seat."""
    turn: int = 1
    """The quarter of the first of them, by number."""


@dataclass(frozen=True)
class Wish:
    """A row to be played."""

    title: str
    had: str
    """The same as the beginning of a sentence."""
    seat: str
    called: str
    numbers: frozenset[int]
    short: str = ""
    changes: str = ""


def wishes_of(seats: Sequence[Seated], seat: str, recommended: Sequence[str]) -> list[Wish]:
    """What to play again: the seat's own settings, seats that change nothing, and what others set that moved the end."""
    by_name = {one.seat: one for one in seats}
    own = sorted(by_name[seat].courses, key=lambda c: -abs(c.effect.own)) if seat in by_name else []
    found = [_wish(c) for c in own[:MOST_OWN]]
    for name in dict.fromkeys((seat, *recommended)):
        if name in by_name:
            one = by_name[name]
            title = f"No orders from {one.title}"
            found.append(
                Wish(
                    title, f"Had {one.title} changed nothing", name, one.title, _all(one), f"All orders of {one.title}"
                )
            )
    others = [c for one in seats if one.seat != seat for c in one.courses]
    for effect in ("lead", "felt"):
        most = sorted(others, key=lambda c: -abs(getattr(c.effect, effect)))[:MOST_SINGLE]
        found += [_wish(c) for c in most if abs(getattr(c.effect, effect)) >= LEAST]
    return list({wish.numbers: wish for wish in reversed(found)}.values())[::-1]


def _all(seated: Seated) -> frozenset[int]:
    return frozenset().union(*(course.numbers for course in seated.courses))


def _wish(course: Course) -> Wish:
    had = f"Had {course.called} left “{course.title}” as it was"
    numbers = course.numbers
    return Wish(course.left, had, course.seat, course.called, numbers, course.title, course.changes)


def otherwise(
    past: Past, wishes: Sequence[Wish], quarter_of: Sequence[str], seat: str, lucks: int = LUCKS
) -> list[Otherwise]:
    """Every wish played again; `quarter_of` names the quarter of each turn, and points are those of the seat."""
    if not wishes:
        return []
    here = _changes(past, wishes, seat)
    there = _changes(with_other_luck(past, lucks), wishes, seat)
    found = []
    for at, wish in enumerate(wishes):
        ranges = []
        for name in ENDS:
            held, anew = (float(table[name][at, 0]) for table in here)
            low, lower, median, upper, high = (float(x) for x in np.percentile(there[1][name][at], [5, 25, 50, 75, 95]))
            ranges.append(Range(held, anew, low, lower, median, upper, high))
        since = min(past.given[number].turn for number in wish.numbers)
        lead, compute, own = ranges
        found.append(
            Otherwise(
                title=wish.title,
                had=wish.had,
                seat=wish.seat,
                called=wish.called,
                since=quarter_of[since - 1],
                orders=len(wish.numbers),
                lead=lead,
                compute_cn=compute,
                own=own,
                short=wish.short,
                changes=wish.changes,
                turn=since,
            )
        )
    return found


def with_other_luck(past: Past, lucks: int) -> Past:
    """The same opening and the same orders under other luck: a past of as many games.

    Only its opening and its orders are meant to be played from; what came after belongs to this game's luck.
    """
    seeds = np.random.default_rng(int(past.worlds[0].seed[0]) % 2**32).integers(1, 2**63, lucks, dtype=np.uint64)
    alike = np.zeros(lucks, dtype=np.intp)

    def spread(world: World) -> World:
        return replace(take(world, alike), seed=seeds)

    return Past(
        tuple(spread(world) for world in past.worlds),
        tuple(np.take(wanted, alike, axis=-1) for wanted in past.wanted),
        tuple(np.take(notes, alike, axis=-1) for notes in past.notes),
        past.players,
        take_rules(past.rules, alike),
        past.first,
    )


def _changes(past: Past, wishes: Sequence[Wish], seat: str) -> tuple[dict[str, Array], dict[str, Array]]:
    """What would be different at the end: orders held, and programs deciding anew; (wishes, games) by quantity."""
    held, anew = [Change()], []
    for wish in wishes:
        first = min(past.given[number].turn for number in wish.numbers)
        others = {s: name for s, name in doctrines_of(past, past.first + 1).items() if s != wish.seat}
        held.append(Change(wish.numbers))
        anew.append(Change(players=others, anew=first + 1))
        anew.append(Change(wish.numbers, players=others, anew=first + 1))
    found = ends(past, [*held, *anew], seat)
    size = len(held)
    return (
        {name: table[1:size] - table[0] for name, table in found.items()},
        {name: table[size + 1 :: 2] - table[size::2] for name, table in found.items()},
    )


def ends(past: Past, changes: Sequence[Change], seat: str) -> dict[str, Array]:
    """How each way ends: lead, compute in China and points of a seat, by (ways, games)."""
    outcomes, row = declared(past.cast), past.cast.at("seats", seat)
    found: dict[str, list[Array]] = {name: [] for name in ENDS}
    step = max(AT_ONCE // past.games, 1)
    for at in range(0, len(changes), step):
        end = played(past, changes[at : at + step], past.first, past.last)[-1]
        values = (outcomes["lead"].of(end), outcomes["usable_cn"].of(end), end.objective[row].astype(float))
        for name, value in zip(ENDS, values, strict=True):
            found[name].append(value.reshape(-1, past.games))
    return {name: np.concatenate(tables) for name, tables in found.items()}
