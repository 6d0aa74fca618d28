"""Doctrines react to what happens: each has events that change its orders within three quarters."""

from collections.abc import Callable

import numpy as np
import pytest
from tests_support import november

from agents.doctrine.roster import Entry, entries_for
from agents.rollout import turned
from tests.agents.sides import PAIRS, decided, differ, each_side, later, playing, seats_for
from world.cast import BLOCS, Cast
from world.state import World, replace
from world.turn import layout_of

Array = np.ndarray
Event = Callable[[World], World]
"""What happens to a world, as a change of its columns."""


def column(name: str, value: float | bool, rows: Callable[[Cast], Array] | None = None) -> Event:
    """A column, or some of its rows, set to a value."""

    def happen(world: World) -> World:
        table = getattr(world, name).copy()
        table[... if rows is None else rows(world.cast)] = value
        return replace(world, **{name: table})

    return happen


def rule(kind: str, amount: str, value: float, pick: int | None = None) -> Event:
    """A dial of somebody else set, and in force."""

    def happen(world: World) -> World:
        layout = layout_of(world.cast)
        place = layout.places[kind]
        declared = next(a for a in place.kind.amounts if a.name == amount)
        ordered, in_force = world.ordered.copy(), world.in_force.copy()
        table = ordered[place.dials[amount]].reshape(*place.shape, -1)
        (table if pick is None else table[:, pick])[...] = declared.level(value)
        in_force[...] = ordered[layout.delayed]
        return replace(world, ordered=ordered, in_force=in_force)

    return happen


def all_of(*events: Event) -> Event:
    """Several changes at once."""

    def happen(world: World) -> World:
        for event in events:
            world = event(world)
        return world

    return happen


def labs_of(bloc: str) -> Callable[[Cast], Array]:
    """The labs of a side."""
    return lambda cast: np.flatnonzero(cast.lab_bloc == BLOCS.index(bloc))


SEIZURE = all_of(column("caught", 8_000), column("moved", 12_000), column("risk", 0.6))
CLOSE_RELEASE = all_of(column("released", True, labs_of("cn")), column("lead", 3.0))
AMERICAN_RELEASE = all_of(
    column("released", True, labs_of("us")),
    column("record_score", 175.0, lambda cast: np.array([0])),
)
CHINESE_LEAP = all_of(
    column("released", True, labs_of("cn")),
    column("record_score", 175.0, lambda cast: np.array([1])),
)
DRAW = all_of(column("lead", 0.0), column("record_score", 154.0), column("score", 154.0))
HAWKS_WIN, SELLERS_WIN = column("stance", -2.0), column("stance", 2.0)
TIGHTENING = all_of(column("tightened", 0.1), column("strictness", 0.9))
HIGHER_CEILING = all_of(
    rule("cap_exports", "ceiling", 30_000, 0),
    rule("cap_exports", "density", 40, 0),
    rule("admit_chips", "share", 0.6),
)
GATE_OPENS = rule("admit_chips", "share", 0.8)
NO_LICENCE = rule("license_sales", "volume", 0)
CLOUD_RULE = rule("control_cloud", "strictness", 1.0)
COUNTRY_CAP = rule("cap_countries", "chips", 100_000)
RARE_EARTHS = rule("license_rare_earths", "withheld", 1.0)
PRESSURE, NO_PRESSURE = (rule("press_allies", "pressure", share) for share in (1.0, 0.0))
GRACE = all_of(column("memory_grace", 20.0), column("tightened", 0.1))
SHORTAGE = all_of(column("premium", 4.0), column("rent_price", 6.0), column("price_index", 1.8))
GLUT = all_of(column("premium", 0.1), column("rent_price", 1.1), column("price_index", 0.9))
LOGIC, MEMORY = column("binding", 1), column("binding", 2)
IDLE, OUTPUT_FALLS = column("backlog", 0.4), column("packed", 0)
FULL, SLACK = column("utilisation", 1.0), column("utilisation", 0.2)
BROKE = column("money", 10_000)
LATE = column("run_late", 2.0)
DENIED = column("threat", 0.8)
BIG_OUTPUT = column("belief", 15_000)
CLEAN = column("defect_density", 0.05)
EMPTY, PILED_UP = column("memory_stock", 0), column("memory_stock", 50_000_000)
STEADY = column("memory_stock", 300_000)
OFFER = all_of(rule("cap_exports", "ceiling", 30_000, 0), column("premium", 4.0))
GOOD_PAIRS, CHEAP_POWER = column("pack_yield", 0.95), rule("subsidise_power", "share", 0.5)
SAFE = all_of(column("risk", 0.02), column("caught", 0))
PORTS = rule("enforce_transit", "effort", 1.0)

