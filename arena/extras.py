"""Extras: libraries that only the arena needs, loaded when they are, or missed in a sentence."""

from importlib import import_module
from types import ModuleType

from play.commands.doors import Refused

REQUIREMENTS = "requirements-arena.txt"


def library(name: str, wanted_by: str) -> ModuleType:
    """A library of the extra; refuses, naming what wanted it, where it is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != name.partition(".")[0]:
            raise
        install = f"python -m pip install -r {REQUIREMENTS}"
        raise Refused(f"{wanted_by}: needs the library {name}, which is not installed; {install}") from None
