"""Replay: a saved game, or one game of a run, played again, compared to the last bit, and written as asked."""

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from play.commands.doors import FAULTY, Refused, tell, warn, writing
from play.export import FORMS, form_of, tables_of, write_rows
from play.figures import aligned, figure
from play.games import game_at, played_again, recipe_of
from play.keep import saved
from play.outcomes import Outcome, Ratio, quarterly, shown
from play.page import UNRANKED
from play.record import KEPT, Record
from play.replay import difference, first_difference, is_outdated, reopened
from play.save import ENDING, Saved, write_save
from play.score import score_of, signed
from play.story import Story
from play.tables import NAMES, Column
from world.scenario import ScenarioError
from world.scenario_text import remedy

Array = np.ndarray
MOST_TOLD = 8
QUARTERS = "quarters"
Tables = Callable[[], Mapping[str, Sequence[Column]]]


def main(args: Namespace) -> int:
    """Play a game again, say how it went, whether it went as before, and write it where that was asked for."""
    path = Path(args.path)
    check_places(args.out, args.table)
    if path.is_dir():
        return of_run(path, args)
    return of_save(game_at(path, args.game), args)


def check_places(places: Sequence[str], table: str | None) -> None:
    """Refuse places for a game that say no form or have no folder, and a table that has no place."""
    if table is not None and table not in NAMES:
        raise Refused(f"--table {table}: there is no such table; {remedy(table, NAMES)}")
    for place in map(Path, places):
        if not form_of(place):
            raise Refused(f"--out {place}: write a name that ends in {', '.join(FORMS[:-1])} or {FORMS[-1]}")
        if place.is_dir() or not place.resolve().parent.is_dir():
            raise Refused(f"--out {place}: is no place for a file; name one in a folder that exists")
    if table is not None and all(form_of(Path(place)) == ENDING for place in places):
        raise Refused(
            f"--table {table}: there is no place for its rows; add --out and a {', '.join(FORMS[1:-1])} or {FORMS[-1]}"
        )


def export(game: Saved, tables: Tables, args: Namespace) -> list[str]:
    """Write a game into the places that were asked for, and say so."""
    told = []
    for place in map(Path, args.out):
        if form_of(place) == ENDING:
            write_save(place, game)
            told.append(f"Saved as {place}.")
            continue
        table = args.table or QUARTERS
        columns = tables()[table]
        with writing("--out", place, "file"):
            write_rows(place, columns)
        rows = columns[0].values.size
        counted = f"{figure(rows)} rows of {table} are" if rows != 1 else f"row of {table} is"
        told.append(f"Its {counted} written as {place}.")
    return ["", *told] if told else []


def of_save(game: Saved, args: Namespace) -> int:
    """A saved game from its opening and its orders."""
    record = game.record(KEPT)
    tell([f"{game.story.title}, seed {game.seed}: {len(game.quarters)} quarters"])
    tell([*([] if game.is_ranked else [UNRANKED]), ""])
    tell([*table(record, game.story), *export(game, lambda: tables_of(game), args)])
    if is_outdated(game):
        warn(f"it was played under rules {game.story.rules_version} and cannot be played again by these")
        return FAULTY
    if found := first_difference(game):
        warn(f"played again, it differs {found}")
        return FAULTY
    tell(["", "Played again from its opening and orders: the same to the last bit."])
    tell([opening_of(game), *scores(game)])
    return 0


def scores(game: Saved) -> list[str]:
    """The scores of a finished game: of the seats that people held, or of those that the scenario recommends."""
    if not game.world.is_over.all():
        return []
    found = [score_of(game, seat) for seat in game.people or game.cast.recommended or tuple(game.players)]
    rows = [("", "points", "percentile", "standard", "difference", "")]
    for one in found:
        rank = "none" if one.percentile is None else f"{one.percentile:.0f}"
        rows.append((one.seat, figure(one.points), rank, figure(one.standard_points), signed(one.difference), one.band))
    missing = [f"No percentile: {one.missing}." for one in found[:1] if one.missing]
    return ["", *aligned(rows), *missing]


def opening_of(game: Saved) -> str:
    """Whether the scenario still opens a game of that seed as this one opened."""
    name = game.story.name
    try:
        found = difference(game.opening, reopened(game))
    except ScenarioError as error:
        return f"Its opening could not be compared with the scenario: {error}."
    if found:
        return f"The scenario {name} opens it otherwise today: {found}."
    return f"Its opening is what {name} gives for seed {game.seed}."


def of_run(path: Path, args: Namespace) -> int:
    """One game of a run, alone."""
    again = played_again(recipe_of(path, args.game))
    model = again.model
    tell([f"{model.story.title}, game {args.game} of {path}, seed {again.recipe.seed}", ""])
    tell(table(model.record, model.story))
    if found := again.parted():
        warn(f"played again, it differs from its row: {found}; the program or the folder has changed since")
        return FAULTY
    same = "Played again alone: the same as its row, to the last bit."
    tell(["", same, *export(saved(model), again.tables, args)])
    return 0


def table(record: Record, story: Story) -> list[str]:
    """The outcomes of a game, quarter by quarter."""
    told: list[Outcome | Ratio] = shown(record.cast)[:MOST_TOLD]
    if not record.turns:
        return ["No quarter has been played yet."]
    quarters = quarterly(record)
    rows = [("", *(one.name.replace("_", " ") for one in told)), ("", *(one.unit for one in told))]
    turns = record.history("turn")[1:, 0]
    for at, turn in enumerate(turns):
        rows.append((story.quarter(int(turn)), *(figure(quarters[o.name][at, 0]) for o in told)))
    return aligned(rows)
