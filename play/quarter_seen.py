"""The last quarter as a seat may know it, in many worlds; on the opening day the first one as it will likely go."""

from agents.imagine import Imagined
from agents.rollout import handed_in, seated
from play.chain import Quarter
from play.model import Chokepoint
from world.turn import advance


def quarter_imagined(imagined: Imagined) -> Quarter:
    """The last quarter in the worlds that a seat imagines; before the first one, that quarter with standard players."""
    if imagined.before is not None:
        return Quarter(imagined.before, imagined.world, imagined.rules)
    world = imagined.world
    wanted, notes = handed_in(world, seated(world.cast, imagined.size))
    return Quarter(world, advance(world, wanted, imagined.rules, notes=notes), imagined.rules, is_ahead=True)


def quarter_true(model: Chokepoint) -> Quarter:
    """The last quarter of a finished game, as it was; raises LookupError while the game goes on."""
    if model.running:
        raise LookupError("the game is not over; ask a seat's imagined worlds instead")
    before, after = model.record.quarters[-2:]
    return Quarter(before, after, model.rules)
