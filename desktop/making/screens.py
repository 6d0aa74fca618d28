"""Makes `docs/screens/` anew: `python -m desktop.making.screens [--out DIR] [NAME ...]`, every screen of stated games.

Each picture is what `python main.py shot` draws with the words in `docs/screens/README.md`, in two sizes of window, reduced to 256
colours. The page is written with them, so that it never tells of other pictures. Needs Pillow (the extra `making`).
"""

import os
import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from desktop.theme import COLOURS as THEME
from desktop.theme import Colour
from play.save import ENDING

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/screens"
SIZES = ("1600x900", "1280x720")
COLOURS = 256


@dataclass(frozen=True)
class Picture:
    """A picture: its file, the words of its shot, and what is to be seen in it."""

    name: str
    words: str
    about: str


PICTURES = (
    Picture("title", "title", "The title: a start to choose, and the ways into a game."),
    Picture("seats", "seats", "The picker of seats: what each seat sees exactly, as a range, or not at all."),
    Picture("options", "options", "Options: comfort and size, all of which take hold at once."),
    Picture("saves", "saves", "Saves: games that kept themselves and games with a name."),
    Picture("map", "map --quarter 6 --seat washington --seed 2", "The map in the middle of a game, from Washington."),
    Picture(
        "map-beijing", "map --quarter 6 --seat beijing --seed 2", "The same quarter of the same game from Beijing."
    ),
    Picture(
        "resolve",
        "resolve --quarter 6 --seat washington --seed 2 --seconds 2.5",
        "A quarter that passes, two and a half seconds into its film.",
    ),
    Picture(
        "orders-washington",
        "orders --quarter 3 --seat washington --seed 2 --order 'washington.cap_exports bloc=cn ceiling=20000'"
        " --order 'washington.fund_enforcement officers=400'",
        "Washington drafts: a higher ceiling and more officers, and what both probably do.",
    ),
    Picture(
        "orders-beijing",
        "orders --quarter 3 --seat beijing --seed 2 --order 'beijing.direct_wafers huawei share=0.5'"
        " --order 'beijing.fund_memory spend=2500'",
        "Beijing drafts: half of the wafers to Huawei, and money into memory.",
    ),
    Picture(
        "orders-nvidia",
        "orders --quarter 3 --seat nvidia --seed 2 --order 'nvidia.write_software spend=600' --order 'nvidia.lobby spend=5'",
        "Nvidia drafts: software and lobbying.",
    ),
    Picture(
        "orders-deepseek",
        "orders --quarter 3 --seat deepseek --seed 2 --order 'deepseek.port_stack share=0.5'"
        " --order 'deepseek.research_efficiency spend=400'",
        "DeepSeek drafts: half of its work on the domestic stack, and methods that need less compute.",
    ),
    Picture(
        "intelligence", "intelligence --quarter 6 --seed 2", "Who says what of a disputed quantity, and one's belief."
    ),
    Picture("supply", "supply --quarter 6 --seed 2", "What became of a quarter's dies, scrap to scale."),
    Picture(
        "why", "why --quarter 6 --seed 2 --quantity lead", "Why the lead changed in a quarter, in parts that add up."
    ),
    Picture("sources", "sources --quarter 6 --seed 2 --quantity huawei_chips", "Where a figure comes from."),
    Picture("log", "log --quarter 6 --seed 2", "The log of every quarter."),
    Picture("manual", "manual --quarter 6 --seed 2", "All orders of all roles, to be searched."),
    Picture("glossary", "glossary --quarter 6 --seed 2", "The words of the field."),
    Picture("menu", "menu --quarter 6 --seed 2", "What Escape opens."),
    Picture("taking", "taking --quarter 6 --seed 2", "Another seat to sit on."),
    Picture("curtain", "curtain --quarter 6 --seed 2", "The curtain between two people at one machine."),
    Picture("help", "help --quarter 6 --seed 2", "All keys."),
    Picture("debrief", "debrief --seat washington --seed 2", "The end: the verdict, the race and its turning points."),
)
"""Every screen at least once, each at a moment when it has something to show."""

