"""Replay: a saved game, or one game of a run, played again and compared to the last bit."""

from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from play.commands.doors import FAULTY, Refused, tell, warn
from play.figures import aligned, figure
from play.outcomes import Outcome, Ratio, by_game, quarterly, shown
from play.outside import is_outside, recorded, seated
from play.page import UNRANKED
from play.record import KEPT, Record
from play.replay import difference, first_difference, is_outdated, reopened
from play.results import Run, read_run
from play.save import Saved, read_save, write_save
from play.score import score_of, signed
from play.shards import Plan, prepared
from play.story import Story
from world.scenario import ScenarioError

Array = np.ndarray
MOST_TOLD = 8


def main(args: Namespace) -> int:
    """Play a game again, say how it went, and whether it went as before."""
    path = Path(args.path)
    if path.is_dir():
        return of_run(read_run(path), args)
    if args.game is not None:
        raise Refused(f"--game {args.game}: {path} is one game; leave --game out, or name a run's folder")
    return of_save(read_save(path), args)


def of_save(game: Saved, args: Namespace) -> int:
    """A saved game from its opening and its orders."""
    record = game.record(KEPT)
    tell([f"{game.story.title}, seed {game.seed}: {len(game.quarters)} quarters"])
    tell([*([] if game.is_ranked else [UNRANKED]), ""])
    tell(table(record, game.story))
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


def of_run(run: Run, args: Namespace) -> int:
    """One game of a run, alone."""
    if args.game is None:
        raise Refused(f"replay {run.path}: name one of its games, such as --game 0")
    rows = np.flatnonzero(run.games["game"] == args.game)
    if not rows.size:
        last = int(run.games["game"].max())
        raise Refused(f"--game {args.game}: {run.path} holds the games from 0 to {last}")
    model, seed = alone(run, args.game)
    tell([f"{model.story.title}, game {args.game} of {run.path}, seed {seed}", ""])
    tell(table(model.record, model.story))
    if args.save:
        from play.keep import saved

        write_save(Path(args.save), saved(model))
        tell(["", f"Saved as {args.save}."])
    if found := parted(run, int(rows[0]), model):
        warn(f"played again, it differs: {found}")
        return FAULTY
    tell(["", "Played again alone: the same as in the run, to the last bit."])
    return 0


def alone(run: Run, game: int) -> tuple[Any, int]:
    """A game of a run, played to its end by itself; seats that were answered from outside keep to their orders."""
    from play.model import Chokepoint
    from play.record import EVERYTHING

    plan = Plan(**{**run.about["plan"], "script": str(next(run.path.glob("script.*"), ""))})
    scenario, script = prepared(plan)
    seed = plan.seeds(game, game + 1)[0]
    if held := [seat for seat, player in plan.players.items() if is_outside(player)]:
        script = recorded(orders_of(run, game), scenario.cast, held, scenario.length)
    model = Chokepoint(
        scenario, seeds=seed, players=seated(plan.players), settings=plan.settings, script=script, keep=EVERYTHING
    )
    while model.running:
        model.step()
    return model, seed


def orders_of(run: Run, game: int) -> dict[str, Array]:
    """The rows of a run's table of orders that are one game's."""
    import pyarrow.parquet as pq

    table = pq.read_table(run.path / "orders.parquet", filters=[("game", "==", game)])
    return {name: table[name].to_numpy() for name in ("turn", "seat", "order", "pick", "amount", "asked")}


def parted(run: Run, row: int, model: Any) -> str:
    """The first outcome that is not what the run says (empty: none)."""
    now = by_game(model.record, model.story, quarterly(model.record))
    for name, values in now.items():
        was = float(run.games[name][row])
        if was != values[0] and not (np.isnan(was) and np.isnan(values[0])):
            return f"{name} was {was!r} and is {float(values[0])!r}"
    return ""


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
