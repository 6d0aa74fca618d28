"""Calibrate: the command that fits what nobody knows to what is known, and writes the priors that games are drawn from."""

from argparse import Namespace
from pathlib import Path

import numpy as np

from play.commands.doors import STOPPED, at_least, seed_of, tell, warn, writing
from play.commands.pages import DOCS, put
from play.evidence.calibration import Task, calibrated, observations, prior_of, prior_text, unknowns
from play.figures import figure
from play.fitting import Generation
from play.packing import written
from world.prior import PRIORS, place_of

PAGE = DOCS / "evidence/acceptance.md"
KEPT = Path(__file__).resolve().parents[2] / "assets/evidence/accepted.parquet"


def main(args: Namespace) -> int:
    """Fit, print the acceptance table, and write the priors where asked."""
    at_least(args.sets, 64, "sets")
    at_least(args.workers, 1, "workers")
    task = Task(args.sets, seed_of(args.seed), args.workers)
    folder = folder_of(args.out)
    try:
        generation = calibrated(task, folder, said)
    except KeyboardInterrupt:
        kept = "the same command goes on with the generations that are done"
        warn(f"stopped; {kept if args.out else 'nothing is kept; add --out to go on later'}")
        return STOPPED
    if args.write:
        for name in dict.fromkeys(name for one in unknowns() for name in one.scenarios):
            PRIORS.mkdir(exist_ok=True)
            text = prior_text(prior_of(name, generation), head(task, generation))
            written(PRIORS / f"{name}.toml", text.encode("utf-8"))
        keep_sets(task, generation)
        made = f"`python main.py calibrate --sets {task.sets} --seed {task.seed} --write`"
        put(PAGE, "table", [f"Made by {made}.", "", *table(generation)])
        warn(f"the priors are in assets/priors, the table is in {PAGE.name}; make par and the recorded games anew")
    tell(table(generation))
    return 0


def folder_of(path: str | None) -> Path | None:
    """The folder of generations, made if need be."""
    if path is None:
        return None
    folder = Path(path)
    with writing("--out", path, "folder"):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def said(generation: Generation) -> None:
    """Say how a generation came out."""
    warn(
        f"generation {generation.number}: temperature {generation.temperature:.3g}, "
        f"{100 * generation.accepted:.0f} % of steps taken, misfit {np.median(generation.misfit):.0f} in the middle"
    )


def head(task: Task, generation: Generation) -> list[str]:
    """What stands at the head of a prior."""
    return [
        "A joint density of what nobody knows, made by:",
        f"python main.py calibrate --sets {task.sets} --seed {task.seed} --write",
        f"{generation.number + 1} generations of {task.sets} sets.",
        "How to read it: docs/scenarios.md.",
    ]


def table(generation: Generation) -> list[str]:
    """The acceptance table: how far the sets are off each observation, and what became of each quantity."""
    found = ["| told to the fit | within its range | mean of squares |", "|---|---|---|"]
    for one, squares in zip(observations(), generation.squares, strict=True):
        known = squares[np.isfinite(squares)]
        inside = (known <= 1.645**2).sum() / squares.size
        told = f"{one.of} {figure(one.low)} to {figure(one.high)}"
        found.append(f"| {told} | {100 * inside:.0f} % | {figure(float(known.mean()) if known.size else np.nan)} |")
    places = place_of(generation.logits)
    found += [
        "",
        "| quantity | range | fitted: median (90 %), as places from 0 to 1 | narrower by |",
        "|---|---|---|---|",
    ]
    for unknown, place in zip(unknowns(), places, strict=True):
        low, middle, high = np.percentile(place, (5, 50, 95))
        span = f"{figure(unknown.range.low)} to {figure(unknown.range.high)}"
        narrower = f"{100 * (1 - (high - low) / 0.9):.0f} %"
        found.append(f"| {unknown.name} | {span} | {middle:.2f} ({low:.2f} to {high:.2f}) | {narrower} |")
    return found


def keep_sets(task: Task, generation: Generation) -> None:
    """Write sets of equal weight, as places, for whoever wants to check the density."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    places = place_of(generation.logits[:, : task.kept])
    columns = {one.name: np.round(place, 5) for one, place in zip(unknowns(), places, strict=True)}
    pq.write_table(pa.table(columns), KEPT, compression="zstd")
