"""Save: one game in a file, with all that is needed to look at it, go on with it, and play it again."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from agents.human import NAME as HUMAN
from play.packing import as_bytes, from_bytes, packed, unpacked, written
from play.record import Record
from play.script import Script
from play.story import Story
from world.cast import Cast, Seat
from world.rules import Rules, coefficients
from world.scenario import RULES_VERSION
from world.state import World, axes_of, columns
from world.turn import layout_of
from world.view import size_of

Array = np.ndarray
Tree = dict[str, Any]

FORMAT = 3
"""The version of the form of saved games; what changes it adds a migration."""
MARK = "chokepoint game"
ENDING = ".json.gz"
ADDED = frozenset(
    {
        *("warned", "warning", "warning_quarters", "warned_ceiling"),
        *(
            "revealed",
            "teardown_yield",
            "teardown_origin",
            "record_tells",
            "record_leap",
            "seizure_tells",
            "large_seizure",
        ),
    }
)
"""Quantities and coefficients that came without a new version: a save may lack them, and nothing else."""


class SaveError(ValueError):
    """What is wrong with a saved game, in a sentence."""


@dataclass(frozen=True)
class Turned:
    """A quarter that was played: what was asked for and noted, who sat where, and what came of it."""

    wanted: Array
    notes: Array
    players: Mapping[str, str]
    state: World


@dataclass(frozen=True)
class Saved:
    """One game: how it opened, under which rules, and every quarter of it."""

    story: Story
    rules: Rules
    opening: World
    players: Mapping[str, str]
    """Who sits where in the coming quarter."""
    quarters: tuple[Turned, ...] = ()
    is_ranked: bool = True
    """Whether its scores may be compared: nobody who plays on can have seen how its luck falls."""
    script: Script | None = None
    """Whose orders overrule the players', in the quarters to come as in those that were played."""

    @property
    def cast(self) -> Cast:
        """Who and what exists."""
        return self.opening.cast

    @property
    def seed(self) -> int:
        """The game's seed."""
        return int(self.opening.seed[0])

    @property
    def world(self) -> World:
        """How the game stands."""
        return self.quarters[-1].state if self.quarters else self.opening

    @property
    def worlds(self) -> tuple[World, ...]:
        """How it stood on the opening day and after each quarter."""
        return (self.opening, *(quarter.state for quarter in self.quarters))

    @property
    def is_over(self) -> bool:
        """Whether it was played to its end."""
        return bool(self.world.is_over[0])

    def record(self, names: tuple[str, ...]) -> Record:
        """What happened so far, with the quantities named."""
        record = Record(names)
        record.open(self.opening)
        for quarter in self.quarters:
            record.add(quarter.wanted, quarter.notes, dict(quarter.players), quarter.state)
        return record

    @property
    def people(self) -> tuple[str, ...]:
        """The seats that people hold or held, the latest first."""
        seatings = (self.players, *(quarter.players for quarter in reversed(self.quarters)))
        return tuple(dict.fromkeys(seat for seating in seatings for seat, name in seating.items() if name == HUMAN))


def write_save(path: Path, game: Saved) -> None:
    """Put a game into a file, all or nothing; raises SaveError where that cannot be."""
    tree = as_tree(game)
    try:
        written(path, as_bytes({**tree, "digest": digest(tree)}))
    except OSError as error:
        raise SaveError(f"{path}: cannot be written ({error.strerror}); choose another place") from None


