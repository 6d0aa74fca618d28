"""Orders: what every seat ordered, in words, and what went otherwise when the game was played again without it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from play.dials import book_of, spaced
from play.figures import FIXED, MINUS, figure
from play.outcomes import declared
from play.past import Change, Given, Past, played
from play.save import Saved
from world.cast import NODES
from world.orders import Amount

Array = np.ndarray

AT_ONCE = 512
"""Ways played together."""
CALLED = {
    "cn": "China",
    "us": "the US",
    "third": "third countries",
    "swing": "transit countries",
    "licensed": "licensed chips",
    "domestic": "domestic chips",
    "smuggled": "smuggled chips",
    "rented": "rented compute",
}
"""Regions and channels: no scenario gives them a title (a question may be called as a channel is)."""
AMOUNTS = {"tpp": "performance", "euv": "EUV", "markup": "mark-up", "project": "design project"}
"""Amounts whose name is not a word."""
EFFECTS = (("lead", "months"), ("compute_cn", "H100e"), ("own", "points"))
"""What the effects of orders are told in: the final lead, usable compute in China, the seat's own score."""


@dataclass(frozen=True)
class Effect:
    """What an order added by the end of the game: the value with it, less the value without it."""

    lead: float
    """Months of the final lead; above zero for the US side."""
    compute_cn: float
    """H100e of compute in China that does useful work, at the end."""
    own: float
    """Points of the score of the seat that gave it."""


@dataclass(frozen=True)
class Ordered:
    """An order that stood, in words, and what it added."""

    number: int
    """Its place in `Past.given`."""
    turn: int
    when: str
    seat: str
    title: str
    """What the order is about, such as `cap exports, China`."""
    says: str
    """What it changed, such as `ceiling from 4 800 to 6 400 TPP`."""
    effect: Effect


@dataclass(frozen=True)
class Trail:
    """How one amount of a setting went: where it stood, and from which quarter on it stood where."""

    name: str
    stood: str
    moved: tuple[tuple[str, str], ...]
    """Setting and quarter."""


@dataclass(frozen=True)
class Course:
    """Every change of one setting over the game, and what they added together."""

    seat: str
    called: str
    """What the seat is called."""
    title: str
    stood: str
    """How what it moved stood when the game opened."""
    meaning: str
    """What the order does, from the manual."""
    trails: tuple[Trail, ...]
    orders: tuple[Ordered, ...]
    effect: Effect

    @property
    def weight(self) -> float:
        """How much it did, in the score, the lead or the compute, whichever counts most: for putting them in order."""
        effect = self.effect
        return max(abs(effect.lead) / 0.1, abs(effect.compute_cn) / 20_000, abs(effect.own) / 0.3)

    @property
    def numbers(self) -> frozenset[int]:
        """The places of its orders in `Past.given`."""
        return frozenset(order.number for order in self.orders)

    @property
    def left(self) -> str:
        """The words of a game without it, such as `cap exports, China, left at ceiling 4 800 TPP`."""
        return f"{self.title} left at {self.stood}"


@dataclass(frozen=True)
class Seated:
    """What one seat ordered, setting by setting (those that moved the lead most come first), and all of it together."""

    seat: str
    title: str
    doctrine: str
    points: float
    courses: tuple[Course, ...]
    effect: Effect

    @property
    def orders(self) -> int:
        """How many orders stood."""
        return sum(len(course.orders) for course in self.courses)


def seats_ordered(game: Saved, past: Past) -> tuple[Seated, ...]:
    """Every seat that gave an order that stood, with effects; the order of the seats is the scenario's."""
    cast, given = past.cast, past.given
    by_entry: dict[int, list[int]] = {}
    for at, order in enumerate(given):
        by_entry.setdefault(order.entry, []).append(at)
    seats = list(dict.fromkeys(order.seat for order in sorted(given, key=lambda one: one.seat)))
    of_seat = {seat: [at for at, order in enumerate(given) if order.seat == seat] for seat in seats}
    left_out = [*([at] for at in range(len(given))), *by_entry.values(), *of_seat.values()]
    gone = effects(past, [frozenset(orders) for orders in left_out])
    whose = [*(o.seat for o in given), *(given[orders[0]].seat for orders in by_entry.values()), *seats]
    found = [_effect(gone, way, seat) for way, seat in enumerate(whose)]
    told = [_ordered(game, order, at, found[at]) for at, order in enumerate(given)]
    courses: dict[int, list[Course]] = {seat: [] for seat in seats}
    for at, orders in enumerate(by_entry.values()):
        first = given[orders[0]]
        effect = found[len(given) + at]
        courses[first.seat].append(_course(game, [given[o] for o in orders], [told[o] for o in orders], effect))
    players = game.quarters[-1].players if game.quarters else game.players
    return tuple(
        Seated(
            cast.seats[seat].name,
            cast.seats[seat].title,
            players.get(cast.seats[seat].name, "standard"),
            float(game.world.objective[seat, 0]),
            tuple(sorted(courses[seat], key=lambda course: -course.weight)),
            found[len(given) + len(by_entry) + at],
        )
        for at, seat in enumerate(seats)
    )


