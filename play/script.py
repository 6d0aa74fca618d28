"""Script: orders given by date from a file, in TOML or CSV, over what the players would have done."""

import csv
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Int

from play.dials import book_of, number_in
from play.record import Record
from play.story import Story
from world.cast import Cast
from world.facts import facts
from world.orders import MOVES, OrderRefused
from world.scenario_text import remedy
from world.state import World

Array = np.ndarray

SCRIPTS = Path(__file__).resolve().parents[1] / "assets" / "scripts"

KEYS = ("date", "seat", "order")
SOURCES = ("fact", "source")
"""Where an order of a script comes from: a row of the facts, or words."""


@dataclass(frozen=True)
class Script:
    """For each turn, the seats whose orders are written, and the steps their dials are set to."""

    turns: Mapping[int, Mapping[int, Mapping[int, int]]] = field(default_factory=dict)
    """Turn, seat, dial: step."""
    seat_of_dial: Array = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    until: int = 0
    """The last turn up to which seats that the script names order nothing else."""
    name: str = ""
    """What its file is called."""
    is_log: bool = False
    """Whether it is what some seats ordered in a game that is played again: a game that goes on has no use for it."""

    @property
    def seats(self) -> list[int]:
        """The seats that the script names, in order."""
        return sorted({seat for seats in self.turns.values() for seat in seats})

    def bound(self, turn: int) -> list[int]:
        """The seats whose orders in a turn are the script's and nobody else's."""
        return [seat for seat in self.seats if turn <= self.until or seat in self.turns.get(turn, {})]

    def last(self, seat: int) -> int:
        """The last turn in which a seat's orders are the script's (0: never)."""
        named = [turn for turn, seats in self.turns.items() if seat in seats]
        return max(self.until, *named) if named else 0

    def without(self, seats: Collection[int]) -> "Script":
        """The same script, of which some seats are free."""
        left = {turn: {seat: s for seat, s in of.items() if seat not in seats} for turn, of in self.turns.items()}
        return replace(self, turns={turn: of for turn, of in left.items() if of})

    def check_free(self, name: str, cast: Cast, story: Story, turn: int) -> None:
        """Refuse a person on a seat whose orders in a turn to come, after `turn`, are the script's."""
        last = self.last(cast.at("seats", name))
        if last <= turn:
            return
        free = [one for one in cast.recommended or cast.names["seats"] if self.last(cast.at("seats", one)) <= turn]
        raise OrderRefused(
            f"seat {name}: the script {self.name} gives its orders up to {story.quarter(last)}; {remedy('', free)}"
        )

    def overrule(self, wanted: Int[Array, "dials worlds"], world: World) -> None:
        """Write the orders of the coming quarter over what the seats' players asked for."""
        bound = np.flatnonzero(world.turn < self.until)
        if bound.size:
            theirs = np.ix_(np.flatnonzero(np.isin(self.seat_of_dial, self.seats)), bound)
            wanted[theirs] = world.ordered[theirs]
        for turn, seats in self.turns.items():
            now = np.flatnonzero(world.turn + 1 == turn)
            if not now.size:
                continue
            for seat, settings in seats.items():
                mine = np.ix_(np.flatnonzero(self.seat_of_dial == seat), now)
                wanted[mine] = world.ordered[mine]
                for dial, step in settings.items():
                    wanted[dial, now] = step

    def fallen(self, record: Record) -> dict[str, int]:
        """The orders that were refused, in words, and in how many games."""
        book = book_of(record.cast)
        found: dict[str, int] = {}
        for after in record.quarters[1:]:
            for turn, seats in self.turns.items():
                now = np.flatnonzero(after.turn == turn)
                dials = [dial for settings in seats.values() for dial in settings]
                for entry in dict.fromkeys(int(book.layout.entry_of_dial[d]) for d in dials):
                    codes = after.refused[entry, now]
                    for code in np.unique(codes[codes > 0]):
                        words = f"{book.name(entry)} in turn {turn}: {book.refusal(entry, int(code))}"
                        found[words] = found.get(words, 0) + int((codes == code).sum())
        return found


def scripts_of(scenario: str) -> dict[str, Path]:
    """The scripts that belong to a scenario, by name."""
    return {file.stem.removeprefix(f"{scenario}-"): file for file in sorted(SCRIPTS.glob(f"{scenario}-*.toml"))}


def script_file(name_or_path: str, scenario: str) -> Path:
    """The file of a script, given by its name beside the scenario's others or by a path."""
    text = str(name_or_path)
    if Path(text).suffix or "/" in text or "\\" in text:
        return Path(text)
    known = scripts_of(Path(scenario).stem)
    if text in known:
        return known[text]
    there = remedy(text, known) if known else "it has none"
    raise OrderRefused(
        f"'{text}' is not the name of a script of {Path(scenario).stem}; {there}, or name a .toml or .csv file"
    )


