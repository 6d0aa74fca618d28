"""The commands of the arena: tournaments, sweeps and players from elsewhere; loads none of it."""

from play.commands.line import Command, Part

COMMANDS: tuple[Command, ...] = ()

PARTS = (
    Part("bench", "--arena", "games by the thousand, through every door, and as they grow", "arena.bench.command:main"),
)
