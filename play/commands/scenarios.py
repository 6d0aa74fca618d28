"""Scenarios: the games there are, and who can play in one."""

import json
from argparse import Namespace
from pathlib import Path

from agents.doctrine.roster import entries_for
from play.commands.doors import tell, warn, writing
from play.figures import aligned
from play.packing import written
from world.scenario import names, read, schema


def main(args: Namespace) -> int:
    """Print the scenarios there are, or write down how one is written."""
    if args.schema is not None:
        return written_schema(Path(args.schema))
    for name in names():
        scenario = read(name)
        tell([f"{name}: {scenario.title}, {scenario.length} quarters", f"  {scenario.summary}"])
    return 0


def written_schema(path: Path) -> int:
    """Write the JSON Schema of scenario files, from which editors complete and explain keys."""
    with writing("--schema", path, "place"):
        written(path, (json.dumps(schema(), indent=1) + "\n").encode("utf-8"))
    warn(f"written to {path}")
    return 0


def seats(args: Namespace) -> int:
    """Print the seats of a scenario and who can sit on them."""
    scenario = read(args.scenario)
    cast = scenario.cast
    rows = [("seat", "", "kind", "side", "doctrines")]
    for seat in cast.seats:
        star = "*" if seat.name in cast.recommended else ""
        doctrines = ", ".join(e.name for e in entries_for(seat.role, seat.bloc))
        rows.append((seat.name, star, seat.role.replace("_", " "), seat.bloc, doctrines))
    tell([*aligned(rows, left=5), "", "* recommended for people"])
    if args.about:
        tell(["", *(f"{name}: {text}" for name, text in scenario.abouts.items())])
    return 0
