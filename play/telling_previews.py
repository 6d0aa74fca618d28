"""Telling previews: what a draft would change, as lines that read well and as a tree for machines."""

from typing import Any

import numpy as np

from play.dials import book_of, plain
from play.drafts import Settings
from play.figures import aligned, figure
from play.outcomes import MEAN, SUM
from play.preview import RANGES, Effect, Preview
from play.story import Story
from play.telling import between, signed, unit_of, with_unit
from world.cast import Cast
from world.phases.intelligence import QUESTIONS
from world.view import View

Tree = dict[str, Any]

OVER = {SUM: "sum", MEAN: "mean"}
"""What is made of several quarters; where nothing is said, the last one counts."""
MOST_RIVALS = 4
LEAST = 1e-4
"""A change of less than this share of the quantity is hardly one."""
POINTS = 0.005
"""Points of a rival's objectives that are worth telling."""


def draft_words(view: View, settings: Settings) -> list[str]:
    """What a draft moves, from where to where, a line an order."""
    book, standing = book_of(view.cast), view.seen("ordered").values[:, 0]
    lines: dict[str, list[str]] = {}
    for row, step in settings.items():
        dial = book.dials[row]
        before, after = (plain(dial.amount.value(int(one))) for one in (standing[row], step))
        words = (
            f"{dial.amount.name} stays {after}" if before == after else f"{dial.amount.name} from {before} to {after}"
        )
        lines.setdefault(" ".join((dial.kind.name, *dial.picks)), []).append(with_unit(words, unit_of(dial.amount)))
    return [f"  {name}: {', '.join(moves)}" for name, moves in lines.items()]


def preview_lines(found: Preview, view: View, story: Story, worlds: int, named: tuple[str, ...] = ()) -> list[str]:
    """What a draft would change, as far as its seat can know."""
    cast, own = view.cast, f"objective.{found.seat}"
    first = int(view.public("turn")[0]) + 1
    until = story.quarter(first + found.quarters - 1)
    lines = [f"{found.seat} in {story.quarter(first)}:", *(draft_words(view, found.draft) or ["  no orders"])]
    lines += [
        "",
        f"Up to {until}, in {worlds} imagined worlds that agree with what {found.seat} saw, against changing nothing;",
        "the luck is the same in both, and everybody else answers as `standard` would.",
        "",
    ]
    good, bad = ([one for one in side if not one.is_slight] for side in found.most_moved(own))
    shown = list(dict.fromkeys([own, *named, *(one.quantity.name for one in (*good, *bad) if not named)]))
    rows: list[tuple[str, ...]] = [("", "median", "half of the worlds", "nine in ten")]
    rows += [_row(label(found.effects[name]), found.effects[name].whole, found.effects[name].still) for name in shown]
    lines += [f"  {line}" for line in aligned(rows)]
    if not named:
        lines += _most(good, bad)
    lines += _by_quarter([found.effects[name] for name in named], story, first)
    return [*lines, *_rivals(found), *_worst(found), *_causes(found, cast)]


def label(effect: Effect) -> str:
    """A quantity with its unit and what its quarters are made into."""
    over = OVER.get(effect.quantity.over, "")
    said = ", ".join(word for word in (effect.quantity.unit, over) if word)
    return f"{effect.quantity.name} ({said})" if said else effect.quantity.name


def _row(words: str, five: Any, still: Any) -> tuple[str, ...]:
    """Median and ranges; what is hardly anything beside the quantity itself is said as 0."""
    least = LEAST * float(np.abs(still).max())
    low, quarter, middle, three, high = (float(value) if abs(value) >= least else 0.0 for value in five)
    return (words, signed(middle), between(quarter, three), between(low, high))


