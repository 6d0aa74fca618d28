"""Example: the whole dialogue of one quarter of a real game, from hello to orders that stand."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from arena.bots.declared import PROTOCOL, Order
from arena.bots.process import Limits
from arena.bots.read import reading
from arena.bots.sent import Question, hello, refusal, seen_by
from play.story import story_of
from world.cast import Cast
from world.chance import game_seed
from world.scenario import Scenario, opened
from world.view import View, view

Tree = dict[str, Any]

TABLES = frozenset({"quantities", "values", "beliefs", "reports", "sources"})
"""Parts of a message that are tables by name."""
SHOWN = 2
"""Entries of a table or list that a shortened message shows."""
WIDTH = 140


def opening(scenario: Scenario, seat: str) -> View:
    """What a seat sees of the first game of a run on the opening day."""
    world, _ = opened(scenario, np.array([game_seed(1, 0)], dtype=np.uint64))
    return view(world, seat)


def dialogue(scenario: Scenario, seat: str) -> Iterator[tuple[str, Tree]]:
    """Who says what: hello, ready, view, orders of which one cannot be, refusal, and orders without it."""
    seen, story = opening(scenario, seat), story_of(scenario)
    yield "game", hello(seen, story, 1, Limits())
    yield "bot", {"type": "ready", "ask": 0, "protocol": PROTOCOL, "name": "example"}
    yield "game", Question(seen, story, 0, seen=seen_by(seen, story)).message(1, Limits().turn)
    good, bad = example_order(seen), {"order": "raise_taxes", "amounts": {"rate": 0.5}}
    yield "bot", {"type": "orders", "ask": 1, "orders": [good, bad]}
    wrong = reading(seen, [Order.model_validate(one) for one in (good, bad)]).wrong
    yield "game", refusal(2, 0, Limits().turn, wrong)
    yield "bot", {"type": "orders", "ask": 2, "orders": [good]}


def example_order(seen: View) -> Tree:
    """The first order in the manual that stands when a setting of the seat is moved by a step."""
    kinds = [seen.layout.places[name].kind for name in seen.kinds()]
    for kind in kinds:
        amount = kind.amounts[0]
        picks = [first(seen.cast, pick.axis) for pick in kind.picks]
        place = tuple(seen.cast.names[pick.axis].index(name) for pick, name in zip(kind.picks, picks, strict=True))
        level = amount.level(float(seen.dial(kind.name, amount.name)[(0, *place, 0)]))
        for moved in (level - 1, level + 1):
            if not 0 <= moved <= amount.steps:
                continue
            found = {"order": kind.name, "picks": picks, "amounts": {amount.name: amount.value(moved)}}
            if not reading(seen, [Order.model_validate(found)]).wrong:
                return found
    return {"order": kinds[0].name, "picks": [], "amounts": {}}


def first(cast: Cast, axis: str) -> str:
    """What an example is about: China where there is a choice of groups, else the first name."""
    names = cast.names[axis]
    return "cn" if "cn" in names else names[0]


def shortened(node: Any, is_table: bool = False) -> Any:
    """A message with the beginning of its tables and lists, and how much is left out."""
    if isinstance(node, dict):
        kept = list(node.items())[: SHOWN if is_table else None]
        left = {"…": f"{len(node) - len(kept)} more"} if len(kept) < len(node) else {}
        return {**{key: shortened(one, key in TABLES) for key, one in kept}, **left}
    if isinstance(node, list):
        left_out = [f"… {len(node) - SHOWN} more"] if len(node) > SHOWN else []
        return [*(shortened(one) for one in node[:SHOWN]), *left_out]
    return node


def laid_out(node: Any, indent: str = "") -> str:
    """JSON in which what fits a line stands on one."""
    line = json.dumps(node, ensure_ascii=False)
    if len(line) + len(indent) <= WIDTH or not isinstance(node, dict | list):
        return line
    deeper = indent + "  "
    if isinstance(node, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {laid_out(one, deeper)}" for key, one in node.items()]
        opening, ending = "{", "}"
    else:
        parts, opening, ending = [laid_out(one, deeper) for one in node], "[", "]"
    return opening + "\n" + ",\n".join(deeper + part for part in parts) + "\n" + indent + ending