def read_script(path: str | Path, cast: Cast, story: Story, length: int) -> Script:
    """The script in a file; raises OrderRefused with everything that is wrong, a sentence a line."""
    name, wrong = Path(path).name, []
    turns: dict[int, dict[int, dict[int, int]]] = {}
    entries: dict[tuple[int, int], set[int]] = {}
    book = book_of(cast)
    head, rows = _read(Path(path))
    for where, row in rows:
        try:
            _check_fact(row)
            turn = _turn(row["date"], story, length)
            seat = str(row["seat"])
            settings = book.read(seat, str(row["order"]), *_said(row, cast))
        except OrderRefused as refusal:
            wrong.append(f"{name} {where}: {refusal}")
            continue
        number = cast.at("seats", seat)
        turns.setdefault(turn, {}).setdefault(number, {}).update(settings)
        given = entries.setdefault((turn, number), set())
        given |= {int(book.layout.entry_of_dial[dial]) for dial in settings}
        if len(given) == MOVES + 1:
            wrong.append(
                f"{name} {where}: order {MOVES + 1} of {seat} in {story.quarter(turn)}; "
                f"a seat has {MOVES} moves a quarter, so move one to another quarter"
            )
    until = 0
    if "until" in head:
        try:
            until = _turn(head["until"], story, length)
        except OrderRefused as refusal:
            wrong.append(f"{name} until: {refusal}")
    if wrong:
        raise OrderRefused("\n".join(wrong))
    return Script(turns, book.layout.seat_of_dial, until, Path(path).stem)


def _read(path: Path) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    """What stands at the head of a file, and every order in it with its place."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise OrderRefused(f"script {path}: cannot be read ({why}); name a .toml or .csv file") from None
    tree = {} if path.suffix == ".csv" else _tree(path, text)
    found = list(_in_csv(path, text) if path.suffix == ".csv" else _in_toml(path, tree))
    if not found:
        raise OrderRefused(f"script {path.name}: holds no order; see docs/run.md for how to write one")
    return tree, found


def _tree(path: Path, text: str) -> dict[str, Any]:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OrderRefused(f"script {path.name}: is not TOML: {error}") from None
    for key in tree:
        if key not in ("order", "until"):
            raise OrderRefused(f"script {path.name}: unknown key '{key}'; {remedy(key, ['order', 'until'])}")
    return tree


def _in_toml(path: Path, tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = tree.get("order", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise OrderRefused(f"script {path.name}: order is no list of tables; write [[order]]")
    for number, row in enumerate(rows, 1):
        yield f"order {number}", _with_keys(f"script {path.name} order {number}", row)


def _in_csv(path: Path, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(text.splitlines())
    wanted = [*KEYS, "picks", "amounts"]
    if list(reader.fieldnames or []) != wanted:
        raise OrderRefused(f"script {path.name}: the first line is no heading; write {','.join(wanted)}")
    for line, row in enumerate(reader, 2):
        if None in row or None in row.values():
            raise OrderRefused(f"script {path.name} line {line}: write {len(wanted)} fields")
        yield f"line {line}", dict(row)


def _with_keys(where: str, row: dict[str, Any]) -> dict[str, Any]:
    """A table of TOML, where every other key is a pick or an amount by its own name."""
    for key in KEYS:
        if key not in row:
            raise OrderRefused(f"{where}: {key} is missing; write {', '.join(KEYS)} and the amounts")
    return row


def _said(row: Mapping[str, Any], cast: Cast) -> tuple[list[str], dict[str, float]]:
    """The picks and amounts of an order."""
    if "amounts" in row:
        picks = str(row["picks"]).split()
        amounts = {}
        for part in str(row["amounts"]).split():
            name, _, value = part.partition("=")
            amounts[name] = number_in(value, f"{row['order']}: {name}")
        return picks, amounts
    place = book_of(cast).layout.places.get(str(row["order"]))
    names = [pick.name for pick in place.kind.picks] if place else []
    amounts = {
        key: number_in(str(value), f"{row['order']}: {key}")
        for key, value in row.items()
        if key not in (*KEYS, *SOURCES, *names)
    }
    return [str(row[name]) for name in names if name in row], amounts


def _check_fact(row: Mapping[str, Any]) -> None:
    """Refuse a fact that there is not, and one that is a prior and not said to be."""
    fact, source = row.get("fact"), row.get("source", "")
    if fact is None:
        return
    if fact not in facts():
        raise OrderRefused(f"cites fact '{fact}', which is not in facts.csv; {remedy(fact, facts())}")
    if facts()[fact].is_prior and not str(source).startswith("prior"):
        raise OrderRefused(f'fact {fact} is a prior; add source = "prior: …"')


def _turn(day: Any, story: Story, length: int) -> int:
    """The turn in which a day lies."""
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date):
        try:
            day = date.fromisoformat(str(day))
        except ValueError:
            raise OrderRefused(f"date is '{day}'; write a day such as 2026-04-01") from None
    turn = story.turn_of(day)
    if not 1 <= turn <= length:
        first, last = story.quarter(1), story.quarter(length)
        raise OrderRefused(f"date {day} is outside of the game; write a day from {first} to {last}")
    return turn
