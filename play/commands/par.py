"""Par: the points of a standard player in every seat, kept in a file for each scenario."""

from argparse import Namespace

import numpy as np

from play.commands.doors import FAULTY, Refused, seed_of, tell, warn
from play.figures import aligned, figure
from play.par import Par, ParError, check_par, par_of, path_of, write_par
from world.scenario import Scenario, names, read

LEAST_GAMES, MOST_GAMES = 100, 100_000
"""Fewer games have no percentiles, more say nothing new."""
SHOWN = (5, 25, 50, 75, 95)


def main(args: Namespace) -> int:
    """Make the files of one scenario or of all, or check them; a scenario given as a file is only shown."""
    if not LEAST_GAMES <= args.games <= MOST_GAMES:
        raise Refused(f"--games {args.games}: write a whole number from {LEAST_GAMES} to {MOST_GAMES}")
    games, seed = args.games, seed_of(args.seed)
    scenarios = [read(name) for name in (names() if args.all else (args.scenario,))]
    if args.check:
        return checked(scenarios)
    for scenario in scenarios:
        par = par_of(scenario, games, seed)
        tell(table(par, scenario))
        if args.all or args.scenario == scenario.name:
            write_par(par, path_of(scenario.name))
            tell(["", f"Kept as assets/par/{path_of(scenario.name).name}.", ""])
    return 0


def checked(scenarios: list[Scenario]) -> int:
    """Say of each scenario whether its file still holds."""
    status = 0
    for scenario in scenarios:
        try:
            check_par(scenario)
            tell([f"{scenario.name}: par is of these rules and this scenario, and plays as it did"])
        except ParError as error:
            warn(str(error))
            status = FAULTY
    return status


def table(par: Par, scenario: Scenario) -> list[str]:
    """The points of the seats that a scenario recommends, and the lead."""
    seats = scenario.cast.recommended or scenario.cast.names["seats"]
    rows = [("", "", *(f"{share} %" for share in SHOWN))]
    for name, unit, values in [*((seat, "points", par.points[seat]) for seat in seats), ("lead", "months", par.lead)]:
        rows.append((name, unit, *(figure(float(value)) for value in np.array(values)[list(SHOWN)])))
    return [f"{scenario.title}: {par.games} games, `standard` in all seats, seed {par.seed}", *aligned(rows, left=2)]
