"""What a seat asks of an unfinished game - previews, whys, what lies ahead - knows nothing that the seat does not see."""

import numpy as np
import pytest
from hidden import poisoned
from tests_support import november, scrambled

from agents.imagine import imagine
from agents.rollout import turned
from play.dials import book_of
from play.honesty import drafted
from play.past import past_imagined
from play.preview import preview
from play.quantities import quantity
from play.why import explained, left_out_singly
from world.scenario import read
from world.state import columns, take
from world.view import PUBLISHED, view, visible

SEATS = ("washington", "beijing", "nvidia", "deepseek")
GAME = np.array([2])


@pytest.fixture(scope="module")
def history():
    opening = november(5)
    players, found = opening.players("standard", beijing="random"), [opening.world]
    for _ in range(2):
        found.append(turned(found[-1], opening.rules, players))
    return found


def asked(history, seat, changed):
    """What a seat imagines of one game whose hidden numbers were changed."""
    number = history[0].cast.at("seats", seat)
    worlds = [changed(world, number) for world in history]
    return imagine(read("november-2025"), [view(take(world, GAME), number) for world in worlds], 8)


@pytest.fixture(scope="module")
def imagined(history):
    def as_it_is(world, seat):
        return world

    return {seat: (asked(history, seat, as_it_is), asked(history, seat, scrambled)) for seat in SEATS}


@pytest.mark.parametrize("seat", SEATS)
def test_previews_are_the_same_whatever_is_hidden(history, imagined, seat):
    draft = drafted(take(history[-1], GAME), seat, np.random.default_rng(3))
    first, second = (preview(one, draft, with_causes=True) for one in imagined[seat])
    for name, effect in first.effects.items():
        assert (effect.samples == second.effects[name].samples).all(), name
        assert (effect.by_quarter == second.effects[name].by_quarter).all(), name
        assert (effect.still == second.effects[name].still).all(), name
    assert list(first.rivals) == list(second.rivals)
    assert first.worst == second.worst
    assert first.orders == second.orders


@pytest.mark.parametrize("seat", SEATS)
def test_whys_of_an_unfinished_game_are_the_same_whatever_is_hidden(imagined, seat):
    first, second = (past_imagined(one) for one in imagined[seat])
    asking = quantity(first.cast, "smuggled_chips")
    told = [explained(past, asking, past.last, opened=(seat,), pairs=2) for past in (first, second)]
    assert told[0].change == told[1].change
    assert told[0].parts == told[1].parts
    singly = [left_out_singly(past, asking, past.last) for past in (first, second)]
    assert singly[0].keys() == singly[1].keys()
    assert all((singly[0][order] == singly[1][order]).all() for order in singly[0])


@pytest.mark.parametrize("seat", SEATS)
def test_the_way_from_a_view_to_a_preview_never_touches_what_is_hidden(history, imagined, seat):
    """What is not read cannot change how long a call takes."""
    number = history[0].cast.at("seats", seat)
    looking = [view(poisoned(take(world, GAME), number), number) for world in history]
    one = imagine(read("november-2025"), looking, 8)
    for name in columns():
        assert (getattr(one.world, name) == getattr(imagined[seat][0].world, name)).all(), name


def test_orders_of_others_are_told_only_as_imagined(history, imagined):
    """A why names orders of the imagined past; secret ones there need not be those that were given."""
    past = past_imagined(imagined["washington"][0])
    secret = ~visible(past.cast, "ordered", past.cast.at("seats", "washington"))
    told = {dial for order in past.given for dial in order.dials if secret[dial]}
    true = history[-1].ordered[:, GAME] != history[-2].ordered[:, GAME]
    assert told
    assert told != {int(dial) for dial in np.flatnonzero(true[:, 0] & secret)}
    assert all(0 <= dial < len(book_of(past.cast).dials) for dial in told)


def test_whys_and_previews_start_from_published_prices_and_not_from_true_ones(history, imagined):
    for one in (pair[0] for pair in imagined.values()):
        for name, step in PUBLISHED.items():
            steps = getattr(one.world, name).astype(float) / step
            assert (np.abs(steps - np.rint(steps)) < 1e-3).all(), name
            true = getattr(history[-1], name)[..., GAME]
            assert (np.abs(getattr(one.world, name) - true) <= step / 2 + 1e-6).all(), name
