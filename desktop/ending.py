"""Ending: what the debrief screen tells of a finished game, worked out once beside the drawing, and the report as a page.

The figures are those of `play.debrief`, `play.score` and `play.turning`; here they are only put into words for a screen.
"""

import contextlib
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from math import log
from pathlib import Path

from agents.human import NAME as HUMAN
from desktop.foresight import carried
from desktop.numbers import short, signed, span
from desktop.table import Table
from desktop.tables import begun, branched
from play.debrief import beliefs
from play.debrief.beliefs import Disputed
from play.debrief.draw_flows import finding as flows_finding
from play.debrief.fate import Fate
from play.debrief.objectives import Objective
from play.debrief.otherwise import LUCKS, Otherwise
from play.debrief.page import headline, page
from play.debrief.told import Debrief, debriefed
from play.figures import FIXED, THIN, agrees
from play.keep import saved
from play.model import Chokepoint
from play.packing import written
from play.par import BANDS, band
from play.past import past_of
from play.save import SaveError
from world.cast import Seat
from world.orders import OrderRefused
from world.scenario import read

LEAST = 0.25
"""Points of a score from which an order counts for something."""


@dataclass(frozen=True)
class Point:
    """A turning point: an order of any seat on which the final lead turned, and what it did to it in months."""

    number: int
    turn: int
    when: str
    seat: str
    who: str
    title: str
    says: str
    held: float
    """In this game, all other orders held."""
    anew: float
    """The median under other luck from its quarter on, the others deciding anew; nine in ten lie from `low` to `high`."""
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether nine in ten other lucks agree with this game in sign; where not, it took the luck of this game."""
        return agrees(self.held, self.low, self.high)


@dataclass(frozen=True)
class Ending:
    """A finished game as the screen tells it to one seat."""

    told: Debrief
    headline: str
    points: tuple[Point, ...]
    """In the order of time."""
    own: tuple[Otherwise, ...]
    """The game without each setting of the seat: what moved its score most first."""
    others: tuple[Otherwise, ...]
    """The same for orders of others."""
    blocs: tuple[Seat, ...]
    """Every seat, with its side."""

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What the score is made of."""
        return self.told.seat.objectives

    @property
    def fate(self) -> Fate:
        """What no order could change."""
        return self.told.fate

    @property
    def decisive(self) -> Otherwise | None:
        """The seat's own setting that did most to its score, of those that did so under other luck as well."""
        return next((row for row in self.own if row.own.holds and abs(row.own.held) >= LEAST), None)

    def moved_in(self, turn: int) -> tuple[str, ...]:
        """What the seat moved in a quarter."""
        courses = next((one.courses for one in self.told.seats if one.seat == self.told.seat.name), ())
        return tuple(sentence(c.title) for c in courses if any(order.turn == turn for order in c.orders))

    @property
    def score(self) -> float:
        """How far the seat met its objectives, 0 to 100."""
        return self.told.seat.points

    @property
    def difference(self) -> float:
        """Points above what a standard player would have got in the same world with the same luck."""
        return self.told.seat.judged.difference

    @property
    def standard(self) -> float:
        """What a standard player would have got there, 0 to 100."""
        return self.score - self.difference

    @property
    def meaning(self) -> str:
        """What percentile and difference mean together, in a sentence."""
        return self.told.seat.judged.lines[-1]

    @property
    def band(self) -> str:
        """What the percentile is called; "" where there is no par."""
        percentile = self.told.seat.judged.percentile
        return "" if percentile is None else BANDS[band(percentile)][1]

    @property
    def flows(self) -> str:
        """The finding about channels."""
        return flows_finding(self.told)


def ending_of(
    model: Chokepoint, seat: str, lucks: int = LUCKS, done: Callable[[float], None] = lambda share: None
) -> Ending:
    """The ending of a finished game for a seat, `done` being told the share that is done; raises play.debrief.Unfinished."""
    told = debriefed(saved(model), seat, lucks, done)
    found = sorted(told.turning, key=lambda pair: (pair[0].turn, pair[0].number))
    points = tuple(
        Point(
            at + 1, order.turn, order.when, order.seat, told.titles[order.seat], sentence(order.title), level(order.says),
            turned.held, turned.anew, turned.low, turned.high,
        )
        for at, (order, turned) in enumerate(found)
    )  # fmt: skip
    rows = sorted(told.otherwise, key=lambda row: -abs(row.own.held))
    own = tuple(row for row in rows if row.seat == seat and row.changes)
    others = tuple(row for row in rows if row.seat != seat)
    return Ending(told, headline(told), points, own, others, model.cast.seats)


def level(text: str) -> str:
    """A text with thousands written as screens write them."""
    return text.replace(THIN, ",")


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    text = level(text)
    return text[:1].upper() + text[1:]


def title_of(asked: Disputed) -> str:
    """What a disputed quantity is called."""
    return sentence(asked.title)


