"""What a disputed quantity comes to in a sentence, and what its unit line says of the sources."""

from desktop.numbers import figure_of, range_of
from desktop.pen import Pen
from desktop.screens.estimates import Plot

ALIKE = 1.15
"""The factor up to which sources are said to agree."""


def claim(plot: Plot, value: str, pen: Pen) -> str:
    """The quantity as a sentence with a value or a range in it."""
    return pen.words(f"intelligence.claim.{plot.dispute.name}", value=value)


def spread(plot: Plot) -> float | None:
    """How many times the lowest source the highest one says; None where fewer than two speak."""
    said = [source.said[-1].told.middle for source in plot.dispute.sources if source.said]
    return max(said) / min(said) if len(said) > 1 and min(said) > 0 else None


def findings(plot: Plot, pen: Pen) -> list[str]:
    """What the seat can say of the quantity, the longest sentence first: the range, and by what factor sources differ."""
    dispute, now = plot.dispute, plot.dispute.now
    if plot.truth:
        told = claim(plot, figure_of(dispute.unit, plot.truth[-1]), pen)
        return [pen.words("intelligence.finding_true", claim=told, middle=figure_of(dispute.unit, now.middle)), told]
    if dispute.known is not None:
        told = claim(plot, figure_of(dispute.unit, dispute.known), pen)
        return [pen.words("intelligence.finding_known", claim=told), told]
    told, times = claim(plot, range_of(dispute.unit, now.low, now.high), pen), spread(plot)
    if times is None:
        return [told]
    named = "intelligence.finding_agreed" if times < ALIKE else "intelligence.finding_said"
    return [pen.words(named, claim=told, times=f"{times:.1f}"), told]


def unit_lines(plot: Plot, pen: Pen) -> list[str]:
    """The unit and what the bands mean, the longest first; the unit alone last."""
    dispute = plot.dispute
    unit = pen.words(f"intelligence.unit.{dispute.name}")
    if plot.truth:
        names: tuple[str, ...] = ("unit_true",)
    elif dispute.known is not None:
        names = ("unit_known",)
    elif not any(source.said for source in dispute.sources):
        names = ("unit_first", "unit_first_brief")
    else:
        names = ("unit_said", "unit_brief")
    return [*(pen.words(f"intelligence.{name}", unit=unit) for name in names), f"{unit}."]


def fitting(texts: list[str], role: str, wide: int, pen: Pen) -> str:
    """The first of some texts that fits, or the last."""
    return next((text for text in texts if pen.width(text, role) <= wide), texts[-1])