def read_save(path: Path) -> Saved:
    """The game in a file, of this or an older form; raises SaveError in a sentence."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SaveError(
            f"{path}: cannot be read ({error.strerror}); name a file that `save` or "
            f"`run --save` wrote, which ends in {ENDING}"
        ) from None
    try:
        return from_tree(from_bytes(data))
    except ValueError as error:
        raise SaveError(f"{path.name}: {error}; take another copy of it") from None


def unrank(path: Path, game: Saved) -> None:
    """Mark the game in a file as not ranked, all or nothing; raises SaveError where that cannot be."""
    if game.is_ranked:
        write_save(path, replace(game, is_ranked=False))


def digest(tree: Tree) -> str:
    """A fingerprint of a tree, by which a later change shows."""
    text = json.dumps(tree, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).hexdigest()


def as_tree(game: Saved) -> Tree:
    """A game as JSON; of each quarter only the quantities that changed."""
    before, quarters = game.opening, []
    for quarter in game.quarters:
        quarters.append(
            {
                "players": dict(quarter.players),
                "wanted": packed(quarter.wanted),
                "notes": packed(quarter.notes),
                "state": _state(quarter.state, before),
            }
        )
        before = quarter.state
    return {
        "is": MARK,
        "format": FORMAT,
        "ranked": game.is_ranked,
        "rules_version": game.story.rules_version,
        "story": _story(game.story),
        "cast": _cast(game.cast),
        "seed": game.seed,
        "rules": {name: packed(getattr(game.rules, name)) for name in coefficients()},
        "players": dict(game.players),
        "script": None if game.script is None else _script(game.script),
        "opening": _state(game.opening, None),
        "quarters": quarters,
    }


def _story(story: Story) -> Tree:
    return {
        **{field.name: getattr(story, field.name) for field in fields(story)},
        "start": story.start.isoformat(),
    }


def _script(script: Script) -> Tree:
    turns = {
        str(turn): {str(seat): {str(dial): step for dial, step in settings.items()} for seat, settings in of.items()}
        for turn, of in script.turns.items()
    }
    return {"name": script.name, "until": script.until, "turns": turns}


def _script_in(tree: Tree | None, cast: Cast) -> Script | None:
    """The script in a tree; raises ValueError for one that moves what a seat does not have."""
    if tree is None:
        return None
    turns = {
        int(turn): {int(seat): {int(dial): int(step) for dial, step in s.items()} for seat, s in of.items()}
        for turn, of in tree["turns"].items()
    }
    of_dial = layout_of(cast).seat_of_dial
    moved = [(seat, dial) for of in turns.values() for seat, settings in of.items() for dial in settings]
    if any(not 0 <= dial < of_dial.size or of_dial[dial] != seat for seat, dial in moved):
        raise ValueError("does not fit this version of the program: its script moves what a seat does not have")
    return Script(turns, of_dial, int(tree["until"]), str(tree["name"]))


def _cast(cast: Cast) -> Tree:
    found: Tree = {}
    for field in fields(cast):
        value = getattr(cast, field.name)
        if field.name == "seats":
            found[field.name] = [asdict(seat) for seat in value]
        elif isinstance(value, np.ndarray):
            found[field.name] = packed(value)
        else:
            found[field.name] = list(value) if isinstance(value, tuple) else value
    return found


def _state(world: World, before: World | None) -> Tree:
    return {
        name: packed(getattr(world, name))
        for name in columns()
        if before is None or not same(getattr(world, name), getattr(before, name))
    }


def same(a: Array, b: Array) -> bool:
    """Whether two arrays are equal to the last bit."""
    return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()


def _from_0(tree: Tree) -> Tree:
    """Form 0 knew one seating for the whole game, and no notes or fingerprint."""
    none = packed(np.zeros(unpacked_shape(tree["opening"]["notes"]), dtype=columns()["notes"].metadata["dtype"]))
    quarters = [{"players": tree["players"], "notes": none, **quarter} for quarter in tree["quarters"]]
    moved = {**tree, "format": 1, "quarters": quarters}
    return {**moved, "digest": digest(moved)}


def unpacked_shape(node: list[Any]) -> tuple[int, ...]:
    """The shape of a packed array."""
    return tuple(int(size) for size in node[1])


def _from_1(tree: Tree) -> Tree:
    """Form 1 did not say whether a game is ranked; nobody could look ahead in one."""
    _check_digest(tree)
    moved = {**{key: node for key, node in tree.items() if key != "digest"}, "format": 2, "ranked": True}
    return {**moved, "digest": digest(moved)}


def _from_2(tree: Tree) -> Tree:
    """Form 2 knew no scripts, and what a script had ordered in a run looked like its players' orders."""
    _check_digest(tree)
    moved = {**{key: node for key, node in tree.items() if key != "digest"}, "format": 3, "script": None}
    return {**moved, "digest": digest(moved)}


