"""Analysis: from the points of every game to what they show; the unit is the pair of games with one seed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from jaxtyping import Float

from agents.doctrine.variants import drawn, split
from arena.tournament.course import Courses
from arena.tournament.design import Plan, seatings, tried_on
from arena.tournament.entrants import STANDARD
from arena.tournament.findings import (
    Course,
    Estimate,
    Exploit,
    Findings,
    Lever,
    Luck,
    Met,
    OfSeat,
    Rated,
)
from arena.tournament.results import Results, won
from arena.tournament.statistics import bootstrap, cycles, populations
from arena.tournament.statistics.bradley_terry import Comparisons, Ratings, ranks, ratings
from arena.tournament.statistics.luck import shares
from play.par import Par, ParError, read_par
from world.cast import Seat
from world.scenario import RULES_VERSION, Scenario
from world.turn import layout_of

Array = np.ndarray
LADDER = 0.65
"""Share of pairs from which a player stands a rung above another."""


def analysed(plan: Plan, scenario: Scenario, results: Results, courses: Courses, played: int) -> Findings:
    """Everything that the results of a tournament show."""
    from arena.tournament.measures import measures

    weights = bootstrap.resamples(plan.games)
    whole = Whole(plan, results, weights)
    par, missing = _par(scenario)
    found = Findings(
        title=scenario.title,
        scenario=scenario.name,
        rules_version=RULES_VERSION,
        games=plan.games,
        played=played,
        seed=plan.seed,
        tries=plan.tries,
        entrants={one.name: ",".join(one.doctrines) for one in plan.entrants},
        seats=tuple(of_seat(plan, scenario, results, weights, seat, par, courses.of[seat.name]) for seat in plan.seats),
        rated=whole.rated(),
        edges=whole.edges(),
        met=whole.met(),
        cycles=whole.cycles(),
        cyclic=whole.cyclic(),
        alpha=whole.alpha(),
        nash=whole.nash(),
        chain=whole.chain(),
        race=courses.race,
        par_missing=missing,
    )
    return replace(found, measures=measures(found))


def _par(scenario: Scenario) -> tuple[Par | None, str]:
    try:
        return read_par(scenario), ""
    except ParError as error:
        return None, str(error)


def mean_of(values: Float[Array, " games"]) -> Estimate:
    """A mean over seeds."""
    return Estimate(*(float(x) for x in bootstrap.interval_of_mean(values)))


def rate_of(results: Float[Array, " games"]) -> Estimate:
    """A share of pairs."""
    rate = results.mean()
    return Estimate(float(rate), *(float(x) for x in bootstrap.interval_of_rate(np.asarray(rate), results.size)))


def over(value: float, samples: Float[Array, " times"]) -> Estimate:
    """A figure with its interval over resamples."""
    return Estimate(float(value), *(float(x) for x in bootstrap.interval(samples)))


def rated_of(names: Sequence[str], whole: Array, samples: Array) -> tuple[Rated, ...]:
    """Players by rating, best first."""
    sets = ranks(samples)
    found = [
        Rated(name, over(whole[at], samples[:, at]), (int(sets[at, 0]), int(sets[at, 1])))
        for at, name in enumerate(names)
    ]
    return tuple(sorted(found, key=lambda one: -one.rating.value))


def of_seat(
    plan: Plan,
    scenario: Scenario,
    results: Results,
    weights: Array,
    seat: Seat,
    par: Par | None,
    course: Course,
) -> OfSeat:
    """What the tournament says of one seat."""
    names = tried_on(plan, seat)
    points = np.stack([results.alone(seat.name, name) for name in names])
    usual = points[0]
    whole, samples = _ratings_alone(points, weights)
    met = tuple(
        Met(STANDARD, name, rate_of(won(usual - own)), mean_of(usual - own), over(whole[0] - whole[at], apart))
        for at, (name, own) in enumerate(zip(names, points, strict=True))
        for apart in [samples[:, 0] - samples[:, at]]
        if name != STANDARD
    )
    low, high = np.percentile(usual, (5, 95))
    luck = shares(points)
    return OfSeat(
        seat.name,
        seat.title,
        rated_of(names, whole, samples),
        met,
        (float(low), float(usual.mean()), float(high)),
        None if par is None else float(par.percentiles(seat.name, usual).mean()),
        Luck(luck.seed, luck.player, luck.both),
        course,
        levers(plan, results, seat),
        exploit(plan, scenario, results, seat),
    )


def _ratings_alone(points: Float[Array, "players games"], weights: Array) -> tuple[Array, Array]:
    """Ratings of players on one seat, and the same in every resample."""
    players = points.shape[0]
    if players < 2:
        return np.zeros(players), np.zeros((weights.shape[0], players))
    first, second = np.triu_indices(players, 1)
    rows = Comparisons(first, second, np.zeros((first.size, 0)))
    each = won(points[first] - points[second]).T
    of = np.full(first.size, float(each.shape[0]))
    samples = bootstrap.means(weights, each) * each.shape[0]
    many = ratings(rows, samples, np.broadcast_to(of, samples.shape), players)
    return ratings(rows, each.sum(axis=0), of, players).players, many.players


def levers(plan: Plan, results: Results, seat: Seat) -> tuple[Lever, ...]:
    """What `standard` loses without each kind of order, dearest first."""
    from agents.doctrine.variants import kinds_of

    found, usual = [], results.alone(seat.name, STANDARD)
    for kind in kinds_of(seat.role):
        lost = usual - results.without(seat.name, kind)
        uses = {name: results.uses[seat.name, name, kind] for name in tried_on(plan, seat)}
        own = uses[STANDARD]
        others = [one.share for name, one in uses.items() if split(name)[0] not in ("random",)]
        found.append(Lever(kind, mean_of(lost), rate_of(won(lost)), own.share, own.each, max(others)))
    return tuple(sorted(found, key=lambda one: -one.loss.value))


def exploit(plan: Plan, scenario: Scenario, results: Results, seat: Seat) -> Exploit | None:
    """The best drawn player of a seat against `standard`, on fresh seeds."""
    fresh = results.fresh(seat.name)
    if fresh is None:
        return None
    doctrine, own, usual = fresh
    number = int(split(doctrine)[1][-1][1:])
    layout = layout_of(scenario.cast)
    dials = tuple(one.told(layout) for one in drawn(number, seat.role, scenario.cast))
    return Exploit(doctrine, dials, mean_of(own - usual), rate_of(won(own - usual)), plan.tries)


class Whole:
    """All pairings of a tournament, over all its seats."""

    def __init__(self, plan: Plan, results: Results, weights: Array) -> None:
        self.names = [one.name for one in plan.entrants]
        self.plan, self.results, self.weights = plan, results, weights
        self.pairs = list(combinations(range(len(self.names)), 2))
        self.gained = np.stack([self._gained(a, b) for a, b in self.pairs])
        self.rate = self._matrix(won(self.gained).mean(axis=1), 1.0)
        self.gain = self._matrix(self.gained.mean(axis=1), 0.0)
        self.rates = self._matrix(bootstrap.means(weights, won(self.gained).T), 1.0)
        self.gains = self._matrix(bootstrap.means(weights, self.gained.T), 0.0)
        self.whole, self.samples = self._ratings()
        self.order = [int(at) for at in np.argsort(-self.whole.players, kind="stable")]

    def _gained(self, a: int, b: int) -> Float[Array, " games"]:
        """Pair by pair, points of one entrant above another."""
        first, second = self.plan.entrants[a], self.plan.entrants[b]
        if len(self.plan.seats) > 1:
            return self.results.mixed(first.name, second.name).gained
        seat = self.plan.seats[0]
        return self.results.alone(seat.name, first.on(seat)) - self.results.alone(seat.name, second.on(seat))

    def _matrix(self, values: Array, whole: float) -> Array:
        """Values of pairings as a matrix; what both players of a pairing have adds up to `whole`."""
        found = np.full((*values.shape[:-1], len(self.names), len(self.names)), whole / 2)
        first, second = np.array(self.pairs).T
        found[..., first, second] = values
        found[..., second, first] = whole - values
        return found

    def _ratings(self) -> tuple[Ratings, Ratings]:
        """Ratings with the edges of seats, and the same in every resample."""
        first, second, seats, results = self._games()
        rows = Comparisons(np.array(first), np.array(second), np.array(seats))
        is_played = ~np.isnan(results)
        won_, of = np.where(is_played, results, 0.0), is_played.astype(float)
        whole = ratings(rows, won_.sum(axis=0), of.sum(axis=0), len(self.names))
        many_won, many_of = (bootstrap.means(self.weights, each) * results.shape[0] for each in (won_, of))
        return whole, ratings(rows, many_won, many_of, len(self.names))

    def _games(self) -> tuple[list[int], list[int], list[Array], Array]:
        """A row for each pairing, way to be seated, and turn of it: who, on which seats, and game by game who won."""
        first, second, seats, results = [], [], [], []
        count = len(self.plan.seats)
        for number, (a, b) in enumerate(self.pairs):
            rows = self._mixed_rows(a, b) if count > 1 else [(np.zeros(0), won(self.gained[number]))]
            for edge, each in rows:
                first.append(a)
                second.append(b)
                seats.append(edge)
                results.append(each)
        return first, second, seats, np.stack(results, axis=1)

    def _mixed_rows(self, a: int, b: int) -> list[tuple[Array, Array]]:
        mixed = self.results.mixed(self.names[a], self.names[b])
        found = []
        for way, mine in enumerate(seatings(len(self.plan.seats))):
            is_mine = np.array([row in mine for row in range(len(self.plan.seats))])
            edge = is_mine / is_mine.sum() - ~is_mine / (~is_mine).sum()
            for is_swapped in (False, True):
                each = np.where(mixed.seating == way, won(mixed.ahead(is_swapped)), np.nan)
                found.append((-edge if is_swapped else edge, each))
        return found

    def rated(self) -> tuple[Rated, ...]:
        """Entrants by rating, best first."""
        return rated_of(self.names, self.whole.players, self.samples.players)

    def edges(self) -> tuple[tuple[str, Estimate], ...]:
        """What each seat is worth at a mixed table."""
        if len(self.plan.seats) == 1:
            return ()
        pairs = zip(self.plan.seats, self.whole.seats, self.samples.seats.T, strict=True)
        return tuple((seat.name, over(value, samples)) for seat, value, samples in pairs)

    def met(self) -> tuple[Met, ...]:
        """Every pairing, the better rated first."""
        found = []
        for x, y in combinations(self.order, 2):
            a, b = min(x, y), max(x, y)
            gained = self.gained[self.pairs.index((a, b))] * (1 if a == x else -1)
            apart = self.samples.players[:, x] - self.samples.players[:, y]
            rating = over(self.whole.players[x] - self.whole.players[y], apart)
            found.append(Met(self.names[x], self.names[y], rate_of(won(gained)), mean_of(gained), rating))
        return tuple(found)

    def cycles(self) -> tuple[tuple[str, str, str], ...]:
        """Three players of whom each beats the next, every edge significant."""
        low, _ = bootstrap.interval_of_rate(self.rate, self.plan.games)
        names = self.names
        return tuple((names[a], names[b], names[c]) for a, b, c in cycles.three_cycles(low > 0.5))

    def cyclic(self) -> Estimate:
        """The share of the payoff matrix, in points, that no rating explains."""
        return over(float(cycles.cyclic_share(self.gain)), cycles.cyclic_share(self.gains))

    def alpha(self) -> dict[str, Estimate]:
        """The share of alpha-rank of each entrant."""
        whole = populations.alpha_rank(self.rate)
        samples = np.stack([populations.alpha_rank(rate) for rate in self.rates])
        return {self.names[at]: over(whole[at], samples[:, at]) for at in self.order}

    def nash(self) -> dict[str, tuple[float, float]]:
        """The share of each entrant in a mixture of Nash, and of the resamples in which it has a part."""
        whole = populations.nash(self.rate)
        samples = np.stack([populations.nash(rate) for rate in self.rates])
        part = (samples > populations.SUPPORT).mean(axis=0)
        return {self.names[at]: (float(whole[at]), float(part[at])) for at in self.order}

    def chain(self) -> tuple[str, ...]:
        """The longest ladder."""
        return tuple(self.names[at] for at in cycles.chain(self.rate, self.whole.players, LADDER))
