"""Commands that play games and measure runs of them."""

from play.commands.line import Command, Words, count, flag, for_machines, players, scenario, script, seed, settings


def run(words: Words) -> None:
    """Takes the scenario, how many games, who plays, and where results go."""
    scenario(words)
    count(words, "--games", 256, "how many")
    seed(words)
    count(words, "--workers", 1, "processes that share the games")
    words.add_argument("--out", metavar="DIR", help="a new folder for tables of the games")
    flag(words, "--csv", "write the tables as CSV too")
    words.add_argument("--save", metavar="DIR", help="a new folder for a saved game each")
    flag(words, "--resume", "go on with an unfinished --out")
    script(words)
    flag(words, "--audit", "count everything in every quarter")
    for_machines(words, "the table")
    players(words)
    settings(words)


def compare(words: Words) -> None:
    """Takes the folders of two runs."""
    words.add_argument("run_a", metavar="RUN_A", help="a folder that run --out wrote")
    words.add_argument("run_b", metavar="RUN_B", help="another, with the same seed")
    flag(words, "--all", "also what is not told apart from zero")
    for_machines(words, "the effects")


def par(words: Words) -> None:
    """Takes the scenario and how many games par is made of."""
    scenario(words, "its name, or a .toml file (shown, not kept)")
    flag(words, "--all", "of every scenario")
    count(words, "--games", 1000, "how many games")
    seed(words)
    flag(words, "--check", "write nothing; say whether the files still hold")


def bench(words: Words) -> None:
    """Takes the scenario and how often is measured; what else may be measured, rooms add."""
    scenario(words)
    count(words, "--runs", 3, "of so many the best, or the median, counts")
    for_machines(words, "the figures")


COMMANDS = (
    Command(
        "run",
        "play many games, programs against programs",
        run,
        "play.commands.run:main",
        (("run november-2025", "many games, programs against programs, and what came of them"),),
    ),
    Command(
        "compare",
        "paired effects of two runs, with intervals",
        compare,
        "play.commands.compare:main",
        (("compare RUN_A RUN_B", "what one policy does against another"),),
    ),
    Command(
        "par",
        "what a standard player gets in each seat, among a thousand games",
        par,
        "play.commands.par:main",
        (("par --all", "par made anew, after a change of rules or scenarios"),),
    ),
    Command(
        "bench",
        "how fast this machine plays",
        bench,
        "play.commands.bench:measure",
        (("bench", "how fast this machine plays (--arena: programs against programs)"),),
    ),
)
