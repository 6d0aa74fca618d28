"""Commands that hold the model against what is known, and against itself."""

from play.commands.line import Command, Words, count, flag, for_machines, many, players, scenario, seed, settings


def hindcast(words: Words) -> None:
    """Takes how many games, and where the page goes."""
    count(words, "--games", 256, "how many")
    seed(words)
    words.add_argument("--out", metavar="FILE", help="a page to write, such as docs/evidence/hindcast.md")
    for_machines(words, "the table")


def validate(words: Words) -> None:
    """Takes how many games, and numbers to see fail."""
    flag(words, "--write", "write it into docs/evidence")
    count(words, "--games", 512, "how many")
    seed(words)
    many(words, "--set", "KEY=VALUE", "a number put over every arm, to see what fails")
    for_machines(words, "the table")


def coverage(words: Words) -> None:
    """Takes how many games."""
    count(words, "--games", 512, "how many")
    seed(words)
    flag(words, "--write", "write docs/evidence/coverage.md")
    for_machines(words, "the table")


def debate(words: Words) -> None:
    """Takes the scenario and how many pairs of games."""
    scenario(words, "november-2025")
    count(words, "--games", 512, "how many pairs")
    seed(words)
    flag(words, "--write", "write docs/evidence/debate.md")
    for_machines(words, "the table")


def forecast(words: Words) -> None:
    """Takes the scenario, the last quarter, and how many games."""
    scenario(words, "november-2025")
    words.add_argument("--through", metavar="YEAR-QN", default="2026-Q4", help="the last quarter (2026-Q4)")
    count(words, "--games", 2048, "how many")
    seed(words)
    flag(words, "--write", "write it into docs/forecasts, once")
    words.add_argument("--name", metavar="NAME", help="what it is called there, where it is not the first (2025-11)")
    for_machines(words, "it")


def calibrate(words: Words) -> None:
    """Takes how many sets of places are tried, and where they are kept."""
    count(words, "--sets", 8192, "sets of places in a generation")
    seed(words)
    count(words, "--workers", 2, "processes that share the sets")
    words.add_argument("--out", metavar="DIR", help="a folder for generations; what it holds is not done again")
    flag(words, "--write", "write the priors, and the table into docs/evidence")


def sensitivity(words: Words) -> None:
    """Takes the scenario, the outcomes, and the size of both designs."""
    scenario(words)
    many(words, "--outcome", "NAME", "what is moved (lead, smuggling, the champion)")
    count(words, "--trajectories", 256, "of the screening")
    count(words, "--keep", 12, "quantities kept of each outcome's screening")
    flag(words, "--all", "keep every quantity")
    count(words, "--sets", 2048, "base sets of the indices, a power of two")
    seed(words)
    count(words, "--workers", 2, "processes that share the games")
    words.add_argument("--out", metavar="DIR", help="a folder for tables and pictures; one begun is gone on with")
    for_machines(words, "the indices")
    players(words)
    settings(words)


def honesty(words: Words) -> None:
    """Takes the scenario, how many games and previews, and against whom."""
    scenario(words)
    count(words, "--games", 200, "how many true games")
    count(words, "--previews", 2000, "how many previews at least")
    count(words, "--worlds", 256, "how many worlds a seat imagines")
    seed(words)
    count(words, "--workers", 2, "processes that share the games")
    words.add_argument("--rivals", metavar="NAME", action="append", help="standard, hawk, dealmaker, random (all)")
    words.add_argument("--out", metavar="DIR", help="a folder for what is measured; what it holds is not done again")
    for_machines(words, "the figures")


COMMANDS = (
    Command(
        "hindcast",
        "games with the orders of the past, beside what was",
        hindcast,
        "play.commands.hindcast:main",
        (("hindcast", "the past as it was beside the past as the model has it"),),
    ),
    Command(
        "validate",
        "the model against everything that is known, pattern by pattern",
        validate,
        "play.commands.validate:main",
        (("validate", "the model against everything that is known"),),
    ),
    Command(
        "coverage",
        "whether the model's ranges hold what fitting was not told",
        coverage,
        "play.commands.coverage:main",
        (("coverage", "whether its ranges hold what fitting was not told"),),
    ),
    Command(
        "debate",
        "what licences do to the lead and to China's own chain, and where",
        debate,
        "play.commands.debate:main",
        (("debate", "what licences do to the lead and to China's own chain"),),
    ),
    Command(
        "forecast",
        "what the model says of quarters to come, as ranges",
        forecast,
        "play.commands.forecast:main",
        (("forecast", "what the model says of quarters to come"),),
    ),
    Command(
        "calibrate",
        "fit what nobody knows to what is known",
        calibrate,
        "play.commands.calibrate:main",
        (("calibrate", "fit what nobody knows to what is known"),),
    ),
    Command(
        "sensitivity",
        "which of the numbers that nobody knows move an outcome",
        sensitivity,
        "play.commands.sensitivity:main",
        (("sensitivity", "which unknown numbers move an outcome, and what luck does"),),
    ),
    Command(
        "honesty",
        "how often imagined and previewed ranges hold the truth",
        honesty,
        "play.commands.honesty:main",
        (("honesty", "how often imagined and previewed ranges hold the truth"),),
    ),
)
