"""Doctrines: each gives orders that are legal, repeatable and its own, and reacts to what happens."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from tests_support import Opening, frozen, november

from agents.doctrine.roster import ROSTER, Entry, entries_for
from agents.rollout import Block, Players, luck_of, seated, turned
from world.cast import BLOCS, ROLES, Cast
from world.orders import MOVES, MOVES_REFUSED, Orders, sieve
from world.state import World, columns, replace, take
from world.turn import layout_of
from world.view import View, visible

Array = np.ndarray
Event = Callable[[World], World]

WORLDS = 5
PAIRS = 24
SIDES = tuple(
    (entry, role, bloc) for entry in ROSTER for role in entry.roles for bloc in BLOCS if entry.bloc in ("", bloc)
)


def seats_for(cast: Cast, role: str, bloc: str) -> tuple[int, ...]:
    """The seats of a role on a side."""
    return tuple(int(s) for s in cast.seats_of(role) if cast.seats[s].bloc == bloc)


@cache
def later(worlds: int) -> World:
    """Games after two quarters by `standard`, with arrays that cannot be written to."""
    games = november(worlds)
    return frozen(Opening(games.played(2), games.rules)).world


def decided(world: World, entry: Entry, seats: tuple[int, ...]) -> Orders:
    """What a block of seats orders by a doctrine."""
    block = Block(entry.name, entry.decide, seats)
    return entry.decide(View(world, seats), luck_of(world, block))


def differ(first: Orders, second: Orders) -> Array:
    """In which worlds two sets of orders differ."""
    changes = [
        (first.levels[key] != second.levels[key]).reshape(-1, first.levels[key].shape[-1])
        for key in {*first.levels, *second.levels}
    ]
    return np.concatenate(changes).any(axis=0) if changes else np.zeros(1, dtype=bool)


def each_side(*but: str) -> pytest.MarkDecorator:
    """Run a test for every doctrine of the roster but some, in every role and side with a seat."""
    cast = november().world.cast
    named = [s for s in SIDES if s[0].name not in but and seats_for(cast, s[1], s[2])]
    ids = [f"{entry.name}-{role}-{bloc}" for entry, role, bloc in named]
    return pytest.mark.parametrize(("entry", "role", "bloc"), named, ids=ids)


def test_every_role_has_a_standard_doctrine_that_serves_both_sides():
    for role in ROLES:
        found = [e for bloc in BLOCS for e in entries_for(role, bloc) if e.name == "standard"]
        assert len(found) == 2
        assert found[0] is found[1]


@pytest.mark.parametrize(
    ("role", "bloc", "names"),
    [
        ("controller", "us", {"hawk", "dealmaker"}),
        ("planner", "cn", {"self-reliance", "pragmatist"}),
        ("foundry", "cn", {"rush", "craft"}),
        ("chipmaker", "us", {"globalist", "homebody"}),
        ("chipmaker", "cn", {"volume", "quality"}),
        ("lab", "us", {"scale", "lean"}),
        ("lab", "cn", {"grey", "native"}),
        ("broker", "cn", {"bold", "careful"}),
    ],
)
def test_a_seat_can_choose_between_doctrines_that_contrast(role, bloc, names):
    assert names | {"still", "random", "standard"} == {e.name for e in entries_for(role, bloc)}


@each_side()
def test_orders_stay_within_the_bounds_of_their_dials(entry, role, bloc):
    world = later(WORLDS)
    orders = decided(world, entry, seats_for(world.cast, role, bloc))
    for (kind, name), levels in orders.levels.items():
        place = layout_of(world.cast).places[kind]
        declared = next(a for a in place.kind.amounts if a.name == name)
        assert place.kind.issuer == role
        assert levels.dtype == np.int16
        assert levels.shape[-1] == WORLDS
        assert (levels >= 0).all()
        assert (levels <= declared.steps).all()


@each_side("random")
def test_orders_that_a_doctrine_gives_are_legal(entry, role, bloc):
    world = later(WORLDS)
    layout, orders = layout_of(world.cast), decided(world, entry, seats_for(world.cast, role, bloc))
    wanted = world.ordered.copy()
    rows = np.array(seats_for(world.cast, role, bloc)) - world.cast.seats_of(role)[0]
    for (kind, name), levels in orders.levels.items():
        place = layout.places[kind]
        wanted[place.dials[name]].reshape(*place.shape, WORLDS)[rows] = levels
    _, refused = sieve(world, wanted, layout)
    assert not ((refused > 0) & (refused < MOVES_REFUSED)).any()


@each_side()
def test_the_same_view_gives_the_same_orders(entry, role, bloc):
    world = later(WORLDS)
    seats = seats_for(world.cast, role, bloc)
    first, second = decided(world, entry, seats), decided(world, entry, seats)
    assert first.asked == second.asked
    assert not differ(first, second).any()


@each_side()
def test_a_block_orders_what_its_seats_order_one_by_one(entry, role, bloc):
    world = later(WORLDS)
    seats = seats_for(world.cast, role, bloc)
    together = decided(world, entry, seats)
    for row, seat in enumerate(seats):
        alone = decided(world, entry, (seat,))
        for key, levels in alone.levels.items():
            assert (levels[0] == together.levels[key][row]).all(), key
        if together.notes is not None:
            assert (alone.notes[0] == together.notes[row]).all()


@each_side()
def test_a_world_alone_gets_the_orders_it_gets_in_a_crowd(entry, role, bloc):
    world = later(WORLDS)
    seats = seats_for(world.cast, role, bloc)
    crowd = decided(world, entry, seats)
    for one in range(WORLDS):
        alone = decided(take(world, np.array([one])), entry, seats)
        for key, levels in alone.levels.items():
            assert (levels[..., 0] == crowd.levels[key][..., one]).all(), key


@each_side()
def test_a_doctrine_may_sit_in_some_of_the_worlds(entry, role, bloc):
    world = later(WORLDS)
    seats, chosen = seats_for(world.cast, role, bloc), np.array([0, 3])
    everywhere = decided(world, entry, seats)
    block = Block(entry.name, entry.decide, seats, chosen)
    here = entry.decide(View(world, seats, chosen), luck_of(world, block))
    for key, levels in here.levels.items():
        assert (levels == everywhere.levels[key][..., chosen]).all(), key


def test_still_changes_nothing():
    world = later(WORLDS)
    for role in ROLES:
        still = next(e for e in entries_for(role, "us") if e.name == "still")
        orders = decided(world, still, tuple(int(s) for s in world.cast.seats_of(role)))
        assert not orders.asked
        assert orders.notes is None


def scrambled(world: World, seat: int) -> World:
    """The world with all that a seat may not see taken from another game, and changed besides."""
    changed = {}
    for name, declared in columns().items():
        if name == "seed":  # the doctrine's own luck comes from it, under a key of its own
            continue
        hidden = ~visible(world.cast, name, seat)
        old = getattr(world, name)
        other = np.roll(old, 1, axis=-1)
        if declared.metadata["dtype"].kind == "f":
            other = (1.25 * other + 0.01).astype(old.dtype)
        changed[name] = np.where(hidden[..., None], other, old)
    return replace(world, **changed)


@each_side()
def test_what_a_seat_may_not_see_changes_no_orders(entry, role, bloc):
    world = later(WORLDS)
    for seat in seats_for(world.cast, role, bloc):
        known = decided(world, entry, (seat,))
        assert not differ(known, decided(scrambled(world, seat), entry, (seat,))).any()


@each_side("random")
def test_a_doctrine_seldom_asks_for_more_moves_than_it_has(entry, role, bloc):
    games = november(PAIRS)
    world, rules = games.world, games.rules
    seats = seats_for(world.cast, role, bloc)
    players = playing(world, entry, seats, "standard")
    lost = 0
    for _ in range(4):
        world = turned(world, rules, players)
        mine = np.isin(layout_of(world.cast).seat_of_entry, seats)
        lost += (world.refused[mine] == MOVES_REFUSED).sum()
    assert lost / (4 * PAIRS * len(seats)) < MOVES / 2


def playing(world: World, entry: Entry, seats: tuple[int, ...], others: str) -> Players:
    """One doctrine on some seats, another everywhere else."""
    names = {seat.name: others for seat in world.cast.seats}
    names |= {world.cast.seats[seat].name: entry.name for seat in seats}
    return seated(world.cast, world.seed.size, names)


# Events: what happens to a world, as a change of its columns.


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


def reacts(entry: Entry, role: str, bloc: str, event: Event) -> float:
    """The share of worlds in which an event changes a doctrine's orders within three quarters."""
    games, changed = november(PAIRS), np.zeros(PAIRS, dtype=bool)
    seats, rules = seats_for(games.world.cast, role, bloc), games.rules
    players = playing(games.world, entry, seats, "still")
    world = later(PAIRS)
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
    assert reacts(entry, role, bloc, REACTIONS[who][event]) >= 0.25


@each_side("still", "random")
def test_every_doctrine_has_three_events_that_it_answers(entry, role, bloc):
    assert len(REACTIONS[entry.name, role, bloc]) >= 3
