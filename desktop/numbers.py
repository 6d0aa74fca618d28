"""Numbers as screens write them: two significant digits, thousands as k, millions as M, ranges with one unit."""

from math import floor, log10

from play.figures import halves as halves
from play.figures import power_of_ten as power_of_ten

UNITS = ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, ""))


def rounded(value: float, digits: int = 2) -> float:
    """A value to a number of significant digits."""
    if value == 0:
        return 0.0
    return round(value, digits - 1 - floor(log10(abs(value))))


def scaled(value: float) -> tuple[float, str]:
    """A value in the largest unit of which it is at least one, and that unit."""
    size = next((pair for pair in UNITS if abs(value) >= pair[0]), UNITS[-1])
    return value / size[0], size[1]


def trimmed(value: float) -> str:
    """A number without needless zeros, its minus sign a true one."""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"
    return text.replace("-", "−")


def short(value: float, digits: int = 2) -> str:
    """A number as 21k, 1.9M or 0.35."""
    number, unit = scaled(rounded(value, digits))
    return trimmed(number) + unit


def dollars(value: float, digits: int = 3) -> str:
    """Dollars as $191m or $5bn."""
    return ("−" if value < 0 else "") + "$" + short(abs(value), digits).replace("M", "m")


def span(low: float, high: float, digits: int = 2) -> str:
    """A range as 9–60k, or 700k–1.4M where its ends have different units."""
    (first, one), (last, other) = scaled(rounded(low, digits)), scaled(rounded(high, digits))
    dash = " to " if low < 0 or high < 0 else "–"
    if one == other or low == 0:
        return trimmed(first) + dash + trimmed(last) + other
    if one:
        return trimmed(first) + one + dash + trimmed(last) + other
    size = next(value for value, name in UNITS if name == other)
    return trimmed(rounded(low / size, digits)) + dash + trimmed(last) + other


def signed(value: float, digits: int = 2) -> str:
    """A change as +0.5 or −1.6, and 0 without a sign."""
    near = rounded(value, digits)
    return f"+{short(near, digits)}" if near > 0 else short(near, digits)


def figure_of(unit: str, value: float) -> str:
    """A number of a unit as people read it: a share of a hundred, all else in short."""
    return f"{100 * value:.0f} %" if unit == "share" else short(value)


def range_of(unit: str, low: float, high: float) -> str:
    """A range of a unit as people read it."""
    return f"{100 * low:.0f}–{100 * high:.0f} %" if unit == "share" else span(low, high)
