"""Asking: the questions that are put to what a seat imagines, or to a finished game.

While a game goes on, everything is answered in worlds that the seat imagines, from its views alone. Once it is
over, why is answered in the truth.
"""

from collections.abc import Sequence

from play.drafts import Settings, check_draft
from play.mind import WORLDS, Mind, mind_of
from play.past import Past, past_imagined, past_of
from play.preview import QUARTERS, Preview, preview
from play.quantities import quantity
from play.replay import is_outdated
from play.save import Saved
from play.story import Story
from play.why import PAIRS, Why, explained
from world.scenario import Scenario, ScenarioError, read

PREVIEWED = WORLDS
"""Worlds in which a preview is played."""
ASKED = 64
"""Worlds in which a why is answered while the game goes on."""
ASKED_PAIRS = 2
"""Pairs of opposite orders of coming in, for a why in imagined worlds: their own spread is far larger."""
OPENED = 2
"""Seats whose part is told order by order where nothing else is asked for."""


class CannotAsk(ValueError):
    """A question that this game cannot be asked, in a sentence with what would be right."""


def previewed(
    mind: Mind, draft: Settings, names: Sequence[str] = (), quarters: int = QUARTERS, with_causes: bool = True
) -> Preview:
    """What a draft changes; raises OrderRefused with the game's own refusal, and UnknownQuantity."""
    imagined = mind.imagined(mind.worlds)
    for name in names:
        quantity(imagined.world.cast, name)
    check_draft(mind.last, draft)
    return preview(imagined, draft, names, quarters, with_causes and bool(draft))


def imagined_why(
    mind: Mind, name: str, opened: Sequence[str] = (), worlds: int = ASKED, pairs: int = ASKED_PAIRS
) -> tuple[Why, Past]:
    """What a change in the last quarter came from, in every imagined world, and the worlds' past.

    Raises CannotAsk on the opening day, and UnknownQuantity.
    """
    imagined = mind.imagined(worlds)
    asked = quantity(imagined.world.cast, name)
    if imagined.before is None:
        raise CannotAsk("why: nothing has happened yet; ask again after the first quarter")
    past = past_imagined(imagined)
    return explained(past, asked, past.last, opened=opened, pairs=pairs), past


def check_playable(game: Saved) -> None:
    """Refuse a game of older rules, which can be looked at and not played again."""
    if is_outdated(game):
        raise CannotAsk(
            f"the game was played under rules {game.story.rules_version} and cannot be played again by these; "
            "ask the version of the program that played it"
        )


def scenario_of(story: Story) -> Scenario:
    """The scenario that a game is of; raises CannotAsk where there is none by that name."""
    try:
        return read(story.name)
    except ScenarioError as error:
        raise CannotAsk(f"imagining needs the game's scenario: {error}") from None


def mind_after(game: Saved, seat: str, turn: int, worlds: int = PREVIEWED) -> Mind:
    """What a seat of a saved game could imagine after a turn, from its views up to then."""
    check_playable(game)
    mind = mind_of(scenario_of(game.story), game.cast, seat, game.story.settings, worlds)
    if mind is None:
        raise CannotAsk(
            f"{game.story.name}: has other actors than the game was saved with; bring back the old scenario"
        )
    return mind.remember(game.worlds[: turn + 1])


def true_why(
    game: Saved, name: str, turn: int, since: int | None = None, opened: Sequence[str] = (), pairs: int = PAIRS
) -> tuple[Why, Past]:
    """What a change came from in a finished game; where no seat is to be opened, those with the largest parts are."""
    check_playable(game)
    past = past_of(game)
    asked = quantity(past.cast, name)
    if opened:
        return explained(past, asked, turn, since, opened, pairs), past
    found = explained(past, asked, turn, since, (), pairs)
    largest = [part.source.name for part in found.parts if part.source.orders and part.mean][:OPENED]
    return (explained(past, asked, turn, since, largest, pairs) if largest else found), past
