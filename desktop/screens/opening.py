"""Opening: the screens of a game by name, loaded only when they are wanted."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desktop.screen import Screen

if TYPE_CHECKING:
    from desktop.table import Table

CLASSES = {
    "map": "MapScreen",
    "orders": "OrdersScreen",
    "intelligence": "IntelligenceScreen",
    "supply": "SupplyScreen",
    "debrief": "DebriefScreen",
    "resolve": "ResolveScreen",
    "curtain": "CurtainScreen",
    "log": "LogScreen",
    "glossary": "GlossaryScreen",
    "menu": "MenuScreen",
    "manual": "ManualScreen",
    "why": "WhyOverlay",
    "sources": "SourcesOverlay",
}
"""Screens by the name of their module."""


def opened(name: str, table: "Table", *more: Any) -> Screen:
    """A screen of a game by the name of its module."""
    made: Screen = getattr(import_module(f"desktop.screens.{name}"), CLASSES[name])(table, *more)
    return made


def first(table: "Table") -> Screen:
    """The screen on which a game begins or is taken up: the tutorial is led, two people meet a curtain."""
    from desktop.tutorial import led

    name = "debrief" if table.is_over else "curtain" if len(table.people) > 1 else "map"
    return led(opened(name, table), table)
