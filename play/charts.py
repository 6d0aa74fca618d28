"""Charts: what pictures are drawn with, as SVG in strings: scales, ticks, marks, lines, bands, ribbons, labels.

Nothing here knows the game. Colours are names of classes that a page's style sheet fills in, for light and dark
and print; every word is escaped; every picture has a title and a description.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from play.figures import MINUS, THIN

Point = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """From numbers to pixels, straight or by logarithm."""

    low: float
    high: float
    start: float
    end: float
    is_log: bool = False

    def __call__(self, value: float) -> float:
        """Where a number stands; what lies outside stands at the edge."""
        low, high, at = (math.log(max(x, 1e-9)) if self.is_log else x for x in (self.low, self.high, value))
        share = 0.0 if high == low else min(max((at - low) / (high - low), 0.0), 1.0)
        return self.start + share * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        """At most six round numbers within the scale."""
        return log_ticks(self.low, self.high) if self.is_log else ticks(self.low, self.high)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round numbers from `low` to `high`: multiples of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= rough * (1 - 1e-9))
    first = math.ceil(low / step - 1e-9)
    return [round(n * step, 12) for n in range(first, math.floor(high / step + 1e-9) + 1)]


def log_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Powers of ten within a range; with 2 and 5 times them where there are few."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for steps in ((1, 2, 5), (1, 3), (1,)):
        found = [n * 10.0**p for p in powers for n in steps if low * 0.999 <= n * 10.0**p <= high * 1.001]
        if len(found) <= most:
            return found
    return found[:: math.ceil(len(found) / most)]


def nice(low: float, high: float) -> tuple[float, float]:
    """A range widened to round numbers."""
    if high <= low:
        return low, low + 1.0
    found = ticks(low, high)
    step = found[1] - found[0] if len(found) > 1 else high - low
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def tag(element: str, *inside: Any, **attributes: Any) -> Markup:
    """An element; `class_` is its class, underscores are hyphens, numbers are shortened, words escaped."""
    given = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _plain(value))
        for key, value in attributes.items()
        if value is not None
    )
    name = Markup(element)
    return Markup("<{0}{1}>{2}</{0}>").format(name, given, joined(inside))


def joined(parts: Iterable[Any]) -> Markup:
    """Parts one after the other; plain words are escaped."""
    return Markup("").join(escape(part) for part in parts)


def _plain(value: Any) -> Any:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def words(x: float, y: float, said: str, class_: str = "", anchor: str = "start", **more: Any) -> Markup:
    """Words at a place."""
    at = anchor if anchor != "start" else None
    return tag("text", said, x=x, y=y, class_=class_ or None, text_anchor=at, **more)


def rule(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str, **more: Any) -> Markup:
    """A filled rectangle."""
    return tag("rect", x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), class_=class_, **more)


def path(points: Sequence[Point], class_: str, is_closed: bool = False) -> Markup:
    """A line through points."""
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return tag("path", d=f"M{way}{'Z' if is_closed else ''}", class_=class_)


def stairs(points: Sequence[Point]) -> list[Point]:
    """The corners of steps: every value holds until the next."""
    found = [points[0]]
    for (_, before), (x, y) in pairwise(points):
        found += [(x, before), (x, y)]
    return found


def band(xs: Sequence[float], lows: Sequence[float], highs: Sequence[float], class_: str) -> Markup:
    """The area between two lines."""
    back = list(zip(reversed(xs), reversed(lows), strict=True))
    return path([*zip(xs, highs, strict=True), *back], class_, is_closed=True)


def mark(shape: str, x: float, y: float, class_: str, size: float = 4.0) -> Markup:
    """A mark: `dot`, `ring`, `square`, `diamond`, `cross` or `tick`."""
    if shape in ("dot", "ring"):
        return tag("circle", cx=x, cy=y, r=size, class_=class_)
    if shape == "square":
        return box(x - size, y - size, 2 * size, 2 * size, class_)
    if shape == "cross":
        way = f"M{x - size:.1f} {y - size:.1f}l{2 * size:.1f} {2 * size:.1f}m0 {-2 * size:.1f}l{-2 * size:.1f} {2 * size:.1f}"
        return tag("path", d=way, class_=class_)
    if shape == "tick":
        return rule(x, y - size, x, y + size, class_)
    reach = size * 1.35
    return path([(x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)], class_, is_closed=True)


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones, at least `gap` apart and within bounds, in the order of what was wanted."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed: list[float] = []
    for at in order:
        placed.append(max(wanted[at], placed[-1] + gap if placed else low))
    for at in range(len(placed) - 1, -1, -1):
        placed[at] = min(placed[at], placed[at + 1] - gap if at + 1 < len(placed) else high)
    found = [0.0] * len(wanted)
    for at, place in zip(order, placed, strict=True):
        found[at] = place
    return found


def compact(value: float, is_tick: bool = False) -> str:
    """A number to two digits as labels write it: `1.2M`, `340k`, `4 800`; a tick of an axis without needless zeros."""
    if value == 0:
        return "0"
    rounded = value if is_tick else float(f"{value:.1e}" if abs(value) < 1e4 else f"{value:.2e}")
    size = abs(rounded)
    for least, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if size >= least and (least > 1e3 or size >= 1e4):
            digits = max(0, 1 - math.floor(math.log10(size / least) + 1e-9))
            return _trimmed(f"{rounded / least:.{digits}f}", is_tick) + letter
    if size >= 1000:
        return f"{rounded:,.0f}".replace(",", THIN).replace("-", MINUS)
    digits = max(0, 1 - math.floor(math.log10(size) + 1e-9))
    return _trimmed(f"{rounded:.{min(digits, 3)}f}", is_tick)


def _trimmed(text: str, is_tick: bool) -> str:
    whole = text.rstrip("0").rstrip(".") if "." in text and is_tick else text
    return whole.replace("-", MINUS)


def rows_of_axis(scale: Scale, left: float, right: float, unit: str = "", is_share: bool = False) -> Markup:
    """Horizontal gridlines with their numbers to the left; the first bears the unit."""
    parts = []
    for at, value in enumerate(scale.ticks):
        y = scale(value)
        said = f"{compact(100 * value, is_tick=True)} %" if is_share else compact(value, is_tick=True)
        parts.append(rule(left, y, right, y, "zero" if value == 0 else "grid"))
        parts.append(words(left - 6, y + 4, said, "axis", "end"))
        if unit and at == len(scale.ticks) - 1:
            parts.append(words(left, y - 6, unit, "axis"))
    return joined(parts)


def columns_of_axis(labels: Sequence[tuple[float, str]], y: float) -> Markup:
    """Labels under an axis."""
    return joined(words(x, y, said, "axis", "middle") for x, said in labels)


def picture(ident: str, width: float, height: float, title: str, description: str, *parts: Any) -> Markup:
    """A whole picture, with its title and what it shows in words for those who do not see it."""
    return tag(
        "svg",
        tag("title", title, id=f"{ident}-t"),
        tag("desc", description, id=f"{ident}-d"),
        *parts,
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{ident}-t {ident}-d",
        class_="chart",
    )
