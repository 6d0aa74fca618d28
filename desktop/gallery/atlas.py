"""The map, empty and with made-up flows."""

import pygame

from desktop import curves
from desktop.flows import Flow, FlowLayer, draw_figure
from desktop.globe import Globe, MapPicture, read_land
from desktop.pen import Pen
from desktop.sites import Site, draw_site
from desktop.theme import COLOURS

SITES = (
    Site("asml", "tools", 5.4, 51.4, "swing", "ASML", sub="Veldhoven"),
    Site("beijing", "government", 116.4, 39.9, "cn", "Beijing", offset=(2, -8)),
    Site("mongolia", "centre", 112.2, 40.9, "cn", "Inner Mongolia", anchor="left", installed=290_000),
    Site("gansu", "centre", 98.5, 37.4, "cn", "Gansu", anchor="left", installed=120_000),
    Site("guizhou", "centre", 106.6, 26.6, "cn", "Guizhou", offset=(2, -4), installed=240_000),
    Site("shanghai", "foundry", 121.5, 31.2, "cn", "SMIC Shanghai"),
    Site("hangzhou", "lab", 119.6, 29.6, "cn", "DeepSeek", anchor="left"),
    Site("shenzhen", "designer", 114.1, 22.5, "cn", "Huawei", anchor="below", offset=(22, 2)),
    Site("hsinchu", "foundry", 121.0, 24.8, "swing", "TSMC Hsinchu", offset=(4, -12), key=True),
    Site("tainan", "foundry", 120.2, 23.0, "swing", "Tainan", offset=(2, 6)),
    Site("icheon", "memory", 127.4, 37.3, "swing", "SK Hynix"),
    Site("tokyo", "tools", 139.7, 35.7, "swing", "Tokyo Electron", anchor="above"),
    Site("johor", "transshipment", 103.7, 1.5, "swing", "Johor, Singapore", offset=(0, 14), installed=280_000),
    Site("dhabi", "centre", 54.4, 24.5, "swing", "Abu Dhabi", anchor="left", installed=300_000),
    Site(
        "clara", "designer", -122.0, 37.35, "us", "Nvidia", sub="Santa Clara", anchor="left", offset=(4, -20), key=True
    ),
    Site("arizona", "foundry", -112.0, 33.6, "us", "TSMC Arizona", anchor="below"),
    Site("texas", "centre", -99.5, 32.0, "us", "Texas", installed=1_900_000),
    Site("iowa", "centre", -93.6, 41.6, "us", "Iowa", installed=1_700_000),
    Site("virginia", "centre", -77.5, 37.5, "us", "Virginia", offset=(0, 6), installed=2_500_000),
    Site("washington", "government", -73.5, 41.5, "us", "Washington", anchor="above"),
)


def places(globe: Globe) -> dict[str, tuple[float, float]]:
    """Where the sites lie on a map."""
    return {site.name: globe.place(site.longitude, site.latitude) for site in SITES}


