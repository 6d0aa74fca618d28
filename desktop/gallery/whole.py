"""A whole map screen from made-up figures, to hold beside the drawings."""

import pygame

from desktop.charts import draw_race, draw_rows
from desktop.chrome import Bar, Card, Resource, draw_bar, draw_feed, draw_head, draw_width_key, tabs_rect
from desktop.flows import FlowLayer
from desktop.gallery import atlas, figures
from desktop.kit import Button, Tabs, Toggle
from desktop.pen import Pen
from desktop.theme import CHANNELS, COLOURS

BAR = Bar(
    "2025 Q4",
    16,
    36,
    "United States",
    "US",
    "us",
    (
        Resource("Political capital", "58", "of 100", "Capital"),
        Resource("Enforcement", "$191m", "", "Enforce"),
        Resource("Allies aligned", "71%", "", "Allies"),
        Resource("US lead, months", "7½", "5–11", "Lead, months"),
    ),
    "You direct",
)
CARDS = (
    Card(
        "Week 11",
        "DeepSeek delays V4 to 2026 Q1",
        ("SMIC yields\n5 good dies in 100", "Huawei served\nbefore DeepSeek", "34% of planned\ncompute delivered"),
        "cn",
        0.34,
    ),
    Card(
        "Week 9",
        "Sixteen Blackwell racks reach Shenzhen in parts",
        ("Johor resale checks\nlast run in 2025 Q1", "About 2.9k H100e,\ntoo few to train"),
        "smug",
    ),
    Card(
        "Week 6",
        "Beijing pulls Nvidia from state data centres",
        ("Revenue share read\nas a tax", "H20 demand falls\n22k (12–35k)"),
        "cn",
    ),
)


def draw(surface: pygame.Surface, pen: Pen) -> FlowLayer:
    """Draws the screen; gives the layer of flows."""
    px = pen.px
    layer = atlas.draw_flows(surface, pen)
    area = pen.scale.map_area()
    names = pen.words.under("bar_short" if pen.scale.compact else "bar")
    shown = [names[key] for key in ("map", "orders", "intelligence", "supply", "debrief")][
        : 4 if pen.scale.compact else 5
    ]
    tabs = Tabs(name="tabs", options=tuple(shown), keys=("1", "2", "3", "4", "5"), shut=frozenset({4})).measured(pen)
    draw_bar(surface, BAR, pen, sum(tabs.widths))
    tabs.draw(surface, tabs_rect(pen, BAR, tabs), pen)
    at = (px(24), area.top + px(18))
    box = pen.paragraph(
        surface, "America adds ten times the compute China does", at, px(320), "map_finding", "t1", halo="ocean"
    )
    text = "H100-equivalents delivered in 2025 Q4. Pale bands show the range where Washington only has estimates."
    pen.paragraph(surface, text, (at[0], box.bottom + px(4)), px(310), "note", "t2", halo="ocean")
    draw_pills(surface, area, pen)
    draw_feed(surface, CARDS, pen, older=6 if pen.scale.compact else 7)
    draw_panel(surface, pen)
    return layer


def draw_pills(surface: pygame.Surface, area: pygame.Rect, pen: Pen) -> None:
    """The key, which is also the filter."""
    px = pen.px
    left, top = px(24), area.bottom - px(10) - pen.scale.target()
    words = "channels_short" if pen.scale.compact else "channels"
    for channel in CHANNELS:
        pill = Toggle(name=channel, label=pen.words(f"{words}.{channel}"), channel=channel)
        wide, tall = pill.least(pen)
        pill.draw(surface, pygame.Rect(left, top, wide, tall), pen)
        left += wide + px(8)
    if not pen.scale.compact:
        key = draw_width_key(surface, (left + px(20), top + pen.scale.target() // 2), pen)
        text, middle = pen.words("map.mark"), key.centery - pen.line("note") // 2
        pen.write(surface, text, (area.right - px(18), middle), "note", "t2", align="right")


def draw_panel(surface: pygame.Surface, pen: Pen) -> None:
    """The race, what was gained, the request, the end of the quarter."""
    px = pen.px
    side = pen.scale.side_panel()
    surface.fill(COLOURS["panel"], side)
    pen.upright(surface, side.left, side.top, side.height)
    left, wide = side.left + px(20), side.width - px(40)
    short = pen.scale.compact
    unit = "Capability index of each lab’s best released model"
    foot = draw_head(
        surface, (left, side.top + px(16)), wide, "The US frontier leads China’s best lab by about 7½ months", unit, pen
    )
    rect = pygame.Rect(left, foot + px(12), wide, px(252 if short else 282))
    draw_race(surface, rect, figures.race(), pen)
    y = rect.bottom + px(8)
    pen.rule(surface, left, y, wide)
    pen.write(surface, "Compute gained this quarter", (left, y + px(8)), "headline", most=round(wide * 0.72))
    drop = y + px(8) + pen.baseline("headline") - pen.baseline("note")
    if not short:
        pen.write(surface, "H100e, log scale", (left + wide, drop), "note", "t3", align="right")
    foot = draw_rows(surface, pygame.Rect(left, y + px(38), wide, px(200)), figures.ROWS[:-1], 4e3, 4e6, pen, log=True)
    end = pygame.Rect(left, side.bottom - px(24) - px(52), wide, px(52))
    if side.bottom - foot > px(205):
        pen.rule(surface, left, foot + px(6), wide)
        y = foot + px(12)
        pen.write(surface, "Nvidia asks to sell the B30A to China", (left, y), "headline", most=wide)
        text = "Six times your export threshold. Answer before the quarter ends or the request lapses."
        y = pen.paragraph(surface, text, (left, y + pen.line("headline")), wide, "body", "t2", count=2).bottom
        button = Button(name="open", label="Open request")
        button.draw(surface, pygame.Rect(left, y + px(5), px(126), px(32)), pen)
        pen.write(surface, "1 of 3 decisions left", (left + px(140), y + px(12)), "note", "t2")
    Button(name="end", label="End quarter", kind="primary", hint="Space").draw(surface, end, pen)
