"""The pen: what every drawing function is handed. It knows the scale, sets text, and keeps what is drawn often.

Nothing here is global: an `App` or a test makes a pen for a window and hands it down.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import ceil

import pygame

from desktop import glyphs, shapes
from desktop.scale import Scale
from desktop.settings import Settings
from desktop.text import Label, Typesetter
from desktop.theme import COLOURS, RADIUS, ROLES, Colour, Role, mix
from play.words import Words

Ink = str | Colour
"""A colour by its name in the palette, or as three numbers."""

MOST_KEPT = 3000
MOST_PIXELS = 24_000_000


def ink(colour: Ink) -> Colour:
    """The three numbers of a colour."""
    return COLOURS[colour] if isinstance(colour, str) else colour


class Pen:
    """Scale, type, wording and a store of pictures for one window."""

    def __init__(
        self, scale: Scale, type: Typesetter, words: Words, still: bool = False, settings: Settings | None = None
    ) -> None:
        self.scale = scale
        self.type = type
        self.words = words
        self.still = still
        """Whether motion is reduced."""
        self.settings = settings or Settings()
        """What the player set, to be shown; a screen changes it through `Set`."""
        self.pictures: OrderedDict[Hashable, pygame.Surface] = OrderedDict()
        self.pixels = 0

    # Sizes

    def px(self, length: float) -> int:
        """A length of the drawings at 1600 x 900 in pixels of this window."""
        return self.scale.px(length)

    def role(self, name: str) -> tuple[Role, float]:
        """A role of type, and its size in pixels here."""
        role = ROLES[name]
        return role, self.scale.type(role.size)

    def line(self, role: str) -> int:
        """Height of a line of text in a role."""
        kind, size = self.role(role)
        return max(round(kind.line * self.scale.unit), ceil(size * kind.line / kind.size))

    def width(self, text: str, role: str = "body") -> int:
        """Width of a text in a role, in whole pixels that hold it."""
        kind, size = self.role(role)
        return ceil(self.type.width(text, kind.face, size, kind.tracked * self.scale.unit))

    # Text

    def label(self, text: str, role: str, colour: Ink, halo: Ink | None = None) -> Label:
        """The picture of a text."""
        kind, size = self.role(role)
        around = None if halo is None else ink(halo)
        return self.type.label(text, kind.face, size, ink(colour), around, kind.tracked * self.scale.unit)

    def write(
        self,
        surface: pygame.Surface,
        text: str,
        at: tuple[float, float],
        role: str = "body",
        colour: Ink = "t1",
        align: str = "left",
        halo: Ink | None = None,
        most: int | None = None,
        alpha: float = 1.0,
    ) -> pygame.Rect:
        """Writes one line and gives its box. `at` is the top of the line at its left, centre or right, as `align` says.

        A text wider than `most` pixels is shortened with an ellipsis.
        """
        kind, size = self.role(role)
        if most is not None:
            text = self.type.shortened(text, most, kind.face, size, kind.tracked * self.scale.unit)
        label = self.label(text, role, colour, halo)
        back = {"left": 0.0, "centre": label.width / 2, "right": float(label.width)}[align]
        box = pygame.Rect(round(at[0] - back), round(at[1]), label.width, self.line(role))
        if not text:
            return box
        rise, fall = self.type.heights(kind.face, size)
        baseline = box.top + round((box.height - rise - fall) / 2 + rise)
        place = (box.left - label.pad, baseline - label.baseline)
        if alpha < 1:
            label.surface.set_alpha(round(255 * alpha))
        surface.blit(label.surface, place)
        if alpha < 1:
            label.surface.set_alpha(255)
        if self.type.witness:
            self.type.witness(text, size, box, most)
        return box

    def runs(
        self,
        surface: pygame.Surface,
        pieces: list[tuple[str, str, Ink]],
        at: tuple[float, float],
        gap: float = 8,
        align: str = "left",
        halo: Ink | None = None,
    ) -> pygame.Rect:
        """Writes pieces of (text, role, colour) one after another on one baseline, and gives the box of all."""
        wide = sum(self.width(text, role) for text, role, _ in pieces) + self.px(gap) * (len(pieces) - 1)
        x = round(at[0]) - {"left": 0, "centre": wide // 2, "right": wide}[align]
        tall = max(self.line(role) for _, role, _ in pieces)
        base = max(self.baseline(role) for _, role, _ in pieces)
        box = pygame.Rect(x, round(at[1]), wide, tall)
        for text, role, colour in pieces:
            x = self.write(surface, text, (x, box.top + base - self.baseline(role)), role, colour, halo=halo).right
            x += self.px(gap)
        return box

    def baseline(self, role: str) -> int:
        """How far below the top of its line a role's letters stand."""
        kind, size = self.role(role)
        rise, fall = self.type.heights(kind.face, size)
        return round((self.line(role) - rise - fall) / 2 + rise)

    def lines(self, text: str, most: int, role: str = "body", count: int | None = None) -> list[str]:
        """The text in lines of a width; past `count` lines the last ends with an ellipsis."""
        kind, size = self.role(role)
        found = self.type.wrapped(text, most, kind.face, size)
        if count is not None and len(found) > count:
            rest = found[count - 1] + " " + found[count]
            while rest and self.type.width(rest.rstrip() + "…", kind.face, size) > most:
                rest = rest[:-1]
            found = [*found[: count - 1], rest.rstrip(" ,.;:") + "…"]
        return found

    def paragraph(
        self,
        surface: pygame.Surface,
        text: str,
        at: tuple[float, float],
        most: int,
        role: str = "body",
        colour: Ink = "t2",
        count: int | None = None,
        halo: Ink | None = None,
        align: str = "left",
    ) -> pygame.Rect:
        """Writes a text in lines of a width, and gives its box; `at` is the top of the first line."""
        x, y = round(at[0]), round(at[1])
        top, tall = y, self.line(role)
        start = x - {"left": 0, "centre": most // 2, "right": most}[align]
        for line in self.lines(text, most, role, count):
            self.write(surface, line, (x, y), role, colour, align=align, halo=halo, most=most)
            y += tall
        return pygame.Rect(start, top, most, y - top)

    # Pictures

    def kept(self, key: Hashable, make: Callable[[], pygame.Surface]) -> pygame.Surface:
        """A picture from the store, or made now and kept. The key must say all that the picture depends on."""
        if key in self.pictures:
            self.pictures.move_to_end(key)
            return self.pictures[key]
        picture = make()
        self.pictures[key] = picture
        self.pixels += picture.get_width() * picture.get_height()
        while len(self.pictures) > 1 and (len(self.pictures) > MOST_KEPT or self.pixels > MOST_PIXELS):
            old = self.pictures.popitem(last=False)[1]
            self.pixels -= old.get_width() * old.get_height()
        return picture

    def centred(
        self, surface: pygame.Surface, picture: pygame.Surface, at: tuple[float, float], alpha: float = 1.0
    ) -> pygame.Rect:
        """Lays a picture with its middle at a point."""
        wide, tall = picture.get_size()
        picture.set_alpha(255 if alpha >= 1 else round(255 * alpha))
        return surface.blit(picture, (round(at[0] - wide / 2), round(at[1] - tall / 2)))

    def icon(
        self, surface: pygame.Surface, kind: str, at: tuple[float, float], radius: float = 6, colour: Ink = "t1"
    ) -> None:
        """An icon about a point."""
        size, hue = self.scale.real(radius), ink(colour)
        self.centred(surface, self.kept(("icon", kind, size, hue), lambda: glyphs.icon(kind, size, hue)), at)

    def site(
        self,
        surface: pygame.Surface,
        kind: str,
        at: tuple[float, float],
        colour: Ink = "ivory",
        radius: float = glyphs.SITE_RADIUS,
        alpha: float = 1.0,
    ) -> None:
        """A site about a point; its colour says whose law applies."""
        size, hue, ground = self.scale.real(radius), ink(colour), COLOURS["ink"]
        picture = self.kept(("site", kind, size, hue), lambda: glyphs.site(kind, size, hue, ground))
        self.centred(surface, picture, at, alpha)

    def mark(
        self,
        surface: pygame.Surface,
        kind: str,
        at: tuple[float, float],
        radius: float = 4,
        colour: Ink = "t1",
        ground: Ink | None = None,
    ) -> None:
        """A mark (disc, square, diamond, ring, chevron) about a point."""
        size, hue, back = self.scale.real(radius), ink(colour), ground and ink(ground)
        picture = self.kept(("mark", kind, size, hue, back), lambda: glyphs.mark(kind, size, hue, ground=back or None))
        self.centred(surface, picture, at)

    def disc(
        self, surface: pygame.Surface, at: tuple[float, float], radius: float, colour: Ink, alpha: float = 1.0
    ) -> None:
        """A filled circle about a point; the radius in pixels of the drawings."""
        size, hue = self.scale.real(radius), ink(colour)

        def make() -> pygame.Surface:
            drawing = glyphs.Drawing(size, hue)
            drawing.disc(0, 0, 1)
            return drawing.sheet.small()

        self.centred(surface, self.kept(("disc", size, hue), make), at, alpha)

    def ring(self, surface: pygame.Surface, at: tuple[float, float], radius: float, width: float, colour: Ink) -> None:
        """A circle about a point."""
        size, hue = self.scale.real(radius), ink(colour)

        def make() -> pygame.Surface:
            drawing = glyphs.Drawing(size, hue, reach=1.4)
            drawing.ring(1, self.scale.real(width))
            return drawing.sheet.small()

        self.centred(surface, self.kept(("ring", size, width, hue), make), at)

    # Boxes and rules

    def box(
        self,
        surface: pygame.Surface,
        rect: pygame.Rect,
        fill: Ink | None = None,
        edge: Ink | None = None,
        radius: float = RADIUS,
        width: int = 1,
    ) -> None:
        """A box with round corners, filled, edged, or both; the edge lies inside."""
        round_ = min(self.scale.real(radius), rect.width / 2, rect.height / 2)
        if edge is not None and fill is not None:
            self.box(surface, rect, edge, None, radius)
            self.box(
                surface, rect.inflate(-2 * width, -2 * width), fill, None, max(0.0, radius - width / self.scale.unit)
            )
            return
        if edge is not None:
            self.frame(surface, rect, ink(edge), round_, width)
            return
        hue = ink(fill if fill is not None else "panel")
        corner = ceil(round_)
        if corner == 0:
            surface.fill(hue, rect)
            return
        stamp = self.kept(("corner", round_, hue), lambda: corners(round_, corner, hue))
        surface.fill(hue, (rect.x + corner, rect.y, rect.width - 2 * corner, rect.height))
        surface.fill(hue, (rect.x, rect.y + corner, corner, rect.height - 2 * corner))
        surface.fill(hue, (rect.right - corner, rect.y + corner, corner, rect.height - 2 * corner))
        self.stamp_corners(surface, rect, stamp, corner)

    def frame(self, surface: pygame.Surface, rect: pygame.Rect, hue: Colour, round_: float, width: int) -> None:
        """The edge alone of a box with round corners."""
        corner = max(width, ceil(round_))
        stamp = self.kept(("frame", round_, width, hue), lambda: corners(round_, corner, hue, width))
        surface.fill(hue, (rect.x + corner, rect.y, rect.width - 2 * corner, width))
        surface.fill(hue, (rect.x + corner, rect.bottom - width, rect.width - 2 * corner, width))
        surface.fill(hue, (rect.x, rect.y + corner, width, rect.height - 2 * corner))
        surface.fill(hue, (rect.right - width, rect.y + corner, width, rect.height - 2 * corner))
        self.stamp_corners(surface, rect, stamp, corner)

    @staticmethod
    def stamp_corners(surface: pygame.Surface, rect: pygame.Rect, stamp: pygame.Surface, corner: int) -> None:
        """Lays the four quarters of a round stamp into the corners of a box."""
        for x, left in ((rect.x, 0), (rect.right - corner, corner)):
            for y, top in ((rect.y, 0), (rect.bottom - corner, corner)):
                surface.blit(stamp, (x, y), (left, top, corner, corner))

    def rule(self, surface: pygame.Surface, x: float, y: float, wide: float, colour: Ink = "hair") -> None:
        """A level divider."""
        surface.fill(ink(colour), (round(x), round(y), round(wide), self.scale.hair()))

    def upright(self, surface: pygame.Surface, x: float, y: float, tall: float, colour: Ink = "hair") -> None:
        """An upright divider."""
        surface.fill(ink(colour), (round(x), round(y), self.scale.hair(), round(tall)))

    def focus(self, surface: pygame.Surface, rect: pygame.Rect, radius: float = RADIUS) -> None:
        """The ring of the keyboard: 2 pixels of ivory, 3 pixels out."""
        out = self.px(3) + max(2, self.px(2))
        self.box(surface, rect.inflate(2 * out, 2 * out), None, "ivory", radius + 4, max(2, self.px(2)))

    def shade(self, surface: pygame.Surface, rect: pygame.Rect, colour: Ink, share: float, back: Ink) -> None:
        """A box of `colour` covering `back` by a share, opaque."""
        surface.fill(mix(ink(back), ink(colour), share), rect)

    def key(self, surface: pygame.Surface, text: str, at: tuple[float, float]) -> pygame.Rect:
        """A key cap, its top left at a point."""
        tall = self.line("key") + self.px(2)
        rect = pygame.Rect(round(at[0]), round(at[1]), max(tall, self.width(text, "key") + self.px(10)), tall)
        self.box(surface, rect, None, "edge", 2)
        self.write(surface, text, (rect.centerx, rect.top + self.px(1)), "key", "t1", align="centre")
        return rect


def corners(round_: float, corner: int, hue: Colour, width: int = 0) -> pygame.Surface:
    """A square of twice a corner that is round, filled or edged."""
    side = 2 * corner
    sheet = shapes.Sheet((0, 0, side, side), hue, shapes.FINE)
    large, times = sheet.large, sheet.times
    whole = pygame.Rect(0, 0, side * times, side * times)
    pygame.draw.rect(large, (*hue, 255), whole, border_radius=round(round_ * times))
    if width:
        inner = whole.inflate(-2 * width * times, -2 * width * times)
        if inner.width > 0:
            pygame.draw.rect(large, (*hue, 0), inner, border_radius=max(0, round((round_ - width) * times)))
    return sheet.small()
