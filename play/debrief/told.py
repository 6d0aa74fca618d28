"""Told: everything that a debrief says of a finished game, as plain data, before any of it is drawn or worded."""

from dataclasses import dataclass

from play.debrief import Unfinished
from play.debrief.beliefs import Disputed, disputed_of
from play.debrief.compute import Chain, Channel, chains_of, channels_of
from play.debrief.judged import Judged, Turned, judged, turned
from play.debrief.orders import Ordered, Seated, seats_ordered
from play.debrief.otherwise import LUCKS, Otherwise, otherwise, wishes_of
from play.debrief.race import Race, race_of
from play.debrief.sources import Sources, sources_of
from play.past import Past, past_of
from play.replay import is_outdated
from play.save import Saved
from play.story import Story
from world.phases.standing import OBJECTIVES

MOST_TURNS = 4
"""Turning points that are marked in the race."""
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
    objectives: tuple[tuple[str, float], ...]
    """What the score is made of, and by which share."""
    judged: Judged


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
    otherwise: tuple[Otherwise, ...]
    lucks: int
    sources: Sources

    @property
    def quarters(self) -> tuple[str, ...]:
        """The quarters that were played."""
        return self.race.quarters[1:]


def debriefed(game: Saved, seat: str | None = None, lucks: int = LUCKS) -> Debrief:
    """The debrief of a finished game for a seat (the first that a person held, else the first recommended).

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
    seats = seats_ordered(game, past)
    foremost = tuple(dict.fromkeys((chosen, *(cast.recommended or (chosen,)))))
    wishes = wishes_of(seats, chosen, foremost)
    rival = _rival(game, chosen)
    return Debrief(
        story=story,
        seed=game.seed,
        players=dict(game.quarters[-1].players),
        seat=_seat(game, chosen),
        rival=rival,
        titles={one.name: one.title for one in cast.seats},
        race=race,
        turning=_turning(past, seats, lucks),
        channels=channels_of(game),
        chains=chains_of(game),
        seats=tuple(sorted(seats, key=lambda one: foremost.index(one.seat) if one.seat in foremost else len(foremost))),
        foremost=foremost,
        disputed=disputed_of(game, (chosen, rival)),
        otherwise=tuple(otherwise(past, wishes, race.quarters[1:], lucks)),
        lucks=lucks,
        sources=sources_of(game),
    )


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
    weights = zip(OBJECTIVES[seat.role], cast.weights[number], strict=True)
    return SeatTold(
        name=name,
        title=seat.title,
        role=seat.role,
        bloc=seat.bloc,
        about=game.story.abouts.get(name, ""),
        points=float(game.world.objective[number, 0]),
        objectives=tuple((objective, float(weight)) for objective, weight in weights),
        judged=judged(game, name),
    )


def _turning(past: Past, seats: tuple[Seated, ...], lucks: int) -> tuple[tuple[Ordered, Turned], ...]:
    """The single orders that moved the final lead by a week or more, the largest first."""
    orders = {order.number: order for one in seats for course in one.courses for order in course.orders}
    found = [order for order in orders.values() if abs(order.effect.lead) >= LEAST_TURN]
    found.sort(key=lambda order: (-abs(order.effect.lead), order.number))
    held = {order.number: order.effect.lead for order in found[:MOST_TURNS]}
    return tuple((orders[one.order], one) for one in turned(past, held, lucks))
