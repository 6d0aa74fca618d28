"""The visual language as data: colours, surfaces, type, spacing, motion. Nothing here draws.

Sizes are pixels at 1600 x 900 and interface scale 1; `desktop.scale` turns them into pixels of a window.
"""

from dataclasses import dataclass

Colour = tuple[int, int, int]


def colour(code: str) -> Colour:
    """Red, green and blue (0 to 255) of a code such as #5490F6."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


COLOURS: dict[str, Colour] = {
    name: colour(code)
    for name, code in {
        "us": "#5490F6",
        "us2": "#8FB6FA",
        "cn": "#F7B636",
        "cn2": "#FAD78E",
        "ivory": "#F3EEE3",
        "t1": "#F3EEE3",
        "smug": "#EF4A40",
        "smug2": "#FA8A80",
        "remote": "#5FCFB6",
        "up": "#9B8397",
        "up2": "#C3ABBF",
        "t2": "#BAC1BE",
        "t3": "#8E9A9B",
        "edge": "#62757E",
        "hair": "#2A363C",
        "ink": "#0D1316",
        "ocean": "#0F161A",
        "deep": "#0D1418",
        "well": "#0F1619",
        "panel": "#141C20",
        "side": "#182126",
        "raised": "#1B252A",
        "hovered": "#24313A",
        "white": "#FFFFFF",
        "pressed": "#CBC6BB",
        "off": "#829092",
        "land": "#202B30",
        "land_us": "#1D2C4C",
        "land_us_edge": "#32508C",
        "land_cn": "#3A3020",
        "land_cn_edge": "#6E5830",
        "land_tw": "#4A4B45",
        "land_tw_edge": "#A09E90",
        "land_edge": "#141C20",
    }.items()
}
"""Every colour there is, each with one meaning; `off` is the text of what cannot be used, `deep` the sea far from land."""

SURFACES = ("ink", "ocean", "well", "panel", "side", "raised")
TEXT = ("us2", "cn", "cn2", "ivory", "smug2", "remote", "up2", "t2", "t3")
"""Colours in which text may be written: at least 4.5 : 1 on every surface."""

GAPS = (4, 8, 12, 16, 24, 32, 48)
MARGIN = 32
PANEL_MARGIN = 20
COLUMN_GAP = 20
RADIUS = 3
PILL = 13
TARGET = 28
"""Nothing that can be pressed is smaller than this either way."""
SMALLEST_TEXT = 12


def luminance(value: Colour) -> float:
    """Relative luminance, 0 to 1, of an sRGB colour (WCAG 2.2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part / 255) for part in value)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(back: Colour, front: Colour, share: float) -> Colour:
    """What is seen where `front` covers `back` by a share from 0 to 1."""
    red, green, blue = (round(b + (f - b) * share) for b, f in zip(back, front, strict=True))
    return red, green, blue


@dataclass(frozen=True)
class Role:
    """A use of type: the face, the size and the height of a line, in pixels; `tracked` spreads the letters."""

    face: str
    size: float
    line: float
    tracked: float = 0.0


SERIF, SERIF_BOLD = "SourceSerif4-SemiBold", "SourceSerif4-Bold"
SANS, SANS_MEDIUM, SANS_BOLD = "IBMPlexSans-Regular", "IBMPlexSans-Medium", "IBMPlexSans-SemiBold"
NARROW, NARROW_MEDIUM = "IBMPlexSansCondensed-Regular", "IBMPlexSansCondensed-Medium"
NARROW_BOLD, NARROW_ITALIC = "IBMPlexSansCondensed-SemiBold", "IBMPlexSansCondensed-Italic"
CHINESE, CHINESE_MEDIUM = "NotoSansSC-Regular", "NotoSansSC-Medium"
FACES = (
    *(SERIF, SERIF_BOLD, SANS, SANS_MEDIUM, SANS_BOLD),
    *(NARROW, NARROW_MEDIUM, NARROW_BOLD, NARROW_ITALIC, CHINESE, CHINESE_MEDIUM),
)

ROLES: dict[str, Role] = {
    "title": Role(SERIF_BOLD, 82, 92),
    "verdict": Role(SERIF, 34, 40),
    "finding": Role(SERIF, 27, 32),
    "map_finding": Role(SERIF, 24, 30),
    "section": Role(SERIF, 19, 24),
    "headline": Role(SERIF, 17, 24),
    "headline_small": Role(SERIF, 15.5, 24),
    "key_figure": Role(SANS_BOLD, 24, 28),
    "subtitle": Role(SANS, 15, 22),
    "body": Role(SANS, 14, 20),
    "body_medium": Role(SANS_MEDIUM, 14, 20),
    "strong": Role(SANS_BOLD, 14, 20),
    "control": Role(SANS_BOLD, 15, 20),
    "note": Role(NARROW, 13, 18),
    "note_medium": Role(NARROW_MEDIUM, 13, 18),
    "note_italic": Role(NARROW_ITALIC, 13, 18),
    "label": Role(NARROW_MEDIUM, 14, 18),
    "site": Role(NARROW_BOLD, 13, 16),
    "axis": Role(NARROW, 12, 16),
    "key": Role(NARROW_MEDIUM, 12, 16),
    "flow_figure": Role(SANS_BOLD, 16, 18),
    "flow_figure_large": Role(SANS_BOLD, 20, 24),
    "wordmark": Role(SANS_MEDIUM, 14, 20, tracked=1.6),
}

CHANNELS: dict[str, tuple[str, str]] = {
    "licensed": ("ivory", "ivory"),
    "domestic_us": ("us", "us2"),
    "domestic_cn": ("cn", "cn"),
    "smuggled": ("smug", "smug2"),
    "remote": ("remote", "remote"),
    "tools": ("up", "up2"),
}
"""Of each channel: the colour of its lines and marks, and the colour of its text."""

MARKS = {
    "licensed": "disc",
    "domestic_us": "square",
    "domestic_cn": "square",
    "smuggled": "diamond",
    "remote": "ring",
    "tools": "chevron",
}
"""The moving mark of each channel."""

SECONDS = {
    "press": 0.1,
    "panel": 0.18,
    "tooltip_wait": 0.3,
    "tooltip": 0.1,
    "value": 0.4,
    "quarter": 5.0,
    "tick": 2.0,
}
"""How long each motion takes; `tick` is how long a changed figure keeps its mark under reduced motion."""
MARK_SPEED = 60.0
"""Pixels a second at 1600 x 900."""