def amount(value: float, asked: Disputed) -> str:
    """A value of a disputed quantity with its unit where that is short."""
    return f"{100 * value:.0f} %" if asked.is_share else short(value if abs(value) >= 0.5 else 0.0)


def amounts(low: float, high: float, asked: Disputed) -> str:
    """A range of a disputed quantity."""
    if asked.is_share:
        return f"{100 * low:.0f}–{100 * high:.0f} %"
    return span(low, high) if high >= 0.5 else "0"


def estimated(told: Debrief) -> list[Disputed]:
    """The disputed quantities that the seat had to estimate."""
    return [asked for asked in told.disputed if asked.name not in told.known]


def off_by(asked: Disputed, seat: str) -> float:
    """How many times the truth a seat's middle estimate was, on the average of the quarters."""
    return beliefs.off_by([belief.middle for belief in asked.believed[seat][1:]], asked.truth[1:])


def furthest_off(told: Debrief) -> tuple[Disputed, float] | None:
    """The quantity on which the seat's estimate was furthest off on average, and how many times the truth it was."""
    found = [(asked, off_by(asked, told.seat.name)) for asked in estimated(told)]
    return max(found, key=lambda pair: abs(log(pair[1])), default=None)


def off_words(times: float) -> tuple[str, str]:
    """How far an estimate of so many times the truth was off: "low", "high" or "true", and by how much."""
    if abs(times - 1) < 0.005:
        return "true", ""
    way = "low" if times < 1 else "high"
    if 0.5 < times < 2:
        return way, f"{100 * abs(times - 1):.0f}{FIXED}%"
    return f"{way}_times", f"{max(times, 1 / times):.2g}"


def within(told: Debrief) -> tuple[int, int]:
    """In how many cases the truth lay inside the seat's range of nine in ten, and how many cases there were."""
    scores = [asked.scores[told.seat.name] for asked in estimated(told)]
    return sum(one.within_nine_tenths for one in scores), sum(one.quarters for one in scores)


def months(value: float) -> str:
    """A change of the lead in months, with its sign."""
    return "0" if abs(value) < 0.05 else signed(round(value, 1))


def points(value: float) -> str:
    """A change of a score in points, with its sign."""
    return "0" if abs(value) < 0.05 else f"{value:+.1f}".replace("-", "−")


def points_between(low: float, high: float) -> str:
    """A range of changes of a score."""
    return f"{points(low)} to {points(high)}"


def months_between(low: float, high: float) -> str:
    """A range of changes of the lead in months."""
    return f"{months(low)} to {months(high)}"


# Starting again


def taken_up(table: Table, turn: int) -> Table:
    """The same world with the same luck, taken up before a quarter (the first is 1) by the same people.

    What they ordered in that quarter is drafted again, to be changed. The branch is not ranked: who plays it knows how
    its luck falls. Raises SaveError for a quarter that was not played.
    """
    if not 1 <= turn <= table.turn:
        raise SaveError(f"turn {turn} was not played; choose one from 1 to {table.turn}")
    begun_again = carried(table, branched(table, turn - 1))
    past = past_of(saved(table.model))
    for order in past.given:
        seat = past.cast.names["seats"][order.seat]
        if order.turn == turn and seat in begun_again.people:
            moved = {
                int(d): int(s) for d, s, m in zip(order.dials, order.steps[:, 0], order.moved[:, 0], strict=True) if m
            }
            with contextlib.suppress(OrderRefused):
                begun_again.sittings[seat].order(moved)
    return begun_again


def another_world(table: Table) -> Table:
    """A new game of the same scenario for the same people, with the next seed."""
    game = saved(table.model)
    scenario = table.scenario or read(game.story.name).changed(game.story.settings)
    players = {seat: "standard" if name == HUMAN else name for seat, name in game.players.items()}
    return begun(scenario, table.people, players, (game.seed + 1) % 2**64, table.watched)


# The report


def reports() -> Path:
    """Where this platform keeps what a program writes for its user."""
    import platformdirs

    return Path(platformdirs.user_data_dir("chokepoint", appauthor=False)) / "debriefs"


def report_name(told: Debrief) -> str:
    """The name of the file of a report."""
    return f"{told.story.name}-{told.seat.name}-seed-{told.seed}.html"


def report(told: Debrief, folder: Path) -> tuple[Path, bool]:
    """Writes the debrief as a page and opens it in the browser; its path, and whether a browser took it.

    Raises SaveError where it cannot be written.
    """
    path = folder / report_name(told)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written(path, page(told).encode("utf-8"))
    except OSError as error:
        raise SaveError(
            f"{path}: the report cannot be written ({error.strerror}); free the folder and try again"
        ) from None
    try:
        return path, webbrowser.open(path.absolute().as_uri())
    except (webbrowser.Error, OSError):
        return path, False
