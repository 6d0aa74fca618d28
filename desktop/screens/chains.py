"""Chains as drawings: what a seat may know of a quarter's dies, and the Sankey that shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from desktop.charts import Link, Node, Sankey
from desktop.numbers import short, span
from desktop.pen import Pen
from play.chain import Chain, Quarter, Span, best_foundry
from play.outcomes import declared
from play.quarter_seen import quarter_imagined, quarter_true
from play.sitting import Sitting
from world.view import View, view

Array = np.ndarray

COLUMNS = 5
"""Wafers, dies, good dies, packages, chips."""
GAP = 34
"""Pixels between stages of a column: room for a line of words."""
INSIDE = 0.42
"""How strong a band is that words stand in: light type keeps 4.5 : 1 on it."""
LEAST_PIXELS = 1.5
"""Thinner side flows are left out of the drawing; a foot line says what they come to."""


@dataclass(frozen=True, eq=False)
class Shown:
    """What a seat may know of a quarter: chains by name, China's compute by channel, and the foundry with the best yield."""

    quarter: Quarter
    chains: Mapping[str, Chain]
    compute: Mapping[str, Array]
    best: int
    foundry: str
    called: Callable[[str], str]
    worlds: int


def read_chains(sitting: Sitting, is_over: bool) -> Shown:
    """The last quarter as the seat may know it; the truth once the game is over. Raises CannotAsk."""
    model = sitting.model
    quarter = quarter_true(model) if is_over else quarter_imagined(sitting.mind.imagined())
    cast, after = quarter.after.cast, quarter.after
    makers = np.array(cast.product_maker)
    chains = {
        "champion": Chain(quarter, makers == cast.champion),
        "china": Chain(quarter, np.asarray(cast.is_cn_product)),
        "us": Chain(quarter, ~np.asarray(cast.is_cn_product)),
    }
    own = own_products(view(model.world, sitting.seat))
    if own.any():
        chains["own"] = Chain(quarter, own)
    measured = declared(cast)
    names = {"domestic": "made_cn", "licensed": "licensed_h100e", "smuggled": "smuggled_h100e", "rented": "rented"}
    compute = {name: measured[outcome].of(after) for name, outcome in names.items()}
    best = best_foundry(after)
    titles = {
        "champion": model.story.called(cast.names["chipmakers"][cast.champion]),
        "own": model.story.called(sitting.seat),
    }

    def called(name: str) -> str:
        return titles.get(name) or {"china": "China", "us": "US firms"}.get(name) or model.story.called(name)

    foundry = model.story.called(cast.names["foundries"][best])
    return Shown(quarter, chains, compute, best, foundry, called, int(after.seed.size))


def own_products(seen: View) -> Array:
    """The products of the seat's own firm: a chipmaker's designs, or those made in a foundry."""
    cast = seen.cast
    makers = np.array(cast.product_maker)
    if seen.role == "chipmaker":
        return np.asarray(makers == int(seen.rows[0]))
    if seen.role == "foundry":
        return np.asarray(np.array(cast.maker_foundry)[makers] == int(seen.rows[0]))
    return np.zeros(makers.size, dtype=bool)


def chains_shown(shown: Shown, which: str) -> list[tuple[str, Chain]]:
    """The chains of a choice by name: the American one above the champion's where both are shown."""
    names = ("us", "champion") if which == "both" else (which,)
    return [(name, shown.chains[name]) for name in names]


@dataclass(frozen=True)
class Drawn:
    """A Sankey, and which of its stages show which quantity."""

    sankey: Sankey
    figures: Mapping[str, str]


@dataclass(frozen=True)
class Parts:
    """The dies of a chain on average over the worlds; what comes in goes out."""

    out: float
    proxy: float
    drawn: float
    bad: float
    lost: float
    held: float
    """Good dies that another input holds back, at another yield."""
    used: float

    @property
    def taken(self) -> float:
        """Dies that were tested and packaged."""
        return self.bad + self.lost + self.held + self.used

    @property
    def all(self) -> float:
        """Dies that came in, those that go on into stock among them."""
        return self.out + self.proxy + max(0.0, self.drawn)


def parts_of(chain: Chain) -> Parts:
    """The averages of a chain."""
    mean = {name: chain.span(name).mean for name in ("out", "proxy", "drawn", "bad", "lost", "used")}
    return Parts(mean["out"], mean["proxy"], mean["drawn"], mean["bad"], mean["lost"], 0.0, mean["used"])


