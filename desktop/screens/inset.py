"""The inset of the supply chain: small flows once more, enlarged by a factor that it states."""

import pygame

from desktop.charts import Link, Node, Sankey, draw_sankey
from desktop.pen import Pen
from desktop.screens.chains import Drawn

FACTORS = (50, 20, 10, 5, 4, 3, 2)
THIN = 14.0
"""Pixels below which a flow is enlarged."""


def enlarged(drawn: Drawn, per_die: float, most: float) -> tuple[int, Sankey] | None:
    """The chain from good dies to chips at a larger scale, and the factor; None where it is large enough as it is."""
    nodes = {node.name: node for node in drawn.sankey.nodes}
    good, chips = nodes["good"], nodes["chips"]
    if chips.value * per_die >= THIN or good.value <= 0 or chips.value <= 0:
        return None
    factor = next((one for one in FACTORS if good.value * per_die * one <= most), None)
    if factor is None:
        return None
    shown: tuple[Node, ...] = (
        Node("good", 0, good.value, good.label, good.figure, good.colour, good.scrap, good.scrap_text, side="right"),
        Node("packages", 1, chips.value, "", "", good.colour),
        Node("chips", 2, chips.value, chips.label, chips.figure, chips.colour, side="left"),
    )
    held = nodes.get("held")
    links = [Link("good", "packages", chips.value, colour=good.colour, alpha=0.5)]
    if held is not None:
        shown = (*shown[:1], Node("held", 1, held.value, held.label, held.figure, "t3"), *shown[1:])
        links.insert(0, Link("good", "held", held.value, colour="t3", hatched=True))
    links.append(Link("packages", "chips", chips.value, colour=good.colour, alpha=0.5))
    return factor, Sankey(shown, tuple(links), 3, (per_die * factor,) * 3, gap=26)


def draw_inset(
    surface: pygame.Surface, area: pygame.Rect, drawn: Drawn, per_die: float, who: str, pen: Pen
) -> pygame.Rect | None:
    """Draws the inset into a box, where there is something to enlarge and room for it; gives its box."""
    head = pen.line("section") + pen.px(14)
    if area.height < head + pen.px(84) or area.width < pen.px(330):
        return None
    found = enlarged(drawn, per_die, 0.62 * (area.height - head - pen.px(18)))
    if found is None:
        return None
    factor, sankey = found
    pen.box(surface, area, "raised")
    at = (area.left + pen.px(14), area.top + pen.px(8))
    pen.write(
        surface, pen.words("supply.enlarged", who=who, factor=factor), at, "section", most=area.width - pen.px(28)
    )
    inner = pygame.Rect(
        area.left + pen.px(14), area.top + head + pen.px(4), area.width - pen.px(28), area.height - head - pen.px(10)
    )
    before = surface.get_clip()
    surface.set_clip(area)
    draw_sankey(surface, inner, sankey, pen)
    surface.set_clip(before)
    return area
