"""Charts: pure drawings of plain data. Screens keep the pictures and draw them anew only when the data change."""

from desktop.charts.axis import Axis
from desktop.charts.bands import Bands, Estimate, Event, Known, draw_bands
from desktop.charts.belief import Belief, draw_belief
from desktop.charts.preview import Band, Cause, Effect, draw_causes, draw_effects, draw_key
from desktop.charts.race import Fan, Lead, Line, Race, draw_race
from desktop.charts.ranges import Row, draw_range, draw_rows
from desktop.charts.sankey import Link, Node, Sankey, draw_sankey

__all__ = [
    "Axis",
    "Band",
    "Bands",
    "Belief",
    "Cause",
    "Effect",
    "Estimate",
    "Event",
    "Fan",
    "Known",
    "Lead",
    "Line",
    "Link",
    "Node",
    "Race",
    "Row",
    "Sankey",
    "draw_bands",
    "draw_belief",
    "draw_causes",
    "draw_effects",
    "draw_key",
    "draw_race",
    "draw_range",
    "draw_rows",
    "draw_sankey",
]
