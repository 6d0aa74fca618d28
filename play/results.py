"""Results: the folder a run writes, from its first shard to the last, and read again."""

import csv
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np

from play import VERSION
from play.columnar import Columns, as_csv, join
from play.packing import whole_file
from play.script import script_file
from play.shards import Plan, part_name
from play.tables import NAMES

Array = np.ndarray
Tree = dict[str, Any]

PARTS = "shards"


class ResultsError(ValueError):
    """What is wrong with a folder of results, in a sentence."""


@runtime_checkable
class Planned(Protocol):
    """A plan that can be told from others."""

    @property
    def identity(self) -> Tree:
        """What two plans must share to give the same rows."""


@dataclass
class Folder:
    """A run's folder: while it is played, everything is in a draft beside it."""

    path: Path
    plan: Tree = field(default_factory=dict)

    @property
    def draft(self) -> Path:
        """Where the run is until it is done."""
        return self.path.with_name(self.path.name + ".part")

    @property
    def parts(self) -> Path:
        """Where finished shards are."""
        return self.draft / PARTS

    def begin(self, plan: Planned, is_resumed: bool) -> list[tuple[int, int]]:
        """Make the draft, or take up an old one; gives the shards that are there.

        Raises ResultsError where the folder cannot be written or holds something else.
        """
        self.plan = plan.identity
        found = unfinished(self.path) if is_resumed else None
        if found is None:
            self._start()
            return []
        if found != self.draft:
            found.rename(self.draft)
        self._check_same(read_json(self.draft / "plan.json"))
        return self.done()

    def _start(self) -> None:
        if self.path.is_file():
            raise ResultsError(f"--out {self.path}: is a file; choose a new folder")
        if self.path.exists() and any(self.path.iterdir()):
            raise ResultsError(
                f"--out {self.path}: is not empty; choose a new folder, or add --resume to go on with it"
            )
        if unfinished(self.path) == self.draft:
            raise ResultsError(
                f"--out {self.path}: {self.draft} holds an unfinished run; add --resume to go on with it, "
                "or take it away"
            )
        try:
            shutil.rmtree(self.draft, ignore_errors=True)
            self.parts.mkdir(parents=True)
            write_json(self.draft / "plan.json", self.plan)
        except OSError as error:
            raise ResultsError(
                f"--out {self.path}: cannot be written ({error.strerror}); choose another folder"
            ) from None

    def _check_same(self, old: Tree) -> None:
        for key, value in self.plan.items():
            if old.get(key) != value:
                raise ResultsError(
                    f"--resume: {self.path} was begun with {key} {old.get(key)} and this command says "
                    f"{value}; give the same command, or choose a new folder"
                )

    def done(self) -> list[tuple[int, int]]:
        """The shards that are finished, in order."""
        found = []
        for folder in sorted(self.parts.glob("[0-9]*-[0-9]*")):
            first, _, end = folder.name.partition("-")
            found.append((int(first), int(end)))
        return found

    def drop(self) -> None:
        """Leave nothing behind of a run of which nothing was finished."""
        shutil.rmtree(self.draft, ignore_errors=True)

    def finish(self, about: Tree, is_csv: bool) -> None:
        """Put the shards together, and let the folder appear under its name."""
        shards = [self.parts / part_name(*one) for one in self.done()]
        columns = read_json(shards[0] / "columns.json")
        for name in NAMES:
            with whole_file(self.draft / f"{name}.parquet") as file:
                join([shard / f"{name}.parquet" for shard in shards], file)
            if is_csv:
                as_csv(self.draft / f"{name}.parquet", self.draft / f"{name}.csv")
        write_dictionary(self.draft, columns, README.format(**about, title=about["scenario"]["title"]))
        if script := self.plan["script"]:
            orders = script_file(script, self.plan["scenario"])
            shutil.copyfile(orders, self.draft / f"script{orders.suffix}")
        write_json(self.draft / "run.json", about)
        if about["finished"] == about["games"]:
            shutil.rmtree(self.parts)
            (self.draft / "plan.json").unlink()
        if self.path.exists():
            self.path.rmdir()
        self.draft.rename(self.path)


def unfinished(path: Path) -> Path | None:
    """Where the unfinished run of a folder is: in its draft, or, stopped with Ctrl-C, in itself."""
    draft = path.with_name(path.name + ".part")
    for place in (draft, path):
        if (place / PARTS).is_dir() and (place / "plan.json").is_file():
            return place
    return None


