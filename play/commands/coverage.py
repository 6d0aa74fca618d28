"""Coverage: the command that says whether the model's ranges are too narrow or too wide for what fitting was not told."""

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from play.commands.doors import at_least, seed_of, tell, tell_json, warn
from play.commands.pages import DOCS, FRONT, put
from play.evidence.arms import arms_of
from play.evidence.held_out import (
    ALL,
    GOAL,
    NUMBERS,
    UNTOLD,
    Laid,
    Sum,
    cells_laid,
    parts,
    patterns_laid,
    share,
    summed,
)
from play.evidence.patterns import patterns
from play.figures import figure
from play.hindcast import modelled, read_chain
from play.packing import written

PAGE = DOCS / "evidence/coverage.md"
HEAD = """\
# Are the ranges honest?

`python main.py coverage --games {games} --seed {seed} --write` makes this page anew.

What fitting was not told, under the 90 % range of the model's games: the cells of the last quarter of 2025 in the chain
from wafers to models (`assets/evidence/chain.toml`), and the numbers of patterns that were held out
(`assets/evidence/patterns.toml`; what was is the middle of the target). If the ranges are honest, nine in ten hold what
was; the goal is {goal:.0f} %.

What was is itself an estimate. So there are two ranges: that of the games, which is to hold what was as if it were known,
and the same with the error of the source, drawn as its range says, which is to hold what a source would say of such
worlds. *Ranges meet* counts where the range of the games and that of what was have something in common.

No cell is told to the fit, but some are of quantities of which it is told a range for 2025 in another form, by a pattern that
is not held out ({told}). The others are counted apart.

A range that is wide enough always holds what was. So the interval score (Gneiting and Raftery 2007) adds the width to
twenty times the distance by which a range misses, and is laid beside that of somebody who knows no model: what was in
2023 and 2024 grows on at the same rate, within a range as wide as the model's. Both are scored in logarithms, the
quantity's tolerance added, and points (ECI) and months in tolerances. A ratio below 1 says that the model does better;
1 says that neither misses. *Score ratio* is the geometric mean of the ratios, *of sums* the sum of all scores over the
sum of all those of constant growth, and *better in* the share of quantities in which the model does better, of those in
which the two differ.

"""


def main(args: Namespace) -> int:
    """Play, and print the table (Markdown) or JSON; `--write` keeps the page."""
    at_least(args.games, 32, "games")
    chain, seed = read_chain(), seed_of(args.seed)
    cells = cells_laid(chain, modelled(chain, args.games, seed))
    numbers = patterns_laid(patterns(), arms_of(args.games, seed))
    if args.write:
        told = "; ".join(one.title for one in cells if one.is_told)
        head = HEAD.format(games=args.games, seed=args.seed, goal=100 * GOAL, told=told)
        written(PAGE, (head + "\n".join(lines(cells, numbers)) + "\n").encode("utf-8"))
        put(FRONT, "coverage", brief(cells, numbers))
        warn(f"written to {PAGE.parent.name}/{PAGE.name} and {FRONT.name}")
    if args.json:
        tell_json(tree(args, cells, numbers))
    else:
        tell(lines(cells, numbers))
    return 0


def brief(cells: Sequence[Laid], numbers: Sequence[Laid]) -> Iterator[str]:
    """What the page that is read first says of it."""
    found = {
        name: tuple(summed([getattr(one, under) for one in some]) for under in ("plain", "told"))
        for name, some in parts(cells, numbers).items()
    }
    (plain, told), untold, patterned = found[ALL], found[UNTOLD], found[NUMBERS]
    yield f"Of {plain.count} numbers that were held out, the range of nine games in ten holds {percent(plain.held)}, and with"
    yield f"the error of the source added {percent(told.held)} (the goal is {percent(GOAL)}: what was is itself an estimate, so the"
    yield "second is the one that a source's figure can be held against; both are in"
    yield "[evidence/coverage.md](evidence/coverage.md)). Of cells of which the fit is not told in another form it is"
    yield f"{both_held(*untold)}, of numbers of held-out patterns {both_held(*patterned)}. Beside growth at the rate of 2023 to"
    yield f"2024 within ranges as wide the interval score is {figure(plain.ratio)} times as large (geometric mean;"
    yield f"{figure(plain.total)} of the sums), with the error of the source {figure(told.ratio)} ({figure(told.total)})."


def both_held(plain: Sum, told: Sum) -> str:
    """How many of some ranges hold what was, without and with the error of the source."""
    return f"{percent(plain.held)} and {percent(told.held)} ({plain.count})"


def lines(cells: Sequence[Laid], numbers: Sequence[Laid]) -> Iterator[str]:
    """The sums, then every range."""
    yield "| held out | range | counted | holds it | ranges meet | beside growth | score ratio | of sums | better in |"
    yield "|---" * 9 + "|"
    for name, some in parts(cells, numbers).items():
        met = percent(share([one.meets for one in some]))
        yield sum_row(name, "of the games", summed([one.plain for one in some]), met)
        yield sum_row("", "with the source's error", summed([one.told for one in some]), "")
    yield ""
    yield "| quantity | unit | what was | games, 90 % | holds | with the source's error | holds | score ratios |"
    yield "|---" * 8 + "|"
    for one in (*cells, *numbers):
        yield "| " + " | ".join(row_of(one)) + " |"


def sum_row(name: str, what: str, found: Sum, met: str) -> str:
    """What some ranges come to, in words."""
    ratios = (figure(found.ratio), figure(found.total), percent(found.better)) if found.scores else ("", "", "")
    beside = str(found.scores) if found.scores else ""
    return "| " + " | ".join((name, what, str(found.count), percent(found.held), met, beside, *ratios)) + " |"


def row_of(one: Laid) -> tuple[str, ...]:
    """A number under its ranges, in words."""
    was = f"{figure(one.value)} ({figure(one.low)} to {figure(one.high)})"
    spans = [f"{figure(under.low)} to {figure(under.high)}" for under in (one.plain, one.told)]
    first = "yes" if one.plain.holds else "meets it" if one.meets else "no"
    second = "yes" if one.told.holds else "no"
    ratios = ", ".join(figure(under.ratio) for under in (one.plain, one.told) if under.grown)
    return one.title, one.unit, was, spans[0], first, spans[1], second, ratios


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{100 * share:.0f} %" if share == share else ""


def tree(args: Namespace, cells: Sequence[Laid], numbers: Sequence[Laid]) -> Mapping[str, Any]:
    """The same for machines."""
    sums = {}
    for name, some in parts(cells, numbers).items():
        sums[name] = {
            "meets": share([one.meets for one in some]),
            "plain": vars(summed([one.plain for one in some])),
            "told": vars(summed([one.told for one in some])),
        }
    rows = [
        {**vars(one), "meets": one.meets, "plain": vars(one.plain), "told": vars(one.told)}
        for one in (*cells, *numbers)
    ]
    return {"games": args.games, "seed": args.seed, "sums": sums, "ranges": rows}
