"""The map: Miller's cylinder cut at 32° W, the Pacific narrowed, East Asia under a lens; land drawn once a window size.

Longitudes are unwrapped to run from -32 to 328 before anything else, so that nothing breaks at 180°.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

import numpy as np
import pygame

from desktop import shapes
from desktop.theme import COLOURS, Colour, mix

LAND = Path(__file__).resolve().parents[1] / "assets/map/land.npz"
PER_DEGREE = 100
CUT = -32.0
NARROWED = ((34.0, 74.0, 0.62), (153.0, 228.0, 0.25))
"""From and to which longitude (unwrapped), and to what share of its width the map is narrowed."""
LENS = (117.0, 30.5)
LENS_RADII = (27.0, 24.0)
LENS_POWER = 2.4
LENS_STRETCH = 1.06
DENSE = 0.6
"""No step of a coastline is longer than this, in degrees, before it is projected."""
VIEW_LEFT, VIEW_WIDE = 23.24, 235.7
VIEW_MIDDLE, VIEW_ASPECT = 31.0, 1.03
"""What a map of 1228 by 712 pixels shows, in degrees after all distortions."""
VIEW_SIZE = (1228, 712)
TALLER = 1.3
GLOW = 14
GRATICULE = 0.3
MOST_WIDE = 2000
TINTS = (("land", "land_edge"), ("land_us", "land_us_edge"), ("land_cn", "land_cn_edge"), ("land_tw", "land_tw_edge"))


class MapError(ValueError):
    """A map that is missing or broken."""


def unwrapped(longitude: np.ndarray | float) -> np.ndarray:
    """Longitudes (degrees, any turn) as degrees from the cut eastwards: -32 up to 328."""
    return np.asarray((np.asarray(longitude, float) - CUT) % 360 + CUT)


def narrowed(longitude: np.ndarray | float) -> np.ndarray:
    """Degrees from the cut after the narrowing, of unwrapped longitudes; beyond both ends at full width."""
    knots = [CUT - 360, *(edge for start, end, _ in NARROWED for edge in (start, end)), CUT + 720]
    shares = [1.0]
    for _, _, share in NARROWED:
        shares += [share, 1.0]
    places = np.concatenate([[0.0], np.cumsum(np.diff(knots) * shares)]) - 360
    return np.asarray(np.interp(longitude, knots, places))


def miller(latitude: np.ndarray | float) -> np.ndarray:
    """Miller's height (degrees) of a latitude (degrees)."""
    return np.asarray(np.degrees(1.25 * np.log(np.tan(np.pi / 4 + 0.4 * np.radians(latitude)))))


