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


def drawn_of(
    shown: Shown, name: str, chain: Chain, per_die: float, elsewhere: bool, pen: Pen, step: float = 1e9
) -> Drawn:
    """The Sankey of a chain on a scale of pixels for each die; names above stages are cut to `step` pixels between columns."""
    is_cn = bool(chain.quarter.after.cast.is_cn_product[chain.mine].all())
    parts = parts_elsewhere(chain, shown.best) if elsewhere and is_cn else parts_of(chain)
    is_changed = elsewhere and is_cn
    hue, band = ("cn", "cn") if is_cn else ("us", "us")
    exact = {
        one: chain.span(one) for one in ("out", "proxy", "taken", "bad", "lost", "used", "chips", "h100e", "wafers")
    }

    def side(amount: float) -> str:
        return "right" if amount * per_die > 46 * pen.scale.unit else "above"

    def ranged(one: str) -> str:
        return "" if is_changed else range_words(exact[one])

    wafers = exact["wafers"].mean
    first = pen.words("supply.wafers", count=short(wafers)) if np.isfinite(wafers) else ""
    nodes = [
        Node(
            "wafers", 0, parts.out, shown.called(name), f"{first} {ranged('wafers')}".strip(), hue, side=side(parts.out)
        )
    ]
    links = [Link("wafers", "dies", parts.out, colour="edge" if not is_cn else band, alpha=0.5)]
    for extra, amount in (("proxy", parts.proxy), ("stock", parts.drawn)):
        if amount * per_die >= LEAST_PIXELS:
            label = pen.words(f"supply.from_{extra}")
            nodes.append(Node(extra, 0, amount, label, short(amount), hue, side="right"))
            links.append(Link(extra, "dies", amount, colour=band, hatched=True))
    through = parts.all
    scrap = share_words(parts.bad, parts.taken, pen, "bad")
    nodes.append(
        Node(
            "dies",
            1,
            through,
            short(parts.taken),
            ranged("taken"),
            hue,
            parts.bad,
            scrap,
            side=side(through - parts.bad),
        )
    )
    good = parts.lost + parts.held + parts.used
    if -parts.drawn * per_die >= LEAST_PIXELS:
        nodes.append(
            Node("store", 2, -parts.drawn, pen.words("supply.to_stock"), short(-parts.drawn), hue, side="right")
        )
        links.append(Link("dies", "store", -parts.drawn, colour=band, hatched=True))
    good_span = Span.of(chain.values["lost"] + chain.values["used"])
    good_range = "" if is_changed else range_words(good_span)
    lost = share_words(parts.lost, parts.taken, pen, "lost")
    nodes.append(Node("good", 2, good, short(good), good_range, hue, parts.lost, lost, side=side(good - parts.lost)))
    links.append(Link("dies", "good", good, colour=band, alpha=0.5))
    if parts.held * per_die >= LEAST_PIXELS:
        nodes.append(Node("held", 3, parts.held, pen.words("supply.held"), short(parts.held), "t3", side="right"))
        links.append(Link("good", "held", parts.held, colour="t3", hatched=True))
    chips = (
        exact["chips"].mean if not is_changed else parts.used / max(1e-9, parts_of(chain).used) * exact["chips"].mean
    )
    worth = exact["h100e"].mean / max(1e-9, exact["chips"].mean)
    nodes.append(Node("packages", 3, parts.used, "", "", hue))
    links.append(Link("good", "packages", parts.used, colour=band, alpha=0.5))
    nodes.append(
        Node(
            "chips",
            4,
            parts.used,
            f"{short(chips)}",
            ranged("chips") or f"{short(chips * worth)} H100e",
            "ivory",
            side="left",
        )
    )
    links.append(Link("packages", "chips", parts.used, colour="ivory" if not is_cn else band, alpha=0.45))
    nodes = [shortened(node, step, pen) for node in nodes]
    quantity = {"us": "made_us", "china": "made_cn"}.get(name, f"{champion(chain)}_chips")
    figures = {} if name == "own" else {"chips": quantity}
    return Drawn(Sankey(tuple(nodes), tuple(links), COLUMNS, (per_die,) * COLUMNS, gap=26), figures)


def shortened(node: Node, step: float, pen: Pen) -> Node:
    """A stage without its range where both do not fit above it."""
    if step < pen.px(150) and node.name == "good":
        node = replace(node, scrap_text=("", ""))
    if step < pen.px(150) and node.name in ("store", "held"):
        return replace(node, figure="")
    if (
        node.side == "above"
        and pen.width(node.label, "strong") + pen.width(node.figure, "note_medium") + pen.px(14) > step
    ):
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
