"""Golden games: whole games as short texts, so that the diff of a change of rules shows what it did to a game.

`python -m tests.play.golden` plays them again and rewrites the texts. Numbers have four digits, on which all
processors and versions agree.
"""

from pathlib import Path

from play.figures import THIN, aligned, figure
from play.model import Chokepoint
from play.outcomes import declared, quarterly
from world.scenario import read

FOLDER = Path(__file__).parent
SCENARIO = "november-2025"
SEED = 1
GAMES = ("standard", "random")
"""The doctrine in every seat of each game."""
TOLD = (
    *("lead", "best_us", "best_cn", "made_us", "made_cn", "usable_cn", "huawei_chips", "licensed_chips"),
    *("smuggled_chips", "rented", "premium", "sales_to_cn", "stance", "strictness", "ceiling"),
)
"""The outcomes that a text tells, a line each."""
WIDTH = 9
"""Letters of a column, so that a longer number moves no other line."""


def path_of(doctrine: str) -> Path:
    """The file of a game."""
    return FOLDER / f"{doctrine}.txt"


def golden(doctrine: str) -> str:
    """A game with one doctrine in every seat, as text: its outcomes, quarter by quarter."""
    scenario = read(SCENARIO)
    model = Chokepoint(scenario, seeds=SEED, players={seat.name: doctrine for seat in scenario.cast.seats})
    while model.running:
        model.step()
    quarters, known = quarterly(model.record), declared(model.cast)
    turns = range(1, model.record.turns + 1)
    rows = [("", "", *(model.story.quarter(turn).rjust(WIDTH) for turn in turns))]
    for name in TOLD:
        rows.append((name, known[name].unit, *(figure(one[0], 4).replace(THIN, "") for one in quarters[name])))
    title = f"{SCENARIO}, seed {SEED}, {doctrine} in every seat"
    return "\n".join([title, "", *aligned(rows, left=2), ""])
