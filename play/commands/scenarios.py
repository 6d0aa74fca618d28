"""Scenarios: the games there are, and who can play in one."""

from argparse import Namespace

from agents.doctrine.roster import entries_for
from play.commands.doors import tell
from play.figures import aligned
from world.scenario import names, read


def main(args: Namespace) -> int:
    """Print the scenarios there are."""
    for name in names():
        scenario = read(name)
        tell([f"{name}: {scenario.title}, {scenario.length} quarters", f"  {scenario.summary}"])
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
