"""The commands of the arena: tournaments, sweeps and players from elsewhere; loads none of it."""

from play.commands.line import Command, Words, count, flag, for_machines, many, players, scenario, seed, settings


def tournament(words: Words) -> None:
    """Takes the scenario, who takes part, on which seats, and where games are played and written."""
    scenario(words)
    many(
        words, "--entrant", "NAME=PLAYER", "who takes part: a doctrine, or several by comma (all that can hold a seat)"
    )
    words.add_argument(
        "--seats", metavar="SEAT,SEAT", help="the seats they are tried on (those the scenario recommends)"
    )
    count(words, "--games", 2000, "seeds, the same for every table")
    count(words, "--tries", 32, "drawn players on each seat, of whom the best is looked for")
    seed(words)
    count(words, "--workers", 1, "processes that share the games")
    words.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786")
    words.add_argument("--out", metavar="DIR", help="a new folder for the report and the tables")
    flag(words, "--resume", "go on with an unfinished --out")
    for_machines(words, "the findings")


def sweep(words: Words) -> None:
    """Takes the scenario, what is varied and how, and where the rows go."""
    scenario(words)
    many(words, "--vary", "KEY=LOW:HIGH", "a number of the scenario or the rules, and its ends")
    words.add_argument("--method", default="lhs", help="how sets are chosen: grid, lhs, sobol or morris (lhs)")
    count(words, "--samples", 64, "grid: values of each number; lhs: sets; sobol: base sets; morris: trajectories")
    count(words, "--games", 16, "games of each set, with the same luck in every set")
    many(words, "--outcomes", "NAME,…", "what to keep of a game (lead, smuggling, the champion)")
    seed(words)
    words.add_argument("--workers", type=int, help="processes that share the games (1)")
    words.add_argument("--cluster", metavar="tcp://HOST:PORT", help="the scheduler of a Dask cluster that shares them")
    words.add_argument("--out", metavar="DIR", required=True, help="a new folder for tables and the report")
    flag(words, "--resume", "go on with an unfinished --out")
    players(words)
    settings(words)


COMMANDS: tuple[Command, ...] = (
    Command(
        "tournament",
        "every player against every other, with ratings, cycles and what orders are worth",
        tournament,
        "arena.tournament.command:main",
        (("tournament november-2025", "who plays best on which seat, and by how much"),),
    ),
    Command(
        "sweep",
        "vary numbers and see what outcomes make of it",
        sweep,
        "arena.sweep.door:main",
        (("sweep --vary KEY=LOW:HIGH --out DIR", "vary a number, and see what outcomes make of it"),),
    ),
)
