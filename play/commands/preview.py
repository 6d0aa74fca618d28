"""Preview: what a draft of orders would change, as far as its seat can know."""

from argparse import Namespace
from pathlib import Path

from play.asking import mind_after, previewed
from play.commands.doors import Refused, check_seat, tell, tell_json, within
from play.drafts import Settings, drafted
from play.games import game_at
from play.quantities import quantity
from play.save import Saved
from play.telling_previews import preview_lines, preview_tree
from world.cast import Cast

MOST_WORLDS = 4096
MOST_QUARTERS = 40


def main(args: Namespace) -> int:
    """Print what a draft would change."""
    game = game_at(Path(args.save), args.game)
    check_seat(args.seat, game.cast)
    worlds = within(args.worlds, 2, MOST_WORLDS, "worlds")
    quarters = within(args.quarters, 1, MOST_QUARTERS, "quarters")
    turn = coming(game, args.turn)
    draft = draft_of(game.cast, args.seat, args.order)
    named = tuple(dict.fromkeys(args.quantity))
    for name in named:
        quantity(game.cast, name)
    mind = mind_after(game, args.seat, turn - 1, worlds)
    left = int(game.opening.length[0]) - turn + 1
    found = previewed(mind, draft, named, min(quarters, left))
    if args.json:
        tell_json(preview_tree(found, mind.last, game.story, worlds, named))
    else:
        tell(preview_lines(found, mind.last, game.story, worlds, named))
    return 0


def coming(game: Saved, turn: int | None) -> int:
    """The quarter that a draft is for: the coming one, or an earlier one that is named."""
    last = len(game.quarters) + (0 if game.is_over else 1)
    if turn is None and game.is_over:
        raise Refused(f"preview: the game is over; add --turn with a whole number from 1 to {last}, or use branch")
    if turn is not None and not 1 <= turn <= last:
        raise Refused(f"--turn {turn}: write a whole number from 1 to {last}")
    return last if turn is None else turn


def draft_of(cast: Cast, seat: str, texts: list[str]) -> Settings:
    """The draft of one seat; orders of others are refused."""
    found = drafted(cast, texts)
    for other in found:
        if other != seat:
            raise Refused(
                f"--order: {other} is not the seat that looks ahead; write orders of {seat}, or --seat {other}"
            )
    return found.get(seat, {})
