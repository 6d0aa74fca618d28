"""Sites on the map: a sign in a ring, its label placed by hand, installed compute standing on it as blocks."""

from dataclasses import dataclass

import pygame

from desktop.glyphs import KEY_SITE_RADIUS, SITE_RADIUS
from desktop.pen import Ink, Pen, ink
from desktop.theme import mix

PER_BLOCK = 100_000.0
ANCHORS = ("left", "right", "above", "below")
LAW: dict[str, str] = {"us": "us", "cn": "cn", "swing": "ivory"}
"""The colour of the ring by whose law applies."""


@dataclass(frozen=True)
class Site:
    """A place on the map. `anchor` is the side of the ring where the label stands, `offset` moves it (pixels at 1600 x 900).

    `installed` is compute in H100e, drawn as one block for each 100k; `sub` is a second line that the compact layout drops.
    """

    name: str
    kind: str
    longitude: float
    latitude: float
    law: str = "swing"
    label: str = ""
    local: str = ""
    sub: str = ""
    anchor: str = "right"
    offset: tuple[float, float] = (0.0, 0.0)
    key: bool = False
    installed: float = 0.0
    reason: str = ""

    @property
    def colour(self) -> Ink:
        """The colour of its ring."""
        return LAW.get(self.law, "ivory")


def radius_of(site: Site) -> float:
    """The radius of a site's ring."""
    return KEY_SITE_RADIUS if site.key else SITE_RADIUS


def hit_box(at: tuple[float, float], pen: Pen) -> pygame.Rect:
    """Where a site can be pressed: at least 28 by 28, though its sign is 15 wide."""
    side = pen.scale.target()
    return pygame.Rect(round(at[0] - side / 2), round(at[1] - side / 2), side, side)


def draw_site(
    surface: pygame.Surface,
    site: Site,
    at: tuple[float, float],
    pen: Pen,
    hover: bool = False,
    focused: bool = False,
    selected: bool = False,
    halo: str | None = "ocean",
) -> pygame.Rect:
    """Draws a site with its label and its blocks; gives the box of its label."""
    radius = radius_of(site)
    off = bool(site.reason)
    draw_blocks(surface, site, at, radius, pen)
    if hover:
        pen.disc(surface, at, radius + 6.5, "ivory", alpha=0.2)
    if focused:
        pen.ring(surface, at, radius + 5.5, 2, "ivory")
    if selected:
        pen.ring(surface, at, radius + 4.5, 1.2, "ivory")
    pen.site(surface, site.kind, at, site.colour, radius, alpha=0.45 if off else 1.0)
    return draw_label(surface, site, at, radius + (5 if selected else 0), pen, halo)


def draw_blocks(surface: pygame.Surface, site: Site, at: tuple[float, float], radius: float, pen: Pen) -> None:
    """Installed compute: one block for each 100k, the last cut to its part, from the ring upwards."""
    wide, tall = pen.px(9), max(2, pen.px(2))
    step = tall + max(1, pen.px(1))
    left, bottom = round(at[0]) - wide // 2, round(at[1] - pen.scale.real(radius + 4))
    blocks = site.installed / PER_BLOCK
    for n in range(int(blocks)):
        surface.fill(ink(site.colour), (left, bottom - (n + 1) * step, wide, tall))
    rest = blocks - int(blocks)
    if rest > 0.05:
        top = bottom - (int(blocks) + 1) * step
        surface.fill(mix(ink("ocean"), ink(site.colour), 0.35), (left, top, wide, tall))
        surface.fill(ink(site.colour), (left, top, max(1, round(wide * rest)), tall))


def draw_label(
    surface: pygame.Surface, site: Site, at: tuple[float, float], radius: float, pen: Pen, halo: str | None
) -> pygame.Rect:
    """The label of a site at its anchor."""
    if not site.label:
        return pygame.Rect(round(at[0]), round(at[1]), 0, 0)
    gap = pen.scale.real(radius + 4)
    line = pen.line("site")
    second = site.sub if not pen.scale.compact else ""
    tall = line + (pen.line("note") if second else 0)
    dx, dy = pen.scale.real(site.offset[0]), pen.scale.real(site.offset[1])
    places = {
        "right": (at[0] + gap, at[1] - line / 2, "left"),
        "left": (at[0] - gap, at[1] - line / 2, "right"),
        "above": (at[0], at[1] - gap - tall, "centre"),
        "below": (at[0], at[1] + gap, "centre"),
    }
    x, y, align = places[site.anchor]
    colour = "off" if site.reason else "t1"
    box = pen.write(surface, site.label, (x + dx, y + dy), "site", colour, align=align, halo=halo)
    if second:
        box = box.union(pen.write(surface, second, (x + dx, box.bottom), "note", "t2", align=align, halo=halo))
    return box
