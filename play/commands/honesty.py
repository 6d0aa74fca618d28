"""Honesty: the command that measures how often imagined and previewed ranges hold the truth."""

import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from play.commands.doors import Refused, at_least, seed_of, tell, tell_json, warn, writing
from play.coverage import BOUNDS, Forecast, Scores, Table, scores_of, table_of
from play.honesty import RIVALS, SEATS, Trial, tried
from play.packing import as_bytes, from_bytes, written
from world.scenario import read

AT_ONCE = 5
"""Games that are tried and kept together."""
TOLD = {
    "hidden": "What seats imagine of hidden quantities",
    "effect": "What previews say of the effects of drafts, over four quarters",
    "outlook": "What is foretold of four quarters ahead, if the seat changes nothing",
}
Piece = tuple[Trial, int, int]


def main(args: Any) -> int:
    """Measure, and print tables (Markdown) or JSON."""
    trials = trials_of(args)
    found = {trial.rivals: measured(trial, args) for trial in trials}
    told = {rivals: summary(rows) for rivals, rows in found.items()}
    if args.json:
        tell_json(told)
    else:
        tell(lines(told))
    return 0


def trials_of(args: Any) -> list[Trial]:
    """What is tried, from the words of the command line; raises Refused."""
    at_least(args.games, 2, "games")
    at_least(args.previews, 0, "previews")
    at_least(args.workers, 1, "workers")
    at_least(args.worlds, 8, "worlds")
    seed_of(args.seed)
    rivals = args.rivals or list(RIVALS)
    for name in rivals:
        if name not in RIVALS:
            raise Refused(f"--rivals {name}: there are no such rivals; choose one of {', '.join(RIVALS)}")
    cast = read(args.scenario).cast
    seats = [seat for seat in SEATS if seat in cast.names["seats"]]
    if not seats:
        raise Refused(f"{args.scenario}: has none of the seats {', '.join(SEATS)}; choose november-2025")
    drafts = -(-args.previews // (args.games * len(seats)))
    return [Trial(args.scenario, name, args.seed, drafts, args.worlds, tuple(seats)) for name in dict.fromkeys(rivals)]


def measured(trial: Trial, args: Any) -> list[Forecast]:
    """The forecasts of all games; those that an earlier call has kept in --out are read."""
    pieces = [(trial, first, min(first + AT_ONCE, args.games)) for first in range(0, args.games, AT_ONCE)]
    folder = Path(args.out) if args.out else None
    kept = {piece: rows for piece in pieces if (rows := read_piece(folder, piece)) is not None}
    missing = [piece for piece in pieces if piece not in kept]
    done, games = 0, sum(end - first for _, first, end in missing)
    for number, (piece, rows) in enumerate(played(missing, args.workers), start=1):
        kept[piece] = rows
        done += piece[2] - piece[1]
        if folder is not None:
            keep(folder, piece, rows)
        if number % 10 == 0 or number == len(missing):
            warn(f"{trial.rivals}: {done} of {games} games")
    return [row for piece in pieces for row in kept[piece]]


def played(pieces: Sequence[Piece], workers: int) -> Iterator[tuple[Piece, list[Forecast]]]:
    """Try some pieces, here or in several processes, and give each as it is done."""
    if workers == 1 or len(pieces) < 2:
        for piece in pieces:
            yield piece, tried(*piece)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), _patient) as pool:
        waiting = {pool.submit(tried, *piece): piece for piece in pieces}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except KeyboardInterrupt:
            for future in waiting:
                future.cancel()
            raise


