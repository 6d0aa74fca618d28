"""Commands that tell what there is: scenarios, seats, orders, facts, and the model itself."""

from play.commands.line import Command, Words, flag, for_machines, scenario


def scenarios(words: Words) -> None:
    """Takes where the schema goes."""
    words.add_argument("--schema", metavar="FILE", help="write the JSON Schema of scenarios, for editors")


def seats(words: Words) -> None:
    """Takes the scenario."""
    scenario(words)
    flag(words, "--about", "with a few sentences on each")


def orders(words: Words) -> None:
    """Takes an order, or a role."""
    words.add_argument("word", nargs="?", metavar="WORD", help="an order, or a role")
    for_machines(words, "it")


def facts(words: Words) -> None:
    """Takes words to search for."""
    words.add_argument(
        "words", nargs="*", metavar="WORD", help="an id, a topic, or words a fact must hold (none: the topics)"
    )
    for_machines(words, "them")


def odd(words: Words) -> None:
    """Takes where the page goes."""
    words.add_argument("--out", metavar="FILE", help="the page to write (docs/ODD.md)")
    flag(words, "--check", "write nothing; say whether the page still holds")


def check(words: Words) -> None:
    """Takes a scenario file."""
    words.add_argument("file", metavar="FILE", help="a .toml file, or the name of a scenario")


COMMANDS = (
    Command(
        "scenarios",
        "the games there are",
        scenarios,
        "play.commands.scenarios:main",
        (("scenarios", "the games there are; seats SCENARIO lists who plays in one"),),
    ),
    Command("seats", "who plays in a scenario", seats, "play.commands.scenarios:seats"),
    Command(
        "orders",
        "the manual of orders",
        orders,
        "play.commands.orders:main",
        (("orders", "the manual: what every seat may order"),),
    ),
    Command(
        "facts",
        "the sourced numbers, and what in the game rests on them",
        facts,
        "play.commands.facts:main",
        (("facts WORD", "the sourced numbers behind it"),),
    ),
    Command(
        "odd",
        "the model by the ODD protocol, written anew from what the code declares",
        odd,
        "play.commands.odd:main",
        (("odd", "the model by the ODD protocol, from what the code declares"),),
    ),
    Command(
        "check",
        "every mistake in a scenario",
        check,
        "play.commands.check:main",
        (("check FILE", "every mistake in a scenario"),),
    ),
)
