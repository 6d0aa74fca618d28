"""Imagined worlds agree with what a seat saw, are games of the rules, and know nothing that it did not see."""

import numpy as np
import pytest
from hidden import Poison, Touched, poisoned
from tests_support import everybody, scrambled

from agents.imagine import first_cloud, followed, imagine, resampled, weights
from agents.rollout import handed_in, turned
from world.audit import audit
from world.chance import Chance
from world.phases import intelligence, research
from world.scenario import read
from world.state import columns, replace, take
from world.turn import advance, layout_of
from world.view import view

SEATS = ("washington", "beijing", "nvidia", "smic", "deepseek", "malaysia-route")
TURNS = 2
GAME = 4


@pytest.fixture(scope="module")
def scenario():
    return read("november-2025")


@pytest.fixture(scope="module")
def history(games):
    """Some games from the opening on, in which Washington is a hawk."""
    return against_a_hawk(games(7))


def against_a_hawk(opening):
    """Two quarters of games in which Washington is a hawk, from the opening on."""
    players, found = opening.players("standard", washington="hawk"), [opening.world]
    for _ in range(TURNS):
        found.append(turned(found[-1], opening.rules, players))
    return found


def views(history, seat, changed=lambda world, seat: world, game=GAME):
    """What a seat saw of one game, of a world that was changed or not."""
    number = history[0].cast.at("seats", seat)
    one = np.array([game])
    return [view(take(changed(world, number), one), number) for world in history]


def differing(first, second):
    return [name for name in columns() if getattr(first, name).tobytes() != getattr(second, name).tobytes()]


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_seat_cannot_see_changes_nothing_that_it_imagines(scenario, history, seat):
    first = imagine(scenario, views(history, seat), 8)
    second = imagine(scenario, views(history, seat, scrambled), 8)
    assert differing(first.world, second.world) == []
    assert differing(first.before, second.before) == []
    assert (first.wanted == second.wanted).all()
    for name, values in vars(first.rules).items():
        assert (values == getattr(second.rules, name)).all(), name


@pytest.mark.parametrize("seat", SEATS)
def test_imagining_never_touches_what_is_hidden(scenario, history, seat):
    """So neither what it gives nor how long it takes can depend on it: no step of the way reads it."""
    number = history[0].cast.at("seats", seat)
    one = np.array([GAME])
    worlds = [poisoned(take(world, one), number) for world in history]
    looking = [view(world, number) for world in worlds]
    hidden = [name for name in columns() if isinstance(getattr(worlds[-1], name), Poison)]
    assert len(hidden) > 5
    with pytest.raises(Touched):
        looking[-1].seen(hidden[0])
    first, second = imagine(scenario, looking, 8), imagine(scenario, views(history, seat), 8)
    assert differing(first.world, second.world) == []


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_sees_in_every_imagined_world_what_it_sees_in_truth(scenario, history, seat):
    looking = views(history, seat)[-1]
    within = view(imagine(scenario, views(history, seat), 8).world, seat)
    for name in columns():
        true, here = looking.seen(name), within.seen(name)
        assert (here.values == true.values).all(), name


@pytest.mark.parametrize("seat", SEATS)
def test_imagined_worlds_go_on_by_the_rules(scenario, history, seat):
    imagined = imagine(scenario, views(history, seat), 16)
    world, layout = imagined.world, layout_of(imagined.world.cast)
    assert ((world.ordered >= 0) & (world.ordered <= layout.top)).all()
    assert ((world.talent > -200) & (world.talent < 400)).all()
    for _ in range(3):
        wanted, notes = handed_in(world, everybody(world.cast, 16, "standard"))
        after = advance(world, wanted, imagined.rules, notes=notes)
        assert audit(world, after) == []
        world = after


@pytest.mark.parametrize("seat", SEATS)
def test_no_imagined_world_has_the_seed_of_the_true_one(scenario, history, seat):
    imagined = imagine(scenario, views(history, seat), 64)
    assert not np.isin(imagined.world.seed, history[0].seed).any()
    assert np.unique(imagined.world.seed).size == 64
    other = [replace(world, seed=world.seed + np.uint64(99)) for world in history]
    again = imagine(scenario, views(other, seat), 64)
    assert (imagined.world.seed == again.world.seed).all()