def effects(past: Past, without: Sequence[frozenset[int]]) -> dict[str, Array]:
    """What sets of orders added by the end: lead and compute by way, and every seat's score by (seats, ways)."""
    usable = declared(past.cast)["usable_cn"]
    changes = [Change(orders) for orders in without]
    lead, compute, points = [], [], []
    for at in range(0, len(changes), AT_ONCE):
        end = played(past, changes[at : at + AT_ONCE], past.first, past.last)[-1]
        lead.append(end.lead.astype(float))
        compute.append(usable.of(end))
        points.append(end.objective.astype(float))
    now = past.state(past.last)
    none = np.zeros((len(past.cast.seats), 0))
    return {
        "lead": float(now.lead[0]) - np.concatenate([*lead, np.zeros(0)]),
        "compute_cn": float(usable.of(now)[0]) - np.concatenate([*compute, np.zeros(0)]),
        "own": now.objective[:, :1].astype(float) - np.concatenate([*points, none], axis=1),
    }


def _effect(gone: dict[str, Array], way: int, seat: int) -> Effect:
    return Effect(float(gone["lead"][way]), float(gone["compute_cn"][way]), float(gone["own"][seat, way]))


def _ordered(game: Saved, order: Given, number: int, effect: Effect) -> Ordered:
    cast, dials = game.cast, book_of(game.cast).dials
    said = [
        f"{amount_name(dials[d].amount)} from {amount_of(dials[d].amount, int(b), unit=False)} "
        f"to {amount_of(dials[d].amount, int(a))}"
        for d, b, a, moved in zip(order.dials, order.before[:, 0], order.steps[:, 0], order.moved[:, 0], strict=True)
        if moved
    ]
    title = order_title(game, order.entry)
    return Ordered(
        number, order.turn, game.story.quarter(order.turn), cast.seats[order.seat].name, title, ", ".join(said), effect
    )


def _course(game: Saved, given: Sequence[Given], orders: Sequence[Ordered], effect: Effect) -> Course:
    first = given[0]
    dials, opened = book_of(game.cast).dials, game.opening.ordered[first.dials, 0]
    trails = []
    for row, dial in enumerate(first.dials):
        amount = dials[dial].amount
        moved = [
            (amount_of(amount, int(o.steps[row, 0])), game.story.quarter(o.turn)) for o in given if o.moved[row, 0]
        ]
        if moved:
            trails.append(Trail(amount_name(amount), amount_of(amount, int(opened[row])), tuple(moved)))
    seat, kind = game.cast.seats[first.seat], dials[int(first.dials[0])].kind
    stood = ", ".join(f"{trail.name} {trail.stood}" for trail in trails)
    title = order_title(game, first.entry)
    return Course(seat.name, seat.title, title, stood, kind.summary, tuple(trails), tuple(orders), effect)


def order_title(game: Saved, entry: int) -> str:
    """What an order is about, in words."""
    book = book_of(game.cast)
    dial = book.dials[book.of_entry[entry][0]]
    picks = [CALLED.get(pick, game.story.called(pick)) for pick in dial.picks]
    return ", ".join((spaced(dial.kind.name), *picks))


def amount_name(amount: Amount) -> str:
    """What an amount is called in a sentence."""
    return AMOUNTS.get(amount.name, spaced(amount.name))


UNSAID = ("", "weight", "node")
"""Units that add nothing to the name of an amount."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def amount_of(amount: Amount, step: int, unit: bool = True) -> str:
    """A setting as people read it: shares as per cent, powers of ten as numbers, nodes by name."""
    value = amount.value(step)
    if amount.unit.startswith("share"):
        per = amount.unit.removeprefix("share").replace("/", " a ")
        return f"{_short(100 * value)}{FIXED}%{per}" if unit else _short(100 * value)
    if amount.unit.startswith("log10 "):
        power = int(value)
        said = f"{10 ** (value - power):.1f}{FIXED}×{FIXED}10{str(power).translate(RAISED)}"
        return f"{said}{FIXED}{amount.unit.removeprefix('log10 ')}" if unit else said
    if amount.name == "node":
        return NODES[int(value)]
    told = amount.unit.replace("mm2", "mm²")
    return f"{_short(value)}{FIXED}{told}" if unit and told not in (*UNSAID, amount.name) else _short(value)


def _short(value: float) -> str:
    said = figure(value, 6)
    said = said.rstrip("0").rstrip(".") if "." in said else said
    return said.replace("-", MINUS)
