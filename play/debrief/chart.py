"""Chart: a picture of the debrief in the widths in which it is read, with its finding and its numbers as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from play.charts import tag

WIDE, NARROW = 880.0, 340.0
"""Widths (pixels) for which pictures are drawn: pages and screens, and phones."""


@dataclass(frozen=True)
class Table:
    """The numbers of a picture; every cell is a string with its unit or stands under one."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A picture, what it finds, what its axis means, and its numbers."""

    ident: str
    finding: str
    unit: str
    wide: Markup
    narrow: Markup | None
    """None where the wide one is small enough for a phone."""
    table: Table


@dataclass(frozen=True)
class Frame:
    """What a drawing function is given: the width, whether it is narrow, and a name that no other picture has."""

    ident: str
    width: float

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < 500


def chart(
    ident: str, finding: str, unit: str, draw: Callable[[Frame], Markup], table: Table, is_small: bool = False
) -> Chart:
    """A chart drawn in both widths, or in one that fits both."""
    if is_small:
        return Chart(ident, finding, unit, draw(Frame(ident, 360.0)), None, table)
    wide, narrow = draw(Frame(f"{ident}-wide", WIDE)), draw(Frame(f"{ident}-narrow", NARROW))
    return Chart(ident, finding, unit, wide, narrow, table)


def hatch(ident: str, class_: str, step: float = 5.0) -> Markup:
    """A pattern of slanting lines, named for its picture."""
    line = tag("line", x1=0, y1=0, x2=0, y2=step, class_=f"{class_} hatching")
    more = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return tag("defs", tag("pattern", line, id=ident, width=step, height=step, **more))


def squares(ident: str, class_: str, step: float = 7.0) -> Markup:
    """A pattern of little dies."""
    die = tag("rect", x=0.75, y=0.75, width=step - 1.5, height=step - 1.5, class_=class_)
    return tag("defs", tag("pattern", die, id=ident, width=step, height=step, patternUnits="userSpaceOnUse"))


def dots(ident: str, class_: str, step: float = 5.0) -> Markup:
    """A pattern of dots."""
    dot = tag("circle", cx=step / 2, cy=step / 2, r=1.4, class_=class_)
    return tag("defs", tag("pattern", dot, id=ident, width=step, height=step, patternUnits="userSpaceOnUse"))


def years_of(quarters: Sequence[str]) -> list[tuple[int, str]]:
    """The places at which a calendar year begins, among names like `Q1 2026`."""
    found: list[tuple[int, str]] = []
    for at, quarter in enumerate(quarters):
        year = quarter.split()[-1]
        if not found or found[-1][1] != year:
            found.append((at, year))
    return found


def wrapped(text: str, most: int) -> list[str]:
    """Words on lines of at most so many letters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
