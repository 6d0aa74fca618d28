"""A batch of games being played: the Mesa model, its record, saves and replays."""

VERSION = "0.1.0"
"""The version of the program, as in pyproject.toml."""
