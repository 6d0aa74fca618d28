"""Why: what a figure's change in the last quarter came from, in worlds that the seat imagines."""

from collections.abc import Sequence

from desktop.screens.text import TextScreen
from desktop.table import Table
from play.asking import CannotAsk
from play.dials import spaced
from play.quantities import UnknownQuantity
from play.telling import ranged_why_lines, seen_change
from world.view import view


class WhyScreen(TextScreen):
    """The parts of one change, the largest first."""

    def __init__(self, table: Table, name: str) -> None:
        self.table = table
        self.name = name
        super().__init__(f"Why: {spaced(name).replace('.', ', ')}", "", self.told)

    def told(self) -> Sequence[str] | None:
        """The lines, once they are worked out; a sentence where there is nothing to explain."""
        table = self.table
        if table.turn == 0:
            return ["Nothing has changed yet: the first quarter is still to be played."]
        answer = table.why(self.name)
        if not answer.is_there:
            return None
        try:
            found, past = answer.value
        except (CannotAsk, UnknownQuantity, ValueError) as refusal:
            return [f"{refusal}."]
        before, after = (view(table.state(turn), table.seat) for turn in (table.turn - 1, table.turn))
        seen = seen_change(found.quantity, before, after)
        return ranged_why_lines(found, past, table.model.story, table.seat, seen)
