"""Branch: a saved game taken up at some quarter with other orders or other players, and the same luck.

Two figures stand beside what happened. In the first the others' logged orders are held: what the change does by
itself. In the second the doctrines of the other seats decide anew from the next quarter on: what would have
happened. People and outside programs replay what they ordered in both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from jaxtyping import Float

from agents.human import NAME as HUMAN
from play.drafts import Settings, check_draft
from play.outcomes import RATIOS, Outcome, Ratio, all_declared, declared, shown
from play.past import Change, Past, Quarter, doctrines_of, past_of, quarters_played
from play.save import Saved, SaveError, Turned
from world.cast import Cast
from world.state import World, take
from world.view import view

Array = np.ndarray


@dataclass(frozen=True)
class Turning:
    """Where a branch leaves what happened: other orders in one quarter, or other players from it on."""

    turn: int
    """The quarter that is played otherwise, the first being 1."""
    orders: Mapping[str, Settings] = field(default_factory=dict)
    """By seat, all that it orders in that quarter; what it ordered then falls away."""
    players: Mapping[str, str] = field(default_factory=dict)
    """Doctrines, by seat, that decide from that quarter on, or from the next where the seat's orders are given."""


@dataclass(frozen=True)
class Arm:
    """One way that the game might have gone: every quarter from the branch's on."""

    quarters: tuple[Turned, ...]

    @property
    def states(self) -> tuple[World, ...]:
        """How the game stands after each of them."""
        return tuple(quarter.state for quarter in self.quarters)


@dataclass(frozen=True)
class Branch:
    """A game that was turned another way: beside what happened, the others' orders held, and doctrines deciding anew."""

    game: Saved
    turning: Turning
    stop: int
    happened: Arm
    held: Arm
    anew: Arm

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats that order or decide otherwise, in the order of the cast."""
        changed = {*self.turning.orders, *self.turning.players}
        return tuple(seat for seat in self.game.cast.names["seats"] if seat in changed)


@dataclass(frozen=True)
class Row:
    """An outcome as it happened and in both branches, quarter by quarter and over the quarters compared."""

    outcome: Outcome | Ratio
    happened: Float[Array, " quarters"]
    held: Float[Array, " quarters"]
    anew: Float[Array, " quarters"]
    whole: tuple[float, float, float]
    """What the game comes to, from its first quarter to the last compared: as it happened, held, anew."""


def branched(game: Saved, turnings: Sequence[Turning], stop: int | None = None) -> list[Branch]:
    """Branches of a game up to a turn (its last), all in one batch; raises OrderRefused and SaveError."""
    past = past_of(game)
    last = past.last if stop is None else stop
    for turning in turnings:
        check_turning(past, turning, last)
    changes = [change for turning in turnings for change in changes_of(past, turning)]
    start = min(turning.turn for turning in turnings) - 1
    begin = take(past.state(start), np.zeros(len(changes), dtype=np.intp))
    quarters = list(quarters_played(past, changes, begin, start, last))
    found = []
    for at, turning in enumerate(turnings):
        held, anew = (_arm(game, turning, way, quarters, start) for way in (2 * at, 2 * at + 1))
        happened = Arm(game.quarters[turning.turn - 1 : last])
        found.append(Branch(game, turning, last, happened, held, anew))
    return found


def check_turning(past: Past, turning: Turning, last: int) -> None:
    """Refuse a quarter that was not played, and orders that would not stand."""
    if not 1 <= turning.turn <= last:
        raise SaveError(f"turn {turning.turn} is not one of this branch; write a whole number from 1 to {last}")
    for seat, settings in turning.orders.items():
        check_draft(view(past.state(turning.turn - 1), seat), settings)


def changes_of(past: Past, turning: Turning) -> tuple[Change, Change]:
    """A branch with the others' orders held, and with the others' doctrines deciding anew from the next quarter on."""
    number = {seat: at for at, seat in enumerate(past.cast.names["seats"])}
    seats = {number[seat] for seat in turning.orders}
    without = frozenset(at for at in past.orders_between(turning.turn, turning.turn) if past.given[at].seat in seats)
    settings = {turning.turn: {d: s for draft in turning.orders.values() for d, s in draft.items()}}
    ordering = {seat: turning.turn + 1 for seat in turning.players if seat in turning.orders}
    held = Change(without, settings, dict(turning.players), turning.turn, ordering)
    changed = {*turning.orders, *turning.players}
    others = {seat: name for seat, name in doctrines_of(past, turning.turn).items() if seat not in changed}
    later = {**ordering, **dict.fromkeys(others, turning.turn + 1)}
    return held, replace(held, players={**others, **turning.players}, later=later)


def _arm(game: Saved, turning: Turning, way: int, quarters: Sequence[Quarter], start: int) -> Arm:
    """One way of a batch, as quarters of a saved game."""
    one = np.array([way], dtype=np.intp)
    found = []
    for at in range(turning.turn - 1, start + len(quarters)):
        quarter = quarters[at - start]
        found.append(
            Turned(
                np.take(quarter.wanted, one, axis=-1),
                np.take(quarter.notes, one, axis=-1),
                {**game.quarters[at].players, **turning.players},
                take(quarter.world, one),
            )
        )
    return Arm(tuple(found))


def saved_branch(branch: Branch) -> Saved:
    """The branch in which doctrines decide anew, as a game that goes on; it is not ranked, as its luck is known."""
    game, turning = branch.game, branch.turning
    players = dict(game.players if branch.stop == len(game.quarters) else game.quarters[branch.stop].players)
    quarters = (*game.quarters[: turning.turn - 1], *branch.anew.quarters)
    game = freed(game, turning.players)
    return replace(game, players={**players, **turning.players}, quarters=quarters, is_ranked=False)


def freed(game: Saved, seats: Iterable[str]) -> Saved:
    """A game in which some seats are a script's no longer."""
    if game.script is None:
        return game
    return replace(game, script=game.script.without([game.cast.at("seats", seat) for seat in seats]))


