"""Ending: what the debrief screen tells of a finished game, worked out once beside the drawing, and the report as a page.

The figures are those of `play.debrief`, `play.score` and `play.turning`; here they are only put into words for a screen.
"""

import re
import webbrowser
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

from agents.human import NAME as HUMAN
from desktop.foresight import carried
from desktop.numbers import short, signed, span
from desktop.table import Table
from desktop.tables import begun, branched
from play.debrief.beliefs import Disputed
from play.debrief.draw_flows import finding as flows_finding
from play.debrief.draw_otherwise import lead_otherwise
from play.debrief.orders import Course
from play.debrief.otherwise import LUCKS, Otherwise
from play.debrief.page import headline, page
from play.debrief.told import Debrief, debriefed
from play.figures import FIXED
from play.keep import saved
from play.model import Chokepoint
from play.packing import written
from play.par import BANDS, band
from play.save import SaveError
from world.cast import Seat
from world.scenario import read

POWER = re.compile("10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


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


@dataclass(frozen=True)
class Ending:
    """A finished game as the screen tells it to one seat."""

    told: Debrief
    headline: str
    points: tuple[Point, ...]
    """In the order of time."""
    rows: tuple[Otherwise, ...]
    """What would have gone differently: the largest change of the lead first."""
    otherwise: str
    """The finding about them."""
    blocs: tuple[Seat, ...]
    """Every seat, with its side."""

    @property
    def own(self) -> tuple[Course, ...]:
        """The seat's own settings, with what each did."""
        return next((one.courses for one in self.told.seats if one.seat == self.told.seat.name), ())

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


def ending_of(model: Chokepoint, seat: str, lucks: int = LUCKS) -> Ending:
    """The ending of a finished game for a seat; raises play.debrief.Unfinished."""
    told = debriefed(saved(model), seat, lucks)
    found = sorted(told.turning, key=lambda pair: (pair[0].turn, pair[0].number))
    points = tuple(
        Point(
            at + 1, order.turn, order.when, order.seat, told.titles[order.seat], sentence(order.title), level(order.says),
            turned.held, turned.anew, turned.low, turned.high,
        )
        for at, (order, turned) in enumerate(found)
    )  # fmt: skip
    rows = tuple(sorted(told.otherwise, key=lambda row: -max(abs(row.lead.anew), abs(row.lead.held))))
    return Ending(told, headline(told), points, rows, sentence(lead_otherwise(told).finding), model.cast.seats)


def level(text: str) -> str:
    """A text with its powers of ten written in signs that every face has."""
    return POWER.sub(lambda found: "10^" + found[1].translate(LEVEL), text)


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


def off_by(asked: Disputed, seat: str) -> float:
    """How many times the truth a seat's middle estimate was, on the average of the quarters in which there was any.

    It is 1 where the estimate ran true, and where there was nothing to estimate in any quarter.
    """
    least = 0.0 if asked.is_share else 1.0
    pairs = zip(asked.believed[seat][1:], asked.truth[1:], strict=True)
    logs = [log(belief.middle / true) for belief, true in pairs if true > least and belief.middle > 0]
    return exp(sum(logs) / len(logs)) if logs else 1.0


def furthest_off(told: Debrief) -> tuple[Disputed, float] | None:
    """The quantity on which the seat's estimate was furthest off on average, and how many times the truth it was."""
    found = [(asked, off_by(asked, told.seat.name)) for asked in told.disputed]
    return max(found, key=lambda pair: abs(log(pair[1])), default=None)


def off_words(times: float) -> tuple[str, str]:
    """How far an estimate of so many times the truth was off: "low" or "high", and by how much."""
    way = "low" if times < 1 else "high"
    if 0.5 < times < 2:
        return way, f"{100 * abs(times - 1):.0f}{FIXED}%"
    return f"{way}_times", f"{max(times, 1 / times):.2g}"


def within(told: Debrief) -> tuple[int, int]:
    """In how many cases the truth lay inside the seat's range of nine in ten, and how many cases there were."""
    scores = [asked.scores[told.seat.name] for asked in told.disputed]
    return sum(one.within_nine_tenths for one in scores), sum(one.quarters for one in scores)


def months(value: float) -> str:
    """A change of the lead in months, with its sign."""
    return "0" if abs(value) < 0.05 else signed(round(value, 1))


def months_between(low: float, high: float) -> str:
    """A range of changes of the lead in months."""
    return f"{months(low)} to {months(high)}"


# Starting again


def taken_up(table: Table, turn: int) -> Table:
    """The same world with the same luck, taken up before a quarter (the first is 1) by the same people.

    The branch is not ranked: who plays it knows how its luck falls. Raises SaveError for a quarter that was not played.
    """
    if not 1 <= turn <= table.turn:
        raise SaveError(f"turn {turn} was not played; choose one from 1 to {table.turn}")
    return carried(table, branched(table, turn - 1))


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
