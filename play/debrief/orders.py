"""Orders: what every seat ordered, in words, and what went otherwise when the game was played again without it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from play.debrief import wording
from play.dials import book_of
from play.outcomes import declared
from play.past import Change, Given, Past, played
from play.save import Saved

Array = np.ndarray

AT_ONCE = 512
"""Ways played together."""
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
    felt: float = 0.0
    """Points of the score of the seat that the debrief speaks to."""


@dataclass(frozen=True)
class Ordered:
    """An order that stood, in words, and what it added."""

    number: int
    """Its place in `Past.given`."""
    turn: int
    when: str
    seat: str
    title: str
    """What the order is about, such as `Export threshold, China`."""
    says: str
    """What it changed, such as `from 4 800 TPP to 6 400 TPP`."""
    effect: Effect


@dataclass(frozen=True)
class Trail:
    """How one amount of a setting went: where it stood, and from which quarter on it stood where."""

    name: str
    stood: str
    moved: tuple[tuple[str, str], ...]
    """Setting and quarter."""
    needed: str = ""
    """Its name where its order sets several amounts."""

    @property
    def path(self) -> str:
        """Where it stood and where it ended, such as `4 800 TPP → any`."""
        (first, _), (last, _) = self.moved[0], self.moved[-1]
        furthest = f"{first} and back" if last == self.stood else last
        return f"{self.needed} {self.stood} → {furthest}".strip()


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
    def changes(self) -> str:
        """How its orders moved it, such as `4 800 TPP → any`; what came between is left to the full list."""
        return "; ".join(trail.path for trail in self.trails)

    @property
    def when(self) -> str:
        """The quarters in which it was moved: one, or the first and how many more."""
        first, *more = dict.fromkeys(order.when for order in self.orders)
        return f"{first} and {len(more)} more time{'s' if len(more) > 1 else ''}" if more else first

    @property
    def numbers(self) -> frozenset[int]:
        """The places of its orders in `Past.given`."""
        return frozenset(order.number for order in self.orders)

    @property
    def left(self) -> str:
        """The words of a game without it, such as `Export threshold, China, left at 4 800 TPP`."""
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


def seats_ordered(game: Saved, past: Past, speaks_to: str = "") -> tuple[Seated, ...]:
    """Every seat that gave an order that stood, with effects, also on the score of the seat that is spoken to."""
    cast, given = past.cast, past.given
    by_entry: dict[int, list[int]] = {}
    for at, order in enumerate(given):
        by_entry.setdefault(order.entry, []).append(at)
    seats = list(dict.fromkeys(order.seat for order in sorted(given, key=lambda one: one.seat)))
    of_seat = {seat: [at for at, order in enumerate(given) if order.seat == seat] for seat in seats}
    left_out = [*([at] for at in range(len(given))), *by_entry.values(), *of_seat.values()]
    gone = effects(past, [frozenset(orders) for orders in left_out])
    whose = [*(o.seat for o in given), *(given[orders[0]].seat for orders in by_entry.values()), *seats]
    listener = cast.at("seats", speaks_to) if speaks_to else None
    found = [_effect(gone, way, seat, listener) for way, seat in enumerate(whose)]
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


def _effect(gone: dict[str, Array], way: int, seat: int, listener: int | None) -> Effect:
    points = gone["own"][:, way]
    felt = 0.0 if listener is None else float(points[listener])
    return Effect(float(gone["lead"][way]), float(gone["compute_cn"][way]), float(points[seat]), felt)


def _ordered(game: Saved, order: Given, number: int, effect: Effect) -> Ordered:
    dials, rows = book_of(game.cast).dials, np.flatnonzero(order.moved[:, 0])
    said = wording.moved(
        [dials[order.dials[row]] for row in rows], order.before[rows, 0].tolist(), order.steps[rows, 0].tolist()
    )
    seat = game.cast.seats[order.seat].name
    return Ordered(
        number, order.turn, game.story.quarter(order.turn), seat, order_title(game, order.entry), said, effect
    )


def _course(game: Saved, given: Sequence[Given], orders: Sequence[Ordered], effect: Effect) -> Course:
    first = given[0]
    book, opened = book_of(game.cast).dials, game.opening.ordered[first.dials, 0]
    rows = [row for row in range(len(first.dials)) if any(order.moved[row, 0] for order in given)]
    trails = []
    for row in rows:
        dial = book[first.dials[row]]
        moved = [
            (wording.setting(dial, int(o.steps[row, 0])), game.story.quarter(o.turn)) for o in given if o.moved[row, 0]
        ]
        name = wording.amount_title(dial.kind.name, dial.amount)
        before = wording.setting(dial, int(opened[row]))
        trails.append(Trail(name, before, tuple(moved), wording.name_needed(dial, before)))
    seat, kind = game.cast.seats[first.seat], book[int(first.dials[0])].kind
    stood = wording.stood([book[first.dials[row]] for row in rows], [int(opened[row]) for row in rows])
    title = order_title(game, first.entry)
    return Course(seat.name, seat.title, title, stood, kind.summary, tuple(trails), tuple(orders), effect)


def order_title(game: Saved, entry: int) -> str:
    """What an order is about, in words."""
    book = book_of(game.cast)
    dial = book.dials[book.of_entry[entry][0]]
    return wording.order_title(dial.kind.name, dial.picks, game.story.called)
