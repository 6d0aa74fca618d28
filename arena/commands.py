"""The commands of the arena: tournaments, sweeps and players from elsewhere; loads none of it."""

from play.commands.line import Command, Words, count, flag, for_machines, many, scenario, seed


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


COMMANDS: tuple[Command, ...] = (
    Command(
        "tournament",
        "every player against every other, with ratings, cycles and what orders are worth",
        tournament,
        "arena.tournament.command:main",
        (("tournament november-2025", "who plays best on which seat, and by how much"),),
    ),
)
