"""Page: a tournament as one HTML page that needs no network, no script and nothing beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from arena.tournament.draw import Line, bars, dots, matrix
from arena.tournament.findings import Estimate, Findings, Lever, OfSeat
from arena.tournament.measures import percent
from arena.tournament.text import points as plain_points
from arena.tournament.text import rank, share
from play.debrief.chart import Chart, Table
from play.figures import MINUS

ASSETS = Path(__file__).resolve().parents[2] / "assets"
TELLING = 0.05
"""Points that an order has to be worth, either way, to stand in the picture."""
FEW = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven"}
MOST = 9
"""Orders of a seat in the picture, at most."""


def page(found: Findings) -> str:
    """The page, with every word from files escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS / "arena"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, points=points, share=share, spoken=spoken)
    style = Markup((ASSETS / "debrief" / "page.css").read_text("utf-8"))
    style += Markup((ASSETS / "arena" / "tournament.css").read_text("utf-8"))
    return environment.get_template("tournament.html.j2").render(found=found, style=style, **parts(found))


def parts(found: Findings) -> dict[str, Any]:
    """The charts, and the words made of figures."""
    return {
        "headline": headline(found),
        "summary": summary(found),
        "ratings": ratings(found),
        "against": against(found),
        "payoff": payoff(found),
        "edges": edges(found) if found.edges else None,
        "levers": levers(found),
        "idle": [(seat.title, idle(seat)) for seat in found.seats if idle(seat)],
        "luck": luck(found),
        "standing": standing(found),
        "is_named": any(name != said for name, said in found.entrants.items()),
        "exploits": [(seat, seat.exploit) for seat in found.seats if seat.exploit is not None],
        "counted": f"{found.played:,}",
        "seeds": f"{found.games:,}",
    }


def points(one: Estimate, digits: int = 1) -> str:
    """A figure with its interval, as print has it."""
    return plain_points(one, digits).replace("-", MINUS)


def spoken(kind: str) -> str:
    """The name of an order in words."""
    return kind.replace("_", " ")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"


def headline(found: Findings) -> str:
    """Who is best, in one sentence."""
    best = [one.name for one in found.rated if one.ranks[0] == 1]
    if len(best) > 1:
        names = listed(best) if len(best) < 5 else f"{', '.join(best[:4])} and others"
        return f"{FEW.get(len(best), len(best))} players may be the best: {names}"
    return f"The best player is {best[0]}"


def summary(found: Findings) -> list[str]:
    """What matters most, in a few sentences."""
    said = []
    for other in ("still", "random"):
        met = [(seat.title, one) for seat in found.seats for one in seat.met if one.second == other]
        better = [title for title, one in met if one.rate.low > 0.5]
        if met:
            does = "changes nothing" if other == "still" else "gives orders at random"
            rest = [title for title, one in met if title not in better]
            where = "every seat" if not rest else f"{len(better)} of {len(met)} seats (not {listed(rest)})"
            said.append(f"The standard player does better than one who {does} from {where}.")
    single = [(lever, seat) for seat in found.seats for lever in seat.levers]
    if single:
        lever, seat = max(single, key=lambda pair: pair[0].loss.value)
        said.append(
            f"The order worth most to it is to {spoken(lever.kind)}, for {seat.title}: {points(lever.loss)} points."
        )
    shares = [seat.luck.seed for seat in found.seats]
    said.append(f"The seed alone decides {percent(sum(shares) / len(shares))} of what happens to a seat.")
    return said


def ratings(found: Findings) -> Chart:
    """Players by rating."""
    lines = [Line(one.name, one.rating, f"rank {rank(one.ranks)}", one.ranks[0] == 1) for one in found.rated]
    span = found.rated[0].rating.value - found.rated[-1].rating.value
    rows = tuple(
        (one.name, points(one.rating, 0), rank(one.ranks), percent(found.alpha[one.name].value), percent(found.nash[one.name][0]))
        for one in found.rated
    )  # fmt: skip
    return dots(
        "ratings",
        f"{span:.0f} rating points lie between {found.rated[0].name} and {found.rated[-1].name}",
        "Rating points above the mean of all players (Bradley-Terry; 400 points are odds of ten to one), with 95 % intervals",
        lines, 0.0,
        Table("Ratings", ("player", "rating", "rank", "alpha-rank", "share in a Nash mixture"), rows),
    )  # fmt: skip


def against(found: Findings) -> Chart:
    """The standard player against each other, seat by seat."""
    met = [(seat, one) for seat in found.seats for one in seat.met]
    lines = [
        Line(one.second, one.rate, f"{points(one.gain)}", one.second in ("still", "random"), seat.title)
        for seat, one in met
    ]
    lost = [(seat.title, one.second) for seat, one in met if one.rate.high < 0.5]
    finding = "The standard player loses nowhere" if not lost else (
        f"The standard player is beaten in {len(lost)} of {len(met)} comparisons"
    )  # fmt: skip
    rows = tuple(
        (seat.title, one.second, share(one.rate), points(one.gain, 2), points(one.rating, 0) if one.rating else "")
        for seat, one in met
    )
    return dots(
        "against", finding,
        "Share of pairs that standard wins against another player in the same seat and the same worlds, with points gained a pair",
        lines, 0.5,
        Table("`standard` against others", ("seat", "other", "pairs won", "points", "rating points"), rows),
        is_share=True,
    )  # fmt: skip


