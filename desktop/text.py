"""Text: drawn at four times its size, reduced, its coverage raised to 0.8, and kept.

A run of Latin letters is set in the face asked for, a run of Chinese, Japanese or Korean ones in Noto Sans SC, and the few
signs that the Latin faces lack (arrows, ticks, comparisons) are drawn as shapes.
"""

import hashlib
import itertools
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pygame

from desktop.theme import CHINESE, CHINESE_MEDIUM, FACES, SMALLEST_TEXT, Colour

FOLDER = Path(__file__).resolve().parents[1] / "assets/fonts"
SUMS = "SHA256SUMS"
TIMES = 4
WEIGHT = 0.8
HALO = 2
KEPT = 6000
PAD = 2
"""Pixels round the letters, for what hangs over and for the halo."""
LATIN = [(0x20, 0x17F), (0x2BB, 0x2DC), (0x2000, 0x206F), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2215)]
EAST_ASIAN = [(0x2E80, 0x9FFF), (0xAC00, 0xD7AF), (0x3000, 0x303F), (0xFF00, 0xFFEF)]
DRAWN = "→←↑↓≈≤≥✓"
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789\u2212")
"""Raised signs, and the ones on the line that are drawn raised for them: the Latin faces have only three of them."""
RAISED_SIZE, RAISED_BY = 0.72, 0.32
"""How large raised signs are beside the others, and how far above the line they stand, in sizes of the text."""
STEEPER = np.round(255 * (np.arange(256) / 255) ** WEIGHT).astype(np.uint8)


class FontError(ValueError):
    """A face that is missing or broken."""


def within(letter: str, ranges: list[tuple[int, int]]) -> bool:
    """Whether a letter lies in one of the ranges."""
    return any(first <= ord(letter) <= last for first, last in ranges)


def script(letter: str) -> str:
    """How a letter is set: "latin", "east", "drawn" or "raised"."""
    if letter in DRAWN:
        return "drawn"
    if ord(letter) in LOWERED:
        return "raised"
    return "east" if within(letter, EAST_ASIAN) else "latin"


