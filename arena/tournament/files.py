"""Files: the folder of a tournament - a draft while it is played, then games, pairs, a dictionary, a page and its figures."""

import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from agents.doctrine.variants import kinds_of
from arena.jobs import parts
from arena.tournament.design import Plan, tried_on
from arena.tournament.findings import Findings
from arena.tournament.results import Results, won
from play.columnar import join
from play.commands.doors import Refused
from play.packing import whole_file
from play.results import ResultsError, read_json, write_dictionary, write_json

Tree = dict[str, Any]


class Folder:
    """Where a tournament is written; until it is whole it is called `NAME.part`."""

    def __init__(self, path: Path):
        self.path = path
        self.draft = path.with_name(path.name + ".part")
        self.parts = self.draft / "parts"

    def begin(self, plan: Plan, is_resumed: bool) -> None:
        """Make the draft, or go on with the one that is there; raises Refused for a folder that holds something else."""
        if self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            raise Refused(f"--out {self.path}: holds something already; choose a new folder")
        if self.draft.exists():
            if not is_resumed:
                raise Refused(f"--out {self.path}: an unfinished one is there; add --resume, or choose a new folder")
            self._check_same(plan)
            return
        if is_resumed:
            raise Refused(f"--resume: {self.path} was not begun; leave --resume out, or name the folder that was")
        try:
            self.parts.mkdir(parents=True)
            write_json(self.draft / "plan.json", plan.identity)
        except OSError as error:
            shutil.rmtree(self.draft, ignore_errors=True)
            raise Refused(f"--out {self.path}: cannot be written ({error.strerror}); choose another folder") from None

    def _check_same(self, plan: Plan) -> None:
        try:
            old = read_json(self.draft / "plan.json")
        except ResultsError:
            raise Refused(f"--resume: {self.draft} holds no tournament; choose a new folder") from None
        for key, value in plan.identity.items():
            if old.get(key) != value:
                raise Refused(
                    f"--resume: {self.path} was begun with {key} {old.get(key)} and this command says {value}; "
                    f"give the same command, or choose a new folder"
                )

    def finish(self, results: Results, found: Findings, page: str) -> None:
        """Write all files, and let the folder appear under its name."""
        with whole_file(self.draft / "games.parquet") as file:
            join(parts(self.parts), file)
        with whole_file(self.draft / "pairs.parquet") as file:
            write_pairs(file, results)
        write_dictionary(self.draft, dictionary(results.plan), README.format(title=found.title))
        with whole_file(self.draft / "report.html", "w", encoding="utf-8", newline="\n") as file:
            file.write(page)
        write_json(self.draft / "tournament.json", {"plan": results.plan.identity, "findings": found.tree})
        shutil.rmtree(self.parts)
        (self.draft / "plan.json").unlink()
        if self.path.exists():
            self.path.rmdir()
        self.draft.rename(self.path)


def pairs_of(results: Results) -> Iterator[tuple[str, str, str, np.ndarray]]:
    """Every pairing: the seat (or `all`), both players, and what the first gained, seed by seed."""
    plan = results.plan
    for seat in plan.seats:
        for first, second in combinations(tried_on(plan, seat), 2):
            yield seat.name, first, second, results.alone(seat.name, first) - results.alone(seat.name, second)
    if len(plan.seats) > 1:
        for one, other in combinations(plan.entrants, 2):
            yield "all", one.name, other.name, results.mixed(one.name, other.name).gained


def write_pairs(file: Any, results: Results) -> None:
    """Write a row for every pairing and seed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer, games = None, results.plan.games
    for seat, first, second, gained in pairs_of(results):
        rows = pa.table(
            {
                "seat": [seat] * games,
                "first": [first] * games,
                "second": [second] * games,
                "game": np.arange(games, dtype=np.int32),
                "gain": gained.astype(np.float32),
                "won": won(gained).astype(np.float32),
            }
        )
        if writer is None:
            writer = pq.ParquetWriter(file, rows.schema, compression="zstd")
        writer.write_table(rows)
    if writer is not None:
        writer.close()


def dictionary(plan: Plan) -> dict[str, list[Tree]]:
    """What every column means."""
    games = [
        _about("table", "int32", "", "number of the table: games of one table have the same players"),
        _about("kind", "text", "", "all-standard, alone, mixed, lever, drawn or best (docs/tournaments.md)"),
        _about("game", "int32", "", "number of the seed: games with one number have the same luck"),
        _about("seed", "uint64", "", "seed of the game, with which it can be played alone"),
        _about("lead", "float", "months", "lead of the US side in the last quarter"),
    ]
    for seat in plan.seats:
        games += [
            _about(f"player.{seat.name}", "text", "", f"entrant or doctrine tried on {seat.title}"),
            _about(f"points.{seat.name}", "float", "points", f"how far {seat.title} met its objectives, 0 to 100"),
        ]
    for seat in plan.seats:
        games += [
            _about(f"moves.{seat.name}.{kind}", "int16", "orders", f"orders {kind} of {seat.title} that stood")
            for kind in kinds_of(seat.role)
        ]
    pairs = [
        _about("seat", "text", "", "the seat on which both players were tried, or `all` for mixed tables"),
        _about("first", "text", "", "a player"),
        _about("second", "text", "", "the player that it is paired with"),
        _about("game", "int32", "", "number of the seed"),
        _about("gain", "float", "points", "points of the first above the second; of mixed tables, a seat"),
        _about("won", "float", "share", "1 where the first got more, 0 where it got less, 0.5 where neither did"),
    ]
    return {"games": games, "pairs": pairs}


def _about(column: str, kind: str, unit: str, doc: str) -> Tree:
    return {"column": column, "type": kind, "unit": unit, "doc": doc}


README = """\
# A tournament of {title}

| file | a row is |
|---|---|
| `report.html` | the report: open it in a browser; it needs no network |
| `games.parquet` | a game: who was tried on which seat, the points of each, the moves of each order |
| `pairs.parquet` | a pairing and seed: what the first player gained on the second |
| `dictionary.json`, `dictionary.csv` | a column of these tables: its type, unit and meaning |
| `tournament.json` | how the games were made, and every figure of the report |
"""
