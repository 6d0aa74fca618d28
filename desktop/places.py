"""Places: where the actors of a cast stand on the map, from `assets/map/sites.toml`; who is not named there goes by region."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from desktop.sites import Site
from world.cast import Cast

SITES = Path(__file__).resolve().parents[1] / "assets/map/sites.toml"


class PlacesError(ValueError):
    """A list of sites that is missing or broken, in a sentence."""


@dataclass(frozen=True)
class Lane:
    """A way of tools, memory or wafers: which order and amount close it, from which value up, and where its words stand."""

    name: str
    start: str
    end: str
    bend: float
    makes: str
    rule: tuple[str, str] | None = None
    closed: float = 1.0
    gate: float = 0.5
    at: tuple[float, float] | None = None
    align: str = "left"


@dataclass(frozen=True)
class Course:
    """How a route runs: a bend, or past a site on a lane of its own."""

    bend: float = 0.08
    via: str = ""
    lane: float = 0.0


@dataclass(frozen=True)
class Spot:
    """Where a figure beside flows stands, and of which flows it is: a channel, to a site where one is named."""

    name: str
    channel: str
    to: str = ""
    at: tuple[float, float] | None = None
    align: str = "left"
    large: bool = False


@dataclass(frozen=True, eq=False)
class Places:
    """Sites by name, who stands where, and how the ways between them run."""

    sites: Mapping[str, Site]
    sources: Mapping[str, str]
    called: Mapping[str, str]
    """What a site is called as an end of a route."""
    actors: Mapping[str, str]
    shares: Mapping[str, Mapping[str, float]]
    sold_from: Mapping[str, str]
    regions: Mapping[str, str]
    blocs: Mapping[str, str]
    gates: Mapping[str, str]
    courses: Mapping[tuple[str, str, str], Course]
    spots: tuple[Spot, ...]
    lanes: tuple[Lane, ...] = field(default=())

    def of_owner(self, cast: Cast, owner: str) -> Mapping[str, float]:
        """The sites of an owner's data centres, as shares that add up to one."""
        if owner in self.shares:
            return self.shares[owner]
        region = cast.owner_region[cast.owners.index(owner)]
        return {self.actors.get(owner, self.regions[region]): 1.0}

    def of_seat(self, cast: Cast, seat: str) -> str:
        """The site of an actor that has a seat."""
        if seat in self.actors:
            return self.actors[seat]
        if seat in cast.owners:
            return next(iter(self.of_owner(cast, seat)))
        return self.blocs[cast.seats[cast.at("seats", seat)].bloc]

    def of_route(self, cast: Cast, broker: str) -> str:
        """Where a broker's goods set out: its own site, else its host's."""
        if broker in self.actors:
            return self.actors[broker]
        row = cast.names["brokers"].index(broker)
        return self.of_seat(cast, cast.names["hosts"][int(cast.route_host[row])])

    def of_maker(self, cast: Cast, maker: str) -> str:
        """Where a maker's chips set out: where they are sold, else where its foundry stands."""
        if maker in self.sold_from:
            return self.sold_from[maker]
        row = cast.names["chipmakers"].index(maker)
        return self.of_seat(cast, cast.names["foundries"][cast.maker_foundry[row]])

    def course(self, channel: str, start: str, end: str) -> Course:
        """How a route runs: as its channel does, else as any between its sites."""
        return self.courses.get((start, end, channel)) or self.courses.get((start, end, "")) or Course()

    def at_site(self, cast: Cast, site: str) -> list[str]:
        """The actors of a cast that stand at a site, in the order of seats and owners."""
        named = [seat.name for seat in cast.seats]
        seats = [name for name in named if self.of_seat(cast, name) == site]
        return [*seats, *(o for o in cast.owners if o not in named and site in self.of_owner(cast, o))]


@cache
def read_places(path: Path = SITES) -> Places:
    """The sites in the asset; raises PlacesError with where, what and remedy."""
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
        found = places_of(tree)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlacesError(f"assets/map/{path.name} cannot be read ({error}); take it anew from the game") from None
    except (KeyError, TypeError) as error:
        raise PlacesError(f"assets/map/{path.name} lacks {error}; take it anew from the game") from None
    check(found, path.name)
    return found


def places_of(tree: Mapping[str, Any]) -> Places:
    """Sites from the tables of the asset."""
    sites = {one["name"]: site_of(one) for one in tree["site"]}
    shares = {
        owner: {site: float(part) for site, part in parts.items() if site != "source"}
        for owner, parts in tree["shares"].items()
    }
    return Places(
        sites=sites,
        sources={one["name"]: one["source"] for one in tree["site"]},
        called={one["name"]: one.get("place", one["label"]) for one in tree["site"]},
        actors={actor: one["name"] for one in tree["site"] for actor in one["actors"]},
        shares=shares,
        sold_from={maker: one["site"] for maker, one in tree["sold_from"].items()},
        regions=tree["regions"],
        blocs=tree["blocs"],
        gates=tree["gates"],
        courses={(one["from"], one["to"], one.get("channel", "")): course_of(one) for one in tree["path"]},
        spots=tuple(spot_of(one) for one in tree["figure"]),
        lanes=tuple(lane_of(one) for one in tree["lane"]),
    )


def site_of(one: Mapping[str, Any]) -> Site:
    """A site without what is installed there."""
    return Site(
        one["name"],
        one["kind"],
        one["longitude"],
        one["latitude"],
        one.get("law", "swing"),
        one["label"],
        sub=one.get("sub", ""),
        anchor=one.get("anchor", "right"),
        offset=tuple(one.get("offset", (0, 0))),
        key=one.get("key", False),
    )


def course_of(one: Mapping[str, Any]) -> Course:
    """How a route runs."""
    return Course(one.get("bend", 0.08), one.get("via", ""), one.get("lane", 0.0))


def spot_of(one: Mapping[str, Any]) -> Spot:
    """Where a figure stands."""
    at = tuple(one["at"]) if "at" in one else None
    return Spot(one["name"], one["channel"], one.get("to", ""), at, one.get("align", "left"), one.get("large", False))


def lane_of(one: Mapping[str, Any]) -> Lane:
    """A way of tools, memory or wafers."""
    return Lane(
        one["name"],
        one["from"],
        one["to"],
        one.get("bend", 0.08),
        one["makes"],
        tuple(one["rule"]) if "rule" in one else None,
        one.get("closed", 1.0),
        one.get("gate", 0.5),
        tuple(one["at"]) if "at" in one else None,
        one.get("align", "left"),
    )


def check(found: Places, name: str) -> None:
    """Refuses sites that are named and not there, and shares that are not one; raises PlacesError."""
    named = [
        *found.sold_from.values(),
        *found.regions.values(),
        *found.blocs.values(),
        *found.gates.values(),
        *(site for parts in found.shares.values() for site in parts),
        *(site for start, end, _ in found.courses for site in (start, end)),
        *(course.via for course in found.courses.values() if course.via),
        *(site for lane in found.lanes for site in (lane.start, lane.end)),
    ]
    for site in named:
        if site not in found.sites:
            raise PlacesError(f"assets/map/{name}: there is no site {site!r}; add it, or name another")
    for owner, parts in found.shares.items():
        if abs(sum(parts.values()) - 1) > 1e-9:
            raise PlacesError(f"assets/map/{name}: the shares of {owner} add up to {sum(parts.values()):g}; make it 1")
