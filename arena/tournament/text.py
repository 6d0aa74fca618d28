"""Text: what a tournament shows, as tables for a terminal."""

import sys
from collections.abc import Sequence

from arena.tournament.findings import Estimate, Findings, OfSeat
from arena.tournament.measures import percent

Row = Sequence[str]


def points(one: Estimate, digits: int = 1) -> str:
    """A figure with its interval: `+1.2 (+0.9 to +1.5)`."""
    value, low, high = (f"{x:+.{digits}f}" for x in (one.value, one.low, one.high))
    return f"{value} ({low} to {high})".replace(f"-{0:.{digits}f}", f"{0:.{digits}f}")


def share(one: Estimate) -> str:
    """A share with its interval: `62 % (59 to 65)`."""
    return f"{100 * one.value:.0f} % ({100 * one.low:.0f} to {100 * one.high:.0f})"


def rank(ends: tuple[int, int]) -> str:
    """The ranks that a player may have."""
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def told(found: Findings) -> None:
    """Print the findings."""
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 160)
    title = f"{found.title}: {len(found.rated)} players, {len(found.seats)} seats, {found.games:,} seeds"
    console.print(f"[bold]{title}[/bold], {found.played:,} games, rules {found.rules_version}; intervals are 95 %")
    _table(console, "Ratings over all seats", ("player", "rating", "rank", "alpha-rank", "Nash"), _ratings(found))
    if found.edges:
        _table(console, "What a seat is worth at a mixed table", ("seat", "rating points"), _edges(found))
    for seat in found.seats:
        _table(console, f"{seat.title}: `standard` against", ("player", "pairs won", "points", "rating"), _met(seat))
    _table(console, "Orders that move most: what `standard` loses without them", LEVERS, _levers(found))
    if any(seat.exploit for seat in found.seats):
        title = f"Best of {found.tries} players with drawn dials, against `standard` on fresh seeds (a lower bound)"
        _table(console, title, ("seat", "player", "points", "holds"), _exploits(found))
    _table(console, "Measures", ("measure", "aim", "found"), [(m.name, m.aim, m.found) for m in found.measures])
    if found.par_missing:
        console.print(f"no par: {found.par_missing}")


LEVERS = ("seat", "order", "points lost", "used in games", "moves a game")


def _table(console: object, title: str, head: Row, rows: Sequence[Row]) -> None:
    from rich.box import SIMPLE
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=escape(title), title_justify="left", title_style="bold", box=SIMPLE)
    for name in head:
        table.add_column(name)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    console.print(table)  # type: ignore[attr-defined]


def _ratings(found: Findings) -> list[Row]:
    return [
        (
            one.name,
            points(one.rating, 0),
            rank(one.ranks),
            percent(found.alpha[one.name].value),
            f"{percent(found.nash[one.name][0])} (in {percent(found.nash[one.name][1])} of resamples)",
        )
        for one in found.rated
    ]


def _edges(found: Findings) -> list[Row]:
    return [(name, points(one, 0)) for name, one in found.edges]


def _met(seat: OfSeat) -> list[Row]:
    return [
        (one.second, share(one.rate), points(one.gain, 2), points(one.rating, 0) if one.rating else "")
        for one in seat.met
    ]


def _levers(found: Findings, most: int = 4) -> list[Row]:
    return [
        (seat.name, one.kind, points(one.loss, 2), percent(one.used), f"{one.each:.1f}")
        for seat in found.seats
        for one in sorted(seat.levers, key=lambda lever: -abs(lever.loss.value))[:most]
    ]


def _exploits(found: Findings) -> list[Row]:
    return [
        (seat.name, one.doctrine, points(one.gain, 2), "; ".join(one.dials))
        for seat in found.seats
        for one in [seat.exploit]
        if one is not None
    ]