def _most(good: list[Effect], bad: list[Effect]) -> list[str]:
    told = [""] if good or bad else ["", "Nothing else moves in the middle of the worlds."]
    for words, effects in (("Moves most to its good: ", good), ("Moves most to its harm: ", bad)):
        if effects:
            told.append(words + ", ".join(f"{e.quantity.name} {signed(float(e.whole[2]))}" for e in effects))
    return told


def _by_quarter(effects: list[Effect], story: Story, first: int) -> list[str]:
    lines: list[str] = []
    for effect in effects:
        rows: list[tuple[str, ...]] = [(label(effect), "median", "half of the worlds", "nine in ten")]
        for at, five in enumerate(effect.by_quarter):
            rows.append(_row(f"  {story.quarter(first + at)}", five, effect.still))
        lines += ["", *aligned(rows)]
    return lines


def _rivals(found: Preview) -> list[str]:
    """Whose objectives it helps and harms most."""
    moved = [(seat, effect) for seat, effect in found.rivals.items() if abs(effect.whole[2]) >= POINTS]
    if not moved:
        return ["", "For the others it changes nothing in the middle of the worlds."]
    told = [f"{seat} {signed(float(effect.whole[2]))}" for seat, effect in moved]
    if len(told) > 2 * MOST_RIVALS:
        told = [*told[:MOST_RIVALS], "…", *told[-MOST_RIVALS:]]
    return ["", f"For the others (points of their objectives): {', '.join(told)}"]


def _worst(found: Preview) -> list[str]:
    worst = found.worst
    if not found.draft or not found.effects[f"objective.{found.seat}"].samples.any():
        return []
    about = QUESTIONS[worst.known_by]
    there, elsewhere = with_unit(figure(worst.there), about.unit), figure(worst.elsewhere)
    return [
        f"In the worst tenth of the worlds it brings {signed(worst.mean)} points on average; what sets them apart most is",
        f"{about.doc}: {there} there, {elsewhere} elsewhere.",
    ]


def _causes(found: Preview, cast: Cast) -> list[str]:
    """What each order of a draft of several adds."""
    lines: list[str] = []
    for name, parts in found.orders.items():
        if len(parts) > 1:
            told = [f"{book_of(cast).name(entry).partition(': ')[2]} {signed(size)}" for entry, size in parts.items()]
            lines.append(f"  {name}: {signed(sum(parts.values()))} on average = {' and '.join(told)}")
    return ["", "What each order adds", *lines] if lines else []


def preview_tree(found: Preview, view: View, story: Story, worlds: int, named: tuple[str, ...] = ()) -> Tree:
    """A preview for machines; ranges are the percentiles 5, 25, 50, 75 and 95."""
    book, first = book_of(view.cast), int(view.public("turn")[0]) + 1
    names = dict.fromkeys([f"objective.{found.seat}", *named]) if named else found.effects
    return {
        "seat": found.seat,
        "turn": first,
        "quarter": story.quarter(first),
        "quarters": found.quarters,
        "worlds": worlds,
        "percentiles": list(RANGES),
        "draft": {book.dials[row].label: book.dials[row].amount.value(step) for row, step in found.draft.items()},
        "effects": {name: effect_tree(found.effects[name]) for name in names},
        "rivals": {seat: _five(effect.whole) for seat, effect in found.rivals.items()},
        "worst_tenth": {
            "mean": found.worst.mean,
            "known_by": found.worst.known_by,
            "there": found.worst.there,
            "elsewhere": found.worst.elsewhere,
        },
        "orders": {
            name: {book.name(entry): size for entry, size in parts.items()} for name, parts in found.orders.items()
        },
    }


def effect_tree(effect: Effect) -> Tree:
    """The effect on one quantity for machines."""
    return {
        "unit": effect.quantity.unit,
        "over": effect.quantity.over,
        "whole": _five(effect.whole),
        "by_quarter": [_five(row) for row in effect.by_quarter],
        "still": _five(effect.still),
    }


def _five(values: Any) -> list[float]:
    return [float(value) for value in np.asarray(values)]
