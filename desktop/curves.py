"""Curves as arrays of points (n, 2) in pixels: where they run, how long they are, what lies beside them. Nothing draws."""

from collections.abc import Sequence

import numpy as np

Path = np.ndarray
Points = Sequence[tuple[float, float]] | np.ndarray


def path(points: Points) -> Path:
    """Points as an array of floats (n, 2)."""
    return np.asarray(points, dtype=float).reshape(-1, 2)


def bezier(points: Points, pieces: int = 64) -> Path:
    """A quadratic (three points) or cubic (four points) curve in `pieces` pieces."""
    p = path(points)
    t = np.linspace(0, 1, pieces + 1)[:, None]
    if len(p) == 3:
        return np.asarray((1 - t) ** 2 * p[0] + 2 * t * (1 - t) * p[1] + t**2 * p[2])
    return np.asarray((1 - t) ** 3 * p[0] + 3 * t * (1 - t) ** 2 * p[1] + 3 * t**2 * (1 - t) * p[2] + t**3 * p[3])


def arc(start: tuple[float, float], end: tuple[float, float], bend: float, pieces: int = 64) -> Path:
    """A curve between two points that bulges to its left by `bend` times their distance (negative: to its right)."""
    a, b = np.array(start, float), np.array(end, float)
    along = b - a
    across = np.array([along[1], -along[0]])
    return bezier([tuple(a), tuple((a + b) / 2 + 2 * bend * across), tuple(b)], pieces)


def through(points: Points, pieces: int = 16) -> Path:
    """A smooth curve through every point (centripetal Catmull-Rom)."""
    p = path(points)
    if len(p) < 3:
        return p
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    knots = np.concatenate([[0], np.cumsum(np.sqrt(np.maximum(1e-9, np.hypot(*np.diff(p, axis=0).T))))])
    parts = []
    for i in range(1, len(p) - 2):
        t0, t1, t2, t3 = knots[i - 1 : i + 3]
        t = np.linspace(t1, t2, pieces, endpoint=False)[:, None]
        a1 = (t1 - t) / (t1 - t0) * p[i - 1] + (t - t0) / (t1 - t0) * p[i]
        a2 = (t2 - t) / (t2 - t1) * p[i] + (t - t1) / (t2 - t1) * p[i + 1]
        a3 = (t3 - t) / (t3 - t2) * p[i + 1] + (t - t2) / (t3 - t2) * p[i + 2]
        b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
        b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
        parts.append((t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2)
    return np.vstack([*parts, p[-2:-1]])


def along(line: Path) -> np.ndarray:
    """How far along the line each of its points lies, in pixels."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def length(line: Path) -> float:
    """Length of a line in pixels."""
    return float(along(line)[-1])


def at(line: Path, distance: float | np.ndarray) -> np.ndarray:
    """The points at distances along a line."""
    far = along(line)
    return np.stack([np.interp(distance, far, line[:, 0]), np.interp(distance, far, line[:, 1])], axis=-1)


def resampled(line: Path, step: float = 1.0) -> Path:
    """The line with a point about every `step` pixels, ends included."""
    total = length(line)
    count = max(2, int(np.ceil(total / step)) + 1)
    return at(line, np.linspace(0, total, count))


def cut(line: Path, start: float, end: float) -> Path:
    """The part of a line between two distances along it."""
    far = along(line)
    inside = (far > start) & (far < end)
    return np.vstack([at(line, start)[None], line[inside], at(line, end)[None]])


def normals(line: Path) -> np.ndarray:
    """Unit vectors across the line at each point, to the left of where it runs on a screen (y grows downwards)."""
    slope = np.gradient(line, axis=0)
    size = np.maximum(1e-9, np.hypot(slope[:, 0], slope[:, 1]))[:, None]
    slope = slope / size
    return np.stack([slope[:, 1], -slope[:, 0]], axis=1)


def beside(line: Path, distance: float | np.ndarray) -> Path:
    """The line moved sideways by a distance in pixels (left is positive)."""
    far = np.broadcast_to(np.asarray(distance, float), (len(line),))
    return np.asarray(line + normals(line) * far[:, None])


def ribbon(line: Path, width: float | np.ndarray) -> Path:
    """The outline of a band of a width (one, or one for each point) about a line."""
    half = np.broadcast_to(np.asarray(width, float), (len(line),)) / 2
    return np.vstack([beside(line, half), beside(line, -half)[::-1]])


def dashes(line: Path, on: float, off: float, start: float = 0.0) -> list[Path]:
    """The pieces of a dashed line."""
    total = length(line)
    begins = np.arange(start, total, on + off)
    return [cut(line, begin, min(begin + on, total)) for begin in begins if min(begin + on, total) - begin > 0.2]


def dots(line: Path, gap: float, start: float = 0.0) -> Path:
    """Points at even distances along a line."""
    return at(line, np.arange(start, length(line) + 1e-9, gap))
