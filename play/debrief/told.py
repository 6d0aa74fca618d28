"""Told: everything that a debrief says of a finished game, as plain data, before any of it is drawn or worded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agents.human import NAME as HUMAN
from play.debrief import Unfinished
from play.debrief.beliefs import Disputed, disputed_of
from play.debrief.compute import Chain, Channel, chains_of, channels_of
from play.debrief.fate import Fate, fate_of
from play.debrief.judged import Judged, Turned, judged, turned
from play.debrief.objectives import Objective, objectives_of
from play.debrief.orders import Ordered, Seated, seats_ordered
from play.debrief.otherwise import LUCKS, Otherwise, otherwise, wishes_of
from play.debrief.race import Race, race_of
from play.debrief.sources import Sources, sources_of
from play.disputes import disputed, known
from play.forecasts import Forecast, Outcome, scored
from play.mind import mind_of
from play.past import Past, past_of
from play.replay import is_outdated
from play.save import Saved
from play.story import Story
from world.scenario import ScenarioError, read

MOST_TURNS = 4
"""Turning points that are marked in the race."""
TRIED = 12
"""Orders that are tried under other luck, of which those that hold under it come before those that do not."""
IMAGINED = 16
"""Worlds that are imagined to find out what a seat knows."""
LOOKED_AT = 2
"""Quarters in which it must know it: on the opening day some figures are the same in every world."""
LEAST_TURN = 0.25
"""Months of the final lead that make a turning point."""


@dataclass(frozen=True)
class SeatTold:
    """The seat to which the debrief speaks."""

    name: str
    title: str
    role: str
    bloc: str
    about: str
    points: float
    """How far it met its own objectives, 0 to 100."""
    objectives: tuple[Objective, ...]
    """What the score is made of; the points add up to it."""
    judged: Judged
    left_after: str
    """The quarter after which programs played the seat; "" where a person played it to the end or never did."""
    is_person: bool
    """Whether a person played the seat in any quarter."""


@dataclass(frozen=True)
class Debrief:
    """A finished game with everything revealed."""

    story: Story
    seed: int
    players: dict[str, str]
    seat: SeatTold
    rival: str
    """The seat whose beliefs stand beside the seat's own."""
    titles: dict[str, str]
    race: Race
    turning: tuple[tuple[Ordered, Turned], ...]
    """The orders on which the lead turned, the largest first."""
    channels: tuple[Channel, ...]
    chains: tuple[Chain, Chain]
    """Of the champion, and of all Chinese makers."""
    seats: tuple[Seated, ...]
    """The seat first, then the recommended ones, then all others."""
    foremost: tuple[str, ...]
    """The seat and the recommended ones."""
    disputed: tuple[Disputed, ...]
    known: frozenset[str]
    """Of these, what the seat read off its own books and the rival could not, so that it had nothing to estimate."""
    otherwise: tuple[Otherwise, ...]
    fate: Fate
    lucks: int
    sources: Sources
    forecasts: tuple[Outcome, ...]
    """What the seat forecast, beside what came."""

    @property
    def quarters(self) -> tuple[str, ...]:
        """The quarters that were played."""
        return self.race.quarters[1:]


