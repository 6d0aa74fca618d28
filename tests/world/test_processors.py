"""Processors differ in the last digit of an exponential; games do not, to six digits."""

import io
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

ROOT = Path(__file__).resolve().parents[2]
PLAY = """
import sys
import numpy as np
from agents.rollout import seated, turned
from world.scenario import opened, read
from world.state import columns
world, rules = opened(read("november-2025"), np.arange(1, 65, dtype=np.uint64))
players = seated(world.cast, 64)
for _ in range(12):
    world = turned(world, rules, players)
waves = np.exp(np.linspace(-30, 30, 100_001))
np.savez(sys.stdout.buffer, waves=waves, **{name: getattr(world, name) for name in columns()})
"""


def games(**environment: str) -> dict[str, np.ndarray]:
    """Sixty-four whole games played in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PLAY],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    return dict(np.load(io.BytesIO(done.stdout)))


def test_games_without_vector_units_agree_to_six_digits():
    vector_units = [unit for unit in __cpu_dispatch__ if __cpu_features__[unit]]
    with_them, without = games(), games(NPY_DISABLE_CPU_FEATURES=" ".join(vector_units))
    if "X86_V3" in vector_units:
        assert (with_them.pop("waves") != without.pop("waves")).any()
    for name, figures in with_them.items():
        if figures.dtype.kind == "f":
            np.testing.assert_allclose(figures, without[name], rtol=1e-6, atol=1e-9, err_msg=name)
        else:
            np.testing.assert_array_equal(figures, without[name], err_msg=name)