def plain(text: str) -> str:
    """The text with letters that no face has replaced by their base letter, or by a question mark."""
    if text.isascii():
        return text

    def known(letter: str) -> str:
        if letter in DRAWN or ord(letter) in LOWERED or within(letter, LATIN) or within(letter, EAST_ASIAN):
            return letter
        base = unicodedata.normalize("NFKD", letter)[0]
        return base if within(base, LATIN) else "?"

    return "".join(known(letter) for letter in text)


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces of one script, each with that script."""
    if text and text.isascii():
        yield "latin", text
        return
    start = 0
    for here in range(1, len(text) + 1):
        if here == len(text) or script(text[here]) != script(text[start]):
            yield script(text[start]), text[start:here]
            start = here


@dataclass(frozen=True)
class Label:
    """A picture of a text. Its letters begin `pad` pixels from the left and stand `baseline` pixels from the top."""

    surface: pygame.Surface
    width: int
    baseline: int
    pad: int


class Typesetter:
    """Faces, and the pictures of texts already set; one for a window."""

    def __init__(self, folder: Path = FOLDER) -> None:
        if not pygame.font.get_init():
            pygame.font.init()
        self.folder = folder
        self.faces: dict[tuple[str, int], pygame.font.Font] = {}
        self.known: set[str] = set()
        self.labels: OrderedDict[tuple[object, ...], Label] = OrderedDict()
        self.widths: dict[tuple[str, str, float, float], float] = {}
        self.witness: Callable[[str, float, pygame.Rect, int | None], None] | None = None
        """Told of every text that is written: the text, its size, where, and the most width it had. For tests."""

    def face(self, name: str, size: float) -> pygame.font.Font:
        """A face at four times a size in pixels; raises FontError where its file is missing or broken."""
        key = name, round(size * TIMES)
        if key not in self.faces:
            path = self.folder / f"{name}.woff2"
            try:
                self.faces[key] = pygame.font.Font(self.sound(path), key[1])
            except (OSError, pygame.error) as error:
                raise FontError(
                    f"{path.parent.name}/{path.name} cannot be used ({error}); take it anew from the game's assets/fonts"
                ) from None
        return self.faces[key]

    def sound(self, path: Path) -> Path:
        """The path of a face that is what the game ships. A broken face would end the program inside the font library."""
        if path.name not in self.known:
            if not path.is_file():
                raise FileNotFoundError("no such file")
            listed = (self.folder / SUMS).read_text("utf-8").split()
            if hashlib.sha256(path.read_bytes()).hexdigest() not in listed:
                raise OSError(f"it is not the file that {SUMS} names")
            self.known.add(path.name)
        return path

    def check(self) -> None:
        """Raises FontError where a face of the game is missing or broken."""
        for name in FACES:
            self.face(name, SMALLEST_TEXT)

    def heights(self, name: str, size: float) -> tuple[float, float]:
        """How far letters rise above and fall below the baseline, in pixels."""
        face = self.face(name, size)
        return face.get_ascent() / TIMES, -face.get_descent() / TIMES

    def east_face(self, name: str, size: float) -> pygame.font.Font:
        """The Chinese face that goes with a Latin one."""
        return self.face(CHINESE_MEDIUM if "Bold" in name or "Medium" in name else CHINESE, size)

    def advance(self, kind: str, run: str, name: str, size: float, tracked: float) -> float:
        """How far a run moves the pen, at four times the size."""
        spread = tracked * TIMES * len(run)
        if kind == "drawn":
            return size * TIMES * 0.95 * len(run) + spread
        return self.set_in(kind, name, size).size(run.translate(LOWERED))[0] + spread

    def set_in(self, kind: str, name: str, size: float) -> pygame.font.Font:
        """The face of a run: raised signs are smaller, and no smaller than any text may be."""
        if kind == "raised":
            return self.face(name, max(float(SMALLEST_TEXT), RAISED_SIZE * size))
        return self.east_face(name, size) if kind == "east" else self.face(name, size)

    def width(self, text: str, name: str, size: float, tracked: float = 0.0) -> float:
        """Width of a text in pixels."""
        key = text, name, size, tracked
        if key not in self.widths:
            if len(self.widths) > 4 * KEPT:
                self.widths.clear()
            pieces = runs(plain(text))
            self.widths[key] = sum(self.advance(kind, run, name, size, tracked) for kind, run in pieces) / TIMES
        return self.widths[key]

    def coverage(self, text: str, name: str, size: float, tracked: float) -> tuple[np.ndarray, int]:
        """How far each pixel is covered (0 to 255; columns first), with PAD round it, and the row of the baseline."""
        rise, fall = self.heights(name, size)
        tall, below = int(np.ceil(rise)) + PAD, int(np.ceil(fall)) + PAD
        if any(kind == "east" for kind, _ in runs(text)):
            tall = max(tall, int(np.ceil(self.east_face(name, size).get_ascent() / TIMES)) + PAD)
        wide = int(np.ceil(self.width(text, name, size, tracked))) + 2 * PAD + 1
        large = pygame.Surface((wide * TIMES, (tall + below) * TIMES), pygame.SRCALPHA)
        large.fill((255, 255, 255, 0))
        at = float(PAD * TIMES)
        for kind, run in runs(text):
            for piece in run if tracked or kind == "drawn" else (run,):
                if kind == "drawn":
                    draw_sign(large, piece, at, tall * TIMES, size * TIMES)
                else:
                    face = self.set_in(kind, name, size)
                    picture = face.render(piece.translate(LOWERED), True, (255, 255, 255))
                    lift = round(RAISED_BY * size * TIMES) if kind == "raised" else 0
                    large.blit(picture, (round(at), tall * TIMES - face.get_ascent() - lift))
                at += self.advance(kind, piece, name, size, tracked)
        small = pygame.transform.smoothscale(large, (wide, tall + below))
        return STEEPER[pygame.surfarray.array_alpha(small)], tall

    def label(
        self, text: str, name: str, size: float, colour: Colour, halo: Colour | None = None, tracked: float = 0.0
    ) -> Label:
        """The picture of a text, from the store or drawn now."""
        key = text, name, size, colour, halo, tracked
        if key in self.labels:
            self.labels.move_to_end(key)
            return self.labels[key]
        covered, baseline = self.coverage(plain(text), name, size, tracked)
        surface = tinted(covered, colour) if halo is None else haloed(covered, colour, halo)
        label = Label(surface, int(np.ceil(self.width(text, name, size, tracked))), baseline, PAD)
        self.labels[key] = label
        if len(self.labels) > KEPT:
            self.labels.popitem(last=False)
        return label

    def shortened(self, text: str, most: float, name: str, size: float, tracked: float = 0.0) -> str:
        """The text, or as much of it as fits into a width with an ellipsis after it; "" where not even that fits."""
        if self.width(text, name, size, tracked) <= most:
            return text
        low, high = 0, len(text)
        while low < high:
            half = (low + high + 1) // 2
            fits = self.width(text[:half].rstrip() + "…", name, size, tracked) <= most
            low, high = (half, high) if fits else (low, half - 1)
        short = text[:low].rstrip(" ,.;:–") + "…"
        return short if self.width(short, name, size, tracked) <= most else ""

    def wrapped(self, text: str, most: float, name: str, size: float) -> list[str]:
        """The text in lines that fit into a width: broken at spaces, between Chinese letters, and in words too long."""
        lines: list[str] = []
        for paragraph in text.split("\n"):
            line = ""
            for word in words_of(paragraph):
                if self.width((line + word).rstrip(), name, size) <= most:
                    line += word
                    continue
                if line.strip():
                    lines.append(line.rstrip())
                line = word
                while self.width(line.rstrip(), name, size) > most and len(line) > 1:
                    cut = max((n for n in range(1, len(line)) if self.width(line[:n], name, size) <= most), default=1)
                    lines.append(line[:cut])
                    line = line[cut:]
            lines.append(line.rstrip())
        return lines


def words_of(text: str) -> list[str]:
    """The pieces between which a line may be broken, each with the space after it."""
    if text.isascii():
        return [word + " " for word in text.split(" ")[:-1]] + ([last] if (last := text.rpartition(" ")[2]) else [])
    pieces = [""]
    for letter in text:
        pieces[-1] += letter
        if letter == " " or script(letter) == "east":
            pieces.append("")
    return [piece for piece in pieces if piece]


def draw_sign(surface: pygame.Surface, sign: str, left: float, baseline: float, em: float) -> None:
    """One of the signs in DRAWN, in white, on a surface at four times the size."""
    thick = max(TIMES, round(em * 0.085))

    def stroke(*points: tuple[float, float]) -> None:
        placed = [(left + x * em, baseline - y * em) for x, y in points]
        for start, end in itertools.pairwise(placed):
            pygame.draw.line(surface, (255, 255, 255, 255), start, end, thick)
        for point in placed:
            pygame.draw.circle(surface, (255, 255, 255, 255), point, thick / 2)

    for line in SIGNS[sign]:
        stroke(*line)


SIGNS: dict[str, list[list[tuple[float, float]]]] = {
    "→": [[(0.1, 0.3), (0.82, 0.3)], [(0.58, 0.52), (0.84, 0.3), (0.58, 0.08)]],
    "←": [[(0.13, 0.3), (0.85, 0.3)], [(0.37, 0.52), (0.11, 0.3), (0.37, 0.08)]],
    "↑": [[(0.47, -0.05), (0.47, 0.66)], [(0.25, 0.42), (0.47, 0.68), (0.69, 0.42)]],
    "↓": [[(0.47, -0.02), (0.47, 0.68)], [(0.25, 0.22), (0.47, -0.05), (0.69, 0.22)]],
    "≈": [
        [(0.2, y), (0.3, y + 0.07), (0.4, y + 0.05), (0.54, y - 0.03), (0.64, y - 0.05), (0.74, y + 0.02)]
        for y in (0.2, 0.4)
    ],
    "≤": [[(0.72, 0.6), (0.22, 0.38), (0.72, 0.16)], [(0.22, 0.0), (0.72, 0.0)]],
    "≥": [[(0.22, 0.6), (0.72, 0.38), (0.22, 0.16)], [(0.22, 0.0), (0.72, 0.0)]],
    "✓": [[(0.14, 0.32), (0.36, 0.06), (0.78, 0.62)]],
}


def tinted(covered: np.ndarray, colour: Colour) -> pygame.Surface:
    """A surface of one colour with the coverage as its alpha."""
    surface = pygame.Surface(covered.shape, pygame.SRCALPHA)
    surface.fill((*colour, 0))
    alpha = pygame.surfarray.pixels_alpha(surface)
    alpha[:] = covered
    del alpha
    return surface


def spread(covered: np.ndarray, radius: float) -> np.ndarray:
    """The coverage grown by a radius in pixels, with a soft edge."""
    reach = int(np.ceil(radius))
    padded = np.pad(covered, reach)
    grown = np.zeros_like(covered, dtype=np.float32)
    wide, tall = covered.shape
    for dx in range(-reach, reach + 1):
        for dy in range(-reach, reach + 1):
            share = min(1.0, max(0.0, radius + 0.5 - float(np.hypot(dx, dy))))
            if share:
                moved = padded[reach + dx : reach + dx + wide, reach + dy : reach + dy + tall]
                np.maximum(grown, moved * np.float32(share), out=grown)
    return grown


def haloed(covered: np.ndarray, colour: Colour, halo: Colour) -> pygame.Surface:
    """Letters in a colour over a halo of another, on one surface."""
    letters = covered.astype(np.float32) / 255
    around = spread(covered, HALO) / 255
    alpha = letters + around * (1 - letters)
    share = np.divide(letters, alpha, out=np.zeros_like(letters), where=alpha > 0)[..., None]
    surface = pygame.Surface(covered.shape, pygame.SRCALPHA)
    mixed = np.array(halo, np.float32) + share * (np.array(colour, np.float32) - np.array(halo, np.float32))
    pygame.surfarray.blit_array(surface, np.round(mixed).astype(np.uint8))
    pixels = pygame.surfarray.pixels_alpha(surface)
    pixels[:] = np.round(alpha * 255).astype(np.uint8)
    del pixels
    return surface
