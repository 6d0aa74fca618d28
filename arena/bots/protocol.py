"""Protocol: how bots speak with the game, for programs, for people, and by example."""

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arena.bots.declared import PROTOCOL, SENT, TAKEN, Message
from arena.bots.example import dialogue, laid_out, shortened
from arena.bots.schema import schema
from play.commands.doors import Refused, check_seat, tell, warn, writing
from play.commands.line import SCENARIO
from play.packing import written
from world.scenario import read

Tree = dict[str, Any]


def main(args: Namespace) -> int:
    """Print the schema, the manual or an example, or write it to a file."""
    if args.text and args.example:
        raise Refused("--text, --example: these are two texts; ask for one of them")
    for option, given in (("--scenario", args.scenario), ("--seat", args.seat)):
        if given is not None and not args.example:
            raise Refused(f"{option}: is of the example; add --example")
    lines = list(manual() if args.text else example(args) if args.example else [json.dumps(schema(), indent=2)])
    if args.out is None:
        tell(lines)
        return 0
    with writing("--out", args.out, "file"):
        written(Path(args.out), ("\n".join(lines) + "\n").encode("utf-8"))
    warn(f"written to {args.out}")
    return 0


def example(args: Namespace) -> Iterator[str]:
    """The dialogue of a quarter, line by line, as it goes over."""
    scenario = read(SCENARIO if args.scenario is None else args.scenario)
    seat = args.seat or (scenario.cast.recommended or scenario.cast.names["seats"])[0]
    check_seat(seat, scenario.cast)
    return (json.dumps({"from": who, "line": message}) for who, message in dialogue(scenario, seat))


def manual() -> Iterator[str]:
    """Every message with its fields, and a quarter by example with long lists cut short."""
    defs = schema()["$defs"]
    yield from (
        f"Chokepoint bots, protocol {PROTOCOL}",
        "",
        "One JSON object a line, in UTF-8, over standard input (from the game) and standard output (to it). What else",
        "a bot has to say goes to standard error. Every message with an `ask` wants one answer, which repeats it.",
        "",
    )
    for who, messages in (("From the game", SENT), ("From the bot", TAKEN)):
        yield from (who, "")
        for message in messages:
            yield from told(message, defs)
    yield from ("Other parts", "")
    named = {one.__name__ for one in (*SENT, *TAKEN)}
    for name, node in defs.items():
        if name not in named and name[0].isupper():
            yield from fields(name, node)
    yield from ("By example (cut short; --example prints all of it)", "")
    scenario = read(SCENARIO)
    for who, line in dialogue(scenario, scenario.cast.recommended[0]):
        yield from (f"{who}:", laid_out(shortened(line)), "")


def told(message: type[Message], defs: Tree) -> Iterator[str]:
    """A message and its fields."""
    return fields(message.__name__.lower(), defs[message.__name__])


def fields(name: str, node: Tree) -> Iterator[str]:
    """A part of the protocol, field by field."""
    yield f"{name}: {' '.join(node['description'].split())}"
    for field, about in node.get("properties", {}).items():
        said = about.get("description", "")
        must = "" if field in node.get("required", ()) else ", may be left out"
        yield f"  {field} ({kind(about)}{must})" + (f": {said}" if said else "")
    yield ""


def kind(node: Tree) -> str:
    """The type of a field, in a word or two."""
    if "$ref" in node:
        return str(node["$ref"].rpartition("/")[2])
    if "const" in node:
        return json.dumps(node["const"])
    if "anyOf" in node:
        return " or ".join(kind(one) for one in node["anyOf"])
    if node.get("type") == "array":
        return f"list of {kind(node['items'])}"
    if node.get("type") == "object":
        return f"{kind(node['additionalProperties'])} by name"
    return str(node.get("type", "anything"))
