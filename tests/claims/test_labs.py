"""Claims about labs: a training run waits for the compute it was planned with (C04)."""

import numpy as np

from tests.claims.harness import Settings, arm, assert_shown, log, opening

Array = np.ndarray

QUARTERS = 6
HALF = {("work_for_military", "share", (), "deepseek"): 0.5}
"""Half of the compute that DeepSeek planned with is not delivered to it."""
SHORT = 1
"""Too little compute held the run back, as the research phase records it."""


def first_release(released: list[Array]) -> Array:
    """The quarter in which a lab first released a model."""
    ever = np.stack([*released, np.ones_like(released[0])])
    return ever.argmax(axis=0)


def test_c04_with_half_the_planned_compute_deepseeks_model_comes_a_quarter_later_or_more():
    def delay(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(settings)
        lab, logged = world.cast.at("labs", "deepseek"), log(world, rules, QUARTERS)
        baseline, moved = arm(world, rules, logged), arm(world, rules, logged, hold=HALF)
        before, after = (first_release([w.released[lab] for w in worlds]) for worlds in (baseline, moved))
        return (after - before).astype(float), baseline[0].run_short[lab] == SHORT

    assert_shown(delay, +1, off={"rules.compute_binds": 0})


def test_c04_the_record_of_what_binds_names_the_shortage():
    def named(settings: Settings) -> tuple[Array, Array]:
        world, rules = opening(settings)
        lab, logged = world.cast.at("labs", "deepseek"), log(world, rules, 1)
        baseline, moved = arm(world, rules, logged)[0], arm(world, rules, logged, hold=HALF)[0]
        assert not moved.released[lab].any() or settings
        short = [(w.run_short[lab] == SHORT).astype(float) for w in (moved, baseline)]
        return short[0], short[1] == 1

    assert_shown(named, +1, off={"rules.compute_binds": 0})