def debriefed(
    game: Saved,
    seat: str | None = None,
    lucks: int = LUCKS,
    done: Callable[[float], None] = lambda share: None,
    forecasts: Sequence[Forecast] = (),
) -> Debrief:
    """The debrief of a finished game for a seat (the first that a person held, else the first recommended).

    `done` is told how much of the work is done, 0 to 1; of `forecasts` the seat's own are scored.

    Raises Unfinished for a game that is still played or that today's rules cannot play again.
    """
    cast, story = game.cast, game.story
    if not bool(game.world.is_over[0]):
        at, of = int(game.world.turn[0]), int(game.world.length[0])
        raise Unfinished(
            f"{story.title} is unfinished after quarter {at} of {of}, and a debrief tells what is hidden while a game "
            "is played; finish it first"
        )
    if is_outdated(game):
        raise Unfinished(
            f"{story.title} was played under rules {story.rules_version}, which this program cannot play again to find "
            "what orders did; use the version that it was saved with"
        )
    chosen = seat or seat_of(game)
    past, race = past_of(game), race_of(game)
    seats = seats_ordered(game, past, chosen)
    done(0.35)
    foremost = tuple(dict.fromkeys((chosen, *(cast.recommended or (chosen,)))))
    wishes = wishes_of(seats, chosen, foremost)
    again = otherwise(past, wishes, race.quarters[1:], chosen, lucks)
    done(0.6)
    turning = _turning(past, seats, lucks)
    done(0.8)
    sources = sources_of(game)
    fate = fate_of(game, past, chosen, sources.drawn, lucks)
    done(0.9)
    rival = _rival(game, chosen)
    return Debrief(
        story=story,
        seed=game.seed,
        players=dict(game.quarters[-1].players),
        seat=_seat(game, chosen),
        rival=rival,
        titles={one.name: one.title for one in cast.seats},
        race=race,
        turning=turning,
        channels=channels_of(game),
        chains=chains_of(game),
        seats=tuple(sorted(seats, key=lambda one: foremost.index(one.seat) if one.seat in foremost else len(foremost))),
        foremost=foremost,
        disputed=disputed_of(game, (chosen, rival)),
        known=known_by(game, chosen) - known_by(game, rival),
        otherwise=tuple(again),
        fate=fate,
        lucks=lucks,
        sources=sources,
        forecasts=scored((one for one in forecasts if one.seat == chosen), dict(enumerate(game.worlds))),
    )


def known_by(game: Saved, seat: str) -> frozenset[str]:
    """The questions that have one answer in all that a seat imagines; none where the scenario has changed."""
    try:
        scenario = read(game.story.name)
        mind = mind_of(scenario, game.cast, seat, game.story.settings, IMAGINED)
    except ScenarioError:
        return frozenset()
    if mind is None:
        return frozenset()
    found = set(disputed(game.cast))
    for state in (game.opening, *(quarter.state for quarter in game.quarters[:LOOKED_AT])):
        imagined = mind.remember([state]).imagined(IMAGINED)
        found &= {name for name in found if known(name, imagined) is not None}
    return frozenset(found)


def seat_of(game: Saved) -> str:
    """The seat that a debrief speaks to when none is named: a person's, else the first recommended, else the first."""
    people = [seat for quarter in game.quarters for seat, name in quarter.players.items() if name == "human"]
    return next(iter((*people, *game.cast.recommended, game.cast.seats[0].name)))


def _rival(game: Saved, seat: str) -> str:
    """The government of the other bloc."""
    cast = game.cast
    other = "planner" if cast.seats[cast.at("seats", seat)].bloc == "us" else "controller"
    return cast.seats[int(cast.seats_of(other)[0])].name


def _seat(game: Saved, name: str) -> SeatTold:
    cast = game.cast
    number = cast.at("seats", name)
    seat = cast.seats[number]
    held = [quarter.players.get(name) == HUMAN for quarter in game.quarters]
    last = max((at for at, is_held in enumerate(held, 1) if is_held), default=0)
    return SeatTold(
        name=name,
        title=seat.title,
        role=seat.role,
        bloc=seat.bloc,
        about=game.story.abouts.get(name, ""),
        points=float(game.world.objective[number, 0]),
        objectives=objectives_of(game, name),
        judged=judged(game, name),
        left_after=game.story.quarter(last) if 0 < last < len(held) else "",
        is_person=bool(last),
    )


def _turning(past: Past, seats: tuple[Seated, ...], lucks: int) -> tuple[tuple[Ordered, Turned], ...]:
    """The single orders that moved the final lead by a week or more; those that hold under other luck are taken first."""
    orders = {order.number: order for one in seats for course in one.courses for order in course.orders}
    found = [order for order in orders.values() if abs(order.effect.lead) >= LEAST_TURN]
    found.sort(key=lambda order: (-abs(order.effect.lead), order.number))
    held = {order.number: order.effect.lead for order in found[:TRIED]}
    tried = sorted(turned(past, held, lucks), key=lambda one: (not one.holds, -abs(one.held), one.order))[:MOST_TURNS]
    return tuple((orders[one.order], one) for one in sorted(tried, key=lambda one: (-abs(one.held), one.order)))
