"""How flows, sites and ranges are drawn, the palette, surfaces and type."""

import numpy as np
import pygame

from desktop import curves
from desktop.charts import Axis, Row, draw_range
from desktop.flows import Flow, FlowLayer
from desktop.gallery.seen import SIGHTS, seen
from desktop.pen import Pen
from desktop.theme import CHANNELS, COLOURS, contrast

COLUMNS = (249.0, 409.0, 568.0, 730.0)
ROWS = (
    ("licensed", "Licensed sale", "Round marks on a solid ivory line. Ivory stands for paper.", False),
    ("domestic_us", "Domestic sale, US", "Square marks, cobalt. Under American control.", False),
    ("domestic_cn", "Domestic sale, China", "Square marks, marigold. Under Chinese control.", True),
    ("smuggled", "Smuggled", "Diamonds on red dashes. Under nobody’s control.", True),
    ("remote", "Remote cloud access", "Hollow rings on mint dots. Chips stay put; their work travels.", True),
    ("tools", "Tools and memory", "Chevrons on a thin plum line. Not counted in H100e.", False),
)
SITES = (
    ("government", "us"),
    ("designer", "us"),
    ("foundry", "ivory"),
    ("tools", "ivory"),
    ("memory", "ivory"),
    ("lab", "cn"),
    ("centre", "cn"),
    ("transshipment", "ivory"),
)
NAMES = (
    ("us", "Cobalt"),
    ("cn", "Marigold"),
    ("ivory", "Ivory"),
    ("smug", "Signal red"),
    ("remote", "Mint"),
    ("up", "Plum"),
)


def draw(surface: pygame.Surface, pen: Pen) -> None:
    """Draws the sheet."""
    px = pen.px
    surface.fill(COLOURS["panel"])
    side = pygame.Rect(px(1156), 0, surface.get_width() - px(1156), surface.get_height())
    surface.fill(COLOURS["side"], side)
    pen.upright(surface, side.left, 0, side.height)
    pen.write(surface, "How flows, sites and ranges are drawn", (px(40), px(38)), "finding")
    text = "Every channel differs by line, by moving mark and by colour. Any two of the three are enough."
    pen.write(surface, text, (px(40), px(78)), "subtitle", "t2")
    draw_channels(surface, pen)
    draw_sites(surface, pen)
    draw_ranges(surface, pen)
    draw_palette(surface, pen)


