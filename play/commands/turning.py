"""Turning: the orders of a finished game that moved how it ended most."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from play.commands.doors import Refused, at_least, check_seat, tell, tell_json
from play.figures import aligned, figure
from play.games import game_at
from play.past import past_of
from play.quantities import Quantity, UnknownQuantity, quantity
from play.replay import is_outdated
from play.save import Saved
from play.story import Story
from play.turning import TurningPoint, turning_points


def main(args: Namespace) -> int:
    """Print the turning points of a saved game."""
    game = finished(args.save, args.game)
    if args.seat:
        check_seat(args.seat, game.cast)
    most = at_least(args.most, 1, "most")
    about = asked(game, args.of)
    found = turning_points(past_of(game), about, args.seat, most)
    if args.json:
        tell_json({"quantity": about.name, "unit": about.unit, "turning_points": [asdict(one) for one in found]})
    else:
        tell(table(found, about, game.story))
    return 0


def finished(word: str, number: int | None = None) -> Saved:
    """A saved game that is over and can be played again; raises Refused for another, SaveError for none."""
    game = game_at(Path(word), number)
    if not game.world.is_over.all():
        raise Refused(f"{word}: the game is not over; ask for its turning points when it is")
    if is_outdated(game):
        raise Refused(
            f"{word}: was played under older rules ({game.story.rules_version}), by which it cannot be replayed"
        )
    return game


def asked(game: Saved, name: str | None) -> Quantity:
    """The quantity that is asked about: a person's objective, or the lead, where none is named."""
    try:
        return quantity(game.cast, name or (f"objective.{game.people[0]}" if game.people else "lead"))
    except UnknownQuantity as error:
        raise Refused(f"--of {name}: {error}") from None


def table(found: list[TurningPoint], about: Quantity, story: Story) -> list[str]:
    """Turning points, one a row."""
    if not found:
        return [f"No order moved {about.name} at the end of the game."]
    largest = max(abs(value) for one in found for value in (one.effect, one.anew, one.low, one.high))
    rows: list[tuple[str, ...]] = [("quarter", "seat", "order", "held", "anew", "5 %", "95 %", "holds")]
    for one in found:
        figures = (beside(value, largest) for value in (one.effect, one.anew, one.low, one.high))
        rows.append((story.quarter(one.turn), one.seat, one.words, *figures, "yes" if one.holds else "no"))
    return [
        f"What moved {about.name} at the end most ({about.unit}): {about.doc}",
        *aligned(rows, left=3),
        "",
        "held: against the same game without the order, all other orders as they were. anew: doctrines answer, under",
        "16 other lucks from that quarter on - the median, and the range for nine in ten. holds: nine in ten agree in sign.",
    ]


def beside(value: float, largest: float) -> str:
    """A change with its sign, or 0 where it is nothing beside the largest of its table."""
    if abs(value) < largest / 1000:
        return "0"
    return f"{'+' if value > 0 else ''}{figure(value, 2)}"