def standing(found: Findings) -> Table:
    """What the standard player gets in each seat, and how its games run."""
    rows = tuple(
        (
            seat.title,
            f"{seat.points[1]:.1f} ({seat.points[0]:.1f} to {seat.points[2]:.1f})",
            "–" if seat.par is None else f"{seat.par:.0f}",
            percent(seat.course.certain),
            f"{seat.course.changes:.1f}",
            percent(seat.course.comebacks),
        )
        for seat in found.seats
    )
    return Table(
        "Games with standard in every seat: a seat is ahead above its median, and wins a game that it ends there",
        ("seat", "points (nine in ten games)", "percentile of par", "certain after", "changes", "comebacks"),
        rows,
    )


def payoff(found: Findings) -> Chart:
    """Who beats whom."""
    names = [one.name for one in found.rated]
    by_pair = {(one.first, one.second): one.rate for one in found.met}

    def rate(first: str, second: str) -> Estimate | None:
        if (one := by_pair.get((first, second))) is not None:
            return one
        other = by_pair.get((second, first))
        return None if other is None else Estimate(1 - other.value, 1 - other.high, 1 - other.low)

    cycles = len(found.cycles)
    how = "no circles" if not cycles else "one circle of three" if cycles == 1 else f"{cycles} circles of three"
    return matrix(
        "payoff", f"Who beats whom: {how} that chance does not explain",
        "Share of pairs that the player of the row wins against that of the column, per cent; pale where chance would do",
        names, [[rate(a, b) for b in names] for a in names],
    )  # fmt: skip


def edges(found: Findings) -> Chart:
    """What holding a seat is worth."""
    titles = {seat.name: seat.title for seat in found.seats}
    ranked = sorted(found.edges, key=lambda pair: -pair[1].value)
    lines = [Line(titles[name], one, points(one, 0)) for name, one in ranked]
    best, edge = ranked[0]
    finding = "No seat is easier to do better than par from than the others"
    if edge.leaves_out(0.0):
        finding = f"{titles[best]} is the easiest seat to do better than par from"
    return dots(
        "edges", finding,
        "Rating points that a seat adds to whoever holds it at a mixed table, beside the mean of the seats",
        lines, 0.0, Table("Seats", ("seat", "rating points"), tuple((titles[n], points(o, 0)) for n, o in ranked)),
    )  # fmt: skip


def shown(seat: OfSeat) -> list[Lever]:
    """The orders of a seat that are worth something, either way."""
    telling = [one for one in seat.levers if abs(one.loss.value) >= TELLING and one.loss.leaves_out(0.0)]
    kept = sorted(telling, key=lambda one: -abs(one.loss.value))[:MOST]
    return sorted(kept, key=lambda one: -one.loss.value)


def idle(seat: OfSeat) -> list[str]:
    """The orders of a seat without which its `standard` does as well."""
    return [spoken(one.kind) for one in seat.levers if one not in shown(seat)]


def levers(found: Findings) -> Chart:
    """What the standard player loses without each order."""
    each = [(seat, one) for seat in found.seats for one in shown(seat)]
    lines = [
        Line(spoken(one.kind), one.loss, f"in {percent(one.used)} of games", False, seat.title) for seat, one in each
    ]
    all_of = [one for seat in found.seats for one in seat.levers]
    useful = sum(one.loss.value >= 1 for one in all_of)
    rows = tuple(
        (seat.title, spoken(one.kind), points(one.loss, 2), share(one.rate), percent(one.used), f"{one.each:.1f}")
        for seat in found.seats for one in seat.levers
    )  # fmt: skip
    return dots(
        "levers", f"{useful} of {len(all_of)} orders are worth a point or more to the standard player",
        "Points that it loses when it may not give an order, with 95 % intervals; left of zero, it does better without",
        lines or [Line("none", Estimate(0.0, 0.0, 0.0))], 0.0,
        Table("Orders", ("seat", "order", "points lost", "pairs won with it", "used in games", "moves a game"), rows),
    )  # fmt: skip


def luck(found: Findings) -> Chart:
    """Where the variance of a seat's points comes from."""
    names = [seat.title for seat in found.seats]
    shares = [(seat.luck.seed, seat.luck.player, seat.luck.both) for seat in found.seats]
    mean = sum(one[0] for one in shares) / len(shares)
    rows = tuple((name, *(percent(one) for one in each)) for name, each in zip(names, shares, strict=True))
    return bars(
        "luck", f"The seed alone decides {percent(mean)} of a seat’s points",
        "Components of variance of points, over players and seeds; the aim for the seed is 15 to 40 %",
        names, shares, (("seed", "fill-cn"), ("player", "fill-remote"), ("both together", "fill-scrap")),
        Table("Luck", ("seat", "seed", "player", "both together"), rows),
    )  # fmt: skip
