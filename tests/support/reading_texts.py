"""A pen that remembers what it wrote, surface by surface, and forgets what was painted over."""

from dataclasses import dataclass

import pygame

from desktop.pen import Pen


@dataclass(frozen=True)
class Written:
    """A text on a surface: how large, where, in what colour, and whether a halo parts it from what lies under it."""

    text: str
    size: float
    box: pygame.Rect
    colour: object
    halo: object
    window: pygame.Rect

    @property
    def letters(self) -> pygame.Rect:
        """The part of its line that small letters fill."""
        return self.box.inflate(-2, -0.4 * self.box.height)


class RememberingPen(Pen):
    """A pen for tests."""

    def __init__(self, *given) -> None:
        super().__init__(*given)
        self.written: dict[int, list[Written]] = {}
        self.surfaces: list[pygame.Surface] = []

    def forget(self, surface: pygame.Surface | None = None) -> None:
        """Forgets a surface that is drawn anew, or all."""
        if surface is None:
            self.written, self.surfaces = {}, []
        else:
            self.written.pop(id(surface), None)

    def write(self, surface, text, at, role="body", colour="t1", align="left", halo=None, most=None, alpha=1.0):
        box = super().write(surface, text, at, role, colour, align, halo, most, alpha)
        if most is not None:
            kind, size = self.role(role)
            text = self.type.shortened(text, most, kind.face, size, kind.tracked * self.scale.unit)
        clip = surface.get_clip()
        is_scrolled_away = clip != surface.get_rect() and not clip.collidepoint(box.center)
        if text.strip() and surface.get_width() > 1 and not is_scrolled_away:
            self.surfaces.append(surface)  # a surface that is let go would lend its number to another
            one = Written(text, self.role(role)[1], box.copy(), colour, halo, surface.get_rect())
            self.written.setdefault(id(surface), []).append(one)
        return box

    def box(self, surface, rect, fill=None, edge=None, *more, **named):
        if fill is not None and id(surface) in self.written:
            stands = self.written[id(surface)]
            self.written[id(surface)] = [one for one in stands if not rect.collidepoint(one.box.center)]
        super().box(surface, rect, fill, edge, *more, **named)

    def overlaps(self) -> list[tuple[str, str]]:
        """Texts whose letters lie over each other."""
        return [
            (one.text, other.text)
            for texts in self.written.values()
            for n, one in enumerate(texts)
            for other in texts[n + 1 :]
            if one.letters.colliderect(other.letters) and (one.text, one.box) != (other.text, other.box)
        ]