def taken_up(game: Saved, turn: int) -> Saved:
    """A game as it stood after a turn (0: the opening), to be played on; it is not ranked, as its luck is known.

    Raises SaveError for a turn that was not played.
    """
    last = len(game.quarters)
    if not 0 <= turn <= last:
        raise SaveError(f"turn {turn} of the game was not played; write a whole number from 0 to {last}")
    players = game.quarters[turn].players if turn < last else game.players
    return replace(game, players=dict(players), quarters=game.quarters[:turn], is_ranked=False)


def outcomes_of(branch: Branch) -> list[Outcome | Ratio]:
    """What a branch is told by: the table that a run prints, and the objectives of the seats that it changes."""
    cast = branch.game.cast
    people = [seat for seat, name in branch.game.players.items() if name == HUMAN and seat not in branch.seats]
    own = [all_declared(cast)[f"objective.{seat}"] for seat in (*branch.seats, *people)]
    return [*shown(cast), *own]


def table(branch: Branch) -> list[Row]:
    """Every outcome of a branch, as it happened and in both branches."""
    before = branch.game.worlds[1 : branch.turning.turn]
    arms = [branch.happened, branch.held, branch.anew]
    histories = [histories_of(branch.game.cast, [*before, *arm.states]) for arm in arms]
    wholes = [wholes_of(branch.game.cast, history) for history in histories]
    rows = []
    for outcome in outcomes_of(branch):
        told = [history[outcome.name][len(before) :] for history in histories]
        whole = tuple(whole[outcome.name] for whole in wholes)
        rows.append(Row(outcome, told[0], told[1], told[2], (whole[0], whole[1], whole[2])))
    return rows


def histories_of(cast: Cast, states: Sequence[World]) -> dict[str, Float[Array, " quarters"]]:
    """Every outcome after each of some quarters of one game."""
    found = {name: np.array([float(o.of(state)[0]) for state in states]) for name, o in declared(cast).items()}
    for ratio in RATIOS:
        found[ratio.name] = ratio.of(found)
    return found


def wholes_of(cast: Cast, history: Mapping[str, Float[Array, " quarters"]]) -> dict[str, float]:
    """What some quarters of one game come to, by outcome."""
    found = {}
    for name, outcome in declared(cast).items():
        values = history[name][:, None]
        found[name] = float(outcome.of_game(values, np.ones(values.shape, dtype=bool))[0])
    for ratio in RATIOS:
        parts = {name: np.array([found[name]]) for name in (ratio.top, ratio.bottom)}
        found[ratio.name] = float(ratio.of(parts)[0])
    return found
