"""Measures: the table of what a good game of this kind is measured by, with the aim beside what was found."""

from collections.abc import Iterable

from arena.tournament.findings import Findings, Measure
from play.figures import figure

LATER = "players that search come later"
DEAD, DOMINANT = 1.0, 25.0
"""Points that a lever should be worth, from and up to."""
USED = 0.05
"""Share of games from which an order counts as used."""


def percent(share: float, digits: int = 0) -> str:
    """A share in words."""
    return f"{100 * share:.{digits}f} %"


def measures(found: Findings) -> tuple[Measure, ...]:
    """Every measure, as far as doctrines can fill it."""
    return (
        ladder(found),
        Measure(
            "skill for effort",
            "rating gained per doubling of rollouts for the same search player",
            "at least 40 points over 5 doublings",
            f"not measured: {LATER}",
        ),
        luck(found),
        balance(found),
        audit(found),
        Measure(
            "opening plans",
            "effective number of opening plans among the top quarter of players",
            "at least 6",
            f"not measured: doctrines have one plan each; {LATER}",
        ),
        used(found),
        support(found),
        cyclic(found),
        exploitability(found),
        *tension(found),
        Measure(
            "endings",
            "share of the commonest way to win",
            "at most 60 %",
            "not measured: every game ends after its last quarter, and no other ending is declared",
        ),
        Measure(
            "belief",
            "coverage of 90 % ranges",
            "88-92 %",
            "measured by `honesty` and `coverage`: docs/evidence/honesty.md",
        ),
    )


def ladder(found: Findings) -> Measure:
    """The longest ladder, and the rating span."""
    by_name = {one.name: one.rating.value for one in found.rated}
    least = by_name.get("random", min(by_name.values()))
    span = max(by_name.values()) - least
    whose = "random" if "random" in by_name else "the lowest"
    return Measure(
        "skill ladder",
        "longest chain of players each beating the one below in at least 65 % of pairs; rating span from random to best",
        "at least 6 rungs, 800 points",
        f"{len(found.chain)} rungs ({' > '.join(found.chain)}); {span:.0f} points from {whose} to best",
        len(found.chain) >= 6 and span >= 800,
    )


def luck(found: Findings) -> Measure:
    """The share of luck, seat by seat."""
    each = [(one.luck.seed, one.name) for one in found.seats]
    mean = sum(share for share, _ in each) / len(each)
    (low, low_name), (high, high_name) = min(each), max(each)
    spread = f"; from {percent(low)} ({low_name}) to {percent(high)} ({high_name})" if len(each) > 1 else ""
    return Measure(
        "luck share",
        "share of outcome variance due to the seed alone, in a crossed design of seeds and players",
        "15-40 %",
        f"{percent(mean)} on average{spread}",
        0.15 <= mean <= 0.40,
    )


def balance(found: Findings) -> Measure:
    """The score by seat against par."""
    means = [one.points[1] for one in found.seats]
    said = f"`standard` gets {figure(min(means))} to {figure(max(means))} points by seat"
    par = [one.par for one in found.seats if one.par is not None]
    said += f", percentile {min(par):.0f} to {max(par):.0f} of par" if par else "; there is no par to compare with"
    return Measure(
        "seat balance",
        "score against par by seat with equal players",
        "within 1 point of the stated target",
        f"{said}; no target is stated",
    )


def audit(found: Findings) -> Measure:
    """How many levers are worth something, and which are too much."""
    levers = [(one.loss, f"{seat.name}.{one.kind}") for seat in found.seats for one in seat.levers]
    useful = [name for loss, name in levers if loss.value >= DEAD]
    harmful = [name for loss, name in levers if loss.high < 0]
    heavy = [name for loss, name in levers if loss.value > DOMINANT]
    said = f"{len(useful)} of {len(levers)} are worth a point or more to `standard` ({_some(useful)}); "
    said += f"{len(harmful)} cost it points; {len(heavy)} dominate"
    return Measure(
        "lever audit",
        "loss when one order kind is forbidden to a strong player",
        "every lever 1-25 points: none dead, none dominant",
        said,
        len(useful) == len(levers) and not heavy,
    )


def _some(names: Iterable[str], most: int = 4) -> str:
    listed = list(names)
    rest = f" and {len(listed) - most} more" if len(listed) > most else ""
    return (", ".join(listed[:most]) + rest) or "none"


def used(found: Findings) -> Measure:
    """How many kinds of order are in use by players other than `random`."""
    levers = [(one.used_by_any, f"{seat.name}.{one.kind}") for seat in found.seats for one in seat.levers]
    idle = [name for share, name in levers if share < USED]
    share = 1 - len(idle) / max(len(levers), 1)
    return Measure(
        "levers used",
        "levers used in at least 5 % of games, by any player but `random`",
        "95 %",
        f"{percent(share)}; idle: {_some(idle)}",
        share >= 0.95,
    )


def support(found: Findings) -> Measure:
    """How many players a mixture of Nash holds."""
    inside = [name for name, (share, _) in found.nash.items() if share > 0.01]
    return Measure(
        "Nash support",
        "players with a part in the optimal mixture",
        "at least 3",
        f"{len(inside)} ({', '.join(inside)})",
        len(inside) >= 3,
    )


def cyclic(found: Findings) -> Measure:
    """The cyclic share."""
    one = found.cyclic
    said = f"{percent(one.value, 1)} ({percent(one.low, 1)} to {percent(one.high, 1)})"
    return Measure(
        "cyclic share",
        "share of the payoff matrix that no rating explains",
        "5-30 %",
        f"{said}; {len(found.cycles)} three-cycles whose every edge is significant",
        0.05 <= one.value <= 0.30,
    )


def exploitability(found: Findings) -> Measure:
    """What the best drawn players get above `standard`."""
    known = [(one.exploit.gain, one.name) for one in found.seats if one.exploit is not None]
    said = "not measured: no players were drawn (--tries 0)"
    if known:
        gain, name = max(known, key=lambda pair: pair[0].value)
        above = sum(gain.low > 0 for gain, _ in known)
        said = f"best of {found.tries} drawn players gains on {above} of {len(known)} seats, most on {name}: "
        said += f"{gain.value:+.1f} points ({gain.low:+.1f} to {gain.high:+.1f}); a lower bound"
    return Measure("exploitability", "gain of the best response found within a stated budget", "none stated", said)


def tension(found: Findings) -> tuple[Measure, ...]:
    """When games are decided, for the race and for the seats."""
    seats, race = [one.course for one in found.seats], found.race
    count = len(seats)

    def said(of_race: float, of_seats: float, is_share: bool) -> str:
        form = percent if is_share else lambda x: f"{x:.1f}"
        return f"{form(of_race)} for the race, {form(of_seats)} for a seat on average"

    certain, moves, back = (
        sum(getattr(one, name) for one in seats) / count for name in ("certain", "changes", "comebacks")
    )
    return (
        Measure(
            "tension",
            "share of the game after which the winner is 90 % certain",
            "after 60 %",
            said(race.certain, certain, True),
            min(race.certain, certain) >= 0.6,
        ),
        Measure(
            "lead changes", "times a game that who is ahead changes", "at least 2",
            said(race.changes, moves, False), min(race.changes, moves) >= 2,
        ),
        Measure(
            "comebacks", "share of games won from behind at half-time", "at least 10 %",
            said(race.comebacks, back, True), min(race.comebacks, back) >= 0.1,
        ),
    )  # fmt: skip
