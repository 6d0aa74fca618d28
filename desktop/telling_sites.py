"""What a tooltip of the map says of a site: what stands there, what passes through it, what the seat knows of who is there."""

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.atlas import figure_text
from desktop.board import WORLDS, Board, Figure
from desktop.currents import CHANNELS, Five
from desktop.kit import Fact
from desktop.numbers import dollars, short
from desktop.places import Places
from play.story import Story
from play.words import Words
from world.cast import Cast

Tree = Mapping[str, Any]

MOST_FACTS = 8
TOLD = ("score", "approval", "capacity", "memory_capacity", "price_index", "revenue", "caught")
"""Quantities that a tooltip says of an actor, where the seat sees them."""


def fact_of(text: str, five: Five) -> Fact:
    """A line with a quantity and its range."""
    return Fact(text, *figure_text(five))


def site_facts(
    site: str,
    board: Board,
    seen: Tree,
    cast: Cast,
    story: Story,
    places: Places,
    words: Words,
    before: Board | None = None,
) -> tuple[Fact, ...]:
    """Installed compute, what came and went through each channel, then public and own figures of who stands there."""
    found: list[Fact] = []
    if site in board.known.installed:
        found.append(fact_of(words("board.tip.installed"), board.known.installed[site]))
        if before is not None and site in before.known.installed:
            found.append(fact_of(words("board.tip.was_installed"), before.known.installed[site]))
    found += passing(site, board, words)
    for actor in places.at_site(cast, site):
        found += list(figures_of(actor, seen, story, words))
    return tuple(found[:MOST_FACTS])


def passing(site: str, board: Board, words: Words) -> Iterator[Fact]:
    """What came in and went out through each channel; ranges of several flows are added end by end."""
    for way in ("comes", "goes"):
        for channel in CHANNELS:
            mine = [
                one.amount
                for one in board.known.currents
                if one.route.channel == channel and site == (one.route.end if way == "comes" else one.route.start)
            ]
            if mine:
                ends = (sum(getattr(five, name) for five in mine) for name in ("low", "near", "middle", "far", "high"))
                name = words(f"board.channel.{channel}")
                yield fact_of(words(f"board.tip.{way}", channel=name), Five(*ends))


def figures_of(actor: str, seen: Tree, story: Story, words: Words) -> Iterator[Fact]:
    """What the seat sees exactly of an actor, as far as tooltips tell it."""
    for column in TOLD:
        about = seen["quantities"].get(column)
        if about is None:
            continue
        values = {key: value for key, value in about["values"].items() if key.split(".")[0] == actor}
        for key, value in values.items():
            if not value or isinstance(value, bool):
                continue
            part = key.partition(".")[2]
            who = story.called(actor) + (f", {part}" if part else "")
            yield Fact(words(f"board.tip.{column}", who=who), written(column, float(value)))


def written(column: str, value: float) -> str:
    """A figure in the unit that its line names."""
    if column == "approval":
        return f"{100 * value:.0f} %"
    if column == "revenue":
        return dollars(value * 1e3)
    if column == "price_index":
        return f"{value:.2f} ×"
    return f"{value:.1f}" if column == "score" else short(value, 3)


def site_foot(site: str, board: Board, story: Story, places: Places, words: Words) -> str:
    """How the figures are known, and where the place comes from."""
    name = "board.tip.foot_truth" if board.is_truth else "board.tip.foot_estimate"
    told = words(name, n=WORLDS, seat=story.called(board.seat), source=places.sources[site])
    has_flows = any(site in (one.route.start, one.route.end) for one in board.known.currents)
    return f"{words('board.tip.unit', quarter=board.quarter)} {told}" if has_flows else told


def site_title(site: str, cast: Cast, story: Story, places: Places) -> tuple[str, str]:
    """The site's name, and who else stands there."""
    actors = [story.called(actor) for actor in places.at_site(cast, site)]
    label = places.sites[site].label
    others = [name for name in actors if name not in label]
    return label, ", ".join(others[:3])


def flow_facts(
    figure: Figure, board: Board, places: Places, words: Words, before: Board | None = None
) -> tuple[str, tuple[Fact, ...], str]:
    """What is known of the flows of a figure: their name, what it was, each route with its amount, and how that is known."""
    amounts = {one.route: one.amount for one in board.known.currents}
    routes = sorted(figure.routes, key=lambda route: -amounts[route].middle)
    facts = [fact_of(words("board.tip.all", quarter=board.quarter), figure.amount)]
    was = [] if before is None else [one.amount for one in before.known.figures if one.spot.name == figure.spot.name]
    facts += [fact_of(words("board.tip.was"), five) for five in was]
    for route in routes[: MOST_FACTS - len(facts)]:
        start, end = places.called[route.start], places.called[route.end]
        facts.append(fact_of(words("board.tip.route", start=start, end=end), amounts[route]))
    known = board.is_truth or figure.amount.is_known
    foot = words("board.tip.flow_known" if known else "board.tip.flow_foot")
    return words(f"board.figure.{figure.spot.name}"), tuple(facts), foot