def read_json(path: Path) -> Any:
    """What a JSON file holds; raises ResultsError where it cannot be read."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        raise ResultsError(f"{path}: cannot be read; choose another folder, or run anew") from None


def write_json(path: Path, tree: Any) -> None:
    """Write a tree as JSON, whole or not at all."""
    with whole_file(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(tree, file, indent=2, ensure_ascii=False)
        file.write("\n")


def write_dictionary(folder: Path, columns: Mapping[str, list[Tree]], readme: str) -> None:
    """What every column means, for programs, for spreadsheets, and for readers."""
    write_json(folder / "dictionary.json", columns)
    with whole_file(folder / "dictionary.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["table", "column", "type", "unit", "doc"])
        for name, rows in columns.items():
            writer.writerows([name, *row.values()] for row in rows)
    with whole_file(folder / "README.md", "w", encoding="utf-8", newline="\n") as file:
        file.write(readme)


README = """\
# {finished} games of {title}

| file | a row is |
|---|---|
| `games.parquet` | a game: its outcomes, what was drawn for it, where dials ended |
| `quarters.parquet` | a game and quarter: every outcome |
| `flows.parquet` | a game, quarter, giver, taker, product and channel in which something moved |
| `orders.parquet` | a game, quarter and dial that a seat asked to be moved |
| `dictionary.json`, `dictionary.csv` | a column of these tables: its type, unit and meaning |
| `run.json` | how the games were made: scenario, rules, seed, players, settings, timings |
| `script.*` | the script of orders, where there was one |

The column `game` joins the tables. A game can be played alone with the `seed` in `games.parquet`, or
shown with `python main.py replay FOLDER --game N`. Ranges over these games say what the model allows,
not what will happen.
"""


@dataclass(frozen=True)
class Run:
    """A run read from its folder; its games are read column by column, as they are asked for."""

    path: Path
    about: Tree
    games: Mapping[str, Array]
    columns: dict[str, Tree]


def read_run(path: Path) -> Run:
    """A run's games; raises ResultsError for a folder that holds none."""
    about = about_run(path)
    with reading(path / "games.parquet"):
        games = Columns(path / "games.parquet")
    try:
        columns = {row["column"]: row for row in read_json(path / "dictionary.json")["games"]}
    except (KeyError, TypeError):
        raise ResultsError(f"{path}: dictionary.json cannot be read; choose another folder, or run anew") from None
    return Run(path, about, games, columns)


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Refuse a table that cannot be read."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException):
        raise ResultsError(f"{file.parent}: {file.name} cannot be read; run anew") from None


def about_run(path: Path) -> Tree:
    """What `run.json` says of a run; raises ResultsError for a folder that holds none."""
    if not (path / "run.json").is_file() or not (path / "games.parquet").is_file():
        raise ResultsError(f"{path}: holds no run; name a folder that `run --out` wrote")
    about = read_json(path / "run.json")
    if not isinstance(about, dict):
        raise ResultsError(f"{path}: run.json does not say how the games were made; run anew")
    return about


def plan_in(path: Path, about: Tree) -> Plan:
    """The plan of a run, with the script that lies in its folder; raises ResultsError where it does not say."""
    plan = about.get("plan")
    known = {"scenario": str, "games": int, "seed": int, "players": dict, "settings": dict, "script": str}
    if not isinstance(plan, dict) or any(type(plan.get(key)) is not kind for key, kind in known.items()):
        raise ResultsError(f"{path}: run.json does not say how the games were made; run anew")
    script = next(path.glob("script.*"), None)
    if plan["script"] and script is None:
        raise ResultsError(f"{path}: the script of its orders is missing; put it back as script.toml, or run anew")
    return Plan(**{**{key: plan[key] for key in known}, "script": str(script or "")})


def row_of(path: Path, number: int) -> dict[str, Any]:
    """The row of a game by its number, as numbers of numpy; raises ResultsError where there is no such game."""
    import pyarrow.parquet as pq

    with reading(path / "games.parquet"):
        row = pq.read_table(path / "games.parquet", filters=[("game", "=", number)])
        if not row.num_rows:
            games = Columns(path / "games.parquet")["game"]
            raise ResultsError(f"--game {number}: {path} holds the games from {games.min()} to {games.max()}")
        return {name: row[name].to_numpy()[0] for name in row.column_names}


def orders_of(path: Path, number: int) -> dict[str, Array]:
    """The rows of a run's table of orders that are one game's; raises ResultsError where they cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names = ["turn", "seat", "order", "pick", "amount", "asked"]
    try:
        table = pq.read_table(path / "orders.parquet", columns=names, filters=[("game", "=", number)])
    except (OSError, ValueError, pa.ArrowException):
        raise ResultsError("orders.parquet cannot be read") from None
    return {name: table[name].to_numpy() for name in names}


def program() -> Iterator[tuple[str, str]]:
    """What made a run, for its record."""
    import platform

    yield "program", f"chokepoint {VERSION}"
    yield "python", platform.python_version()
    yield "numpy", np.__version__
