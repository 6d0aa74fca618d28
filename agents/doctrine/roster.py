"""The roster: every doctrine by name, and the roles it can be given to."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from agents.doctrine import (
    basics,
    broker,
    chipmaker,
    controller,
    foundry,
    host,
    lab,
    memory,
    planner,
)
from agents.doctrine.variants import split, varied
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
    Entry(
        "standard",
        controller.standard,
        "sells what politics will bear while the lead is comfortable",
        ("controller",),
    ),
    Entry("hawk", controller.hawk, "denies whatever can be denied", ("controller",)),
    Entry("dealmaker", controller.dealmaker, "turns the lead into revenue and calm", ("controller",)),
    Entry(
        "standard",
        planner.standard,
        "makes chips at home and answers pressure with pressure",
        ("planner",),
    ),
    Entry("self-reliance", planner.self_reliance, "needs nobody, whatever the gap", ("planner",)),
    Entry("pragmatist", planner.pragmatist, "takes compute wherever it comes soonest", ("planner",)),
    Entry(
        "standard",
        host.standard,
        "follows as far as it is pressed, and sells to both sides",
        ("host",),
    ),
    Entry("standard", foundry.standard, "expands what is full and paid for", ("foundry",)),
    Entry("rush", foundry.rush, "wafers first, yield later", ("foundry",), "cn"),
    Entry("craft", foundry.craft, "yield and the next node first", ("foundry",), "cn"),
    Entry("standard", memory.standard, "grows as fast as stacks sell", ("memory_maker",)),
    Entry(
        "standard",
        chipmaker.standard,
        "sells all it can make, and lobbies by what rules deny",
        ("chipmaker",),
    ),
    Entry(
        "globalist",
        chipmaker.globalist,
        "sells everywhere and lobbies for it",
        ("chipmaker",),
        "us",
    ),
    Entry(
        "homebody",
        chipmaker.homebody,
        "serves home first and gives officials no trouble",
        ("chipmaker",),
        "us",
    ),
    Entry(
        "volume",
        chipmaker.volume,
        "many chips, good enough, in large systems",
        ("chipmaker",),
        "cn",
    ),
    Entry(
        "quality",
        chipmaker.quality,
        "tested dies, working software, fewer chips",
        ("chipmaker",),
        "cn",
    ),
    Entry("standard", lab.standard, "stays close to the best at the pace compute allows", ("lab",)),
    Entry("scale", lab.scale, "wins by the largest run", ("lab",), "us"),
    Entry("lean", lab.lean, "wins by better methods and frequent models", ("lab",), "us"),
    Entry("grey", lab.grey, "trains on foreign chips, however they come", ("lab",), "cn"),
    Entry("native", lab.native, "builds on domestic chips with open weights", ("lab",), "cn"),
    Entry("standard", broker.standard, "earns the premium and stays at liberty", ("broker",)),
    Entry("bold", broker.bold, "large consignments, all capacity", ("broker",)),
    Entry("careful", broker.careful, "small parts and detours, or none when it is hot", ("broker",)),
)


def entries_for(role: str, bloc: str) -> tuple[Entry, ...]:
    """The doctrines that a seat of a role and bloc can follow."""
    return tuple(e for e in ROSTER if role in e.roles and e.bloc in ("", bloc))


def find(name: str, role: str, bloc: str) -> Entry:
    """The doctrine of that name, or the variant, for a seat; raises LookupError with the names there are."""
    base, terms = split(name)
    for entry in entries_for(role, bloc):
        if entry.name == base:
            return replace(entry, name=name, decide=varied(entry.decide, terms, role)) if terms else entry
    known = ", ".join(e.name for e in entries_for(role, bloc))
    raise LookupError(f"'{name}' is not a doctrine for this seat; choose one of {known}")
