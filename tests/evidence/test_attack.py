"""The attack that docs/evidence/honesty.md reports: that it still runs, and knows less than the truth."""

import numpy as np

from tests.evidence.attack import gathered


def test_the_attack_gathers_views_answers_yields_and_bits_of_the_seed():
    views, asked, yields, bits = gathered("november-2025", "nvidia", 1, 0, 2)
    assert len(views) == len(asked) == len(yields) == len(bits) == 2
    assert np.isfinite(views).all()
    assert np.isfinite(asked).all()
    assert not (np.isin(yields, views) | np.isin(yields, asked)).any()
