"""Draw the chain: from dies on wafers to finished chips, every width to one scale, scrap falling off."""

from collections.abc import Sequence

from markupsafe import Markup

from play.charts import compact, picture, tag, words
from play.debrief.chart import NARROW, Chart, Frame, Table, chart, squares
from play.debrief.compute import Chain
from play.figures import figure

WIDEST = 230.0
"""Pixels of the widest flow, across."""


def chain_chart(ident: str, chain: Chain) -> Chart:
    """What became of the dies of one maker, or of many."""
    rows = (
        ("dies started", figure(chain.started), f"on {figure(chain.wafers)} wafers"),
        ("dies in the fab when the game opened", figure(chain.in_fab_before), "comes in"),
        ("dies still in the fab at the end", figure(chain.in_fab_after), "goes out"),
        ("dies that left the fab", figure(chain.out), ""),
        ("dies in stock when the game opened", figure(chain.stock_before), "comes in"),
        ("dies got through front companies", figure(chain.proxy), "comes in"),
        ("dies scrapped because they did not work", figure(chain.bad), "goes out"),
        ("good dies lost with a bad partner or in packaging", figure(chain.lost), "goes out"),
        ("dies in stock at the end", figure(chain.stock_after), "goes out"),
        ("dies in finished chips", figure(chain.used), f"{figure(chain.chips)} chips, {figure(chain.h100e)} H100e"),
    )
    finding = f"{chain.title}: of 100 dies used, {chain.of_hundred:.0f} ended up in a chip"
    unit = "Dies over the whole game; all widths are on one scale. Scrap leaves at full width and falls off the page."
    table = Table(f"{chain.title}: what became of the dies", ("what", "dies", "note"), rows)
    return chart(ident, finding, unit, lambda frame: _chain(chain, frame), table)


class Pen:
    """Draws flows along one direction and their widths across it: to the right, or down on phones."""

    def __init__(self, is_down: bool) -> None:
        self.is_down = is_down

    def at(self, along: float, across: float) -> str:
        """A place as a path writes it."""
        x, y = (across, along) if self.is_down else (along, across)
        return f"{x:.1f} {y:.1f}"

    def flow(self, a0: float, c0: float, a1: float, c1: float, width: float, class_: str) -> Markup:
        """A band from one place to another."""
        m, at = (a0 + a1) / 2, self.at
        way = (
            f"M{at(a0, c0)}C{at(m, c0)} {at(m, c1)} {at(a1, c1)}L{at(a1, c1 + width)}"
            f"C{at(m, c1 + width)} {at(m, c0 + width)} {at(a0, c0 + width)}Z"
        )
        return tag("path", d=way, class_=class_)

    def off(self, a: float, c: float, width: float, reach: float, end: float, fill: str) -> Markup:
        """A band that turns aside and runs off the picture."""
        at, turn = self.at, 12.0
        far = a + reach + width
        way = (
            f"M{at(a, c)}L{at(a + reach * 0.4, c)}Q{at(far, c)} {at(far, c + width + turn)}L{at(far, end)}"
            f"L{at(a + reach, end)}L{at(a + reach, c + width + turn)}Q{at(a + reach, c + width)} {at(a + reach * 0.4, c + width)}"
            f"L{at(a, c + width)}Z"
        )
        return tag("path", d=way, fill=fill, class_="scrap")

    def post(self, a: float, c: float, width: float, class_: str) -> Markup:
        """The upright edge at which flows meet."""
        at = self.at
        way = f"M{at(a, c)}L{at(a + 7, c)}L{at(a + 7, c + width)}L{at(a, c + width)}Z"
        return tag("path", d=way, class_=class_)


def _chain(chain: Chain, frame: Frame) -> Markup:
    pen, narrow = Pen(frame.is_narrow), frame.is_narrow
    all_in = max(chain.started + chain.in_fab_before, chain.out + chain.stock_before + chain.proxy, 1)
    unit = (190.0 if narrow else WIDEST) / all_in
    posts = (24.0, 200.0, 372.0, 540.0) if narrow else (8.0, 236.0, 500.0, 706.0)
    top = 8.0 if narrow else 74.0
    w = {name: getattr(chain, name) * unit for name in ("out", "in_fab_after", "bad", "lost", "used", "stock_after")}
    start_width = (chain.started + chain.in_fab_before) * unit
    extra = (chain.stock_before + chain.proxy) * unit
    first, second, third, last = posts
    pool = top + extra
    bad_end = top + (w["used"] + w["lost"] + w["stock_after"]) + w["bad"]
    end = frame.width if narrow else max(bad_end, pool + start_width) + 84
    parts = [squares(f"{frame.ident}-dies", "fill-scrap")]
    dies = f"url(#{frame.ident}-dies)"
    parts.append(pen.flow(first, pool, second, pool, w["out"], "fill-cn flow"))
    parts.append(pen.flow(first, pool + w["out"], second - 46, pool + w["out"] + 20, w["in_fab_after"], "fill-t3 flow"))
    if extra and not narrow:
        parts.append(pen.flow(second - 76, top - 26, second, top, extra, "fill-up flow"))
    kept = w["used"] + w["lost"]
    parts.append(pen.flow(second, top, third, top, kept, "fill-cn flow"))
    parts.append(
        pen.flow(second, top + kept, third - (68 if narrow else 88), top + kept + 16, w["stock_after"], "fill-t3 flow")
    )
    parts.append(pen.off(second + 7, top + kept + w["stock_after"], w["bad"], 22, end, dies))
    parts.append(pen.flow(third, top, last, top, w["used"], "fill-cn"))
    parts.append(pen.off(third + 7, top + w["used"], w["lost"], 22, end, dies))
    if not narrow:
        parts += _fade(frame, end)
    parts.append(pen.post(first, pool, start_width, "fill-cn"))
    parts.append(pen.post(second, top, extra + w["out"], "fill-cn"))
    parts.append(pen.post(third, top, kept, "fill-cn"))
    parts.append(pen.post(last, top, max(w["used"], 2.0), "fill-ink"))
    parts += (
        _labels_down(chain, posts, top, w, unit) if narrow else _labels_right(chain, posts, top, w, extra, start_width)
    )
    said = (
        f"{compact(chain.started)} dies were started on {compact(chain.wafers)} wafers; {compact(chain.bad)} were scrapped as "
        f"bad, {compact(chain.lost)} good ones were lost, {compact(chain.used)} ended up in {compact(chain.chips)} chips."
    )
    height = last + 64 if narrow else end
    return picture(frame.ident, frame.width, height, f"From wafers to chips: {chain.title}", said, *parts)


