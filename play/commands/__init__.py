"""One module for each command of the command line, loaded when its word is read; `declared` says what each takes."""

from play.commands.declared import evidence, games, manual, saved

COMMANDS = (*games.COMMANDS, *manual.COMMANDS, *saved.COMMANDS, *evidence.COMMANDS)