def _patient() -> None:
    """A worker leaves Ctrl-C to whoever started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def file_of(folder: Path, piece: Piece) -> Path:
    """Where a piece is kept."""
    trial, first, end = piece
    return folder / f"{trial.rivals}-{first:05d}-{end:05d}.json.gz"


def keep(folder: Path, piece: Piece, rows: Iterable[Forecast]) -> None:
    """Put a piece into its file, whole or not at all; raises Refused where that cannot be."""
    with writing("--out", folder, "folder"):
        folder.mkdir(parents=True, exist_ok=True)
        written(file_of(folder, piece), as_bytes({"trial": identity(piece), "rows": [list(row) for row in rows]}))


def read_piece(folder: Path | None, piece: Piece) -> list[Forecast] | None:
    """A piece that was kept; none where there is none, and Refused where it is of another trial."""
    if folder is None or not file_of(folder, piece).exists():
        return None
    try:
        tree = from_bytes(file_of(folder, piece).read_bytes())
        said, rows = tree["trial"], [Forecast(*row) for row in tree["rows"]]
    except (ValueError, OSError, KeyError, TypeError):
        raise Refused(f"--out {folder}: {file_of(folder, piece).name} is damaged; delete it") from None
    if said != identity(piece):
        raise Refused(f"--out {folder}: holds another measurement ({said}); choose a new folder")
    return rows


def identity(piece: Piece) -> list[Any]:
    """What two measurements must share to be the same."""
    trial = piece[0]
    return [trial.scenario, trial.rivals, trial.seed, trial.drafts, trial.worlds]


def summary(rows: Sequence[Forecast]) -> dict[str, Any]:
    """The scores of everything, of each seat and of each quantity, by what was forecast."""
    found: dict[str, Any] = {}
    for about in TOLD:
        table = table_of(rows, about)
        if table.truth.size:
            found[about] = {
                "all": as_tree(scores_of(table)),
                "seat": parts(table, table.seat),
                "quantity": parts(table, table.quantity),
            }
    return found


def parts(table: Table, by: np.ndarray) -> dict[str, Any]:
    """The scores of each part of a table."""
    return {str(name): as_tree(scores_of(table.of(by == name))) for name in np.unique(by)}


def as_tree(scores: Scores) -> dict[str, Any]:
    """Scores as JSON."""
    names = ("counted", "coverage", "error", "by_rank", "width", "naive", "score", "better")
    return {"rows": scores.rows} | {
        name: {str(share): getattr(scores, name)[share] for share in BOUNDS} for name in names
    }


def lines(told: dict[str, Any]) -> Iterator[str]:
    """The tables, in Markdown."""
    for about, title in TOLD.items():
        if not all(about in tree for tree in told.values()):
            continue
        yield f"\n### {title}\n"
        yield from table_lines("rivals", {rivals: tree[about]["all"] for rivals, tree in told.items()}, False)
        for rivals, tree in told.items():
            for by in ("seat", "quantity") if rivals == "standard" else ("seat",):
                yield f"\nRivals play `{rivals}`, by {by}:\n"
                yield from table_lines(by, tree[about][by], by == "quantity")


def table_lines(head: str, rows: dict[str, Any], with_widths: bool) -> Iterator[str]:
    """Rows of scores; widths only where they have one unit."""
    heads = [head, "counted", "50 % holds", "90 % holds", "by rank", "score 50 % / 90 %", "better in"]
    heads += ["median width 90 %", "naive"] if with_widths else []
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for name, one in rows.items():
        if not one["counted"]["90"]:
            continue
        cells = [name, f"{one['counted']['50']:,} / {one['counted']['90']:,}"]
        cells += [f"{one['coverage'][share]:.2f} ± {1.96 * one['error'][share]:.2f}" for share in ("50", "90")]
        cells += [" / ".join(f"{one['by_rank'][share]:.2f}" for share in ("50", "90"))]
        cells += [" / ".join(f"{one['score'][share]:.2f}" for share in ("50", "90"))]
        cells += [" / ".join(f"{100 * one['better'][share]:.0f} %" for share in ("50", "90"))]
        cells += [f"{one[name]['90']:,.3g}" for name in ("width", "naive")] if with_widths else []
        yield "| " + " | ".join(cells) + " |"