PAGE = """\
# Screens

Every screen of the window, drawn from stated games by `python -m desktop.making.screens`. Write `python main.py shot` and the
words of a picture, with `--out FILE`, to have it drawn again; the same words give the same picture. Each stands here in two
sizes of window, reduced to 256 colours.

"""


def file_of(picture: Picture, size: str) -> str:
    """The name of a picture's file: the larger size has the plain name."""
    return f"{picture.name}.png" if size == SIZES[0] else f"{picture.name}-{size.partition('x')[0]}.png"


def page() -> str:
    """The page that tells of all pictures."""
    lines = [
        f"- [{one.name}]({file_of(one, SIZES[0])}) ([smaller]({file_of(one, SIZES[1])})): {one.about} `{one.words}`"
        for one in PICTURES
    ]
    return PAGE + "\n".join(lines) + "\n"


def draw(picture: Picture, size: str, path: Path) -> None:
    """Draws a picture into a file, in few colours."""
    import pygame
    from PIL import Image

    from desktop.settings import Settings
    from desktop.shot import shot, size_of
    from main import parser

    args = parser().parse_args(["shot", *shlex.split(picture.words), "--size", size, "--out", str(path)])
    wide, tall = size_of(size)
    surface = shot(args, Settings(width=wide, height=tall, reduced_motion=not args.seconds))
    image = Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))
    palette = palette_of(image)
    few = Image.fromarray(quantized(np.asarray(image), palette))
    few.putpalette([part for colour in palette for part in colour])
    few.save(path, optimize=True)


def palette_of(image: Any) -> list[Colour]:
    """The colours of a picture in few: those that mean something as they are, between them what the picture needs."""
    meant = list(dict.fromkeys(THEME.values()))
    parts = image.quantize(COLOURS - len(meant), method=0).getpalette()
    return [*meant, *((parts[n], parts[n + 1], parts[n + 2]) for n in range(0, len(parts), 3))][:COLOURS]


def quantized(pixels: np.ndarray, palette: list[Colour]) -> np.ndarray:
    """For each pixel the number of the nearest colour of a palette; a colour that is in it stays as it is."""
    colours, at = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
    few = np.array(palette, np.int32)
    nearest = [int(((few - colour) ** 2).sum(axis=1).argmin()) for colour in colours.astype(np.int32)]
    return np.array(nearest, np.uint8)[at].reshape(pixels.shape[:2])


def main(given: Sequence[str] | None = None) -> int:
    """Makes the pictures that are named, or all, and the page; gives the exit status."""
    names = [one.name for one in PICTURES]
    parser = ArgumentParser(prog="python -m desktop.making.screens", description="docs/screens anew")
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of {', '.join(names)} (all)")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the pictures go")
    args = parser.parse_args(given)
    if unknown := [name for name in args.names if name not in names]:
        print(f"there is no picture '{unknown[0]}'; write one of {', '.join(names)}", file=sys.stderr)
        return 2
    if find_spec("PIL") is None:
        print("Pillow is not there; install it with: pip install pillow", file=sys.stderr)
        return 2
    args.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        at_home(Path(home))
        return made(args.names, args.out)


def at_home(home: Path) -> None:
    """Lets the program live in a home folder of its own, in which two games are saved."""
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        del os.environ[name]
    os.environ["HOME"] = str(home)
    from desktop import saves, tables
    from world.scenario import read

    scenario = read("november-2025")
    for seed, seat, turns, name in ((3, "washington", 4, ""), (5, "huawei", 2, "Before the export rule")):
        table = tables.begun(scenario, (seat,), {}, seed)
        for _ in range(turns):
            table.resolve().value  # noqa: B018
        if name:
            table.sitting.save(saves.folder() / f"{name}{ENDING}")
        table.close()


def made(names: Sequence[str], out: Path) -> int:
    """Makes the pictures that are named, or all, and the page."""
    (out / "README.md").write_text(page(), encoding="utf-8")
    for one in PICTURES:
        for size in SIZES if not names or one.name in names else ():
            path = out / file_of(one, size)
            draw(one, size, path)
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
