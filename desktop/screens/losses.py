"""The finding of the supply chain: which input stops a maker, how many dies get into a chip, and what a better yield would give."""

from collections.abc import Sequence

import numpy as np

from desktop.numbers import short
from desktop.pen import Pen
from desktop.screens.chains import Shown
from desktop.screens.inputs import bound_words, maker_of
from play.chain import INPUTS, Chain

Array = np.ndarray


def headlines(shown: Shown, chains: Sequence[tuple[str, Chain]], pen: Pen) -> list[str]:
    """The finding in sentences, the longest first: what stops the maker, and what share of its dies gets into a chip."""
    name, chain = chains[-1]
    shares = [100 * (1 - one.span("scrap_share").mean) for _, one in chains]
    if not all(np.isfinite(shares)):
        return [pen.words("supply.finding_none", who=shown.called(name))]
    bound = bound_words(shown, chain, pen)
    is_maker = shown.called(name) == shown.called(maker_of(shown, chain))
    named = "supply.finding_one" if is_maker else "supply.finding_of"
    found = [pen.words(named, bound=bound, who=shown.called(name), share=f"{shares[-1]:.0f}"), bound]
    if len(chains) > 1:
        others = shown.called(chains[0][0])
        words = {"share": f"{shares[-1]:.0f}", "others": others, "most": f"{shares[0]:.0f}"}
        found.insert(0, pen.words("supply.finding_both", bound=bound, **words))
    return found


def elsewhere(shown: Shown, name: str, chain: Chain, pen: Pen) -> list[str]:
    """What the best foundry's yield would give, the longest sentence first: how many chips more, and what would stop it then."""
    then = chain.at_yield_of(shown.best)
    made, chips = float(then["made"].mean()), float(then["chips"].mean())
    words = {"foundry": shown.foundry, "who": shown.called(name)}
    if chips < made * 1.02:
        return [pen.words("supply.finding_same", **words)]
    words |= {"times": f"{chips / made:.1f}" if made else "∞", "more": short(chips - made)}
    stops = pen.words(f"supply.input.{stops_then(chain, then['by_dies'])}").lower()
    return [pen.words("supply.finding_yield_then", stops=stops, **words), pen.words("supply.finding_yield", **words)]


def stops_then(chain: Chain, by_dies: Array) -> str:
    """The input that allows fewest chips in most worlds, were the dies as many as at another yield."""
    limits = np.stack([by_dies if name == "dies" else chain.limits[name] for name in INPUTS.values()])
    least = np.bincount(limits.argmin(axis=0), minlength=len(INPUTS))
    return tuple(INPUTS.values())[int(least.argmax())]
