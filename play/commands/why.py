"""Why: what a change came from: in the truth once a game is over, and until then in what a seat imagines."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from play.asking import imagined_why, mind_after, true_why
from play.commands.doors import Refused, check_seat, tell, tell_json, warn, within
from play.figures import spread
from play.games import game_at
from play.past import Change, Past, played
from play.path import Step, path
from play.quantities import Quantity, quantity
from play.save import Saved
from play.story import Story
from play.telling import FROM_THE_START, order_words, path_lines, ranged_why_lines, seen_change, why_lines
from play.why import Part, Why, carried
from world.scenario_text import remedy
from world.view import view

Tree = dict[str, Any]
MOST_WORLDS = 1024
TRUTH_ONLY = ("since", "carried", "path")
"""What can be asked only once a game is over."""


def main(args: Namespace) -> int:
    """Say what a change came from."""
    game = game_at(Path(args.save), args.game)
    if args.seat:
        check_seat(args.seat, game.cast)
    for seat in args.open:
        if seat not in game.cast.names["seats"]:
            raise Refused(f"--open {seat}: there is no such seat; {remedy(seat, game.cast.names['seats'])}")
    quantity(game.cast, args.quantity)
    turn = asked_turn(game, args.turn)
    if game.is_over:
        if args.seat:
            warn(f"the game is over: this is the truth, and not only what {args.seat} could know")
        return told_truly(game, args, turn)
    return as_imagined(game, args, turn)


def asked_turn(game: Saved, turn: int | None) -> int:
    """The quarter that is asked about: the last, or the one that is named."""
    last = len(game.quarters)
    if not last:
        raise Refused("why: nothing has happened in this game yet; ask again after the first quarter")
    if turn is not None and not 1 <= turn <= last:
        raise Refused(f"--turn {turn}: write a whole number from 1 to {last}")
    return last if turn is None else turn


def as_imagined(game: Saved, args: Namespace, turn: int) -> int:
    """What a seat may know of it, while the game goes on."""
    if not args.seat:
        raise Refused("why: the game goes on; add --seat, as only what a seat may know can be told")
    for name in TRUTH_ONLY:
        if getattr(args, name) is not None:
            raise Refused(f"--{name}: the game goes on, and this would tell what no seat knows; ask when it is over")
    worlds = within(args.worlds, 2, MOST_WORLDS, "worlds")
    mind = mind_after(game, args.seat, turn, worlds)
    found, past = imagined_why(mind, args.quantity, args.open, worlds)
    before, after = (view(game.worlds[at], args.seat) for at in (turn - 1, turn))
    if args.json:
        tell_json({**about(found, game.story), "seat": args.seat, "worlds": past.games, **ranged_tree(found, past)})
    else:
        seen = seen_change(found.quantity, before, after)
        tell(ranged_why_lines(found, past, game.story, args.seat, seen, args.luck))
    return 0


def told_truly(game: Saved, args: Namespace, turn: int) -> int:
    """What it came from in truth."""
    since = args.since
    if since is not None and not 0 <= since < turn:
        raise Refused(f"--since {since}: write a whole number from 0 (the opening) to {turn - 1}")
    found, past = true_why(game, args.quantity, turn, since, args.open)
    earlier = (
        carried(past, found.quantity, turn, args.open or largest(past, found.quantity, turn)) if args.carried else None
    )
    steps = None if args.path is None else path_of(past, args.path, found.quantity, turn)
    if args.json:
        tell_json(true_tree(found, past, game.story, earlier, steps))
        return 0
    lines = why_lines(found, past, game.story, args.luck)
    if earlier is not None:
        title = f"What earlier quarters had set going moved {found.quantity.name} in {game.story.quarter(turn)}:"
        lines += ["", *why_lines(earlier, past, game.story, args.luck, FROM_THE_START, title)]
    if steps is not None:
        lines += ["", *path_lines(past, args.path, found.quantity, turn, *steps, game.story)]
    tell(lines)
    return 0


def largest(past: Past, asked: Quantity, turn: int) -> list[str]:
    """The seats of whose earlier orders most came."""
    parts = carried(past, asked, turn, pairs=10).parts
    return [part.source.name for part in parts if part.source.orders and part.mean][:2]


def path_of(past: Past, at: int, asked: Quantity, turn: int) -> tuple[float, list[Step]]:
    """What an order did to a quantity of a turn, and the way it took; refused where there is no such order."""
    most = len(past.orders_between(past.first + 1, turn)) - 1
    if not 0 <= at <= most:
        raise Refused(
            f"--path {at}: write the number of an order up to turn {turn}, from 0 to {most}; --open tells them"
        )
    without = played(past, [Change(frozenset([at]))], past.given[at].turn - 1, turn)[-1]
    effect = np.nan_to_num(asked.of(past.state(turn)) - asked.of(without))
    return float(effect[0]), path(past, frozenset([at]), asked, turn)


def about(why: Why, story: Story) -> Tree:
    """What was asked, for machines."""
    return {
        "quantity": why.quantity.name,
        "unit": why.quantity.unit,
        "doc": why.quantity.doc,
        "since": why.start,
        "turn": why.stop,
        "quarter": story.quarter(why.stop),
    }


def true_tree(why: Why, past: Past, story: Story, earlier: Why | None, steps: tuple[float, list[Step]] | None) -> Tree:
    """A why of one game for machines; `exact` are fractions that add up to the last bit."""
    tree = {
        **about(why, story),
        "was": float(why.was[0]),
        "now": float(why.now[0]),
        "change": float(why.change[0]),
        "exact": str(why.change[0]),
        "parts": [part_tree(part, past) for part in why.parts],
    }
    if earlier is not None:
        tree["carried"] = [part_tree(part, past) for part in earlier.parts]
    if steps is not None:
        tree["path"] = {"effect": steps[0], "steps": [vars(step) for step in steps[1]]}
    return tree


def part_tree(part: Part, past: Past) -> Tree:
    """One part for machines."""
    return {
        **_source(part, past),
        "amount": float(part.amount[0]),
        "exact": str(part.amount[0]),
        "anew": None if part.anew is None else float(part.anew[0]),
        "opened": [part_tree(one, past) for one in part.opened],
    }


def _source(part: Part, past: Past) -> Tree:
    numbers = sorted(part.source.orders)
    return {
        "source": part.source.name,
        "kind": "luck" if part.source.luck else "orders" if numbers else "under way",
        "orders": [{"number": at, "turn": past.given[at].turn, "words": order_words(past, at)} for at in numbers],
    }


def ranged_tree(why: Why, past: Past) -> Tree:
    """A why in imagined worlds for machines: means and ranges over them."""

    def ranges(amounts: Any) -> Tree:
        values = np.array([float(value) for value in amounts])
        return {"mean": float(values.mean()), **spread(values)}

    return {
        "change": ranges(why.change),
        "parts": [
            {
                **_source(part, past),
                **ranges(part.amount),
                "opened": [{**_source(one, past), **ranges(one.amount)} for one in part.opened],
            }
            for part in why.parts
        ],
    }
