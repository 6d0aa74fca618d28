"""Lines: what a bot wrote, read strictly; whatever it is, the outcome is a message or a sentence."""

import json
import math
from collections.abc import Sequence
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from arena.bots.declared import Message, Order

One = TypeVar("One", bound=Message)

LONGEST_NUMBER = 32
"""Characters of a number that are read."""
SHOWN = 60
"""Characters of a line that are told of."""


class Nonsense(ValueError):
    """A line that is no message, in a sentence."""


def line_of(message: dict[str, Any]) -> bytes:
    """A message as it is sent."""
    return json.dumps(message, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def tree_in(line: bytes) -> dict[str, Any]:
    """The object in a line; raises Nonsense."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Nonsense(f"the line is not UTF-8 (byte {error.start}); write UTF-8") from None
    try:
        tree = json.loads(
            text, parse_constant=_constant, parse_int=_whole, parse_float=_broken, object_pairs_hook=_object
        )
    except RecursionError:
        raise Nonsense("the line is nested too deeply; write a message as the schema says") from None
    except json.JSONDecodeError:
        raise Nonsense(
            f"the line {shown(text)} is not JSON; write one message a line, and anything else to standard error"
        ) from None
    if not isinstance(tree, dict):
        raise Nonsense(f"the line {shown(text)} is no object; write a message such as {{'type': 'orders', …}}")
    return tree


def shown(text: str) -> str:
    """The beginning of what a bot wrote, without anything that a terminal would obey."""
    return ascii(text[:SHOWN]) + ("…" if len(text) > SHOWN else "")


def _constant(name: str) -> NoReturn:
    raise Nonsense(f"{name} is no number of JSON; write a finite number")


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise Nonsense(f"a number has {len(text)} digits; write one that fits its bounds")
    return int(text)


def _broken(text: str) -> float:
    value = float(text) if len(text) <= LONGEST_NUMBER else math.inf
    if not math.isfinite(value):
        raise Nonsense(f"the number {shown(text)} is too large or too long; write a finite number")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for key, value in pairs:
        if key in tree:
            raise Nonsense(f"the key {shown(key)} is written twice; write it once")
        tree[key] = value
    return tree


def message_in(tree: dict[str, Any], expected: type[One]) -> One:
    """The message of the kind that is expected; raises Nonsense with the first thing that is wrong."""
    wanted = expected.__name__.lower()
    if tree.get("type") != wanted:
        found = shown(str(tree["type"])) if "type" in tree else "missing"
        raise Nonsense(f"the type is {found}; answer with '{wanted}'")
    try:
        return expected.model_validate(tree)
    except ValidationError as error:
        raise Nonsense(_sentence(error.errors(include_url=False, include_input=False)[0], expected)) from None


def _sentence(error: Any, expected: type[Message]) -> str:
    where = _place(error["loc"])
    about = Order if error["loc"][0] == "orders" and len(error["loc"]) > 2 else expected
    known = f"{about.__name__.lower()} has {', '.join(about.model_fields)}"
    if error["type"] == "extra_forbidden":
        return f"{where} is not known; {known}"
    if error["type"] == "missing":
        return f"{where} is missing; {known}"
    said = str(error["msg"])
    return f"{where}: {said[:1].lower()}{said[1:]}"


def _place(parts: Sequence[int | str]) -> str:
    """Where in a message something is; a bot's own words are shown with care."""
    named = [part if isinstance(part, int) else shown(part)[1:-1] for part in parts if part not in UNION]
    return ".".join(str(part) for part in named) or "the message"


UNION = ("int", "constrained-float", "float")
"""What pydantic adds to a place where a number may be of several kinds."""
