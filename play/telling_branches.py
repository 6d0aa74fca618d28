"""Telling branches: what happened beside what would have, as lines that read well and as a tree for machines."""

from typing import Any

from play.branch import Branch, Row, table
from play.dials import book_of, plain
from play.figures import aligned, figure
from play.telling import signed, unit_of, with_unit

Tree = dict[str, Any]
LEAST = 1e-4
"""A difference that is less than this share is hardly one."""
ABREAST = 6
"""Quarters that stand side by side."""


def heading(branch: Branch) -> list[str]:
    """What is otherwise in a branch."""
    turning, story = branch.turning, branch.game.story
    lines = [f"{story.title}, seed {branch.game.seed}: branched in {story.quarter(turning.turn)}, with the same luck."]
    book = book_of(branch.game.cast)
    for seat, settings in turning.orders.items():
        told: dict[str, list[str]] = {}
        for dial, step in settings.items():
            one = book.dials[dial]
            words = with_unit(f"{one.amount.name} {plain(one.amount.value(step))}", unit_of(one.amount))
            told.setdefault(" ".join((one.kind.name, *one.picks)), []).append(words)
        orders = "; ".join(f"{name} {', '.join(moves)}" for name, moves in told.items())
        lines.append(f"  {seat} orders {orders or 'nothing'} in that quarter, and nothing else.")
    for seat, doctrine in turning.players.items():
        lines.append(f"  {seat} is played by {doctrine} from then on.")
    return lines if len(lines) > 1 else [*lines, "  Nothing is otherwise."]


def branch_lines(branch: Branch) -> list[str]:
    """A branch beside what happened: what the quarters come to, and then each quarter."""
    rows, story = table(branch), branch.game.story
    head = ("", "", "happened", "held", "anew", "held less happened", "anew less happened")
    whole = [head, *(_whole(row) for row in rows)]
    last = branch.stop
    lines = [
        *heading(branch),
        "",
        "held: the others order what they ordered. anew: programs among them decide anew from the quarter after.",
        "",
        f"Up to {story.quarter(last)}",
        *(f"  {line}" for line in aligned(whole, left=2)),
        "",
        "~0: less than a ten-thousandth of what happened.",
    ]
    told = _quarterly(branch, rows)
    nothing = ["", "Nothing parts in any quarter by as much as the table shows."]
    return [*lines, *(["", "Quarter by quarter, where anything parts", *told] if told else nothing)]


def _whole(row: Row) -> tuple[str, ...]:
    happened, held, anew = row.whole
    values = (figure(value) for value in row.whole)
    return (row.outcome.name, row.outcome.unit, *values, *(difference(one, happened) for one in (held, anew)))


def difference(now: float, was: float) -> str:
    """How far a number is from another; hardly at all is said as `~0`."""
    if now != was and abs(now - was) < LEAST * abs(was):
        return "~0"
    return signed(now - was)


def _quarterly(branch: Branch, rows: list[Row]) -> list[str]:
    """The outcomes in which the branches part from what happened, in tables of a few quarters."""
    story, first = branch.game.story, branch.turning.turn
    parted = [row for row in rows if any(len(set(_three(row, at))) > 1 for at in range(len(row.happened)))]
    lines: list[str] = []
    for begin in range(0, len(rows[0].happened), ABREAST) if parted else ():
        within = range(begin, min(begin + ABREAST, len(rows[0].happened)))
        told = [("", "", *(story.quarter(first + at) for at in within))]
        for row in parted:
            columns = [_three(row, at) for at in within]
            for arm, words in enumerate(("happened", "held", "anew")):
                name = row.outcome.name if arm == 0 else ""
                told.append((name, words, *(column[arm] for column in columns)))
        lines += ["", *(f"  {line}" for line in aligned(told, left=2))]
    return lines


def _three(row: Row, at: int) -> tuple[str, str, str]:
    happened, held, anew = (figure(float(values[at])) for values in (row.happened, row.held, row.anew))
    return happened, held, anew


def branch_tree(branch: Branch) -> Tree:
    """A branch for machines."""
    turning, story, book = branch.turning, branch.game.story, book_of(branch.game.cast)
    return {
        "scenario": story.name,
        "seed": branch.game.seed,
        "turn": turning.turn,
        "quarters": [story.quarter(turn) for turn in range(turning.turn, branch.stop + 1)],
        "orders": {
            seat: {book.dials[dial].label: book.dials[dial].amount.value(step) for dial, step in settings.items()}
            for seat, settings in turning.orders.items()
        },
        "players": dict(turning.players),
        "is_ranked": branch.game.is_over and branch.game.is_ranked,
        "outcomes": {row.outcome.name: _row(row) for row in table(branch)},
    }


def _row(row: Row) -> Tree:
    happened, held, anew = row.whole
    return {
        "unit": row.outcome.unit,
        "over": row.outcome.over,
        "happened": [float(value) for value in row.happened],
        "held": [float(value) for value in row.held],
        "anew": [float(value) for value in row.anew],
        "whole": {"happened": happened, "held": held, "anew": anew},
        "difference": {"held": held - happened, "anew": anew - happened},
    }