def test_luck_to_come_is_another_after_each_quarter_and_for_each_seat(scenario, history):
    seeds = [imagine(scenario, views(history[: n + 1], seat), 8).world.seed for n in range(3) for seat in SEATS[:3]]
    assert np.unique(np.concatenate(seeds)).size == 8 * len(seeds)


def test_worlds_that_beliefs_make_likely_come_more_often(scenario, history):
    """Likely are worlds that are near to what is believed of all questions together; of one alone they may be farther."""
    looking = views(history, "washington")
    cloud = first_cloud(scenario, looking[0], 200)
    for one in looking[1:]:
        cloud = followed(cloud, one)
    weight = weights(cloud.world, looking[-1])
    assert weight.sum() == pytest.approx(1)
    chosen = resampled(weight, 400, 0.3)
    count = np.bincount(chosen, minlength=200)
    assert (np.abs(count - 400 * weight) <= 1 + 1e-9).all()
    believed = np.array([looking[-1].belief(question).ln[0, 0] for question in cloud.world.cast.questions])
    off = np.abs(intelligence.truth(cloud.world) - believed[:, None]).sum(axis=0)
    assert off[chosen].mean() < 0.95 * off.mean()


def test_a_lab_does_not_expect_its_next_model_to_leap(scenario, history):
    """What its compute is worth it can read from its own score, so its next model is a small step for it."""
    imagined = imagine(scenario, views(history, "deepseek"), 64)
    lab = imagined.world.cast.at("labs", "deepseek")
    worth = imagined.rules.eci_per_order
    assert np.ptp(worth) < 0.01 * worth.mean()
    after = turned(imagined.world, imagined.rules, everybody(imagined.world.cast, 64, "standard"))
    after = turned(after, imagined.rules, everybody(imagined.world.cast, 64, "standard"))
    assert np.abs(after.score[lab] - imagined.world.score[lab]).max() < 12


def test_a_lab_elsewhere_is_imagined_as_good_as_the_model_that_it_released(scenario, games):
    """Its talent, compute and algorithms make its score up to the luck of a release, in every world."""
    opening = games(7)
    seen, found = [opening.world], 0
    for _ in range(3):
        seen.append(turned(seen[-1], opening.rules, opening.players()))
        before, now = (take(world, np.array([GAME])) for world in seen[-2:])
        better = np.flatnonzero(now.released[:, 0] & (now.score > before.score)[:, 0])
        imagined = imagine(scenario, views(seen, "washington"), 16)
        middle = Chance(imagined.before.seed, imagined.before.turn, "world/", {"research.release": True})
        made = replace(imagined.before, talent=imagined.world.talent)
        score = research.candidates(made, imagined.rules, middle, imagined.world.trained, imagined.world.algorithms)
        assert np.abs(score - now.score)[better].max(initial=0) < 4 * imagined.rules.release_luck.max()
        found += better.size
    assert found > 3


def test_likely_worlds_are_nearer_to_the_beliefs_in_every_question_that_is_open(scenario, games):
    """Over many games: in a few the other questions may outweigh one (Huawei's output in 6 single games of 40)."""
    history = against_a_hawk(games(21))
    names = history[0].cast.questions
    before, after, apart = (np.zeros(len(names)) for _ in range(3))
    for game in range(history[0].seed.size):
        looking = views(history, "washington", game=game)
        cloud = first_cloud(scenario, looking[0], 200)
        for one in looking[1:]:
            cloud = followed(cloud, one)
        world, chosen = cloud.world, resampled(weights(cloud.world, looking[-1]), 400, 0.3)
        believed = np.array([looking[-1].belief(name).ln[0, 0] for name in names])
        facts = intelligence.truth(world)
        off = np.abs(facts - believed[:, None])
        apart += np.ptp(facts, axis=1)
        before += off.mean(axis=1)
        after += off[:, chosen].mean(axis=1)
    is_open = apart > 1e-9
    assert is_open.sum() >= 6
    nearer = after[is_open] / before[is_open]
    assert (nearer < 0.99).all()
    assert nearer.mean() < 0.85
