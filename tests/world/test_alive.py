"""Play is alive: games end apart, for reasons that lie in the world and not in noise, and within what is plausible."""

from itertools import pairwise

import numpy as np
import pytest
from tests_support import november

from agents.rollout import seated, turned
from world.rules import take_rules
from world.state import replace, take
from world.turn import ORDERS, layout_of


def new_compute(world):
    """H100e finished in the quarter by the US side and by all Chinese makers."""
    made = world.packed * world.h100e.astype(float)
    chinese = world.cast.is_cn_product
    return made[~chinese].sum(axis=0), made[chinese].sum(axis=0)


@pytest.fixture(scope="module")
def year():
    """512 games under `standard`, quarter by quarter."""
    opening = november(512)
    world, players, states = opening.world, opening.players(), []
    for _ in range(12):
        world = turned(world, opening.rules, players)
        states.append(world)
    return states


def test_the_lead_spans_at_least_four_months_over_games(year):
    low, high = np.percentile(year[-1].lead, [5, 95])
    assert high - low >= 4


def test_new_compute_of_2026_is_20_to_60_times_chinas_in_the_median_game(year):
    us, cn = (sum(part) for part in zip(*(new_compute(world) for world in year[:4]), strict=True))
    assert 20 <= np.median(us / cn) <= 60


def test_prices_stay_finite_and_within_an_order_of_magnitude(year):
    for world in year:
        assert np.isfinite(world.price_index).all()
        assert (world.price_index > 0.1).all()
        assert (world.price_index < 10).all()
        assert (world.premium < 10).all()


def test_the_world_grows_and_models_improve_in_every_game(year):
    for before, after in pairwise(year):
        assert (after.score >= before.score).all()
    assert (year[-1].record_score[:, 0] > year[0].record_score[:, 0] + 5).all()


@pytest.mark.parametrize("doctrine", ["hawk", "dealmaker"])
def test_games_of_hawks_and_dealmakers_run_to_the_end(doctrine):
    world = november(64).played(12, washington=doctrine)
    assert world.is_over.all()


def test_hawk_and_dealmaker_end_apart():
    ceilings = {}
    for doctrine in ("hawk", "dealmaker"):
        world = november(64).played(8, washington=doctrine)
        place = layout_of(world.cast).places["cap_exports"]
        ceilings[doctrine] = world.ordered[place.dials["ceiling"]].reshape(*place.shape, -1)[0, 0]
    assert (ceilings["dealmaker"] > ceilings["hawk"]).mean() >= 0.95


def test_under_standard_the_ceiling_goes_up_in_some_games_and_down_in_others(year):
    place = layout_of(year[0].cast).places["cap_exports"]
    before = november(512).world.ordered[place.dials["ceiling"]].reshape(*place.shape, -1)[0, 0]
    after = year[7].ordered[place.dials["ceiling"]].reshape(*place.shape, -1)[0, 0]
    assert (after > before).mean() >= 0.2
    assert (after < before).mean() >= 0.2


DRAWS, LUCKS = 48, 12


@pytest.fixture(scope="module")
def crossed():
    """A crossed design: the same 48 drawn worlds under the same 12 lucks, quarter by quarter. Reactions to the draw are in it."""
    opening = november(DRAWS)
    chosen = np.repeat(np.arange(DRAWS), LUCKS)
    world, rules = take(opening.world, chosen), take_rules(opening.rules, chosen)
    world = replace(world, seed=np.tile(np.arange(5000, 5000 + LUCKS, dtype=np.uint64), DRAWS))
    players, states = seated(world.cast, DRAWS * LUCKS), []
    for _ in range(12):
        world = turned(world, rules, players)
        states.append(world)
    return states


def share_of_the_draw(values):
    """The share of the variance of some values of a crossed design that the drawn worlds make."""
    values = values.reshape(DRAWS, LUCKS)
    noise = values.var(axis=1, ddof=1).mean()
    drawn = values.mean(axis=1).var(ddof=1) - noise / LUCKS
    return drawn / (drawn + noise)


def test_half_of_the_variance_of_the_lead_lies_in_the_world_that_was_drawn(crossed):
    """Of the lead of the last year: in one quarter it stands where the last release left it, and the draw is 0.4 of that."""
    assert share_of_the_draw(np.mean([world.lead for world in crossed[-4:]], axis=0)) >= 0.5


def test_and_more_than_half_of_that_of_the_gap_in_points_in_the_last_quarter_alone(crossed):
    """Points of the index: months count from the release that first reached a score, and so make a small difference large."""
    best = crossed[-1].record_score[:, 0].astype(float)
    assert share_of_the_draw(best[0] - best[1]) >= 0.55


def test_every_lever_is_moved_by_somebody(year):
    layout = layout_of(year[0].cast)
    opening = november(512).world.ordered
    still = []
    for place in layout.places.values():
        rows = [row for dials in place.dials.values() for row in range(dials.start, dials.stop)]
        if not any((world.ordered[rows] != opening[rows]).any() for world in year):
            still.append(place.kind.name)
    assert len(still) <= len(ORDERS) // 4, still
