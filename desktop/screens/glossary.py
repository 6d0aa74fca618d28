"""The glossary: the terms of the field, each in a sentence or two, searched."""

from desktop.screens.text import TextScreen
from desktop.table import Table
from play.glossary import glossary


class GlossaryScreen(TextScreen):
    """Every term."""

    def __init__(self, table: Table | None = None) -> None:
        lines = [line for term in glossary() for line in (", ".join((term.name, *term.also)), f"  {term.text}", "")]
        super().__init__("Glossary", "", lambda: lines, searched=True)
