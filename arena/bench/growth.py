"""Growth: how the time of whole games grows with their number, with the actors in them, and with the quarters they last."""

import re
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from agents.rollout import rollout, seated
from arena.bench.timing import exponent, in_turns, middle
from world.scenario import Scenario, opened, read
from world.scenario import found as file_of

Tree = dict[str, Any]

GAMES = (16, 64, 256, 1024, 4096)
AT_ONCE = 256
"""Games in a batch where something else grows."""
QUARTERS = (4, 8, 12, 20, 40)
COPIES = (1, 2, 4)
"""How many there are of each lab and of each network."""
COPIED = ("lab", "broker")
NAME = re.compile(r'(?m)^name = "(.*)"')
LONG = 4
"""Quarters of the games whose actors or number grow."""


def games(scenario: Scenario, count: int, quarters: int) -> Callable[[], object]:
    """Games that will be played together by `standard`, opening included."""
    seeds = np.arange(1, count + 1, dtype=np.uint64)

    def played() -> None:
        world, rules = opened(scenario, seeds)
        after = rollout(world, rules, seated(scenario.cast, count), quarters)
        if not (after.turn == quarters).all():
            raise RuntimeError(f"bench: {count} games were to play {quarters} quarters, and some did not")

    return played


def lasting(scenario: Scenario, quarters: int) -> Scenario:
    """A scenario of so many quarters."""
    return scenario.changed({"length": str(quarters)})


def copied(name: str, copies: int, folder: Path) -> Scenario:
    """A scenario with so many of each of some actors, each under a name of its own; the one that it extends, if it does."""
    path = file_of(name)
    while base := tomllib.loads(path.read_text("utf-8")).get("extends"):
        path = path.with_name(f"{base}.toml")
    items = re.split(r"(?m)^(?=\[\[)", path.read_text("utf-8"))
    names = [name for item in items if _is_copied(item) for name in NAME.findall(item)[:1]]
    holds = re.compile(rf"(?m)^(\w+\.)({'|'.join(names)})( = .*)$")
    target = folder / f"{path.stem}-{copies}.toml"
    text = "\n".join(each for item in items for each in _times(item, copies))
    target.write_text(holds.sub(lambda line: _lines(line, copies), text), "utf-8")
    return read(str(target))


def _is_copied(item: str) -> bool:
    return item.startswith(tuple(f"[[{kind}]]" for kind in COPIED))


def _times(item: str, copies: int) -> list[str]:
    """The text of an item and of its copies, which stand beside it: owners of one side stand together."""
    if not _is_copied(item):
        return [item]
    return [item, *(NAME.sub(rf'name = "\1-{at}"', item, count=1) for at in range(1, copies))]


def _lines(line: re.Match[str], copies: int) -> str:
    """A line that says what an actor has, and the same of its copies."""
    before, name, after = line.groups()
    return "\n".join([line[0], *(f"{before}{name}-{at}{after}" for at in range(1, copies))])


def growth(scenario: str, rounds: int) -> Tree:
    """The exponents, with what they were fitted to."""
    one = read(scenario)
    short = lasting(one, LONG)
    found = {
        "games": fitted({count: games(short, count, LONG) for count in GAMES}, rounds),
        "quarters": fitted(
            {quarters: games(lasting(one, quarters), AT_ONCE, quarters) for quarters in QUARTERS}, rounds
        ),
    }
    with tempfile.TemporaryDirectory() as folder:
        cast = [lasting(copied(scenario, copies, Path(folder)), LONG) for copies in COPIES]
        found["actors"] = fitted({len(each.cast.seats): games(each, AT_ONCE, LONG) for each in cast}, rounds)
    return found


def fitted(actions: Mapping[int, Callable[[], object]], rounds: int) -> Tree:
    """Milliseconds by size, and the power of the size with which they grow: overall, and between the two largest."""
    taken = in_turns({str(size): action for size, action in actions.items()}, rounds)
    sizes, seconds = list(actions), [middle(one) for one in taken.values()]
    return {
        "milliseconds": {str(size): 1000 * one for size, one in zip(sizes, seconds, strict=True)},
        "exponent": exponent(sizes, seconds),
        "exponent_of_the_largest": exponent(sizes[-2:], seconds[-2:]),
    }


def growth_lines(found: Mapping[str, Tree]) -> list[str]:
    """The exponents as text."""
    text = [
        "time of whole games as something grows: milliseconds by size, and the power of the size (1: in proportion)"
    ]
    for name, one in found.items():
        sizes = "  ".join(f"{int(size):,}: {taken:,.0f}" for size, taken in one["milliseconds"].items())
        text.append(
            f"  {name:<9} {sizes}  (power {one['exponent']:.2f}; of the largest {one['exponent_of_the_largest']:.2f})"
        )
    return text
