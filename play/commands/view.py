"""View: what a seat sees of a saved game, as text or JSON."""

from argparse import Namespace
from pathlib import Path

from play.commands.doors import Refused, check_seat, tell, tell_json
from play.games import game_at
from play.page import page
from play.replay import is_outdated
from play.score import as_tree, score_of, told
from play.snapshot import snapshot
from world.view import view


def main(args: Namespace) -> int:
    """Print one seat's view."""
    game = game_at(Path(args.save), args.game)
    check_seat(args.seat, game.cast)
    worlds = game.worlds
    turn = len(worlds) - 1 if args.turn is None else args.turn
    if not 0 <= turn < len(worlds):
        raise Refused(f"--turn {turn}: write a whole number from 0 (the opening) to {len(worlds) - 1}")
    seen = snapshot(view(worlds[turn], args.seat), game.story, is_ranked=game.is_ranked)
    is_ended = seen["is_over"] and not is_outdated(game)
    score = score_of(game, args.seat) if is_ended else None
    if args.json:
        tell_json(seen if score is None else {**seen, "score": as_tree(score)})
    else:
        tell([*page(seen), *([] if score is None else ["", *told(score)])])
    return 0
