"""The roster: every doctrine by name, and the roles it can be given to."""

from collections.abc import Callable
from dataclasses import dataclass

from agents.doctrine import basics
from world.cast import ROLES
from world.chance import Chance
from world.orders import Orders
from world.view import View

Doctrine = Callable[[View, Chance], Orders]


@dataclass(frozen=True)
class Entry:
    """A doctrine with its name, what it wants in a sentence, and who can follow it."""

    name: str
    decide: Doctrine
    summary: str
    roles: tuple[str, ...] = ROLES
    bloc: str = ""
    """"us" or "cn" where only one side's seats can follow it."""


ROSTER: tuple[Entry, ...] = (
    Entry("still", basics.still, "changes nothing"),
    Entry("random", basics.random, "gives any legal orders"),
)


def entries_for(role: str, bloc: str) -> tuple[Entry, ...]:
    """The doctrines that a seat of a role and bloc can follow."""
    return tuple(e for e in ROSTER if role in e.roles and e.bloc in ("", bloc))


def find(name: str, role: str, bloc: str) -> Entry:
    """The doctrine of that name for a seat; raises LookupError with the names there are."""
    for entry in entries_for(role, bloc):
        if entry.name == name:
            return entry
    known = ", ".join(e.name for e in entries_for(role, bloc))
    raise LookupError(f"'{name}' is not a doctrine for this seat; choose one of {known}")