def distorted(longitude: np.ndarray | float, latitude: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Degrees across and up on the map, of unwrapped longitudes and of latitudes: narrowed, then under the lens."""
    across, up = narrowed(longitude), miller(latitude)
    middle, height = float(narrowed(LENS[0])), float(miller(LENS[1]))
    dx, dy = across - middle, up - height
    near = np.exp(-((dx / LENS_RADII[0]) ** 2) - (dy / LENS_RADII[1]) ** 2)
    return middle + dx * (1 + (LENS_POWER - 1) * near), height + dy * (1 + (LENS_POWER - 1) * LENS_STRETCH * near)


@dataclass(frozen=True)
class Globe:
    """The projection onto a map of a size in pixels; its top left is (0, 0)."""

    width: int
    height: int

    @property
    def magnitude(self) -> float:
        """Pixels of this map for one of a map of 1228 by 712: its width fits, unless it is so tall that the poles would show."""
        return max(self.width / VIEW_SIZE[0], self.height / (TALLER * VIEW_SIZE[1]))

    def placed(self, longitude: np.ndarray | float, latitude: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
        """Pixels across and down of unwrapped longitudes and of latitudes."""
        across, up = distorted(longitude, latitude)
        degree = self.magnitude * VIEW_SIZE[0] / VIEW_WIDE
        x = (across - VIEW_LEFT - VIEW_WIDE / 2) * degree + self.width / 2
        return x, self.height / 2 - (up - VIEW_MIDDLE) * degree * VIEW_ASPECT

    def on_map(self, x: float, y: float) -> tuple[float, float]:
        """The point that lies here where (x, y) lies on a map of 1228 by 712: for labels placed by hand on the drawings."""
        left, top = (x - VIEW_SIZE[0] / 2) * self.magnitude, (y - VIEW_SIZE[1] / 2) * self.magnitude
        return self.width / 2 + left, self.height / 2 + top

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The point of a site, in pixels."""
        x, y = self.placed(unwrapped(longitude), latitude)
        return float(x), float(y)


@dataclass(frozen=True)
class Land:
    """Outlines of land: longitude and latitude in degrees, unwrapped, and whose each is (index of TINTS)."""

    rings: tuple[np.ndarray, ...]
    whose: tuple[int, ...]


def dense(ring: np.ndarray) -> np.ndarray:
    """The ring with no step longer than DENSE degrees."""
    step = np.abs(np.diff(ring, axis=0)).max(axis=1)
    pieces = np.maximum(1, np.ceil(step / DENSE)).astype(int)
    starts = np.concatenate([[0], np.cumsum(pieces)])
    where = np.arange(starts[-1] + 1)
    return np.stack([np.interp(where, starts, ring[:, 0]), np.interp(where, starts, ring[:, 1])], axis=1)


def read_land(path: Path = LAND) -> Land:
    """The outlines in the asset; raises MapError where it is missing or broken."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            starts, steps, points, whose = (stored[name] for name in ("starts", "steps", "points", "whose"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or error
        raise MapError(f"assets/map/{path.name} cannot be used ({reason}); take it anew from the game") from None
    rings: list[np.ndarray] = []
    owners: list[int] = []
    parts: list[np.ndarray] = np.split(steps, np.cumsum(points - 1)[:-1])
    for start, part, owner in zip(starts, parts, whose, strict=True):
        whole: np.ndarray = np.vstack([start, start + np.cumsum(part, axis=0, dtype=np.int32)])
        ring: np.ndarray = dense(whole / PER_DEGREE)
        for turn in (-360, 0, 360):
            moved: np.ndarray = ring + np.array([turn, 0])
            if moved[:, 0].max() > CUT and moved[:, 0].min() < CUT + 360:
                rings.append(moved)
                owners.append(int(owner))
    return Land(tuple(rings), tuple(owners))


class MapPicture:
    """The empty map at a size: sea, graticule, glow, land. `steps` builds it in pieces, so that a window stays alive."""

    def __init__(self, globe: Globe, land: Land, hair: float = 1.0) -> None:
        self.globe = globe
        self.land = land
        self.hair = hair
        self.surface: pygame.Surface | None = None
        self.pieces: Iterator[None] | None = None

    @property
    def times(self) -> int:
        """How much larger it is drawn: four times, on very large windows twice, to spare memory."""
        return shapes.TIMES if self.globe.width <= MOST_WIDE else shapes.TIMES // 2

    @property
    def is_ready(self) -> bool:
        """Whether the picture is there."""
        return self.surface is not None

    def built(self) -> pygame.Surface:
        """The picture, built to its end now."""
        for _ in self.steps():
            pass
        assert self.surface is not None
        return self.surface

    def worked(self, budget: float) -> bool:
        """Builds on for about `budget` seconds, and gives whether the picture is there; for a window that stays alive."""
        if self.pieces is None:
            self.pieces = self.steps()
        until = perf_counter() + budget
        while not self.is_ready and perf_counter() < until:
            next(self.pieces, None)
        return self.is_ready

    @cached_property
    def outlines(self) -> list[tuple[int, np.ndarray]]:
        """Outlines in pixels that meet the map, other countries first."""
        every = np.concatenate(self.land.rings)
        points = np.stack(self.globe.placed(every[:, 0], np.clip(every[:, 1], -85, 85)), axis=1)
        rings = np.split(points, np.cumsum([len(ring) for ring in self.land.rings])[:-1])
        low, high = np.array([0, 0]), np.array([self.globe.width, self.globe.height])
        pairs = zip(self.land.whose, rings, strict=True)
        found = [(w, ring) for w, ring in pairs if (ring.max(axis=0) >= low).all() and (ring.min(axis=0) <= high).all()]
        return sorted(found, key=lambda pair: pair[0])

    def steps(self) -> Iterator[None]:
        """Builds the picture, a pause after each piece."""
        if self.is_ready:
            return
        times, size = self.times, (self.globe.width, self.globe.height)
        large = pygame.Surface((size[0] * times, size[1] * times))
        large.fill(COLOURS["deep"])
        yield from self.glow(large, size)
        self.graticule(large)
        yield
        for n, (whose, outline) in enumerate(self.outlines):
            fill_land(large, outline * times, COLOURS[TINTS[whose][0]])
            if n % 100 == 99:
                yield
        for n, (whose, outline) in enumerate(self.outlines):
            self.border(large, outline, COLOURS[TINTS[whose][1]], whose)
            if n % 100 == 99:
                yield
        yield
        self.surface = pygame.transform.smoothscale(large, size)

    def glow(self, large: pygame.Surface, size: tuple[int, int]) -> Iterator[None]:
        """Land shining into the sea: its mask, blurred, mixed into the sea."""
        mask, outlines = pygame.Surface((size[0] // 2, size[1] // 2)), self.outlines
        yield
        for _, outline in outlines:
            fill_land(mask, outline / 2, (255, 255, 255))
        yield
        blurred = pygame.transform.gaussian_blur(mask, round(GLOW * self.globe.magnitude / 2))
        yield
        share = pygame.surfarray.array3d(blurred)[..., :1].astype(np.float32) / 255
        sea, shine = (np.array(COLOURS[name], np.float32) for name in ("deep", "land"))
        lit = pygame.surfarray.make_surface(np.round(sea + (shine - sea) * share * 0.62).astype(np.uint8))
        yield
        shining = pygame.transform.smoothscale(lit, large.get_size())
        yield
        large.blit(shining, (0, 0))
        yield

    def graticule(self, large: pygame.Surface) -> None:
        """Lines every ten degrees, which make the lens visible."""
        hue = mix(COLOURS["ocean"], COLOURS["edge"], GRATICULE)
        up, across = np.linspace(-70, 84, 200), np.linspace(CUT, CUT + 360, 700)
        lines = [self.globe.placed(np.full_like(up, lon), up) for lon in np.arange(-30, 330, 10)]
        lines += [self.globe.placed(across, np.full_like(across, lat)) for lat in np.arange(-60, 85, 10)]
        for x, y in lines:
            points = np.stack([x, y], axis=1) * self.times
            pygame.draw.lines(large, hue, False, points.tolist(), max(1, round(self.hair * self.times * 0.67)))

    def border(self, large: pygame.Surface, outline: np.ndarray, hue: Colour, whose: int) -> None:
        """The edge of a piece of land, without the seam that the data has along 180°."""
        width = max(1, round(self.hair * self.times * (0.8 if whose else 0.6)))
        seam = self.globe.placed(180.0, 0.0)[0]
        is_seam = (np.abs(outline[:, 0] - seam) < 0.6) & (np.abs(np.roll(outline[:, 0], -1) - seam) < 0.6)
        for part in np.split(outline, np.flatnonzero(is_seam) + 1) if is_seam.any() else [outline]:
            if len(part) > 1:
                pygame.draw.lines(large, hue, False, (part * self.times).tolist(), width)


def fill_land(surface: pygame.Surface, outline: np.ndarray, hue: Colour) -> None:
    """A filled outline; a ring of fewer than three points is nothing."""
    if len(outline) > 2:
        pygame.draw.polygon(surface, hue, outline.tolist())
