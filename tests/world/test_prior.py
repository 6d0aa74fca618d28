"""What nobody knows is drawn together, by a density that a file holds."""

from dataclasses import replace

import numpy as np
import pytest

from tests.world.tiny import cell, seeds
from world.chance import Chance
from world.prior import Prior, Range, logit_of, place_of, prior_of, read_prior
from world.rules import coefficients, take_rules
from world.scenario import ScenarioError, opened, read
from world.state import columns, take

DEFECTS, LIFE = "opening.defect_density.smic.advanced", "rules.diffusion_half_life"


def file_of(tiny, rows=((0.4,), (-0.9, 0.3)), centre=(-0.5, 0.8)):
    """What a file says that ties defects to the half-life of a lead."""
    drawn = tiny.begins.drawn()
    return {
        "drawn": [
            {"label": label, "low": one.low, "high": one.high, "spread": one.spread, "centre": c, "row": list(row)}
            for label, one, c, row in zip((DEFECTS, LIFE), (drawn[DEFECTS], drawn[LIFE]), centre, rows, strict=True)
        ]
    }


@pytest.fixture
def even(tiny):
    """The tiny scenario with both drawn evenly, so that a place is easily read back."""
    return tiny.changed({LIFE: "1:6"})


@pytest.fixture
def tied(even):
    prior = prior_of("tied", file_of(even))
    fitting = prior.fitting({label: one.range for label, one in even.begins.drawn().items()})
    return replace(even, begins=replace(even.begins, prior=fitting))


def drawn_of(scenario, world, rules):
    return cell(scenario, world, "defect_density", "smic", "advanced"), rules.diffusion_half_life


def test_the_logit_undoes_the_place():
    places = np.linspace(0.001, 0.999, 50)
    assert np.allclose(place_of(logit_of(places)), places)
    least, most = place_of(np.array([-1e9, 1e9]))
    assert 0 < least < most < 1


def test_quantities_are_drawn_together_within_their_ranges(tied):
    defects, life = drawn_of(tied, *opened(tied, seeds(4000)))
    assert 0.15 <= defects.min() < defects.max() <= 0.4
    assert 1 <= life.min() < life.max() <= 6
    found = [logit_of((defects - 0.15) / 0.25), logit_of((life - 1) / 5)]
    assert np.allclose([one.mean() for one in found], [-0.5, 0.8], atol=0.05)
    assert np.allclose(np.cov(found), [[0.16, -0.36], [-0.36, 0.9]], atol=0.05)


def test_a_game_drawn_together_opens_alone_as_in_a_crowd(tied):
    crowd, crowd_rules = opened(tied, seeds(32))
    for chosen in ([0], [31], [3, 8]):
        world, rules = opened(tied, seeds(32)[chosen])
        expected, expected_rules = take(crowd, np.array(chosen)), take_rules(crowd_rules, np.array(chosen))
        assert all(getattr(world, n).tobytes() == getattr(expected, n).tobytes() for n in columns())
        assert all(getattr(rules, n).tobytes() == getattr(expected_rules, n).tobytes() for n in coefficients())


def of_all(scenario):
    """A density that ties everything that a scenario draws."""
    drawn, luck = scenario.begins.drawn(), np.random.default_rng(1)
    spread = np.tril(luck.normal(0, 0.2, (len(drawn), len(drawn)))) + np.eye(len(drawn))
    ranges = tuple(one.range for one in drawn.values())
    return Prior("all", tuple(drawn), ranges, luck.normal(size=len(drawn)), spread, frozenset(drawn))


