"""Draw the channels: compute that came to China by way of each, as bars on one scale."""

from markupsafe import Markup

from play.charts import Scale, box, columns_of_axis, compact, nice, path, picture, rule, tag, words
from play.debrief.chart import Chart, Frame, Table, chart, dots, hatch, years_of
from play.debrief.compute import Channel
from play.debrief.told import Debrief
from play.figures import figure

PANEL = 150.0
"""Height (pixels) of the bars of one channel."""
FILL = {"domestic": "fill-cn", "licensed": "fill-ink", "smuggled": "", "rented": "", "seized": ""}
TEXT = {"domestic": "text-cn", "licensed": "", "smuggled": "text-smug", "rented": "text-remote"}


def flows_chart(told: Debrief) -> Chart:
    """Compute to China by channel."""
    names = tuple(f"{one.title.lower()}, H100e" for one in told.channels)
    rows = tuple(
        (quarter, *(figure(one.values[at]) for one in told.channels)) for at, quarter in enumerate(told.quarters)
    )
    totals = ("whole game", *("–" if one.is_level else figure(one.sum) for one in told.channels))
    table = Table("Compute that came to China in each quarter", ("quarter", *names), (*rows, totals))
    unit = (
        "H100e in each quarter. The first three are chips added in the quarter, on one scale; rented compute is what was in "
        "use during it, on the scale of its own."
    )
    return chart("flows", finding(told), unit, lambda frame: _flows(told, frame), table)


def finding(told: Debrief) -> str:
    """Which channel brought most chips."""
    by_size = sorted((one for one in told.channels[:3]), key=lambda one: -one.sum)
    first, second = by_size[0], by_size[1]
    names = {"domestic": "Chips made at home", "smuggled": "Smuggling", "licensed": "Licensed sales"}
    if compact(first.sum) == compact(second.sum):
        return (
            f"{names[first.name]} brought China as much compute as {names[second.name].lower()}: "
            f"{compact(first.sum)} H100e each"
        )
    close = first.sum < 1.1 * max(second.sum, 1.0)
    how = "a little more than" if close else "more than"
    sums = f"{compact(first.sum)} against {compact(second.sum)} H100e"
    return f"{names[first.name]} brought China {how} {names[second.name].lower()}: {sums}"


def _flows(told: Debrief, frame: Frame) -> Markup:
    across = 1 if frame.is_narrow else 2
    gap = 44.0
    wide = (frame.width - gap * (across - 1)) / across
    high = PANEL + 92
    seized = told.channels[4]
    shared = max(
        v + (s if one.name == "smuggled" else 0.0)
        for one in told.channels[:3]
        for v, s in zip(one.values, seized.values, strict=True)
    )
    parts = [
        hatch(f"{frame.ident}-smug", "line-smug"),
        dots(f"{frame.ident}-rent", "fill-remote"),
    ]
    for at, one in enumerate(told.channels[:4]):
        most = max(one.values) if one.is_level else shared
        x, y = (at % across) * (wide + gap), (at // across) * high
        panel = _panel(told, one, frame, wide, max(most, 1.0), seized if one.name == "smuggled" else None)
        parts.append(tag("g", panel, transform=f"translate({x:.0f} {y:.0f})"))
    said = "; ".join(
        f"{one.title} {compact(one.sum)} H100e{' in the last quarter' if one.is_level else ' over the game'}"
        for one in told.channels
    )
    rows = -(-4 // across)
    return picture(
        frame.ident, frame.width, rows * high, "Compute to China by channel", f"Bars by quarter. {said}.", *parts
    )


def _panel(told: Debrief, one: Channel, frame: Frame, width: float, most: float, seized: Channel | None) -> Markup:
    top, bottom, left = 58.0, 58.0 + PANEL, 42.0
    _, high = nice(0.0, most)
    scale = Scale(0.0, high, bottom, top)
    count = len(one.values)
    step = (width - left) / count
    head = "in use in the last quarter" if one.is_level else "over the game"
    parts = [
        words(0, 16, one.title, f"{TEXT[one.name]} name"),
        words(0, 34, f"{compact(one.sum)} H100e {head}" if any(one.values) else "none in this game", "axis"),
        rule(left, bottom, width, bottom, "axis-line"),
    ]
    for tick in scale.ticks[1:]:
        parts.append(rule(left, scale(tick), width, scale(tick), "grid"))
        parts.append(words(left - 6, scale(tick) + 4, compact(tick, is_tick=True), "axis", "end"))
    for at, value in enumerate(one.values):
        parts += _bar(one, frame, scale, left + at * step + 1.5, step - 3, value, seized.values[at] if seized else 0.0)
    labelled = {max(range(count), key=lambda at: one.values[at]), count - 1}
    for at in sorted(labelled):
        top_of = one.values[at] + (seized.values[at] if seized else 0.0)
        anchor = "end" if at > count - 2 else "middle"
        x = width if at > count - 2 else left + (at + 0.5) * step
        if one.sum and (at == count - 1 or at < count - 3):
            parts.append(words(x, scale(top_of) - 5, compact(one.values[at]), "strong halo", anchor))
    if seized and seized.sum:
        parts.append(words(width, 34, f"outlined: {compact(seized.sum)} seized", "axis", "end"))
    labels = [(left + at * step + step * 0.5 + 8, year) for at, year in years_of(told.quarters)]
    parts.append(columns_of_axis(labels, bottom + 17))
    return Markup("").join(parts)


def _bar(one: Channel, frame: Frame, scale: Scale, x: float, width: float, value: float, seized: float) -> list[Markup]:
    y = scale(value)
    high = scale(0.0) - y
    parts = []
    if one.name == "smuggled":
        parts.append(box(x, y, width, high, "edge-smug", fill=f"url(#{frame.ident}-smug)"))
        if seized:
            above = scale(value + seized)
            parts.append(box(x, above, width, y - above, "edge-smug empty"))
    elif one.name == "rented":
        parts.append(box(x - 1.5, y, width + 3, high, "", fill=f"url(#{frame.ident}-rent)"))
        parts.append(path([(x - 1.5, y), (x + width + 1.5, y)], "line-remote strong"))
    else:
        parts.append(box(x, y, width, high, FILL[one.name]))
    return parts