REACTIONS: dict[tuple[str, str, str], dict[str, Event]] = {
    ("standard", "controller", "us"): {
        "seizure": SEIZURE,
        "close release": CLOSE_RELEASE,
        "hawks": HAWKS_WIN,
        "sellers": SELLERS_WIN,
        "glut": GLUT,
    },
    ("hawk", "controller", "us"): {
        "seizure": SEIZURE,
        "close release": CLOSE_RELEASE,
        "output": BIG_OUTPUT,
    },
    ("dealmaker", "controller", "us"): {
        "close release": CLOSE_RELEASE,
        "gate opens": GATE_OPENS,
        "rare earths": RARE_EARTHS,
        "seizure": SEIZURE,
    },
    ("standard", "planner", "cn"): {
        "tightening": TIGHTENING,
        "offer": OFFER,
        "glut": GLUT,
        "output falls": OUTPUT_FALLS,
        "memory": MEMORY,
    },
    ("self-reliance", "planner", "cn"): {
        "tightening": TIGHTENING,
        "output falls": OUTPUT_FALLS,
        "memory": MEMORY,
    },
    ("pragmatist", "planner", "cn"): {
        "tightening": TIGHTENING,
        "glut": GLUT,
        "no licence": NO_LICENCE,
    },
    ("standard", "host", "us"): {
        "country cap": COUNTRY_CAP,
        "seizure": SEIZURE,
        "pressure": PRESSURE,
        "no pressure": NO_PRESSURE,
    },
    ("standard", "foundry", "us"): {"full": FULL, "slack": SLACK, "tightening": TIGHTENING},
    ("standard", "foundry", "cn"): {"full": FULL, "slack": SLACK, "tightening": TIGHTENING},
    ("rush", "foundry", "cn"): {"slack": SLACK, "broke": BROKE, "tightening": TIGHTENING},
    ("craft", "foundry", "cn"): {"clean": CLEAN, "full": FULL, "seizure": SEIZURE},
    ("standard", "memory_maker", "us"): {"empty": EMPTY, "glut": PILED_UP, "grace": GRACE},
    ("standard", "memory_maker", "cn"): {"empty": EMPTY, "glut": PILED_UP, "steady": STEADY},
    ("standard", "chipmaker", "us"): {
        "idle": IDLE,
        "denied": DENIED,
        "higher ceiling": HIGHER_CEILING,
        "memory": MEMORY,
    },
    ("standard", "chipmaker", "cn"): {
        "idle": IDLE,
        "memory": MEMORY,
        "good pairs": GOOD_PAIRS,
        "cheap power": CHEAP_POWER,
    },
    ("globalist", "chipmaker", "us"): {
        "gate opens": GATE_OPENS,
        "denied": DENIED,
        "higher ceiling": HIGHER_CEILING,
    },
    ("homebody", "chipmaker", "us"): {"idle": IDLE, "seizure": SEIZURE, "memory": MEMORY},
    ("volume", "chipmaker", "cn"): {"memory": MEMORY, "idle": IDLE, "logic": LOGIC},
    ("quality", "chipmaker", "cn"): {"idle": IDLE, "memory": MEMORY, "good pairs": GOOD_PAIRS},
    ("standard", "lab", "us"): {"late": LATE, "broke": BROKE, "draw": DRAW},
    ("standard", "lab", "cn"): {
        "cloud rule": CLOUD_RULE,
        "shortage": SHORTAGE,
        "seizure": SEIZURE,
        "gate opens": GATE_OPENS,
    },
    ("scale", "lab", "us"): {"late": LATE, "broke": BROKE, "chinese leap": CHINESE_LEAP},
    ("lean", "lab", "us"): {"late": LATE, "broke": BROKE, "chinese leap": CHINESE_LEAP},
    ("grey", "lab", "cn"): {
        "cloud rule": CLOUD_RULE,
        "shortage": SHORTAGE,
        "american release": AMERICAN_RELEASE,
    },
    ("native", "lab", "cn"): {"cloud rule": CLOUD_RULE, "draw": DRAW, "shortage": SHORTAGE},
    ("standard", "broker", "cn"): {"seizure": SEIZURE, "shortage": SHORTAGE, "ports": PORTS},
    ("bold", "broker", "cn"): {"seizure": SEIZURE, "glut": GLUT, "ports": PORTS},
    ("careful", "broker", "cn"): {"seizure": SEIZURE, "ports": PORTS, "safe": SAFE},
}
"""What each doctrine must answer: by doctrine, role and side."""


STARTS: dict[str, Event] = {
    "american release": all_of(DRAW, column("released", False, labs_of("us"))),
    "empty": PILED_UP,
}
"""What an event comes upon, where games after two quarters have it already: American labs lead and release by then."""


def reacts(entry: Entry, role: str, bloc: str, event: Event, start: Event | None = None) -> float:
    """The share of worlds in which an event changes a doctrine's orders within three quarters."""
    games, changed = november(PAIRS), np.zeros(PAIRS, dtype=bool)
    seats, rules = seats_for(games.world.cast, role, bloc), games.rules
    players = playing(games.world, entry, seats, "still")
    world = start(later(PAIRS)) if start else later(PAIRS)
    other = event(world)
    for quarter in range(3):
        changed |= differ(decided(world, entry, seats), decided(other, entry, seats))
        if changed.all() or quarter == 2:
            break
        world, other = turned(world, rules, players), turned(other, rules, players)
    return changed.mean()


@pytest.mark.parametrize(
    ("who", "event"),
    [(who, event) for who, events in REACTIONS.items() for event in events],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else value.replace(" ", "_"),
)
def test_a_doctrine_reacts_to_news_within_three_quarters(who, event):
    name, role, bloc = who
    entry = next(e for e in entries_for(role, bloc) if e.name == name)
    assert reacts(entry, role, bloc, REACTIONS[who][event], STARTS.get(event)) >= 0.25


@each_side("still", "random")
def test_every_doctrine_has_three_events_that_it_answers(entry, role, bloc):
    assert len(REACTIONS[entry.name, role, bloc]) >= 3
