"""Pictures of parts of a screen, kept until something in them changes."""

from collections.abc import Callable
from typing import Any

import pygame


class Pictures:
    """The last picture of each part of a screen, made anew where what it depends on changed."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[tuple[Any, ...], pygame.Surface]] = {}

    def laid(
        self, surface: pygame.Surface, area: pygame.Rect, key: tuple[Any, ...], make: Callable[[], pygame.Surface]
    ) -> None:
        """Lays the picture of a part, named first in its key, into its area."""
        name = str(key[0])
        if name not in self.held or self.held[name][0] != key:
            self.held[name] = (key, make())
        surface.blit(self.held[name][1], area)