def parts_elsewhere(chain: Chain, foundry: int) -> Parts:
    """The same dies at another foundry's yield."""
    now, then = parts_of(chain), chain.at_yield_of(foundry)
    per_chip = now.used / max(1e-9, chain.span("chips").mean)
    good_now = now.lost + now.used
    better = float(then["yield_then"].mean()) / max(1e-9, float(then["yield_now"].mean()))
    good = min(now.taken, max(good_now, good_now * better, now.used))
    gained = max(0.0, float((then["chips"] - then["made"]).mean())) * per_chip
    could = max(0.0, float((then["by_dies"] - then["made"]).mean())) * per_chip
    used = min(good, now.used + gained)
    held = min(good - used, could - gained if could > gained else 0.0)
    return Parts(now.out, now.proxy, now.drawn, now.taken - good, good - used - held, held, used)


@dataclass(frozen=True, eq=False)
class Look:
    """What the drawing of a chain is made from; `step` are the pixels between two columns."""

    shown: Shown
    name: str
    chain: Chain
    parts: Parts
    per_die: float
    is_changed: bool
    step: float
    pen: Pen

    @property
    def is_cn(self) -> bool:
        """Whether all of its products are Chinese."""
        return bool(self.chain.quarter.after.cast.is_cn_product[self.chain.mine].all())

    @property
    def hue(self) -> str:
        """The colour of its side."""
        return "cn" if self.is_cn else "us"

    def is_seen(self, amount: float) -> bool:
        """Whether a side flow is thick enough to be drawn."""
        return amount * self.per_die >= LEAST_PIXELS

    def side(self, amount: float, *texts: str, thin: str = "above", inside: str = "right") -> str:
        """Where the words of a stage stand: inside its band where that is tall and long enough, else over it."""
        wide = max(self.pen.width(text, "note_medium") for text in texts) + self.pen.px(20)
        is_tall = amount * self.per_die > self.pen.px(46)
        return inside if is_tall and wide <= self.step else thin

    def ranged(self, one: str) -> str:
        """The range of a number of the chain, in words; none at another yield."""
        return "" if self.is_changed else range_words(self.chain.span(one))


Stages = tuple[list[Node], list[Link]]
"""Stages of a chain, and the bands that leave or reach them."""


def drawn_of(
    shown: Shown, name: str, chain: Chain, per_die: float, elsewhere: bool, pen: Pen, step: float = 1e9
) -> Drawn:
    """The Sankey of a chain on a scale of pixels for each die; names above stages are cut to `step` pixels between columns."""
    is_changed = elsewhere and bool(chain.quarter.after.cast.is_cn_product[chain.mine].all())
    parts = parts_elsewhere(chain, shown.best) if is_changed else parts_of(chain)
    look = Look(shown, name, chain, parts, per_die, is_changed, step, pen)
    nodes: list[Node] = []
    links: list[Link] = []
    for stage in (came_in, made, worked, finished):
        more, bands = stage(look)
        nodes += [shortened(node, step, pen) for node in more]
        links += bands
    quantity = {"us": "made_us", "china": "made_cn"}.get(name, f"{champion(chain)}_chips")
    figures = {} if name == "own" else {"chips": quantity}
    return Drawn(Sankey(tuple(nodes), tuple(links), COLUMNS, (per_die,) * COLUMNS, gap=GAP), figures)


def came_in(look: Look) -> Stages:
    """Wafers, and dies that came through front companies or out of stock."""
    parts, pen, hue = look.parts, look.pen, look.hue
    wafers = look.chain.span("wafers").mean
    count = pen.words("supply.wafers", count=short(wafers)) if np.isfinite(wafers) else ""
    called, figure = look.shown.called(look.name), f"{count} {look.ranged('wafers')}".strip()
    nodes = [Node("wafers", 0, parts.out, called, figure, hue, side=look.side(parts.out, called, count))]
    links = [Link("wafers", "dies", parts.out, colour=hue if look.is_cn else "edge", alpha=INSIDE)]
    for extra, amount in (("proxy", parts.proxy), ("stock", parts.drawn)):
        if look.is_seen(amount):
            label = pen.words(f"supply.from_{extra}")
            nodes.append(Node(extra, 0, amount, label, short(amount), hue, side="below"))
            links.append(Link(extra, "dies", amount, colour=hue, hatched=True))
    return nodes, links


