"""Score: how a seat did in a finished game, beside par games and beside `standard` in the same world with the same luck."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from play.anew import played_anew
from play.figures import figure
from play.keep import saved
from play.model import Chokepoint
from play.par import BANDS, Par, ParError, band, par_of, read_par
from play.past import Change, past_of
from play.replay import difference, is_outdated, reopened
from play.save import Saved
from world.scenario import RULES_VERSION, Scenario, ScenarioError, read
from world.state import World

SLIGHT = 0.1
"""A difference below this share of the par games' spread (5th to 95th percentile) is called slight."""
SLIGHT_POINTS = 0.5
"""The same in points, where there is no par."""


@dataclass(frozen=True)
class Score:
    """What a seat got in a finished game, and what it is worth."""

    seat: str
    points: float
    """How far the seat met its own objectives, 0 to 100."""
    percentile: float | None
    """Where that stands among par games, 0 to 100; None where there are none to compare with."""
    standard_points: float
    """What `standard` in the seat would have got in the same world with the same luck."""
    missing: str = ""
    """Why there is no percentile."""
    slight: float = SLIGHT_POINTS
    """Points below which a difference says little."""
    standard_percentile: float | None = None
    """Where the points of `standard` stand among par games: how kind the world was to the seat."""

    @property
    def difference(self) -> float:
        """Points above what `standard` in the seat would have got."""
        return self.points - self.standard_points

    @property
    def band(self) -> str:
        """What the percentile is called."""
        return "" if self.percentile is None else BANDS[band(self.percentile)][1]


def score_of(game: Saved, seat: str, par: Par | None = None) -> Score:
    """The score of a seat in a finished game; `par` is looked up where it is not given.

    Raises ParError for a game that is not over, or that these rules cannot play again.
    """
    if not game.world.is_over.all():
        left = int(game.world.length[0]) - int(game.world.turn[0])
        raise ParError(f"{game.story.name}: the game is not over ({left} quarters are left); score it when it is")
    if is_outdated(game):
        raise ParError(
            f"{game.story.name}: it was played under rules {game.story.rules_version} and these are rules "
            f"{RULES_VERSION}; play it again to have it scored"
        )
    missing = ""
    if par is None:
        try:
            par = par_for(game)
        except (ParError, ScenarioError) as error:
            missing = str(error)
    row = game.cast.at("seats", seat)
    points, standard = (float(world.objective[row, 0]) for world in (game.world, by_standard(game, seat)))
    if par is None:
        return Score(seat, points, None, standard, missing)
    ranks = (par.percentile(seat, points), par.percentile(seat, standard))
    return Score(seat, points, ranks[0], standard, missing, SLIGHT * par.spread(seat), ranks[1])


def par_for(game: Saved) -> Par:
    """The par of the scenario that a game was opened from, settings included (then played on the spot).

    Raises ParError or ScenarioError where the scenario is gone or opens the game otherwise today.
    """
    scenario = read(game.story.name)
    if found := difference(game.opening, reopened(game, scenario)):
        raise ParError(
            f"{game.story.name}: the scenario opens this game otherwise today ({found}); there is no par for it"
        )
    return known_par(scenario, game.story.settings)


def known_par(scenario: Scenario, settings: Mapping[str, str | float]) -> Par:
    """Par from the file, or played now where games have settings of their own; raises ParError or ScenarioError."""
    return par_of(scenario.changed(settings)) if settings else read_par(scenario)


def by_standard(game: Saved, seat: str) -> World:
    """The end of the same game with `standard` in the seat: other doctrines answer it, people keep to their orders."""
    return quarters_by_standard(game, seat)[-1]


def quarters_by_standard(game: Saved, seat: str) -> list[World]:
    """The same, quarter by quarter, from the opening on."""
    past, worlds = past_of(game), [game.opening]
    change = Change(players={seat: "standard"})
    for turn in range(1, past.last + 1):
        worlds.append(played_anew(past, [change], turn - 1, turn, anew=1, begin=worlds[-1]))
    return worlds


def told(score: Score, whose: str = "your") -> list[str]:
    """The score in words: the percentile, the difference, and what both mean; `whose` doing it was."""
    lines = []
    if score.percentile is None:
        lines.append(f"Score: none among par games - {score.missing}.")
    else:
        lines.append(
            f"Score: {_rank(score.percentile)} of 100, {score.band}: that share of the games of a standard player "
            f"in this seat ended with fewer than {figure(score.points)} points."
        )
    lines.append(
        f"In this same world, with the same luck, a standard player would have got {figure(score.standard_points)} "
        f"points: the difference is {signed(score.difference)}."
    )
    return [*lines, meaning(score, whose)]


def as_tree(score: Score) -> dict[str, Any]:
    """The score for machines."""
    return {
        "points": score.points,
        "percentile": score.percentile,
        "standard_points": score.standard_points,
        "difference": score.difference,
        "band": score.band,
        "meaning": meaning(score),
        **({"missing": score.missing} if score.missing else {}),
    }


def _rank(percentile: float) -> str:
    return f"{percentile:.0f}"


def signed(points: float) -> str:
    """A number of points with its sign, to a tenth or finer; exactly none is 0."""
    if points == 0:
        return "0"
    return f"{points:+.1f}" if abs(points) >= 0.05 else f"{points:+.2g}"


def meaning(score: Score, whose: str = "your") -> str:
    """What percentile and difference mean together, beside how kind the world was."""
    doing = 0 if abs(score.difference) <= score.slight else 1 if score.difference > 0 else -1
    if score.percentile is None or score.standard_percentile is None:
        return UNRANKED[doing]
    result, world = level(score.percentile), level(score.standard_percentile)
    partly = "partly " if world < 0 and doing < 0 else ""
    return f"{RESULTS[result]} in {WORLDS[world]}{DOINGS[result, doing].format(whose=partly + whose)}."


def level(percentile: float) -> int:
    """1 for a percentile that is high, -1 for one that is low, else 0."""
    return 1 if percentile >= 70 else -1 if percentile < 30 else 0


RESULTS = {1: "A good result", 0: "An ordinary result", -1: "A low score"}
WORLDS = {1: "a kind world", 0: "an ordinary world", -1: "a hard world"}
_LESS = ", and {whose} doing: a standard player would have got less from it"
_MORE = ", but a standard player would have got more from it"
DOINGS = {
    (1, 1): _LESS,
    (1, 0): ": a standard player would have done about as well in it",
    (1, -1): _MORE,
    (0, 1): _LESS,
    (0, 0): ": a standard player would have done about as well in it",
    (0, -1): _MORE,
    (-1, 1): ", and well played: a standard player would have got even less from it",
    (-1, 0): ": a standard player would have done about as badly in it",
    (-1, -1): ", and {whose} doing: a standard player would have got more from it",
}
"""By the level of the result, and whether the difference is a gain, slight, or a loss."""
UNRANKED = {
    1: "You did better than a standard player would have in this world.",
    0: "You did about as well as a standard player would have in this world.",
    -1: "You did less well than a standard player would have in this world.",
}


def ending(model: Chokepoint, seat: str) -> list[str]:
    """The score of a seat of a model whose game is over, in words, or why there is none."""
    try:
        return told(score_of(saved(model), seat))
    except ParError as error:
        return [f"Score: {error}."]
