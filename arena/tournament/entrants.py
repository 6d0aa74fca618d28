"""Entrants: who takes part, and what each plays on every seat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agents.doctrine.roster import entries_for, find
from play.commands.doors import Refused
from world.cast import Cast, Seat

STANDARD = "standard"
"""Who plays every seat that nobody is tried on, and every seat that an entrant has no doctrine for."""
FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
MOST = 40
"""More entrants would make a table that nobody reads, and pairings by the thousand."""


@dataclass(frozen=True)
class Entrant:
    """A player by name: doctrines, of which each seat is played by the first that can."""

    name: str
    doctrines: tuple[str, ...]

    def on(self, seat: Seat) -> str:
        """The doctrine that plays a seat."""
        return next((one for one in self.doctrines if can_play(one, seat)), STANDARD)

    def holds(self, seat: Seat) -> bool:
        """Whether a doctrine of the entrant's own plays the seat."""
        return any(can_play(one, seat) for one in self.doctrines)


def can_play(doctrine: str, seat: Seat) -> bool:
    """Whether a seat can follow a doctrine."""
    try:
        find(doctrine, seat.role, seat.bloc)
    except LookupError:
        return False
    return True


def everybody(seats: Sequence[Seat]) -> tuple[Entrant, ...]:
    """Every doctrine that one of the seats can follow, in the order of the roster."""
    names = dict.fromkeys(entry.name for seat in seats for entry in entries_for(seat.role, seat.bloc))
    return tuple(Entrant(name, (name,)) for name in names)


def named(words: Sequence[str], seats: Sequence[Seat]) -> tuple[Entrant, ...]:
    """The entrants in words of the form NAME=player; raises Refused for what cannot take part."""
    found: dict[str, Entrant] = {}
    for word in words:
        one = _entrant(word, seats)
        if one.name in found:
            raise Refused(f"--entrant {word}: there is an entrant '{one.name}' already; choose another name")
        found[one.name] = one
    if len(found) < 2:
        raise Refused(f"--entrant {words[0]}: one entrant meets nobody; name two or more")
    if len(found) > MOST:
        raise Refused(f"--entrant: {len(found)} entrants are too many; name at most {MOST}")
    return tuple(found.values())


def _entrant(word: str, seats: Sequence[Seat]) -> Entrant:
    name, equals, said = word.partition("=")
    doctrines = tuple(one.strip() for one in said.split(","))
    if not equals or not all(doctrines):
        raise Refused(f"--entrant {word}: write NAME=player, such as tough=hawk,self-reliance")
    if not FORM.fullmatch(name):
        raise Refused(f"--entrant {word}: '{name}' is no name; write up to 24 letters, digits, '-', '_' or '.'")
    for one in doctrines:
        if not any(can_play(one, seat) for seat in seats):
            raise Refused(f"--entrant {word}: {_why(one, seats)}")
    return Entrant(name, doctrines)


def _why(doctrine: str, seats: Sequence[Seat]) -> str:
    """Why none of the seats can follow a doctrine: the reason that says most."""
    reasons = []
    for seat in seats:
        try:
            find(doctrine, seat.role, seat.bloc)
        except LookupError as error:
            reasons.append(str(error.args[0]))
    telling = [reason for reason in reasons if "is not a doctrine" not in reason]
    if telling:
        return telling[0]
    known = ", ".join(one.name for one in everybody(seats))
    return f"'{doctrine}' is not a doctrine for these seats; choose one of {known}"


def seats_of(words: str | None, cast: Cast) -> tuple[Seat, ...]:
    """The seats that are named, or those that the scenario recommends; raises Refused for what is none."""
    from world.scenario_text import remedy

    known = cast.names["seats"]
    names = list(cast.recommended) if words is None else [one.strip() for one in words.split(",")]
    if not names:
        raise Refused("--seats: the scenario recommends none; name one or more, such as --seats washington,beijing")
    for name in names:
        if name not in known:
            raise Refused(f"--seats {words}: there is no seat '{name}'; {remedy(name, known)}")
        if names.count(name) > 1:
            raise Refused(f"--seats {words}: '{name}' is named twice; name each seat once")
    return tuple(cast.seats[known.index(name)] for name in names)
