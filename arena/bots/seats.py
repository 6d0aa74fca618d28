"""Seats: who holds the seats that are answered from outside, what they are asked, and what became of it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np

from agents.doctrine.roster import find
from agents.rollout import Block, luck_of
from arena.bots.declared import Order
from arena.bots.door import Forfeit
from arena.bots.process import printable
from arena.bots.read import Reading, reading
from arena.bots.sent import Question, news, result, seen_by
from play.dials import orders_of
from play.model import Chokepoint
from play.outside import MARK, seated
from play.story import Story
from world.chance import game_seed
from world.orders import Orders
from world.state import crowd
from world.view import View

Array = np.ndarray
Tree = dict[str, Any]
Decide = Callable[[Tree], Sequence[Tree]]
"""From the message `view` to orders as the message `orders` holds them."""

TOLD = 20
"""Reasons of forfeits that are kept of a seat."""


@runtime_checkable
class Player(Protocol):
    """Whoever is asked for a seat."""

    command: str
    name: str

    def orders(self, question: Question) -> Reading:
        """What it orders; raises Forfeit where it gives nothing that can be read."""

    def tell(self, message: Tree) -> None:
        """Take in what needs no answer."""


class Function:
    """A player that is a function from the message `view` (a tree) to a list of orders; what it raises is not caught."""

    def __init__(self, decide: Decide) -> None:
        self.decide = decide
        self.command = self.name = getattr(decide, "__name__", "function")

    def orders(self, question: Question) -> Reading:
        """What the function gives; orders that cannot be read are dropped and told of in the next view."""
        given = self.decide(question.message(0, 0.0))
        return reading(question.view, [as_order(one) for one in given])

    def tell(self, message: Tree) -> None:
        """Nothing: a function is only asked."""


def as_order(tree: Tree) -> Order:
    """An order of a function, whose numbers may be numpy's; raises ValueError for one that is none."""
    amounts = {name: float(value) for name, value in tree.get("amounts", {}).items()}
    return Order.model_validate({**tree, "picks": list(tree.get("picks", ())), "amounts": amounts})


class Held:
    """A seat that is answered from outside, over all games."""

    def __init__(self, seat: str, player: Player) -> None:
        self.seat, self.player = seat, player
        self.asked = 0
        self.causes: Counter[str] = Counter()
        self.reasons: list[str] = []
        self.of_game: dict[int, Counter[str]] = {}
        self._before: dict[int, Tree] = {}
        self._dropped: dict[int, list[Tree]] = {}
        self._forfeited: dict[int, str] = {}

    def settings(self, view: View, story: Story, game: int) -> dict[int, int] | None:
        """What dials are set to this quarter; None where the quarter is forfeited."""
        seen = seen_by(view, story)
        told = news(self._before.get(game), seen)
        dropped, forfeited = self._dropped.pop(game, []), self._forfeited.pop(game, "")
        self._before[game] = seen
        self.asked += 1
        try:
            found = self.player.orders(Question(view, story, game, told, dropped, forfeited, seen))
        except Forfeit as forfeit:
            self._forfeit(forfeit, seen, game)
            return None
        self._dropped[game] = found.dropped
        return found.settings

    def _forfeit(self, forfeit: Forfeit, seen: Tree, game: int) -> None:
        self.causes[forfeit.cause] += 1
        self.of_game.setdefault(game, Counter())[forfeit.cause] += 1
        self._forfeited[game] = forfeit.why
        if len(self.reasons) < TOLD and forfeit.cause != "gone":
            self.reasons.append(f"game {game}, {seen['coming']}: {printable(forfeit.why)}")

    def tell_end(self, view: View, story: Story, game: int) -> None:
        """Say how a game ended, and forget it."""
        forfeits = self.of_game.pop(game, Counter())
        self._before.pop(game, None)
        self._dropped.pop(game, None)
        self._forfeited.pop(game, None)
        self.player.tell(result(seen_by(view, story), game, float(view.own("objective")[0, 0]), forfeits))

    def account(self) -> Tree:
        """How often it was asked, and what it forfeited and why."""
        return {
            "player": self.player.command,
            "name": self.player.name,
            "asked": self.asked,
            "forfeited": self.causes.total(),
            "causes": dict(sorted(self.causes.items())),
            "reasons": list(self.reasons),
        }


class Seats:
    """All seats of a run that are answered from outside, in every game of a batch, world by world."""

    def __init__(self, players: Mapping[str, Player]) -> None:
        self.held = {seat: Held(seat, player) for seat, player in players.items()}

    def hand_in(self, model: Chokepoint, first: int) -> None:
        """Ask for every seat and game, and put the orders into the mailboxes; `standard` decides what is forfeited."""
        for seat, held in self.held.items():
            number = model.cast.at("seats", seat)
            view = model.view(seat)
            orders, lost = view.blank_orders(), []
            for game in np.flatnonzero(~view.public("is_over")):
                one = View(model.world, (number,), np.array([game]))
                settings = held.settings(one, model.story, first + int(game))
                if settings is None:
                    lost.append(int(game))
                else:
                    orders.levels.table[:, game] = orders_of(one, settings).levels.table[:, 0]
            if lost:
                decided_by_standard(model, number, orders, lost)
            model.human(seat).put(orders)

    def tell_end(self, model: Chokepoint, first: int) -> None:
        """Say how the games ended."""
        for seat, held in self.held.items():
            number = model.cast.at("seats", seat)
            for game in range(model.games):
                held.tell_end(View(model.world, (number,), np.array([game])), model.story, first + game)

    def account(self) -> Tree:
        """What is to be said of each seat."""
        return {seat: held.account() for seat, held in self.held.items()}


def decided_by_standard(model: Chokepoint, number: int, orders: Orders, lost: list[int]) -> None:
    """Write what `standard` would order, with the luck that it would have, into some games of a seat's orders."""
    seat, seen = model.cast.seats[number], crowd(model.world)
    block = Block("standard", find("standard", seat.role, seat.bloc).decide, (number,))
    decided = block.decide(View(seen, (number,)), luck_of(seen, block))
    orders.levels.table[:, lost] = decided.levels.table[:, lost]
    if decided.notes is not None:
        orders.notes = model.view(number).own("notes").copy()
        orders.notes[..., lost] = decided.notes[..., lost]


def played(
    scenario: str, functions: Mapping[str, Decide], games: int = 1, seed: int = 1, **about: Any
) -> tuple[Chokepoint, Seats]:
    """Games played to their end with functions in some seats, by the same seeds as those of `run`; others get `standard`.

    Further words (`players`, `settings`, `keep`) are those of `Chokepoint`. Raises ValueError for orders that are none.
    """
    seats = Seats({seat: Function(decide) for seat, decide in functions.items()})
    others = about.pop("players", {})
    players = seated({**others, **{seat: f"{MARK}{one.player.command}" for seat, one in seats.held.items()}})
    model = Chokepoint(scenario, seeds=[game_seed(seed, game) for game in range(games)], players=players, **about)
    while model.running:
        seats.hand_in(model, 0)
        model.step()
    seats.tell_end(model, 0)
    return model, seats
