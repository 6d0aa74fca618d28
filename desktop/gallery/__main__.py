"""`python -m desktop.gallery --out DIR` draws every sheet into pictures; without --out it opens a window on them."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pygame

from desktop.gallery import atlas, encodings, figures, states, whole
from desktop.pen import Pen
from desktop.scale import Scale
from desktop.screen import Move
from desktop.text import Typesetter
from play import words

SHEETS: dict[str, Callable[[pygame.Surface, Pen], object]] = {
    "encodings": encodings.draw,
    "states": states.draw,
    "charts": figures.draw,
    "map": atlas.draw_empty,
    "map-flows": whole.draw,
}
SIZES = ((1600, 900), (1280, 720))


class Gallery:
    """One sheet after another; arrows turn the page."""

    title = "Gallery"
    lies_over = False

    def __init__(self) -> None:
        self.page = 0

    def keys(self) -> Sequence[tuple[str, str]]:
        return (("← →", "another sheet"),)

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """What the help lists."""
        return self.keys()

    def hears(self, event: pygame.event.Event) -> bool:
        return False

    def handle(self, event: pygame.event.Event, pen: Pen) -> Sequence[Move]:
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self.page = (self.page + (1 if event.key == pygame.K_RIGHT else -1)) % len(SHEETS)
        return ()

    def update(self, dt: float, pen: Pen) -> Sequence[Move]:
        return ()

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        name = list(SHEETS)[self.page]

        def make() -> pygame.Surface:
            picture = pygame.Surface(surface.get_size())
            SHEETS[name](picture, pen)
            return picture

        surface.blit(pen.kept(("sheet", name, pen.scale), make), (0, 0))


def pictures(folder: Path) -> None:
    """Draws every sheet at 1600 x 900, and at 1280 x 720 those that follow the window."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.display.set_mode((1, 1))
    folder.mkdir(parents=True, exist_ok=True)
    type_, wording = Typesetter(), words.read()
    for size in SIZES:
        pen = Pen(Scale(*size), type_, wording)
        for name, draw in SHEETS.items():
            if size != SIZES[0] and not name.startswith("map"):
                continue
            surface = pygame.Surface(size)
            draw(surface, pen)
            pygame.image.save(surface, folder / f"{name}-{size[0]}x{size[1]}.png")


def main(given: Sequence[str] | None = None) -> int:
    """Draws the pictures, or opens the window."""
    parser = argparse.ArgumentParser(prog="python -m desktop.gallery", description="Draw how everything is drawn.")
    parser.add_argument("--out", type=Path, help="folder for the pictures; without it a window opens")
    options = parser.parse_args(given)
    try:
        if options.out:
            pictures(options.out)
        else:
            from desktop.app import App

            App(Gallery()).run()
    except (ValueError, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
