"""Hindcast: the command that lays games with the orders of the past beside what was."""

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from play.commands.doors import at_least, seed_of, tell, tell_json, warn, writing
from play.commands.pages import DOCS, FRONT, put
from play.figures import figure
from play.hindcast import FAR_TOLERANCES, Chain, Finding, Tally, found, modelled, read_chain, tally
from play.packing import written
from world.facts import facts

PAGE = DOCS / "evidence/hindcast.md"
"""The page whose count stands in the page that is read first, too."""
HEADS = ("quarter", "what was", "range", "model", "90 % range", "verdict", "factor off", "source")


def main(args: Namespace) -> int:
    """Play, and print the table (Markdown) or JSON; `--out` keeps the table in a file."""
    at_least(args.games, 2, "games")
    chain = read_chain()
    findings = found(chain, modelled(chain, args.games, seed_of(args.seed)))
    if args.out:
        keep(Path(args.out), page(chain, findings, args.games, args.seed))
        if Path(args.out).resolve() == PAGE:
            put(FRONT, "hindcast", counts(findings))
    if args.json:
        tell_json(as_tree(chain, findings, args.games, args.seed))
    else:
        tell(lines(chain, findings))
    return 0


def keep(path: Path, text: str) -> None:
    """Put the page into a file; raises Refused where that cannot be."""
    with writing("--out", path, "file"):
        path.parent.mkdir(parents=True, exist_ok=True)
        written(path, text.encode("utf-8"))
    warn(f"written to {path}")


def page(chain: Chain, findings: Sequence[Finding], games: int, seed: int) -> str:
    """The table as a page with what one needs to read it."""
    head = [
        "# The past beside the model",
        "",
        f"`python main.py hindcast --games {games} --seed {seed} --out docs/evidence/hindcast.md` makes this page anew.",
        "",
        f"Games of `{chain.scenario}` with the orders that governments really gave (`--script {chain.script}`), and `standard`",
        "doctrines elsewhere: no quantity is told to the model after the opening day. *Model* is the median over games,",
        "beside the range that holds nine in ten. What was, its ranges, and how near is near stand in",
        "`assets/evidence/chain.toml` and were written down beforehand.",
        "",
        "- *inside*: the median lies in the range of what was;",
        f"- *close*: within a factor of {chain.close:g} of the value, or no further from the range than the quantity's tolerance;",
        f"- *far*: beyond a factor of {chain.far:g}, and beyond {FAR_TOLERANCES} tolerances (scores and months: tolerances alone);",
        "- *outside*: between the two.",
        "",
        f"Cells of {', '.join(chain.held_out)} are marked * and are not used in fitting. Cells that are inside or close are met;",
        "*ranges meet* counts those where the model's range and that of what was have something in common.",
        "",
    ]
    return "\n".join([*head, *lines(chain, findings)]) + "\n"


def lines(chain: Chain, findings: Sequence[Finding]) -> Iterator[str]:
    """The count, then a table for each link."""
    yield from counts(findings)
    for link in chain.links:
        yield ""
        yield f"**{link.title}** ({link.unit}; tolerance {figure(link.tolerance)})"
        yield ""
        yield "| " + " | ".join(HEADS) + " |"
        yield "|" + "---|" * len(HEADS)
        for one in findings:
            if one.link is link:
                yield "| " + " | ".join(row(one)) + " |"


def counts(findings: Sequence[Finding]) -> Iterator[str]:
    """How many cells are met, of those that may be fitted to and of those that may not."""
    yield "| cells | counted | met | ranges meet | far off |"
    yield "|---|---|---|---|---|"
    names = {"fitted": "that may be fitted to", "held_out": "held out *", "all": "all"}
    for part, some in parts(findings).items():
        count = tally(some)
        yield f"| {names[part]} | {count.cells} | {of(count.met, count)} | {of(count.covered, count)} | {count.far} |"


def of(part: int, count: Tally) -> str:
    """A count and its share."""
    return f"{part} ({100 * part / max(count.cells, 1):.0f} %)"


def row(one: Finding) -> tuple[str, ...]:
    """A cell in words."""
    cell = one.cell
    return (
        cell.quarter + (" *" if one.is_held_out else ""),
        figure(cell.value, digits(one)),
        f"{figure(cell.low, digits(one))} to {figure(cell.high, digits(one))}",
        figure(one.median, digits(one)),
        f"{figure(one.p5, digits(one))} to {figure(one.p95, digits(one))}",
        one.verdict,
        "" if one.factor != one.factor else figure(one.factor) if one.factor < 1000 else "endless",
        origin(one),
    )


def digits(one: Finding) -> int:
    """Digits that a figure of the cell shows."""
    return 4 if one.link.is_interval else 3


def origin(one: Finding) -> str:
    """Where a cell comes from."""
    fact, source = one.cell.fact, one.cell.source
    if not fact:
        return source
    named = f"{fact}: {facts()[fact].source}"
    return f"{named}; {source}" if source else named


def as_tree(chain: Chain, findings: Sequence[Finding], games: int, seed: int) -> dict[str, Any]:
    """The table as JSON."""
    return {
        "scenario": chain.scenario,
        "script": chain.script,
        "games": games,
        "seed": seed,
        "counts": {name: vars(tally(some)) for name, some in parts(findings).items()},
        "cells": [
            {
                "quantity": one.link.name,
                "unit": one.link.unit,
                "quarter": one.cell.quarter,
                "low": one.cell.low,
                "value": one.cell.value,
                "high": one.cell.high,
                "fact": one.cell.fact,
                "source": one.cell.source,
                "median": one.median,
                "p5": one.p5,
                "p95": one.p95,
                "factor": one.factor if one.factor < float("inf") else None,
                "verdict": one.verdict,
                "held_out": one.is_held_out,
            }
            for one in findings
        ],
    }


def parts(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The cells that may be fitted to, those that may not, and all."""
    return {
        "fitted": [one for one in findings if not one.is_held_out],
        "held_out": [one for one in findings if one.is_held_out],
        "all": list(findings),
    }
