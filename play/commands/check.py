"""Check: every mistake in a scenario file, or that there is none."""

from argparse import Namespace

from play.commands.doors import tell
from play.drawn import drawn_in
from world.rules import coefficients
from world.scenario import read


def main(args: Namespace) -> int:
    """Read a scenario; what is wrong with it is raised, a sentence a line."""
    scenario = read(args.file)
    cast = scenario.cast
    tell(
        [
            f"{args.file}: no mistakes; {len(cast.seats)} seats, {len(cast.products)} products, "
            f"{scenario.length} quarters, {len(coefficients())} coefficients, "
            f"{len(drawn_in(scenario))} numbers drawn for each game, {len(scenario.facts)} facts cited"
        ]
    )
    return 0
