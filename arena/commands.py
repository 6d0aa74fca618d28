"""The commands of the arena: tournaments, sweeps and players from elsewhere; loads none of it."""

from play.commands.line import Command

COMMANDS: tuple[Command, ...] = ()
