"""Branch: a saved game with other orders or other players from some quarter on, beside what happened."""

from argparse import Namespace
from pathlib import Path

from play.asking import check_playable
from play.branch import Turning, branched, saved_branch
from play.commands.doors import Refused, check_players, pairs, tell, tell_json, warn
from play.drafts import drafted
from play.games import game_at
from play.save import unrank, write_save
from play.telling_branches import branch_lines, branch_tree


def main(args: Namespace) -> int:
    """Play the branch, say how it differs, and keep it if asked to."""
    path = Path(args.save_file)
    game = game_at(path, args.game)
    check_playable(game)
    last = len(game.quarters)
    if not last:
        raise Refused("branch: no quarter of this game has been played yet; play one, or preview a draft")
    if not 1 <= args.turn <= last:
        raise Refused(f"--turn {args.turn}: write a whole number from 1 to {last}")
    stop = last if args.until is None else args.until
    if not args.turn <= stop <= last:
        raise Refused(f"--until {stop}: write a whole number from {args.turn} to {last}")
    players = pairs(args.player, "player", "seat=doctrine, such as beijing=pragmatist")
    check_players(players, game.cast)
    orders = drafted(game.cast, args.order)
    target = check_target(path, args.save)
    branch = branched(game, [Turning(args.turn, orders, players)], stop)[0]
    if not game.is_over:
        unrank(path, game)
        warn(f"{path}: is marked as not ranked from now on, as a branch shows how its luck falls")
    if target is not None:
        write_save(target, saved_branch(branch))
    if args.json:
        tell_json(branch_tree(branch))
    else:
        tell(branch_lines(branch))
        if target is not None:
            tell(["", f"Saved as {target}, not ranked. Go on with: python main.py play {target} --text"])
    return 0


def check_target(path: Path, target: str | None) -> Path | None:
    """Where the branch is to be kept; a place that cannot be, or is the game itself, is refused before anything is done."""
    if target is None:
        return None
    place = Path(target)
    if place.resolve() == path.resolve():
        raise Refused(f"--save {target}: is the game itself; choose another name")
    if place.is_dir() or not place.resolve().parent.is_dir():
        raise Refused(f"--save {target}: is no place for a file; name one in a folder that exists")
    return place
