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
    points = float(game.world.objective[row, 0])
    return Score(
        seat,
        points,
        None if par is None else par.percentile(seat, points),
        float(by_standard(game, seat).objective[row, 0]),
        missing,
        SLIGHT_POINTS if par is None else SLIGHT * par.spread(seat),
    )


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
    past = past_of(game)
    return played_anew(past, [Change(players={seat: "standard"})], 0, past.last, anew=1)


def told(score: Score) -> list[str]:
    """The score in words: the percentile, the difference, and what both mean."""
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
    return [*lines, meaning(score)]


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


def meaning(score: Score) -> str:
    """What percentile and difference mean together."""
    doing = 0 if abs(score.difference) <= score.slight else 1 if score.difference > 0 else -1
    if score.percentile is None:
        return MEANINGS[None, doing]
    return MEANINGS[1 if score.percentile >= 70 else -1 if score.percentile < 30 else 0, doing]


MEANINGS = {
    (1, 1): "A good result, and your doing: the world alone would have given less.",
    (1, 0): "A good result, but the world was kind: a standard player would have done about as well in it.",
    (1, -1): "A good result, thanks to the world: a standard player would have done better still in it.",
    (0, 1): "An ordinary result in a hard world: a standard player would have got less from it.",
    (0, 0): "An ordinary result: about what a standard player gets, in this world as in most.",
    (0, -1): "An ordinary result in a kind world: a standard player would have got more from it.",
    (-1, 1): "A low score in a hard world, and well played: a standard player would have got even less from it.",
    (-1, 0): "A low score in a hard world: a standard player would have done about as badly in it.",
    (-1, -1): "A low score that was your doing: a standard player would have got more from the same world.",
    (None, 1): "You did better than a standard player would have in this world.",
    (None, 0): "You did about as well as a standard player would have in this world.",
    (None, -1): "You did less well than a standard player would have in this world.",
}
"""By where the percentile lies (high, middle, low, unknown) and whether the difference is a gain, slight, or a loss."""


def ending(model: Chokepoint, seat: str) -> list[str]:
    """The score of a seat of a model whose game is over, in words, or why there is none."""
    try:
        return told(score_of(saved(model), seat))
    except ParError as error:
        return [f"Score: {error}."]
