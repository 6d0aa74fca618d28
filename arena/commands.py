"""The commands of the arena: tournaments, sweeps and players from elsewhere; loads none of it."""

from play.commands.line import (
    SCENARIO,
    Command,
    Part,
    Words,
    count,
    flag,
    for_machines,
    many,
    players,
    scenario,
    seed,
    settings,
)


def contest(words: Words) -> None:
    """Takes the scenario, how many games, the bots and their limits, and where results go."""
    scenario(words)
    many(words, "--bot", "SEAT=COMMAND", "the program that holds a seat, started without a shell")
    count(words, "--games", 4, "how many, one after another")
    seed(words)
    for option, usual, what in (("", 10.0, "a quarter"), ("game-", 120.0, "a game"), ("start-", 30.0, "the start")):
        words.add_argument(
            f"--{option}seconds", type=float, default=usual, metavar="S", help=f"a bot's time for {what} ({usual:g})"
        )
    flag(words, "--stderr", "show the end of what each bot wrote to standard error")
    words.add_argument("--out", metavar="DIR", help="a new folder for tables of the games")
    flag(words, "--csv", "write the tables as CSV too")
    words.add_argument("--save", metavar="DIR", help="a new folder for a saved game each")
    flag(words, "--resume", "go on with an unfinished --out")
    flag(words, "--audit", "count everything in every quarter")
    for_machines(words, "the table")
    players(words, "who plays another seat")
    settings(words)
    words.set_defaults(workers=1, script=None)


def protocol(words: Words) -> None:
    """Takes which text of the protocol, and where it goes."""
    flag(words, "--text", "in words, with examples, instead of the JSON Schema")
    flag(words, "--example", "the whole dialogue of one quarter instead, a line of JSON each")
    words.add_argument("--scenario", help=f"of the example: its name, or a .toml file ({SCENARIO})")
    words.add_argument("--seat", help="whose example")
    words.add_argument("--out", metavar="FILE", help="the file to write")


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
        "contest",
        "as run, with your own programs in some seats",
        contest,
        "arena.bots.contest:main",
        (("contest --bot SEAT=COMMAND", "your own program at a seat, in any language"),),
    ),
    Command(
        "protocol",
        "how such a program speaks with the game",
        protocol,
        "arena.bots.protocol:main",
        (("protocol", "how such a program speaks with the game, as JSON Schema"),),
    ),
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

PARTS = (
    Part("bench", "--arena", "games by the thousand, through every door, and as they grow", "arena.bench.command:main"),
)

FOLDERS = {"sweep.parquet": "arena.replays:of_sweep", "tournament.json": "arena.replays:of_tournament"}