def made(look: Look) -> Stages:
    """Dies out of the fab: those that do not work leave here, and those that go into stock."""
    parts, pen = look.parts, look.pen
    into_stock = max(0.0, -parts.drawn)
    texts = short(parts.taken), look.ranged("taken")
    side = "above" if look.is_seen(into_stock) else look.side(parts.all - parts.bad, *texts)
    scrap = share_words(parts.bad, parts.taken, pen, "bad")
    nodes = [Node("dies", 1, parts.all, *texts, look.hue, parts.bad, scrap, side=side)]
    links: list[Link] = []
    if look.is_seen(into_stock):
        label = pen.words("supply.to_stock")
        nodes.append(Node("store", 2, into_stock, label, short(into_stock), look.hue, side="beside"))
        links.append(Link("dies", "store", into_stock, colour=look.hue, hatched=True))
    return nodes, links


def worked(look: Look) -> Stages:
    """Good dies: those lost in packaging leave here, and those that another input holds back."""
    parts, pen = look.parts, look.pen
    good, chain = parts.lost + parts.held + parts.used, look.chain
    ranged = "" if look.is_changed else range_words(Span.of(chain.values["lost"] + chain.values["used"]))
    side = "above" if look.is_seen(parts.held) else look.side(good - parts.lost, short(good), ranged)
    scrap = share_words(parts.lost, parts.taken, pen, "lost")
    nodes = [Node("good", 2, good, short(good), ranged, look.hue, parts.lost, scrap, side=side)]
    links = [Link("dies", "good", good, colour=look.hue, alpha=INSIDE)]
    if look.is_seen(parts.held):
        nodes.append(Node("held", 3, parts.held, pen.words("supply.held"), short(parts.held), "t3", side="beside"))
        links.append(Link("good", "held", parts.held, colour="t3", hatched=True))
    return nodes, links


def finished(look: Look) -> Stages:
    """Packages, and chips with their range, or with the compute they are worth."""
    parts, chain = look.parts, look.chain
    chips, h100e = chain.span("chips").mean, chain.span("h100e").mean
    count = chips * parts.used / max(1e-9, parts_of(chain).used) if look.is_changed else chips
    worth = f"{short(count * h100e / max(1e-9, chips))} H100e"
    texts = short(count), look.ranged("chips") or worth
    side = look.side(parts.used, *texts, thin="above_end", inside="left")
    nodes = [Node("packages", 3, parts.used, colour=look.hue), Node("chips", 4, parts.used, *texts, "ivory", side=side)]
    colour, alpha = (look.hue, INSIDE) if look.is_cn else ("ivory", 0.8 * INSIDE)
    links = [
        Link("good", "packages", parts.used, colour=look.hue, alpha=INSIDE),
        Link("packages", "chips", parts.used, colour=colour, alpha=alpha),
    ]
    return nodes, links


def shortened(node: Node, step: float, pen: Pen) -> Node:
    """A stage without its range where both do not fit."""
    is_close = step < pen.px(150)
    if is_close and node.name == "good":
        node = replace(node, scrap_text=("", ""))
    if is_close and node.name in ("store", "held"):
        return replace(node, figure="")
    wide = pen.width(node.label, "strong") + pen.width(node.figure, "note_medium") + pen.px(14)
    if node.side.startswith("above") and wide > step:
        return replace(node, figure="")
    if node.side == "right" and node.column == 0 and pen.width(node.figure, "note_medium") + pen.px(30) > step:
        return replace(node, figure=node.figure.rpartition(" ")[0])
    return node


def champion(chain: Chain) -> str:
    """The name of China's largest chipmaker."""
    cast = chain.quarter.after.cast
    return cast.names["chipmakers"][cast.champion]


def share_words(amount: float, whole: float, pen: Pen, kind: str) -> tuple[str, str]:
    """How many of a hundred dies are lost here, and how."""
    share = 100 * amount / whole if whole else 0.0
    if share < 1:
        return ("", "")
    return (pen.words("supply.of_100", count=f"{share:.0f}"), pen.words(f"supply.{kind}"))


def range_words(found: Span) -> str:
    """A range with its unit; nothing where its ends are the same as printed."""
    if np.isnan(found.low) or found.is_exact or short(found.low) == short(found.high):
        return ""
    return span(found.low, found.high)