def flows(at: dict[str, tuple[float, float]], globe: Globe) -> list[Flow]:
    """Made-up flows of every channel."""
    arc, label, unit = curves.arc, globe.on_map, globe.magnitude

    def across(name: str, side: float) -> curves.Path:
        start, gate = at["hsinchu"], at["clara"]
        start = (start[0] + 4 * unit, start[1] + side * unit)
        sea = (start[0] + (gate[0] - start[0]) * 0.3, start[1] - 2 * unit)
        gate = (gate[0], gate[1] + side * unit)
        return curves.through([start, sea, gate, at[name]], 40)

    return [
        Flow("iowa", "domestic_us", across("iowa", -18), 600_000, gap=(14, 12)),
        Flow("virginia", "domestic_us", across("virginia", 1), 900_000, gap=(14, 12)),
        Flow("texas", "domestic_us", across("texas", 20), 420_000, figure="1.9M", label="US labs and clouds",
             at=label(800, 462), align="centre", large=True, gap=(14, 12)),
        Flow("gulf", "licensed", arc(at["hsinchu"], at["dhabi"], 0.27), 118_000, figure="120k", label="Licensed, Gulf",
             at=label(300, 520)),
        Flow("malaysia", "licensed", arc(at["hsinchu"], at["johor"], 0.14), 64_000, figure="64k",
             label="Licensed, Malaysia", at=label(640, 536)),
        Flow("h20", "licensed", arc(at["hsinchu"], at["beijing"], -0.3), 38_000, figure="38k", label="Licensed H20",
             at=label(660, 178)),
        Flow("mongolia", "domestic_cn", arc(at["shenzhen"], at["mongolia"], 0.06), 24_000, 13_000, 43_000, figure="84k",
             range="45–150k", label="Domestic", at=label(553, 268)),
        Flow("gansu", "domestic_cn", arc(at["shenzhen"], at["gansu"], 0.06), 24_000, 13_000, 43_000),
        Flow("guizhou", "domestic_cn", arc(at["shenzhen"], at["guizhou"], 0.08), 18_000, 9_000, 32_000),
        Flow("deepseek", "domestic_cn", arc(at["shenzhen"], at["hangzhou"], -0.1), 18_000, 9_000, 32_000),
        Flow("johor", "smuggled", arc(at["johor"], at["shenzhen"], 0.2), 17_000, 7_000, 45_000, figure="21k",
             range="9–60k", label="Smuggled to Shenzhen", at=label(500, 590)),
        Flow("dhabi", "smuggled", arc(at["dhabi"], at["shenzhen"], -0.06), 4_000, 1_000, 15_000),
        Flow("cloud", "remote", arc(at["johor"], at["beijing"], 0.3), 44_000, 35_000, 60_000, figure="44k",
             range="35–60k", label="Remote cloud", at=label(398, 356), align="right"),
        Flow("scanners", "tools", arc(at["asml"], at["hsinchu"], 0.17)),
        Flow("duv", "tools", arc(at["asml"], at["shanghai"], 0.17)),
        Flow("euv", "tools", arc(at["asml"], at["beijing"], 0.12), closed_at=0.4, label="EUV blocked, DUV open",
             at=label(262, 140), align="centre"),
        Flow("memory", "tools", arc(at["icheon"], at["hsinchu"], 0.06)),
        Flow("etch", "tools", arc(at["tokyo"], at["hsinchu"], 0.1)),
        Flow("hbm", "tools", arc(at["icheon"], at["shanghai"], 0.06), closed_at=0.45, label="HBM blocked",
             at=label(680, 297)),
    ]  # fmt: skip


def background(pen: Pen) -> pygame.Surface:
    """The empty map at the size of the map's area."""
    area = pen.scale.map_area()

    def make() -> pygame.Surface:
        return MapPicture(Globe(area.width, area.height), read_land(), pen.scale.unit).built()

    return pen.kept(("map", area.size), make)


def draw_empty(surface: pygame.Surface, pen: Pen) -> None:
    """The empty map with its bars."""
    area = pen.scale.map_area()
    surface.fill(COLOURS["ink"])
    surface.fill(COLOURS["panel"], pen.scale.side_panel())
    surface.blit(background(pen), area)
    pen.rule(surface, 0, area.bottom, area.width)
    pen.upright(surface, area.right, pen.scale.bar, pen.scale.height)
    text = pen.words("map.caption")
    top = area.bottom - pen.px(18) - pen.scale.target() - pen.line("axis")
    pen.write(surface, text, (pen.px(24), top), "axis", "t3", most=area.width - pen.px(48), halo="ocean")


def draw_flows(
    surface: pygame.Surface, pen: Pen, seconds: float = 0.0, focus: frozenset[str] = frozenset()
) -> FlowLayer:
    """The map with made-up sites and flows; gives the layer, to move its marks."""
    draw_empty(surface, pen)
    area = pen.scale.map_area()
    globe = Globe(area.width, area.height)
    at = places(globe)
    layer = FlowLayer(flows(at, globe), pen.scale.unit, focus)
    sheet = surface.subsurface(area)
    layer.paint(sheet)
    layer.draw_marks(sheet, seconds)
    for site in SITES:
        draw_site(sheet, site, at[site.name], pen)
    for flow in layer.flows:
        draw_figure(sheet, flow, pen, layer.strength(flow.channel))
    return layer
