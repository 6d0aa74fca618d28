"""Levels: how well rivals think and what they look at, in doctrines that there are. No level gives anybody anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from agents.doctrine.roster import entries_for
from world.cast import Cast, Seat

STRONGEST: Mapping[tuple[str, str], str] = {
    ("lab", "us"): "lean",
    ("lab", "cn"): "grey",
    ("broker", "cn"): "careful",
}
"""By role and side, the doctrine that met its seats' own objectives best in 96 games of november-2025 with `standard` in all
others; where none clearly beats `standard`, that (docs/desktop.md has the figures)."""
NO_CHARACTER = ("still", "random")
"""Doctrines that want nothing, which are never drawn."""


@dataclass(frozen=True)
class Level:
    """A level by its name in the words file, and whether the person is told who follows which doctrine."""

    name: str
    is_told: bool = True

    def doctrine(self, seat: Seat, seed: int) -> str:
        """Which doctrine a rival follows."""
        if self.name == "calm":
            return "still"
        if self.name == "sharp":
            return STRONGEST.get((seat.role, seat.bloc), "standard")
        if self.name == "unknown":
            known = [e.name for e in entries_for(seat.role, seat.bloc) if e.name not in NO_CHARACTER]
            luck = blake2b(f"{seed} {seat.name}".encode(), digest_size=8).digest()
            return known[int.from_bytes(luck, "big") % len(known)]
        return "standard"


LEVELS = (Level("calm"), Level("steady"), Level("sharp"), Level("unknown", is_told=False))
USUAL = 1


def rivals(cast: Cast, level: Level, seed: int, people: tuple[str, ...]) -> dict[str, str]:
    """The doctrine of every seat that no person holds."""
    return {seat.name: level.doctrine(seat, seed) for seat in cast.seats if seat.name not in people}
