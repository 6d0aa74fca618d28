"""All orders that the seat may give: what each does, its bounds, its price, why it may be refused; searched."""

from desktop.screens.text import TextScreen
from desktop.table import Table
from play.dials import issuers, spaced
from play.terminal import manual


class ManualScreen(TextScreen):
    """The manual of the seat."""

    def __init__(self, table: Table) -> None:
        cast = table.model.cast
        lines: list[str] = []
        for kind in table.sitting.kinds:
            _, *rest = manual(kind, issuers(cast, kind))
            told = [line for line in rest if not line.strip().startswith(("Given by:", "Answers to"))]
            lines += [spaced(kind.name).capitalize(), *told, ""]
        super().__init__("All your orders", "", lambda: lines, searched=True)