def _check_digest(tree: Tree) -> None:
    """Refuse a tree that is not what its fingerprint says."""
    said = tree["digest"]
    if said != digest({key: node for key, node in tree.items() if key != "digest"}):
        raise ValueError("was changed after it was saved")


MIGRATIONS: dict[int, Callable[[Tree], Tree]] = {0: _from_0, 1: _from_1, 2: _from_2}
"""What lifts a saved game of each older form by one version."""


def from_tree(tree: Any) -> Saved:
    """The game in a tree; raises ValueError in words."""
    if not isinstance(tree, dict) or tree.get("is") != MARK or type(tree.get("format")) is not int:
        raise ValueError("is not a saved game of Chokepoint")
    for key, known, of in (("format", FORMAT, "form"), ("rules_version", RULES_VERSION, "rules")):
        if not isinstance(tree.get(key), int) or tree[key] < 0:
            raise ValueError(f"does not say the version of its {of}")
        if tree[key] > known:
            raise ValueError(
                f"is of {of} {tree[key]} and this program knows {of} up to {known}; "
                "open it with a newer version of the program"
            )
    try:
        while tree["format"] < FORMAT:
            tree = MIGRATIONS[tree["format"]](tree)
        _check_digest(tree)
        return _game(tree)
    except KeyError as missing:
        raise ValueError(f"lacks {missing}, which this version of the program needs") from None
    except (TypeError, AttributeError, IndexError):
        raise ValueError("is a saved game with parts missing") from None


def _game(tree: Tree) -> Saved:
    """The game in a tree; coefficients of rules that came after it are zero, and so change nothing in it."""
    words = tree["story"]
    story = Story(**{**words, "start": date.fromisoformat(words["start"])})
    cast = _cast_in(tree["cast"])
    table = {}
    for name, declared in coefficients().items():
        axis = declared.metadata["axis"]
        shape = (cast.size(axis), 1) if axis else (1,)
        is_new = name in ADDED and name not in tree["rules"]
        table[name] = np.zeros(shape) if is_new else _array(tree["rules"], name, np.dtype(float), shape)
    world = opening = _world(tree["opening"], cast, None)
    quarters = []
    for quarter in tree["quarters"]:
        world = _world(quarter["state"], cast, world)
        wanted = _array(quarter, "wanted", opening.ordered.dtype, opening.ordered.shape)
        notes = _array(quarter, "notes", opening.notes.dtype, opening.notes.shape)
        quarters.append(Turned(wanted, notes, quarter["players"], world))
    if type(tree["ranked"]) is not bool:
        raise ValueError("does not say whether it is ranked")
    script = _script_in(tree["script"], cast)
    return Saved(story, Rules(**table), opening, tree["players"], tuple(quarters), tree["ranked"], script)


def _array(tree: Tree, name: str, dtype: np.dtype[Any], shape: tuple[int, ...]) -> Array:
    try:
        return unpacked(tree[name], dtype, shape)
    except ValueError as error:
        raise ValueError(f"does not fit this version of the program: {name} {error}") from None


def _world(tree: Tree, cast: Cast, before: World | None) -> World:
    """A world from the quantities in a tree; the others are as before, and what older programs did not know is at its default."""
    changed: dict[str, Any] = {}
    for name, declared in columns().items():
        if name in tree or before is None:
            shape = (*(size_of(cast, axis) for axis in axes_of(name)[:-1]), 1)
            kind, default = declared.metadata["dtype"], declared.metadata["default"]
            is_new = name in ADDED and name not in tree
            changed[name] = np.full(shape, default, kind) if is_new else _array(tree, name, kind, shape)
    return World(cast=cast, **changed) if before is None else replace(before, **changed)


def _cast_in(tree: Tree) -> Cast:
    found: Tree = {}
    for field in fields(Cast):
        node = tree[field.name]
        if field.name == "seats":
            found[field.name] = tuple(Seat(**seat) for seat in node)
        elif field.type is np.ndarray:
            found[field.name] = unpacked(node, np.dtype(node[0]), tuple(node[1]))
        else:
            found[field.name] = tuple(node) if isinstance(node, list) else node
    return Cast(**found)
