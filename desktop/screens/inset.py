"""The inset of the supply chain: small flows once more, enlarged by a factor that it states."""

from dataclasses import replace

import pygame

from desktop.charts import Link, Node, Sankey, draw_sankey
from desktop.pen import Pen
from desktop.screens.chains import GAP, INSIDE, Drawn

FACTORS = (50, 20, 10, 5, 4, 3, 2)
THIN = 14.0
"""Pixels below which a flow is enlarged."""
TWO_LINES = 46
"""Pixels of a band that two lines of words fit into."""


def enlarged(drawn: Drawn, per_die: float, most: float, unit: float = 1.0) -> tuple[int, Sankey] | None:
    """The chain from good dies to chips at a larger scale, and the factor; None where it is large enough as it is."""
    nodes = {node.name: node for node in drawn.sankey.nodes}
    good, chips = nodes["good"], nodes["chips"]
    if chips.value * per_die >= THIN or good.value <= 0 or chips.value <= 0:
        return None
    factor = next((one for one in FACTORS if good.value * per_die * one <= most), None)
    if factor is None:
        return None
    room = good.value - good.scrap, chips.value
    tall = [TWO_LINES * unit < amount * per_die * factor for amount in room]
    held = nodes.get("held")
    shown: tuple[Node, ...] = (
        replace(good, column=0, side="right" if tall[0] and held is None else "above"),
        Node("packages", 1, chips.value, "", "", good.colour),
        replace(chips, column=2, side="left" if tall[1] else "above_end"),
    )
    links = [Link("good", "packages", chips.value, colour=good.colour, alpha=INSIDE)]
    if held is not None:
        shown = (*shown[:1], replace(held, column=1), *shown[1:])
        links.insert(0, Link("good", "held", held.value, colour="t3", hatched=True))
    links.append(Link("packages", "chips", chips.value, colour=good.colour, alpha=INSIDE))
    return factor, Sankey(shown, tuple(links), 3, (per_die * factor,) * 3, gap=GAP)


def draw_inset(
    surface: pygame.Surface, area: pygame.Rect, drawn: Drawn, per_die: float, who: str, pen: Pen
) -> pygame.Rect | None:
    """Draws the inset into a box, where there is something to enlarge and room for it; gives its box."""
    head = pen.line("section") + pen.px(14)
    if area.height < head + pen.px(84) or area.width < pen.px(330):
        return None
    above = pen.line("strong") + pen.px(4)
    found = enlarged(drawn, per_die, 0.62 * (area.height - head - above - pen.px(18)), pen.scale.unit)
    if found is None:
        return None
    factor, sankey = found
    pen.box(surface, area, "raised")
    at = (area.left + pen.px(14), area.top + pen.px(8))
    room = area.width - pen.px(28)
    title = pen.words("supply.enlarged", who=who, factor=factor)
    if pen.width(title, "section") > room:
        title = pen.words("supply.enlarged_brief", factor=factor)
    pen.write(surface, title, at, "section", most=room)
    top = area.top + head + pen.px(4) + above
    inner = pygame.Rect(area.left + pen.px(14), top, room, area.bottom - top - pen.px(6))
    before = surface.get_clip()
    surface.set_clip(area)
    draw_sankey(surface, inner, sankey, pen)
    surface.set_clip(before)
    return area