def _fade(frame: Frame, end: float) -> list[Markup]:
    """What makes scrap fade where it leaves the picture."""
    stops = (tag("stop", offset=0, class_="clear"), tag("stop", offset=1, class_="paper"))
    fade = tag("linearGradient", *stops, id=f"{frame.ident}-fade", x1=0, y1=0, x2=0, y2=1)
    veil = tag("rect", x=0, y=end - 56, width=frame.width, height=57, fill=f"url(#{frame.ident}-fade)")
    return [tag("defs", fade), veil]


def _stack(
    x: float, y: float, number: str, lines: Sequence[str], class_: str = "", anchor: str = "start"
) -> list[Markup]:
    """A figure with its words below it."""
    found = [words(x, y, number, f"strong halo {class_}", anchor)]
    return found + [words(x, y + 16 * (at + 1), line, "axis halo", anchor) for at, line in enumerate(lines)]


def _labels_right(
    chain: Chain, posts: Sequence[float], top: float, w: dict[str, float], extra: float, start: float
) -> list[Markup]:
    first, second, third, last = posts
    kept = w["used"] + w["lost"]
    bad_from = top + kept + w["stock_after"]
    heads = ("Started", "Out of the fab", "Good dies, packaged", "In chips")
    parts = [words(x, 14, said, "strong") for x, said in zip(posts, heads, strict=True)]
    y = top + start * 0.35
    parts.append(words(first + 18, y, f"{compact(chain.started)} dies", "strong"))
    parts.append(words(first + 18, y + 17, f"on {compact(chain.wafers)} wafers,", "small"))
    parts.append(words(first + 18, y + 33, f"{compact(chain.in_fab_before)} under way before", "small"))
    parts += _stack(
        second - 46,
        top + extra + w["out"] + w["in_fab_after"] + 40,
        compact(chain.in_fab_after),
        ["still in the fab"],
        anchor="end",
    )
    good = f"{compact(chain.lost + chain.used)} good"
    parts.append(words(second + 18, top + max(kept * 0.5, 8) + 5, good, "strong"))
    parts += _stack(third - 80, top + kept + 16 + w["stock_after"] * 0.5, compact(chain.stock_after), ["left in stock"])
    share = 100 * chain.bad / max(chain.taken, 1)
    beside = second + 29 + w["bad"] + 12
    low = bad_from + w["bad"] + 4
    parts += _stack(beside, low, f"{share:.0f} of 100", ["did not work:", f"{compact(chain.bad)} dies scrapped"])
    lost = 100 * chain.lost / max(chain.taken, 1)
    x = third + 30 + w["lost"] + 12
    parts += _stack(x, top + kept + 60, f"{lost:.0f} of 100", ["lost with a bad partner", "or in packaging"])
    parts += _stack(
        last + 18,
        top + 12,
        f"{compact(chain.chips)} chips",
        [f"of {compact(chain.used)} dies,", f"worth {compact(chain.h100e)} H100e"],
    )
    if extra:
        said = f"{compact(chain.stock_before + chain.proxy)} from stock and front companies"
        parts.append(words(first, top - 36, said, "axis"))
    return parts


def _labels_down(chain: Chain, posts: Sequence[float], top: float, w: dict[str, float], unit: float) -> list[Markup]:
    first, second, third, last = posts
    x = top + (chain.started + chain.in_fab_before) * unit + 14
    kept = w["used"] + w["lost"]
    share, lost = (100 * part / max(chain.taken, 1) for part in (chain.bad, chain.lost))
    said = ["started on", f"{compact(chain.wafers)} wafers,", f"{compact(chain.in_fab_before)} under way"]
    parts = _stack(x, first + 4, f"{compact(chain.started)} dies", said)
    parts += _stack(x + 14, second - 66, compact(chain.in_fab_after), ["still in the fab"])
    below = second + 32 + w["bad"] + 16
    said = [f"{compact(chain.bad)} dies scrapped"]
    parts += _stack(NARROW, below, f"{share:.0f} of 100 did not work", said, anchor="end")
    parts += _stack(top + kept + w["stock_after"] + 24, third - 76, compact(chain.stock_after), ["left in stock"])
    below = third + 32 + w["lost"] + 16
    said = ["with a bad partner or in packaging"]
    parts += _stack(NARROW, below, f"{lost:.0f} of 100 lost", said, anchor="end")
    parts += _stack(
        top,
        last + 24,
        f"{compact(chain.chips)} chips",
        [f"of {compact(chain.used)} dies, worth {compact(chain.h100e)} H100e"],
    )
    return parts


def runs(bound: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What limited output, with the quarters in which it did so one after the other, in words."""
    found: list[tuple[str, str, str]] = []
    for quarter, what in bound:
        if found and found[-1][0] == what:
            found[-1] = (what, found[-1][1], quarter)
        else:
            found.append((what, quarter, quarter))
    return [(what, start if start == end else f"{start} to {end}") for what, start, end in found]
