"""Units: turns a number of a scenario into the unit of its declaration."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}

FAMILIES: dict[str, dict[str, Fraction]] = {
    "time": {
        "quarter": Fraction(1),
        "year": Fraction(4),
        "month": Fraction(1, 3),
        "week": Fraction(1, 13),
        "day": Fraction(4, 365),
        "hour": Fraction(4, 8760),
    },
    "power": {
        "W": Fraction(1),
        "kW": Fraction(10**3),
        "MW": Fraction(10**6),
        "GW": Fraction(10**9),
    },
    "area": {"mm2": Fraction(1), "cm2": Fraction(100)},
    "share": {"share": Fraction(1), "fraction": Fraction(1), "percent": Fraction(1, 100)},
    "ratio": {"ratio": Fraction(1), "x": Fraction(1)},
}
"""Words that measure the same thing, each in terms of one of them; other words stand alone."""

COMPOUNDING = {"share", "ratio"}
"""What adds up by multiplying: a tenth a year is not a fortieth a quarter."""

_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?(e[+-]?\d{1,2})?")


@dataclass(frozen=True)
class Unit:
    """A unit taken apart: a factor times what is measured, over each of what it is measured by."""

    factor: Fraction
    measured: str
    by: tuple[str, ...]
    per: tuple[str, ...]


def _term(text: str) -> tuple[Fraction, str, str]:
    """The factor, the family and the word of one side of a slash."""
    factor, words = Fraction(1), text.split()
    while len(words) > 1 and (words[0] in SCALES or _NUMBER.fullmatch(words[0])):
        factor *= Fraction(SCALES.get(words[0], words[0]))
        del words[0]
    word = " ".join(words)
    for family, members in FAMILIES.items():
        for member in (word, word.removesuffix("s")):
            if member in members:
                return factor * members[member], family, member
    return factor, word, word


@cache
def unit(text: str) -> Unit:
    """A unit written out, such as `million USD/quarter` or `ln/1000`, taken apart."""
    top, *bottoms = text.split("/")
    factor, measured, _ = _term(top)
    by = []
    for bottom in bottoms:
        if _NUMBER.fullmatch(bottom):
            divisor = Fraction(bottom)
        else:
            divisor, family, word = _term(bottom)
            by.append((family, word))
        factor /= divisor or 1
    return Unit(factor, measured, tuple(sorted(b[0] for b in by)), tuple(sorted(b[1] for b in by)))


@cache
def conversion(given: str, wanted: str) -> Fraction | None:
    """What turns a number in the given unit into the wanted one, or None where nothing does."""
    if given == wanted:
        return Fraction(1)
    one, other = unit(given), unit(wanted)
    if (one.measured, one.by) != (other.measured, other.by) or not one.factor:
        return None
    if one.measured in COMPOUNDING and one.per != other.per:
        return None
    return one.factor / other.factor


def converted(value: float, by: Fraction) -> float:
    """A number times a conversion, rounded once."""
    return value if by == 1 else float(Fraction(value) * by)


def alike(wanted: str) -> list[str]:
    """Some units that can be converted to the wanted one, the wanted one first."""
    top, *bottom = wanted.split("/")
    *scale, bare = top.split() or [""]
    family = unit(top).measured
    if family in FAMILIES:
        plural = "s" if family == "time" and bare.endswith("s") else ""
        tops = [word + plural for word in FAMILIES[family]]
    else:
        tops = [" ".join((*scale, bare)), bare, *(f"{more} {bare}" for more in SCALES)]
    if bottom and _NUMBER.fullmatch(bottom[0]):
        return [top, wanted]
    timed = len(bottom) == 1 and bottom[0] in FAMILIES["time"]
    times = [bottom, ["month"], ["year"]] if timed else [bottom]
    written = ["/".join((one, *time)) for time in times for one in [top, *tops]]
    return [u for u in dict.fromkeys(written) if u and conversion(u, wanted) is not None]
