"""Snapshot: one game as a seat sees it, in plain names, numbers and units, for screens, texts and bots."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from play.cells import cells
from play.dials import Dial, book_of
from play.disputes import disputed, lean_of
from play.story import Story
from world.cast import Cast
from world.orders import MOVES
from world.phases.intelligence import QUESTIONS
from world.phases.standing import OBJECTIVES
from world.state import columns
from world.view import View

Tree = dict[str, Any]

TOLD_APART = {
    *("ordered", "in_force", "wait", "refused", "notes", "belief", "belief_width", "report"),
}
"""Columns that a snapshot says in words of its own."""

NINE_TENTHS = 1.645
"""Half the width of the middle 90 % of a normal, in standard deviations."""


def snapshot(view: View, story: Story, game: int = 0, is_ranked: bool = True) -> Tree:
    """What one seat sees of one game: everything it knows exactly, believes, is told, and may do."""
    cast, seat = view.cast, view.cast.seats[view.seats[0]]
    return {
        **moment(view, story, game),
        "is_ranked": is_ranked,
        "seat": {
            "name": seat.name,
            "title": seat.title,
            "role": seat.role,
            "bloc": seat.bloc,
            "about": story.abouts.get(seat.name, ""),
            "objectives": _objectives(cast, view.seats[0]),
        },
        "purse": purse(view, game),
        "quantities": quantities(view, game),
        "beliefs": beliefs(view, game),
        "reports": reports(view, game),
        "sources": sources(view.cast, story),
        "dials": [one for one in dials(view, game) if one["seat"] == seat.name],
        "rules": [one for one in dials(view, game) if one["seat"] != seat.name],
        "refused": refusals(view, game),
    }


def moment(view: View, story: Story, game: int = 0) -> Tree:
    """Which game this is, and when."""
    turn, length = int(view.public("turn")[game]), int(view.public("length")[game])
    is_over = bool(view.public("is_over")[game])
    return {
        "scenario": story.name,
        "title": story.title,
        "turn": turn,
        "length": length,
        "is_over": is_over,
        "played": story.quarter(turn) if turn else "",
        "coming": "" if is_over else story.quarter(turn + 1),
    }


def _objectives(cast: Cast, seat: int) -> dict[str, float]:
    names = OBJECTIVES[cast.seats[seat].role]
    return {name: float(w) for name, w in zip(names, cast.weights[seat], strict=True)}


def quantities(view: View, game: int = 0) -> dict[str, Tree]:
    """Every quantity of which the seat sees something exactly, with unit, meaning, and what it sees by name."""
    found = {}
    for column, declared in columns().items():
        if column in TOLD_APART:
            continue
        seen = view.seen(column)
        if not seen.is_seen.any():
            continue
        values = {
            label.removeprefix(column).removeprefix("."): number(seen.values[*place, game])
            for place, label in cells(view.cast, column)
            if seen.is_seen[place]
        }
        about = declared.metadata
        found[column] = {"unit": about["unit"], "doc": about["doc"], "values": values}
    return found


def number(value: Any) -> float | int | bool:
    """A number of an array as one that JSON knows, without the noise of short floats."""
    plain = value.item()
    return float(f"{plain:.7g}") if isinstance(plain, float) else plain


def beliefs(view: View, game: int = 0) -> dict[str, Tree]:
    """What the seat believes of disputed quantities: the middle, and a range for nine times in ten."""
    found: dict[str, Tree] = {}
    for question in view.cast.questions:
        about, belief = QUESTIONS[question], view.belief(question)
        middle, width = float(belief.ln[0, game]), float(belief.width[0, game])
        found[question] = {"unit": about.unit, "doc": about.doc}
        for name, side in (("low", -1), ("middle", 0), ("high", 1)):
            found[question][name] = float(f"{about.told(middle + side * NINE_TENTHS * width):.4g}")
    return found


def reports(view: View, game: int = 0) -> dict[str, dict[str, float]]:
    """What each source last published on the questions it speaks about, in the questions' units."""
    cast, said = view.cast, view.public("report")[..., game]
    found: dict[str, dict[str, float]] = {}
    if int(view.public("turn")[game]) == 0:
        return found
    for row, source in enumerate(cast.sources):
        for at, question in enumerate(cast.questions):
            if cast.source_speaks[row, at]:
                value = QUESTIONS[question].told(float(said[row, at]))
                found.setdefault(source, {})[question] = float(f"{value:.4g}")
    return found


def sources(cast: Cast, story: Story) -> dict[str, Tree]:
    """Who publishes, what each is called, and by which share it usually runs over the truth of what is disputed."""
    asked = [(question, cast.at("questions", question)) for question in disputed(cast)]
    return {
        source: {
            "title": story.called(source),
            "leans": {
                question: float(f"{lean_of(cast, row, at):.4g}")
                for question, at in asked
                if cast.source_speaks[row, at]
            },
        }
        for row, source in enumerate(cast.sources)
    }


def purse(view: View, game: int = 0) -> Tree:
    """What the seat can pay for orders with this quarter, and how many it may give."""
    kinds = [view.layout.places[kind].kind for kind in view.kinds()]
    return {
        "moves": MOVES,
        "currency": kinds[0].currency if kinds else "thousand USD",
        "amount": number(view.budget()[0, game]),
    }


def dials(view: View, game: int = 0) -> Iterator[Tree]:
    """Every dial whose setting the seat knows, entry by entry: as last set, as in force, and what moving it takes."""
    book, seen = book_of(view.cast), view.seen("ordered")
    ordered, in_force = seen.values[:, game], view.steps_in_force().values[:, game]
    for entry, rows in enumerate(book.of_entry):
        if not seen.is_seen[rows[0]]:
            continue
        dial = book.dials[rows[0]]
        yield {
            **named(dial),
            "price": dial.kind.price,
            "currency": dial.kind.currency,
            "delay": dial.kind.delay,
            "amounts": {
                book.dials[row].amount.name: {
                    "unit": book.dials[row].amount.unit,
                    "set": book.dials[row].amount.value(int(ordered[row])),
                    "in_force": book.dials[row].amount.value(int(in_force[row])),
                    "low": book.dials[row].amount.low,
                    "high": book.dials[row].amount.high,
                    "step": book.dials[row].amount.step,
                }
                for row in rows
            },
            "entry": entry,
        }


def named(dial: Dial) -> Tree:
    """Whose dial it is, and what it is about."""
    return {"seat": dial.seat, "order": dial.kind.name, "picks": list(dial.picks)}


def refusals(view: View, game: int = 0) -> list[Tree]:
    """The seat's orders of the last quarter that did not stand, and why."""
    book = book_of(view.cast)
    codes = view.seen("refused").values[:, game]
    return [
        {
            **named(book.dials[book.of_entry[entry][0]]),
            "why": book.refusal(int(entry), int(codes[entry])),
        }
        for entry in np.flatnonzero(codes)
    ]
