"""The commands of the arena: tournaments, sweeps and players from elsewhere; loads none of it."""

from play.commands.line import Command, Words, flag


def protocol(words: Words) -> None:
    """Takes which text of the protocol, and where it goes."""
    flag(words, "--text", "in words, with examples, instead of the JSON Schema")
    flag(words, "--example", "the whole dialogue of one quarter instead, a line of JSON each")
    words.add_argument("--scenario", default="november-2025", help="of the example: its name, or a .toml file")
    words.add_argument("--seat", help="whose example")
    words.add_argument("--out", metavar="FILE", help="the file to write")


COMMANDS: tuple[Command, ...] = (
    Command(
        "protocol",
        "how such a program speaks with the game",
        protocol,
        "arena.bots.protocol:main",
        (("protocol", "how such a program speaks with the game, as JSON Schema"),),
    ),
)