def draw_channels(surface: pygame.Surface, pen: Pen) -> None:
    """The table of channels."""
    px = pen.px
    heads = ("Channel", "10k a quarter", "100k", "700k", "with a range, 9–60k", "What it means")
    for x, text in zip((40, *COLUMNS, 910), heads, strict=True):
        pen.write(surface, text, (px(x), px(120)), "note", "t2")
    flows = []
    for n, (channel, name, meaning, estimated) in enumerate(ROWS):
        y = 176 + 58 * n
        pen.rule(surface, px(40), px(y - 32), px(1090))
        pen.write(surface, name, (px(40), px(y) - pen.line("strong") // 2), "strong")
        most = px(1130) - px(910)
        pen.paragraph(surface, meaning, (px(910), px(y) - pen.line("note")), most, "note", "t2", count=2)
        for x, amount in zip(COLUMNS[:3], (10_000.0, 100_000.0, 700_000.0), strict=True):
            if channel != "tools" or x == COLUMNS[0]:
                flows.append(sample(channel, x, y, amount, pen))
        if estimated:
            flows.append(sample(channel, COLUMNS[3], y, 21_000.0, pen, 9_000.0, 60_000.0))
        elif channel != "tools":
            at = (px(COLUMNS[3]), px(y) - pen.line("note") // 2)
            pen.write(surface, "always known", at, "note_italic", "t3")
    y = 176 + 58 * 5
    line = curves.path([(px(409), px(y)), (px(540), px(y))])
    flows.append(Flow("closed", "tools", line, closed_at=0.5, gap=(0, 0)))
    pen.write(surface, "closed by a control", (px(552), px(y) - pen.line("note") // 2), "note", "t2")
    pen.rule(surface, px(40), px(y + 26), px(1090))
    layer = FlowLayer(flows, pen.scale.unit)
    layer.paint(surface)
    layer.draw_marks(surface, -1.1)


def sample(
    channel: str, x: float, y: float, amount: float, pen: Pen, low: float | None = None, high: float | None = None
) -> Flow:
    """A short flow that bends upwards, with the marks of a piece of a line four times as long."""
    real = pen.scale.real
    points = [(real(x), real(y + 6)), (real(x + 68), real(y - 16)), (real(x + 136), real(y + 6))]
    if channel == "tools":
        points = [(px, real(y)) for px, _ in points]
    return Flow(f"{channel} {x}", channel, curves.bezier(points), amount, low, high, gap=(0, 0), stretch=4.0)


def draw_sites(surface: pygame.Surface, pen: Pen) -> None:
    """The signs of sites, large and as on the map."""
    px = pen.px
    head = pen.write(surface, "Sites", (px(40), px(537)), "section")
    text = "ring colour shows whose law applies: cobalt US, marigold China, ivory third country"
    pen.write(surface, text, (head.right + px(16), px(542)), "note", "t3")
    for n, (kind, colour) in enumerate(SITES):
        x = 57 + 136 * n
        pen.site(surface, kind, (px(x), px(600)), colour, 17)
        pen.site(surface, kind, (px(x + 45), px(600)), colour, 8.2)
        pen.write(surface, pen.words(f"sites.{kind}"), (px(x - 17), px(630)), "note_medium")


def draw_ranges(surface: pygame.Surface, pen: Pen) -> None:
    """Known, estimated, wide, stale, hidden."""
    px = pen.px
    pen.write(surface, "Ranges", (px(40), px(681)), "section")
    rows = (
        (Row("Known", 38, mark="disc", state="known", text="38k"), "solid mark, no band"),
        (
            Row("Estimated", 42, (22, 70), (34, 52), "square", "cn", "84k  45–150k"),
            "pale band 90 %, strong band 50 %",
        ),
        (Row("Wide", 33, (5, 90), (18, 52), "diamond", "smug", "21k  9–60k"), "band over 4×: draw attention"),
        (
            Row("Stale", 45, (20, 74), None, "square", "cn", "470k  2 quarters old", "stale"),
            "hatched, grows each quarter",
        ),
        (Row("Hidden", None, text="no figure", state="hidden"), "never write 0 or a guess"),
    )
    for n, (row, note) in enumerate(rows):
        left, y = 40 + 220 * n, 744
        pen.rule(surface, px(left), px(y), px(170))
        draw_range(surface, row, Axis(0, 100, px(left), px(left + 170)), px(y), pen)
        name = pen.write(surface, row.label, (px(left), px(761)), "strong")
        down = px(761) + pen.baseline("strong") - pen.baseline("note_medium")
        pen.write(surface, row.text, (name.right + px(8), down), "note_medium", "t1")
        pen.write(surface, note, (px(left), px(781)), "note", "t3", most=px(208))
    pen.rule(surface, px(40), px(818), px(1090))
    pieces = [
        ("Text form:", "note", "t2"),
        ("21k (9–60k)", "strong", "t1"),
        ("Rounding: two significant figures; ranges never finer than the source.", "note", "t2"),
        ("Unit: H100e, defined on first use on every screen.", "note", "t2"),
    ]
    pen.runs(surface, pieces, (px(40), px(829)), 12)  # type: ignore[arg-type]


def draw_palette(surface: pygame.Surface, pen: Pen) -> None:
    """Colours as five kinds of eyes see them, surfaces, text colours, type."""
    px = pen.px
    pen.write(surface, "Palette", (px(1180), px(44)), "map_finding")
    for i, sight in enumerate(SIGHTS):
        pen.write(surface, sight, (px(1376 + 44 * i), px(84)), "axis", "t3", align="centre")
    for n, (token, name) in enumerate(NAMES):
        y = 110 + 54 * n
        wrote = pen.write(surface, name, (px(1180), px(y)), "strong")
        code = "#{:02X}{:02X}{:02X}".format(*COLOURS[token])
        down = px(y) + pen.baseline("strong") - pen.baseline("note")
        pen.write(surface, code, (wrote.right + px(8), down), "note", "t3")
        ratio = contrast(COLOURS[token], COLOURS["panel"])
        pen.write(surface, f"{ratio:.1f} : 1", (px(1180), px(y + 20)), "note_medium", "t2")
        for i, sight in enumerate(SIGHTS):
            box = pygame.Rect(px(1358 + 44 * i), px(y), px(36), px(36))
            pen.box(surface, box, seen(COLOURS[token], sight))
    pen.write(surface, "Surfaces and text", (px(1180), px(460)), "section")
    for i, token in enumerate(("ink", "ocean", "panel", "raised", "edge")):
        x = 1180 + 78 * i
        pen.box(surface, pygame.Rect(px(x), px(496), px(70), px(34)), token, "edge", 2)
        code = "#{:02X}{:02X}{:02X}".format(*COLOURS[token])
        pen.write(surface, token, (px(x), px(535)), "note_medium")
        pen.write(surface, code, (px(x), px(551)), "note", "t2")
    for n, (name, token) in enumerate((("Primary", "t1"), ("Secondary", "t2"), ("Captions, axes", "t3"))):
        y = 588 + 26 * n
        pen.write(surface, name, (px(1180), px(y)), "subtitle", token)
        pen.write(surface, "#{:02X}{:02X}{:02X}".format(*COLOURS[token]), (px(1330), px(y + 2)), "note", "t2")
        ratio = contrast(COLOURS[token], COLOURS["panel"])
        pen.write(surface, f"{ratio:.1f} : 1 on panel", (px(1404), px(y + 2)), "note_medium")
    pen.write(surface, "Type", (px(1180), px(690)), "section")
    kinds = (
        ("Findings", "finding", "Source Serif 4 SemiBold 34, 27, 18", 720),
        ("Interface 0123", "subtitle", "IBM Plex Sans 15, 14", 768),
        ("Labels 0123", "site", "IBM Plex Sans Condensed 14, 13, 12", 800),
        ("深度求索 中芯国际 ✓ → ≈", "body", "Noto Sans SC 14, 13; drawn signs", 830),
    )
    for text, role, note, y in kinds:
        at = pen.write(surface, text, (px(1180), px(y)), role)
        down = at.top + pen.baseline(role) - pen.baseline("note")
        pen.write(surface, note, (max(at.right + px(12), px(1330)), down), "note", "t2")


def channel_marks() -> np.ndarray:
    """The colours of the channels, for tests of their distance."""
    return np.array([COLOURS[line] for line, _ in CHANNELS.values()])