def test_games_of_a_whole_scenario_drawn_together_open_alone_as_in_a_crowd():
    scenario = read("november-2025")
    prior = of_all(scenario)
    assert len(prior.labels) > 35
    tied = replace(scenario, begins=replace(scenario.begins, prior=prior))
    crowd, crowd_rules = opened(tied, seeds(40))
    for chosen in ([0], [39], [5, 17]):
        world, rules = opened(tied, seeds(40)[chosen])
        expected, expected_rules = take(crowd, np.array(chosen)), take_rules(crowd_rules, np.array(chosen))
        assert all(getattr(world, n).tobytes() == getattr(expected, n).tobytes() for n in columns())
        assert all(getattr(rules, n).tobytes() == getattr(expected_rules, n).tobytes() for n in coefficients())


def test_logits_are_the_centre_and_the_spread_times_luck():
    prior = of_all(read("november-2025"))
    chance = Chance(seeds(30), np.zeros(30, dtype=np.int16))
    luck = np.array([chance.normal(f"prior.{label}")[0] for label in prior.labels])
    expected = prior.centre[:, None] + prior.spread @ luck
    found = np.array([logit_of(place) for place in prior.places(chance).values()])
    assert np.allclose(found, expected, atol=1e-6)


def test_what_the_prior_does_not_name_is_drawn_as_before(even, tied):
    (before, rules_before), (after, rules_after) = opened(even, seeds(50)), opened(tied, seeds(50))
    assert np.array_equal(before.route_capacity, after.route_capacity)
    assert not np.array_equal(before.defect_density, after.defect_density)
    for name in coefficients():
        assert np.array_equal(getattr(rules_before, name), getattr(rules_after, name)) == (f"rules.{name}" != LIFE)


def test_a_number_that_is_set_leaves_the_prior(tied):
    _, life = drawn_of(tied, *opened(tied, seeds(3000), {LIFE: "1:2"}))
    assert abs(life.mean() - 1.5) < 0.02
    defects, fixed = drawn_of(tied, *opened(tied, seeds(50), {LIFE: 3}))
    assert (fixed == 3).all()
    assert np.array_equal(defects, drawn_of(tied, *opened(tied, seeds(50)))[0])


def test_another_range_than_the_fitted_one_leaves_the_prior(tiny):
    prior = prior_of("tied", file_of(tiny))
    ranges = {label: one.range for label, one in tiny.begins.drawn().items()}
    assert prior.fitting(ranges).kept == {DEFECTS, LIFE}
    assert prior.fitting({**ranges, LIFE: Range(1, 5, "uniform")}).kept == {DEFECTS}


def test_places_that_are_given_are_taken(tied):
    places = {DEFECTS: np.array([0.0, 0.5, 1.0]), LIFE: np.array([0.25, 0.25, 0.5])}
    defects, life = drawn_of(tied, *opened(tied, seeds(3), places=places))
    assert np.allclose(defects, [0.15, 0.275, 0.4])
    assert np.allclose(life, [2.25, 2.25, 3.5])


@pytest.mark.parametrize("fault", ["short", "twice", "flat", "nan"])
def test_a_broken_density_is_refused(tiny, fault):
    tree = file_of(tiny)
    match fault:
        case "short":
            tree["drawn"][1]["row"] = [0.3]
        case "twice":
            tree["drawn"][1]["label"] = DEFECTS
        case "flat":
            tree["drawn"][0]["row"] = [0.0]
        case "nan":
            tree["drawn"][0]["centre"] = float("nan")
    with pytest.raises(ValueError):
        prior_of("broken", tree)


def test_a_prior_that_is_not_there_or_unreadable_is_named(tmp_path):
    (tmp_path / "bad.toml").write_text("drawn = 3", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"bad\.toml: is no prior"):
        read_prior("bad", tmp_path)
    with pytest.raises(ScenarioError, match="there is no such file in assets/priors"):
        read_prior("nowhere", tmp_path)


def test_every_prior_fits_the_scenario_of_its_name():
    from world.prior import names

    for name in names():
        prior = read_prior(name)
        ranges = {label: one.range for label, one in read(name).begins.drawn().items()}
        assert prior.fitting(ranges).kept == set(prior.labels), name
